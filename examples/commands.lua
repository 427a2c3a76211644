-- Commands: names, arguments, deep links, and the menu that Telegram shows.
-- Try it: tgrunner-lua --sim examples/commands.lua   then type /start, /add 2 3, /nonsense
local tg = require "tgrunner"
local bot = tg.Bot()

-- t.me/YourBot?start=PAYLOAD arrives as "/start PAYLOAD"; ctx.match is what follows a command.
bot:command("start", function(ctx)
  if ctx.match == "" then
    ctx:reply "Hi! I know /add, /echo and /help."
  else
    ctx:reply("You came by the link for " .. ctx.match .. ".")
  end
end)

-- Several names for one command. "/add@OtherBot 1 2" is not for us and does not get here.
bot:command({ "add", "sum" }, function(ctx)
  local sum = 0
  for number in ctx.match:gmatch "%S+" do
    local value = tonumber(number)
    if not value then return ctx:reply(number .. " is no number. Example: /add 2 3") end
    sum = sum + value
  end
  ctx:reply(tostring(sum))
end)

bot:command("echo", function(ctx) ctx:reply(ctx.match ~= "" and ctx.match or "Echo what?") end)
bot:command("help", function(ctx) ctx:reply "/add NUMBERS, /echo TEXT" end)

-- Registered last: commands that nothing above has answered.
bot:on("::bot_command", function(ctx) ctx:reply "I do not know that command. Try /help." end)

-- The menu behind the "/" button. A call at top level: the script waits for it.
bot.api.set_my_commands {
  commands = {
    { command = "add", description = "Add numbers" },
    { command = "echo", description = "Repeat a text" },
    { command = "help", description = "What I can do" },
  },
}
tg.run(bot)
