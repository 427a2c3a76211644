-- What the main thread's CPU does from the socket's bytes to a worker's ring,
-- an update. Run by distribute_ring.sh:
--   distribute_ring.lua SIM_URL FIFO ROUNDS
-- In each round the worker is held in C (it opens a FIFO that nobody writes to),
-- so the process's CPU is the main thread's, and nothing is answered meanwhile.
-- Rounds of few updates are subtracted: what a round costs beside its updates.
local tg = require "tgrunner"

local url, fifo, rounds = arg[1], arg[2], tonumber(arg[3])
local FEW, MANY = 2, 402 -- with the one that holds the worker; a ring takes 512

tg.shared.set("fifo", fifo)
local bot = tg.Bot()
bot:on("message", tg.distribute("distribute_ring_worker.lua", { count = 1 }))
local handle = tg.run(bot)

local function load(count, text)
  tg.fetch(url .. "/sim/load", {
    method = "POST",
    json = { count = count, chats = 1000, text = text },
  })
end

local function wait_for(name, value)
  while handle:stats()[name] < value do tg.sleep(20) end
end

-- The CPU of a round with `count` updates, in µs.
local function round(count)
  local fetched = handle:stats().fetched
  load(1, "hold")
  while tg.shared.get "held" ~= true do tg.sleep(1) end
  tg.shared.set("held", false)
  local began = os.clock()
  load(count - 1, "hello")
  wait_for("fetched", fetched + count)
  tg.sleep(20)
  local cpu_us = (os.clock() - began) * 1e6
  io.open(fifo, "w"):close() -- lets the worker go on
  wait_for("done", fetched + count)
  return cpu_us
end

for _ = 1, 3 do round(MANY) end -- coroutines are made, caches are warm
local results = {}
for i = 1, rounds do
  local few = round(FEW)
  results[i] = (round(MANY) - few) / (MANY - FEW)
end
table.sort(results)
local stats = handle:stats()
print(("CPU from bytes to ring: median %.2f us an update (%.2f to %.2f), decoded %d"):format(
  results[(#results + 1) // 2], results[1], results[#results], stats.decoded))
os.exit(0)
