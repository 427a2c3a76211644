local fake_host = require "support.fake_host"
local session_bot = require "support.session_bot"

local count = session_bot.count
local message, recorder = session_bot.message, session_bot.recorder

describe("lazy session", function()
  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  local function bot_with(...) return session_bot.new(tg, host, ...) end

  it("is read when a handler first touches it", function()
    local storage, done = recorder { ["7"] = { n = 1 } }
    local bot = bot_with(tg.lazy_session { storage = storage }, function(ctx)
      done[#done + 1] = "handler"
      if ctx.text == "touch" then count(ctx) end
    end)
    bot:handle_update(message "no")
    assert.same({ "handler" }, done)
    bot:handle_update(message "touch")
    assert.same({ "handler", "handler", "read 7", "write 7" }, done)
  end)

  it("is not read when it is set or deleted without a look", function()
    local storage, done, values = recorder { ["7"] = { n = 1 } }
    local value = { n = 5 }
    local bot = bot_with(tg.lazy_session { storage = storage },
      function(ctx) ctx.session = value end)
    bot:handle_update(message "a")
    value = nil
    bot:handle_update(message "b")
    assert.same({ "write 7", "delete 7" }, done)
    assert.is_nil(values["7"])
  end)

  it("is read once when two coroutines touch it", function()
    local storage, done = recorder { ["7"] = { n = 1 } }
    local read = storage.read
    storage.read = function(key)
      coroutine.yield()
      return read(key)
    end
    local seen = {}
    local bot = bot_with(tg.lazy_session { storage = storage }, function(ctx)
      local function look()
        local n = ctx.session.n
        seen[#seen + 1] = n
      end
      local all = { coroutine.create(look), coroutine.create(look) }
      repeat
        local alive = false
        for _, co in ipairs(all) do
          alive = coroutine.resume(co) or alive
        end
      until not alive
    end)
    bot:handle_update(message "a")
    assert.same({ 1, 1 }, seen)
    assert.same({ "read 7" }, done)
  end)
end)
