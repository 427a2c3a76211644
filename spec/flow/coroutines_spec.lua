local flow = require "support.flow"

describe("coroutines of a script", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local prints = flow.prints

  it("lets the main chunk wait", function()
    assert.equal("slept\n", (prints [[
      local tg = require "tgrunner"
      tg.sleep(5)
      print "slept"]]))
  end)

  it("counts a sleep from its call, not from when the script was resumed", function()
    assert.equal("first\nsecond\n", (prints [[
      local tg = require "tgrunner"
      tg.spawn(function() tg.sleep(150) print "first" end)
      tg.sleep(0)
      local begun = os.clock()
      repeat until os.clock() - begun >= 0.1
      tg.sleep(60)
      print "second"]]))
  end)

  it("says that a shared sum does not fit", function()
    assert.equal("tg.shared: the sum of 'n' does not fit into an integer\n", (prints [[
      local tg = require "tgrunner"
      tg.shared.incr("n", math.maxinteger)
      print((select(2, pcall(tg.shared.incr, "n")):gsub("^.-:%d+: ", "")))]]))
  end)

  it("runs tasks beside each other and keeps the program alive for them", function()
    assert.equal("2\n1\n", (prints [[
      local tg = require "tgrunner"
      tg.spawn(function() tg.sleep(40) print(1) end)
      tg.spawn(function() tg.sleep(5) print(2) end)]]))
  end)

  it("hands a task's results to who waits for it", function()
    assert.equal("a\tnil\tc\n", (prints [[
      local tg = require "tgrunner"
      local task = tg.spawn(function(x) tg.sleep(1) return x, nil, "c" end, "a")
      print(task:wait())]]))
  end)

  it("raises a task's error where it is waited for", function()
    local out, err = prints [[
      local tg = require "tgrunner"
      local task = tg.spawn(function() tg.sleep(1) error({ code = 7 }) end)
      local ok, e = pcall(task.wait, task)
      print(ok, e.code)]]
    assert.equal("false\t7\n", out)
    assert.equal("", err)
  end)

  it("raises an error as it is in a coroutine that was cancelled inside an xpcall before", function()
    assert.equal("false\tplain\n", (prints [[
      local tg = require "tgrunner"
      local inside = tg.spawn(xpcall, tg.sleep, function(m) return "handled: " .. m end, 1e6)
      tg.sleep(1)
      inside:cancel()
      tg.sleep(1)
      print(pcall(function() tg.spawn(function() error("plain", 0) end):wait() end))]]))
  end)

  it("logs a task's error when nobody waits", function()
    local _, err = prints [[
      local tg = require "tgrunner"
      tg.spawn(function() error "unseen" end)]]
    assert.truthy(err:find("nobody waits for", 1, true))
    assert.truthy(err:find("unseen", 1, true))
    assert.truthy(err:find("stack traceback:", 1, true))
  end)

  it("returns nil and timeout from a wait that lasts too long", function()
    assert.equal("nil\ttimeout\nnil\ttimeout\n", (prints [[
      local tg = require "tgrunner"
      local task = tg.spawn(function() tg.sleep(5000) end)
      print(task:wait(5))
      task:cancel()
      print(tg.timeout(5, function() tg.sleep(5000) end))]]))
  end)

  it("runs the to-be-closed variables of a cancelled task, which cannot wait", function()
    local out = prints [[
      local tg = require "tgrunner"
      local task = tg.spawn(function()
        local _ <close> = setmetatable({}, { __close = function()
          print("closed", pcall(tg.sleep, 1))
        end })
        tg.sleep(5000)
      end)
      tg.sleep(1)
      task:cancel()
      print(pcall(task.wait, task))
      print(task:status())]]
    assert.truthy(out:find("^closed\tfalse\t[^\n]*<close> variable[^\n]*\nfalse\t[^\n]*cancelled\ncancelled\n"), out)
  end)

  it("logs what goes wrong in a to-be-closed variable of a cancelled task", function()
    local _, err = prints [[
      local tg = require "tgrunner"
      local task = tg.spawn(function()
        local _ <close> = setmetatable({}, { __close = function() error "in close" end })
        tg.sleep(5000)
      end)
      tg.sleep(1)
      task:cancel()
      tg.sleep(1)]]
    assert.truthy(err:find("error in a <close> variable[^\n]*in close"), err)
  end)

  it("refuses a task that waits for itself", function()
    assert.equal("false\ttrue\n", (prints [[
      local tg = require "tgrunner"
      local task
      task = tg.spawn(function()
        tg.sleep(0)
        return pcall(task.wait, task)
      end)
      local ok, err = task:wait()
      print(ok, err:find "cannot wait for itself" ~= nil)]]))
  end)

  describe("refuses, at the caller's line, tasks that would wait for each other", function()
    local function refused(body, line)
      local out, err = prints("local tg = require 'tgrunner'\n" .. body)
      local place = (":%d: task:wait: this task waits for the one that calls"):format(line)
      assert.truthy((out .. err):find(place, 1, true), out .. err)
    end

    it("directly", function()
      refused([[
        local a, b
        a = tg.spawn(function() tg.sleep(1) return b:wait() end)
        b = tg.spawn(function() a:wait() end)
        print(pcall(a.wait, a))]], 3)
    end)

    it("through others", function()
      refused([[
        local a, b, c
        a = tg.spawn(function() tg.sleep(0) b:wait() end)
        b = tg.spawn(function() tg.sleep(1) c:wait() end)
        c = tg.spawn(function() tg.sleep(20)
          coroutine.wrap(function() a:wait() end)()
        end)
        print(pcall(c.wait, c))]], 6)
    end)

    it("through tg.all", function()
      refused([[
        local parent
        parent = tg.spawn(function()
          tg.all{ function() tg.sleep(1)
            parent:wait()
          end }
        end)
        print(pcall(parent.wait, parent))]], 5)
    end)
  end)

  it("lets tasks wait for each other with a time limit", function()
    assert.equal("nil\ttimeout\nb ended\n", (prints [[
      local tg = require "tgrunner"
      local a, b
      a = tg.spawn(function() print(b:wait(20)) end)
      b = tg.spawn(function() a:wait() print "b ended" end)]]))
    assert.equal("nil\ttimeout\n", (prints [[
      local tg = require "tgrunner"
      local a, b
      a = tg.spawn(function() tg.sleep(1) b:wait() end)
      b = tg.spawn(function() print(a:wait(20)) end)]]))
  end)

  it("waits for fractions of a millisecond, and refuses what is no time", function()
    local out = prints [[
      local tg = require "tgrunner"
      local task = tg.spawn(tg.sleep, 5000)
      print(task:wait(1.5))
      for _, ms in ipairs{ -1, "x", 0/0, {} } do
        print(pcall(function() task:wait(ms) end))
      end
      task:cancel()]]
    local refused = "false\t[^\n]*bot%.lua:5: task:wait: ms must be a number of milliseconds, "
      .. "0 or more %(got [^\n]+%)\n"
    assert.truthy(out:find("^nil\ttimeout\n" .. refused:rep(4) .. "$"), out)
  end)

  it("takes fractions of a millisecond in timeout", function()
    assert.equal("nil\ttimeout\n", (prints [[
      local tg = require "tgrunner"
      print(tg.timeout(0.5 * 3, tg.sleep, 5000))]]))
  end)

  it("refuses what is no list of functions in all", function()
    local out = prints [[
      local tg = require "tgrunner"
      print(pcall(tg.all, { print, nil, print }))
      print(pcall(tg.all, { a = print }))]]
    assert.truthy(out:find "^false\t[^\n]*tg%.all[^\n]*\nfalse\t[^\n]*tg%.all", out)
  end)

  it("waits for all, gives their first results in order, ends the rest on an error", function()
    assert.equal("a\tnil\tc\nfalse\ttrue\n", (prints [[
      local tg = require "tgrunner"
      print(tg.all{
        function() tg.sleep(10) return "a", "ignored" end,
        function() end,
        function() tg.sleep(1) return "c" end })
      local finished = false
      local ok, err = pcall(tg.all, {
        function() tg.sleep(1) error "first" end,
        function() tg.sleep(1e6) finished = true end })
      print(ok or finished, err:find "first" ~= nil)]]))
  end)

  it("waits for many that end by turns, some with and some without a wait", function()
    assert.equal("600\t1\t300\t600\nfalse\ttrue\n", (prints [[
      local tg = require "tgrunner"
      local fns = {}
      for i = 1, 600 do
        fns[i] = function()
          if i % 3 > 0 then tg.sleep((i * 7) % 50) end
          return i
        end
      end
      local results = table.pack(tg.all(fns))
      print(results.n, results[1], results[300], results[600])
      fns[1] = function() error "at once" end
      local ok, err = pcall(tg.all, fns)
      print(ok, err:find "at once" ~= nil)]]))
  end)

  it("waits inside coroutines of the script's own", function()
    assert.equal("1\t2\t3\n", (prints [[
      local tg = require "tgrunner"
      local function numbers()
        return coroutine.wrap(function()
          for i = 1, 3 do tg.sleep(1) coroutine.yield(i) end
        end)
      end
      local seen = {}
      for n in numbers() do seen[#seen + 1] = n end
      print(table.unpack(seen))]]))
  end)

  it("passes values and errors through nested coroutines as Lua does", function()
    assert.equal("true\t1\ntrue\tb\nfalse\tcannot resume dead coroutine\nfalse\toops\n", (prints [[
      local tg = require "tgrunner"
      local co = coroutine.create(function(a) local b = coroutine.yield(a) tg.sleep(1) return b end)
      print(coroutine.resume(co, 1))
      print(coroutine.resume(co, "b"))
      print(coroutine.resume(co))
      print(pcall(coroutine.wrap(function() tg.sleep(1) error("oops", 0) end)))]]))
  end)

  it("shows a coroutine that waits for the host as normal and refuses to resume it", function()
    assert.equal("normal\nfalse\tcannot resume non-suspended coroutine\nfalse\n", (prints [[
      local tg = require "tgrunner"
      local co = coroutine.create(function() tg.sleep(20) end)
      tg.spawn(function() coroutine.resume(co) end)
      tg.sleep(1)
      print(coroutine.status(co))
      print(coroutine.resume(co))
      print((pcall(coroutine.close, co)))]]))
  end)

  it("closes nested coroutines innermost first when a task is cancelled", function()
    assert.equal("inner\nouter\n", (prints [[
      local tg = require "tgrunner"
      local function guard(name)
        return setmetatable({}, { __close = function() print(name) end })
      end
      local task = tg.spawn(function()
        local _ <close> = guard "outer"
        coroutine.wrap(function()
          local _ <close> = guard "inner"
          tg.sleep(5000)
        end)()
      end)
      tg.sleep(1)
      task:cancel()
      tg.sleep(1)]]))
  end)

  it("names the C function inside which nothing can wait", function()
    local out = prints [[
      local tg = require "tgrunner"
      print(pcall(table.sort, { 1, 2 }, function() tg.sleep(1) end))
      print(pcall(string.gsub, "x", "x", function() tg.sleep(1) end))]]
    assert.truthy(out:find "bot%.lua:%d+: tg%.sleep cannot wait here[^\n]*table%.sort", out)
    assert.truthy(out:find "tg%.sleep cannot wait here[^\n]*string%.gsub", out)
  end)

  it("lets a required module wait, and others wait for it", function()
    flow.file([[
      local tg = require "tgrunner"
      tg.sleep(20)
      return { name = "slow" }]], "slow.lua")
    assert.equal("slow\ttrue\n", (prints [[
      local tg = require "tgrunner"
      local a, b = tg.all{
        function() return require "slow" end,
        function() return require "slow" end }
      print(a.name, a == b)]]))
  end)

  it("hands over one value, so that a module can be an argument", function()
    flow.file("return {}", "part.lua")
    assert.equal("1\n", (prints 'print(select("#", require "part"))'))
  end)

  it("reports a module that requires itself", function()
    flow.file('require "loop"', "loop.lua")
    local result = flow.run { flow.file 'require "loop"' }
    assert.equal(1, result.code)
    assert.truthy(result.err:find("'loop' requires itself", 1, true), result.err)
  end)

  it("goes on behind timeout and all when what they cancelled has been closed", function()
    assert.equal("nil\ttimeout\tclosed\nfalse\tclosed\n", (prints [[
      local tg = require "tgrunner"
      local state
      local function hold()
        state = "held"
        local _ <close> = setmetatable({}, { __close = function() state = "closed" end })
        tg.sleep(1e6)
      end
      local result, why = tg.timeout(5, hold)
      print(result, why, state)
      print(pcall(tg.all, { hold, function() tg.sleep(1) error "first" end }) , state)]]))
  end)

  it("leaves no place taken in a throttler by calls that were cancelled", function()
    assert.equal("true\n", (prints [[
      local tg = require "tgrunner"
      local throttle = tg.throttler { out = { count = 1, per_ms = 300 } }
      local function call()
        return throttle(function() return true end, "sendMessage", { chat_id = 1 })
      end
      call()
      for _ = 1, 200 do tg.timeout(0, call) end
      print(tg.timeout(30000, call))]]))
  end)

  it("names the function that cannot wait", function()
    local out = prints [[
      local tg = require "tgrunner"
      for _, call in ipairs {
        function() tg.all { print } end, function() tg.timeout(5, print) end,
        function() tg.sleep(5) end } do
        print(pcall(string.gsub, "x", "x", call))
      end]]
    for _, name in ipairs { "tg.all", "tg.timeout", "tg.sleep" } do
      assert.truthy(out:find(": " .. name .. " cannot wait here: ", 1, true), out)
    end
  end)

  it("takes tables that can be called wherever it takes functions", function()
    assert.equal("1\t1\t1\n", (prints [[
      local tg = require "tgrunner"
      local call = setmetatable({}, { __call = function() return 1 end })
      print(tg.all { call }, tg.timeout(1e5, call), tg.spawn(call):wait())]]))
  end)

  it("logs an error of every with where it was raised, whatever becomes of debug", function()
    local _, err = prints [[
      local tg = require "tgrunner"
      local task
      task = tg.every(1, function()
        task:cancel()
        local function deep() error(setmetatable({}, { __tostring = function() return "odd" end })) end
        deep()
      end)
      debug = nil]]
    assert.truthy(err:find("error in a function of tg.every: odd", 1, true), err)
    assert.truthy(err:find("bot%.lua:%d+: in [^\n]*deep"), err)
    assert.falsy(err:find("[tgrunner]", 1, true), err)
  end)

  it("repeats a call with every, past its errors", function()
    local out, err = prints [[
      local tg = require "tgrunner"
      local count = 0
      local task
      task = tg.every(2, function()
        count = count + 1
        if count == 1 then error "hiccup" end
        if count == 3 then print(count) task:cancel() end
      end)]]
    assert.equal("3\n", out)
    assert.truthy(err:find("hiccup", 1, true))
  end)

  it("ends with what os.exit or the main chunk gives, and closes what is open", function()
    local result = flow.run { flow.file [[
      local tg = require "tgrunner"
      tg.spawn(function()
        local _ <close> = setmetatable({}, { __close = function() print "closed" end })
        tg.sleep(5000)
      end)
      tg.sleep(1)
      os.exit(7)]] }
    assert.equal(7, result.code)
    assert.equal("closed\n", result.out)
    assert.equal(3, flow.run({ flow.file "return 3" }).code)
    assert.equal(1, flow.run({ flow.file "os.exit(false)" }).code)
  end)

  it("gives a script its arguments", function()
    local result = flow.run { flow.file "print(arg[0] ~= nil, arg[1], ...)", "a", "b" }
    assert.equal("true\ta\ta\tb\n", result.out)
  end)

  it("reads a script from standard input and from -e", function()
    assert.equal("in\n", flow.run({ "-" }, { stdin = 'print "in"' }).out)
    assert.equal("line\tx\n", flow.run({ "-e", 'print("line", ...)', "x" }).out)
  end)

  it("offers cjson", function()
    assert.equal("1\n", flow.run({ "-e", 'print(require "cjson".decode("[1]")[1] // 1 | 0)' }).out)
  end)
end)
