-- A session: the bot counts the messages of each chat.
-- Try it: tgrunner-lua --sim examples/session.lua counts.db   then type some lines, /forget, and
-- start it again: with a file for them, the counts outlive the program.
local tg = require "tgrunner"
local bot = tg.Bot()

-- What a session belongs to; nil for updates that have none, such as inline queries.
local function get_session_key(ctx)
  return ctx.chat and tostring(ctx.chat.id)
end

-- First of all one update of a session after another. A session is read before the handlers and
-- written behind them: two at the same time would both read 1, and both write 2.
bot:use(tg.sequentialize(get_session_key))

bot:use(tg.session {
  get_session_key = get_session_key,
  initial = function() return { messages = 0 } end,
  storage = arg[1] and tg.storage.sqlite(arg[1]), -- without one: in memory
})

bot:command("forget", function(ctx)
  ctx.session = nil
  ctx:reply "Forgotten."
end)

bot:on("message:text", function(ctx)
  local session = ctx.session
  tg.sleep(10) -- whatever a handler waits for: nothing can come in between
  session.messages = session.messages + 1
  ctx:reply(("That was message %d."):format(session.messages))
end)

tg.run(bot)
