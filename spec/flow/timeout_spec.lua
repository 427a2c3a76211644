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
      local TOTAL, CHATS = tonumber((...)), tonumber((select(2, ...)))
      local bot = tg.Bot()
      local begun, closed, handle = 0, 0, nil
      local free, free_count = {}, 0 -- chats whose keys are
      local function resident() -- KiB
        for line in io.lines "/proc/self/status" do
          local size = line:match "^VmRSS:%s+(%d+)"
          if size then return tonumber(size) end
        end
      end
      bot:use(tg.sequentialize(function(ctx) return { ctx.chat_id // 2, "user " .. ctx.user_id } end))
      bot:on("message:text", function(ctx)
        if ctx.text == "free?" then
          if not free[ctx.chat_id] then
            free[ctx.chat_id], free_count = true, free_count + 1
            if free_count == CHATS then print "all keys are free" os.exit(0) end
          end
          return
        end
        begun = begun + 1
        local _ <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
        ctx:reply(ctx.text)
      end)
      local told = 0
      handle = tg.run(bot, { sink = { concurrency = 200, timeout = { milliseconds = 40, handler = function(update, task)
        assert(task:status() == "cancelled")
        if update.message.text == "x" then told = told + 1 end
      end } } })
      local before, is_over
      tg.every(20, function()
        local stats = handle:stats()
        if not before and stats.timed_out >= TOTAL // 2 then
          collectgarbage() collectgarbage()
          before = { collectgarbage "count", resident() }
        end
        if is_over or told < TOTAL then return end
        is_over = true
        collectgarbage() collectgarbage()
        print(stats.timed_out, stats.fetched, stats.running, stats.waiting, closed, begun)
        print("growth", collectgarbage "count" - before[1], resident() - before[2])
        io.stdout:flush()
      end)]], nil, {
      args = { "10000", "100" },
      -- AddressSanitizer keeps freed memory for a while; here it would pass for a leak.
      env = { ASAN_OPTIONS = "quarantine_size_mb=1" },
    })
    sim:request("POST", "/sim/load", { count = 10000, chats = 100, text = "x" })
    bot:wait_for("out", "growth[^\n]*\n")
    local timed_out, fetched, running, waiting, closed, begun =
      bot:out():match "(%d+)\t(%d+)\t(%d+)\t(%d+)\t(%d+)\t(%d+)\n"
    assert.equal("10000", timed_out, bot:out())
    assert.equal("10000", fetched)
    assert.equal("0", running)
    assert.equal("0", waiting)
    -- Those that waited for their turn never came to the variable.
    assert.equal(begun, closed)
    assert.truthy(tonumber(begun) > 0 and tonumber(begun) <= 10000)
    -- The second half left nothing behind that the first had not: KiB.
    local lua, resident = bot:out():match "growth\t(%S+)\t(%S+)"
    assert.truthy(tonumber(lua) < 200, bot:out())
    -- ThreadSanitizer's own books grow with every event; the process says nothing there.
    if os.getenv "TGRUNNER_SANITIZE" ~= "thread" then
      assert.truthy(tonumber(resident) < 2048, bot:out())
    end
    -- One update of each chat; those that time out on a slow machine are sent again.
    flow.wait_until(function()
      if not bot.code then
        sim:request("POST", "/sim/load", { count = 100, chats = 100, text = "free?" })
        flow.wait_until(function() return bot.code end, 1000)
      end
      return bot.code
    end)
    assert.equal(0, (bot:wait()), bot:err())
    assert.truthy(bot:out():find("all keys are free", 1, true))
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
