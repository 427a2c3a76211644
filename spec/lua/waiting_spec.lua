describe("waiting conversations", function()
  local waiting = require "tgrunner.waiting"

  -- The names from both ends, which must agree.
  local function names(list)
    local forth, back, at = {}, {}, list.oldest
    while at do
      forth[#forth + 1] = at.name
      at = at._newer
    end
    at = list.newest
    while at do
      table.insert(back, 1, at.name)
      at = at._older
    end
    assert.same(forth, back)
    return table.concat(forth)
  end

  it("are in order of when their wait began, wherever one is taken out", function()
    local list, a, b, c = waiting.new(), { name = "a" }, { name = "b" }, { name = "c" }
    assert.equal("", names(list))
    for i, conv in ipairs { a, b, c } do list:add(conv, i) end
    assert.equal("abc", names(list))
    list:remove(b)
    list:remove(b)
    assert.equal("ac", names(list))
    list:add(a, 9)
    assert.equal("ca", names(list))
    assert.equal(9, a._since)
    list:remove(a)
    list:remove({ name = "never there" })
    assert.equal("c", names(list))
    list:remove(c)
    assert.equal("", names(list))
  end)
end)
