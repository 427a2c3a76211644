local flow = require "support.flow"

-- Sources, suppliers and generators.
describe("the engine's parts", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function prints(script) return flow.prints('local tg = require "tgrunner"\n' .. script) end

  it("reads updates from a file into a bot", function()
    flow.file('{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":5,"type":"private"},"text":"from a file"}}\n',
      "updates.json")
    assert.equal("message\t5\tfrom a file\n", (prints [[
      local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 1, is_bot = true, username = "b" } })
      bot:on("message:text", function(ctx) print(ctx.kind, ctx.chat_id, ctx.text) end)
      local lines = io.lines((arg[0]:gsub("bot.lua$", "updates.json")))
      local source = tg.create_source{ supply = function()
        local line = lines()
        return { line and tg.json.decode(line) }
      end }
      local sink = tg.create_concurrent_sink({ consume = function(u) bot:handle_update(u) end }, print)
      for batch in source:generator() do
        if #batch == 0 then break end
        sink:handle(batch)
      end
      while sink:size() > 0 do tg.sleep(1) end]]))
  end)

  it("iterates batches, empty ones too, until the source is closed", function()
    assert.equal("2 0 1\tfalse\ttrue\n", (prints [[
      local sizes, batches = {}, { { 1, 2 }, {}, { 3 } }
      local aborted
      local source
      source = tg.create_source{ supply = function(_, signal)
        local _ <close> = setmetatable({}, { __close = function() aborted = signal.aborted end })
        local batch = table.remove(batches, 1)
        if not batch then
          tg.spawn(function() source:close() end)
          tg.sleep(60000)
        end
        return batch
      end }
      for batch in source:generator() do sizes[#sizes + 1] = #batch end
      tg.sleep(0)
      print(table.concat(sizes, " "), source:is_active(), aborted)]]))
  end)

  it("passes the pace to the supplier and raises its error from the generator", function()
    assert.equal("inf\t7\nfalse\ttrue\tfalse\n", (prints [[
      local seen = {}
      local source = tg.create_source{ supply = function(size)
        seen[#seen + 1] = size
        if #seen == 2 then error "dry" end
        return {}
      end }
      local ok, err = pcall(function()
        for _ in source:generator() do source:set_generator_pace(7) end
      end)
      print(seen[1], seen[2])
      print(ok, tostring(err):find "dry" ~= nil, source:is_active())]]))
  end)

  it("keeps a batch that a cancelled task had asked for", function()
    -- Who cancels runs behind the supplier: before its answer is handed over, or one step later, before
    -- who asked looks at it.
    assert.equal("1 2 3\n1 2 3\n", (prints [[
      local function seen(before)
        local given
        local go_on = tg.spawn(function() tg.sleep(20) end)
        local source = tg.create_source{ supply = function()
          if given then tg.sleep(60000) end
          given = true
          go_on:wait()
          return { 1, 2, 3 }
        end }
        local reader
        local function cancel()
          go_on:wait()
          if not before then tg.spawn(reader.cancel, reader) else reader:cancel() end
        end
        reader = tg.spawn(function() for _ in source:generator() do print "not cancelled" end end)
        tg.sleep(0)
        tg.spawn(cancel)
        while reader:status() == "running" do tg.sleep(1) end
        for batch in source:generator() do return table.concat(batch, " ") end
      end
      print(seen(true))
      print(seen(false))
      os.exit(0)]]))
  end)

  it("goes on with a new request while a cancelled one takes its time to end", function()
    local out = prints [[
      local storage = tg.storage.sqlite((arg[0]:gsub("bot.lua$", "keys.db")))
      for round = 1, 10 do
        local calls, done = 0, 0
        local source = tg.create_source{ supply = function()
          calls = calls + 1
          if calls == 1 then while true do storage.write("k", ("x"):rep(1000)) end end
          tg.sleep(1)
          return { calls }
        end }
        local runner = tg.create_runner(source, tg.create_concurrent_sink({ consume = function()
          done = done + 1
        end }, print)):start()
        tg.sleep(5)
        runner:stop()
        runner:start()
        if round % 2 == 0 then -- its source is collected while the first request lingers
          runner:stop()
          runner, source = nil, nil
          collectgarbage()
          collectgarbage()
        else
          while done < 3 do tg.sleep(1) end
          runner:stop()
        end
      end
      print "all went on"
      os.exit(0)]]
    assert.equal("all went on\n", out)
  end)

  it("leaves out an update that nobody can decode, and goes on", function()
    local sim = flow.sim()
    sim:update { flow.message "one", { raw = '{"update_id":2,"message":{"text":nul}}', update_id = 2 }, flow.message "three" }
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local source = tg.create_source(tg.create_update_fetcher(tg.Bot()))
      for batch in source:generator() do
        for _, update in ipairs(batch) do print(update.message.text) end
        if batch[#batch] and batch[#batch].message.text == "three" then break end
      end
      os.exit(0)]])
    assert.equal(0, (bot:wait()), bot:err())
    assert.equal("one\nthree\n", bot:out())
    assert.truthy(bot:err():find "update 2 is broken: [^\n]*; it is left out", bot:err())
  end)

  it("ends a generator whose source is closed in the loop's body", function()
    assert.equal("1 2\tfalse\n3\n", (prints [[
      local n, seen = 0, {}
      local source = tg.create_source{ supply = function() n = n + 1 return { n } end }
      source:close()
      for batch in source:generator() do
        seen[#seen + 1] = batch[1]
        if #seen == 2 then source:close() end
      end
      print(table.concat(seen, " "), source:is_active())
      for batch in source:generator() do return print(batch[1]) end]]))
  end)

  it("gives a batch that came with the close, then ends", function()
    assert.equal("1\n", (prints [[
      local source
      source = tg.create_source{ supply = function()
        tg.spawn(function() source:close() end)
        return { 1 }
      end }
      for batch in source:generator() do print(batch[1]) end]]))
  end)

  it("asks a closed source again in the same turn", function()
    assert.equal("done\t2\n", (prints [[
      local n = 0
      local source = tg.create_source{ supply = function()
        n = n + 1
        if n == 1 then tg.sleep(60000) end
        return { n }
      end }
      local first = tg.spawn(source:generator())
      tg.sleep(0)
      source:close()
      local batch = source:generator()()
      first:wait()
      print(first:status(), batch[1])]]))
  end)

  it("leaves its source to a runner until that has ended, drain included", function()
    local out = prints [[
      local given
      local source = tg.create_source{ supply = function()
        if given then tg.sleep(60000) end
        given = true
        return { 1 }
      end }
      local runner = tg.create_runner(source, tg.create_concurrent_sink({ consume = function()
        tg.sleep(100)
      end }, print)):start()
      while runner:size() == 0 do tg.sleep(1) end
      local stop = tg.spawn(runner.stop, runner)
      tg.sleep(0)
      print(runner:stats().state, select(2, pcall(source:generator())))
      print(stop:wait().done)]]
    assert.truthy(out:find "^draining\t[^\n]*bot%.lua:%d+: this source is asked for updates by its runner\n1\n$", out)
  end)
end)
