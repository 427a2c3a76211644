local file_bot = require "support.file_bot"
local flow = require "support.flow"

-- What a journal keeps for workers.
describe("a journal", function()
  local files, sim, journal
  before_each(function()
    files = file_bot.new()
    sim, journal = files.sim, files.folder .. "/bot.journal"
  end)
  after_each(function() files:clean_up() end)
  teardown(flow.remove_files)

  it("runs an update again whose worker died", function()
    flow.file([[
      local tg = require "tgrunner"
      local bot = tg.BotWorker()
      bot:on("message", function(ctx)
        print("worker", ctx.text, ctx.attempt, ctx.redelivered)
        if ctx.attempt == 1 then os.exit(1) end
        ctx:reply("done")
      end)]], "worker.lua")
    local bot = flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", tg.distribute("worker.lua", { count = 1 }))
      bot:catch(function(err) print("caught", err.ctx.attempt) end)
      tg.run(bot, { journal = %q })]]):format(journal))
    sim:update(flow.message "x")
    sim:wait_calls("sendMessage", 1)
    bot:kill()
    assert.equal(0, (bot:wait()), bot:err())
    assert.truthy(bot:out():find("worker\tx\t1\tfalse\n.*caught\t1\n.*worker\tx\t2\ttrue\n"), bot:out())
  end)

  describe("in workers", function()
    local WORKER = [[
      local tg = require "tgrunner"
      local bot = tg.BotWorker()
      bot:on("message", function(ctx)
        local made = 0
        local value = ctx:once("step", function() made = made + 1 return { n = 42 } end)
        local none = ctx:once("none", function() made = made + 1 end)
        ctx:once("step", function() made = made + 1 end)
        print("made", made, value.n, none, ctx.attempt)
        %s
      end)]]

    local function script(more)
      return ([[
        local tg = require "tgrunner"
        local bot = tg.Bot()
        bot:use(function(ctx, next)
          ctx:once("main", function() print "first" end)
          next()
          print("behind", ctx:once("step", print).n)
        end)
        bot:on("message", tg.distribute("worker.lua", { count = 2 }))
        bot:catch(print)
        %s]]):format(more or ("tg.run(bot, { journal = %q })"):format(journal))
    end

    it("keeps results of ctx:once across crashes of the process", function()
      flow.file(WORKER:format "if ctx.attempt == 1 then tg.sleep(60000) end", "worker.lua")
      local bot = flow.bot(sim, script())
      sim:update(flow.message "x")
      bot:wait_for("out", "made\t2\t42\tnil\t1\n")
      bot:kill "sigkill"
      bot:wait()
      local again = flow.bot(sim, script())
      again:wait_for("out", "made\t0\t42\tnil\t2\nbehind\t42\n")
      assert.falsy(again:out():find "first")
    end)

    it("keeps results of ctx:once when the worker dies", function()
      flow.file(WORKER:format "if ctx.attempt == 1 then os.exit(1) end", "worker.lua")
      local bot = flow.bot(sim, script())
      sim:update(flow.message "x")
      bot:wait_for("out", "made\t2\t42\tnil\t1\n.*made\t0\t42\tnil\t2\nbehind\t42\n")
      bot:kill()
      assert.equal(0, (bot:wait()), bot:err())
    end)

    it("keeps results of ctx:once for values of a script's own source", function()
      flow.file(WORKER:format "if ctx.attempt == 1 then tg.sleep(60000) end", "worker.lua")
      local own = script(([[
        local given
        local source = tg.create_source{ supply = function()
          if given or arg[1] == "again" then tg.sleep(60000) end
          given = true
          return { { id = "a", update_id = 1, message = { message_id = 1, text = "x", chat = { id = 1 } } } }
        end }
        local sink = tg.create_concurrent_sink({ consume = function(u) bot:handle_update(u) end }, print)
        tg.create_runner(source, sink, { journal = %q }):start()]]):format(journal))
      local bot = flow.bot(sim, own)
      bot:wait_for("out", "made\t2\t42\tnil\t1\n")
      bot:kill "sigkill"
      bot:wait()
      local again = flow.bot(sim, own, {}, { args = { "again" } })
      again:wait_for("out", "made\t0\t42\tnil\t2\nbehind\t42\n")
    end)
  end)
end)
