local fake_host = require "support.fake_host"

describe("composing", function()
  fake_host.load()
  local compose = require "tgrunner.compose"
  local composer = require "tgrunner.composer"

  local function rest() end

  it("uses a function that cannot call next as it is", function()
    local function handler(_) end
    assert.equal(handler, compose.one(handler, rest))
    assert.equal(handler, compose.list({ handler, error }, rest))
  end)

  it("lets errors name a handler that ends in a tail call by where it was defined", function()
    local errors = require "tgrunner.errors"
    local function is_message(ctx) return ctx.kind == "message" end
    -- The library's own code, for which these stand, is no frame of the script.
    local chunk = "return function(errors) return function() errors.usage 'oh' end end"
    local own = debug.getinfo(errors.usage, "S").source:gsub("errors%.lua$", "shortcuts.lua")
    local fail = assert(load(chunk, own))()(errors)
    local handler = assert(load("local fail = ... return function(ctx) return fail(ctx) end",
      "@bot.lua"))(fail)
    local with_next = assert(load("local fail = ... return function(ctx, _) return fail(ctx) end",
      "@bot.lua"))(fail)
    local behind = composer.new(function(_, next) return next() end)
    behind:use(handler)
    local filtered, dropped, both = composer.new(), composer.new(), composer.new()
    filtered:filter(is_message, handler)
    dropped:drop(is_message, function() end)
    dropped:use(handler)
    both:branch(is_message, handler, with_next)
    local routed, lazy, forked = composer.new(), composer.new(), composer.new()
    routed:route(function(ctx) return ctx.kind end, { message = handler })
    lazy:lazy(function() return handler end)
    local list = { composer.new(handler), composer.new(with_next), behind, filtered, dropped, both,
      routed, lazy, forked }
    forked:on("message", handler)
    for i, it in ipairs(list) do
      local run = compose.framed(compose.one(it, rest))
      -- As the host does it: in a coroutine, with nothing of the script's below.
      local co = coroutine.create(run)
      local _, err = coroutine.resume(co, { kind = "message" })
      assert.equal("in the handler at bot.lua:1: oh", err, "composer " .. i)
    end
  end)

  it("leaves nothing of an empty composer", function()
    assert.equal(rest, compose.one(composer.new(), rest))
    local outer = composer.new(composer.new())
    outer:use()
    assert.equal(rest, compose.one(outer, rest))
  end)

  it("passes next to C functions", function()
    local got
    local run = compose.one(pcall, function(ctx) got = ctx end)
    local ctx = setmetatable({}, { __call = function(_, next) next() end })
    run(ctx)
    assert.equal(ctx, got)
  end)

  it("makes no closure for an update that no middleware waits for", function()
    local it = composer.new()
    for _ = 1, 10 do it:on("poll", function(_) end) end
    it:on("message", function(_) end)
    local run = it:_run()
    local ctx = { kind = "message" }
    run(ctx)
    collectgarbage()
    collectgarbage "stop"
    local before = collectgarbage "count"
    for _ = 1, 1000 do run(ctx) end
    local after = collectgarbage "count"
    collectgarbage "restart"
    assert.is_true(after - before < 1)
  end)

  it("compiles a composer that a factory returns again only once", function()
    local made = composer.new(function(_, next) next() end)
    local it = composer.new()
    it:lazy(function() return made end)
    local count = 0
    it:use(function() count = count + 1 end)
    local run = it:_run()
    run {}
    run {}
    assert.equal(2, count)
  end)
end)
