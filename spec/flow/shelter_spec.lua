local flow = require "support.flow"

-- What a script does to Lua's libraries is its own affair.
describe("the host's own Lua files", function()
  local sim

  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  -- A bot that answers a command, a text, a button and an error, behind `hostile`.
  local function answers(hostile)
    local bot = flow.bot(sim, ([[
      local tg = require "tgrunner"
      local error, sub = error, string.sub
      %s
      local bot = tg.Bot()
      bot:use(tg.sequentialize "chat")
      bot:use(tg.session{ initial = function() return { n = 0 } end })
      bot:command("start", function(ctx) ctx:reply("hello") end)
      bot:hears(tg.pattern "^num (%%d+)", function(ctx) ctx:reply("got " .. ctx.match[1]) end)
      bot:on("message:text", function(ctx)
        ctx.session.n = ctx.session.n + 1
        ctx:reply(tg.fmt("%%s", sub(ctx.text, 1, 2)))
        error "boom"
      end)
      bot:catch(function() bot.api.send_message{ chat_id = 1, text = "caught" } end)
      tg.run(bot)]]):format(hostile))
    sim:update { flow.message("/start", { chat = 1 }), flow.message("num 7", { chat = 1 }),
      flow.message("text", { chat = 1 }) }
    sim:wait_calls("sendMessage", 4)
    assert.equal("", (bot:err():gsub("[^\n]*info[^\n]*\n", "")))
  end

  it("take no notice of methods of strings that are taken away", function()
    answers 'getmetatable("").__index = {}'
  end)

  it("take no notice of methods of strings that are replaced", function()
    answers [[
      for name in pairs(string) do string[name] = function() error("replaced " .. name) end end
      getmetatable("").__index = function() error "no method" end]]
  end)

  it("take no notice of globals that are taken away", function()
    answers [[
      local next = next
      for _, library in next, { table, math, os, utf8, coroutine, debug } do
        for name in next, library do library[name] = nil end
      end
      for name in next, _G do
        if name ~= "_G" and name ~= "package" then _G[name] = nil end
      end]]
  end)

  it("find each other whatever scripts do to modules", function()
    answers [[
      for name in pairs(package.loaded) do package.loaded[name] = nil end
      package.loaded, package.searchers, package.preload, package.path = {}, {}, {}, ""
      require = nil]]
  end)

  it("leave scripts their own extensions of strings", function()
    local result = flow.run { "-e", [[
      local meta = getmetatable ""
      meta.__mod = function(format, value) return format:format(value) end
      print("n %d" % 7)
      function string.shout(s) return s:upper() .. "!" end
      print(("x"):shout(), meta.__index == string, meta.__name)
      meta.__index = function(s, i) return type(i) == "number" and s:sub(i, i) or string[i] end
      print(("abc")[2], ("x"):shout(), ("%d"):format(3))
      meta.__index = string
      print(("x"):shout(), rawequal(getmetatable("y"), meta))]] }
    assert.equal("n 7\nX!\ttrue\tnil\nb\tX!\t3\nX!\ttrue\n", result.out, result.err)
  end)
end)

describe("the library's parts", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function prints(script, expected)
    local result = flow.run { "-e", script }
    assert.equal(expected, result.out, result.err)
  end

  it("are loaded when they are first used", function()
    prints([[
      local tg, parts = require "tgrunner", require("tgrunner.host").parts
      print(parts["tgrunner.session"], parts["tgrunner.tasks"], tg.nothing)
      print(type(tg.session), type(parts["tgrunner.session"]), parts["tgrunner.tasks"])
      print(tg.session == tg.session, tg.session == require("tgrunner.session").session)]],
      "nil\tnil\tnil\nfunction\ttable\tnil\ntrue\ttrue\n")
  end)

  it("are the same after they were forgotten", function()
    prints([[
      local tg = require "tgrunner"
      for name in pairs(package.loaded) do
        if name:find "^tgrunner" then package.loaded[name] = nil end
      end
      print(tg == require "tgrunner", tg.is_api_error == require("tgrunner.errors").is_api)]],
      "true\ttrue\n")
  end)

  it("are all seen by who lists them", function()
    prints([[
      local tg = require "tgrunner"
      local count = 0
      for name, value in pairs(tg) do
        count = count + 1
        assert(rawget(tg, name) == value)
      end
      print(count > 40, type(rawget(tg, "throttler")))]], "true\tfunction\n")
  end)

  it("can be replaced by scripts", function()
    prints([[
      local tg = require "tgrunner"
      tg.sleep, tg.own = print, 7
      tg.sleep(tg.own)
      print(pcall(setmetatable, tg, {}))]], "7\nfalse\tcannot change a protected metatable\n")
  end)
end)
