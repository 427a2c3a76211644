local choices = require "tgrunner.choices"
local raised = require "support.raised"

describe("choices", function()
  local function is_text(value) return type(value) == "string" end
  local function read(value) return choices.read("pick", value, "a text", is_text) end

  it("are one thing, or a list of them", function()
    assert.same({ "a" }, read "a")
    local list = { "a", "b" }
    assert.equal(list, read(list))
  end)

  it("are refused at the script's line when they are neither", function()
    for value, text in pairs {
      [5] = "pick takes a text, or a list of these (got 5)",
      [true] = "pick takes a text, or a list of these (got true)",
      [setmetatable({}, {})] = "pick takes a text, or a list of these (got a table)",
      [{}] = "pick: an empty list matches nothing",
      [{ "a", {} }] = "pick: item 2 of the list must be a text (got a table)",
      [{ "a", nil, "c" }] = "pick: item 2 of the list must be a text (got nil)",
      [{ a = "b" }] = "pick takes a text, or a list of these (got a table with the key 'a')",
    } do
      local err = raised(function() read(value) end)
      assert.matches("^spec/lua/choices_spec%.lua:%d+: ", err)
      assert.equal(text, err:match ": (.*)$")
    end
    assert.matches("(got nil)", raised(function() read(nil) end), 1, true)
  end)
end)
