local fake_host = require "support.fake_host"

describe("the warning of a session", function()
  local tg, host

  before_each(function()
    tg, host = fake_host.load()
    host.gate = function()
      return {
        enter = function() return nil end,
        constraint = function(_, fn, ctx) return fn(ctx) end,
      }
    end
  end)

  local id = 0
  local function message(chat, from)
    id = id + 1
    return { update_id = id, message = {
      message_id = id, date = 1, text = "a",
      chat = { id = chat or 7, type = "private" }, from = { id = from or 7, first_name = "Ann" },
    } }
  end

  local concurrent = { one_by_one = false }

  -- How many warnings there are after these updates.
  local function warnings(order, updates, ...)
    local bot = tg.Bot()
    bot.me = host.answers.getMe
    bot._order = order
    bot:use(...)
    for _, update in ipairs(updates) do bot:handle_update(update) end
    local count = 0
    for _, line in ipairs(host.logged) do
      assert.equal("warn", line.level, line.text)
      count = count + 1
    end
    return count
  end

  local two = { message(), message() }

  it("comes once, and says where and what to do", function()
    assert.equal(1, warnings(concurrent, two, tg.session()))
    assert.matches("session_order_spec.lua:%d+: tg.session without tg.sequentialize on the same key"
      .. ".*bot:use%(tg.sequentialize%(\"chat\"%)%) before it", host.logged[1].text)
  end)

  it("names the key function", function()
    local key = function(ctx) return "c" .. ctx.chat_id end
    assert.equal(1, warnings(concurrent, two, tg.session { get_session_key = key }))
    assert.matches("sequentialize%(get_session_key%)", host.logged[1].text)
  end)

  it("does not come with one update after another", function()
    assert.equal(0, warnings({ one_by_one = true }, two, tg.session()))
  end)

  it("does not come with sequentialize on the same key", function()
    local key = function(ctx) return "c" .. ctx.chat_id end
    local text = function(ctx) return tostring(ctx.chat.id) end
    assert.equal(0, warnings(concurrent, two, tg.sequentialize "chat", tg.session()))
    assert.equal(0, warnings(concurrent, two, tg.sequentialize { "chat", "user" }, tg.session()))
    assert.equal(0, warnings(concurrent, two, tg.sequentialize(key),
      tg.session { get_session_key = key }))
    assert.equal(0, warnings(concurrent, two, tg.sequentialize "chat",
      tg.session { get_session_key = text }))
    assert.equal(0, warnings(concurrent, two, tg.sequentialize(text), tg.session()))
    assert.equal(0, warnings(concurrent, two,
      tg.sequentialize(function(ctx) return { "x", ctx.chat_id } end), tg.session()))
  end)

  it("does not come with sequentialize in the sink", function()
    assert.equal(0, warnings({ constraint = "chat" }, two, tg.session()))
    assert.equal(0, warnings({ constraint = function(ctx) return ctx.chat_id end }, two,
      tg.session()))
    assert.equal(1, warnings({ constraint = "user" }, { message(-5, 1) }, tg.session()))
  end)

  it("comes with sequentialize behind the session", function()
    assert.equal(1, warnings(concurrent, two, tg.session(), tg.sequentialize "chat"))
  end)

  it("comes with sequentialize on another key", function()
    assert.equal(1, warnings(concurrent, { message(-5, 1) }, tg.sequentialize "user", tg.session()))
  end)

  it("does not come with a key of sequentialize that spans the session's", function()
    local both = function(ctx) return ctx.chat_id .. ":" .. ctx.user_id end
    local updates = { message(-5, 1), message(-5, 2), message(-5, 1), message(-6, 1) }
    assert.equal(0, warnings(concurrent, updates, tg.sequentialize "chat",
      tg.session { get_session_key = both }))
    assert.equal(0, warnings(concurrent, updates,
      tg.sequentialize(function() return "all" end), tg.session()))
  end)

  it("comes when two updates of a session share no key of sequentialize", function()
    local both = function(ctx) return ctx.chat_id .. ":" .. ctx.user_id end
    local updates = { message(-5, 1), message(-6, 1), message(-5, 2) }
    assert.equal(1, warnings(concurrent, updates, tg.sequentialize(both), tg.session()))
  end)

  it("looks at each part of a multi session", function()
    local user = function(ctx) return ctx.user_id end
    local made = tg.session { type = "multi", chat = {}, user = { get_session_key = user } }
    local updates = { message(-5, 1), message(-6, 1) }
    assert.equal(0, warnings(concurrent, updates, tg.sequentialize { "chat", "user" }, made))
    assert.equal(1, warnings(concurrent, updates, tg.sequentialize "chat", made))
  end)

  it("does not ask a sink's constraint for ever", function()
    local asked = 0
    local order = { constraint = function(ctx)
      asked = asked + 1
      return ctx.chat_id
    end }
    local updates = {}
    for i = 1, 1100 do updates[i] = message() end
    assert.equal(0, warnings(order, updates, tg.session()))
    assert.equal(1000, asked)
  end)

  describe("in a worker", function()
    local function in_pool(by, is_ordered)
      host.worker = function()
        return { number = 1, settings = { pool = { by = by, is_ordered = is_ordered } } }
      end
    end

    local function kept() return tg.session { storage = tg.storage.sqlite "it.db" } end

    it("comes when others get updates of the session, too, whatever it does itself", function()
      in_pool("update", false)
      assert.equal(1, warnings(nil, two, tg.sequentialize "chat", kept()))
      assert.matches("workers that each get.*before tg.distribute in the main script, or give "
        .. 'tg.distribute by = "chat"', host.logged[1].text)
    end)

    it("does not come when the main script keeps them apart, or one worker gets them", function()
      in_pool("update", true)
      assert.equal(0, warnings(nil, two, kept()))
      for _, by in ipairs { "chat", "worker", "function", "user" } do
        in_pool(by, false)
        assert.equal(0, warnings(nil, two, tg.sequentialize "chat", kept()))
      end
    end)

    it("comes with workers by user, when a chat has several", function()
      in_pool("user", false)
      assert.equal(1, warnings(nil, { message(-5, 1) }, tg.sequentialize "chat", kept()))
    end)

    it("comes for a session in memory, also when updates are kept apart", function()
      in_pool("update", true)
      assert.equal(1, warnings(nil, two, tg.session()))
      assert.matches("in memory, in workers.*tg.storage.sqlite", host.logged[1].text)
      in_pool("chat", false)
      assert.equal(1, warnings(nil, two, tg.session()))
    end)
  end)

  describe("where nobody can tell whether updates overlap", function()
    -- Two updates of a chat, the second one within the first.
    local function overlap(...)
      local bot, depth = tg.Bot(), 0
      bot.me = host.answers.getMe
      bot:use(...)
      bot:use(function()
        depth = depth + 1
        if depth == 1 then bot:handle_update(message()) end
      end)
      bot:handle_update(message())
      return #host.logged
    end

    it("does not come while they do not", function()
      assert.equal(0, warnings(nil, two, tg.session()))
    end)

    it("comes when they do", function()
      assert.equal(1, overlap(tg.session()))
    end)
  end)
end)
