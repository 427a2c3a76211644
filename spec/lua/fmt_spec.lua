local raised = require "support.raised"
local fake_host = require "support.fake_host"

describe("fmt", function()
  local fmt = fake_host.load().fmt

  it("joins text with entities in UTF-16 units", function()
    local text = fmt("Hé 👍 ", fmt.bold "you", "!")
    assert.equal("Hé 👍 you!", text.text)
    assert.same({ { type = "bold", offset = 6, length = 3 } }, text.entities)
    assert.equal("Hé 👍 you!", tostring(text))
    assert.equal(10, #text)
  end)

  it("nests", function()
    local text = fmt("a", fmt.bold("b", fmt.italic "👍", "c"))
    assert.equal("ab👍c", text.text)
    assert.same({
      { type = "bold", offset = 1, length = 4 },
      { type = "italic", offset = 2, length = 2 },
    }, text.entities)
  end)

  it("joins by the concatenation operator too", function()
    local text = "a" .. fmt.bold "b" .. "c" .. 5
    assert.equal("abc5", text.text)
    assert.equal(1, text.entities[1].offset)
  end)

  it("does not change what it joins", function()
    local bold = fmt.bold "b"
    fmt("aaa", bold)
    assert.equal(0, bold.entities[1].offset)
  end)

  it("leaves out entities of no length", function()
    assert.same({}, fmt.bold("").entities)
  end)

  it("has every style", function()
    for _, style in ipairs { "bold", "italic", "underline", "strikethrough", "spoiler",
      "blockquote", "expandable_blockquote", "code" } do
      assert.same({ { type = style, offset = 0, length = 1 } }, fmt[style]("x").entities)
    end
    assert.same({ type = "pre", language = "lua", offset = 0, length = 1 },
      fmt.pre("x", "lua").entities[1])
    assert.same({ type = "text_link", url = "u", offset = 0, length = 1 },
      fmt.link("x", "u").entities[1])
    assert.equal("tg://user?id=7", fmt.mention("x", 7).entities[1].url)
    assert.equal("tg://user?id=7", fmt.mention("x", { id = 7 }).entities[1].url)
    assert.equal("9", fmt.custom_emoji("👍", "9").entities[1].custom_emoji_id)
    assert.equal(1700000000, fmt.date_time("x", 1700000000, "r").entities[1].unix_time)
  end)

  it("refuses what is no text", function()
    assert.error_matches(function() fmt("a", {}) end, "argument 2 is a table")
    assert.error_matches(function() fmt.bold(nil) end, "argument 1 is a nil")
    assert.error_matches(function() fmt.link "x" end, "the url must be a string")
    assert.error_matches(function() fmt.mention("x", "y") end, "an id or a User")
  end)

  it("refuses what an entity cannot hold", function()
    for text, call in pairs {
      ["tg.fmt.pre(text, language): the language must be a string (got 5)"] =
        function() fmt.pre("x", 5) end,
      ["tg.fmt.custom_emoji(placeholder, id): the id must be a string (got nil)"] =
        function() fmt.custom_emoji "👍" end,
      ["tg.fmt.custom_emoji(placeholder, id): the id must be a string (got an empty one)"] =
        function() fmt.custom_emoji("👍", "") end,
      ["tg.fmt.link(text, url): the url must be a string (got nil)"] = function() fmt.link "x" end,
      ["tg.fmt.date_time(text, unix_time, format): the time must be an integer, seconds since 1970 "
        .. "(got 'now')"] = function() fmt.date_time("x", "now") end,
      ["tg.fmt.date_time(text, unix_time, format): the format must be a string (got 5)"] =
        function() fmt.date_time("x", 5, 5) end,
    } do
      local err = raised(function() call() end)
      assert.matches("^spec/lua/fmt_spec%.lua:%d+: ", err)
      assert.equal(text, err:match "^[^:]*:%d+: (.*)$")
    end
  end)
end)
