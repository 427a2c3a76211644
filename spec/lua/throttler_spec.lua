local fake_host = require "support.fake_host"

describe("throttler", function()
  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  -- The times at which calls get through, when they come one after another.
  local function times_of(transformer, count, payload_of)
    local times = {}
    for i = 1, count do
      transformer(function()
        times[i] = host.now
        return { ok = true }
      end, "sendMessage", payload_of(i))
    end
    return times
  end

  it("lets one call a second through to a chat", function()
    local times = times_of(tg.throttler(), 3, function() return { chat_id = 1 } end)
    assert.same({ 0, 1000, 2000 }, times)
  end)

  it("lets calls to other chats through at once, thirty a second in all", function()
    local times = times_of(tg.throttler(), 61, function(i) return { chat_id = i } end)
    assert.equal(0, times[30])
    assert.equal(1000, times[31])
    assert.equal(1000, times[60])
    assert.equal(2000, times[61])
  end)

  it("lets twenty calls a minute through to a group", function()
    local times = times_of(tg.throttler(), 21, function() return { chat_id = -100 } end)
    assert.equal(19000, times[20])
    assert.equal(60000, times[21])
  end)

  it("takes ids as numbers and as text for the same chat", function()
    local ids = { 5, "5" }
    local times = times_of(tg.throttler(), 2, function(i) return { chat_id = ids[i] } end)
    assert.same({ 0, 1000 }, times)
  end)

  it("does not hold back calls without a chat", function()
    local times = times_of(tg.throttler(), 100, function() return {} end)
    assert.equal(0, times[100])
  end)

  it("gives the answer back", function()
    local response = tg.throttler()(function() return "answer" end, "sendMessage", { chat_id = 1 })
    assert.equal("answer", response)
  end)

  it("takes other limits, or none", function()
    local times = times_of(tg.throttler { out = false, global = { count = 1, per_ms = 10 } }, 3,
      function() return { chat_id = 1 } end)
    assert.same({ 0, 10, 20 }, times)
    host.now = 0
    times = times_of(tg.throttler { out = 5, global = false }, 6, function()
      return { chat_id = 1 }
    end)
    assert.same({ 0, 0, 0, 0, 0, 1000 }, times)
    host.now = 0
    times = times_of(tg.throttler { out = false, group = 1, global = false }, 2, function()
      return { chat_id = -1 }
    end)
    assert.same({ 0, 60000 }, times)
  end)

  it("forgets chats that have been quiet", function()
    local transformer = tg.throttler { global = false, out = { count = 1, per_ms = 5000 } }
    times_of(transformer, 1, function() return { chat_id = 1 } end)
    host.now = 10000
    local before = collectgarbage "count"
    for round = 1, 20 do
      times_of(transformer, 1000, function(i) return { chat_id = round * 1000 + i } end)
      host.now = host.now + 10000
    end
    collectgarbage()
    assert.is_true(collectgarbage "count" - before < 1500)
  end)

  it("refuses options it does not know", function()
    assert.error_matches(function() tg.throttler { globl = 5 } end, "did you mean 'global'")
    assert.error_matches(function() tg.throttler { out = 0 } end, "throttler options.out must be")
    assert.error_matches(function() tg.throttler { out = { per = 5 } } end, "options.out")
  end)
end)
