--- Storage sqlite: values in a table of an SQLite database (`tgrunner_storage`: key, value as JSON
--- text).
---
--- All work is done on other threads; writes that come together are one transaction. A write is
--- there when the program is killed; a power cut may take the last ones along (WAL mode,
--- synchronous=NORMAL), but leaves the database whole. States of one process, and processes, may
--- share a database.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local storage_texts = require "tgrunner.storage_texts"

local storage_sqlite = {}

local function check(result, problem)
  if result == false then error("storage.sqlite: " .. problem, 0) end
  return result
end

--- A storage in a database, which is made by the first use.
---@param path string ":memory:" for a database that is gone with the state
---@return tgrunner.Storage
function storage_sqlite.new(path)
  if type(path) ~= "string" or path == "" then
    errors.usage("storage.sqlite takes the path of a database (got %s)",
      path == "" and "an empty string" or "a " .. type(path))
  end
  options.check_path("storage.sqlite", path)
  if not host.sqlite_storage then
    errors.usage "storage.sqlite is not possible here: only scripts that a host runs have it"
  end
  local native = host.sqlite_storage(path)
  return storage_texts.storage("storage.sqlite", {
    read = function(key) return check(native:read(key)) end,
    write = function(key, text) check(native:write(key, text)) end,
    delete = function(key) check(native:delete(key)) end,
    where = function(key) return ("%s: the value of %s"):format(path, key) end,
    place = path ~= ":memory:" and "database " .. storage_texts.plain_path(path) or nil,
  })
end

return storage_sqlite
