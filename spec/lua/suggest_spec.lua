local suggest = require "tgrunner.suggest"

describe("suggest", function()
  it("counts the edits between two words", function()
    assert.equal(0, suggest.distance("same", "same"))
    assert.equal(1, suggest.distance("text", "texts"))
    assert.equal(1, suggest.distance("text", "test"))
    assert.equal(1, suggest.distance("text", "txet"))
    assert.equal(3, suggest.distance("kitten", "sitting"))
    assert.equal(4, suggest.distance("", "text"))
  end)

  it("stops counting beyond the limit", function()
    assert.is_true(suggest.distance("aaaaaaaa", "bbbbbbbb", 2) > 2)
    assert.is_true(suggest.distance("a", "abcdefgh", 2) > 2)
  end)

  it("finds the nearest of a list and of a table by name", function()
    assert.equal("message", suggest.nearest("mesage", { "poll", "message" }))
    assert.equal("message", suggest.nearest("mesage", { poll = true, message = true }))
  end)

  it("finds nothing when all are far", function()
    assert.is_nil(suggest.nearest("concurrency", { "timeout", "waiting" }))
    assert.is_nil(suggest.nearest(7, { "timeout" }))
  end)

  it("prefers the first in the alphabet of equally near ones", function()
    assert.equal("bat", suggest.nearest("cat", { "rat", "bat", "hat" }))
  end)

  it("words a hint", function()
    assert.equal("; did you mean 'text'?", suggest.hint("txt", { "text" }))
    assert.equal("", suggest.hint("zzz", { "text" }))
  end)

  it("finds what a word is the beginning of", function()
    local names = { "timeout_minutes", "timeout_ms", "time" }
    assert.equal("timeout_ms", suggest.nearest("timeout", names))
    assert.is_nil(suggest.nearest("tim", { "timeout_ms" }))
  end)
end)
