--- Session late: finds what scripts set in a session whose update has ended. It would be lost
--- without a word: the session has been written, and its next update reads it anew.
---
--- Only what has been begun during an update (a task, a conversation that waits) is likely to keep
--- its session and to go on; sessions of all other updates cost one comparison. Those are kept
--- here, for as long as somebody has them, and compared with their text again when the script looks
--- at one, and at later updates.
local host = require "tgrunner.host"
local same = require "tgrunner.same"

local session_late = {}

local KEPT_MAX <const> = 100
local AGAIN_MS <const> = 1000 -- between two comparisons of all

local begun = 0 -- what may outlive its update

--- Something has been begun that may outlive its update.
function session_late.begin() begun = begun + 1 end

--- How much has been begun so far.
---@return integer
function session_late.count() return begun end

-- Value → what it was; gone when nobody has the value any more.
local kept = setmetatable({}, { __mode = "k" })
local kept_count = 0
local looked_ms = 0

-- Members of a table have no order of their own: the same value can have another text.
local function is_unchanged(value, text)
  local now = host.try_encode(value)
  if now == text then return true end
  if not now or #now ~= #text then return false end
  local _, one = host.try_decode(now)
  local _, other = host.try_decode(text)
  return same.deep(one, other)
end

local function compare(value, entry)
  if is_unchanged(value, entry.text) then return end
  kept[value] = nil
  local watch = entry.watch
  if watch.told_late then return end
  watch.told_late = true
  host.log("warn", ("%sctx.%s of key '%s' was changed after its update had ended: that is not "
    .. "saved; wait for tasks (task:wait), or use the ctx of a later update"):format(watch.place,
    entry.path, entry.key))
end

--- Keeps the value of a session that has been written, when something was begun meanwhile.
---@param value any
---@param before integer the count when the update began
---@param text string? as it was written
---@param entry { watch: table, path: string, key: string }
function session_late.keep(value, before, text, entry)
  if begun == before or type(value) ~= "table" or entry.watch.told_late then return end
  text = text or host.try_encode(value)
  if not text then return end
  if kept_count >= KEPT_MAX then
    session_late.look(true)
    kept, kept_count = setmetatable({}, { __mode = "k" }), 0
  end
  entry.text = text
  kept[value] = entry
  kept_count = kept_count + 1
end

--- Compares all that are kept, from time to time.
---@param at_once boolean?
function session_late.look(at_once)
  if kept_count == 0 then return end
  local now_ms = host.now_ms()
  if not at_once and now_ms - looked_ms < AGAIN_MS then return end
  looked_ms = now_ms
  local all = {}
  for value, entry in pairs(kept) do all[value] = entry end
  for value, entry in pairs(all) do compare(value, entry) end
  if next(kept) == nil then kept_count = 0 end
end

return session_late
