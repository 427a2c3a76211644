--- Conversation key: whose a conversation is. What a key is made of, what it tells, and which
--- workers get the updates of one.
---
--- Not here: who has a key just now (key_hold.lua).
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"

local conversation_key = {}

--- What kind of key a bot's conversations have.
---@class tgrunner.ConversationKeys
---@field of fun(ctx: tgrunner.Context): string|integer|nil the key of an update, which says whose
---conversations see it
---@field ids_of? fun(key: string|integer): integer?, integer? the chat and the user that a key
---tells; nil when the keys are the script's own
---@field package by "member"|"chat"|"user"|"function"
---@field package is_checked boolean?
local ConversationKeys = {}

local keys_meta = { __index = ConversationKeys }

local key_of = {
  member = function(ctx)
    local chat, user = ctx.chat_id, ctx.user_id
    if chat == nil then chat = user end -- as in the private chat with them
    if chat == nil then return nil end
    return ("%s:%s"):format(chat, user or "")
  end,
  chat = function(ctx) return ctx.chat_id end,
  user = function(ctx) return ctx.user_id end,
}

-- The chat and the user that a key tells.
local ids_of = {
  member = function(key)
    local chat, user = key:match "^([^:]*):(.*)$"
    return math.tointeger(tonumber(chat)), math.tointeger(tonumber(user))
  end,
  chat = function(key) return key end,
  user = function(key) return nil, key end,
}

local function own_key(key)
  return function(ctx)
    local value = key(ctx)
    if value ~= nil and type(value) ~= "string" and math.type(value) ~= "integer" then
      errors.usage("tg.conversations: key must give a string, an integer or nil (got a %s)",
        type(value))
    end
    return value
  end
end

--- For options.check: what the option `key` may be.
---@param value any
---@return boolean
---@return string problem
function conversation_key.is_option(value)
  return key_of[value] ~= nil or type(value) == "function",
    'must be "member", "chat", "user" or a function of ctx'
end

--- Keys as the option `key` says.
---@param option "member"|"chat"|"user"|function|nil
---@return tgrunner.ConversationKeys
function conversation_key.new(option)
  option = option or "member"
  local is_own = type(option) == "function"
  return setmetatable({
    of = is_own and own_key(option) or key_of[option],
    ids_of = ids_of[option],
    by = is_own and "function" or option,
  }, keys_meta)
end

--- A key as a script gives it; an id may be a text.
---@param key any
---@param name string of the method that takes it
---@return string|integer
function ConversationKeys:check(key, name)
  if type(key) ~= "string" and math.type(key) ~= "integer" then
    errors.usage("%s takes the key of a conversation, a string or an integer (got a %s)", name,
      type(key))
  end
  local is_id = self.by == "chat" or self.by == "user"
  return is_id and math.tointeger(tonumber(key)) or key
end

-- Keys of which a worker's pool sends updates to other workers, too.
local is_spread = {
  update = function() return true end,
  chat = function(by) return by == "user" end,
  user = function(by) return by == "chat" end,
}

--- Warns, the first time it is called, in a worker that does not get all updates of a key.
function ConversationKeys:check_worker()
  if self.is_checked then return end
  self.is_checked = true
  local worker = host.worker()
  local pool = worker and worker.settings.pool
  local spread = pool and is_spread[pool.by]
  if not spread or not spread(self.by) then return end
  local advice = self.by == "function" and '"chat", or the function that gives the key'
    or self.by == "user" and '"user"' or '"chat"'
  host.log("warn", ("tg.conversations in workers that each get updates of any %s: an answer that "
    .. "comes to another worker does not reach its conversation; give tg.distribute by = %s")
    :format(self.by == "user" and "user" or "chat", advice))
end

return conversation_key
