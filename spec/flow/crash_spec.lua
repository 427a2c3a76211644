-- The checker's short form: ./dev soak runs it for long.
local driver = require "check.driver"
local flow = require "support.flow"
local judge = require "check.judge"

describe("the checker", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function run(options)
    options.seed = os.time()
    -- How long a loaded machine takes to write is not what is checked here: ./dev soak looks at
    -- the 50 ms.
    options.window_ms = 2000
    local verdict = driver.run(options)
    return verdict, ("seed %d: %s"):format(options.seed, judge.text(verdict))
  end

  it("finds nothing lost, in order, and few repeated, when a bot is killed 50 times", function()
    local verdict, text = run { ends = 50, signal = "sigkill", journal = true, order = true }
    assert.equal(0, verdict.lost, text)
    assert.equal(0, verdict.disorder, text)
    assert.equal(0, verdict.stale, text)
    assert.truthy(verdict.runs > 25, text)
  end)

  it("finds nothing lost and nothing repeated when it is stopped under load", function()
    local verdict, text = run { ends = 50, signal = "sigterm", journal = true, order = true }
    assert.equal(0, verdict.lost, text)
    assert.equal(0, verdict.disorder, text)
    assert.equal(0, verdict.duplicates, text)
  end)

  it("finds losses without a journal", function()
    local verdict, text = run { ends = 10, signal = "sigkill", journal = false, order = true }
    assert.truthy(verdict.lost > 0, text)
  end)

  it("finds disorder without sequentialize", function()
    local verdict, text = run { ends = 4, signal = "sigkill", journal = true, order = false }
    assert.equal(0, verdict.lost, text)
    assert.truthy(verdict.disorder > 0, text)
  end)
end)
