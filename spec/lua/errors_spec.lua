local errors = require "tgrunner.errors"

describe("an API error", function()
  local failure = {
    kind = "api", error_code = 400, description = "Bad Request: message text is empty", sent = true,
  }

  it("is one line with method, code and description", function()
    local err = errors.api("sendMessage", { chat_id = 1 }, failure)
    assert.equal("sendMessage: 400 Bad Request: message text is empty", tostring(err))
  end)

  it("has the fields of the failure and of the call", function()
    local payload = { chat_id = 1 }
    local err = errors.api("sendMessage", payload, {
      kind = "api", error_code = 429, description = "Too Many Requests",
      parameters = { retry_after = 3 }, sent = true,
    })
    assert.equal("sendMessage", err.method)
    assert.equal(429, err.error_code)
    assert.equal("Too Many Requests", err.description)
    assert.equal(3, err.parameters.retry_after)
    assert.equal(payload, err.payload)
    assert.equal("api", err.kind)
    assert.is_true(errors.is_api(err))
    assert.equal("tgrunner.ApiError", getmetatable(err).__name)
  end)

  it("without an answer names what failed on the way", function()
    local err = errors.api("getMe", {}, {
      kind = "network", description = "could not resolve host\nexample.org", sent = false,
    })
    assert.equal("getMe: network error: could not resolve host example.org", tostring(err))
    assert.is_false(err.sent)
  end)

  it("carries a suggestion to people", function()
    local err = errors.api("sendMesage", {}, {
      kind = "api", error_code = 404, description = "Not Found",
    }, "sendMessage")
    assert.equal("sendMesage: 404 Not Found (did you mean 'sendMessage'?)", tostring(err))
  end)
end)

describe("a bot error", function()
  it("has what was raised, its context and traceback", function()
    local ctx = {}
    local err = errors.bot("boom", ctx, "stack traceback:")
    assert.equal("boom", err.error)
    assert.equal(ctx, err.ctx)
    assert.equal("stack traceback:", err.traceback)
    assert.equal("error in a handler: boom", tostring(err))
    assert.is_true(errors.is_bot(err))
    assert.is_false(errors.is_bot {})
  end)

  it("says something about values that are no text", function()
    assert.equal("error in a handler: (error object is a table value)",
      tostring(errors.bot({}, {})))
    assert.equal("error in a handler: (error object is a nil value)",
      tostring(errors.bot(nil, {})))
  end)
end)

describe("a usage error", function()
  it("points at the script, however deep the library is", function()
    local ok, err = pcall(function() require("tgrunner.pattern").new(5) end)
    assert.is_false(ok)
    assert.matches("^spec/lua/errors_spec%.lua:%d+: tg%.pattern takes", err)
  end)

  it("formats only when it is given arguments", function()
    local ok, err = pcall(errors.usage, "100 %d")
    assert.is_false(ok)
    assert.matches("100 %%d$", err)
  end)
end)

describe("a traceback", function()
  it("leaves out the library's own frames", function()
    require("support.fake_host").load()
    local composer = require("tgrunner.composer").new(function(_, next) next() end)
    composer:use(function() error "boom" end)
    local with_traceback = require("tgrunner.errors").with_traceback
    local _, raised = xpcall(composer:_run(), with_traceback, {})
    assert.matches("boom", raised.error)
    assert.matches("errors_spec%.lua", raised.traceback)
    assert.not_matches("compose%.lua", raised.traceback)
  end)
end)
