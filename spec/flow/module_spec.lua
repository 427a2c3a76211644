-- `require "tgrunner"` in the stock interpreter, with handlers run by tg.loop and tg.step.
local flow = require "support.flow"

local HEAD = [[
local tg = require "tgrunner"
local root = ...
local bot = tg.Bot(nil, { api_root = root })
]]

describe("the stock interpreter", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function start(script)
    local preload = (os.getenv "TGRUNNER_PRELOAD" or ""):gsub(":$", "")
    return flow.start("/usr/bin/env", { "lua5.4", flow.file(HEAD .. script), sim.url }, {
      env = {
        BOT_TOKEN = sim.token,
        LUA_CPATH = flow.program "lua/?.so",
        LD_PRELOAD = preload ~= "" and preload or false,
        -- With AddressSanitizer: its runtime takes the bytes in front of a loaded library's
        -- thread-local block for a header of old glibc's and may read wild addresses at the end.
        ASAN_OPTIONS = "intercept_tls_get_addr=0",
      },
    })
  end

  local function run(script)
    local process = start(script)
    local code = process:wait()
    assert.equal(0, code, process:err())
    return process:out()
  end

  it("calls the API where nothing can be suspended, by running the loop until the answer", function()
    assert.equal("simulated_bot\nhi\nfrom a coroutine\ntimeout\nab\n", run [[
      print(bot.api.get_me().username)
      print(bot.api.send_message { chat_id = 1000, text = "hi" }.text)
      print(coroutine.wrap(function()
        return bot.api.send_message { chat_id = 1000, text = "from a coroutine" }.text
      end)())
      print(select(2, tg.timeout(10, tg.sleep, 1e9)))
      local a, b = tg.all { function() tg.sleep(1) return "a" end, function() return "b" end }
      print(a .. b)]])
  end)

  it("runs a bot in tg.loop until it has stopped", function()
    sim:update { flow.message "one", flow.message "two" }
    assert.equal("one\ntwo\ndone 2\n", run [[
      local count, handle = 0, nil
      bot:use(tg.sequentialize "chat")
      bot:on("message:text", function(ctx)
        tg.sleep(5)
        print(ctx.text)
        ctx:reply(ctx.text)
        count = count + 1
        if count == 2 then handle:stop() end
      end)
      handle = tg.run(bot)
      tg.loop()
      print("done " .. count)]])
    assert.equal(2, #sim:calls "sendMessage")
  end)

  it("runs a bot in tg.step", function()
    sim:update { flow.message "one" }
    assert.equal("one\nfalse\n", run [[
      local handle, seen = nil, nil
      bot:on("message:text", function(ctx) seen = ctx.text end)
      handle = tg.run(bot)
      while not seen do tg.step(5) end
      print(seen)
      handle:stop()
      print((select(2, tg.step(5))))]])
  end)

  it("says why a wait is not possible in a coroutine of Lua's own library", function()
    assert.matches("bot.lua:%d+: tg%.sleep cannot wait here: inside a coroutine that Lua's own", run [[
      tg.spawn(function()
        print(select(2, pcall(coroutine.wrap(function() tg.sleep(1) end))))
      end)
      tg.loop()]])
  end)

  it("keeps its hands off the state", function()
    assert.equal("true\ttrue\ttrue\ttrue\tnil\n", run [[
      local wrap, exit, req, write = coroutine.wrap, os.exit, require, print
      local again = require "tgrunner"
      print(wrap == coroutine.wrap, exit == os.exit, req == require, again == tg, (debug.gethook()))]])
  end)

  it("raises what a runner failed with, and tells errors of handlers", function()
    sim:update { flow.message "one" }
    local process = start [[
      bot:on("message:text", function() error "ouch" end)
      tg.run(bot)
      print(pcall(tg.loop))]]
    process:wait_for("err", "error: %S+bot.lua:%d+: ouch")
    sim:answer { method = "getUpdates", status = 401,
      body = '{"ok":false,"error_code":401,"description":"Unauthorized"}' }
    sim:update { flow.message "two" } -- ends the poll that is open
    assert.equal(0, (process:wait()), process:err())
    assert.matches("^false\t.*refused", process:out())
  end)

  it("ends what runs when the program ends", function()
    assert.equal("closed\n", run [[
      tg.spawn(function()
        local _ <close> = setmetatable({}, { __close = function() print "closed" end })
        tg.sleep(1e9)
      end)
      bot:on("message", function() end)
      tg.run(bot)
      tg.step(10)]])
  end)
end)
