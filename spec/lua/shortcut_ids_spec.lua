local ids = require "tgrunner.shortcut_ids"

describe("the ids an update supplies", function()
  it("are nothing where the update has none", function()
    local empty = { entities = function() return {} end }
    for word, supply in pairs(ids) do
      if word ~= "draft" and word ~= "custom_emoji" then
        assert.is_falsy(supply(empty, {}, {}), word)
      end
    end
  end)

  it("name the topic only of messages in one", function()
    local payload = {}
    ids.reply({ chat_id = 1, msg = { message_thread_id = 3 } }, payload, {})
    assert.same({ chat_id = 1 }, payload)
    local msg = { message_thread_id = 3, is_topic_message = true }
    ids.reply({ chat_id = 1, msg = msg }, payload, {})
    assert.same({ chat_id = 1, message_thread_id = 3 }, payload)
  end)

  it("prefer an inline message to the chat's", function()
    local payload = {}
    ids.target({ inline_message_id = "i", chat_id = 1, msg_id = 2 }, payload, {})
    assert.same({ inline_message_id = "i" }, payload)
  end)
end)
