local flow = require "support.flow"
local http = require "support.http"

describe("a bot's client", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  -- Runs a script in which `tg` and `root` (of the simulator) are there; its output.
  local function run(body, values)
    local lines = {}
    for name, value in pairs(values or {}) do lines[#lines + 1] = ("local %s = %q "):format(name, value) end
    local bot = flow.bot(sim, ([[
      local tg = require "tgrunner"
      %s
      %s]]):format(table.concat(lines), body))
    bot:wait()
    return bot:out(), bot:err()
  end

  local function api_server()
    return http.server(function(request)
      request:answer(200, '{"ok":true,"result":{"id":7,"is_bot":true,"first_name":"x","username":"elsewhere"}}')
    end)
  end

  it("gives answers whose fields are there however they are looked at", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local cjson, safe = require "cjson", require "cjson.safe"
      local api = tg.Bot().api
      local function send() return api.send_message { chat_id = 5, text = "x" } end
      assert(send().text == "x" and send().chat.id == 5)
      assert(next(send()) ~= nil and rawget(send(), "text") == "x")
      local copy = {}
      for key, value in pairs(send()) do copy[key] = value end
      assert(copy.text == "x" and copy.chat.id == 5)
      assert(tg.json.decode(tg.json.encode { send() })[1].text == "x")
      assert(cjson.decode(cjson.encode { list = { send() } }).list[1].text == "x")
      assert(safe.decode(safe.encode(send())).text == "x")
      assert(not pcall(cjson.encode, { print }) and select("#", cjson.encode {}) == 1)
      assert(setmetatable(send(), { __index = { more = 1 } }).text == "x")
      assert(tg.Bot():is_inited() == false and api.get_me().is_bot)
      print "all there"]])
    assert.equal(0, bot:wait())
    assert.equal("all there\n", bot:out())
  end)

  it("speaks to a server of its own", function()
    local other = api_server()
    local out, err = run([[
      local one, two = tg.Bot(), tg.Bot(nil, { api_root = other .. "/behind/a/path/" })
      print(one.api.get_me().id ~= 7, two.api.get_me().username)]], { other = other.url })
    assert.equal("true\telsewhere\n", out, err)
    assert.equal("/behind/a/path/bot" .. sim.token .. "/getMe", other.requests[1].target)
    assert.equal(1, #sim:calls "getMe")
  end)

  it("says of an answer without a result, and of a file that is refused, what it is", function()
    local server = http.server(function(request)
      if request.target:find "/file/" then return request:answer(404, "gone") end
      local result = request.target:find "getFile" and ',"result":{"file_id":"x","file_path":"a/b"}'
      request:answer(200, '{"ok":true' .. (result or "") .. "}")
    end)
    local out, err = run([[
      local api = tg.Bot(nil, { api_root = server, auto_retry = false }).api
      print(pcall(api.get_me))
      local file = api.get_file { file_id = "x" }
      print(pcall(file.download, file, os.tmpname()))
      print(pcall(function() for _ in file:chunks() do end end))]], { server = server.url })
    assert.equal("false\tgetMe: protocol error: the server's answer has no result (HTTP status 200)\n"
      .. ("false\tgetFile: 404 the server does not give the file (HTTP status 404)\n"):rep(2), out, err)
  end)

  it("goes through a proxy of its own, for calls, polls and files", function()
    local proxy
    proxy = http.server(function(request)
      if request.target:find "getUpdates" and #proxy.requests > 1 then return end
      if request.target:find "/file/" then
        request:answer(200, "bytes")
      elseif request.target:find "getFile" then
        request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"a/b"}}')
      else
        request:answer(200, '{"ok":true,"result":{"id":7,"is_bot":true,"first_name":"x","username":"y"}}')
      end
    end)
    local out, err = run([[
      local bot = tg.Bot(nil, { api_root = "http://telegram.invalid", client = { proxy = proxy } })
      print(bot.api.get_me().id)
      local path = os.tmpname()
      print(io.open(bot.api.get_file{ file_id = "x" }:download(path)):read "a")
      os.remove(path)
      bot.api.send_document{ chat_id = 1, document = tg.InputFile{ bytes = "x" } }
      local runner = tg.run(bot)
      tg.sleep(200)
      runner:stop()
      print(tg.Bot().api.get_me().id ~= 7)]], { proxy = proxy.url })
    assert.equal("7\nbytes\ntrue\n", out, err)
    local seen = {}
    for _, request in ipairs(proxy.requests) do
      assert.equal(1, (request.target:find("http://telegram.invalid/", 1, true)), request.target)
      seen[request.target:match "[^/]+$"] = true
    end
    assert.same({ true, true, true, true, true },
      { seen.getMe, seen.getFile, seen.b, seen.sendDocument, seen.getUpdates })
    assert.equal(1, #sim:calls "getMe")
  end)

  it("names a proxy that is not there, without the token", function()
    local out, err = run [[
      local bot = tg.Bot(nil, { client = { proxy = "http://127.0.0.1:1" }, auto_retry = false })
      print(pcall(bot.api.get_me))]]
    assert.truthy(out:find "^false\tgetMe: network error: could not connect to the proxy", out)
    assert.falsy((out .. err):find(sim.token, 1, true))
  end)

  it("uses Telegram's test environment", function()
    local other = api_server()
    run([[
      tg.Bot(nil, { api_root = other, client = { environment = "test" } }).api.get_me()]], { other = other.url })
    assert.equal("/bot" .. sim.token .. "/test/getMe", other.requests[1].target)
  end)

  it("uses the addresses it is told to", function()
    local out = run [[
      local function ask(ip)
        local bot = tg.Bot(nil, { api_root = "http://127.0.0.1:1", client = { ip = ip }, auto_retry = false })
        print(select(2, pcall(bot.api.get_me)))
      end
      ask(4) ask(6)]]
    -- A literal IPv4 address is none at all where IPv6 is asked for.
    assert.truthy(out:find "^getMe: network error: could not connect to 127.0.0.1:1.-\ngetMe: network error: ", out)
    assert.truthy(out:match "^(.-)\n" ~= out:match "\n(.-)\n", out)
  end)

  it("waits for an answer as long as it is told", function()
    local out, err = run([[
      local bot = tg.Bot(nil, { api_root = other, client = { timeout_s = 0.2 }, auto_retry = false })
      print(pcall(bot.api.get_me))]], { other = http.server(function() end).url })
    assert.truthy(out:find "^false\tgetMe: timeout error: ", out .. err)
  end)

  for code, text in pairs {
    ['tg.Bot(nil, { client = { timeout = 5 } })'] =
      "unknown option 'timeout' in Bot config.client; did you mean 'timeout_s'?",
    ['tg.Bot(nil, { apiroot = "x" })'] = "unknown option 'apiroot' in Bot config; did you mean 'api_root'?",
    ['tg.Bot(nil, { client = { environment = "staging" } })'] =
      'Bot config.client.environment must be "prod" or "test" (got \'staging\')',
    ['tg.Bot(nil, { client = { ip = 5 } })'] = "Bot config.client.ip must be 4 or 6 (got 5)",
    ['tg.Bot(nil, { api_root = "telegram" })'] = "api_root is no http or https URL",
  } do
    it("says at the caller's line: " .. text, function()
      local _, err = run("\n" .. code)
      assert.truthy(err:find("bot.lua:4: ", 1, true), err)
      assert.truthy(err:find(text, 1, true), err)
    end)
  end
end)
