local fake_host = require "support.fake_host"

describe("InputMediaBuilder", function()
  local tg = fake_host.load()

  it("refuses options that are no table", function()
    assert.error_matches(function() tg.InputMediaBuilder.photo("x", 5) end,
      "InputMediaBuilder.photo: the options must be a table %(got a number%)")
  end)

  it("is an item of a media group", function()
    assert.same({ type = "photo", media = "id", caption = "c" },
      tg.InputMediaBuilder.photo("id", { caption = "c" }))
    local file = tg.InputFile "clip.mp4"
    assert.equal(file, tg.InputMediaBuilder.video(file).media)
    for _, kind in ipairs { "animation", "audio", "document" } do
      assert.same({ type = kind, media = "id" }, tg.InputMediaBuilder[kind] "id")
    end
  end)

  it("spreads a formatted caption", function()
    local item = tg.InputMediaBuilder.photo("id", { caption = tg.fmt.bold "c" })
    assert.equal("c", item.caption)
    assert.equal("bold", item.caption_entities[1].type)
  end)

  it("refuses what is no file", function()
    assert.error_matches(function() tg.InputMediaBuilder.photo(5) end,
      "InputMediaBuilder.photo takes a file")
  end)
end)
