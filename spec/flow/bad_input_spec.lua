local cjson = require "cjson"
local flow = require "support.flow"

local SECRET = "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
local TOKEN = "123456789:" .. SECRET

describe("bad input", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  -- One line on stderr, that exit status, nothing on stdout, no secret.
  local function refuses(args, options, code, ...)
    local result = flow.run(args, options)
    assert.equal(code, result.code, result.err)
    assert.equal("", result.out)
    for _, part in ipairs { ... } do assert.truthy(result.err:find(part, 1, true), result.err) end
    assert.falsy(result.err:find(SECRET, 1, true))
    return result.err
  end

  local function one_line(err)
    assert.equal(1, select(2, err:gsub("\n", "\n")), err)
  end

  it("says where a token comes from when there is none", function()
    local path = flow.file 'require "tgrunner".Bot()'
    one_line(refuses({ path }, nil, 78, "no bot token", "BOT_TOKEN", "--token-file", "@BotFather"))
  end)

  it("names the shape of a malformed token without showing it", function()
    local path = flow.file 'require "tgrunner".Bot()'
    local err = refuses({ path }, { env = { BOT_TOKEN = "sesame-open!" } }, 78,
      "digits:35+ characters", "12 characters")
    one_line(err)
    assert.falsy(err:find("sesame", 1, true))
  end)

  it("checks a token given in the script as well", function()
    local path = flow.file 'require "tgrunner".Bot("12:short")'
    one_line(refuses({ path }, nil, 78, "digits:35+ characters"))
  end)

  it("reports a script that is not there", function()
    one_line(refuses({ "/nowhere/bot.lua" }, nil, 66, "cannot open script /nowhere/bot.lua"))
  end)

  it("shows file, line and source line of a syntax error", function()
    local path = flow.file "local x = 1\nlocal = 2\n"
    refuses({ path }, nil, 65, path .. ":2:", "\n  local = 2")
  end)

  it("prints no traceback without a frame of the script", function()
    one_line(refuses({ "-e", "return require 'tgrunner'.sleep(-1)" }, nil, 1, "tg.sleep: ms must"))
    local result = flow.run { "-e", [[
      local tg = require "tgrunner"
      local t = tg.spawn(tg.sleep, -1)
      tg.sleep(1)]] }
    assert.matches("nobody waits for: tg%.sleep: ms must [^\n]+\n$", result.err)
  end)

  it("counts lines rightly below a first line that begins with #!", function()
    local path = flow.file "#!/usr/bin/env tgrunner-lua\nlocal = 2\n"
    refuses({ path }, nil, 65, path .. ":2:", "\n  local = 2")
  end)

  it("reports an error in the main chunk with a traceback of script frames only", function()
    local path = flow.file 'local tg = require "tgrunner"\nlocal function boom() error("boom") end\ntg.all{ boom }\n'
    local err = refuses({ path }, nil, 1, path .. ":2: boom", "stack traceback:", path .. ":3: in main chunk")
    assert.falsy(err:find("[tgrunner]", 1, true), err)
  end)

  it("shows where a task of tg.all failed, and no names of the host's own", function()
    local path = flow.file [[
      local tg = require "tgrunner"
      local function inner() error "boom" end
      local function deeper() tg.all{ function() tg.sleep(1) inner() end } end
      tg.all{ deeper }]]
    local err = refuses({ path }, nil, 1, path .. ":2: boom")
    assert.equal(table.concat({ "stack traceback:",
      path .. ":2: in upvalue 'inner'",
      path .. ":3: in function <" .. path .. ":3>",
      path .. ":3: in function <" .. path .. ":3>",
      path .. ":4: in main chunk", "" }, "\n"), err:match "stack traceback:.*":gsub("\n  ", "\n"))
    path = flow.file [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function(ctx) ctx.a.b = 1 end)
      print(pcall(tg.sleep, -1))
      tg.run(bot)]]
    local process = flow.start("tgrunner-lua", { "--sim", path }, { stdin = "x\n" })
    process:wait()
    assert.truthy(process:err():find("stack traceback:\n  " .. path .. ":3: in function <" .. path .. ":3>", 1, true),
      process:err())
    assert.falsy(process:err():find "'yes'")
  end)

  it("shows the host's frames too with -v", function()
    local path = flow.file 'require "tgrunner".all{ function() error "boom" end }\n'
    refuses({ "-v", path }, nil, 1, "[tgrunner]")
  end)

  it("names an unknown option", function()
    one_line(refuses({ "--simm", "x.lua" }, nil, 2, "unknown option --simm", "--help"))
  end)

  it("names an option that lacks its value", function()
    one_line(refuses({ "--token-file" }, nil, 2, "needs a value", "--token-file"))
  end)

  it("says that a script is wanted", function()
    one_line(refuses({}, nil, 2, "no script given"))
  end)

  it("refuses a level, a format and a port that do not exist", function()
    one_line(refuses({ "--log-level", "loud", "x.lua" }, nil, 2, "loud"))
    one_line(refuses({ "--log-format", "xml", "x.lua" }, nil, 2, "xml"))
    one_line(refuses({ "--sim=99999", "x.lua" }, nil, 2, "99999"))
  end)

  it("reports a token file that cannot be read", function()
    local path = flow.file "return 0"
    one_line(refuses({ "--token-file", "/nowhere/token", path }, nil, 78, "cannot read /nowhere/token"))
  end)

  it("names the file or variable that a malformed token is from", function()
    local path = flow.file 'require "tgrunner".Bot()'
    local env = flow.file("BOT_TOKEN=sesame # the test bot\n", "other.env")
    one_line(refuses({ "--env-file", env, path }, nil, 78, "6 characters", "(the token is from " .. env .. ")"))
    one_line(refuses({ path }, { env = { BOT_TOKEN = "sesame" } }, 78, "(the token is from BOT_TOKEN)"))
    assert.falsy(refuses({ "-e", 'require "tgrunner".Bot "12:short"' }, { env = { BOT_TOKEN = TOKEN } }, 78)
      :find("is from", 1, true))
  end)

  it("takes a token without its quotes and the comment behind it", function()
    for _, line in ipairs { TOKEN .. " # mine", '"' .. TOKEN .. '" # mine', "'" .. TOKEN .. "'", TOKEN .. "\t#" } do
      local env = flow.file("export BOT_TOKEN=" .. line .. "\n", "other.env")
      local result = flow.run { "--env-file", env, "-e", 'require "tgrunner".Bot() print "fine"' }
      assert.equal("fine\n", result.out, result.err)
    end
  end)

  it("wants a token in a file that was asked for", function()
    local empty, none = flow.file("\n", "empty"), flow.file("OTHER=1\n", "none.env")
    one_line(refuses({ "--token-file", empty, "x.lua" }, nil, 78, empty, "holds no bot token", "first line"))
    one_line(refuses({ "--env-file", none, "x.lua" }, nil, 78, none, "holds no bot token", "BOT_TOKEN=…"))
    one_line(refuses({ "--env-file", "/nowhere/env", "x.lua" }, { env = { BOT_TOKEN = TOKEN } }, 78,
      "cannot read /nowhere/env"))
    assert.equal(0, flow.run({ "--env-file", none, "-e", "" }, { env = { BOT_TOKEN = TOKEN } }).code)
  end)

  it("tells the line in which a script gives a malformed token", function()
    local path = flow.file 'local tg = require "tgrunner"\ntg.Bot "12:short"'
    one_line(refuses({ path }, nil, 78, path .. ":2: the bot token has the wrong shape"))
  end)

  it("tells apart why a call that nobody catches has failed", function()
    local call = 'require "tgrunner".Bot(nil, { auto_retry = false }).api.get_me()'
    refuses({ "--api-root", "http://127.0.0.1:1", "-e", call }, { env = { BOT_TOKEN = TOKEN } }, 69,
      "getMe: network error", "in main chunk")
    local sim = flow.sim()
    sim:answer { method = "getMe", status = 401, times = 1 }
    local options = { env = { BOT_TOKEN = sim.token } }
    refuses({ "--api-root", sim.url, "-e", call }, options, 78, "getMe: 401")
    sim:answer { method = "getMe", status = 400, times = 1 }
    refuses({ "--api-root", sim.url, "-e", call }, options, 1, "getMe: 400")
  end)

  it("refuses what no request can be made of", function()
    local env = { env = { BOT_TOKEN = TOKEN } }
    for script, words in pairs {
      ['tg.Bot(nil, { client = { timeout_s = 0 } })'] = "seconds above 0 (got 0)",
      ['tg.Bot(nil, { api_root = "http://h/?a=b" })'] = "api_root has a '?'",
      ['tg.Bot(nil, { api_root = "http://h/#x" })'] = "api_root has a '#'",
      ['local bot = tg.Bot() bot:use(bot)'] = ":2: use: a composer cannot be used by itself",
      ['tg.sleep "5"'] = "(got '5')",
      ['tg.Bot().api[5]{}'] = ":2: bot.api: a method's name is a string (got 5)",
      ['tg.Bot():on(":pho", print)'] = "did you mean ':photo'?",
    } do
      refuses({ flow.file('local tg = require "tgrunner"\n' .. script) }, env, 1, words)
    end
    for _, seconds in ipairs { "math.huge", "1e300", "1e-9" } do
      assert.equal(0, flow.run({ "-e", ('require "tgrunner".Bot(nil, { client = { timeout_s = %s } })')
        :format(seconds) }, env).code)
    end
  end)

  it("never prints the token where something else was expected", function()
    local path = flow.file "return 0"
    for _, env in ipairs { { BOT_TOKEN = TOKEN }, {} } do
      for _, case in ipairs {
        { 2, "--token", TOKEN, path }, { 2, "--token=" .. TOKEN, path },
        { 2, "--bot-token=" .. TOKEN, path }, { 2, "--" .. TOKEN, path },
        { 2, "--log-level", TOKEN, path }, { 2, "--log-format", TOKEN, path },
        { 2, "--sim=" .. TOKEN, path }, { 2, "--sim-load", TOKEN, path },
        { 78, "--token-file", TOKEN, path }, { 66, TOKEN }, { 66, "--sim", TOKEN },
        { 66, "--sim-load", "1", TOKEN }, { 66, "check", TOKEN },
        { 2, "call", "--token", TOKEN, "getMe" }, { 65, "call", "--sim", "getMe", "{" .. TOKEN },
        { 2, "call", "--sim", TOKEN }, { 2, "call", "--sim", "getMe", "{}", TOKEN },
        { 2, "journal", "drop", "nothing.db", TOKEN },
        { 66, "journal", "list", TOKEN }, { 1, "init", "/nowhere/" .. TOKEN },
      } do
        refuses({ table.unpack(case, 2) }, { env = env }, case[1], "tgrunner-lua: ")
      end
    end
    refuses({ "--env-file", TOKEN, path }, nil, 78, "123456789:***")
  end)

  it("says how a token is given when it is an argument", function()
    for _, args in ipairs { { "--token", TOKEN, "x.lua" }, { "--token=" .. TOKEN, "x.lua" } } do
      one_line(refuses(args, nil, 2, "unknown option --token:", "BOT_TOKEN", "--token-file"))
    end
  end)

  it("refuses options that are cut short and suggests the whole", function()
    one_line(refuses({ "--token-f", "x", "x.lua" }, nil, 2, "unknown option --token-f",
      "did you mean '--token-file'"))
    one_line(refuses({ "--log-levle=debug", "x.lua" }, nil, 2, "unknown option --log-levle",
      "did you mean '--log-level'"))
    one_line(refuses({ "--api", "x", "x.lua" }, nil, 2, "did you mean '--api-root'"))
    one_line(refuses({ "-qx", "x.lua" }, nil, 2, "unknown option -x"))
  end)

  it("keeps to --log-format json where an option is wrong, too", function()
    for _, args in ipairs {
      { "--log-format", "json", "--token-file", "/nowhere/token", "x.lua" },
      { "--log-format=json", "--simm", "x.lua" }, { "--simm", "--log-format=json", "x.lua" },
    } do
      local result = flow.run(args)
      one_line(result.err)
      local line = cjson.decode(result.err)
      assert.equal("error", line.level)
      assert.truthy(line.text:find "simm" or line.text:find "cannot read /nowhere/token")
    end
  end)

  it("never prints the token, also when a script raises it", function()
    local path = flow.file 'error("token is " .. os.getenv "BOT_TOKEN")'
    refuses({ path }, { env = { BOT_TOKEN = TOKEN } }, 1, "123456789:***")
  end)

  it("names an unknown option of run and suggests the nearest", function()
    local path = flow.file [[
      local tg = require "tgrunner"
      tg.run(tg.Bot(), { sink = { concurency = 5 } })]]
    refuses({ path }, { env = { BOT_TOKEN = TOKEN } }, 1, "concurency", "did you mean 'concurrency'", path .. ":2:")
  end)

  it("lists every option in --help, on stdout", function()
    local result = flow.run { "--help" }
    assert.equal(0, result.code)
    assert.equal("", result.err)
    for _, option in ipairs { "--sim", "--token-file", "--env-file", "--api-root", "--log-level",
      "--log-format", "--version" } do
      assert.truthy(result.out:find(option, 1, true), option)
    end
  end)

  it("prints versions on stdout", function()
    local result = flow.run { "--version" }
    assert.equal(0, result.code)
    assert.truthy(result.out:find "^tgrunner %d+%.%d+%.%d+\n")
    assert.truthy(result.out:find "Lua 5%.4")
  end)
end)
