--- Parameters: what the Bot API says of a method's parameters, for mistakes that can be told
--- without Telegram, or better than by Telegram.
---
--- Only what no version of the method could mean is refused before it is sent. Telegram reads
--- numbers and booleans from text too, and numbers as text: so do we. A payload with a parameter
--- that resembles none we know is of a method newer than our table: then the server has the last
--- word on what it requires.
local fmt = require "tgrunner.fmt"
local host = require "tgrunner.host"
local methods = require "tgrunner.methods"
local options = require "tgrunner.options"
local suggest = require "tgrunner.suggest"

local parameters = {}

-- ---- what fits ---------------------------------------------------------------------------------

local function is_number_text(value) return value == "" or tonumber(value) ~= nil end

local function is_bit(value) return value == 0 or value == 1 end

local boolean_texts = { ["true"] = true, ["false"] = true, ["1"] = true, ["0"] = true,
  yes = true, no = true, [""] = true }

local function is_boolean_text(value) return boolean_texts[value:lower()] == true end

local function is_json(value) return value == "" or value:find "^%s*[%[{n]" ~= nil end

local function is_file(value) return getmetatable(value) == host.input_file_meta end

local function is_attached(value) return value == "" or value:find "^attach://" ~= nil end

local function is_object(value)
  return rawget(value, 1) == nil and not is_file(value) and not fmt.is(value)
end

local function is_list(value)
  return (rawget(value, 1) ~= nil or next(value) == nil) and not is_file(value)
end

-- Kind → type of Lua → whether it fits: always, or as a function says.
local fits_of = {
  integer = { number = true, string = is_number_text }, -- a fraction is cut off there
  number = { number = true, string = is_number_text },
  string = { string = true, number = true },
  boolean = { boolean = true, number = is_bit, string = is_boolean_text },
  object = { table = is_object, string = is_json },
  list = { table = is_list, string = is_json },
  file = { table = is_file, string = is_attached },
  any = { number = true, string = true, boolean = true, table = true },
}

local function either(a, b)
  if a == true or b == true or not a then return a == true or b end
  return function(value) return a(value) or b(value) end
end

---@class tgrunner.Parameter what fits, by type of Lua: always (true), or as a function says
---@field kinds string "integer|string"
---@field required integer 1 or 0

local function parse_kinds(kinds, required)
  local fits = {
    kinds = kinds, required = required,
    userdata = function(value) return value == host.null end,
  }
  for kind in kinds:gmatch "[^|]+" do
    for lua_type, how in pairs(fits_of[kind]) do fits[lua_type] = either(fits[lua_type], how) end
  end
  if kinds:find("file", 1, true) then fits.number = nil end -- no id of a file is a number
  return fits
end

-- The parameters by name, and the names of those that are required, sorted.
local function parse(text)
  local list, required = {}, {}
  for name, mark, kinds in text:gmatch "([%w_]+)(%??):(%S+)" do
    list[name] = parse_kinds(kinds, mark == "" and 1 or 0)
    if mark == "" then required[#required + 1] = name end
  end
  table.sort(required)
  return list, required
end

local type = type

local parsed = {} ---@type table<string, table<string, tgrunner.Parameter>>
local required_of = {} ---@type table<string, string[]>

--- The parameters of a method, by name; nil for a method that is not known.
---@param method string as the Bot API spells it
---@return table<string, tgrunner.Parameter>?
function parameters.of(method)
  local known = parsed[method]
  if known then return known end
  local text = methods.list[method]
  if not text then return nil end
  parsed[method], required_of[method] = parse(text)
  return parsed[method]
end

-- ---- what is wrong -----------------------------------------------------------------------------

local names = {
  file = "a tg.InputFile", integer = "an integer", number = "a number", string = "a string",
  boolean = "a boolean", object = "a table", list = "a list", any = "a value",
}

local function described(kinds)
  local texts = {}
  for kind in kinds:gmatch "[^|]+" do texts[#texts + 1] = names[kind] end
  return table.concat(texts, " or ")
end

-- What was given instead.
local function shown(value)
  if type(value) ~= "table" then return options.shown(value) end
  if is_file(value) then return "a tg.InputFile" end
  if fmt.is(value) then return "formatted text" end
  return rawget(value, 1) ~= nil and "a list" or "a table"
end

-- For what is probably meant as a file.
local function advice(parameter, value)
  if not parameter.kinds:find("file", 1, true) then return "" end
  if type(value) == "table" and (value.path or value.bytes or value.url) then
    return "; wrap it: tg.InputFile{ … }"
  end
  if type(value) == "function" then return "; wrap it: tg.InputFile(…)" end
  if type(value) == "string" then return "; of a path: tg.InputFile(path)" end
  return ""
end

local function misfit(name, parameter, value)
  return ("%s must be %s (got %s)%s"):format(name, described(parameter.kinds), shown(value),
    advice(parameter, value))
end

-- The problem of the first name in the alphabet, for the same words each time.
local function first_misfit(known, payload)
  local first
  for name, value in pairs(payload) do
    if type(name) ~= "string" then
      return ("the parameters have names (got the key '%s')"):format(tostring(name))
    end
    local parameter = known[name]
    local fits = not parameter or parameter[type(value)]
    if fits ~= true and not (fits and fits(value)) and (not first or name < first) then
      first = name
    end
  end
  return first and misfit(first, known[first], payload[first])
end

--- The required parameters that are not there: "text is missing".
---@param method string
---@param payload table
---@return string?
function parameters.missing(method, payload)
  if not parameters.of(method) then return nil end
  local missing = {}
  for _, name in ipairs(required_of[method]) do
    if rawget(payload, name) == nil then missing[#missing + 1] = name end
  end
  if #missing == 0 then return nil end
  return ("%s %s missing"):format(table.concat(missing, ", "), #missing == 1 and "is" or "are")
end

-- A name that the method does not have, and what was probably meant; of several the one with a
-- near name.
local function unknown_of(known, payload)
  local unknown
  for name in pairs(payload) do
    if not known[name] then
      local nearest = suggest.nearest(name, known)
      if nearest then return name, nearest end
      unknown = name
    end
  end
  return unknown
end

--- What is wrong with the parameters of a method, if that is beyond doubt; and a name that it does
--- not have, when it resembles one that it has.
---@param method string as the Bot API spells it
---@param payload table
---@return string? problem
---@return string? unknown
---@return string? nearest
function parameters.check(method, payload)
  local known = parsed[method] or parameters.of(method)
  if not known then return nil end
  local needed, has_unknown = #required_of[method], false
  if host.fits(payload, known) == needed then return nil end
  for name, value in next, payload do
    local parameter = known[name]
    if parameter then
      local fits = parameter[type(value)]
      if fits ~= true and not (fits and fits(value)) then return first_misfit(known, payload) end
      needed = needed - parameter.required
    else
      if type(name) ~= "string" then return first_misfit(known, payload) end
      has_unknown = true
    end
  end
  local is_missing = needed > 0
  if not is_missing and not has_unknown then return nil end
  local unknown, nearest = unknown_of(known, payload)
  if not is_missing then return nil, nearest and unknown, nearest end
  if unknown and not nearest then return nil end
  local problem = parameters.missing(method, payload)
  if not nearest then return problem end
  return ("%s; '%s' is not a parameter of it, did you mean '%s'?"):format(problem, unknown, nearest)
end

return parameters
