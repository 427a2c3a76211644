--- Options: checks a table of options against what is known, and says what is wrong where.
local errors = require "tgrunner.errors"
local suggest = require "tgrunner.suggest"

local options = {}

---@alias tgrunner.OptionCheck fun(value: any): boolean?, string?, boolean?
---@alias tgrunner.OptionSpec string|string[]|table<string, any>|tgrunner.OptionCheck

-- What a number must be to pass, by the name of its spec.
local number_kinds = {
  number = function(value) return type(value) == "number" and value == value end,
  integer = function(value) return math.type(value) == "integer" end,
  count = function(value) return math.type(value) == "integer" and value >= 1 end,
  milliseconds = function(value) return type(value) == "number" and value >= 0 end,
  seconds = function(value) return type(value) == "number" and value >= 0 end,
}

local number_texts = {
  number = "a number",
  integer = "an integer",
  count = "an integer of at least 1",
  milliseconds = "a number of milliseconds, 0 or more",
  seconds = "a number of seconds, 0 or more",
}

local function is_callable(value)
  if type(value) == "function" then return true end
  local meta = getmetatable(value)
  return type(meta) == "table" and meta.__call ~= nil
end

---@return boolean
local function fits_word(word, value)
  if word == "any" then return true end
  if word == "function" then return is_callable(value) end
  local quoted = word:match('^"(.*)"$')
  if quoted then return value == quoted end
  local check = number_kinds[word]
  if check then return check(value) end
  return type(value) == word
end

local function fits(kinds, value)
  for word in kinds:gmatch("[^|]+") do
    if fits_word(word, value) then return true end
  end
  return false
end

local function describe(kinds)
  local texts = {}
  for word in kinds:gmatch("[^|]+") do
    texts[#texts + 1] = number_texts[word] or (word:find('^"') and word)
      or (word:find("^[aeiou]") and "an " or "a ") .. word
  end
  return table.concat(texts, " or ")
end

--- A value as an error names it: text in quotes, numbers and booleans as they are.
---@param value any
---@return string
function options.shown(value)
  if type(value) == "string" then return ("'%s'"):format(value) end
  if type(value) == "table" or type(value) == "function" or type(value) == "userdata" then
    return "a " .. type(value)
  end
  return tostring(value)
end

local shown = options.shown

local check_table

local function check_value(name, key, value, spec)
  local where = ("%s.%s"):format(name, key)
  if type(spec) == "table" then
    if type(value) ~= "table" then
      return ("%s must be a table (got %s)"):format(where, shown(value))
    end
    return check_table(where, value, spec)
  end
  if type(spec) == "function" then
    local ok, text, is_secret = spec(value)
    if ok then return nil end
    local got = is_secret and "" or (" (got %s)"):format(shown(value))
    return ("%s %s%s"):format(where, text or "is not valid", got)
  end
  if not fits(spec, value) then
    return ("%s must be %s (got %s)"):format(where, describe(spec), shown(value))
  end
end

function check_table(name, values, spec)
  for key, value in pairs(values) do
    local known = type(key) == "string" and spec[key]
    if not known then
      return ("unknown option '%s' in %s%s"):format(
        tostring(key), name, suggest.hint(key, spec))
    end
    local problem = check_value(name, key, value, known)
    if problem then return problem end
  end
end

--- Checks a table of options and raises a message that names the option: an unknown one with
--- the nearest known name, or one with a wrong value.
---
--- A spec says for each option what it may be: words joined by `|`, each a type of Lua,
--- "integer", "count" (an integer of at least 1), "milliseconds", "seconds", "any" or a
--- `"quoted"` value; a function that returns true, or false, what it must be, and true when the
--- value may hold a secret and is not to be shown; or a table, the spec of a nested table of
--- options.
---@param name string how people know the table: "run options"
---@param values table? nil is an empty table
---@param spec table<string, tgrunner.OptionSpec>
---@param level integer? where the message points, as in error(); without it, at the script's
---own line
---@return table values
function options.check(name, values, spec, level)
  if values == nil then return {} end
  local problem
  if type(values) ~= "table" then
    problem = ("%s must be a table (got %s)"):format(name, shown(values))
  else
    problem = check_table(name, values, spec)
  end
  if problem and level then error(problem, level == 0 and 0 or level + 1) end
  if problem then errors.usage("%s", problem) end
  return values
end

--- A number of milliseconds as the host takes it: whole, rounded up, finite.
---@param ms number
---@return integer
function options.whole(ms)
  return ms >= 1e15 and 1000000000000000 or math.ceil(ms)
end

--- Raises when the system would see only a part of a path.
---@param name string of the function it was given to
---@param path string
function options.check_path(name, path)
  if path:find("\0", 1, true) then
    errors.usage("%s: a path has no byte 0 in it (got '%s')", name, (path:gsub("%z", "\\0")))
  end
end

--- Raises when a value is no bot made by tg.Bot, or cannot be run here.
---@param name string of the function it was given to
---@param bot any
function options.check_bot(name, bot)
  if type(bot) ~= "table" or type(bot._compose) ~= "function" then
    errors.usage("%s: the first argument must be a bot made by tg.Bot (got a %s)", name, type(bot))
  end
  if bot._refuse_run then bot._refuse_run(name) end
end

return options
