--- Shared: a small table of values that all states of the host see: the main script and its
--- workers.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"

local shared = {}

local function shown(value)
  return type(value) == "string" and ("%q"):format(value) or tostring(value)
end

local function check_key(key, name)
  if key == shared then
    errors.usage("tg.shared.%s: call it with a dot, not with a colon: tg.shared.%s(key)", name,
      name)
  end
  if type(key) ~= "string" then
    errors.usage("tg.shared.%s: the key must be a string (got a %s)", name, type(key))
  end
end

local function check_expiry(ms, name)
  if ms ~= nil and (type(ms) ~= "number" or ms <= 0 or ms ~= ms) then
    errors.usage("tg.shared.%s: expires_ms must be a number of milliseconds above 0 (got %s)",
      name, shown(ms))
  end
end

-- The host's message at the script's line.
local function call(fn, ...)
  local ok, result = pcall(fn, ...)
  if ok then return result end
  errors.usage("%s", (tostring(result):gsub("^[^\n]-:%d+: ", "")))
end

--- The value of a key; nil when there is none, or when it has expired.
---@param key string at most 1,024 bytes
---@return string|number|boolean|nil
function shared.get(key)
  check_key(key, "get")
  return call(host.shared_get, key)
end

--- Sets a key. An error when the table (64 MiB for all keys) has no room left.
---@param key string
---@param value string|number|boolean|nil nil forgets the key; a string of 1 MiB at most
---@param expires_ms number? milliseconds until it is forgotten; nil: never
function shared.set(key, value, expires_ms)
  check_key(key, "set")
  check_expiry(expires_ms, "set")
  call(host.shared_set, key, value, expires_ms)
end

--- Adds to an integer in one step, whoever else does so at the same time. A key that is not there
--- counts from 0.
---@param key string
---@param by integer? 1
---@param expires_ms number? of a key that is made by this; it does not begin anew
---@return integer sum
function shared.incr(key, by, expires_ms)
  check_key(key, "incr")
  check_expiry(expires_ms, "incr")
  if by ~= nil and math.type(by) ~= "integer" then
    errors.usage("tg.shared.incr: what is added must be an integer (got %s)", shown(by))
  end
  return call(host.shared_incr, key, by, expires_ms)
end

-- It is no table of the script's: what is assigned would be seen by this state alone.
return setmetatable(shared, {
  __index = function(_, key)
    errors.usage("tg.shared has no field %s; a value is read by tg.shared.get(%s)", shown(key),
      shown(key))
  end,
  __newindex = function(_, key)
    errors.usage("tg.shared has no field %s; a value is set by tg.shared.set(%s, value)",
      shown(key), shown(key))
  end,
})
