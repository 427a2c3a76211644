local tg = require "tgrunner"
local bot = tg.BotWorker()
local folder = debug.getinfo(1, "S").source:match "^@(.*[/\\])" or ""
bot:on("message", dofile(folder .. "distribute_" .. tg.shared.get "handler" .. ".lua"))
