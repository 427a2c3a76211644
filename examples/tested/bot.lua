-- A bot. Run it without token and network:  tgrunner-lua --sim bot.lua
-- With the token of @BotFather in .env (see .env.example):  tgrunner-lua bot.lua
-- Test it:  tgrunner-lua spec/bot_spec.lua
local tg = require "tgrunner"
local bot = tg.Bot()

-- Updates of one chat are handled one after another, those of different chats at the same time.
bot:use(tg.sequentialize "chat")

-- What the bot remembers of each chat. In memory; to keep it, add
-- storage = tg.storage.sqlite "bot.db"
bot:use(tg.session { initial = function() return { reminders = 0 } end })

bot:command("start", function(ctx)
  ctx:reply(("Hello, %s! Try /remind 10 tea, or /count."):format(ctx.from.first_name))
end)

-- "/remind 10 tea": ctx.match is what follows the command.
bot:command("remind", function(ctx)
  local minutes, what = ctx.match:match "^(%d+)%s+(.+)$"
  if not minutes then return ctx:reply "Example: /remind 10 tea" end
  ctx.session.reminders = ctx.session.reminders + 1
  ctx:reply(("I will remind you in %s min."):format(minutes))
  -- A task of its own: the handler ends now, the chat goes on.
  tg.spawn(function()
    tg.sleep(tonumber(minutes) * 60 * 1000)
    ctx:reply("Remember: " .. what)
  end)
end)

-- A message with a button, and what happens when it is pressed.
bot:command("count", function(ctx)
  ctx:reply(("Reminders so far: %d"):format(ctx.session.reminders), {
    reply_markup = tg.InlineKeyboard():text("Start again", "reset"),
  })
end)

bot:callback_query("reset", function(ctx)
  ctx.session.reminders = 0
  ctx:answer_callback_query "Done"
  ctx:edit_message_text "Reminders so far: 0"
end)

-- Whatever no handler above was for.
bot:on("message", function(ctx) ctx:reply "I know /start, /remind and /count." end)

-- An error in a handler comes here; the bot goes on.
bot:catch(function(err)
  tg.log.error("%s\n%s", tostring(err.error), err.traceback or "")
end)

tg.run(bot)
