-- How long the testing kit takes: a conversation's timeout of an hour, and updates.
-- Run: build/release/tgrunner-lua spec/bench/testing.lua
local testing = require "tgrunner.testing"
local tg = require "tgrunner"

local function bot()
  local made = tg.Bot()
  made:use(tg.conversations())
  made:conversation("ask", function(conv, ctx)
    ctx:reply "?"
    if not conv:wait_for("message:text", { timeout_ms = 3600000 }) then ctx:reply "Too late." end
  end)
  made:command("ask", function(ctx) ctx:enter "ask" end)
  made:on("message", function(ctx) ctx:reply "x" end)
  return made
end

local function measure(what, count, fn)
  local start = os.clock()
  for _ = 1, count do fn() end
  print(("%-40s %8.3f ms of CPU"):format(what, (os.clock() - start) * 1000 / count))
end

measure("a new test", 200, function() testing.new(bot) end)

local t = testing.new(bot)
measure("an update and its answer", 2000, function() t:text "hi" end)
measure("a conversation that waits an hour", 500, function()
  t:command "ask"
  t:advance(3600000)
end)
assert(t:sent()[#t:sent()] == "Too late.")
