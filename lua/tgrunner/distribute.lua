--- distribute: updates are handled by a script on threads of its own.
---
--- Source: grammY runner's distribute. Ours: affinity, supervision, cancels that reach workers;
--- a pool belongs to its middleware.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"

local distribute = {}

-- Function of a middleware → its pool's state.
local states = setmetatable({}, { __mode = "k" })

local function affinity(value)
  return value == "update" or value == "chat" or value == "user" or type(value) == "function",
    'must be "update", "chat", "user" or a function of ctx'
end

local spec = {
  count = "count",
  by = affinity,
  memory_limit = "count",
  give_up = "boolean",
}

local key_of = {
  update = function() end,
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

local function own_key(by)
  return function(ctx)
    local key = by(ctx)
    if key == nil then return key_of.user(ctx) end
    if type(key) ~= "string" and math.type(key) ~= "integer" then
      errors.usage("distribute: by must give a string, an integer or nil (got a %s)", type(key))
    end
    return key
  end
end

-- ---- the worker file ---------------------------------------------------------------------------

-- The folder of the script that calls distribute. (`return tg.distribute(…)` leaves no frame: then
-- it is the folder of whoever called that script.)
local function caller_folder()
  for level = 3, 60 do
    local frame = debug and debug.getinfo(level, "S")
    if not frame then break end
    local source = frame.source
    if source:sub(1, 1) == "@" then return source:match "^@(.*[/\\])" or "" end
  end
  return ""
end

local function read_file(path)
  local file, problem = io.open(path, "rb")
  local text = file and file:read "a"
  if file then file:close() end
  if not text then errors.usage("distribute: cannot read the worker file: %s", problem or path) end
  -- A mistake in it is told here and now, not by each worker.
  local body = text:gsub("^#[^\n]*", "")
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

local function start(state, bot, me)
  local settings = {}
  for name, value in pairs(bot._inherited) do settings[name] = value end
  settings.me = me
  state.bot = bot
  state.pool = host.pool {
    file = state.path,
    text = state.text,
    settings = host.encode(settings),
    count = state.count,
    memory_limit = state.memory_limit,
    gives_up = state.give_up,
  }
  state.text = nil
  return state.pool
end

-- Usually the workers run by now; but a bot can be given updates by hand.
local function pool_for(state, ctx)
  local bot = ctx._bot
  if state.pool then
    if state.bot ~= bot then
      errors.usage "distribute: one middleware serves one bot; call tg.distribute for each"
    end
    return state.pool
  end
  local me = bot:_me()
  return state.pool or start(state, bot, me)
end

--- For bot.lua: the bot knows who it is; its workers can start.
---@param bot tgrunner.Bot
---@param me table
function distribute.start_all(bot, me)
  bot:_each_function(function(fn)
    local state = states[fn]
    if state and not state.pool then start(state, bot, me) end
  end)
end

-- ---- the middleware ----------------------------------------------------------------------------

-- An update that a script made becomes one that can travel.
local function raw_of(ctx)
  return rawget(ctx, "_raw") or host.raw(ctx.update)
end

---@class tgrunner.DistributeOptions
---@field count integer? workers (4)
---@field by? "update"|"chat"|"user"|fun(ctx: tgrunner.Context): string|integer|nil updates with
---  the same key meet the same worker; "update" (default): the least loaded one
---@field memory_limit integer? bytes a worker's state may hold; above, it is replaced
---@field give_up boolean? whether more than 5 deaths of workers within 60 s end the script (true)

--- Middleware that hands updates to workers: `count` threads, each with a Lua state of its own
--- that runs `worker_file` once, in which tg.BotWorker handles them. It returns when the worker
--- has finished the update; `next` is not called. An error that the worker's own bot:catch does
--- not take is raised here, as a tgrunner.WorkerError.
---
--- Only the update travels, as the bytes the server sent; fields a script set on ctx do not.
---@param worker_file string relative to the folder of the script that calls this
---@param opts tgrunner.DistributeOptions?
---@return tgrunner.Middleware
function distribute.middleware(worker_file, opts)
  if type(worker_file) ~= "string" or worker_file == "" then
    errors.usage("distribute: the worker file must be a path (got a %s)", type(worker_file))
  end
  opts = options.check("distribute options", opts, spec)
  local path = worker_file
  if not path:find "^[/\\]" then path = caller_folder() .. path end
  local by = opts.by or "update"
  local key = key_of[by] or own_key(by)
  local state = {
    path = path,
    text = read_file(path),
    count = opts.count or 4,
    memory_limit = opts.memory_limit,
    give_up = opts.give_up ~= false,
  }
  local function run(ctx)
    local pool = state.pool
    if not pool or state.bot ~= ctx._bot then pool = pool_for(state, ctx) end
    local ok, message, traceback, number = pool:run(raw_of(ctx), key(ctx))
    if not ok then error(worker_error(message, traceback, number), 0) end
  end
  states[run] = state
  return run
end

return distribute
