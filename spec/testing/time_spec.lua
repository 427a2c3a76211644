local bot_test = require "support.bot_test"
local raised = require "support.raised"
local tg = require "tgrunner"

describe("time", function()
  it("stands still, and passes in order of what is due", function()
    local log, start = {}, nil
    local t = bot_test(function(bot)
      bot:on("message", function(ctx)
        tg.sleep(tonumber(ctx.text))
        log[#log + 1] = ("%s after %d s"):format(ctx.text, os.time() - start)
      end)
    end)
    start = os.time()
    t:text "3600000"
    t:text "2000"
    assert.same({}, log)
    t:advance(3600000)
    assert.same({ "2000 after 2 s", "3600000 after 3600 s" }, log)
  end)

  it("is that of tg.every, tg.timeout and task:wait", function()
    local ticks, answers = 0, {}
    local t = bot_test(function(bot)
      tg.every(60000, function() ticks = ticks + 1 end)
      bot:on("message", function()
        answers[1] = select(2, tg.timeout(5000, tg.sleep, 1e9))
        answers[2] = select(2, tg.spawn(tg.sleep, 1e9):wait(5000))
      end)
    end)
    t:text "hi"
    t:advance(10000)
    assert.same({ "timeout", "timeout" }, answers)
    t:advance(50000)
    assert.equal(1, ticks)
    t:advance(3600000)
    assert.equal(61, ticks)
  end)

  it("ends handlers that run too long", function()
    local late
    local t = bot_test(function(bot)
      bot:on("message", function(ctx)
        tg.sleep(1e6)
        ctx:reply "never"
      end)
    end, { sink = { timeout = { milliseconds = 60000, handler = function(update)
      late = update.message.text
    end } } })
    t:text "hi"
    t:advance(59999)
    assert.is_nil(late)
    t:run_until_idle()
    assert.equal("hi", late)
    assert.same({}, t:sent())
  end)

  it("does not pass by itself for a test that only looks", function()
    local t = bot_test(function(bot) bot:on("message", function(ctx) ctx:reply "x" end) end)
    local before = t:now()
    t:text "hi"
    assert.equal(before, t:now())
  end)

  it("passes by itself for a test that waits", function()
    local t = bot_test(function() end)
    local before = t:now()
    assert.equal("done", tg.spawn(function()
      tg.sleep(5000)
      return "done"
    end):wait())
    assert.equal(before + 5000, t:now())
  end)

  it("says when it would never be still", function()
    local t = bot_test(function() tg.every(1000, function() end) end)
    assert.matches("more is due later than 10000 ms", raised(t.run_until_idle, t, 10000))
  end)

  it("leaves no timeout of an earlier test's conversation behind", function()
    local t = bot_test(function(bot)
      bot:use(tg.conversations())
      bot:conversation("ask", function(conv) conv:wait { timeout_ms = 1000 } end)
      bot:command("ask", function(ctx) ctx:enter "ask" end)
    end)
    t:command "ask"
    t = bot_test(function() end)
    local before = t:now()
    t:run_until_idle()
    assert.equal(before, t:now())
  end)

  it("leaves nothing of an earlier test behind", function()
    local ticks = 0
    local t = bot_test(function(bot)
      tg.every(1000, function() ticks = ticks + 1 end)
      bot:on("message", function() tg.sleep(500) ticks = ticks + 100 end)
    end)
    t:text "hi"
    t = bot_test(function() end)
    t:advance(10000)
    assert.equal(0, ticks)
  end)
end)
