local flow = require "support.flow"

-- What a server may do to a poller, and what the bot makes of it.
describe("polling through faults", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local ECHO = [[
    local tg = require "tgrunner"
    local bot = tg.Bot()
    bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)
    tg.run(bot, { runner = { conflict_wait_ms = 300 } })]]

  local function refusal(status, description, more)
    local body = { ok = false, error_code = status, description = description }
    for name, value in pairs(more or {}) do body[name] = value end
    return { method = "getUpdates", status = status, body = body }
  end

  local function ends(code, ...)
    local bot = flow.bot(sim, ECHO)
    assert.equal(code, (bot:wait()), bot:err())
    for _, part in ipairs { ... } do assert.truthy(bot:err():find(part, 1, true), bot:err()) end
    assert.falsy(bot:err():find(sim.token:match ":(.*)", 1, true))
    return bot:err()
  end

  -- After the fault the bot handles an update; what it said on stderr meanwhile.
  local function survives(rule)
    sim:answer(rule)
    local before = #sim:calls "sendMessage"
    local bot = flow.bot(sim, ECHO)
    sim:update(flow.message "after")
    assert.equal("after", sim:wait_calls("sendMessage", before + 1)[before + 1].params.text)
    bot:kill()
    assert.equal(0, (bot:wait()))
    return bot:err()
  end

  it("ends with 78 when the server refuses the token (401)", function()
    sim:answer { method = "getMe", status = 401, body = { ok = false, error_code = 401, description = "Unauthorized" } }
    ends(78, "401", "token")
  end)

  it("ends with 78 when the server does not know the bot (404)", function()
    sim:answer { method = "getMe", status = 404, body = { ok = false, error_code = 404, description = "Not Found" } }
    ends(78, "404", "token")
  end)

  it("ends when a webhook is set, and says how to remove it", function()
    sim:answer(refusal(409,
      "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"))
    ends(75, "webhook", "deleteWebhook")
  end)

  it("waits for another poller to go, then ends with 75", function()
    sim:answer(refusal(409,
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"))
    ends(75, "409")
    assert.truthy(#sim:calls "getUpdates" > 1)
  end)

  it("outlives another poller that goes in time", function()
    local rule = refusal(409,
      "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running")
    rule.times = 1
    survives(rule)
  end)

  it("waits for what a 429 asks, without a word per try", function()
    local rule = refusal(429, "Too Many Requests: retry after 1", { parameters = { retry_after = 1 } })
    rule.times = 1
    local err = survives(rule)
    assert.equal(1, select(2, err:gsub("\n", "\n")), err)
    assert.truthy(err:find("429", 1, true), err)
    local calls = sim:calls "getUpdates"
    assert.truthy(calls[2].received_us - calls[1].received_us >= 1000000)
  end)

  it("retries after a 500, with one line on loss and one on recovery", function()
    local rule = refusal(500, "Internal Server Error")
    rule.times = 3
    local err = survives(rule)
    assert.equal(2, select(2, err:gsub("\n", "\n")), err)
    assert.truthy(err:find "connected again after", err)
  end)

  it("finds out at once that an outage is over, also when no update comes", function()
    local rule = refusal(502, "Bad Gateway")
    rule.times = 2
    sim:answer(rule)
    local bot = flow.bot(sim, ECHO)
    bot:wait_for("err", "connected again after [%d.]+ s, 2 tries")
    assert.equal(0, sim:calls "getUpdates"[3].params.timeout)
    sim:update(flow.message "x")
    sim:wait_calls("sendMessage", 1)
    assert.equal(30, sim:calls "getUpdates"[4].params.timeout)
  end)

  it("retries after an HTML page and after a body that is cut off", function()
    survives { method = "getUpdates", times = 1, status = 502, body = "<html>Bad Gateway</html>" }
    survives { method = "getUpdates", times = 1, status = 200, body = '{"ok":true,"result":[{"update_id":1,' }
  end)

  it("retries when the server closes the connection without an answer", function()
    survives { method = "getUpdates", times = 2, close = true }
  end)

  it("finds a server that goes away and comes back", function()
    local bot = flow.bot(sim, ECHO)
    sim:wait_calls("getUpdates", 1)
    local port = sim.url:match ":(%d+)$"
    sim.process:kill "sigkill"
    sim.process:wait()
    bot:wait_for("err", "cannot fetch updates")
    local process = flow.start("spec/sim", { "--port", port })
    process:wait_for("out", "\n.+\n")
    sim:update(flow.message "again")
    assert.equal("again", sim:wait_calls("sendMessage", 1)[1].params.text)
    bot:wait_for("err", "connected again")
    assert.falsy(bot:err():find(sim.token:match ":(.*)", 1, true))
  end)

  it("ends with 69 when the network has not come up within max_retry_time", function()
    local bot = flow.start("tgrunner-lua", { "--api-root", "http://127.0.0.1:1", flow.file [[
      local tg = require "tgrunner"
      tg.run(tg.Bot(), { runner = { max_retry_time = 250 } })]] }, { env = { BOT_TOKEN = sim.token } })
    assert.equal(69, (bot:wait()), bot:err())
    assert.truthy(bot:err():find("127.0.0.1:1", 1, true), bot:err())
  end)

  it("keeps trying while connections are refused, until it is stopped", function()
    local bot = flow.start("tgrunner-lua", { "--api-root", "http://127.0.0.1:1", flow.file(ECHO) },
      { env = { BOT_TOKEN = sim.token } })
    bot:wait_for("err", "127.0.0.1:1")
    bot:kill()
    assert.equal(0, (bot:wait()))
    assert.equal(1, select(2, bot:err():gsub("\n", "\n")), bot:err())
  end)

  for _, mode in ipairs { "close", "refuse", "reset", "cut_head", "cut_body", "reset_body", "garbage", "html",
    "html_ok", "cut_json", "empty", "endless", "huge", "chunk", "cut_chunk" } do
    it("is not thrown by a server that sends malformed HTTP: " .. mode, function()
      local fault = flow.start("spec/fault", { "--mode", mode })
      fault:wait_for("out", "\n")
      local bot = flow.start("tgrunner-lua", { "--api-root", "http://127.0.0.1:" .. fault:out():match "%d+", flow.file(ECHO) },
        { env = { BOT_TOKEN = sim.token } })
      bot:wait_for("err", "retrying")
      bot:kill()
      assert.equal(0, (bot:wait()))
      assert.falsy(bot:err():find(sim.token:match ":(.*)", 1, true))
    end)
  end
end)
