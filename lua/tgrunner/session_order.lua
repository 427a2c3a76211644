--- Session order: whether the updates of a session come one after another; warns once when not.
---
--- A session is read before its update's handlers and written behind them. Of two updates that do
--- so at the same time, the later write undoes the earlier one. What keeps them apart is
--- sequentialize on the session's key, as middleware before the session or in the sink, or a
--- runner that takes one update at a time. There is no warning where nobody can tell (a worker, a
--- loop of the script's own): there only an overlap that does happen counts.
local host = require "tgrunner.host"
local sequentialize = require "tgrunner.sequentialize"

local session_order = {}

local SEEN_MAX = 1000

--- What is known of one tg.session.
---@param place string where the script made it: "bot.lua:12: "
---@param default_key boolean whether the key is the chat's id
function session_order.new(place, default_key)
  return { place = place, default_key = default_key, open = {}, seen = {}, seen_count = 0 }
end

local function warn(watch)
  watch.warned = true
  watch.seen = nil
  local constraint = watch.default_key and '"chat"' or "get_session_key"
  host.log("warn", ("%stg.session without tg.sequentialize on the same key: of two updates that "
    .. "use a session at the same time, the later write undoes the earlier one; put "
    .. "bot:use(tg.sequentialize(%s)) before it"):format(watch.place, constraint))
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
  local lanes, by_function = sequentialize.lanes(ctx, order and order.constraint)
  for lane in pairs(lanes) do
    if tostring(lane) == key then return false end
  end
  if next(lanes) == nil then return order ~= nil or watch.open[full_key] ~= nil end
  if watch.default_key and not by_function then return true end
  return are_apart(watch, key, lanes)
end

--- An update begins to use a session.
function session_order.enter(watch, ctx, key, full_key)
  if watch.warned then return end
  if is_unordered(watch, ctx, key, full_key) then warn(watch) end
  watch.open[full_key] = (watch.open[full_key] or 0) + 1
end

--- And has ended.
function session_order.leave(watch, full_key)
  local count = watch.open[full_key]
  if count then watch.open[full_key] = count > 1 and count - 1 or nil end
end

return session_order
