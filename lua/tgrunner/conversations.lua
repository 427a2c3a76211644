--- Conversations: the dialogues of a bot that are open, by key; hands updates to them.
---
--- Per key one fiber at a time has to do with conversations: an update that finds its key held
--- waits, in order of arrival, and is then offered to what waits by then; newest conversation
--- first. What no conversation wants goes on at once. So answers that come faster than the
--- conversation works are neither lost nor overtaken, with and without sequentialize.
---
--- Not here: what a conversation may do, and its waits (conversation.lua).
local conversation = require "tgrunner.conversation"
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local key_hold = require "tgrunner.key_hold"
local options = require "tgrunner.options"
local sequentialize = require "tgrunner.sequentialize"
local session = require "tgrunner.session"
local suggest = require "tgrunner.suggest"
local waiting = require "tgrunner.waiting"

local conversations = {}

local DAY_MS <const> = 24 * 60 * 60 * 1000

--- A conversation that was registered, for one bot.
---@class tgrunner.ConversationKind
---@field name string
---@field fn fun(conv: tgrunner.Conversation, ctx: tgrunner.Context, ...: any)
---@field parallel boolean?
---@field store tgrunner.Conversations

---@class tgrunner.Conversations
local Conversations = {}

local store_meta = { __name = "tgrunner.Conversations", __index = Conversations }

-- Middleware function → its store.
local stores = setmetatable({}, { __mode = "k" })

-- ---- keys --------------------------------------------------------------------------------------

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

-- ---- what is open ------------------------------------------------------------------------------

local function is_list(there) return getmetatable(there) == nil end

-- Key → its conversation, or a list of them, oldest first.
local function add(self, conv)
  local open, key = self._open, conv.key
  local there = open[key]
  if there == nil then
    open[key] = conv
  elseif is_list(there) then
    there[#there + 1] = conv
  else
    open[key] = { there, conv }
  end
  self._size = self._size + 1
end

local function drop(self, conv)
  local open, key = self._open, conv.key
  local there = open[key]
  if there == conv then
    open[key] = nil
  else
    for i = #there, 1, -1 do
      if there[i] == conv then table.remove(there, i) end
    end
    if #there == 1 then open[key] = there[1] end
  end
  self._size = self._size - 1
end

-- The conversations of a key, newest first; a copy.
local function list_of(self, key)
  local there = self._open[key]
  if there == nil then return {} end
  if not is_list(there) then return { there } end
  local list = {}
  for i = #there, 1, -1 do list[#list + 1] = there[i] end
  return list
end

-- For conversation.lua: it waits from now on.
function Conversations:_rest(conv)
  self._waiting:add(conv, host.now_ms())
  if not self._ttl_timer and self._ttl_ms < math.huge then self:_watch() end
end

-- For conversation.lua: it has ended.
function Conversations:_remove(conv)
  self._waiting:remove(conv)
  drop(self, conv)
end

-- ---- the cap and the time-to-live --------------------------------------------------------------

-- Ends a waiting conversation and tells the script, in a task of its own.
local function take_away(conv, callback, why)
  conversation.finish(conv)
  host.log("debug", ("the %s ended: %s"):format(tostring(conv), why))
  if callback then host.spawn(callback, conv) end
end

local function expire(self)
  self._ttl_timer = nil
  local now = host.now_ms()
  local oldest = self._waiting.oldest
  while oldest and now - oldest._since >= self._ttl_ms do
    take_away(oldest, self._on_expire, "it has waited too long (ttl_ms)")
    oldest = self._waiting.oldest
  end
  if oldest then self:_watch() end
end

function Conversations:_watch()
  local due = self._waiting.oldest._since + self._ttl_ms
  self._ttl_timer = host.timer(math.max(0, due - host.now_ms()), expire, self)
end

local function make_room(self)
  if self._size < self._max then return end
  local oldest = self._waiting.oldest
  if not oldest then
    errors.usage("ctx:enter: %d conversations are open and at work (the limit, max, of "
      .. "tg.conversations)", self._size)
  end
  if not self._told_full then
    self._told_full = true
    host.log("warn", ("%d conversations are open, the limit (max of tg.conversations): from now "
      .. "on each new one ends the one that has waited longest"):format(self._size))
  end
  take_away(oldest, self._on_evict, "there was no room (max)")
end

-- ---- updates -----------------------------------------------------------------------------------

-- Whether it is a command that the bot has a handler for.
local function is_handled_command(self, ctx)
  local kind = ctx.kind
  if kind ~= "message" and kind ~= "channel_post" then return false end
  if not ctx._command then return false end
  for _, predicate in ipairs(self._commands) do
    if predicate(ctx) then return true end
  end
  return false
end

-- Whether a waiting conversation takes the update. A predicate may wait.
local function wants(self, conv, ctx)
  local wait = conv._now
  if not wait or conversation.is_running(conv) then return false end
  if not wait.commands and is_handled_command(self, ctx) then return false end
  return wait.wants(ctx) and conv._now == wait
end

local function start(self, conv, ctx, ...)
  self._waiting:remove(conv)
  return conversation.run(conv, ctx, ...)
end

-- Whether the update at work holds the key: what asks is part of it.
local function is_within(self, key, ctx)
  local holder = self._holds:holder(key)
  if holder == nil or holder == ctx then return holder ~= nil end
  local conv = rawget(ctx, "_conversation")
  return conv ~= nil and conv.key == key and conversation.is_running(conv)
end

-- Hands an update to the conversation that wants it. True when nobody else is to see it, or who
-- is.
---@return boolean handled
---@return fun(ctx: tgrunner.Context)? otherwise
local function offer(self, ctx, key)
  local hold <close> = self._holds:begin(key)
  hold:take(ctx)
  local list, otherwise = list_of(self, key), nil
  for _, conv in ipairs(list) do
    if wants(self, conv, ctx) then return not start(self, conv, ctx, ctx) end
    local wait = not conversation.is_running(conv) and conv._now
    otherwise = otherwise or wait and wait.otherwise or nil
  end
  if otherwise and is_handled_command(self, ctx) then otherwise = nil end
  return false, otherwise
end

local function new_middleware(self)
  return function(ctx, next)
    if self._size == 0 and not self._holds:any() then return next() end
    local key = self._key_of(ctx)
    if key == nil or not (self._open[key] or self._holds:wanted(key)) then return next() end
    local handled, otherwise = offer(self, ctx, key)
    if otherwise then return otherwise(ctx) end
    if not handled then return next() end
  end
end

-- bot:catch, or the log; an error of bot:catch itself hides nothing.
local function report(ctx, err, traceback)
  local ok, raised = xpcall(ctx._bot._failed, errors.with_traceback, ctx, err, traceback)
  if ok then return end
  host.log("error", ("error in bot:catch: %s\n%s\nwhile it was told of: %s"):format(
    errors.text(raised.error), raised.traceback or "", errors.text(err)))
end

local function run_timed_out(self, conv, ctx)
  self._behind[conv].fiber = host.current()
  local ok, raised = xpcall(session.again, errors.with_traceback, ctx, function()
    start(self, conv, ctx, nil, "timeout")
  end)
  if not ok then report(ctx, raised.error, raised.traceback) end
end

local task_meta = { __close = function(it) it.task:cancel() end }

-- Behind a timeout there is no update, and so no sink that would end what takes too long: the same
-- bounds hold here. The key is held.
local function run_bounded(self, conv, ctx)
  local bounds = ctx._bot._order or ctx._bot._bounds or {}
  local timeout = bounds.timeout or {}
  local it <close> = setmetatable({
    task = host.spawn_child(host.event(), run_timed_out, self, conv, ctx),
  }, task_meta)
  if bounds.cpu_ms then host.limit_cpu(it.task, bounds.cpu_ms) end
  self._behind[conv] = it
  local ms = timeout.cancel ~= false and timeout.milliseconds or nil
  ms = ms and ms < math.huge and options.whole(ms) or nil
  local ok, problem, why = pcall(it.task.wait, it.task, ms)
  self._behind[conv] = nil
  if ok and why == "timeout" then
    it.task:cancel()
    report(ctx, ("the %s was ended: what it did behind a timeout took longer than an update may "
      .. "(%s ms, sink.timeout)"):format(tostring(conv), tostring(ms)))
  elseif not ok and it.task:status() == "failed" then
    report(ctx, problem) -- its CPU budget is used up
  end
end

-- A wait's time is over; in a fiber of its own. Lanes come before the key, as for updates.
local function timed_out(self)
  return function(conv, wait)
    local ctx = wait.ctx
    sequentialize.again(ctx, function()
      local hold <close> = self._holds:begin(conv.key)
      hold:take(ctx)
      -- What came before, and waited its turn, may have been the answer.
      if conv._now == wait then run_bounded(self, conv, ctx) end
    end)
  end
end

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

-- Keys of which this worker's pool sends updates to other workers, too.
local is_spread = {
  update = function() return true end,
  chat = function(key) return key == "user" end,
  user = function(key) return key == "chat" end,
}

-- Once: in a worker that does not get all updates of a key.
local function check_affinity(self)
  self._is_checked = true
  local worker = host.worker()
  local pool = worker and worker.settings.pool
  local spread = pool and is_spread[pool.by]
  if not spread or not spread(self._by) then return end
  local advice = self._by == "function" and '"chat", or the function that gives the key'
    or self._by == "user" and '"user"' or '"chat"'
  host.log("warn", ("tg.conversations in workers that each get updates of any %s: an answer that "
    .. "comes to another worker does not reach its conversation; give tg.distribute by = %s")
    :format(self._by == "user" and "user" or "chat", advice))
end

-- ctx:enter
function Conversations:_enter(ctx, name, ...)
  local kind = find_kind(self, name)
  if not self._is_checked then check_affinity(self) end
  local key = self._key_of(ctx)
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
    for _, conv in ipairs(list_of(self, key)) do
      if conv._kind == kind and not is_leaving(conv) then
        errors.usage("ctx:enter: the conversation '%s' is open already for %s; end it first "
          .. "(ctx:exit '%s'), or register it with { parallel = true }", kind.name,
          tostring(key), kind.name)
      end
    end
  end
  make_room(self)
  local conv = conversation.new(kind, key)
  add(self, conv)
  conversation.run(conv, ctx, conv, ctx, ...)
end

-- A key as a script gives it; an id may be a text.
local function check_key(self, key, name)
  if type(key) ~= "string" and math.type(key) ~= "integer" then
    errors.usage("%s takes the key of a conversation, a string or an integer (got a %s)", name,
      type(key))
  end
  local is_id = self._by == "chat" or self._by == "user"
  return is_id and math.tointeger(tonumber(key)) or key
end

--- How many conversations are open.
---@return integer
function Conversations:size() return self._size end

--- The key of an update, which says whose conversations see it.
---@param ctx tgrunner.Context
---@return string|integer|nil
function Conversations:key(ctx) return self._key_of(ctx) end

--- What is open for a key: how many conversations by name.
---@param key string|integer
---@return table<string, integer>
function Conversations:active(key)
  key = check_key(self, key, "active")
  local counts = {}
  for _, conv in ipairs(list_of(self, key)) do
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
  key = check_key(self, key, "exit")
  if name ~= nil and not self._kinds[name] then
    errors.usage("exit: there is no conversation '%s'%s", tostring(name),
      suggest.hint(name, self._kinds))
  end
  local count = 0
  for _, conv in ipairs(list_of(self, key)) do
    if name == nil or conv.name == name then
      conversation.leave(conv)
      local behind = self._behind[conv]
      if behind and behind.fiber ~= host.current() then behind.task:cancel() end
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
  key = function(value)
    return value == "member" or value == "chat" or value == "user" or type(value) == "function",
      'must be "member", "chat", "user" or a function of ctx'
  end,
  max = "count",
  ttl_ms = "milliseconds",
  on_evict = "function",
  on_expire = "function",
}

-- The script ends: what waits is closed.
local function close_all(self)
  return function(died)
    local count = self._size
    if count == 0 then return end
    host.log(died and "warn" or "debug", ("%d open conversation%s ended with the %s"):format(
      count, count == 1 and "" or "s", died and "worker that died" or "script"))
    while self._waiting.oldest do conversation.finish(self._waiting.oldest) end
  end
end

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
  local self = setmetatable({
    _key_of = type(opts.key) == "function" and own_key(opts.key) or key_of[opts.key or "member"],
    _by = type(opts.key) == "function" and "function" or opts.key or "member",
    _ids_of = ids_of[opts.key or "member"],
    _max = opts.max or 100000,
    _ttl_ms = opts.ttl_ms and opts.ttl_ms < math.huge and options.whole(opts.ttl_ms)
      or opts.ttl_ms or 7 * DAY_MS,
    _on_evict = opts.on_evict, _on_expire = opts.on_expire,
    _holds = key_hold.new(), _waiting = waiting.new(),
    _open = {}, _size = 0,
    _behind = {}, -- conversations that work behind a timeout → { task, fiber }
    _kinds = {}, _commands = {},
  }, store_meta)
  self._timed_out = timed_out(self)
  self._middleware = new_middleware(self)
  stores[self._middleware] = self
  host.at_close(close_all(self))
  return self
end

local function adopt(self, node)
  if node.type == "conversation" then
    if self._kinds[node.id] then
      errors.usage("the conversation '%s' is registered twice", node.id)
    end
    self._kinds[node.id] = { name = node.id, fn = node.fn, parallel = node.parallel, store = self }
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

return conversations
