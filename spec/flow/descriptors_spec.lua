local flow = require "support.flow"

describe("too few descriptors", function()
  after_each(flow.clean_up)

  -- A sanitizer that looks for leaks needs some itself.
  local env = { ASAN_OPTIONS = (os.getenv "ASAN_OPTIONS" or "") .. ":detect_leaks=0" }

  -- The first limit at which a script runs; below it each attempt must say what is missing.
  local function first_that_runs(args)
    for limit = 4, 64 do
      local process = flow.start("/bin/sh", { "-c",
        ('ulimit -n %d; exec "$0" %s'):format(limit, args), flow.program "tgrunner-lua" }, { env = env })
      process:close_stdin()
      local code, signal = process:wait()
      assert.equal(0, signal, process:err())
      if code == 0 then return limit end
      if code ~= 127 then -- its libraries were found
        assert.truthy(code == 70 or code == 66 or code == 2, code .. ": " .. process:err())
        assert.truthy(process:err():lower():find("too many open files", 1, true), process:err())
      end
    end
  end

  it("end a program with a line that says so, never with a signal", function()
    assert.truthy(first_that_runs [[-e 'print "ok"']])
  end)

  it("do so with the simulator, too", function()
    assert.truthy(first_that_runs [[--sim -e 'print "ok"']])
  end)
end)
