--- Session order: whether the updates of a session come one after another; warns once when not.
---
--- A session is read before its update's handlers and written behind them. Of two updates that do
--- so at the same time, the later write undoes the earlier one. What keeps them apart is
--- sequentialize on the session's key, as middleware before the session or in the sink, or a
--- runner that takes one update at a time. There is no warning where nobody can tell (a worker
--- that gets all of a session, a loop of the script's own): there only an overlap that does happen
--- counts.
---
--- Of a pool whose workers each get updates of any session, only the main script can keep them
--- apart; and a session in memory is then another one in each worker.
local host = require "tgrunner.host"
local sequentialize = require "tgrunner.sequentialize"

local session_order = {}

local SEEN_MAX = 1000

-- A constraint of the script's own in the sink is asked once more for each update here: after so
-- many updates in order it will stay so.
local ASKED_MAX = 1000

--- What is known of one tg.session.
---@param place string where the script made it: "bot.lua:12: "
---@param default_key boolean whether the key is the chat's id
---@param in_memory boolean whether it is kept in memory
function session_order.new(place, default_key, in_memory)
  return {
    place = place, default_key = default_key, in_memory = in_memory,
    open = {}, seen = {}, seen_count = 0,
  }
end

local function warn(watch, format)
  watch.warned = true
  watch.seen = nil
  local constraint = watch.default_key and '"chat"' or "get_session_key"
  host.log("warn", watch.place .. format:format(constraint))
end

local UNORDERED = "tg.session without tg.sequentialize on the same key: of two updates that use a "
  .. "session at the same time, the later write undoes the earlier one; put "
  .. "bot:use(tg.sequentialize(%s)) before it"
local SPREAD = "tg.session in workers that each get updates of any session: of two updates that "
  .. "use a session at the same time, the later write undoes the earlier one; put "
  .. "bot:use(tg.sequentialize(%s)) before tg.distribute in the main script, or give "
  .. 'tg.distribute by = "chat"'
local APART = "tg.session in memory, in workers that each get updates of any session: each worker "
  .. "remembers its own; use tg.storage.sqlite or tg.storage.file, or give tg.distribute "
  .. 'by = "chat"'

-- The pool of this worker, when updates of this session may come to others of it, too.
local function spread_pool(watch, ctx)
  if watch.pool == nil then
    local worker = host.worker()
    watch.pool = worker and worker.settings.pool or false
  end
  local pool = watch.pool
  if not pool then return nil end
  if pool.by == "update" then return pool end
  if pool.by == "user" and watch.default_key and ctx.user_id ~= ctx.chat_id then return pool end
  return nil
end

-- Whether two updates with the same session have been seen that share no key of sequentialize.
local function are_apart(watch, key, lanes)
  local before = watch.seen[key]
  if not before then
    if watch.seen_count == SEEN_MAX then watch.seen, watch.seen_count = {}, 0 end
    watch.seen[key] = lanes
    watch.seen_count = watch.seen_count + 1
    return false
  end
  for lane in pairs(lanes) do
    if before[lane] then return false end
  end
  return true
end

local function is_unordered(watch, ctx, key, full_key)
  local bot = ctx._bot
  local order = bot and bot._order
  if order and order.one_by_one then return false end
  local constraint = order and order.constraint
  if type(constraint) == "function" then watch.asked = (watch.asked or 0) + 1 end
  local lanes, by_function = sequentialize.lanes(ctx, constraint)
  for lane in pairs(lanes) do
    if tostring(lane) == key then return false end
  end
  if next(lanes) == nil then return order ~= nil or watch.open[full_key] ~= nil end
  if watch.default_key and not by_function then return true end
  return are_apart(watch, key, lanes)
end

-- What there is to say against the order of this update.
local function fault(watch, ctx, key, full_key)
  local pool = spread_pool(watch, ctx)
  if pool and watch.in_memory then return APART end
  if pool and not pool.is_ordered then return SPREAD end
  if is_unordered(watch, ctx, key, full_key) then return not pool and UNORDERED or nil end
  return nil
end

--- An update begins to use a session.
function session_order.enter(watch, ctx, key, full_key)
  if watch.warned or watch.asked == ASKED_MAX then return end
  local text = fault(watch, ctx, key, full_key)
  if text then warn(watch, text) end
  watch.open[full_key] = (watch.open[full_key] or 0) + 1
end

--- And has ended.
function session_order.leave(watch, full_key)
  local count = watch.open[full_key]
  if count then watch.open[full_key] = count > 1 and count - 1 or nil end
end

return session_order
