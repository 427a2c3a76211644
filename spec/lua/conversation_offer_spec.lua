local new_talk = require("support.talk").new

describe("the updates that conversations are offered", function()
  local talk

  before_each(function() talk = new_talk() end)

  it("cost nothing where none is open: they are not decoded", function()
    talk:make()
    talk.bot = talk.tg.Bot()
    talk.bot:use(talk.tg.conversations { key = function() error "asked" end })
    talk.bot:use(function(ctx) talk:note(ctx.kind) end)
    talk:say "x"
    assert.same({ "message" }, talk.seen)
  end)

  it("are not the commands of handlers, also within other composers", function()
    talk:make(nil, function(conv) talk:note(conv:wait().text) end, function(it)
      local part = it:on("message"):filter(function() return true end)
      part:command("deep", function() talk:note "deep" end)
    end)
    talk:say "/start"
    talk:say "/deep 1"
    talk:say "/flat"
    assert.same({ "deep", "/flat" }, talk.seen)
  end)
end)
