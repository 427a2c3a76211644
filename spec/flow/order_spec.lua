local flow = require "support.flow"

-- Order, proved from outside: by what the server saw alone.
describe("order", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local CHATS, UPDATES = 20, 1000

  -- Handlers sleep 0 to 5 ms at random and then answer with their text.
  local function record(middleware, options)
    flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      %s
      bot:on("message:text", function(ctx)
        tg.sleep(math.random(0, 5))
        ctx:reply(ctx.text)
      end)
      tg.run(bot, %s)]]):format(middleware, options))
    local updates = {}
    for i = 1, UPDATES do
      updates[i] = flow.message(tostring(i), { chat = (i - 1) % CHATS + 1 })
    end
    sim:update(updates)
    return sim:wait_calls("sendMessage", UPDATES)
  end

  -- How often a chat was answered out of the order in which it wrote.
  local function violations(calls)
    local last, seen, count = {}, {}, 0
    for _, call in ipairs(calls) do
      local chat, number = call.params.chat_id, tonumber(call.params.text)
      assert.falsy(seen[number], "answered twice")
      seen[number] = true
      if last[chat] and number < last[chat] then count = count + 1 end
      last[chat] = number
    end
    return count
  end

  it("holds per chat with sequentialize as middleware", function()
    assert.equal(0, violations(record('bot:use(tg.sequentialize("chat"))', "{}")))
  end)

  it("holds per chat with sequentialize in the sink", function()
    assert.equal(0, violations(record("", '{ sink = { sequentialize = "chat" } }')))
  end)

  it("holds per key of a function, in both places", function()
    assert.equal(0, violations(record("bot:use(tg.sequentialize(function(ctx) return 'c' .. ctx.chat.id end))", "{}")))
    sim:request("DELETE", "/sim/calls")
    flow.clean_up()
    sim = flow.sim()
    assert.equal(0, violations(record("", "{ sink = { sequentialize = function(ctx) return ctx.chat.id end } }")))
  end)

  it("does not hold without it: the check can fail", function()
    assert.truthy(violations(record("", "{}")) > 0)
  end)

  it("lets another chat pass a chat with a long queue", function()
    sim:answer { method = "sendMessage", match = { chat_id = 1 }, delay_ms = 300 }
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)
      tg.run(bot, { sink = { concurrency = 10, sequentialize = "chat" } })]])
    local updates = {}
    for i = 1, 300 do updates[i] = flow.message(tostring(i), { chat = 1 }) end
    updates[301] = flow.message("other", { chat = 2 })
    sim:update(updates)
    local position
    flow.wait_until(function()
      flow.pause(5)
      for i, call in ipairs(sim:calls "sendMessage") do
        if call.params.chat_id == 2 then position = i end
      end
      return position
    end)
    -- Fetching 300 updates takes a few polls; each is far shorter than a handler.
    assert.truthy(position <= 5, "it came as number " .. position)
  end)
end)
