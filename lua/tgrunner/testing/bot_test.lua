--- BotTest: a bot under test. See tgrunner.testing.
local calls = require "tgrunner.testing.calls"
local errors = require "tgrunner.errors"
local fetcher = require "tgrunner.fetcher"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local run = require "tgrunner.run"
local session_late = require "tgrunner.session_late"
local sink = require "tgrunner.sink"
local stage = require "tgrunner.testing.stage"
local updates = require "tgrunner.testing.updates"

local bot_test = {}

--- A bot under test: people do something, the bot calls methods, time passes.
---@class tgrunner.BotTest
---@field bot tgrunner.Bot
---@field calls tgrunner.testing.Call[] what the bot has called, oldest first
---@field fetches tgrunner.testing.Request[] what it has asked other servers for
---@field errors tgrunner.BotError[] what bot:catch was given, oldest first
---@field logs { level: string, text: string }[] what it has logged
---@field world tgrunner.testing.World the users, chats and messages around it
---@field me table the bot's User
---@field user table the User whom updates come from unless they say otherwise
local Test = updates.methods
local test_meta = { __name = "tgrunner.BotTest", __index = Test }

-- ---- handling ----------------------------------------------------------------------------------

local function describe(err, ctx, traceback)
  local text = ("%s\n  in %s, update %s"):format(errors.text(err), ctx.kind or "?",
    tostring(ctx.update_id))
  if traceback and traceback ~= "" then text = text .. "\n" .. traceback end
  return text
end

-- bot:catch takes an error, as ever; one that it does not take fails the test.
local function failed(self)
  return function(ctx, err, traceback)
    local handler = self.bot._catch
    if not handler then return stage.fail(describe(err, ctx, traceback)) end
    local bot_error = errors.bot(err, ctx, traceback)
    self.errors[#self.errors + 1] = bot_error
    local ok, raised = xpcall(handler, errors.with_traceback, bot_error)
    if not ok then
      stage.fail(("in bot:catch: %s\nwhile it was told of: %s"):format(
        describe(raised.error, ctx, raised.traceback), errors.text(err)))
    end
  end
end

-- The sink's options; an update that nobody is told of ends in the test.
local function sink_options(self)
  local opts = self._opts.sink or {}
  local limit = opts.timeout
  if not limit or limit.handler then return opts end
  local own = {}
  for name, value in pairs(opts) do own[name] = value end
  own.timeout = { milliseconds = limit.milliseconds, cancel = limit.cancel }
  own.timeout.handler = function(update)
    stage.fail(("update %s took longer than sink.timeout (%s ms), which has no handler"):format(
      tostring(update.update_id), tostring(limit.milliseconds)))
  end
  return own
end

local function new_sink(self)
  local prepare, consume, fail = self.bot:_compose()
  local opts = sink_options(self)
  self.bot._order = run.order_of(self._kind, opts)
  local made = sink.new(self._kind, {
    prepare = prepare,
    consume = consume,
    failed = fail,
    on_timeout = function(handler)
      return function(ctx, task) return handler(ctx.update, task) end
    end,
  }, opts)
  if self._taken then self._taken.size = function() return made:size() end end
  return made
end

-- The kinds that the script asks for itself → true; nil when it leaves that to the runner.
local function kinds_asked_for(self)
  local fetch = self._opts.runner and self._opts.runner.fetch
  local given = fetch and fetch.allowed_updates
  if not given then return nil end
  local set = {}
  for _, kind in ipairs(fetcher.allowed_updates(self.bot, given)) do set[kind] = true end
  return next(set) and set or nil -- an empty list is Telegram's own choice
end

local function check_asked_for(self, update)
  if self._asked == nil then self._asked = kinds_asked_for(self) or false end
  if not self._asked then return end
  for kind in pairs(update) do
    if kind ~= "update_id" and not self._asked[kind] then
      errors.usage("the bot would not get this update: its allowed_updates leaves out '%s'", kind)
    end
  end
end

-- Waits until everything waits for time or for an answer that is held; then tells failures. A
-- handler (or what it has called: an answer that is a function of the test's) cannot wait for that,
-- as it would wait for itself; whoever runs it does.
local function rest(self)
  if host.in_update() then return end
  if not host.settle() then
    errors.usage "the bot does not come to rest: it computes or waits for something real"
  end
  session_late.look(true)
  for _, text in ipairs(host.unseen()) do stage.fail(text) end
  local failures = self._failures
  if #failures == 0 then return end
  local text = failures[1].text
  if #failures > 1 then text = ("%s\n(and %d more)"):format(text, #failures - 1) end
  for i = #failures, 1, -1 do failures[i] = nil end
  error(text, 0)
end

-- The sink answers when it has room again, which may take time: nobody waits for that.
local function handle(self, batch)
  self._sink = self._sink or new_sink(self)
  local made = self._sink
  host.spawn(function() made:handle(batch) end)
  rest(self)
end

function Test:_feed(update)
  check_asked_for(self, update)
  local raw = host.raw(update)
  if self._together then
    table.insert(self._together, raw)
    return
  end
  handle(self, { raw })
end

--- Hands the bot at once, as one batch, what is done in `fn`:
---     t:together(function() t:text "one" t:text "two" end)
---@param fn fun()
function Test:together(fn)
  if type(fn) ~= "function" then
    errors.usage("t:together takes a function (got a %s)", type(fn))
  end
  local batch = {}
  self._together = batch
  local ok, raised = pcall(fn)
  self._together = nil
  if not ok then error(raised, 0) end
  handle(self, batch)
end

-- ---- what the bot did --------------------------------------------------------------------------

--- All calls of a method so far.
---@param method string
---@return tgrunner.testing.Call[]
function Test:called(method)
  method = calls.method(method)
  local found = {}
  for _, call in ipairs(self.calls) do
    if call.method == method then found[#found + 1] = call end
  end
  return found
end

--- The last call, or the last one of a method.
---@param method string?
---@return tgrunner.testing.Call? # nil when there was none
function Test:last(method)
  if method == nil then return self.calls[#self.calls] end
  local found = self:called(method)
  return found[#found]
end

--- The texts (or captions) of the messages that the bot has sent, oldest first.
---@param chat integer? only to this chat
---@return string[]
function Test:sent(chat)
  local texts = {}
  for _, call in ipairs(self.calls) do
    local text = call.params.text or call.params.caption
    local is_here = chat == nil or tostring(call.params.chat_id) == tostring(chat)
    if text and is_here and call.method:find "^send" and not call.failure then
      texts[#texts + 1] = text
    end
  end
  return texts
end

--- The bot's messages as they look now: edited ones with their new text, without deleted ones.
---@param chat integer? only in this chat; the private one with t.user when absent
---@return table[]
function Test:messages(chat)
  local found = {}
  for _, message in ipairs(self.world.messages) do
    local is_mine = message.from and message.from.id == self.me.id
    if is_mine and message.chat.id == (chat or self.user.id) then found[#found + 1] = message end
  end
  return found
end

--- Forgets the calls, requests, caught errors and log lines so far.
function Test:forget()
  for _, list in ipairs { self.calls, self.fetches, self.errors, self.logs } do
    for i = #list, 1, -1 do list[i] = nil end
  end
end

-- ---- answers -----------------------------------------------------------------------------------

--- Says what calls of a method are answered from now on, or the next `times` of them. A function
--- gets the parameters and may wait; it returns the result, or nil for the usual one, or nil and
--- a failure as t:fail takes it. t:answer(method) takes back what was said.
---@param method string
---@param result any|fun(params: table, call: tgrunner.testing.Call): any, any
---@param opts { times: integer? }?
function Test:answer(method, result, opts)
  local rule
  if result ~= nil then rule = { result = result } end
  self._calls:add_rule(method, rule, opts)
end

--- Says that calls of a method fail from now on, or the next `times` of them.
---@param method string
---@param failure integer|string|table an error code; "network" or "timeout"; or { error_code,
---description, parameters = { retry_after = … } }, or { kind = "network", sent = false }
---@param opts { times: integer? }?
function Test:fail(method, failure, opts)
  self._calls:add_rule(method, { failure = calls.failure("the failure of t:fail", failure) }, opts)
end

--- Answers that wait until the test gives them.
---@class tgrunner.testing.Held
---@field calls tgrunner.testing.Call[] the calls that were made
local Held = {}
local held_meta = { __name = "tgrunner.testing.Held", __index = Held }

--- Lets the calls go on, now and later ones: with `result`, or the usual answer.
---@param result any
function Held:answer(result)
  self._rule.result = result
  self:_release()
end

--- Lets the calls fail, now and later ones; see t:fail.
---@param failure integer|string|table
function Held:fail(failure)
  self._rule.failure = calls.failure("the failure of held:fail", failure)
  self:_release()
end

function Held:_release()
  self._rule.gate:set()
  rest(self._test)
end

--- Holds the answers of a method's calls back until the test gives them. A call fails when the
--- bot's client has waited for as long as it does (`timeout_s`, 500 s) of the bot's time.
---@param method string
---@return tgrunner.testing.Held
function Test:hold(method)
  local rule = { gate = host.event(), calls = {} }
  self._calls:add_rule(method, rule)
  return setmetatable({ _rule = rule, _test = self, calls = rule.calls }, held_meta)
end

--- Says what tg.fetch gets for URLs that begin with `url` (or match a tg.pattern); what was said
--- last comes first. A request that nothing was said of is an error.
---@param url string|tgrunner.Pattern
---@param answer string|integer|table|fun(request: tgrunner.testing.Request): any a body; a
---status; { status, headers, body, json, delay_ms }; or { kind = "network" } for no answer
function Test:fetch(url, answer)
  self._fetches:add_rule(url, answer)
end

--- Says what a download of a file gives.
---@param file_id string
---@param bytes string
function Test:file(file_id, bytes)
  if type(file_id) ~= "string" or type(bytes) ~= "string" then
    errors.usage("t:file takes a file id and the file's bytes (got a %s and a %s)", type(file_id),
      type(bytes))
  end
  self.world:new_file(bytes, file_id)
end

-- ---- time --------------------------------------------------------------------------------------

local DAY_MS = 24 * 60 * 60 * 1000

local function check_outside(name)
  if host.in_update() then
    errors.usage("t:%s: a handler of the bot, or what it calls, cannot move the time that it "
      .. "runs in", name)
  end
end

-- Moves the clock to where the next thing is due, but not by more than `left_us`.
local function step(self, left_us)
  local next_us = host.clock_next()
  local us = next_us and math.min(next_us, left_us) or left_us
  host.clock_move(us)
  rest(self)
  return us
end

--- Lets time pass for the bot: what is due happens in order, each at its own time.
---@param ms number
function Test:advance(ms)
  check_outside "advance"
  if type(ms) ~= "number" or not (ms >= 0 and ms < math.huge) then
    errors.usage("t:advance takes a number of milliseconds, 0 or more (got %s)",
      options.shown(ms))
  end
  local left_us = math.ceil(ms * 1000)
  rest(self)
  repeat
    left_us = left_us - step(self, left_us)
  until left_us <= 0
end

--- Lets time pass until nothing is due any more.
---@param max_ms number? how much at most (a day); what is due later is an error
function Test:run_until_idle(max_ms)
  check_outside "run_until_idle"
  options.check("t:run_until_idle", { max_ms = max_ms }, { max_ms = "milliseconds" })
  local left_us = math.ceil((max_ms or DAY_MS) * 1000)
  rest(self)
  while true do
    local next_us = host.clock_next()
    if not next_us then return end
    if next_us > left_us then
      errors.usage("t:run_until_idle: more is due later than %s ms, again and again (tg.every) or "
        .. "once (a long timeout); use t:advance", tostring(max_ms or DAY_MS))
    end
    left_us = left_us - step(self, left_us)
  end
end

--- The bot's time in milliseconds; it counts from anywhere.
---@return integer
function Test:now() return host.now_ms() end -- luacheck: no self

-- t.sent() instead of t:sent() is told of here, whatever the method.
for name, method in pairs(Test) do
  if not name:find "^_" then
    Test[name] = function(self, ...)
      if getmetatable(self) ~= test_meta then
        errors.usage("t.%s is a method: call it as t:%s(…)", name, name)
      end
      return method(self, ...)
    end
  end
end

-- ---- making one --------------------------------------------------------------------------------

local function tell_what_is_left_out(opts)
  if opts.journal then
    stage.warn_once "tests keep no journal: journal and durability of tg.run do nothing here"
  end
  if opts.on_error == "retry" then
    stage.warn_once 'tests run no update again: on_error = "retry" does nothing here'
  end
end

--- A test of a bot that was made on the stage.
---@param bot tgrunner.Bot
---@param taken { kind: string, opts: table }? what tg.run was given
---@return tgrunner.BotTest
function bot_test.new(bot, taken)
  local world = stage.calls.world
  world:set_id_of_me(bot:_client():bot_id())
  local client = bot:_client()
  client.calls, client.used = stage.calls, true
  local self = setmetatable({
    bot = bot,
    calls = stage.calls.list,
    fetches = stage.fetches.list,
    errors = stage.errors,
    logs = stage.logged,
    world = world,
    me = bot.me or world.me,
    user = world.user,
    _calls = stage.calls,
    _fetches = stage.fetches,
    _failures = stage.failures,
    _taken = taken,
    _kind = taken and taken.kind or "concurrent",
    _opts = taken and taken.opts or {},
  }, test_meta)
  tell_what_is_left_out(self._opts)
  bot._failed = failed(self) -- for sinks, bot:handle_update, and conversations behind a timeout
  if not bot.me then bot:_set_me(world.me) end
  return self
end

return bot_test
