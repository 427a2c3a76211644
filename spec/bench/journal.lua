-- One bot of journal.sh: a queue that is full (batches of 100), then single updates one by one.
local tg = require "tgrunner"
local url, updates, durability, journal = arg[1], tonumber(arg[2]), arg[3], arg[4]

local function load(count)
  assert(tg.fetch(url .. "/sim/load", {
    method = "POST", body = ('{"count":%d,"chats":100}'):format(count),
  }).status == 200)
end

local bot = tg.Bot()
local done = 0
bot:on("message", function() done = done + 1 end)

local function await(count)
  local cpu, goal = os.clock(), done + count
  load(count)
  while done < goal do tg.sleep(1) end
  return os.clock() - cpu
end

local options = { sink = { concurrency = 500 } }
if durability ~= "off" then options.journal, options.durability = journal, durability end
local handle = tg.run(bot, options)
await(1000) -- it has warmed up
local host = require "tgrunner.host"
local began = host.now_ms()
local cpu = await(updates)
local ms = host.now_ms() - began
local stats = handle:stats()
print(("%-10s  queue  %14.2f  %9.0f  %6.2f  %6.2f"):format(durability, cpu / updates * 1e6,
  updates / ms * 1000, stats.latency_p50_ms, stats.latency_p99_ms))
local singles = 300
cpu, began = os.clock(), host.now_ms()
for _ = 1, singles do await(1) end
print(("%-10s  single %14.2f  %9.0f"):format(durability, (os.clock() - cpu) / singles * 1e6,
  singles / (host.now_ms() - began) * 1000))
handle:stop()
