--- Project: what `tgrunner-lua init` writes: the files of examples/tested.
-- luacheck: no max line length
local say = require "tgrunner.tool.say"

local project = {}

-- In the order in which they are written and told.
---@type { [1]: string, [2]: string }[] path and text
project.files = {
{ "bot.lua", [==[
-- A bot. Run it without token and network:  tgrunner-lua --sim bot.lua
-- With the token of @BotFather in .env (see .env.example):  tgrunner-lua bot.lua
-- Test it:  tgrunner-lua spec/bot_spec.lua
local tg = require "tgrunner"
local bot = tg.Bot()

-- Updates of one chat are handled one after another, those of different chats at the same time.
bot:use(tg.sequentialize "chat")

-- What the bot remembers of each chat. In memory; to keep it, add
-- storage = tg.storage.sqlite "bot.db"
bot:use(tg.session { initial = function() return { reminders = 0 } end })

bot:command("start", function(ctx)
  ctx:reply(("Hello, %s! Try /remind 10 tea, or /count."):format(ctx.from.first_name))
end)

-- "/remind 10 tea": ctx.match is what follows the command.
bot:command("remind", function(ctx)
  local minutes, what = ctx.match:match "^(%d+)%s+(.+)$"
  if not minutes then return ctx:reply "Example: /remind 10 tea" end
  ctx.session.reminders = ctx.session.reminders + 1
  ctx:reply(("I will remind you in %s min."):format(minutes))
  -- A task of its own: the handler ends now, the chat goes on.
  tg.spawn(function()
    tg.sleep(tonumber(minutes) * 60 * 1000)
    ctx:reply("Remember: " .. what)
  end)
end)

-- A message with a button, and what happens when it is pressed.
bot:command("count", function(ctx)
  ctx:reply(("Reminders so far: %d"):format(ctx.session.reminders), {
    reply_markup = tg.InlineKeyboard():text("Start again", "reset"),
  })
end)

bot:callback_query("reset", function(ctx)
  ctx.session.reminders = 0
  ctx:answer_callback_query "Done"
  ctx:edit_message_text "Reminders so far: 0"
end)

-- Whatever no handler above was for.
bot:on("message", function(ctx) ctx:reply "I know /start, /remind and /count." end)

-- An error in a handler comes here; the bot goes on.
bot:catch(function(err)
  tg.log.error("%s\n%s", tostring(err.error), err.traceback or "")
end)

tg.run(bot)
]==] },

{ "spec/bot_spec.lua", [==[
-- Tests of bot.lua: no token, no network, no waiting.
-- Run them with:  tgrunner-lua spec/bot_spec.lua   or all with:  busted --lua=tgrunner-lua spec
local testing = require "tgrunner.testing"

-- A new bot for each case, from the file beside the folder of this one.
local here = debug.getinfo(1, "S").source:match "^@(.*)spec[/\\]" or ""
local function new() return testing.new(here .. "bot.lua") end

testing.case("greets by name", function()
  local t = new()
  t:command("start", { from = { id = 7, first_name = "Zoe" } })
  testing.equal({ "Hello, Zoe! Try /remind 10 tea, or /count." }, t:sent())
end)

testing.case("reminds after ten minutes, not before", function()
  local t = new()
  t:command("remind", "10 tea")
  t:advance(10 * 60 * 1000 - 1) -- the bot's time, not ours
  testing.equal({ "I will remind you in 10 min." }, t:sent())
  t:advance(1)
  testing.equal("Remember: tea", t:last("sendMessage").text)
end)

testing.case("says how /remind is meant", function()
  local t = new()
  t:command "remind"
  testing.equal({ "Example: /remind 10 tea" }, t:sent())
end)

testing.case("counts in each chat, and starts again at a press", function()
  local t = new()
  t:command("remind", "1 tea")
  t:command("remind", "2 tea", { chat = -100 }) -- in a group
  t:command "count"
  testing.equal("Reminders so far: 1", t:last().text)
  t:click "Start again"
  testing.equal("Done", t:last("answerCallbackQuery").text)
  local messages = t:messages()
  testing.equal("Reminders so far: 0", messages[#messages].text)
  t:command "count"
  testing.equal("Reminders so far: 0", t:last().text)
end)

testing.case("counts reminders that come at once", function()
  local t = new()
  t:together(function()
    t:command("remind", "1 tea")
    t:command("remind", "2 tea")
  end)
  t:command "count"
  testing.equal("Reminders so far: 2", t:last().text)
end)

testing.case("keeps its promise when Telegram asks it to slow down", function()
  local t = new()
  t:fail("sendMessage", { error_code = 429, parameters = { retry_after = 5 } }, { times = 1 })
  t:text "hi"
  testing.equal({}, t:sent())
  t:advance(5000)
  testing.equal({ "I know /start, /remind and /count." }, t:sent())
end)
]==] },

{ "README.md", [==[
# A Telegram bot

| what | how |
| --- | --- |
| try it, without token and network | `tgrunner-lua --sim bot.lua`, then type `/start` |
| test it | `tgrunner-lua spec/bot_spec.lua`, or `busted` for all files of `spec` |
| look for mistakes | `tgrunner-lua check bot.lua` |
| run it | copy `.env.example` to `.env`, put your token in, then `tgrunner-lua bot.lua` |

`bot.lua` is the bot, `spec/bot_spec.lua` its tests. When the bot grows, put handlers into files of their own: a file that returns a `tg.Composer()` is used with `bot:use(require "handlers.orders")`.
]==] },

{ ".env.example", [==[
# Copy this file to .env and put in the token that @BotFather gave you. Never commit .env.
BOT_TOKEN=123456:ABC-your-token
]==] },

{ ".gitignore", [==[
.env
*.db
*.db-shm
*.db-wal
]==] },

{ ".busted", [==[
return { default = { lua = "tgrunner-lua", ROOT = { "spec" }, pattern = "_spec" } }
]==] },
}

local function exists(path)
  local file = io.open(path, "rb")
  if file then file:close() end
  return file ~= nil
end

local function write(path, text)
  local file, problem = io.open(path, "wb")
  if not file then return problem end
  local written, failure = file:write(text)
  local closed, at_close = file:close()
  if not written or not closed then return ("%s: %s"):format(path, failure or at_close) end
end

-- What brings a shell to a folder; "" when it is there.
local function change_to(dir)
  if dir == "." then return "" end
  if dir:find "[^%w%._/-]" then dir = "'" .. dir:gsub("'", "'\\''") .. "'" end
  return ("cd %s && "):format(dir)
end

--- Writes a small bot project. Nothing that is there is overwritten.
---@param dir string it and its folder spec exist
---@return integer status of the program
function project.create(dir)
  dir = dir:match "^(.-)/*$"
  if dir == "" then dir = "/" end
  for _, file in ipairs(project.files) do
    local path = dir .. "/" .. file[1]
    if exists(path) then
      say.line("kept     " .. path .. " (it was there)")
    else
      local problem = write(path, file[2])
      if problem then
        say.wrong("cannot write %s", problem)
        return 1
      end
      say.line("created  " .. path)
    end
  end
  say.line(("\nNext:  %stgrunner-lua --sim bot.lua    (then type /start)"):format(change_to(dir)))
  say.line "Tests: tgrunner-lua spec/bot_spec.lua"
  return 0
end

return project
