local flow = require "support.flow"
local http = require "support.http"

-- What is under way when a script ends, or is used in ways it is not meant to be.
describe("a transfer", function()
  local server
  before_each(function()
    server = http.server(function(request)
      if request.target:find "getFile" then
        request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"1.jpg"}}')
      elseif request.target:find "/file/" then
        request:write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome")
      end
    end)
  end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local token = "4242:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

  -- Runs a script in which `tg`, `bot` and `url` are there; its exit code and output.
  local function run(proxied, body)
    local bot = flow.bot({ url = proxied and "http://elsewhere.invalid" or server.url, token = token }, ([[
      local tg = require "tgrunner"
      local url, proxy = %q, %s
      local bot = tg.Bot(nil, { client = { proxy = proxy } })
      %s]]):format(server.url, proxied and ("%q"):format(server.url) or "nil", body))
    local code = bot:wait()
    return code, bot:out(), bot:err()
  end

  local open = {
    ["an upload whose iterator waits"] = [[
      tg.spawn(function()
        bot.api.send_document{ chat_id = 1, document = tg.InputFile(function() tg.sleep(100000) end) }
      end)]],
    ["a download"] = [[
      local path = arg[0] .. ".got"
      tg.spawn(function() bot.api.get_file{ file_id = "x" }:download(path) end)]],
    ["a file that is read"] = [[
      local next_chunk = bot.api.get_file{ file_id = "x" }:chunks()
      next_chunk()
      kept = next_chunk]],
    ["files that nobody reads any more"] = [[
      local file = bot.api.get_file{ file_id = "x" }
      for _ = 1, 50 do file:chunks() end
      collectgarbage()
      collectgarbage()]],
    ["a request"] = [[tg.spawn(tg.fetch, url)]],
  }

  for name, body in pairs(open) do
    for _, proxied in ipairs { false, true } do
      it("ends with its script: " .. name .. (proxied and ", by a proxy" or ""), function()
        local code, out, err = run(proxied, body .. " tg.sleep(100) os.exit(3)")
        assert.equal(3, code, err)
        assert.equal("", out .. err)
      end)
    end
  end

  it("of a closed file says so, at the script's line", function()
    local _, out = run(false, [[
      local next_chunk
      do
        local n, _, _, closing <close> = bot.api.get_file{ file_id = "x" }:chunks()
        next_chunk = n
      end
      print(select(2, pcall(function() next_chunk() end)))]])
    assert.truthy(out:find "bot.lua:9: file:chunks: the file was closed", out)
  end)

  it("gives its pieces to one coroutine at a time", function()
    local _, out = run(false, [[
      local next_chunk = bot.api.get_file{ file_id = "x" }:chunks()
      next_chunk()
      local waiting = tg.spawn(next_chunk)
      tg.sleep(10)
      print(select(2, pcall(function() next_chunk() end)))
      waiting:cancel()]])
    assert.truthy(out:find "bot.lua:8: file:chunks: another coroutine waits for the next piece already", out)
  end)
end)
