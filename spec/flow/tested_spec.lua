local flow = require "support.flow"

-- Examples with specs of their own: both ways of running these, and the bot itself.
describe("an example with a spec", function()
  after_each(flow.clean_up)

  local specs = {
    ["examples/tested/spec/bot_spec.lua"] = 6,
    ["examples/shop/spec/shop_spec.lua"] = 15,
  }

  for path, count in pairs(specs) do
    it("passes it as a plain script: " .. path, function()
      local result = flow.run { path }
      assert.equal(0, result.code, result.out .. result.err)
      assert.matches(("\n%d passed, 0 failed\n$"):format(count), result.out)
      assert.equal("", result.err)
    end)

    it("passes it in busted: " .. path, function()
      local process = flow.start("/usr/bin/env", {
        "busted", "--lua=" .. flow.program "tgrunner-lua", "--output=plainTerminal", path,
      })
      assert.equal(0, process:wait(), process:out() .. process:err())
      assert.matches(("%d successes / 0 failures / 0 errors"):format(count), process:out())
    end)
  end

  it("sells with --sim, and remembers it in its database", function()
    local path = os.tmpname()
    local function say(lines)
      local result = flow.run({ "--sim", "-q", "examples/shop/bot.lua", path }, { stdin = lines })
      assert.equal(0, result.code, result.err)
      assert.equal("", result.err)
      return result.out
    end
    local out = say "/start\n[Mug, 9.00 €]\n[Cart]\n[Order]\nLane 1\n[Buy]\n"
    assert.matches("Welcome! What would you like?.*Where shall it go?.*To: Lane 1.*order is No. 1", out)
    assert.equal("No. 1: 9.00 €, to Lane 1\n", say "/orders\n")
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end)
end)
