-- Latency of 500 concurrent handlers with a session each; see sessions.sh.
local tg = require "tgrunner"

local kind, path, count = arg[1], arg[2], math.tointeger(arg[3])
local storages = {
  memory = tg.storage.memory,
  file = function() return tg.storage.file(path) end,
  sqlite = function() return tg.storage.sqlite(path) end,
}

local bot = tg.Bot()
bot:use(tg.sequentialize "chat")
bot:use(tg.session { storage = storages[kind](), initial = function() return { n = 0 } end })
bot:on("message", function(ctx)
  ctx.session.n = ctx.session.n + 1
  tg.sleep(100) -- an API call
end)

local handle = tg.run(bot, { sink = { concurrency = 500 } })
local stats
repeat
  tg.sleep(50)
  stats = handle:stats()
until stats.done + stats.failed >= count
local line = "%-7s p50 %6.1f ms   p90 %6.1f ms   p99 %6.1f ms   max %6.1f ms   (%d failed)"
print(line:format(kind, stats.latency_p50_ms, stats.latency_p90_ms, stats.latency_p99_ms,
  stats.latency_max_ms, stats.failed))
os.exit(0)
