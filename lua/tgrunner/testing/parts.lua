--- Parts: what the builders of updates share.
local errors = require "tgrunner.errors"
local known_fields = require "tgrunner.testing.fields"
local values = require "tgrunner.testing.values"

local parts = {}

--- Raises when what a method was given first is no text.
---@param name string of the method
---@param text any
function parts.check_text(name, text)
  if type(text) ~= "string" then
    errors.usage("t:%s takes a text first (got a %s)", name, type(text))
  end
end

--- The fields a method was given last, or none.
---@param name string of the method
---@param fields any
---@return table fields
function parts.check_fields(name, fields)
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

--- Who does it and where, and the fields that are the object's own.
---@param test tgrunner.BotTest
---@param name string of the method
---@param fields table?
---@return table from
---@return table chat
---@return table own
function parts.of(test, name, fields)
  fields = parts.check_fields(name, fields)
  known_fields.check(name, fields)
  local own = {}
  for key, value in pairs(fields) do own[key] = value end
  check_party(name, "from", own.from)
  check_party(name, "chat", own.chat)
  local from = test.world:user_of(own.from)
  local chat = test.world:chat_of(own.chat, from)
  own.from, own.chat = nil, nil
  return from, chat, own
end

--- The id of a message, given as such or by its id.
---@param message table|integer
---@return integer
function parts.id_of(message)
  if type(message) == "table" then return message.message_id end
  return message
end

-- A new message of a user.
local function new_message(test, name, content, fields)
  local from, chat, own = parts.of(test, name, fields)
  local reply_to = own.reply_to
  own.reply_to = nil
  if reply_to ~= nil then
    own.reply_to_message = test.world:message_of(chat.id, parts.id_of(reply_to))
      or { message_id = parts.id_of(reply_to), chat = chat, date = test.world:date() }
  end
  local is_channel = chat.type == "channel"
  local message = test.world:new_message(chat, not is_channel and from or nil, content)
  for key, value in pairs(own) do message[key] = values.copy(value) end
  return message, is_channel and "channel_post" or "message"
end

--- Hands the bot an update that holds an object.
---@param test tgrunner.BotTest
---@param kind string
---@param object table
---@return table object
function parts.give(test, kind, object)
  test:update { [kind] = object }
  return object
end

--- Hands the bot a new message of a user.
---@param test tgrunner.BotTest
---@param name string of the method
---@param content table
---@param fields table?
---@return table message
function parts.give_message(test, name, content, fields)
  local message, kind = new_message(test, name, content, fields)
  return parts.give(test, kind, message)
end

--- The last message of the bot in a chat.
---@param test tgrunner.BotTest
---@param chat table
---@return table message
function parts.last_of_bot(test, chat)
  for i = #test.world.messages, 1, -1 do
    local message = test.world.messages[i]
    local is_mine = message.from and message.from.id == test.world.me.id
    if is_mine and message.chat.id == chat.id then return message end
  end
  return test.world:new_message(chat, test.world.me, { text = "a message of before" })
end

return parts
