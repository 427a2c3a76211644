local bot_test = require "support.bot_test"
local raised = require "support.raised"
local testing = require "tgrunner.testing"
local tg = require "tgrunner"

describe("an error in a handler", function()
  local function crash(bot)
    bot:on("message", function() error "went wrong" end)
  end

  it("fails the test, with its place", function()
    local t = bot_test(crash)
    local text = raised(t.text, t, "hi")
    assert.matches("failures_spec.lua:%d+: went wrong", text)
    assert.matches("in message, update 1", text)
    assert.matches("stack traceback", text)
  end)

  it("goes to bot:catch where there is one", function()
    local caught
    local t = bot_test(function(bot)
      crash(bot)
      bot:catch(function(err) caught = err end)
    end)
    t:text "hi"
    assert.matches("went wrong", caught.error)
    assert.equal("hi", caught.ctx.text)
  end)

  it("fails the test when bot:catch raises it again", function()
    local t = bot_test(function(bot)
      crash(bot)
      bot:catch(function(err) error(err.error, 0) end)
    end)
    assert.matches("in bot:catch: .*went wrong", raised(t.text, t, "hi"))
  end)

  it("fails the test in a task that nobody waits for", function()
    local t = bot_test(function(bot)
      bot:on("message", function(ctx)
        tg.spawn(function() error "alone" end)
        ctx:reply(tostring(select(2, pcall(tg.all, { function() error("seen", 0) end }))))
      end)
    end)
    assert.matches("task that nobody waits for: .*failures_spec.lua:%d+: alone",
      raised(t.text, t, "hi"))
    assert.same({ "seen" }, t:sent())
  end)

  it("fails the test behind a timeout of a conversation", function()
    local function ask(bot)
      bot:use(tg.conversations())
      bot:conversation("ask", function(conv)
        conv:wait { timeout_ms = 1000 }
        conv:reply "late"
      end)
      bot:command("ask", function(ctx) ctx:enter "ask" end)
    end
    local t = bot_test(ask)
    t:command "ask"
    t:fail("sendMessage", 403)
    assert.matches("sendMessage: 403", raised(t.advance, t, 1000))
  end)

  it("fails the test inside bot:handle_update", function()
    local bot
    local t = bot_test(function(made)
      bot = made
      crash(bot)
    end)
    tg.spawn(bot.handle_update, bot, {
      update_id = 7, message = { message_id = 1, date = 1, chat = { id = 1, type = "private" } },
    })
    assert.matches("went wrong\n  in message, update 7", raised(t.advance, t, 1))
  end)

  it("fails the test in a function of tg.every", function()
    local t = bot_test(function() tg.every(1000, function() error "each time" end) end)
    t:advance(999)
    assert.matches("in a function of tg.every: .*failures_spec.lua:%d+: each time",
      raised(t.advance, t, 1))
  end)

  it("fails the test when sink.timeout has no handler that is told", function()
    local t = bot_test(function(bot) bot:on("message", function() tg.sleep(1e6) end) end,
      { sink = { timeout = { milliseconds = 10 } } })
    t:text "hi"
    assert.matches("update 1 took longer than sink.timeout %(10 ms%)", raised(t.advance, t, 10))
  end)

  it("fails the test behind tg.run", function()
    local t = testing.new(function()
      tg.run(tg.Bot())
      tg.sleep(1000)
      error "later"
    end)
    assert.matches("behind tg.run: .*failures_spec.lua:%d+: later", raised(t.advance, t, 1000))
    assert.matches("at once", raised(testing.new, function()
      tg.run(tg.Bot())
      error "at once"
    end))
  end)

  it("is in t.errors when bot:catch takes it", function()
    local t = bot_test(function(bot)
      crash(bot)
      bot:catch(function() end)
    end)
    t:text "hi"
    assert.equal(1, #t.errors)
    assert.matches("went wrong", t.errors[1].error)
    assert.equal("hi", t.errors[1].ctx.text)
    t:forget()
    assert.same({}, t.errors)
  end)

  it("fails the test although the bot took it, when it is a mistake of the test", function()
    local t = bot_test(function(bot)
      bot:command("fetch", function() pcall(tg.fetch, "http://x/") end)
      bot:command("ask", function(ctx) pcall(ctx.api.get_my_star_balance) end)
      bot:command("raise", function() tg.fetch "http://x/" end)
    end)
    assert.matches("no answer is known for http://x/", raised(t.command, t, "fetch"))
    assert.matches("getMyStarBalance", raised(t.command, t, "ask"))
    local text = raised(t.command, t, "raise")
    assert.matches("no answer is known.*in message, update 3", text)
    assert.is_nil(text:find "more%)")
    t:advance(1)
  end)

  it("fails the test when the bot calls os.exit", function()
    local after = false
    local t = bot_test(function(bot)
      bot:command("quit", function()
        pcall(os.exit, 0)
        os.exit(3)
        after = true
      end)
    end)
    assert.matches("failures_spec.lua:%d+: the bot called os.exit%(", raised(t.command, t, "quit"))
    assert.is_false(after)
  end)

  it("fails the test when time brings it", function()
    local t = bot_test(function(bot)
      bot:on("message", function()
        tg.sleep(1000)
        error "too late"
      end)
    end)
    t:text "hi"
    t:advance(999)
    assert.matches("too late", raised(t.advance, t, 1))
  end)
end)
