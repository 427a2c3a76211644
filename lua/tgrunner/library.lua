--- Library: the names of the functions that scripts see, for messages about one that is out of
--- place.
local library = {}

local surface ---@type table? what `require "tgrunner"` gives

-- Functions that make what is wanted of what they are given.
local makers = {
  conversations = "a handler", distribute = "a handler", lazy_session = "a handler",
  sequentialize = "a handler", session = "a handler",
  auto_retry = "a transformer", throttler = "a transformer",
}

--- Tells what scripts see.
---@param tg table
function library.show(tg) surface = tg end

local function name_within(value, group, prefix)
  for name, item in next, group do
    if rawequal(item, value) then return prefix .. tostring(name) end
  end
end

--- What a script calls a value of the library: "tg.fmt", "tg.log.info".
---@param value any
---@return string? # nil when it is none of the library's
function library.name_of(value)
  if not surface then return nil end
  local name = name_within(value, surface, "tg.")
  if name then return name end
  for group_name, group in next, surface do
    if type(group) == "table" then
      name = name_within(value, group, ("tg.%s."):format(group_name))
      if name then return name end
    end
  end
end

--- Why a function of the library is not what is wanted.
---@param value any
---@param wanted string "a handler", "a transformer", "a predicate", …
---@return string? # nil when it is none of the library's
function library.mistake(value, wanted)
  local name = library.name_of(value)
  if not name then return nil end
  local made = makers[name:match "^tg%.(.*)$"]
  if made == wanted then
    return ("%s makes %s, and is called for that: %s(…)"):format(name, wanted, name)
  end
  local bare = wanted:gsub("^an? ", "")
  return ("%s is no %s; call it within one: function(…) … end"):format(name, bare)
end

return library
