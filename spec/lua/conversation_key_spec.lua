local new_talk = require("support.talk").new
local raised = require "support.raised"

describe("the keys of conversations", function()
  local talk

  before_each(function() talk = new_talk() end)

  local function raises(pattern, ...) assert.matches(pattern, raised(...)) end

  it("are of a user in a chat, a chat, a user, or what a function says", function()
    local function keys(key)
      talk:make({ key = key })
      talk.seen = {}
      talk:say("/start", 1, 2)
      talk:say("a", 1, 2)
      talk:say("b", 1, 3)
      talk:say("c", 4, 2)
      return table.concat(talk.seen, ", ")
    end
    assert.equal("talk 1:2 a, other b, other c", keys())
    assert.equal("talk 1:2 a, other b, other c", keys "member")
    assert.equal("talk 1 a, talk 1 b, other c", keys "chat")
    assert.equal("talk 2 a, other b, talk 2 c", keys "user")
    assert.equal("talk all a, talk all b, talk all c", keys(function() return "all" end))
    assert.equal("other a, other b, other c",
      keys(function(ctx) return ctx.text == "/start" and "x" or nil end))
  end)

  it("are what a key can be", function()
    talk:make { key = function() return true end }
    raises("key must give a string, an integer or nil %(got a boolean%)", talk.say, talk, "/start")
    talk:make { key = function() end }
    raises("this update %(message%) has no key", talk.say, talk, "/start")
    raises('key must be "member", "chat", "user" or a function',
      talk.tg.conversations, { key = "chats" })
  end)

  it("may be an id that is a text", function()
    talk:make { key = "chat" }
    talk:say("/start", 1)
    assert.equal(1, talk.open:exit "1")
  end)

  it("warn once in a worker that does not get all updates of a key", function()
    local function warning(by, key)
      talk.host.logged = {}
      talk.host.worker = function() return { number = 1, settings = { pool = { by = by } } } end
      talk:make({ key = key })
      talk:say("/start", 1, 1)
      talk:say("/start", 2, 2)
      assert.truthy(#talk.host.logged <= 1)
      return talk.host.logged[1] and talk.host.logged[1].text:match "give tg.distribute (.*)"
    end
    assert.equal('by = "chat"', warning("update"))
    assert.equal('by = "user"', warning("update", "user"))
    assert.equal('by = "user"', warning("chat", "user"))
    assert.equal('by = "chat"', warning("user", "chat"))
    for _, by in ipairs { "chat", "user", "worker", "function" } do assert.is_nil(warning(by)) end
  end)
end)
