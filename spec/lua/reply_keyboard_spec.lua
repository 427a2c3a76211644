local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("Keyboard", function()
  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  it("takes rows of texts, and what Telegram sent", function()
    assert.same({ keyboard = { { { text = "a" } } } }, tg.Keyboard.from { { "a" } })
    local markup = { inline_keyboard = { { { text = "a", url = "u" } } } }
    assert.same(markup, tg.InlineKeyboard.from(markup))
  end)

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

describe("a reply keyboard refuses, at the script's line,", function()
  local tg = fake_host.load()

  for name, case in pairs {
    ["what follows a text"] = { "Keyboard:text: what follows the text must be a table",
      function() tg.Keyboard():text("a", 5) end },
    ["a style that follows a text"] = { "Keyboard:text: the style must be",
      function() tg.Keyboard():text("a", "blue") end },
    ["a placeholder that is no text"] = { "placeholder: the text must be a string %(got a number%)",
      function() tg.Keyboard():placeholder(5) end },
    ["an unknown kind of poll"] = { "%(got 'quizz'%); did you mean 'quiz'%?",
      function() tg.Keyboard():request_poll("a", "quizz") end },
  } do
    it(name, function()
      assert.matches("^spec/lua/reply_keyboard_spec%.lua:%d+: .*" .. case[1],
        raised(function() case[2]() end))
    end)
  end
end)
