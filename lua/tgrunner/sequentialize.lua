--- sequentialize: updates that share a key run one after another.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"

local sequentialize = {}

---@alias tgrunner.Keys string|integer|(string|integer)[]|nil
---@alias tgrunner.Constraint "chat"|"user"|("chat"|"user")[]|fun(ctx: any): tgrunner.Keys

-- "chat", "user" or "both" for the constraints that need no script.
local function native_name(constraint)
  if constraint == "chat" or constraint == "user" then return constraint end
  if type(constraint) ~= "table" then return nil end
  local by = {}
  for _, name in ipairs(constraint) do
    if name ~= "chat" and name ~= "user" then return nil end
    by[name] = true
  end
  if by.chat and by.user then return "both" end
  return by.chat and "chat" or by.user and "user" or nil
end

--- For options.check: whether a value is a constraint.
---@return boolean ok
---@return string text
function sequentialize.check(value)
  return type(value) == "function" or native_name(value) ~= nil,
    'must be "chat", "user", { "chat", "user" } or a function of ctx'
end

--- What the host's sink takes: a name, or the function itself.
---@param constraint tgrunner.Constraint?
---@return string|function|nil
function sequentialize.native(constraint)
  return native_name(constraint) or constraint
end

local key_of = {
  chat = function(ctx) return ctx.chat_id end,
  user = function(ctx) return ctx.user_id end,
  both = function(ctx) return ctx.chat_id, ctx.user_id end,
}

--- Middleware: an update waits for every earlier one that shares a key, in order
--- of arrival here. Keys are freed however the update ends. A constraint must not
--- wait. Integers and strings are different keys; "chat" and "user" stand for the
--- ids as integers.
---@param constraint tgrunner.Constraint
---@return tgrunner.Middleware
function sequentialize.middleware(constraint)
  local ok, text = sequentialize.check(constraint)
  if not ok then errors.usage("sequentialize: the constraint %s", text) end
  local gate = host.gate()
  local keys = key_of[native_name(constraint)]
  if keys then
    return function(ctx, next)
      local _ <close> = gate:enter(keys(ctx))
      next()
    end
  end
  return function(ctx, next)
    local _ <close> = gate:enter(gate:constraint(constraint, ctx))
    next()
  end
end

return sequentialize
