describe("values that are the same", function()
  local same = require("tgrunner.same").deep

  it("are equal, or tables with the same members at any depth", function()
    assert.is_true(same(1, 1))
    assert.is_true(same("a", "a"))
    assert.is_true(same({}, {}))
    assert.is_true(same({ a = { 1, { b = "x" } } }, { a = { 1, { b = "x" } } }))
  end)

  it("have no member that the other has not, on either side", function()
    assert.is_false(same({ a = 1 }, { a = 1, b = 2 }))
    assert.is_false(same({ a = 1, b = 2 }, { a = 1 }))
    assert.is_false(same({ a = { b = 1 } }, { a = { b = 2 } }))
    assert.is_false(same({ 1, 2 }, { 2, 1 }))
  end)

  it("are of one type", function()
    assert.is_false(same(1, "1"))
    assert.is_false(same({}, nil))
    assert.is_false(same(nil, {}))
    assert.is_false(same({ a = {} }, { a = false }))
  end)
end)
