local fake_host = require "support.fake_host"

describe("a context", function()
  local tg, host, bot

  before_each(function()
    tg, host = fake_host.load()
    bot = tg.Bot()
  end)

  local function context(update)
    return require("tgrunner.context").maker(bot)(update)
  end

  local message = {
    message_id = 5,
    chat = { id = -100123, type = "supergroup" },
    from = { id = 77, first_name = "Ada" },
    sender_chat = { id = -5 },
    text = "hi 👍 @ada",
    entities = {
      { type = "mention", offset = 6, length = 4 },
      { type = "bold", offset = 3, length = 2 },
    },
  }

  describe("of a raw update", function()
    it("knows id, kind, chat and user without decoding", function()
      local ctx = context(host.raw { update_id = 9, message = message })
      assert.equal(9, ctx.update_id)
      assert.equal("message", ctx.kind)
      assert.equal(-100123, ctx.chat_id)
      assert.equal(77, ctx.user_id)
      assert.equal(0, host.decoded)
    end)

    it("knows its text without decoding", function()
      local ctx = context(host.raw { update_id = 9, message = message })
      assert.equal("hi 👍 @ada", ctx.text)
      assert.equal(0, host.decoded)
    end)

    it("decodes once, at the first need", function()
      local ctx = context(host.raw { update_id = 9, message = message })
      assert.equal("Ada", ctx.from.first_name)
      assert.equal(ctx.update.message, ctx.message)
      assert.equal(ctx.message, ctx.msg)
      assert.equal(1, host.decoded)
    end)

    it("has nil for null", function()
      local ctx = context '{"update_id":1,"message":{"message_id":1,"text":null}}'
      assert.is_nil(ctx.message.text)
      assert.is_nil(ctx.text)
    end)

    it("does not decode for fields of other kinds", function()
      local ctx = context(host.raw { update_id = 9, message = message })
      assert.is_nil(ctx.callback_query)
      assert.is_nil(ctx.edited_message)
      assert.is_nil(ctx.own_field)
      assert.equal(0, host.decoded)
    end)

    it("of a kind the host does not know still shows its field", function()
      local ctx = context(host.raw { update_id = 3, brand_new = { x = 1 } })
      assert.equal("brand_new", ctx.kind)
      assert.equal(1, ctx.brand_new.x)
      assert.is_nil(ctx.msg)
      assert.is_nil(ctx.chat)
      assert.is_nil(ctx.from)
    end)
  end)

  it("takes an update as a table or as text", function()
    assert.equal("message", context({ update_id = 1, message = message }).kind)
    assert.equal("message", context('{"update_id":1,"message":{"message_id":1}}').kind)
    assert.error_matches(function() context(5) end, "an update is a table or JSON text")
  end)

  it("of a table is the first attempt", function()
    local ctx = context { update_id = 9, message = message }
    assert.equal(1, ctx.attempt)
    assert.is_false(ctx.redelivered)
  end)

  it("of a table knows the same ids", function()
    local ctx = context { update_id = 9, message = message }
    assert.equal(9, ctx.update_id)
    assert.equal(-100123, ctx.chat_id)
    assert.equal(77, ctx.user_id)
    assert.equal(5, ctx.msg_id)
  end)

  it("lets scripts set fields of their own", function()
    local ctx = context { update_id = 9, message = message }
    ctx.config = { admin = true }
    ctx.match = "x"
    assert.is_true(ctx.config.admin)
    assert.equal("x", ctx.match)
  end)

  it("has the bot's api and the bot's own User", function()
    local ctx = context { update_id = 9, message = message }
    ctx.api.send_message { chat_id = 1, text = "x" }
    assert.equal("sendMessage", table.remove(host.calls).method)
    assert.equal(bot.api.send_message, ctx.api.send_message)
    assert.equal(ctx.api, ctx.api)
    assert.equal("TheBot", ctx.me.username)
    assert.equal(ctx.me, context({ update_id = 1, poll = {} }).me)
    assert.equal(1, #host.calls)
  end)

  it("shows itself to people", function()
    assert.equal("update 9 (message)", tostring(context { update_id = 9, message = message }))
  end)

  it("finds the message of every kind that has one", function()
    for _, kind in ipairs { "message", "edited_message", "channel_post", "edited_channel_post",
      "business_message", "edited_business_message", "guest_message" } do
      local ctx = context { update_id = 1, [kind] = message }
      assert.equal(message, ctx.msg)
      assert.equal(message, ctx[kind])
      assert.equal(message.chat, ctx.chat)
      assert.equal(message.from, ctx.from)
      assert.equal(message.sender_chat, ctx.sender_chat)
    end
    local ctx = context { update_id = 1, callback_query = { from = { id = 1 }, message = message } }
    assert.equal(message, ctx.msg)
    assert.equal(message.chat, ctx.chat)
    assert.equal(1, ctx.from.id)
    assert.equal(-100123, ctx.chat_id)
  end)

  it("finds the chat of updates without a message", function()
    for _, kind in ipairs { "deleted_business_messages", "stopped_message_generation",
      "message_reaction", "message_reaction_count", "my_chat_member", "chat_member",
      "chat_join_request", "chat_boost", "removed_chat_boost" } do
      local ctx = context { update_id = 1, [kind] = { chat = { id = 4 }, message_id = 8 } }
      assert.equal(4, ctx.chat.id)
      assert.equal(4, ctx.chat_id)
    end
    assert.is_nil(context({ update_id = 1, inline_query = {} }).chat)
    assert.equal(4, context({ update_id = 1, business_connection = { user_chat_id = 4 } }).chat_id)
    assert.equal(4, context({ update_id = 1, poll_answer = { voter_chat = { id = 4 } } }).chat_id)
    assert.is_nil(context({ update_id = 1, poll = {} }).chat_id)
  end)

  it("finds the user wherever the kind keeps it", function()
    local user = { id = 6 }
    for _, kind in ipairs { "callback_query", "inline_query", "chosen_inline_result",
      "shipping_query", "pre_checkout_query", "my_chat_member", "chat_member",
      "chat_join_request", "purchased_paid_media" } do
      assert.equal(user, context({ update_id = 1, [kind] = { from = user } }).from)
    end
    for _, kind in ipairs { "business_connection", "message_reaction", "managed_bot",
      "subscription", "poll_answer" } do
      assert.equal(user, context({ update_id = 1, [kind] = { user = user } }).from)
    end
    local boost = { boost = { source = { user = user } } }
    assert.equal(user, context({ update_id = 1, chat_boost = boost }).from)
    assert.equal(user, context({ update_id = 1, removed_chat_boost = { source = { user = user } } })
      .from)
    assert.equal(6, context({ update_id = 1, inline_query = { from = user } }).user_id)
    assert.is_nil(context({ update_id = 1, poll = {} }).from)
    assert.is_nil(context({ update_id = 1, poll = {} }).user_id)
  end)

  it("finds the message id of messages and reactions", function()
    assert.equal(5, context({ update_id = 1, message = message }).msg_id)
    assert.equal(8, context({ update_id = 1, message_reaction = { message_id = 8 } }).msg_id)
    assert.equal(8, context({ update_id = 1, message_reaction_count = { message_id = 8 } }).msg_id)
    assert.is_nil(context({ update_id = 1, poll = {} }).msg_id)
  end)

  it("finds inline message and business connection ids", function()
    assert.equal("i", context({ update_id = 1, callback_query = { inline_message_id = "i" } })
      .inline_message_id)
    assert.equal("i", context({ update_id = 1, chosen_inline_result = { inline_message_id = "i" } })
      .inline_message_id)
    assert.equal("b", context({
      update_id = 1, business_message = { business_connection_id = "b" },
    }).business_connection_id)
    assert.equal("b", context({ update_id = 1, business_connection = { id = "b" } })
      .business_connection_id)
    assert.equal("b", context({
      update_id = 1, deleted_business_messages = { business_connection_id = "b" },
    }).business_connection_id)
  end)

  it("takes text or caption as its text", function()
    assert.equal("c", context({ update_id = 1, message = { caption = "c" } }).text)
    assert.is_nil(context({ update_id = 1, message = {} }).text)
    assert.is_nil(context({ update_id = 1, poll = {} }).text)
  end)

  describe("'s entities", function()
    it("come with the text they cover, counted as Telegram counts", function()
      local entities = context({ update_id = 1, message = message }):entities()
      assert.same({
        { type = "mention", offset = 6, length = 4, text = "@ada" },
        { type = "bold", offset = 3, length = 2, text = "👍" },
      }, entities)
      assert.is_nil(message.entities[1].text)
    end)

    it("can be asked for by type", function()
      local ctx = context { update_id = 1, message = message }
      assert.equal("@ada", ctx:entities("mention")[1].text)
      assert.equal(1, #ctx:entities "mention")
      assert.equal(2, #ctx:entities { "mention", "bold" })
      assert.same({}, ctx:entities "url")
    end)

    it("are those of the caption where there is no text, and none without either", function()
      local ctx = context { update_id = 1, message = {
        caption = "#x", caption_entities = { { type = "hashtag", offset = 0, length = 2 } },
      } }
      assert.equal("#x", ctx:entities()[1].text)
      assert.same({}, context({ update_id = 1, message = { text = "x" } }):entities())
      assert.same({}, context({ update_id = 1, poll = {} }):entities())
    end)
  end)

  it("sorts reactions into added, kept and removed", function()
    local function emoji(e) return { type = "emoji", emoji = e } end
    local ctx = context { update_id = 1, message_reaction = {
      old_reaction = { emoji "a", emoji "b", { type = "custom_emoji", custom_emoji_id = "1" } },
      new_reaction = { emoji "b", emoji "c", { type = "paid" } },
    } }
    assert.same({
      emoji = { "b", "c" }, emoji_added = { "c" }, emoji_kept = { "b" }, emoji_removed = { "a" },
      custom_emoji = {}, custom_emoji_added = {}, custom_emoji_kept = {},
      custom_emoji_removed = { "1" }, paid = true, paid_added = true,
    }, ctx:reactions())
    local none = context({ update_id = 1, poll = {} }):reactions()
    assert.same({}, none.emoji)
    assert.is_false(none.paid)
  end)

  describe("can be asked", function()
    it("about filter queries", function()
      local ctx = context { update_id = 1, message = message }
      assert.is_true(ctx:has "message:text")
      assert.is_true(ctx:has_filter_query { "poll", "::mention" })
      assert.is_false(ctx:has ":photo")
      assert.error_matches(function() ctx:has "message:txt" end, "did you mean 'message:text'")
    end)

    it("about text, commands and chat types", function()
      local ctx = context { update_id = 1, message = {
        chat = { id = 1, type = "private" }, text = "/start x",
        entities = { { type = "bot_command", offset = 0, length = 6 } },
      } }
      assert.is_true(ctx:has_command "start")
      assert.equal("x", ctx.match)
      assert.is_false(ctx:has_command { "help", "stop" })
      assert.is_true(ctx:has_text(tg.pattern "st(a)rt"))
      assert.equal("a", ctx.match[1])
      assert.is_false(ctx:has_text "start")
      assert.is_true(ctx:has_chat_type "private")
      assert.is_false(ctx:has_chat_type "group")
    end)

    it("about queries and reactions", function()
      local query = context { update_id = 1, callback_query = { data = "a:1" } }
      assert.is_true(query:has_callback_query(tg.pattern "^a:(%d)"))
      assert.equal("1", query.match[1])
      assert.is_false(query:has_game_query "a:1")
      assert.is_false(query:has_inline_query "a:1")
      assert.is_false(query:has_chosen_inline_result "a:1")
      assert.is_false(query:has_pre_checkout_query "a:1")
      assert.is_false(query:has_shipping_query "a:1")
      assert.is_false(query:has_reaction "👍")
    end)
  end)
end)

describe("Context.has", function()
  local tg = fake_host.load()

  it("makes predicates for filters", function()
    local is_start = tg.Context.has.command "start"
    local seen = {}
    local bot = tg.Bot()
    bot:drop(is_start, function(ctx) seen[#seen + 1] = ctx.text end)
    bot:handle_update { update_id = 1, message = {
      text = "/start", entities = { { type = "bot_command", offset = 0, length = 6 } },
    } }
    bot:handle_update { update_id = 2, message = { text = "hi" } }
    assert.same({ "hi" }, seen)
    assert.error_matches(function() tg.Context.has.filter_query "mesage" end, "did you mean")
  end)
end)
