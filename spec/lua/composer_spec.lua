local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("a composer", function()
  local tg, host, composer, trace

  before_each(function()
    tg, host = fake_host.load()
    composer = tg.Composer()
    trace = {}
  end)

  local function note(name)
    return function() trace[#trace + 1] = name end
  end

  -- Middleware that notes when it is entered and left.
  local function around(name)
    return function(_, next)
      trace[#trace + 1] = name .. ">"
      next()
      trace[#trace + 1] = "<" .. name
    end
  end

  local function context(update)
    if not update.update_id then update = { update_id = 1, message = update } end
    return require("tgrunner.context").maker(tg.Bot())(update)
  end

  local function run(update)
    local run_all = composer._composed_run or composer:_run()
    composer._composed_run = run_all
    local ctx = context(update or { text = "hi", message_id = 1 })
    run_all(ctx)
    return ctx
  end

  local function command(text, length)
    return { text = text, entities = { { type = "bot_command", offset = 0, length = length } } }
  end

  local function traced() return table.concat(trace, " ") end

  describe("runs middleware", function()
    it("in the order of registering, the rest inside next", function()
      composer:use(around "a")
      composer:use(around "b", note "c")
      run()
      assert.equal("a> b> c <b <a", traced())
    end)

    it("until one does not call next", function()
      composer:use(note "a")
      composer:use(note "b")
      run()
      assert.equal("a", traced())
    end)

    it("given as lists, composers, and tables that can be called", function()
      local callable = setmetatable({}, { __call = function(_, _, next)
        trace[#trace + 1] = "callable"
        next()
      end })
      composer:use({ around "a", { around "b" } }, tg.Composer(around "c"), callable)
      composer:use(note "d")
      run()
      assert.equal("a> b> c> callable d <c <b <a", traced())
    end)

    it("of tables that have a method middleware", function()
      local plugin = { middleware = function(self) return self.mw end, mw = around "plugin" }
      composer:use(plugin, tg.Composer(note "c"):middleware())
      run()
      assert.equal("plugin> c <plugin", traced())
    end)

    it("with varargs, which can call next too", function()
      composer:use(function(...)
        local _, next = ...
        next()
      end)
      composer:use(note "a")
      run()
      assert.equal("a", traced())
    end)

    it("of an empty composer by passing on", function()
      composer:use(tg.Composer())
      composer:use()
      composer:use(note "a")
      run()
      assert.equal("a", traced())
    end)

    it("added to the returned composer behind what was given", function()
      composer:use(around "a"):use(around "b")
      composer:use(note "c")
      run()
      assert.equal("a> b> c <b <a", traced())
    end)

    it("of one composer in two places", function()
      local shared = tg.Composer(around "s")
      composer:use(shared)
      composer:use(shared)
      composer:use(note "end")
      run()
      assert.equal("s> s> end <s <s", traced())
    end)

    it("for every update anew", function()
      composer:use(around "a")
      composer:use(note "b")
      run()
      run()
      assert.equal("a> b <a a> b <a", traced())
    end)

    it("in a flat stack, however long the chain", function()
      for _ = 1, 100000 do composer:on("poll", note "never") end
      local depth = 0
      composer:use(function() depth = #debug.traceback() end)
      run()
      assert.is_true(depth > 0 and depth < 3000)
    end)
  end)

  describe("refuses functions of the library that are no handlers", function()
    it("called by mistake instead of within one, at the script's line", function()
      for name, fn in pairs { ["tg.fmt"] = tg.fmt, ["tg.fmt.bold"] = tg.fmt.bold,
        ["tg.log.info"] = tg.log.info, ["tg.escape_html"] = tg.escape_html } do
        local message = name .. " is no handler; call it within one: function(ctx) … end"
        assert.matches("^spec/lua/composer_spec.lua:%d+: use: " .. message:gsub("%p", "%%%0"),
          raised(function() composer:use(fn) end))
        assert.error_matches(function() composer:on("message", { fn }) end,
          "on: " .. message:gsub("%p", "%%%0"))
      end
    end)

    it("makers of handlers that were not called", function()
      for _, name in ipairs { "session", "lazy_session", "sequentialize", "conversations",
        "distribute" } do
        assert.error_matches(function() composer:use(tg[name]) end,
          ("use: tg.%s makes a handler, and is called for that: tg.%s%%(…%%)"):format(name, name))
      end
    end)
  end)

  describe("passes errors", function()
    it("through next to the caller, and skips what comes after", function()
      composer:use(function(_, next)
        local ok, err = pcall(next)
        trace[#trace + 1] = ok and "ok" or tostring(err.what)
      end)
      composer:use(around "b")
      composer:use(function() error { what = "boom" } end)
      run()
      assert.equal("b> boom", traced())
    end)

    it("raised before next without running the rest", function()
      composer:use(function() error("early", 0) end)
      composer:use(note "b")
      assert.has_error(run, "early")
      assert.equal("", traced())
    end)

    it("raised after next when the rest has run", function()
      composer:use(function(_, next)
        next()
        error("late", 0)
      end)
      composer:use(note "b")
      assert.has_error(run, "late")
      assert.equal("b", traced())
    end)

    it("when next is called a second time", function()
      composer:use(function(_, next)
        next()
        next()
      end)
      composer:use(note "b")
      assert.matches("^spec/lua/composer_spec%.lua:%d+: next was already called", raised(run))
      assert.equal("b", traced())
    end)
  end)

  describe("refuses", function()
    it("handlers that cannot be called", function()
      assert.matches("^spec/lua/composer_spec%.lua:%d+: use: a handler is a function",
        raised(function() composer:use "text" end))
      assert.error_matches(function() composer:on("message", 5) end, "on: a handler is a function")
      assert.error_matches(function() composer:use(setmetatable({}, {})) end, "a handler is")
      assert.error_matches(function() composer:use(nil) end, "got nil")
    end)

    it("tables whose handlers would never be called", function()
      local function fn() end
      for name, bad in pairs {
        start = { start = fn }, text = { text = fn }, ["0"] = { [0] = fn, fn },
      } do
        assert.matches("^spec/lua/composer_spec%.lua:%d+: use: a list of handlers has no key '"
          .. name .. "'$", raised(function() composer:use(bad) end))
      end
      assert.error_matches(function() composer:on("message", {}) end,
        "on: an empty list of handlers")
      assert.error_matches(function() composer:use { fn, nil, fn } end, "a handler is a function")
      assert.error_matches(function() composer:use(tg.Bot().api) end, "a handler is a function")
      assert.error_matches(function() composer:use(tg) end, "a list of handlers has no key")
    end)

    it("a call with a dot", function()
      assert.error_matches(function() composer.on("message", note "a") end, "colon")
      assert.error_matches(function() composer.use(note "a") end, "colon")
    end)

    it("to register once it runs, in every composer that takes part", function()
      local child = composer:on "message"
      local nested = tg.Composer()
      composer:use(nested)
      composer:use(function() composer:use(note "late") end)
      assert.matches("composer_spec%.lua:%d+: use: handlers cannot be added once", raised(run))
      assert.error_matches(function() child:command("x", note "late") end, "cannot be added")
      assert.error_matches(function() nested:on("message", note "late") end, "cannot be added")
    end)

    it("to be used by itself", function()
      local other = tg.Composer(composer)
      composer:use(other)
      assert.error_matches(run, "used by itself")
    end)

    it("functions that are none", function()
      assert.error_matches(function() composer:filter("x", note "a") end,
        "filter: the predicate must be a function %(got a string%)")
      assert.error_matches(function() composer:drop(nil) end, "drop: the predicate")
      assert.error_matches(function() composer:branch(1, note "a", note "b") end, "branch: ")
      assert.error_matches(function() composer:lazy {} end, "lazy: the factory")
      assert.error_matches(function() composer:route({}, {}) end, "route: the router")
      assert.error_matches(function() composer:route(note "a", 5) end, "route: the routes")
      assert.error_matches(function() composer:error_boundary(nil, note "a") end,
        "error_boundary: the error handler")
    end)
  end)

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
      assert.matches("^spec/lua/composer_spec%.lua:%d+: unknown filter query 'message:txt'; "
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
      assert.matches("^spec/lua/composer_spec%.lua:%d+: hears takes text, tg%.pattern",
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

  it("runs a fork beside what comes later", function()
    composer:use(around "outer")
    composer:fork(note "fork")
    composer:use(note "rest")
    run()
    assert.equal("outer> rest fork <outer", traced())
  end)

  it("raises the error of a fork when the rest is done", function()
    composer:use(function(_, next)
      local ok, err = pcall(next)
      trace[#trace + 1] = ok and "ok" or err
    end)
    composer:fork(function() error("fork failed", 0) end)
    composer:use(note "rest")
    run()
    assert.equal("rest fork failed", traced())
  end)

  it("waits for a fork when the rest fails, and raises the error of the rest", function()
    composer:use(function(_, next)
      local ok, err = pcall(next)
      trace[#trace + 1] = ok and "ok" or err
    end)
    composer:fork(note "fork")
    composer:use(function() error("rest failed", 0) end)
    run()
    assert.equal("fork rest failed", traced())
  end)

  it("logs the error of a fork when the rest has failed too", function()
    composer:fork(function() error("fork failed", 0) end)
    composer:use(function() error("rest failed", 0) end)
    assert.error_matches(run, "^rest failed$")
    assert.equal("error in a fork, beside an update that failed: fork failed",
      host.logged[1].text)
  end)

  it("runs what is added to a fork", function()
    composer:fork():on("message", note "fork")
    composer:use(note "rest")
    run()
    assert.equal("rest fork", traced())
  end)

  describe("with an error boundary", function()
    it("gives errors to its handler and stops there", function()
      local caught
      composer:error_boundary(function(err) caught = err end, function() error("boom", 0) end)
      composer:use(note "rest")
      local ctx = run()
      assert.equal("boom", caught.error)
      assert.equal(ctx, caught.ctx)
      assert.matches("stack traceback", caught.traceback)
      assert.equal("", traced())
    end)

    it("goes on behind it when its handler calls next", function()
      composer:error_boundary(function(_, next) next() end, function() error "boom" end)
      composer:use(note "rest")
      run()
      assert.equal("rest", traced())
    end)

    it("goes on behind it when the protected part does, after that has ended", function()
      composer:error_boundary(note "never", around "inside")
      composer:use(note "rest")
      run()
      assert.equal("inside> <inside rest", traced())
    end)

    it("protects what is added to it later, not what comes behind it", function()
      local count = 0
      local safe = composer:error_boundary(function() count = count + 1 end)
      safe:on("message:text", function() error "inside" end)
      composer:use(function() error("outside", 0) end)
      run { text = "x" }
      assert.equal(1, count)
      assert.has_error(function() run { photo = {} } end, "outside")
    end)

    it("lets errors of its handler out, to the boundary around it", function()
      local caught
      local outer = composer:error_boundary(function(err) caught = err.error end)
      outer:error_boundary(function() error("again", 0) end, function() error "boom" end)
      run()
      assert.equal("again", caught)
    end)
  end)

  describe("tells what it listens to", function()
    it("as the kinds that handlers name", function()
      composer:on("message:text", note "a")
      composer:callback_query("x", note "b")
      composer:reaction("👍", note "c")
      local kinds, any = composer:_kinds()
      assert.same({ "callback_query", "message", "message_reaction" }, kinds)
      assert.is_false(any)
    end)

    it("as any when a handler is behind no kind", function()
      composer:use(note "a")
      composer:command("x", note "b")
      local kinds, any = composer:_kinds()
      assert.same({ "channel_post", "message" }, kinds)
      assert.is_true(any)
      local other = tg.Composer()
      other:filter(function() return true end, note "a")
      assert.is_true(select(2, other:_kinds()))
    end)

    it("as nothing where no handler is", function()
      composer:on "message"
      local kinds, any = composer:_kinds()
      assert.same({}, kinds)
      assert.is_false(any)
    end)

    it("within composers, narrowed by what is around them", function()
      local nested = tg.Composer()
      nested:on("msg:photo", note "a")
      nested:use(note "b")
      composer:on({ "message", "edited_message" }, nested)
      local kinds, any = composer:_kinds()
      assert.same({ "edited_message", "message" }, kinds)
      assert.is_false(any)
      local other = tg.Composer()
      other:on("edited_message"):on("msg", note "dead")
      assert.same({}, (other:_kinds()))
    end)

    it("in routes, branches, forks, boundaries and factories", function()
      local function on(kind) return tg.Composer():on(kind, note "x") and nil end
      assert.is_nil(on "poll")
      local function holding(kind)
        local it = tg.Composer()
        it:on(kind, note "x")
        return it
      end
      composer:route(note "r", { a = holding "poll" }, holding "chat_member")
      composer:branch(note "p", holding "message", holding "edited_message")
      composer:fork(holding "inline_query")
      composer:error_boundary(note "e", holding "callback_query")
      composer:drop(note "d", holding "chat_boost")
      local kinds, any = composer:_kinds()
      assert.same({ "callback_query", "chat_boost", "chat_member", "edited_message",
        "inline_query", "message", "poll" }, kinds)
      assert.is_false(any)
      composer:lazy(function() end)
      assert.is_true(select(2, composer:_kinds()))
    end)
  end)
end)
