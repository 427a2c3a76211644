-- Sessions and conversations where the order in time matters: in virtual time.
local testing = require "tgrunner.testing"
local tg = require "tgrunner"

describe("conversations in time", function()
  local t, open

  local function make(setup, opts)
    t = testing.new(function()
      local bot = tg.Bot()
      open = tg.conversations()
      bot:use(tg.sequentialize "chat")
      bot:use(tg.session { initial = function() return { n = 0 } end })
      bot:use(open)
      setup(bot)
      bot:on("message:text", function(ctx) ctx:reply("other " .. ctx.text) end)
      tg.run(bot, opts)
    end)
  end

  it("that a second fiber of an update begins get their answers, too", function()
    make(function(bot)
      bot:conversation("a", function(conv) tg.sleep(10) conv:wait_for ":photo" end)
      bot:conversation("b", function(conv)
        tg.sleep(100)
        conv:reply "b asks"
        conv:wait():reply "b got it"
      end)
      bot:command("a", function(ctx)
        tg.all { function() ctx:enter "a" end, function() ctx:enter "b" end }
      end)
    end)
    t:command "a"
    t:advance(50)
    t:text "x"
    t:advance(100)
    assert.same({ "b asks", "b got it" }, t:sent())
    t:text "y"
    assert.same({ "b asks", "b got it", "other y" }, t:sent())
  end)

  it("warn when they change a session whose update has ended", function()
    make(function(bot)
      bot:conversation("ask", function(conv, ctx)
        local session = ctx.session
        conv:wait_for "message:text"
        session.n = 1
      end)
      bot:command("ask", function(ctx) ctx:enter "ask" end)
    end)
    t:command "ask"
    assert.same({}, t.logs)
    t:text "x"
    assert.matches("ctx.session of key '1001' was changed after its update had", t.logs[1].text)
  end)

  it("warn as tasks do that change a session too late", function()
    make(function(bot)
      bot:on("message", function(ctx)
        local session = ctx.session
        session.n = session.n + 1
        local task = tg.spawn(function()
          tg.sleep(10)
          session.n = 5
        end)
        if ctx.text == "wait" then task:wait() end
      end)
    end)
    t:text "wait"
    t:advance(1000)
    assert.same({}, t.logs)
    t:text "go"
    t:advance(1000)
    assert.matches("was changed after its update had ended", t.logs[1].text)
  end)

  it("are asked for an answer that has no chat, of a private one", function()
    make(function(bot)
      bot:conversation("pay", function(conv)
        conv:wait_for "pre_checkout_query"
      end)
      bot:command("pay", function(ctx) ctx:enter "pay" end)
    end)
    t:command "pay"
    t:update { pre_checkout_query = {
      id = "1", from = t.user, currency = "XTR", total_amount = 1, invoice_payload = "x",
    } }
    assert.equal(0, open:size())
  end)

  it("tell whose they were when they have expired", function()
    local expired
    t = testing.new(function()
      local bot = tg.Bot()
      bot:use(tg.conversations { ttl_ms = 100, on_expire = function(conv)
        expired = { conv.chat_id, conv.user_id }
      end })
      bot:conversation("a", function(conv) conv:wait() end)
      bot:command("a", function(ctx) ctx:enter "a" end)
      tg.run(bot, { sink = { sequentialize = "chat" } })
    end)
    t:command "a"
    t:advance(200)
    assert.same({ t.user.id, t.user.id }, expired)
  end)

  describe("behind a timeout", function()
    it("have no update to hand on", function()
      local problem
      make(function(bot)
        bot:conversation("a", function(conv)
          conv:wait { timeout_ms = 10 }
          problem = select(2, pcall(conv.skip, conv))
        end)
        bot:command("a", function(ctx) ctx:enter "a" end)
      end)
      t:command "a"
      t:advance(20)
      assert.matches("conv:skip: the wait has timed out", problem)
    end)

    it("have a session, read and saved anew", function()
      local seen = {}
      make(function(bot)
        bot:conversation("a", function(conv, ctx)
          ctx.session.n = 1
          conv:wait_for(":photo", { timeout_ms = 100 })
          seen[#seen + 1] = conv.ctx.session.n
          conv.ctx.session.n = 10
          conv:wait_for(":photo", { timeout_ms = 100 })
          seen[#seen + 1] = conv.ctx.session.n
          conv.ctx.session = { n = 20 }
        end)
        bot:command("a", function(ctx) ctx:enter "a" end)
        bot:hears("up", function(ctx) ctx.session.n = ctx.session.n + 1 end)
        bot:hears("n", function(ctx) seen[#seen + 1] = ctx.session.n end)
      end)
      t:command "a"
      t:text "up"
      t:advance(110)
      t:text "up"
      t:advance(100)
      t:text "n"
      assert.same({ 2, 11, 20 }, seen)
    end)

    it("pass the lane of their update again", function()
      local seen = {}
      make(function(bot)
        bot:conversation("a", function(conv)
          conv:wait_for(":photo", { timeout_ms = 100 })
          local n = conv.ctx.session.n
          tg.sleep(50)
          conv.ctx.session.n = n + 1
        end)
        bot:command("a", function(ctx) ctx:enter "a" end)
        bot:hears("up", function(ctx)
          local n = ctx.session.n
          tg.sleep(50)
          ctx.session.n = n + 1
        end)
        bot:hears("n", function(ctx) seen[#seen + 1] = ctx.session.n end)
      end)
      t:command "a"
      t:advance(90)
      t:text "up"
      t:advance(20)
      t:text "up"
      t:text "n"
      t:advance(500)
      assert.same({ 3 }, seen)
    end)

    -- A bot whose conversation does something behind a timeout of 10 ms; its errors.
    local function behind(what, opts, catch)
      local caught = {}
      make(function(bot)
        bot:catch(catch or function(err) caught[#caught + 1] = tostring(err.error) end)
        bot:conversation("a", function(conv)
          conv:wait_for(":photo", { timeout_ms = 10 })
          what(conv)
        end)
        bot:command("a", function(ctx) ctx:enter "a" end)
        bot:command("cancel", function(ctx) ctx:reply "cancelled" end)
      end, opts)
      t:command "a"
      t:advance(20)
      return caught
    end

    it("are ended when they take longer than an update may", function()
      local closed = false
      local caught = behind(function()
        local _ <close> = setmetatable({}, { __close = function() closed = true end })
        tg.sleep(math.huge)
      end, { sink = { timeout = { milliseconds = 500 } } })
      t:command "cancel"
      assert.same({}, t:sent())
      t:advance(500)
      assert.same({ "cancelled" }, t:sent())
      assert.equal(1, #caught)
      assert.matches("the conversation 'a' of .* was ended: .*500 ms, sink.timeout", caught[1])
      assert.is_true(closed)
      assert.equal(0, open:size())
    end)

    it("end at once when they are ended from outside, and at a wait when they do so", function()
      local done = false
      behind(function(conv)
        open:exit(conv.key)
        tg.sleep(5)
        done = true
        conv:wait()
      end)
      t:advance(10)
      assert.is_true(done)
      assert.equal(0, open:size())
      local caught = behind(function() tg.sleep(math.huge) end)
      assert.equal(1, open:exit(("%d:%d"):format(t.user.id, t.user.id)))
      t:command "cancel"
      assert.same({ "cancelled" }, t:sent())
      assert.equal(0, open:size())
      assert.same({}, caught)
    end)

    it("lose no error when bot:catch fails, too", function()
      local ok, text = pcall(behind, function() error "the first" end, nil,
        function() error "the second" end)
      assert.is_false(ok)
      assert.matches("in bot:catch: .*the second", text)
      assert.matches("while it was told of: .*the first", text)
    end)
  end)
end)
