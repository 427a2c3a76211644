--- Throttler: keeps calls below Telegram's limits, so that they are not refused.
---
--- Source: grammY's transformer-throttler: 30 calls a second in all, one a second for each chat,
--- 20 a minute for each group. Calls without a chat are not held back.
local host = require "tgrunner.host"
local options = require "tgrunner.options"

local throttler = {}

-- ---- limits ------------------------------------------------------------------------------------

-- The times of the last `count` calls, as a ring: the next one comes `per_ms` after the oldest.
local function new_limit(limit)
  return {
    count = limit.count, per_ms = limit.per_ms, at = 1, times = {}, made = host.now_ms(),
  }
end

local function earliest(limit, now)
  local oldest = limit.times[limit.at]
  return oldest and math.max(now, oldest + limit.per_ms) or now
end

local function note(limit, time)
  limit.times[limit.at] = time
  limit.at = limit.at % limit.count + 1
  limit.last = time
end

-- Waits until all the limits allow a call.
local function wait_for(limits)
  local now = host.now_ms()
  local time = now
  for _, limit in ipairs(limits) do time = math.max(time, earliest(limit, now)) end
  if time > now then host.sleep(time - now) end
end

local function note_all(limits)
  local now = host.now_ms()
  for _, limit in ipairs(limits) do note(limit, now) end
end

-- ---- chats -------------------------------------------------------------------------------------

local SWEEP_EVERY = 1000

-- The limits of a chat; those that nobody has used for long are dropped now and then.
local function new_chats()
  local chats, made = {}, 0

  local function sweep()
    local now = host.now_ms()
    for key, limits in pairs(chats) do
      local idle = true
      for _, limit in ipairs(limits) do
        idle = idle and (limit.last or limit.made) + limit.per_ms < now
      end
      if idle then chats[key] = nil end
    end
  end

  return function(chat_id, kinds)
    local key = tostring(chat_id)
    local limits = chats[key]
    if limits then return limits end
    made = made + 1
    if made % SWEEP_EVERY == 0 then sweep() end
    limits = {}
    for i, kind in ipairs(kinds) do limits[i] = new_limit(kind) end
    chats[key] = limits
    return limits
  end
end

-- ---- options -----------------------------------------------------------------------------------

local limit_spec = { count = "count", per_ms = "milliseconds" }

local function is_limit(value)
  local ok = value == false or math.type(value) == "integer" and value >= 1
    or type(value) == "table"
  return ok, "must be how many calls, { count, per_ms }, or false for no limit"
end

local spec = { global = is_limit, group = is_limit, out = is_limit }

-- A number is a count; the period is the default's.
local function read(opts, name, count, per_ms)
  local value = opts[name]
  if value == false then return nil end
  if type(value) == "table" then
    options.check("throttler options." .. name, value, limit_spec)
    return { count = value.count or count, per_ms = value.per_ms or per_ms }
  end
  return { count = value or count, per_ms = per_ms }
end

local function is_group(chat_id)
  local id = tonumber(chat_id)
  return id ~= nil and id < 0
end

--- A transformer for bot.api.config:use.
---@param opts table? global: calls a second (30); group: calls a minute for each group or channel
---(20); out: calls a second for each chat (1). `{ count = 30, per_ms = 1000 }` sets the period
---too, false removes a limit
---@return tgrunner.Transformer
function throttler.new(opts)
  opts = options.check("throttler options", opts, spec)
  local global = read(opts, "global", 30, 1000)
  local group, out = read(opts, "group", 20, 60000), read(opts, "out", 1, 1000)
  local of_chat = new_chats()
  local private_kinds, group_kinds = { out }, { out, group }
  if not out then group_kinds = { group } end
  local all = global and { new_limit(global) } or {}
  local gate = host.gate()

  -- Calls for a chat come one after another, and then with those for others: one that is cancelled
  -- while it waits leaves no trace.
  local function pass(chat_id)
    local limits = of_chat(chat_id, is_group(chat_id) and group_kinds or private_kinds)
    local _ <close> = gate:enter("chat:" .. tostring(chat_id))
    wait_for(limits)
    local _ <close> = gate:enter("all")
    wait_for(all)
    note_all(limits)
    note_all(all)
  end

  return function(prev, method, payload)
    local chat_id = payload.chat_id
    -- What is no id is refused behind this.
    if type(chat_id) == "number" or type(chat_id) == "string" then pass(chat_id) end
    return prev(method, payload)
  end
end

return throttler
