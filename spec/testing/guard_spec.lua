local bot_test = require "support.bot_test"
local tg = require "tgrunner"

describe("conversations behind timeouts", function()
  it("are ended when they compute longer than an update may", function()
    local caught, open = {}, nil
    local t = bot_test(function(bot)
      open = tg.conversations()
      bot:use(open)
      bot:catch(function(err) caught[#caught + 1] = tostring(err.error) end)
      bot:conversation("a", function(conv)
        conv:wait_for(":photo", { timeout_ms = 10 })
        while true do end
      end)
      bot:command("a", function(ctx) ctx:enter "a" end)
    end, { sink = { max_cpu_milliseconds = 30 } })
    t:command "a"
    t:advance(20)
    assert.equal(1, #caught)
    assert.matches("30 ms", caught[1])
    assert.equal(0, open:size())
  end)
end)
