local fake_host = require "support.fake_host"
local raised = require "support.raised"

describe("a file from getFile", function()
  local tg, host, file

  before_each(function()
    tg, host = fake_host.load()
    host.answers.getFile = function(params)
      return true, { file_id = params.file_id, file_path = "photos/1.jpg" }
    end
    file = tg.Bot().api.get_file { file_id = "f" }
  end)

  it("shows Telegram's fields", function()
    local fields = {}
    for key, value in pairs(file) do fields[key] = value end
    assert.same({ file_id = "f", file_path = "photos/1.jpg" }, fields)
  end)

  it("is downloaded to a path", function()
    assert.equal("/tmp/x.jpg", file:download "/tmp/x.jpg")
    assert.same({ { file_path = "photos/1.jpg", path = "/tmp/x.jpg" } }, host.downloads)
  end)

  it("raises what fails", function()
    host.download_failure = { kind = "network", description = "connection reset", sent = true }
    local err = raised(file.download, file, "/tmp/x.jpg")
    assert.equal("getFile: network error: connection reset", tostring(err))
    assert.same({ file_id = "f" }, err.payload)
  end)

  it("refuses a path with a byte 0, which would be cut off there", function()
    assert.error_matches(function() file:download "a\0b" end,
      "file:download: a path has no byte 0 in it %(got 'a\\0b'%)")
    assert.same({}, host.downloads)
  end)

  it("needs a path, and one from Telegram", function()
    assert.error_matches(function() file:download() end, "file:download takes a path")
    file.file_path = nil
    assert.error_matches(function() file:download "/tmp/x" end, "gave no file_path")
  end)

  it("is gone through piece by piece, and closed with the loop", function()
    local pieces, closed = { "a", "b" }, false
    local stream = setmetatable({ next = function() return table.remove(pieces, 1) end },
      { __close = function() closed = true end })
    host.streams["photos/1.jpg"] = stream
    local got = {}
    for chunk in file:chunks() do got[#got + 1] = chunk end
    assert.same({ "a", "b" }, got)
    assert.is_true(closed)
  end)

  it("raises what fails on the way", function()
    local failure = { kind = "network", description = "gone", sent = true }
    host.streams["photos/1.jpg"] = { next = function() return false, failure end }
    local err = raised(function() file:chunks()() end)
    assert.equal("getFile: network error: gone", tostring(err))
    host.streams["photos/1.jpg"] = nil
    host.download_failure = failure
    assert.equal("getFile: network error: gone", tostring(raised(file.chunks, file)))
  end)
end)
