local conversation_bot = require "support.conversation_bot"
local flow = require "support.flow"

-- How conversations end: by errors, by time, from outside, with the program.
describe("a conversation", function()
  local sim, start, say, texts
  before_each(function()
    sim = flow.sim()
    start, say, texts = conversation_bot(sim)
  end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

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
end)
