local flow = require "support.flow"

describe("tgrunner-lua call", function()
  local sim

  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)

  local function call(...)
    local args = { "call", "--api-root", sim.url, ... }
    return flow.run(args, { env = { BOT_TOKEN = sim.token } })
  end

  it("prints a call's result as the server sent it", function()
    local result = call("send_message", '{"chat_id": 5, "text": "hi"}')
    assert.equal(0, result.code, result.err)
    assert.matches('^{"message_id":%d+,"from":.*"text":"hi"}\n$', result.out)
    local params = sim:calls("sendMessage")[1].params
    assert.equal(5, params.chat_id)
    sim:answer { method = "getMyName", body = { ok = true, result = { name = "x", list = {} },
      description = "more" }, status = 200 }
    assert.matches('^{.*"name":"x".*}\n$', call("getMyName").out)
  end)

  it("reads parameters from standard input", function()
    local result = flow.run({ "call", "--api-root", sim.url, "sendMessage", "-" }, {
      env = { BOT_TOKEN = sim.token }, stdin = '{"chat_id":6,"text":"piped"}',
    })
    assert.equal(0, result.code, result.err)
    assert.equal("piped", sim:calls("sendMessage")[1].params.text)
  end)

  it("says in one line why it was refused", function()
    sim:answer { method = "sendMessage", status = 403, times = 1 }
    local result = call("sendMessage", '{"chat_id":1,"text":"x"}')
    assert.equal(1, result.code)
    assert.equal("", result.out)
    assert.matches("^tgrunner%-lua: sendMessage: 403 [^\n]+\n$", result.err)
    sim:answer { method = "getMee", status = 404, body = { ok = false, error_code = 404,
      description = "Not Found" } }
    result = call "getMee"
    assert.matches("getMee: 404 Not Found; did you mean 'getMe'?", result.err)
  end)

  it("has an exit status for each kind of mistake", function()
    assert.equal(65, call("getMe", "{x").code)
    assert.equal(65, call("getMe", "[1]").code)
    assert.equal(2, call().code)
    assert.equal(2, call("getMe", "{}", "more").code)
    assert.equal(78, flow.run({ "call", "getMe" }).code)
    local unreachable = flow.run({ "call", "--api-root", "http://127.0.0.1:1", "getMe" }, {
      env = { BOT_TOKEN = sim.token },
    })
    assert.equal(69, unreachable.code)
    assert.is_nil(unreachable.err:find(sim.token, 1, true))
    sim:answer { method = "getMe", status = 401 }
    assert.equal(78, call("getMe").code)
  end)

  it("can be tried without a token", function()
    local result = flow.run { "call", "--sim", "getMe" }
    assert.equal(0, result.code, result.err)
    assert.matches('"is_bot":true', result.out)
  end)
end)
