local fake_host = require "support.fake_host"

describe("auto_retry", function()
  local tg, host, auto_retry

  before_each(function()
    tg, host = fake_host.load()
    auto_retry = require "tgrunner.auto_retry"
  end)

  -- A call that answers what a list says, one after another, and notes the times.
  local function answers(...)
    local list, times = { ... }, {}
    return function()
      times[#times + 1] = host.now
      return list[math.min(#times, #list)]
    end, times
  end

  local fine = { ok = true, result = 1 }

  local function flooded(after)
    return { ok = false, kind = "api", error_code = 429, description = "Too Many Requests",
      parameters = { retry_after = after }, sent = true }
  end

  local function server_error(sent)
    return { ok = false, kind = "api", error_code = 502, description = "Bad Gateway", sent = sent }
  end

  local function offline(sent)
    return { ok = false, kind = "network", description = "connection refused", sent = sent }
  end

  it("waits as long as a refusal says", function()
    local prev, times = answers(flooded(3), fine)
    assert.equal(fine, auto_retry.new()(prev, "sendMessage", { chat_id = 1 }))
    assert.same({ 0, 3000 }, times)
  end)

  it("does not repeat what cannot be sent again", function()
    local used = flooded(1)
    used.consumed = true
    local missing = { ok = false, kind = "file", description = "no such file", sent = false }
    for _, answer in ipairs { used, missing } do
      local prev, times = answers(answer, fine)
      assert.equal(answer, auto_retry.new()(prev, "sendDocument", { chat_id = 1 }))
      assert.equal(1, #times)
    end
  end)

  it("does not ask what is no id for its name", function()
    local id = setmetatable({}, { __tostring = function() error "asked" end })
    local prev, times = answers(flooded(1), fine)
    assert.equal(fine, auto_retry.new()(prev, "sendMessage", { chat_id = id }))
    assert.equal(2, #times)
  end)

  it("keeps nothing of chats that are not called again", function()
    local transformer = auto_retry.new { max_attempts = 2 }
    for i = 1, 1000 do
      local prev = answers(flooded(1))
      transformer(prev, "sendMessage", { chat_id = i })
    end
    local held
    for i = 1, 20 do
      local name, value = debug.getupvalue(transformer, i)
      if name == "held" then held = value end
    end
    local count = 0
    for _ in pairs(held) do count = count + 1 end
    assert.is_true(count <= 1)
  end)

  it("makes three attempts in all", function()
    local prev, times = answers(flooded(1))
    assert.equal(429, auto_retry.new()(prev, "sendMessage", { chat_id = 1 }).error_code)
    assert.equal(3, #times)
  end)

  it("makes as many attempts as it is told", function()
    local prev, times = answers(flooded(1))
    auto_retry.new { max_attempts = 1 }(prev, "sendMessage", {})
    assert.equal(1, #times)
  end)

  it("does not wait longer than it may", function()
    local prev, times = answers(flooded(61), fine)
    assert.is_false(auto_retry.new()(prev, "sendMessage", {}).ok)
    assert.equal(1, #times)
    prev, times = answers(flooded(61), fine)
    assert.is_true(auto_retry.new { max_delay_s = 61 }(prev, "sendMessage", {}).ok)
    assert.equal(2, #times)
  end)

  it("waits longer and longer when a refusal names no time", function()
    local nameless = { ok = false, kind = "api", error_code = 429, description = "?", sent = true }
    local page = { ok = false, kind = "protocol", error_code = 429, description = "no JSON",
      sent = true }
    for _, refusal in ipairs { nameless, page } do
      host.now = 0
      local prev, times = answers(refusal, refusal, fine)
      assert.equal(fine, auto_retry.new()(prev, "sendMessage", { chat_id = 1 }))
      assert.is_true(times[2] >= 450 and times[2] <= 500)
      assert.is_true(times[3] - times[2] >= 900 and times[3] - times[2] <= 1000)
    end
  end)

  it("waits for fractions of a second", function()
    local prev, times = answers(flooded(1.2345), fine)
    assert.is_true(auto_retry.new()(prev, "sendMessage", {}).ok)
    assert.same({ 0, 1235 }, times)
  end)

  it("does not repeat what was refused before it was sent", function()
    local malformed = { ok = false, kind = "protocol", sent = false,
      description = "a method's name consists of letters" }
    local prev, times = answers(malformed, fine)
    assert.equal(malformed, auto_retry.new()(prev, "get Me", {}))
    assert.equal(1, #times)
  end)

  it("holds back other calls for the chat that was refused, and only these", function()
    local transformer = auto_retry.new { max_attempts = 1 }
    local now_of = {}
    local function prev(_, payload)
      now_of[payload.text] = host.now
      return payload.text == "refused" and flooded(5) or fine
    end
    local patient = auto_retry.new { max_attempts = 2 }
    -- The first attempt is refused; while it waits, others call.
    local real_sleep = host.sleep
    local inside = false
    host.sleep = function(ms)
      if not inside then
        inside = true
        patient(prev, "sendMessage", { chat_id = 2, text = "other chat" })
        host.sleep = real_sleep
        patient(prev, "sendMessage", { chat_id = 1, text = "same chat" })
      end
      real_sleep(math.max(0, ms - host.now))
    end
    patient(prev, "sendMessage", { chat_id = 1, text = "refused" })
    assert.equal(0, now_of["other chat"])
    assert.equal(5000, now_of["same chat"])
    assert.is_function(transformer)
  end)

  it("repeats reads after server and network errors, with growing pauses", function()
    for _, failure in ipairs { server_error(true), offline(true), offline(false) } do
      host.now = 0
      local prev, times = answers(failure, failure, fine)
      assert.equal(fine, auto_retry.new()(prev, "getChat", { chat_id = 1 }))
      assert.equal(3, #times)
      assert.is_true(times[2] >= 450 and times[2] <= 500)
      assert.is_true(times[3] - times[2] >= 900 and times[3] - times[2] <= 1000)
    end
  end)

  it("never repeats a send that may have arrived", function()
    for _, failure in ipairs { server_error(true), offline(true),
      { ok = false, kind = "timeout", description = "t", sent = true },
      { ok = false, kind = "protocol", description = "not JSON", sent = true } } do
      local prev, times = answers(failure, fine)
      assert.equal(failure, auto_retry.new()(prev, "sendMessage", { chat_id = 1 }))
      assert.equal(1, #times)
    end
  end)

  it("repeats a send that has not left", function()
    local prev, times = answers(offline(false), fine)
    assert.equal(fine, auto_retry.new()(prev, "sendMessage", { chat_id = 1 }))
    assert.equal(2, #times)
  end)

  it("does not repeat other refusals", function()
    local prev, times = answers({ ok = false, kind = "api", error_code = 400, sent = true }, fine)
    assert.is_false(auto_retry.new()(prev, "getChat", {}).ok)
    assert.equal(1, #times)
  end)

  it("knows which methods can be called twice", function()
    for _, method in ipairs { "getChat", "setMyCommands", "editMessageText", "deleteMessage",
      "answerCallbackQuery", "banChatMember", "sendChatAction", "leaveChat" } do
      assert.is_true(auto_retry.is_repeatable(method), method)
    end
    for _, method in ipairs { "sendMessage", "forwardMessage", "copyMessage", "createForumTopic",
      "answerWebAppQuery", "refundStarPayment", "transferGift", "close", "newMethod" } do
      assert.is_false(auto_retry.is_repeatable(method), method)
    end
  end)

  it("is there unless the bot's config says no", function()
    host.answers.sendMessage = function(_, number)
      if number > 1 then return true, "sent" end
      return false, flooded(2)
    end
    assert.equal("sent", tg.Bot().api.send_message { chat_id = 1, text = "x" })
    assert.same({ 2000 }, host.slept)
    host.counts.sendMessage = 0
    local plain = tg.Bot(nil, { auto_retry = false })
    assert.is_false(pcall(plain.api.send_message, { chat_id = 1, text = "x" }))
    host.counts.sendMessage = 0
    local once = tg.Bot(nil, { auto_retry = { max_attempts = 1 } })
    assert.is_false(pcall(once.api.send_message, { chat_id = 1, text = "x" }))
  end)

  it("refuses options it does not know", function()
    assert.error_matches(function() tg.auto_retry { max_attemps = 5 } end,
      "unknown option 'max_attemps' in auto_retry options; did you mean 'max_attempts'?")
  end)
end)
