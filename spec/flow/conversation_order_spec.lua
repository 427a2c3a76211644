local flow = require "support.flow"

-- Answers that come in bursts, faster than conversations work.
describe("the order of answers", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local CHATS <const>, ANSWERS <const> = 12, 25

  -- Takes texts and answers each with its number; passes what begins with "-" to the bot.
  local HANDLERS <const> = [[
    bot:use(tg.conversations())
    bot:conversation("count", function(conv, ctx)
      for i = 1, 25 do
        local ctx = conv:wait_until(function(c) return c.text and c.text:sub(1, 1) ~= "-" end)
        if i % 3 == 0 then tg.sleep(math.random(0, 4)) end
        ctx:reply(("%d: %s"):format(i, ctx.text))
        if i % 4 == 0 then ctx:get_chat() end
      end
    end)
    bot:command("start", function(ctx) ctx:enter "count" end)
    bot:on("message:text", function(ctx) ctx:reply("other " .. ctx.text) end)]]

  -- Updates of all chats in random bursts: a start, then numbers, now and then "-".
  local function torture()
    local at, list, skipped = {}, {}, 0
    local left = {}
    for chat = 1, CHATS do at[chat], left[chat] = 0, chat end
    while #left > 0 do
      local index = math.random(#left)
      local chat = left[index]
      for _ = 1, math.random(4) do
        if at[chat] <= ANSWERS then
          list[#list + 1] = flow.message(at[chat] == 0 and "/start" or tostring(at[chat]), { chat = chat })
          at[chat] = at[chat] + 1
          if math.random(6) == 1 then
            list[#list + 1] = flow.message("-" .. at[chat], { chat = chat })
            skipped = skipped + 1
          end
        end
      end
      if at[chat] > ANSWERS then table.remove(left, index) end
    end
    local first = 1
    while first <= #list do
      local size = math.random(1, 120)
      sim:update { table.unpack(list, first, math.min(first + size - 1, #list)) }
      first = first + size
      if math.random(3) == 1 then flow.pause(math.random(10)) end
    end
    return skipped
  end

  local function check(skipped)
    local calls = sim:wait_calls("sendMessage", CHATS * ANSWERS + skipped)
    local expected, others = {}, 0
    for _, call in ipairs(calls) do
      local text, chat = call.params.text, call.params.chat_id
      if text:find "^other %-" then
        others = others + 1
      else
        local number = (expected[chat] or 0) + 1
        expected[chat] = number
        assert.equal(("%d: %d"):format(number, number), text)
      end
    end
    assert.equal(skipped, others)
    for chat = 1, CHATS do assert.equal(ANSWERS, expected[chat]) end
  end

  local function run(middleware, options)
    flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      %s
      %s
      tg.run(bot, %s)]]):format(middleware, HANDLERS, options or "{}"))
    check(torture())
  end

  it("holds without sequentialize", function() run "" end)
  it("holds with sequentialize in front", function() run 'bot:use(tg.sequentialize "chat")' end)
  it("holds with sequentialize in the sink", function() run("", '{ sink = { sequentialize = "chat", concurrency = 7 } }') end)

  it("holds through errors, timeouts of waits, timeouts of updates and new beginnings", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local function send(chat, text) bot.api.send_message { chat_id = chat, text = text } end
      local function act(ctx)
        local dice = math.random(40)
        if dice == 1 then tg.sleep(60000) end
        if dice <= 4 then error "as it happens" end
        if dice <= 20 then tg.sleep(math.random(0, 3)) end
        ctx:reply(ctx.text)
      end
      bot:use(tg.conversations())
      bot:catch(function(err) send(err.ctx.chat_id, err.ctx.text) end)
      bot:conversation("chatter", function(conv, ctx)
        while ctx do
          act(ctx)
          ctx = conv:wait_for("message:text", math.random(3) == 1 and { timeout_ms = math.random(0, 3) } or nil)
        end
      end)
      bot:on("message:text", function(ctx) ctx:enter "chatter" end)
      tg.run(bot, { sink = { sequentialize = "chat", timeout = { milliseconds = 500,
        handler = function(update) send(update.message.chat.id, "late " .. update.message.text) end } } })]])
    local updates = {}
    for i = 1, 400 do updates[i] = flow.message(tostring(i), { chat = 1 + i % 20 }) end
    for first = 1, 400, 50 do
      sim:update { table.unpack(updates, first, first + 49) }
      flow.pause(math.random(0, 10))
    end
    -- An answer that the server saw in time may still have come too late for the update; and the
    -- next update does not wait for the timeout handler.
    local seen, last, count
    flow.wait_until(function()
      flow.pause(50)
      seen, last, count = {}, {}, 0
      for _, call in ipairs(sim:calls "sendMessage") do
        local late, text = call.params.text:match "^(l?a?t?e? ?)(%d+)$"
        local number, chat = tonumber(text), call.params.chat_id
        if late == "" and not seen[number] then
          assert.truthy(number > (last[chat] or 0))
          last[chat] = number
        end
        if not seen[number] then seen[number], count = true, count + 1 end
      end
      return count == 400
    end)
    assert.equal(400, count)
  end)

  local function run_distributed(middleware)
    flow.file('local tg = require "tgrunner"\nlocal bot = tg.BotWorker()\n' .. HANDLERS, "worker.lua")
    flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      %s
      bot:use(tg.distribute("worker.lua", { count = 3, by = "chat" }))
      tg.run(bot)]]):format(middleware))
    check(torture())
  end

  it("holds in workers, by chat", function() run_distributed "" end)
  it("holds in workers behind sequentialize", function() run_distributed 'bot:use(tg.sequentialize "chat")' end)
end)
