local flow = require "support.flow"

-- Sinks and runners as scripts put them together.
describe("the engine's parts", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function prints(script) return flow.prints('local tg = require "tgrunner"\n' .. script) end

  it("runs at most as many updates as a concurrent sink allows, and answers free capacity", function()
    assert.equal("2\t3\ntrue\t0\n", (prints [[
      local running, most, ended = 0, 0, 0
      local sink = tg.create_concurrent_sink({ consume = function()
        running = running + 1
        most = math.max(most, running)
        tg.sleep(10)
        running, ended = running - 1, ended + 1
      end }, print, { concurrency = 3 })
      local first = sink:handle{ 1 }
      local list = {}
      for i = 1, 20 do list[i] = i end
      sink:handle(list)
      print(first, most)
      while ended < 21 do tg.sleep(5) end
      print(most == 3, sink:size())]]))
  end)

  it("runs one after another in a sequential sink, all at once in a batch sink", function()
    assert.equal("1 1 2 2 3 3\tinf\n1 2 3 3 2 1\tinf\n", (prints [[
      local function order(create)
        local seen = {}
        local sink = create({ consume = function(n)
          seen[#seen + 1] = n
          tg.sleep((4 - n) * 10)
          seen[#seen + 1] = n
        end }, print)
        local capacity = sink:handle{ 1, 2, 3 }
        print(table.concat(seen, " "), capacity)
      end
      order(tg.create_sequential_sink)
      order(tg.create_batch_sink)]]))
  end)

  it("keeps a snapshot of running updates in order of their start", function()
    assert.equal("a b\n", (prints [[
      local sink = tg.create_concurrent_sink({ consume = function() tg.sleep(20) end }, print)
      sink:handle{ "a", "b" }
      tg.sleep(0)
      print(table.concat(sink:snapshot(), " "))]]))
  end)

  it("tells the error handler of a failed update, and logs an error of the error handler", function()
    local out, err = prints [[
      local sink = tg.create_concurrent_sink({ consume = function(n)
        tg.sleep(1)
        if n == 2 then error({ code = n }) end
      end }, function(e, update)
        print("failed", e.code, update)
        error "worse"
      end)
      sink:handle{ 1, 2, 3 }
      while sink:size() > 0 do tg.sleep(5) end
      print(sink:size())]]
    assert.equal("failed\t2\t2\n0\n", out)
    assert.truthy(err:find("error in the error handler", 1, true), err)
    assert.truthy(err:find("worse", 1, true), err)
  end)

  it("hands a supplier's Lua values to the consumer as they are", function()
    assert.equal("true\t3\nfunction\n", (prints [[
      local batches = { { { n = 3 }, print }, {} }
      local object = batches[1][1]
      local supplier = { supply = function(size, signal)
        assert(size >= 1 and signal.aborted == false)
        local batch = table.remove(batches, 1)
        if not batch then tg.sleep(60000) end
        return batch
      end }
      local sink = tg.create_sequential_sink({ consume = function(value)
        if type(value) == "table" then print(value == object, value.n) else print(type(value)) end
      end }, print)
      local runner = tg.create_runner(tg.create_source(supplier), sink):start()
      while runner:stats().done < 2 do tg.sleep(5) end
      runner:stop()]]))
  end)

  it("tells of an update that somebody cancels for no reason of the engine's", function()
    local out, err = prints [[
      local sink
      sink = tg.create_concurrent_sink({ consume = function() tg.sleep(60000) end }, print)
      local host = require "tgrunner.host"
      local mark = host.fiber_mark()
      sink:handle{ { update_id = 7 } }
      host.cancel_since(mark)
      while sink:size() > 0 do tg.sleep(1) end
      print(sink:size())]]
    assert.equal("0\n", out)
    assert.truthy(err:find("the handler of update 7 was cancelled before its end", 1, true), err)
  end)

  it("does not hammer a server that refuses, whatever retry_interval says", function()
    local sim = flow.sim()
    sim:answer { method = "getMe", status = 500 }
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:on("message", function() end)
      local handle = tg.run(bot, { runner = { retry_interval = 0, silent = true } })
      tg.sleep(1000)
      handle:stop()]])
    assert.equal(0, (bot:wait()), bot:err())
    assert.is_true(sim:method("getMe").calls <= 20)
  end)

  it("ends a runner with its supplier's error, for who waits for it", function()
    assert.equal("false\ttrue\tfailed\n", (prints [[
      local runner = tg.create_runner(
        tg.create_source{ supply = function() error "broken pipe" end },
        tg.create_sequential_sink({ consume = function() end }, print)):start()
      local task = runner:task()
      local ok, err = pcall(task.wait, task)
      print(ok, tostring(err):find("broken pipe", 1, true) ~= nil, runner:stats().state)]]))
  end)

  it("raises what its supplier raised, tables too, for who waits and from the generator", function()
    assert.equal("7\n7\n", (prints [[
      local function failing() return tg.create_source{ supply = function() error { code = 7 } end } end
      local task = tg.create_runner(failing(),
        tg.create_sequential_sink({ consume = function() end }, print)):start():task()
      print(select(2, pcall(task.wait, task)).code)
      print(select(2, pcall(failing():generator())).code)]]))
  end)

  it("ends the script with a runner's error that nobody waits for", function()
    local result = flow.run { flow.file [[
      local tg = require "tgrunner"
      tg.create_runner(
        tg.create_source{ supply = function() error "broken pipe" end },
        tg.create_sequential_sink({ consume = function() end }, print)):start()]] }
    assert.equal(1, result.code)
    assert.truthy(result.err:find("broken pipe", 1, true), result.err)
  end)

  it("rejects options that are not known or not right, at the script's line", function()
    local function err(code)
      local result = flow.run { flow.file('local tg = require "tgrunner"\n' .. code) }
      assert.equal(1, result.code)
      return result.err
    end
    assert.truthy(err("tg.create_concurrent_sink({ consume = print }, print, { concurrency = 0 })")
      :find("bot.lua:2: .*concurrency must be"))
    assert.truthy(err("tg.create_concurrent_sink({}, print)"):find("bot.lua:2: .*consume"))
    assert.truthy(err("tg.create_source({})"):find("bot.lua:2: .*supply"))
    assert.truthy(err("tg.create_runner(1, 2)"):find("bot.lua:2: .*create_source"))
    assert.truthy(err('tg.sequentialize("chats")'):find("bot.lua:2: .*sequentialize"))
    assert.truthy(err("tg.run({})"):find("bot.lua:2: .*tg.Bot"))
    local SOURCE = "local s = tg.create_source{ supply = function() return {} end } "
    assert.truthy(err(SOURCE .. "s:set_generator_pace(0/0)"):find("bot.lua:2: .*takes a number %(got %-?nan%)"))
    assert.truthy(err(SOURCE .. "s:set_generator_pace()"):find("bot.lua:2: .*takes a number %(got nil%)"))
    assert.truthy(err(SOURCE .. "s.close()"):find("bot.lua:2: source:close is called with a colon"))
    local SINK = "local s = tg.create_batch_sink({ consume = print }, print%s) "
    assert.truthy(err(SINK:format "" .. "s.size()"):find("bot.lua:2: sink:size is called with a colon"))
    assert.truthy(err(SINK:format "" .. "s:handle{ update_id = 1 }"):find("bot.lua:2: sink:handle takes a list"))
    assert.truthy(err("for _ in tg.create_source{ supply = function() return { update_id = 1 } end }:generator() do end")
      :find("supply must return a list of updates", 1, true))
    local BOT = 'local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") '
    assert.truthy(err(BOT .. "bot:start{ sink = { concurrency = 5 } }")
      :find("bot.lua:2: start options.sink.concurrency is for tg.run", 1, true))
    assert.truthy(err(BOT .. 'tg.create_update_fetcher(bot, { fetch = { allowed_updates = { "mesage" } } })')
      :find("bot.lua:2: unknown update kind 'mesage'", 1, true))
    assert.truthy(err(BOT .. "local f = tg.create_update_fetcher(bot) tg.create_source(f) tg.create_source(f)")
      :find("bot.lua:2: create_source: this fetcher has a source already", 1, true))
    local result = flow.run { flow.file('local tg = require "tgrunner"\n'
      .. SINK:format ", { sequentialize = function() return { a = 1 } end }" .. "s:handle{ 1 }") }
    assert.truthy(result.out:find "bot%.lua:2: the sequentialize constraint must give [^\n]*no list", result.out)
  end)
end)
