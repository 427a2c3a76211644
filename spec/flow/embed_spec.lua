-- The programs of examples/embed: each runs, and says what its comment promises.
local flow = require "support.flow"

describe("examples/embed", function()
  after_each(flow.clean_up)

  local function run(name, args, options)
    local process = flow.start("examples/embed/embed_" .. name, args, options)
    local code = process:wait()
    assert.equal(0, code, process:err())
    return process:out()
  end

  it("frame_loop handles updates in a game's frames and reports what they cost", function()
    local out = run("frame_loop", { "2" })
    local frames, with_updates, updates = out:match "^frames (%d+), with updates (%d+), updates (%d+)"
    assert.equal("120", frames)
    assert.truthy(tonumber(with_updates) > 0 and tonumber(updates) > 0, out)
    assert.matches("host per such frame: p50 %d+ us, p99 %d+ us, max %d+ us\n$", out)
  end)

  it("poll_loop answers the lines of standard input", function()
    local out = run("poll_loop", nil, { stdin = 'a\nb "c" \\\n' })
    assert.equal('You said a\nYou said b "c" \\\n', out)
  end)

  it("own_thread feeds a bot on another thread, and stops it", function()
    local out = run "own_thread"
    assert.equal("the bot got message 1\nthe bot got message 2\nthe bot got message 3\n"
      .. "the bot got message 4\nthe bot got message 5\nthe host has ended: ok\n", out)
  end)

  it("two_hosts runs one beside another that is stopped", function()
    local out = run "two_hosts"
    assert.matches("ours: trusted 3\n", out)
    assert.matches("theirs: no files\n", out)
    assert.matches("theirs: not enough memory\n", out)
    assert.matches("ours ended: ok\ntheirs ended: theirs:4: stopped after 100 ms of CPU", out)
  end)

  it("functions calls C from the script and the script from C", function()
    assert.matches("^Ann has rolled\n%[%d+,3%]\n$", run "functions")
  end)

  it("send sends one message", function()
    assert.equal("message 1 is in chat 1000\n", run("send", { "--sim", "1000", "hi" }))
  end)

  it("raii wraps it all in C++17", function()
    local lines = {}
    for line in run "raii":gmatch "[^\n]+" do lines[line] = true end
    assert.truthy(lines["Hello, Ann!"] and lines["greet.lua:2: greet takes a name"]
      and lines["it returned 3"] and lines["broken.lua:1: syntax error near 'is'"])
  end)
end)
