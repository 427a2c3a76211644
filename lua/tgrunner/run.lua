--- Runner: source, sinks and runner for scripts. Options are checked here; the
--- engine itself is the host's. Behaviour follows grammY runner 2.0.3 (run,
--- createRunner, createSource, createUpdateFetcher, create…Sink), in snake_case.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local kinds = require "tgrunner.kinds"
local options = require "tgrunner.options"
local sequentialize = require "tgrunner.sequentialize"

local run = {}

-- ---- options ---------------------------------------------------------------

local function limit(value)
  return math.type(value) == "integer" and value >= 1 or value == math.huge,
    "must be an integer of at least 1, or math.huge"
end

local function interval(value)
  return value == "exponential" or value == "quadratic" or type(value) == "number" and value >= 0,
    'must be "exponential", "quadratic" or a number of milliseconds'
end

local function poll_timeout(value)
  return math.type(value) == "integer" and value >= 0 and value <= 50,
    "must be an integer of seconds from 0 to 50"
end

-- Members of getUpdates; others pass as they are.
local fetch_spec = setmetatable({ timeout = poll_timeout, allowed_updates = "table" }, {
  __index = function() return "any" end,
})

local fetcher_spec = {
  fetch = fetch_spec,
  max_retry_time = "milliseconds",
  retry_interval = interval,
  silent = "boolean",
  conflict_wait_ms = "milliseconds",
  drop_pending_updates = "boolean",
}

local source_spec = { speed_traffic_balance = "number", max_delay_milliseconds = "milliseconds" }

local sink_spec = {
  concurrency = limit,
  timeout = { milliseconds = "milliseconds", handler = "function", cancel = "boolean" },
  max_cpu_milliseconds = "milliseconds",
  sequentialize = sequentialize.check,
  waiting = "count",
}

local run_spec = { source = source_spec, runner = fetcher_spec, sink = sink_spec }

local function check_allowed(list)
  for _, kind in ipairs(list) do
    if not kinds.is_known(kind) then
      errors.usage("unknown update kind '%s' in allowed_updates%s", tostring(kind),
        kinds.hint(kind))
    end
  end
end

-- ---- fetcher ---------------------------------------------------------------

-- The kinds to ask for, and whether the script said so itself.
local function allowed_updates(bot, given)
  local needed, takes_all = bot:_kinds()
  if not given then return kinds.to_allow(needed, takes_all) end
  check_allowed(given)
  local missing = kinds.missing(given, needed)
  if #missing > 0 then
    host.log("warn", ("allowed_updates leaves out %s, but handlers are registered for it"):format(
      table.concat(missing, ", ")))
  end
  return given
end

local function check_bot(bot, name)
  if type(bot) ~= "table" or type(bot._compose) ~= "function" then
    errors.usage("%s: the first argument must be a bot made by tg.Bot (got %s)", name, type(bot))
  end
  if bot._refuse_run then bot._refuse_run() end
end

---@class tgrunner.Fetcher
local Fetcher = {}
local fetcher_meta = { __index = Fetcher, __name = "tgrunner.Fetcher" }

-- Handlers may be registered until the first request: the kinds are read then.
function Fetcher:_refresh()
  if self._fresh then return end
  self._fresh = true
  local list = { table.unpack(allowed_updates(self._bot, self._given)) }
  self._native:set_allowed(host.encode(setmetatable(list, host.array_meta)))
end

---@class tgrunner.FetcherOptions
---@field fetch? table more parameters of getUpdates, such as timeout (seconds, 30) and
---  allowed_updates (computed from the bot's handlers when absent)
---@field max_retry_time? number ms after which an outage is fatal (15 h)
---@field retry_interval? "exponential"|"quadratic"|number how the pause between tries grows:
---  100 ms and doubling (default), 100 ms more each time, or a fixed number of ms
---@field silent? boolean outages are not logged
---@field conflict_wait_ms? number how long another program that polls the bot is put up with
---  (30,000)
---@field drop_pending_updates? boolean start behind the queue

--- What asks Telegram for updates: a supplier for create_source.
---@param bot tgrunner.Bot
---@param opts? tgrunner.FetcherOptions
---@return tgrunner.Fetcher
function run.create_update_fetcher(bot, opts)
  check_bot(bot, "create_update_fetcher")
  opts = options.check("create_update_fetcher options", opts, fetcher_spec)
  local fetch = {}
  for name, value in pairs(opts.fetch or {}) do fetch[name] = value end
  local timeout, given = fetch.timeout, fetch.allowed_updates
  fetch.timeout, fetch.allowed_updates, fetch.offset, fetch.limit = nil, nil, nil, nil
  local native = host.fetcher {
    client = bot:_client(),
    knows_me = bot.me ~= nil,
    on_me = function(me) bot:_set_me(me) end,
    timeout_s = timeout or 30,
    fetch = next(fetch) and host.encode(fetch):sub(2, -2) or nil,
    max_retry_ms = opts.max_retry_time,
    retry_interval = opts.retry_interval or "exponential",
    silent = opts.silent or false,
    conflict_wait_ms = opts.conflict_wait_ms,
    drop_pending_updates = opts.drop_pending_updates or false,
  }
  return setmetatable({ _native = native, _bot = bot, _given = given }, fetcher_meta)
end

-- ---- source ----------------------------------------------------------------

--- Asks a supplier for batches, one request at a time.
---@class tgrunner.Source
local Source = {}
local source_meta = { __index = Source, __name = "tgrunner.Source" }

--- Iterates over batches (lists of updates, empty ones too) until the source is
--- closed; an error of the supplier is raised.
---@return fun(): table[]?
function Source:generator()
  return function()
    self:_prepare()
    return self._native:pull()
  end
end

function Source:_prepare()
  if self._fetcher then self._fetcher:_refresh() end
end

--- How many updates the next request asks for.
---@param n number at least 1
function Source:set_generator_pace(n) self._native:set_generator_pace(n) end

--- True from the first request until close or an error.
---@return boolean
function Source:is_active() return self._native:is_active() end

--- Aborts the open request or pause and resets the pace; the source stays usable.
function Source:close() self._native:close() end

---@class tgrunner.Supplier
---@field supply fun(batch_size: number, signal: { aborted: boolean }): any[]

---@class tgrunner.SourceOptions
---@field speed_traffic_balance? number 0 (default: no pauses) to 1 (as few requests as possible)
---@field max_delay_milliseconds? number the longest pause (500)

--- Makes a source of a supplier: a fetcher, or a table with
--- supply(batch_size, signal) -> list of updates. supply runs as a coroutine; once
--- signal.aborted is true its answer is not wanted any more.
---@param supplier tgrunner.Fetcher|tgrunner.Supplier
---@param opts? tgrunner.SourceOptions
---@return tgrunner.Source
function run.create_source(supplier, opts)
  opts = options.check("create_source options", opts, source_spec)
  if getmetatable(supplier) == fetcher_meta then
    local native = host.source(supplier._native, opts)
    return setmetatable({ _native = native, _fetcher = supplier }, source_meta)
  end
  if type(supplier) ~= "table" or type(supplier.supply) ~= "function" then
    errors.usage("create_source: the supplier must be a fetcher or a table with a function supply "
      .. "(got %s)", type(supplier))
  end
  return setmetatable({ _native = host.source(supplier, opts) }, source_meta)
end

-- ---- sinks -----------------------------------------------------------------

--- Runs updates and tells free capacity.
---@class tgrunner.Sink
local Sink = {}
local sink_meta = { __index = Sink, __name = "tgrunner.Sink" }

--- Hands updates in; returns the free capacity as soon as it is positive.
---@param updates any[]
---@return number capacity math.huge for no limit
function Sink:handle(updates)
  if type(updates) ~= "table" then
    errors.usage("sink:handle takes a list of updates (got %s)", type(updates))
  end
  return self._native:handle(updates)
end

--- How many updates are running.
---@return integer
function Sink:size() return self._native:size() end

--- The running updates, in order of their start.
---@return any[]
function Sink:snapshot() return self._native:snapshot() end

-- The host's sink with checked options; `parts` has prepare, consume, failed.
local function new_sink(kind, parts, opts)
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
      concurrency = concurrency == math.huge and math.maxinteger or concurrency,
      timeout_ms = wait and wait ~= math.huge and math.ceil(wait) or nil,
      timeout_handler = timeout.handler and parts.on_timeout(timeout.handler),
      cancel = timeout.cancel,
      max_cpu_ms = opts.max_cpu_milliseconds and math.ceil(opts.max_cpu_milliseconds),
      sequentialize = sequentialize.native(opts.sequentialize),
      waiting = opts.waiting,
    }),
  }, sink_meta)
end

local function create_sink(kind, consumer, error_handler, opts)
  local name = ("create_%s_sink"):format(kind)
  opts = options.check(name .. " options", opts, sink_spec)
  if type(consumer) ~= "table" or type(consumer.consume) ~= "function" then
    errors.usage("%s: the consumer must be a table with a function consume(update)", name)
  end
  if type(error_handler) ~= "function" then
    errors.usage("%s: the error handler must be a function (got %s)", name, type(error_handler))
  end
  return new_sink(kind, {
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
function run.create_sequential_sink(consumer, error_handler, opts)
  return create_sink("sequential", consumer, error_handler, opts)
end

--- All updates of a batch at once; ready for more when all have ended.
---@param consumer { consume: fun(update: any) }
---@param error_handler fun(err: any, update: any)
---@param opts? table as of create_concurrent_sink, without concurrency
---@return tgrunner.Sink
function run.create_batch_sink(consumer, error_handler, opts)
  return create_sink("batch", consumer, error_handler, opts)
end

---@class tgrunner.TimeoutOptions
---@field milliseconds number from an update's start
---@field handler? fun(update: any, task: tgrunner.Task) is told
---@field cancel? boolean false: the slot is freed and the coroutine runs on

---@class tgrunner.SinkOptions
---@field concurrency? number 500; math.huge for no limit
---@field timeout? tgrunner.TimeoutOptions none by default
---@field max_cpu_milliseconds? number of one update without a pause (5,000; 0: no limit)
---@field sequentialize? tgrunner.Constraint updates that share a key run one after another, and
---  wait without a slot and without a coroutine
---@field waiting? integer how many may wait so (10,000)

--- At most `concurrency` updates at once.
---@param consumer { consume: fun(update: any) }
---@param error_handler fun(err: any, update: any)
---@param opts? tgrunner.SinkOptions
---@return tgrunner.Sink
function run.create_concurrent_sink(consumer, error_handler, opts)
  return create_sink("concurrent", consumer, error_handler, opts)
end

-- ---- runner ----------------------------------------------------------------

--- Moves updates from a source to a sink until it is stopped.
---@class tgrunner.Runner
local Runner = {}
local runner_meta = { __index = Runner, __name = "tgrunner.Runner" }

--- Starts (or goes on) polling; does nothing when it is running.
---@return tgrunner.Runner self
function Runner:start()
  self._source:_prepare()
  self._native:start()
  return self
end

local stop_spec = { deadline_ms = "milliseconds" }

--- Stops: polling ends at once, fetched updates may finish until the deadline, the
--- rest is cancelled and reported as abandoned. Called in one of the runner's own
--- handlers it does not wait, and returns nil.
---@param opts? { deadline_ms?: number } 10,000 when absent
---@return { done: integer, failed: integer, timed_out: integer, abandoned: integer[] }?
function Runner:stop(opts)
  opts = options.check("stop options", opts, stop_spec)
  return self._native:stop(opts.deadline_ms and math.ceil(opts.deadline_ms))
end

--- Something to wait for: task():wait(timeout_ms?) returns when the runner has
--- ended, its drain included, and raises its fatal error.
---@return { wait: fun(self, timeout_ms?: integer): boolean?, string? }
function Runner:task()
  local native = self._native
  return { wait = function(_, timeout_ms) return native:wait(timeout_ms) end }
end

--- How many updates are running.
---@return integer
function Runner:size() return self._native:size() end

--- True from start until a stop is asked for or a fatal error comes.
---@return boolean
function Runner:is_running() return self._native:is_running() end

---@alias tgrunner.RunnerState "initialising"|"polling"|"pausing"|"backing off"|"saturated"
---  |"draining"|"stopped"|"failed"

---@class tgrunner.Stats
---@field state tgrunner.RunnerState
---@field error string? of the failed state
---@field retry_in_ms number? of the state backing off
---@field running integer updates with a slot
---@field waiting integer updates that wait for a slot or for their keys
---@field fetched integer = done + failed + timed_out + abandoned + running + waiting
---@field done integer
---@field failed integer
---@field timed_out integer
---@field abandoned integer given up at a stop's deadline
---@field polls integer successful requests for updates
---@field decoded integer updates of this state whose JSON became a table
---@field wakeups integer times the host's thread was woken from sleep
---@field since_last_poll_ms number? since the last successful request
---@field oldest_age_ms number of the oldest running update
---@field latency_p50_ms number from an update's arrival to its end
---@field latency_p90_ms number
---@field latency_p99_ms number
---@field latency_max_ms number

---@return tgrunner.Stats
function Runner:stats() return self._native:stats() end

--- Ties a source and a sink together; start() sets it going.
---@param source tgrunner.Source
---@param sink tgrunner.Sink
---@return tgrunner.Runner
function run.create_runner(source, sink)
  if getmetatable(source) ~= source_meta then
    errors.usage("create_runner: the first argument must come from create_source (got %s)",
      type(source))
  end
  if getmetatable(sink) ~= sink_meta then
    errors.usage("create_runner: the second argument must come from a create_…_sink (got %s)",
      type(sink))
  end
  local native = host.runner(source._native, sink._native)
  return setmetatable({ _native = native, _source = source, _sink = sink }, runner_meta)
end

-- ---- bots ------------------------------------------------------------------

local function runner_of(bot, kind, opts)
  local prepare, consume, failed = bot:_compose()
  local sink = new_sink(kind, {
    prepare = prepare,
    consume = consume,
    failed = failed,
    on_timeout = function(handler)
      return function(ctx, task) return handler(ctx.update, task) end
    end,
  }, opts.sink or {})
  local supplier = run.create_update_fetcher(bot, opts.runner)
  return run.create_runner(run.create_source(supplier, opts.source), sink)
end

---@class tgrunner.RunOptions
---@field source? tgrunner.SourceOptions
---@field runner? tgrunner.FetcherOptions
---@field sink? tgrunner.SinkOptions

--- Runs a bot: updates are fetched and handled concurrently. Returns at once.
---@param bot tgrunner.Bot
---@param opts? tgrunner.RunOptions
---@return tgrunner.Runner
function run.run(bot, opts)
  check_bot(bot, "tg.run")
  opts = options.check("run options", opts, run_spec)
  return runner_of(bot, "concurrent", opts):start()
end

--- Runs a bot, one update after another: bot:start.
---@param bot tgrunner.Bot
---@param opts? tgrunner.RunOptions
---@return tgrunner.Runner
function run.start(bot, opts)
  check_bot(bot, "bot:start")
  opts = options.check("start options", opts, run_spec)
  return runner_of(bot, "sequential", opts):start()
end

return run
