--- Coroutines for scripts: tasks that run beside each other, with structure.
-- The primitives (spawn, sleep, event) are the host's.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local session_late = require "tgrunner.session_late"

local tasks = {}

---@class tgrunner.Task
---@field wait fun(self, timeout_ms?: integer): ... its function's results; raises its error; or
---  nil, "timeout"
---@field cancel fun(self) ends it at its next (or present) wait
---@field status fun(self): "running"|"done"|"failed"|"cancelled"

local function is_callable(value)
  if type(value) == "function" then return true end
  local meta = getmetatable(value)
  return type(meta) == "table" and meta.__call ~= nil
end

-- The function itself; of a table that can be called, a function that calls it.
local function as_function(value, what)
  if type(value) == "function" then return value end
  if is_callable(value) then return function(...) return value(...) end end
  errors.usage("%s must be a function (got %s)", what, type(value))
end

local function check_ms(ms, where, least)
  if type(ms) == "number" and ms >= least then return end
  errors.usage("%s: ms must be a number of milliseconds, %d or more (got %s)", where, least,
    options.shown(ms))
end

--- Pauses the calling coroutine only.
---@param ms number milliseconds, 0 or more; fractions are rounded up
function tasks.sleep(ms)
  check_ms(ms, "tg.sleep", 0)
  return host.sleep(ms) -- a tail call: an error of it is the caller's
end

--- Runs a function beside the caller. It outlives a handler that started it,
--- holds none of the runner's slots, and an error nobody waits for is logged.
---@param fn function
---@param ... any its arguments
---@return tgrunner.Task
function tasks.spawn(fn, ...)
  session_late.begin()
  return host.spawn(as_function(fn, "tg.spawn: the first argument"), ...)
end

-- A to-be-closed list of children: whatever ends the caller ends them too.
local children_meta = {
  __close = function(children)
    for _, child in ipairs(children) do child:cancel() end
  end,
}

-- The functions of tg.all's list.
local function read_list(fns)
  if type(fns) ~= "table" then
    errors.usage("tg.all: takes a list of functions (got %s)", type(fns))
  end
  local count, list = 0, {}
  for key in pairs(fns) do
    if math.type(key) ~= "integer" or key < 1 then
      errors.usage("tg.all: takes a list of functions (got the key '%s')", tostring(key))
    end
    count = math.max(count, key)
  end
  for i = 1, count do list[i] = as_function(fns[i], "tg.all: item " .. i) end
  return list
end

-- Notes in `over` that a child ends, however it does: then none of the others is looked at.
local mark_meta = {
  __close = function(mark)
    local over = mark.over
    over[#over + 1] = mark.index
  end,
}

local function marked(fn, over, index)
  return function()
    local _ <close> = setmetatable({ over = over, index = index }, mark_meta)
    return fn()
  end
end

-- Waits until all children have ended; the first that does not return ends the others, and is
-- the result. `over` names those that end; one that never began does not get there.
local function join(children, ended, over)
  local open, seen, failed, at = #children, {}, nil, 0
  local function look(i)
    local status = not seen[i] and children[i]:status() or "running"
    if status == "running" then return end
    seen[i], open = true, open - 1
    if status ~= "done" and not failed then
      failed = children[i]
      for _, other in ipairs(children) do other:cancel() end
    end
  end
  while open > 0 do
    ended:wait(nil, "tg.all")
    ended:clear()
    local before = open
    for i = at + 1, #over do look(over[i]) end
    at = #over
    if failed or open == before then
      for i = 1, #children do look(i) end
    end
  end
  return failed
end

--- Runs functions together and waits for all of them. The first error wins: the
--- others are cancelled, and it is raised when they have ended. They also end when the caller
--- ends.
---@param fns function[]
---@return any ... the first result of each function, in order of the list
function tasks.all(fns)
  local list = read_list(fns)
  local ended = host.event()
  local children <close> = setmetatable({}, children_meta)
  local over = {}
  for i, fn in ipairs(list) do children[i] = host.spawn_child(ended, marked(fn, over, i)) end
  local failed = join(children, ended, over)
  if failed then failed:wait() end
  local results = {}
  for i, child in ipairs(children) do results[i] = child:wait() end
  return table.unpack(results, 1, #children)
end

--- Runs a function with a time limit; past it the function is cancelled, and what it left to
--- <close> variables has been closed when this returns.
---@param ms number milliseconds
---@param fn function
---@param ... any its arguments
---@return any ... its results, or nil and "timeout"
function tasks.timeout(ms, fn, ...)
  check_ms(ms, "tg.timeout", 0)
  fn = as_function(fn, "tg.timeout: the second argument")
  local ended = host.event()
  local child = host.spawn_child(ended, fn, ...)
  local _ <close> = setmetatable({ child }, children_meta)
  if not ended:wait(options.whole(ms), "tg.timeout") then
    child:cancel()
    ended:wait(nil, "tg.timeout")
    if child:status() == "cancelled" then return nil, "timeout" end
  end
  return child:wait()
end

-- Who is told of an error in a function of tg.every: the log, or a test.
function tasks.tell(text) host.log("error", text) end

local function tell_failure(raised)
  local text = "error in a function of tg.every: " .. errors.text(raised.error)
  local traceback = raised.traceback or ""
  tasks.tell(traceback == "" and text or text .. "\n" .. traceback)
end

--- Calls a function every so often, the first time after `ms`. A call that takes
--- longer delays the next one; an error is logged and the calls go on.
---@param ms number milliseconds, at least 1
---@param fn function
---@return tgrunner.Task # cancel it to end the calls
function tasks.every(ms, fn)
  check_ms(ms, "tg.every", 1)
  ms = options.whole(ms)
  fn = as_function(fn, "tg.every: the second argument")
  session_late.begin()
  return host.spawn_background(function()
    local due = host.now_ms() + ms
    while true do
      host.sleep(math.max(0, due - host.now_ms()))
      local ok, raised = xpcall(fn, errors.with_traceback)
      if not ok then tell_failure(raised) end
      due = math.max(due + ms, host.now_ms())
    end
  end)
end

return tasks
