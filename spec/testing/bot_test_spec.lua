local testing = require "tgrunner.testing"
local tg = require "tgrunner"

-- A test of a bot whose handlers `register` adds.
local function test(register, run)
  return testing.new(function()
    local bot = tg.Bot()
    register(bot)
    tg.run(bot, run)
  end)
end

local function raised(fn, ...)
  local ok, err = pcall(fn, ...)
  assert.is_false(ok)
  return tostring(err)
end

describe("what the bot did", function()
  it("is there as soon as people have done something", function()
    local t = test(function(bot)
      bot:command("start", function(ctx) ctx:reply("Hi, " .. ctx.from.first_name) end)
    end)
    t:command "start"
    local call = t:last "sendMessage"
    assert.equal("sendMessage", call.method)
    assert.equal("Hi, Ann", call.text)
    assert.same({ chat_id = t.user.id, text = "Hi, Ann" }, call.params)
    assert.equal(t.user.id, call.result.chat.id)
    assert.equal(1, #t.calls)
  end)

  it("can be asked by method, in both spellings, and by chat", function()
    local t = test(function(bot)
      bot:on("message", function(ctx)
        ctx:reply_with_chat_action "typing"
        ctx:reply(ctx.text)
      end)
    end)
    t:text("one", { chat = 7 })
    t:text("two", { chat = -8 })
    assert.equal(2, #t:called "send_message")
    assert.equal("typing", t:last "sendChatAction".action)
    assert.same({ "one", "two" }, t:sent())
    assert.same({ "two" }, t:sent(-8))
    assert.is_nil(t:last "banChatMember")
    assert.matches("'sendMesage' is not a method.*did you mean 'sendMessage'?",
      raised(t.last, t, "sendMesage"))
  end)

  it("is forgotten on request", function()
    local t = test(function(bot) bot:on("message", function(ctx) ctx:reply "x" end) end)
    t:text "hi"
    t:forget()
    assert.same({}, t:sent())
    assert.is_nil(t:last())
  end)

  it("shows messages as they are after edits and deletions", function()
    local t = test(function(bot)
      bot:command("start", function(ctx)
        local first, second = ctx:reply "one", ctx:reply "two"
        ctx.api.edit_message_text {
          chat_id = ctx.chat_id, message_id = first.message_id, text = "changed",
        }
        ctx.api.delete_message { chat_id = ctx.chat_id, message_id = second.message_id }
      end)
    end)
    t:command "start"
    assert.equal(1, #t:messages())
    assert.equal("changed", t:messages()[1].text)
  end)

  it("holds what it logged", function()
    local t = test(function(bot)
      bot:on("message", function() tg.log.info("heard %d", 1) end)
    end)
    t:text "hi"
    assert.same({ { level = "info", text = "heard 1" } }, t.logs)
  end)
end)

describe("an error in a handler", function()
  local function crash(bot)
    bot:on("message", function() error "went wrong" end)
  end

  it("fails the test, with its place", function()
    local t = test(crash)
    local text = raised(t.text, t, "hi")
    assert.matches("bot_test_spec.lua:%d+: went wrong", text)
    assert.matches("in message, update 1", text)
    assert.matches("stack traceback", text)
  end)

  it("goes to bot:catch where there is one", function()
    local caught
    local t = test(function(bot)
      crash(bot)
      bot:catch(function(err) caught = err end)
    end)
    t:text "hi"
    assert.matches("went wrong", caught.error)
    assert.equal("hi", caught.ctx.text)
  end)

  it("fails the test when bot:catch raises it again", function()
    local t = test(function(bot)
      crash(bot)
      bot:catch(function(err) error(err.error, 0) end)
    end)
    assert.matches("in bot:catch: .*went wrong", raised(t.text, t, "hi"))
  end)

  it("fails the test in a task that nobody waits for", function()
    local t = test(function(bot)
      bot:on("message", function(ctx)
        tg.spawn(function() error "alone" end)
        ctx:reply(tostring(select(2, pcall(tg.all, { function() error("seen", 0) end }))))
      end)
    end)
    assert.matches("task that nobody waits for: .*bot_test_spec.lua:%d+: alone",
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
    local t = test(ask)
    t:command "ask"
    t:fail("sendMessage", 403)
    assert.matches("sendMessage: 403", raised(t.advance, t, 1000))
  end)

  it("fails the test inside bot:handle_update", function()
    local bot
    local t = test(function(made)
      bot = made
      crash(bot)
    end)
    tg.spawn(bot.handle_update, bot, {
      update_id = 7, message = { message_id = 1, date = 1, chat = { id = 1, type = "private" } },
    })
    assert.matches("went wrong\n  in message, update 7", raised(t.advance, t, 1))
  end)

  it("fails the test in a function of tg.every", function()
    local t = test(function() tg.every(1000, function() error "each time" end) end)
    t:advance(999)
    assert.matches("in a function of tg.every: .*bot_test_spec.lua:%d+: each time",
      raised(t.advance, t, 1))
  end)

  it("fails the test when sink.timeout has no handler that is told", function()
    local t = test(function(bot) bot:on("message", function() tg.sleep(1e6) end) end,
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
    assert.matches("behind tg.run: .*bot_test_spec.lua:%d+: later", raised(t.advance, t, 1000))
    assert.matches("at once", raised(testing.new, function()
      tg.run(tg.Bot())
      error "at once"
    end))
  end)

  it("is in t.errors when bot:catch takes it", function()
    local t = test(function(bot)
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
    local t = test(function(bot)
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
    local t = test(function(bot)
      bot:command("quit", function()
        pcall(os.exit, 0)
        os.exit(3)
        after = true
      end)
    end)
    assert.matches("bot_test_spec.lua:%d+: the bot called os.exit%(", raised(t.command, t, "quit"))
    assert.is_false(after)
  end)

  it("fails the test when time brings it", function()
    local t = test(function(bot)
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

describe("time", function()
  it("stands still, and passes in order of what is due", function()
    local log = {}
    local t = test(function(bot)
      bot:on("message", function(ctx)
        tg.sleep(tonumber(ctx.text))
        log[#log + 1] = ("%s at %d"):format(ctx.text, os.time() % 100000)
      end)
    end)
    local start = os.time() % 100000
    t:text "3600000"
    t:text "2000"
    assert.same({}, log)
    t:advance(3600000)
    assert.same({ "2000 at " .. start + 2, "3600000 at " .. start + 3600 }, log)
  end)

  it("is that of tg.every, tg.timeout and task:wait", function()
    local ticks, answers = 0, {}
    local t = test(function(bot)
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
    local t = test(function(bot)
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
    local t = test(function(bot) bot:on("message", function(ctx) ctx:reply "x" end) end)
    local before = t:now()
    t:text "hi"
    assert.equal(before, t:now())
  end)

  it("passes by itself for a test that waits", function()
    local t = test(function() end)
    local before = t:now()
    assert.equal("done", tg.spawn(function()
      tg.sleep(5000)
      return "done"
    end):wait())
    assert.equal(before + 5000, t:now())
  end)

  it("says when it would never be still", function()
    local t = test(function() tg.every(1000, function() end) end)
    assert.matches("more is due later than 10000 ms", raised(t.run_until_idle, t, 10000))
  end)

  it("leaves no timeout of an earlier test's conversation behind", function()
    local t = test(function(bot)
      bot:use(tg.conversations())
      bot:conversation("ask", function(conv) conv:wait { timeout_ms = 1000 } end)
      bot:command("ask", function(ctx) ctx:enter "ask" end)
    end)
    t:command "ask"
    t = test(function() end)
    local before = t:now()
    t:run_until_idle()
    assert.equal(before, t:now())
  end)

  it("leaves nothing of an earlier test behind", function()
    local ticks = 0
    local t = test(function(bot)
      tg.every(1000, function() ticks = ticks + 1 end)
      bot:on("message", function() tg.sleep(500) ticks = ticks + 100 end)
    end)
    t:text "hi"
    t = test(function() end)
    t:advance(10000)
    assert.equal(0, ticks)
  end)
end)

describe("answers", function()
  local function echo(bot)
    bot:on("message", function(ctx) ctx:reply(ctx.text) end)
  end

  it("are the test's when it says so", function()
    local answer
    local t = test(function(bot)
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
    local t = test(function(bot)
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
    local t = test(echo)
    t:fail("sendMessage", { error_code = 429, parameters = { retry_after = 30 } }, { times = 1 })
    t:text "hi"
    t:advance(29999)
    assert.equal(1, #t.calls)
    t:advance(1)
    assert.equal(2, #t.calls)
    assert.same({ "hi" }, t:sent())
  end)

  it("are below all transformers", function()
    local t = test(function(bot)
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
    local t = test(echo, { sink = { sequentialize = "chat" } })
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
    local t = test(echo)
    assert.matches("did you mean 'sendMessage'", raised(t.answer, t, "sendMesage", true))
    assert.matches("unknown option 'time'", raised(t.fail, t, "sendMessage", 400, { time = 1 }))
    assert.matches("unknown option 'code'", raised(t.fail, t, "sendMessage", { code = 1 }))
  end)
end)

describe("mistakes of the test", function()
  local t

  before_each(function() t = test(function(bot) bot:on("message", function() end) end) end)

  it("name their line, and what is right", function()
    local mistakes = {
      ["t.sent is a method: call it as t:sent"] = function() t.sent() end,
      ["t:advance takes a number of milliseconds.*got nil"] = function() t:advance() end,
      ["t:advance takes a number of milliseconds.*got inf"] = function() t:advance(1 / 0) end,
      ["t:together takes a function"] = function() t:together() end,
      ["the failure of t:fail is missing"] = function() t:fail "sendMessage" end,
      ["t:file takes a file id and the file's bytes"] = function() t:file "id" end,
      ["t:text: from must be an id"] = function() t:text("x", { from = "zoe" }) end,
      ["t:photo: chat must be an id"] = function() t:photo { chat = { title = "x" } } end,
      ["unknown field 'form'; did you mean 'from'"] = function() t:text("x", { form = 7 }) end,
      ["unknown field 'captoin'; did you mean 'caption'"] = function()
        t:photo { captoin = "x" }
      end,
      ["t:text: unknown field 'mood' %(Bot API [%d.]+ knows none; t:update takes whatever is newer"]
        = function() t:text("x", { mood = "good" }) end,
      ["t:text: unknown field 'usernam' in from; did you mean 'username'"] = function()
        t:text("x", { from = { id = 5, usernam = "zoe" } })
      end,
      ["t:callback: unknown field 'text'"] = function() t:callback("x", { text = "y" }) end,
      ["t:text: fields have names"] = function() t:text("x", { "y" }) end,
      ["unknown option 'concurency'"] = function()
        testing.new(tg.Bot(), { run = { sink = { concurency = 2 } } })
      end,
    }
    for wanted, fn in pairs(mistakes) do
      assert.matches("^[^\n]*bot_test_spec.lua:%d+: [^\n]*" .. wanted, raised(fn))
    end
  end)

  it("leave objects the fields that only Telegram knows", function()
    t:text("x", { sender_boost_count = 3, gift = { gift = {} }, date = 5, game = { title = "x" } })
    t:update { message = { message_id = 5, chat = { id = 5, type = "private", newer = 1 } } }
  end)
end)

describe("what tests leave out", function()
  it("is told once", function()
    local function make()
      return test(function() end, { on_error = "retry", journal = "nowhere.db" })
    end
    local t = make()
    assert.matches("tests keep no journal", t.logs[1].text)
    assert.matches('on_error = "retry" does nothing here', t.logs[2].text)
    assert.same({}, make().logs)
  end)
end)

describe("allowed_updates of a bot", function()
  local function asking(kinds)
    return test(function(bot) bot:on("message", function(ctx) ctx:reply "x" end) end,
      { runner = { fetch = { allowed_updates = kinds } } })
  end

  it("are checked, and warned of, as in a real run", function()
    local t = asking { "mesage" }
    assert.matches("unknown update kind 'mesage'.*did you mean 'message'", raised(t.text, t, "x"))
    t = asking { "poll" }
    assert.matches("would not get this update: its allowed_updates leaves out 'message'",
      raised(t.text, t, "x"))
    assert.matches("allowed_updates leaves out message, but handlers", t.logs[1].text)
  end)

  it("let through what is in them, and an empty list lets Telegram choose", function()
    for _, kinds in ipairs { { "message" }, {} } do
      local t = asking(kinds)
      t:text "hi"
      assert.same({ "x" }, t:sent())
    end
  end)
end)

describe("handlers", function()
  it("meet each other where nothing keeps them in order", function()
    local function count(sequentialize)
      local stored = 0
      local t = test(function(bot)
        bot:on("message", function(ctx)
          local value = stored
          ctx:reply "wait" -- others run meanwhile
          stored = value + 1
        end)
      end, { sink = { sequentialize = sequentialize } })
      t:together(function()
        t:text "one"
        t:text "two"
      end)
      return stored
    end
    assert.equal(1, count(nil))
    assert.equal(2, count "chat")
  end)

  describe("that people are quicker than", function()
    local order, t

    local function handle(ctx)
      order[#order + 1] = ctx.text .. " in"
      ctx:reply "x"
      order[#order + 1] = ctx.text .. " out"
    end

    before_each(function() order = {} end)

    it("are run beside each other", function()
      t = test(function(bot) bot:on("message", handle) end)
      t:answer("sendMessage", function() t:text "b" end, { times = 1 })
      t:text "a"
      assert.same({ "a in", "a out", "b in", "b out" }, order)
    end)

    it("are run one after another in their lane", function()
      t = test(function(bot)
        bot:on("message", function(ctx)
          if ctx.text == "a" then t:text "b" end
          handle(ctx)
        end)
      end, { sink = { sequentialize = "chat" } })
      t:text "a"
      assert.same({ "a in", "a out", "b in", "b out" }, order)
    end)

    it("cannot move the time", function()
      t = test(function(bot) bot:on("message", function() t:advance(1000) end) end)
      assert.matches("bot_test_spec.lua:%d+: t:advance: a handler of the bot",
        raised(t.text, t, "a"))
      t = test(function(bot) bot:on("message", function() t:run_until_idle() end) end)
      assert.matches("t:run_until_idle: a handler of the bot", raised(t.text, t, "a"))
    end)
  end)

  describe("with a fork", function()
    local trace

    local function note(text) trace[#trace + 1] = text end

    local function slow_fork()
      local _ <close> = setmetatable({}, { __close = function() note "closed" end })
      tg.sleep(1000)
      note "fork"
    end

    before_each(function() trace = {} end)

    it("end when it has ended, although the rest has failed", function()
      local t = test(function(bot)
        bot:catch(function(err) note(err.error:match "boom") end)
        bot:fork(slow_fork)
        bot:on("message", function(ctx)
          note(ctx.text)
          error "boom"
        end)
      end, { sink = { sequentialize = "chat" } })
      t:together(function()
        t:text "one"
        t:text "two"
      end)
      t:advance(1000)
      assert.same({ "one", "fork", "closed", "boom", "two" }, trace)
      t:advance(1000)
    end)

    it("cancel it when they are cancelled", function()
      local t = test(function(bot)
        bot:fork(slow_fork)
        bot:on("message", function() tg.sleep(1000) end)
      end, { sink = { timeout = { milliseconds = 100, cancel = true,
        handler = function() note "timeout" end } } })
      t:text "one"
      t:advance(5000)
      assert.same({ "closed", "timeout" }, trace)
    end)
  end)
end)
