local fake_host = require "support.fake_host"

describe("json", function()
  local tg, host = fake_host.load()

  it("encodes and decodes with the host's codec", function()
    assert.equal(host.encode, tg.json.encode)
    assert.equal(host.decode, tg.json.decode)
    assert.equal(host.null, tg.null)
  end)

  it("marks tables as array or object", function()
    local list = { 1 }
    assert.equal(list, tg.array(list))
    assert.equal(host.array_meta, getmetatable(list))
    assert.equal(host.object_meta, getmetatable(tg.object()))
    assert.error_matches(function() tg.object(5) end, "tg.object takes a table %(got a number%)")
    assert.error_matches(function() tg.array "x" end, "tg.array takes a table")
  end)
end)
