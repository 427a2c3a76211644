local flow = require "support.flow"

-- What is wrong is told at the script's own line; what is only large is taken as it is meant.
describe("the engine, used wrongly,", function()
  after_each(flow.clean_up)
  teardown(flow.remove_files)

  local function err(code)
    local result = flow.run { flow.file('local tg = require "tgrunner"\n' .. code) }
    assert.equal(1, result.code, result.err)
    return result.err
  end

  local function tells(what, code)
    local text = err(code)
    assert.truthy(text:find("bot.lua:2: " .. what, 1, true), text)
  end

  local RUNNER <const> = "local s = tg.create_source { supply = function() return {} end } "
    .. "local r = tg.create_runner(s, tg.create_batch_sink({ consume = print }, print)) "

  it("tells of a runner's method that is called with a dot", function()
    for _, name in ipairs { "start", "stop", "task", "size", "is_running", "stats" } do
      tells(("runner:%s is called with a colon"):format(name), RUNNER .. ("r.%s()"):format(name))
    end
    tells("runner:stop is called with a colon", RUNNER .. "r.stop { deadline_ms = 1 }")
  end)

  it("tells of allowed_updates that are no list", function()
    local BOT <const> = 'local bot = tg.Bot("123456:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA") '
    for _, list in ipairs { "{ message = true }", '{ "message", poll = true }', '"message"' } do
      local CREATE <const> = "tg.create_update_fetcher(bot, { fetch = { allowed_updates = %s } })"
      local text = err(BOT .. CREATE:format(list))
      local told = text:find "bot.lua:2: [^\n]*allowed_updates[^\n]* must be a list of update kinds"
      assert.truthy(told, text)
    end
  end)

  it("takes a CPU budget beyond 32 bits for a very long one", function()
    local result = flow.run { flow.file [[
      local tg = require "tgrunner"
      for _, ms in ipairs { 2 ^ 32 + 1, math.maxinteger, 1e300 } do
        local sink = tg.create_sequential_sink({ consume = function()
          local until_ = os.clock() + 0.1
          while os.clock() < until_ do end
          print "ok"
        end }, print, { max_cpu_milliseconds = ms })
        sink:handle { 1 }
      end]] }
    assert.equal("ok\nok\nok\n", result.out, result.err)
  end)
end)
