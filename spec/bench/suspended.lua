-- Resident memory of the process for each suspended handler; see suspended.sh.
local tg = require "tgrunner"

local COUNT = 10000

local function resident() -- KiB
  for line in io.lines "/proc/self/status" do
    local size = line:match "^VmRSS:%s+(%d+)"
    if size then return tonumber(size) end
  end
end

local bot = tg.Bot()
for _ = 1, 3 do
  bot:use(function(ctx, next)
    ctx.depth = (ctx.depth or 0) + 1
    next()
  end)
end
bot:on("message", function() tg.sleep(3600000) end)

collectgarbage()
local before = resident()
local handle = tg.run(bot, { sink = { concurrency = COUNT } })
while handle:stats().running < COUNT do tg.sleep(10) end
collectgarbage()
print(("%d suspended handlers behind 3 middlewares: %.2f KiB resident each"):format(
  COUNT, (resident() - before) / COUNT))
os.exit(0)
