--- Updates: builders of what people do to a bot under test. Each method of a BotTest here hands
--- the bot one update and returns its object: the message, the callback query, …
---
--- The last argument of each may hold `from` (a user's id, or fields of a User), `chat` (a chat's
--- id, or fields of a Chat; the private chat with `from` when absent), `reply_to` (a message, or
--- its id), and any other field of the object.
local entities = require "tgrunner.testing.entities"
local errors = require "tgrunner.errors"
local kinds = require "tgrunner.kinds"
local known_fields = require "tgrunner.testing.fields"
local values = require "tgrunner.testing.values"

local updates = {}

---@class tgrunner.BotTest
local Test = {}
updates.methods = Test

-- ---- parts -------------------------------------------------------------------------------------

local function check_text(name, text)
  if type(text) ~= "string" then
    errors.usage("t:%s takes a text first (got a %s)", name, type(text))
  end
end

local function check_fields(name, fields)
  if fields ~= nil and type(fields) ~= "table" then
    errors.usage("t:%s takes a table of fields last (got a %s)", name, type(fields))
  end
  return fields or {}
end

local function check_party(name, field, value)
  local id = value
  if type(value) == "table" then id = value.id end
  if value == nil or math.type(id) == "integer" then return end
  errors.usage("t:%s: %s must be an id, an integer, or a table that has one as `id`", name, field)
end

-- Who does it and where, and the fields that are the object's own.
local function parts_of(self, name, fields)
  fields = check_fields(name, fields)
  known_fields.check(name, fields)
  local own = {}
  for key, value in pairs(fields) do own[key] = value end
  check_party(name, "from", own.from)
  check_party(name, "chat", own.chat)
  local from = self.world:user_of(own.from)
  local chat = self.world:chat_of(own.chat, from)
  own.from, own.chat = nil, nil
  return from, chat, own
end

local function id_of(message)
  if type(message) == "table" then return message.message_id end
  return message
end

-- A new message of a user.
local function new_message(self, name, content, fields)
  local from, chat, own = parts_of(self, name, fields)
  local reply_to = own.reply_to
  own.reply_to = nil
  if reply_to ~= nil then
    own.reply_to_message = self.world:message_of(chat.id, id_of(reply_to))
      or { message_id = id_of(reply_to), chat = chat, date = self.world:date() }
  end
  local is_channel = chat.type == "channel"
  local message = self.world:new_message(chat, not is_channel and from or nil, content)
  for key, value in pairs(own) do message[key] = values.copy(value) end
  return message, is_channel and "channel_post" or "message"
end

local function give(self, kind, object)
  self:update { [kind] = object }
  return object
end

local function give_message(self, name, content, fields)
  local message, kind = new_message(self, name, content, fields)
  return give(self, kind, message)
end

-- ---- messages ----------------------------------------------------------------------------------

--- Somebody writes a text. Commands, mentions, hashtags, cashtags, e-mail addresses and URLs in it
--- are marked as by Telegram, unless `fields.entities` says otherwise.
---@param text string
---@param fields table?
---@return table message
function Test:text(text, fields)
  check_text("text", text)
  return give_message(self, "text", { text = text, entities = entities.of(text) }, fields)
end

--- Somebody sends a command: t:command("add", "2 3") is "/add 2 3".
---@param command string without the slash
---@param arguments string|table|nil what follows it; a table is `fields`
---@param fields table?
---@return table message
function Test:command(command, arguments, fields)
  check_text("command", command)
  if type(arguments) == "table" then arguments, fields = nil, arguments end
  local text = "/" .. command:gsub("^/", "")
  if arguments then text = text .. " " .. tostring(arguments) end
  return self:text(text, fields)
end

--- Somebody edits a message: their last one, or `fields.message`.
---@param text string
---@param fields table?
---@return table message
function Test:edited(text, fields)
  check_text("edited", text)
  local from, chat, own = parts_of(self, "edited", fields)
  local message = own.message
  own.message = nil
  for _, each in ipairs(message and {} or self.world.messages) do
    local is_theirs = each.from and each.from.id == from.id and each.chat.id == chat.id
    if is_theirs then message = each end
  end
  message = self.world:message_of(chat.id, message and id_of(message))
    or self.world:new_message(chat, from, {})
  message.text, message.entities = text, entities.of(text)
  message.edit_date = self.world:date()
  for key, value in pairs(own) do message[key] = values.copy(value) end
  return give(self, chat.type == "channel" and "edited_channel_post" or "edited_message", message)
end

--- A message with any content: t:message { dice = { emoji = "🎲", value = 6 } }.
---@param fields table
---@return table message
function Test:message(fields)
  return give_message(self, "message", {}, fields)
end

--- A text in a channel.
---@param text string
---@param fields table?
---@return table message
function Test:channel_post(text, fields)
  check_text("channel_post", text)
  fields = values.copy(check_fields("channel_post", fields))
  local chat = fields.chat or -1001000000000
  fields.chat = values.merged({ type = "channel", title = "Channel" },
    type(chat) == "table" and chat or { id = chat })
  return self:text(text, fields)
end

-- ---- media -------------------------------------------------------------------------------------

-- Kind → what its object has beside the file.
local media = {
  animation = { width = 320, height = 240, duration = 1, mime_type = "video/mp4" },
  audio = { duration = 1, mime_type = "audio/mpeg" },
  document = { file_name = "file.txt", mime_type = "text/plain" },
  photo = { width = 320, height = 240 },
  sticker = {
    type = "regular", width = 512, height = 512, is_animated = false, is_video = false,
  },
  video = { width = 320, height = 240, duration = 1, mime_type = "video/mp4" },
  video_note = { length = 240, duration = 1 },
  voice = { duration = 1, mime_type = "audio/ogg" },
}

local function media_message(self, kind, fields)
  local message_fields, object = {}, values.copy(media[kind])
  fields = check_fields(kind, fields)
  known_fields.check(kind, fields)
  for key, value in pairs(fields) do
    (known_fields.is_of_medium(kind, key) and object or message_fields)[key] = value
  end
  local file = self.world:new_file(object.bytes or ("a %s"):format(kind), object.file_id,
    object.file_name)
  object.bytes = nil
  object = values.merged(object, {
    file_id = file.file_id, file_unique_id = file.file_unique_id, file_size = file.file_size,
  })
  local caption = message_fields.caption
  return give_message(self, kind, {
    [kind] = kind == "photo" and { object } or object,
    caption_entities = caption and entities.of(caption),
  }, message_fields)
end

--- Somebody sends a photo. `fields.bytes` is what a download of it gives; `caption`.
---@param fields table?
---@return table message
function Test:photo(fields) return media_message(self, "photo", fields) end

--- Somebody sends a file: `file_name`, `mime_type`, `bytes`, `caption`.
---@param fields table?
---@return table message
function Test:document(fields) return media_message(self, "document", fields) end

---@param fields table?
---@return table message
function Test:video(fields) return media_message(self, "video", fields) end

---@param fields table?
---@return table message
function Test:audio(fields) return media_message(self, "audio", fields) end

---@param fields table?
---@return table message
function Test:voice(fields) return media_message(self, "voice", fields) end

---@param fields table?
---@return table message
function Test:video_note(fields) return media_message(self, "video_note", fields) end

---@param fields table?
---@return table message
function Test:animation(fields) return media_message(self, "animation", fields) end

---@param fields table? `emoji`, `set_name`, …
---@return table message
function Test:sticker(fields) return media_message(self, "sticker", fields) end

--- Somebody sends a place.
---@param latitude number
---@param longitude number
---@param fields table?
---@return table message
function Test:location(latitude, longitude, fields)
  return give_message(self, "location", {
    location = { latitude = latitude, longitude = longitude },
  }, fields)
end

--- Somebody sends a contact: their own, or `fields.contact`.
---@param phone_number string
---@param fields table?
---@return table message
function Test:contact(phone_number, fields)
  check_text("contact", phone_number)
  local from = self.world:user_of(check_fields("contact", fields).from)
  return give_message(self, "contact", { contact = {
    phone_number = phone_number, first_name = from.first_name, user_id = from.id,
  } }, fields)
end

-- ---- buttons -----------------------------------------------------------------------------------

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

local function last_of_bot(self, chat)
  for i = #self.world.messages, 1, -1 do
    local message = self.world.messages[i]
    local is_mine = message.from and message.from.id == self.world.me.id
    if is_mine and message.chat.id == chat.id then return message end
  end
  return self.world:new_message(chat, self.world.me, { text = "a message of before" })
end

local function callback_query(self, data, fields)
  local from, chat, own = parts_of(self, "callback", fields)
  local query = {
    id = tostring(self.world:next_id "callback_query"),
    from = from,
    chat_instance = tostring(chat.id),
    data = data,
  }
  if own.inline_message_id == nil then
    query.message = own.message
      or find_button(self, chat, function(button) return button.callback_data == data end)
      or last_of_bot(self, chat)
  end
  own.message = nil
  return give(self, "callback_query", values.merged(query, own))
end

--- Somebody presses a button with this data: under the youngest message that has such a button,
--- or `fields.message`; without any, under the bot's last message, as with a button of old times.
---@param data string
---@param fields table?
---@return table callback_query
function Test:callback(data, fields)
  check_text("callback", data)
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
  check_text("click", label)
  local _, chat = parts_of(self, "click", fields)
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

-- ---- other things people do --------------------------------------------------------------------

-- Kinds whose object has an id, a sender and fields of its own.
local function give_query(self, kind, content, fields)
  local from, _, own = parts_of(self, kind, fields)
  local object = values.merged({ id = tostring(self.world:next_id(kind)), from = from }, content)
  return give(self, kind, values.merged(object, own))
end

--- Somebody types the bot's name and a query in any chat.
---@param query string
---@param fields table? `offset`, `chat_type`, …
---@return table inline_query
function Test:inline_query(query, fields)
  check_text("inline_query", query)
  return give_query(self, "inline_query", { query = query, offset = "" }, fields)
end

--- Somebody chooses a result of an inline query.
---@param result_id string
---@param fields table? `query`, `inline_message_id`, …
---@return table chosen_inline_result
function Test:chosen_inline_result(result_id, fields)
  check_text("chosen_inline_result", result_id)
  local from, _, own = parts_of(self, "chosen_inline_result", fields)
  return give(self, "chosen_inline_result",
    values.merged({ result_id = result_id, from = from, query = "" }, own))
end

--- Somebody is about to pay.
---@param fields table? `invoice_payload`, `currency`, `total_amount`, …
---@return table pre_checkout_query
function Test:pre_checkout_query(fields)
  return give_query(self, "pre_checkout_query",
    { currency = "XTR", total_amount = 1, invoice_payload = "" }, fields)
end

--- Somebody reacts to a message: the bot's last one, or `fields.message`.
---@param emoji string
---@param fields table? `old_reaction`, …
---@return table message_reaction
function Test:reaction(emoji, fields)
  check_text("reaction", emoji)
  local user, chat, own = parts_of(self, "reaction", fields)
  local message_id = id_of(own.message or last_of_bot(self, chat))
  own.message = nil
  return give(self, "message_reaction", values.merged({
    chat = chat,
    message_id = message_id,
    user = user,
    date = self.world:date(),
    old_reaction = {},
    new_reaction = { { type = "emoji", emoji = emoji } },
  }, own))
end

-- kind, old and new status of a member.
local function member_update(self, kind, member, status, fields)
  local from, chat, own = parts_of(self, kind, fields)
  local old = own.old_status or "member"
  own.old_status = nil
  return give(self, kind, values.merged({
    chat = chat,
    from = from,
    date = self.world:date(),
    old_chat_member = { status = old, user = member or from },
    new_chat_member = { status = status, user = member or from },
  }, own))
end

--- The bot's own place in a chat changes: t:my_chat_member "kicked" when somebody blocks it.
---@param status string "member", "administrator", "left", "kicked", …
---@param fields table? `old_status`, …
---@return table my_chat_member
function Test:my_chat_member(status, fields)
  check_text("my_chat_member", status)
  return member_update(self, "my_chat_member", self.world.me, status, fields)
end

--- Somebody's place in a chat changes.
---@param status string
---@param fields table? `old_status`, …
---@return table chat_member
function Test:chat_member(status, fields)
  check_text("chat_member", status)
  return member_update(self, "chat_member", nil, status, fields)
end

-- ---- any update --------------------------------------------------------------------------------

local function check_kind(update)
  for kind in pairs(update) do
    if kind ~= "update_id" and not kinds.is_known(kind) then
      errors.usage("t:update: unknown update kind '%s'%s", tostring(kind), kinds.hint(kind))
    end
  end
end

--- Hands the bot any update; without update_id it gets the next one. Returns when the bot is at
--- rest; raises what a handler raised and bot:catch did not take. Called while a handler runs (by a
--- function of t:answer, say) it returns at once, and the update is handled beside that.
---@param update table
---@return table update
function Test:update(update)
  if type(update) ~= "table" then
    errors.usage("t:update takes an Update, a table (got a %s)", type(update))
  end
  check_kind(update)
  self.world:learn(update)
  if not update.update_id then update.update_id = self.world:next_id "update" end
  self:_feed(update)
  return update
end

return updates
