--- Run: a bot's source, sink and runner, put together.
--- Source: grammY runner 2.0.3, run; grammY, bot.start.
local errors = require "tgrunner.errors"
local fetcher = require "tgrunner.fetcher"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local runner = require "tgrunner.runner"
local sequentialize = require "tgrunner.sequentialize"
local sink = require "tgrunner.sink"
local source = require "tgrunner.source"

local run = {}

local run_spec = { source = source.spec, runner = fetcher.spec, sink = sink.spec }
for name, spec in pairs(runner.spec) do run_spec[name] = spec end

run.spec = run_spec

local start_spec = { sink = sink.start_spec }
for name, spec in pairs(run_spec) do start_spec[name] = start_spec[name] or spec end

-- For session_order.lua: what keeps updates apart before they are handled. For conversations.lua:
-- what bounds an update's work.
function run.order_of(kind, sink_options)
  return {
    one_by_one = kind == "sequential" or sink_options.concurrency == 1,
    constraint = sink_options.sequentialize,
    timeout = sink_options.timeout,
    cpu_ms = sink_options.max_cpu_milliseconds and options.whole(sink_options.max_cpu_milliseconds),
  }
end

-- A retry that holds no keys lets others of its chat pass.
local function check_order(bot, kind, opts)
  if opts.on_error ~= "retry" or opts.sink and opts.sink.sequentialize then return end
  if bot._order.one_by_one or kind == "sequential" then
    host.log("warn", 'on_error = "retry" without sink.sequentialize: updates run one by one, but '
      .. "later ones pass one that is to be run again; use sink = { sequentialize = … }")
    return
  end
  bot:_each_function(function(fn)
    if not sequentialize.is_middleware(fn) then return end
    host.log("warn", 'on_error = "retry" with tg.sequentialize as middleware: its keys are free as '
      .. "soon as a handler raises, so later updates pass one that is to be run again; use "
      .. "sink = { sequentialize = … } instead")
  end)
end

local function runner_of(bot, kind, opts)
  bot._order = run.order_of(kind, opts.sink or {})
  local prepare, consume, failed, router = bot:_compose()
  if run.watch then consume, router = run.watch.consume(consume), nil end
  check_order(bot, kind, opts)
  local made = sink.new(kind, {
    prepare = prepare,
    consume = consume,
    failed = failed,
    router = router,
    context = bot._context,
    bot = bot,
    on_timeout = function(handler)
      return function(ctx, task) return handler(ctx.update, task) end
    end,
  }, opts.sink or {})
  local supplier = fetcher.create(bot, opts.runner)
  return runner.create(source.create(supplier, opts.source), made, {
    journal = opts.journal,
    durability = opts.durability,
    on_error = opts.on_error,
  })
end

---@class tgrunner.RunOptions: tgrunner.RunnerOptions
---@field source? tgrunner.SourceOptions
---@field runner? tgrunner.FetcherOptions
---@field sink? tgrunner.SinkOptions

-- Who takes bots instead of polling for them (tgrunner.testing): function(bot, kind, opts).
run.capture = nil ---@type (fun(bot: tgrunner.Bot, kind: string, opts: table): table)?

-- Who looks on (tgrunner.tool.load): at what each update is run with, and at the runner.
run.watch = nil ---@type { consume: (fun(consume: function): function), runner: function }?

-- Two pollers of one bot would end each other's polls.
local function check_idle(what, bot)
  if bot._running and bot._running:is_running() then
    errors.usage("%s: this bot runs already; stop its runner first", what)
  end
end

local function run_as(kind, bot, opts)
  if run.capture then return run.capture(bot, kind, opts) end
  check_idle(kind == "sequential" and "bot:start" or "tg.run", bot)
  local made = runner_of(bot, kind, opts):start()
  bot._running = made
  if run.watch then run.watch.runner(made) end
  return made
end

--- Runs a bot: updates are fetched and handled concurrently. Returns at once.
---@param bot tgrunner.Bot
---@param opts? tgrunner.RunOptions
---@return tgrunner.Runner
function run.run(bot, opts)
  options.check_bot("tg.run", bot)
  opts = options.check("run options", opts, run_spec)
  return run_as("concurrent", bot, opts)
end

--- Runs a bot, one update after another: bot:start.
---@param bot tgrunner.Bot
---@param opts? tgrunner.RunOptions
---@return tgrunner.Runner
function run.start(bot, opts)
  options.check_bot("bot:start", bot)
  opts = options.check("start options", opts, start_spec)
  return run_as("sequential", bot, opts)
end

return run
