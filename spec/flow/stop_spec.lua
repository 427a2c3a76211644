local flow = require "support.flow"

describe("stopping", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  -- A bot whose handlers take `ms`; they print when they are done.
  local function sleeper(ms, more)
    return ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message:text", function(ctx)
        print("begin " .. ctx.text)
        io.stdout:flush()
        tg.sleep(%d)
        print("end " .. ctx.text)
        ctx:reply(ctx.text)
      end)
      local handle = tg.run(bot)
      %s]]):format(ms, more or "")
  end

  for _, signal in ipairs { "sigint", "sigterm" } do
    it("finishes running handlers on " .. signal .. ", confirms, exits 0", function()
      local bot = flow.bot(sim, sleeper(200))
      sim:update(flow.message "one")
      bot:wait_for("out", "begin one")
      bot:kill(signal)
      assert.equal(0, (bot:wait()), bot:err())
      assert.truthy(bot:out():find "end one")
      assert.equal(1, #sim:calls "sendMessage")
      assert.equal(0, sim:stats().unconfirmed)
    end)
  end

  it("ends at once on a second signal", function()
    local bot = flow.bot(sim, sleeper(60000))
    sim:update(flow.message "one")
    bot:wait_for("out", "begin one")
    bot:kill "sigint"
    repeat -- signals that come before the first is seen are one
      flow.pause(50)
      bot:kill "sigint"
    until flow.wait_until(function() return bot.code end, 200)
    local _, signal = bot:wait()
    assert.equal(2, signal)
  end)

  it("stops while idle on a long poll", function()
    local bot = flow.bot(sim, sleeper(1))
    sim:wait_calls("getUpdates", 1)
    bot:kill()
    assert.equal(0, (bot:wait()))
  end)

  it("tells who stops it what came of it, abandoned updates by id", function()
    local bot = flow.bot(sim, sleeper(60000, [[
      tg.sleep(0)
      local waited = tg.spawn(function() return handle:task():wait() end)
      while handle:stats().running < 2 do tg.sleep(5) end
      local report = handle:stop{ deadline_ms = 50 }
      print(report.done, report.failed, report.timed_out, table.concat(report.abandoned, " "))
      print(waited:wait(), handle:is_running(), handle:stats().state)]]))
    sim:update { flow.message "one", flow.message "two" }
    assert.equal(0, (bot:wait()), bot:err())
    local ids = bot:out():match "\n0\t0\t0\t(%d+ %d+)\ntrue\tfalse\tstopped\n"
    assert.truthy(ids, bot:out())
  end)

  it("says which updates a stop has cut off when nobody takes its report", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot, handle = tg.Bot(), nil
      bot:command("quit", function() handle:stop{ deadline_ms = 50 } end)
      bot:on("message:text", function() tg.sleep(60000) end)
      handle = tg.run(bot)]])
    sim:update { flow.message "one", flow.message "two" }
    sim:wait_calls("getUpdates", 2)
    sim:update(flow.message "/quit")
    assert.equal(0, (bot:wait()), bot:err())
    local first, second = bot:err():match "warn.*: 2 updates were cut off before they had ended: (%d+), (%d+);"
    assert.truthy(first, bot:err())
    assert.equal(first + 1, second + 0)
    assert.truthy(bot:err():find("do not come again", 1, true), bot:err())
  end)

  it("goes on from the same offset when it is started again, with one poll open", function()
    local bot = flow.bot(sim, sleeper(1, [[
      while handle:stats().done < 1 do tg.sleep(5) end
      handle:stop()
      handle:start()]]))
    sim:update(flow.message "one")
    bot:wait_for("out", "end one")
    sim:update(flow.message "two")
    bot:wait_for("out", "end two")
    assert.equal(1, select(2, bot:out():gsub("begin one", "")))
    assert.equal(1, sim:method("getUpdates").open_max)
  end)

  it("can be stopped by one of its own handlers", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local handle
      bot:command("quit", function(ctx) ctx:reply "bye" handle:stop() end)
      handle = tg.run(bot)]])
    sim:update(flow.message "/quit")
    assert.equal(0, (bot:wait()), bot:err())
    assert.equal("bye", sim:calls("sendMessage")[1].params.text)
  end)

  it("lets what its handlers spawned run on to the deadline, repeated calls not", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local handle, tasks, ticks = nil, {}, 0
      bot:command("go", function()
        tasks[1] = tg.spawn(function() tg.sleep(50) return "in time" end)
        tasks[2] = tg.spawn(function() tg.sleep(60000) end)
        tasks[3] = tg.every(5, function() ticks = ticks + 1 end)
      end)
      handle = tg.run(bot)
      while not tasks[3] do tg.sleep(5) end
      handle:stop{ deadline_ms = 300 }
      local seen = ticks
      print(tasks[1]:wait())
      print(pcall(tasks[2].wait, tasks[2]))
      print(tasks[3]:status(), ticks - seen <= 1)]])
    sim:update(flow.message "/go")
    assert.equal(0, (bot:wait()), bot:err())
    assert.truthy(bot:out():find "^in time\nfalse\t[^\n]*cancelled[^\n]*\ncancelled\ttrue\n", bot:out())
  end)

  it("refuses to wait in a handler for the end of its own runner", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local handle
      bot:command("quit", function(ctx)
        ctx:reply(select(2, pcall(function() handle:task():wait() end)))
        tg.all{ function() handle:stop() end }
      end)
      handle = tg.run(bot)]])
    sim:update(flow.message "/quit")
    assert.truthy(sim:wait_calls("sendMessage", 1)[1].params.text:find("cannot wait for the end of its own runner", 1, true))
  end)

  it("stops at once while the server accepts connections and never answers", function()
    local fault = flow.start("spec/fault", { "--mode", "hang" })
    fault:wait_for("out", "\n")
    local bot = flow.bot({ url = "http://127.0.0.1:" .. fault:out():match "%d+", token = sim.token }, sleeper(1, [[
      tg.sleep(20)
      print(handle:stats().state)
      handle:stop()
      print "stopped"]]))
    assert.equal(0, (bot:wait()), bot:err())
    assert.equal("initialising\nstopped\n", bot:out())
  end)

  it("ends calls of every with the last runner", function()
    local bot = flow.bot(sim, sleeper(1, "tg.every(10, function() end)"))
    sim:wait_calls("getUpdates", 1)
    bot:kill()
    assert.equal(0, (bot:wait()), bot:err())
  end)

  it("runs one update after another with bot:start", function()
    sim:answer { method = "sendMessage", delay_ms = 10 }
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function(ctx) ctx:reply "x" end)
      bot:start()]])
    local updates = {}
    for i = 1, 10 do updates[i] = flow.message("m", { chat = i }) end
    sim:update(updates)
    sim:wait_calls("sendMessage", 10)
    assert.equal(1, sim:method("sendMessage").open_max)
  end)
end)
