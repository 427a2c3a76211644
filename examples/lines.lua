-- The engine without Telegram: updates are the lines of a file, and who handles them is no bot.
-- Try it: tgrunner-lua examples/lines.lua README.md
local tg = require "tgrunner"

local read = io.lines(arg[1] or arg[0])
local runner ---@type tgrunner.Runner

-- Any Lua value is an update. A supplier that waits (tg.sleep, tg.fetch) holds up nobody.
local source = tg.create_source {
  supply = function(batch_size)
    local batch = {}
    while read and #batch < math.min(batch_size, 100) do
      local line = read()
      if line then batch[#batch + 1] = line else read = nil end
    end
    if not read then tg.spawn(runner.stop, runner) end -- what was supplied is handled first
    return batch
  end,
}

local words, failed = 0, 0
local consumer = {
  consume = function(line)
    for _ in line:gmatch "%S+" do words = words + 1 end
    tg.sleep(1) -- stands for work that waits
  end,
}
local function error_handler(err, line)
  failed = failed + 1
  tg.log.error(("%s: %s"):format(line, err))
end

-- At most 50 at once; lines that begin with the same letter one after another.
local sink = tg.create_concurrent_sink(consumer, error_handler, {
  concurrency = 50,
  sequentialize = function(line) return line:match "%a" end,
  timeout = {
    milliseconds = 30000,
    handler = function(line) tg.log.warn("too slow: " .. line) end,
  },
})

runner = tg.create_runner(source, sink):start()
runner:task():wait()
local stats = runner:stats()
print(("%d lines, %d words, %d failed, %d too slow"):format(
  stats.done, words, failed, stats.timed_out))
