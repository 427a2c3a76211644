-- The modules that are being loaded now: what require.lua knows of them.
local host = require "tgrunner.host"

---@class tgrunner.Loading
---@field by thread|userdata the fiber that loads it
---@field done tgrunner.Event
---@field file string? where it comes from
---@field depth integer how many others its fiber was loading

local loading = {
  entries = {}, ---@type table<string, tgrunner.Loading>
  loader = nil, ---@type function? runs a module's main chunk
}

-- The entry that this fiber is in the midst of, and how many there are.
local function innermost()
  local found
  local fiber = host.current()
  for _, entry in pairs(loading.entries) do
    if entry.by == fiber and (not found or entry.depth > found.depth) then found = entry end
  end
  return found, found and found.depth + 1 or 0
end

--- Notes that this fiber loads a module.
---@param name string
---@param file string?
function loading.begin(name, file)
  local _, depth = innermost()
  loading.entries[name] = { by = host.current(), done = host.event(), file = file, depth = depth }
end

---@param name string
function loading.finish(name)
  local entry = loading.entries[name]
  loading.entries[name] = nil
  entry.done:set()
end

--- The file of the module that this fiber is in the midst of.
---@return string?
function loading.file()
  local entry = innermost()
  return entry and entry.file
end

return loading
