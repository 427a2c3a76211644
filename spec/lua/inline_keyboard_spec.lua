local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("InlineKeyboard", function()
  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  it("takes the text for the callback data", function()
    assert.equal("a", tg.InlineKeyboard():text("a").inline_keyboard[1][1].callback_data)
  end)

  it("refuses callback data of more than 64 bytes at once", function()
    tg.InlineKeyboard():text("a", ("x"):rep(64))
    assert.matches("^spec/lua/inline_keyboard_spec%.lua:%d+: "
      .. "callback data 'xxxxxxxxxxxxxxxxxxxx…' has 65 bytes; Telegram takes at most 64",
      raised(function() tg.InlineKeyboard():text("a", ("x"):rep(65)) end))
    assert.error_matches(function() tg.InlineKeyboard():text(("é"):rep(33)) end, "has 66 bytes")
  end)

  it("refuses what is no text, data or url", function()
    assert.error_matches(function() tg.InlineKeyboard():text(5) end, "must be a string")
    assert.error_matches(function() tg.InlineKeyboard():text("a", 5) end, "the callback data must")
    assert.error_matches(function() tg.InlineKeyboard():url("a") end, "the url must be a string")
    assert.error_matches(function() tg.InlineKeyboard():add(5) end, "add takes buttons")
  end)

  it("has a maker for every kind of button", function()
    local row = tg.InlineKeyboard()
      :web_app("a", "u"):login("b", "u"):switch_inline("c"):switch_inline_current("d", "q")
      :switch_inline_chosen("e", { allow_user_chats = true }):copy_text("f", "copied")
      :game("g"):pay("h"):disabled("i").inline_keyboard[1]
    assert.same({ text = "a", web_app = { url = "u" } }, row[1])
    assert.same({ text = "b", login_url = { url = "u" } }, row[2])
    assert.same({ text = "c", switch_inline_query = "" }, row[3])
    assert.same({ text = "d", switch_inline_query_current_chat = "q" }, row[4])
    assert.is_true(row[5].switch_inline_query_chosen_chat.allow_user_chats)
    assert.same({ text = "f", copy_text = { text = "copied" } }, row[6])
    assert.equal(host.object_meta, getmetatable(row[7].callback_game))
    assert.same({ text = "h", pay = true }, row[8])
    assert.equal(host.object_meta, getmetatable(row[9].disabled))
  end)
end)

describe("an inline keyboard refuses, at the script's line,", function()
  local tg = fake_host.load()

  for name, case in pairs {
    ["empty callback data"] = { "the callback data is empty",
      function() tg.InlineKeyboard():text("a", "") end },
    ["a query that is no text"] = { "switch_inline: the query must be a string %(got a number%)",
      function() tg.InlineKeyboard():switch_inline("a", 5) end },
    ["a query for a chosen chat that is no table"] = { "the query must be a table %(got a number%)",
      function() tg.InlineKeyboard():switch_inline_chosen("a", 5) end },
  } do
    it(name, function()
      assert.matches("^spec/lua/inline_keyboard_spec%.lua:%d+: .*" .. case[1],
        raised(function() case[2]() end))
    end)
  end
end)
