local distribute_bot = require "support.distribute_bot"
local flow = require "support.flow"

-- What scripts and worker files do wrong, and what they are told.
describe("distribute", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function start(...) return distribute_bot.start(sim, ...) end

  it("does not let a key function wait: the order would be lost", function()
    local bot = start('bot:on("message", function() end)', [[{ by = function()
      tg.sleep(10)
      return "same"
    end }]])
    sim:update(flow.message "x")
    bot:wait_for("out", "caught: [^\n]*bot.lua:%d+: tg.sleep cannot wait here")
  end)

  for _, call in ipairs { "run()", "by()", "run {}", "by {}" } do
    it("says so when its middleware is called without the ctx of a bot: " .. call, function()
      flow.file(distribute_bot.WORKER .. 'bot:on("message", function() end)', "worker.lua")
      local bot = flow.bot(sim, ([[
        local tg = require "tgrunner"
        local bot = tg.Bot()
        bot:catch(function(err) print("caught: " .. tostring(err.error)) end)
        local run, by = tg.distribute("worker.lua"), tg.distribute("worker.lua", { by = "chat" })
        bot:on("message", function() %s end)
        tg.run(bot)]]):format(call))
      sim:update(flow.message "x")
      bot:wait_for("out", "bot.lua:5: distribute: the middleware "
        .. (call:find "{" and "was called with a ctx of no tg.Bot" or "must be called with a ctx %(got nil%)"))
    end)
  end

  it("names a worker file that is compiled", function()
    local path = flow.file(string.dump(function() end), "compiled.lua")
    local result = flow.run { flow.file(("require('tgrunner').distribute(%q)"):format(path)) }
    assert.equal(1, result.code)
    assert.truthy(result.err:find("distribute: the worker file " .. path .. " is a compiled chunk", 1, true),
      result.err)
  end)

  describe("in a worker file", function()
    it("no bot of any kind can be run or started", function()
      local bot = start [[
        local other = tg.Bot()
        print(select(2, pcall(tg.run, other)))
        print(select(2, pcall(other.start, other)))
        print(select(2, pcall(tg.create_update_fetcher, other)))
        print "all refused"
        bot:on("message", function() end)]]
      bot:wait_for("out", "all refused")
      for _, name in ipairs { "tg.run", "bot:start", "create_update_fetcher" } do
        local text = ("%s: a worker fetches no updates; start the bot in the main script"):format(name)
        assert.truthy(bot:out():find(text, 1, true), bot:out())
      end
    end)

    it("bot:stop and settings of its own are refused", function()
      local bot = start [[
        print(select(2, pcall(bot.stop, bot)))
        print(select(2, pcall(tg.BotWorker, nil, { auto_retry = false })))
        print "both refused"
        bot:on("message", function() end)]]
      bot:wait_for("out", "both refused")
      assert.truthy(bot:out():find("bot:stop: a tg.BotWorker stops with the main script's bot", 1, true))
      assert.truthy(bot:out():find("tg.BotWorker takes a token only", 1, true))
    end)
  end)
end)
