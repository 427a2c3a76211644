local distribute_bot = require "support.distribute_bot"
local flow = require "support.flow"

-- Workers that do not come back.
describe("distribute", function()
  local sim
  before_each(function() sim = flow.sim() end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("tells a timeout when it passes, however long the worker is stuck", function()
    local pipe = flow.file("", "pipe") -- nobody writes to it
    assert(os.remove(pipe) and os.execute("mkfifo " .. pipe))
    local worker = ([[
      bot:on("message", function() io.open(%q):close() print "came back" end)]]):format(pipe)
    flow.file(distribute_bot.WORKER .. worker, "worker.lua")
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", tg.distribute("worker.lua", { count = 1 }))
      local function too_late(update, task)
        print("too late: " .. update.message.text, task:status())
      end
      tg.run(bot, { sink = { timeout = { milliseconds = 3000, handler = too_late } } })]])
    sim:update(flow.message "x")
    bot:wait_for("out", "too late: x\trunning")
    assert.falsy(bot:out():find "came back")
    io.open(pipe, "w"):close()
    bot:wait_for("out", "came back")
    bot:kill()
    assert.equal(0, (bot:wait()), bot:err())
    assert.equal(1, select(2, bot:out():gsub("too late", "")))
  end)
end)
