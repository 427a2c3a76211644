-- How long 500 concurrent handlers take that change a session each; see sessions.sh.
local host = require "tgrunner.host"
local tg = require "tgrunner"

local kind, path, count = arg[1], arg[2], math.tointeger(arg[3])
local storages = {
  memory = tg.storage.memory,
  file = function() return tg.storage.file(path) end,
  sqlite = function() return tg.storage.sqlite(path) end,
}

local bot, times = tg.Bot(), {}
bot:use(function(_, next)
  local from_ms = host.now_ms()
  next()
  times[#times + 1] = host.now_ms() - from_ms
end)
bot:use(tg.sequentialize "chat")
bot:use(tg.session { storage = storages[kind](), initial = function() return { n = 0 } end })
bot:on("message", function(ctx)
  ctx.session.n = ctx.session.n + 1
  tg.sleep(500) -- API calls
end)

tg.run(bot, { sink = { concurrency = 500 } })
while #times < count do tg.sleep(50) end
table.sort(times)
local function at(share) return times[math.max(1, math.ceil(#times * share))] end
print(("%-7s p50 %4d ms   p90 %4d ms   p99 %4d ms   max %4d ms"):format(
  kind, at(0.5), at(0.9), at(0.99), at(1)))
os.exit(0)
