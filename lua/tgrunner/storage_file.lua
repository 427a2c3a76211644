--- Storage file: a JSON file for each key, in one folder.
---
--- A file is replaced at once and as a whole: whoever looks, even after a crash, finds the old
--- content or the new one. What a killed program has left half written (KEY.json.tgrunner-a1B2c3)
--- is removed by the first use of the folder, once it is ten minutes old; other files are left
--- alone. All work is done on other threads. States of one process, and processes, may share a
--- folder.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local storage_texts = require "tgrunner.storage_texts"

local storage_file = {}

local NAME_MAX = 200

local function escape_byte(byte) return ("%%%02x"):format(byte:byte()) end

-- Capitals are escaped too: not every disk tells them from small letters.
local function file_name(key)
  local name = key:gsub("[^%l%d_-]", escape_byte)
  if name == "" then name = "%" end
  if #name > NAME_MAX then
    errors.usage("storage.file: the key %s… is too long for a file name", key:sub(1, 40))
  end
  return name .. ".json"
end

local function check(result, problem)
  if result == false then error("storage.file: " .. problem, 0) end
  return result
end

--- A storage of files in a folder, which is made with the first of them.
---@param dir string
---@return tgrunner.Storage
function storage_file.new(dir)
  if type(dir) ~= "string" or dir == "" then
    errors.usage("storage.file takes the path of a folder (got %s)",
      dir == "" and "an empty string" or "a " .. type(dir))
  end
  options.check_path("storage.file", dir)
  local prefix = dir:find "[/\\]$" and dir or dir .. "/"
  local is_swept = false
  local function path(key)
    local name = file_name(key)
    if not is_swept then
      is_swept = true
      host.disk_sweep(prefix)
    end
    return prefix .. name
  end
  return storage_texts.storage("storage.file", {
    read = function(key) return check(host.disk_read(path(key))) end,
    write = function(key, text) check(host.disk_replace(path(key), text)) end,
    delete = function(key) check(host.disk_remove(path(key))) end,
    where = path,
    place = "folder " .. storage_texts.plain_path(prefix),
  })
end

return storage_file
