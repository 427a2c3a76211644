--- Same: whether two values would be the same JSON, whatever order the members of tables are in.
local same = {}

--- Compares values that JSON can hold; tables by their members.
---@param one any
---@param other any
---@return boolean
function same.deep(one, other)
  if type(one) ~= "table" or type(other) ~= "table" then return one == other end
  for key, value in pairs(one) do
    if not same.deep(value, other[key]) then return false end
  end
  for key in pairs(other) do
    if one[key] == nil then return false end
  end
  return true
end

return same
