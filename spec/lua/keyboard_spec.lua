local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("InlineKeyboard", function()
  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  it("collects buttons in rows", function()
    local keyboard = tg.InlineKeyboard():text("Yes", "yes"):text("No", "no")
      :row():url("More", "https://example.org")
    assert.same({ inline_keyboard = {
      { { text = "Yes", callback_data = "yes" }, { text = "No", callback_data = "no" } },
      { { text = "More", url = "https://example.org" } },
    } }, keyboard)
  end)

  it("never has an empty row", function()
    local keyboard = tg.InlineKeyboard():row():row():text("a"):row():row()
    assert.same({ inline_keyboard = { { { text = "a", callback_data = "a" } } } }, keyboard)
    assert.same({ inline_keyboard = {} }, tg.InlineKeyboard())
  end)

  it("takes the text for the callback data", function()
    assert.equal("a", tg.InlineKeyboard():text("a").inline_keyboard[1][1].callback_data)
  end)

  it("refuses callback data of more than 64 bytes at once", function()
    tg.InlineKeyboard():text("a", ("x"):rep(64))
    assert.matches("^spec/lua/keyboard_spec%.lua:%d+: callback data 'xxxxxxxxxxxxxxxxxxxx…' has "
      .. "65 bytes; Telegram takes at most 64",
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

  it("styles the last button", function()
    local row = tg.InlineKeyboard():text("a"):danger():icon("7"):text("b"):style("primary")
      :text("c"):success().inline_keyboard[1]
    assert.equal("danger", row[1].style)
    assert.equal("7", row[1].icon_custom_emoji_id)
    assert.equal("primary", row[2].style)
    assert.equal("success", row[3].style)
    assert.error_matches(function() tg.InlineKeyboard():danger() end, "there is no button yet")
  end)

  it("takes a table for a button's text and more", function()
    local button = tg.InlineKeyboard.text({ text = "a", style = "danger" }, "d")
    assert.same({ text = "a", style = "danger", callback_data = "d" }, button)
  end)

  it("adds ready buttons and rows", function()
    local button = tg.InlineKeyboard.url("a", "u")
    local keyboard = tg.InlineKeyboard():add(button, button):row(button)
    assert.same({ 2, 1 }, { #keyboard.inline_keyboard[1], #keyboard.inline_keyboard[2] })
  end)

  local function letters(keyboard)
    local rows = {}
    for i, row in ipairs(keyboard.inline_keyboard or keyboard.keyboard) do
      local texts = {}
      for j, button in ipairs(row) do texts[j] = button.text end
      rows[i] = table.concat(texts)
    end
    return table.concat(rows, " ")
  end

  it("transposes, flows, clones and appends", function()
    local keyboard = tg.InlineKeyboard():text("a"):text("b"):text("c"):row():text("d"):text("e")
    assert.equal("ad be c", letters(keyboard:to_transposed()))
    assert.equal("ab cd e", letters(keyboard:to_flowed(2)))
    assert.equal("a bc de", letters(keyboard:to_flowed(2, { fill_last_row = true })))
    assert.equal("abcde", letters(keyboard:to_flowed(9)))
    local copy = keyboard:clone():text("f")
    assert.equal("abc def", letters(copy))
    assert.equal("abc de", letters(keyboard))
    keyboard:append(keyboard:clone(), { { { text = "x" } } })
    assert.equal("abc de abc de x", letters(keyboard))
    assert.equal("x", letters(tg.InlineKeyboard.from { { { text = "x" } } }))
    assert.error_matches(function() keyboard:to_flowed(0) end, "columns must be")
    assert.error_matches(function() keyboard:append(5) end, "rows come from")
  end)
end)

describe("a keyboard refuses, at the script's line,", function()
  local tg = fake_host.load()
  local long = ("x"):rep(65)

  for name, case in pairs {
    ["empty callback data"] = { "the callback data is empty",
      function() tg.InlineKeyboard():text("a", "") end },
    ["a query that is no text"] = { "switch_inline: the query must be a string %(got a number%)",
      function() tg.InlineKeyboard():switch_inline("a", 5) end },
    ["a query for a chosen chat that is no table"] = { "the query must be a table %(got a number%)",
      function() tg.InlineKeyboard():switch_inline_chosen("a", 5) end },
    ["an unknown style"] = { "the style must be .* %(got 'dangr'%); did you mean 'danger'",
      function() tg.InlineKeyboard():text("a"):style "dangr" end },
    ["an unknown style of a button"] = { "the style must be .* %(got 5%)",
      function() tg.InlineKeyboard():text({ text = "a", style = 5 }) end },
    ["an icon that is no id"] = { "icon: the custom emoji id must be a string %(got a number%)",
      function() tg.Keyboard():text("a"):icon(5) end },
    ["what follows a text"] = { "Keyboard:text: what follows the text must be a table",
      function() tg.Keyboard():text("a", 5) end },
    ["a style that follows a text"] = { "Keyboard:text: the style must be",
      function() tg.Keyboard():text("a", "blue") end },
    ["a placeholder that is no text"] = { "placeholder: the text must be a string %(got a number%)",
      function() tg.Keyboard():placeholder(5) end },
    ["an unknown kind of poll"] = { "%(got 'quizz'%); did you mean 'quiz'%?",
      function() tg.Keyboard():request_poll("a", "quizz") end },
    ["a dot for a colon"] = { "call text with a colon: InlineKeyboard%(%):text%(…%)",
      function() tg.InlineKeyboard().text("a") end },
    ["a dot for a colon, of settings"] = { "call resized with a colon: Keyboard%(%):resized%(…%)",
      function() tg.Keyboard().resized() end },
    ["long data of a ready button"] = { "has 65 bytes; Telegram takes at most 64",
      function() tg.InlineKeyboard():add { text = "a", callback_data = long } end },
    ["long data in rows"] = { "has 65 bytes; Telegram takes at most 64",
      function() tg.InlineKeyboard.from { { { text = "a", callback_data = long } } } end },
    ["long data in rows of a new one"] = { "has 65 bytes; Telegram takes at most 64",
      function() tg.InlineKeyboard { { { text = "a", callback_data = long } } } end },
    ["a button without text"] = { "add: the button's text must be a string %(got a nil%)",
      function() tg.InlineKeyboard():row { url = "u" } end },
    ["a button for a row"] = { "InlineKeyboard: row 1 must be a list of buttons %(got a button%)",
      function() tg.InlineKeyboard.from { { text = "a", url = "u" } } end },
    ["text for a row"] = { "InlineKeyboard: row 2 must be a list of buttons %(got a string%)",
      function() tg.InlineKeyboard():append { { { text = "a", url = "u" } }, "b" } end },
    ["text for an inline button"] = { "InlineKeyboard: row 1 takes buttons %(got a string%)",
      function() tg.InlineKeyboard():append { { "b" } } end },
    ["unknown options"] = { "unknown option 'fill' in InlineKeyboard:to_flowed options",
      function() tg.InlineKeyboard():to_flowed(2, { fill = true }) end },
  } do
    it(name, function()
      assert.matches("^spec/lua/keyboard_spec%.lua:%d+: .*" .. case[1],
        raised(function() case[2]() end))
    end)
  end
end)

describe("Keyboard", function()
  it("takes rows of texts, and what Telegram sent", function()
    local tg = fake_host.load()
    assert.same({ keyboard = { { { text = "a" } } } }, tg.Keyboard.from { { "a" } })
    local markup = { inline_keyboard = { { { text = "a", url = "u" } } } }
    assert.same(markup, tg.InlineKeyboard.from(markup))
  end)

  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  it("collects buttons and settings", function()
    local keyboard = tg.Keyboard():text("a"):row("b", { text = "c" }):resized():one_time()
      :persistent():selected(false):placeholder("…"):force_reply_now()
    assert.same({
      keyboard = { { { text = "a" } }, { { text = "b" }, { text = "c" } } },
      resize_keyboard = true, one_time_keyboard = true, is_persistent = true, selective = false,
      input_field_placeholder = "…", force_reply = true,
    }, keyboard)
    assert.equal(keyboard.keyboard, keyboard:build())
  end)

  it("keeps its settings in copies", function()
    assert.is_true(tg.Keyboard():text("a"):resized():to_flowed(1).resize_keyboard)
  end)

  it("has a maker for every kind of button", function()
    local row = tg.Keyboard():text("t", "danger"):request_users("a", 1, { max_quantity = 2 })
      :request_chat("b", 2):request_contact("c"):request_location("d"):request_poll("e", "quiz")
      :request_poll("f"):web_app("g", "u"):request_managed_bot("h", 3).keyboard[1]
    assert.same({ text = "t", style = "danger" }, row[1])
    assert.same({ text = "a", request_users = { request_id = 1, max_quantity = 2 } }, row[2])
    assert.same({ text = "b", request_chat = { request_id = 2, chat_is_channel = false } }, row[3])
    assert.same({ text = "c", request_contact = true }, row[4])
    assert.same({ text = "d", request_location = true }, row[5])
    assert.equal("quiz", row[6].request_poll.type)
    assert.equal(host.object_meta, getmetatable(row[7].request_poll))
    assert.same({ text = "g", web_app = { url = "u" } }, row[8])
    assert.same({ text = "h", request_managed_bot = { request_id = 3 } }, row[9])
    assert.error_matches(function() tg.Keyboard():request_users("a", "1") end, "must be an integer")
  end)
end)
