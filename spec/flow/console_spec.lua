local flow = require "support.flow"

describe("--sim", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("talks over pipes: stdout is the replies alone, the end of input ends it", function()
    local result = flow.run({ "--sim", "--log-level", "warn", "examples/echo.lua" }, { stdin = "hello\n/start\nlast" })
    assert.equal(0, result.code, result.err)
    assert.equal("", result.err)
    local lines = {}
    for line in result.out:gmatch "[^\n]+" do lines[line] = true end
    assert.same({ hello = true, ["Hi! Send me something."] = true, last = true }, lines)
  end)

  it("presses a button for a line in brackets, once the bot has sent it", function()
    local result = flow.run({ "--sim", "--log-level", "warn", flow.file [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:command("start", function(ctx)
        tg.sleep(100)
        ctx:reply("Well?", { reply_markup = tg.InlineKeyboard():text("Yes", "y"):text("No", "n") })
      end)
      bot:callback_query("y", function(ctx) ctx:answer_callback_query() ctx:reply "Pressed" end)
      bot:on("message:text", function(ctx) ctx:reply("Text " .. ctx.text) end)
      tg.run(bot, { sink = { concurrency = 1 } })]] }, { stdin = "/start\n[Yes]\nthen\n[Nobody]\n" })
    assert.equal("Well?\nPressed\nText then\nText [Nobody]\n", result.out)
    assert.equal(0, result.code, result.err)
  end)

  it("waits for running handlers at the end of input", function()
    local result = flow.run({ "--sim", "--log-level", "warn", flow.file [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message:text", function(ctx) tg.sleep(300) ctx:reply("late " .. ctx.text) end)
      tg.run(bot)]] }, { stdin = "one\n" })
    assert.equal("late one\n", result.out)
    assert.equal(0, result.code, result.err)
  end)

  it("waits for what handlers have spawned, but not for loops that only sleep", function()
    local result = flow.run({ "--sim", "--log-level", "warn", flow.file [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message:text", function(ctx)
        tg.spawn(function()
          for i = 1, 3 do
            tg.sleep(100)
            ctx:reply("later " .. i)
          end
        end)
        tg.spawn(function() while true do tg.sleep(50) end end)
      end)
      tg.run(bot)
      while true do tg.sleep(1000) end]] }, { stdin = "one\n" })
    assert.equal("later 1\nlater 2\nlater 3\n", result.out)
    assert.equal(0, result.code, result.err)
    assert.matches("stop: no update is left; ended 2 tasks that only slept for 5 s", result.err)
  end)

  it("lets a script without a runner sleep as long as it likes", function()
    local result = flow.run({ "--sim", "--log-level", "warn",
      "-e", 'require("tgrunner").sleep(6000) print "slept"' }, { stdin = "" })
    assert.equal("slept\n", result.out)
    assert.equal(0, result.code, result.err)
  end)

  it("answers each line while the input stays open", function()
    local process = flow.start("tgrunner-lua", { "--sim", "examples/echo.lua" })
    process:write "first\n"
    process:wait_for("out", "first\n")
    process:write "second\n"
    process:wait_for("out", "second\n")
    process:close_stdin()
    assert.equal(0, (process:wait()))
  end)

  it("needs no token and takes none from the environment", function()
    local result = flow.run({ "--sim", "--log-level", "warn", "examples/echo.lua" },
      { stdin = "x\n", env = { BOT_TOKEN = "nonsense" } })
    assert.equal("x\n", result.out)
    assert.equal(0, result.code)
  end)

  it("says when its port is taken", function()
    local sim = flow.sim()
    local result = flow.run { "--sim=" .. sim.url:match ":(%d+)$", "examples/echo.lua" }
    assert.equal(2, result.code)
    assert.truthy(result.err:find(sim.url:match ":(%d+)$", 1, true), result.err)
  end)

  it("ends when nobody reads its replies any more, and says so", function()
    local process = flow.start("/bin/sh", { "-c",
      flow.program "tgrunner-lua" .. " --sim --log-level warn examples/echo.lua; echo status $? >&2" })
    process:write "first\n"
    process:wait_for("out", "first\n")
    process:close_stdout()
    process:write "second\n"
    process:wait_for("err", "cannot write to standard output.*status 1")
  end)

  it("does not let a closed standard output become somebody's connection", function()
    local process = flow.start("/bin/sh", { "-c",
      "exec " .. flow.program "tgrunner-lua" .. " --sim --log-level warn examples/echo.lua >&-" })
    process:write "hello\n"
    process:close_stdin()
    assert.equal(0, (process:wait()), process:err())
  end)
end)
