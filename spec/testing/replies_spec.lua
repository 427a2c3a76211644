local bot_test = require "support.bot_test"
local raised = require "support.raised"
local testing = require "tgrunner.testing"
local tg = require "tgrunner"

describe("answers", function()
  local function echo(bot)
    bot:on("message", function(ctx) ctx:reply(ctx.text) end)
  end

  it("are the test's when it says so", function()
    local answer
    local t = bot_test(function(bot)
      bot:on("message", function(ctx) answer = ctx:get_chat_member_count() end)
    end)
    t:answer("getChatMemberCount", 77)
    t:text "hi"
    assert.equal(77, answer)
    t:answer("getChatMemberCount", function(params) return -params.chat_id end)
    t:text("hi", { chat = -5 })
    assert.equal(5, answer)
    t:answer "getChatMemberCount"
    t:text "hi"
    assert.equal(2, answer)
  end)

  it("fail as Telegram's do", function()
    local seen
    local t = bot_test(function(bot)
      bot:on("message", function(ctx)
        local ok, err = pcall(ctx.reply, ctx, "x")
        seen = not ok and err
      end)
    end)
    t:fail("sendMessage", 403)
    t:text "hi"
    assert.is_true(tg.is_api_error(seen))
    assert.equal("sendMessage: 403 Forbidden: bot was blocked by the user", tostring(seen))
    assert.equal(403, t:last().failure.error_code)
    t:answer("sendMessage", function() return nil, { error_code = 400, description = "No" } end)
    t:text "hi"
    assert.equal("No", seen.description)
    t:fail("sendMessage", { kind = "network", sent = true })
    t:text "hi"
    assert.equal("network", seen.kind)
  end)

  it("leave retries to the bot's own auto_retry, in the bot's time", function()
    local t = bot_test(echo)
    t:fail("sendMessage", { error_code = 429, parameters = { retry_after = 30 } }, { times = 1 })
    t:text "hi"
    t:advance(29999)
    assert.equal(1, #t.calls)
    t:advance(1)
    assert.equal(2, #t.calls)
    assert.same({ "hi" }, t:sent())
  end)

  it("are below all transformers", function()
    local t = bot_test(function(bot)
      bot.api.config:use(tg.throttler())
      echo(bot)
    end)
    t:text "one"
    t:text "two"
    assert.same({ "one" }, t:sent())
    t:run_until_idle()
    assert.same({ "one", "two" }, t:sent())
  end)

  it("can be held back", function()
    local t = bot_test(echo, { sink = { sequentialize = "chat" } })
    local held = t:hold "sendMessage"
    t:text "one"
    t:text "two"
    t:advance(400000)
    assert.equal(1, #held.calls)
    assert.equal("one", held.calls[1].text)
    held:answer()
    assert.same({ "one", "two" }, t:sent())
    held = t:hold "sendMessage"
    t:text("three", { chat = 9 })
    assert.matches("Forbidden", raised(held.fail, held, 403))
  end)

  it("that are held back for too long are the client's timeouts", function()
    local failure
    local t = testing.new(function()
      local bot = tg.Bot(nil, { client = { timeout_s = 2 } })
      bot:on("message", function(ctx)
        local ok, err = pcall(ctx.reply, ctx, "x")
        failure = not ok and tostring(err)
      end)
      return bot
    end)
    local held = t:hold "sendMessage"
    t:text "hi"
    t:advance(1999)
    assert.is_nil(failure)
    t:advance(1)
    assert.equal("sendMessage: timeout error: no answer within 2 s: t:hold has held it back",
      failure)
    held:answer()
    t:text "hi"
    assert.is_false(failure)
    t:hold "sendMessage" -- a test that waits itself is told, instead of waiting for ever
    assert.matches("^sendMessage: timeout error: no answer within 2 s: t:hold has held it back",
      raised(t.bot.api.send_message, { chat_id = 1, text = "x" }))
  end)

  it("must be named by methods that exist, and with options that exist", function()
    local t = bot_test(echo)
    assert.matches("did you mean 'sendMessage'", raised(t.answer, t, "sendMesage", true))
    assert.matches("unknown option 'time'", raised(t.fail, t, "sendMessage", 400, { time = 1 }))
    assert.matches("unknown option 'code'", raised(t.fail, t, "sendMessage", { code = 1 }))
  end)
end)
