local flow = require "support.flow"

-- What tg.run's options come to at the server.
describe("tg.run", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function first_poll(handlers, options)
    local bot = flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      %s
      tg.run(bot, %s)]]):format(handlers, options or "{}"))
    return sim:wait_calls("getUpdates", 1)[1].params, bot
  end

  it("asks with a timeout of 30 s, offset 0, at most 100", function()
    local params = first_poll('bot:on("message", print)')
    assert.equal(30, params.timeout)
    assert.equal(0, params.offset)
    assert.equal(100, params.limit)
  end)

  it("never asks for more than it may run", function()
    assert.equal(7, first_poll('bot:on("message", print)', "{ sink = { concurrency = 7 } }").limit)
  end)

  it("passes fetch on, but not offset and limit", function()
    local params, bot = first_poll('bot:on("message", print)',
      "{ runner = { fetch = { timeout = 3, offset = 99, limit = 5, extra = 'x' } } }")
    bot:wait_for("err", "runner%.fetch%.offset is not sent: ")
    bot:wait_for("err", "runner%.fetch%.limit is not sent: ")
    assert.equal(3, params.timeout)
    assert.equal(0, params.offset)
    assert.equal(100, params.limit)
    assert.equal("x", params.extra)
  end)

  it("passes on what is long", function()
    first_poll('bot:on("message", function(ctx) ctx:reply "x" end)',
      "{ runner = { fetch = { extra = ('x'):rep(100000) } } }")
    sim:update(flow.message "x")
    sim:wait_calls("sendMessage", 1)
    assert.equal(100000, #sim:calls "getUpdates"[1].params.extra)
  end)

  it("warns of what getUpdates does not know", function()
    local _, bot = first_poll('bot:on("message", print)',
      "{ runner = { fetch = { timeot = 3, timeout = 0 } } }")
    assert.is_true(flow.wait_until(function()
      return bot:err():find("no parameter 'timeot'; did you mean 'timeout'?", 1, true) ~= nil
    end))
  end)

  it("asks for the server's default kinds and those that handlers name, with a use at top level", function()
    local kinds = {}
    for _, kind in ipairs(first_poll('bot:use(print) bot:on("chat_member", print)').allowed_updates) do
      kinds[kind] = true
    end
    assert.is_true(kinds.message and kinds.callback_query and kinds.chat_member)
    assert.is_nil(kinds.message_reaction)
  end)

  it("sends an empty list of kinds as []", function()
    first_poll('bot:on("message", print)', "{ runner = { fetch = { allowed_updates = {} } } }")
    assert.truthy(sim:text("GET", "/sim/calls?method=getUpdates"):find '"allowed_updates": ?%[%]')
  end)

  it("warns once of a kind that has handlers but is not asked for", function()
    local _, bot = first_poll('bot:on("message", print) bot:on("poll", print)',
      '{ runner = { fetch = { allowed_updates = { "message" } } } }')
    bot:wait_for("err", "allowed_updates leaves out poll")
  end)

  it("starts behind the queue with drop_pending_updates", function()
    sim:update { flow.message "old", flow.message "older" }
    first_poll('bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)',
      "{ runner = { drop_pending_updates = true } }")
    flow.wait_until(function()
      flow.pause(5)
      return sim:stats().unconfirmed == 0
    end)
    sim:update(flow.message "new")
    assert.equal("new", sim:wait_calls("sendMessage", 1)[1].params.text)
    assert.equal(1, #sim:calls "sendMessage")
  end)

  it("goes on when ids start lower again", function()
    first_poll('bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)')
    sim:settings { next_update_id = 900000 }
    sim:update(flow.message "high")
    sim:wait_calls("sendMessage", 1)
    sim:settings { next_update_id = 5 }
    sim:update(flow.message "low")
    assert.equal("low", sim:wait_calls("sendMessage", 2)[2].params.text)
  end)

  it("runs several bots in one process, each with its own limit", function()
    local other = sim.token:gsub("^%d+", "777777777")
    sim:answer { method = "sendMessage", delay_ms = 15 }
    local bot = flow.bot(sim, ([[
      local tg = require "tgrunner"
      local function start(token, limit)
        local bot = tg.Bot(token)
        local running, most = 0, 0
        bot:on("message", function(ctx)
          running = running + 1
          most = math.max(most, running)
          ctx:reply(tostring(limit))
          running = running - 1
        end)
        local handle = tg.run(bot, { sink = { concurrency = limit } })
        return function() return most, handle:stats().done end
      end
      local a, b = start(nil, 2), start(%q, 5)
      while select(2, a()) < 40 or select(2, b()) < 40 do tg.sleep(5) end
      print((a()), (b()))
      os.exit(0)]]):format(other))
    local updates = {}
    for i = 1, 40 do updates[i] = flow.message("x", { chat = i }) end
    sim:update(updates)
    sim:request("POST", "/sim/updates?token=" .. other, updates)
    assert.equal(80, #sim:wait_calls("sendMessage", 80))
    assert.equal(0, (bot:wait()), bot:err())
    assert.equal("2\t5\n", bot:out())
  end)

  it("refuses a bot that runs already, at the caller's line, and runs one that was stopped", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local handle = tg.run(bot)
      print(pcall(function() tg.run(bot) end))
      print(pcall(function() bot:start() end))
      handle:stop()
      tg.run(bot):stop()
      bot:start():stop()]])
    assert.equal(0, (bot:wait()), bot:err())
    local _, count = bot:out():gsub("false\t%S+bot.lua:[45]: [%w.:]+: this bot runs already", "")
    assert.equal(2, count, bot:out())
  end)

  it("knows no limit with math.huge", function()
    sim:answer { method = "sendMessage", delay_ms = 3000 }
    first_poll('bot:on("message", function(ctx) ctx:reply "x" end)', "{ sink = { concurrency = math.huge } }")
    local updates = {}
    for i = 1, 700 do updates[i] = flow.message("x", { chat = i }) end
    sim:update(updates)
    sim:wait_calls("sendMessage", 700)
    -- More than the default limit ran; calls beyond 500 wait for a connection.
    assert.equal(500, sim:method("sendMessage").open_max)
  end)

  it("keeps its books: fetched is the sum of what became of updates, at every instant", function()
    sim:answer { method = "sendMessage", delay_ms = 3 }
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:catch(function() end)
      bot:on("message:text", function(ctx)
        if ctx.update_id % 7 == 0 then error "bad" end
        if ctx.update_id % 5 == 0 then tg.sleep(60000) end
        ctx:reply "x"
      end)
      local handle = tg.run(bot, { sink = { concurrency = 20, sequentialize = "chat", timeout = { milliseconds = 15 } } })
      local samples, sum = 0
      repeat
        local s = handle:stats()
        sum = s.done + s.failed + s.timed_out + s.abandoned + s.running + s.waiting
        assert(s.fetched == sum, "the books do not balance")
        assert(s.running <= 20)
        samples = samples + 1
        tg.sleep(1)
      until s.done + s.failed + s.timed_out == 1000
      local s = handle:stats()
      print(s.failed, s.timed_out, samples > 10, s.latency_p99_ms >= s.latency_p50_ms)
      os.exit(0)]])
    sim:request("POST", "/sim/load", { count = 1000, chats = 50, text = "x", start_id = 1 })
    assert.equal(0, (bot:wait()), bot:err())
    local failed, timed_out = bot:out():match "(%d+)\t(%d+)\ttrue\ttrue\n"
    assert.equal("142", failed, bot:out())
    assert.truthy(tonumber(timed_out) >= 172, bot:out())
  end)
end)
