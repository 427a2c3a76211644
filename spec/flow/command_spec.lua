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

  it("of the name journal takes -h, and so many numbers at once", function()
    local help = flow.run { "journal", "-h" }
    assert.equal(0, help.code)
    assert.matches("^Usage: tgrunner%-lua journal", help.out)
    local args = { "journal", "drop", "none" }
    for i = 1, 4097 do args[#args + 1] = tostring(i) end
    local many = flow.run(args)
    assert.equal(2, many.code)
    assert.equal("tgrunner-lua: 4097 numbers at once are too many: 4096, or 'all'\n", many.err)
  end)

  it("is explained by help with its name", function()
    for _, name in ipairs { "call", "check", "init", "journal", "version", "help" } do
      local result = flow.run { "help", name }
      assert.equal(0, result.code, result.err)
      assert.matches("^Usage: tgrunner%-lua " .. name, result.out)
    end
    local result = flow.run { "help", "nothing" }
    assert.equal(2, result.code)
    assert.equal("tgrunner-lua: no subcommand 'nothing' (see tgrunner-lua help)\n", result.err)
  end)

  it("of the name version prints versions", function()
    local result = flow.run { "version" }
    assert.equal(0, result.code, result.err)
    assert.matches("^tgrunner %d+%.%d+%.%d+\nBot API ", result.out)
  end)

  it("behind options is told where it belongs, in one line", function()
    for _, args in ipairs { { "--api-root", "http://127.0.0.1:1", "call", "getMe" },
      { "-v", "check", "bot.lua" }, { "--sim", "init" } } do
      local result = flow.run(args)
      local name = args[1]:find "root" and args[3] or args[2]
      assert.equal(2, result.code, result.err)
      assert.equal(("tgrunner-lua: the subcommand '%s' comes first, its options behind it: tgrunner-lua %s … "
        .. "(a script of that name is run as ./%s)\n"):format(name, name, name), result.err)
    end
  end)

  it("of the name check takes no options", function()
    local result = flow.run { "check", "-v", "bot.lua" }
    assert.equal(2, result.code)
    assert.matches("^tgrunner%-lua: check knows no option %-v\nUsage: tgrunner%-lua check", result.err)
  end)

  it("does not hide a script of its name that is given by its path", function()
    local dir = flow.file("print 'a script'", "help"):match "(.*)/"
    local result = flow.run({ "./help" }, { cwd = dir })
    assert.equal(0, result.code, result.err)
    assert.equal("a script\n", result.out)
  end)
end)
