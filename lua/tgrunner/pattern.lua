--- Pattern: Lua patterns as triggers of hears, callback_query and their kin.
local errors = require "tgrunner.errors"

local pattern = {}

---@class tgrunner.Pattern
---@field text string the Lua pattern
local meta = { __name = "tgrunner.Pattern" }

function meta.__tostring(self)
  return ("pattern %q"):format(self.text)
end

--- A trigger that matches by Lua pattern, anywhere in the text unless it is anchored with `^`.
--- `ctx.match` is then the list of captures; `ctx.match[0]` is all that matched.
---@param text string
---@return tgrunner.Pattern
function pattern.new(text)
  if type(text) ~= "string" then
    errors.usage("tg.pattern takes a Lua pattern, a string (got a %s)", type(text))
  end
  local ok, problem = pcall(string.find, "", text)
  if not ok then errors.usage("tg.pattern: %s in '%s'", problem, text) end
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
local function matcher(trigger, where)
  if type(trigger) == "string" then
    return function(text) return text == trigger and text or nil end
  end
  if pattern.is(trigger) then
    local lua_pattern = trigger.text
    return function(text) return captures(text, text:find(lua_pattern)) end
  end
  if type(trigger) == "function" then
    return function(text, ctx) return trigger(text, ctx) or nil end
  end
  errors.usage("%s takes text, tg.pattern, a function of the text, or a list of these (got a %s)",
    where, type(trigger))
end

--- Compiles triggers: text that must be equal, patterns, functions of (text, ctx), or a list.
---@param triggers string|tgrunner.Pattern|function|table
---@param where string the name of the function they were given to, for errors
---@return fun(text: string, ctx: tgrunner.Context): boolean # sets ctx.match when one matches
function pattern.compile(triggers, where)
  local is_list = type(triggers) == "table" and not pattern.is(triggers)
  local list, matchers, exact = is_list and triggers or { triggers }, {}, true
  for i, trigger in ipairs(list) do
    matchers[i] = matcher(trigger, where)
    exact = exact and type(trigger) == "string"
  end
  if #matchers == 0 then errors.usage("%s: an empty list of triggers matches nothing", where) end
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
