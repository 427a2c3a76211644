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
