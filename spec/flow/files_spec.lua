local flow = require "support.flow"
local http = require "support.http"
local uv = require "luv"

describe("files", function()
  local sim, folder
  before_each(function()
    sim = flow.sim()
    folder = assert(uv.fs_mkdtemp "/tmp/tgrunner-files-XXXXXX")
  end)
  after_each(function()
    flow.clean_up()
    for name in uv.fs_scandir_next, uv.fs_scandir(folder) do uv.fs_unlink(folder .. "/" .. name) end
    assert(uv.fs_rmdir(folder))
  end)
  teardown(flow.remove_files)

  local function read(path)
    local file = assert(io.open(path, "rb"))
    local bytes = file:read "a"
    file:close()
    return bytes
  end

  local function write(name, bytes)
    local file = assert(io.open(folder .. "/" .. name, "wb"))
    file:write(bytes)
    file:close()
    return folder .. "/" .. name
  end

  -- Runs a script in which `tg`, `bot`, `folder` and `file_id` are there; its output.
  local function run(body, options)
    options = options or {}
    local bot = flow.bot({ url = options.url or sim.url, token = sim.token }, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot(nil, { client = { environment = %q, timeout_s = %s } })
      local folder, file_id = %q, %q
      %s]]):format(options.environment or "prod", options.timeout_s or 500, folder,
      options.file_id or "", body))
    bot:wait()
    return bot:out(), bot:err(), bot
  end

  local function names()
    local list = {}
    for name in uv.fs_scandir_next, uv.fs_scandir(folder) do list[#list + 1] = name end
    table.sort(list)
    return list
  end

  -- Bytes that are no text, and differ everywhere.
  local function pattern(len)
    local parts, x = {}, 1
    for i = 1, len // 4 do
      x = x * 1103515245 + 12345 & 0xffffffff
      parts[i] = ("I4"):pack(x)
    end
    return table.concat(parts)
  end

  local function fnv1a(bytes)
    local hash = 0xcbf29ce484222325
    for i = 1, #bytes do hash = (hash ~ bytes:byte(i)) * 0x100000001b3 end
    return ("%016x"):format(hash)
  end

  local function upload(bytes, token)
    return sim:request("POST", "/sim/files?name=a%20b.bin&type=x/y&token=" .. (token or sim.token), bytes).file_id
  end

  local function document()
    local call = sim:wait_calls("sendDocument", 1)[1]
    return call.files.document or call.files.file0, call
  end

  describe("that are downloaded", function()
    local download = [[
      local ok, err = pcall(function()
        return bot.api.get_file{ file_id = file_id }:download(folder .. "/got.bin")
      end)
      print(ok, err)]]

    for _, environment in ipairs { "prod", "test" } do
      it("arrive byte for byte (" .. environment .. ")", function()
        local bytes = pattern(3000000)
        local out, err = run(download, { file_id = upload(bytes), environment = environment })
        assert.equal("true\t" .. folder .. "/got.bin\n", out, err)
        assert.truthy(read(folder .. "/got.bin") == bytes)
        assert.same({ "got.bin" }, names())
      end)
    end

    it("raise what the server says, and leave nothing", function()
      sim:answer { method = "getFile", body = { ok = true, result = { file_id = "x", file_path = "../x" } } }
      local out = run(download)
      assert.truthy(out:find "false\tgetFile: protocol error: the file_path is not one", out)
      assert.same({}, names())
    end)

    it("raise a refusal", function()
      local server = http.server(function(request)
        if request.target:find "getFile" then
          request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"a b/1.jpg"}}')
        else
          request:answer(404, '{"ok":false,"error_code":404,"description":"Not Found"}')
        end
      end)
      local out, err = run(download, { url = server.url })
      assert.equal("false\tgetFile: 404 Not Found\n", out)
      assert.equal("/file/bot" .. sim.token .. "/a%20b/1.jpg", server.requests[2].target)
      assert.falsy((out .. err):find(sim.token, 1, true))
      assert.same({}, names())
    end)

    it("cannot go where there is no folder", function()
      local out = run([[
        print(pcall(function()
          bot.api.get_file{ file_id = file_id }:download(folder .. "/none/got.bin")
        end))]], { file_id = upload "x" })
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
      local out = run([[
        print(tg.timeout(300, function()
          bot.api.get_file{ file_id = "x" }:download(folder .. "/got.bin")
        end))
        tg.sleep(100)]], { url = server.url })
      assert.equal("nil\ttimeout\n", out)
      assert.equal(2, #server.requests)
      assert.same({}, names())
    end)

    it("end when nothing comes for as long as a call may take", function()
      local out = run(download, { url = stuck_server().url, timeout_s = 0.3 })
      assert.truthy(out:find "false\tgetFile: timeout error", out)
      assert.same({}, names())
    end)

    describe("from a local Bot API server", function()
      local function local_file(path)
        sim:answer { method = "getFile", body = { ok = true, result = { file_id = "x", file_path = path } } }
        return run(download)
      end

      it("are copied", function()
        local bytes = pattern(2000000)
        local out = local_file(write("source 1.bin", bytes))
        assert.equal("true\t" .. folder .. "/got.bin\n", out)
        assert.truthy(read(folder .. "/got.bin") == bytes)
        assert.same({ "got.bin", "source 1.bin" }, names())
      end)

      it("are copied when it speaks of file:// URLs", function()
        write("source 1.bin", "some bytes")
        assert.truthy(local_file("file://" .. folder .. "/source%201.bin"):find "^true")
        assert.equal("some bytes", read(folder .. "/got.bin"))
      end)

      it("raise an error without the token when they are not there", function()
        local out, err = local_file("/nowhere/" .. sim.token .. "/1.bin")
        assert.truthy(out:find "false\tgetFile: file error: cannot open /nowhere/%d+:%*%*%*/1.bin: no such", out)
        assert.falsy((out .. err):find(sim.token, 1, true))
        assert.same({}, names())
      end)
    end)
  end)

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
      local out, err = run(read_all, { file_id = upload(bytes) })
      assert.equal("true\tnil\ttrue\n", out, err)
      assert.truthy(read(folder .. "/got.bin") == bytes)
    end)

    it("come from a local Bot API server's disk", function()
      local bytes = pattern(300000)
      sim:answer { method = "getFile",
        body = { ok = true, result = { file_id = "x", file_path = write("local.bin", bytes) } } }
      local out, err = run(read_all)
      assert.equal("true\tnil\ttrue\n", out, err)
      assert.truthy(read(folder .. "/got.bin") == bytes)
    end)

    it("are none of an empty file", function()
      local out, err = run(read_all, { file_id = upload "" })
      assert.equal("true\tnil\tfalse\n", out, err)
    end)

    it("raise what goes wrong", function()
      local function answered(path)
        sim:request("DELETE", "/sim/answers")
        sim:answer { method = "getFile", body = { ok = true, result = { file_id = "x", file_path = path } } }
        return (run(read_all))
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
      assert.equal("false\tgetFile: 404 Not Found\tfalse\n", (run(read_all, { url = server.url })))
      server = http.server(function(request)
        if request.target:find "getFile" then
          request:answer(200, '{"ok":true,"result":{"file_id":"x","file_path":"1.jpg"}}')
        else
          request:answer(502, ("<html>"):rep(200000))
        end
      end)
      assert.truthy(run(read_all, { url = server.url }):find "^false\tgetFile: 502 the server does not give the file")
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
      local out, err = run([[
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
      run([[
        bot.api.send_document{ chat_id = 1,
          document = tg.InputFile((bot.api.get_file{ file_id = file_id }:chunks()), "on.bin") }]],
        { file_id = upload(bytes) })
      local file = document()
      assert.equal(1000000, file.size)
      assert.equal(fnv1a(bytes), file.fnv1a)
    end)

    it("can be sent on by many at once, more than uploads have places", function()
      local out, err = run([[
        local fns = {}
        for i = 1, 40 do
          fns[i] = function()
            local next_chunk = bot.api.get_file{ file_id = file_id }:chunks()
            tg.sleep(50) -- all are open now
            bot.api.send_document{ chat_id = i, document = tg.InputFile(next_chunk) }
            return i
          end
        end
        print(select("#", tg.all(fns)))]], { file_id = upload(pattern(400000)) })
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
      local out = run([[
        print(tg.timeout(200, function()
          for _ in bot.api.get_file{ file_id = "x" }:chunks() do end
        end))
        tg.sleep(100)]], { url = server.url })
      assert.equal("nil\ttimeout\n", out)
      assert.truthy(flow.wait_until(function() return server.closed >= 1 end))
    end)
  end)

  describe("that are uploaded", function()
    it("are read from a path", function()
      local bytes = pattern(300000)
      write("doc.txt", bytes)
      run [[bot.api.send_document{ chat_id = 1, document = tg.InputFile(folder .. "/doc.txt") }]]
      local file = document()
      assert.equal("doc.txt", file.name)
      assert.equal(300000, file.size)
      assert.equal(fnv1a(bytes), file.fnv1a)
    end)

    it("are bytes", function()
      run [[bot.api.send_document{ chat_id = 1, document = tg.InputFile({ bytes = "a\0b" }, "x.bin") }]]
      local file = document()
      assert.equal("x.bin", file.name)
      assert.equal(fnv1a "a\0b", file.fnv1a)
    end)

    it("raise when they are not there, at once", function()
      local out = run [[
        print(pcall(bot.api.send_document, { chat_id = 1, document = tg.InputFile "/nowhere/x" }))]]
      assert.equal("false\tsendDocument: file error: cannot open /nowhere/x: no such file or directory\n", out)
    end)

    it("can be cancelled in any phase, while others wait for a place", function()
      write("doc.bin", ("x"):rep(200000))
      local out, err, bot = run [[
        local function upload()
          bot.api.send_document{ chat_id = 1, document = tg.InputFile(folder .. "/doc.bin") }
        end
        for i = 1, 60 do tg.timeout(i % 4, upload) end
        print(pcall(tg.all, { upload, function() tg.sleep(0) error("enough", 0) end }))
        for turns = 0, 3 do
          local tasks = {}
          for i = 1, 12 do tasks[i] = tg.spawn(upload) end
          for _ = 1, turns do tg.sleep(0) end
          for _, task in ipairs(tasks) do task:cancel() end
        end
        upload()
        print "the last one is sent"]]
      assert.truthy(out:find("enough", 1, true), err)
      assert.truthy(out:find("the last one is sent", 1, true), err)
      assert.equal(0, (bot:wait()))
    end)

    it("go into media groups, with thumbnails", function()
      write("1.jpg", "one")
      run [[
        bot.api.send_media_group{ chat_id = 1, media = {
          { type = "photo", media = tg.InputFile(folder .. "/1.jpg") },
          { type = "video", media = tg.InputFile({ bytes = "two" }, "2.mp4"),
            thumbnail = tg.InputFile({ bytes = "three" }, "3.jpg") },
          { type = "photo", media = "file-id" },
        } }]]
      local call = sim:wait_calls("sendMediaGroup", 1)[1]
      local found = {}
      for _, file in pairs(call.files) do found[file.name] = file.fnv1a end
      assert.same({ ["1.jpg"] = fnv1a "one", ["2.mp4"] = fnv1a "two", ["3.jpg"] = fnv1a "three" }, found)
      assert.truthy(call.params.media:find '"media":"attach://file0"', 1, true)
      assert.truthy(call.params.media:find '"thumbnail":"attach://', 1, true)
    end)
  end)

  describe("that an iterator makes", function()
    it("are sent piece by piece", function()
      run [[
        local n = 0
        bot.api.send_document{ chat_id = 1, document = tg.InputFile(function()
          n = n + 1
          if n <= 3 then return ({ "a", "", ("b"):rep(200000) })[n] end
        end, "made.txt") }]]
      local file, call = document()
      assert.equal("made.txt", file.name)
      assert.equal(fnv1a("a" .. ("b"):rep(200000)), file.fnv1a)
      assert.equal("1", call.params.chat_id)
    end)

    it("may wait without keeping others waiting, and need uploads themselves", function()
      local out, err = run [[
        local go, uploads = false, {}
        for i = 1, 24 do
          uploads[i] = tg.spawn(function()
            local asked = 0
            bot.api.send_document{ chat_id = 1, document = tg.InputFile(function()
              asked = asked + 1
              if asked > 2 then return nil end
              while not go do tg.sleep(1) end
              bot.api.send_document{ chat_id = 2, document = tg.InputFile{ bytes = "inner" } }
              return "outer"
            end) }
          end)
        end
        tg.sleep(50)
        bot.api.send_document{ chat_id = 3, document = tg.InputFile{ bytes = "alone" } }
        go = true
        for _, upload in ipairs(uploads) do upload:wait() end
        print "all sent"]]
      assert.equal("all sent\n", out, err)
      assert.equal(24 + 48 + 1, #sim:calls "sendDocument")
    end)

    it("may come from a server, and take their time", function()
      local out, err = run [[
        local parts = { "get", "Me", "42" }
        bot.api.send_document{ chat_id = 1, document = tg.InputFile(coroutine.wrap(function()
          for _, part in ipairs(parts) do
            tg.sleep(20)
            assert(bot.api.get_me().is_bot)
            coroutine.yield(part)
          end
        end)) }
        print "sent"]]
      assert.equal("sent\n", out, err)
      assert.equal(fnv1a "getMe42", document().fnv1a)
      assert.equal(3, #sim:calls "getMe")
    end)

    it("may be made in coroutines of the script's own", function()
      local out, err = run [[
        local co = coroutine.wrap(function()
          for n = 1, 2 do
            local left = 3
            coroutine.yield(bot.api.send_document{ chat_id = n, document = tg.InputFile(function()
              left = left - 1
              tg.sleep(5)
              return left > 0 and "x" or nil
            end) }.chat.id)
          end
          error("at the end", 0)
        end)
        print(co(), co(), pcall(co))]]
      assert.equal("1\t2\tfalse\tat the end\n", out, err)
    end)

    it("may be several in one call", function()
      run [[
        local function iterator(text)
          local at = 0
          return function()
            at = at + 1
            tg.sleep(1)
            return at <= #text and text:sub(at, at) or nil
          end
        end
        bot.api.send_media_group{ chat_id = 1, media = {
          { type = "document", media = tg.InputFile(iterator "hello", "1") },
          { type = "document", media = tg.InputFile(iterator "world", "2") },
        } }]]
      local found = {}
      for _, file in pairs(sim:wait_calls("sendMediaGroup", 1)[1].files) do found[file.name] = file.fnv1a end
      assert.same({ ["1"] = fnv1a "hello", ["2"] = fnv1a "world" }, found)
    end)

    it("raise the iterator's own error, and end the upload", function()
      local server = http.server(function() end)
      local out = run([[
        local n = 0
        print(pcall(bot.api.send_document, { chat_id = 1, document = tg.InputFile(function()
          n = n + 1
          if n == 3 then tg.sleep(10) error("no more", 0) end
          return "some"
        end) }))
        tg.sleep(200)]], { url = server.url })
      assert.equal("false\tno more\n", out)
      assert.truthy(flow.wait_until(function() return server.closed == 1 end))
    end)

    it("must be strings", function()
      local out = run [[
        print(pcall(bot.api.send_document, { chat_id = 1, document = tg.InputFile(function() return 7 end) }))]]
      assert.truthy(out:find "false\t.*bot.lua:%d+: sendDocument: the iterator of an InputFile must return "
        .. "a string, or nil at the end %(got a number%)", out)
    end)

    it("cannot be sent twice", function()
      sim:answer { method = "sendDocument", times = 1, status = 429 }
      local out = run [[
        local file = tg.InputFile(function() return nil end)
        for _ = 1, 2 do print(pcall(bot.api.send_document, { chat_id = 1, document = file })) end]]
      local first, second = out:match "^(.-)\n(.-)\n$"
      assert.truthy(first:find "false\tsendDocument: 429", out)
      assert.truthy(second:find "bot.lua:%d+: sendDocument: document: the iterator of this InputFile was used up", out)
      assert.equal(1, #sim:calls "sendDocument")
    end)

    it("end with the coroutine that sends them", function()
      local server = http.server(function() end)
      local out = run([[
        local closed = false
        print(tg.timeout(200, function()
          bot.api.send_document{ chat_id = 1, document = tg.InputFile(function()
            local _ <close> = setmetatable({}, { __close = function() closed = true end })
            tg.sleep(60000)
          end) }
        end))
        tg.sleep(100)
        print(closed)]], { url = server.url })
      assert.equal("nil\ttimeout\ntrue\n", out)
      assert.truthy(flow.wait_until(function() return server.closed == 1 end))
    end)

    it("learn of an answer that comes early when they have given the next piece", function()
      local server = http.server(function(request)
        request:answer(413, '{"ok":false,"error_code":413,"description":"Request Entity Too Large"}',
          { Connection = "close" })
      end)
      local out = run([[
        local n = 0
        print(pcall(bot.api.send_document, { chat_id = 1, document = tg.InputFile(function()
          n = n + 1
          tg.sleep(100)
          return ("x"):rep(7)
        end) }))
        print(n <= 2)]], { url = server.url })
      assert.equal("false\tsendDocument: 413 Request Entity Too Large\ntrue\n", out)
      assert.equal(1, #server.requests)
    end)
  end)

  it("of 64 MB go up and down in 32 MiB of memory", function()
    sim:settings { file_max = 70000000 }
    local size = 64 * 1000 * 1000
    local path = write("big.bin", ("0123456789abcdef"):rep(size // 16))
    local id = upload(read(path))
    local out, err = run([[
      bot.api.send_document{ chat_id = 1, document = tg.InputFile(folder .. "/big.bin") }
      bot.api.get_file{ file_id = file_id }:download(folder .. "/got.bin")
      local piece, n = ("0123456789abcdef"):rep(4000), 0
      bot.api.send_document{ chat_id = 1, document = tg.InputFile(function()
        n = n + 1
        return n <= 1000 and piece or nil
      end) }
      for line in io.lines "/proc/self/status" do
        local peak = line:match "^VmHWM:%s+(%d+)"
        if peak then print(peak) end
      end]], { file_id = id })
    local hashes = {}
    for _, call in ipairs(sim:calls "sendDocument") do
      for _, file in pairs(call.files) do hashes[#hashes + 1] = file.size .. file.fnv1a end
    end
    assert.equal(2, #hashes, err)
    assert.equal(hashes[1], hashes[2])
    assert.equal("64000000", hashes[1]:sub(1, 8))
    assert.equal(size, uv.fs_stat(folder .. "/got.bin").size)
    -- Sanitizers keep freed memory back.
    if os.getenv "TGRUNNER_SANITIZE" == "" then
      assert.truthy(tonumber(out) < 32 * 1024, out)
    end
  end)
end)
