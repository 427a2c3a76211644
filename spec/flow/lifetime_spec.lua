local flow = require "support.flow"

-- What keeps what alive, and who may touch what when.
describe("the lifetime of", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function prints(script) return flow.prints('local tg = require "tgrunner"\n' .. script) end

  it("a sink lasts until its updates have ended, whoever has forgotten it", function()
    assert.equal("consumed 2\n", (prints [[
      local count = 0
      do
        local sink = tg.create_concurrent_sink({ consume = function()
          tg.sleep(30)
          count = count + 1
        end }, print)
        sink:handle{ 1, 2 }
      end
      collectgarbage() collectgarbage()
      tg.sleep(100)
      print("consumed " .. count)]]))
  end)

  it("a sink lasts until its detached updates have ended, after its runner", function()
    assert.equal("0\t1\nlate\n", (prints [[
      do
        local sent
        local source = tg.create_source{ supply = function()
          if sent then tg.sleep(60000) end
          sent = true
          return { 1 }
        end }
        local sink = tg.create_concurrent_sink({ consume = function()
          tg.sleep(120)
          print "late"
        end }, print, { timeout = { milliseconds = 10, cancel = false } })
        local runner = tg.create_runner(source, sink):start()
        tg.sleep(40)
        runner:stop()
        print(runner:size(), runner:stats().timed_out)
      end
      collectgarbage() collectgarbage()
      tg.sleep(200)]]))
  end)

  it("a runner whose updates were abandoned ends once when the script exits", function()
    assert.equal("exits\n", (prints [[
      local given
      local source = tg.create_source{ supply = function()
        if given then tg.sleep(60000) end
        given = true
        return { { id = 1 } }
      end }
      local consumed = false
      local sink = tg.create_concurrent_sink({ consume = function()
        consumed = true
        tg.sleep(60000)
      end }, print)
      local runner = tg.create_runner(source, sink):start()
      while not consumed do tg.sleep(5) end
      runner:stop{ deadline_ms = 10 }
      runner:start()
      print "exits"
      io.stdout:flush()
      os.exit(0)]]))
  end)

  it("a runner lasts while it runs, also when it was started while it drained", function()
    assert.equal("true\tpolling\npolls go on\n", (prints [[
      do
        local supplies = 0
        local source = tg.create_source{ supply = function()
          supplies = supplies + 1
          if supplies > 20 then print "polls go on" os.exit(0) end
          tg.sleep(5)
          return supplies == 1 and { 1 } or {}
        end }
        local sink = tg.create_concurrent_sink({ consume = function() tg.sleep(60) end }, print)
        local runner = tg.create_runner(source, sink):start()
        while runner:size() == 0 do tg.sleep(1) end
        local stopped = tg.spawn(function() runner:stop() end)
        tg.sleep(5)
        runner:start()
        stopped:wait()
        print(runner:is_running(), runner:stats().state)
      end
      collectgarbage() collectgarbage()]]))
  end)

  it("a Task ends with its update, and touches no other update afterwards", function()
    assert.equal("told\tbad\ndone\ttrue\ninnocent\n", (prints [[
      local kept
      local sink = tg.create_concurrent_sink({ consume = function(update)
        if update == "bad" then error "boom" end
        tg.sleep(40)
        print "innocent"
      end }, function() tg.sleep(40) end, { timeout = { milliseconds = 15, cancel = false, handler = function(update, task)
        if update == "bad" then print("told", update) kept = task end
      end } })
      sink:handle{ "bad" }
      while not kept or kept:status() == "running" do tg.sleep(5) end
      print(kept:status(), (pcall(kept.wait, kept)))
      sink:handle{ "good" }
      tg.sleep(5)
      kept:cancel()
      tg.sleep(80)]]))
  end)

  it("a fiber that cancels itself ends once", function()
    assert.equal("false\ttrue\n", (prints [[
      local sink = tg.create_concurrent_sink({ consume = function() end }, print)
      local task
      task = tg.spawn(function()
        task:cancel()
        sink:handle{ 1 }
        print "never"
      end)
      local ok, err = pcall(task.wait, task)
      print(ok, tostring(err):find "cancelled" ~= nil)]]))
  end)

  it("a source's supplier is forgotten with its source", function()
    assert.equal("end\n", (prints [[
      do
        local source = tg.create_source{ supply = function() tg.sleep(60000) end }
        local task = tg.spawn(function() for _ in source:generator() do end end)
        tg.sleep(5)
        task:cancel()
      end
      collectgarbage() collectgarbage()
      tg.sleep(5)
      collectgarbage() collectgarbage()
      print "end"]]))
  end)
end)

describe("one source", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local HEAD = [[
    local tg = require "tgrunner"
    local function source() return tg.create_source{ supply = function() tg.sleep(5) return {} end } end
    local function sink() return tg.create_sequential_sink({ consume = function() end }, print) end
  ]]

  local function prints(script) return (flow.prints(HEAD .. script)) end

  it("has one runner", function()
    assert.truthy(prints [[
      local one = source()
      tg.create_runner(one, sink())
      print(pcall(tg.create_runner, one, sink()))]]:find("has a runner already", 1, true))
  end)

  it("is asked by a runner or by a generator, not by both", function()
    local out = prints [[
      local one = source()
      local runner = tg.create_runner(one, sink()):start()
      print(pcall(one:generator()))
      runner:stop()
      local next_batch = one:generator()
      next_batch()
      print(pcall(runner.start, runner))]]
    assert.truthy(out:find("by its runner", 1, true), out)
    assert.truthy(out:find("by a generator", 1, true), out)
  end)

  it("ends its runner when it is closed", function()
    assert.equal("true\tfalse\tstopped\n", prints [[
      local one = source()
      local runner = tg.create_runner(one, sink()):start()
      tg.sleep(20)
      one:close()
      print(runner:task():wait(), runner:is_running(), runner:stats().state)]])
  end)
end)
