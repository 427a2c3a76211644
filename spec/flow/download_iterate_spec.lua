local file_bot = require "support.file_bot"
local flow = require "support.flow"
local http = require "support.http"

local fnv1a, pattern, read = file_bot.fnv1a, file_bot.pattern, file_bot.read

describe("files", function()
  local files, sim, folder
  before_each(function()
    files = file_bot.new()
    sim, folder = files.sim, files.folder
  end)
  after_each(function() files:clean_up() end)
  teardown(flow.remove_files)

  describe("that are read piece by piece", function()
    local read_all = [[
      local parts = {}
      local ok, err = pcall(function()
        for chunk in bot.api.get_file{ file_id = file_id }:chunks() do parts[#parts + 1] = chunk end
      end)
      local file = io.open(folder .. "/got.bin", "wb")
      file:write(table.concat(parts))
      file:close()
      print(ok, err, #parts > 1)]]

    it("come byte for byte", function()
      local bytes = pattern(3000000)
      local out, err = files:run(read_all, { file_id = files:upload(bytes) })
      assert.equal("true\tnil\ttrue\n", out, err)
      assert.truthy(read(folder .. "/got.bin") == bytes)
    end)

    it("come from a local Bot API server's disk", function()
      local bytes = pattern(300000)
      sim:answer { method = "getFile",
        body = { ok = true, result = { file_id = "x", file_path = files:write("local.bin", bytes) } } }
      local out, err = files:run(read_all)
      assert.equal("true\tnil\ttrue\n", out, err)
      assert.truthy(read(folder .. "/got.bin") == bytes)
    end)

    it("are none of an empty file", function()
      local out, err = files:run(read_all, { file_id = files:upload "" })
      assert.equal("true\tnil\tfalse\n", out, err)
    end)

    it("raise what goes wrong", function()
      local function answered(path)
        sim:request("DELETE", "/sim/answers")
        sim:answer { method = "getFile", body = { ok = true, result = { file_id = "x", file_path = path } } }
        return (files:run(read_all))
      end
      assert.truthy(answered("../x"):find "^false\tgetFile: protocol error: the file_path")
      assert.truthy(answered("/nowhere/x"):find "^false\tgetFile: file error: cannot open /nowhere/x: no such file")
      local server = http.server(function(request)
        if request.target:find "getFile" then
          request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"1.jpg"}}')
        else
          request:answer(404, '{"ok":false,"error_code":404,"description":"Not Found"}')
        end
      end)
      assert.equal("false\tgetFile: 404 Not Found\tfalse\n", (files:run(read_all, { url = server.url })))
      server = http.server(function(request)
        if request.target:find "getFile" then
          request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"1.jpg"}}')
        else
          request:answer(502, ("<html>"):rep(200000))
        end
      end)
      assert.truthy(files:run(read_all, { url = server.url }):find "^false\tgetFile: 502 the server does not give the file")
    end)

    it("are slowed down by who reads them, and end when the loop is left", function()
      local sent, socket = 0, nil
      local server = http.server(function(request)
        if request.target:find "getFile" then
          request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"1.jpg"}}')
          return
        end
        socket = request
        request:write("HTTP/1.1 200 OK\r\nContent-Length: 100000000\r\n\r\n")
        local piece = ("x"):rep(1000000)
        local function send()
          sent = sent + 1
          if sent <= 100 then request:write(piece, function(err) if not err then send() end end) end
        end
        send()
      end)
      local out, err = files:run([[
        for chunk in bot.api.get_file{ file_id = "x" }:chunks() do
          tg.sleep(300)
          print(#chunk > 0)
          break
        end
        tg.sleep(100)]], { url = server.url })
      assert.equal("true\n", out, err)
      assert.truthy(socket)
      assert.truthy(sent < 30, sent)
      assert.truthy(flow.wait_until(function() return server.closed >= 1 end))
    end)

    it("can be sent on without a disk", function()
      local bytes = pattern(1000000)
      files:run([[
        bot.api.send_document{ chat_id = 1,
          document = tg.InputFile((bot.api.get_file{ file_id = file_id }:chunks()), "on.bin") }]],
        { file_id = files:upload(bytes) })
      local file = files:document()
      assert.equal(1000000, file.size)
      assert.equal(fnv1a(bytes), file.fnv1a)
    end)

    it("can be sent on by many at once, more than uploads have places", function()
      local out, err = files:run([[
        local fns = {}
        for i = 1, 40 do
          fns[i] = function()
            local next_chunk = bot.api.get_file{ file_id = file_id }:chunks()
            tg.sleep(50) -- all are open now
            bot.api.send_document{ chat_id = i, document = tg.InputFile(next_chunk) }
            return i
          end
        end
        print(select("#", tg.all(fns)))]], { file_id = files:upload(pattern(400000)) })
      assert.equal("40\n", out, err)
      assert.equal(40, #sim:calls "sendDocument")
    end)

    it("end with the coroutine that reads them", function()
      local server = http.server(function(request)
        if request.target:find "getFile" then
          request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"1.jpg"}}')
        else
          request:write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome")
        end
      end)
      local out = files:run([[
        print(tg.timeout(200, function()
          for _ in bot.api.get_file{ file_id = "x" }:chunks() do end
        end))
        tg.sleep(100)]], { url = server.url })
      assert.equal("nil\ttimeout\n", out)
      assert.truthy(flow.wait_until(function() return server.closed >= 1 end))
    end)
  end)
end)
