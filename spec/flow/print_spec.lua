local flow = require "support.flow"
local uv = require "luv"

-- That lines of several states do not mix: distribute_spec.lua.
describe("print, io.write and file:write", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local SCRIPT = [[
    print()
    print(nil, true, 1, 1.0, -0.0, 1e100, math.mininteger, "a\0b", "")
    print(setmetatable({}, { __tostring = function() return "own" end }),
      setmetatable({}, { __name = "Named" }) ~= nil)
    print(("x"):rep(100000))
    print(pcall(print, setmetatable({}, { __tostring = function() return 1 end })))
    print(io.write() == io.stdout, io.stdout:write() == io.stdout)
    io.write("a", 1, 1.0, 2 ^ 63, "b\0\n"):write("c", -1, 0.5, "\n")
    print(pcall(io.write, nil))
    print(pcall(io.stdout.write, io.stdout, true))
    print(select(2, pcall(function() io.write(nil) end)))
    print(select(2, pcall(function() io.stdout:write({}) end)))
    print(select(2, pcall(function() io.stdout.write("x") end)))
    local file = io.tmpfile()
    print(file:write("12", 3, "\n") == file, file:seek "set", file:read "a")
    file:close()
    print(select(2, pcall(function() file:write "x" end)))
    local old = io.output()
    io.output("/dev/null"):close()
    print(select(2, pcall(function() io.write "x" end)))
    io.output(old)
    local full = io.open("/dev/full", "w")
    full:setvbuf "no"
    print(full:write("a", 1))
    local reader = io.open("/dev/null")
    print(reader:write "x")]]

  it("are Lua's own", function()
    local path = flow.file(SCRIPT)
    local ours = flow.run { path }
    assert.equal(0, ours.code, ours.err)
    local lua = flow.start(uv.exepath(), { path })
    lua:wait()
    assert.equal(lua:out(), ours.out)
  end)

  it("write nothing when an argument cannot be written", function()
    local result = flow.run { flow.file [[
      pcall(io.write, "a", nil)
      pcall(print, "b", setmetatable({}, { __tostring = error }))]] }
    assert.equal("", result.out)
  end)
end)
