local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("shared", function()
  local shared, host

  before_each(function()
    local tg
    tg, host = fake_host.load()
    shared = tg.shared
    host.shared_get = function(key) return "value of " .. key end
    host.shared_incr = function(_, by, ms) return (by or 1) + (ms or 0) end
    host.shared_set = function() error("host.lua:1: tg.shared: no room for 'k'", 0) end
  end)

  it("passes on what it is asked", function()
    assert.equal("value of k", shared.get "k")
    assert.equal(1, shared.incr "k")
    assert.equal(12, shared.incr("k", 2, 10))
  end)

  it("raises the host's words without the host's place", function()
    local ok, err = pcall(shared.set, "k", 1)
    assert.is_false(ok)
    assert.truthy(err:find("tg.shared: no room for 'k'", 1, true))
    assert.falsy(err:find("host.lua", 1, true))
  end)

  it("names what is wrong", function()
    assert.error_matches(function() shared.get(1) end, "tg.shared.get: the key must be a string")
    assert.error_matches(function() shared.set("k", 1, -1) end, "tg.shared.set: expires_ms must be")
    assert.error_matches(function() shared.incr("k", 1.5) end, "incr: what is added must be")
    assert.error_matches(function() shared.set("k", 1, "5") end, '%(got "5"%)')
    assert.error_matches(function() shared.incr("k", "1") end, '%(got "1"%)')
  end)

  it("is no table for values, and has no methods: both are told at the script's line", function()
    local here = "^spec/lua/shared_spec%.lua:%d+: tg%.shared"
    assert.matches(here .. '.*tg.shared.get%("x"%)', raised(function() return shared.x end))
    assert.matches(here .. '.*tg.shared.set%("x", value%)', raised(function() shared.x = 1 end))
    local function get() local _ = shared:get "a" end
    assert.matches(here .. "%.get: call it with a dot", raised(get))
    assert.matches(here .. "%.set: call it with a dot", raised(function() shared:set("a", 1) end))
  end)
end)
