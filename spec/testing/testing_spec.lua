local testing = require "tgrunner.testing"
local tg = require "tgrunner"

local folder

local function file(name, text)
  local made = assert(io.open(folder .. "/" .. name, "w"))
  made:write(text)
  made:close()
  return folder .. "/" .. name
end

local function raised(fn, ...)
  local ok, err = pcall(fn, ...)
  assert.is_false(ok)
  return tostring(err)
end

describe("testing.new", function()
  before_each(function()
    folder = os.tmpname()
    os.remove(folder)
    assert(os.execute("mkdir " .. folder))
  end)

  after_each(function() os.execute("rm -r " .. folder) end)

  it("takes the path of a script that runs its bot", function()
    local t = testing.new(file("bot.lua", [[#!/usr/bin/env tgrunner-lua
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot.api.setMyCommands { commands = {} }
      tg.sleep(1000)
      bot:on("message", function(ctx) ctx:reply("I am " .. ctx.me.username) end)
      local runner = tg.run(bot, { sink = { concurrency = 1 } })
      runner:task():wait()
      bot.api.close()
    ]]))
    assert.equal("setMyCommands", t:last().method)
    t:text "hi"
    assert.same({ "I am test_bot" }, t:sent())
  end)

  it("takes a script that returns its bot, and gives each test a new one", function()
    file("counter.lua", "return { count = 0 }")
    local path = file("bot.lua", [[
      local bot = require "tgrunner".Bot()
      local counter = require "counter"
      bot:on("message", function(ctx)
        counter.count = counter.count + 1
        ctx:reply(counter.count)
      end)
      return bot
    ]])
    for _ = 1, 2 do
      local t = testing.new(path)
      t:text "hi"
      t:text "hi"
      assert.same({ "1", "2" }, t:sent())
    end
  end)

  it("gives each bot the modules of its own folder, also those that handlers require", function()
    local paths = {}
    for i, name in ipairs { "one", "two" } do
      assert(os.execute(("mkdir %s/%s"):format(folder, name)))
      file(name .. "/words.lua", ("return { hello = %q, count = 0 }"):format(name))
      paths[i] = file(name .. "/bot.lua", [[
        local bot = require "tgrunner".Bot()
        bot:on("message", function(ctx)
          local words = require "words"
          words.count = words.count + 1
          ctx:reply(words.hello .. words.count)
        end)
        return bot
      ]])
    end
    for _, i in ipairs { 1, 2, 1, 1 } do
      local t = testing.new(paths[i])
      t:text "hi"
      assert.same({ i == 1 and "one1" or "two1" }, t:sent())
    end
  end)

  it("takes a bot", function()
    local bot = tg.Bot "123:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
    bot:on("message", function(ctx) ctx:reply(ctx.me.id) end)
    local t = testing.new(bot)
    t:text "hi"
    assert.same({ "123" }, t:sent())
    t = testing.new(bot)
    assert.same({}, t.calls)
    t:text "hi"
    assert.same({ "123" }, t:sent())
  end)

  it("takes a bot with what it has begun, once, and ends what is of the test before", function()
    local ticks, bots = {}, {}
    for i = 1, 3 do
      local bot = tg.Bot()
      bots[i], ticks[i] = bot, 0
      tg.every(1000, function() ticks[i] = ticks[i] + 1 end)
      bot.api.set_my_name { name = "bot " .. i }
      bot:on("message", function(ctx)
        tg.spawn(function()
          tg.sleep(500)
          ticks[i] = ticks[i] + 100
        end)
        ctx:reply "x"
      end)
      tg.run(bot, { sink = { concurrency = i } })
      local t = testing.new(bot)
      assert.equal(1, #t.calls)
      assert.equal("bot " .. i, t.calls[1].name)
      t:advance(2000)
      assert.equal(2, ticks[i])
      t:text "leave a task behind"
      assert.same({ "x" }, t:sent())
    end
    local t = testing.new(bots[3])
    t:advance(5000)
    assert.same({}, t.calls)
    assert.same({ 2, 2, 2 }, ticks)
  end)

  it("keeps messages of a bot that was made ready", function()
    testing.new(function() return tg.Bot() end)
    local bot = tg.Bot()
    local sent = bot.api.send_message { chat_id = 1001, text = "on" }
    bot:on("message", function(ctx)
      ctx.api.edit_message_text { chat_id = 1001, message_id = sent.message_id, text = "off" }
    end)
    local t = testing.new(bot, { user = { first_name = "Zoe" } })
    local said = t:text "hi"
    assert.not_equal(sent.message_id, said.message_id)
    assert.equal("off", t:messages()[1].text)
    assert.equal("Zoe", said.from.first_name)
  end)

  it("can say who the bot and the user are, and how it runs", function()
    local t = testing.new(function()
      local bot = tg.Bot()
      bot:on("message", function(ctx)
        tg.sleep(1000)
        ctx:reply(("%s: %s"):format(ctx.me.username, ctx.from.first_name))
      end)
      return bot
    end, {
      me = { username = "other_bot" }, user = { id = 5, first_name = "Eve" },
      run = { sink = { concurrency = 1 } },
    })
    t:together(function()
      t:text "one"
      t:text "two"
    end)
    t:advance(1000)
    assert.same({ "other_bot: Eve" }, t:sent(5))
    t:advance(1000)
    assert.equal(2, #t:sent(5))
  end)

  it("runs workers of distribute in the test", function()
    file("worker.lua", [[
      local bot = require "tgrunner".BotWorker()
      bot:command("crash", function() error "in the worker" end)
      bot:on("message", function(ctx) ctx:reply("worked on " .. ctx.text) end)
    ]])
    local t = testing.new(file("bot.lua", [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.distribute "worker.lua")
      tg.run(bot)
    ]]))
    t:text "it"
    assert.same({ "worked on it" }, t:sent())
    assert.matches("in the worker", raised(t.command, t, "crash"))
  end)

  it("says what is wrong", function()
    assert.matches("testing_spec.lua:%d+: testing.new takes a path, a bot or a function",
      raised(function() testing.new() end))
    assert.matches("cannot read the bot: /nowhere.lua", raised(testing.new, "/nowhere.lua"))
    assert.matches("bot.lua:1:.*expected", raised(testing.new, file("bot.lua", "x =")))
    assert.matches("there is no bot", raised(testing.new, file("bot.lua", "")))
    assert.matches("bot.lua:1: oops\n.*stack traceback",
      raised(testing.new, file("bot.lua", "error 'oops'")))
    assert.matches("the bot never comes to tg.run",
      raised(testing.new, file("bot.lua", "require 'tgrunner.host'.event():wait()")))
    assert.matches("unknown option 'users'", raised(testing.new, function() end, { users = {} }))
  end)
end)

describe("a bot under test", function()
  it("cannot be polled for", function()
    assert.matches("is not polled for", raised(testing.new, function()
      return tg.create_update_fetcher(tg.Bot())
    end))
  end)

  it("has a runner that says it runs until it is stopped", function()
    local runner
    testing.new(function() runner = tg.run(tg.Bot()) end)
    assert.is_true(runner:is_running())
    assert.equal(0, runner:size())
    local _, late = runner:task():wait(1000)
    assert.equal("timeout", late)
    runner:stop()
    assert.is_false(runner:is_running())
    assert.is_true(runner:task():wait())
  end)
end)

describe("testing.equal", function()
  it("says where values differ", function()
    testing.equal({ a = { 1, 2 } }, { a = { 1, 2 } })
    assert.matches('it%.a%.2 is "3", not 2',
      raised(testing.equal, { a = { 1, 2 } }, { a = { 1, "3" } }))
    assert.matches("it%.b is 1, not nil", raised(testing.equal, {}, { b = 1 }))
    assert.matches("it is nil, not 1", raised(testing.equal, 1, nil))
  end)

  it("takes tables that hold themselves", function()
    local function ring(value)
      local made = { value = value }
      made.self = made
      return made
    end
    testing.equal(ring(1), ring(1))
    assert.matches("value is 2, not 1", raised(testing.equal, ring(1), ring(2)))
  end)
end)

testing.case("testing.case is one of busted's", function()
  assert.equal(1, 1)
end)
