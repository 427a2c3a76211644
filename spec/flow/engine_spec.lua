local flow = require "support.flow"

-- The engine's parts as scripts put them together.
describe("the engine's parts", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function prints(script)
    local result = flow.run { flow.file('local tg = require "tgrunner"\n' .. script) }
    assert.equal(0, result.code, result.err)
    return result.out, result.err
  end

  it("runs at most as many updates as a concurrent sink allows, and answers free capacity", function()
    assert.equal("2\t3\ntrue\t0\n", (prints [[
      local running, most, ended = 0, 0, 0
      local sink = tg.create_concurrent_sink({ consume = function()
        running = running + 1
        most = math.max(most, running)
        tg.sleep(10)
        running, ended = running - 1, ended + 1
      end }, print, { concurrency = 3 })
      local first = sink:handle{ 1 }
      local list = {}
      for i = 1, 20 do list[i] = i end
      sink:handle(list)
      print(first, most)
      while ended < 21 do tg.sleep(5) end
      print(most == 3, sink:size())]]))
  end)

  it("runs one after another in a sequential sink, all at once in a batch sink", function()
    assert.equal("1 1 2 2 3 3\tinf\n1 2 3 3 2 1\tinf\n", (prints [[
      local function order(create)
        local seen = {}
        local sink = create({ consume = function(n)
          seen[#seen + 1] = n
          tg.sleep((4 - n) * 10)
          seen[#seen + 1] = n
        end }, print)
        local capacity = sink:handle{ 1, 2, 3 }
        print(table.concat(seen, " "), capacity)
      end
      order(tg.create_sequential_sink)
      order(tg.create_batch_sink)]]))
  end)

  it("keeps a snapshot of running updates in order of their start", function()
    assert.equal("a b\n", (prints [[
      local sink = tg.create_concurrent_sink({ consume = function() tg.sleep(20) end }, print)
      sink:handle{ "a", "b" }
      tg.sleep(0)
      print(table.concat(sink:snapshot(), " "))]]))
  end)

  it("tells the error handler of a failed update, and logs an error of the error handler", function()
    local out, err = prints [[
      local sink = tg.create_concurrent_sink({ consume = function(n)
        tg.sleep(1)
        if n == 2 then error({ code = n }) end
      end }, function(e, update)
        print("failed", e.code, update)
        error "worse"
      end)
      sink:handle{ 1, 2, 3 }
      while sink:size() > 0 do tg.sleep(5) end
      print(sink:size())]]
    assert.equal("failed\t2\t2\n0\n", out)
    assert.truthy(err:find("error in the error handler", 1, true), err)
    assert.truthy(err:find("worse", 1, true), err)
  end)

  it("hands a supplier's Lua values to the consumer as they are", function()
    assert.equal("true\t3\nfunction\n", (prints [[
      local batches = { { { n = 3 }, print }, {} }
      local object = batches[1][1]
      local supplier = { supply = function(size, signal)
        assert(size >= 1 and signal.aborted == false)
        local batch = table.remove(batches, 1)
        if not batch then tg.sleep(60000) end
        return batch
      end }
      local sink = tg.create_sequential_sink({ consume = function(value)
        if type(value) == "table" then print(value == object, value.n) else print(type(value)) end
      end }, print)
      local runner = tg.create_runner(tg.create_source(supplier), sink):start()
      while runner:stats().done < 2 do tg.sleep(5) end
      runner:stop()]]))
  end)

  it("reads updates from a file into a bot", function()
    flow.file('{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"from a file"}}\n',
      "updates.json")
    assert.equal("message\t5\tfrom a file\n", (prints [[
      local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 1, is_bot = true, username = "b" } })
      bot:on("message:text", function(ctx) print(ctx.kind, ctx.chat_id, ctx.text) end)
      local lines = io.lines((arg[0]:gsub("bot.lua$", "updates.json")))
      local source = tg.create_source{ supply = function()
        local line = lines()
        return { line and tg.json.decode(line) }
      end }
      local sink = tg.create_concurrent_sink({ consume = function(u) bot:handle_update(u) end }, print)
      for batch in source:generator() do
        if #batch == 0 then break end
        sink:handle(batch)
      end
      while sink:size() > 0 do tg.sleep(1) end]]))
  end)

  it("iterates batches, empty ones too, until the source is closed", function()
    assert.equal("2 0 1\tfalse\ttrue\n", (prints [[
      local sizes, batches = {}, { { 1, 2 }, {}, { 3 } }
      local aborted
      local source
      source = tg.create_source{ supply = function(_, signal)
        local _ <close> = setmetatable({}, { __close = function() aborted = signal.aborted end })
        local batch = table.remove(batches, 1)
        if not batch then
          tg.spawn(function() source:close() end)
          tg.sleep(60000)
        end
        return batch
      end }
      for batch in source:generator() do sizes[#sizes + 1] = #batch end
      tg.sleep(0)
      print(table.concat(sizes, " "), source:is_active(), aborted)]]))
  end)

  it("passes the pace to the supplier and raises its error from the generator", function()
    assert.equal("inf\t7\nfalse\ttrue\tfalse\n", (prints [[
      local seen = {}
      local source = tg.create_source{ supply = function(size)
        seen[#seen + 1] = size
        if #seen == 2 then error "dry" end
        return {}
      end }
      local ok, err = pcall(function()
        for _ in source:generator() do source:set_generator_pace(7) end
      end)
      print(seen[1], seen[2])
      print(ok, tostring(err):find "dry" ~= nil, source:is_active())]]))
  end)

  it("keeps a batch that a cancelled task had asked for", function()
    -- Who cancels runs behind the supplier: before its answer is handed over, or one step later, before
    -- who asked looks at it.
    assert.equal("1 2 3\n1 2 3\n", (prints [[
      local function seen(before)
        local given
        local go_on = tg.spawn(function() tg.sleep(20) end)
        local source = tg.create_source{ supply = function()
          if given then tg.sleep(60000) end
          given = true
          go_on:wait()
          return { 1, 2, 3 }
        end }
        local reader
        local function cancel()
          go_on:wait()
          if not before then tg.spawn(reader.cancel, reader) else reader:cancel() end
        end
        reader = tg.spawn(function() for _ in source:generator() do print "not cancelled" end end)
        tg.sleep(0)
        tg.spawn(cancel)
        while reader:status() == "running" do tg.sleep(1) end
        for batch in source:generator() do return table.concat(batch, " ") end
      end
      print(seen(true))
      print(seen(false))
      os.exit(0)]]))
  end)

  it("goes on with a new request while a cancelled one takes its time to end", function()
    local out = prints [[
      local storage = tg.storage.sqlite((arg[0]:gsub("bot.lua$", "keys.db")))
      for round = 1, 10 do
        local calls, done = 0, 0
        local source = tg.create_source{ supply = function()
          calls = calls + 1
          if calls == 1 then while true do storage.write("k", ("x"):rep(1000)) end end
          tg.sleep(1)
          return { calls }
        end }
        local runner = tg.create_runner(source, tg.create_concurrent_sink({ consume = function()
          done = done + 1
        end }, print)):start()
        tg.sleep(5)
        runner:stop()
        runner:start()
        if round % 2 == 0 then -- its source is collected while the first request lingers
          runner:stop()
          runner, source = nil, nil
          collectgarbage()
          collectgarbage()
        else
          while done < 3 do tg.sleep(1) end
          runner:stop()
        end
      end
      print "all went on"
      os.exit(0)]]
    assert.equal("all went on\n", out)
  end)

  -- Updates that burn CPU, with a function for that.
  local BURN = [[
    local function burn(ms)
      local until_ = os.clock() + ms / 1000
      while os.clock() < until_ do end
    end
    local function once(list)
      return tg.create_source{ supply = function()
        local batch = list
        list = nil
        if not batch then tg.sleep(60000) end
        return batch
      end }
    end
  ]]

  it("counts an update's time from its start, however long the one before it has worked", function()
    assert.equal("slow\nquick\n2\t0\ttrue\n", (prints(BURN .. [[
      local runner = tg.create_runner(once{ "slow", "quick" }, tg.create_sequential_sink({
        consume = function(name)
          if name == "slow" then burn(600) else tg.sleep(1) end
          print(name)
        end,
      }, print, { timeout = { milliseconds = 500 } })):start()
      while runner:size() == 0 do tg.sleep(0) end
      while runner:size() > 0 do tg.sleep(1) end
      local stats = runner:stats()
      print(stats.done, stats.timed_out, stats.latency_max_ms >= 590)
      runner:stop()]])))
  end)

  it("counts a stop's time from the call, however long the script has worked", function()
    assert.equal("done\n1\t0\n", (prints(BURN .. [[
      local runner = tg.create_runner(once{ 1 }, tg.create_concurrent_sink({ consume = function()
        tg.sleep(900)
        print "done"
      end }, print)):start()
      while runner:size() == 0 do tg.sleep(0) end
      burn(600)
      local report = runner:stop{ deadline_ms = 500 }
      print(report.done, #report.abandoned)]])))
  end)

  it("ends no other runner's work with a stop, though both have one sink", function()
    assert.equal("a\n1\t0\npolling\t1\nb\nspawned by b\ndirect\n1\t0\n", (prints(BURN .. [[
      local tasks = {}
      local sink = tg.create_concurrent_sink({ consume = function(u)
        if u.name == "b" then
          tasks[#tasks + 1] = tg.spawn(function()
            tg.sleep(u.ms)
            print("spawned by " .. u.name)
          end)
        end
        tg.sleep(u.ms)
        print(u.name)
      end }, print)
      local a = tg.create_runner(once{ { name = "a", ms = 50 } }, sink):start()
      local b = tg.create_runner(once{ { name = "b", ms = 500 } }, sink):start()
      tg.sleep(0)
      sink:handle{ { name = "direct", ms = 600 } }
      local report = a:stop{ deadline_ms = 200 }
      print(report.done, #report.abandoned)
      tg.sleep(200)
      print(b:stats().state, b:size() - 1)
      while sink:size() > 0 do tg.sleep(5) end
      report = b:stop()
      print(b:stats().done, b:stats().failed)]])))
  end)

  it("tells of an update that somebody cancels for no reason of the engine's", function()
    local out, err = prints [[
      local sink
      sink = tg.create_concurrent_sink({ consume = function() tg.sleep(60000) end }, print)
      local host = require "tgrunner.host"
      local mark = host.fiber_mark()
      sink:handle{ { update_id = 7 } }
      host.cancel_since(mark)
      while sink:size() > 0 do tg.sleep(1) end
      print(sink:size())]]
    assert.equal("0\n", out)
    assert.truthy(err:find("the handler of update 7 was cancelled before its end", 1, true), err)
  end)

  it("does not hammer a server that refuses, whatever retry_interval says", function()
    local sim = flow.sim()
    sim:answer { method = "getMe", status = 500 }
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function() end)
      local handle = tg.run(bot, { runner = { retry_interval = 0, silent = true } })
      tg.sleep(1000)
      handle:stop()]])
    assert.equal(0, (bot:wait()), bot:err())
    assert.is_true(sim:method("getMe").calls <= 20)
  end)

  it("leaves out an update that nobody can decode, and goes on", function()
    local sim = flow.sim()
    sim:update { flow.message "one", { raw = '{"update_id":2,"message":{"text":nul}}', update_id = 2 }, flow.message "three" }
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local source = tg.create_source(tg.create_update_fetcher(tg.Bot()))
      for batch in source:generator() do
        for _, update in ipairs(batch) do print(update.message.text) end
        if batch[#batch] and batch[#batch].message.text == "three" then break end
      end
      os.exit(0)]])
    assert.equal(0, (bot:wait()), bot:err())
    assert.equal("one\nthree\n", bot:out())
    assert.truthy(bot:err():find "update 2 is broken: [^\n]*; it is left out", bot:err())
  end)

  it("ends a runner with its supplier's error, for who waits for it", function()
    assert.equal("false\ttrue\tfailed\n", (prints [[
      local runner = tg.create_runner(
        tg.create_source{ supply = function() error "broken pipe" end },
        tg.create_sequential_sink({ consume = function() end }, print)):start()
      local task = runner:task()
      local ok, err = pcall(task.wait, task)
      print(ok, tostring(err):find("broken pipe", 1, true) ~= nil, runner:stats().state)]]))
  end)

  it("raises what its supplier raised, tables too, for who waits and from the generator", function()
    assert.equal("7\n7\n", (prints [[
      local function failing() return tg.create_source{ supply = function() error { code = 7 } end } end
      local task = tg.create_runner(failing(),
        tg.create_sequential_sink({ consume = function() end }, print)):start():task()
      print(select(2, pcall(task.wait, task)).code)
      print(select(2, pcall(failing():generator())).code)]]))
  end)

  it("ends the script with a runner's error that nobody waits for", function()
    local result = flow.run { flow.file [[
      local tg = require "tgrunner"
      tg.create_runner(
        tg.create_source{ supply = function() error "broken pipe" end },
        tg.create_sequential_sink({ consume = function() end }, print)):start()]] }
    assert.equal(1, result.code)
    assert.truthy(result.err:find("broken pipe", 1, true), result.err)
  end)

  describe("timeouts", function()
    it("cancel the coroutine, run its <close> variables and tell the handler", function()
      assert.equal("closed\ntimeout\tx\tcancelled\n0\n", (prints [[
        local sink = tg.create_concurrent_sink({ consume = function()
          local _ <close> = setmetatable({}, { __close = function() print "closed" end })
          pcall(tg.sleep, 60000)
          print "never"
        end }, function() print "never" end, { timeout = { milliseconds = 10, handler = function(update, task)
          print("timeout", update, task:status())
        end } })
        sink:handle{ "x" }
        while sink:size() > 0 do tg.sleep(5) end
        tg.sleep(5)
        print(sink:size())]]))
    end)

    it("leave the coroutine running with cancel = false, its end to be seen on the task", function()
      assert.equal("timeout\trunning\t0\nvalue\ntrue\n", (prints [[
        local sink
        local seen
        sink = tg.create_concurrent_sink({ consume = function()
          tg.sleep(40)
          print "value"
        end }, print, { timeout = { milliseconds = 10, cancel = false, handler = function(_, task)
          print("timeout", task:status(), sink:size())
          task:wait()
          seen = task:status() == "done"
        end } })
        sink:handle{ "x" }
        while seen == nil do tg.sleep(5) end
        print(seen)]]))
    end)

    it("show an error after the timeout on the task, and to the error handler", function()
      assert.equal("task\tfalse\nhandler\ttrue\n", (prints [[
        local sink = tg.create_concurrent_sink({ consume = function()
          tg.sleep(20)
          error "late"
        end }, function(err) print("handler", err:find "late" ~= nil) end,
        { timeout = { milliseconds = 5, cancel = false, handler = function(_, task)
          print("task", (pcall(task.wait, task)))
        end } })
        sink:handle{ "x" }
        tg.sleep(60)]]))
    end)

    it("cancel a handler that cancels nothing itself, at its next wait", function()
      assert.equal("woke\n", (prints [[
        local sink = tg.create_concurrent_sink({ consume = function()
          local until_ = os.clock() + 0.05
          while os.clock() < until_ do end
          print "woke"
          tg.sleep(1)
          print "never"
        end }, print, { timeout = { milliseconds = 10 } })
        sink:handle{ "x" }
        tg.sleep(50)]]))
    end)
  end)

  describe("sequentialize", function()
    local RUN = [[
      local function run(constraint, updates, options)
        local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 1, is_bot = true, username = "b" } })
        local log = {}
        if not options then bot:use(tg.sequentialize(constraint)) end
        bot:on("message:text", function(ctx)
          log[#log + 1] = "+" .. ctx.text
          tg.sleep(10)
          log[#log + 1] = "-" .. ctx.text
          if ctx.text:find "bad" then error "bad" end
        end)
        bot:catch(function() end)
        local sent
        local source = tg.create_source{ supply = function()
          if sent then tg.sleep(60000) end
          sent = true
          local batch = {}
          for i, u in ipairs(updates) do
            batch[i] = { update_id = i, message = { message_id = i, date = 1, text = u[1],
              chat = { id = u[2], type = "private" }, from = { id = u[3] or u[2], is_bot = false, first_name = "x" } } }
          end
          return batch
        end }
        local prepare, consume, failed = bot:_compose()
        local sink = tg.create_concurrent_sink({ consume = function(u) bot:handle_update(u) end }, print, options)
        local runner = tg.create_runner(source, sink):start()
        while runner:stats().done < #updates do tg.sleep(5) end
        runner:stop()
        print(table.concat(log, " "))
      end
    ]]

    it("runs updates of one chat in order and other chats beside them", function()
      local out = prints(RUN .. [[run("chat", { { "a1", 1 }, { "a2", 1 }, { "b1", 2 }, { "a3", 1 } })]])
      assert.equal("+a1 +b1 -a1 +a2 -b1 -a2 +a3 -a3\n", (out:gsub("%-a1 %+a2 %-b1", "-a1 +a2 -b1"):gsub("%-a1 %-b1 %+a2", "-a1 +a2 -b1")
        :gsub("%-b1 %-a1 %+a2", "-a1 +a2 -b1")))
    end)

    it("takes functions that give strings, integers, lists or nothing", function()
      local out = prints(RUN .. [[
        run(function(ctx) return ctx.text:sub(1, 1) end, { { "a1", 1 }, { "a2", 2 } })
        run(function(ctx) return { ctx.from.id, "x" } end, { { "a1", 1 }, { "a2", 2 } })
        run(function() return nil end, { { "a1", 1 }, { "a2", 1 } })
        run({ "chat", "user" }, { { "a1", 1, 7 }, { "a2", 2, 7 } })]])
      assert.equal("+a1 -a1 +a2 -a2\n+a1 -a1 +a2 -a2\n+a1 +a2 -a1 -a2\n+a1 -a1 +a2 -a2\n", out)
    end)

    it("goes on after an update that failed", function()
      assert.equal("+bad -bad +a2 -a2\n", (prints(RUN .. [[run("chat", { { "bad", 1 }, { "a2", 1 } })]])))
    end)

    it("refuses a constraint that waits, or gives something else, and names it", function()
      local _, err = prints [[
        local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 1, is_bot = true, username = "b" } })
        bot:use(tg.sequentialize(function(ctx) if ctx.text == "wait" then tg.sleep(1) end return {} ~= nil end))
        bot:use(function() print "never" end)
        for _, text in ipairs{ "wait", "true" } do
          bot:handle_update{ update_id = 1, message = { message_id = 1, date = 1, text = text, chat = { id = 1, type = "private" } } }
        end]]
      assert.truthy(err:find "bot%.lua:3: tg%.sleep cannot wait here: inside a function called by 'constraint'", err)
      assert.truthy(err:find "bot%.lua:3: the sequentialize constraint must give a string[^\n]*got boolean", err)
    end)

    it("lets updates wait without a slot when the sink does it", function()
      assert.equal("2\t4\n+a1 +b1\n", (prints [[
        local log = {}
        local sent
        local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 1, is_bot = true, username = "b" } })
        bot:on("message:text", function(ctx)
          log[#log + 1] = "+" .. ctx.text
          tg.sleep(60000)
        end)
        local list = {}
        for i, u in ipairs{ { "a1", 1 }, { "a2", 1 }, { "a3", 1 }, { "b1", 2 }, { "b2", 2 }, { "a4", 1 } } do
          list[i] = { update_id = i, message = { message_id = i, date = 1, text = u[1], chat = { id = u[2], type = "private" } } }
        end
        local sink = tg.create_concurrent_sink({ consume = function(u) bot:handle_update(u) end }, print,
          { concurrency = 3, sequentialize = function(u) return u.message.chat.id end })
        local runner = tg.create_runner(tg.create_source{ supply = function()
          if sent then tg.sleep(60000) end
          sent = true
          return list
        end }, sink):start()
        tg.sleep(30)
        local stats = runner:stats()
        print(stats.running, stats.waiting)
        print(table.concat(log, " "))
        os.exit(0)]]))
    end)

    it("gives an error of the sink's constraint to the error handler", function()
      assert.equal("error\ttrue\t1\n", (prints [[
        local sink = tg.create_concurrent_sink({ consume = function() print "never" end },
          function(err, update) print("error", tostring(err):find "no key" ~= nil, update.id) end,
          { sequentialize = function() error "no key" end })
        sink:handle{ { id = 1 } }
        while sink:size() > 0 do tg.sleep(1) end
        tg.sleep(1)]]))
    end)
  end)

  it("ends a generator whose source is closed in the loop's body", function()
    assert.equal("1 2\tfalse\n3\n", (prints [[
      local n, seen = 0, {}
      local source = tg.create_source{ supply = function() n = n + 1 return { n } end }
      source:close()
      for batch in source:generator() do
        seen[#seen + 1] = batch[1]
        if #seen == 2 then source:close() end
      end
      print(table.concat(seen, " "), source:is_active())
      for batch in source:generator() do return print(batch[1]) end]]))
  end)

  it("gives a batch that came with the close, then ends", function()
    assert.equal("1\n", (prints [[
      local source
      source = tg.create_source{ supply = function()
        tg.spawn(function() source:close() end)
        return { 1 }
      end }
      for batch in source:generator() do print(batch[1]) end]]))
  end)

  it("asks a closed source again in the same turn", function()
    assert.equal("done\t2\n", (prints [[
      local n = 0
      local source = tg.create_source{ supply = function()
        n = n + 1
        if n == 1 then tg.sleep(60000) end
        return { n }
      end }
      local first = tg.spawn(source:generator())
      tg.sleep(0)
      source:close()
      local batch = source:generator()()
      first:wait()
      print(first:status(), batch[1])]]))
  end)

  it("leaves its source to a runner until that has ended, drain included", function()
    local out = prints [[
      local given
      local source = tg.create_source{ supply = function()
        if given then tg.sleep(60000) end
        given = true
        return { 1 }
      end }
      local runner = tg.create_runner(source, tg.create_concurrent_sink({ consume = function()
        tg.sleep(100)
      end }, print)):start()
      while runner:size() == 0 do tg.sleep(1) end
      local stop = tg.spawn(runner.stop, runner)
      tg.sleep(0)
      print(runner:stats().state, select(2, pcall(source:generator())))
      print(stop:wait().done)]]
    assert.truthy(out:find "^draining\t[^\n]*bot%.lua:%d+: this source is asked for updates by its runner\n1\n$", out)
  end)

  it("takes the limit of CPU of its sink for all of an update's work, its constraint too", function()
    local out = prints [[
      local function loop() while true do end end
      local works = { all = function() tg.all{ loop } end, timeout = function() tg.timeout(60000, loop) end }
      local sink
      sink = tg.create_sequential_sink({ consume = function(name) works[name]() end }, function(err, name)
        print(name, tostring(err):match "stopped after %d+ ms")
      end, { max_cpu_milliseconds = 70, sequentialize = function(name) if name == "constraint" then loop() end end })
      sink:handle{ "all", "timeout", "constraint" }
      while sink:size() > 0 do tg.sleep(1) end]]
    assert.equal("all\tstopped after 70 ms\ntimeout\tstopped after 70 ms\nconstraint\tstopped after 70 ms\n", out)
  end)

  it("rejects options that are not known or not right, at the script's line", function()
    local function err(code)
      local result = flow.run { flow.file('local tg = require "tgrunner"\n' .. code) }
      assert.equal(1, result.code)
      return result.err
    end
    assert.truthy(err("tg.create_concurrent_sink({ consume = print }, print, { concurrency = 0 })")
      :find("bot.lua:2: .*concurrency must be"))
    assert.truthy(err("tg.create_concurrent_sink({}, print)"):find("bot.lua:2: .*consume"))
    assert.truthy(err("tg.create_source({})"):find("bot.lua:2: .*supply"))
    assert.truthy(err("tg.create_runner(1, 2)"):find("bot.lua:2: .*create_source"))
    assert.truthy(err('tg.sequentialize("chats")'):find("bot.lua:2: .*sequentialize"))
    assert.truthy(err("tg.run({})"):find("bot.lua:2: .*tg.Bot"))
    local SOURCE = "local s = tg.create_source{ supply = function() return {} end } "
    assert.truthy(err(SOURCE .. "s:set_generator_pace(0/0)"):find("bot.lua:2: .*takes a number %(got %-?nan%)"))
    assert.truthy(err(SOURCE .. "s:set_generator_pace()"):find("bot.lua:2: .*takes a number %(got nil%)"))
    assert.truthy(err(SOURCE .. "s.close()"):find("bot.lua:2: source:close is called with a colon"))
    local SINK = "local s = tg.create_batch_sink({ consume = print }, print%s) "
    assert.truthy(err(SINK:format "" .. "s.size()"):find("bot.lua:2: sink:size is called with a colon"))
    assert.truthy(err(SINK:format "" .. "s:handle{ update_id = 1 }"):find("bot.lua:2: sink:handle takes a list"))
    assert.truthy(err("for _ in tg.create_source{ supply = function() return { update_id = 1 } end }:generator() do end")
      :find("supply must return a list of updates", 1, true))
    local BOT = 'local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") '
    assert.truthy(err(BOT .. "bot:start{ sink = { concurrency = 5 } }")
      :find("bot.lua:2: start options.sink.concurrency is for tg.run", 1, true))
    assert.truthy(err(BOT .. 'tg.create_update_fetcher(bot, { fetch = { allowed_updates = { "mesage" } } })')
      :find("bot.lua:2: unknown update kind 'mesage'", 1, true))
    assert.truthy(err(BOT .. "local f = tg.create_update_fetcher(bot) tg.create_source(f) tg.create_source(f)")
      :find("bot.lua:2: create_source: this fetcher has a source already", 1, true))
    local result = flow.run { flow.file('local tg = require "tgrunner"\n'
      .. SINK:format ", { sequentialize = function() return { a = 1 } end }" .. "s:handle{ 1 }") }
    assert.truthy(result.out:find "bot%.lua:2: the sequentialize constraint must give [^\n]*no list", result.out)
  end)
end)
