local flow = require "support.flow"

local bot = [[
  local tg = require "tgrunner"
  local bot = tg.Bot()
  bot:on("message", function(ctx) ctx:reply("You said " .. ctx.text) end)
  tg.run(bot)
]]

-- Runs a spec in the folder of `bot`; its cases follow the line that makes `t`.
local function run(cases, args)
  local path = flow.file(bot)
  local spec = flow.file(([[
    local testing = require "tgrunner.testing"
    local t = testing.new %q
    %s
  ]]):format(path, cases), "bot_spec.lua")
  if args then return flow.run { table.unpack(args), spec } end
  return flow.run { spec }
end

describe("a plain script with tests", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("prints a line a case and the sum, and ends with 0", function()
    local result = run [[
      testing.case("it echoes", function()
        t:text "hi"
        testing.equal({ "You said hi" }, t:sent())
      end)
      testing.case("nothing", function() end)
    ]]
    assert.equal("ok      it echoes\nok      nothing\n2 passed, 0 failed\n", result.out)
    assert.equal(0, result.code, result.err)
    assert.equal("", result.err)
  end)

  it("ends with 1 when a case has failed, and says where", function()
    local result = run [[
      testing.case("bad", function() testing.equal(1, #t:sent()) end)
      testing.case("good", function() end)
    ]]
    assert.matches("^FAILED  bad\n", result.out)
    assert.matches("bot_spec.lua:3: it is 0, not 1", result.out)
    assert.matches("\n1 passed, 1 failed\n$", result.out)
    assert.equal(1, result.code)
  end)

  it("ends although the bot would go on for ever, at once and without network", function()
    local result = run [[
      local tg = require "tgrunner"
      tg.every(1000, function() end)
      tg.spawn(tg.sleep, 1e12)
      tg.sleep(3600000)
      print "an hour later"
    ]]
    assert.equal("an hour later\n", result.out)
    assert.equal(0, result.code)
  end)

  it("that waits for what cannot come fails instead of hanging", function()
    local result = run [[
      local runner
      testing.new(function() runner = require("tgrunner").run(t.bot) end)
      runner:task():wait()
    ]]
    assert.equal(1, result.code)
    assert.matches("the test waits for something that cannot happen any more", result.err)
  end)

  it("that waits for an answer that it holds back itself is told so", function()
    local result = run [[
      local tg = require "tgrunner"
      local held = t:hold "sendMessage"
      t:text "hi"
      t.bot.api.send_message { chat_id = 1, text = "held as well" }
    ]]
    assert.equal(1, result.code)
    assert.matches("no answer within 500 s: t:hold has held it back", result.err)
  end)
end)

describe("busted with tgrunner-lua", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("runs specs of bots, several files of them", function()
    local path = flow.file(bot)
    local text = ([[
      local testing = require "tgrunner.testing"
      describe("the bot", function()
        local t
        before_each(function() t = testing.new %q end)
        it("echoes", function()
          t:text "hi"
          assert.same({ "You said hi" }, t:sent())
        end)
        it("fails here", function()
          error "on purpose"
        end)
      end)
      testing.case("a case", function() assert(t == nil) end)
    ]]):format(path)
    local one, two = flow.file(text, "one_spec.lua"), flow.file(text, "two_spec.lua")
    local process = flow.start("/usr/bin/env", {
      "busted", "--lua=" .. flow.program "tgrunner-lua", "--output=plainTerminal", one, two,
    })
    assert.equal(1, (process:wait()))
    assert.matches("4 successes / 0 failures / 2 errors", process:out())
  end)

  it("leaves nothing of one file to the next one", function()
    local one = flow.file([[
      local testing = require "tgrunner.testing"
      it("begins what does not end", function()
        testing.new(function()
          local tg = require "tgrunner"
          tg.every(1000, function() print "of the first file" end)
          tg.run(tg.Bot())
        end)
      end)
    ]], "one_spec.lua")
    local two = flow.file([[
      local testing = require "tgrunner.testing"
      it("lets time pass", function()
        local time = os.time()
        local t = testing.new(function() return require "tgrunner".Bot() end)
        t:advance(10000)
        assert.equal(time + 10, os.time())
      end)
    ]], "two_spec.lua")
    local process = flow.start("/usr/bin/env", {
      "busted", "--lua=" .. flow.program "tgrunner-lua", "--output=plainTerminal", one, two,
    })
    assert.equal(0, (process:wait()))
    assert.matches("2 successes", process:out())
    assert.is_nil(process:out():find("of the first file", 1, true))
  end)

  it("does not end when a bot calls os.exit", function()
    local process = flow.start("/usr/bin/env", {
      "busted", "--lua=" .. flow.program "tgrunner-lua", "--output=plainTerminal", flow.file([[
        local testing = require "tgrunner.testing"
        it("quits", function()
          testing.new(function()
            local bot = require "tgrunner".Bot()
            bot:command("quit", function() os.exit(0) end)
            return bot
          end):command "quit"
        end)
      ]], "quit_spec.lua"),
    })
    assert.equal(1, (process:wait()))
    assert.matches("the bot called os.exit%(0%)", process:out())
  end)
end)
