-- The smallest bot: it answers every text with the same text.
-- Try it without a token: tgrunner-lua --sim examples/echo.lua
local tg = require "tgrunner"
local bot = tg.Bot()

bot:command("start", function(ctx) ctx:reply("Hi! Send me something.") end)
bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)

tg.run(bot)
