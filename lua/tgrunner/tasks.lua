--- Coroutines for scripts: tasks that run beside each other, with structure.
-- The primitives (spawn, sleep, event) are the host's.
local host = require "tgrunner.host"
local options = require "tgrunner.options"

local tasks = {}

---@class tgrunner.Task
---@field wait fun(self, timeout_ms?: integer): ... its function's results; raises its error; or
---  nil, "timeout"
---@field cancel fun(self) ends it at its next (or present) wait
---@field status fun(self): "running"|"done"|"failed"|"cancelled"

local function check_function(value, what, level)
  if type(value) ~= "function" then
    error(("%s must be a function (got %s)"):format(what, type(value)), level + 1)
  end
end

--- Pauses the calling coroutine only.
---@param ms number milliseconds, 0 or more; fractions are rounded up
function tasks.sleep(ms)
  if type(ms) ~= "number" or ms < 0 or ms ~= ms then
    error(("tg.sleep: ms must be a number of milliseconds, 0 or more (got %s)"):format(
      tostring(ms)), 2)
  end
  return host.sleep(ms) -- a tail call: an error of it is the caller's
end

--- Runs a function beside the caller. It outlives a handler that started it,
--- holds none of the runner's slots, and an error nobody waits for is logged.
---@param fn function
---@param ... any its arguments
---@return tgrunner.Task
function tasks.spawn(fn, ...)
  check_function(fn, "tg.spawn: the first argument", 2)
  return host.spawn(fn, ...)
end

-- A to-be-closed list of children: whatever ends the caller ends them too.
local children_meta = {
  __close = function(children)
    for _, child in ipairs(children) do child:cancel() end
  end,
}

--- Runs functions together and waits for all of them. The first error wins: the
--- others are cancelled and it is raised. They also end when the caller ends.
---@param fns function[]
---@return any ... the first result of each function, in order of the list
function tasks.all(fns)
  if type(fns) ~= "table" then
    error(("tg.all: takes a list of functions (got %s)"):format(type(fns)), 2)
  end
  local count = 0
  for key in pairs(fns) do
    if math.type(key) ~= "integer" or key < 1 then
      error(("tg.all: takes a list of functions (got the key '%s')"):format(tostring(key)), 2)
    end
    count = math.max(count, key)
  end
  for i = 1, count do check_function(fns[i], "tg.all: item " .. i, 2) end
  local ended = host.event()
  local children <close> = setmetatable({}, children_meta)
  for i, fn in ipairs(fns) do children[i] = host.spawn_child(ended, fn) end
  local results, open = { n = #children }, #children
  local seen = {}
  while open > 0 do
    ended:wait()
    ended:clear()
    for i, child in ipairs(children) do
      if not seen[i] and child:status() ~= "running" then
        seen[i], open = true, open - 1
        results[i] = child:wait()
      end
    end
  end
  return table.unpack(results, 1, results.n)
end

--- Runs a function with a time limit; past it the function is cancelled.
---@param ms number milliseconds
---@param fn function
---@param ... any its arguments
---@return any ... its results, or nil and "timeout"
function tasks.timeout(ms, fn, ...)
  if type(ms) ~= "number" or ms ~= ms or ms < 0 then
    error(("tg.timeout: ms must be a number of milliseconds, 0 or more (got %s)"):format(
      tostring(ms)), 2)
  end
  check_function(fn, "tg.timeout: the second argument", 2)
  local children <close> = setmetatable({}, children_meta)
  children[1] = host.spawn_child(host.event(), fn, ...)
  return children[1]:wait(options.whole(ms))
end

--- Calls a function every so often, the first time after `ms`. A call that takes
--- longer delays the next one; an error is logged and the calls go on.
---@param ms number milliseconds, at least 1
---@param fn function
---@return tgrunner.Task # cancel it to end the calls
function tasks.every(ms, fn)
  if type(ms) ~= "number" or ms ~= ms or ms < 1 then
    error(("tg.every: ms must be a number of milliseconds, 1 or more (got %s)"):format(
      tostring(ms)), 2)
  end
  ms = options.whole(ms)
  check_function(fn, "tg.every: the second argument", 2)
  return host.spawn_background(function()
    local due = host.now_ms() + ms
    while true do
      host.sleep(math.max(0, due - host.now_ms()))
      local ok, err = xpcall(fn, debug.traceback)
      if not ok then host.log("error", "error in a function of tg.every: " .. tostring(err)) end
      due = math.max(due + ms, host.now_ms())
    end
  end)
end

return tasks
