local testing = require "tgrunner.testing"
local tg = require "tgrunner"

-- A test of a bot that does one thing with every message, and what that failed with.
local function attempt(act, update)
  local failure
  local t = testing.new(function()
    local bot = tg.Bot()
    bot:on({ "message", "callback_query" }, function(ctx)
      local ok, err = pcall(act, ctx)
      failure = not ok and err.error_code .. " " .. err.description or nil
    end)
    return bot
  end)
  if update then update(t) else t:text "hi" end
  return failure, t
end

describe("messages that do not exist", function()
  local calls = {
    ["message to edit not found"] = function(ctx)
      ctx.api.edit_message_text { chat_id = ctx.chat_id, message_id = 99, text = "x" }
    end,
    ["message to delete not found"] = function(ctx)
      ctx.api.delete_message { chat_id = ctx.chat_id, message_id = 99 }
    end,
    ["message to forward not found"] = function(ctx)
      ctx.api.forward_message { chat_id = 5, from_chat_id = ctx.chat_id, message_id = 99 }
    end,
    ["message to copy not found"] = function(ctx)
      ctx.api.copy_message { chat_id = 5, from_chat_id = ctx.chat_id, message_id = 99 }
    end,
    ["message to be replied not found"] = function(ctx)
      ctx:reply("x", { reply_parameters = { message_id = 99 } })
    end,
    ["message to pin not found"] = function(ctx)
      ctx.api.pin_chat_message { chat_id = ctx.chat_id, message_id = 99 }
    end,
    ["message to react not found"] = function(ctx)
      ctx.api.set_message_reaction { chat_id = ctx.chat_id, message_id = 99, reaction = {} }
    end,
    ["message with poll to stop not found"] = function(ctx)
      ctx.api.stop_poll { chat_id = ctx.chat_id, message_id = 99 }
    end,
  }
  for description, act in pairs(calls) do
    it("are refused: " .. description, function()
      assert.equal("400 Bad Request: " .. description, (attempt(act)))
    end)
  end

  it("are those of another chat, and those that were deleted", function()
    assert.equal("400 Bad Request: message to edit not found", (attempt(function(ctx)
      local sent = ctx:reply "x"
      ctx.api.edit_message_text { chat_id = 5, message_id = sent.message_id, text = "y" }
    end)))
    assert.equal("400 Bad Request: message to delete not found", (attempt(function(ctx)
      ctx:delete_message()
      ctx:delete_message()
    end)))
  end)

  it("may be replied to where the call says so, and deleted in a list", function()
    assert.is_nil((attempt(function(ctx)
      ctx:reply("x", { reply_parameters = { message_id = 99, allow_sending_without_reply = true } })
      ctx.api.delete_messages { chat_id = ctx.chat_id, message_ids = { 98, 99 } }
    end)))
  end)

  it("are not those of updates and answers that the test has made itself", function()
    local function edit(ctx)
      ctx.api.edit_message_text { chat_id = ctx.chat_id, message_id = 99, text = "x" }
    end
    local chat = { id = 7, type = "private" }
    assert.is_nil((attempt(edit, function(t)
      t:callback("x", { from = 7, message = { message_id = 99, chat = chat, date = 0 } })
    end)))
    assert.is_nil((attempt(edit, function(t)
      t:text("x", { chat = 7, reply_to_message = { message_id = 99, chat = chat, date = 0 } })
    end)))
    local failure, t = attempt(function(ctx)
      local sent = ctx:reply "first"
      ctx.api.edit_message_text { chat_id = ctx.chat_id, message_id = sent.message_id, text = "x" }
      ctx:reply "second"
    end, function(t)
      t:answer("sendMessage", { message_id = 99 }, { times = 1 })
      t:text "x"
    end)
    assert.is_nil(failure)
    assert.equal(100, t:last("sendMessage").result.message_id)
  end)
end)

it("a message of somebody else cannot be edited", function()
  assert.equal("400 Bad Request: message can't be edited", (attempt(function(ctx)
    ctx:edit_message_text "x"
  end)))
end)
