--- Once: steps of an update that run once, for ctx:once.
local errors = require "tgrunner.errors"

local once = {}

-- The name is taken while fn runs, and free again when it raises.
local function run_step(ctx, results, name, fn, raw)
  local kept = false
  local _ <close> = setmetatable({}, { __close = function()
    if not kept then results[name] = nil end
  end })
  results[name] = false
  local value = fn(ctx)
  if raw then
    local ok, err = pcall(raw.once_put, raw, name, value)
    local about = type(err) == "string" and err:match "the result cannot be kept: .*"
    if about then errors.usage("ctx:once: %s", about) end
    if not ok then error(err, 0) end
  end
  kept = true
  return value
end

--- Runs a step, or gives the result that it had.
---@param ctx tgrunner.Context
---@param raw userdata? the update as the host has it
---@param name string
---@param fn fun(ctx: tgrunner.Context): any
---@return any result
function once.run(ctx, raw, name, fn)
  if type(name) ~= "string" then
    errors.usage("ctx:once: the name must be a string (got a %s)", type(name))
  elseif type(fn) ~= "function" then
    errors.usage("ctx:once: takes a name and a function (got a %s)", type(fn))
  end
  local results = rawget(ctx, "_once")
  if not results then
    results = {}
    rawset(ctx, "_once", results)
  end
  local known = results[name]
  if known == false then
    errors.usage("ctx:once: %q runs already; a step's name is for one call at a time", name)
  elseif known then
    return known.value
  end
  local found, value
  if raw then found, value = raw:once_get(name) end
  if not found then value = run_step(ctx, results, name, fn, raw) end
  results[name] = { value = value }
  return value
end

return once
