local checks = require "tgrunner.checks"

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
