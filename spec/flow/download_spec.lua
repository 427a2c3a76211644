local file_bot = require "support.file_bot"
local flow = require "support.flow"
local http = require "support.http"

local pattern, read = file_bot.pattern, file_bot.read

describe("files", function()
  local files, sim, folder
  before_each(function()
    files = file_bot.new()
    sim, folder = files.sim, files.folder
  end)
  after_each(function() files:clean_up() end)
  teardown(flow.remove_files)

  describe("that are downloaded", function()
    local download = [[
      local ok, err = pcall(function()
        return bot.api.get_file{ file_id = file_id }:download(folder .. "/got.bin")
      end)
      print(ok, err)]]

    for _, environment in ipairs { "prod", "test" } do
      it("arrive byte for byte (" .. environment .. ")", function()
        local bytes = pattern(3000000)
        local out, err = files:run(download, { file_id = files:upload(bytes), environment = environment })
        assert.equal("true\t" .. folder .. "/got.bin\n", out, err)
        assert.truthy(read(folder .. "/got.bin") == bytes)
        assert.same({ "got.bin" }, files:names())
      end)
    end

    it("raise what the server says, and leave nothing", function()
      sim:answer { method = "getFile", body = { ok = true, result = { file_id = "x", file_path = "../x" } } }
      local out = files:run(download)
      assert.truthy(out:find "false\tgetFile: protocol error: the file_path is not one", out)
      assert.same({}, files:names())
    end)

    it("raise a refusal", function()
      local server = http.server(function(request)
        if request.target:find "getFile" then
          request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"a b/1.jpg"}}')
        else
          request:answer(404, '{"ok":false,"error_code":404,"description":"Not Found"}')
        end
      end)
      local out, err = files:run(download, { url = server.url })
      assert.equal("false\tgetFile: 404 Not Found\n", out)
      assert.equal("/file/bot" .. sim.token .. "/a%20b/1.jpg", server.requests[2].target)
      assert.falsy((out .. err):find(sim.token, 1, true))
      assert.same({}, files:names())
    end)

    it("cannot go where there is no folder", function()
      local out = files:run([[
        print(pcall(function()
          bot.api.get_file{ file_id = file_id }:download(folder .. "/none/got.bin")
        end))]], { file_id = files:upload "x" })
      assert.truthy(out:find "false\tgetFile: file error: cannot write .*/none/got.bin: no such file", out)
    end)

    -- Sends the head and some of a file, and no more.
    local function stuck_server()
      return http.server(function(request)
        if request.target:find "getFile" then
          request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"1.jpg"}}')
        else
          request:write("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nsome")
        end
      end)
    end

    it("end with the coroutine that asked for them", function()
      local server = stuck_server()
      local out = files:run([[
        print(tg.timeout(300, function()
          bot.api.get_file{ file_id = "x" }:download(folder .. "/got.bin")
        end))
        tg.sleep(100)]], { url = server.url })
      assert.equal("nil\ttimeout\n", out)
      assert.equal(2, #server.requests)
      assert.same({}, files:names())
    end)

    it("end when nothing comes for as long as a call may take", function()
      local out = files:run(download, { url = stuck_server().url, timeout_s = 0.3 })
      assert.truthy(out:find "false\tgetFile: timeout error", out)
      assert.same({}, files:names())
    end)

    describe("from a local Bot API server", function()
      local function local_file(path)
        sim:answer { method = "getFile", body = { ok = true, result = { file_id = "x", file_path = path } } }
        return files:run(download)
      end

      it("are copied", function()
        local bytes = pattern(2000000)
        local out = local_file(files:write("source 1.bin", bytes))
        assert.equal("true\t" .. folder .. "/got.bin\n", out)
        assert.truthy(read(folder .. "/got.bin") == bytes)
        assert.same({ "got.bin", "source 1.bin" }, files:names())
      end)

      it("are copied when it speaks of file:// URLs", function()
        files:write("source 1.bin", "some bytes")
        assert.truthy(local_file("file://" .. folder .. "/source%201.bin"):find "^true")
        assert.equal("some bytes", read(folder .. "/got.bin"))
      end)

      it("raise an error without the token when they are not there", function()
        local out, err = local_file("/nowhere/" .. sim.token .. "/1.bin")
        assert.truthy(out:find "false\tgetFile: file error: cannot open /nowhere/%d+:%*%*%*/1.bin: no such", out)
        assert.falsy((out .. err):find(sim.token, 1, true))
        assert.same({}, files:names())
      end)
    end)
  end)
end)
