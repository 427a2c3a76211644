local flow = require "support.flow"

-- Time that runs out, and stops.
describe("the engine's parts", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function prints(script) return flow.prints('local tg = require "tgrunner"\n' .. script) end

  -- A function that burns CPU, and a source of one batch.
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
end)
