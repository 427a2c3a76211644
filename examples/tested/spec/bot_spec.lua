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
