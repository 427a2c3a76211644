--- UTF-16: Telegram counts text in UTF-16 code units, Lua in bytes.
local utf16 = {}

--- How many UTF-16 units a UTF-8 text has when it is sent: bytes that are not UTF-8 become U+FFFD,
--- one for each longest piece that a character could begin with (host/json/text.c).
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

-- The range of a character's second byte by its first, where that is not 0x80 to 0xBF: it rules out
-- overlong forms, surrogates and what lies above U+10FFFF.
local lowest = { [0xE0] = 0xA0, [0xF0] = 0x90 }
local highest = { [0xED] = 0x9F, [0xF4] = 0x8F }

--- How many bytes the character at byte `i` has, or the piece of one.
---@param text string
---@param i integer
---@return integer # 1 to 4; 4 is a whole character
function utf16.size(text, i)
  local lead = text:byte(i)
  if lead < 0xC2 or lead > 0xF4 then return 1 end
  local size = lead >= 0xF0 and 4 or lead >= 0xE0 and 3 or 2
  local low, high = lowest[lead] or 0x80, highest[lead] or 0xBF
  for k = 1, size - 1 do
    local byte = text:byte(i + k)
    if not byte or byte < low or byte > high then return k end
    low, high = 0x80, 0xBF
  end
  return size
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
