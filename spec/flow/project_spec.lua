local flow = require "support.flow"

local folder = os.tmpname()

local function read(path)
  local file = assert(io.open(path, "rb"))
  local text = file:read "a"
  file:close()
  return text
end

local names = {
  "bot.lua", "spec/bot_spec.lua", "README.md", ".env.example", ".gitignore", ".busted",
}

describe("tgrunner-lua init", function()
  setup(function() os.remove(folder) end)
  after_each(flow.clean_up)
  teardown(function() os.execute("rm -rf " .. folder) end)

  it("writes what examples/tested is, and says so", function()
    local result = flow.run { "init", folder }
    assert.equal(0, result.code, result.err)
    for _, name in ipairs(names) do
      assert.equal(read("examples/tested/" .. name), read(folder .. "/" .. name))
      assert.is_truthy(result.out:find("created  " .. folder .. "/" .. name, 1, true))
    end
  end)

  it("overwrites nothing", function()
    local file = assert(io.open(folder .. "/README.md", "w"))
    file:write "mine"
    file:close()
    os.remove(folder .. "/.busted")
    local result = flow.run({ "init" }, { cwd = folder })
    assert.equal(0, result.code, result.err)
    assert.equal("mine", read(folder .. "/README.md"))
    assert.matches("kept     ./README.md %(it was there%)", result.out)
    assert.matches("created  ./.busted", result.out)
    assert.matches("\nNext:  tgrunner%-lua %-%-sim bot.lua", result.out)
  end)

  it("tells a command that a shell takes, whatever the folder's name", function()
    local result = flow.run({ "init", "it's new" }, { cwd = folder })
    assert.equal(0, result.code, result.err)
    assert.is_truthy(result.out:find([[Next:  cd 'it'\''s new' && tgrunner-lua]], 1, true))
  end)

  it("writes a bot that runs", function()
    local result = flow.run({ "--sim", "--log-level", "error", "bot.lua" }, {
      cwd = folder, stdin = "/start\n/remind tea\n",
    })
    assert.matches("^Hello, Console! Try /remind 10 tea, or /count.\n", result.out)
    assert.equal("", result.err)
  end)

  it("writes specs that pass, with and without busted", function()
    local plain = flow.run({ "spec/bot_spec.lua" }, { cwd = folder })
    assert.equal(0, plain.code, plain.out)
    assert.matches("\n6 passed, 0 failed\n$", plain.out)
    local path = flow.program "" .. ":" .. os.getenv "PATH"
    local process = flow.start("/usr/bin/env", { "busted", "--output=plainTerminal" }, {
      cwd = folder, env = { PATH = path },
    })
    assert.equal(0, process:wait(), process:out() .. process:err())
    assert.matches("6 successes / 0 failures / 0 errors", process:out())
  end)

  it("writes nothing that check complains of", function()
    assert.equal(0, flow.run({ "check", "bot.lua" }, { cwd = folder }).code)
  end)

  it("says what it is for, and what went wrong", function()
    assert.matches("^Usage: tgrunner%-lua init", flow.run({ "init", "--help" }).out)
    assert.equal(2, flow.run({ "init", "a", "b" }).code)
    local result = flow.run { "init", "/nowhere/at/all" }
    assert.equal(1, result.code)
    assert.matches("cannot make the folder /nowhere/at/all", result.err)
  end)
end)
