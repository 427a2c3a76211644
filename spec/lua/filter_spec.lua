local fake_host = require "support.fake_host"

describe("a filter query", function()
  local filter, host, tg

  before_each(function()
    tg, host = fake_host.load()
    filter = require "tgrunner.filter"
  end)

  local function context(update)
    return require("tgrunner.context").maker(tg.Bot())(update)
  end

  local function message(fields)
    fields.message_id, fields.date = 1, 0
    return { update_id = 1, message = fields }
  end

  local function matches(query, update)
    return filter.match(query)(context(update))
  end

  it("of a kind matches updates of that kind only", function()
    assert.is_true(matches("message", message {}))
    assert.is_false(matches("edited_message", message {}))
  end)

  it("of kinds alone never decodes the update", function()
    local ctx = context(host.raw(message { text = "hi" }))
    assert.is_true(filter.match { "message", "callback_query" }(ctx))
    assert.is_false(filter.match "poll"(ctx))
    assert.equal(0, host.decoded)
  end)

  it("that asks for contents decodes no update", function()
    local ctx = context(host.raw(message { text = "hi", photo = {} }))
    assert.is_false(filter.match "edited_message:text"(ctx))
    assert.is_true(filter.match "message:text"(ctx))
    assert.is_true(filter.match "message:photo"(ctx))
    assert.is_false(filter.match "message:sticker"(ctx))
    assert.is_false(filter.match "message:entities:url"(ctx))
    assert.equal(0, host.decoded)
  end)

  it("that asks for details decodes an update with the contents once", function()
    local ctx = context(host.raw(message { text = "x.org", entities = { { type = "url" } } }))
    assert.is_true(filter.match "message:entities:url"(ctx))
    assert.is_false(filter.match "message:entities:email"(ctx))
    assert.equal(1, host.decoded)
  end)

  it("of contents agrees with the decoded update where the names are many", function()
    local ctx = context(host.raw(message { voice = { file_id = "1" } }))
    assert.is_true(filter.match ":file"(ctx))
    assert.is_false(filter.match "::url"(ctx))
  end)

  it("with contents matches an empty text, which is there", function()
    assert.is_true(matches("message:text", message { text = "" }))
  end)

  it("with a detail looks into lists for a type", function()
    local update = message { text = "a@b", entities = { { type = "bold" }, { type = "email" } } }
    assert.is_true(matches("message:entities:email", update))
    assert.is_false(matches("message:entities:url", update))
  end)

  it("with a detail takes a field that is set, and not one that is false, 0 or empty", function()
    assert.is_true(matches("message:sticker:is_video", message { sticker = { is_video = true } }))
    assert.is_false(matches("message:sticker:is_video", message { sticker = { is_video = false } }))
    local gift = { transfer_star_count = 0, text = "" }
    assert.is_false(matches("message:unique_gift:transfer_star_count",
      message { unique_gift = gift }))
    assert.is_false(matches("message:unique_gift:text", message { unique_gift = gift }))
  end)

  it("with a detail matches the type of an object", function()
    local update = message { forward_origin = { type = "channel" } }
    assert.is_true(matches("message:forward_origin:channel", update))
    assert.is_false(matches("message:forward_origin:user", update))
  end)

  it("with a detail matches a plain text of that value", function()
    local update = { update_id = 1, subscription = { state = "canceled" } }
    assert.is_true(matches("subscription:state:canceled", update))
    assert.is_false(matches("subscription:state:active", update))
  end)

  it("asks whether the bot itself is among the users with me", function()
    local update = message { new_chat_members = { { id = 7 }, { id = 42 } } }
    assert.is_true(matches(":new_chat_members:me", update))
    assert.is_false(matches(":left_chat_member:me", message { left_chat_member = { id = 7 } }))
  end)

  it("without a kind stands for messages and channel posts", function()
    assert.is_true(matches(":photo", message { photo = { {} } }))
    assert.is_true(matches(":photo", { update_id = 1, channel_post = { photo = { {} } } }))
    assert.is_false(matches(":photo", { update_id = 1, edited_message = { photo = { {} } } }))
  end)

  it("without contents stands for entities of text and caption", function()
    local url = { { type = "url" } }
    assert.is_true(matches("::url", message { entities = url }))
    assert.is_true(matches("message::url", message { caption_entities = url }))
    assert.is_false(matches("message::url", { update_id = 1, channel_post = { entities = url } }))
  end)

  it("knows the shortcuts msg, edit, media and file", function()
    assert.is_true(matches("msg", message {}))
    assert.is_true(matches("edit:text", { update_id = 1, edited_channel_post = { text = "x" } }))
    assert.is_true(matches("msg:media", message { video = {} }))
    assert.is_false(matches("msg:media", message { voice = {} }))
    assert.is_true(matches("msg:file", message { voice = {} }))
    assert.is_true(matches("msg:file:is_video", message { sticker = { is_video = true } }))
  end)

  it("leaves kinds out that cannot have the contents", function()
    local _, kinds = filter.compile ":new_chat_members"
    assert.same({ "message" }, kinds)
    local _, both = filter.compile ":text"
    assert.same({ "channel_post", "message" }, both)
  end)

  it("list matches when any of them does", function()
    local list = { "message:photo", "message:text", "callback_query:data" }
    assert.is_true(matches(list, message { text = "x" }))
    assert.is_true(matches(list, { update_id = 1, callback_query = { data = "x" } }))
    assert.is_false(matches(list, message { voice = {} }))
  end)

  it("list of a kind and a part of it matches the whole kind", function()
    assert.is_true(matches({ "message", "message:text" }, message { voice = {} }))
    assert.is_true(matches({ "message:text", "message" }, message { voice = {} }))
    local entities = { "message:entities:url", "message:entities" }
    assert.is_true(matches(entities, message { entities = { { type = "bold" } } }))
  end)

  it("that is unknown raises at the caller's line with the nearest query", function()
    for typo, meant in pairs {
      ["mesage:text"] = "message:text",
      ["message:txt"] = "message:text",
      ["message:entities:mentoin"] = "message:entities:mention",
      ["photo"] = ":photo",
      ["callback_query:dta"] = "callback_query:data",
      ["edit:pohto"] = "edit:photo",
      inline = "inline_query",
      callback = "callback_query",
      ["::commands"] = "::bot_command",
    } do
      local ok, err = pcall(function() filter.compile(typo) end)
      assert.is_false(ok)
      assert.matches("^spec/lua/filter_spec%.lua:%d+: unknown filter query", err)
      assert.matches(("did you mean '%s'?"):format(meant), err, 1, true)
    end
  end)

  it("that is far from all others says what is permitted there", function()
    assert.error_matches(function() filter.compile "poll:zzzzzzzzz" end,
      "nothing can follow 'poll'")
    assert.error_matches(function() filter.compile "callback_query:zzzzzzzzzzzzz" end,
      "after 'callback_query:' can stand: data, game_short_name")
    assert.error_matches(function() filter.compile "message:entities:zzzzzzzzzzzzzz" end,
      "after 'message:entities:' can stand: .*bold")
    assert.error_matches(function() filter.compile "zzzzzzzzzzz" end, "an update is one of: ")
    assert.error_matches(function() filter.compile "message:zzzzzzzzzz" end,
      "after 'message:' can stand: animation, ")
    assert.error_matches(function() filter.compile ":zzzzzzzzzz" end,
      "after ':' can stand: animation, ")
    assert.error_matches(function() filter.compile ":::" end, "has three parts at most")
  end)

  it("that is no text, or an empty list, raises", function()
    assert.error_matches(function() filter.compile(5) end,
      'such as "message:text", or a list of these %(got 5%)')
    assert.error_matches(function() filter.compile {} end, "an empty list")
    assert.error_matches(function() filter.match { "message", 7 } end,
      "item 2 of the list must be .* %(got 7%)")
  end)

  it("suggests nothing that is far in one of its parts", function()
    assert.error_matches(function() filter.compile "message::me" end,
      "unknown filter query 'message::me'; after 'message::' can stand: .*bold")
  end)

  it("does not match what is no object", function()
    local update = { update_id = 1, message = 5 }
    for _, query in ipairs { "message:text", "msg:entities:url", "::url", ":media" } do
      assert.is_false(matches(query, update))
    end
    assert.is_true(matches("message", update))
  end)

  it("never has more than three parts", function()
    assert.error(function() filter.compile "message:entities:url:x" end)
    assert.error(function() filter.compile "::" end)
    assert.error(function() filter.compile "" end)
  end)

  it("is valid whenever it is offered as a suggestion", function()
    local all = filter.all()
    assert.is_true(#all > 1500)
    for _, query in ipairs(all) do filter.compile(query) end
  end)
end)
