local fake_host = require "support.fake_host"

describe("a conversation", function()
  local tg, host, bot, open, seen, id

  before_each(function()
    tg, host = fake_host.load()
    seen, id = {}, 0
  end)

  local function note(...)
    local list = table.pack(...)
    for i = 1, list.n do list[i] = tostring(list[i]) end
    seen[#seen + 1] = table.concat(list, " ")
  end

  local caught

  local function make(body, opts)
    bot = tg.Bot()
    bot.me = host.answers.getMe
    open = tg.conversations()
    bot:use(open)
    bot:command("start", function(ctx) ctx:enter("talk", "a", nil, "c") end)
    bot:conversation("talk", body, opts)
    bot:use(function(ctx) note("other", ctx.text or ctx.kind) end)
    caught = nil
    bot:catch(function(err) caught = err end)
  end

  local function message(text, fields)
    local entities
    if text:sub(1, 1) == "/" then
      entities = { { type = "bot_command", offset = 0, length = #text:match "^%S+" } }
    end
    local msg = { message_id = 1, date = 1, text = text, entities = entities,
      chat = { id = 7, type = "private" }, from = { id = 7 } }
    for key, value in pairs(fields or {}) do msg[key] = value end
    id = id + 1
    return { update_id = id, message = msg }
  end

  local function say(text, fields) bot:handle_update(message(text, fields)) end

  it("gets what enter was given, and its name, key and present ctx", function()
    make(function(conv, ctx, a, b, c)
      note(conv.name, conv.key, a, b, c, conv.ctx == ctx, tostring(conv))
      local other = conv:wait()
      note(conv.ctx == other, other ~= ctx, conv.nothing)
    end)
    say "/start"
    say "x"
    assert.same({ "talk 7:7 a nil c true conversation 'talk' of 7:7", "true true nil" }, seen)
    assert.equal(0, open:size())
  end)

  it("fits eight fields, so that a hundred thousand are cheap", function()
    local conv
    make(function(it)
      conv = it
      it:wait()
    end)
    say "/start"
    local count = 0
    for _ in pairs(conv) do count = count + 1 end
    assert.truthy(count <= 8)
  end)

  it("does not keep the ctx of an update while it waits", function()
    local held = setmetatable({}, { __mode = "k" })
    make(function(conv)
      while true do held[conv:wait_for "message:text"] = true end
    end)
    say "/start"
    say "x"
    collectgarbage()
    collectgarbage()
    assert.is_nil(next(held))
  end)

  it("takes what a wait's filter says, and leaves the rest", function()
    make(function(conv)
      note("photo", conv:wait_for(":photo").kind)
      note("list", conv:wait_for({ "message:photo", "message:text" }).text)
      note("until", conv:wait_until(function(ctx) return ctx.text == "b" end).text)
      note("unless", conv:wait_unless(function(ctx) return ctx.text == "b" end).text)
      note("from", conv:wait_from({ id = 7 }).text)
      note("reply", conv:wait_for_reply_to({ message_id = 5 }).text)
      note("hears", conv:wait_for_hears(tg.pattern "^(%a)(%d)$").match[2])
      note("command", conv:wait_for_command("start").match)
      note("entity", conv:wait_for("::bot_command").text)
      note("any", conv:wait({ commands = true }).text)
    end)
    say "/start"
    say "a"
    say("x", { text = false, photo = { { file_id = "f" } } })
    say "a"
    say "a"
    say "b"
    say "b"
    say "c"
    say "d"
    say "e"
    say("f", { reply_to_message = { message_id = 5 } })
    say "gg"
    say "h1"
    say "/start 5"
    say "/start"
    say "/start"
    assert.is_nil(caught, caught and caught.error)
    assert.same({ "other a", "photo message", "list a", "other a", "until b", "other b", "unless c",
      "from d", "other e", "reply f", "other gg", "hears 1", "command 5", "entity /start",
      "any /start" }, seen)
  end)

  it("times out by a timer that an answer stops", function()
    make(function(conv)
      note(conv:wait({ timeout_ms = 50 }).text)
      local ctx, why = conv:wait_for("message:text", { timeout_ms = 1.5 })
      note(ctx, why, conv.ctx.text)
      conv:wait { timeout_ms = math.huge }
    end)
    say "/start"
    say "in time"
    assert.truthy(host.timers[1].is_stopped)
    assert.equal(2, host.timers[3].ms)
    host.timers[3]:fire()
    assert.same({ "in time", "nil timeout in time" }, seen)
    assert.equal(3, #host.timers)
  end)

  it("keeps its timeout over a skip", function()
    make(function(conv)
      conv:wait { timeout_ms = 50 }
      note(conv:skip())
    end)
    say "/start"
    host.sleep(20)
    say "x"
    assert.equal(30, host.timers[3].ms)
    host.timers[3]:fire()
    assert.same({ "other x", "nil timeout" }, seen)
  end)

  it("cannot skip what it did not wait for, nor reply when it does not run", function()
    local conv
    make(function(it)
      conv = it
      note(select(2, pcall(it.skip, it)))
      it:wait()
    end)
    say "/start"
    assert.truthy(seen[1]:find "conv:skip: the conversation has not waited yet")
    local ok, err = pcall(conv.reply, conv, "x")
    assert.falsy(ok)
    assert.truthy(err:find "conv:reply: the conversation does not run now")
    ok, err = pcall(conv.wait, conv)
    assert.falsy(ok)
    assert.truthy(err:find "conv:wait: the conversation does not run now")
  end)

  it("asks and replies in the chat of the last update", function()
    make(function(conv)
      local name = conv:ask("Name?", { protect_content = true }).text
      conv:reply("Hi " .. name)
    end)
    say "/start"
    say "Ann"
    assert.equal("Name?", host.calls[1].params.text)
    assert.truthy(host.calls[1].params.protect_content)
    assert.equal("Hi Ann", host.calls[2].params.text)
    assert.equal(7, host.calls[2].params.chat_id)
  end)

  it("ends by halt and by exit from within, with its <close> variables", function()
    local function body(ends)
      return function(conv, ctx)
        local _ <close> = setmetatable({}, { __close = function() note "closed" end })
        pcall(ends, conv, ctx)
        note(pcall(conv.wait, conv))
      end
    end
    make(body(function(conv) conv:halt() end))
    say "/start"
    make(body(function(_, ctx) note(ctx:exit "talk") end))
    say "/start"
    assert.same({ "closed", "1", "closed" }, seen)
    assert.equal(0, open:size())
  end)

  it("ends with its error, which tells where it was raised", function()
    make(function(conv)
      local _ <close> = setmetatable({}, { __close = function() note "closed" end })
      conv:wait()
      local function deep() error "oops" end
      deep()
    end)
    say "/start"
    say "x"
    assert.truthy(caught.error:find "conversation_spec.lua:%d+: oops$")
    assert.equal("x", caught.ctx.text)
    assert.truthy(caught.traceback:find "in %w+ 'deep'")
    assert.same({ "closed" }, seen)
    assert.equal(0, open:size())
  end)

  it("logs an error of a <close> variable when it is ended", function()
    make(function(conv)
      local _ <close> = setmetatable({}, { __close = function() error "in close" end })
      conv:wait()
    end)
    say "/start"
    open:exit "7:7"
    local last = host.logged[#host.logged]
    assert.equal("error", last.level)
    assert.truthy(last.text:find
      "error in a <close> variable of the conversation 'talk' of 7:7: .*in close")
  end)

  it("says that its methods are called with a colon", function()
    make(function(conv)
      for _, name in ipairs { "wait", "wait_for", "wait_from", "skip", "ask", "reply" } do
        note((select(2, pcall(conv[name], "x")):match "conv:.*"))
      end
    end)
    say "/start"
    assert.equal("conv:wait is called with a colon: conv:wait(…)", seen[1])
    assert.equal("conv:wait_for is called with a colon: conv:wait_for(…)", seen[2])
    assert.equal(6, #seen)
  end)

  it("checks what its waits are given", function()
    make(function(conv)
      for _, call in ipairs {
        { conv.wait, { timeout_ms = -1 } }, { conv.wait_for }, { conv.wait_for, "message:txt" },
        { conv.wait_until, 5 },
        { conv.wait_from, "Ann" }, { conv.wait_for_reply_to }, { conv.wait_for_command, "/x" },
      } do
        note((select(2, pcall(call[1], conv, call[2])):gsub("^.-:%d+: ", "")))
      end
    end)
    say "/start"
    assert.same({
      "conv:wait options.timeout_ms must be a number of milliseconds, 0 or more (got -1)",
      'conv:wait_for takes a filter query such as "message:text", or a list of these (got nil)',
      "unknown filter query 'message:txt'; did you mean 'message:text'?",
      "conv:wait_until: the predicate must be a function of ctx (got a number)",
      "conv:wait_from: takes a user's id or a User (got a string)",
      "conv:wait_for_reply_to: takes a message's id or a Message (got a nil)",
      "commands are registered without '/': use 'x', not '/x'",
    }, seen)
  end)
end)
