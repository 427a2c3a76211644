local new_talk = require("support.talk").new
local raised = require "support.raised"

describe("conversations", function()
  local talk

  before_each(function() talk = new_talk() end)

  local function raises(pattern, ...) assert.matches(pattern, raised(...)) end

  it("are counted, found and ended by key and name", function()
    talk:make()
    for chat = 1, 3 do talk:say("/start", chat) end
    assert.equal(3, talk.open:size())
    assert.same({ talk = 1 }, talk.open:active "2:7")
    assert.same({}, talk.open:active "9:9")
    assert.equal(1, talk.open:exit("2:7", "talk"))
    assert.equal(0, talk.open:exit("2:7"))
    assert.equal(2, talk.open:size())
    raises("no conversation 'tlak'; did you mean 'talk'", talk.open.exit, talk.open, "1:7", "tlak")
    raises("exit takes the key of a conversation, a string or an integer %(got a nil%)",
      talk.open.exit, talk.open)
    raises("active takes the key", talk.open.active, talk.open, {})
    talk:say("x", 2)
    assert.same({ "other x" }, talk.seen)
  end)

  it("of a composer are the bot's", function()
    local part = talk.tg.Composer()
    part:conversation("inner", function(conv) talk:note("inner", conv:wait().text) end)
    part:command("inner", function(ctx) ctx:enter "inner" end)
    talk:make(nil, nil, function(it) it:on "message":use(part) end)
    talk:say "/inner"
    talk:say "x"
    assert.same({ "inner x" }, talk.seen)
  end)

  it("listen to no kinds of update of their own", function()
    talk:make()
    talk.bot = talk.tg.Bot()
    talk.bot:conversation("talk", print)
    local kinds, any = talk.bot:_kinds()
    assert.same({}, kinds)
    assert.falsy(any)
  end)

  it("are kept for one bot", function()
    talk:make()
    talk:say "/start"
    local other = talk.tg.Bot()
    other:use(talk.open)
    raises("one tg.conversations serves one bot", other.handle_update, other,
      { update_id = 1 })
  end)

  it("tell a mistake each time a bot is composed, and no other mistake", function()
    talk:make()
    talk.bot:conversation("talk", print)
    raises("the conversation 'talk' is registered twice", talk.say, talk, "/start")
    raises("the conversation 'talk' is registered twice", talk.say, talk, "/start")
    talk:make()
    local between = talk.tg.Composer()
    talk.bot:use(between)
    between:use(talk.bot)
    raises("is used by itself", talk.say, talk, "/start")
  end)

  it("refuse what is no conversation", function()
    talk:make()
    raises("the name must be a string %(got a nil%)", talk.bot.conversation, talk.bot)
    raises("the name must be a string %(got an empty one%)", talk.bot.conversation, talk.bot, "")
    raises("conversation 'x': takes a function", talk.bot.conversation, talk.bot, "x", {})
    raises("did you mean 'parallel'", talk.bot.conversation, talk.bot, "x", print,
      { paralel = true })
  end)
end)
