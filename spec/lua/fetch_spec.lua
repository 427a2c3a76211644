local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("tg.fetch", function()
  local host, fetch, errors, sent, answer

  before_each(function()
    local _
    _, host = fake_host.load()
    fetch = require("tgrunner.fetch").fetch
    errors = require "tgrunner.errors"
    answer = { true, 200, "HTTP/1.1 200 OK\r\n\r\n", "" }
    host.fetch = function(request)
      sent = request
      if type(answer) == "string" then error(answer, 0) end
      return table.unpack(answer)
    end
  end)

  it("is a GET unless there is something to send", function()
    fetch "http://x/"
    assert.same({ url = "http://x/", headers = {}, timeout_ms = 30000, max_bytes = 16777216,
      max_redirects = 5 }, sent)
    fetch("http://x/", { body = "a" })
    assert.is_nil(sent.method)
    assert.equal("a", sent.body)
    assert.same({ "Content-Type: text/plain; charset=utf-8" }, sent.headers)
    fetch("http://x/", { method = "post" })
    assert.equal("", sent.body)
  end)

  it("percent-encodes what is not ASCII behind the host", function()
    fetch "http://bücher.example/ü?q=ä&r=%20"
    assert.equal("http://bücher.example/%C3%BC?q=%C3%A4&r=%20", sent.url)
  end)

  it("sends any method", function()
    fetch("http://x/", { method = "delete" })
    assert.equal("DELETE", sent.method)
    fetch("http://x/", { method = "PUT", body = "a" })
    assert.equal("PUT", sent.method)
  end)

  it("sends values as JSON", function()
    fetch("http://x/", { json = { a = 1 } })
    assert.equal('{"a":1}', sent.body)
    assert.same({ "Content-Type: application/json" }, sent.headers)
  end)

  it("sends the caller's headers", function()
    fetch("http://x/", { body = "a", headers = { ["content-type"] = "x/y" } })
    assert.same({ "content-type: x/y" }, sent.headers)
    fetch("http://x/", { headers = { A = { "1", 2 } } })
    assert.same({ "A: 1", "A: 2" }, sent.headers)
    fetch("http://x/", { headers = { A = "" } })
    assert.same({ "A;" }, sent.headers)
  end)

  it("answers with status, headers in any case, and body", function()
    local head = "HTTP/1.1 404 No\r\nContent-Type: a/b \r\nX: 1\r\nx:2\r\n\r\n"
    answer = { true, 404, head, '{"a":[1]}' }
    local got = fetch "http://x/"
    assert.equal(404, got.status)
    assert.is_false(got.ok)
    assert.equal("a/b", got.headers["Content-Type"])
    assert.equal("1, 2", got.headers.X)
    assert.is_nil(got.headers.y)
    assert.equal('{"a":[1]}', got.body)
    assert.same({ a = { 1 } }, got:json())
  end)

  it("says of a body that it is no JSON", function()
    answer[4] = "<html>"
    local got = fetch "http://x/"
    local err = raised(got.json, got)
    assert.truthy(err:find("fetch_spec.lua:", 1, true) or err:find("raised.lua:", 1, true), err)
    assert.truthy(err:find("response:json: the body is no JSON", 1, true), err)
  end)

  it("raises an error object when there is no answer", function()
    answer = { false, { kind = "timeout", description = "no answer within 1 s", sent = true } }
    local err = raised(fetch, "http://x/")
    assert.is_true(errors.is_fetch(err))
    assert.equal("tg.fetch: timeout error: no answer within 1 s", tostring(err))
    assert.equal("timeout", err.kind)
    assert.is_false(errors.is_fetch {})
  end)

  -- What is said (behind the caller's line) when it is called with these.
  local function complaint(...)
    local arguments = table.pack(...)
    local err = raised(function() fetch(table.unpack(arguments, 1, arguments.n)) end)
    return err:match "fetch_spec.lua:%d+: (.*)$" or "no place: " .. err
  end

  it("names what is wrong with the URL, at the caller's line", function()
    assert.equal("tg.fetch: url must be a string (got a nil)", complaint(nil))
    assert.equal("tg.fetch: url must not hold blanks or control characters; write them as %20 …",
      complaint "http://x/a b")
    answer = "tg.fetch: expected a URL that starts with http:// or https://"
    assert.equal(answer, complaint "ftp://x/")
  end)

  local wrong = {
    { { timeout = 1 }, "unknown option 'timeout' in fetch options; did you mean 'timeout_ms'?" },
    { { timeout_ms = "1" },
      "fetch options.timeout_ms must be a number of milliseconds, 0 or more (got '1')" },
    { { max_redirects = -1 },
      "fetch options.max_redirects must be an integer, 0 or more (got -1)" },
    { { body = "a", json = {} }, "tg.fetch: give body or json, not both" },
    { { method = "GET", body = "a" }, "tg.fetch: a GET has no body" },
    { { method = "A B" }, 'tg.fetch: method must be a word like "GET" (got "A B")' },
    { { headers = { A = "1\r\nB: 2" } },
      'tg.fetch: headers["A"] must not hold control characters' },
    { { headers = { A = true } }, 'tg.fetch: headers["A"] must be a string (got a boolean)' },
    { { headers = { ["A:"] = "1" } }, 'tg.fetch: headers: "A:" is not the name of a header' },
    { { headers = { "A: 1" } }, "tg.fetch: headers: a number is not the name of a header" },
  }

  it("names the option that is wrong, at the caller's line", function()
    for _, case in ipairs(wrong) do
      assert.equal(case[2], complaint("http://x/", case[1]))
    end
  end)
end)
