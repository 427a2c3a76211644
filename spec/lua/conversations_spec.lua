local fake_host = require "support.fake_host"

describe("conversations", function()
  local tg, host, bot, open, id, seen

  before_each(function()
    tg, host = fake_host.load()
    id, seen = 0, {}
  end)

  local function note(...) seen[#seen + 1] = table.concat({ ... }, " ") end

  -- A bot whose conversation "talk" notes each text it gets; what it does not take is noted, too.
  local function make(opts, body, register)
    bot = tg.Bot()
    bot.me = host.answers.getMe
    open = tg.conversations(opts)
    if register then register(bot) end
    bot:use(open)
    bot:command("start", function(ctx) ctx:enter "talk" end)
    bot:conversation("talk", body or function(conv)
      while true do note("talk", conv.key, conv:wait_for("message:text").text) end
    end)
    bot:use(function(ctx) note("other", ctx.text or ctx.kind) end)
    bot:catch(function(err) error(err.error, 0) end)
  end

  local function update(fields)
    id = id + 1
    fields.update_id = id
    bot:handle_update(fields)
  end

  local function say(text, chat, user)
    local entities
    if text:sub(1, 1) == "/" then
      entities = { { type = "bot_command", offset = 0, length = #text:match "^%S+" } }
    end
    update { message = { message_id = 1, date = 1, text = text, entities = entities,
      chat = { id = chat or 7, type = "private" }, from = { id = user or 7 } } }
  end

  local function raises(pattern, fn, ...)
    local ok, err = pcall(fn, ...)
    assert.falsy(ok)
    assert.truthy(tostring(err):find(pattern), tostring(err))
  end

  it("are of a user in a chat, a chat, a user, or what a function says", function()
    local function keys(key)
      make({ key = key })
      seen = {}
      say("/start", 1, 2)
      say("a", 1, 2)
      say("b", 1, 3)
      say("c", 4, 2)
      return table.concat(seen, ", ")
    end
    assert.equal("talk 1:2 a, other b, other c", keys())
    assert.equal("talk 1:2 a, other b, other c", keys "member")
    assert.equal("talk 1 a, talk 1 b, other c", keys "chat")
    assert.equal("talk 2 a, other b, talk 2 c", keys "user")
    assert.equal("talk all a, talk all b, talk all c", keys(function() return "all" end))
    assert.equal("other a, other b, other c",
      keys(function(ctx) return ctx.text == "/start" and "x" or nil end))
  end)

  it("need a key that is one", function()
    make { key = function() return true end }
    raises("key must give a string, an integer or nil %(got a boolean%)", say, "/start")
    make { key = function() end }
    raises("this update %(message%) has no key", say, "/start")
    raises('key must be "member", "chat", "user" or a function',
      tg.conversations, { key = "chats" })
  end)

  it("cost an update nothing where none is open: it is not decoded", function()
    make()
    bot = tg.Bot()
    bot:use(tg.conversations { key = function() error "asked" end })
    bot:use(function(ctx) note(ctx.kind) end)
    say "x"
    assert.same({ "message" }, seen)
  end)

  it("are counted, found and ended by key and name", function()
    make()
    for chat = 1, 3 do say("/start", chat) end
    assert.equal(3, open:size())
    assert.same({ talk = 1 }, open:active "2:7")
    assert.same({}, open:active "9:9")
    assert.equal(1, open:exit("2:7", "talk"))
    assert.equal(0, open:exit("2:7"))
    assert.equal(2, open:size())
    raises("no conversation 'tlak'; did you mean 'talk'", open.exit, open, "1:7", "tlak")
    raises("exit takes the key of a conversation, a string or an integer %(got a nil%)",
      open.exit, open)
    raises("active takes the key", open.active, open, {})
    say("x", 2)
    assert.same({ "other x" }, seen)
  end)

  it("are found by an id that is a text", function()
    make { key = "chat" }
    say("/start", 1)
    assert.equal(1, open:exit "1")
  end)

  it("warn once in a worker that does not get all updates of a key", function()
    local function warning(by, key)
      host.logged = {}
      host.worker = function() return { number = 1, settings = { pool = { by = by } } } end
      make({ key = key })
      say("/start", 1, 1)
      say("/start", 2, 2)
      assert.truthy(#host.logged <= 1)
      return host.logged[1] and host.logged[1].text:match "give tg.distribute (.*)"
    end
    assert.equal('by = "chat"', warning("update"))
    assert.equal('by = "user"', warning("update", "user"))
    assert.equal('by = "user"', warning("chat", "user"))
    assert.equal('by = "chat"', warning("user", "chat"))
    for _, by in ipairs { "chat", "user", "worker", "function" } do assert.is_nil(warning(by)) end
  end)

  it("make room by ending the one that has waited longest", function()
    local evicted = {}
    make { max = 2, on_evict = function(conv) evicted[#evicted + 1] = conv.name .. conv.key end }
    say("/start", 1)
    say("/start", 2)
    say("x", 1)
    say("/start", 3)
    say("/start", 4)
    assert.same({ "talk2:7", "talk1:7" }, evicted)
    assert.equal(2, open:size())
    local warnings = 0
    for _, line in ipairs(host.logged) do
      if line.text:find "the limit" then warnings = warnings + 1 end
    end
    assert.equal(1, warnings)
  end)

  it("expire when they have waited too long, by one timer for all", function()
    local expired = {}
    make { ttl_ms = 100, on_expire = function(conv) expired[#expired + 1] = conv.key end }
    say("/start", 1)
    host.sleep(50)
    say("/start", 2)
    assert.equal(1, #host.timers)
    host.sleep(25)
    say("x", 1)
    host.sleep(25)
    host.timers[1]:fire() -- 1 was answered meanwhile, 2 began later
    assert.same({}, expired)
    assert.equal(50, host.timers[2].ms)
    host.sleep(50)
    host.timers[2]:fire()
    assert.same({ "2:7" }, expired)
    host.sleep(100)
    host.timers[3]:fire()
    assert.same({ "2:7", "1:7" }, expired)
    assert.equal(3, #host.timers)
    assert.equal(0, open:size())
  end)

  it("may live for ever", function()
    make { ttl_ms = math.huge }
    say "/start"
    assert.equal(0, #host.timers)
  end)

  it("are closed with the script, and with a worker that dies by a warning", function()
    local function closes(died)
      local closed = 0
      make(nil, function(conv)
        local _ <close> = setmetatable({}, { __close = function() closed = closed + 1 end })
        conv:wait()
      end)
      say("/start", 1)
      say("/start", 2)
      host.closers[#host.closers](died)
      assert.equal(2, closed)
      assert.equal(0, open:size())
      local last = host.logged[#host.logged]
      return last.level .. " " .. last.text
    end
    assert.equal("debug 2 open conversations ended with the script", closes(false))
    assert.equal("warn 2 open conversations ended with the worker that died", closes(true))
  end)

  it("of a composer are the bot's", function()
    local part = tg.Composer()
    part:conversation("inner", function(conv) note("inner", conv:wait().text) end)
    part:command("inner", function(ctx) ctx:enter "inner" end)
    make(nil, nil, function(it) it:on "message":use(part) end)
    say "/inner"
    say "x"
    assert.same({ "inner x" }, seen)
  end)

  it("leave commands of handlers within other composers alone", function()
    make(nil, function(conv) note(conv:wait().text) end, function(it)
      local part = it:on("message"):filter(function() return true end)
      part:command("deep", function() note "deep" end)
    end)
    say "/start"
    say "/deep 1"
    say "/flat"
    assert.same({ "deep", "/flat" }, seen)
  end)

  it("listen to no kinds of update of their own", function()
    make()
    bot = tg.Bot()
    bot:conversation("talk", print)
    local kinds, any = bot:_kinds()
    assert.same({}, kinds)
    assert.falsy(any)
  end)

  it("are kept for one bot", function()
    make()
    say "/start"
    local other = tg.Bot()
    other:use(open)
    raises("one tg.conversations serves one bot", other.handle_update, other, {})
  end)

  it("tell a mistake each time a bot is composed, and no other mistake", function()
    make()
    bot:conversation("talk", print)
    raises("the conversation 'talk' is registered twice", say, "/start")
    raises("the conversation 'talk' is registered twice", say, "/start")
    make()
    bot:use { bot }
    raises("is used by itself", say, "/start")
  end)

  it("refuse what is no conversation", function()
    make()
    raises("the name must be a string %(got a nil%)", bot.conversation, bot)
    raises("the name must be a string %(got an empty one%)", bot.conversation, bot, "")
    raises("conversation 'x': takes a function", bot.conversation, bot, "x", {})
    raises("did you mean 'parallel'", bot.conversation, bot, "x", print, { paralel = true })
  end)
end)
