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

  it("takes a server's address as a bot does", function()
    for _, ending in ipairs { "/", "//" } do
      local result = flow.run({ "call", "--api-root", sim.url .. ending, "getMe" }, {
        env = { BOT_TOKEN = sim.token },
      })
      assert.equal(0, result.code, result.err)
    end
  end)

  it("sends nothing for what is no name of a method", function()
    for _, name in ipairs { "get me", "../x", "", "getMe?x=1" } do
      local result = call(name)
      assert.equal(2, result.code)
      assert.equal(("tgrunner-lua: '%s' is no name of a method: it consists of letters, digits "
        .. "and '_', 128 at most\n"):format(name), result.err)
    end
    assert.same({}, sim:calls())
  end)

  it("refuses options that mean nothing to it, and those behind the method", function()
    local function refusal(...)
      local result = flow.run { "call", ... }
      assert.equal(2, result.code)
      return result.err
    end
    assert.matches("^tgrunner%-lua: call has no use for %-%-journal [^\n]+\n$",
      refusal("--sim", "--journal", "/tmp/none", "getMe"))
    assert.matches("call has no use for %-%-sim%-load ", refusal("--sim-load", "5", "getMe"))
    assert.matches("call has no use for %-e ", refusal("-e", "x", "getMe"))
    assert.matches("before METHOD, not behind it: %-%-sim\n$", refusal("getMe", "--sim"))
    assert.matches("there is more %(quote the JSON%): 1}\n$",
      refusal("--sim", "getMe", '{"a":', "1}"))
  end)

  it("prints its help wherever that is asked for", function()
    local result = flow.run { "call", "--sim", "--help" }
    assert.equal(0, result.code)
    assert.matches("^Usage: tgrunner%-lua call ", result.out)
  end)

  it("can be tried without a token", function()
    local result = flow.run { "call", "--sim", "getMe" }
    assert.equal(0, result.code, result.err)
    assert.matches('"is_bot":true', result.out)
  end)
end)
