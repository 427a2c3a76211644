--- Conversations: the dialogues of a bot that are open, and what scripts do with them from outside:
--- enter, count, find and end them.
---
--- Not here: what a conversation may do, and its waits (conversation.lua); whose it is
--- (conversation_key.lua); how many there may be (conversation_list.lua); which one gets an update
--- (conversation_offer.lua); what it does behind a timeout (conversation_timeout.lua).
local conversation = require "tgrunner.conversation"
local conversation_key = require "tgrunner.conversation_key"
local conversation_list = require "tgrunner.conversation_list"
local conversation_offer = require "tgrunner.conversation_offer"
local conversation_timeout = require "tgrunner.conversation_timeout"
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local key_hold = require "tgrunner.key_hold"
local loaded = require "tgrunner.loaded"
local options = require "tgrunner.options"
local suggest = require "tgrunner.suggest"

local conversations = {}

--- A conversation that was registered, for one bot.
---@class tgrunner.ConversationKind
---@field name string
---@field fn fun(conv: tgrunner.Conversation, ctx: tgrunner.Context, ...: any)
---@field parallel boolean?
---@field keys tgrunner.ConversationKeys
---@field open tgrunner.ConversationList
---@field timeouts tgrunner.ConversationTimeouts

---@class tgrunner.Conversations
---@field _keys tgrunner.ConversationKeys
---@field _open tgrunner.ConversationList
---@field _holds tgrunner.KeyHolds who has to do with the conversations of a key just now
---@field _timeouts tgrunner.ConversationTimeouts
---@field _kinds table<string, tgrunner.ConversationKind> by name
---@field _commands (fun(ctx: tgrunner.Context): any)[] what says whether the bot handles a command
---@field package _middleware tgrunner.Middleware
---@field package _bot tgrunner.Bot?
local Conversations = {}

local store_meta = { __name = "tgrunner.Conversations", __index = Conversations }

-- Middleware function → its store.
local stores = setmetatable({}, { __mode = "k" })

-- ---- for scripts -------------------------------------------------------------------------------

local function find_kind(self, name)
  local kind = self._kinds[name]
  if kind then return kind end
  if type(name) ~= "string" then
    errors.usage("ctx:enter takes the name of a conversation (got a %s)", type(name))
  end
  errors.usage("ctx:enter: there is no conversation '%s'%s", name,
    suggest.hint(name, self._kinds))
end

-- Whether the update at work holds the key: what asks is part of it.
local function is_within(self, key, ctx)
  local holder = self._holds:holder(key)
  if holder == nil or holder == ctx then return holder ~= nil end
  local conv = rawget(ctx, "_conversation")
  return conv ~= nil and conv.key == key and conversation.is_running(conv)
end

-- ctx:enter
function Conversations:_enter(ctx, name, ...)
  local kind = find_kind(self, name)
  self._keys:check_worker()
  local key = self._keys.of(ctx)
  if key == nil then
    errors.usage("ctx:enter: this update (%s) has no key for a conversation", tostring(ctx.kind))
  end
  if is_within(self, key, ctx) then
    -- Possibly in another fiber of the update's, which may end later.
    local _ <close> = self._holds:share(key)
    self:_begin(kind, key, ctx, ...)
    return
  end
  local hold <close> = self._holds:begin(key)
  hold:take(ctx)
  self:_begin(kind, key, ctx, ...)
end

local function is_leaving(conv)
  return conversation.is_running(conv) and conv._now.leave
end

function Conversations:_begin(kind, key, ctx, ...)
  if not kind.parallel then
    for _, conv in ipairs(self._open:of(key)) do
      if conv._kind == kind and not is_leaving(conv) then
        errors.usage("ctx:enter: the conversation '%s' is open already for %s; end it first "
          .. "(ctx:exit '%s'), or register it with { parallel = true }", kind.name,
          tostring(key), kind.name)
      end
    end
  end
  self._open:make_room()
  local conv = conversation.new(kind, key)
  self._open:add(conv)
  self._open:run(conv, ctx, conv, ctx, ...)
end

--- How many conversations are open.
---@return integer
function Conversations:size() return self._open.size end

--- The key of an update, which says whose conversations see it.
---@param ctx tgrunner.Context
---@return string|integer|nil
function Conversations:key(ctx) return self._keys.of(ctx) end

--- What is open for a key: how many conversations by name.
---@param key string|integer
---@return table<string, integer>
function Conversations:active(key)
  key = self._keys:check(key, "active")
  local counts = {}
  for _, conv in ipairs(self._open:of(key)) do
    counts[conv.name] = (counts[conv.name] or 0) + 1
  end
  return counts
end

--- Ends conversations from outside; their <close> variables run. One that works on an update just
--- now ends when it would wait for the next; one that works behind a timeout ends at once.
---@param key string|integer
---@param name string? of this name only
---@return integer count how many were open
function Conversations:exit(key, name)
  key = self._keys:check(key, "exit")
  if name ~= nil and not self._kinds[name] then
    errors.usage("exit: there is no conversation '%s'%s", tostring(name),
      suggest.hint(name, self._kinds))
  end
  local count = 0
  for _, conv in ipairs(self._open:of(key)) do
    if name == nil or conv.name == name then
      conversation.leave(conv)
      self._timeouts:cancel(conv)
      count = count + 1
    end
  end
  return count
end

--- For bot:use.
---@return tgrunner.Middleware
function Conversations:middleware() return self._middleware end

-- ---- making one --------------------------------------------------------------------------------

---@class tgrunner.ConversationsOptions
---@field key ("member"|"chat"|"user"|fun(ctx: tgrunner.Context): string|integer|nil)? whose a
---conversation is; "member" (default): a user's in a chat, as "chat_id:user_id"; an update
---without a chat (a pre-checkout query, …) counts as of the private one. With nil an update has
---nothing to do with conversations. A function must not wait
---@field max integer? how many may be open (100,000); one more ends the one that has waited longest
---@field on_evict fun(conv: tgrunner.Conversation)? is told of that
---@field ttl_ms number? how long one may wait for an update, whatever its wait says (7 days;
---math.huge: for ever)
---@field on_expire fun(conv: tgrunner.Conversation)? is told of those whose time is over. Both get
---the conversation, which has ended (name, key, chat_id, user_id), and may call the API

local spec = {
  key = conversation_key.is_option,
  max = "count",
  ttl_ms = "milliseconds",
  on_evict = "function",
  on_expire = "function",
}

--- Middleware that keeps a bot's conversations. Install it once, behind what conversations need
--- (sequentialize, sessions) and in front of the handlers that should not see the answers.
---
--- Conversations live in memory: they end with the script, or with the worker they are in.
---@param opts tgrunner.ConversationsOptions?
---@return tgrunner.Conversations
function conversations.new(opts, next)
  if type(next) == "function" then -- `bot:use(tg.conversations)` gives it an update
    errors.usage("tg.conversations makes a middleware, and is called for that: "
      .. "bot:use(tg.conversations())")
  end
  opts = options.check("tg.conversations options", opts, spec)
  local open, holds = conversation_list.new(opts), key_hold.new()
  local self = setmetatable({
    _keys = conversation_key.new(opts.key),
    _open = open, _holds = holds,
    _timeouts = conversation_timeout.new(open, holds),
    _kinds = {}, _commands = {},
  }, store_meta)
  self._middleware = conversation_offer.middleware(self)
  stores[self._middleware] = self
  host.at_close(function(died) open:close(died) end)
  return self
end

local function adopt(self, node)
  if node.type == "conversation" then
    if self._kinds[node.id] then
      errors.usage("the conversation '%s' is registered twice", node.id)
    end
    self._kinds[node.id] = {
      name = node.id, fn = node.fn, parallel = node.parallel,
      keys = self._keys, open = self._open, timeouts = self._timeouts,
    }
  elseif node.name == "command" then
    table.insert(self._commands, node.predicate)
  end
end

--- For bot.lua: a bot is complete. Finds its conversations, and where they are kept.
---@param bot tgrunner.Bot
---@return tgrunner.Conversations?
function conversations.find(bot)
  local self, first
  bot:_each_function(function(fn)
    local store = stores[fn]
    if store and self and store ~= self then errors.usage "tg.conversations is used twice" end
    self = store or self
  end)
  if self then
    if self._bot and self._bot ~= bot then
      errors.usage "one tg.conversations serves one bot; call it for each"
    end
    self._bot, self._kinds, self._commands = bot, {}, {}
  end
  bot:_each_node(function(node)
    first = first or node.type == "conversation" and node.id or nil
    if self then adopt(self, node) end
  end)
  if first and not self then
    errors.usage("bot:conversation '%s': conversations need bot:use(tg.conversations())", first)
  end
  return self
end

--- For context.lua: the conversations of the bot that handles an update.
---@param ctx tgrunner.Context
---@param name string of the method that asks
---@return tgrunner.Conversations
function conversations.of(ctx, name)
  local self = ctx._bot._conversations
  if not self then errors.usage("%s: conversations need bot:use(tg.conversations())", name) end
  return self
end

loaded.conversations = conversations

return conversations
