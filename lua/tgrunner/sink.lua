--- Sinks: run updates and tell free capacity.
--- Source: grammY runner 2.0.3, createSequentialSink, createBatchSink, createConcurrentSink.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local sequentialize = require "tgrunner.sequentialize"

local sink = {}

local function limit(value)
  return math.type(value) == "integer" and value >= 1 or value == math.huge,
    "must be an integer of at least 1, or math.huge"
end

local function positive(value)
  return type(value) == "number" and value > 0, "must be a number of milliseconds above 0"
end

--- What a sink's options may be.
sink.spec = {
  concurrency = limit,
  timeout = { milliseconds = positive, handler = "function", cancel = "boolean" },
  max_cpu_milliseconds = "milliseconds",
  sequentialize = sequentialize.check,
  waiting = "count",
}

-- Sequential and batch sinks have the limit that their kind says.
local unlimited_spec = {}
for name, spec in pairs(sink.spec) do unlimited_spec[name] = spec end
unlimited_spec.concurrency = nil

--- The same for bot:start.
sink.start_spec = {}
for name, spec in pairs(sink.spec) do sink.start_spec[name] = spec end
function sink.start_spec.concurrency(value)
  return value == 1, "is for tg.run: bot:start runs one update after another"
end

--- Runs updates and tells free capacity.
---@class tgrunner.Sink
local Sink = {}
sink.meta = { __index = Sink, __name = "tgrunner.Sink" }

-- Raises when a method was called without its sink, as with a dot.
local function check(self, name)
  if getmetatable(self) ~= sink.meta then
    errors.usage("sink:%s is called with a colon, on what a create_…_sink returned", name)
  end
end

--- Hands updates in; returns the free capacity as soon as it is positive.
---@param updates any[]
---@return number capacity math.huge for no limit
function Sink:handle(updates)
  check(self, "handle")
  if type(updates) ~= "table" then
    errors.usage("sink:handle takes a list of updates (got %s)", type(updates))
  end
  if rawlen(updates) == 0 and next(updates) ~= nil and updates.n ~= 0 then
    errors.usage("sink:handle takes a list of updates (got a table with fields; { update } is a "
      .. "list of one)")
  end
  return self._native:handle(updates)
end

--- How many updates are running.
---@return integer
function Sink:size()
  check(self, "size")
  return self._native:size()
end

--- The running updates, in order of their start.
---@return any[]
function Sink:snapshot()
  check(self, "snapshot")
  return self._native:snapshot()
end

--- The host's sink with checked options; `parts` has prepare, consume, failed, on_timeout,
--- and may have a router that consume goes by, and context (with bot), of whose making prepare is.
function sink.new(kind, parts, opts)
  local timeout = opts.timeout or {}
  if opts.timeout and not timeout.milliseconds then
    errors.usage "sink.timeout needs milliseconds"
  end
  local concurrency = opts.concurrency or 500
  local wait = timeout.milliseconds
  return setmetatable({
    _native = host.sink(kind, {
      prepare = parts.prepare,
      consume = parts.consume,
      failed = parts.failed,
      router = parts.router,
      context = parts.context,
      bot = parts.bot,
      concurrency = concurrency == math.huge and math.maxinteger or concurrency,
      timeout_ms = wait and wait ~= math.huge and options.whole(wait) or nil,
      timeout_handler = timeout.handler and parts.on_timeout(timeout.handler),
      cancel = timeout.cancel,
      max_cpu_ms = opts.max_cpu_milliseconds and options.whole(opts.max_cpu_milliseconds),
      sequentialize = sequentialize.native(opts.sequentialize),
      waiting = opts.waiting,
    }),
  }, sink.meta)
end

local function create_sink(kind, consumer, error_handler, opts)
  local name = ("create_%s_sink"):format(kind)
  local spec = kind == "concurrent" and sink.spec or unlimited_spec
  opts = options.check(name .. " options", opts, spec)
  if type(consumer) ~= "table" or type(consumer.consume) ~= "function" then
    errors.usage("%s: the consumer must be a table with a function consume(update)", name)
  end
  if type(error_handler) ~= "function" then
    errors.usage("%s: the error handler must be a function (got %s)", name, type(error_handler))
  end
  return sink.new(kind, {
    consume = function(update) return consumer.consume(update) end,
    failed = function(update, err) return error_handler(err, update) end,
    on_timeout = function(handler) return handler end,
  }, opts)
end

--- One update after another.
---@param consumer { consume: fun(update: any) }
---@param error_handler fun(err: any, update: any)
---@param opts? table as of create_concurrent_sink, without concurrency
---@return tgrunner.Sink
function sink.sequential(consumer, error_handler, opts)
  return create_sink("sequential", consumer, error_handler, opts)
end

--- All updates of a batch at once; ready for more when all have ended.
---@param consumer { consume: fun(update: any) }
---@param error_handler fun(err: any, update: any)
---@param opts? table as of create_concurrent_sink, without concurrency
---@return tgrunner.Sink
function sink.batch(consumer, error_handler, opts)
  return create_sink("batch", consumer, error_handler, opts)
end

---@class tgrunner.TimeoutOptions
---@field milliseconds number from an update's start
---@field handler? fun(update: any, task: tgrunner.Task) is told
---@field cancel? boolean false: the slot is freed and the coroutine runs on

---@class tgrunner.SinkOptions
---@field concurrency? number 500; math.huge for no limit
---@field timeout? tgrunner.TimeoutOptions none by default
---@field max_cpu_milliseconds? number of one update without a pause (5,000; 0: no limit). Not
---  stopped are finalisers (__gc), debug.sethook hooks, and one long call of a C function
---@field sequentialize? tgrunner.Constraint updates that share a key run one after another, and
---  wait without a slot and without a coroutine; several keys of one are a list, of at most 64
---@field waiting? integer how many may wait so (10,000)

--- At most `concurrency` updates at once.
---@param consumer { consume: fun(update: any) }
---@param error_handler fun(err: any, update: any)
---@param opts? tgrunner.SinkOptions
---@return tgrunner.Sink
function sink.concurrent(consumer, error_handler, opts)
  return create_sink("concurrent", consumer, error_handler, opts)
end

return sink
