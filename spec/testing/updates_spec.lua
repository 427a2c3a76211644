local testing = require "tgrunner.testing"
local tg = require "tgrunner"

-- A test of a bot that keeps the last ctx, and that ctx's query.
local function recorder()
  local seen = {}
  local t = testing.new(function()
    local bot = tg.Bot()
    bot:command("ask", function(ctx)
      local keyboard = tg.InlineKeyboard():text("Yes", "yes"):url("Web", "https://x.org")
      ctx:reply("Sure?", { reply_markup = keyboard })
    end)
    bot:use(function(ctx)
      seen.ctx = ctx
      seen.kind = ctx.kind
    end)
    return bot
  end)
  return t, seen
end

local function raised(fn, ...)
  local ok, err = pcall(fn, ...)
  assert.is_false(ok)
  return tostring(err)
end

describe("people", function()
  it("write texts from one private chat, with ids that count", function()
    local t, seen = recorder()
    local first, second = t:text "one", t:text "two"
    assert.equal(first.message_id + 1, second.message_id)
    assert.equal(2, seen.ctx.update_id)
    assert.equal("private", seen.ctx.chat.type)
    assert.equal("Ann", seen.ctx.from.first_name)
    assert.equal("Ann", seen.ctx.chat.first_name)
    assert.equal(os.time(), second.date)
  end)

  it("are the same when they come again", function()
    local t, seen = recorder()
    t:text("hi", { from = { id = 7, first_name = "Bob", language_code = "de" } })
    t:text("hi", { from = 7, chat = -100 })
    assert.equal("Bob", seen.ctx.from.first_name)
    assert.equal("de", seen.ctx.from.language_code)
    assert.equal("supergroup", seen.ctx.chat.type)
    t:text("hi", { chat = { id = -100, title = "Club" } })
    t:text("hi", { chat = -100 })
    assert.equal("Club", seen.ctx.chat.title)
  end)

  it("send commands, also with a bot's name and arguments", function()
    local t, seen = recorder()
    t:command("add", "2 3")
    assert.equal("/add 2 3", seen.ctx.text)
    assert.same({ { type = "bot_command", offset = 0, length = 4 } }, seen.ctx.msg.entities)
    t:text "/add@test_bot 1"
    assert.equal(13, seen.ctx.msg.entities[1].length)
    t:command("add", { chat = -5 })
    assert.equal(-5, seen.ctx.chat_id)
  end)

  it("write mentions, hashtags and URLs, which are marked", function()
    local t, seen = recorder()
    t:text "/say @annlee https://example.com #x"
    local types = {}
    for i, it in ipairs(seen.ctx.message.entities) do types[i] = it.type end
    assert.same({ "bot_command", "mention", "url", "hashtag" }, types)
    assert.same({ "https://example.com" }, { seen.ctx:entities("url")[1].text })
    t:photo { caption = "see example.com" }
    assert.equal("url", seen.ctx.message.caption_entities[1].type)
    t:text("plain @annlee", { entities = {} })
    assert.is_nil(next(seen.ctx.message.entities))
  end)

  it("reply and edit", function()
    local t, seen = recorder()
    local message = t:text "one"
    t:text("two", { reply_to = message })
    assert.equal("one", seen.ctx.msg.reply_to_message.text)
    t:edited("three", { message = message })
    assert.equal("edited_message", seen.kind)
    assert.equal(message.message_id, seen.ctx.msg.message_id)
    t:edited "four"
    assert.equal(message.message_id + 1, seen.ctx.msg.message_id)
  end)

  it("send media whose bytes can be downloaded", function()
    local t, seen = recorder()
    for _, kind in ipairs { "photo", "document", "video", "audio", "voice", "video_note",
      "animation", "sticker" } do
      t[kind](t, { bytes = "bytes of " .. kind, caption = "c" })
      assert.is_truthy(seen.ctx:has(":" .. kind), kind)
      local chunks = {}
      for chunk in seen.ctx:get_file():chunks() do chunks[#chunks + 1] = chunk end
      assert.equal("bytes of " .. kind, table.concat(chunks))
      assert.equal("c", seen.ctx.text)
    end
  end)

  it("send media in messages that have more", function()
    local t, seen = recorder()
    t:document { file_name = "a.pdf", effect_id = "5", via_bot = { id = 9 }, caption = "x" }
    local message = seen.ctx.message
    assert.equal("a.pdf", message.document.file_name)
    assert.equal("5", message.effect_id)
    assert.equal(9, message.via_bot.id)
    assert.is_nil(message.document.effect_id)
  end)

  it("send places and contacts, and anything else", function()
    local t, seen = recorder()
    t:location(1.5, 2)
    assert.equal(1.5, seen.ctx.msg.location.latitude)
    t:contact "+123"
    assert.equal("+123", seen.ctx.msg.contact.phone_number)
    t:message { dice = { emoji = "🎲", value = 6 } }
    assert.equal(6, seen.ctx.msg.dice.value)
    t:channel_post("news", { chat = -100777 })
    assert.equal("channel_post", seen.kind)
    assert.is_nil(seen.ctx.from)
  end)

  it("press buttons of the bot's messages", function()
    local t, seen = recorder()
    t:command "ask"
    t:click "Yes"
    assert.equal("yes", seen.ctx.callback_query.data)
    assert.equal("Sure?", seen.ctx.msg.text)
    t:callback "yes"
    assert.equal("Sure?", seen.ctx.msg.text)
    t:callback "of_old_times"
    assert.equal("of_old_times", seen.ctx.callback_query.data)
    assert.matches('no message in chat 1001 has a button "No"; there are "Yes", "Web"',
      raised(t.click, t, "No"))
    assert.matches('the button "Web" sends nothing', raised(t.click, t, "Web"))
  end)

  it("do everything else that has an update", function()
    local t, seen = recorder()
    t:inline_query("cats", { chat_type = "sender" })
    assert.equal("cats", seen.ctx.inline_query.query)
    assert.equal("sender", seen.ctx.inline_query.chat_type)
    t:chosen_inline_result("r1")
    assert.equal("r1", seen.ctx.chosen_inline_result.result_id)
    t:pre_checkout_query { invoice_payload = "p" }
    assert.equal("p", seen.ctx.pre_checkout_query.invoice_payload)
    t:reaction "👍"
    assert.is_truthy(tg.Context.has.reaction "👍"(seen.ctx))
    t:my_chat_member("kicked", { old_status = "member" })
    assert.equal("kicked", seen.ctx.my_chat_member.new_chat_member.status)
    assert.equal(t.me.id, seen.ctx.my_chat_member.new_chat_member.user.id)
    t:chat_member "left"
    assert.equal(t.user.id, seen.ctx.chat_member.new_chat_member.user.id)
    t:update { poll = { id = "1", question = "?", options = {} } }
    assert.equal("poll", seen.kind)
  end)

  it("are told when they do what cannot be", function()
    local t = recorder()
    assert.matches("updates_spec.lua:%d+: t:text takes a text first %(got a nil%)",
      raised(function() t:text() end))
    assert.matches("t:photo takes a table of fields last", raised(function() t:photo "x" end))
    assert.matches("unknown update kind 'mesage'; did you mean 'message'",
      raised(function() t:update { mesage = {} } end))
  end)
end)
