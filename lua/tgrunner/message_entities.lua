--- Message entities: the marked parts of a text, for ctx:entities.
local utf16 = require "tgrunner.utf16"

local message_entities = {}

local function to_set(list)
  local set = {}
  for _, item in ipairs(type(list) == "table" and list or { list }) do set[item] = true end
  return set
end

--- The entities of a message's text or caption, each with the part of the text it covers as `text`.
---@param msg table? the Message
---@param types string|string[]? only these
---@return table[]
function message_entities.of(msg, types)
  local text = msg and (msg.text or msg.caption)
  local entities = msg and (msg.entities or msg.caption_entities)
  if not text or not entities then return {} end
  local wanted, found = types and to_set(types), {}
  for _, entity in ipairs(entities) do
    if not wanted or wanted[entity.type] then
      local copy = { text = utf16.slice(text, entity.offset, entity.length) }
      for key, value in pairs(entity) do copy[key] = value end
      found[#found + 1] = copy
    end
  end
  return found
end

return message_entities
