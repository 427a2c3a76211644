local flow = require "support.flow"

describe("a standard output that nobody reads", function()
  after_each(flow.clean_up)

  local function start(script)
    local process = flow.start("/bin/sh", { "-c", [["$0" --log-level warn -e "$1"; echo "status $?" >&2]],
      flow.program "tgrunner-lua", script })
    process:wait_for("out", "up\n")
    process:close_stdout()
    return process
  end

  it("stops a program that prints", function()
    local process = start [[print "up" require("tgrunner").every(20, function() print "more" end)]]
    process:wait()
    assert.equal("tgrunner-lua: cannot write to standard output\nstatus 1\n", process:err())
  end)

  it("does not stop one that prints no more", function()
    local process = start [[print "up" require("tgrunner").sleep(700) io.stderr:write "slept\n"]]
    process:wait()
    assert.equal("slept\nstatus 0\n", process:err())
  end)
end)
