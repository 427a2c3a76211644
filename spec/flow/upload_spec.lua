local file_bot = require "support.file_bot"
local flow = require "support.flow"
local uv = require "luv"

local fnv1a, pattern, read = file_bot.fnv1a, file_bot.pattern, file_bot.read

describe("files", function()
  local files, sim, folder
  before_each(function()
    files = file_bot.new()
    sim, folder = files.sim, files.folder
  end)
  after_each(function() files:clean_up() end)
  teardown(flow.remove_files)

  describe("that are uploaded", function()
    it("are read from a path", function()
      local bytes = pattern(300000)
      files:write("doc.txt", bytes)
      files:run [[bot.api.send_document{ chat_id = 1, document = tg.InputFile(folder .. "/doc.txt") }]]
      local file = files:document()
      assert.equal("doc.txt", file.name)
      assert.equal(300000, file.size)
      assert.equal(fnv1a(bytes), file.fnv1a)
    end)

    it("are bytes", function()
      files:run [[bot.api.send_document{ chat_id = 1, document = tg.InputFile({ bytes = "a\0b" }, "x.bin") }]]
      local file = files:document()
      assert.equal("x.bin", file.name)
      assert.equal(fnv1a "a\0b", file.fnv1a)
    end)

    it("raise when they are not there, at once", function()
      local out = files:run [[
        print(pcall(bot.api.send_document, { chat_id = 1, document = tg.InputFile "/nowhere/x" }))]]
      assert.equal("false\tsendDocument: file error: cannot open /nowhere/x: no such file or directory\n", out)
    end)

    it("can be cancelled in any phase, while others wait for a place", function()
      files:write("doc.bin", ("x"):rep(200000))
      local out, err, bot = files:run [[
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
      files:write("1.jpg", "one")
      files:run [[
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

  it("of 64 MB go up and down in 32 MiB of memory", function()
    sim:settings { file_max = 70000000 }
    local size = 64 * 1000 * 1000
    local path = files:write("big.bin", ("0123456789abcdef"):rep(size // 16))
    local id = files:upload(read(path))
    local out, err = files:run([[
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
