local conversation_bot = require "support.conversation_bot"
local flow = require "support.flow"

-- Code that never yields is interrupted; what runs next is unharmed.
describe("the CPU guard", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  -- Runs `code` as the consumer of one update, then a harmless second one, with a
  -- budget of 60 ms. What they printed.
  local function consume(code)
    local result = flow.run { flow.file(([[
      local tg = require "tgrunner"
      local function bad()
        %s
      end
      local sink = tg.create_sequential_sink({ consume = function(update)
        if update.update_id == 1 then return bad() end
        local sum = 0
        for i = 1, 100000 do sum = sum + i end
        print("next", sum, pcall(function() tg.sleep(1) end))
      end }, function(err) print("error", err) end, { max_cpu_milliseconds = 60 })
      sink:handle{ { update_id = 1 }, { update_id = 2 }, { update_id = 3 } }]]):format(code)) }
    assert.equal(0, result.code, result.err)
    return result.out, result.err
  end

  local NEXT = "next\t5000050000\ttrue\n"

  local function is_stopped(code, line)
    local out, err = consume(code)
    assert.equal(2, select(2, out:gsub("next\t5000050000\ttrue\n", "")), out .. err)
    assert.truthy(out:find "error\t[^\n]*bot%.lua:%d+: stopped after 60 ms of CPU[^\n]*max_cpu_milliseconds", out .. err)
    assert.truthy(out:find(NEXT .. NEXT, 1, true), out)
    if line then assert.truthy(out:find("bot.lua:" .. line .. ":", 1, true), out) end
    return out
  end

  it("stops an endless loop and names its line", function()
    is_stopped("while true do end", 3)
  end)

  it("stops one inside pcall, which cannot catch it", function()
    local out = is_stopped 'while true do print("caught", pcall(function() while true do end end)) end'
    assert.falsy(out:find("caught", 1, true))
  end)

  it("stops one inside an xpcall handler", function()
    is_stopped "xpcall(error, function() while true do end end)"
  end)

  it("stops one inside a nested coroutine", function()
    is_stopped "coroutine.wrap(function() coroutine.wrap(function() while true do end end)() end)()"
  end)

  it("stops one inside __close", function()
    is_stopped "local _ <close> = setmetatable({}, { __close = function() while true do end end })"
  end)

  it("stops one inside __close that runs because of the stop", function()
    is_stopped [[
      local _ <close> = setmetatable({}, { __close = function() while true do end end })
      while true do end]]
  end)

  it("stops one inside __close that coroutine.close or a failed wrap runs", function()
    is_stopped [[
      local co = coroutine.create(function()
        local _ <close> = setmetatable({}, { __close = function() while true do end end })
        coroutine.yield()
      end)
      coroutine.resume(co)
      coroutine.close(co)]]
    is_stopped [[
      coroutine.wrap(function()
        local _ <close> = setmetatable({}, { __close = function() while true do end end })
        error "x"
      end)()]]
  end)

  it("stops the __tostring of an error object that is to be logged", function()
    local result = flow.run { flow.file [[
      local tg = require "tgrunner"
      error(setmetatable({}, { __tostring = function() while true do end end }))]] }
    assert.equal(1, result.code)
    assert.truthy(result.err:find "stopped after 5000 ms of CPU", result.err)
  end)

  it("stops one in a sort comparator, even inside pcall", function()
    is_stopped "table.sort({ 3, 2, 1 }, function() while true do end end)"
    is_stopped "while true do pcall(table.sort, { 3, 2, 1 }, function() while true do end end) end"
  end)

  it("stops one in a metamethod called from C", function()
    is_stopped 'string.gsub("x", "x", function() while true do end end)'
  end)

  it("stops JSON of a table whose parts are doubled, at its line", function()
    is_stopped("local t = {} for _ = 1, 40 do t = { t, t } end\nreturn tg.json.encode(t)", 4)
    is_stopped("local t = {} for _ = 1, 40 do t = { a = t, b = t } end\nreturn pcall(tg.json.encode, t)", 4)
  end)

  -- Runs one update after another with what is left of the first one's coroutine.
  local function consume_each(...)
    local result = flow.run { flow.file(([[
      local tg = require "tgrunner"
      local turns = { %s }
      local sink = tg.create_sequential_sink({ consume = function(n) turns[n](n) end },
        function(err, n) print("error", n, (tostring(err):gsub("^[^\n]-:%%d+: ", ""))) end, { max_cpu_milliseconds = 60 })
      local list = {}
      for n = 1, #turns do list[n] = n end
      sink:handle(list)]]):format(table.concat({ ... }, ", "))) }
    assert.equal(0, result.code, result.err)
    return (result.out:gsub(" without a pause[^\n]*", ""))
  end

  local SORT = "function() table.sort({ 3, 2, 1 }, function() while true do end end) end"
  local LOOP = "function() while true do end end"

  it("stops what runs next, too, behind a stop where Lua cannot yield", function()
    assert.equal("error\t1\tstopped after 60 ms of CPU\nerror\t2\tstopped after 60 ms of CPU\nnext\n",
      consume_each(SORT, LOOP, 'function() print "next" end'))
  end)

  it("stops what runs next behind an error that the script's own hook raised", function()
    assert.equal("error\t1\tmine\nerror\t2\tstopped after 60 ms of CPU\n", consume_each([[
      function()
        debug.sethook(function() debug.sethook() error "mine" end, "", 1)
        for _ = 1, 1000 do end
      end]], LOOP))
  end)

  it("runs the next update without a hook that the last one set", function()
    assert.equal("nil\t0\n", consume_each(
      'function() hooked = 0 debug.sethook(function() hooked = hooked + 1 end, "", 1000000) end',
      "function() local n = hooked for _ = 1, 3000000 do end print(debug.gethook(), hooked - n) end"))
  end)

  it("stops a busy loop of caught errors", function()
    is_stopped "while true do pcall(error) end"
  end)

  it("leaves a coroutine that yields to its script alone later", function()
    local out = consume [[
      local co = coroutine.wrap(function()
        while true do
          local sum = 0
          for i = 1, 1000 do sum = sum + i end
          coroutine.yield(sum)
        end
      end)
      shared = co
      while true do co() end]]
    assert.truthy(out:find("error\t[^\n]*stopped after 60 ms"), out)
    assert.truthy(out:find(NEXT .. NEXT, 1, true), out)
  end)

  it("lets code run that pauses in between, however long it works in all", function()
    local out = consume [[
      for _ = 1, 12 do
        local until_ = os.clock() + 0.02
        while os.clock() < until_ do end
        tg.sleep(0)
      end
      print "finished"]]
    assert.truthy(out:find("finished", 1, true), out)
    assert.falsy(out:find("error", 1, true), out)
  end)

  it("runs to-be-closed variables of what it stops", function()
    local out = is_stopped [[
      local _ <close> = setmetatable({}, { __close = function() print "closed" end })
      while true do end]]
    assert.truthy(out:find("closed\n", 1, true), out)
  end)

  it("lets a main chunk take its time: loading may be long", function()
    local result = flow.run { flow.file [[
      while os.clock() < 5.3 do end
      print "loaded"]] }
    assert.equal("loaded\n", result.out, result.err)
  end)

  it("stops a task, with the default budget", function()
    local result = flow.run { flow.file [[
      local tg = require "tgrunner"
      print(pcall(tg.all, { function() while true do end end }))]] }
    assert.truthy(result.out:find "stopped after 5000 ms of CPU", result.out .. result.err)
  end)

  it("can be turned off", function()
    local result = flow.run { flow.file [[
      local tg = require "tgrunner"
      local sink = tg.create_sequential_sink({ consume = function()
        local until_ = os.clock() + 0.1
        while os.clock() < until_ do end
        print "finished"
      end }, print, { max_cpu_milliseconds = 0 })
      sink:handle{ 1 }]] }
    assert.equal("finished\n", result.out)
  end)

  it("works in workers, each on its own thread", function()
    local sim = flow.sim()
    flow.file([[
      local tg = require "tgrunner"
      local bot = tg.BotWorker()
      bot:on("message", function() while true do end end)]], "worker.lua")
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:catch(function(err) print(tostring(err.error)) end)
      bot:use(tg.distribute("worker.lua", { count = 1 }))
      tg.run(bot, { sink = { max_cpu_milliseconds = 50 } })]])
    sim:update(flow.message "x")
    bot:wait_for("out", "worker 1: %S*worker.lua:3: stopped after 50 ms")
  end)

  it("ends code in a worker that never waits when its update times out, without a budget", function()
    local sim = flow.sim()
    flow.file([[
      local tg = require "tgrunner"
      local bot = tg.BotWorker()
      bot:on("message", function(ctx)
        if ctx.text == "loop" then while true do end end
        print("handled " .. ctx.text)
      end)]], "worker.lua")
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", tg.distribute("worker.lua", { count = 1, by = "chat" }))
      local handle = tg.run(bot, { sink = { max_cpu_milliseconds = 0, timeout = { milliseconds = 4000 } } })
      while handle:stats().timed_out < 1 do tg.sleep(5) end
      print "timed out"]])
    sim:update(flow.message "loop")
    bot:wait_for("out", "timed out")
    sim:update(flow.message "next")
    bot:wait_for("out", "handled next")
    bot:kill()
    assert.equal(0, (bot:wait()), bot:err())
  end)

  it("ends a conversation that uses its budget up", function()
    local sim = flow.sim()
    local start, say, texts = conversation_bot(sim)
    start([[function(conv)
      conv:wait()
      while true do end
    end]], nil, { run = "{ sink = { max_cpu_milliseconds = 50 } }" })
    say "/start"
    texts(1)
    say "x"
    assert.truthy(texts(2)[2]:find "^error: stopped after 50 ms of CPU")
    say "y"
    assert.equal("other: y", texts(3)[3])
  end)
end)
