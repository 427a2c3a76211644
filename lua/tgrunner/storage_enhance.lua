--- Storage enhance: migrations and a time to live for any storage.
---
--- Source: grammY's enhanceStorage; values lie in the storage as it lays them out: `__d` is the
--- value, `v` its version, `e` when it expires (milliseconds since 1970).
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"

local storage_enhance = {}

--- For options.check: whether a value is a storage.
---@return boolean ok
---@return string text
function storage_enhance.is_storage(value)
  if type(value) == "table" then
    for _, name in ipairs { "read", "write", "delete" } do
      local fn = value[name]
      if type(fn) ~= "function" then
        return false, ("must be a storage, a table with read, write and delete; %s is %s"):format(
          name, fn == nil and "missing" or "a " .. type(fn))
      end
      if debug and debug.getlocal and debug.getlocal(fn, 1) == "self" then
        return false, ("must be a storage of functions without self: %s(key …)"):format(name)
      end
    end
    return true, ""
  end
  return false, "must be a storage, such as tg.storage.memory()"
end

local spec = {
  storage = storage_enhance.is_storage,
  migrations = "table",
  ttl_ms = "milliseconds",
  milliseconds_to_live = "milliseconds", -- grammY's name of the same
}

local function versions_of(migrations)
  local versions = {}
  for version, migrate in pairs(migrations) do
    if math.type(version) ~= "integer" or type(migrate) ~= "function" then
      errors.usage "storage.enhance: migrations are functions by version, an integer"
    end
    versions[#versions + 1] = version
  end
  if #versions == 0 then errors.usage "storage.enhance: there are no migrations" end
  table.sort(versions)
  return versions
end

local function is_enhanced(stored)
  return type(stored) == "table" and stored.__d ~= nil
end

--- Adds versioned migrations and a time to live to a storage. What lies in it already is taken as
--- older than every version.
---@param opts { storage: tgrunner.Storage, migrations?: table<integer, fun(old: any): any>,
---  ttl_ms?: number } migrations: by version, each from the version before it; applied when a value
---is read. ttl_ms: a value is gone so long after it was written; with sessions, after the last
---update that used it
---@return tgrunner.Storage
function storage_enhance.new(opts)
  opts = options.check("storage.enhance options", opts, spec)
  local storage, migrations = opts.storage, opts.migrations
  if not storage then errors.usage "storage.enhance needs a storage" end
  local ttl_ms = opts.ttl_ms or opts.milliseconds_to_live
  local versions = migrations and versions_of(migrations) or {}
  local latest = versions[#versions]

  local function migrate(stored)
    local value, version = stored.__d, stored.v or -math.huge
    for _, to in ipairs(versions) do
      if to > version then value = migrations[to](value) end
    end
    return value
  end

  return {
    read = function(key)
      local stored = storage.read(key)
      if stored == nil then return nil end
      if not is_enhanced(stored) then stored = { __d = stored } end
      if stored.e and stored.e < host.wall_ms() then
        storage.delete(key)
        return nil
      end
      return migrate(stored)
    end,
    write = function(key, value)
      storage.write(key, {
        __d = value,
        v = latest,
        e = ttl_ms and host.wall_ms() + options.whole(ttl_ms),
      })
    end,
    delete = function(key) storage.delete(key) end,
    _renews = ttl_ms ~= nil, -- a session that did not change is written all the same
  }
end

return storage_enhance
