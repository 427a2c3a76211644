--- Kinds of updates, and which of them to ask the server for.
local host = require "tgrunner.host"
local suggest = require "tgrunner.suggest"

local kinds = {}

local by_name = host.kinds() ---@type table<string, boolean> whether the server sends it by default

---@param kind any
---@return boolean
function kinds.is_known(kind) return by_name[kind] ~= nil end

--- ", did you mean …" for a name that is no kind.
---@return string
function kinds.hint(kind) return suggest.hint(kind, by_name) end

local function sorted(set)
  local list = {}
  for kind in pairs(set) do list[#list + 1] = kind end
  table.sort(list)
  return list
end

--- The allowed_updates of a bot that names no list itself.
---@param needed string[] kinds that handlers name
---@param takes_all boolean whether a handler takes updates of any kind
---@return string[]
function kinds.to_allow(needed, takes_all)
  local set = {}
  for _, kind in ipairs(needed) do set[kind] = true end
  if takes_all or next(set) == nil then
    for kind, by_default in pairs(by_name) do
      if by_default then set[kind] = true end
    end
  end
  return sorted(set)
end

--- The kinds of `needed` that `given` lacks. An empty list stands for the
--- server's default.
---@param given string[]
---@param needed string[]
---@return string[]
function kinds.missing(given, needed)
  local set, missing = {}, {}
  for _, kind in ipairs(given) do set[kind] = true end
  for _, kind in ipairs(needed) do
    if not set[kind] and not (#given == 0 and by_name[kind]) then missing[kind] = true end
  end
  return sorted(missing)
end

return kinds
