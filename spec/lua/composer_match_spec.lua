local composer_trace = require "support.composer_trace"
local raised = require "support.raised"

local command = composer_trace.command

describe("a composer", function()
  local trace, tg, host, composer

  before_each(function()
    trace = composer_trace.new()
    tg, host, composer = trace.tg, trace.host, trace.composer
  end)

  local function note(...) return trace:note(...) end
  local function around(...) return trace:around(...) end
  local function run(...) return trace:run(...) end
  local function traced() return trace:traced() end

  describe("with on", function()
    it("runs handlers of matching updates and passes the others on", function()
      composer:on("message:photo", note "photo")
      composer:on("message:text", note "text")
      composer:use(note "rest")
      run { text = "x" }
      run { photo = {} }
      run { voice = {} }
      assert.equal("text photo rest", traced())
    end)

    it("takes lists of queries", function()
      composer:on({ "message:photo", ":voice" }, note "media")
      run { voice = {} }
      assert.equal("media", traced())
    end)

    it("chains to what matches all of them", function()
      composer:on("message:text"):on("::url", note "both")
      composer:use(note "rest")
      run { text = "x", entities = { { type = "url" } } }
      run { text = "x" }
      assert.equal("both rest", traced())
    end)

    it("refuses an unknown query where it is registered", function()
      assert.matches("^spec/lua/composer_match_spec%.lua:%d+: unknown filter query 'message:txt'; "
        .. "did you mean 'message:text'%?",
        raised(function() composer:on("message:txt", note "a") end))
    end)
  end)

  describe("with command", function()
    it("matches it at the start and gives what follows", function()
      composer:command("start", note "start")
      local ctx = run(command("/start   deep-link  x", 6))
      assert.equal("start", traced())
      assert.equal("deep-link  x", ctx.match)
      assert.equal("", run(command("/start", 6)).match)
    end)

    it("takes one of several", function()
      composer:command({ "help", "start" }, note "any")
      run(command("/help", 5))
      run(command("/start", 6))
      assert.equal("any any", traced())
    end)

    it("goes by the entity, not by the text", function()
      composer:command("start", note "start")
      composer:use(note "rest")
      run { text = "/start" }
      run { text = "/start", entities = { { type = "bold", offset = 0, length = 6 } } }
      run { text = "x /start", entities = { { type = "bot_command", offset = 2, length = 6 } } }
      run { caption = "/start", caption_entities = {
        { type = "bot_command", offset = 0, length = 6 } } }
      assert.equal("rest rest rest rest", traced())
    end)

    it("matches names of the same case only", function()
      composer:command("start", note "start")
      composer:use(note "rest")
      run(command("/START", 6))
      run(command("/starter", 8))
      assert.equal("rest rest", traced())
    end)

    it("addressed to this bot matches, whatever the case of its name", function()
      composer:command("start", note "start")
      local ctx = run(command("/start@thebot args", 13))
      assert.equal("start", traced())
      assert.equal("args", ctx.match)
    end)

    it("addressed to another bot does not match", function()
      composer:command("start", note "start")
      composer:use(note "rest")
      run(command("/start@OtherBot", 15))
      assert.equal("rest", traced())
    end)

    it("with a bot's name matches exactly that", function()
      composer:command("start@OtherBot", note "other")
      composer:use(note "rest")
      run(command("/start@OtherBot x", 15))
      run(command("/start", 6))
      assert.equal("other rest", traced())
    end)

    it("asks who the bot is only for a command that names a bot", function()
      composer:command("start", note "start")
      run(command("/start", 6))
      assert.same({}, host.calls)
      run(command("/start@TheBot", 13))
      assert.equal("getMe", host.calls[1].method)
    end)

    it("matches in channel posts, not in edited messages", function()
      composer:command("start", note "start")
      composer:use(note "rest")
      run { update_id = 1, channel_post = command("/start", 6) }
      run { update_id = 1, edited_message = command("/start", 6) }
      assert.equal("start rest", traced())
    end)

    it("refuses a slash, no name, and no text", function()
      assert.error_matches(function() composer:command("/start", note "a") end,
        "without '/': use 'start', not '/start'")
      assert.error_matches(function() composer:command("", note "a") end, "an empty string")
      assert.error_matches(function() composer:command({}, note "a") end, "empty list")
      assert.error_matches(function() composer:command(5, note "a") end, "got 5")
    end)
  end)

  describe("with hears", function()
    it("matches equal text or caption", function()
      composer:hears("yes", note "yes")
      composer:use(note "rest")
      assert.equal("yes", run { text = "yes" }.match)
      run { caption = "yes", photo = {} }
      run { text = "yes!" }
      run { photo = {} }
      assert.equal("yes yes rest rest", traced())
    end)

    it("gives the captures of a pattern", function()
      composer:hears(tg.pattern "^go (%d+) (%a+)", note "go")
      local ctx = run { text = "go 12 km away" }
      assert.same({ [0] = "go 12 km", "12", "km" }, ctx.match)
    end)

    it("gives all that matched of a pattern without captures", function()
      composer:hears(tg.pattern "%d+", note "number")
      assert.same({ [0] = "12" }, run { text = "a12b" }.match)
    end)

    it("takes functions of the text", function()
      composer:hears(function(text) return text:find "x" and "found" end, note "fn")
      composer:use(note "rest")
      assert.equal("found", run { text = "axb" }.match)
      run { text = "ab" }
      assert.equal("fn rest", traced())
    end)

    it("takes a list of any of these", function()
      composer:hears({ "yes", tg.pattern "^y(e*)" }, note "yes")
      assert.equal("yes", run { text = "yes" }.match)
      assert.same({ [0] = "yeee", "eee" }, run { text = "yeee" }.match)
    end)

    it("refuses what is no trigger", function()
      assert.matches("^spec/lua/composer_match_spec%.lua:%d+: hears takes text, tg%.pattern",
        raised(function() composer:hears(5, note "a") end))
      assert.error_matches(function() composer:hears({}, note "a") end, "empty list")
      assert.error_matches(function() tg.pattern "[a" end, "tg%.pattern: unfinished set")
    end)
  end)

  describe("with queries", function()
    local cases = {
      { "callback_query", "callback_query", "data" },
      { "game_query", "callback_query", "game_short_name" },
      { "inline_query", "inline_query", "query" },
      { "chosen_inline_result", "chosen_inline_result", "result_id" },
      { "pre_checkout_query", "pre_checkout_query", "invoice_payload" },
      { "shipping_query", "shipping_query", "invoice_payload" },
    }
    for _, case in ipairs(cases) do
      local method, kind, field = table.unpack(case)
      it(("matches %s by its %s"):format(method, field), function()
        composer[method](composer, "go", note "text")
        composer[method](composer, tg.pattern "^n(%d)$", note "pattern")
        composer:use(note "rest")
        run { update_id = 1, [kind] = { [field] = "go" } }
        local ctx = run { update_id = 1, [kind] = { [field] = "n5" } }
        run { update_id = 1, [kind] = { [field] = "other" } }
        run { update_id = 1, [kind] = {} }
        run { text = "go" }
        assert.equal("text pattern rest rest rest", traced())
        assert.equal("5", ctx.match[1])
      end)
    end
  end)

  describe("with reaction", function()
    local function react(old, new)
      return { update_id = 1, message_reaction = { old_reaction = old, new_reaction = new } }
    end
    local up, down = { type = "emoji", emoji = "👍" }, { type = "emoji", emoji = "👎" }

    it("matches reactions that were added", function()
      composer:reaction("👍", note "up")
      composer:use(note "rest")
      run(react({}, { up }))
      run(react({ up }, { up, down }))
      run(react({ up }, {}))
      run(react({ down }, { down, up }))
      assert.equal("up rest rest up", traced())
    end)

    it("takes lists, custom emoji and paid ones", function()
      local custom = { type = "custom_emoji", custom_emoji_id = "7" }
      composer:reaction({ "👎", custom, { type = "paid" } }, note "any")
      composer:use(note "rest")
      run(react({}, { custom }))
      run(react({}, { { type = "paid" } }))
      run(react({}, { { type = "custom_emoji", custom_emoji_id = "8" } }))
      assert.equal("any any rest", traced())
    end)

    it("refuses what is no reaction", function()
      assert.error_matches(function() composer:reaction(5, note "a") end, "reaction takes")
      assert.error_matches(function() composer:reaction({}, note "a") end, "empty list")
    end)
  end)

  describe("with predicates", function()
    local function is_short(ctx) return #ctx.msg.text < 3 end

    it("filters and drops", function()
      composer:filter(is_short, note "short")
      composer:drop(is_short, note "long")
      run { text = "ab" }
      run { text = "abcd" }
      assert.equal("short long", traced())
    end)

    it("branches, and goes on after either when it calls next", function()
      composer:branch(is_short, around "short", { around "long" }):use(around "after")
      composer:use(note "rest")
      run { text = "ab" }
      run { text = "abcd" }
      assert.equal("short> after> rest <after <short long> after> rest <after <long", traced())
    end)

    it("tells chats apart by type", function()
      composer:chat_type("private", note "private")
      composer:chat_type({ "group", "supergroup" }, note "group")
      composer:use(note "rest")
      run { chat = { id = 1, type = "private" } }
      run { chat = { id = 1, type = "supergroup" } }
      run { chat = { id = 1, type = "channel" } }
      run { update_id = 1, poll = {} }
      assert.equal("private group rest rest", traced())
      assert.error_matches(function() composer:chat_type "privat" end, "'privat' is not a type")
    end)
  end)

  describe("with route", function()
    it("runs the handlers of the name, the fallback, or the rest", function()
      composer:route(function(ctx) return ctx.msg.text end, {
        a = note "route-a", b = { around "b" },
      }, around "fallback")
      composer:use(note "rest")
      run { text = "a" }
      run { text = "b" }
      run { text = "c" }
      run {}
      assert.equal("route-a b> rest <b fallback> rest <fallback fallback> rest <fallback",
        traced())
    end)

    it("passes on without a fallback", function()
      composer:route(function() return nil end, { a = note "a" })
      composer:use(note "rest")
      run()
      assert.equal("rest", traced())
    end)
  end)

  describe("with lazy", function()
    it("asks for middleware for every update", function()
      local made = { note "one", { around "two" }, tg.Composer(around "three") }
      local count = 0
      composer:lazy(function()
        count = count + 1
        return made[count]
      end)
      composer:use(note "rest")
      for _ = 1, 4 do run() end
      assert.equal("one two> rest <two three> rest <three rest", traced())
    end)

    it("takes an empty list for none", function()
      composer:lazy(function() return {} end)
      composer:use(note "rest")
      run()
      assert.equal("rest", traced())
    end)

    it("refuses what is no middleware", function()
      composer:lazy(function() return 5 end)
      assert.error_matches(run, "lazy: a handler is a function")
    end)
  end)
end)
