--- Pattern: Lua patterns as triggers of hears, callback_query and their kin.
local choices = require "tgrunner.choices"
local errors = require "tgrunner.errors"

local pattern = {}

---@class tgrunner.Pattern
---@field text string the Lua pattern
local meta = { __name = "tgrunner.Pattern" }

function meta.__tostring(self)
  return ("pattern %q"):format(self.text)
end

-- ---- what is a pattern -------------------------------------------------------------------------

local CAPTURES_MAX = 32

-- Behind the set that begins at `at`; nil when it does not end.
local function after_set(text, at)
  at = at + (text:sub(at + 1, at + 1) == "^" and 2 or 1)
  repeat
    if at > #text then return nil end
    at = at + (text:sub(at, at) == "%" and at < #text and 2 or 1)
  until text:sub(at, at) == "]"
  return at + 1
end

-- Behind the item at `at` that begins with "%", and what is wrong with it.
local function after_escape(text, at, captures)
  local kind = text:sub(at + 1, at + 1)
  if kind == "" then return nil, "a '%' at the end" end
  if kind == "b" then
    return at + 4, at + 3 > #text and "two characters missing after '%b'" or nil
  end
  if kind == "f" then
    local after = text:sub(at + 2, at + 2) == "[" and after_set(text, at + 2)
    return after, not after and "no set such as [%w] after '%f'" or nil
  end
  if kind:find "%d" and captures[tonumber(kind)] ~= "closed" then
    return nil, ("no finished capture before '%%%s'"):format(kind)
  end
  return at + 2
end

-- Behind the parenthesis at `at`, and what is wrong with it. `captures` are those so far.
local function after_parenthesis(text, at, captures)
  if text:sub(at, at) == "(" then
    if #captures == CAPTURES_MAX then return nil, "too many captures" end
    local is_position = text:sub(at + 1, at + 1) == ")"
    captures[#captures + 1] = is_position and "closed" or "open"
    return at + (is_position and 2 or 1)
  end
  for i = #captures, 1, -1 do
    if captures[i] == "open" then
      captures[i] = "closed"
      return at + 1
    end
  end
  return nil, "a ')' without '('"
end

-- Why a text is no pattern. Lua itself says so only when matching comes to the place.
local function problem_of(text)
  local at, captures = 1, {}
  while at <= #text do
    local char, after, problem = text:sub(at, at), at + 1, nil
    if char == "(" or char == ")" then
      after, problem = after_parenthesis(text, at, captures)
    elseif char == "%" then
      after, problem = after_escape(text, at, captures)
    elseif char == "[" then
      after = after_set(text, at)
      problem = not after and "unfinished set" or nil
    end
    if problem then return problem end
    at = after
  end
  for _, state in ipairs(captures) do
    if state == "open" then return "unfinished capture" end
  end
end

-- ---- triggers ----------------------------------------------------------------------------------

--- A trigger that matches by Lua pattern, anywhere in the text unless it is anchored with `^`.
--- `ctx.match` is then the list of captures; `ctx.match[0]` is all that matched.
---@param text string
---@return tgrunner.Pattern
function pattern.new(text)
  if type(text) ~= "string" then
    errors.usage("tg.pattern takes a Lua pattern, a string (got a %s)", type(text))
  end
  local problem = problem_of(text)
  if problem then errors.usage("tg.pattern: %s in '%s'", problem, text) end
  return setmetatable({ text = text }, meta)
end

---@param value any
---@return boolean
function pattern.is(value)
  return getmetatable(value) == meta
end

local function captures(text, first, last, ...)
  if not first then return nil end
  return { [0] = text:sub(first, last), ... }
end

-- Every kind of trigger as a function of the text: what ctx.match becomes, or nil.
local function matcher(trigger)
  if type(trigger) == "string" then
    return function(text) return text == trigger and text or nil end
  end
  if pattern.is(trigger) then
    local lua_pattern = trigger.text
    return function(text) return captures(text, text:find(lua_pattern)) end
  end
  return function(text, ctx) return trigger(text, ctx) or nil end
end

local function is_trigger(value)
  return type(value) == "string" or type(value) == "function" or pattern.is(value)
end

--- Compiles triggers: text that must be equal, patterns, functions of (text, ctx), or a list.
---@param triggers string|tgrunner.Pattern|function|table
---@param where string the name of the function they were given to, for errors
---@return fun(text: string, ctx: tgrunner.Context): boolean # sets ctx.match when one matches
function pattern.compile(triggers, where)
  local list = choices.read(where, triggers, "text, tg.pattern or a function of the text",
    is_trigger)
  local matchers, exact = {}, true
  for i, trigger in ipairs(list) do
    matchers[i] = matcher(trigger)
    exact = exact and type(trigger) == "string"
  end
  if exact then
    local set = {}
    for _, trigger in ipairs(list) do set[trigger] = true end
    return function(text, ctx)
      if not set[text] then return false end
      ctx.match = text
      return true
    end
  end
  return function(text, ctx)
    for i = 1, #matchers do
      local match = matchers[i](text, ctx)
      if match then
        ctx.match = match
        return true
      end
    end
    return false
  end
end

return pattern
