-- A worker of states.lua: one that echoes.
local tg = require "tgrunner"

local bot = tg.BotWorker()
bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)
tg.shared.set("lua", collectgarbage "count")
tg.shared.incr "workers"
