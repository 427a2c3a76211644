--- Formatted text: text and entities built together, with nothing to escape.
---
--- `tg.fmt("Hello ", tg.fmt.bold(name), "!")` can be given wherever a method takes `text` or
--- `caption`. Offsets are UTF-16 code units, as Telegram counts.
--- Source: Bot API, MessageEntity; names as in grammY's parse-mode plugin.
local errors = require "tgrunner.errors"
local options = require "tgrunner.options"
local utf16 = require "tgrunner.utf16"

local fmt = {}

---@class tgrunner.FormattedText
---@field text string
---@field entities table[] MessageEntity
local meta = { __name = "tgrunner.FormattedText" }

---@param value any
---@return boolean
function fmt.is(value)
  return getmetatable(value) == meta
end

local function shifted(entity, by)
  local copy = {}
  for key, value in pairs(entity) do copy[key] = value end
  copy.offset = entity.offset + by
  return copy
end

--- Joins text and formatted text.
---@param ... string|number|tgrunner.FormattedText
---@return tgrunner.FormattedText
function fmt.join(...)
  local texts, entities, units = {}, {}, 0
  for i = 1, select("#", ...) do
    local part = select(i, ...)
    local text = fmt.is(part) and part.text or part
    if type(text) ~= "string" and type(text) ~= "number" then
      errors.usage("tg.fmt joins text and formatted text (argument %d is a %s)", i, type(text))
    end
    texts[i] = tostring(text)
    if fmt.is(part) then
      for _, entity in ipairs(part.entities) do entities[#entities + 1] = shifted(entity, units) end
    end
    units = units + utf16.len(texts[i])
  end
  return setmetatable({ text = table.concat(texts), entities = entities }, meta)
end

function meta.__concat(a, b) return fmt.join(a, b) end

function meta.__tostring(self) return self.text end

function meta.__len(self) return utf16.len(self.text) end

local function check_text(where, what, value)
  if type(value) == "string" and value ~= "" then return end
  errors.usage("tg.fmt.%s: %s must be a string (got %s)", where, what,
    value == "" and "an empty one" or options.shown(value))
end

-- A formatter: its text inside one more entity.
local function styled(entity, ...)
  local inner = fmt.join(...)
  entity.offset, entity.length = 0, utf16.len(inner.text)
  if entity.length > 0 then table.insert(inner.entities, 1, entity) end
  return inner
end

local function style(name)
  return function(...) return styled({ type = name }, ...) end
end

---@alias tgrunner.Formatter fun(...: string|number|tgrunner.FormattedText): tgrunner.FormattedText

---@type tgrunner.Formatter
fmt.bold = style "bold"
---@type tgrunner.Formatter
fmt.italic = style "italic"
---@type tgrunner.Formatter
fmt.underline = style "underline"
---@type tgrunner.Formatter
fmt.strikethrough = style "strikethrough"
---@type tgrunner.Formatter
fmt.spoiler = style "spoiler"
---@type tgrunner.Formatter
fmt.blockquote = style "blockquote"
---@type tgrunner.Formatter
fmt.expandable_blockquote = style "expandable_blockquote"
---@type tgrunner.Formatter
fmt.code = style "code"

--- A block of code.
---@param text string|tgrunner.FormattedText
---@param language string? for colours
---@return tgrunner.FormattedText
function fmt.pre(text, language)
  if language ~= nil then check_text("pre(text, language)", "the language", language) end
  return styled({ type = "pre", language = language }, text)
end

--- Text that opens a URL.
---@param text string|tgrunner.FormattedText
---@param url string
---@return tgrunner.FormattedText
function fmt.link(text, url)
  check_text("link(text, url)", "the url", url)
  return styled({ type = "text_link", url = url }, text)
end

--- A user by name, whether or not they have a username.
---@param text string|tgrunner.FormattedText
---@param user integer|table the user's id, or a User
---@return tgrunner.FormattedText
function fmt.mention(text, user)
  local id = type(user) == "table" and user.id or user
  if math.type(id) ~= "integer" then
    errors.usage("tg.fmt.mention(text, user): the user must be an id or a User (got a %s)",
      type(user))
  end
  return fmt.link(text, ("tg://user?id=%d"):format(id))
end

--- A custom emoji.
---@param placeholder string one ordinary emoji, shown where the custom one cannot be
---@param custom_emoji_id string
---@return tgrunner.FormattedText
function fmt.custom_emoji(placeholder, custom_emoji_id)
  check_text("custom_emoji(placeholder, id)", "the id", custom_emoji_id)
  return styled({ type = "custom_emoji", custom_emoji_id = custom_emoji_id }, placeholder)
end

--- A date and time that each user sees in their own time zone.
---@param text string|tgrunner.FormattedText shown by old apps
---@param unix_time integer seconds
---@param date_time_format string? see the Bot API, MessageEntity
---@return tgrunner.FormattedText
function fmt.date_time(text, unix_time, date_time_format)
  local where = "date_time(text, unix_time, format)"
  if math.type(unix_time) ~= "integer" then
    errors.usage("tg.fmt.%s: the time must be an integer, seconds since 1970 (got %s)", where,
      options.shown(unix_time))
  end
  if date_time_format ~= nil then check_text(where, "the format", date_time_format) end
  return styled({
    type = "date_time", unix_time = unix_time, date_time_format = date_time_format,
  }, text)
end

return setmetatable(fmt, { __call = function(_, ...) return fmt.join(...) end })
