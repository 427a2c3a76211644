--- Keyboard button: one button of a keyboard, and what is wrong with it in any place.
---
--- Source: Bot API, InlineKeyboardButton and KeyboardButton.
local errors = require "tgrunner.errors"
local options = require "tgrunner.options"
local suggest = require "tgrunner.suggest"

local keyboard_button = {}

--- Telegram's limit for callback data, in bytes.
keyboard_button.CALLBACK_DATA_MAX = 64

local styles = { danger = true, success = true, primary = true }

--- Raises, at the script's line, unless a value is a string.
---@param where string who asks: "Keyboard:web_app"
---@param what string "the url"
---@param value any
---@return string value
function keyboard_button.check_string(where, what, value)
  if type(value) ~= "string" then
    errors.usage("%s: %s must be a string (got a %s)", where, what, type(value))
  end
  return value
end

--- The same for a table of more fields, which may be missing.
---@param where string
---@param what string
---@param value any
---@return table? value
function keyboard_button.check_fields(where, what, value)
  if value ~= nil and type(value) ~= "table" then
    errors.usage("%s: %s must be a table (got a %s)", where, what, type(value))
  end
  return value
end

--- The same for a style.
---@param where string
---@param style any
---@return "danger"|"success"|"primary" style
function keyboard_button.check_style(where, style)
  if styles[style] then return style end
  errors.usage("%s: the style must be \"danger\", \"success\" or \"primary\" (got %s)%s", where,
    options.shown(style), suggest.hint(style, styles))
end

--- The same for callback data.
---@param where string
---@param data any
---@return string data
function keyboard_button.check_callback_data(where, data)
  keyboard_button.check_string(where, "the callback data", data)
  if data == "" then errors.usage("%s: the callback data is empty", where) end
  if #data > keyboard_button.CALLBACK_DATA_MAX then
    errors.usage("callback data '%s…' has %d bytes; Telegram takes at most %d",
      data:sub(1, 20), #data, keyboard_button.CALLBACK_DATA_MAX)
  end
  return data
end

--- The same for a whole button: what every button needs, and what is wrong in any place.
---@param where string
---@param button table
---@return table button
function keyboard_button.check(where, button)
  if type(button.text) ~= "string" then
    errors.usage("%s: the button's text must be a string (got a %s)", where, type(button.text))
  end
  if button.style ~= nil then keyboard_button.check_style(where, button.style) end
  if button.icon_custom_emoji_id ~= nil then
    keyboard_button.check_string(where, "the icon's custom emoji id", button.icon_custom_emoji_id)
  end
  if button.callback_data ~= nil then
    keyboard_button.check_callback_data(where, button.callback_data)
  end
  return button
end

--- A button of a text, or of a table with the text and more fields (style, icon_custom_emoji_id).
---@param where string
---@param text string|table
---@param field string? the one that makes it the kind of button it is
---@param value any
---@return table button
function keyboard_button.new(where, text, field, value)
  local button = {}
  if type(text) == "table" then
    for key, item in pairs(text) do button[key] = item end
  else
    button.text = text
  end
  if field then button[field] = value end
  return keyboard_button.check(where, button)
end

--- A new table of `more`, and of `fields`, which win.
---@param fields table
---@param more table?
---@return table
function keyboard_button.with(fields, more)
  local merged = {}
  for key, value in pairs(more or {}) do merged[key] = value end
  for key, value in pairs(fields) do merged[key] = value end
  return merged
end

return keyboard_button
