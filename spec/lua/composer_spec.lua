local composer_trace = require "support.composer_trace"
local raised = require "support.raised"

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
        trace.seen[#trace.seen + 1] = "callable"
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
        local message = name .. " is no handler; call it within one: function(…) … end"
        assert.matches("^spec/lua/composer_spec.lua:%d+: use: " .. message:gsub("%p", "%%%0"),
          raised(function() composer:use(fn) end))
        assert.error_matches(function() composer:on("message", { fn }) end,
          "on: " .. message:gsub("%p", "%%%0"))
      end
    end)

    it("and no predicates", function()
      assert.error_matches(function() composer:filter(tg.fmt, note "x") end,
        "filter: tg.fmt is no predicate; call it within one")
      assert.error_matches(function() composer:lazy(tg.escape_html) end,
        "lazy: tg.escape_html is no factory")
      composer:error_boundary(tg.log.error)
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
        trace.seen[#trace.seen + 1] = ok and "ok" or tostring(err.what)
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
      assert.error_matches(function() composer:use(tg) end, "a handler is a function")
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
      trace.seen[#trace.seen + 1] = ok and "ok" or err
    end)
    composer:fork(function() error("fork failed", 0) end)
    composer:use(note "rest")
    run()
    assert.equal("rest fork failed", traced())
  end)

  it("waits for a fork when the rest fails, and raises the error of the rest", function()
    composer:use(function(_, next)
      local ok, err = pcall(next)
      trace.seen[#trace.seen + 1] = ok and "ok" or err
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
end)
