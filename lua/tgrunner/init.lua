--- tgrunner: what scripts see as `local tg = require "tgrunner"`. Its parts are loaded when they
--- are first used: most scripts need a few of them, and each worker has a state of its own.
---
--- What is public is said to editors by lua/library/tgrunner/tgrunner.lua.
local host = require "tgrunner.host"
local library = require "tgrunner.library"

local require, match = require, string.match

-- Field → the part that it is, or "part.field" of it.
---@type table<string, string>
local places = {
  -- Bots and middleware
  Bot = "bot.new",
  BotWorker = "bot_worker.new",
  Composer = "composer.new",
  Context = "context.public",
  conversations = "conversations.new",
  match_filter = "filter.match",
  pattern = "pattern.new",

  -- The API
  InputFile = "input_file.new",
  auto_retry = "auto_retry.new",
  is_api_error = "errors.is_api",
  is_bot_error = "errors.is_bot",
  throttler = "throttler.new",

  -- Messages
  InlineKeyboard = "inline_keyboard.new",
  InlineQueryResultBuilder = "inline_result",
  InputMediaBuilder = "input_media",
  Keyboard = "reply_keyboard.new",
  escape_html = "escape.html",
  escape_markdown = "escape.markdown",
  fmt = "fmt",

  -- Values
  API_CONSTANTS = "constants",
  array = "json.array",
  json = "json.codec",
  log = "log",
  null = "json.null",
  object = "json.object",

  -- The engine
  create_batch_sink = "sink.batch",
  create_concurrent_sink = "sink.concurrent",
  create_runner = "runner.create",
  create_sequential_sink = "sink.sequential",
  create_source = "source.create",
  create_update_fetcher = "fetcher.create",
  distribute = "distribute.middleware",
  run = "run.run",
  sequentialize = "sequentialize.middleware",
  shared = "shared",

  -- State
  enhance_storage = "storage.enhance",
  lazy_session = "session.lazy",
  session = "session.session",
  storage = "storage",

  -- Coroutines
  all = "tasks.all",
  every = "tasks.every",
  fetch = "fetch.fetch",
  is_fetch_error = "errors.is_fetch",
  sleep = "tasks.sleep",
  spawn = "tasks.spawn",
  timeout = "tasks.timeout",
}

---@class tgrunner
local tg = { _VERSION = host.version }

local function find(self, name)
  local part, field = match(places[name] or "", "^([%w_]+)%.?([%w_]*)$")
  if not part then return nil end
  local value = require("tgrunner." .. part)
  if field ~= "" then value = value[field] end
  rawset(self, name, value)
  return value
end

local function find_all()
  for name in next, places do local _ = tg[name] end
end

setmetatable(tg, {
  __index = find,
  __pairs = function(self)
    find_all()
    return next, self
  end,
  __metatable = "tgrunner",
})

library.show(tg)
if not host.parts then find_all() end -- a state of others, who change what parts are made of

return tg
