--- Load: `tgrunner-lua --sim-load N bot.lua`, what a bot makes of N synthetic updates.
local host = require "tgrunner.host"
local run = require "tgrunner.run"
local say = require "tgrunner.tool.say"
local source = require "tgrunner.tool.source"

local load_tool = {}

local EXIT_LOST <const>, EXIT_SYNTAX <const>, EXIT_NO_SCRIPT <const> = 1, 65, 66

-- ---- counting ----------------------------------------------------------------------------------

local counts = { handled = 0, ended = 0, duplicated = 0, out_of_order = 0 }
local seen = {} -- update_id → true
local ended = {} -- chat → the highest update_id that has ended
local first_ms, last_ms
local runners = {}

-- However an update ends: done, failed, or cut off.
local ending_meta = {
  __close = function(ending)
    last_ms = host.wall_ms()
    counts.ended = counts.ended + 1
    local chat, id = ending.ctx.chat_id, ending.ctx.update_id
    if not chat then return end
    if id < (ended[chat] or id) then counts.out_of_order = counts.out_of_order + 1 end
    ended[chat] = math.max(ended[chat] or id, id)
  end,
}

-- Around a bot's middleware: notes which updates come, and in which order those of a chat end.
local function watch(consume)
  return function(ctx)
    local id = ctx.update_id
    first_ms = first_ms or host.wall_ms()
    if seen[id] then
      counts.duplicated = counts.duplicated + 1
    else
      seen[id] = true
      counts.handled = counts.handled + 1
    end
    local _ <close> = setmetatable({ ctx = ctx }, ending_meta)
    consume(ctx)
  end
end

-- ---- the report --------------------------------------------------------------------------------

-- The figures of the runner that handled most.
local function stats()
  local best
  for _, runner in ipairs(runners) do
    local each = runner:stats()
    if not best or each.done > best.done then best = each end
  end
  return best
end

local function report(wanted)
  local figures = stats()
  if not figures then
    print "no updates were asked for: the script runs no bot"
    return EXIT_LOST
  end
  local seconds = math.max((last_ms or 0) - (first_ms or 0), 1) / 1000
  local lost = wanted - counts.handled
  print(("%d updates in %.2f s: %.0f updates/s"):format(counts.ended, seconds,
    counts.ended / seconds))
  print(("latency p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, max %.1f ms"):format(
    figures.latency_p50_ms, figures.latency_p90_ms, figures.latency_p99_ms,
    figures.latency_max_ms))
  print(("lost %d, duplicated %d, out of order %d, failed %d, timed out %d"):format(
    lost, counts.duplicated, counts.out_of_order, figures.failed, figures.timed_out))
  return (lost ~= 0 or counts.duplicated > 0) and EXIT_LOST or 0
end

-- ---- running -----------------------------------------------------------------------------------

local function complain(status, message)
  say.wrong(message)
  return status
end

--- Runs a script; tells its figures when its runners have ended.
---@param count string how many updates the simulator sends
---@param path string
---@param ... string its arguments
---@return integer status of the program
function load_tool.run(count, path, ...)
  local text, problem = source.read(path)
  if not text then return complain(EXIT_NO_SCRIPT, problem) end
  local chunk, mistake = source.compile(text, path)
  if not chunk then return complain(EXIT_SYNTAX, mistake) end
  _G.arg = { [0] = path, ... } -- luacheck: ignore 122
  run.watch = { consume = watch, runner = function(runner) runners[#runners + 1] = runner end }
  chunk(...)
  for _, runner in ipairs(runners) do runner:task():wait() end
  return report(math.tointeger(tonumber(count)))
end

return load_tool
