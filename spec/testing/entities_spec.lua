local entities = require "tgrunner.testing.entities"

-- The entities of a text as "type:what it covers", of ASCII texts.
local function marked(text)
  local found = {}
  for i, it in ipairs(entities.of(text) or {}) do
    found[i] = it.type .. ":" .. text:sub(it.offset + 1, it.offset + it.length)
  end
  return table.concat(found, " ")
end

local function check(cases)
  for text, wanted in pairs(cases) do assert.equal(wanted, marked(text), text) end
end

describe("Telegram marks in a text", function()
  it("commands, wherever they are", function()
    check {
      ["/start"] = "bot_command:/start",
      ["/start@MyBot now"] = "bot_command:/start@MyBot",
      ["say /help or /stop."] = "bot_command:/help bot_command:/stop",
      ["and/or"] = "",
      ["1/2"] = "",
      ["/a/b"] = "",
      ["<b>/x"] = "",
      ["/"] = "",
      ["/start@me"] = "",
      ["//x"] = "",
    }
  end)

  it("mentions", function()
    check {
      ["hi @ann_lee!"] = "mention:@ann_lee",
      ["@gif cats"] = "mention:@gif",
      ["@me"] = "",
      ["a@annlee"] = "",
      ["(@annlee)"] = "mention:@annlee",
    }
  end)

  it("hashtags with a letter, and cashtags in capitals", function()
    check {
      ["#news and #2024, #a1"] = "hashtag:#news hashtag:#a1",
      ["#a#b"] = "",
      ["x#a"] = "",
      ["#_a"] = "hashtag:#_a",
      ["$USD, $usd, $TOOLONGTAG, $1INCH"] = "cashtag:$USD cashtag:$1INCH",
      ["$US1"] = "",
    }
  end)

  it("e-mail addresses", function()
    check {
      ["to ann.lee+x@mail.example.org."] = "email:ann.lee+x@mail.example.org",
      ["ann@localhost"] = "",
    }
  end)

  it("URLs, with a protocol or under a domain that is known", function()
    check {
      ["see https://example.com/a?b=c#d."] = "url:https://example.com/a?b=c#d",
      ["http://10.0.0.1:8080/x"] = "url:http://10.0.0.1:8080/x",
      ["(example.com)"] = "url:example.com",
      ["example.com, t.me/x!"] = "url:example.com url:t.me/x",
      ["tg://resolve?domain=x"] = "url:tg://resolve?domain=x",
      ["https://en.wikipedia.org/wiki/A_(b)"] = "url:https://en.wikipedia.org/wiki/A_(b)",
      ["(https://a.org/x)"] = "url:https://a.org/x",
      ["https://a.org/#tag /x"] = "url:https://a.org/#tag bot_command:/x",
      ["1.5 and end.So it"] = "",
      ["main.lua v1.2.3 a..b"] = "",
      ["https://localhost/x"] = "",
    }
  end)

  it("nothing in plain words", function()
    assert.is_nil(entities.of "Hello, you: 50% off; a-b & c.")
    assert.is_nil(entities.of "")
    assert.is_nil(entities.of "\xff/start")
  end)

  it("by UTF-16 units, and tells letters from signs beyond ASCII", function()
    assert.same({ { type = "mention", offset = 2, length = 7 } }, entities.of "😀@annlee")
    assert.same({ { type = "hashtag", offset = 1, length = 5 } }, entities.of "«#über»")
    assert.is_nil(entities.of "ü@annlee")
    assert.same({ { type = "url", offset = 0, length = 14 } }, entities.of "https://пр.com")
  end)
end)
