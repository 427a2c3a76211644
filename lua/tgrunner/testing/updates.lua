--- Updates: builders of what people do to a bot under test. Each method of a BotTest here hands
--- the bot one update and returns its object: the message, the callback query, …
---
--- The last argument of each may hold `from` (a user's id, or fields of a User), `chat` (a chat's
--- id, or fields of a Chat; the private chat with `from` when absent), `reply_to` (a message, or
--- its id), and any other field of the object.
local buttons = require "tgrunner.testing.buttons"
local entities = require "tgrunner.testing.entities"
local errors = require "tgrunner.errors"
local kinds = require "tgrunner.kinds"
local media = require "tgrunner.testing.media"
local parts = require "tgrunner.testing.parts"
local values = require "tgrunner.testing.values"

local updates = {}

---@class tgrunner.BotTest
local Test = {}
updates.methods = Test

for _, part in ipairs { media, buttons } do
  for name, method in pairs(part.methods) do Test[name] = method end
end

-- ---- messages ----------------------------------------------------------------------------------

--- Somebody writes a text. Commands, mentions, hashtags, cashtags, e-mail addresses and URLs in it
--- are marked as by Telegram, unless `fields.entities` says otherwise.
---@param text string
---@param fields table?
---@return table message
function Test:text(text, fields)
  parts.check_text("text", text)
  return parts.give_message(self, "text", { text = text, entities = entities.of(text) }, fields)
end

--- Somebody sends a command: t:command("add", "2 3") is "/add 2 3".
---@param command string without the slash
---@param arguments string|table|nil what follows it; a table is `fields`
---@param fields table?
---@return table message
function Test:command(command, arguments, fields)
  parts.check_text("command", command)
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
  parts.check_text("edited", text)
  local from, chat, own = parts.of(self, "edited", fields)
  local message = own.message
  own.message = nil
  for _, each in ipairs(message and {} or self.world.messages) do
    local is_theirs = each.from and each.from.id == from.id and each.chat.id == chat.id
    if is_theirs then message = each end
  end
  message = self.world:message_of(chat.id, message and parts.id_of(message))
    or self.world:new_message(chat, from, {})
  message.text, message.entities = text, entities.of(text)
  message.edit_date = self.world:date()
  for key, value in pairs(own) do message[key] = values.copy(value) end
  local kind = chat.type == "channel" and "edited_channel_post" or "edited_message"
  return parts.give(self, kind, message)
end

--- A message with any content: t:message { dice = { emoji = "🎲", value = 6 } }.
---@param fields table
---@return table message
function Test:message(fields)
  return parts.give_message(self, "message", {}, fields)
end

--- A text in a channel.
---@param text string
---@param fields table?
---@return table message
function Test:channel_post(text, fields)
  parts.check_text("channel_post", text)
  fields = values.copy(parts.check_fields("channel_post", fields))
  local chat = fields.chat or -1001000000000
  fields.chat = values.merged({ type = "channel", title = "Channel" },
    type(chat) == "table" and chat or { id = chat })
  return self:text(text, fields)
end

--- Somebody sends a place.
---@param latitude number
---@param longitude number
---@param fields table?
---@return table message
function Test:location(latitude, longitude, fields)
  return parts.give_message(self, "location", {
    location = { latitude = latitude, longitude = longitude },
  }, fields)
end

--- Somebody sends a contact: their own, or `fields.contact`.
---@param phone_number string
---@param fields table?
---@return table message
function Test:contact(phone_number, fields)
  parts.check_text("contact", phone_number)
  local from = self.world:user_of(parts.check_fields("contact", fields).from)
  return parts.give_message(self, "contact", { contact = {
    phone_number = phone_number, first_name = from.first_name, user_id = from.id,
  } }, fields)
end

-- ---- other things people do --------------------------------------------------------------------

-- Kinds whose object has an id, a sender and fields of its own.
local function give_query(self, kind, content, fields)
  local from, _, own = parts.of(self, kind, fields)
  local object = values.merged({ id = tostring(self.world:next_id(kind)), from = from }, content)
  return parts.give(self, kind, values.merged(object, own))
end

--- Somebody types the bot's name and a query in any chat.
---@param query string
---@param fields table? `offset`, `chat_type`, …
---@return table inline_query
function Test:inline_query(query, fields)
  parts.check_text("inline_query", query)
  return give_query(self, "inline_query", { query = query, offset = "" }, fields)
end

--- Somebody chooses a result of an inline query.
---@param result_id string
---@param fields table? `query`, `inline_message_id`, …
---@return table chosen_inline_result
function Test:chosen_inline_result(result_id, fields)
  parts.check_text("chosen_inline_result", result_id)
  local from, _, own = parts.of(self, "chosen_inline_result", fields)
  return parts.give(self, "chosen_inline_result",
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
  parts.check_text("reaction", emoji)
  local user, chat, own = parts.of(self, "reaction", fields)
  local message_id = parts.id_of(own.message or parts.last_of_bot(self, chat))
  own.message = nil
  return parts.give(self, "message_reaction", values.merged({
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
  local from, chat, own = parts.of(self, kind, fields)
  local old = own.old_status or "member"
  own.old_status = nil
  return parts.give(self, kind, values.merged({
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
  parts.check_text("my_chat_member", status)
  return member_update(self, "my_chat_member", self.world.me, status, fields)
end

--- Somebody's place in a chat changes.
---@param status string
---@param fields table? `old_status`, …
---@return table chat_member
function Test:chat_member(status, fields)
  parts.check_text("chat_member", status)
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
