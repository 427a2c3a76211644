local answers = require "tgrunner.testing.answers"
local methods = require "tgrunner.methods"
local world = require "tgrunner.testing.world"

-- What each method returns, as the annotations for editors say.
local function documented()
  local returns = {}
  for line in io.lines "lua/library/tgrunner/methods.lua" do
    local name, result = line:match "^%-%-%-@field (%l%w*) fun%(.-%): ([%w.|%[%]]+)"
    if name and methods.list[name] then returns[name] = result end
  end
  return returns
end

local function new_world()
  return world.new { id = 42, is_bot = true, first_name = "Bot", username = "a_bot" }
end

local params = {
  chat_id = 1, from_chat_id = 1, message_id = 5, user_id = 3, file_id = "f", text = "t",
  photo = "p", name = "n", title = "T", question = "q", options = { "a" }, media = {
    { type = "photo", media = "p" },
  }, message_ids = { 1, 2 },
}

describe("the usual answer", function()
  local returns = documented()

  it("has the type that the method returns", function()
    local count = 0
    for method, result in pairs(returns) do
      local answer = answers.of(new_world(), method, params)
      if answer ~= nil then
        count = count + 1
        local wanted = result == "true" and "boolean" or result == "integer" and "number"
          or result == "string" and "string" or "table"
        if result:find "|true" then wanted = type(answer) end
        assert.equal(wanted, type(answer), method .. " returns " .. result)
      end
    end
    assert.is_true(count > 120)
  end)

  it("of what was sent is a message of the bot in that chat", function()
    local it = new_world()
    local seen = 0
    for method, result in pairs(returns) do
      if result == "telegram.Message" and method:find "^send" then
        seen = seen + 1
        local message = answers.of(it, method, params)
        assert.equal(1, message.chat.id, method)
        assert.equal(42, message.from.id, method)
        assert.equal("integer", math.type(message.message_id), method)
      end
    end
    assert.is_true(seen > 15)
  end)

  it("remembers what the bot has set", function()
    local it = new_world()
    local commands = { { command = "a", description = "b" } }
    answers.of(it, "setMyCommands", { commands = commands })
    assert.same(commands, answers.of(it, "getMyCommands", {}))
    answers.of(it, "setMyName", { name = "N" })
    assert.same({ name = "N" }, answers.of(it, "getMyName", {}))
  end)

  it("of copies, forwards and replies knows the original", function()
    local it = new_world()
    local sent = answers.of(it, "sendMessage", { chat_id = 1, text = "one" })
    local forward = answers.of(it, "forwardMessage", {
      chat_id = -2, from_chat_id = 1, message_id = sent.message_id,
    })
    assert.equal("one", forward.text)
    assert.equal(-2, forward.chat.id)
    assert.equal(42, forward.forward_origin.sender_user.id)
    local copy = answers.of(it, "copyMessage", {
      chat_id = 1, from_chat_id = 1, message_id = sent.message_id,
    })
    assert.same({ message_id = copy.message_id }, copy)
    local reply = answers.of(it, "sendMessage", {
      chat_id = 1, text = "two", reply_parameters = { message_id = sent.message_id },
    })
    assert.equal("one", reply.reply_to_message.text)
    local post = answers.of(it, "sendMessage", { chat_id = "@news", text = "x" })
    assert.equal("channel", post.chat.type)
  end)
end)
