local flow = require "support.flow"

-- Conversations, judged by what the server saw.
describe("a conversation", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  -- A bot with conversations; /start enters "talk", and other texts are echoed.
  local function start(body, options, fields)
    fields = fields or {}
    return flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      %s
      local conversations = tg.conversations(%s)
      bot:use(conversations)
      bot:catch(function(err) bot.api.send_message { chat_id = err.ctx.chat_id,
        text = "error: " .. tostring(err.error):gsub("^.-:%%d+: ", "") } end)
      bot:command("start", function(ctx) ctx:enter "talk" ctx:reply "entered" end)
      bot:command("cancel", function(ctx) ctx:reply("cancelled " .. ctx:exit()) end)
      bot:conversation("talk", %s)
      bot:on("message:text", function(ctx) ctx:reply("other: " .. ctx.text) end)
      tg.run(bot, %s)]]):format(fields.before or "", options or "", body, fields.run or "{}"), fields.args)
  end

  local function say(text, chat) sim:update(flow.message(text, { chat = chat or 1 })) end

  -- The texts the bot has sent (to a chat), once there are `count` in all.
  local function texts(count, chat)
    local list = {}
    for _, call in ipairs(sim:wait_calls("sendMessage", count)) do
      if not chat or call.params.chat_id == chat then list[#list + 1] = call.params.text end
    end
    return list
  end

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

  it("reports an error behind a timeout with the ctx of the last update", function()
    start [[function(conv)
      conv:wait { timeout_ms = 5 }
      error "late"
    end]]
    sim:update(flow.message("/start", { chat = 77 }))
    local calls = sim:wait_calls("sendMessage", 2)
    assert.equal("error: late", calls[2].params.text)
    assert.equal(77, calls[2].params.chat_id)
    sim:update(flow.message("after", { chat = 77 }))
    assert.equal("other: after", texts(3)[3])
  end)

  it("reports its errors, with where they are, to bot:catch", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.conversations())
      bot:conversation("talk", function(conv)
        local _ <close> = setmetatable({}, { __close = function() print "closed" end })
        local ctx = conv:wait()
        local function deep() error { code = 7 } end
        deep()
      end)
      bot:command("start", function(ctx) ctx:enter "talk" end)
      bot:catch(function(err)
        print(err.error.code, err.ctx.text, err.traceback:find "bot.lua:7: in" ~= nil, err.traceback:find "tgrunner/")
      end)
      tg.run(bot)]])
    say "/start"
    say "hello"
    bot:wait_for("out", "closed\n7\thello\ttrue\tnil\n")
  end)

  it("raises the errors of its first part where it is entered", function()
    start [[function() error "at once" end]]
    say "/start"
    texts(1)
    say "x"
    assert.same({ "error: at once", "other: x" }, texts(2))
  end)

  it("ends with the update whose time is over, amid a call of the API", function()
    sim:answer { method = "sendMessage", match = { text = "slow" }, delay_ms = 60000 }
    local bot = start([[function(conv)
      local _ <close> = setmetatable({}, { __close = function() print "closed" end })
      conv:wait()
      pcall(conv.reply, conv, "slow")
      conv:reply "not reached"
    end]], nil, { run = "{ sink = { timeout = { milliseconds = 1500 } } }" })
    say "/start"
    texts(1)
    say "x"
    bot:wait_for("out", "closed")
    say "y"
    assert.same({ "entered", "slow", "other: y" }, texts(3))
  end)

  it("ends when it uses its CPU budget up", function()
    start([[function(conv)
      conv:wait()
      while true do end
    end]], nil, { run = "{ sink = { max_cpu_milliseconds = 50 } }" })
    say "/start"
    texts(1)
    say "x"
    assert.truthy(texts(2)[2]:find "^error: stopped after 50 ms of CPU")
    say "y"
    assert.equal("other: y", texts(3)[3])
  end)

  it("outlasts the timeout of updates while it waits", function()
    start([[function(conv)
      conv:wait():reply "one"
      conv:wait():reply "two"
    end]], nil, { run = "{ sink = { concurrency = 1, timeout = { milliseconds = 1000 } } }" })
    say "/start"
    texts(1)
    flow.pause(1100)
    say "x"
    texts(2)
    flow.pause(1100)
    say "y"
    assert.same({ "entered", "one", "two" }, texts(3))
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

  it("is entered once for a key, unless it is parallel", function()
    start [[function(conv) conv:wait_for ":photo" end]]
    say "/start"
    texts(1)
    say "/start"
    assert.truthy(texts(2)[2]:find "^error: ctx:enter: the conversation 'talk' is open already for 1:1")
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

  it("may be several of one name for a key, the newest first, and several by name", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.conversations())
      local function talk(conv, ctx, label)
        conv:reply("got " .. label .. " " .. conv:wait_for("message:text").text)
      end
      bot:conversation("many", talk, { parallel = true })
      bot:conversation("photo", function(conv) conv:wait_for(":photo") end)
      bot:command("start", function(ctx)
        ctx:enter("many", "a")
        ctx:enter("photo")
        ctx:enter("many", "b")
        local counts = ctx:active_conversations()
        ctx:reply(counts.many .. " " .. counts.photo)
      end)
      bot:command("exit", function(ctx)
        ctx:reply(ctx:exit "many" .. " " .. ctx:exit "photo" .. " " .. ctx:exit_all())
      end)
      tg.run(bot)]])
    say "/start"
    texts(1)
    say "1"
    texts(2)
    say "2"
    assert.same({ "2 1", "got b 1", "got a 2" }, texts(3))
    say "/exit"
    assert.equal("0 1 0", texts(4)[4])
  end)

  it("may begin another, call another as a function, and end itself", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.sequentialize "chat")
      bot:use(tg.conversations())
      local function ask(conv, what)
        return conv:ask(what .. "?").text
      end
      bot:conversation("inner", function(conv, ctx)
        ctx:reply("inner " .. ask(conv, "B"))
      end)
      bot:conversation("outer", function(conv, ctx)
        local a = ask(conv, "A")
        tg.all { function() ctx:enter "inner" end } -- an older ctx, in a task
        error "on purpose"
      end)
      bot:conversation("ends", function(conv, ctx)
        conv:reply(tostring(ctx:exit "ends"))
        conv:wait()
        conv:reply "not reached"
      end)
      bot:command("start", function(ctx) ctx:enter "outer" end)
      bot:command("ends", function(ctx) ctx:enter "ends" ctx:reply(tostring(next(ctx:active_conversations()))) end)
      bot:catch(function(err) err.ctx:reply "caught" end)
      tg.run(bot)]])
    say "/start"
    texts(1)
    say "1"
    assert.same({ "A?", "B?", "caught" }, texts(3))
    say "2"
    assert.equal("inner 2", texts(4)[4])
    say "/ends"
    assert.same({ "1", "nil" }, { table.unpack(texts(6), 5) })
  end)

  it("is ended from outside, by key, also while it calls the API", function()
    sim:answer { method = "sendMessage", match = { text = "slow" }, delay_ms = 300 }
    local bot = start([[function(conv)
      local _ <close> = setmetatable({}, { __close = function() print "closed" end })
      conv:wait():reply "slow"
      conv:wait()
      conv:reply "not reached"
    end]], nil, { before = [[
      local all
      bot:command("kill", function(ctx) ctx:reply("killed " .. ctx:exit "talk") end)]] })
    say "/start"
    texts(1)
    say "go"
    texts(2)
    say "/kill"
    bot:wait_for("out", "closed")
    assert.same({ "entered", "slow", "killed 1" }, texts(3))
    say "x"
    assert.equal("other: x", texts(4)[4])
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

  it("is bounded in number: the one that has waited longest makes room", function()
    local bot = start([[function(conv)
      while true do conv:wait():reply "here" end
    end]], [[{ max = 2, on_evict = function(conv)
      bot.api.send_message { chat_id = conv.key:match "^%d+", text = "evicted " .. conv.name }
    end }]])
    for chat = 1, 2 do say("/start", chat) texts(chat) end
    say("x", 1)
    texts(3)
    say("/start", 3)
    local got = texts(5)
    table.sort(got)
    assert.same({ "entered", "entered", "entered", "evicted talk", "here" }, got)
    say("x", 2)
    texts(6)
    say("x", 1)
    assert.same({ "other: x", "here" }, { table.unpack(texts(7), 6) })
    bot:wait_for("err", "2 conversations are open, the limit")
  end)

  it("is bounded in time, and then told of", function()
    start([[function(conv)
      local _ <close> = setmetatable({}, { __close = function() print "closed" end })
      while true do conv:wait():reply "here" end
    end]], [[{ ttl_ms = 300, on_expire = function(conv)
      bot.api.send_message { chat_id = 1, text = "expired " .. conv.key }
    end }]])
    say("/start", 1)
    assert.same({ "entered", "expired 1:1" }, texts(2))
    say("/start", 2)
    say("x", 1)
    texts(5)
    local got = texts(5)
    assert.equal("expired 2:2", got[5])
  end)

  it("holds nothing while it waits: the program ends, and its variables are closed", function()
    local result = flow.run { "-v", "--api-root", "http://127.0.0.1:1", flow.file [[
      local tg = require "tgrunner"
      local bot = tg.Bot("123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1", { me = { id = 1, is_bot = true, username = "b" } })
      local conversations = tg.conversations()
      bot:use(conversations)
      bot:conversation("talk", function(conv)
        local _ <close> = setmetatable({}, { __close = function() print("closed", pcall(tg.sleep, 1)) end })
        conv:wait { timeout_ms = 3600000 }
      end)
      bot:use(function(ctx) ctx:enter "talk" end)
      for chat = 1, 3 do
        bot:handle_update { update_id = 1, message = { message_id = 1, date = 1, text = "x",
          chat = { id = chat, type = "private" }, from = { id = chat } } }
      end
      print(conversations:size(), conversations:active("2:2").talk, conversations:exit("2:2"))]] }
    assert.equal(0, result.code, result.err)
    assert.truthy(result.out:find "^closed\tfalse\t[^\n]*\n3\t1\t1\n", result.out)
    assert.equal(3, select(2, result.out:gsub("closed\tfalse", "")))
    assert.truthy(result.err:find "2 open conversations ended with the script", result.err)
  end)

  it("is told apart from what cannot be", function()
    local function fails(text)
      local result = flow.run({ "--api-root", sim.url, flow.file([[
        local tg = require "tgrunner"
        local bot = tg.Bot()
        ]] .. text .. [[
        tg.run(bot)]]) }, { env = { BOT_TOKEN = sim.token } })
      assert.equal(1, result.code)
      return result.err
    end
    assert.truthy(fails 'bot:conversation("a", print)\n':find "bot:use%(tg.conversations%(%)%)")
    assert.truthy(fails [[bot:use(tg.conversations())
      bot:conversation("a", print)
      bot:conversation("a", print)
      ]]:find "'a' is registered twice")
    assert.truthy(fails [[bot:use(tg.conversations(), tg.conversations())
      ]]:find "tg.conversations is used twice")
    assert.truthy(fails 'tg.conversations { ttl_sm = 5 }\n':find "bot.lua:3: unknown option 'ttl_sm'.-did you mean 'ttl_ms'")
    assert.truthy(fails 'bot:conversation("a")\n':find "bot.lua:3: conversation 'a': takes a function")
  end)

  it("says which name is meant", function()
    start([[function() end]], nil, { before = [[
      bot:command("wrong", function(ctx) ctx:enter "tlak" end)]] })
    say "/wrong"
    assert.equal("error: ctx:enter: there is no conversation 'tlak'; did you mean 'talk'?", texts(1)[1])
  end)
end)

-- Answers that come in bursts, faster than conversations work.
describe("the order of answers", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local CHATS <const>, ANSWERS <const> = 12, 25

  -- Takes texts and answers each with its number; passes what begins with "-" to the bot.
  local HANDLERS <const> = [[
    bot:use(tg.conversations())
    bot:conversation("count", function(conv, ctx)
      for i = 1, 25 do
        local ctx = conv:wait_until(function(c) return c.text and c.text:sub(1, 1) ~= "-" end)
        if i % 3 == 0 then tg.sleep(math.random(0, 4)) end
        ctx:reply(("%d: %s"):format(i, ctx.text))
        if i % 4 == 0 then ctx:get_chat() end
      end
    end)
    bot:command("start", function(ctx) ctx:enter "count" end)
    bot:on("message:text", function(ctx) ctx:reply("other " .. ctx.text) end)]]

  -- Updates of all chats in random bursts: a start, then numbers, now and then "-".
  local function torture()
    local at, list, skipped = {}, {}, 0
    local left = {}
    for chat = 1, CHATS do at[chat], left[chat] = 0, chat end
    while #left > 0 do
      local index = math.random(#left)
      local chat = left[index]
      for _ = 1, math.random(4) do
        if at[chat] <= ANSWERS then
          list[#list + 1] = flow.message(at[chat] == 0 and "/start" or tostring(at[chat]), { chat = chat })
          at[chat] = at[chat] + 1
          if math.random(6) == 1 then
            list[#list + 1] = flow.message("-" .. at[chat], { chat = chat })
            skipped = skipped + 1
          end
        end
      end
      if at[chat] > ANSWERS then table.remove(left, index) end
    end
    local first = 1
    while first <= #list do
      local size = math.random(1, 120)
      sim:update { table.unpack(list, first, math.min(first + size - 1, #list)) }
      first = first + size
      if math.random(3) == 1 then flow.pause(math.random(10)) end
    end
    return skipped
  end

  local function check(skipped)
    local calls = sim:wait_calls("sendMessage", CHATS * ANSWERS + skipped)
    local expected, others = {}, 0
    for _, call in ipairs(calls) do
      local text, chat = call.params.text, call.params.chat_id
      if text:find "^other %-" then
        others = others + 1
      else
        local number = (expected[chat] or 0) + 1
        expected[chat] = number
        assert.equal(("%d: %d"):format(number, number), text)
      end
    end
    assert.equal(skipped, others)
    for chat = 1, CHATS do assert.equal(ANSWERS, expected[chat]) end
  end

  local function run(middleware, options)
    flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      %s
      %s
      tg.run(bot, %s)]]):format(middleware, HANDLERS, options or "{}"))
    check(torture())
  end

  it("holds without sequentialize", function() run "" end)
  it("holds with sequentialize in front", function() run 'bot:use(tg.sequentialize "chat")' end)
  it("holds with sequentialize in the sink", function() run("", '{ sink = { sequentialize = "chat", concurrency = 7 } }') end)

  it("holds through errors, timeouts of waits, timeouts of updates and new beginnings", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local function send(chat, text) bot.api.send_message { chat_id = chat, text = text } end
      local function act(ctx)
        local dice = math.random(40)
        if dice == 1 then tg.sleep(60000) end
        if dice <= 4 then error "as it happens" end
        if dice <= 20 then tg.sleep(math.random(0, 3)) end
        ctx:reply(ctx.text)
      end
      bot:use(tg.conversations())
      bot:catch(function(err) send(err.ctx.chat_id, err.ctx.text) end)
      bot:conversation("chatter", function(conv, ctx)
        while ctx do
          act(ctx)
          ctx = conv:wait_for("message:text", math.random(3) == 1 and { timeout_ms = math.random(0, 3) } or nil)
        end
      end)
      bot:on("message:text", function(ctx) ctx:enter "chatter" end)
      tg.run(bot, { sink = { sequentialize = "chat", timeout = { milliseconds = 500,
        handler = function(update) send(update.message.chat.id, "late " .. update.message.text) end } } })]])
    local updates = {}
    for i = 1, 400 do updates[i] = flow.message(tostring(i), { chat = 1 + i % 20 }) end
    for first = 1, 400, 50 do
      sim:update { table.unpack(updates, first, first + 49) }
      flow.pause(math.random(0, 10))
    end
    -- An answer that the server saw in time may still have come too late for the update; and the
    -- next update does not wait for the timeout handler.
    local seen, last, count
    flow.wait_until(function()
      flow.pause(50)
      seen, last, count = {}, {}, 0
      for _, call in ipairs(sim:calls "sendMessage") do
        local late, text = call.params.text:match "^(l?a?t?e? ?)(%d+)$"
        local number, chat = tonumber(text), call.params.chat_id
        if late == "" and not seen[number] then
          assert.truthy(number > (last[chat] or 0))
          last[chat] = number
        end
        if not seen[number] then seen[number], count = true, count + 1 end
      end
      return count == 400
    end)
    assert.equal(400, count)
  end)

  local function run_distributed(middleware)
    flow.file('local tg = require "tgrunner"\nlocal bot = tg.BotWorker()\n' .. HANDLERS, "worker.lua")
    flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      %s
      bot:use(tg.distribute("worker.lua", { count = 3, by = "chat" }))
      tg.run(bot)]]):format(middleware))
    check(torture())
  end

  it("holds in workers, by chat", function() run_distributed "" end)
  it("holds in workers behind sequentialize", function() run_distributed 'bot:use(tg.sequentialize "chat")' end)
end)

describe("conversations of a worker", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("end with it when it dies, with a warning; its successor has none", function()
    local sim = flow.sim()
    flow.file([[
      local tg = require "tgrunner"
      local bot = tg.BotWorker()
      bot:use(tg.conversations())
      bot:command("start", function(ctx) ctx:enter "talk" ctx:reply "entered" end)
      bot:command("die", function() os.exit(1) end)
      bot:conversation("talk", function(conv) conv:wait_for("message:text"):reply "talk" end)
      bot:on("message:text", function(ctx) ctx:reply "other" end)]], "worker.lua")
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:catch(function() end)
      bot:use(tg.distribute("worker.lua", { count = 1, by = "chat" }))
      tg.run(bot)]])
    sim:update(flow.message "/start")
    sim:wait_calls("sendMessage", 1)
    sim:update(flow.message "/die")
    bot:wait_for("err", "1 open conversation ended with the worker that died")
    bot:wait_for("err", "died and is replaced")
    sim:update(flow.message "x")
    assert.equal("other", sim:wait_calls("sendMessage", 2)[2].params.text)
  end)

  it("end with it when its pool stops, without one", function()
    local sim = flow.sim()
    flow.file([[
      local tg = require "tgrunner"
      local bot = tg.BotWorker()
      bot:use(tg.conversations())
      bot:command("start", function(ctx) ctx:enter "talk" ctx:reply "entered" end)
      bot:conversation("talk", function(conv) conv:wait() end)]], "worker.lua")
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.distribute("worker.lua", { count = 1, by = "chat" }))
      tg.run(bot)]])
    sim:update(flow.message "/start")
    sim:wait_calls("sendMessage", 1)
    bot:kill "sigterm"
    assert.equal(0, bot:wait())
    assert.falsy(bot:err():find("worker that died", 1, true), bot:err())
  end)
end)
