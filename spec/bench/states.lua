-- One run of states.sh: prints what a worker takes.
--   states.lua WORKERS
local tg = require "tgrunner"

local count = tonumber(arg[1])

local function memory(name) -- KiB
  for line in io.lines "/proc/self/smaps_rollup" do
    local value = line:match("^" .. name .. ":%s+(%d+)")
    if value then return tonumber(value) end
  end
end

local bot = tg.Bot()
bot:on("message", tg.distribute("states_worker.lua", { count = count }))
local resident, dirty = memory "Rss", memory "Private_Dirty"
tg.run(bot)
while (tg.shared.get "workers" or 0) < count do tg.sleep(5) end
tg.sleep(100) -- until they wait for updates
print(("%7d %12.0f %10.0f %8.0f"):format(count, (memory "Rss" - resident) / count,
  (memory "Private_Dirty" - dirty) / count, tg.shared.get "lua"))
os.exit(0)
