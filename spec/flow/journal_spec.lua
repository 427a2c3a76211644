local flow = require "support.flow"
local uv = require "luv"

describe("a journal", function()
  local sim, folder, journal
  before_each(function()
    sim = flow.sim()
    folder = assert(uv.fs_mkdtemp "/tmp/tgrunner-journal-XXXXXX")
    journal = folder .. "/bot.journal"
  end)
  after_each(function()
    flow.clean_up()
    for name in uv.fs_scandir_next, uv.fs_scandir(folder) do uv.fs_unlink(folder .. "/" .. name) end
    uv.fs_rmdir(folder)
  end)
  teardown(flow.remove_files)

  -- A bot that prints what it handles; `more` is run for each text message.
  local function printer(more, options)
    return ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message:text", function(ctx)
        print("begin", ctx.text, ctx.attempt, ctx.redelivered)
        %s
        print("end", ctx.text)
      end)
      handle = tg.run(bot, { journal = %q, sink = { sequentialize = "chat" }%s })]]):format(
      more or "", journal, options and ", " .. options or "")
  end

  local function lines(text, pattern)
    return select(2, text:gsub(pattern, ""))
  end

  it("keeps what a killed process was handling, and hands it out again in order", function()
    local bot = flow.bot(sim, printer "tg.sleep(60000)")
    local updates = {}
    for i = 1, 6 do updates[i] = flow.message(("%d"):format(i), { chat = 1 + i % 2 }) end
    sim:update(updates)
    bot:wait_for("out", "begin\t1\t1\tfalse\n")
    bot:wait_for("out", "begin\t2\t1\tfalse\n")
    sim:wait_calls("getUpdates", 2) -- so the batch is safe
    bot:kill "sigkill"
    bot:wait()

    local again = flow.bot(sim, printer())
    again:wait_for("out", "end\t6\n")
    again:wait_for("out", "end\t5\n")
    again:kill()
    assert.equal(0, (again:wait()), again:err())
    local out = again:out()
    assert.truthy(out:find "begin\t1\t2\ttrue\n")
    assert.truthy(out:find "begin\t3\t1\ttrue\n.*begin\t5\t1\ttrue\n")
    assert.truthy(out:find "begin\t4\t1\ttrue\n.*begin\t6\t1\ttrue\n")
    assert.equal(6, lines(out, "begin"))
    assert.equal(0, sim:stats().unconfirmed)

    local third = flow.bot(sim, printer())
    sim:update(flow.message "last")
    third:wait_for("out", "end\tlast\n")
    assert.equal(1, lines(third:out(), "begin"))
  end)

  it("is used by one process; a second one says so and ends", function()
    local bot = flow.bot(sim, printer())
    sim:wait_calls("getUpdates", 1)
    local second = flow.bot(sim, printer())
    assert.equal(75, (second:wait()))
    assert.equal(("tgrunner-lua: cannot use the journal %s: it is in use by process %d\n"):format(
      journal, bot.pid), second:err())
  end)

  it("is of one bot", function()
    local bot = flow.bot(sim, printer())
    sim:wait_calls("getUpdates", 1)
    bot:kill()
    bot:wait()
    local other = flow.bot(sim, printer(), {}, {
      env = { BOT_TOKEN = "77:" .. ("x"):rep(35) },
    })
    assert.equal(75, (other:wait()))
    assert.truthy(other:err():find("it is of bot 4242424242, and this is bot 77", 1, true))
  end)

  it("comes from the command line for runs that name none", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function() os.exit(3) end)
      tg.run(bot)]], { "--journal", journal })
    sim:update(flow.message "x")
    assert.equal(3, (bot:wait()))
    local again = flow.bot(sim, printer())
    again:wait_for("out", "end\tx\n")
    assert.truthy(again:out():find "begin\tx\t2\ttrue\n")
  end)
end)
