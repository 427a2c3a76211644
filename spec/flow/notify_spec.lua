local flow = require "support.flow"
local unix = require "socket.unix"

-- A bot whose polls are short, so that they succeed often.
local SCRIPT = [[
  local tg = require "tgrunner"
  local bot = tg.Bot()
  bot:on("message", function() end)
  tg.run(bot, { runner = { fetch = { timeout = 0 } }, source = { speed_traffic_balance = 1,
    max_delay_milliseconds = 20 } })
]]

describe("systemd", function()
  local sim, socket, path, told
  before_each(function()
    sim = flow.sim()
    path = flow.file("", "notify") .. ".socket"
    os.remove(path)
    socket = assert(unix.dgram())
    assert(socket:bind(path))
    socket:settimeout(0)
    told = ""
  end)
  after_each(function()
    socket:close()
    flow.clean_up()
  end)
  teardown(flow.remove_files)

  local function hear()
    for datagram in function() return socket:receive() end do told = told .. datagram end
    return told
  end

  local function wait_told(text)
    assert(flow.wait_until(function()
      flow.pause(5)
      return hear():find(text, 1, true)
    end), "systemd was told only: " .. told)
  end

  local function start(usec)
    return flow.bot(sim, SCRIPT, nil, {
      env = { NOTIFY_SOCKET = path, WATCHDOG_USEC = usec or false },
    })
  end

  it("is told of readiness once the bot has reached its server, and of the stop", function()
    sim:answer { method = "getMe", delay_ms = 300 }
    local bot = start()
    wait_told "STATUS=starting"
    assert.falsy(told:find "READY=1")
    wait_told "READY=1"
    bot:kill()
    assert.equal(0, (bot:wait()), bot:err())
    assert.truthy(hear():find "STOPPING=1", told)
    assert.falsy(told:find "WATCHDOG=1", told)
  end)

  it("is told of polls that succeed, and no more when they fail", function()
    local bot = start "200000"
    wait_told "WATCHDOG=1"
    sim.process:kill "sigkill"
    wait_told "STATUS=retrying"
    flow.pause(500) -- what was to be told of the last success
    hear()
    told = ""
    flow.pause(500)
    assert.falsy(hear():find "WATCHDOG=1")
    bot:kill()
    assert.equal(0, (bot:wait()), bot:err())
  end)
end)
