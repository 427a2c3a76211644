-- One run of distribute.sh: prints one line of figures.
--   distribute.lua WORKERS noop|json UPDATES
local tg = require "tgrunner"
local now_ms = require("tgrunner.host").now_ms

local workers, handler, updates = tonumber(arg[1]), arg[2], tonumber(arg[3])
local START = 2000 -- updates until caches are warm and workers are up

local function status(name) -- KiB, or a number
  for line in io.lines "/proc/self/status" do
    local value = line:match("^" .. name .. ":%s+(%d+)")
    if value then return tonumber(value) end
  end
end

-- CPU of the main thread so far, in µs.
local function cpu_us()
  local pid = status "Pid"
  local file = assert(io.open(("/proc/self/task/%d/schedstat"):format(pid)))
  local ns = file:read "n"
  file:close()
  return ns / 1000
end

-- CPU of all threads.
local function all_us() return os.clock() * 1e6 end

tg.shared.set("handler", handler)
local bot = tg.Bot()
local before_kib = status "VmRSS"
if workers == 0 then
  local folder = arg[0]:match "^(.*[/\\])" or ""
  bot:on("message", dofile(folder .. "distribute_" .. handler .. ".lua"))
else
  bot:on("message", tg.distribute("distribute_worker.lua", { count = workers }))
end

local handle = tg.run(bot)
while handle:stats().done < START do tg.sleep(1) end
local first, began_us, all_began_us, began_ms = handle:stats(), cpu_us(), all_us(), now_ms()
local state_kib = (status "VmRSS" - before_kib) / math.max(workers, 1)
while handle:stats().done < updates do tg.sleep(2) end
local last, wall_ms = handle:stats(), now_ms() - began_ms
local woken = 0
for _, worker in ipairs(last.workers) do woken = woken + worker.wakeups end
for _, worker in ipairs(first.workers) do woken = woken - worker.wakeups end
local done, batches = last.done - first.done, last.polls - first.polls
print(("%s %d %.0f %.2f %.2f %.2f %.2f %d %.0f"):format(handler, workers, done / wall_ms * 1000,
  (cpu_us() - began_us) / done, (all_us() - all_began_us) / done,
  (last.wakeups - first.wakeups) / batches, woken / batches, last.decoded, state_kib))
os.exit(0)
