local conversation_bot = require "support.conversation_bot"
local flow = require "support.flow"

-- Which conversations a bot has, and how they are entered.
describe("a conversation", function()
  local sim, start, say, texts
  before_each(function()
    sim = flow.sim()
    start, say, texts = conversation_bot(sim)
  end)
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("is entered once for a key, unless it is parallel", function()
    start [[function(conv) conv:wait_for ":photo" end]]
    say "/start"
    texts(1)
    say "/start"
    assert.truthy(texts(2)[2]:find "^error: ctx:enter: the conversation 'talk' is open already for 1:1")
  end)

  it("may be several of one name for a key, the newest first, and several by name", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.conversations())
      local function talk(conv, ctx, label)
        conv:reply("got " .. label .. " " .. conv:wait_for("message:text").text)
      end
      bot:conversation("many", talk, { parallel = true })
      bot:conversation("photo", function(conv) conv:wait_for(":photo") end)
      bot:command("start", function(ctx)
        ctx:enter("many", "a")
        ctx:enter("photo")
        ctx:enter("many", "b")
        local counts = ctx:active_conversations()
        ctx:reply(counts.many .. " " .. counts.photo)
      end)
      bot:command("exit", function(ctx)
        ctx:reply(ctx:exit "many" .. " " .. ctx:exit "photo" .. " " .. ctx:exit_all())
      end)
      tg.run(bot)]])
    say "/start"
    texts(1)
    say "1"
    texts(2)
    say "2"
    assert.same({ "2 1", "got b 1", "got a 2" }, texts(3))
    say "/exit"
    assert.equal("0 1 0", texts(4)[4])
  end)

  it("may begin another, call another as a function, and end itself", function()
    flow.bot(sim, [[
      local tg = require "tgrunner"
      local bot = tg.Bot()
      bot:use(tg.sequentialize "chat")
      bot:use(tg.conversations())
      local function ask(conv, what)
        return conv:ask(what .. "?").text
      end
      bot:conversation("inner", function(conv, ctx)
        ctx:reply("inner " .. ask(conv, "B"))
      end)
      bot:conversation("outer", function(conv, ctx)
        local a = ask(conv, "A")
        tg.all { function() ctx:enter "inner" end } -- an older ctx, in a task
        error "on purpose"
      end)
      bot:conversation("ends", function(conv, ctx)
        conv:reply(tostring(ctx:exit "ends"))
        conv:wait()
        conv:reply "not reached"
      end)
      bot:command("start", function(ctx) ctx:enter "outer" end)
      bot:command("ends", function(ctx) ctx:enter "ends" ctx:reply(tostring(next(ctx:active_conversations()))) end)
      bot:catch(function(err) err.ctx:reply "caught" end)
      tg.run(bot)]])
    say "/start"
    texts(1)
    say "1"
    assert.same({ "A?", "B?", "caught" }, texts(3))
    say "2"
    assert.equal("inner 2", texts(4)[4])
    say "/ends"
    assert.same({ "1", "nil" }, { table.unpack(texts(6), 5) })
  end)

  it("is told apart from what cannot be", function()
    local function fails(text)
      local result = flow.run({ "--api-root", sim.url, flow.file([[
        local tg = require "tgrunner"
        local bot = tg.Bot()
        ]] .. text .. [[
        tg.run(bot)]]) }, { env = { BOT_TOKEN = sim.token } })
      assert.equal(1, result.code)
      return result.err
    end
    assert.truthy(fails 'bot:conversation("a", print)\n':find "bot:use%(tg.conversations%(%)%)")
    assert.truthy(fails [[bot:use(tg.conversations())
      bot:conversation("a", print)
      bot:conversation("a", print)
      ]]:find "'a' is registered twice")
    assert.truthy(fails [[bot:use(tg.conversations(), tg.conversations())
      ]]:find "tg.conversations is used twice")
    assert.truthy(fails 'tg.conversations { ttl_sm = 5 }\n':find "bot.lua:3: unknown option 'ttl_sm'.-did you mean 'ttl_ms'")
    assert.truthy(fails 'bot:conversation("a")\n':find "bot.lua:3: conversation 'a': takes a function")
  end)

  it("says which name is meant", function()
    start([[function() end]], nil, { before = [[
      bot:command("wrong", function(ctx) ctx:enter "tlak" end)]] })
    say "/wrong"
    assert.equal("error: ctx:enter: there is no conversation 'tlak'; did you mean 'talk'?", texts(1)[1])
  end)
end)
