--- tgrunner: what scripts see as `local tg = require "tgrunner"`.
local auto_retry = require "tgrunner.auto_retry"
local bot = require "tgrunner.bot"
local bot_worker = require "tgrunner.bot_worker"
local composer = require "tgrunner.composer"
local constants = require "tgrunner.constants"
local context = require "tgrunner.context"
local conversations = require "tgrunner.conversations"
local distribute = require "tgrunner.distribute"
local errors = require "tgrunner.errors"
local escape = require "tgrunner.escape"
local fetch = require "tgrunner.fetch"
local fetcher = require "tgrunner.fetcher"
local filter = require "tgrunner.filter"
local fmt = require "tgrunner.fmt"
local host = require "tgrunner.host"
local inline_keyboard = require "tgrunner.inline_keyboard"
local inline_result = require "tgrunner.inline_result"
local input_file = require "tgrunner.input_file"
local input_media = require "tgrunner.input_media"
local json = require "tgrunner.json"
local library = require "tgrunner.library"
local log = require "tgrunner.log"
local pattern = require "tgrunner.pattern"
local reply_keyboard = require "tgrunner.reply_keyboard"
local run = require "tgrunner.run"
local runner = require "tgrunner.runner"
local sequentialize = require "tgrunner.sequentialize"
local session = require "tgrunner.session"
local shared = require "tgrunner.shared"
local sink = require "tgrunner.sink"
local source = require "tgrunner.source"
local storage = require "tgrunner.storage"
local tasks = require "tgrunner.tasks"
local throttler = require "tgrunner.throttler"

---@class tgrunner
---@field loop? fun() in the stock interpreter: runs handlers until nothing is left to do
---@field step? fun(budget_ms: number?): boolean, boolean in the stock interpreter: runs handlers
---  for up to budget_ms without waiting; whether work is left now, whether anything is left
local tg = {
  _VERSION = host.version,

  -- Bots and middleware
  Bot = bot.new,
  BotWorker = bot_worker.new,
  Composer = composer.new,
  Context = { has = context.checkers },
  conversations = conversations.new,
  match_filter = filter.match,
  pattern = pattern.new,

  -- The API
  InputFile = input_file.new,
  auto_retry = auto_retry.new,
  is_api_error = errors.is_api,
  is_bot_error = errors.is_bot,
  throttler = throttler.new,

  -- Messages
  InlineKeyboard = inline_keyboard.new,
  InlineQueryResultBuilder = inline_result,
  InputMediaBuilder = input_media,
  Keyboard = reply_keyboard.new,
  escape_html = escape.html,
  escape_markdown = escape.markdown,
  fmt = fmt,

  -- Values
  API_CONSTANTS = constants,
  array = json.array,
  json = { encode = json.encode, decode = json.decode },
  log = log,
  null = json.null,
  object = json.object,

  -- The engine
  create_batch_sink = sink.batch,
  create_concurrent_sink = sink.concurrent,
  create_runner = runner.create,
  create_sequential_sink = sink.sequential,
  create_source = source.create,
  create_update_fetcher = fetcher.create,
  distribute = distribute.middleware,
  run = run.run,
  sequentialize = sequentialize.middleware,
  shared = shared,

  -- State
  enhance_storage = storage.enhance,
  lazy_session = session.lazy,
  session = session.session,
  storage = storage,

  -- Coroutines
  all = tasks.all,
  every = tasks.every,
  fetch = fetch.fetch,
  is_fetch_error = errors.is_fetch,
  sleep = tasks.sleep,
  spawn = tasks.spawn,
  timeout = tasks.timeout,
}

library.show(tg)

return tg
