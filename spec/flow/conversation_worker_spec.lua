local flow = require "support.flow"

describe("conversations of a worker", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("end with it when it dies, with a warning; its successor has none", function()
    local sim = flow.sim()
    flow.file([[
      local tg = require "tgrunner"
      local bot = tg.BotWorker()
      bot:use(tg.conversations())
      bot:command("start", function(ctx) ctx:enter "talk" ctx:reply "entered" end)
      bot:command("die", function() os.exit(1) end)
      bot:conversation("talk", function(conv) conv:wait_for("message:text"):reply "talk" end)
      bot:on("message:text", function(ctx) ctx:reply "other" end)]], "worker.lua")
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:catch(function() end)
      bot:use(tg.distribute("worker.lua", { count = 1, by = "chat" }))
      tg.run(bot)]])
    sim:update(flow.message "/start")
    sim:wait_calls("sendMessage", 1)
    sim:update(flow.message "/die")
    bot:wait_for("err", "1 open conversation ended with the worker that died")
    bot:wait_for("err", "died and is replaced")
    sim:update(flow.message "x")
    assert.equal("other", sim:wait_calls("sendMessage", 2)[2].params.text)
  end)

  it("end with it when its pool stops, without one", function()
    local sim = flow.sim()
    flow.file([[
      local tg = require "tgrunner"
      local bot = tg.BotWorker()
      bot:use(tg.conversations())
      bot:command("start", function(ctx) ctx:enter "talk" ctx:reply "entered" end)
      bot:conversation("talk", function(conv) conv:wait() end)]], "worker.lua")
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.distribute("worker.lua", { count = 1, by = "chat" }))
      tg.run(bot)]])
    sim:update(flow.message "/start")
    sim:wait_calls("sendMessage", 1)
    bot:kill "sigterm"
    assert.equal(0, bot:wait())
    assert.falsy(bot:err():find("worker that died", 1, true), bot:err())
  end)
end)
