local fake_host = require "support.fake_host"

-- Order and cancels are the gate's: spec/flow/conversation_spec.lua.
describe("a hold of a key", function()
  local key_hold

  before_each(function()
    fake_host.load()
    key_hold = require "tgrunner.key_hold"
  end)

  it("is known from its beginning to its end, and its holder once it has the key", function()
    local holds = key_hold.new()
    assert.falsy(holds:any())
    do
      local hold <close> = holds:begin("k")
      assert.truthy(holds:any() and holds:wanted("k"))
      assert.falsy(holds:wanted("other"))
      assert.is_nil(holds:holder("k"))
      hold:take("me")
      assert.equal("me", holds:holder("k"))
    end
    assert.is_nil(holds:holder("k"))
    assert.falsy(holds:any() or holds:wanted("k"))
  end)

  it("that ends while it waits leaves the holder alone", function()
    local holds = key_hold.new()
    local hold <close> = holds:begin("k")
    hold:take("me")
    do local _ <close> = holds:begin("k") end
    assert.equal("me", holds:holder("k"))
    assert.truthy(holds:wanted("k"))
  end)

  it("that is shared ends with the last share", function()
    local holds = key_hold.new()
    local share
    do
      local hold <close> = holds:begin("k")
      hold:take("me")
      share = holds:share("k")
    end
    assert.equal("me", holds:holder("k"))
    do local _ <close> = share end
    assert.is_nil(holds:holder("k"))
    assert.falsy(holds:any())
  end)

  it("ends with an error, too", function()
    local holds = key_hold.new()
    pcall(function()
      local hold <close> = holds:begin("k")
      hold:take("me")
      error "oops"
    end)
    assert.falsy(holds:any())
  end)
end)
