--- Context: what a handler gets of an update. Everything is looked up when it is first asked
--- for; the update is decoded at the first need of its contents, and not at all for `kind`,
--- `update_id`, `chat_id` and `user_id`.
---
--- Source: grammY's Context, in snake_case.
local checks = require "tgrunner.checks"
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local loaded = require "tgrunner.loaded"
local queries = require "tgrunner.queries"
local shortcuts = require "tgrunner.shortcuts"

local require = require -- scripts in a sandbox have another

local context = {}

local raw_field = host.field

---@class tgrunner.Context
---@field update table the Update; null is absent
---@field update_id integer
---@field kind string what the update holds: "message", "callback_query", …
---@field chat_id integer?
---@field user_id integer?
---@field msg table? the message the update is or is about
---@field msg_id integer?
---@field chat table?
---@field from table? the User
---@field sender_chat table?
---@field text string? the message's text or caption
---@field inline_message_id string?
---@field business_connection_id string?
---@field match any what hears, command, callback_query … matched
---@field me table the bot's own User
---@field session any what tg.session keeps; behind it alone
---@field attempt integer which run of this update this is, from 1: with a journal, crashes while it
---  ran and runs that failed count
---@field redelivered boolean whether it may have been handled before, in part or in full: it comes
---  from a journal after a restart, or is run again after a failure
---@field api tgrunner.Api transformers of its config see only calls made through this ctx
local Context = {}

--- The names of all methods, shortcuts too.
---@return table<string, true>
function context.method_names()
  local names = {}
  for name in pairs(Context) do names[name] = true end
  for _, shortcut in ipairs(shortcuts.all()) do names[shortcut.name] = true end
  return names
end

-- Fields that are worked out from others: field → fun(ctx, bot) → value. Values that are not nil
-- are kept in the ctx itself.
---@type table<string, fun(ctx: table, bot: tgrunner.Bot): any>
local getters = {}

-- A field of what ought to be an object.
local function field(object, name)
  if type(object) == "table" then return object[name] end
end

-- ---- the update --------------------------------------------------------------------------------

function getters.update(ctx)
  local raw = ctx._undecoded
  ctx._raw, ctx._undecoded = raw, false
  return raw:decode()
end

-- The raw update as long as it has not been decoded; false of an update given as a table.
function getters._undecoded() return false end

function getters._raw(ctx) return ctx._undecoded end

-- Kinds the host does not know are found in the decoded update.
function getters.kind(ctx)
  local update = ctx.update
  for key, value in pairs(update) do
    if queries.kinds[key] or (key ~= "update_id" and type(value) == "table") then return key end
  end
end

function getters.update_id(ctx)
  local raw = ctx._raw
  if raw then return raw:id() end
  return ctx.update.update_id
end

-- The update as the host has it: it was given as such, or is a value of a script's own source
-- that the handler which makes the ctx was called with.
local function delivery(ctx) return ctx._raw or rawget(ctx, "_delivery") end

function getters.attempt(ctx)
  local raw = delivery(ctx)
  return raw and raw:attempt() or 1
end

function getters.redelivered(ctx)
  local raw = delivery(ctx)
  return raw and raw:redelivered() or false
end

for kind in pairs(queries.kinds) do
  getters[kind] = function(ctx)
    if ctx.kind ~= kind then return nil end
    local object = ctx.update[kind]
    return type(object) == "table" and object or nil
  end
end

-- ---- what it is about --------------------------------------------------------------------------

local message_kinds = {
  message = true, edited_message = true, channel_post = true, edited_channel_post = true,
  business_message = true, edited_business_message = true, guest_message = true,
}

function getters.msg(ctx)
  local kind = ctx.kind
  if message_kinds[kind] then return ctx[kind] end
  local msg = kind == "callback_query" and field(ctx.callback_query, "message")
  return type(msg) == "table" and msg or nil
end

-- Kinds that have a chat and no message.
local chat_kinds = {
  deleted_business_messages = true, stopped_message_generation = true, message_reaction = true,
  message_reaction_count = true, my_chat_member = true, chat_member = true,
  chat_join_request = true, chat_boost = true, removed_chat_boost = true,
}

function getters.chat(ctx)
  local kind = ctx.kind
  if chat_kinds[kind] then return field(ctx[kind], "chat") end
  return field(ctx.msg, "chat")
end

function getters.sender_chat(ctx)
  return field(ctx.msg, "sender_chat")
end

-- Kinds whose user is in `user` instead of `from`.
local user_kinds = {
  business_connection = true, message_reaction = true, managed_bot = true, subscription = true,
  poll_answer = true,
}

function getters.from(ctx)
  local kind = ctx.kind
  local object = kind and ctx.update[kind]
  if type(object) ~= "table" then return nil end
  if user_kinds[kind] then return object.user end
  if kind == "chat_boost" then
    return field(field(object.boost, "source"), "user")
  end
  if kind == "removed_chat_boost" then return field(object.source, "user") end
  return object.from
end

function getters.msg_id(ctx)
  local msg = ctx.msg or ctx.message_reaction or ctx.message_reaction_count
  return msg and msg.message_id
end

function getters.chat_id(ctx)
  local raw = ctx._raw
  if raw then return raw:chat_id() end
  local chat = ctx.chat
  if chat then return field(chat, "id") end
  local connection = ctx.business_connection
  if connection then return connection.user_chat_id end
  return field(field(ctx.poll_answer, "voter_chat"), "id")
end

function getters.user_id(ctx)
  local raw = ctx._raw
  if raw then return raw:user_id() end
  return field(ctx.from, "id")
end

-- What can be told of a message without decoding the update: its text (false when it has none),
-- and whether an answer needs nothing but the chat's id.
local function glance(ctx)
  local raw = ctx._undecoded
  if raw and message_kinds[ctx.kind] then
    local text, is_plain = raw:glance()
    if text ~= nil then
      ctx._text, ctx._is_plain = text, is_plain
      return text
    end
  end
  local text = field(ctx.msg, "text") or false
  ctx._text, ctx._is_plain = text, false
  return text
end

getters._text = glance

function getters._is_plain(ctx)
  glance(ctx)
  return ctx._is_plain
end

function getters.text(ctx)
  local text = raw_field(ctx, "_text")
  if text == nil then text = glance(ctx) end
  if text then return text end
  local msg = ctx.msg
  return field(msg, "text") or field(msg, "caption")
end

function getters.inline_message_id(ctx)
  local object = ctx.callback_query or ctx.chosen_inline_result
  return object and object.inline_message_id
end

function getters.business_connection_id(ctx)
  local msg = ctx.msg
  if msg then return msg.business_connection_id end
  if ctx.business_connection then return ctx.business_connection.id end
  local deleted = ctx.deleted_business_messages
  return deleted and deleted.business_connection_id
end

function getters._command(ctx)
  local raw = ctx._undecoded
  if raw then
    local text, length = raw:command()
    if text then return checks.split_command(text, length) end
    if text == false then return false end
  end
  return checks.parse_command(ctx.msg)
end

-- ---- what it belongs to ------------------------------------------------------------------------

function getters.api(_, bot) return bot._new_api() end

function getters._bot(_, bot) return bot end

function getters.me(_, bot) return bot:_me() end

-- ---- methods -----------------------------------------------------------------------------------
-- What few bots need is loaded when it is first used.

--- The entities of the message's text or caption, each with the part of the text it covers as
--- `text`.
---@param types string|string[]? only these: "url", { "mention", "hashtag" }
---@return table[]
function Context:entities(types)
  return require "tgrunner.message_entities".of(self.msg, types)
end

--- What a message_reaction update changed: lists of emoji and of custom emoji ids that are there
--- now, were added, kept and removed, and whether a paid reaction is there and was added. Of
--- other updates all are empty.
---@return table reactions emoji, emoji_added, emoji_kept, emoji_removed, custom_emoji,
---custom_emoji_added, custom_emoji_kept, custom_emoji_removed, paid, paid_added
function Context:reactions()
  return require "tgrunner.reactions".of(self.message_reaction)
end

--- Makers of predicates for composer:filter and the like: grammY's Context.has.
--- `bot:drop(tg.Context.has.command "start", …)`.
---@type table<string, fun(trigger: any): tgrunner.Predicate>
context.checkers = {}

--- What scripts see: tg.Context.
context.public = { has = context.checkers }

-- Queries are compiled once, however often they are asked.
local compiled = {}

local function has(name)
  compiled[name] = setmetatable({}, { __mode = "v" })
  context.checkers[name] = function(trigger)
    return (checks[name](trigger, "has." .. name))
  end
  return function(self, trigger)
    local cache = compiled[name]
    local predicate = type(trigger) == "string" and cache[trigger]
    if not predicate then
      predicate = checks[name](trigger, "has_" .. name)
      if type(trigger) == "string" then cache[trigger] = predicate end
    end
    return predicate(self)
  end
end

--- Whether the update matches a filter query, or one of a list.
---@type fun(self: tgrunner.Context, query: string|string[]): boolean
Context.has_filter_query = has "filter_query"
---@type fun(self: tgrunner.Context, query: string|string[]): boolean
Context.has = Context.has_filter_query
--- Whether text or caption matches; sets `match`.
---@type fun(self: tgrunner.Context, trigger: any): boolean
Context.has_text = has "text"
--- Whether the message begins with a command; sets `match`.
---@type fun(self: tgrunner.Context, name: string|string[]): boolean
Context.has_command = has "command"
---@type fun(self: tgrunner.Context, reaction: string|table): boolean
Context.has_reaction = has "reaction"
---@type fun(self: tgrunner.Context, chat_type: string|string[]): boolean
Context.has_chat_type = has "chat_type"
---@type fun(self: tgrunner.Context, trigger: any): boolean
Context.has_callback_query = has "callback_query"
---@type fun(self: tgrunner.Context, trigger: any): boolean
Context.has_game_query = has "game_query"
---@type fun(self: tgrunner.Context, trigger: any): boolean
Context.has_inline_query = has "inline_query"
---@type fun(self: tgrunner.Context, trigger: any): boolean
Context.has_chosen_inline_result = has "chosen_inline_result"
---@type fun(self: tgrunner.Context, trigger: any): boolean
Context.has_pre_checkout_query = has "pre_checkout_query"
---@type fun(self: tgrunner.Context, trigger: any): boolean
Context.has_shipping_query = has "shipping_query"

-- ---- once --------------------------------------------------------------------------------------

--- Runs fn once for this update, and gives its result again whenever it is asked for: also in
--- later runs of the update, with a journal. The result is kept before this returns, but behind
--- fn: a crash in between runs fn again. It must have a form in JSON, which is how a later run
--- gets it (nil included). While fn runs, another call with its name raises.
---@param name string of the step; a name of its own for each within the update
---@param fn fun(ctx: tgrunner.Context): any
---@return any result the first one of fn
function Context:once(name, fn)
  return require "tgrunner.once".run(self, delivery(self), name, fn)
end

-- ---- conversations -----------------------------------------------------------------------------

local function conversations_of(ctx, name)
  return (loaded.conversations or require "tgrunner.conversations").of(ctx, name)
end

--- Begins a conversation with whom the update is from. Returns when it first waits, or has ended;
--- its errors are raised here until then.
---@param name string as given to bot:conversation
---@param ... any what its function gets behind conv and ctx
function Context:enter(name, ...)
  return conversations_of(self, "ctx:enter"):_enter(self, name, ...)
end

--- Ends conversations of the update's key: those of a name, or all. Their <close> variables run.
--- One that works just now ends when it would wait again.
---@param name string?
---@return integer count how many were open
function Context:exit(name)
  local open = conversations_of(self, "ctx:exit")
  local key = open:key(self)
  return key == nil and 0 or open:exit(key, name)
end

--- Ends all conversations of the update's key.
---@return integer count how many were open
function Context:exit_all() return Context.exit(self) end

--- The conversations of the update's key: how many are open by name.
---@return table<string, integer>
function Context:active_conversations()
  local open = conversations_of(self, "ctx:active_conversations")
  local key = open:key(self)
  return key == nil and {} or open:active(key)
end

-- ---- making one --------------------------------------------------------------------------------

local function new_meta(bot)
  local meta = { __name = "tgrunner.Context" }
  function meta.__index(ctx, key)
    local method = Context[key]
    if method ~= nil then return method end
    local getter = getters[key]
    if getter then
      local value = getter(ctx, bot)
      if value ~= nil then ctx[key] = value end
      return value
    end
    local shortcut = shortcuts.make(key)
    if shortcut then
      Context[key] = shortcut
      return shortcut
    end
    -- A kind that is younger than this file is still a field of its update.
    if key == rawget(ctx, "kind") then return ctx.update[key] end
  end
  function meta.__tostring(ctx)
    return ("update %s (%s)"):format(tostring(ctx.update_id), tostring(ctx.kind))
  end
  return meta
end

-- An update given as JSON text.
local function read(text)
  local ok, update = pcall(host.raw, text)
  if ok then return update end
  local problem = tostring(update):gsub("^[^\n]-:%d+: ", "")
  errors.usage("the update is no JSON of an Update: %s", (problem:gsub("^cannot take .-: ", "")))
end

--- The function that makes a bot's contexts. It takes a raw update, an update as a table, or its
--- JSON text; it does not decode a raw update and never yields.
---@param bot tgrunner.Bot
---@return fun(update: userdata|table|string): tgrunner.Context
---@return table meta of the contexts; host/script/context.c makes the same of a raw update
function context.maker(bot)
  local meta = new_meta(bot)
  local function make(update)
    local kind = type(update)
    if kind == "string" then
      update = read(update)
    elseif kind == "table" and getmetatable(update) == nil then
      return setmetatable({ update = update, _delivery = host.delivered() }, meta)
    elseif kind ~= "userdata" and kind ~= "table" then
      errors.usage("an update is a table or JSON text (got a %s)", kind)
    end
    -- What is there is not looked up again. With `text`, `_text` and `_is_plain` these are seven
    -- fields; a table grows at the ninth.
    return setmetatable({
      _undecoded = update,
      _bot = bot,
      kind = update:kind(),
      chat_id = update:chat_id(),
    }, meta)
  end
  return make, meta
end

return context
