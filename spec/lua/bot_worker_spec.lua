local fake_host = require "support.fake_host"

describe("BotWorker", function()
  local tg, host, registered

  before_each(function()
    tg, host = fake_host.load()
    registered = nil
    host.worker_bot = function(...)
      if registered then return false end
      registered = table.pack(...)
      return true
    end
    host.worker = function()
      return {
        number = 1,
        settings = {
          token = "42:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB",
          api_root = "http://here",
          me = { id = 42, username = "TheBot" },
        },
      }
    end
  end)

  it("inherits token, API server and identity, and asks for nothing", function()
    local bot = tg.BotWorker()
    assert.equal("42:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB", host.clients[1].token)
    assert.equal("http://here", host.clients[1].api_root)
    assert.equal("TheBot", bot:init().username)
    assert.equal(0, #host.calls)
  end)

  it("asks who it is when it has a token of its own", function()
    local bot = tg.BotWorker "7:CCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCCC"
    assert.is_nil(bot.me)
  end)

  it("runs its middleware for a raw update, composed with the first one", function()
    local bot = tg.BotWorker()
    local prepare, consume = table.unpack(registered)
    local seen
    bot:on("message", function(ctx) seen = ctx.update_id end)
    consume(prepare(host.raw { update_id = 9, message = { chat = { id = 1 } } }))
    assert.equal(9, seen)
  end)

  it("hands back errors it does not catch", function()
    local bot = tg.BotWorker()
    local failed = registered[3]
    assert.same({ false, "boom", "trace" }, { failed({}, "boom", "trace") })
    local caught
    bot:catch(function(err) caught = err end)
    assert.is_true(failed({ update_id = 3 }, "boom", "trace"))
    assert.equal("boom", caught.error)
    assert.equal(3, caught.ctx.update_id)
  end)

  it("neither starts nor runs", function()
    local bot = tg.BotWorker()
    assert.error_matches(function() bot:start() end, "bot:start: a tg.BotWorker does not fetch")
  end)

  it("is made once a file, and in worker files only", function()
    tg.BotWorker()
    assert.error_matches(tg.BotWorker, "has one already")
    host.worker = function() end
    assert.error_matches(tg.BotWorker, "is for worker files")
  end)
end)
