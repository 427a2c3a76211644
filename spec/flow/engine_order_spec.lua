local flow = require "support.flow"

-- Updates that wait for each other.
describe("the engine's parts", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function prints(script) return flow.prints('local tg = require "tgrunner"\n' .. script) end

  describe("sequentialize", function()
    local RUN = [[
      local function run(constraint, updates, options)
        local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 1, is_bot = true, username = "b" } })
        local log = {}
        if not options then bot:use(tg.sequentialize(constraint)) end
        bot:on("message:text", function(ctx)
          log[#log + 1] = "+" .. ctx.text
          tg.sleep(10)
          log[#log + 1] = "-" .. ctx.text
          if ctx.text:find "bad" then error "bad" end
        end)
        bot:catch(function() end)
        local sent
        local source = tg.create_source{ supply = function()
          if sent then tg.sleep(60000) end
          sent = true
          local batch = {}
          for i, u in ipairs(updates) do
            batch[i] = { update_id = i, message = { message_id = i, date = 1, text = u[1],
              chat = { id = u[2], type = "private" }, from = { id = u[3] or u[2], is_bot = false, first_name = "x" } } }
          end
          return batch
        end }
        local prepare, consume, failed = bot:_compose()
        local sink = tg.create_concurrent_sink({ consume = function(u) bot:handle_update(u) end }, print, options)
        local runner = tg.create_runner(source, sink):start()
        while runner:stats().done < #updates do tg.sleep(5) end
        runner:stop()
        print(table.concat(log, " "))
      end
    ]]

    it("runs updates of one chat in order and other chats beside them", function()
      local out = prints(RUN .. [[run("chat", { { "a1", 1 }, { "a2", 1 }, { "b1", 2 }, { "a3", 1 } })]])
      assert.equal("+a1 +b1 -a1 +a2 -b1 -a2 +a3 -a3\n", (out:gsub("%-a1 %+a2 %-b1", "-a1 +a2 -b1"):gsub("%-a1 %-b1 %+a2", "-a1 +a2 -b1")
        :gsub("%-b1 %-a1 %+a2", "-a1 +a2 -b1")))
    end)

    it("takes functions that give strings, integers, lists or nothing", function()
      local out = prints(RUN .. [[
        run(function(ctx) return ctx.text:sub(1, 1) end, { { "a1", 1 }, { "a2", 2 } })
        run(function(ctx) return { ctx.from.id, "x" } end, { { "a1", 1 }, { "a2", 2 } })
        run(function() return nil end, { { "a1", 1 }, { "a2", 1 } })
        run({ "chat", "user" }, { { "a1", 1, 7 }, { "a2", 2, 7 } })]])
      assert.equal("+a1 -a1 +a2 -a2\n+a1 -a1 +a2 -a2\n+a1 +a2 -a1 -a2\n+a1 -a1 +a2 -a2\n", out)
    end)

    it("goes on after an update that failed", function()
      assert.equal("+bad -bad +a2 -a2\n", (prints(RUN .. [[run("chat", { { "bad", 1 }, { "a2", 1 } })]])))
    end)

    it("refuses a constraint that waits, or gives something else, and names it", function()
      local _, err = prints [[
        local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 1, is_bot = true, username = "b" } })
        bot:use(tg.sequentialize(function(ctx) if ctx.text == "wait" then tg.sleep(1) end return {} ~= nil end))
        bot:use(function() print "never" end)
        for _, text in ipairs{ "wait", "true" } do
          bot:handle_update{ update_id = 1, message = { message_id = 1, date = 1, text = text, chat = { id = 1, type = "private" } } }
        end]]
      assert.truthy(err:find "bot%.lua:3: tg%.sleep cannot wait here: inside a function called by 'constraint'", err)
      assert.truthy(err:find "bot%.lua:3: the sequentialize constraint must give a string[^\n]*got boolean", err)
    end)

    it("lets updates wait without a slot when the sink does it", function()
      assert.equal("2\t4\n+a1 +b1\n", (prints [[
        local log = {}
        local sent
        local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 1, is_bot = true, username = "b" } })
        bot:on("message:text", function(ctx)
          log[#log + 1] = "+" .. ctx.text
          tg.sleep(60000)
        end)
        local list = {}
        for i, u in ipairs{ { "a1", 1 }, { "a2", 1 }, { "a3", 1 }, { "b1", 2 }, { "b2", 2 }, { "a4", 1 } } do
          list[i] = { update_id = i, message = { message_id = i, date = 1, text = u[1], chat = { id = u[2], type = "private" } } }
        end
        local sink = tg.create_concurrent_sink({ consume = function(u) bot:handle_update(u) end }, print,
          { concurrency = 3, sequentialize = function(u) return u.message.chat.id end })
        local runner = tg.create_runner(tg.create_source{ supply = function()
          if sent then tg.sleep(60000) end
          sent = true
          return list
        end }, sink):start()
        tg.sleep(30)
        local stats = runner:stats()
        print(stats.running, stats.waiting)
        print(table.concat(log, " "))
        os.exit(0)]]))
    end)

    it("gives an error of the sink's constraint to the error handler", function()
      assert.equal("error\ttrue\t1\n", (prints [[
        local sink = tg.create_concurrent_sink({ consume = function() print "never" end },
          function(err, update) print("error", tostring(err):find "no key" ~= nil, update.id) end,
          { sequentialize = function() error "no key" end })
        sink:handle{ { id = 1 } }
        while sink:size() > 0 do tg.sleep(1) end
        tg.sleep(1)]]))
    end)
  end)
end)
