--- Fields: which fields the last argument of a builder (t:text, t:photo, …) may have.
local errors = require "tgrunner.errors"
local members = require "tgrunner.testing.members"
local methods = require "tgrunner.methods"
local suggest = require "tgrunner.suggest"

local fields = {}

-- Builder → the type of its object; all others make a Message.
local types = {
  callback = "CallbackQuery",
  chat_member = "ChatMemberUpdated",
  chosen_inline_result = "ChosenInlineResult",
  click = "CallbackQuery",
  inline_query = "InlineQuery",
  my_chat_member = "ChatMemberUpdated",
  pre_checkout_query = "PreCheckoutQuery",
  reaction = "MessageReactionUpdated",
}

-- Builder of a medium → the type of that.
local media = {
  animation = "Animation", audio = "Audio", document = "Document", photo = "PhotoSize",
  sticker = "Sticker", video = "Video", video_note = "VideoNote", voice = "Voice",
}

-- What the kit itself understands: everywhere, and in some builders.
local common = { "chat", "from", "reply_to" }
local own = {
  callback = { "message" }, click = { "message" }, edited = { "message" },
  reaction = { "message" }, chat_member = { "old_status" }, my_chat_member = { "old_status" },
}

local function add(set, names)
  for _, name in ipairs(names or {}) do set[name] = true end
  return set
end

local sets = {} -- type → set of its members

local function set_of(type_name)
  local set = sets[type_name]
  if not set then
    set = {}
    for name in members[type_name]:gmatch "%S+" do set[name] = true end
    sets[type_name] = set
  end
  return set
end

local allowed = {} -- builder → set

local function allowed_in(builder)
  local set = allowed[builder]
  if set then return set end
  set = add(add({}, common), own[builder])
  for name in pairs(set_of(types[builder] or "Message")) do set[name] = true end
  if media[builder] then
    for name in pairs(set_of(media[builder])) do set[name] = true end
    set.bytes = true
  end
  allowed[builder] = set
  return set
end

local function refuse(builder, what, key, set)
  if type(key) ~= "string" then
    errors.usage("t:%s: fields have names (got the key %s)", builder, tostring(key))
  end
  local hint = suggest.hint(key, set)
  if hint == "" then
    hint = (" (Bot API %s knows none; t:update takes whatever is newer)"):format(methods.bot_api)
  end
  errors.usage("t:%s: unknown field '%s'%s%s", builder, key, what, hint)
end

local function check_within(builder, name, value, type_name)
  if type(value) ~= "table" then return end
  local set = set_of(type_name)
  for key in pairs(value) do
    if not set[key] then refuse(builder, " in " .. name, key, set) end
  end
end

--- Raises for a field that the builder's object does not have.
---@param builder string "text"
---@param given table
function fields.check(builder, given)
  local set = allowed_in(builder)
  for key in pairs(given) do
    if not set[key] then refuse(builder, "", key, set) end
  end
  check_within(builder, "from", given.from, "User")
  check_within(builder, "chat", given.chat, "Chat")
end

--- Whether a field of t:photo { … } is one of the photo itself, and not of its message.
---@param builder string
---@param key string
---@return boolean
function fields.is_of_medium(builder, key)
  return key == "bytes" or set_of(media[builder])[key] == true
end

return fields
