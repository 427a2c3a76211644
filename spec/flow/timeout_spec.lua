local flow = require "support.flow"

-- What is left of ten thousand updates that timed out while a call was open.
describe("ten thousand timeouts", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("abort every open call, close every variable, free every key and give the memory back", function()
    local sim = flow.sim()
    sim:answer { method = "sendMessage", delay_ms = 60000 }
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local TOTAL = tonumber(...)
      local bot = tg.Bot()
      local closed, handle = 0
      local function resident() -- KiB
        for line in io.lines "/proc/self/status" do
          local size = line:match "^VmRSS:%s+(%d+)"
          if size then return tonumber(size) end
        end
      end
      bot:use(tg.sequentialize(function(ctx) return { ctx.chat_id // 2, "user " .. ctx.user_id } end))
      bot:on("message:text", function(ctx)
        local _ <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
        ctx:reply(ctx.text)
      end)
      local told = 0
      handle = tg.run(bot, { sink = { concurrency = 200, timeout = { milliseconds = 40, handler = function(update, task)
        assert(update.message.text == "x" and task:status() == "cancelled")
        told = told + 1
      end } } })
      local before
      tg.every(20, function()
        local stats = handle:stats()
        if not before and stats.timed_out >= TOTAL // 2 then
          collectgarbage() collectgarbage()
          before = { collectgarbage "count", resident() }
        end
        if stats.timed_out < TOTAL then return end
        tg.sleep(20)
        collectgarbage() collectgarbage()
        local stats = handle:stats()
        print(stats.timed_out, stats.fetched, stats.running, stats.waiting, closed, told)
        print("growth", collectgarbage "count" - before[1], resident() - before[2])
        os.exit(0)
      end)]], nil, {
      args = { "10000" },
      -- AddressSanitizer keeps freed memory for a while; here it would pass for a leak.
      env = { ASAN_OPTIONS = "quarantine_size_mb=1" },
    })
    sim:request("POST", "/sim/load", { count = 10000, chats = 100, text = "x" })
    assert.equal(0, (bot:wait(120000)), bot:err())
    local timed_out, fetched, running, waiting, closed, told =
      bot:out():match "(%d+)\t(%d+)\t(%d+)\t(%d+)\t(%d+)\t(%d+)\n"
    assert.equal("10000", timed_out, bot:out())
    assert.equal("10000", fetched)
    assert.equal("0", running)
    assert.equal("0", waiting)
    assert.equal("10000", told)
    -- Those that waited for their turn never came to the variable.
    assert.truthy(tonumber(closed) > 0 and tonumber(closed) <= 10000)
    -- The second half left nothing behind that the first had not: KiB.
    local lua, resident = bot:out():match "growth\t(%S+)\t(%S+)"
    assert.truthy(tonumber(lua) < 200, bot:out())
    -- ThreadSanitizer's own books grow with every event; the process says nothing there.
    if os.getenv "TGRUNNER_SANITIZE" ~= "thread" then
      assert.truthy(tonumber(resident) < 2048, bot:out())
    end
    local counts
    flow.wait_until(function()
      flow.pause(10)
      counts = sim:method "sendMessage"
      return counts.open == 0
    end)
    assert.equal(counts.calls, counts.aborted)
    assert.equal(0, counts.open)
  end)
end)
