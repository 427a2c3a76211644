--- Spread: formatted text (tg.fmt) anywhere in a method's parameters becomes text and entities.
---
--- Source: Bot API, every parameter and field that has a sibling of entities.
local errors = require "tgrunner.errors"
local fmt = require "tgrunner.fmt"
local host = require "tgrunner.host"
local parameters = require "tgrunner.parameters"

local spread = {}

-- Objects and lists of objects with text in them: field → where the entities of `text` go.
local nested = {
  checklist = "entities", content = "entities", explanation_media = "entities",
  input_message_content = "entities", media = "entities", message = "entities",
  options = "text_entities", reply_parameters = "entities", result = "entities",
  results = "entities", tasks = "text_entities",
}

-- Fields within these: where the entities go, if not to "<field>_entities".
local fields = { caption = true, message_text = "entities", quote = true, text = "text" }

local function copied(source)
  local copy = {}
  for key, value in pairs(source) do copy[key] = value end
  return setmetatable(copy, getmetatable(source))
end

-- The field for the entities of a field of an object within the parameter `above`.
local function inner_name(above, field, text_name)
  local name = fields[field] or above == "checklist" and field == "title"
  if name == "text" then return text_name end
  return name == true and field .. "_entities" or name
end

-- The parameter for the entities of a parameter; nil when the method has none.
local function outer_name(method, field)
  local known = parameters.of(method)
  local own = tostring(field) .. "_entities"
  if known and known[own] then return own end
  local name = field == "text" and "entities" or own
  return (not known or known[name]) and name or nil
end

local inner

local function inner_value(method, above, key, value, text_name)
  if type(value) ~= "table" or fmt.is(value) then return value end
  local is_item = type(key) == "number"
  local below = nested[key] or is_item and text_name
  return below and inner(method, is_item and above or key, value, below) or value
end

-- An item of a list that is nothing but text: an option of a poll.
local function as_item(value, text_name)
  return { text = value.text, [text_name] = value.entities }
end

function inner(method, above, source, text_name)
  local copy
  for key, value in pairs(source) do
    local new = inner_value(method, above, key, value, text_name)
    local name
    if fmt.is(value) and type(key) == "number" then
      new = as_item(value, text_name)
    elseif fmt.is(value) then
      name = inner_name(above, key, text_name)
      if not name then errors.usage("%s: %s takes no formatted text", method, tostring(key)) end
      new = value.text
    end
    if new ~= value then
      copy = copy or copied(source)
      copy[key] = new
      if name then copy[name] = value.entities end
    end
  end
  return copy or source
end

--- The parameters with text and entities apart; the same table when nothing in it is formatted.
---@param method string as the Bot API spells it
---@param payload table
---@return table
function spread.payload(method, payload)
  if host.is_plain(payload) then return payload end
  local copy
  for key, value in next, payload do
    if type(value) == "table" then
      if fmt.is(value) then
        local name = outer_name(method, key)
        if name then
          copy = copy or copied(payload)
          copy[key], copy[name] = value.text, value.entities
        end
      elseif nested[key] then
        local new = inner(method, key, value, nested[key])
        if new ~= value then
          copy = copy or copied(payload)
          copy[key] = new
        end
      end
    end
  end
  return copy or payload
end

return spread
