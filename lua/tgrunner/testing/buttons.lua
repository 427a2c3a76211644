--- Buttons: builders of what people press. See updates.lua.
local errors = require "tgrunner.errors"
local parts = require "tgrunner.testing.parts"
local values = require "tgrunner.testing.values"

local buttons = {}

---@class tgrunner.BotTest
local Test = {}
buttons.methods = Test

local function each_button(message)
  return coroutine.wrap(function()
    for _, row in ipairs(message.reply_markup and message.reply_markup.inline_keyboard or {}) do
      for _, button in ipairs(row) do coroutine.yield(button) end
    end
  end)
end

-- The youngest message of the chat with a button that fits, and the button.
local function find_button(self, chat, fits)
  for i = #self.world.messages, 1, -1 do
    local message = self.world.messages[i]
    if message.chat.id == chat.id then
      for button in each_button(message) do
        if fits(button) then return message, button end
      end
    end
  end
end

local function callback_query(self, data, fields)
  local from, chat, own = parts.of(self, "callback", fields)
  local query = {
    id = tostring(self.world:next_id "callback_query"),
    from = from,
    chat_instance = tostring(chat.id),
    data = data,
  }
  if own.inline_message_id == nil then
    query.message = own.message
      or find_button(self, chat, function(button) return button.callback_data == data end)
      or parts.last_of_bot(self, chat)
  end
  own.message = nil
  return parts.give(self, "callback_query", values.merged(query, own))
end

--- Somebody presses a button with this data: under the youngest message that has such a button,
--- or `fields.message`; without any, under the bot's last message, as with a button of old times.
---@param data string
---@param fields table?
---@return table callback_query
function Test:callback(data, fields)
  parts.check_text("callback", data)
  return callback_query(self, data, fields)
end

local function shown_buttons(self, chat)
  local found = {}
  for _, message in ipairs(self.world.messages) do
    if message.chat.id == chat.id then
      for button in each_button(message) do found[#found + 1] = ("%q"):format(button.text) end
    end
  end
  return #found > 0 and "; there are " .. table.concat(found, ", ") or "; there are none"
end

--- Somebody presses the inline button with this label, under the youngest message that has one. A
--- button that is not there is an error.
---@param label string
---@param fields table?
---@return table callback_query
function Test:click(label, fields)
  parts.check_text("click", label)
  local _, chat = parts.of(self, "click", fields)
  local message, button = find_button(self, chat, function(button) return button.text == label end)
  if not button then
    errors.usage("t:click: no message in chat %s has a button %q%s", tostring(chat.id), label,
      shown_buttons(self, chat))
  end
  if not button.callback_data then
    errors.usage("t:click: the button %q sends nothing to the bot", label)
  end
  return callback_query(self, button.callback_data, values.merged(fields or {}, {
    message = fields and fields.message or message,
  }))
end

return buttons
