local methods = require "tgrunner.methods"
local parameters = require "tgrunner.parameters"

describe("parameters", function()
  it("are read from the table of methods", function()
    local of = parameters.of "sendMessage"
    assert.same({ kinds = "integer|string", required = true, scalar = true, structured = false },
      of.chat_id)
    assert.is_false(of.parse_mode.required)
    assert.is_true(of.reply_parameters.structured)
    assert.is_false(parameters.of("sendPhoto").photo.scalar)
    assert.is_nil(parameters.of "sendHologram")
  end)

  it("are read of every method there is", function()
    for method, text in pairs(methods.list) do
      local count, colons = 0, select(2, text:gsub(":", ""))
      for _ in pairs(parameters.of(method)) do count = count + 1 end
      assert.equal(colons, count, method)
    end
  end)

  it("that are missing are named", function()
    assert.equal("chat_id, text are missing", parameters.missing("sendMessage", {}))
    assert.equal("text is missing", parameters.missing("sendMessage", { chat_id = 1 }))
    assert.is_nil(parameters.missing("sendMessage", { chat_id = 1, text = "" }))
    assert.is_nil(parameters.missing("sendHologram", {}))
  end)

  it("with types that cannot be meant are named", function()
    assert.equal("chat_id must be an integer or a string (got a table)",
      parameters.misfit("sendMessage", { chat_id = {}, text = "x" }))
    assert.equal("reply_markup must be a table (got a boolean)",
      parameters.misfit("sendMessage", { reply_markup = true }))
    assert.equal("media must be a list (got a number)",
      parameters.misfit("sendMediaGroup", { media = 5 }))
    for _, payload in ipairs {
      { chat_id = "1", text = 5 }, { reply_markup = "{}" }, { reply_markup = {} }, { x = {} },
    } do
      assert.is_nil(parameters.misfit("sendMessage", payload))
    end
    assert.is_nil(parameters.misfit("sendPhoto", { photo = {} }))
    assert.is_nil(parameters.misfit("sendHologram", { chat_id = {} }))
  end)

  it("that are not known are found when another is near", function()
    assert.same({ "parse_mod", "parse_mode" },
      { parameters.unknown("sendMessage", { chat_id = 1, parse_mod = "HTML" }) })
    assert.is_nil(parameters.unknown("sendMessage", { something_of_a_transformer = 1 }))
    assert.is_nil(parameters.unknown("sendHologram", { parse_mod = "HTML" }))
  end)
end)
