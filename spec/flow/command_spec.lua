local flow = require "support.flow"

describe("a subcommand", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("of the name help lists all of them", function()
    local result = flow.run { "help" }
    assert.equal(0, result.code, result.err)
    assert.matches("^Usage: tgrunner%-lua", result.out)
    assert.matches("\n  version +%g", result.out)
  end)

  it("of the name version prints versions", function()
    local result = flow.run { "version" }
    assert.equal(0, result.code, result.err)
    assert.matches("^tgrunner %d+%.%d+%.%d+\nBot API ", result.out)
  end)

  it("does not hide a script of its name that is given by its path", function()
    local dir = flow.file("print 'a script'", "help"):match "(.*)/"
    local result = flow.run({ "./help" }, { cwd = dir })
    assert.equal(0, result.code, result.err)
    assert.equal("a script\n", result.out)
  end)
end)
