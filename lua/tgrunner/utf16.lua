--- UTF-16: Telegram counts text in UTF-16 code units, Lua in bytes.
local utf16 = {}

--- How many UTF-16 units a UTF-8 text has. Bytes that are not UTF-8 count one each.
---@param text string
---@return integer
function utf16.len(text)
  if not text:find("[\x80-\xff]") then return #text end
  local units, i = 0, 1
  while i <= #text do
    local size = utf16.size(text, i)
    units = units + (size == 4 and 2 or 1)
    i = i + size
  end
  return units
end

--- How many bytes the character at byte `i` has.
---@param text string
---@param i integer
---@return integer # 1 to 4
function utf16.size(text, i)
  local byte = text:byte(i)
  if byte < 0xC0 then return 1 end
  local size = byte >= 0xF0 and 4 or byte >= 0xE0 and 3 or 2
  return text:find("^[\x80-\xBF]+", i + 1) and i + size - 1 <= #text and size or 1
end

-- The byte where the unit `target` begins, going on from byte `i` at unit `unit`.
local function walk(text, i, unit, target)
  while unit < target and i <= #text do
    local size = utf16.size(text, i)
    unit = unit + (size == 4 and 2 or 1)
    i = i + size
  end
  return i, unit
end

--- The part of a text that an entity covers.
---@param text string
---@param offset integer in UTF-16 units, from 0
---@param length integer in UTF-16 units
---@return string
function utf16.slice(text, offset, length)
  if not text:find("[\x80-\xff]") then return text:sub(offset + 1, offset + length) end
  local first, unit = walk(text, 1, 0, offset)
  local last = walk(text, first, unit, offset + length)
  return text:sub(first, last - 1)
end

return utf16
