local pattern = require "tgrunner.pattern"

describe("a pattern", function()
  it("shows itself to people", function()
    assert.equal('pattern "^a"', tostring(pattern.new "^a"))
    assert.is_true(pattern.is(pattern.new "^a"))
    assert.is_false(pattern.is "^a")
  end)

  it("keeps positions and empty captures", function()
    local ctx = {}
    local matches = pattern.compile(pattern.new "(a?)()b", "hears")
    assert.is_true(matches("xb", ctx))
    assert.same({ [0] = "b", "", 2 }, ctx.match)
  end)

  it("refuses what is no text or no pattern", function()
    assert.error_matches(function() pattern.new(5) end, "tg.pattern takes a Lua pattern")
    assert.error_matches(function() pattern.new "(" end, "tg.pattern: unfinished capture in '%('")
  end)
end)
