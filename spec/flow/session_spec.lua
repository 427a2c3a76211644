local flow = require "support.flow"
local uv = require "luv"

describe("sessions", function()
  local sim, folder

  before_each(function()
    sim = flow.sim()
    folder = assert(uv.fs_mkdtemp "/tmp/session-spec-XXXXXX")
  end)

  after_each(function()
    flow.clean_up()
    for name in uv.fs_scandir_next, uv.fs_scandir(folder) do uv.fs_unlink(folder .. "/" .. name) end
    uv.fs_rmdir(folder)
  end)

  teardown(flow.remove_files)

  -- A bot that counts a chat's messages, looking away in the middle; /n tells the count.
  local function counter(storage, middleware, run)
    return flow.bot(sim, ([[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local folder = arg[1]
      %s
      bot:use(tg.session { storage = %s, initial = function() return { n = 0 } end })
      bot:command("n", function(ctx) ctx:reply("n = " .. ctx.session.n) end)
      bot:on("message:text", function(ctx)
        local n = ctx.session.n
        tg.sleep(20)
        ctx.session.n = n + 1
        ctx:reply "counted"
      end)
      %s]]):format(middleware or "", storage, run or "tg.run(bot)"), {}, { args = { folder } })
  end

  local UPDATES = 20

  -- What the bot has counted of UPDATES messages of one chat that come at once.
  local function counted()
    local updates = {}
    for i = 1, UPDATES do updates[i] = flow.message "x" end
    sim:update(updates)
    sim:wait_calls("sendMessage", UPDATES)
    sim:update(flow.message "/n")
    local calls = sim:wait_calls("sendMessage", UPDATES + 1)
    return tonumber(calls[UPDATES + 1].params.text:match "^n = (%d+)$")
  end

  local storages = {
    memory = "tg.storage.memory()",
    file = "tg.storage.file(folder)",
    sqlite = "tg.storage.sqlite(folder .. '/it.db')",
  }

  for name, storage in pairs(storages) do
    describe("in " .. name, function()
      it("lose writes when updates of a session overlap, and a warning says so once", function()
        local bot = counter(storage)
        assert.truthy(counted() < UPDATES)
        local text = "bot.lua:5: tg.session without tg.sequentialize on the same key"
        bot:wait_for("err", text)
        assert.equal(1, select(2, bot:err():gsub(text, "")))
      end)

      it("lose nothing with sequentialize, and there is no warning", function()
        local bot = counter(storage, 'bot:use(tg.sequentialize("chat"))')
        assert.equal(UPDATES, counted())
        assert.falsy(bot:err():find "warn")
      end)
    end)
  end

  it("lose nothing with sequentialize in the sink, and there is no warning", function()
    local bot = counter("nil", "", 'tg.run(bot, { sink = { sequentialize = "chat" } })')
    assert.equal(UPDATES, counted())
    assert.falsy(bot:err():find "warn")
  end)

  it("lose nothing with bot:start, and there is no warning", function()
    local bot = counter("nil", "", "bot:start()")
    assert.equal(UPDATES, counted())
    assert.falsy(bot:err():find "warn")
  end)

  it("take a key function that gives a string or nil, the same as sequentialize", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      local function get_session_key(ctx)
        return ctx.chat and tostring(ctx.chat.id)
      end
      bot:use(tg.sequentialize(get_session_key))
      bot:use(tg.session { get_session_key = get_session_key, initial = function() return 0 end })
      bot:on("message", function(ctx)
        ctx.session = ctx.session + 1
        ctx:reply("Got your message " .. ctx.session)
      end)
      bot:on("inline_query", function(ctx) ctx:answer_inline_query {} end)
      tg.run(bot)]])
    sim:update { flow.message "x", flow.message "x",
      { inline_query = { id = "7", from = { id = 42, is_bot = false, first_name = "Ann" }, query = "", offset = "" } } }
    assert.equal("Got your message 2", sim:wait_calls("sendMessage", 2)[2].params.text)
    sim:wait_calls("answerInlineQuery", 1)
    assert.falsy(bot:err():find "warn")
    assert.falsy(bot:err():find "error")
  end)

  it("are not saved when a handler fails, and when it is cancelled", function()
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.session { initial = function() return { n = 0 } end })
      bot:on("message:text", function(ctx)
        ctx.session.n = ctx.session.n + 1
        if ctx.text == "fail" then error "as asked" end
        if ctx.text == "hang" then tg.sleep(1e6) end
        ctx:reply(tostring(ctx.session.n))
      end)
      tg.run(bot, { sink = { sequentialize = "chat", timeout = { milliseconds = 300 } } })]])
    sim:update { flow.message "a", flow.message "fail", flow.message "hang", flow.message "b" }
    assert.equal("2", sim:wait_calls("sendMessage", 2)[2].params.text, bot:err())
  end)

  local ordered = 'bot:use(tg.sequentialize "chat")'

  for _, name in ipairs { "file", "sqlite" } do
    describe("in " .. name .. " on disk", function()
      it("outlive the program, with every write that was under way when it stopped", function()
        local bot = counter(storages[name], ordered)
        local updates = {}
        for i = 1, 30 do updates[i] = flow.message("x", { chat = i }) end
        sim:update(updates)
        sim:wait_calls("sendMessage", 30)
        bot:kill()
        assert.equal(0, bot:wait())
        counter(storages[name], ordered)
        for i = 1, 30 do sim:update(flow.message("/n", { chat = i })) end
        local calls = sim:wait_calls("sendMessage", 60)
        for i = 31, 60 do assert.equal("n = 1", calls[i].params.text) end
      end)

      it("are whole, and none is lost, when the program is killed", function()
        local prologue = "local tg, folder = require 'tgrunner', arg[1]\nlocal storage = " .. storages[name]
        local writer = flow.file(prologue .. [[
          local text, ready = ("x"):rep(20000), 0
          for chat = 1, 8 do
            tg.spawn(function()
              for n = 1, math.huge do
                storage.write(chat, { text = text, n = n })
                if n == 20 then ready = ready + 1 end
                if n == 20 and ready == 8 then print "ready" end
              end
            end)
          end]], "writer.lua")
        local reader = flow.file(prologue .. [[
          for chat = 1, 8 do
            local value = storage.read(chat)
            assert(value.n >= 20 and #value.text == 20000)
          end
          print "whole"]], "reader.lua")
        for _ = 1, 3 do
          local program = flow.start("tgrunner-lua", { writer, folder })
          program:wait_for("out", "ready")
          program:kill "sigkill"
          program:wait()
          local result = flow.run { reader, folder }
          assert.equal("whole\n", result.out, result.err)
        end
      end)

      it("that a full disk refuses are errors; what was there stays", function()
        local script = flow.file(([[
          local tg, folder = require 'tgrunner', arg[1]
          local storage = %s
          if arg[2] == "first" then storage.write("a", "old") return end
          if arg[2] == "then" then
            print(select(2, pcall(storage.write, "a", ("x"):rep(2000000))))
          end
          print(storage.read "a")]]):format(storages[name]))
        assert.equal(0, flow.run({ script, folder, "first" }).code)
        local limited = flow.start("/bin/bash",
          { "-c", 'trap "" XFSZ; ulimit -f 100; exec "$@"', "-", flow.program "tgrunner-lua", script, folder, "then" })
        limited:wait()
        assert.matches("^storage." .. name .. ": .+\nold\n$", limited:out(), 1, false, limited:err())
        assert.equal("old\n", flow.run({ script, folder, "last" }).out)
      end)
    end)
  end

  it("in a damaged file are errors that name it; other chats go on", function()
    local file = assert(io.open(folder .. "/1.json", "w"))
    file:write '{"n":'
    file:close()
    local bot = counter(storages.file, ordered)
    sim:update { flow.message("x", { chat = 1 }), flow.message("x", { chat = 2 }) }
    assert.equal(2, sim:wait_calls("sendMessage", 1)[1].params.chat_id)
    bot:wait_for("err", "error " .. folder:gsub("%p", "%%%0") .. "/1.json is damaged: ")
    bot:wait_for("err", "; repair or remove it\n")
  end)

  it("in a file that is no database are errors that name it", function()
    local file = assert(io.open(folder .. "/it.db", "w"))
    file:write(("no database "):rep(100))
    file:close()
    local bot = counter(storages.sqlite, ordered)
    sim:update { flow.message("x", { chat = 1 }) }
    bot:wait_for("err", "error storage.sqlite: " .. folder:gsub("%p", "%%%0") .. "/it.db: file is not a database")
  end)

  local unwritable = {
    ["tg.storage.file '/dev/null/sessions'"] =
      "storage.file: cannot read /dev/null/sessions/42.json: not a directory\n",
    ["tg.storage.sqlite '/dev/null/it.db'"] =
      "storage.sqlite: /dev/null/it.db: unable to open database file\n",
  }

  for storage, text in pairs(unwritable) do
    it("in a place that cannot be written are errors that name it: " .. storage, function()
      local bot = counter(storage, ordered)
      sim:update(flow.message "x")
      bot:wait_for("err", "error " .. text)
    end)
  end

  for _, name in ipairs { "file", "sqlite" } do
    it("in " .. name .. " are shared by the workers of a pool", function()
      flow.file([[
        local tg = require "tgrunner"
        local bot, folder = tg.BotWorker(), ']] .. folder .. [['
        bot:use(tg.sequentialize "chat")
        bot:use(tg.session { storage = ]] .. storages[name] .. [[, initial = function() return { n = 0 } end })
        bot:on("message:text", function(ctx)
          ctx.session.n = ctx.session.n + 1
          ctx:reply(ctx.session.n .. " of " .. ctx.chat_id)
        end)]], "worker.lua")
      local bot = flow.bot(sim, [[
        local tg = require "tgrunner"
        local bot = tg.Bot()
        bot:use(tg.sequentialize "chat")
        bot:use(tg.distribute("worker.lua", { count = 3, by = "update" }))
        tg.run(bot)]])
      local updates = {}
      for i = 1, 40 do updates[i] = flow.message("x", { chat = i % 4 + 1 }) end
      sim:update(updates)
      local last = {}
      for _, call in ipairs(sim:wait_calls("sendMessage", 40)) do
        local chat = math.tointeger(call.params.chat_id)
        last[chat] = (last[chat] or 0) + 1
        assert.equal(last[chat] .. " of " .. chat, call.params.text, bot:err())
      end
    end)
  end

  it("in workers that each get updates of any chat are warned of, whatever the worker does", function()
    flow.file([[
      local tg = require "tgrunner"
      local bot, folder = tg.BotWorker(), ']] .. folder .. [['
      bot:use(tg.sequentialize "chat")
      bot:use(tg.session { storage = ]] .. storages.sqlite .. [[ })
      bot:on("message:text", function(ctx) ctx:reply "got it" end)]], "worker.lua")
    local bot = flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.distribute("worker.lua", { count = 2 }))
      tg.run(bot)]])
    sim:update(flow.message "x")
    bot:wait_for("err", "worker.lua:4: tg.session in workers that each get updates of any session")
    sim:wait_calls("sendMessage", 1)
  end)
end)
