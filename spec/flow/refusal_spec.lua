local flow = require "support.flow"

local TOKEN = "123456789:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
local MARK = "\u{FEFF}"

describe("what cannot be used", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function refused(args, code, err, options)
    local result = flow.run(args, options)
    assert.equal(code, result.code, result.err)
    assert.equal(err, result.err)
    assert.equal("", result.out)
  end

  it("as --api-root or --journal is told with the option's name", function()
    local hint = " (see tgrunner-lua --help)\n"
    for _, url in ipairs { "foo", "ftp://foo", "http://", "https:///x", "http://a b", "" } do
      refused({ "--api-root", url, "x.lua" }, 2, "tgrunner-lua: --api-root takes an http or https URL, "
        .. "as http://localhost:8081" .. hint)
    end
    refused({ "--journal", "", "x.lua" }, 2, "tgrunner-lua: --journal takes the path of a file" .. hint)
  end)

  it("as a script below a file is no script", function()
    local path = flow.file "" .. "/foo.lua"
    refused({ path }, 66, ("tgrunner-lua: cannot open script %s: Not a directory\n"):format(path))
  end)

  it("as .env is told to a script that needs a token, and to no other", function()
    local path = flow.file [[if ... then require "tgrunner".Bot() end]]
    local env = path:gsub("bot%.lua$", ".env")
    assert(os.execute("mkdir " .. env))
    finally(function() os.execute("rmdir " .. env) end)
    refused({ path }, 0, "")
    local result = flow.run { path, "bot" }
    assert.equal(78, result.code)
    assert.truthy(result.err:find("(cannot read " .. env .. ": Is a directory)\n", 1, true), result.err)
  end)

  it("as a token's first character is a byte order mark, which is skipped", function()
    local script = [[require "tgrunner".Bot() print "fine"]]
    local file, env = flow.file(MARK .. TOKEN .. "\n", "token"), flow.file(MARK .. "BOT_TOKEN=" .. TOKEN, "env")
    assert.equal("fine\n", flow.run({ "--token-file", file, "-e", script }).out)
    assert.equal("fine\n", flow.run({ "--env-file", env, "-e", script }).out)
  end)

  it("as a script is compiled code, and is named", function()
    local path = flow.file(string.dump(function() end), "code.luac")
    refused({ path }, 65, ("tgrunner-lua: %s: compiled code of Lua is not run, only its text\n"):format(path))
  end)

  it("as standard input is told", function()
    local process = flow.start("/bin/sh", { "-c", [["$0" - < /; echo "status $?" >&2]], flow.program "tgrunner-lua" })
    process:wait()
    assert.equal("tgrunner-lua: cannot read the script from standard input: Is a directory\nstatus 66\n", process:err())
  end)

  it("as an exit status is none that means success", function()
    for code, status in pairs { ["65"] = 65, ["256"] = 255, ["-1"] = 255, ["1 << 32"] = 255 } do
      assert.equal(status, flow.run({ "-e", "return " .. code }).code)
      assert.equal(status, flow.run({ "-e", "os.exit(" .. code .. ")" }).code)
    end
  end)
end)

describe("a module", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("that is nowhere is told at the script's line, with each place on a line of its own", function()
    local path = flow.file "local x = 1\nrequire 'nomod'"
    local err = flow.run({ path }).err
    local told = ("tgrunner-lua: %s:2: module 'nomod' not found:\n\tno field package.preload['nomod']\n"
      .. "\tno embedded module 'nomod'\n\tno file '"):format(path)
    assert.equal(told, err:sub(1, #told))
    assert.falsy(err:find("[^\n]\tno", 1), err)
  end)

  it("that is broken is told at the script's line, too", function()
    local path = flow.file "require 'broken'"
    flow.file("local = 1", "broken.lua")
    local err = flow.run({ path }).err
    local told = ("tgrunner-lua: %s:1: error loading module 'broken' from file '"):format(path)
    assert.equal(told, err:sub(1, #told))
    assert.truthy(err:find("broken.lua:1: <name> expected", 1, true), err)
  end)
end)

describe("a text with control bytes", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  it("is shown, not obeyed, in log lines and last words", function()
    local result = flow.run { "-e", [[
      require("tgrunner").log.info("\27[31mred\r\0\u{9B}1m\xFF \u{E4}\ttab\nline")
      error("\27]0;title\7")]] }
    assert.equal(1, result.code)
    assert.truthy(result.err:find([[\x1b[31mred\x0d\x00\xc2\x9b1m\xff ]] .. "\u{E4}\ttab\nline\n", 1, true), result.err)
    assert.truthy(result.err:find([[\x1b]0;title\x07]], 1, true), result.err)
    assert.falsy(result.err:find "[\27\7\r]")
  end)

  it("has its priority on each line under systemd", function()
    local process = flow.start("/bin/sh", { "-c", [[exec 2> "$1"
      JOURNAL_STREAM=$(stat -Lc %d:%i "$1") exec "$0" -e 'require "tgrunner".log.warn "one\ntwo" error "three\nfour"']],
      flow.program "tgrunner-lua", flow.file("", "stderr") })
    process:wait()
    local file <close> = assert(io.open((flow.file("", "none"):gsub("none$", "stderr"))))
    local told = file:read "a"
    assert.truthy(told:find("<4>one\n<4>two\n", 1, true), told)
    assert.truthy(told:find("<3>tgrunner-lua: (command line):1: three\n<3>four\n", 1, true), told)
  end)
end)
