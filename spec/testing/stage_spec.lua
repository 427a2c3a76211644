local testing = require "tgrunner.testing"
local tg = require "tgrunner"

-- What a bot keeps is the library's own; here it meets the test's time and its own order.
describe("in a test", function()
  local function ask(bot)
    bot:use(tg.conversations { ttl_ms = 10 * 3600 * 1000 })
    bot:conversation("ask", function(conv, ctx)
      ctx:reply "Your name?"
      local answer = conv:wait_for("message:text", { timeout_ms = 3600000 })
      if not answer then return ctx:reply "Too late." end
      answer:reply("Hello, " .. answer.text)
    end)
    bot:command("ask", function(ctx) ctx:enter "ask" end)
  end

  local function new(register)
    return testing.new(function()
      local bot = tg.Bot()
      register(bot)
      return bot
    end)
  end

  it("a conversation waits for what is said next", function()
    local t = new(ask)
    t:command "ask"
    t:text("me?", { from = 77 })
    assert.same({ "Your name?" }, t:sent())
    t:text "Ann"
    assert.same({ "Your name?", "Hello, Ann" }, t:sent())
  end)

  it("its timeout of an hour comes in no time", function()
    local t = new(ask)
    t:command "ask"
    t:advance(3599999)
    assert.same({ "Your name?" }, t:sent())
    t:advance(1)
    assert.same({ "Your name?", "Too late." }, t:sent())
  end)

  it("a session lives as long as its bot", function()
    local function count(bot)
      bot:use(tg.session { initial = function() return { n = 0 } end })
      bot:on("message", function(ctx)
        ctx.session.n = ctx.session.n + 1
        ctx:reply(ctx.session.n)
      end)
    end
    for _ = 1, 2 do
      local t = new(count)
      t:text "a"
      t:text "b"
      t:text("c", { from = 5 })
      assert.same({ "1", "2", "1" }, t:sent())
    end
  end)

  it("storages on disk are real, and rest is not before they are done", function()
    local path = os.tmpname()
    local function store(bot)
      bot:use(tg.session {
        initial = function() return { n = 0 } end, storage = tg.storage.sqlite(path),
      })
      bot:on("message", function(ctx)
        ctx.session.n = ctx.session.n + 1
        ctx:reply(ctx.session.n)
      end)
    end
    for i = 1, 3 do
      local t = new(store)
      t:text "a"
      assert.same({ tostring(i) }, t:sent())
    end
    for _, suffix in ipairs { "", "-wal", "-shm" } do os.remove(path .. suffix) end
  end)

  it("os.time and os.date are the bot's", function()
    local t = new(function() end)
    local before = os.time()
    t:advance(86400000)
    assert.equal(before + 86400, os.time())
    assert.equal(os.date("%F", before + 86400), os.date "%F")
    assert.equal(0, os.time { year = 1970, month = 1, day = 1, hour = 0 } - os.time {
      year = 1970, month = 1, day = 1, hour = 0,
    })
  end)
end)
