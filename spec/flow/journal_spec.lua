local file_bot = require "support.file_bot"
local flow = require "support.flow"
local uv = require "luv"

describe("a journal", function()
  local files, sim, journal
  before_each(function()
    files = file_bot.new()
    sim, journal = files.sim, files.folder .. "/bot.journal"
  end)
  after_each(function() files:clean_up() end)
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

  it("is free as soon as its runner has ended, and had again when that is started", function()
    local result = flow.run { flow.file(([[
      local tg = require "tgrunner"
      local function make(fail)
        local given
        local source = tg.create_source{ supply = function()
          if fail then error "no network" end
          if given then tg.sleep(60000) end
          given = true
          return { { n = 1 } }
        end }
        local sink = tg.create_concurrent_sink({ consume = function(u) print("got", u.n) end }, print)
        return tg.create_runner(source, sink, { journal = %q })
      end
      local failed = make(true)
      print((pcall(function() failed:start():task():wait() end)))
      local first = make():start()
      while first:stats().done < 1 do tg.sleep(5) end
      print(select(2, pcall(make)))
      first:stop()
      local second = make():start()
      while second:stats().done < 1 do tg.sleep(5) end
      print(select(2, pcall(first.start, first)))
      second:stop()
      first:start()
      first:stop()
      print "end"
      os.exit(0)]]):format(journal)) }
    assert.equal(0, result.code, result.err)
    local taken = "[^\n]+it is in use by another runner of this process\n"
    assert.truthy(result.out:find("^false\ngot\t1\n" .. taken .. "got\t1\n" .. taken .. "end\n$"),
      result.out)
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

  it("runs an update again whose handler raised, while its chat waits and others go on", function()
    local bot = flow.bot(sim, printer([[
        if ctx.text == "bad" and ctx.attempt == 1 then error "not yet" end]],
      'on_error = "retry"'))
    sim:update { flow.message("bad", { chat = 1 }), flow.message("behind", { chat = 1 }),
      flow.message("other", { chat = 2 }) }
    bot:wait_for("out", "end\tbehind\n")
    bot:kill()
    assert.equal(0, (bot:wait()), bot:err())
    assert.truthy(bot:out():find("begin\tbad\t1\tfalse\n.*end\tother\n.*"
      .. "begin\tbad\t2\ttrue\n.*end\tbad\n.*begin\tbehind\t1\tfalse\n"), bot:out())
    assert.truthy(bot:err():find("not yet", 1, true)) -- it is told at every attempt
  end)

  it("does not wait at a stop for what is to be run again, and keeps the order", function()
    local bot = flow.bot(sim, printer('if ctx.text == "bad" then error "no" end',
      'on_error = "retry"'))
    sim:update { flow.message("bad", { chat = 1 }), flow.message("behind", { chat = 1 }) }
    bot:wait_for("err", "no\n")
    bot:kill()
    assert.equal(0, (bot:wait()), bot:err())
    assert.equal(0, lines(bot:out(), "begin\tbehind"))
    assert.equal(0, sim:stats().unconfirmed)
    local again = flow.bot(sim, printer())
    again:wait_for("out", "end\tbehind\n")
    assert.truthy(again:out():find "begin\tbad\t2\ttrue\n.*begin\tbehind\t1\ttrue\n")
  end)

  it("keeps results of ctx:once across runs", function()
    local script = printer [[
        local made = 0
        local value = ctx:once("step", function() made = made + 1 return { n = 42, list = { 1, 2 } } end)
        local none = ctx:once("none", function() made = made + 1 end)
        ctx:once("step", function() made = made + 1 end)
        print("made", made, value.n, value.list[2], none)
        tg.sleep(ctx.attempt == 1 and 60000 or 0)]]
    local bot = flow.bot(sim, script)
    sim:update(flow.message "x")
    bot:wait_for("out", "made\t2\t42\t2\tnil\n")
    bot:kill "sigkill"
    bot:wait()
    local again = flow.bot(sim, script)
    again:wait_for("out", "end\tx\n")
    assert.truthy(again:out():find "made\t0\t42\t2\tnil\n")
  end)

  it("runs a step of ctx:once for one call at a time, and blames the script for its result", function()
    local bot = flow.bot(sim, printer [[
        local function slow() tg.sleep(50) return 1 end
        local task = tg.spawn(function() return ctx:once("step", slow) end)
        tg.sleep(5)
        print("both", pcall(ctx.once, ctx, "step", slow))
        print("first", task:wait())
        print("again", ctx:once("step", slow))
        print("bad", pcall(function() ctx:once("fn", function() return print end) end))
        print("then", ctx:once("fn", function() return 2 end))]])
    sim:update(flow.message "x")
    bot:wait_for("out", "end\tx\n")
    local out = bot:out()
    assert.truthy(out:find 'both\tfalse\t[^\n]*ctx:once: "step" runs already', out)
    assert.truthy(out:find("first\t1\nagain\t1\nbad\tfalse\t[^\n]*bot.lua:%d+: ctx:once: the result "
      .. "cannot be kept: [^\n]*function\nthen\t2\n"), out)
  end)

  it("gives up an update that ran at three crashes, and hands it out when it is requeued", function()
    local poison = printer [[
        if ctx.text == "poison" then tg.sleep(60000) end]]
    sim:update { flow.message("poison", { chat = 1 }), flow.message("next", { chat = 1 }) }
    for i = 1, 3 do
      local bot = flow.bot(sim, poison)
      bot:wait_for("out", "begin\tpoison\t" .. i)
      bot:kill "sigkill"
      bot:wait()
    end
    local bot = flow.bot(sim, poison)
    bot:wait_for("out", "end\tnext\n")
    bot:wait_for("err", "goes to the dead letters: it was running at 3 ends of the process")
    local dead = flow.run { "journal", "dead", journal } -- also while it is in use
    assert.equal(0, dead.code, dead.err)
    local number, crashes = dead.out:match "^(%d+)\t%d+\t[^\t]*\t0\t(%d)\t[^\t]*\t{.*poison"
    assert.equal("3", crashes, dead.out)
    local refused = flow.run { "journal", "requeue", journal, number }
    assert.equal(75, refused.code)
    assert.truthy(refused.err:find(("in use by process %d"):format(bot.pid), 1, true))
    bot:kill()
    bot:wait()

    local other = flow.run { "journal", "drop", journal, number + 1 }
    assert.equal(1, other.code)
    assert.matches("no dead letter has that number", other.err)
    assert.equal("1 requeued\n", flow.run({ "journal", "requeue", journal, "all" }).out)
    assert.truthy(flow.run({ "journal", "list", journal }).out:find "\t0\t0\t\t{.*poison")
    local again = flow.bot(sim, printer())
    again:wait_for("out", "begin\tpoison\t1\ttrue\n")
    again:wait_for("out", "end\tpoison\n")
    again:kill()
    again:wait()
    assert.equal("", flow.run({ "journal", "list", journal }).out)
    assert.equal("0 dropped\n", flow.run({ "journal", "drop", journal, "all" }).out)
  end)

  it("refuses files that are something else, and leaves them alone", function()
    local script = printer()
    local path = flow.file(script, "script.lua")
    local bot = flow.run({ "--journal", path, "--sim", "-e",
      'local tg = require "tgrunner" tg.run(tg.Bot())' })
    assert.equal(1, bot.code)
    assert.truthy(bot.err:find("it is a file of something else", 1, true), bot.err)
    assert.equal(script, io.open(path):read "a")
    local none = flow.run { "journal", "list", files.folder .. "/none" }
    assert.equal(66, none.code)
    assert.truthy(none.err:find("there is no such file", 1, true))
    local empty = flow.run { "journal", "list", flow.file("", "empty") }
    assert.equal(65, empty.code)
    assert.matches("empty: it is empty, and no journal\n$", empty.err)
    local directory = flow.run { "journal", "list", files.folder }
    assert.equal(65, directory.code)
    assert.matches("it is a folder\n$", directory.err)
  end)

  it("works with a supplier of the script's own, and knows an update again by its id", function()
    local script = ([[
      local tg = require "tgrunner"
      local first = true
      local source = tg.create_source{ supply = function()
        if not first then tg.sleep(60000) end
        first = false
        return { { id = "a", n = 1 }, { id = "b", n = 2 }, { n = 3 } }
      end }
      local sink = tg.create_concurrent_sink({ consume = function(update)
        print("got", update.id, update.n)
        if update.n == 2 and arg[1] == "hang" then tg.sleep(60000) end
        print("had", update.n)
      end }, print)
      tg.create_runner(source, sink, { journal = %q }):start()]]):format(journal)
    local bot = flow.bot(sim, script, {}, { args = { "hang" } })
    bot:wait_for("out", "had\t3\n")
    assert.truthy(flow.wait_until(function() -- ends are written
      return lines(flow.run({ "journal", "list", journal }).out, "\n") == 1
    end))
    bot:kill "sigkill"
    bot:wait()
    local again = flow.bot(sim, script)
    again:wait_for("out", "had\t3\n")
    again:wait_for("out", "had\t2\n")
    -- b was left over; of what is supplied again only what has no id is new
    assert.equal(2, lines(again:out(), "got"))
    assert.equal(1, lines(again:out(), "got\tb\t2"))
  end)

  it("leaves out an update of a supplier that cannot be kept, and says so", function()
    local bot = flow.bot(sim, ([[
      local tg = require "tgrunner"
      local given
      local source = tg.create_source{ supply = function()
        if given then tg.sleep(60000) end
        given = true
        return { { id = "a" }, { id = "b", f = print }, { n = 0 / 0 }, { id = "c" } }
      end }
      local sink = tg.create_concurrent_sink({ consume = function(u) print("got", u.id) end }, print)
      local runner = tg.create_runner(source, sink, { journal = %q }):start()
      while runner:stats().done < 2 do tg.sleep(5) end
      runner:stop()]]):format(journal))
    assert.equal(0, (bot:wait()))
    assert.equal("got\ta\ngot\tc\n", bot:out())
    assert.truthy(bot:err():find("an update of the supplier, id b cannot be kept in the journal: f: "
      .. "cannot encode a function", 1, true), bot:err())
    assert.truthy(bot:err():find("an update of the supplier cannot be kept in the journal: n: ", 1, true),
      bot:err())
  end)

  it("says that retries need sink.sequentialize where the middleware is used", function()
    local bot = flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.sequentialize "chat")
      tg.run(bot, { journal = %q, on_error = "retry" })]]):format(journal))
    bot:wait_for("err", "warn +on_error = \"retry\" with tg.sequentialize as middleware")
  end)

  it("says that retries need sink.sequentialize where updates run one by one", function()
    local bot = flow.bot(sim, ([[
      local tg = require "tgrunner"
      tg.Bot():start{ journal = %q, on_error = "retry" }]]):format(journal))
    bot:wait_for("err", "warn +on_error = \"retry\" without sink.sequentialize")
  end)

  it("is readable by its owner alone", function()
    flow.bot(sim, printer())
    sim:wait_calls("getUpdates", 1)
    for _, tail in ipairs { "", "-wal", "-live" } do
      assert.equal(6 * 64, assert(uv.fs_stat(journal .. tail)).mode % 512)
    end
  end)

  it("checks its options", function()
    local function message(options)
      return flow.run({ "--sim", "-e", 'local tg = require "tgrunner" tg.run(tg.Bot(), '
        .. options .. ")" }).err
    end
    assert.truthy(message('{ journal = "x", durability = "much" }'):find(
      'run options.durability must be "power", "process" or "none" (got \'much\')', 1, true))
    assert.truthy(message('{ journal = ":memory:" }'):find(
      "a journal needs the path of a file", 1, true))
    assert.truthy(message('{ journal = "a\\0b" }'):find(
      "a journal needs the path of a file", 1, true))
    assert.truthy(message('{ on_error = "retry" }'):find(
      "on_error is an option of a journal, and there is none", 1, true))
    assert.truthy(message('{ journal = "/nowhere/at/all" }'):find(
      "cannot use the journal /nowhere/at/all: cannot open /nowhere/at/all-live", 1, true))
  end)
end)
