local flow = require "support.flow"

-- What one signal does in programs that stop for no other reason.
describe("a signal", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("ends a program whose script does not come back, with a line if it can be written", function()
    local fifo = flow.file("", "go"):gsub("go$", "fifo")
    assert(os.execute("mkfifo " .. fifo))
    local waits = flow.start("tgrunner-lua", { "-e",
      'print "up" local file = io.open(...)', fifo }) -- nobody writes there: it waits for ever
    waits:wait_for("out", "up")
    local writes = flow.start("/bin/sh", { "-c", [[mkfifo "$1" && exec 2<> "$1"
      exec "$0" -e 'print "up" while true do io.stderr:write(("x"):rep(4096)) end']],
      flow.program "tgrunner-lua", fifo .. "2" }) -- and nobody reads there
    writes:wait_for("out", "up")
    waits:kill()
    writes:kill()
    local code, signal = waits:wait()
    assert.equal(15, signal, code)
    assert.equal("tgrunner-lua: the script did not stop in time: its code, or a function that it "
      .. "called, goes on without a pause; ended by force\n", waits:err())
    assert.equal(15, select(2, writes:wait()))
  end)

  it("that was ignored at the start stays so", function()
    local process = flow.start("/bin/sh", { "-c", [[trap '' INT
      exec "$0" -e 'print "up" require("tgrunner").sleep(500) print "slept"']],
      flow.program "tgrunner-lua" })
    process:wait_for("out", "up")
    process:kill "sigint"
    assert.equal(0, (process:wait()), process:err())
    assert.equal("up\nslept\n", process:out())
  end)

  it("of a closed pipe ends the programs that a script starts, as they expect", function()
    local result = flow.run { "-e", 'os.execute "yes | head -1"' }
    assert.equal(0, result.code)
    assert.equal("y\n", result.out)
    assert.equal("", result.err)
  end)
end)
