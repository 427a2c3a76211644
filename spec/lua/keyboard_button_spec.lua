local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("a keyboard's button", function()
  it("takes a table for a button's text and more", function()
    local tg = fake_host.load()
    local button = tg.InlineKeyboard.text({ text = "a", style = "danger" }, "d")
    assert.same({ text = "a", style = "danger", callback_data = "d" }, button)
  end)
end)

describe("a keyboard's button refuses, at the script's line,", function()
  local tg = fake_host.load()
  local long = ("x"):rep(65)

  for name, case in pairs {
    ["an unknown style of a button"] = { "the style must be .* %(got 5%)",
      function() tg.InlineKeyboard():text({ text = "a", style = 5 }) end },
    ["a button without text"] = { "add: the button's text must be a string %(got a nil%)",
      function() tg.InlineKeyboard():row { url = "u" } end },
    ["long data of a ready button"] = { "has 65 bytes; Telegram takes at most 64",
      function() tg.InlineKeyboard():add { text = "a", callback_data = long } end },
  } do
    it(name, function()
      assert.matches("^spec/lua/keyboard_button_spec%.lua:%d+: .*" .. case[1],
        raised(function() case[2]() end))
    end)
  end
end)
