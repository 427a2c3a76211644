local flow = require "support.flow"

describe("tgrunner-lua check", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  -- What check prints of a script, without its folder.
  local function check(text, name)
    local path = flow.file(text, name)
    local result = flow.run { "check", path }
    return result.out:gsub(path:match "^(.*/)":gsub("%p", "%%%0"), ""), result.code, result.err
  end

  it("finds nothing in a bot that is right, and neither runs nor calls it", function()
    local out, code, err = check [[#!/usr/bin/env tgrunner-lua
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot.api.setMyCommands { commands = {} }
      bot:on("message:text", function(ctx) ctx:reply(ctx.text) ctx:mine() end)
      function bot.helper(ctx) ctx.mine = print end
      -- bot.api.sendMesage {}
      local text = "api.sendMesage {}" .. [=[ ctx:repply() ]=]
      tg.run(bot)
    ]]
    assert.equal("bot.lua: no mistakes found\n", out, err)
    assert.equal(0, code)
  end)

  it("tells every mistake with its line", function()
    flow.file("local c = require('tgrunner').Composer()\nc:on('mesage')\nreturn c", "more.lua")
    local out, code = check [[
      local tg = require "tgrunner"
      local bot = tg.Bot(nil, { client = { timeot_s = 5 } })
      bot:on("message:txt"):command("a", function(ctx) ctx:repply "x" end)
      bot:use(require "more")
      bot:use(tg.session { initail = print }, tg.sequentialize "chats")
      bot:on(":photo", function(ctx)
        ctx.api.send_mesage { chat_id = 1 }
        bot.api.sendMessage { chat_id = 1, txt = "x", nested = { text = 1 } }
      end)
      tg.run(bot, { sink = { concurency = 5 } })
    ]]
    local lines = {}
    for line in out:gmatch "[^\n]+" do lines[#lines + 1] = line end
    local wanted = {
      "^bot.lua:2: unknown option 'timeot_s'.*did you mean 'timeout_s'",
      "^bot.lua:3: ctx has no method 'repply', did you mean 'reply'",
      "^bot.lua:3: unknown filter query 'message:txt'.*'message:text'",
      "^bot.lua:5: sequentialize: ",
      "^bot.lua:5: unknown option 'initail'",
      "^bot.lua:7: 'send_mesage' is not a method.*did you mean 'send_message'",
      "^bot.lua:8: 'txt' is not a parameter of sendMessage; did you mean 'text'",
      "^bot.lua:10: unknown option 'concurency'",
      "^more.lua:2: unknown filter query 'mesage'",
    }
    for i, pattern in ipairs(wanted) do assert.matches(pattern, lines[i]) end
    assert.equal(#wanted, #lines, out)
    assert.equal(1, code)
  end)

  it("looks at what a bot looks at when it starts", function()
    local out, code = check [[
      local tg = require "tgrunner"
      tg.run(tg.Bot(), { runner = { fetch = { allowed_updates = { "mesage" } } } })
    ]]
    assert.matches("^bot.lua: unknown update kind 'mesage' in allowed_updates", out)
    assert.equal(1, code)
  end)

  it("ends with 65 for syntax errors, of modules too, and 66 without the script", function()
    local out, code = check("x = = 1", "bad.lua")
    assert.matches("^bad.lua:1: unexpected symbol near '='\n$", out)
    assert.equal(65, code)
    out, code = check('require "bad"', "good.lua")
    assert.matches("^bad.lua:1: unexpected symbol near '='\n$", out)
    assert.equal(65, code)
    local result = flow.run { "check", "/nowhere.lua" }
    assert.equal(66, result.code)
    assert.matches("cannot open script /nowhere.lua", result.err)
    assert.equal(2, flow.run({ "check" }).code)
    assert.matches("^Usage: tgrunner%-lua check", flow.run({ "check", "--help" }).out)
  end)

  it("gives up on a main chunk that computes or sleeps without an end", function()
    local out, code = check "while true do end"
    assert.equal("bot.lua:1: stopped after 5000 ms of CPU without a pause; does it end?\n", out)
    assert.equal(1, code)
    out, code = check [[
      local tg = require "tgrunner"
      while true do tg.sleep(1000) end]]
    assert.equal("bot.lua: remark: the main chunk waits without an end, so what follows that was "
      .. "not looked at\n", out)
    assert.equal(0, code)
  end)

  it("takes no mistakes from an answer that it cannot fetch", function()
    local out, code, err = check [[
      local tg = require "tgrunner"
      local settings = tg.fetch("https://example.org/settings"):json()
      tg.run(tg.Bot(settings.token))]]
    assert.equal("bot.lua: no mistakes found\n", out, err)
    assert.equal(0, code)
    out, code = check [[
      local tg = require "tgrunner"
      local list = tg.fetch("https://example.org/list"):json()
      print(list[1].name)]]
    assert.matches("^bot.lua:2: remark: check fetches nothing .* bot.lua:3: attempt to index a nil",
      out)
    assert.equal(0, code)
    out, code = check [[
      local tg = require "tgrunner"
      tg.fetch "https://example.org/"
      tg.Bot():on("mesage", print)]]
    assert.matches("^bot.lua:3: unknown filter query 'mesage'", out)
    assert.equal(1, code)
  end)

  it("reads a script as the host does, and says why it cannot", function()
    local out, code = check "\xEF\xBB\xBF#!/usr/bin/env tgrunner-lua\nlocal x = 1"
    assert.equal("bot.lua: no mistakes found\n", out)
    assert.equal(0, code)
    out, code = check(string.dump(function() end))
    assert.equal("bot.lua: a script is text; this one is compiled already\n", out)
    assert.equal(65, code)
    for _, args in ipairs { { "check", "/tmp" }, { "--sim-load", "1", "/tmp" } } do
      local result = flow.run(args)
      assert.equal("tgrunner-lua: cannot read script /tmp: Is a directory\n", result.err)
      assert.equal(66, result.code)
    end
  end)

  it("takes several scripts, also some without a bot and workers", function()
    local one = flow.file("print 'a tool'", "one.lua")
    local two = flow.file("local x = nil\nx.y = 1", "two.lua")
    local three = flow.file("require('tgrunner').BotWorker():on('message', print)", "three.lua")
    local result = flow.run { "check", one, two, three }
    assert.matches("one.lua: no mistakes found", result.out)
    assert.matches("two.lua:2: attempt to index a nil value %(local 'x'%)", result.out)
    assert.matches("three.lua: no mistakes found", result.out)
    assert.equal(1, result.code)
  end)

  it("finds nothing in any example", function()
    local list = io.popen "ls examples/*.lua examples/*/bot.lua"
    local args = { "check" }
    for path in list:lines() do args[#args + 1] = path end
    list:close()
    local result = flow.run(args)
    assert.equal(0, result.code, result.out)
  end)
end)
