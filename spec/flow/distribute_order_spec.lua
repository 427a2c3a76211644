local distribute_bot = require "support.distribute_bot"
local flow = require "support.flow"

local CHATS <const>, UPDATES <const> = distribute_bot.CHATS, distribute_bot.UPDATES
local messages, WORKER = distribute_bot.messages, distribute_bot.WORKER

-- Which worker gets an update, in what order, and what a cancel or a stuck worker changes.
describe("distribute", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function start(...) return distribute_bot.start(sim, ...) end

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
      assert.equal(UPDATES, distribute_bot.each_message(sim, function(number, chat)
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
end)
