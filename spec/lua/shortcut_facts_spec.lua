local facts = require "tgrunner.shortcut_facts"
local methods = require "tgrunner.methods"
local suppliers = require "tgrunner.shortcut_ids"

describe("the facts about shortcuts", function()
  it("name methods that exist and ids that can be supplied", function()
    for name, fact in pairs(facts) do
      local method, supplied = fact:match "^(%w+) |([^|]*)|.*$"
      assert.is_string(methods.list[method], name)
      for word in supplied:gmatch "[%w_]+" do assert.is_function(suppliers[word], name) end
    end
  end)

  it("leave out no parameter that a method cannot do without", function()
    -- What each supplying word fills in of the parameters that must be there.
    local filled = {
      chat = "chat_id", from_chat = "from_chat_id", msg = "message_id", user = "user_id",
      business = "business_connection_id", reply = "chat_id", draft = "draft_id",
      target = "chat_id message_id", checklist_msg = "chat_id message_id",
      ephemeral = "chat_id receiver_user_id ephemeral_message_id", file = "file_id",
      forum = "message_thread_id", callback_query = "callback_query_id",
      inline_query = "inline_query_id", shipping_query = "shipping_query_id",
      pre_checkout_query = "pre_checkout_query_id", guest_query = "guest_query_id",
      join_query = "chat_join_request_query_id", managed_bot = "user_id",
      payment = "telegram_payment_charge_id", story = "from_chat_id from_story_id",
      custom_emoji = "custom_emoji_ids", reactor = "", actor = "", topic = "", thread = "",
    }
    for name, fact in pairs(facts) do
      local method, supplied, positions = fact:match "^(%w+) |([^|]*)|(.*)$"
      local there = {}
      for word in supplied:gmatch "[%w_]+" do
        for parameter in filled[word]:gmatch "%S+" do there[parameter] = true end
      end
      for word in positions:gmatch "[%w_]+" do there[word] = true end
      for parameter, mark in methods.list[method]:gmatch "([%w_]+)(%??):%S+" do
        if mark == "" then assert.is_true(there[parameter], name .. " lacks " .. parameter) end
      end
    end
  end)

  it("let be left out only what the method does not require", function()
    for name, fact in pairs(facts) do
      local method, supplied, positions = fact:match "^(%w+) |([^|]*)|(.*)$"
      for word in positions:gmatch "([%w_]+)%?" do
        local is_supplied = word == "chat_id" and supplied:find "%f[%w]chat%f[^%w]"
        local is_optional = (" " .. methods.list[method]):find("%s" .. word .. "%?:")
        assert.truthy(is_supplied or is_optional, name .. ", " .. word)
      end
    end
  end)
end)
