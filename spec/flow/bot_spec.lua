local flow = require "support.flow"

describe("a bot against a Bot API server", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function texts(count)
    local list = {}
    for _, call in ipairs(sim:wait_calls("sendMessage", count)) do list[#list + 1] = call.params.text end
    return list
  end

  it("answers a message", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function(ctx) ctx:reply("Got your message.") end)
      tg.run(bot)]])
    sim:update(flow.message("hello", { chat = 7 }))
    local call = sim:wait_calls("sendMessage", 1)[1]
    assert.equal("Got your message.", call.params.text)
    assert.equal(7, call.params.chat_id)
  end)

  it("handles 500 updates together while the server is slow", function()
    -- Long enough to start them all on a slow machine.
    sim:answer { method = "sendMessage", delay_ms = 3000 }
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function(ctx) ctx:reply("x") end)
      tg.run(bot)]])
    local updates = {}
    for i = 1, 500 do updates[i] = flow.message("m", { chat = i }) end
    sim:update(updates)
    sim:wait_calls("sendMessage", 500)
    -- All were open at the same time: none waited for another's answer.
    assert.equal(500, sim:method("sendMessage").open_max)
    bot:kill()
    assert.equal(0, (bot:wait()))
  end)

  it("never runs more handlers than the limit", function()
    sim:answer { method = "sendMessage", delay_ms = 20 }
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function(ctx) ctx:reply("x") end)
      tg.run(bot, { sink = { concurrency = 5 } })]])
    local updates = {}
    for i = 1, 60 do updates[i] = flow.message("m", { chat = i }) end
    sim:update(updates)
    sim:wait_calls("sendMessage", 60)
    assert.equal(5, sim:method("sendMessage").open_max)
  end)

  it("keeps ids exact from the server to the script and back", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function(ctx)
        ctx:reply(tostring(ctx.chat.id) .. " " .. math.type(ctx.chat.id) .. " " .. ctx.chat_id .. " " .. ctx.from.id)
      end)
      tg.run(bot)]])
    sim:update('{"message":{"message_id":1,"date":1,"chat":{"id":-1001234567890,"type":"supergroup"},'
      .. '"from":{"id":9007199254740992,"is_bot":false,"first_name":"x"},"text":"a"}}')
    sim:update('{"message":{"message_id":1,"date":1,"chat":{"id":9223372036854775807,"type":"private"},'
      .. '"from":{"id":-9223372036854775808,"is_bot":false,"first_name":"x"},"text":"b"}}')
    local seen = texts(2)
    table.sort(seen) -- they run beside each other
    assert.same({
      "-1001234567890 integer -1001234567890 9007199254740992",
      "9223372036854775807 integer 9223372036854775807 -9223372036854775808",
    }, seen)
    -- As bytes: the spec's own JSON library would round them.
    local record = sim:text("GET", "/sim/calls?method=sendMessage")
    assert.truthy(record:find '"chat_id": ?9223372036854775807', record)
    assert.truthy(record:find '"chat_id": ?%-1001234567890', record)
  end)

  it("loses only the broken one of a hundred updates, and names it", function()
    local parts = {}
    for i = 1, 100 do
      local text = ('{"update_id":%d,"message":{"message_id":%d,"date":1,"chat":{"id":%d,"type":"private"},'
        .. '"text":"t%d"}}'):format(1000 + i, i, i, i)
      if i == 50 then text = '{"update_id":1050,"message":{"message_id":50,"date":1,"chat":{"id":50' end
      parts[i] = text
    end
    sim:answer { method = "getUpdates", times = 1, body = '{"ok":true,"result":[' .. table.concat(parts, ",") .. "]}" }
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)
      tg.run(bot)]])
    local seen = {}
    for _, text in ipairs(texts(99)) do seen[text] = true end
    for i = 1, 100 do assert.equal(i ~= 50 or nil, seen["t" .. i]) end
    bot:wait_for("err", "1050")
  end)

  it("reports an update that is no JSON inside at its first use, with its id", function()
    sim:answer { method = "getUpdates", times = 1,
      body = '{"ok":true,"result":[{"update_id":77,"message":{"message_id":1,"text":nul}}]}' }
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)
      tg.run(bot)]])
    bot:wait_for("err", "update 77 is broken")
    sim:update(flow.message "still here")
    assert.same({ "still here" }, texts(1))
  end)

  it("logs a handler's error with its traceback and goes on", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:command("bad", function(ctx)
        local function inner() error "kaput" end
        inner()
      end)
      bot:on("message", function(ctx) ctx:reply "fine" end)
      tg.run(bot)]])
    sim:update { flow.message "/bad", flow.message "ok" }
    assert.same({ "fine" }, texts(1))
    bot:wait_for("err", "bot%.lua:4: kaput.*stack traceback:.*bot%.lua:5")
    assert.falsy(bot:err():find("[tgrunner]", 1, true), bot:err())
  end)

  it("gives a handler's error to catch, with ctx and traceback, where the API can be called", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function(ctx) error({ reason = "own" }) end)
      bot:catch(function(err)
        err.ctx:reply(err.error.reason .. " " .. err.ctx.text .. " " .. tostring(err.traceback:find "traceback" ~= nil))
      end)
      tg.run(bot)]])
    sim:update(flow.message "hello")
    assert.same({ "own hello true" }, texts(1))
  end)

  it("says what an error object is that is raised in the catch handler", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function() error(42) end)
      bot:catch(function(err) bot.api.sendMessage{ chat_id = err.ctx.chat_id, text = "" } end)
      tg.run(bot)]])
    sim:update(flow.message "hello")
    bot:wait_for("err", "error in the error handler for update %d+: sendMessage: 400 Bad Request")
  end)

  it("names the function inside which a call cannot wait", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function(ctx)
        table.sort({ 3, 2, 1 }, function(a, b) ctx:reply "x" return a < b end)
      end)
      tg.run(bot)]])
    sim:update(flow.message "hello")
    bot:wait_for("err", "sendMessage cannot wait here: inside a function called by 'table%.sort'")
  end)

  it("raises a refused call as an error object", function()
    sim:answer { method = "sendMessage", times = 1, status = 400,
      body = { ok = false, error_code = 400, description = "Bad Request: chat not found" } }
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function(ctx)
        local ok, err = pcall(ctx.reply, ctx, "first")
        ctx:reply(tostring(ok) .. " " .. err.error_code .. " " .. err.method .. " " .. err.payload.text .. " " .. tostring(err))
      end)
      tg.run(bot)]])
    sim:update(flow.message "hello")
    assert.same({ "first", "false 400 sendMessage first sendMessage: 400 Bad Request: chat not found" }, texts(2))
  end)

  it("never sends a message twice because its connection broke after it had arrived", function()
    sim:answer { method = "sendMessage", times = 1, perform = true, close = true }
    local script = flow.bot(sim, [[
      local tg = require "tgrunner"
      local api = tg.Bot().api
      api.get_me() -- a connection that is kept
      local ok, err = pcall(api.send_message, { chat_id = 5, text = "pay" })
      print(ok, err.kind, err.sent)
      print(err)]])
    assert.equal(0, (script:wait()), script:err())
    assert.equal("false\tnetwork\ttrue\n", script:out():match "^[^\n]*\n")
    assert.truthy(script:out():find "closed the connection without an answer")
    assert.equal(1, #sim:calls "sendMessage")
  end)

  it("calls any method under both spellings, also outside of a handler", function()
    local result = flow.bot(sim, [[
      local tg = require "tgrunner"
      local api = tg.Bot().api
      local me = api.get_me()
      print(me.is_bot, math.type(me.id))
      print(api.sendMessage{ chat_id = 5, text = "hi" }.message_id ~= nil)
      local a, b = tg.all{
        function() return api.get_chat{ chat_id = 1 } end,
        function() return api.getChat{ chat_id = 2 } end }
      print(a.id, b.id)]])
    assert.equal(0, (result:wait()))
    assert.equal("true\tinteger\ntrue\n1\t2\n", result:out())
  end)

  it("composes middleware: order, nesting, next", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local seen = {}
      local function add(x) seen[#seen + 1] = x end
      bot:use(function(ctx, next) add "a" next() add "z" ctx:reply(table.concat(seen)) end)
      local inner = tg.Composer()
      inner:on("message:photo", function() add "never" end)
      inner:use(function(ctx, next) add "b" next() add "y" end)
      bot:use(inner)
      bot:hears("hello", function(ctx, next) add "c" next() end)
      bot:command("start", function() add "not" end)
      bot:on("message:text", function() add "d" end)
      bot:use(function() add "never" end)
      tg.run(bot)]])
    sim:update(flow.message "hello")
    assert.same({ "abcdyz" }, texts(1))
  end)

  it("asks for the kinds of updates its handlers name", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on({ "message", "message_reaction" }, function() end)
      bot:on("callback_query:data", function() end)
      tg.run(bot)]])
    local call = sim:wait_calls("getUpdates", 1)[1]
    local kinds = call.params.allowed_updates
    table.sort(kinds)
    assert.same({ "callback_query", "message", "message_reaction" }, kinds)
  end)

  it("does not decode an update that only kind filters looked at", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local count, handle = 0
      bot:on("edited_message", function(ctx) ctx:reply(ctx.text) end)
      bot:on("message", function(ctx)
        count = count + 1
        if count == 3 then print(handle:stats().decoded) io.stdout:flush() end
      end)
      handle = tg.run(bot)]])
    sim:update { flow.message "1", flow.message "2", flow.message "3" }
    bot:wait_for("out", "\n")
    assert.equal("0\n", bot:out())
  end)

  it("does not decode an update for its text, its contents and a reply", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local count, handle = 0
      bot:command("start", function() error "no command" end)
      bot:on({ "message:photo", "message:entities:url" }, function() error "no such contents" end)
      bot:on("message:text", function(ctx)
        ctx:reply("You said: " .. ctx.text)
        count = count + 1
        if count == 3 then print(handle:stats().decoded) io.stdout:flush() end
      end)
      handle = tg.run(bot)]])
    sim:update { flow.message "1", flow.message 'quo"ted \\ é 👍', flow.message "" }
    bot:wait_for("out", "\n")
    assert.equal("0\n", bot:out())
    local said = {}
    for i, call in ipairs(sim:calls "sendMessage") do said[i] = call.params.text end
    table.sort(said)
    assert.same({ "You said: ", "You said: 1", 'You said: quo"ted \\ é 👍' }, said)
  end)

  it("tells of raw bytes what decoding tells", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local queries = { "message:text", "message:photo", "message:caption", "message:is_topic_message" }
      for _, fields in ipairs {
        '"text":"a"', '"text":"\\u00e9\\n"', '"text":null', '"text":null,"caption":"c"',
        '"caption":"text"', '"photo":[]', '"photo":null', '"te\\u0078t":"escaped name"',
        '"reply_to_message":{"text":"inner","photo":[1]}', '"text":"t","is_topic_message":true',
      } do
        local json = '{"update_id":1,"message":{"message_id":1,"chat":{"id":5},' .. fields .. '}}'
        local results = {}
        for i, update in ipairs { json, tg.json.decode(json) } do
          local other, found = tg.Bot(), {}
          if i == 2 then
            for key, value in pairs(update.message) do
              if value == tg.null then update.message[key] = nil end
            end
          end
          for n, query in ipairs(queries) do
            other:on(query, function(ctx, next) found[n] = query next() end)
          end
          other:use(function(ctx) found.text = ctx.text end)
          other:handle_update(update)
          local shown = { tostring(found.text) }
          for n = 1, #queries do shown[n + 1] = tostring(found[n]) end
          results[i] = table.concat(shown, " ")
        end
        assert(results[1] == results[2], fields .. ": " .. results[1] .. " / " .. results[2])
      end
      print "same"]])
    assert.equal(0, bot:wait())
    assert.equal("same\n", bot:out())
  end)

  it("answers in the topic of a message whose text it has not decoded", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)
      tg.run(bot)]])
    local update = flow.message "in a topic"
    update.message.is_topic_message, update.message.message_thread_id = true, 77
    sim:update { update }
    assert.equal(77, sim:wait_calls("sendMessage", 1)[1].params.message_thread_id)
  end)

  it("wakes a sleeping handler on time while resolver, disk and server take 2 s", function()
    sim:answer { method = "sendMessage", delay_ms = 2000 }
    flow.file("bytes", "slow.bin")
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:command("slow", function(ctx) ctx:reply "slow" print "server" end)
      bot:command("upload", function(ctx)
        ctx:reply_with_document(tg.InputFile((arg[0]:gsub("bot.lua$", "slow.bin"))))
        print "disk"
      end)
      bot:command("resolve", function()
        local other = tg.Bot(nil, { api_root = "http://slow.example.test:1", auto_retry = false })
        print("resolver", pcall(other.api.get_me))
      end)
      bot:command("tick", function()
        tg.sleep(200) -- the others have begun
        for _ = 1, 20 do tg.sleep(10) end
        print "ticked"
      end)
      tg.run(bot)]], nil, {
      env = { LD_PRELOAD = os.getenv "TGRUNNER_PRELOAD" .. os.getenv "TGRUNNER_BUILD" .. "/spec/libslow.so" },
    })
    sim:update { flow.message "/slow", flow.message "/upload", flow.message "/resolve", flow.message "/tick" }
    bot:wait_for("out", "server")
    bot:wait_for("out", "disk")
    bot:wait_for("out", "resolver\tfalse")
    -- Twenty naps of 10 ms were over before any of the 2 s had passed.
    assert.truthy(bot:out():find "^ticked\n", bot:out())
  end)
end)
