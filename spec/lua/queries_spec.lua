local queries = require "tgrunner.queries"

describe("the facts about updates", function()
  it("name every kind, sorted", function()
    local names = queries.kind_names()
    assert.is_true(#names >= 27)
    assert.equal("business_connection", names[1])
    for _, kind in ipairs { "message", "guest_message", "subscription", "managed_bot" } do
      assert.is_table(queries.kinds[kind], kind)
    end
  end)

  it("hold only shortcuts that stand for something", function()
    for _, kinds in pairs(queries.kind_shortcuts) do
      for _, kind in ipairs(kinds) do assert.is_table(queries.kinds[kind], kind) end
    end
    for _, contents in pairs(queries.content_shortcuts) do
      for _, content in ipairs(contents) do
        assert.is_table(queries.kinds.message[content], content)
      end
    end
  end)
end)
