local conversation_bot = require "support.conversation_bot"
local flow = require "support.flow"

-- Conversations, judged by what the server saw.
describe("a conversation", function()
  local sim, start, say, texts
  before_each(function()
    sim = flow.sim()
    start, say, texts = conversation_bot(sim)
  end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("begins with enter, which returns at its first wait, and goes on with each update", function()
    start [[function(conv, ctx)
      ctx:reply "Name?"
      local name = conv:wait_for("message:text").text
      local age = conv:ask("Age, " .. name .. "?").text
      conv:reply(name .. " is " .. age)
    end]]
    say "/start"
    assert.same({ "Name?", "entered" }, texts(2))
    say "Ann"
    assert.equal("Age, Ann?", texts(3)[3])
    say "30"
    assert.equal("Ann is 30", texts(4)[4])
    say "more"
    assert.equal("other: more", texts(5)[5])
  end)

  it("calls the API, sleeps, fetches, runs tasks and catches errors as any code does", function()
    sim:answer { method = "sendMessage", match = { text = "refused" }, status = 400, times = 1 }
    start([[function(conv, ctx, ...)
      conv:wait()
      tg.sleep(5)
      local ok, err = pcall(function()
        local again = conv:wait()
        again:reply "refused"
      end)
      conv:reply(tostring(ok) .. " " .. err.error_code)
      local a, b = tg.all { function() tg.sleep(5) return "a" end,
        function() return conv.ctx:get_chat().id end }
      conv:reply(a .. b)
      local status = tg.fetch(]] .. ("%q"):format(sim.url .. "/sim/stats") .. [[).status
      local numbers = coroutine.wrap(function()
        for i = 1, 2 do tg.sleep(1) coroutine.yield(i) end
      end)
      conv:reply(status .. " " .. numbers() .. numbers() .. tostring(tg.timeout(1, tg.sleep, 60000)))
      local _, why = conv:wait { timeout_ms = 1 }
      conv:reply(why)
    end]])
    say "/start"
    texts(1)
    say "one"
    say "two"
    assert.same({ "entered", "refused", "false 400", "a1", "200 12nil", "timeout" }, texts(6))
  end)

  it("leaves updates that it does not wait for to other handlers", function()
    start [[function(conv, ctx)
      local photo = conv:wait_for ":photo"
      photo:reply "photo"
    end]]
    say "/start"
    say "text"
    assert.same({ "entered", "other: text" }, texts(2))
    local update = flow.message("x", { chat = 1 })
    update.message.text, update.message.photo = nil, { { file_id = "f", file_unique_id = "u" } }
    sim:update(update)
    assert.equal("photo", texts(3)[3])
  end)

  it("is of a user in a chat", function()
    start [[function(conv) conv:reply("got " .. conv:wait().text .. " " .. conv.key) end]]
    sim:update(flow.message("/start", { chat = -5, from = 8 }))
    texts(1)
    sim:update(flow.message("of another", { chat = -5, from = 9 }))
    sim:update(flow.message("elsewhere", { chat = 8, from = 8 }))
    texts(3)
    sim:update(flow.message("answer", { chat = -5, from = 8 }))
    local got = texts(4)
    table.sort(got)
    assert.same({ "entered", "got answer -5:8", "other: elsewhere", "other: of another" }, got)
  end)

  it("does not take commands that the bot handles, unless it asks for them", function()
    start [[function(conv)
      local ctx = conv:wait()
      ctx:reply("command " .. ctx.text)
      ctx = conv:wait_for_command "cancel"
      ctx:reply "own cancel"
      conv:wait_for "message:text"
    end]]
    say "/start"
    texts(1)
    say "/unknown"
    assert.equal("command /unknown", texts(2)[2])
    say "/cancel"
    assert.equal("own cancel", texts(3)[3])
    say "/cancel"
    assert.equal("cancelled 1", texts(4)[4])
    say "text"
    assert.equal("other: text", texts(5)[5])
  end)

  it("gets nil when its time is over, and an answer in time stops the clock", function()
    start [[function(conv)
      local ctx = conv:wait_for("message:text", { timeout_ms = 60000 })
      ctx:reply "in time"
      local late, why = conv:wait_for("message:text", { timeout_ms = 20 })
      conv:reply(tostring(late) .. " " .. why)
      conv:wait_for("message:text").msg = nil
      error "afterwards"
    end]]
    say "/start"
    texts(1)
    say "x"
    assert.same({ "in time", "nil timeout" }, { table.unpack(texts(3), 2) })
    say "y"
    assert.equal("error: afterwards", texts(4)[4])
  end)

  it("says what is wrong with a wait that cannot be", function()
    start [[function(conv)
      local function text(...) return (select(2, pcall(...)):gsub("^.-:%d+: ", "")) end
      conv:reply(text(tg.all, { function() conv:wait() end }))
      conv:reply(text(coroutine.wrap(function() conv:wait() end)))
      conv:reply(text(table.sort, { 1, 2 }, function() conv:wait() end))
      conv:reply(text(conv.wait_for, conv, "message:txt"))
      conv:reply(text(conv.wait, conv, { timeout = 5 }))
      coroutine.yield(1)
    end]]
    say "/start"
    local got = texts(6)
    assert.truthy(got[1]:find "^conv:wait: only the conversation's own function can wait", got[1])
    assert.equal(got[1], got[2])
    assert.truthy(got[3]:find "^conv:wait: cannot wait inside a function", got[3])
    assert.truthy(got[4]:find "did you mean 'message:text'", got[4])
    assert.truthy(got[5]:find "did you mean 'timeout_ms'", got[5])
    assert.truthy(got[6]:find "^error: coroutine.yield in a conversation's own function", got[6])
  end)

  it("passes an update on with skip, and ends with halt, through any pcall", function()
    start [[function(conv)
      local ctx = conv:wait { timeout_ms = 60000 }
      while ctx.text ~= "right" do ctx = conv:skip() end
      pcall(conv.halt, conv, { next = true })
      conv:reply "not reached"
    end]]
    say "/start"
    texts(1)
    say "wrong"
    texts(2)
    say "right"
    texts(3)
    say "more"
    assert.same({ "entered", "other: wrong", "other: right", "other: more" }, texts(4))
  end)

  it("lets a wait say what happens with updates it does not want", function()
    start [[function(conv)
      local ctx = conv:wait_until(function(ctx) return tonumber(ctx.text) end,
        { otherwise = function(ctx) ctx:reply "A number, please." end })
      ctx:reply("number " .. ctx.text)
    end]]
    say "/start"
    texts(1)
    say "x"
    texts(2)
    say "/cancel x"
    assert.same({ "entered", "A number, please.", "cancelled 1" }, texts(3))
  end)

  it("waits by user, by reply, by button", function()
    start([[function(conv)
      local ctx = conv:wait_from(9)
      ctx:reply("from " .. ctx.user_id)
      ctx = conv:wait_for_reply_to(555)
      ctx:reply "reply"
      ctx = conv:wait_for_callback_query "yes"
      ctx:reply "button"
      ctx = conv:wait_for_hears(tg.pattern "^go (%w+)")
      ctx:reply(ctx.match[1])
      ctx = conv:wait_unless(function(c) return c.text == "no" end)
      ctx:reply(ctx.text)
    end]], "{ key = 'chat' }")
    local function from(user, text) sim:update(flow.message(text, { chat = -1, from = user })) end
    from(8, "/start")
    texts(1)
    from(8, "a") texts(2)
    from(9, "b") texts(3)
    local update = flow.message("r", { chat = -1, from = 8 })
    update.message.reply_to_message = { message_id = 555, date = 1, chat = { id = -1, type = "supergroup" } }
    sim:update(update)
    texts(4)
    sim:update { callback_query = { id = "1", from = { id = 8, is_bot = false, first_name = "A" }, chat_instance = "x",
      data = "yes", message = { message_id = 5, date = 1, chat = { id = -1, type = "supergroup" } } } }
    texts(5)
    from(8, "go far") texts(6)
    from(8, "no") texts(7)
    from(8, "well")
    assert.same({ "entered", "other: a", "from 9", "reply", "button", "far", "other: no", "well" }, texts(8))
  end)

  it("has the session of each update, which is saved when it waits again or ends", function()
    start([[function(conv, ctx)
      ctx.session.n = ctx.session.n + 1
      for _ = 1, 2 do
        local this = conv:wait_for "message:text"
        this.session.n = this.session.n + 1
        this:reply(tostring(this.session.n))
      end
      local last = conv:wait()
      last.session.n = 100
      error "not saved"
    end]], nil, { before = [[
      bot:use(tg.sequentialize "chat")
      bot:use(tg.session { initial = function() return { n = 0 } end })
      bot:command("n", function(ctx) ctx:reply("n = " .. ctx.session.n) end)]] })
    local count = 0
    local function says(text)
      say(text)
      count = count + 1
      return texts(count)[count]
    end
    assert.equal("entered", says "/start")
    assert.equal("n = 1", says "/n")
    assert.equal("2", says "a")
    assert.equal("n = 2", says "/n")
    assert.equal("3", says "b")
    assert.equal("error: not saved", says "c")
    assert.equal("n = 3", says "/n")
  end)
end)
