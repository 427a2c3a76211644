local flow = require "support.flow"

describe("the README", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local file = assert(io.open "README.md")
  local text = file:read "a"
  file:close()

  it("says which Bot API is meant, as --version does", function()
    local bot_api = require("tgrunner.methods").bot_api
    assert.truthy(text:find(("The Bot API is the one of version %s,"):format(bot_api), 1, true))
    assert.truthy(flow.run({ "--version" }).out:find(("\nBot API %s\n"):format(bot_api), 1, true))
  end)

  -- The simulator stands for Telegram's server.
  local function in_stock_interpreter(code)
    local sim = flow.sim()
    local there = ("tg.Bot(nil, { api_root = %q })"):format(sim.url)
    local preload = (os.getenv "TGRUNNER_PRELOAD" or ""):gsub(":$", "")
    local process = flow.start("/usr/bin/env", { "lua5.4", flow.file((code:gsub("tg%.Bot%(%)", there))) }, {
      env = {
        BOT_TOKEN = sim.token,
        LUA_CPATH = flow.program "lua/?.so",
        LD_PRELOAD = preload ~= "" and preload or false,
      },
    })
    sim:update(flow.message "heard")
    assert.equal("heard", sim:wait_calls("sendMessage", 1)[1].params.text)
    process:kill()
    process:wait()
    assert.matches("simulated_bot", process:out())
  end

  local count = 0
  for code in text:gmatch "```lua\n(.-)```" do
    count = count + 1
    it("shows code that runs: block " .. count, function()
      if code:find("tgrunner.testing", 1, true) then
        flow.file(text:match "```lua\n(.-)```") -- the first block is the bot
        local script = flow.file(code, "bot_spec.lua")
        local result = flow.run({ script }, { cwd = script:match "^(.*)/" })
        assert.matches("\n2 passed, 0 failed\n$", result.out)
        assert.equal(0, result.code, result.err)
        return
      end
      if code:find("tg.loop", 1, true) then return in_stock_interpreter(code) end
      local main, worker = code:match "^(.-)(%-%- worker%.lua.*)$"
      if worker then flow.file(worker, "worker.lua") end
      local script = flow.file(main or code)
      local result = flow.run({ "--sim", "--log-level", "warn", script },
        { cwd = script:match "^(.*)/", stdin = "/start\n1 plus 2\n/go there\n/cart\n" })
      assert.equal("", result.err)
      assert.equal(0, result.code)
      if code:find "session" then
        assert.equal("/start, 1 plus 2, /go there\n", result.out)
      elseif code:find "conversation" then
        assert.equal("Your name?\nYour age, 1 plus 2?\n1 plus 2, /go there\n", result.out)
      elseif worker then
        assert.equal("message 1\nmessage 2\nmessage 3\nmessage 4\n", result.out)
      elseif code:find "hears" then
        assert.equal("3\nYou said there\n", result.out)
      elseif code:find "create_source" then
        assert.equal("1\n2\n3\n", result.out)
      else
        assert.truthy(result.out:find "Welcome!\n", result.out)
      end
    end)
  end

  it("shows a call whose error is caught, and that is right but for that", function()
    local code = text:match "```lua\n(local tg[^`]-pin_chat_message.-)```"
    local script = flow.file((code:gsub("\ntg%.run", [[

      bot.api.config:use(function(prev, method, payload)
        local response = prev(method, payload)
        print(method, response.ok, payload.message_id)
        return response
      end)
      tg.run]])))
    local result = flow.run({ "--sim", script }, { cwd = script:match "^(.*)/", stdin = "/pin\n" })
    assert.matches("pinChatMessage\ttrue\t%d+\n", result.out)
  end)

  it("shows code at all", function() assert.equal(8, count) end)
end)
