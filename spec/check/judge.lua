--- What came of a run of the checker, from the effects file and what the simulator has handed out.
-- It knows nothing of the program.
local judge = {}

---@class Verdict
---@field updates integer that the simulator was given
---@field lost integer of them without an effect
---@field disorder integer effects that came behind the first effect of a later update of their chat
---@field duplicates integer effects beyond the first of an update
---@field stale integer of them, those whose earlier effect was not within `window_ms` of the last
---  sign of life of its run: neither running nor just finished when the run ended
---@field oldest_ms integer the age of the oldest earlier effect, at the end of its run
---@field runs integer

local function lines_of(path)
  local lines = io.lines(path)
  return function()
    for line in lines do
      local what, id, chat, run, at = line:match "^([be]) (%d+) (%d+) (%d+) (%d+)$"
      -- The last line of a full disk, say, may be cut: that is no effect.
      if what then return what, tonumber(id), chat, run, tonumber(at) end
    end
  end
end

---@param path string the effects file
---@param last_id integer the simulator has handed out the updates 1 … last_id
---@param window_ms integer
---@return Verdict
function judge.judge(path, last_id, window_ms)
  local verdict = { updates = last_id, lost = 0, disorder = 0, duplicates = 0, stale = 0,
    oldest_ms = 0, runs = 0 }
  local ended = {} -- run → time of its last line
  for _, _, _, run, at in lines_of(path) do
    if not ended[run] then verdict.runs = verdict.runs + 1 end
    ended[run] = at
  end
  local first, age = {}, {} -- update → has had an effect; how old it was when its run ended
  local newest = {} -- chat → the latest update that has had an effect
  for what, id, chat, run, at in lines_of(path) do
    if what == "e" and not first[id] then
      first[id] = true
      if id < (newest[chat] or 0) then verdict.disorder = verdict.disorder + 1 end
      newest[chat] = math.max(newest[chat] or 0, id)
    elseif what == "e" then
      verdict.duplicates = verdict.duplicates + 1
      verdict.oldest_ms = math.max(verdict.oldest_ms, age[id])
      if age[id] > window_ms then verdict.stale = verdict.stale + 1 end
    end
    if what == "e" then age[id] = ended[run] - at end
  end
  for id = 1, last_id do
    if not first[id] then verdict.lost = verdict.lost + 1 end
  end
  return verdict
end

--- One line for people.
---@param verdict Verdict
function judge.text(verdict)
  return ("%d updates, %d runs: %d lost, %d out of order, %d duplicates (%d of them stale, "
    .. "the oldest %d ms)"):format(verdict.updates, verdict.runs, verdict.lost, verdict.disorder,
    verdict.duplicates, verdict.stale, verdict.oldest_ms)
end

return judge
