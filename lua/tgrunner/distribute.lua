--- distribute: updates are handled by a script on threads of its own.
---
--- Source: grammY runner's distribute. Ours: affinity, supervision, cancels that reach workers;
--- a pool belongs to its middleware.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local loaded = require "tgrunner.loaded"
local loading = require "tgrunner.loading"
local options = require "tgrunner.options"
local sequentialize = require "tgrunner.sequentialize"

local distribute = {}

-- Function of a middleware → its pool's state.
local states = setmetatable({}, { __mode = "k" })

-- Runners from start to end.
local runners = {}

local function affinity(value)
  return value == "update" or value == "chat" or value == "user" or type(value) == "function",
    'must be "update", "chat", "user" or a function of ctx'
end

local function workers(value)
  return math.type(value) == "integer" and value >= 1 and value <= 1024,
    "must be an integer from 1 to 1024"
end

local spec = {
  count = workers,
  by = affinity,
  memory_limit = "count",
  give_up = "boolean",
}

local key_of = {
  chat = function(ctx)
    local id = ctx.chat_id
    if id == nil then id = ctx.user_id end
    return id
  end,
  user = function(ctx)
    local id = ctx.user_id
    if id == nil then id = ctx.chat_id end
    return id
  end,
}

-- "bot.lua:12: ", the line a function begins at; "" where there is no debug library.
local function place_of(fn)
  local info = debug and debug.getinfo(fn, "S")
  if not info or info.linedefined < 1 then return "" end
  return ("%s:%d: "):format(info.short_src, info.linedefined)
end

-- The key as it is kept, 1.0 as 1; nil when it is none.
local function as_key(value)
  if type(value) == "string" then return value end
  return type(value) == "number" and math.tointeger(value) or nil
end

-- The gate calls the script's function, which must not wait: the order would be lost.
local function own_key(by)
  return function(ctx, gate)
    local value = gate:by(by, ctx)
    if value == nil then return key_of.user(ctx) end
    local key = as_key(value)
    if key == nil then
      error(("%sdistribute: by must give a string, an integer or nil (got %s)"):format(
        place_of(by), type(value) == "number" and "a fraction" or "a " .. type(value)), 0)
    end
    return key
  end
end

-- ---- the worker file ---------------------------------------------------------------------------

-- The file of the script that calls distribute. `return tg.distribute(…)` leaves no frame: then it
-- is the module that is being loaded, if it is one, or whoever called that script (not `sure`).
---@return string? file
---@return boolean sure
local function caller_file()
  local is_tail = debug.getinfo(3, "t").istailcall
  for level = 4, 60 do
    local frame = debug.getinfo(level, "Sf")
    if not frame then break end
    if is_tail and frame.func == loading.loader then return loading.file(), true end
    local source = frame.source
    if source:sub(1, 1) == "@" then return source:sub(2), not is_tail end
  end
  return nil, true
end

local function is_there(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

---@param worker_file string
---@return string path
local function resolve(worker_file)
  if worker_file:find "^[/\\]" then return worker_file end
  local file, sure = caller_file()
  local path = (file and file:match "^(.*[/\\])" or "") .. worker_file
  if not sure and not is_there(path) then
    errors.usage("distribute: cannot tell which folder '%s' is in, because the call is a tail call "
      .. "(%s is not there); write `local middleware = tg.distribute(…) return middleware`, or "
      .. "give an absolute path", worker_file, path)
  end
  return path
end

local function read_file(path)
  local file, problem = io.open(path, "rb")
  local text
  if file then
    text, problem = file:read "a"
    problem = ("%s: %s"):format(path, problem)
    file:close()
  end
  if not text then errors.usage("distribute: cannot read the worker file: %s", problem or path) end
  if text:sub(1, 1) == "\27" then
    errors.usage("distribute: the worker file %s is a compiled chunk; it must be Lua text", path)
  end
  -- A mistake in it is told here and now, not by each worker.
  local body = text:gsub("^\xEF\xBB\xBF", ""):gsub("^#[^\n]*", "")
  local chunk, mistake = load(body, "@" .. path, "t")
  if not chunk then errors.usage("distribute: %s", mistake) end
  return text
end

-- ---- what a worker's failure looks like --------------------------------------------------------

--- An error of a worker, as the main script sees it.
---@class tgrunner.WorkerError
---@field worker integer its number, from 1
---@field message string
---@field traceback string the worker's; "" when it died
local error_meta = { __name = "tgrunner.WorkerError" }

function error_meta.__tostring(err)
  local text = ("worker %d: %s"):format(err.worker, err.message)
  return err.traceback ~= "" and text .. "\n" .. err.traceback or text
end

local function worker_error(message, traceback, number)
  return setmetatable({ worker = number, message = message, traceback = traceback }, error_meta)
end

-- ---- starting ----------------------------------------------------------------------------------

-- Too many workers of the bot have died: its runners end with that; a script that feeds its bot by
-- hand has none.
local function fail_runners(bot, text)
  local told = false
  for runner in pairs(runners) do
    if runner._bot == bot or not runner._bot then
      runner._native:fail(text)
      told = true
    end
  end
  return told
end

-- Whether the main script keeps updates apart, by whatever key, as far as is known.
local function is_ordered(bot)
  local order = bot._order
  local found = not order or order.one_by_one or order.constraint ~= nil
  bot:_each_function(function(fn) found = found or sequentialize.is_middleware(fn) end)
  return found
end

-- For session_order.lua and conversations.lua in the workers.
local function pool_settings(state, bot)
  local order = bot._order or {}
  local timeout = order.timeout
  local ms = timeout and timeout.cancel ~= false and timeout.milliseconds
  return {
    timeout_ms = ms and ms < math.huge and ms or nil,
    cpu_ms = order.cpu_ms,
    by = state.count == 1 and "worker" or state.by,
    is_ordered = is_ordered(bot),
  }
end

-- The pool; or nil and why there is none, which ends the bot's runners and is not tried again
-- before one starts anew.
local function start(state, bot, me)
  local settings = {}
  for name, value in pairs(bot._inherited) do settings[name] = value end
  settings.me = me
  settings.pool = pool_settings(state, bot)
  state.bot = bot
  local ok, pool = pcall(host.pool, {
    file = state.path,
    text = state.text,
    settings = host.encode(settings),
    count = state.count,
    memory_limit = state.memory_limit,
    gives_up = state.give_up,
    failed = function(text) return fail_runners(bot, text) end,
  })
  if ok then
    state.pool = pool
    return pool
  end
  local cause = tostring(pool):gsub("^[^\n]-:%d+: ", "")
  state.failure = ("%sdistribute: %s"):format(state.place, cause)
  return nil, state.failure, fail_runners(bot, state.failure)
end

-- Usually the workers run by now; but a bot can be given updates by hand.
local function pool_for(state, ctx)
  local bot = ctx._bot
  if not bot then errors.usage "distribute: the middleware was called with a ctx of no tg.Bot" end
  if state.pool and not (state.bot == bot and state.pool:is_retired()) then
    if state.bot ~= bot then
      errors.usage "distribute: one middleware serves one bot; call tg.distribute for each"
    end
    return state.pool
  end
  if state.failure then error(state.failure, 0) end
  local me = bot:_me()
  if state.pool and not state.pool:is_retired() then return state.pool end -- since it asked
  local pool, problem = start(state, bot, me)
  return pool or error(problem, 0)
end

--- For bot.lua: the bot knows who it is; its workers can start.
---@param bot tgrunner.Bot
---@param me table
function distribute.start_all(bot, me)
  bot:_each_function(function(fn)
    local state = states[fn]
    if state and not (state.pool and not state.pool:is_retired()) then
      state.failure = nil
      local pool, problem, told = start(state, bot, me)
      if not pool and not told then error(problem, 0) end
    end
  end)
end

-- ---- with runners ------------------------------------------------------------------------------

--- For runner.lua, at each start: workers that stopped with a runner begin anew.
---@param runner tgrunner.Runner
function distribute.runner_starts(runner)
  if runners[runner] then return end
  local bot = runner._bot
  if bot and bot.me then distribute.start_all(bot, bot.me) end
  runners[runner] = true
end

local function runs(bot)
  for runner in pairs(runners) do
    if not bot or runner._bot == bot then return true end
  end
  return false
end

--- For runner.lua: workers stop with their bot's last runner; those of bots that are given updates
--- by hand with the last one of the script.
---@param runner tgrunner.Runner
---@param left_ms integer what its tasks still have
function distribute.runner_ended(runner, left_ms)
  runners[runner] = nil
  local all = not runs()
  for _, state in pairs(states) do
    if state.pool and (all or runner._bot == state.bot and not runs(state.bot)) then
      state.pool:retire(left_ms)
    end
  end
end

--- What a worker does; see tgrunner.Stats.
---@class tgrunner.WorkerStats
---@field file string the worker file's path
---@field number integer from 1
---@field running integer updates it was given and has not ended
---@field waiting integer updates that wait for this worker alone (`by`)
---@field stuck boolean it has begun and ended nothing for 5 s, although it has something to do
---@field handled integer updates it and those it replaced have ended
---@field deaths integer
---@field memory_bytes integer what its Lua state held at its last update's end
---@field wakeups integer times its thread was woken from sleep

---@param bot tgrunner.Bot? nil: all bots
---@return tgrunner.WorkerStats[]
function distribute.stats(bot)
  local list = {}
  for _, state in pairs(states) do
    if state.pool and not state.pool:is_retired() and (not bot or state.bot == bot) then
      for _, worker in ipairs(state.pool:stats()) do
        worker.file = state.path
        list[#list + 1] = worker
      end
    end
  end
  table.sort(list, function(a, b)
    if a.file ~= b.file then return a.file < b.file end
    return a.number < b.number
  end)
  return list
end

-- ---- the middleware ----------------------------------------------------------------------------

-- An update that a script made becomes one that can travel.
local function raw_of(ctx)
  return ctx._raw or host.raw(ctx.update)
end

-- A script may call the middleware itself.
local function check_ctx(ctx)
  if type(ctx) ~= "table" then
    errors.usage("distribute: the middleware must be called with a ctx (got %s)", type(ctx))
  end
end

-- Updates with the same key one after another: two that a worker has at once may overtake each
-- other wherever they wait. An update without one does not wait.
local function in_order(key, run)
  local gate = host.gate()
  return function(ctx)
    check_ctx(ctx)
    local by_key = key(ctx, gate)
    local _ <close> = gate:enter(by_key)
    run(ctx, by_key)
  end
end

---@class tgrunner.DistributeOptions
---@field count integer? workers (4), up to 1024
---@field by? "update"|"chat"|"user"|fun(ctx: tgrunner.Context): string|integer|nil updates with
---  the same key meet the same worker, one after another in order of arrival; while that has not
---  moved for 5 s, what it has not begun goes to others. Those without a key are in no order. A
---  function must not wait. "update" (default): no order (see tg.sequentialize), and a worker
---  with little to do, as few awake ones as there are cores while handlers are cheap; what a stuck
---  worker has not begun goes to others at once
---@field memory_limit integer? bytes a worker's state may hold; above, it is replaced
---@field give_up boolean? whether more than 5 deaths of workers within 60 s end the runner (true)

--- Middleware that hands updates to workers: `count` threads, each with a Lua state of its own
--- that runs `worker_file` once, in which tg.BotWorker handles them. It returns when the worker
--- has finished the update; `next` is not called. An error that the worker's own bot:catch does
--- not take is raised here, as a tgrunner.WorkerError. Workers stop with the bot's runner, and
--- begin anew when it is started again.
---
--- Only the update travels, as the bytes the server sent; fields a script set on ctx do not.
---@param worker_file string relative to the folder of the script that calls this
---@param opts tgrunner.DistributeOptions?
---@return tgrunner.Middleware
function distribute.middleware(worker_file, opts)
  if host.worker() then
    errors.usage "tg.distribute is for the main script; a worker has no workers of its own"
  end
  if not io then errors.usage "tg.distribute is not possible in this sandbox" end
  if type(worker_file) ~= "string" or worker_file == "" then
    errors.usage("distribute: the worker file must be a path (got %s)",
      worker_file == "" and "an empty string" or "a " .. type(worker_file))
  end
  if worker_file:find("\0", 1, true) then
    errors.usage("distribute: the worker file's path has a NUL byte (got %q)", worker_file)
  end
  opts = options.check("distribute options", opts, spec)
  local path = resolve(worker_file)
  local key = nil -- by "update": no worker is preferred
  if opts.by and opts.by ~= "update" then key = key_of[opts.by] or own_key(opts.by) end
  local state = {
    path = path,
    place = errors.place(),
    text = read_file(path),
    count = opts.count or 4,
    by = type(opts.by) == "function" and "function" or opts.by or "update",
    memory_limit = opts.memory_limit,
    give_up = opts.give_up ~= false,
  }
  local function run_by(ctx, by_key)
    local pool = state.pool
    if not pool or state.bot ~= ctx._bot then pool = pool_for(state, ctx) end
    local raw, delivery = raw_of(ctx), rawget(ctx, "_delivery")
    local ok, message, traceback, number = pool:run(raw, by_key, delivery)
    while ok == nil do -- it is retired
      ok, message, traceback, number = pool_for(state, ctx):run(raw, by_key, delivery)
    end
    if not ok then error(worker_error(message, traceback, number), 0) end
  end
  local run = key and in_order(key, run_by) or function(ctx)
    check_ctx(ctx)
    run_by(ctx, nil)
  end
  states[run] = state
  return run
end

loaded.distribute = distribute

return distribute
