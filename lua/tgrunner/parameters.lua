--- Parameters: what the Bot API says of a method's parameters, for mistakes that can be told
--- without Telegram, or better than by Telegram.
---
--- The server has the last word on what it requires, for its API may be newer than our table:
--- only what cannot be meant by any version is refused before it is sent.
local methods = require "tgrunner.methods"
local suggest = require "tgrunner.suggest"

local parameters = {}

---@class tgrunner.Parameter
---@field kinds string "integer|string"
---@field required boolean
---@field scalar boolean takes no table
---@field structured boolean takes a table, or its JSON text

local scalars = { integer = true, number = true, string = true, boolean = true }

local function parse(text)
  local list = {}
  for name, mark, kinds in text:gmatch "([%w_]+)(%??):(%S+)" do
    local scalar, structured = true, true
    for kind in kinds:gmatch "[^|]+" do
      scalar = scalar and scalars[kind] ~= nil
      structured = structured and (kind == "object" or kind == "list")
    end
    list[name] = { kinds = kinds, required = mark == "", scalar = scalar, structured = structured }
  end
  return list
end

local parsed = {} ---@type table<string, table<string, tgrunner.Parameter>>

--- The parameters of a method, by name; nil for a method that is not known.
---@param method string as the Bot API spells it
---@return table<string, tgrunner.Parameter>?
function parameters.of(method)
  local text = methods.list[method]
  if not text then return nil end
  parsed[method] = parsed[method] or parse(text)
  return parsed[method]
end

--- Whether all parameters are known, plain and of plain kinds, so that there is nothing to find
--- fault with: true for nearly every call, at a fraction of what looking for faults costs.
---@param method string
---@param payload table
---@return boolean
function parameters.are_sound(method, payload)
  local known = parsed[method] or parameters.of(method)
  if not known then return false end
  for name, value in next, payload do
    local parameter = known[name]
    if not parameter or parameter.structured or type(value) == "table" then return false end
  end
  return true
end

local names = {
  integer = "an integer", number = "a number", string = "a string", boolean = "a boolean",
  object = "a table", list = "a list",
}

local function described(kinds)
  local texts = {}
  for kind in kinds:gmatch "[^|]+" do texts[#texts + 1] = names[kind] end
  return table.concat(texts, " or ")
end

--- What is wrong with a parameter's type, if that is beyond doubt.
---@param method string
---@param payload table
---@return string?
function parameters.misfit(method, payload)
  local known = parameters.of(method)
  if not known then return nil end
  for name, value in pairs(payload) do
    local parameter, kind = known[name], type(value)
    local is_wrong = parameter and (parameter.scalar and kind == "table"
      or parameter.structured and (kind == "number" or kind == "boolean"))
    if is_wrong then
      return ("%s must be %s (got a %s)"):format(name, described(parameter.kinds), kind)
    end
  end
end

--- The required parameters that are not there: "text is missing".
---@param method string
---@param payload table
---@return string?
function parameters.missing(method, payload)
  local missing = {}
  for name, parameter in pairs(parameters.of(method) or {}) do
    if parameter.required and payload[name] == nil then missing[#missing + 1] = name end
  end
  if #missing == 0 then return nil end
  table.sort(missing)
  return ("%s %s missing"):format(table.concat(missing, ", "), #missing == 1 and "is" or "are")
end

--- A parameter that the method does not have, and what was probably meant.
---@param method string
---@param payload table
---@return string? name
---@return string? nearest
function parameters.unknown(method, payload)
  local known = parameters.of(method)
  if not known then return nil end
  for name in pairs(payload) do
    if not known[name] then
      local nearest = suggest.nearest(name, known)
      if nearest then return name, nearest end
    end
  end
end

return parameters
