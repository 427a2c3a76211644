local file_bot = require "support.file_bot"
local flow = require "support.flow"
local http = require "support.http"

local fnv1a = file_bot.fnv1a

describe("files", function()
  local files, sim
  before_each(function()
    files = file_bot.new()
    sim = files.sim
  end)
  after_each(function() files:clean_up() end)
  teardown(flow.remove_files)

  describe("that an iterator makes", function()
    it("are sent piece by piece", function()
      files:run [[
        local n = 0
        bot.api.send_document{ chat_id = 1, document = tg.InputFile(function()
          n = n + 1
          if n <= 3 then return ({ "a", "", ("b"):rep(200000) })[n] end
        end, "made.txt") }]]
      local file, call = files:document()
      assert.equal("made.txt", file.name)
      assert.equal(fnv1a("a" .. ("b"):rep(200000)), file.fnv1a)
      assert.equal("1", call.params.chat_id)
    end)

    it("may wait without keeping others waiting, and need uploads themselves", function()
      local out, err = files:run [[
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
      local out, err = files:run [[
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
      assert.equal(fnv1a "getMe42", files:document().fnv1a)
      assert.equal(3, #sim:calls "getMe")
    end)

    it("may be made in coroutines of the script's own", function()
      local out, err = files:run [[
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
      files:run [[
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
      local out = files:run([[
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
      local out = files:run [[
        print(pcall(bot.api.send_document, { chat_id = 1, document = tg.InputFile(function() return 7 end) }))]]
      assert.truthy(out:find "false\t.*bot.lua:%d+: sendDocument: the iterator of an InputFile must return "
        .. "a string, or nil at the end %(got a number%)", out)
    end)

    it("cannot be sent twice", function()
      sim:answer { method = "sendDocument", times = 1, status = 429 }
      local out = files:run [[
        local file = tg.InputFile(function() return nil end)
        for _ = 1, 2 do print(pcall(bot.api.send_document, { chat_id = 1, document = file })) end]]
      local first, second = out:match "^(.-)\n(.-)\n$"
      assert.truthy(first:find "false\tsendDocument: 429", out)
      assert.truthy(second:find "bot.lua:%d+: sendDocument: document: the iterator of this InputFile was used up", out)
      assert.equal(1, #sim:calls "sendDocument")
    end)

    it("end with the coroutine that sends them", function()
      local server = http.server(function() end)
      local out = files:run([[
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
      local out = files:run([[
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
end)
