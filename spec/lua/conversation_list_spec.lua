local new_talk = require("support.talk").new

describe("open conversations", function()
  local talk

  before_each(function() talk = new_talk() end)

  it("make room by ending the one that has waited longest", function()
    local evicted = {}
    talk:make {
      max = 2, on_evict = function(conv) evicted[#evicted + 1] = conv.name .. conv.key end,
    }
    talk:say("/start", 1)
    talk:say("/start", 2)
    talk:say("x", 1)
    talk:say("/start", 3)
    talk:say("/start", 4)
    assert.same({ "talk2:7", "talk1:7" }, evicted)
    assert.equal(2, talk.open:size())
    local warnings = 0
    for _, line in ipairs(talk.host.logged) do
      if line.text:find "the limit" then warnings = warnings + 1 end
    end
    assert.equal(1, warnings)
  end)

  it("expire when they have waited too long, by one timer for all", function()
    local expired = {}
    talk:make { ttl_ms = 100, on_expire = function(conv) expired[#expired + 1] = conv.key end }
    talk:say("/start", 1)
    talk.host.sleep(50)
    talk:say("/start", 2)
    assert.equal(1, #talk.host.timers)
    talk.host.sleep(25)
    talk:say("x", 1)
    talk.host.sleep(25)
    talk.host.timers[1]:fire() -- 1 was answered meanwhile, 2 began later
    assert.same({}, expired)
    assert.equal(50, talk.host.timers[2].ms)
    talk.host.sleep(50)
    talk.host.timers[2]:fire()
    assert.same({ "2:7" }, expired)
    talk.host.sleep(100)
    talk.host.timers[3]:fire()
    assert.same({ "2:7", "1:7" }, expired)
    assert.equal(3, #talk.host.timers)
    assert.equal(0, talk.open:size())
  end)

  it("may live for ever", function()
    talk:make { ttl_ms = math.huge }
    talk:say "/start"
    assert.equal(0, #talk.host.timers)
  end)

  it("are closed with the script, and with a worker that dies by a warning", function()
    local function closes(died)
      local closed = 0
      talk:make(nil, function(conv)
        local _ <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
        conv:wait()
      end)
      talk:say("/start", 1)
      talk:say("/start", 2)
      talk.host.closers[#talk.host.closers](died)
      assert.equal(2, closed)
      assert.equal(0, talk.open:size())
      local last = talk.host.logged[#talk.host.logged]
      return last.level .. " " .. last.text
    end
    assert.equal("debug 2 open conversations ended with the script", closes(false))
    assert.equal("warn 2 open conversations ended with the worker that died", closes(true))
  end)
end)
