--- Runner: moves updates from a source to a sink until it is stopped.
--- Source: grammY runner 2.0.3, createRunner.
local distribute = require "tgrunner.distribute"
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local sinks = require "tgrunner.sink"
local sources = require "tgrunner.source"

local runner = {}

--- Moves updates from a source to a sink until it is stopped.
---@class tgrunner.Runner
local Runner = {}
local runner_meta = { __index = Runner, __name = "tgrunner.Runner" }

-- Raises when a method was called without its runner, as with a dot.
local function check(self, name)
  if getmetatable(self) ~= runner_meta then
    errors.usage("runner:%s is called with a colon, on what create_runner or run returned", name)
  end
end

--- Starts (or goes on) polling; does nothing when it is running. While the whole program stops (a
--- signal) nothing starts any more: the coroutine that asks for it ends here, in a handler it is
--- an error.
---@return tgrunner.Runner self
function Runner:start()
  check(self, "start")
  if not self._native:is_running() and host.stops_here() then
    errors.usage "runner:start: the program is stopping"
  end
  if self._source:is_active() and not self._native:is_running() then
    errors.usage "the source of this runner is asked for updates by a generator"
  end
  self._source:_prepare()
  distribute.runner_starts(self)
  local ok, err = pcall(self._native.start, self._native) -- its journal may be another's now
  if not ok then errors.usage("%s", (tostring(err):gsub("^[^\n]-:%d+: ", ""))) end
  return self
end

local stop_spec = { deadline_ms = "milliseconds" }

--- Stops: polling ends at once, fetched updates may finish until the deadline, the
--- rest is cancelled and reported as abandoned. Tasks that its handlers have spawned may run to
--- the same deadline, repeated calls (tg.every) of theirs end with the runner. What the main
--- chunk or a task of its own has spawned goes on: the program may start again, or has other
--- work; a stop of the whole program (a signal) ends that, too. The counts are of updates that
--- ended since the stop was asked for. Called in one of the runner's own handlers it does not
--- wait, and returns nil.
---@param opts? { deadline_ms?: number } 10,000 when absent
---@return { done: integer, failed: integer, timed_out: integer, abandoned: integer[] }?
function Runner:stop(opts)
  check(self, "stop")
  opts = options.check("stop options", opts, stop_spec)
  return self._native:stop(opts.deadline_ms and options.whole(opts.deadline_ms))
end

--- Something to wait for: task():wait(timeout_ms?) returns when the runner has
--- ended, its drain included, and raises its fatal error.
---@return { wait: fun(self, timeout_ms?: integer): boolean?, string? }
function Runner:task()
  check(self, "task")
  local native = self._native
  return {
    wait = function(_, timeout_ms)
      options.check("task():wait", { timeout_ms = timeout_ms }, { timeout_ms = "milliseconds" })
      return native:wait(timeout_ms and options.whole(timeout_ms))
    end,
  }
end

--- How many updates are running.
---@return integer
function Runner:size()
  check(self, "size")
  return self._native:size()
end

--- True from start until a stop is asked for or a fatal error comes.
---@return boolean
function Runner:is_running()
  check(self, "is_running")
  return self._native:is_running()
end

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
---@field workers tgrunner.WorkerStats[] of the bot's tg.distribute; empty without one

---@return tgrunner.Stats
function Runner:stats()
  check(self, "stats")
  local stats = self._native:stats()
  stats.workers = distribute.stats(self._bot)
  return stats
end

local function one_of(...)
  local words, texts = {}, {}
  for i, word in ipairs { ... } do
    words[word] = true
    texts[i] = ('"%s"'):format(word)
  end
  local text = "must be " .. table.concat(texts, ", ", 1, #texts - 1) .. " or " .. texts[#texts]
  return function(value) return words[value] == true, text end
end

local function file_name(value)
  return value == false or type(value) == "string" and value ~= "",
    "must be the path of a file, or false"
end

--- What a runner's options may be.
runner.spec = {
  journal = file_name,
  durability = one_of("power", "process", "none"),
  on_error = one_of("handled", "retry"),
}

---@class tgrunner.RunnerOptions
---@field journal? string|false a file in which updates are kept until they have ended, so that a
---  crash loses none; false: none, whatever the command line says
---@field durability? "power"|"process"|"none" what a kept update outlives: a power cut (default),
---  the end of the process, or usually that, at less cost
---@field on_error? "handled"|"retry" with a journal: an update whose handler raised has ended
---  (default; bot:catch has seen the error), or is run again after 1, 2, 4 … 100 s, and is given up
---  as a dead letter after 5 attempts

-- What the host needs to open the journal that the options, or the command line, ask for.
local function journal_of(opts, owner)
  local path = opts.journal
  if path == nil then path = host.settings().journal end
  if not path then
    for _, name in ipairs { "durability", "on_error" } do
      if opts[name] then errors.usage("%s is an option of a journal, and there is none", name) end
    end
    return nil
  end
  return {
    path = path,
    durability = opts.durability or "power",
    retries = opts.on_error == "retry",
    owner = owner,
  }
end

--- Ties a source and a sink together; start() sets it going.
---@param source tgrunner.Source
---@param sink tgrunner.Sink
---@param opts? tgrunner.RunnerOptions
---@return tgrunner.Runner
function runner.create(source, sink, opts)
  opts = options.check("create_runner options", opts, runner.spec)
  if getmetatable(source) ~= sources.meta then
    errors.usage("create_runner: the first argument must come from create_source (got %s)",
      type(source))
  end
  if getmetatable(sink) ~= sinks.meta then
    errors.usage("create_runner: the second argument must come from a create_…_sink (got %s)",
      type(sink))
  end
  if source._runner then
    errors.usage "create_runner: this source has a runner already"
  end
  local made = setmetatable({ _source = source, _sink = sink }, runner_meta)
  made._bot = source._fetcher and source._fetcher._bot
  local function ended(left_ms) distribute.runner_ended(made, left_ms) end
  local journal = journal_of(opts, made._bot and made._bot:_client():bot_id())
  local ok, native = pcall(host.runner, source._native, sink._native, ended, journal)
  if not ok then errors.usage("%s", (tostring(native):gsub("^[^\n]-:%d+: ", ""))) end
  made._native = native
  source._runner = made
  return made
end

return runner
