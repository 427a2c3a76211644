-- A worker of bot.lua's workload "distribute".
local tg = require "tgrunner"

local bot = tg.BotWorker()
bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)
