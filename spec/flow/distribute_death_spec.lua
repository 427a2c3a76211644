local distribute_bot = require "support.distribute_bot"
local flow = require "support.flow"

local CHATS <const>, UPDATES <const> = distribute_bot.CHATS, distribute_bot.UPDATES

-- Workers that die.
describe("distribute", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function start(...) return distribute_bot.start(sim, ...) end

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
      distribute_bot.each_message(sim, function(number, chat)
        -- What a dying worker had sent on its way may arrive late.
        if seen[number] then return end
        assert.truthy(number > (last[chat] or 0), "out of order")
        last[chat], seen[number] = number, true
      end)
      for number = 1, UPDATES do assert.truthy(seen[number], number .. " is lost without a word") end
      assert.truthy(lost >= UPDATES // every)
    end)
  end)
end)
