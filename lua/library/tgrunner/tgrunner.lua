---@meta _
-- What `require "tgrunner"` gives, for editors with LuaLS; never loaded. Here to
-- be read by them: lua/tgrunner/init.lua looks for each field when it is first used.

---@class tgrunner
---@field loop? fun() in the stock interpreter: runs handlers until nothing is left to do
---@field step? fun(budget_ms: number?): boolean, boolean in the stock interpreter: runs handlers
---  for up to budget_ms without waiting; whether work is left now, whether anything is left
local tg = {
  _VERSION = require("tgrunner.host").version,

  -- Bots and middleware
  Bot = require("tgrunner.bot").new,
  BotWorker = require("tgrunner.bot_worker").new,
  Composer = require("tgrunner.composer").new,
  Context = { has = require("tgrunner.context").checkers },
  conversations = require("tgrunner.conversations").new,
  match_filter = require("tgrunner.filter").match,
  pattern = require("tgrunner.pattern").new,

  -- The API
  InputFile = require("tgrunner.input_file").new,
  auto_retry = require("tgrunner.auto_retry").new,
  is_api_error = require("tgrunner.errors").is_api,
  is_bot_error = require("tgrunner.errors").is_bot,
  throttler = require("tgrunner.throttler").new,

  -- Messages
  InlineKeyboard = require("tgrunner.inline_keyboard").new,
  InlineQueryResultBuilder = require("tgrunner.inline_result"),
  InputMediaBuilder = require("tgrunner.input_media"),
  Keyboard = require("tgrunner.reply_keyboard").new,
  escape_html = require("tgrunner.escape").html,
  escape_markdown = require("tgrunner.escape").markdown,
  fmt = require("tgrunner.fmt"),

  -- Values
  API_CONSTANTS = require("tgrunner.constants"),
  array = require("tgrunner.json").array,
  json = { encode = require("tgrunner.json").encode, decode = require("tgrunner.json").decode },
  log = require("tgrunner.log"),
  null = require("tgrunner.json").null,
  object = require("tgrunner.json").object,

  -- The engine
  create_batch_sink = require("tgrunner.sink").batch,
  create_concurrent_sink = require("tgrunner.sink").concurrent,
  create_runner = require("tgrunner.runner").create,
  create_sequential_sink = require("tgrunner.sink").sequential,
  create_source = require("tgrunner.source").create,
  create_update_fetcher = require("tgrunner.fetcher").create,
  distribute = require("tgrunner.distribute").middleware,
  run = require("tgrunner.run").run,
  sequentialize = require("tgrunner.sequentialize").middleware,
  shared = require("tgrunner.shared"),

  -- State
  enhance_storage = require("tgrunner.storage").enhance,
  lazy_session = require("tgrunner.session").lazy,
  session = require("tgrunner.session").session,
  storage = require("tgrunner.storage"),

  -- Coroutines
  all = require("tgrunner.tasks").all,
  every = require("tgrunner.tasks").every,
  fetch = require("tgrunner.fetch").fetch,
  is_fetch_error = require("tgrunner.errors").is_fetch,
  sleep = require("tgrunner.tasks").sleep,
  spawn = require("tgrunner.tasks").spawn,
  timeout = require("tgrunner.tasks").timeout,
}
