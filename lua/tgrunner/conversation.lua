--- Conversation: a dialogue with one user, as a function that waits for their updates.
---
--- Its code is a coroutine, which is resumed inside the fiber of the update that it is given: the
--- update's slot, lane, timeout and CPU budget are its own until it waits again or ends. Between
--- updates it is a suspended coroutine and nothing more.
---
--- Names follow grammY's conversations. Ours: nothing is replayed, so code runs once and may do
--- anything; updates that it does not wait for go on to other handlers.
--- Not here: which conversation gets an update (conversation_offer.lua), and how many are kept
--- (conversation_list.lua).
local checks = require "tgrunner.checks"
local errors = require "tgrunner.errors"
local filter = require "tgrunner.filter"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local session_late = require "tgrunner.session_late"

local conversation = {}

local close, create, isyieldable, resume = coroutine.close, coroutine.create,
  coroutine.isyieldable, coroutine.resume
local running, status, yield = coroutine.running, coroutine.status, coroutine.yield

-- What a conversation yields to be ended.
local HALT = {}

--- One piece of a conversation's work: from an update (or a timeout) to the next wait.
---@class tgrunner.Turn
---@field conv tgrunner.Conversation
---@field ctx tgrunner.Context
---@field wait tgrunner.Wait? what it waited for before
---@field pass boolean? whether the update goes on to other handlers
---@field leave boolean? whether the conversation is to end with it
---@field failure any the error it failed with

--- What a conversation waits for. Waits without a timeout are shared.
---@class tgrunner.Wait
---@field wants fun(ctx: tgrunner.Context): boolean?
---@field commands boolean? whether a command that the bot handles is wanted too
---@field otherwise fun(ctx: tgrunner.Context)? gets what nobody waits for
---@field ctx tgrunner.Context? the last update's, when there is a timeout
---@field timer any
---@field due integer? when the timeout is, in ms of host.now_ms

---@alias tgrunner.WaitFor
---| fun(self: tgrunner.Conversation, trigger: any, opts: tgrunner.WaitOptions?): tgrunner.Context?

---@class tgrunner.Conversation
---@field wait_for_callback_query tgrunner.WaitFor as composer:callback_query
---@field wait_for_command tgrunner.WaitFor as composer:command
---@field wait_for_game_query tgrunner.WaitFor as composer:game_query
---@field wait_for_hears tgrunner.WaitFor as composer:hears
---@field wait_for_reaction tgrunner.WaitFor as composer:reaction
---@field name string as it was registered
---@field key string|integer whose conversation it is: "chat_id:user_id" unless changed
---@field chat_id integer? as the key tells; nil when that is the script's own or key = "user"
---@field user_id integer? the same; nil with key = "chat"
---@field ctx tgrunner.Context? the update at work; after a timeout the last one
---@field package _kind tgrunner.ConversationKind
---@field package _co thread
---@field package _now tgrunner.Turn|tgrunner.Wait|nil nil when it has ended
---@field package _older tgrunner.Conversation? it waits for longer
---@field package _newer tgrunner.Conversation?
---@field package _since integer when its wait began, in ms
local Conversation = {}

local conversation_meta = { __name = "tgrunner.Conversation" }

-- A field of its own would cost each conversation more than it is worth.
local function id_in_key(self, name)
  local ids_of = rawget(self, "_kind").keys.ids_of
  if not ids_of then return nil end
  local chat, user = ids_of(rawget(self, "key"))
  if name == "chat_id" then return chat end
  return user
end

function conversation_meta.__index(self, key)
  local method = Conversation[key]
  if method ~= nil then return method end
  if key == "name" then return rawget(self, "_kind").name end
  if key == "ctx" then
    local now = rawget(self, "_now")
    return now and now.ctx
  end
  if key == "chat_id" or key == "user_id" then return id_in_key(self, key) end
end

function conversation_meta.__tostring(self)
  return ("conversation '%s' of %s"):format(self.name, tostring(self.key))
end

-- ---- running -----------------------------------------------------------------------------------

local turn_meta = {
  -- Whatever ends the fiber amid a turn has ended the conversation.
  __close = function(turn)
    if turn.conv._now == turn then conversation.finish(turn.conv) end
  end,
}

--- A conversation that has not begun. (Eight fields are what fits its table.)
---@param kind tgrunner.ConversationKind
---@param key string|integer
---@return tgrunner.Conversation
function conversation.new(kind, key)
  return setmetatable({
    _kind = kind, key = key, _co = create(kind.fn), _now = nil,
    _older = nil, _newer = nil, _since = nil,
  }, conversation_meta)
end

--- Whether it works now, in some fiber.
---@return boolean
function conversation.is_running(conv)
  local now = conv._now
  return now ~= nil and getmetatable(now) == turn_meta
end

--- Ends a conversation that does not run; its <close> variables run.
---@param conv tgrunner.Conversation
function conversation.finish(conv)
  local now = conv._now
  if not now then return end
  if now.timer then now.timer:stop() end
  conv._now = nil
  conv._kind.open:remove(conv)
  if status(conv._co) == "normal" then return end -- the host is closing it
  local ok, err = close(conv._co)
  if not ok and not rawequal(err, now.failure) then
    host.log("error", ("error in a <close> variable of the %s: %s"):format(
      tostring(conv), errors.text(err)))
  end
end

local function fail(turn, err)
  local conv = turn.conv
  errors.note(turn.ctx, err, errors.traceback_of(conv._co))
  turn.failure = err
  conversation.finish(conv)
  error(err, 0)
end

-- It is suspended or dead: does what its yield asked for.
local function settle(turn, asked)
  local conv = turn.conv
  if status(conv._co) == "dead" or asked == HALT or turn.leave then
    return conversation.finish(conv)
  end
  if conv._now == turn then
    fail(turn, ("%s: coroutine.yield in a conversation's own function; it waits for updates "
      .. "with conv:wait"):format(tostring(conv)))
  end
  session_late.begin() -- its variables live on
  conv._kind.open:rest(conv)
end

--- Runs a conversation until it waits again or ends. Raises its error.
---@param conv tgrunner.Conversation that waits, or has not begun
---@param ctx tgrunner.Context
---@param ... any what its wait returns
---@return boolean? pass whether the update goes on to other handlers
function conversation.run(conv, ctx, ...)
  local wait = conv._now
  local turn <close> = setmetatable({ conv = conv, ctx = ctx, wait = wait }, turn_meta)
  if wait and wait.timer then wait.timer:stop() end
  conv._now = turn
  rawset(ctx, "_conversation", conv)
  local ok, asked = resume(conv._co, ...)
  if not ok then fail(turn, asked) end
  settle(turn, asked)
  return turn.pass
end

--- Ends a conversation; one that runs ends when it would wait.
---@param conv tgrunner.Conversation
function conversation.leave(conv)
  if conversation.is_running(conv) then
    conv._now.leave = true
  else
    conversation.finish(conv)
  end
end

-- ---- waiting -----------------------------------------------------------------------------------

---@class tgrunner.WaitOptions
---@field timeout_ms number? return nil after this time
---@field otherwise fun(ctx: tgrunner.Context)? gets updates of the key that do not match, instead
---of the ordinary handlers
---@field commands boolean? take commands that the bot has handlers for, too

local wait_spec = { timeout_ms = "milliseconds", otherwise = "function", commands = "boolean" }

local function check_self(self, name)
  if getmetatable(self) ~= conversation_meta then
    errors.usage("%s is called with a colon: conv:%s(…)", name, name:match ":(.*)$")
  end
end

-- The present turn, if the caller is the conversation's own coroutine and may yield.
local function own_turn(self, name)
  check_self(self, name)
  local co = rawget(self, "_co")
  if running() ~= co then
    if not self._now or not conversation.is_running(self) then
      errors.usage("%s: the conversation does not run now; only its own function can wait", name)
    end
    errors.usage("%s: only the conversation's own function can wait, not a coroutine or a task "
      .. "that it made (tg.all, tg.timeout, tg.spawn); for a time limit, give the wait timeout_ms",
      name)
  end
  if not isyieldable() then
    errors.usage("%s: cannot wait inside a function that Lua calls and that must return at once "
      .. "(of table.sort, string.gsub, …)", name)
  end
  return self._now
end

local shared = setmetatable({}, { __mode = "v" })

-- One wait for all who wait for the same without options.
local function shared_wait(wants, commands)
  local wait = shared[wants]
  if not wait then
    wait = { wants = wants, commands = commands }
    shared[wants] = wait
  end
  return wait
end

-- A frame of its own: a tail call of yield itself would keep the caller's locals, among them the
-- ctx, while the conversation waits.
local function rest() return yield() end

local function start_timer(self, wait, ctx, ms)
  wait.ctx = ctx
  wait.due = host.now_ms() + ms
  wait.timer = host.timer(ms, self._kind.timeouts.over, self, wait)
end

local function wait_for(self, name, wants, opts, commands)
  local turn = own_turn(self, name)
  if opts == nil then
    self._now = shared_wait(wants, commands)
    return rest()
  end
  options.check(name .. " options", opts, wait_spec)
  local wait = {
    wants = wants, otherwise = opts.otherwise, commands = opts.commands or commands,
  }
  local ms = opts.timeout_ms
  if ms and ms < math.huge then start_timer(self, wait, turn.ctx, options.whole(ms)) end
  self._now = wait
  return rest()
end

local function anything() return true end

--- Waits for the next update of this key. The one that began it, or was returned last, is done
--- with: what other middleware does behind it (a session is saved) happens now.
---
--- A command that the bot has a handler for is not waited for, whatever the filter says, unless
--- the wait asks for commands; so are, of course, updates that do not match. They go on to the
--- ordinary handlers.
---@param opts tgrunner.WaitOptions?
---@return tgrunner.Context? ctx
---@return "timeout"? why when there is no ctx
function Conversation:wait(opts)
  return wait_for(self, "conv:wait", anything, opts)
end

-- Whether a filter query asks for commands by name.
local function names_commands(query)
  if type(query) == "string" then return query:find("bot_command", 1, true) ~= nil end
  for _, one in ipairs(query) do
    if names_commands(one) then return true end
  end
  return false
end

--- Waits for an update that matches a filter query: "message:text", { ":photo", ":video" }.
---@param query string|string[]
---@param opts tgrunner.WaitOptions?
---@return tgrunner.Context? ctx
---@return "timeout"? why
function Conversation:wait_for(query, opts)
  check_self(self, "conv:wait_for")
  local wants = filter.match(query, "conv:wait_for")
  return wait_for(self, "conv:wait_for", wants, opts, names_commands(query))
end

local function check_predicate(name, predicate)
  if type(predicate) ~= "function" then
    errors.usage("%s: the predicate must be a function of ctx (got a %s)", name, type(predicate))
  end
end

--- Waits for an update that a function says true to. The function may call the API.
---@param predicate fun(ctx: tgrunner.Context): any
---@param opts tgrunner.WaitOptions?
---@return tgrunner.Context? ctx
---@return "timeout"? why
function Conversation:wait_until(predicate, opts)
  check_self(self, "conv:wait_until")
  check_predicate("conv:wait_until", predicate)
  return wait_for(self, "conv:wait_until", predicate, opts)
end

--- Waits for an update that a function says false to.
---@param predicate fun(ctx: tgrunner.Context): any
---@param opts tgrunner.WaitOptions?
---@return tgrunner.Context? ctx
---@return "timeout"? why
function Conversation:wait_unless(predicate, opts)
  check_self(self, "conv:wait_unless")
  check_predicate("conv:wait_unless", predicate)
  return wait_for(self, "conv:wait_unless", function(ctx) return not predicate(ctx) end, opts)
end

local function id_of(value, field, name, what)
  if type(value) == "table" then value = value[field] end
  if math.type(value) ~= "integer" then
    errors.usage("%s: %s (got a %s)", name, what, type(value))
  end
  return value
end

--- Waits for an update of one user, where the key lets in several.
---@param user integer|table an id, or a User
---@param opts tgrunner.WaitOptions?
---@return tgrunner.Context? ctx
---@return "timeout"? why
function Conversation:wait_from(user, opts)
  check_self(self, "conv:wait_from")
  local id = id_of(user, "id", "conv:wait_from", "takes a user's id or a User")
  return wait_for(self, "conv:wait_from", function(ctx) return ctx.user_id == id end, opts)
end

--- Waits for a message that replies to a message.
---@param message integer|table an id, or a Message
---@param opts tgrunner.WaitOptions?
---@return tgrunner.Context? ctx
---@return "timeout"? why
function Conversation:wait_for_reply_to(message, opts)
  check_self(self, "conv:wait_for_reply_to")
  local id = id_of(message, "message_id", "conv:wait_for_reply_to",
    "takes a message's id or a Message")
  return wait_for(self, "conv:wait_for_reply_to", function(ctx)
    local msg = (ctx.kind == "message" or ctx.kind == "channel_post") and ctx.msg
    local to = msg and msg.reply_to_message
    return to ~= nil and to ~= false and to.message_id == id
  end, opts)
end

-- wait_for_command, wait_for_hears …: checks of the same names as the composer's methods.
for name, check in pairs {
  callback_query = checks.callback_query, command = checks.command, game_query = checks.game_query,
  hears = checks.text, reaction = checks.reaction,
} do
  local full = "conv:wait_for_" .. name
  Conversation["wait_for_" .. name] = function(self, trigger, opts)
    check_self(self, full)
    return wait_for(self, full, (check(trigger, full)), opts, name == "command")
  end
end

--- Lets the update at work go on to the ordinary handlers, and waits for another as before. A
--- timeout goes on from where it was.
---@return tgrunner.Context? ctx
---@return "timeout"? why
function Conversation:skip()
  local turn = own_turn(self, "conv:skip")
  if not turn.wait then
    errors.usage "conv:skip: the conversation has not waited yet"
  end
  if turn.wait.ctx == turn.ctx then
    errors.usage "conv:skip: the wait has timed out; there is no update to hand on"
  end
  turn.pass = true
  local before = turn.wait
  if not before.due then
    self._now = before
    return rest()
  end
  local wait = { wants = before.wants, otherwise = before.otherwise, commands = before.commands }
  start_timer(self, wait, turn.ctx, math.max(0, before.due - host.now_ms()))
  self._now = wait
  return rest()
end

--- Ends the conversation here; its <close> variables run. Never returns, also not to a pcall.
---@param opts { next: boolean? }? next: the update goes on to the ordinary handlers
function Conversation:halt(opts)
  local turn = own_turn(self, "conv:halt")
  turn.pass = options.check("conv:halt options", opts, { next = "boolean" }).next
  yield(HALT)
end

-- ---- answering ---------------------------------------------------------------------------------

--- Replies to the update at work: ctx:reply of the last ctx.
---@param text string|table
---@param other table?
---@return table message
function Conversation:reply(text, other)
  check_self(self, "conv:reply")
  local turn = self._now
  if not turn or not turn.ctx then errors.usage "conv:reply: the conversation does not run now" end
  return turn.ctx:reply(text, other)
end

--- Replies with a question and waits for a text.
---@param text string|table
---@param other table? of the reply: reply_markup, …
---@param opts tgrunner.WaitOptions?
---@return tgrunner.Context? ctx
---@return "timeout"? why
function Conversation:ask(text, other, opts)
  own_turn(self, "conv:ask")
  self:reply(text, other)
  return self:wait_for("message:text", opts)
end

return conversation
