--- World: the users, chats, messages and files around a bot under test. Ids count up; a user or a
--- chat that was seen before is the same again.
local values = require "tgrunner.testing.values"

---@class tgrunner.testing.World
---@field me table the bot's User
---@field user table the User that updates come from unless they say otherwise
local World = {}
local world_meta = { __name = "tgrunner.testing.World", __index = World }

local world = {}

local CHANNEL <const> = -1000000000000 -- of all that calls name by "@name"

-- ---- users and chats ---------------------------------------------------------------------------

local function expand(value, known, make)
  local given = type(value) == "table" and value or { id = value }
  local id = given.id
  if known[id] then
    for key, item in pairs(given) do known[id][key] = item end
  else
    known[id] = values.merged(make(id), given)
  end
  return known[id]
end

--- A User by its id, or by some of its fields; the fields are kept.
---@param value integer|table|nil nil is the user of the test
---@return table
function World:user_of(value)
  if value == nil then return self.user end
  return expand(value, self.users, function(id)
    return { id = id, is_bot = false, first_name = "User " .. tostring(id), language_code = "en" }
  end)
end

local function new_chat(id)
  if id < 0 then return { id = id, type = "supergroup", title = "Group " .. tostring(id) } end
  return { id = id, type = "private" }
end

--- A Chat by its id (negative: a supergroup), or by some of its fields.
---@param value integer|table|nil nil is the private chat with `user`
---@param user table
---@return table
function World:chat_of(value, user)
  if value == nil then value = user.id end
  local chat = expand(value, self.chats, new_chat)
  local owner = chat.type == "private" and self.users[chat.id]
  if owner then
    chat.first_name = chat.first_name or owner.first_name
    chat.last_name, chat.username = owner.last_name, owner.username
  end
  return chat
end

--- The id of a chat that a call names by its id, also as text, or by "@name".
---@param value integer|string
---@return integer|string
function World:chat_id_of(value) -- luacheck: no self
  return math.tointeger(tonumber(value)) or CHANNEL
end

--- The bot's id is known once its token is.
---@param id integer
function World:set_id_of_me(id)
  self.users[self.me.id] = nil
  self.me.id = id
  self.users[id] = self.me
end

-- ---- ids and time ------------------------------------------------------------------------------

---@param of string what is counted
---@return integer
function World:next_id(of)
  local id = (self.counts[of] or 0) + 1
  self.counts[of] = id
  return id
end

---@return integer seconds, as in a message's `date`
function World:date() return os.time() end -- luacheck: no self

-- ---- messages ----------------------------------------------------------------------------------

local function key_of(chat_id, message_id)
  return tostring(chat_id) .. "/" .. tostring(message_id)
end

--- A new Message, which is kept.
---@param chat table
---@param from table?
---@param fields table
---@return table
function World:new_message(chat, from, fields)
  local message = values.merged({
    message_id = self:next_id "message",
    date = self:date(),
    chat = chat,
    from = from,
  }, fields)
  self.messages[#self.messages + 1] = message
  self.by_id[key_of(message.chat.id, message.message_id)] = message
  return message
end

---@param chat_id integer|string as a call gives it
---@return table?
function World:message_of(chat_id, message_id)
  if type(chat_id) == "string" then chat_id = self:chat_id_of(chat_id) end
  return self.by_id[key_of(chat_id, message_id)]
end

--- Notes messages that did not come from here: of an update that the test has made itself, or of
--- an answer. Whatever else a table may be stays unnoted.
---@param value any a Message, or what holds some
---@param chat_id integer|string|nil of messages that do not tell
function World:learn(value, chat_id)
  if type(value) ~= "table" then return end
  local id = math.tointeger(value.message_id)
  local chat = type(value.chat) == "table" and value.chat or chat_id and { id = chat_id }
  if id and chat and chat.id and not self:message_of(chat.id, id) then
    local message = values.merged(value, { chat = chat, message_id = id })
    self.messages[#self.messages + 1] = message
    self.by_id[key_of(self:chat_id_of(chat.id), id)] = message
    self.counts.message = math.max(self.counts.message or 0, id)
  end
  for _, item in pairs(value) do
    if type(item) == "table" then self:learn(item, chat_id) end
  end
end

---@return boolean known
function World:delete_message(chat_id, message_id)
  local message = self:message_of(chat_id, message_id)
  if not message then return false end
  self.by_id[key_of(chat_id, message_id)] = nil
  for i, each in ipairs(self.messages) do
    if each == message then table.remove(self.messages, i) end
  end
  return true
end

-- ---- files -------------------------------------------------------------------------------------

--- A File with the bytes that its download gives.
---@param bytes string?
---@param file_id string?
---@param name string?
---@return table file { file_id, file_unique_id, file_size, file_path }
function World:new_file(bytes, file_id, name)
  local number = self:next_id "file"
  file_id = file_id or ("file-%d"):format(number)
  local file = {
    file_id = file_id,
    file_unique_id = ("unique-%d"):format(number),
    file_size = bytes and #bytes or nil,
    file_path = ("files/%d/%s"):format(number, name or "file"),
  }
  self.files[file_id] = file
  self.bytes[file.file_path] = bytes
  return file
end

--- The File of an id; ids that nobody has made stand for small files.
---@param file_id string
---@return table
function World:file_of(file_id)
  return self.files[file_id] or self:new_file("the bytes of " .. file_id, file_id)
end

-- ---- making one --------------------------------------------------------------------------------

---@param me table
---@param user table?
---@return tgrunner.testing.World
function world.new(me, user)
  local self = setmetatable({
    me = me,
    users = { [me.id] = me }, chats = {}, counts = {},
    messages = {}, by_id = {},
    files = {}, bytes = {}, settings = {},
  }, world_meta)
  self.user = self:user_of(values.merged({
    id = 1001, first_name = "Ann", username = "ann",
  }, user))
  return self
end

return world
