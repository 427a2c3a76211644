local distribute_bot = require "support.distribute_bot"
local flow = require "support.flow"

local messages, WORKER = distribute_bot.messages, distribute_bot.WORKER

describe("distribute", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function start(...) return distribute_bot.start(sim, ...) end

  it("handles updates in workers, which call the API and know who they are", function()
    start [[
      bot:on("message:text", function(ctx) ctx:reply(ctx.me.username .. " " .. ctx.text) end)]]
    sim:update { flow.message "one", flow.message "two" }
    local calls = sim:wait_calls("sendMessage", 2)
    local texts = { calls[1].params.text, calls[2].params.text }
    table.sort(texts)
    assert.truthy(texts[1]:find "^%S+ one$")
    assert.truthy(texts[2]:find "^%S+ two$")
    assert.equal(1, #sim:calls "getMe")
  end)

  it("decodes nothing in the main state for filters by kind", function()
    local bot = start('bot:on("message:text", function(ctx) print("text " .. ctx.text) end)', nil, nil, [[
      while handle:stats().done < 2 do tg.sleep(5) end
      print("decoded " .. handle:stats().decoded)]])
    sim:update { flow.message "one", flow.message "two" }
    bot:wait_for("out", "decoded 0")
    assert.truthy(bot:out():find "text one")
    assert.truthy(bot:out():find "text two")
  end)

  it("prints each line whole, whichever worker prints", function()
    local bot = start([[
      bot:on("message", function(ctx)
        for i = 1, 100 do
          print("begin", ctx.chat_id, i, "end")
          io.write("begin\t", ctx.chat_id, "\t", i, "\tend\n")
          io.stdout:write("begin\t", ctx.chat_id, "\t", i, "\tend\n")
        end
        if tg.shared.incr "printed" == 60 then print "all" end
      end)]], "{ count = 4 }")
    sim:update(messages(60, 60))
    bot:wait_for("out", "%f[%w]all\n")
    bot:kill()
    bot:wait()
    local lines = 0
    for line in bot:out():gmatch "[^\n]*\n" do
      lines = lines + 1
      assert.truthy(line:find "^begin\t%d+\t%d+\tend\n$" or line == "all\n", line)
    end
    assert.equal(60 * 300 + 1, lines)
  end)

  it("ends with the script: nothing keeps the process alive after a stop", function()
    local bot = start("tg.every(1000, function() end)")
    sim:wait_calls("getUpdates", 1)
    bot:kill()
    assert.equal(0, (bot:wait()), bot:err())
  end)

  it("starts a relative worker file at the folder of the script that calls it", function()
    flow.file(WORKER .. 'bot:on("message", function() print "here" end)', "worker.lua")
    local path = flow.file [[
      local tg = require "tgrunner"
      local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 1, is_bot = true, username = "b" } })
      bot:use((require "part"))
      bot:handle_update{ update_id = 1, message = { message_id = 1, date = 1, chat = { id = 1, type = "private" } } }]]
    for _, part in ipairs {
      [[local d = require("tgrunner").distribute("worker.lua", { count = 1 }) return d]],
      [[return require("tgrunner").distribute("worker.lua", { count = 1 })]], -- leaves no frame
    } do
      flow.file(part, "part.lua")
      local result = flow.run({ path }, { cwd = "/" })
      assert.equal("here\n", result.out, result.err)
      assert.equal(0, result.code)
    end
  end)

  it("says so when it cannot tell the folder", function()
    local lost = flow.file([[return require("tgrunner").distribute("none.lua")]], "lost.lua")
    local result = flow.run { flow.file(("dofile %q"):format(lost)) }
    assert.equal(1, result.code)
    assert.truthy(result.err:find("the call is a tail call", 1, true), result.err)
  end)

  it("stops its workers with the runner, and begins anew with the next start", function()
    local bot = start([[
      tg.every(5, function() tg.shared.incr "ticks" end)
      bot:on("message", function(ctx)
        tg.spawn(function()
          tg.sleep(100)
          print("spawned by " .. ctx.text)
        end)
      end)]], "{ count = 2 }", nil, [[
      while handle:stats().done < 1 do tg.sleep(5) end
      handle:stop()
      print("stopped, workers " .. #handle:stats().workers)
      local ticks
      repeat
        ticks = tg.shared.get "ticks"
        tg.sleep(50)
      until tg.shared.get "ticks" == ticks
      print "quiet"
      handle:start()
      while handle:stats().done < 2 do tg.sleep(5) end
      print("again, workers " .. #handle:stats().workers)
      handle:stop()]])
    sim:update(flow.message "one")
    bot:wait_for("out", "stopped, workers 0\n.*quiet")
    sim:update(flow.message "two")
    assert.equal(0, (bot:wait()), bot:err())
    assert.truthy(bot:out():find "spawned by one\n")
    assert.truthy(bot:out():find "again, workers 2\n")
    assert.truthy(bot:out():find "spawned by two\n")
    assert.equal("", bot:err())
  end)

  it("ends what workers spawned at the stop's deadline", function()
    local bot = start([[
      bot:on("message", function()
        tg.spawn(function()
          local _ <close> = setmetatable({}, { __close = function() print "closed" end })
          tg.sleep(600000)
        end)
      end)]], "{ count = 1 }", nil, [[
      while handle:stats().done < 1 do tg.sleep(5) end
      handle:stop{ deadline_ms = 100 }
      print "stopped"]])
    sim:update(flow.message "one")
    assert.equal(0, (bot:wait()), bot:err())
    assert.truthy(bot:out():find "closed")
  end)

  it("tells what each worker does", function()
    local bot = start([[
      bot:on("message", function(ctx)
        if ctx.text == "die" then os.exit() end
        if ctx.text == "hang" then tg.sleep(600000) end
      end)]], "{ count = 2 }", nil, [[
      local function sums()
        local sum, numbers = {}, {}
        for i, worker in ipairs(handle:stats().workers) do
          numbers[i] = worker.number
          for name, value in pairs(worker) do
            if math.type(value) and name ~= "number" then sum[name] = (sum[name] or 0) + value end
          end
        end
        return sum, table.concat(numbers, ",")
      end
      while handle:stats().fetched < 3 or sums().running ~= 1 or sums().wakeups == 0 do tg.sleep(5) end
      local sum, numbers = sums()
      print(("workers %s: handled %d, running %d, deaths %d, %s"):format(numbers, sum.handled,
        sum.running, sum.deaths, sum.memory_bytes > 1000))
      print("of", handle:stats().workers[1].file)
      handle:stop{ deadline_ms = 0 }]])
    sim:update { flow.message "one", flow.message "die" }
    bot:wait_for("out", "caught: ")
    sim:update(flow.message "hang")
    assert.equal(0, (bot:wait()), bot:err())
    assert.truthy(bot:out():find("workers 1,2: handled 2, running 1, deaths 1, true", 1, true), bot:out())
    assert.truthy(bot:out():find "of\t%S+worker.lua\n")
  end)

  describe("errors", function()
    it("of a worker are raised in the main state with its number and traceback", function()
      local bot = start([[
        local function deep() error "boom" end
        bot:on("message", function() deep() end)]], "{ count = 1 }")
      sim:update(flow.message "x")
      bot:wait_for("out", "caught: worker 1: %S*worker.lua:3: boom\nstack traceback:\n[^\n]*worker.lua:3: in [^\n]*\n"
        .. "[^\n]*worker.lua:4: ")
    end)

    it("go to the worker's own bot:catch when it has one", function()
      local bot = start([[
        bot:catch(function(err) print("worker caught " .. err.error .. " of " .. err.ctx.text) end)
        bot:on("message", function() error("boom", 0) end)]], nil, nil, [[
        while handle:stats().done < 1 do tg.sleep(5) end
        print("failed " .. handle:stats().failed)]])
      sim:update(flow.message "x")
      bot:wait_for("out", "failed 0")
      assert.truthy(bot:out():find("worker caught boom of x", 1, true))
      assert.falsy(bot:out():find "caught: ")
    end)

    it("in the worker's error handler are raised in the main state, with what it was to handle", function()
      local bot = start [[
        bot:catch(function() error("again", 0) end)
        bot:on("message", function() error "boom" end)]]
      sim:update(flow.message "x")
      bot:wait_for("out", "caught: worker %d: again\nstack traceback:\n.*worker.lua:3: in .*"
        .. "while it handled the error: %S*worker.lua:4: boom\nstack traceback:\n[^\n]*worker.lua:4: in ")
    end)

    it("in the worker's error handler may be objects", function()
      local bot = start [[
        bot:catch(function() error(setmetatable({}, { __tostring = function() return "an object" end })) end)
        bot:on("message", function() error {} end)]]
      sim:update(flow.message "x")
      bot:wait_for("out", "caught: worker %d: an object\n.*while it handled the error: a table was raised")
    end)

    it("of the worker file's text are told at the call of distribute", function()
      local path = flow.file [[
        local tg = require "tgrunner"
        tg.distribute("none.lua")]]
      local result = flow.run { path }
      assert.equal(1, result.code)
      assert.truthy(result.err:find("bot.lua:2: distribute: cannot read the worker file", 1, true), result.err)
      flow.file("local x = = 1", "broken.lua")
      result = flow.run { flow.file [[require("tgrunner").distribute("broken.lua")]] }
      assert.equal(1, result.code)
      assert.truthy(result.err:find("broken.lua:1:", 1, true), result.err)
    end)

    it("in options name the option", function()
      local function err(code)
        return flow.run({ flow.file('local tg = require "tgrunner"\n' .. code) }).err
      end
      assert.truthy(err('tg.distribute("w.lua", { coutn = 1 })'):find("did you mean 'count'", 1, true))
      assert.truthy(err('tg.distribute("w.lua", { by = "chats" })'):find("distribute options.by", 1, true))
      assert.truthy(err('tg.distribute("w.lua", { count = 1e6 })'):find("an integer from 1 to 1024", 1, true))
      assert.truthy(err('tg.distribute("/")'):find("/: Is a directory", 1, true))
      assert.truthy(err("tg.distribute()"):find("bot.lua:2: distribute: the worker file", 1, true))
      assert.truthy(err('tg.distribute ""'):find("a path (got an empty string)", 1, true))
      assert.truthy(err('tg.distribute "w.lua\\0x"'):find("the worker file's path has a NUL byte", 1, true))
    end)
  end)

  describe("a worker file", function()
    it("cannot start or run its bot, nor make two", function()
      local bot = start [[
        print(select(2, pcall(bot.start, bot)))
        print(select(2, pcall(tg.run, bot)))
        print(select(2, pcall(tg.distribute, "worker.lua")))
        print(select(2, pcall(tg.BotWorker)))
        bot:on("message", function() end)]]
      bot:wait_for("out", "this worker file has one already")
      assert.truthy(bot:out():find("bot:start: a tg.BotWorker does not fetch", 1, true))
      assert.truthy(bot:out():find("tg.run: a tg.BotWorker does not fetch", 1, true))
      assert.truthy(bot:out():find("a worker has no workers of its own", 1, true))
    end)

    it("is the only place for a tg.BotWorker", function()
      local result = flow.run { flow.file [[require("tgrunner").BotWorker()]] }
      assert.equal(1, result.code)
      assert.truthy(result.err:find("is for worker files", 1, true), result.err)
    end)

    it("may call the API and wait in its main chunk; updates come behind it", function()
      local bot = start([[
        local me = bot.api.getMe()
        tg.sleep(50)
        bot:on("message", function(ctx) print(me.id == ctx.me.id, ctx.text) end)]], "{ count = 1 }")
      sim:update(flow.message "x")
      bot:wait_for("out", "true\tx")
    end)

    it("may begin with a byte order mark and a line for the shell, as a main script may", function()
      for _, head in ipairs { "\xEF\xBB\xBF", "\xEF\xBB\xBF#!/usr/bin/env x\n", "#!/usr/bin/env x\n" } do
        flow.file(head .. WORKER .. 'bot:on("message", function() print "here" end)', "worker.lua")
        local result = flow.run { flow.file(head .. [[
          local tg = require "tgrunner"
          local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 1, is_bot = true, username = "b" } })
          bot:use(tg.distribute("worker.lua", { count = 1 }))
          bot:handle_update{ update_id = 1, message = { message_id = 1, date = 1, chat = { id = 1, type = "private" } } }]]) }
        assert.equal("here\n", result.out, result.err)
      end
    end)

    it("logs with its worker's number", function()
      local bot = start([[tg.log.warn "hello"]], "{ count = 1 }")
      bot:wait_for("err", "worker 1: hello")
    end)
  end)

  it("takes several pools and several bots", function()
    flow.file(WORKER .. 'bot:on("message", function(ctx) ctx:reply("a " .. ctx.text) end)', "a.lua")
    flow.file(WORKER .. 'bot:on("message", function(ctx) ctx:reply("b " .. ctx.text) end)', "b.lua")
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local one, two = tg.Bot(), tg.Bot("777:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
      one:filter(function(ctx) return ctx.text == "x" end, tg.distribute("a.lua", { count = 1 }))
      one:use(tg.distribute("b.lua", { count = 1 }))
      two:use(tg.distribute("a.lua", { count = 1 }))
      tg.run(one)
      tg.run(two)]])
    sim:update { flow.message "x", flow.message "y" }
    sim:request("POST", "/sim/updates?token=777:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", flow.message "z")
    local texts = {}
    for i, call in ipairs(sim:wait_calls("sendMessage", 3)) do
      texts[i] = call.params.text .. (call.token:find "^777:" and " two" or " one")
    end
    table.sort(texts)
    assert.same({ "a x one", "a z two", "b y one" }, texts)
  end)

  it("hands over updates a script made, as JSON", function()
    local bot = start('bot:on("message", function(ctx) print(ctx.text, math.type(ctx.chat.id)) end)', nil, nil, [[
      bot:handle_update{ update_id = 5, message = { message_id = 1, date = 1, text = "made",
        chat = { id = -1001234567890, type = "supergroup" } } }]])
    bot:wait_for("out", "made\tinteger")
  end)

  it("makes the middleware wait when rings are full, and loses nothing", function()
    local bot = start([[
      local n = 0
      bot:on("message", function() n = n + 1 if n % 500 == 0 then print(n) end end)]],
      "{ count = 1 }", nil, [[
      local left = 5000
      for i = 1, 5000 do
        tg.spawn(function()
          bot:handle_update('{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":1,"type":"private"}}}')
          left = left - 1
          if left == 0 then print "all" end
        end)
      end]])
    bot:wait_for("out", "5000\n.*all")
  end)

  describe("tg.shared", function()
    it("counts across all states", function()
      local bot = start([[
        bot:on("message", function(ctx) print("n " .. tg.shared.incr("n")) end)]], "{ count = 4 }", nil, [[
        while (tg.shared.get "n" or 0) < 200 do tg.sleep(5) end
        print("sum " .. tg.shared.get "n")]])
      sim:update(messages(200, 200))
      bot:wait_for("out", "sum 200")
    end)

    it("keeps strings, numbers and booleans, and forgets them in time", function()
      local result = flow.run { flow.file [[
        local tg = require "tgrunner"
        local shared = tg.shared
        for _, value in ipairs{ "text\0with a zero", 12, 1.5, true, false, math.maxinteger } do
          shared.set("key", value)
          print(shared.get "key" == value, math.type(shared.get "key"))
        end
        shared.set("key", nil)
        print(shared.get "key")
        shared.set("soon", 1, 20)
        print(shared.get "soon", shared.incr("soon", 2))
        while shared.get "soon" do tg.sleep(5) end
        print(shared.get "soon", shared.incr("soon", -2))
        print(pcall(shared.set, "key", {}))
        print(pcall(shared.incr, "text"))
        shared.set("text", "x")
        print(pcall(shared.incr, "text"))
        print(pcall(shared.set, "big", ("x"):rep(2 ^ 20 + 1)))]] }
      assert.truthy(result.out:find("true\tnil\ntrue\tinteger\ntrue\tfloat\ntrue\tnil\ntrue\tnil\ntrue\tinteger\n"
        .. "nil\n1\t3\nnil\t-2\n", 1, true), result.out .. result.err)
      assert.truthy(result.out:find("holds strings, numbers and booleans (got a table)", 1, true), result.out)
      assert.truthy(result.out:find("'text' holds no integer", 1, true), result.out)
      assert.truthy(result.out:find("a string 1048576 at most", 1, true), result.out)
    end)
  end)
end)
