local cjson = require "cjson"
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

  describe("on disk", function()
    local function file_of(chat)
      local file = io.open(("%s/%d.json"):format(folder, chat))
      if not file then return nil end
      local text = file:read "a"
      file:close()
      return cjson.decode(text)
    end

    it("outlive the program, with every write that was under way when it stopped", function()
      local bot = counter(storages.file, 'bot:use(tg.sequentialize("chat"))')
      local updates = {}
      for i = 1, 30 do updates[i] = flow.message("x", { chat = i }) end
      sim:update(updates)
      sim:wait_calls("sendMessage", 30)
      bot:kill()
      assert.equal(0, bot:wait())
      for chat = 1, 30 do assert.same({ n = 1 }, file_of(chat)) end
      counter(storages.file, 'bot:use(tg.sequentialize("chat"))')
      sim:update(flow.message("/n", { chat = 30 }))
      assert.equal("n = 1", sim:wait_calls("sendMessage", 31)[31].params.text)
    end)

    it("are whole when the program is killed", function()
      local script = [[
        local tg = require "tgrunner"
        local storage = tg.storage.file(arg[1])
        local text = ("x"):rep(20000)
        for chat = 1, 8 do
          tg.spawn(function()
            for n = 1, math.huge do
              storage.write(chat, { text = text, n = n })
              if n == 20 then print "ready" end
            end
          end)
        end]]
      for _ = 1, 3 do
        local program = flow.start("tgrunner-lua", { flow.file(script), folder })
        program:wait_for("out", "ready")
        program:kill "sigkill"
        program:wait()
        local seen = 0
        for chat = 1, 8 do
          local value = file_of(chat)
          if value then
            assert.equal(20000, #value.text)
            seen = seen + 1
          end
        end
        assert.truthy(seen >= 1)
      end
    end)

    it("that are damaged are errors that name the file; other chats go on", function()
      local file = assert(io.open(folder .. "/1.json", "w"))
      file:write '{"n":'
      file:close()
      local bot = counter(storages.file, 'bot:use(tg.sequentialize("chat"))')
      sim:update { flow.message("x", { chat = 1 }), flow.message("x", { chat = 2 }) }
      assert.equal(2, sim:wait_calls("sendMessage", 1)[1].params.chat_id)
      bot:wait_for("err", "error " .. folder:gsub("%p", "%%%0") .. "/1.json is damaged: ")
      bot:wait_for("err", "; repair or remove it\n")
    end)

    it("that cannot be written are errors that name the file", function()
      local bot = counter('tg.storage.file "/dev/null/sessions"', 'bot:use(tg.sequentialize("chat"))')
      sim:update(flow.message("x", { chat = 1 }))
      bot:wait_for("err", "error storage.file: cannot read /dev/null/sessions/1.json: not a directory\n")
    end)
  end)

  it("are shared by the workers of a pool", function()
    flow.file([[
      local tg = require "tgrunner"
      local bot = tg.BotWorker()
      bot:use(tg.sequentialize "chat")
      bot:use(tg.session { storage = tg.storage.file ']] .. folder .. [[', initial = function() return { n = 0 } end })
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
end)
