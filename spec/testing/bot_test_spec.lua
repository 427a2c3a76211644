local bot_test = require "support.bot_test"
local raised = require "support.raised"
local testing = require "tgrunner.testing"
local tg = require "tgrunner"

describe("what the bot did", function()
  it("is there as soon as people have done something", function()
    local t = bot_test(function(bot)
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
    local t = bot_test(function(bot)
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
    local t = bot_test(function(bot) bot:on("message", function(ctx) ctx:reply "x" end) end)
    t:text "hi"
    t:forget()
    assert.same({}, t:sent())
    assert.is_nil(t:last())
  end)

  it("shows messages as they are after edits and deletions", function()
    local t = bot_test(function(bot)
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
    local t = bot_test(function(bot)
      bot:on("message", function() tg.log.info("heard %d", 1) end)
    end)
    t:text "hi"
    assert.same({ { level = "info", text = "heard 1" } }, t.logs)
  end)
end)

describe("mistakes of the test", function()
  local t

  before_each(function() t = bot_test(function(bot) bot:on("message", function() end) end) end)

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
      return bot_test(function() end, { on_error = "retry", journal = "nowhere.db" })
    end
    local t = make()
    assert.matches("tests keep no journal", t.logs[1].text)
    assert.matches('on_error = "retry" does nothing here', t.logs[2].text)
    assert.same({}, make().logs)
  end)
end)

describe("allowed_updates of a bot", function()
  local function asking(kinds)
    return bot_test(function(bot) bot:on("message", function(ctx) ctx:reply "x" end) end,
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
      local t = bot_test(function(bot)
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
      t = bot_test(function(bot) bot:on("message", handle) end)
      t:answer("sendMessage", function() t:text "b" end, { times = 1 })
      t:text "a"
      assert.same({ "a in", "a out", "b in", "b out" }, order)
    end)

    it("are run one after another in their lane", function()
      t = bot_test(function(bot)
        bot:on("message", function(ctx)
          if ctx.text == "a" then t:text "b" end
          handle(ctx)
        end)
      end, { sink = { sequentialize = "chat" } })
      t:text "a"
      assert.same({ "a in", "a out", "b in", "b out" }, order)
    end)

    it("cannot move the time", function()
      t = bot_test(function(bot) bot:on("message", function() t:advance(1000) end) end)
      assert.matches("bot_test_spec.lua:%d+: t:advance: a handler of the bot",
        raised(t.text, t, "a"))
      t = bot_test(function(bot) bot:on("message", function() t:run_until_idle() end) end)
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
      local t = bot_test(function(bot)
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
      local t = bot_test(function(bot)
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
