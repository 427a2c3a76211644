-- What the CPU guard costs: a handler that sums 10^8 integers, with the guard on
-- and off, in five interleaved pairs. CPU seconds; prints the median ratio.
-- Run: tgrunner-lua spec/bench/guard_bench.lua
local tg = require "tgrunner"

local function seconds(max_cpu_milliseconds)
  local took
  local sink = tg.create_sequential_sink({
    consume = function()
      local before = os.clock()
      local sum = 0
      for i = 1, 100000000 do sum = sum + i end
      assert(sum == 5000000050000000)
      took = os.clock() - before
    end,
  }, print, { max_cpu_milliseconds = max_cpu_milliseconds })
  sink:handle { 1 }
  return took
end

local ratios = {}
for pair = 1, 5 do
  local first, second = 60000, 0
  if pair % 2 == 0 then first, second = 0, 60000 end
  local times = { [first] = seconds(first), [second] = seconds(second) }
  ratios[pair] = times[60000] / times[0]
  print(("pair %d: on %.3f s, off %.3f s, ratio %.4f"):format(
    pair, times[60000], times[0], ratios[pair]))
end
table.sort(ratios)
print(("median ratio %.4f"):format(ratios[3]))
