local tg = require "tgrunner"
local bot = tg.BotWorker()
bot:on("message", function(ctx)
  if ctx.text == "hold" then
    tg.shared.set("held", true)
    io.open(tg.shared.get "fifo"):close()
  end
end)
