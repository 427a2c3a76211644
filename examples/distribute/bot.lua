-- Handlers that compute run on threads of their own; this script only hands updates over.
--
--   tgrunner-lua --sim examples/distribute/bot.lua
local tg = require "tgrunner"
local bot = tg.Bot()

bot:use(tg.sequentialize("chat")) -- holds on until the worker has finished an update
bot:command("count", function(ctx)
  ctx:reply(("primes were counted %d times"):format(tg.shared.get "jobs" or 0))
end)
bot:on("message", tg.distribute("worker.lua", { count = 2 }))

bot:catch(function(err) tg.log.error(tostring(err.error)) end)
tg.run(bot)
