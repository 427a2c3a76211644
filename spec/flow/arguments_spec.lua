local flow = require "support.flow"

describe("a script's arguments", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("stand behind its path in arg, and the program before it", function()
    local path = flow.file "print(arg[-1], arg[0], arg[1], #arg, ...)"
    local result = flow.run { path, "x" }
    assert.equal(("%s\t%s\tx\t1\tx\n"):format(flow.program "tgrunner-lua", path), result.out, result.err)
  end)
end)
