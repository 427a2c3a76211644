local fake_host = require "support.fake_host"

describe("InlineQueryResultBuilder", function()
  local tg = fake_host.load()
  local builder = tg.InlineQueryResultBuilder

  local function plain(value)
    return setmetatable(value, nil)
  end

  it("makes articles with what is sent", function()
    local article = builder.article("1", "Title", { description = "d" }):text("hi", {
      parse_mode = "HTML",
    })
    assert.same({
      type = "article", id = "1", title = "Title", description = "d",
      input_message_content = { message_text = "hi", parse_mode = "HTML" },
    }, plain(article))
  end)

  it("spreads formatted text", function()
    local content = builder.article("1", "T"):text(tg.fmt.bold "b").input_message_content
    assert.equal("b", content.message_text)
    assert.equal("bold", content.entities[1].type)
    local photo = builder.photo("1", "u", { caption = tg.fmt.italic "c" })
    assert.equal("c", photo.caption)
    assert.equal("italic", photo.caption_entities[1].type)
  end)

  it("takes the photo for its own preview", function()
    assert.same({ type = "photo", id = "1", photo_url = "u", thumbnail_url = "u" },
      plain(builder.photo("1", "u")))
  end)

  it("makes every kind", function()
    assert.same({ type = "document", id = "1", title = "t", document_url = "u",
      mime_type = "application/pdf" }, plain(builder.document_pdf("1", "t", "u")))
    assert.same({ type = "mpeg4_gif", id = "1", mpeg4_file_id = "f" },
      plain(builder.mpeg4gif_cached("1", "f")))
    assert.same({ type = "venue", id = "1", title = "t", latitude = 1, longitude = 2,
      address = "a" }, plain(builder.venue("1", "t", 1, 2, "a")))
  end)

  it("can send other contents than it shows", function()
    local result = builder.location("1", "t", 1, 2)
    assert.same({ first_name = "Ada", phone_number = "5" },
      result:contact("Ada", "5").input_message_content)
    assert.same({ latitude = 3, longitude = 4, heading = 5 },
      result:location(3, 4, { heading = 5 }).input_message_content)
    assert.is_nil(result.input_message_content)
  end)

  it("refuses what Telegram would", function()
    assert.error_matches(function() builder.article(1, "t") end, "the id must be a string")
    assert.error_matches(function() builder.article("", "t") end, "the id has 0 bytes")
    assert.error_matches(function() builder.article(("x"):rep(65), "t") end, "has 65 bytes")
    assert.error_matches(function() builder.article "1" end,
      "InlineQueryResultBuilder.article: title is missing")
    assert.error_matches(function() builder.article("1", "t", "x") end, "options must be a table")
    assert.error_matches(function() builder.article("1", "t"):text() end,
      "InlineQueryResult:text: message_text is missing")
  end)
end)
