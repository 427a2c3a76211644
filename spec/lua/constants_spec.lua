local constants = require "tgrunner.constants"

describe("API_CONSTANTS", function()
  local function holds(list, name)
    for _, item in ipairs(list) do
      if item == name then return true end
    end
    return false
  end

  it("name every kind of update, and those that come unasked", function()
    assert.is_true(holds(constants.ALL_UPDATE_TYPES, "chat_member"))
    assert.is_false(holds(constants.DEFAULT_UPDATE_TYPES, "chat_member"))
    assert.is_false(holds(constants.DEFAULT_UPDATE_TYPES, "message_reaction"))
    assert.is_true(holds(constants.DEFAULT_UPDATE_TYPES, "message"))
    assert.equal(#constants.ALL_UPDATE_TYPES, #constants.DEFAULT_UPDATE_TYPES + 3)
  end)

  it("allow everything in a chat", function()
    assert.is_true(constants.ALL_CHAT_PERMISSIONS.can_send_messages)
    assert.is_true(constants.ALL_CHAT_PERMISSIONS.can_manage_topics)
  end)
end)
