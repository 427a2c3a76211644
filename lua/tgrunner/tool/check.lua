--- Check: `tgrunner-lua check`, mistakes of a bot without running it.
---
--- The main chunk runs on a stage of the testing kit: nothing reaches a network, tg.run takes the
--- bot and polls for nothing. What the library refuses (an unknown filter, option, kind of update)
--- is noted, and the script goes on as if it had been right, so that all of it is told at once.
--- Then its text is looked through: see tgrunner.tool.scan.
local bots = require "tgrunner.bot"
local composer = require "tgrunner.composer"
local errors = require "tgrunner.errors"
local fetcher = require "tgrunner.fetcher"
local say = require "tgrunner.tool.say"
local scan = require "tgrunner.tool.scan"
local source = require "tgrunner.tool.source"
local stage = require "tgrunner.testing.stage"
local testing = require "tgrunner.testing"
local tg = require "tgrunner"

local check = {}

local EXIT_PROBLEMS <const>, EXIT_SYNTAX <const>, EXIT_NO_SCRIPT <const> = 1, 65, 66

-- ---- what the library refuses ------------------------------------------------------------------

local problems -- of the script that is checked: { text, … }

local function is_here(frame)
  return frame.source:sub(1, 1) == "@"
end

-- "bot.lua:12: " of the innermost frame of the script.
local function place()
  for level = 2, 60 do
    local frame = debug.getinfo(level, "Sl")
    if not frame then return "" end
    if is_here(frame) and frame.currentline > 0 then
      return ("%s:%d: "):format(frame.short_src, frame.currentline)
    end
  end
  return ""
end

-- `kind`: what makes it no mistake, so that the exit status stays; nil for one.
local function note(message, kind)
  message = message:gsub("^%./", "")
  if problems.seen[message] then return end
  problems.seen[message] = true
  problems[#problems + 1] = message
  if not kind then problems.mistakes = problems.mistakes + 1 end
end

local REMARK <const> = "remark"

-- In place of what could not be made: middleware, and a transformer, that change nothing.
local function passes(first, second, ...)
  if type(first) == "function" then return first(second, ...) end
  if type(second) == "function" then return second() end
end

-- Calls `fn`; an error is noted, and `fallback` stands in for the result.
local function tolerant(fn, fallback)
  return function(...)
    local result = table.pack(pcall(fn, ...))
    if result[1] then return table.unpack(result, 2, result.n) end
    local err = result[2]
    if type(err) ~= "string" then error(err, 0) end
    note(place() .. err:gsub("^[^\n]-:%d+: ", ""))
    return fallback(...)
  end
end

local function tolerate()
  for name, method in pairs(composer.methods) do
    if type(method) == "function" and name:sub(1, 1) ~= "_" then
      composer.methods[name] = tolerant(method, function() return composer.new() end)
    end
  end
  bots.methods.catch = tolerant(bots.methods.catch, function() end)
  local new, run = tg.Bot, tg.run
  tg.Bot = tolerant(new, function() return new() end)
  tg.run = tolerant(run, function(bot) return run(type(bot) == "table" and bot or new()) end)
  for _, name in ipairs { "sequentialize", "session", "lazy_session", "conversations",
    "distribute", "throttler", "auto_retry" } do
    if tg[name] then tg[name] = tolerant(tg[name], function() return passes end) end
  end
  local worker = tg.BotWorker
  tg.BotWorker = function(...) -- a worker file by itself has a bot, too
    local ok, made = pcall(worker, ...)
    return ok and made or tg.Bot()
  end
  local pattern = tg.pattern
  tg.pattern = tolerant(pattern, function() return pattern "" end)
end

-- ---- one script --------------------------------------------------------------------------------

local function read(path)
  local text, problem = source.read(path)
  if not text then say.wrong(problem) end
  return text
end

-- The modules beside the script that it has loaded: path → text.
local function own_modules(folder, before)
  local found = {}
  for name in pairs(package.loaded) do
    local path = not before[name]
      and package.searchpath(name, folder .. "?.lua;" .. folder .. "?/init.lua")
    if path then found[path] = read(path) end
  end
  return found
end

-- The first line of an error, and whether it is one of syntax.
local function describe(err)
  local text = errors.text(err)
  local inner = text:match "error loading module .- from file .-:%s*(.*)"
  return (inner or text):match "^[^\n]*", inner ~= nil
end

-- tg.fetch of a main chunk: nothing is sent. The answer is an empty object, and what goes wrong
-- behind it says nothing about the script.
local function answer_fetches()
  local where
  stage.fetches:add_rule("", function()
    return { headers = { ["Content-Type"] = "application/json" }, body = "{}" }
  end)
  local fetch = tg.fetch
  tg.fetch = function(...)
    where = where or place()
    return fetch(...)
  end
  return function()
    tg.fetch = fetch
    return where
  end
end

-- What ended a main chunk.
local function note_end(err, path, fetched)
  local text, syntax = describe(err)
  if syntax then
    note(text)
  elseif text:find(testing.NO_END, 1, true) then
    note(path .. ": remark: the main chunk waits without an end, so what follows that was not "
      .. "looked at", REMARK)
  elseif fetched then
    note(("%sremark: check fetches nothing (the answer was {}), so this may be none: %s"):format(
      fetched, text), REMARK)
  else
    note((text:gsub(" %(limit: max_cpu_milliseconds%)$", "; does it end?")))
  end
  return syntax
end

local function run_chunk(chunk, path)
  local fetched
  local ok, err = pcall(testing.new, function()
    _G.arg = { [0] = path } -- luacheck: ignore 122
    fetched = answer_fetches()
    local result = chunk()
    if type(result) == "table" and result._compose then return result end
    return stage.taken == nil and tg.Bot() or nil -- a script without a bot is fine
  end)
  local where = fetched()
  return not ok and note_end(err, path, where)
end

-- What is looked at when a bot starts: composers that hold themselves, kinds of updates.
local function compose(path)
  local taken = stage.taken
  if not taken then return end
  local function try(fn, ...)
    local ok, err = pcall(fn, ...)
    if not ok then note(("%s: %s"):format(path, errors.text(err):gsub("^[^\n]-:%d+: ", ""))) end
  end
  try(taken.bot._compose, taken.bot)
  local fetch = taken.opts.runner and taken.opts.runner.fetch
  if fetch and fetch.allowed_updates then try(fetcher.check_allowed, fetch.allowed_updates) end
end

local function warnings()
  for _, line in ipairs(stage.logged) do
    if line.level == "warn" then note("warning: " .. line.text) end
  end
end

local function scan_file(path, text)
  scan.text(source.plain(text), function(line, message)
    note(("%s:%d: %s"):format(path, line, message))
  end)
end

-- By file and line, as far as they have one.
local function by_place(a, b)
  local a_path, a_line = a:match "^(.-):(%d+): "
  local b_path, b_line = b:match "^(.-):(%d+): "
  if not a_path and not b_path then return a < b end
  if not a_path or not b_path then return a_path ~= nil end
  if a_path ~= b_path then return a_path < b_path end
  if a_line ~= b_line then return tonumber(a_line) < tonumber(b_line) end
  return a < b
end

---@param path string
---@return integer status
local function check_script(path)
  local text = read(path)
  if not text then return EXIT_NO_SCRIPT end
  problems = { seen = {}, mistakes = 0 }
  local folder = path:match "^(.*[/\\])" or "./"
  local chunk, mistake = source.compile(text, path)
  local syntax = not chunk
  if chunk then
    local before = {}
    for name in pairs(package.loaded) do before[name] = true end
    local path_before = package.path
    package.path = folder .. "?.lua;" .. folder .. "?/init.lua;" .. path_before
    syntax = run_chunk(chunk, path)
    compose(path)
    warnings()
    scan_file(path, text)
    for module_path, module_text in pairs(own_modules(folder, before)) do
      scan_file(module_path, module_text)
    end
    package.path = path_before
    for name in pairs(package.loaded) do
      if not before[name] then package.loaded[name] = nil end
    end
  else
    note(mistake)
  end
  table.sort(problems, by_place)
  for _, problem in ipairs(problems) do say.line(problem) end
  if syntax then return EXIT_SYNTAX end
  if problems.mistakes > 0 then return EXIT_PROBLEMS end
  if #problems > 0 then return 0 end
  say.line(path .. ": no mistakes found")
  return 0
end

--- Checks scripts, one after another.
---@param paths string[]
---@return integer status of the program: the highest of theirs
function check.run(paths)
  tolerate()
  local status = 0
  for _, path in ipairs(paths) do status = math.max(status, check_script(path)) end
  return status
end

return check
