local fake_host = require "support.fake_host"

describe("InputFile", function()
  local tg, host

  before_each(function() tg, host = fake_host.load() end)

  it("of a path is named like its last part", function()
    local file = tg.InputFile "/tmp/photos/cat.jpg"
    assert.equal("path", file.kind)
    assert.equal("/tmp/photos/cat.jpg", file.path)
    assert.equal("cat.jpg", file.filename)
    assert.equal(host.input_file_meta, getmetatable(file))
  end)

  it("of bytes has the name it is given, or file", function()
    assert.equal("a.txt", tg.InputFile({ bytes = "abc", filename = "a.txt" }).filename)
    local file = tg.InputFile { bytes = "abc" }
    assert.equal("bytes", file.kind)
    assert.equal("abc", file.bytes)
    assert.equal("file", file.filename)
  end)

  it("of a URL is named like the last part of its path", function()
    local file = tg.InputFile { url = "https://example.org/a/cat.jpg?size=1" }
    assert.equal("url", file.kind)
    assert.equal("cat.jpg", file.filename)
    assert.equal("file", tg.InputFile({ url = "https://example.org" }).filename)
    assert.equal("file", tg.InputFile({ url = "https://example.org/?a=/b" }).filename)
  end)

  it("of an iterator gives its pieces", function()
    local pieces = { "a", "b" }
    local file = tg.InputFile(function() return table.remove(pieces, 1) end, "ab.txt")
    assert.equal("iterator", file.kind)
    assert.equal("a", file.next())
    assert.equal("ab.txt", file.filename)
  end)

  it("takes a name beside everything", function()
    assert.equal("dog.jpg", tg.InputFile("/tmp/cat.jpg", "dog.jpg").filename)
    assert.equal("dog.jpg", tg.InputFile({ path = "/tmp/cat.jpg" }, "dog.jpg").filename)
  end)

  it("refuses a path with a byte 0, which would be cut off there", function()
    for _, source in ipairs { "big\0x", { path = "big\0x" } } do
      assert.error_matches(function() tg.InputFile(source) end,
        "tg.InputFile: a path has no byte 0 in it %(got 'big\\0x'%)")
    end
    assert.equal(3, #tg.InputFile({ bytes = "a\0b" }).bytes)
  end)

  it("refuses what is no source", function()
    assert.error_matches(function() tg.InputFile(5) end, "tg.InputFile takes a path")
    assert.error_matches(function() tg.InputFile {} end, "one of path, bytes and url")
    assert.error_matches(function() tg.InputFile { path = "a", bytes = "b" } end, "give one of")
    assert.error_matches(function() tg.InputFile { bytes = 5 } end, "bytes must be a string")
    assert.error_matches(function() tg.InputFile { pth = "a" } end, "did you mean 'path'%?")
    assert.error_matches(function() tg.InputFile("a", 5) end, "the filename must be a string")
  end)
end)
