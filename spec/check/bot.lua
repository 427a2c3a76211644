--- The bot that the checker kills: each update has one effect, a line in a file.
--
-- Arguments: the effects file, the number of this run, the journal ("" for none), whether updates
-- of a chat run one after another ("order" or not).
--
-- A line is `b` (the handler begins) or `e` (its effect), the update, its chat, the run, and the
-- time in milliseconds of the machine's clock. One write each, so that a kill cuts between lines.
local host = require "tgrunner.host"
local tg = require "tgrunner"

local path, run, journal, order = table.unpack(arg)
local effects = assert(io.open(path, "ab"))
effects:setvbuf "no"
math.randomseed(tonumber(run), 7)

local function note(what, ctx)
  effects:write(("%s %d %d %s %d\n"):format(what, ctx.update_id, ctx.chat_id, run, host.now_ms()))
end

local bot = tg.Bot()
bot:on("message", function(ctx)
  note("b", ctx)
  local ms = math.random(0, 8)
  if ms > 0 then tg.sleep(ms) end
  note("e", ctx)
end)
tg.run(bot, {
  journal = journal ~= "" and journal or false,
  sink = { concurrency = 50, sequentialize = order == "order" and "chat" or nil },
})
