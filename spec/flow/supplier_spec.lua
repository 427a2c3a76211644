local flow = require "support.flow"

-- What a supplier does wrong is told with the place where it is defined.
describe("a supplier of the script's own", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  -- What a runner whose supplier is `code` (from line 2 on) ends with.
  local function ends_with(code)
    local result = flow.run { flow.file(([[local tg = require "tgrunner"
%s
local runner
local sink = tg.create_batch_sink({ consume = function() end }, print)
runner = tg.create_runner(tg.create_source(supplier), sink)
get_runner = function() return runner end
runner:start()
print(pcall(function() return runner:task():wait() end))]]):format(code)) }
    assert.equal(0, result.code, result.err)
    return result.out
  end

  it("is told what it must return, and where it is", function()
    local LIST <const> = "bot.lua:3: supply must return a list of updates (got "
    local function check(returned, got)
      local out = ends_with("local supplier = {}\nfunction supplier.supply() return " .. returned .. " end")
      assert.truthy(out:find(LIST .. got, 1, true), out)
    end
    check("", "nil)")
    check("7", "number)")
    check("{ update_id = 1 }", "a table with fields; { update } is a list of one)")
  end)

  it("is told when its supply is no function any more", function()
    local out = ends_with [[
      local supplier = {}
      function supplier.supply() supplier.supply = nil return {} end]]
    assert.truthy(out:find("the supplier failed: supply is no function any more (got nil)", 1, true), out)
  end)

  it("may be anything that can be called", function()
    local out = ends_with [[
      local supplier, callable = {}, setmetatable({}, { __call = function() return 7 end })
      function supplier.supply() supplier.supply = callable return {} end]]
    assert.truthy(out:find("supply must return a list of updates (got number)", 1, true), out)
  end)

  it("cannot wait for the end of its own runner", function()
    local out = ends_with [[
      local supplier = { supply = function() get_runner():task():wait() return {} end }]]
    assert.truthy(out:find("bot.lua:2: a supplier cannot wait for the end of its own runner", 1, true), out)
  end)

  it("may wait for the end of another one's runner", function()
    local out = ends_with [[
      local other = tg.create_runner(tg.create_source { supply = function() error "none" end },
        tg.create_batch_sink({ consume = function() end }, print))
      local supplier = { supply = function()
        other:start()
        print("other", pcall(function() return other:task():wait() end))
      end }]]
    assert.truthy(out:find "^other\tfalse\t", out)
  end)
end)
