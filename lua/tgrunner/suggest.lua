--- Suggest: the nearest of some names, for "did you mean".
local suggest = {}

--- How many single-character edits (insert, delete, replace, swap of neighbours) part two words.
---@param a string
---@param b string
---@param limit integer? the answer is only exact up to it; beyond it, any larger number
---@return integer
function suggest.distance(a, b, limit)
  limit = limit or math.huge
  if math.abs(#a - #b) > limit then return math.abs(#a - #b) end
  local before, last, row = {}, {}, {}
  for j = 0, #b do last[j] = j end
  for i = 1, #a do
    row[0] = i
    local best = i
    for j = 1, #b do
      local same = a:byte(i) == b:byte(j)
      local cost = math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same and 0 or 1))
      if i > 1 and j > 1 and a:byte(i) == b:byte(j - 1) and a:byte(i - 1) == b:byte(j) then
        cost = math.min(cost, before[j - 2] + 1)
      end
      row[j] = cost
      best = math.min(best, cost)
    end
    if best > limit then return best end
    before, last, row = last, row, before
  end
  return last[#b]
end

--- The candidate nearest to a word, if any is near enough to be what was meant (a third of its
--- characters, at least two); otherwise the shortest that it is the beginning of ("timeout" for
--- "timeout_ms"). Of equally near ones the first in alphabetical order.
---@param word any nothing but a string is near to anything
---@param candidates table<integer, string>|table<string, any> a list, or a table by name
---@return string?
function suggest.nearest(word, candidates)
  if type(word) ~= "string" then return nil end
  local limit = math.max(2, #word // 3)
  local best, longer
  local function try(candidate)
    if #word > 3 and candidate:sub(1, #word) == word and (not longer or #candidate < #longer
      or #candidate == #longer and candidate < longer) then
      longer = candidate
    end
    local distance = suggest.distance(word, candidate, limit)
    if distance < limit or distance == limit and (not best or candidate < best) then
      limit, best = distance, candidate
    end
  end
  for key, value in pairs(candidates) do
    if type(key) == "string" then
      try(key)
    elseif type(value) == "string" then
      try(value)
    end
  end
  return best or longer
end

--- "; did you mean 'x'?", or "".
---@param word any
---@param candidates table
---@return string
function suggest.hint(word, candidates)
  local nearest = suggest.nearest(word, candidates)
  return nearest and ("; did you mean '%s'?"):format(nearest) or ""
end

return suggest
