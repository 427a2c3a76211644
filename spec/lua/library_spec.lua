local fake_host = require "support.fake_host"

describe("the library's names", function()
  local tg, library

  before_each(function()
    tg = fake_host.load()
    library = require "tgrunner.library"
  end)

  it("are told for what scripts see, also in groups", function()
    assert.equal("tg.fmt", library.name_of(tg.fmt))
    assert.equal("tg.fmt.bold", library.name_of(tg.fmt.bold))
    assert.equal("tg.storage.memory", library.name_of(tg.storage.memory))
  end)

  it("are of nothing else", function()
    assert.is_nil(library.name_of(function() end))
    assert.is_nil(library.name_of(tg.Composer()))
    assert.is_nil(library.name_of("fmt"))
    assert.is_nil(library.mistake(tg.sequentialize "chat", "a handler"))
  end)

  it("tell why a function is no handler", function()
    assert.matches("^tg.fmt is no handler; call it within one",
      library.mistake(tg.fmt, "a handler"))
    assert.matches("^tg.session makes a handler, and is called for that: tg.session%(…%)$",
      library.mistake(tg.session, "a handler"))
    assert.matches("^tg.auto_retry is no handler", library.mistake(tg.auto_retry, "a handler"))
    assert.matches("^tg.auto_retry makes a transformer, and is called for that: tg.auto_retry%(",
      library.mistake(tg.auto_retry, "a transformer"))
  end)
end)
