local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("log", function()
  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  it("writes lines of four levels", function()
    for _, level in ipairs { "debug", "info", "warn", "error" } do
      tg.log[level]("at " .. level)
      assert.same({ level = level, text = "at " .. level }, table.remove(host.logged))
    end
  end)

  it("formats when it is given more, and takes any value", function()
    tg.log.info("%d of %s", 3, "x")
    tg.log.info "100 %d"
    tg.log.info(nil)
    assert.same({ "3 of x", "100 %d", "nil" },
      { host.logged[1].text, host.logged[2].text, host.logged[3].text })
  end)

  it("points at the script's line when its arguments do not fit", function()
    local place = "^spec/lua/log_spec%.lua:%d+: "
    assert.matches(place .. "tg%.log%.info: bad argument #2 to 'info' %(number expected",
      raised(function() tg.log.info("%d", "x") end))
    assert.matches(place .. "tg%.log%.warn: bad argument #3 to 'warn' %(no value%)",
      raised(function() tg.log.warn("%s %s", 1) end))
  end)
end)
