local pattern = require "tgrunner.pattern"
local raised = require "support.raised"

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

  it("refuses what only some texts show to be no pattern", function()
    for _, text in ipairs { "(a", "a%f", "a%1", "a%", "[a", "a[%", "(a)%2", "(a%1)", "%b", "x%bx",
      "a)", "(()", ("()"):rep(33), "^(a" } do
      local err = raised(function() pattern.new(text) end)
      assert.matches("^spec/lua/pattern_spec%.lua:%d+: tg%.pattern: .+ in '", err)
    end
  end)

  it("takes all that Lua takes", function()
    for _, text in ipairs { "", "a", "^/go (%d+)$", "(a?)()b", "%f[%w]%w+", "%b()", "[]]", "[^]x]",
      "[%]]", "%%", "%(", "(a)%1", "((a)(b))%2", "a-", ".*", "[a-z]+", "[%a_][%w_]*", "%)",
      "(()a)", "[(]", "[)", "%b()(", "$", "a$b", "^", "\0", "[%f]" } do
      local is_fine = text ~= "[)" and text ~= "%b()("
      assert.equal(is_fine, (pcall(pattern.new, text)), text)
    end
  end)
end)
