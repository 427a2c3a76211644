local fake_host = require "support.fake_host"
local raised = require "support.raised"
local session_bot = require "support.session_bot"

local count, counter = session_bot.count, session_bot.counter
local inline_query = session_bot.inline_query
local message, recorder = session_bot.message, session_bot.recorder

describe("session", function()
  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  local function bot_with(...) return session_bot.new(tg, host, ...) end

  it("is kept from one update of a chat to the next", function()
    local storage, _, values = recorder()
    local bot = bot_with(tg.session { initial = counter, storage = storage }, count)
    bot:handle_update(message "a")
    bot:handle_update(message "b")
    bot:handle_update(message("c", 8))
    assert.same({ ["7"] = { n = 2 }, ["8"] = { n = 1 } }, values)
  end)

  it("is in memory when no storage is given", function()
    local seen = {}
    local bot = bot_with(tg.session { initial = counter }, function(ctx)
      count(ctx)
      seen[#seen + 1] = ctx.session.n
    end)
    for _ = 1, 3 do bot:handle_update(message "a") end
    assert.same({ 1, 2, 3 }, seen)
  end)

  it("is nil without initial, and can be set", function()
    local storage, done, values = recorder()
    local first
    local bot = bot_with(tg.session { storage = storage }, function(ctx)
      first = ctx.session
      ctx.session = "text"
      assert.equal("text", ctx.session)
    end)
    bot:handle_update(message "a")
    assert.is_nil(first)
    assert.equal("text", values["7"])
    assert.same({ "read 7", "write 7" }, done)
  end)

  it("is read before the handlers run", function()
    local storage, done = recorder()
    local bot = bot_with(tg.session { storage = storage },
      function() done[#done + 1] = "handler" end)
    bot:handle_update(message "a")
    assert.same({ "read 7", "handler" }, done)
  end)

  it("is written only when it changed", function()
    local storage, done = recorder { ["7"] = { n = 1, list = { 1, 2 } } }
    local change
    local bot = bot_with(tg.session { storage = storage }, function(ctx)
      local session = ctx.session
      session.list[2] = 5
      if not change then session.list[2] = 2 end
    end)
    bot:handle_update(message "a")
    assert.same({ "read 7" }, done)
    change = true
    bot:handle_update(message "b")
    assert.same({ "read 7", "read 7", "write 7" }, done)
  end)

  it("is unchanged when only the order of its members is another", function()
    local storage = tg.storage.memory()
    storage.write("7", { a = 1, b = 2 })
    local texts, wrote = storage._texts, 0
    texts.read = function() return '{"b":2,"a":1}' end
    texts.write = function() wrote = wrote + 1 end
    local bot = bot_with(tg.session { storage = storage }, function(ctx) return ctx.session.a end)
    bot:handle_update(message "a")
    assert.equal(0, wrote)
  end)

  it("is stored when it is new and was looked at", function()
    local storage, done, values = recorder()
    local look = false
    local bot = bot_with(tg.session { initial = counter, storage = storage },
      function(ctx) return look and ctx.session end)
    bot:handle_update(message "a")
    assert.same({ "read 7" }, done)
    look = true
    bot:handle_update(message "b")
    assert.same({ n = 0 }, values["7"])
  end)

  it("does not share a table that initial gives again and again", function()
    local one = { n = 0 }
    local bot = bot_with(tg.session { initial = function() return one end }, count)
    bot:handle_update(message "a")
    bot:handle_update(message("b", 8))
    assert.same({ n = 0 }, one)
  end)

  it("is deleted by nil", function()
    local storage, done, values = recorder { ["7"] = { n = 1 } }
    local after
    local bot = bot_with(tg.session { initial = counter, storage = storage }, function(ctx)
      ctx.session = nil
      after = ctx.session
    end)
    bot:handle_update(message "a")
    assert.is_nil(after)
    assert.is_nil(values["7"])
    assert.same({ "read 7", "delete 7" }, done)
    -- What is not there is not deleted.
    bot = bot_with(tg.session { storage = storage }, function(ctx) return ctx.session end)
    bot:handle_update(message "a")
    assert.equal("read 7", done[3])
    assert.is_nil(done[4])
  end)

  it("is deleted by nil after it was looked at, and can be set again", function()
    local storage, _, values = recorder { ["7"] = { n = 1 } }
    local bot = bot_with(tg.session { storage = storage }, function(ctx)
      assert.equal(1, ctx.session.n)
      ctx.session = nil
      assert.is_nil(ctx.session)
      ctx.session = { n = 9 }
      assert.equal(9, ctx.session.n)
    end)
    bot:handle_update(message "a")
    assert.same({ n = 9 }, values["7"])
  end)

  it("is not saved when the handler failed", function()
    local storage, done, values = recorder { ["7"] = { n = 1 } }
    local bot = bot_with(tg.session { storage = storage }, function(ctx)
      ctx.session.n = 2
      error "no"
    end)
    local caught
    bot:catch(function(err) caught = err.ctx.session.n end)
    bot:handle_update(message "a")
    assert.same({ "read 7" }, done)
    assert.same({ n = 1 }, values["7"])
    assert.equal(2, caught)
  end)

  it("is not saved when the handler's coroutine is closed", function()
    local storage, done = recorder { ["7"] = { n = 1 } }
    local bot = bot_with(tg.session { storage = storage }, function(ctx)
      ctx.session.n = 2
      coroutine.yield()
    end)
    local co = coroutine.create(function() bot:handle_update(message "a") end)
    coroutine.resume(co)
    coroutine.close(co)
    assert.same({ "read 7" }, done)
  end)

  it("stays readable when its update is over, and refuses to be set", function()
    local kept
    local bot = bot_with(tg.session { initial = counter }, function(ctx)
      count(ctx)
      kept = ctx
    end)
    bot:handle_update(message "a")
    assert.equal(1, kept.session.n)
    assert.error_matches(function() kept.session = {} end,
      "ctx.session: its update has ended, and what is set now would not be saved")
  end)

  describe("whose fields are set when its update is over", function()
    local late, kept, bot

    local function warnings()
      local found = {}
      for _, line in ipairs(host.logged) do
        if line.text:find "after its update had ended" then found[#found + 1] = line.text end
      end
      return found
    end

    before_each(function()
      late = require "tgrunner.session_late"
      kept = {}
      bot = bot_with(tg.sequentialize "chat", tg.session {
        initial = function() return { n = 0, cart = {} } end,
      }, function(ctx)
        late.begin() -- as tg.spawn does
        ctx.session.n = ctx.session.n + 1
        kept[#kept + 1] = ctx.session
        kept.ctx = ctx
      end)
      bot:handle_update(message "a")
    end)

    it("warns at a later update, once, and says what to do", function()
      kept[1].cart[1] = "tea"
      bot:handle_update(message "b")
      kept[2].n = 7
      host.now = host.now + 5000
      bot:handle_update(message "c")
      assert.equal(1, #warnings())
      assert.matches("^spec/lua/session_spec.lua:%d+: ctx.session of key '%-?%d+' was changed "
        .. "after its update had ended: that is not saved; wait for tasks", warnings()[1])
    end)

    it("warns when the script looks at the session again", function()
      kept[1].n = 7
      assert.equal(7, kept.ctx.session.n)
      assert.equal(1, #warnings())
    end)

    it("says nothing when nothing is changed, or to the same again", function()
      kept[1].n = 1
      kept[1].other = 5
      kept[1].other = nil
      for _ = 1, 150 do
        host.now = host.now + 2000
        bot:handle_update(message "b")
      end
      assert.equal(1, kept[1].n)
      assert.same({}, warnings())
    end)
  end)

  it("refuses to be set behind an update that did not look at it, or that failed", function()
    local kept
    local bot = bot_with(tg.session { initial = counter }, function(ctx)
      kept = ctx
      if ctx.text == "fail" then
        count(ctx)
        error "oops"
      end
    end)
    for _, text in ipairs { "quiet", "fail" } do
      bot:handle_update(message(text))
      assert.error_matches(function() kept.session = {} end, "ctx.session: its update has ended")
      assert.equal(text == "fail" and 1 or 0, kept.session.n)
      assert.error_matches(function() kept.session = nil end, "ctx.session: its update has ended")
    end
  end)

  it("is made once, however many coroutines look while initial waits", function()
    local made = 0
    local seen = {}
    local bot = bot_with(tg.lazy_session { initial = function()
      made = made + 1
      coroutine.yield()
      return { n = made }
    end }, function(ctx)
      local first = coroutine.create(function() seen[1] = ctx.session end)
      local second = coroutine.create(function() seen[2] = ctx.session end)
      for _ = 1, 3 do
        coroutine.resume(first)
        coroutine.resume(second)
      end
    end)
    bot:handle_update(message "a")
    assert.equal(1, made)
    assert.is_table(seen[1])
    assert.equal(seen[1], seen[2])
  end)

  describe("key", function()
    it("can be any string or integer", function()
      local storage, _, values = recorder()
      local keys = { "a:b", 5 }
      local bot = bot_with(tg.session { initial = counter, storage = storage,
        get_session_key = function() return table.remove(keys, 1) end, prefix = "p:" }, count)
      bot:handle_update(message "a")
      bot:handle_update(message "a")
      assert.same({ ["p:a:b"] = { n = 1 }, ["p:5"] = { n = 1 } }, values)
    end)

    it("nil means no session, and touching it is an error that says so", function()
      local storage, done = recorder()
      local problem
      local bot = bot_with(tg.session { storage = storage }, function(ctx)
        problem = select(2, pcall(function() return ctx.session.n end))
      end)
      bot:handle_update(inline_query())
      assert.matches(
        "session_spec.lua:%d+: ctx.session: this update has no session: it has no chat", problem)
      bot = bot_with(tg.session { storage = storage, get_session_key = function() end },
        function(ctx) ctx.session = 1 end)
      bot:handle_update(message "a")
      assert.matches("no session: get_session_key gave nil", host.logged[#host.logged].text)
      assert.same({}, done)
    end)

    it("nil lets handlers that do not look run", function()
      local ran
      local bot = bot_with(tg.session(), function() ran = true end)
      bot:handle_update(inline_query())
      assert.is_true(ran)
      assert.same({}, host.logged)
    end)

    it("of another type is an error", function()
      local bot = bot_with(tg.session { get_session_key = function() return {} end })
      bot:handle_update(message "a")
      assert.matches("get_session_key must give a string, an integer or nil %(got a table%)",
        host.logged[#host.logged].text)
    end)
  end)

  describe("values", function()
    local function failing(value)
      local storage, done = recorder()
      local bot = bot_with(tg.session { storage = storage }, function(ctx) ctx.session = value end)
      bot:handle_update(message "a")
      assert.same({ "read 7" }, done)
      return host.logged[#host.logged].text:match "^[^\n]+"
    end

    it("that are not JSON are errors that name the path", function()
      assert.equal("session.cart[3].fn: a function cannot be stored",
        failing { cart = { 1, 2, { fn = print } } })
      assert.equal("session: a function cannot be stored", failing(print))
      assert.equal("session[1]: a function cannot be stored", failing { print })
    end)

    it("with numbers as keys say what to do, and the session itself is no field", function()
      host.try_encode = function() return nil, "votes: cannot encode a sequence with holes" end
      assert.equal("session.votes: a sequence with holes cannot be stored; for numbers that are no "
        .. "sequence, such as ids, use tostring(id) as the key", failing { votes = { [1001] = 1 } })
      host.try_encode = function() return nil, "value: cannot encode nan" end
      assert.equal("session: nan cannot be stored", failing(0 / 0))
      assert.equal("session.value: nan cannot be stored", failing { value = 0 / 0 })
    end)

    it("that are too long are told with limit and key", function()
      host.try_encode = function() return nil, "a.b: limit exceeded" end
      assert.equal("session (key '7'): its JSON text is longer than 64 MiB, the most that can be "
        .. "stored", failing { a = { b = "…" } })
    end)

    it("of a storage that gave no JSON are errors too", function()
      local bot = bot_with(tg.session { storage = recorder { ["7"] = { f = print } } })
      bot:handle_update(message "a")
      assert.matches("^what the storage has read: session.f: a function cannot be stored",
        host.logged[#host.logged].text)
    end)
  end)

  it("reports errors of its storage", function()
    local bot = bot_with(tg.session { storage = {
      read = function() error("the disk is gone", 0) end,
      write = function() end,
      delete = function() end,
    } })
    bot:handle_update(message "a")
    assert.matches("^the disk is gone", host.logged[#host.logged].text)
  end)

  it("is refused twice for one update", function()
    local bot = bot_with(tg.session(), tg.session())
    bot:handle_update(message "a")
    assert.matches("^spec/lua/session_spec.lua:%d+: tg.session: this update has a session already",
      host.logged[#host.logged].text)
  end)

  it("is to be called to be a middleware", function()
    for name, made in pairs { session = tg.session, lazy_session = tg.lazy_session,
      conversations = tg.conversations } do
      assert.matches("use: tg." .. name .. " makes a handler, and is called for that",
        raised(function() bot_with(made) end))
      local bot = bot_with(function(ctx, next) made(ctx, next) end)
      bot:handle_update(message "a")
      assert.matches("and is called for that: bot:use%(tg." .. name .. "%(%)%)",
        host.logged[#host.logged].text)
    end
  end)

  it("can be used in two branches of a bot", function()
    local seen = {}
    local bot = bot_with(function(ctx, next)
      seen[#seen + 1] = tostring(ctx.session)
      next()
    end)
    bot:filter(function(ctx) return ctx.text == "a" end, tg.session { initial = counter }, count)
    bot:use(tg.session { initial = function() return "other" end },
      function(ctx) seen[#seen + 1] = ctx.session end)
    bot:handle_update(message "a")
    bot:handle_update(message "b")
    assert.same({ "nil", "nil", "other" }, seen)
  end)

  it("works with a context that is a plain table", function()
    local middleware, ctx = tg.session { initial = counter }, { chat_id = 1, field = 5 }
    middleware(ctx, function() count(ctx) end)
    assert.equal(1, ctx.session.n)
    ctx.other = 6
    assert.equal(11, ctx.field + ctx.other)
    assert.is_nil(ctx.nothing)
  end)

  it("checks its options", function()
    assert.error_matches(function() tg.session { inital = counter } end,
      "unknown option 'inital' in tg.session options; did you mean 'initial'")
    assert.error_matches(function() tg.session { storage = {} } end,
      "tg.session options.storage must be a storage, a table with read, write and delete; "
        .. "read is missing")
    assert.error_matches(function()
      tg.session { storage = { read = function(self) return self end } }
    end, "must be a storage of functions without self: read%(key")
    assert.error_matches(function() tg.session { type = "many" } end,
      'type must be "single" or "multi" %(got many%)')
    assert.error_matches(function() tg.session { type = "multi" } end, "needs at least one session")
    assert.error_matches(function() tg.session { type = "multi", initial = counter } end,
      'the sessions of type "multi" are tables by name %(got a function for initial%)')
    assert.error_matches(function() tg.session { type = "multi", user = { key = 1 } } end,
      "unknown option 'key' in tg.session options.user")
  end)
end)
