local flow = require "support.flow"
local http = require "support.http"

describe("tg.fetch", function()
  local server
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  -- Runs a script in which `tg` and `url` are there, against a server; its output.
  local function run(handle, body, env)
    server = http.server(handle)
    local process = flow.start("tgrunner-lua", { flow.file(([[
      local tg = require "tgrunner"
      local url = %q
      %s]]):format(server.url, body)) }, { env = env })
    process:wait()
    return process:out(), process:err()
  end

  local function answer_json(request)
    request:answer(200, '{"n":9007199254740993}', { ["Content-Type"] = "application/json" })
  end

  it("works without a bot, at top level", function()
    local out, err = run(answer_json, [[
      local got = tg.fetch(url .. "/a?b=c")
      print(got.status, got.ok, got.headers["content-type"], got:json().n)]])
    assert.equal("200\ttrue\tapplication/json\t9007199254740993\n", out, err)
    assert.equal("GET", server.requests[1].method)
    assert.equal("/a?b=c", server.requests[1].target)
  end)

  it("sends JSON, headers and methods", function()
    run(answer_json, [[
      tg.fetch(url, { json = { a = 1 }, headers = { Authorization = "x", ["User-Agent"] = "mine" } })
      tg.fetch(url, { method = "PATCH", body = "raw\0bytes" })
      tg.fetch(url, { method = "POST" })
      tg.fetch(url, { method = "HEAD" })]])
    local first, second, third, fourth = table.unpack(server.requests)
    assert.equal("POST", first.method)
    assert.equal('{"a":1}', first.body)
    assert.equal("application/json", first.headers["content-type"])
    assert.equal("x", first.headers.authorization)
    assert.equal("mine", first.headers["user-agent"])
    assert.equal("PATCH", second.method)
    assert.equal("raw\0bytes", second.body)
    assert.equal("POST", third.method)
    assert.equal("0", third.headers["content-length"])
    assert.equal("HEAD", fourth.method)
  end)

  it("answers with any status", function()
    local out = run(function(request) request:answer(503, "later") end, [[
      local got = tg.fetch(url)
      print(got.status, got.ok, got.body)]])
    assert.equal("503\tfalse\tlater\n", out)
  end)

  it("follows redirects, as far as it may", function()
    local function redirect(request)
      local n = tonumber(request.target:match "%d+")
      if n == 0 then
        request:answer(200, request.method)
      else
        request:answer(302, "", { Location = "/" .. n - 1 })
      end
    end
    local out, err = run(redirect, [[
      print(tg.fetch(url .. "/5").body)
      print(tg.fetch(url .. "/1", { body = "x" }).body)
      print(tg.fetch(url .. "/1", { max_redirects = 0 }).status)
      print(pcall(tg.fetch, url .. "/6"))]])
    assert.truthy(out:find "^GET\nGET\n302\nfalse\ttg.fetch: network error: ", out .. err)
  end)

  it("lets others go on, and runs many at once", function()
    local held = {}
    local out, err = run(function(request)
      held[#held + 1] = request
      if #held == 60 then
        for _, each in ipairs(held) do each:answer(200, each.target) end
      end
    end, [[
      local fns = {}
      for i = 1, 60 do fns[i] = function() return tg.fetch(url .. "/" .. i).body end end
      print(select("#", tg.all(fns)), (select(7, tg.all{})), (tg.all(fns and { function() return 1 end })))]])
    assert.equal("60\tnil\t1\n", out, err)
  end)

  it("raises an error object when there is no answer", function()
    local out = run(function(request) request:close() end, [[
      local ok, err = pcall(tg.fetch, url)
      print(ok, tg.is_fetch_error(err), err.kind, err.sent, err)
      print(pcall(tg.fetch, "http://127.0.0.1:1/"))]])
    assert.truthy(out:find "^false\ttrue\tnetwork\ttrue\ttg.fetch: network error: 127.0.0.1:%d+ closed the connection "
      .. "without an answer", out)
    assert.truthy(out:find "\nfalse\ttg.fetch: network error: could not connect to 127.0.0.1:1", out)
  end)

  it("ends when its time is up", function()
    local out = run(function() end, [[print(pcall(tg.fetch, url, { timeout_ms = 50 }))]])
    assert.truthy(out:find "^false\ttg.fetch: timeout error: ", out)
  end)

  it("takes no more bytes than it may", function()
    local out = run(function(request) request:answer(200, ("x"):rep(1001)) end, [[
      print(pcall(tg.fetch, url, { max_bytes = 1000 }))
      print(#tg.fetch(url, { max_bytes = 1001 }).body)]])
    assert.truthy(out:find "^false\ttg.fetch: protocol error: the answer of %S+ is larger than 1000 bytes\n1001\n", out)
  end)

  it("ends with its coroutine", function()
    local out = run(function() end, [[
      print(tg.timeout(100, tg.fetch, url))
      tg.sleep(50)]])
    assert.equal("nil\ttimeout\n", out)
    assert.truthy(flow.wait_until(function() return server.closed == 1 end))
  end)

  it("works in coroutines of the script's own", function()
    local out, err = run(answer_json, [[
      local co = coroutine.wrap(function()
        coroutine.yield(tg.fetch(url).status)
        coroutine.yield(tg.fetch(url):json().n)
      end)
      print(co(), co())]])
    assert.equal("200\t9007199254740993\n", out, err)
  end)

  it("goes through the environment's proxy", function()
    local out, err = run(answer_json, [[print(tg.fetch("http://elsewhere.invalid/x").status)]])
    assert.truthy(err:find "elsewhere.invalid" or out == "", out)
    local proxy = http.server(answer_json)
    out, err = run(answer_json, [[print(tg.fetch("http://elsewhere.invalid/x").status)]], { http_proxy = proxy.url })
    assert.equal("200\n", out, err)
    assert.equal("http://elsewhere.invalid/x", proxy.requests[1].target)
  end)

  it("points at the caller's line", function()
    local out, err = run(answer_json, [[tg.fetch(url, { timeout = 5 })]])
    assert.truthy((out .. err):find "bot.lua:3: unknown option 'timeout' in fetch options; did you mean 'timeout_ms'", err)
    out, err = run(answer_json, [[tg.fetch("ftp://x/")]])
    assert.truthy((out .. err):find "bot.lua:3: tg.fetch: expected a URL that starts with http", err)
    out, err = run(answer_json, [[table.sort({ 2, 1 }, function() tg.fetch(url) end)]])
    assert.truthy((out .. err):find "bot.lua:3: tg.fetch cannot wait here[^\n]*table%.sort", err)
  end)
end)
