--- Stage: turns a Lua state into one where bots are tested. From the moment it is loaded there is
--- no network: API calls and tg.fetch are answered by the test, time stands still until the test
--- moves it, and tg.run hands bots over instead of polling for them. There is no way back.
local errors = require "tgrunner.errors"
local fetches = require "tgrunner.testing.fetches"
local calls = require "tgrunner.testing.calls"
local host = require "tgrunner.host"
local run = require "tgrunner.run"
local tasks = require "tgrunner.tasks"
local values = require "tgrunner.testing.values"
local world = require "tgrunner.testing.world"

---@class tgrunner.testing.Stage
---@field calls tgrunner.testing.Calls of the bots that are made now
---@field fetches tgrunner.testing.Fetches of tg.fetch now
---@field logged { level: string, text: string }[]
---@field failures { text: string, is_note: boolean? }[] what is to fail the test
---@field errors tgrunner.BotError[] what bot:catch was given
---@field used boolean? whether a test is on it
---@field taken { bot: tgrunner.Bot, kind: string, opts: table }? what tg.run was given last
local stage = { logged = {}, failures = {}, errors = {} }

-- What outlives a second load of this file in one state (busted loads modules anew for each file
-- of specs): what was there before the first, the test's own coroutine, the last test's mark.
local registry = debug.getregistry()
local kept = registry["tgrunner.testing.stage"]
if not kept then
  kept = {
    home = coroutine.running(), mark = host.fiber_mark(),
    settings = host.settings, log = host.log, timer = host.timer,
    timers = setmetatable({}, { __mode = "k" }),
    told = {}, time = os.time, date = os.date, exit = os.exit,
  }
  registry["tgrunner.testing.stage"] = kept
end

-- ---- failures ----------------------------------------------------------------------------------

--- Fails the test, as soon as the bot is at rest.
---@param text string
function stage.fail(text)
  for i, failure in ipairs(stage.failures) do
    if failure.is_note and text:find(failure.text, 1, true) then
      table.remove(stage.failures, i) -- the same one, told with its place
      break
    end
  end
  stage.failures[#stage.failures + 1] = { text = text }
end

--- Raises an error that fails the test even where the bot takes it with pcall.
---@param text string
function stage.refuse(text)
  if coroutine.running() ~= kept.home then
    stage.failures[#stage.failures + 1] = { text = text, is_note = true }
  end
  error(text, 0)
end

tasks.tell = function(text) stage.fail(text) end

os.exit = function(...) -- luacheck: ignore 122
  if coroutine.running() == kept.home then return kept.exit(...) end
  local code = select("#", ...) > 0 and tostring((...)) or ""
  stage.refuse(("%sthe bot called os.exit(%s)"):format(errors.place(), code))
end

--- A token that is nobody's.
stage.TOKEN = "42:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

stage.ME = {
  id = 42, is_bot = true, first_name = "Test Bot", username = "test_bot",
  can_join_groups = true, can_read_all_group_messages = false, supports_inline_queries = true,
}

-- ---- the API -----------------------------------------------------------------------------------

local TIMEOUT_S <const> = 500 -- the host's, of a client that is not told another

-- A client refers to calls that a later test may exchange.
local Client = {}
Client.__index = Client

function Client:bot_id() return self.id end
function Client:call(method, payload)
  return self.calls:call(method, payload, self.timeout_s)
end

function Client:download(file_path, path) return self.calls:download(file_path, path) end
function Client:chunks(file_path) return self.calls:chunks(file_path) end

host.client = function(settings)
  local id = math.tointeger(tonumber(settings.token:match "^(%d+):[%w_-]+$"))
  if not id then error("bot token has the wrong shape: expected digits:35 characters", 0) end
  kept.tick = (kept.tick or 0) + 1
  return setmetatable({
    id = id, calls = stage.calls, timeout_s = settings.timeout_s or TIMEOUT_S,
    made = { mark = host.fiber_mark(), tick = kept.tick, calls = #stage.calls.list },
  }, Client)
end

--- Whether a bot was made on the stage, and so calls nobody.
---@param bot tgrunner.Bot
---@return boolean
function stage.owns(bot) return getmetatable(bot:_client()) == Client end

host.fetch = function(request) return stage.fetches:fetch(request) end

host.settings = function()
  local own = kept.settings()
  own.token, own.api_root = stage.TOKEN, nil
  return own
end

host.fetcher = function()
  errors.usage "a bot under test is not polled for: hand it to tg.run, or return it"
end

-- ---- time --------------------------------------------------------------------------------------

host.clock_virtual()

local start_ms, start_s = host.now_ms(), os.time()

--- Seconds as os.time gives them, of the bot's time.
local function now_s() return start_s + (host.now_ms() - start_ms) // 1000 end

-- Kept, so that those of an earlier test can be stopped.
host.timer = function(...)
  local timer = kept.timer(...)
  kept.timers[timer] = kept.tick or 0
  return timer
end

local start_wall_ms = host.wall_ms()
host.wall_ms = function() return start_wall_ms + host.now_ms() - start_ms end

os.time = function(...) -- luacheck: ignore 122
  if select("#", ...) == 0 or (...) == nil then return now_s() end
  return kept.time(...)
end

os.date = function(format, time) -- luacheck: ignore 122
  return kept.date(format or "%c", time or now_s())
end

-- ---- the log -----------------------------------------------------------------------------------

host.log = function(level, text)
  stage.logged[#stage.logged + 1] = { level = level, text = text }
  if level == "warn" or level == "error" then kept.log(level, text) end
end

--- Warns once in a run of tests, not in each.
---@param text string
function stage.warn_once(text)
  if kept.told[text] then return end
  kept.told[text] = true
  host.log("warn", text)
end

-- ---- running -----------------------------------------------------------------------------------

--- What tg.run gives a bot under test: it runs until it is stopped.
---@class tgrunner.testing.Runner
local Runner = {}
local runner_meta = { __name = "tgrunner.testing.Runner", __index = Runner }

function Runner:start() return self end

function Runner:stop()
  self._over:set()
  self._stopped = true
  return { done = 0, failed = 0, timed_out = 0, abandoned = {} }
end

function Runner:task()
  return {
    wait = function(_, timeout_ms)
      if self._over:wait(timeout_ms) then return true end
      return nil, "timeout"
    end,
  }
end

function Runner:is_running() return not self._stopped end
function Runner:size() return self._size() end
function Runner:stats()
  return { state = self._stopped and "stopped" or "polling", running = self._size() }
end

run.capture = function(bot, kind, opts)
  local taken = { bot = bot, kind = kind, opts = opts }
  local size = function() return taken.size and taken.size() or 0 end
  stage.taken = taken
  return setmetatable({ _over = host.event(), _size = size }, runner_meta)
end

-- ---- workers -----------------------------------------------------------------------------------

-- tg.distribute in a test: one worker, in this very state.
local Pool = {}
Pool.__index = Pool

function Pool:run(raw)
  local ctx = self.prepare(raw)
  local ok, raised = xpcall(self.consume, errors.with_traceback, ctx)
  if ok then return true end
  local handled, message, traceback = self.failed(ctx, raised.error, raised.traceback)
  if handled then return true end
  return false, message, traceback or "", 1
end

-- It lasts as long as the test.
function Pool:retire() self.over = true end
function Pool:is_retired() return self.over or false end
function Pool:stats() return {} end -- luacheck: no self

local worker -- the pool whose worker file is being run

host.worker = function() return worker end

host.worker_bot = function(prepare, consume, failed)
  if worker.prepare then return false end
  worker.prepare, worker.consume, worker.failed = prepare, consume, failed
  return true
end

host.pool = function(pool_options)
  local pool = setmetatable({ settings = values.copy(host.decode(pool_options.settings)) }, Pool)
  local text = pool_options.text:gsub("^#[^\n]*", "")
  local chunk = assert(load(text, "@" .. pool_options.file, "t"))
  worker = pool
  local ok, problem = pcall(chunk)
  worker = nil
  if not ok then error(problem, 0) end
  if not pool.prepare then
    errors.usage("distribute: %s makes no tg.BotWorker", pool_options.file)
  end
  return pool
end

-- ---- a new test --------------------------------------------------------------------------------

-- What an earlier test has left would go on when time passes: all, or what is older than a bot.
---@param made { mark: integer, tick: integer }?
local function end_leftovers(made)
  local till = made and made.mark
  while host.cancel_since(kept.mark, till) > 0 do host.settle() end
  for timer, tick in pairs(kept.timers) do
    if not made or tick < made.tick then
      timer:stop()
      kept.timers[timer] = nil
    end
  end
  kept.mark = till or host.fiber_mark()
end

local function renew(made, me, user)
  end_leftovers(made)
  host.unseen()
  stage.logged, stage.failures, stage.errors = {}, {}, {}
  stage.taken = nil
  stage.calls = calls.new(world.new(values.merged(stage.ME, me), user), stage.refuse)
  stage.fetches = fetches.new(stage.refuse)
  stage.used = nil
end

--- Clears the stage: what ran before is cancelled; bots that are made from now on belong to the
--- new test.
---@param me table?
---@param user table?
function stage.clear(me, user) renew(nil, me, user) end

--- Gives the stage to a bot that was made ready: what it has begun, and the calls since it was
--- made, belong to its test; what is older is the earlier test's. A bot that had a test before
--- begins with nothing.
---@param bot tgrunner.Bot
---@param me table?
---@param user table?
function stage.adopt(bot, me, user)
  local client, list, taken = bot:_client(), stage.calls.list, stage.taken
  if client.used or client.calls ~= stage.calls then return stage.clear(me, user) end
  local made = stage.used and client.made or { mark = kept.mark, tick = 0, calls = 0 }
  renew(made, me, user)
  if taken and taken.bot == bot then stage.taken = taken end
  for i = made.calls + 1, #list do
    table.insert(stage.calls.list, list[i])
    stage.calls.world:learn(list[i].result, list[i].params.chat_id)
  end
end

stage.clear()

return stage
