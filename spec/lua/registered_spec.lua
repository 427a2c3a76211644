local composer_trace = require "support.composer_trace"

describe("a composer", function()
  local trace, tg, composer

  before_each(function()
    trace = composer_trace.new()
    tg, composer = trace.tg, trace.composer
  end)

  local function note(...) return trace:note(...) end

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
