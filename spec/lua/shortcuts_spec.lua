local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("a shortcut", function()
  local tg, host, bot

  before_each(function()
    tg, host = fake_host.load()
    bot = tg.Bot()
  end)

  local function context(update)
    if not update.update_id then update = { update_id = 1, message = update } end
    return require("tgrunner.context").maker(bot)(update)
  end

  local function chat_message(more)
    local msg = { message_id = 5, chat = { id = 7, type = "private" }, from = { id = 8 } }
    for key, value in pairs(more or {}) do msg[key] = value end
    return msg
  end

  local function last() return host.calls[#host.calls] end

  it("sends to the chat of the update and returns the result", function()
    host.answers.sendMessage = { message_id = 6 }
    local sent = context(chat_message()):reply("hello")
    assert.equal(6, sent.message_id)
    assert.same({ method = "sendMessage", params = { chat_id = 7, text = "hello" } }, last())
  end)

  it("takes more parameters, which win over what it fills in", function()
    context(chat_message()):reply("hello", { chat_id = 99, disable_notification = true })
    assert.same({ chat_id = 99, text = "hello", disable_notification = true }, last().params)
  end)

  it("knows the game of the button that was pressed, and who pressed it", function()
    local ctx = context { update_id = 1, callback_query = {
      id = "q", from = { id = 8 }, game_short_name = "g", message = chat_message(),
    } }
    ctx:set_game_score(10, { force = true })
    assert.same({ method = "setGameScore", params = {
      chat_id = 7, message_id = 5, user_id = 8, score = 10, force = true,
    } }, last())
    ctx = context { update_id = 2, callback_query = {
      id = "q", from = { id = 8 }, game_short_name = "g", inline_message_id = "i",
    } }
    ctx:get_game_high_scores()
    assert.same({ method = "getGameHighScores", params = {
      inline_message_id = "i", user_id = 8,
    } }, last())
  end)

  it("takes no formatted text for a table of more parameters", function()
    local checkout = context { update_id = 1, pre_checkout_query = { id = "p", from = { id = 8 } } }
    assert.matches("answerPreCheckoutQuery: error_message must be a string %(got formatted text%)$",
      raised(checkout.answer_pre_checkout_query, checkout, false, tg.fmt "sold out"))
    local ctx = context(chat_message())
    assert.matches("ctx:reply: other must be a table of more parameters %(got formatted text%)",
      raised(ctx.reply, ctx, "hello", tg.fmt "x"))
  end)

  it("does not change the table of more parameters", function()
    local other = { parse_mode = "HTML" }
    context(chat_message()):reply("hello", other)
    assert.same({ parse_mode = "HTML" }, other)
  end)

  it("stays in the topic and the business connection of the message", function()
    context(chat_message {
      is_topic_message = true, message_thread_id = 3, business_connection_id = "b",
      direct_messages_topic = { topic_id = 4 },
    }):reply "hello"
    assert.same({
      chat_id = 7, text = "hello", message_thread_id = 3, business_connection_id = "b",
      direct_messages_topic_id = 4,
    }, last().params)
  end)

  it("fills in only parameters that the method has", function()
    context(chat_message {
      business_connection_id = "b", direct_messages_topic = { topic_id = 4 },
    }):reply_with_poll("?", { { text = "a" } })
    assert.same({
      chat_id = 7, question = "?", options = { { text = "a" } }, business_connection_id = "b",
    }, last().params)
  end)

  it("does not name a thread that is no topic", function()
    context(chat_message { message_thread_id = 3 }):reply "hello"
    assert.is_nil(last().params.message_thread_id)
  end)

  it("takes several positions", function()
    context(chat_message()):reply_with_venue(1.5, 2.5, "Title", "Street", { google_place_id = "g" })
    assert.same({
      chat_id = 7, latitude = 1.5, longitude = 2.5, title = "Title", address = "Street",
      google_place_id = "g",
    }, last().params)
  end)

  it("without a needed argument names the parameter at the caller's line", function()
    local ctx = context(chat_message())
    assert.matches("^spec/lua/shortcuts_spec%.lua:%d+: ctx:reply: text is missing: "
      .. "ctx:reply%(text, other%?%)", raised(function() ctx:reply() end))
    assert.matches("ctx:reply_with_venue: title is missing",
      raised(function() ctx:reply_with_venue(1, 2) end))
    assert.equal(0, #host.calls)
  end)

  it("refuses a table where text belongs, and other that is no table", function()
    local ctx = context(chat_message())
    assert.error_matches(function() ctx:reply { text = "x" } end,
      "ctx:reply: text must be a string %(got a table%)")
    assert.error_matches(function() ctx:reply_with_contact("1", tg.fmt.bold "Ada") end,
      "first_name must be a string %(got formatted text%)")
    assert.error_matches(function() ctx:reply("x", "HTML") end,
      "ctx:reply: other must be a table of more parameters %(got a string%)")
  end)

  it("writes numbers out where text belongs", function()
    context(chat_message()):reply(42)
    assert.equal("42", last().params.text)
  end)

  it("spreads formatted text", function()
    context(chat_message()):reply(tg.fmt("a ", tg.fmt.bold "b"))
    assert.equal("a b", last().params.text)
    assert.same({ { type = "bold", offset = 2, length = 1 } }, last().params.entities)
    context(chat_message()):reply_with_photo("id", { caption = tg.fmt.italic "c" })
    assert.equal("c", last().params.caption)
    assert.same({ { type = "italic", offset = 0, length = 1 } }, last().params.caption_entities)
  end)

  it("called with a dot says how to call it", function()
    local ctx = context(chat_message())
    assert.error_matches(function() ctx.reply "x" end,
      "call ctx:reply%(text, other%?%) with a colon")
  end)

  it("needs an update that supplies the ids", function()
    local ctx = context { update_id = 1, poll = { id = "1" } }
    assert.matches("^spec/lua/shortcuts_spec%.lua:%d+: ctx:reply: this update %(poll%) does not "
      .. "say what sendMessage needs", raised(function() ctx:reply "x" end))
    assert.error_matches(function() ctx:answer_callback_query() end, "answerCallbackQuery needs")
  end)

  it("answers a callback query with nothing, with text, or with parameters", function()
    local ctx = context { update_id = 1, callback_query = { id = "q" } }
    ctx:answer_callback_query()
    assert.same({ callback_query_id = "q" }, last().params)
    ctx:answer_callback_query "done"
    assert.same({ callback_query_id = "q", text = "done" }, last().params)
    ctx:answer_callback_query { text = "no", show_alert = true }
    assert.same({ callback_query_id = "q", text = "no", show_alert = true }, last().params)
  end)

  it("answers a pre-checkout query", function()
    local ctx = context { update_id = 1, pre_checkout_query = { id = "q" } }
    ctx:answer_pre_checkout_query(true)
    assert.same({ pre_checkout_query_id = "q", ok = true }, last().params)
    ctx:answer_pre_checkout_query(false, "sold out")
    assert.same({ pre_checkout_query_id = "q", ok = false, error_message = "sold out" },
      last().params)
  end)

  it("edits the message of a button in a chat, or the one sent inline", function()
    context({ update_id = 1, callback_query = { message = chat_message() } })
      :edit_message_text "new"
    assert.same({ chat_id = 7, message_id = 5, text = "new" }, last().params)
    context({ update_id = 1, callback_query = { inline_message_id = "i" } })
      :edit_message_text("new", { parse_mode = "HTML" })
    assert.same({ inline_message_id = "i", text = "new", parse_mode = "HTML" }, last().params)
    context(chat_message()):edit_message_reply_markup { reply_markup = { inline_keyboard = {} } }
    assert.same({ chat_id = 7, message_id = 5, reply_markup = { inline_keyboard = {} } },
      last().params)
  end)

  it("forwards, copies and deletes the message", function()
    local ctx = context(chat_message())
    ctx:forward_message(99)
    assert.same({ chat_id = 99, from_chat_id = 7, message_id = 5 }, last().params)
    ctx:copy_message("@channel", { caption = "c" })
    assert.same({ chat_id = "@channel", from_chat_id = 7, message_id = 5, caption = "c" },
      last().params)
    ctx:delete_message()
    assert.same({ method = "deleteMessage", params = { chat_id = 7, message_id = 5 } }, last())
    ctx:delete_messages { 1, 2 }
    assert.same({ chat_id = 7, message_ids = { 1, 2 } }, last().params)
  end)

  it("reacts with an emoji, a reaction, or several", function()
    local ctx = context(chat_message())
    ctx:react "👍"
    assert.same({
      method = "setMessageReaction",
      params = { chat_id = 7, message_id = 5, reaction = { { type = "emoji", emoji = "👍" } } },
    }, last())
    ctx:react({ "👎", { type = "paid" } }, { is_big = true })
    assert.same({ { type = "emoji", emoji = "👎" }, { type = "paid" } }, last().params.reaction)
    assert.is_true(last().params.is_big)
    ctx:react { type = "custom_emoji", custom_emoji_id = "1" }
    assert.same({ { type = "custom_emoji", custom_emoji_id = "1" } }, last().params.reaction)
    ctx:react {}
    assert.same({}, last().params.reaction)
    assert.error_matches(function() ctx:react() end, "ctx:react: reaction is missing")
    assert.error_matches(function() ctx:react(5) end, "ctx:react takes an emoji")
  end)

  it("bans and restricts the author, or a member", function()
    local ctx = context(chat_message())
    ctx:ban_author()
    assert.same({ method = "banChatMember", params = { chat_id = 7, user_id = 8 } }, last())
    ctx:ban_chat_member(9, { revoke_messages = true })
    assert.same({ chat_id = 7, user_id = 9, revoke_messages = true }, last().params)
    ctx:restrict_author({ can_send_messages = false })
    assert.same({ chat_id = 7, user_id = 8, permissions = { can_send_messages = false } },
      last().params)
  end)

  it("gets the file of a message, the largest of a photo", function()
    host.answers.getFile = function(params) return true, { file_id = params.file_id } end
    local photo = { { file_id = "small" }, { file_id = "large" } }
    assert.equal("large", context(chat_message { photo = photo }):get_file().file_id)
    assert.equal("v", context(chat_message { voice = { file_id = "v" } }):get_file().file_id)
    assert.error_matches(function() context(chat_message()):get_file() end, "getFile needs")
  end)

  it("knows who reacted", function()
    local function reacted(more)
      more.chat, more.message_id = { id = 7 }, 5
      return context { update_id = 1, message_reaction = more }
    end
    reacted({ user = { id = 8 } }):delete_message_reaction()
    assert.same({ chat_id = 7, message_id = 5, user_id = 8 }, last().params)
    reacted({ actor_chat = { id = -8 } }):delete_message_reaction()
    assert.same({ chat_id = 7, message_id = 5, actor_chat_id = -8 }, last().params)
    reacted({ actor_chat = { id = -8 } }):delete_all_message_reactions()
    assert.same({ chat_id = 7, actor_chat_id = -8 }, last().params)
    context(chat_message()):delete_all_message_reactions()
    assert.same({ chat_id = 7, user_id = 8 }, last().params)
  end)

  it("works in topics, business accounts, checklists, stories, payments and drafts", function()
    context(chat_message { message_thread_id = 3 }):close_forum_topic()
    assert.same({ chat_id = 7, message_thread_id = 3 }, last().params)
    local business = chat_message { business_connection_id = "b", story = {
      id = 4, chat = { id = 6 } } }
    context(business):read_business_message()
    assert.same({ business_connection_id = "b", chat_id = 7, message_id = 5 }, last().params)
    context(business):repost_story(86400)
    assert.same({ business_connection_id = "b", from_chat_id = 6, from_story_id = 4,
      active_period = 86400 }, last().params)
    context(chat_message { business_connection_id = "b",
      checklist_tasks_done = { checklist_message = { chat = { id = 1 }, message_id = 2 } },
    }):edit_message_checklist { title = "t" }
    assert.same({ business_connection_id = "b", chat_id = 1, message_id = 2,
      checklist = { title = "t" } }, last().params)
    context(chat_message { successful_payment = { telegram_payment_charge_id = "c" } })
      :refund_star_payment()
    assert.same({ user_id = 8, telegram_payment_charge_id = "c" }, last().params)
    context({ update_id = 31, message = chat_message() }):reply_with_draft "typing"
    assert.same({ chat_id = 7, draft_id = 31, text = "typing" }, last().params)
  end)

  it("collects custom emoji", function()
    context(chat_message { text = "ab", entities = {
      { type = "custom_emoji", offset = 0, length = 1, custom_emoji_id = "1" },
      { type = "bold", offset = 0, length = 1 },
      { type = "custom_emoji", offset = 1, length = 1, custom_emoji_id = "2" },
    } }):get_custom_emoji_stickers()
    assert.same({ custom_emoji_ids = { "1", "2" } }, last().params)
  end)

  it("edits and deletes ephemeral messages", function()
    local ephemeral = chat_message { receiver_user = { id = 9 }, ephemeral_message_id = 2 }
    context(ephemeral):edit_ephemeral_message_text "new"
    assert.same({ chat_id = 7, receiver_user_id = 9, ephemeral_message_id = 2, text = "new" },
      last().params)
    assert.error_matches(function() context(chat_message()):delete_ephemeral_message() end,
      "deleteEphemeralMessage needs")
  end)

  it("is made of a method and parameters that exist", function()
    local methods = require "tgrunner.methods"
    local list = require("tgrunner.shortcuts").all()
    assert.is_true(#list > 150)
    for _, shortcut in ipairs(list) do
      local parameters = methods.list[shortcut.method]
      assert.is_string(parameters, shortcut.name)
      for name in shortcut.usage:gsub("_or_other", ""):match("%((.*)%)"):gmatch("[%w_]+") do
        if name ~= "other" then
          local found = (" " .. parameters):find("%s" .. name .. "%??:")
          assert.is_truthy(found, shortcut.usage)
        end
      end
    end
  end)
end)

describe("the shortcuts in the library for editors", function()
  it("are those that there are (lua5.4 spec/support/generate_context.lua writes them)", function()
    fake_host.load()
    local generate = require "support.generate_context"
    assert.equal(generate.text(), generate.present())
  end)
end)
