local fake_host = require "support.fake_host"

describe("distribute", function()
  local tg, host, pools, answer

  -- A pool that notes what it is handed and answers with `answer`.
  before_each(function()
    tg, host = fake_host.load()
    pools, answer = {}, { true }
    host.pool = function(config)
      local pool = { config = config, runs = {} }
      function pool:run(raw, key)
        self.runs[#self.runs + 1] = { id = raw:id(), key = key }
        if self.retired then return nil end
        return table.unpack(answer, 1, 4)
      end
      function pool:is_retired() return self.retired ~= nil end
      function pool:retire(ms) self.retired = ms end
      function pool:stats() return { { number = 1 }, { number = 2 } } end
      pools[#pools + 1] = pool
      return pool
    end
  end)

  local path
  before_each(function()
    path = os.tmpname()
    local file = assert(io.open(path, "w"))
    file:write "#!/usr/bin/env tgrunner-lua\nlocal x = 1\n"
    file:close()
  end)
  after_each(function() os.remove(path) end)

  local function message(id, chat, from)
    return { update_id = id, message = { chat = { id = chat }, from = from and { id = from } } }
  end

  local function bot_with(opts)
    local bot = tg.Bot(nil, { api_root = "http://here", me = { id = 42 }, auto_retry = false })
    bot:catch(function(err) bot.failure = err.error end)
    bot:use(tg.distribute(path, opts))
    return bot
  end

  it("starts its workers when the bot knows who it is, once", function()
    local bot = tg.Bot()
    bot:filter(function() return true end):use(tg.distribute(path))
    assert.equal(0, #pools)
    bot:init()
    assert.equal(1, #pools)
    bot:handle_update(message(1, 5))
    assert.equal(1, #pools)
    assert.equal(1, pools[1].runs[1].id)
  end)

  it("tells once, at its own line, that its workers cannot start", function()
    local tries = 0
    host.pool = function()
      tries = tries + 1
      error("x.lua:1: cannot start 4 workers: not enough memory or threads", 0)
    end
    local bot = bot_with()
    local line = debug.getinfo(bot_with, "S").linedefined + 3
    local ok, first = pcall(bot.handle_update, bot, message(1, 5))
    assert.is_false(ok)
    bot:handle_update(message(2, 5))
    assert.equal(1, tries)
    assert.equal(first, bot.failure)
    local text = "distribute_spec.lua:%d: distribute: cannot start 4 workers: not enough"
    assert.truthy(first:find(text:format(line), 1, true), first)
    local other = tg.Bot()
    other:use(tg.distribute(path))
    assert.error_matches(function() other:init() end, "distribute: cannot start 4 workers")
  end)

  it("names the line of a function that gives no key", function()
    local bot = bot_with { by = function() return {} end }
    local line = debug.getinfo(1, "l").currentline - 1
    bot:handle_update(message(1, 5))
    local text = "distribute_spec.lua:%d: distribute: by must give a string"
    assert.truthy(bot.failure:find(text:format(line), 1, true), bot.failure)
  end)

  it("tells them who gets which updates, and whether the main script keeps them apart", function()
    local function pool_of(opts, order, ...)
      local bot = tg.Bot(nil, { api_root = "http://here", me = { id = 42 } })
      bot._order = order
      for _, fn in ipairs { ... } do bot:use(fn) end
      bot:use(tg.distribute(path, opts))
      bot:handle_update(message(1, 5))
      return host.decode(pools[#pools].config.settings).pool
    end
    local gate = { enter = function() end, by = function() end }
    host.gate = function() return gate end
    assert.same({ by = "update", is_ordered = false }, pool_of(nil, {}))
    assert.same({ by = "chat", is_ordered = true },
      pool_of({ by = "chat" }, {}, tg.sequentialize "chat"))
    assert.same({ by = "worker", is_ordered = true }, pool_of({ count = 1 }, { one_by_one = true }))
    assert.same({ by = "function", is_ordered = true },
      pool_of({ by = function() end }, { constraint = "chat" }))
  end)

  it("gives them the file, and what their bot inherits", function()
    bot_with({ count = 3, memory_limit = 1000 }):handle_update(message(1, 5))
    local config = pools[1].config
    assert.equal(path, config.file)
    assert.equal("#!/usr/bin/env tgrunner-lua\nlocal x = 1\n", config.text)
    assert.equal(3, config.count)
    assert.equal(1000, config.memory_limit)
    assert.is_true(config.gives_up)
    local settings = host.decode(config.settings)
    assert.equal(host.config.token, settings.token)
    assert.equal("http://here", settings.api_root)
    assert.equal(42, settings.me.id)
    assert.is_false(settings.auto_retry)
  end)

  it("sends an update without a key, or with the one that by says", function()
    local by_key = function(ctx) return ctx.chat_id == 5 and "five" or nil end
    for _, case in ipairs {
      { nil, nil, nil },
      { "chat", 5, 6 },
      { "user", 7, 6 },
      { by_key, "five", 8 },
    } do
      local bot = bot_with { by = case[1] }
      bot:handle_update(message(1, 5, 7))
      bot:handle_update(message(2, 6, case[1] == by_key and 8 or nil))
      local runs = pools[#pools].runs
      assert.equal(case[2], runs[1].key)
      assert.equal(case[3], runs[2].key)
    end
  end)

  it("refuses a key that is none", function()
    for what, key in pairs { ["a table"] = {}, ["a fraction"] = 1.5, ["a boolean"] = false } do
      local bot = bot_with { by = function() return key end }
      bot:handle_update(message(1, 5))
      local text = ("string, an integer or nil (got %s)"):format(what)
      assert.truthy(bot.failure:find(text, 1, true), bot.failure)
    end
  end)

  it("takes 1.0 for 1", function()
    bot_with { by = function() return 1.0 end }:handle_update(message(1, 5))
    assert.equal("integer", math.type(pools[1].runs[1].key))
  end)

  it("raises what a worker could not handle", function()
    answer = { false, "boom", "stack traceback:\n  w.lua:1", 2 }
    local bot = bot_with()
    bot:handle_update(message(1, 5))
    assert.equal(2, bot.failure.worker)
    assert.equal("boom", bot.failure.message)
    assert.equal("worker 2: boom\nstack traceback:\n  w.lua:1", tostring(bot.failure))
  end)

  it("begins anew when its pool is retired", function()
    local bot = bot_with()
    bot:handle_update(message(1, 5))
    pools[1]:retire(0)
    bot:handle_update(message(2, 5))
    assert.equal(2, #pools)
    assert.equal(2, pools[2].runs[1].id)
  end)

  it("serves one bot only", function()
    local shared = tg.distribute(path)
    local one = tg.Bot(nil, { me = { id = 42 } })
    local two = tg.Bot("43:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", { me = { id = 43 } })
    one:use(shared)
    two:use(shared)
    one:handle_update(message(1, 5))
    two:catch(function(err) two.failure = err.error end)
    two:handle_update(message(2, 5))
    assert.truthy(two.failure:find("one middleware serves one bot", 1, true))
    assert.equal(1, #pools[1].runs)
  end)

  it("tells a worker file's mistakes at once", function()
    assert.error_matches(function() tg.distribute "/none.lua" end, "cannot read .* /none.lua")
    assert.error_matches(function() tg.distribute(4) end, "must be a path %(got a number%)")
    local file = assert(io.open(path, "w"))
    file:write "#!x\nlocal = 1"
    file:close()
    assert.error_matches(function() tg.distribute(path) end, ":2: <name> expected")
  end)
end)
