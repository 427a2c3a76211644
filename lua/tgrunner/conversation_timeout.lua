--- Conversation timeout: what a conversation does when the time of its wait is over, without an
--- update: in a fiber of its own, holding its key, within the bounds that an update has.
local errors = require "tgrunner.errors"
local host = require "tgrunner.host"
local options = require "tgrunner.options"
local sequentialize = require "tgrunner.sequentialize"
local session = require "tgrunner.session"

local conversation_timeout = {}

---@class tgrunner.ConversationTimeouts
---@field over fun(conv: tgrunner.Conversation, wait: tgrunner.Wait) for the timer of a wait: its
---time is over
---@field package open tgrunner.ConversationList
---@field package holds tgrunner.KeyHolds
---@field package work table<tgrunner.Conversation, { task: any, fiber: any }> of those at work
local ConversationTimeouts = {}

local timeouts_meta = { __index = ConversationTimeouts }

-- bot:catch, or the log; an error of bot:catch itself hides nothing.
local function report(ctx, err, traceback)
  local ok, raised = xpcall(ctx._bot._failed, errors.with_traceback, ctx, err, traceback)
  if ok then return end
  host.log("error", ("error in bot:catch: %s\n%s\nwhile it was told of: %s"):format(
    errors.text(raised.error), raised.traceback or "", errors.text(err)))
end

local function run(self, conv, ctx)
  self.work[conv].fiber = host.current()
  local ok, raised = xpcall(session.again, errors.with_traceback, ctx, function()
    self.open:run(conv, ctx, nil, "timeout")
  end)
  if not ok then report(ctx, raised.error, raised.traceback) end
end

local work_meta = { __close = function(work) work.task:cancel() end }

-- Behind a timeout there is no update, and so no sink that would end what takes too long: the same
-- bounds hold here. The key is held.
local function run_bounded(self, conv, ctx)
  local bounds = ctx._bot._order or ctx._bot._bounds or {}
  local timeout = bounds.timeout or {}
  local work <close> = setmetatable({
    task = host.spawn_child(host.event(), run, self, conv, ctx),
  }, work_meta)
  if bounds.cpu_ms then host.limit_cpu(work.task, bounds.cpu_ms) end
  self.work[conv] = work
  local ms = timeout.cancel ~= false and timeout.milliseconds or nil
  ms = ms and ms < math.huge and options.whole(ms) or nil
  local ok, problem, why = pcall(work.task.wait, work.task, ms)
  self.work[conv] = nil
  if ok and why == "timeout" then
    work.task:cancel()
    report(ctx, ("the %s was ended: what it did behind a timeout took longer than an update may "
      .. "(%s ms, sink.timeout)"):format(tostring(conv), tostring(ms)))
  elseif not ok and work.task:status() == "failed" then
    report(ctx, problem) -- its CPU budget is used up
  end
end

-- In a fiber of its own. Lanes come before the key, as for updates.
local function over(self, conv, wait)
  local ctx = wait.ctx
  sequentialize.again(ctx, function()
    local hold <close> = self.holds:begin(conv.key)
    hold:take(ctx)
    -- What came before, and waited its turn, may have been the answer.
    if conv._now == wait then run_bounded(self, conv, ctx) end
  end)
end

--- The timeouts of a bot's conversations.
---@param open tgrunner.ConversationList
---@param holds tgrunner.KeyHolds
---@return tgrunner.ConversationTimeouts
function conversation_timeout.new(open, holds)
  local self = setmetatable({ open = open, holds = holds, work = {} }, timeouts_meta)
  function self.over(conv, wait) return over(self, conv, wait) end
  return self
end

--- Ends what a conversation does behind a timeout, unless that is what asks.
---@param conv tgrunner.Conversation
function ConversationTimeouts:cancel(conv)
  local work = self.work[conv]
  if work and work.fiber ~= host.current() then work.task:cancel() end
end

return conversation_timeout
