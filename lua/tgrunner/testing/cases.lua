--- Cases: named tests in a plain script. Under busted they are its own.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"

local cases = {}

local counts = { passed = 0, failed = 0 }

-- busted's `it`, where busted runs the file that calls: it is in the file's own environment.
local function find_it()
  for level = 3, 60 do
    local frame = debug.getinfo(level, "f")
    if not frame then return nil end
    for i = 1, 255 do
      local name, value = debug.getupvalue(frame.func, i)
      if not name then break end
      local it = name == "_ENV" and type(value) == "table" and value.it
      if it then return it end
    end
  end
end

-- Tells the sum when the script has ended.
local function tell_at_the_end()
  cases._sum = cases._sum or setmetatable({}, {
    __gc = function()
      print(("%d passed, %d failed"):format(counts.passed, counts.failed))
    end,
  })
end

--- Runs a named case now and prints a line about it; the script's exit status is 1 when one has
--- failed. In a file that busted runs it is busted's `it`.
---@param name string
---@param fn fun()
function cases.case(name, fn)
  if type(name) ~= "string" or type(fn) ~= "function" then
    errors.usage("testing.case takes a name and a function (got a %s and a %s)", type(name),
      type(fn))
  end
  local it = find_it()
  if it then return it(name, fn) end
  tell_at_the_end()
  local ok, raised = xpcall(fn, errors.with_traceback)
  if ok then
    counts.passed = counts.passed + 1
    print("ok      " .. name)
    return
  end
  counts.failed = counts.failed + 1
  host.set_exit_code(1)
  print("FAILED  " .. name)
  local text = ("%s\n%s"):format(errors.text(raised.error), raised.traceback or "")
  for line in text:gmatch "[^\n]+" do print("        " .. line) end
end

-- ---- comparing ---------------------------------------------------------------------------------

local function shown(value)
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

-- `seen`: table → the one that it is being compared with, as tables may hold themselves.
local function differ(wanted, got, path, seen)
  if type(wanted) ~= "table" or type(got) ~= "table" then
    if wanted == got then return nil end
    return ("%s is %s, not %s"):format(path, shown(got), shown(wanted))
  end
  if seen[wanted] == got then return nil end
  seen[wanted] = got
  for key, value in pairs(wanted) do
    local problem = differ(value, got[key], ("%s.%s"):format(path, tostring(key)), seen)
    if problem then return problem end
  end
  for key, value in pairs(got) do
    if wanted[key] == nil then
      return differ(nil, value, ("%s.%s"):format(path, tostring(key)), seen)
    end
  end
end

--- Raises where two values differ: numbers, texts, or tables with equal fields.
---@param wanted any
---@param got any
function cases.equal(wanted, got)
  local problem = differ(wanted, got, "it", {})
  if problem then errors.usage("%s", problem) end
end

return cases
