local fake_host = require "support.fake_host"

describe("tgrunner", function()
  it("has every public name", function()
    local run = { run = function() end }
    local tasks = {}
    for _, name in ipairs { "sleep", "spawn", "all", "timeout", "every" } do
      tasks[name] = function() return name end
    end
    local tg, host = fake_host.load { run = run, tasks = tasks }
    for name, fn in pairs(run) do assert.equal(fn, tg[name]) end
    for name, fn in pairs(tasks) do assert.equal(fn, tg[name]) end
    for _, name in ipairs { "Bot", "Composer", "InputFile", "array", "object", "auto_retry",
      "throttler", "escape_html", "escape_markdown", "match_filter", "pattern", "sequentialize",
      "is_api_error", "is_bot_error", "create_runner", "create_source", "create_update_fetcher",
      "create_sequential_sink", "create_batch_sink", "create_concurrent_sink" } do
      assert.is_function(tg[name], name)
    end
    for _, name in ipairs { "InlineKeyboard", "Keyboard", "fmt", "json", "log",
      "InputMediaBuilder", "InlineQueryResultBuilder", "API_CONSTANTS", "Context" } do
      assert.is_table(tg[name], name)
    end
    assert.equal(host.version, tg._VERSION)
    assert.equal(host.null, tg.null)
  end)

  it("is declared to editors as it is", function()
    local file <close> = assert(io.open "lua/library/tgrunner/tgrunner.lua")
    local fields = file:read "a":match "\nlocal tg = (%b{})"
    local declared = {}
    for name in fields:gmatch "\n  ([%w_]+) = " do declared[name] = true end
    local tg = fake_host.load { run = { run = print }, tasks = { sleep = print, spawn = print,
      all = print, timeout = print, every = print } }
    local there = {}
    for name in pairs(tg) do there[name] = true end
    assert.same(there, declared)
  end)

  it("does nothing when it is loaded", function()
    local before = {}
    for name in pairs(_G) do before[name] = true end
    local _, host = fake_host.load()
    for name in pairs(_G) do assert.is_true(before[name], name) end
    assert.same({}, host.calls)
    assert.same({}, host.logged)
    assert.same({}, host.clients)
  end)
end)
