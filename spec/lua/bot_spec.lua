local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("a bot", function()
  local tg, host, runs

  before_each(function()
    runs = {}
    tg, host = fake_host.load {
      run = {
        start = function(bot, opts)
          local runner = { starts = 1, stops = {} }
          function runner:start()
            self.starts = self.starts + 1
            return self
          end
          function runner:is_running() return #self.stops == 0 end
          function runner:stop(options)
            self.stops[#self.stops + 1] = options or false
            return { done = 3 }
          end
          runs[#runs + 1] = { bot = bot, opts = opts, runner = runner }
          return runner
        end,
      },
    }
  end)

  local token = "7:BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB"

  local function text_update(text, id)
    return { update_id = id or 1, message = { message_id = 1, chat = { id = 7 }, text = text } }
  end

  describe("'s token", function()
    it("is the given one, or else the one the host found", function()
      tg.Bot(token)
      assert.equal(token, host.clients[1].token)
      tg.Bot()
      assert.equal(host.config.token, host.clients[2].token)
    end)

    it("when there is none says where one can come from", function()
      host.config.token = nil
      local err = raised(function() tg.Bot() end)
      assert.matches("^spec/lua/bot_spec%.lua:%d+: no bot token%. Set BOT_TOKEN, use "
        .. "%-%-token%-file, or put BOT_TOKEN=%.%.%. in %.env %(token comes from @BotFather%)", err)
      assert.matches("^no bot token", host.auth_note)
    end)

    it("of the wrong shape is refused at the script's line", function()
      local err = raised(function() tg.Bot "xyz" end)
      assert.matches("^spec/lua/bot_spec%.lua:%d+: bot token has the wrong shape", err)
      assert.error_matches(function() tg.Bot(5) end, "the token must be a string %(got a number%)")
    end)
  end)

  describe("'s config", function()
    local function refused(config, text)
      local err = raised(function() tg.Bot(token, config) end)
      assert.matches("^spec/lua/bot_spec%.lua:%d+: " .. text, err)
    end

    it("names a proxy that curl could use", function()
      refused({ client = { proxy = "foo://x" } },
        "Bot config%.client%.proxy must be an http, https, "
        .. "socks4, socks4a, socks5 or socks5h URL$")
      refused({ client = { proxy = "a b" } }, "Bot config%.client%.proxy must be a URL")
      refused({ client = { proxy = "http://u:a secret@h" } },
        "Bot config%.client%.proxy must be a URL, or \"\" for none$")
      refused({ client = { proxy = 5 } }, "Bot config%.client%.proxy must be a URL.* %(got 5%)$")
      for _, proxy in ipairs { "", "localhost:80", "http://h", "SOCKS5H://u:p@h:1", "[::1]:80" } do
        tg.Bot(token, { client = { proxy = proxy } })
      end
    end)

    it("says who the bot is by id", function()
      refused({ me = {} }, "Bot config%.me must be the bot's own User")
      refused({ me = { id = "7" } }, "Bot config%.me must be the bot's own User")
      refused({ me = { id = 7, username = 5 } }, "Bot config%.me must be the bot's own User")
    end)

    it("reaches the client", function()
      tg.Bot(token, {
        api_root = "http://localhost:8081",
        client = { timeout_s = 30, proxy = "socks5://localhost", environment = "test" },
      })
      local client = host.clients[1]
      assert.equal("http://localhost:8081", client.api_root)
      assert.equal(30, client.timeout_s)
      assert.equal("socks5://localhost", client.proxy)
      assert.equal("test", client.environment)
      assert.equal(require "tgrunner.object_fields", client.object_fields)
    end)

    it("falls back on what the host found", function()
      host.config.api_root = "http://sim"
      tg.Bot(token)
      assert.equal("http://sim", host.clients[1].api_root)
      assert.is_nil(host.clients[1].environment)
    end)

    it("is checked", function()
      assert.error_matches(function() tg.Bot(token, { api_rot = "x" }) end,
        "unknown option 'api_rot' in Bot config; did you mean 'api_root'?")
      assert.error_matches(function() tg.Bot(token, { client = { environment = "x" } }) end,
        'Bot config.client.environment must be "prod" or "test"')
    end)
  end)

  describe("asks who it is", function()
    it("once", function()
      local bot = tg.Bot()
      assert.is_false(bot:is_inited())
      assert.equal("TheBot", bot:init().username)
      assert.equal("TheBot", bot.me.username)
      bot:init()
      assert.is_true(bot:is_inited())
      assert.equal(1, #host.calls)
    end)

    it("not when it was told", function()
      local bot = tg.Bot(token, { me = { id = 7, username = "Told" } })
      assert.equal("Told", bot:init().username)
      assert.equal(0, #host.calls)
    end)

    it("once for several that ask at the same time", function()
      local bot = tg.Bot()
      local first, results
      host.answers.getMe = function()
        coroutine.yield()
        return true, { id = 42, username = "Late" }
      end
      results = {}
      first = coroutine.create(function() results[1] = bot:init() end)
      local second = coroutine.create(function() results[2] = bot:init() end)
      coroutine.resume(first)
      coroutine.resume(second)
      coroutine.resume(second)
      coroutine.resume(first)
      coroutine.resume(second)
      assert.equal("Late", results[1].username)
      assert.equal(results[1], results[2])
      assert.equal(1, #host.calls)
    end)

    it("again when asking failed", function()
      local bot = tg.Bot(nil, { auto_retry = false })
      host.answers.getMe = function(_, number)
        if number > 1 then return true, { id = 42 } end
        return false, { kind = "api", error_code = 500, description = "x", sent = true }
      end
      assert.equal(500, raised(bot.init, bot).error_code)
      assert.equal(42, bot:init().id)
    end)
  end)

  describe("handles an update", function()
    it("given as a table, as text, or raw", function()
      local bot, texts = tg.Bot(), {}
      bot:on("message:text", function(ctx) texts[#texts + 1] = ctx.text end)
      bot:handle_update(text_update "a")
      bot:handle_update '{"update_id":2,"message":{"message_id":1,"text":"b"}}'
      bot:handle_update(host.raw(text_update "c"))
      assert.same({ "a", "b", "c" }, texts)
    end)

    it("and waits for its handlers", function()
      local bot, done = tg.Bot(), false
      bot:use(function()
        coroutine.yield()
        done = true
      end)
      local co = coroutine.create(function() bot:handle_update(text_update "a") end)
      assert(coroutine.resume(co))
      assert.is_false(done)
      assert(coroutine.resume(co))
      assert.is_true(done)
    end)

    it("only with the handlers of before the first one", function()
      local bot = tg.Bot()
      bot:handle_update(text_update "a")
      assert.error_matches(function() bot:on("message", print) end, "cannot be added once")
    end)
  end)

  describe("whose handler fails", function()
    it("logs the error, where it was, and goes on", function()
      local bot, count = tg.Bot(), 0
      bot:on("message:text", function(ctx)
        count = count + 1
        if ctx.text == "bad" then error "boom" end
      end)
      bot:handle_update(text_update("bad", 12))
      bot:handle_update(text_update "good")
      assert.equal(2, count)
      assert.equal(1, #host.logged)
      assert.equal("error", host.logged[1].level)
      assert.matches("^spec/lua/bot_spec%.lua:%d+: boom\n  in message, update 12, chat 7\n"
        .. "stack traceback:\n", host.logged[1].text)
    end)

    it("tells bot:catch instead", function()
      local bot, caught = tg.Bot(), nil
      bot:catch(function(err) caught = err end)
      local problem = { code = 1 }
      bot:use(function() error(problem) end)
      bot:handle_update(text_update("x", 5))
      assert.equal(problem, caught.error)
      assert.equal(5, caught.ctx.update_id)
      assert.matches("bot_spec", caught.traceback)
      assert.same({}, host.logged)
    end)

    it("tells of a failed API call", function()
      local bot, caught = tg.Bot(), nil
      bot:catch(function(err) caught = err.error end)
      host.answers.sendMessage = function()
        return false, { kind = "api", error_code = 403, description = "Forbidden", sent = true }
      end
      bot:command("start", function(ctx) ctx:reply "hi" end)
      bot:handle_update { update_id = 1, message = {
        message_id = 1, chat = { id = 7 }, text = "/start",
        entities = { { type = "bot_command", offset = 0, length = 6 } },
      } }
      assert.equal("sendMessage: 403 Forbidden", tostring(caught))
    end)

    it("lets errors of bot:catch out", function()
      local bot = tg.Bot()
      bot:catch(function(err) error(err.error, 0) end)
      bot:use(function() error("boom", 0) end)
      assert.has_error(function() bot:handle_update(text_update "x") end, "boom")
    end)

    it("needs a function to catch with", function()
      assert.error_matches(function() tg.Bot():catch "x" end, "bot:catch takes a function")
    end)
  end)

  it("gives the host what it runs updates with", function()
    local bot, seen = tg.Bot(), {}
    bot:on("message", function(ctx) seen[#seen + 1] = ctx end)
    bot:catch(function(err) seen[#seen + 1] = err end)
    local prepare, consume, failed, router = bot:_compose()
    local ctx = prepare(host.raw(text_update "a"))
    consume(ctx)
    assert.equal(0, host.decoded)
    failed(ctx, "boom", "stack traceback:")
    assert.equal(ctx, seen[1])
    assert.equal("boom", seen[2].error)
    assert.equal(ctx, seen[2].ctx)
    local again = { bot:_compose() }
    assert.same({ prepare, consume, failed, router }, again)
    assert.is_table(bot:_client())
  end)

  it("lets errors through to the host", function()
    local bot = tg.Bot()
    bot:use(function() error("boom", 0) end)
    local prepare, consume = bot:_compose()
    assert.has_error(function() consume(prepare(text_update "x")) end, "boom")
  end)

  it("starts and stops its own runner", function()
    local bot = tg.Bot()
    assert.is_nil(bot:stop())
    assert.is_false(bot:is_running())
    local runner = bot:start { runner = {} }
    assert.equal(bot, runs[1].bot)
    assert.same({ runner = {} }, runs[1].opts)
    assert.equal(runner, bot:start())
    assert.equal(1, #runs)
    assert.equal(2, runner.starts)
    assert.is_true(bot:is_running())
    assert.equal(3, bot:stop({ deadline_ms = 5 }).done)
    assert.same({ { deadline_ms = 5 } }, runner.stops)
  end)

  it("tells what it listens to", function()
    local bot = tg.Bot()
    bot:on("message", print)
    bot:callback_query("x", print)
    local kinds, any = bot:_kinds()
    assert.same({ "callback_query", "message" }, kinds)
    assert.is_false(any)
  end)

  it("says at the script's line what is no update", function()
    local bot = tg.Bot(token)
    for _, update in ipairs { "{", "", "[1]", "5", "null", '"x"' } do
      assert.matches("^spec/lua/bot_spec%.lua:%d+: the update is no JSON of an Update: ",
        raised(function() bot:handle_update(update) end))
    end
    for _, update in ipairs { 5, true } do
      assert.matches("^spec/lua/bot_spec%.lua:%d+: an update is a table or JSON text",
        raised(function() bot:handle_update(update) end))
    end
    for _, case in ipairs { { {}, "nil" }, { { message = {} }, "nil" },
      { { update_id = "1" }, "1" }, { { update_id = 1.5 }, "1.5" } } do
      assert.matches("^spec/lua/bot_spec%.lua:%d+: bot:handle_update: an update needs an integer "
        .. "update_id %(got .*" .. case[2], raised(function() bot:handle_update(case[1]) end))
    end
    assert.same({}, host.logged)
  end)

  it("passes by updates whose parts are not what they should be", function()
    local bot = tg.Bot(token, { me = { id = 7 } })
    local seen = {}
    local function note(ctx) seen[#seen + 1] = ctx.kind end
    bot:on("message:text", note)
    bot:hears("x", note)
    bot:command("a", note)
    bot:callback_query("x", note)
    bot:inline_query("x", note)
    bot:chat_type("private", note)
    bot:reaction("👍", note)
    bot:on("callback_query:data", note)
    bot:on("message:new_chat_members:me", note)
    for _, kind in ipairs { "message", "callback_query", "inline_query", "message_reaction",
      "chat_boost", "removed_chat_boost", "poll_answer", "my_chat_member" } do
      for _, value in ipairs { 5, "text", {}, { message = 5, chat = 5, from = 5, boost = 5 } } do
        bot:handle_update { update_id = 1, [kind] = value }
      end
    end
    assert.same({}, seen)
    assert.same({}, host.logged)
  end)

  it("without a name takes no command that is addressed", function()
    local bot = tg.Bot(token, { me = { id = 7 } })
    local seen = 0
    bot:command("a", function() seen = seen + 1 end)
    for _, text in ipairs { "/a@x", "/a" } do
      local update = text_update(text)
      update.message.entities = { { type = "bot_command", offset = 0, length = #text } }
      bot:handle_update(update)
    end
    assert.equal(1, seen)
    assert.same({}, host.logged)
  end)
end)
