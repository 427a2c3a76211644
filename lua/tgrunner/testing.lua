--- Testing: a bot under test, without network and without waiting.
---
---     local testing = require "tgrunner.testing"
---     local t = testing.new "bot.lua"
---     t:command "start"
---     assert(t:last("sendMessage").text == "Welcome!")
---
--- From the first `require` on the whole Lua state is a test's: API calls and tg.fetch are answered
--- by the test, and time stands still until the test moves it (tg.sleep, tg.every, timeouts,
--- os.time). Handlers run as ever: as coroutines, through the bot's middleware, in order of
--- sequentialize. What people do (`t:text`, `t:callback` …) returns when the bot is at rest: when
--- all it does waits for time, or for an answer that the test holds back.
local bot_test = require "tgrunner.testing.bot_test"
local cases = require "tgrunner.testing.cases"
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local run = require "tgrunner.run"
local stage = require "tgrunner.testing.stage"

local testing = { case = cases.case, equal = cases.equal }

-- ---- loading -----------------------------------------------------------------------------------

local function is_bot(value)
  return type(value) == "table" and type(value._compose) == "function"
end

local current -- the templates of the last bot's own folder, which are first in package.path
local before = {} -- the modules that were loaded before that bot

-- Modules of the last bot's own folder go: each test gets new ones, from its own bot's folder.
local function unload()
  if not current then return end
  for name in pairs(package.loaded) do
    if not before[name] and package.searchpath(name, current) then package.loaded[name] = nil end
  end
  local from, to = package.path:find(current .. ";", 1, true)
  if from then package.path = package.path:sub(1, from - 1) .. package.path:sub(to + 1) end
end

local function enter(folder)
  unload()
  current = folder .. "?.lua;" .. folder .. "?/init.lua"
  package.path = current .. ";" .. package.path
  before = {}
  for name in pairs(package.loaded) do before[name] = true end
end

local function load_file(path, args)
  local file, problem = io.open(path, "rb")
  local text = file and file:read "a"
  if file then file:close() end
  if not text then errors.usage("testing.new: cannot read the bot: %s", problem or path) end
  local chunk, mistake = load(text:gsub("^#[^\n]*", ""), "@" .. path, "t")
  if not chunk then errors.usage("testing.new: %s", mistake) end
  enter(path:match "^(.*[/\\])" or "./")
  return function()
    _G.arg = { [0] = path, table.unpack(args) } -- luacheck: ignore 122
    return chunk(table.unpack(args))
  end
end

local function text_of(raised)
  local traceback = raised.traceback or ""
  return errors.text(raised.error) .. (traceback ~= "" and "\n" .. traceback or "")
end

--- What is said of a bot that waits for ever.
testing.NO_END = "testing.new: the bot never comes to tg.run"

local STEPS_MAX <const> = 100000 -- of the clock, until a bot that sleeps again and again counts so

-- Runs what makes a bot in a coroutine of its own: it may call the API, sleep, and wait for its
-- runner to end.
local function make(fn)
  local raised, is_made
  local task = host.spawn_child(host.event(), function()
    local ok, result = xpcall(fn, errors.with_traceback)
    if ok then return result end
    if is_made then return stage.fail("behind tg.run: " .. text_of(result)) end
    raised = result
  end)
  local steps = 0
  while not stage.taken and task:status() == "running" do
    local settled = host.settle()
    local next_us = host.clock_next()
    if not stage.taken and task:status() == "running" then
      steps = steps + 1
      if not next_us or not settled or steps > STEPS_MAX then errors.usage(testing.NO_END) end
      host.clock_move(next_us)
    end
  end
  host.settle()
  is_made = true
  if raised then error(text_of(raised), 0) end
  if task:status() == "failed" then task:wait() end -- what ended it raises: too much CPU
  local result = task:status() == "done" and task:wait() or nil
  return is_bot(result) and result or nil
end

-- ---- making one --------------------------------------------------------------------------------

local function is_table(value) return value == nil or type(value) == "table", "must be a table" end

local spec = { me = is_table, user = is_table, run = run.spec, args = is_table }

--- A test of a bot. What the test before has left running is cancelled. What a bot that is given
--- ready-made has begun since it was made (tg.every, tasks, calls) belongs to its first test.
---@param bot string|tgrunner.Bot|fun(): tgrunner.Bot? the path of its script, which may end with
---tg.run(bot) or return the bot; a bot (made after this module was required); or a function that
---makes one, or calls tg.run
---@param opts { me: table?, user: table?, run: tgrunner.RunOptions?, args: string[]? }? the bot's
---User; the User whom updates come from; options in place of those that tg.run was given; the
---arguments of the script
---@return tgrunner.BotTest
function testing.new(bot, opts)
  opts = options.check("testing.new options", opts, spec)
  if is_bot(bot) and not stage.owns(bot) then
    errors.usage 'this bot was made before require "tgrunner.testing": require that first'
  end
  if type(bot) ~= "string" and type(bot) ~= "function" and not is_bot(bot) then
    errors.usage("testing.new takes a path, a bot or a function (got a %s)", type(bot))
  end
  if is_bot(bot) then
    stage.adopt(bot, opts.me, opts.user)
  else
    stage.clear(opts.me, opts.user)
    bot = make(type(bot) == "string" and load_file(bot, opts.args or {}) or bot)
  end
  local taken = stage.taken
  bot = bot or taken and taken.bot
  if not bot then
    errors.usage "testing.new: there is no bot: let it end with tg.run(bot), or return the bot"
  end
  stage.used = true
  if opts.run then taken = { kind = "concurrent", opts = opts.run } end
  return bot_test.new(bot, taken)
end

return testing
