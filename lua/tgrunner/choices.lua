--- Choices: an argument that is one thing, or a list of such things.
local errors = require "tgrunner.errors"
local options = require "tgrunner.options"

local choices = {}

--- The list that was given, or a list of the one thing. Raises at the script's line when it is
--- neither, and for a list with nothing in it, which would match nothing.
---@param where string the function it was given to: "command"
---@param value any
---@param what string one of them: "a command's name"
---@param is_one fun(value: any): boolean?
---@return any[]
function choices.read(where, value, what, is_one)
  if is_one(value) then return { value } end
  if type(value) ~= "table" or getmetatable(value) ~= nil then
    errors.usage("%s takes %s, or a list of these (got %s)", where, what, options.shown(value))
  end
  if next(value) == nil then errors.usage("%s: an empty list matches nothing", where) end
  for key in pairs(value) do
    if math.type(key) ~= "integer" or key < 1 or key > #value then
      errors.usage("%s takes %s, or a list of these (got a table with the key '%s')", where, what,
        tostring(key))
    end
  end
  for i = 1, #value do
    local item = value[i]
    if not is_one(item) then
      errors.usage("%s: item %d of the list must be %s (got %s)", where, i, what,
        options.shown(item))
    end
  end
  return value
end

return choices
