--- Storage memory: values in a table of the state, gone with the process. It grows with the keys.
local storage_texts = require "tgrunner.storage_texts"

local storage_memory = {}

--- A storage in memory. Values are copied in and out.
---@return tgrunner.Storage
function storage_memory.new()
  local kept = {}
  local storage = storage_texts.storage("storage.memory", {
    read = function(key) return kept[key] end,
    write = function(key, text) kept[key] = text end,
    delete = function(key) kept[key] = nil end,
    where = function(key) return ("the value of %s"):format(key) end,
  })
  storage._in_memory = true
  return storage
end

return storage_memory
