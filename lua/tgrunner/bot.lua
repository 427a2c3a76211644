--- Bot: a composer with an API client, an error handler and an update loop.
---
--- Source: grammY's Bot. Ours: the same error path in every mode; an error that nobody catches is
--- logged and the bot goes on.
local api = require "tgrunner.api"
local auto_retry = require "tgrunner.auto_retry"
local compose = require "tgrunner.compose"
local composer = require "tgrunner.composer"
local context = require "tgrunner.context"
local errors = require "tgrunner.errors"
local files = require "tgrunner.files"
local host = require "tgrunner.host"
local loaded = require "tgrunner.loaded"
local object_fields = require "tgrunner.object_fields"
local options = require "tgrunner.options"

local require = require -- scripts in a sandbox have another

---@class tgrunner.Bot: tgrunner.Composer
---@field api tgrunner.Api
---@field me table? the bot's own User, once it is known
local Bot = setmetatable({}, { __index = composer.methods })

local bot_meta = { __name = "tgrunner.Bot", __index = Bot }

local bot = { methods = Bot }

-- What is there of the bot's own User must be what commands and filters compare with.
local function is_me(value)
  local ok = type(value) == "table" and math.type(value.id) == "integer"
    and (value.username == nil or type(value.username) == "string")
  return ok, "must be the bot's own User: { id = …, username = … }"
end

local proxy_schemes = {
  http = true, https = true, socks4 = true, socks4a = true, socks5 = true, socks5h = true,
}

-- A proxy's URL may hold a password.
local function is_proxy(value)
  local ok = type(value) == "string" and not value:find "[%c%s]"
  local scheme = ok and value:match "^([^:/]*)://"
  if scheme and not proxy_schemes[scheme:lower()] then
    return false, "must be an http, https, socks4, socks4a, socks5 or socks5h URL", true
  end
  return ok, "must be a URL, or \"\" for none", type(value) == "string"
end

local config_spec = {
  api_root = "string",
  me = is_me,
  auto_retry = "boolean|table",
  client = {
    timeout_s = function(value)
      return type(value) == "number" and value > 0, "must be a number of seconds above 0"
    end,
    proxy = is_proxy,
    environment = function(value)
      return value == "prod" or value == "test", 'must be "prod" or "test"'
    end,
    api_root = "string",
    ip = function(value) return value == 4 or value == 6, "must be 4 or 6" end,
  },
}

local no_token = "no bot token. Set BOT_TOKEN, use --token-file, or put BOT_TOKEN=... in .env "
  .. "(token comes from @BotFather)"

local function new_client(token, config, settings)
  local client_config = config.client or {}
  local ok, client = pcall(host.client, {
    token = token,
    api_root = config.api_root or client_config.api_root or settings.api_root,
    environment = client_config.environment == "test" and "test" or nil,
    timeout_s = client_config.timeout_s,
    proxy = client_config.proxy,
    ip = client_config.ip,
    object_fields = object_fields,
  })
  if ok then return client end
  errors.usage("%s", (tostring(client):gsub("^[^\n]-:%d+: ", "")))
end

-- ---- who am I ----------------------------------------------------------------------------------

-- While it is open, others that ask wait for it; however it ends, they look again.
local function begin_asking(self)
  local asked = host.event()
  self._asked = asked
  return setmetatable({}, {
    __close = function()
      self._asked = nil
      asked:set()
    end,
  })
end

--- Learns who the bot is, with getMe; calls it once, however often and by how many it is asked.
---@return table me the bot's own User
function Bot:init()
  while not self.me do
    if self._asked then
      self._asked:wait()
    else
      local _ <close> = begin_asking(self)
      self:_set_me(self.api.getMe())
    end
  end
  return self.me
end

--- Whether the bot knows who it is.
---@return boolean
function Bot:is_inited()
  return self.me ~= nil
end

local function start_workers(self)
  if loaded.distribute then loaded.distribute.start_all(self, self.me) end
end

---@param me table
function Bot:_set_me(me)
  self.me = me
  start_workers(self)
end

-- For ctx.me: asks when it is not known.
function Bot:_me() return self.me or self:init() end

function Bot:_client() return self._native end

-- ---- errors ------------------------------------------------------------------------------------

--- Sets what is called when a handler fails, instead of logging it: in every mode, with `error`
--- (what was raised), `ctx` and `traceback`. The update has not ended until it returns.
---@param handler fun(err: tgrunner.BotError)
function Bot:catch(handler)
  if type(handler) ~= "function" then
    errors.usage("bot:catch takes a function (got a %s)", type(handler))
  end
  self._catch = handler
end

local function where(ctx)
  local text = ("update %s"):format(tostring(ctx.update_id))
  if ctx.kind then text = ("%s, %s"):format(ctx.kind, text) end
  local chat = ctx.chat_id
  return chat and ("%s, chat %s"):format(text, tostring(chat)) or text
end

local function log_failure(err)
  local lines = { errors.text(err.error), "  in " .. where(err.ctx) }
  if errors.is_api(err.error) and err.error.handler then
    lines[2] = ("%s, in the handler at %s"):format(lines[2], err.error.handler)
  end
  if err.traceback and err.traceback:find "\n" then lines[3] = err.traceback end -- one with frames
  host.log("error", table.concat(lines, "\n"))
end

local function fail(self, ctx, err, traceback)
  local bot_error = errors.bot(err, ctx, traceback)
  local handler = self._catch or log_failure
  return handler(bot_error)
end

-- ---- updates -----------------------------------------------------------------------------------

local function find_conversations(self)
  local conversations = loaded.conversations
  if not conversations then -- a bot:conversation without them is a mistake that they tell
    local is_wanted = false
    self:_each_node(function(node) is_wanted = is_wanted or node.type == "conversation" end)
    conversations = is_wanted and require "tgrunner.conversations"
  end
  return conversations and conversations.find(self) or nil
end

--- What the host runs an update with. Nothing can be registered afterwards.
---@return fun(raw: any): tgrunner.Context prepare cheap, never waits
---@return fun(ctx: tgrunner.Context) consume the middleware; errors propagate
---@return fun(ctx: tgrunner.Context, err: any, traceback: string?) failed
---@return table? router see compose.router_of
function Bot:_compose()
  if not self._run_all then
    local function last() end
    local run_all = compose.framed(compose.one(self, last))
    self._router = compose.router_of(run_all, last)
    self._conversations = find_conversations(self)
    self._run_all = run_all
    if self.me then start_workers(self) end
  end
  return self._prepare, self._run_all, self._failed, self._router
end

-- As with JSON: without its id it is no Update. What Telegram may add to one is not checked.
local function check_update(update)
  if type(update) ~= "table" or getmetatable(update) ~= nil then return end
  if math.type(update.update_id) == "integer" then return end
  errors.usage("bot:handle_update: an update needs an integer update_id (got %s)",
    options.shown(update.update_id))
end

--- Handles one update in the calling coroutine. Errors go to bot:catch, or to the log.
---@param update table|string an Update, or its JSON text
function Bot:handle_update(update)
  check_update(update)
  local prepare, consume, failed = self:_compose()
  local ctx = prepare(update)
  local ok, raised = xpcall(consume, errors.with_traceback, ctx)
  if not ok then failed(ctx, raised.error, raised.traceback) end
end

--- Fetches updates and handles them one after another. Returns at once.
---@param opts table? source, runner, sink: see tg.run
---@return tgrunner.Runner
function Bot:start(opts)
  if self._runner then return self._runner:start() end
  self._runner = require("tgrunner.run").start(self, opts)
  return self._runner
end

--- Whether bot:start has begun, and nothing has ended it.
---@return boolean
function Bot:is_running()
  return self._runner ~= nil and self._runner:is_running()
end

-- For options.check_bot.
function Bot._refuse_run(name)
  if host.worker() then
    errors.usage("%s: a worker fetches no updates; start the bot in the main script", name)
  end
end

--- Ends what bot:start began: see tgrunner.Runner.stop.
---@param opts { deadline_ms?: integer }?
---@return table? report
function Bot:stop(opts)
  if not self._runner then return nil end
  return self._runner:stop(opts)
end

-- ---- making one --------------------------------------------------------------------------------

local function new_api(client, config)
  local result = api.new(client, files.wrapper(client))
  if config.auto_retry ~= false then
    result.config:use(auto_retry.new(config.auto_retry ~= true and config.auto_retry or nil))
  end
  return result
end

--- A bot.
---@param token string? without one: of --token-file, a systemd credential, BOT_TOKEN or .env
---@param config table? api_root: URL of a Bot API server of one's own; client: { timeout_s, proxy
---(URL: http, https, socks5 …), environment = "test", ip = 4 or 6 }; me: the bot's own User, so
---that it is not asked for; auto_retry: false, or the options of tg.auto_retry
---@return tgrunner.Bot
function bot.new(token, config)
  config = options.check("Bot config", config, config_spec)
  local settings = host.settings()
  if token == nil then token = settings.token end
  if token == nil then
    host.note_auth(no_token) -- the program ends with its own status for this
    errors.usage("%s", no_token)
  end
  if type(token) ~= "string" then
    errors.usage("tg.Bot: the token must be a string (got a %s)", type(token))
  end
  local client = new_client(token, config, settings)
  local self = setmetatable({
    _nodes = {},
    _native = client,
    api = new_api(client, config),
    me = config.me,
  }, bot_meta)
  -- What a worker's bot is made of: see tg.BotWorker.
  self._inherited = {
    token = token,
    api_root = config.api_root,
    client = config.client,
    auto_retry = config.auto_retry,
  }
  self._new_api = api.children(self.api)
  self._prepare, self._context = context.maker(self)
  self._failed = function(ctx, err, traceback) return fail(self, ctx, err, traceback) end
  return self
end

return bot
