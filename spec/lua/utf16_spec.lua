local utf16 = require "tgrunner.utf16"

describe("utf16", function()
  it("counts characters beyond the first 65,536 twice", function()
    assert.equal(0, utf16.len "")
    assert.equal(5, utf16.len "hello")
    assert.equal(4, utf16.len "héé€")
    assert.equal(2, utf16.len "👍")
    assert.equal(7, utf16.len "a👍é👍b")
  end)

  it("slices by units", function()
    assert.equal("ell", utf16.slice("hello", 1, 3))
    assert.equal("é", utf16.slice("a👍é👍b", 3, 1))
    assert.equal("👍b", utf16.slice("a👍é👍b", 4, 3))
    assert.equal("", utf16.slice("abc", 3, 2))
  end)

  it("does not run past the end", function()
    assert.equal("llo", utf16.slice("hello", 2, 99))
    assert.equal("é", utf16.slice("aé", 1, 99))
  end)

  it("gets through bytes that are not UTF-8", function()
    assert.equal(3, utf16.len "\xffa\x80")
    assert.equal(1, utf16.len "\xf0")
    assert.equal("a", utf16.slice("\xe9a", 1, 1))
  end)
end)
