local flow = require "support.flow"

describe("distribute", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local WORKER = 'local tg = require "tgrunner"\nlocal bot = tg.BotWorker()\n'

  -- A bot whose messages go to workers; `more` stands before run, `rest` behind it.
  local function start(worker, options, more, rest)
    flow.file(WORKER .. worker, "worker.lua")
    return flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local handle
      bot:catch(function(err) print("caught: " .. tostring(err.error)) end)
      %s
      bot:on("message", tg.distribute("worker.lua", %s))
      handle = tg.run(bot)
      %s]]):format(more or "", options or "{ count = 2 }", rest or ""))
  end

  local function messages(count, chats)
    local list = {}
    for i = 1, count do list[i] = flow.message(tostring(i), { chat = 1 + (i - 1) % chats }) end
    return list
  end

  -- TGRUNNER_UPDATES=100000 for the long run, over 1,000 chats.
  local UPDATES = tonumber(os.getenv "TGRUNNER_UPDATES") or 3000
  local CHATS = math.min(1000, UPDATES // 30)

  -- Calls each(number, chat) for every recorded message whose text is a number, in order; returns
  -- how many there were.
  local function each_message(each)
    local since, count = 0, 0
    repeat
      local calls = sim:request("GET", ("/sim/calls?method=sendMessage&limit=10000&since=%d"):format(since))
      for _, call in ipairs(calls) do
        each(tonumber(call.params.text), call.params.chat_id)
        since, count = call.seq, count + 1
      end
    until #calls == 0
    return count
  end

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
            if name ~= "number" and name ~= "file" then sum[name] = (sum[name] or 0) + value end
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

  describe("deaths", function()
    it("by os.exit end the worker's updates as errors; a new worker goes on", function()
      local bot = start([[
        bot:on("message", function(ctx)
          if ctx.text == "die" then os.exit(3) end
          if ctx.text == "wait" then tg.sleep(60000) end
          print("handled " .. ctx.text)
        end)]], "{ count = 1 }")
      sim:update { flow.message "wait", flow.message "die" }
      bot:wait_for("out", "caught: worker 1: the worker died while it had this update: it called os.exit.*"
        .. "caught: worker 1: the worker died")
      sim:update(flow.message "next")
      bot:wait_for("out", "handled next")
      assert.truthy(bot:err():find("worker 1 died and is replaced: it called os.exit", 1, true))
      bot:kill()
      assert.equal(0, (bot:wait()), bot:err())
    end)

    for how, body in pairs { ["spins"] = "while true do end", ["blocks"] = "io.open(PIPE)" } do
      it("do not wait for a finalizer that " .. how .. ", nor does the stop", function()
        local pipe = flow.file("", "pipe_" .. how) -- nobody writes to it
        assert(os.remove(pipe) and os.execute("mkfifo " .. pipe))
        local bot = start(([[
          local PIPE, dies = %q, false
          kept = setmetatable({}, { __gc = function() if dies then %s end end })
          bot:on("message", function(ctx)
            if ctx.text == "die" then
              dies = true
              os.exit(1)
            end
            print("handled " .. ctx.text)
          end)]]):format(pipe, body), "{ count = 1 }")
        sim:update(flow.message "die")
        bot:wait_for("out", "caught: worker 1: the worker died while it had this update: it called os.exit")
        sim:update(flow.message "next")
        bot:wait_for("out", "handled next")
        assert.truthy(bot:err():find("worker 1 died, but its thread does not end", 1, true), bot:err())
        bot:kill()
        assert.equal(0, (bot:wait()), bot:err())
      end)
    end

    it("by the memory limit too", function()
      local bot = start([[
        bot:on("message", function(ctx)
          if ctx.text == "eat" then
            local t = {}
            while true do t[#t + 1] = ("x"):rep(10000) .. #t end
          end
          print("handled " .. ctx.text)
        end)]], "{ count = 1, memory_limit = 8 * 1024 * 1024 }")
      sim:update(flow.message "eat")
      bot:wait_for("out", "caught: worker 1: not enough memory")
      sim:update(flow.message "next")
      bot:wait_for("out", "handled next")
      assert.truthy(bot:err():find("it exceeded its memory limit of 8192 KiB", 1, true), bot:err())
    end)

    local FULL = [[
      kept = {}
      local function fill() while true do kept[#kept + 1] = {} end end
      ]]

    for how, body in pairs {
      ["that a handler caught, and waits behind"] = "pcall(fill) tg.sleep(60000)",
      ["in a coroutine.wrap"] = "coroutine.wrap(fill)()",
      ["in a task of its own"] = "tg.spawn(fill) tg.sleep(60000)",
    } do
      it("by the memory limit " .. how .. " come at once", function()
        local bot = start(FULL .. ([[
          bot:on("message", function(ctx)
            if ctx.text == "eat" then %s end
            print("handled " .. ctx.text)
          end)]]):format(body), "{ count = 1, memory_limit = 8 * 1024 * 1024 }")
        sim:update(flow.message "eat")
        bot:wait_for("out", "caught: worker 1: ")
        sim:update(flow.message "next")
        bot:wait_for("out", "handled next")
        assert.truthy(bot:err():find("it exceeded its memory limit of 8192 KiB", 1, true), bot:err())
      end)
    end

    it("by the memory limit in the worker's error handler come at once", function()
      local bot = start(FULL .. [[
        bot:catch(fill)
        bot:on("message", function(ctx)
          if ctx.text == "eat" then error "boom" end
          print("handled " .. ctx.text)
        end)]], "{ count = 1, memory_limit = 8 * 1024 * 1024 }")
      sim:update(flow.message "eat")
      bot:wait_for("out", "caught: worker 1: not enough memory")
      sim:update(flow.message "next")
      bot:wait_for("out", "handled next")
      assert.truthy(bot:err():find("it exceeded its memory limit of 8192 KiB", 1, true), bot:err())
    end)

    it("are not what a caught refusal or an error of that name leads to", function()
      local bot = start([[
        bot:on("message", function(ctx)
          if ctx.text == "name" then error("not enough memory", 0) end
          print(pcall(string.rep, "x", 1 << 26))
          print("handled " .. ctx.text)
        end)]], "{ count = 1, memory_limit = 8 * 1024 * 1024 }", nil, [[
        tg.every(20, function() print("deaths " .. handle:stats().workers[1].deaths) end)]])
      sim:update { flow.message "name", flow.message "huge" }
      bot:wait_for("out", "handled huge")
      bot:wait_for("out", "caught: worker 1: not enough memory.*deaths.*deaths.*deaths")
      assert.falsy(bot:out():find "deaths [1-9]", bot:err())
    end)

    it("of memory at load name the limit", function()
      local options = "{ count = 1, memory_limit = %d * 1024 }"
      for kib, body in pairs { [8192] = FULL .. "fill()", [64] = "", [2048] = ('_ = "%s"'):format(("x"):rep(3000000)) } do
        local bot = start(body, options:format(kib))
        sim:update(flow.message "x")
        assert.equal(1, (bot:wait()))
        assert.truthy(bot:err():find(("worker 1: it exceeded its memory limit of %d KiB"):format(kib), 1, true),
          bot:err())
      end
    end)

    it("at load end the runner when they go on: its task raises the cause", function()
      local bot = start('error "cannot start"', "{ count = 1 }", nil, [[
        local task = handle:task()
        print("raised " .. tostring(select(2, pcall(task.wait, task))))
        print(handle:stats().state, handle:is_running())]])
      sim:update(flow.message "x")
      assert.equal(0, (bot:wait()), bot:err())
      assert.truthy(bot:out():find("raised distribute: workers of %S*worker.lua died 6 times within 60 s; "
        .. "the last one, worker 1: %S*worker.lua:3: cannot start"), bot:out())
      assert.truthy(bot:out():find "failed\tfalse")
    end)

    it("leave other bots' runners alone", function()
      flow.file('error "cannot start"', "worker.lua")
      local bot = flow.bot(sim, [[
        local tg = require "tgrunner"
        local one, two = tg.Bot(), tg.Bot("777:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")
        one:use(tg.distribute("worker.lua", { count = 1 }))
        two:on("message", function(ctx) print("two got " .. ctx.text) end)
        local handle = tg.run(one)
        tg.run(two)
        while handle:stats().state ~= "failed" do tg.sleep(5) end
        print "failed"]])
      bot:wait_for("out", "failed")
      sim:request("POST", "/sim/updates?token=777:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", flow.message "z")
      bot:wait_for("out", "two got z")
      bot:kill()
      assert.equal(0, (bot:wait()), bot:err())
    end)

    it("at load end the script when nobody waits for the runner", function()
      local bot = start('error "cannot start"', "{ count = 1 }")
      local code = bot:wait()
      assert.equal(1, code)
      assert.truthy(bot:err():find("died 6 times within 60 s; the last one, worker 1: ", 1, true), bot:err())
      assert.truthy(bot:err():find("worker.lua:3: cannot start", 1, true), bot:err())
    end)

    it("come from a worker file that makes no bot", function()
      flow.file("local x = 1", "worker.lua")
      local bot = flow.bot(sim, [[
        local tg = require "tgrunner"
        local bot = tg.Bot()
        bot:use(tg.distribute("worker.lua", { count = 1 }))
        tg.run(bot)]])
      assert.equal(1, (bot:wait()))
      assert.truthy(bot:err():find("it has made no bot", 1, true), bot:err())
    end)

    it("under load lose nothing silently and keep each chat's order", function()
      sim:settings { record_max = UPDATES + 10000 }
      local every = UPDATES >= 100000 and 1000 or 100
      local bot = start(([[
        bot:on("message", function(ctx)
          if ctx.update_id %% %d == 0 then os.exit() end
          ctx:reply(tostring(ctx.update_id))
        end)]]):format(every), "{ count = 4, give_up = false }", [[
        bot:use(tg.sequentialize("chat"))
        bot:catch(function(err) print("lost " .. err.ctx.update_id) end)]], ([[
        while handle:stats().done + handle:stats().failed < %d do tg.sleep(5) end
        print "all"]]):format(UPDATES))
      sim:request("POST", "/sim/load", { count = UPDATES, chats = CHATS })
      bot:wait_for("out", "all\n", 240000)
      local seen, last, lost = {}, {}, 0
      for number in bot:out():gmatch "lost (%d+)" do
        seen[tonumber(number)] = true
        lost = lost + 1
      end
      each_message(function(number, chat)
        -- What a dying worker had sent on its way may arrive late.
        if seen[number] then return end
        assert.truthy(number > (last[chat] or 0), "out of order")
        last[chat], seen[number] = number, true
      end)
      for number = 1, UPDATES do assert.truthy(seen[number], number .. " is lost without a word") end
      assert.truthy(lost >= UPDATES // every)
    end)
  end)

  describe("cancels", function()
    it("by a timeout reach the worker; the chat's next update waits until it has answered", function()
      flow.file(WORKER .. [[
        bot:on("message", function(ctx)
          local _ <close> = setmetatable({}, { __close = function() print("closed " .. ctx.text) end })
          print("begin " .. ctx.text)
          if ctx.text == "hang" then tg.sleep(60000) end
        end)
        tg.log.warn "up"]], "worker.lua")
      local bot = flow.bot(sim, [[
        local tg = require "tgrunner"
        local bot = tg.Bot()
        bot:use(tg.distribute("worker.lua", { count = 2 }))
        tg.run(bot, { sink = { sequentialize = "chat", timeout = { milliseconds = 1000, handler = function(update)
          print("timeout " .. update.message.text)
        end } } })]])
      flow.wait_until(function() return select(2, bot:err():gsub(": up", "")) == 2 end)
      sim:update { flow.message "hang", flow.message "next" }
      bot:wait_for("out", "closed next")
      local out = bot:out()
      assert.truthy(out:find "begin hang.*closed hang.*begin next", out)
      assert.truthy(out:find("timeout hang", 1, true), out)
    end)

    it("by a stop's deadline reach workers, and report what they had as abandoned", function()
      local bot = start([[
        bot:on("message", function(ctx)
          local _ <close> = setmetatable({}, { __close = function() print "closed" end })
          tg.shared.set("begun", true)
          tg.sleep(60000)
        end)]], "{ count = 1 }", nil, [[
        while not tg.shared.get "begun" do tg.sleep(5) end
        print(#handle:stop{ deadline_ms = 20 }.abandoned .. " abandoned")]])
      sim:update(flow.message "x")
      assert.equal(0, (bot:wait()), bot:err())
      assert.truthy(bot:out():find "1 abandoned")
      assert.truthy(bot:out():find "closed")
    end)

    it("of an update no worker has begun yet free its keys at once", function()
      local bot = start([[
        bot:on("message", function(ctx)
          print(ctx.text)
          if ctx.text == "block" then
            tg.shared.set("begun", true)
            local till = os.clock() + 1
            while os.clock() < till do end
          end
        end)]], "{ count = 1 }", nil, [[
        local raw = { update_id = 1, message = { message_id = 1, date = 1, text = "block", chat = { id = 1, type = "private" } } }
        tg.spawn(function() bot:handle_update(raw) end)
        while not tg.shared.get "begun" do tg.sleep(5) end
        local late = tg.spawn(function()
          raw.message.text = "late"
          bot:handle_update(raw)
        end)
        tg.sleep(50)
        late:cancel()
        tg.sleep(10)
        print("status " .. late:status())]])
      bot:wait_for("out", "status cancelled")
      bot:kill()
      bot:wait()
      assert.falsy(bot:out():find "late")
    end)
  end)

  it("is not held up by a worker that is stuck in C, and the stop neither", function()
    local pipe = flow.file("", "pipe") -- nobody writes to it, so opening it never ends
    assert(os.remove(pipe) and os.execute("mkfifo " .. pipe))
    local bot = start(([[
      bot:on("message", function(ctx)
        if ctx.text == "stuck" then
          print "stuck"
          io.open(%q)
        end
        print("handled " .. ctx.text)
      end)]]):format(pipe), "{ count = 2 }", [[
      bot:filter(function(ctx) return ctx.text == "stop" end, function()
        handle:stop{ deadline_ms = 50 }
      end)]], "")
    sim:update(flow.message "stuck")
    bot:wait_for("out", "stuck\n")
    local list = {}
    for i = 1, 20 do list[i] = flow.message("free" .. i) end
    sim:update(list)
    flow.wait_until(function() return select(2, bot:out():gsub("handled free", "")) == 20 end)
    sim:update(flow.message "stop")
    assert.equal(0, (bot:wait()), bot:err())
    assert.falsy(bot:out():find "handled stuck")
    assert.truthy(bot:err():find("left behind", 1, true), bot:err())
    assert.truthy(bot:err():find "update 1 was abandoned: worker %d is stuck with it", bot:err())
  end)

  it("hands what lies ahead of a worker that is stuck in C to the others, at once", function()
    local pipe = flow.file("", "gate")
    assert(os.remove(pipe) and os.execute("mkfifo " .. pipe))
    local bot = start(([[
      bot:on("message", function(ctx)
        if ctx.text == "stuck" then
          print "stuck"
          io.open(%q):close() -- returns when somebody writes
          print "free"
        end
        local handled = tg.shared.incr "handled"
        if handled == 1000 then print "warm" end
        if handled == 2000 then print "all others" end
      end)]]):format(pipe), "{ count = 2 }", nil, [[
      while handle:stats().done < 2001 do tg.sleep(5) end
      print "all"]])
    local list = messages(1000, 1000)
    sim:update(list)
    bot:wait_for("out", "warm\n") -- what an update costs is known
    table.insert(list, 500, flow.message "stuck")
    sim:update(list)
    bot:wait_for("out", "stuck\n.*all others\n")
    assert.falsy(bot:out():find "free")
    io.open(pipe, "w"):close()
    bot:wait_for("out", "all\n")
  end)

  describe("affinity", function()
    local COUNTING = [[
      local seen = {}
      local self = tostring(seen):gsub(" ", "")
      bot:on("message", function(ctx)
        print(ctx.chat_id, self)
      end)]]

    local function workers_of_chats(bot, count)
      flow.wait_until(function() return select(2, bot:out():gsub("\n", "\n")) >= count end)
      local of = {}
      for chat, worker in bot:out():gmatch "(%d+)\t(%S+)\n" do
        of[chat] = of[chat] or {}
        of[chat][worker] = true
      end
      return of
    end

    for name, by in pairs { chat = '"chat"', user = '"user"', ["a function"] = "function(ctx) return 'k' .. ctx.chat_id end" } do
      it("by " .. name .. " always meets the same worker", function()
        local bot = start(COUNTING, ("{ count = 3, by = %s }"):format(by))
        sim:update(messages(200, 20))
        local used = {}
        local of = workers_of_chats(bot, 200)
        for chat, workers in pairs(of) do
          local only = next(workers)
          assert.equal(nil, next(workers, only), "chat " .. chat .. " met two workers")
          used[only] = true
        end
        assert.truthy(next(used, next(used)), "one worker got all chats")
      end)
    end

    it("by update goes to the worker with the least to do", function()
      local bot = start([[
        local self = tostring(bot)
        bot:on("message", function(ctx)
          print(self)
          tg.sleep(60000)
        end)
        tg.log.warn "up"]], "{ count = 3 }")
      flow.wait_until(function() return select(2, bot:err():gsub(": up", "")) == 3 end)
      for i, message in ipairs(messages(9, 9)) do
        sim:update(message)
        flow.wait_until(function() return select(2, bot:out():gsub("\n", "\n")) >= i end)
        flow.pause(100) -- it sleeps again
      end
      local counts = {}
      for worker in bot:out():gmatch "(%S[^\n]*)\n" do counts[worker] = (counts[worker] or 0) + 1 end
      for _, count in pairs(counts) do assert.equal(3, count) end
    end)
  end)

  for how, setting in pairs {
    ["under sequentialize, with 8 workers by update"] = { "update", 'bot:use(tg.sequentialize("chat"))' },
    ["under sequentialize, with 8 workers by chat"] = { "chat", 'bot:use(tg.sequentialize("chat"))' },
    ["with 8 workers by chat alone"] = { "chat" },
  } do
    it("keeps the order within a chat " .. how, function()
      sim:settings { record_max = UPDATES + 10000 }
      local bot = start([[
        bot:on("message:text", function(ctx)
          tg.sleep(math.random(0, 3))
          ctx:reply(tostring(ctx.update_id))
        end)]], ("{ count = 8, by = %q }"):format(setting[1]), setting[2])
      sim:request("POST", "/sim/load", { count = UPDATES, chats = CHATS })
      flow.wait_until(function()
        flow.pause(20)
        local counts = sim:method "sendMessage"
        return counts and counts.answered >= UPDATES
      end, 240000)
      local last = {}
      assert.equal(UPDATES, each_message(function(number, chat)
        assert.truthy(number > (last[chat] or 0), "out of order in chat " .. chat)
        last[chat] = number
      end))
      assert.equal("", (bot:err():gsub("[^\n]*8 workers on[^\n]*\n", "")))
    end)
  end

  it("runs what has the same key one after another, and others meanwhile", function()
    local bot = start([[
      bot:on("message:text", function(ctx)
        print("begin " .. ctx.text)
        while ctx.text == "first" and not tg.shared.get "go" do tg.sleep(2) end
        if ctx.text == "other" then tg.shared.set("go", true) end
        print("end " .. ctx.text)
      end)]], '{ count = 2, by = function(ctx) return ctx.text ~= "other" and "one" or "two" end }')
    sim:update { flow.message("first", { chat = 1 }), flow.message("second", { chat = 2 }) }
    bot:wait_for("out", "begin first")
    sim:update(flow.message("other", { chat = 3 }))
    bot:wait_for("out", "begin first.*begin other.*end first.*begin second.*end second")
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
