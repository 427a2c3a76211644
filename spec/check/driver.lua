--- Ends a bot again and again while it has work, and starts it again. It knows the program by its
-- command line only.
local flow = require "support.flow"
local judge = require "check.judge"
local uv = require "luv"

local driver = {}

local CHATS = 40
local STOCK = 4000 -- updates that wait at the simulator at least

local function count_lines(state)
  local stat = uv.fs_stat(state.effects)
  return stat and stat.size // 30 or 0 -- about
end

local function top_up(state)
  local stats = state.sim:stats()
  if stats.unconfirmed > STOCK / 2 then return end
  local answer = state.sim:request("POST", "/sim/load", { count = STOCK, chats = CHATS })
  state.last_id = math.tointeger(answer.next_update_id) - 1
end

local function start(state, options)
  state.run = state.run + 1
  return flow.bot(state.sim, state.script, { "--log-level", "warn" }, {
    args = { state.effects, tostring(state.run), options.journal and state.journal or "",
      options.order and "order" or "free" },
  })
end

-- Lets the bot get on by so many effects.
local function await_progress(state, bot, effects)
  local goal = count_lines(state) + 2 * effects
  local looks = 0
  local happened = flow.wait_until(function()
    flow.pause(2)
    looks = looks + 1
    if looks % 50 == 0 then top_up(state) end -- a fast one has done all there was
    return count_lines(state) >= goal or bot.code ~= nil
  end)
  assert(happened and not bot.code, ("the bot does nothing (%s):\n%s"):format(
    bot.code or "still there", bot:err()))
end

-- Every other run gets on before it is ended, so that no update is running at three ends in a
-- row: such an update is given up, which is another rule than those checked here.
local function one_end(state, options, number)
  local bot = start(state, options)
  if number % 2 == 0 then
    await_progress(state, bot, 150)
    flow.pause(math.random(0, 60))
  else
    flow.pause(math.random(0, 120))
  end
  if options.signal == "sigterm" then
    -- A program that is not up yet is simply ended.
    local lines = count_lines(state)
    flow.wait_until(function()
      flow.pause(5)
      return bot.code or state.sim:stats().polls > 0 or count_lines(state) > lines
    end)
  end
  bot:kill(options.signal)
  local code = bot:wait()
  if options.signal == "sigterm" then assert(code == 0 or code == 143, bot:err()) end
end

local function finish(state, options)
  local bot = start(state, options)
  local quiet, seen, since = 0, -1, uv.now()
  flow.wait_until(function()
    flow.pause(50)
    local lines = count_lines(state)
    if lines ~= seen then seen, since = lines, uv.now() end
    quiet = uv.now() - since
    return bot.code ~= nil or quiet > 2000 and state.sim:stats().unconfirmed == 0
  end, 600000)
  bot:kill "sigterm"
  assert(bot:wait() == 0, bot:err())
end

---@param options { ends: integer, seed: integer, signal: string, journal: boolean, order: boolean,
---  window_ms: integer, tell: fun(done: integer)? }
---@return Verdict
function driver.run(options)
  math.randomseed(options.seed)
  local folder = assert(uv.fs_mkdtemp "/tmp/tgrunner-check-XXXXXX")
  local state = {
    sim = flow.sim(),
    effects = folder .. "/effects",
    journal = folder .. "/bot.journal",
    script = assert(io.open "spec/check/bot.lua"):read "a",
    run = 0,
  }
  state.sim:settings { record = false }
  for i = 1, options.ends do
    top_up(state)
    one_end(state, options, i)
    if options.tell then options.tell(i) end
  end
  finish(state, options)
  local verdict = judge.judge(state.effects, state.last_id, options.window_ms)
  for name in uv.fs_scandir_next, uv.fs_scandir(folder) do uv.fs_unlink(folder .. "/" .. name) end
  uv.fs_rmdir(folder)
  return verdict
end

return driver
