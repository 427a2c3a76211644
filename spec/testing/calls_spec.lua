local testing = require "tgrunner.testing"
local tg = require "tgrunner"

-- Runs `fn` in a handler; returns the test, and what it raised.
local function during(fn)
  local raised
  local t = testing.new(function()
    local bot = tg.Bot()
    bot:on("message", fn)
    bot:catch(function(err) raised = err end)
    return bot
  end)
  t:text "go"
  return t, raised and tostring(raised.error)
end

local function temporary(bytes)
  local path = os.tmpname()
  if bytes then
    local file = assert(io.open(path, "wb"))
    file:write(bytes)
    file:close()
  end
  return path
end

describe("a call", function()
  it("is kept as the server sees it: plain, without null and without what came later", function()
    local t, problem = during(function(ctx)
      local payload = {
        chat_id = ctx.chat_id,
        text = tg.fmt("a ", tg.fmt.bold "b"),
        reply_markup = tg.InlineKeyboard():text("Yes", "yes"),
        message_thread_id = tg.null,
      }
      ctx.api.send_message(payload)
      payload.chat_id = 1
    end)
    assert.is_nil(problem)
    assert.same({
      chat_id = 1001,
      text = "a b",
      entities = { { type = "bold", offset = 2, length = 1 } },
      reply_markup = { inline_keyboard = { { { text = "Yes", callback_data = "yes" } } } },
    }, t:last().params)
    assert.equal("integer", math.type(t:last().chat_id))
  end)

  it("holds the bytes of files, wherever they come from", function()
    local path = temporary "from disk"
    local left = { "in ", "pieces" }
    local t, problem = during(function(ctx)
      ctx:reply_with_document(tg.InputFile(path))
      ctx:reply_with_document(tg.InputFile({ bytes = "b" }, "b.bin"))
      ctx:reply_with_document(tg.InputFile(function()
        tg.sleep(0)
        return table.remove(left, 1)
      end))
      ctx:reply_with_photo(tg.InputFile { url = "https://example.org/x.png" })
      ctx:reply_with_media_group {
        tg.InputMediaBuilder.photo(tg.InputFile { bytes = "p" }),
        tg.InputMediaBuilder.photo "file-id",
      }
    end)
    os.remove(path)
    assert.is_nil(problem)
    local list = t:called "sendDocument"
    assert.equal("from disk", list[1].document.bytes)
    assert.equal(path, list[1].document.path)
    assert.same({ filename = "b.bin", bytes = "b" }, list[2].document)
    assert.equal("in pieces", list[3].document.bytes)
    assert.equal("https://example.org/x.png", t:last "sendPhoto".photo)
    local group = t:last "sendMediaGroup"
    assert.equal("p", group.media[1].media.bytes)
    assert.equal("file-id", group.media[2].media)
    assert.equal(2, #group.result)
    assert.equal(group.result[1].media_group_id, group.result[2].media_group_id)
  end)

  it("fails as a real one where a file is missing or nothing can be sent", function()
    local _, problem = during(function(ctx)
      ctx:reply_with_document(tg.InputFile "/nowhere/x")
    end)
    assert.matches("sendDocument: file error: cannot open /nowhere/x", problem)
    _, problem = during(function(ctx) ctx:reply("x", { reply_markup = print }) end)
    assert.matches("calls_spec.lua:%d+: sendMessage: ", problem)
  end)

  it("is answered with a file that can be downloaded", function()
    local path = temporary()
    local t, problem = during(function(ctx)
      local sent = ctx:reply_with_document(tg.InputFile { bytes = "round" })
      ctx.api.get_file { file_id = sent.document.file_id }:download(path)
    end)
    assert.is_nil(problem)
    assert.equal("round", io.open(path):read "a")
    os.remove(path)
    t:file("known", "its bytes")
    local chunks = {}
    local file = t.bot.api.get_file { file_id = "known" }
    for chunk in file:chunks() do chunks[#chunks + 1] = chunk end
    assert.same({ "its bytes" }, chunks)
  end)

  it("that nobody knows an answer of says how to give one", function()
    local ok, problem = pcall(during, function(ctx) ctx.api.get_sticker_set { name = "x" } end)
    assert.is_false(ok)
    local t = during(function() end)
    assert.matches('knows no answer; give one with t:answer%("getStickerSet"', problem)
    t:answer("getStickerSet", { name = "x", stickers = {} })
    assert.equal("x", t.bot.api.getStickerSet { name = "x" }.name)
  end)

  it("that Telegram would refuse is refused", function()
    local api
    local function refusal(method, params)
      local ok, err = pcall(api[method], params)
      assert.is_false(ok)
      return err.description
    end
    api = during(function() end).bot.api
    assert.equal("Bad Request: chat not found",
      refusal("sendMessage", { chat_id = "abc", text = "x" }))
    assert.equal("Bad Request: message text is empty",
      refusal("sendMessage", { chat_id = 1, text = "" }))
    assert.equal("Bad Request: message is too long",
      refusal("sendMessage", { chat_id = 1, text = ("x"):rep(4097) }))
    assert.equal("Bad Request: message caption is too long",
      refusal("sendPhoto", { chat_id = 1, photo = "id", caption = ("😀"):rep(513) }))
    assert.matches("^Not Found.*did you mean 'sendMessage'", refusal("sendMesage", { chat_id = 1 }))
    local sent = api.sendMessage { chat_id = "@channel", text = ("x"):rep(4096) }
    local edit = { chat_id = sent.chat.id, message_id = sent.message_id, text = "new" }
    api.editMessageText(edit)
    assert.matches("^Bad Request: message is not modified", refusal("editMessageText", edit))
    edit.reply_markup = { inline_keyboard = { { { text = "a", callback_data = "a" } } } }
    api.editMessageText(edit)
    assert.matches("message is not modified", refusal("editMessageText", edit))
    edit.text = "newer"
    api.editMessageText(edit)
  end)

  it("of `times` comes before the answer that stays", function()
    local t = during(function() end)
    local get = function() return t.bot.api.get_chat_member_count { chat_id = 1 } end
    t:answer("getChatMemberCount", 10)
    t:answer("getChatMemberCount", 11, { times = 2 })
    t:answer("getChatMemberCount", 12, { times = 1 })
    assert.same({ 11, 11, 12, 10, 10 }, { get(), get(), get(), get(), get() })
  end)
end)
