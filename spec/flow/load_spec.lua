local flow = require "support.flow"

describe("tgrunner-lua --sim-load", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function load(count, script, ...)
    return flow.run { "-q", "--sim-load", tostring(count), flow.file(script), ... }
  end

  it("sends that many updates and tells what became of them", function()
    local result = load(300, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      print(...)
      bot:on("message:text", function(ctx) ctx:reply(ctx.text) end)
      tg.run(bot, { sink = { sequentialize = "chat" } })
    ]], "argument")
    assert.equal(0, result.code, result.err)
    local lines = {}
    for line in result.out:gmatch "[^\n]+" do lines[#lines + 1] = line end
    assert.equal("argument", lines[1])
    assert.matches("^300 updates in %d+%.%d+ s: %d+ updates/s$", lines[2])
    assert.matches("^latency p50 [%d.]+ ms, p90 [%d.]+ ms, p99 [%d.]+ ms, max [%d.]+ ms$", lines[3])
    assert.equal("lost 0, duplicated 0, out of order 0, failed 0, timed out 0", lines[4])
    assert.is_nil(lines[5])
  end)

  it("counts failures, and updates of a chat that overtook each other", function()
    local result = load(1000, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function(ctx)
        if ctx.update_id % 100 == 0 then error "now and then" end
        tg.sleep(ctx.update_id <= 500 and 100 or 1)
      end)
      bot:catch(function() end)
      tg.run(bot)
    ]])
    assert.equal(0, result.code, result.err)
    assert.matches("lost 0, duplicated 0, out of order [1-9]%d*, failed 10, timed out 0", result.out)
  end)

  it("times updates that fail, too", function()
    local result = load(20, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function() tg.sleep(60) error "each" end)
      bot:catch(function() end)
      tg.run(bot)
    ]])
    local count, seconds = result.out:match "^(%d+) updates in ([%d.]+) s"
    assert.equal("20", count)
    assert.is_true(tonumber(seconds) >= 0.05, result.out)
  end)

  it("says what it cannot run", function()
    assert.equal(2, flow.run({ "--sim-load", "many", "x.lua" }).code)
    assert.equal(2, flow.run({ "--sim-load", "5", "-e", "x" }).code)
    assert.equal(66, flow.run({ "--sim-load", "5", "/nowhere.lua" }).code)
    assert.equal(65, load(5, "x = = 1").code)
    local result = load(5, "print 'no bot'")
    assert.matches("no updates were asked for", result.out)
    assert.equal(1, result.code)
  end)
end)
