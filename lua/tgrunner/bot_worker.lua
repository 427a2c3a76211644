--- BotWorker: the bot of a worker file. It cannot fetch; updates come from the main script's
--- tg.distribute once the file's main chunk has ended.
local bot = require "tgrunner.bot"
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"

local bot_worker = {}

---@class tgrunner.BotWorker: tgrunner.Bot
local BotWorker = setmetatable({}, { __index = bot.methods })

local function refuse(name)
  return function()
    errors.usage("%s: a tg.BotWorker does not fetch updates; the main script's tg.distribute "
      .. "hands them over", name)
  end
end

BotWorker.start = refuse "bot:start"

function BotWorker.stop()
  errors.usage "bot:stop: a tg.BotWorker stops with the main script's bot"
end

BotWorker._refuse_run = refuse "tg.run"

local worker_meta = { __name = "tgrunner.BotWorker", __index = BotWorker }

-- What the worker runs an update with: composed with the first one, when all is registered.
local function runner_of(self)
  local prepare, consume
  return function(raw)
    if not prepare then prepare, consume = self:_compose() end
    return prepare(raw)
  end, function(ctx)
    return consume(ctx)
  end
end

local function failed(self)
  return function(ctx, err, traceback)
    local bot_error = errors.bot(err, ctx, traceback)
    if not self._catch then return false, errors.text(err), bot_error.traceback end
    self._catch(bot_error)
    return true
  end
end

--- The worker's bot. It has the main bot's token, API server, proxy and identity. Handlers are
--- registered as on any bot; nothing is to be started.
---@param token string? another token than the main bot's
---@return tgrunner.BotWorker
function bot_worker.new(token, ...)
  local worker = host.worker()
  if not worker then
    errors.usage "tg.BotWorker is for worker files; this script was not started by tg.distribute"
  end
  if token ~= nil and type(token) ~= "string" then
    errors.usage("tg.BotWorker: the token must be a string (got a %s)", type(token))
  end
  if ... ~= nil then
    errors.usage "tg.BotWorker takes a token only; it has the settings of the main script's bot"
  end
  local settings = worker.settings
  local self = setmetatable(bot.new(token or settings.token, {
    api_root = settings.api_root,
    client = settings.client,
    me = (not token or token == settings.token) and settings.me or nil,
    auto_retry = settings.auto_retry,
  }), worker_meta)
  local pool = settings.pool or {}
  self._bounds = {
    timeout = pool.timeout_ms and { milliseconds = pool.timeout_ms },
    cpu_ms = pool.cpu_ms,
  }
  local prepare, consume = runner_of(self)
  if not host.worker_bot(prepare, consume, failed(self)) then
    errors.usage "tg.BotWorker: this worker file has one already"
  end
  return self
end

return bot_worker
