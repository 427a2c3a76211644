local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("a keyboard's builder", function()
  local tg

  before_each(function() tg = fake_host.load() end)

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

  it("styles the last button", function()
    local row = tg.InlineKeyboard():text("a"):danger():icon("7"):text("b"):style("primary")
      :text("c"):success().inline_keyboard[1]
    assert.equal("danger", row[1].style)
    assert.equal("7", row[1].icon_custom_emoji_id)
    assert.equal("primary", row[2].style)
    assert.equal("success", row[3].style)
    assert.error_matches(function() tg.InlineKeyboard():danger() end, "there is no button yet")
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

describe("a keyboard's builder refuses, at the script's line,", function()
  local tg = fake_host.load()
  local long = ("x"):rep(65)

  for name, case in pairs {
    ["an unknown style"] = { "the style must be .* %(got 'dangr'%); did you mean 'danger'",
      function() tg.InlineKeyboard():text("a"):style "dangr" end },
    ["an icon that is no id"] = { "icon: the custom emoji id must be a string %(got a number%)",
      function() tg.Keyboard():text("a"):icon(5) end },
    ["a dot for a colon"] = { "call text with a colon: InlineKeyboard%(%):text%(…%)",
      function() tg.InlineKeyboard().text("a") end },
    ["a dot for a colon, of settings"] = { "call resized with a colon: Keyboard%(%):resized%(…%)",
      function() tg.Keyboard().resized() end },
    ["long data in rows"] = { "has 65 bytes; Telegram takes at most 64",
      function() tg.InlineKeyboard.from { { { text = "a", callback_data = long } } } end },
    ["long data in rows of a new one"] = { "has 65 bytes; Telegram takes at most 64",
      function() tg.InlineKeyboard { { { text = "a", callback_data = long } } } end },
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
      assert.matches("^spec/lua/keyboard_builder_spec%.lua:%d+: .*" .. case[1],
        raised(function() case[2]() end))
    end)
  end
end)
