local checks = require "tgrunner.checks"
local filter = require "tgrunner.filter"
local raised = require "support.raised"

describe("a command", function()
  local function parse(text, length)
    return checks.parse_command {
      text = text, entities = { { type = "bot_command", offset = 0, length = length } },
    }
  end

  it("is split into name, target and rest", function()
    assert.same({ full = "start", name = "start", rest = "a b" }, parse("/start a b", 6))
    assert.same({ full = "start@Bot", name = "start", target = "Bot", rest = "" },
      parse("/start@Bot", 10))
    assert.same({ full = "x", name = "x", rest = "line" }, parse("/x\nline", 2))
  end)

  it("is not there without its entity at the start", function()
    assert.is_false(checks.parse_command { text = "/start" })
    assert.is_false(checks.parse_command { text = "/start", entities = {} })
    assert.is_false(checks.parse_command { caption = "/start" })
    assert.is_false(checks.parse_command {
      text = "/start", entities = { { type = "bot_command", offset = 1, length = 5 } },
    })
  end)
end)

describe("checks", function()
  local function refused(name, argument, text)
    local err = raised(function() checks[name](argument) end)
    assert.matches("^spec/lua/checks_spec%.lua:%d+: ", err)
    assert.matches(text, err, 1, true)
  end

  it("refuse lists of nothing, and nothing", function()
    refused("chat_type", {}, "chat_type: an empty list matches nothing")
    refused("chat_type", nil, "chat_type takes a type of chat, or a list of these (got nil)")
    refused("chat_type", 5, "chat_type takes a type of chat, or a list of these (got 5)")
    refused("chat_type", "grup", "'grup' is not a type of chat (private, group, supergroup, "
      .. "channel); did you mean 'group'?")
    refused("command", nil, "command takes a command's name, or a list of these (got nil)")
    refused("command", {}, "command: an empty list matches nothing")
    refused("text", nil, "hears takes text, tg.pattern or a function of the text, or a list of "
      .. "these (got nil)")
    refused("text", {}, "hears: an empty list matches nothing")
    refused("filter_query", nil,
      'on takes a filter query such as "message:text", or a list of these (got nil)')
    refused("reaction", nil,
      "reaction takes an emoji or a ReactionType, or a list of these (got nil)")
    refused("reaction", {}, "reaction: an empty list matches nothing")
  end)

  it("name the item of a list that is wrong", function()
    refused("command", { "a", { "b" } }, "command: item 2 of the list must be a command's name "
      .. "(got a table)")
    refused("text", { "a", { "b" } }, "hears: item 2 of the list must be text, tg.pattern or a "
      .. "function of the text (got a table)")
    refused("reaction", { "👍", 5 }, "reaction: item 2 of the list must be an emoji or a "
      .. "ReactionType (got 5)")
    refused("filter_query", { "message", { "poll" } },
      'item 2 of the list must be a filter query such as "message:text" (got a table)')
    assert.matches("^spec/lua/checks_spec%.lua:%d+: match_filter: item 1",
      raised(function() filter.match { { "message" } } end))
    refused("chat_type", { "group", {} }, "chat_type: item 2 of the list must be a type of chat")
    refused("command", { a = "b" }, "or a list of these (got a table with the key 'a')")
  end)

  it("refuse commands that Telegram has not", function()
    refused("command", "a b", "'a b' is no command: a name has letters, digits and '_'")
    refused("command", "é", "'é' is no command")
    refused("command", ("x"):rep(65), "has 65 characters; Telegram takes at most 64")
    refused("command", "a@b c", "'a@b c' is no command")
    checks.command { "Start", "a_1", "start@TheBot" }
  end)

  it("refuse reactions that are none", function()
    refused("reaction", { type = "emoji" }, 'a reaction of type "emoji" needs the field emoji')
    refused("reaction", { type = "custom_emoji" },
      'a reaction of type "custom_emoji" needs the field custom_emoji_id')
    refused("reaction", { type = "emojy" }, "'emojy' is not a type of reaction (emoji, "
      .. "custom_emoji, paid); did you mean 'emoji'?")
    checks.reaction { { type = "paid" }, "👍", { type = "custom_emoji", custom_emoji_id = "5" } }
  end)

  it("tell which kinds can match", function()
    local function kinds(name, argument) return select(2, checks[name](argument)) end
    assert.same({ "channel_post", "message" }, kinds("command", "start"))
    assert.same({ "channel_post", "message" }, kinds("text", "hi"))
    assert.same({ "callback_query" }, kinds("callback_query", "x"))
    assert.same({ "callback_query" }, kinds("game_query", "x"))
    assert.same({ "message_reaction" }, kinds("reaction", "👍"))
    assert.is_nil(kinds("chat_type", "private"))
  end)
end)
