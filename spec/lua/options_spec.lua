local options = require "tgrunner.options"

describe("options.check", function()
  local spec = {
    concurrency = "count",
    name = "string",
    mode = '"fast"|"slow"|function',
    delay = "milliseconds",
    sink = { concurrency = "count", timeout = { milliseconds = "milliseconds" } },
    pace = function(value) return value == 1, "must be 1" end,
  }

  local function problem(values)
    local ok, err = pcall(function() options.check("run options", values, spec) end)
    assert.is_false(ok)
    return err
  end

  it("returns what it was given, and a table for nil", function()
    local values = { concurrency = 5, mode = "slow", delay = 0, sink = { concurrency = 1 } }
    assert.equal(values, options.check("run options", values, spec))
    assert.same({}, options.check("run options", nil, spec))
  end)

  it("names an unknown option, where it is, and the nearest one", function()
    assert.matches("unknown option 'concurency' in run options; did you mean 'concurrency'?",
      problem { concurency = 5 }, 1, true)
    assert.matches("unknown option 'concurency' in run options.sink; did you mean 'concurrency'?",
      problem { sink = { concurency = 5 } }, 1, true)
    assert.matches("unknown option '1' in run options", problem { "x" }, 1, true)
  end)

  it("names an option with a wrong value, and what it should be", function()
    assert.matches("run options.name must be a string (got 5)", problem { name = 5 }, 1, true)
    assert.matches("run options.concurrency must be an integer of at least 1 (got 0)",
      problem { concurrency = 0 }, 1, true)
    assert.matches("run options.delay must be a number of milliseconds, 0 or more (got 'x')",
      problem { delay = "x" }, 1, true)
    assert.matches('run options.mode must be "fast" or "slow" or a function (got \'x\')',
      problem { mode = "x" }, 1, true)
    assert.matches("run options.pace must be 1 (got 2)", problem { pace = 2 }, 1, true)
    assert.matches("run options.sink.timeout must be a table (got 5)",
      problem { sink = { timeout = 5 } }, 1, true)
    assert.matches("run options must be a table (got 'x')", problem "x", 1, true)
  end)

  it("points at the script's line", function()
    assert.matches("^spec/lua/options_spec%.lua:%d+: ", problem { name = 5 })
  end)

  it("points where a level says, as error does", function()
    local function configure(values) options.check("x", values, spec, 2) end
    local ok, err = pcall(function() configure { name = 5 } end)
    assert.is_false(ok)
    assert.matches("^spec/lua/options_spec%.lua:%d+: ", err)
  end)
end)
