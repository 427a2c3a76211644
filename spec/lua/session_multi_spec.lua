local fake_host = require "support.fake_host"
local session_bot = require "support.session_bot"

local counter, inline_query = session_bot.counter, session_bot.inline_query
local message, recorder = session_bot.message, session_bot.recorder

describe("multi session", function()
  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  local function bot_with(...) return session_bot.new(tg, host, ...) end

  local function by_user(ctx) return ctx.user_id end

  it("keeps several, each with its own key, storage, prefix and initial", function()
    local storage, _, values = recorder()
    local chats, _, chat_values = recorder()
    local bot = bot_with(tg.session {
      type = "multi",
      user = { initial = counter, get_session_key = by_user, storage = storage, prefix = "u" },
      chat = { initial = counter, storage = chats },
    }, function(ctx)
      ctx.session.user.n = ctx.session.user.n + 1
      ctx.session.chat.n = ctx.session.chat.n + 10
    end)
    bot:handle_update(message("a", -5, 1))
    bot:handle_update(message("a", -5, 2))
    assert.same({ u1 = { n = 1 }, u2 = { n = 1 } }, values)
    assert.same({ ["-5"] = { n = 20 } }, chat_values)
  end)

  it("deletes parts, and is no value itself", function()
    local storage, _, values = recorder { ["7"] = 1 }
    local bot = bot_with(tg.session { type = "multi", chat = { storage = storage } },
      function(ctx)
        if ctx.text == "a" then ctx.session.chat = nil else ctx.session = {} end
      end)
    bot:handle_update(message "a")
    assert.same({}, values)
    bot:handle_update(message "b")
    assert.matches("ctx.session has parts: assign those, such as ctx.session.chat",
      host.logged[#host.logged].text)
  end)

  it("knows its parts", function()
    local found, problem = {}, nil
    local bot = bot_with(tg.session {
      type = "multi",
      user = { initial = function() return "u" end, get_session_key = by_user },
      chat = { initial = function() return "c" end },
    }, function(ctx)
      for name, value in pairs(ctx.session) do found[name] = value end
      problem = select(2, pcall(function() return ctx.session.usr end))
    end)
    bot:handle_update(message "a")
    assert.same({ user = "u", chat = "c" }, found)
    assert.matches("session_multi_spec.lua:%d+: ctx.session has no part 'usr'; "
      .. "did you mean 'user'%?", problem)
  end)

  it("is saved as a whole or not at all", function()
    local storage, done = recorder()
    local bot = bot_with(tg.session {
      type = "multi",
      chat = { storage = storage, prefix = "c" },
      user = { get_session_key = by_user, storage = storage, prefix = "u" },
    }, function(ctx)
      ctx.session.chat = 1
      ctx.session.user = print
    end)
    bot:handle_update(message "a")
    assert.same({ "read c7", "read u7" }, done)
    assert.matches("^session.user: a function", host.logged[#host.logged].text)
  end)

  it("shows parts that have a key, and nothing else", function()
    local pairs_seen, next_seen = {}, {}
    local bot = bot_with(tg.session {
      type = "multi",
      user = { initial = counter, get_session_key = by_user },
      chat = {},
    }, function(ctx)
      for name in pairs(ctx.session) do pairs_seen[#pairs_seen + 1] = name end
      for name in next, ctx.session do next_seen[#next_seen + 1] = name end
    end)
    bot:handle_update(inline_query())
    assert.same({}, host.logged)
    assert.same({ "user" }, pairs_seen)
    assert.same({ "user" }, next_seen)
  end)

  it("has parts without a key, and with one", function()
    local n, problem
    local bot = bot_with(tg.session {
      type = "multi",
      user = { initial = counter, get_session_key = by_user },
      chat = {},
    }, function(ctx)
      n = ctx.session.user.n
      problem = select(2, pcall(function() return ctx.session.chat end))
    end)
    bot:handle_update(inline_query())
    assert.equal(0, n)
    assert.matches("ctx.session.chat: this update has no session: it has no chat", problem)
  end)

  it("refuses two parts with one key in one storage", function()
    local storage = tg.storage.memory()
    local bot = bot_with(tg.session {
      type = "multi",
      user = { get_session_key = by_user, storage = storage },
      chat = { storage = storage },
    })
    bot:handle_update(message("a", 7, 8))
    assert.same({}, host.logged)
    bot:handle_update(message("a", 7, 7))
    assert.matches("session.chat and session.user have the same key '7' in the same storage",
      host.logged[#host.logged].text)
  end)

  it("refuses two parts with one key in two storages of one place", function()
    for _, storages in ipairs {
      { tg.storage.file "dir", tg.storage.file "./dir//" },
      { tg.storage.sqlite "a/it.db", tg.storage.sqlite "a/./it.db" },
    } do
      local bot = bot_with(tg.session {
        type = "multi",
        user = { get_session_key = by_user, storage = storages[1] },
        chat = { storage = storages[2] },
      })
      bot:handle_update(message "a")
      assert.matches("have the same key '7' in the same storage", host.logged[#host.logged].text)
    end
    local bot = bot_with(tg.session {
      type = "multi",
      user = { get_session_key = by_user, storage = tg.storage.sqlite ":memory:" },
      chat = { storage = tg.storage.sqlite ":memory:" },
    })
    local before = #host.logged
    bot:handle_update(message "a")
    assert.equal(before, #host.logged)
  end)

  it("can be lazy", function()
    local storage, done = recorder()
    local bot = bot_with(tg.lazy_session {
      type = "multi",
      user = { get_session_key = by_user, storage = storage },
      chat = { storage = storage, prefix = "c" },
    }, function(ctx) ctx.session.chat = { ctx.session.chat or 1 } end)
    bot:handle_update(message "a")
    assert.same({ "read c7", "write c7" }, done)
  end)
end)
