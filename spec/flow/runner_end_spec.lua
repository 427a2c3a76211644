local flow = require "support.flow"

-- What belongs to a runner, and what would start it again, ends with a stop.
describe("what is left when a runner ends", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("is not a timeout handler: it ends at the stop's deadline", function()
    local result = flow.run { flow.file [[
      local tg = require "tgrunner"
      local given, told = false, false
      local source = tg.create_source { supply = function()
        if given then tg.sleep(1e7) end
        given = true
        return { 1 }
      end }
      local sink = tg.create_concurrent_sink({ consume = function() tg.sleep(1e7) end }, print, {
        timeout = { milliseconds = 20, handler = function()
          told = true
          local _ <close> = setmetatable({}, { __close = function() print "closed" end })
          tg.sleep(1e9)
        end } })
      local runner = tg.create_runner(source, sink):start()
      while not told do tg.sleep(5) end
      print("stopped", runner:stop { deadline_ms = 50 }.abandoned[1])]] }
    assert.equal("stopped\tnil\nclosed\n", result.out, result.err)
    assert.equal(0, result.code)
  end)

  -- A program that starts its runner whenever it has ended, and a handler that may do the same.
  local SUPERVISOR <const> = [[
    local tg = require "tgrunner"
    local runner
    local given = false
    local source = tg.create_source { supply = function()
      if given then tg.sleep(1e7) end
      given = true
      return { 1 }
    end }
    local sink = tg.create_concurrent_sink({ consume = function()
      print "begun"
      io.stdout:flush()
      %s
    end }, function(err) print(err) end)
    runner = tg.create_runner(source, sink)
    local _ <close> = setmetatable({}, { __close = function() print "closed" end })
    while true do
      runner:start()
      runner:task():wait()
      print "again"
    end]]

  local function stop(handler)
    local bot = flow.start("tgrunner-lua", { flow.file(SUPERVISOR:format(handler)) })
    bot:wait_for("out", "begun")
    bot:kill "sigterm"
    local code = bot:wait()
    assert.equal(0, code, bot:err())
    return bot:out()
  end

  it("is not a loop that would start it again while the program stops", function()
    assert.equal("begun\nagain\nclosed\n", stop "")
  end)

  it("is told to a handler that would start it again while the program stops", function()
    local out = stop "while runner:is_running() do tg.sleep(5) end runner:start()"
    assert.truthy(out:find "bot.lua:%d+: runner:start: the program is stopping\n", out)
    assert.truthy(out:find "again\nclosed\n$", out)
  end)
end)
