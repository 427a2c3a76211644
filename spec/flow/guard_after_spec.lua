local flow = require "support.flow"

-- What a stop leaves behind: the clock of what runs next begins anew. The work
-- is of a kind that looks at the clock itself: large blocks, JSON.
describe("behind a stop by the CPU guard", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local WORK = [[
    local list = {}
    for k = 1, 3000 do list[k] = "item" .. k end
    local function work()
      return #tg.json.encode(list) + #("x"):rep(4 * 1024 * 1024)
    end
    local function closing(text)
      return setmetatable({}, { __close = function() print(text, pcall(work)) end })
    end
  ]]
  local DONE = "\ttrue\t4226198\n" -- bytes: 3,000 items as JSON, and the block

  local function run(code)
    local result = flow.run { flow.file('local tg = require "tgrunner"\n' .. WORK .. code) }
    assert.equal(0, result.code, result.err)
    return (result.out:gsub("\t%S*bot.lua:%d+: (stopped after %d+ ms)[^\n]*", "\t%1")), result.err
  end

  it("updates, to-be-closed variables and the error handler have their whole budget", function()
    local out = run [[
      local sink = tg.create_sequential_sink({ consume = function(n)
        if n % 2 == 0 then return print(n, pcall(work)) end
        local _ <close> = closing("closed " .. n)
        while true do end
      end }, function(err, n)
        print("error " .. n, err)
        print("handled " .. n, pcall(work))
      end, { max_cpu_milliseconds = 200 })
      sink:handle{ 1, 2, 3, 4, 6 }]]
    local wanted = {}
    for _, line in ipairs {
      "closed 1" .. DONE, "error 1\tstopped after 200 ms\n", "handled 1" .. DONE, "2" .. DONE,
      "closed 3" .. DONE, "error 3\tstopped after 200 ms\n", "handled 3" .. DONE, "4" .. DONE,
      "6" .. DONE,
    } do wanted[#wanted + 1] = line end
    assert.equal(table.concat(wanted), out)
  end)

  it("bot:catch has its whole budget, and so has the next update", function()
    local sim = flow.sim()
    local bot = flow.bot(sim, 'local tg = require "tgrunner"\n' .. WORK .. [[
      local bot = tg.Bot()
      bot:on("message:text", function(ctx)
        if ctx.text == "ok" then return print("ok", pcall(work)) end
        while true do end
      end)
      bot:catch(function(e)
        print("caught", tostring(e.error):find "stopped after 200 ms" ~= nil, pcall(work))
      end)
      tg.run(bot, { sink = { sequentialize = "chat", max_cpu_milliseconds = 200 } })]])
    for _, text in ipairs { "bad", "ok", "bad", "ok" } do sim:update(flow.message(text)) end
    bot:wait_for("out", ("caught\ttrue" .. DONE .. "ok" .. DONE):rep(2))
  end)

  it("an update that had nearly used its budget up leaves the next, smaller one its own", function()
    local out = run [[
      local function consume(n)
        local until_ = os.clock() + (n == 1 and 0.3 or 0)
        while os.clock() < until_ do end
        print(n, pcall(work))
      end
      local function sink(ms)
        return tg.create_sequential_sink({ consume = consume }, print, { max_cpu_milliseconds = ms })
      end
      sink(5000):handle{ 1 }
      sink(200):handle{ 2 }]]
    assert.equal("1" .. DONE .. "2" .. DONE, out)
  end)
end)
