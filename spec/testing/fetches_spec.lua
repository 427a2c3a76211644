local testing = require "tgrunner.testing"
local tg = require "tgrunner"

local function new() return testing.new(function() return tg.Bot() end) end

local function raised(...)
  local ok, err = pcall(tg.fetch, ...)
  assert.is_false(ok)
  return err
end

describe("tg.fetch in a test", function()
  it("gets what was said for the beginning of the URL, the last first", function()
    local t = new()
    t:fetch("https://a.org/", "all")
    t:fetch("https://a.org/items", { json = { 1, 2 } })
    t:fetch(tg.pattern "%.png$", { status = 404, body = "gone", headers = { ["X-Why"] = "old" } })
    assert.equal("all", tg.fetch("https://a.org/x").body)
    assert.same({ 1, 2 }, tg.fetch("https://a.org/items?page=1"):json())
    local missing = tg.fetch "https://b.org/x.png"
    assert.equal(404, missing.status)
    assert.is_false(missing.ok)
    assert.equal("old", missing.headers["x-why"])
    t:fetch("https://a.org/", 503)
    assert.equal(503, tg.fetch("https://a.org/x").status)
  end)

  it("can be asked what it was", function()
    local t = new()
    t:fetch("https://a.org/", function(request) return { json = { got = request:json().x } } end)
    local answer = tg.fetch("https://a.org/p", { json = { x = 5 }, headers = { ["X-Key"] = "k" } })
    assert.equal(5, answer:json().got)
    local request = t.fetches[1]
    assert.equal("POST", request.method)
    assert.equal("k", request.headers["x-key"])
    assert.equal("application/json", request.headers["content-type"])
    assert.equal('{"x":5}', request.body)
  end)

  it("fails without an answer: by network, or by time", function()
    local t = new()
    t:fetch("https://a.org/", { kind = "network" })
    t:fetch("https://slow.org/", { body = "late", delay_ms = 20000 })
    local err = raised "https://a.org/"
    assert.is_true(tg.is_fetch_error(err))
    assert.equal("network", err.kind)
    local before = t:now()
    assert.equal("late", tg.fetch("https://slow.org/").body)
    assert.equal(before + 20000, t:now())
    assert.equal("timeout", raised("https://slow.org/", { timeout_ms = 1000 }).kind)
    assert.equal(before + 21000, t:now())
  end)

  it("is an error where nothing was said: there is no network", function()
    new()
    assert.matches("fetches_spec.lua:%d+: tg.fetch: no answer is known for https://a.org/",
      raised "https://a.org/")
  end)

  it("takes answers that exist only", function()
    local t = new()
    local ok, err = pcall(t.fetch, t, "https://a.org/", { code = 5 })
    assert.is_false(ok)
    assert.matches("unknown option 'code' in the answer of t:fetch", err)
  end)
end)
