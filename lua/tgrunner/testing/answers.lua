--- Answers: what the Bot API answers a call of a bot under test, unless the test says otherwise.
local values = require "tgrunner.testing.values"

local answers = {}

-- Method → function(world, params) → result.
local makers = {}

-- ---- messages ----------------------------------------------------------------------------------

local function chat_of(world, params)
  local id = params.chat_id
  if type(id) == "string" and not math.tointeger(tonumber(id)) then
    return world:chat_of {
      id = world:chat_id_of(id), type = "channel", title = id, username = id:sub(2),
    }
  end
  return world:chat_of(math.tointeger(tonumber(id)) or world.user.id, world.user)
end

local function replied_to(world, params, chat)
  local to = params.reply_parameters
  local id = to and to.message_id or params.reply_to_message_id
  return id and world:message_of(to and to.chat_id or chat.id, id)
end

-- Inline keyboards are part of a message, other markups are not.
local function markup_of(params)
  local markup = params.reply_markup
  return markup and markup.inline_keyboard and markup or nil
end

local function sent_message(world, params, content)
  local chat = chat_of(world, params)
  content.reply_markup = markup_of(params)
  content.reply_to_message = replied_to(world, params, chat)
  content.message_thread_id = params.message_thread_id
  content.business_connection_id = params.business_connection_id
  return world:new_message(chat, world.me, content)
end

function makers.sendMessage(world, params)
  return sent_message(world, params, { text = params.text, entities = params.entities })
end

-- A file parameter as the server's object: a file id that was sent again, or a new file.
local function file_object(world, value, more)
  local file
  if type(value) == "table" and value.bytes then
    file = world:new_file(value.bytes, nil, value.filename)
    more.file_name = value.filename
  else
    file = world:file_of(type(value) == "string" and value or "nothing")
  end
  return values.merged(more, {
    file_id = file.file_id, file_unique_id = file.file_unique_id, file_size = file.file_size,
  })
end

-- Kind of media → the fields that its object has beside the file's.
local media = {
  animation = { width = 320, height = 240, duration = 1 },
  audio = { duration = 1 },
  document = {},
  photo = { width = 320, height = 240 },
  sticker = {
    width = 512, height = 512, type = "regular", is_animated = false, is_video = false,
  },
  video = { width = 320, height = 240, duration = 1 },
  video_note = { length = 240, duration = 1 },
  voice = { duration = 1 },
}

local function media_content(world, kind, params)
  local object = file_object(world, params[kind] or params.media, values.copy(media[kind]))
  if kind == "photo" or kind == "sticker" then object.file_name = nil end
  return {
    [kind] = kind == "photo" and { object } or object,
    caption = params.caption,
    caption_entities = params.caption_entities,
  }
end

for kind in pairs(media) do
  local method = "send" .. kind:gsub("^%l", string.upper):gsub("_(%l)", string.upper)
  makers[method] = function(world, params)
    return sent_message(world, params, media_content(world, kind, params))
  end
end

function makers.sendMediaGroup(world, params)
  local group, sent = tostring(world:next_id "media_group"), {}
  for i, item in ipairs(params.media or {}) do
    local kind = media[item.type] and item.type or "document"
    local content = media_content(world, kind, item)
    content.media_group_id = group
    sent[i] = sent_message(world, params, content)
  end
  return sent
end

-- Method → the message's field, and the parameters that its object has.
local objects = {
  sendLocation = { "location", "latitude", "longitude", "live_period" },
  sendContact = { "contact", "phone_number", "first_name", "last_name", "vcard" },
  sendGame = { "game" },
  sendInvoice = { "invoice", "title", "description", "currency", "start_parameter" },
}

for method, object in pairs(objects) do
  makers[method] = function(world, params)
    local content = {}
    for i = 2, #object do content[object[i]] = params[object[i]] end
    return sent_message(world, params, { [object[1]] = content })
  end
end

function makers.sendVenue(world, params)
  return sent_message(world, params, { venue = {
    location = { latitude = params.latitude, longitude = params.longitude },
    title = params.title,
    address = params.address,
  } })
end

function makers.sendDice(world, params)
  return sent_message(world, params, { dice = { emoji = params.emoji or "🎲", value = 4 } })
end

local function poll_options(list)
  local result = {}
  for i, item in ipairs(list or {}) do
    result[i] = { text = type(item) == "table" and item.text or item, voter_count = 0 }
  end
  return result
end

function makers.sendPoll(world, params)
  return sent_message(world, params, { poll = {
    id = tostring(world:next_id "poll"),
    question = params.question,
    options = poll_options(params.options),
    total_voter_count = 0,
    is_closed = false,
    is_anonymous = params.is_anonymous ~= false,
    type = params.type or "regular",
    allows_multiple_answers = params.allows_multiple_answers or false,
  } })
end

function makers.stopPoll(world, params)
  local message = world:message_of(chat_of(world, params).id, params.message_id)
  local poll = message and message.poll or { id = "0", question = "", options = {} }
  poll.is_closed = true
  return poll
end

-- ---- copies, edits, deletions ------------------------------------------------------------------

local function copy_message(world, params, message_id)
  local source = world:message_of(params.from_chat_id, message_id)
  local content = values.copy(source or {})
  content.message_id, content.date, content.chat, content.from = nil, nil, nil, nil
  return sent_message(world, params, content), source
end

function makers.copyMessage(world, params)
  return { message_id = copy_message(world, params, params.message_id).message_id }
end

function makers.forwardMessage(world, params)
  local message, source = copy_message(world, params, params.message_id)
  message.forward_origin = {
    type = "user", date = world:date(), sender_user = source and source.from or world.user,
  }
  return message
end

local function many(one)
  return function(world, params)
    local ids = {}
    for i, id in ipairs(params.message_ids or {}) do
      ids[i] = { message_id = one(world, params, id).message_id }
    end
    return ids
  end
end

makers.copyMessages = many(copy_message)
makers.forwardMessages = many(copy_message)

-- Method → the fields of the message that it sets.
local edits = {
  editMessageText = { text = "text", entities = "entities" },
  editMessageCaption = { caption = "caption", caption_entities = "caption_entities" },
  editMessageReplyMarkup = {},
  editMessageLiveLocation = {},
  stopMessageLiveLocation = {},
  editMessageMedia = {},
  editMessageChecklist = {},
  setGameScore = {},
}

for method, fields in pairs(edits) do
  makers[method] = function(world, params)
    if params.inline_message_id then return true end
    local chat = chat_of(world, params)
    local message = world:message_of(chat.id, params.message_id)
      or world:new_message(chat, world.me, { message_id = params.message_id })
    for field, param in pairs(fields) do message[field] = params[param] end
    message.reply_markup = markup_of(params)
    message.edit_date = world:date()
    return message
  end
end

function makers.deleteMessage(world, params)
  world:delete_message(chat_of(world, params).id, params.message_id)
  return true
end

function makers.deleteMessages(world, params)
  for _, id in ipairs(params.message_ids or {}) do
    world:delete_message(chat_of(world, params).id, id)
  end
  return true
end

-- ---- what can be asked -------------------------------------------------------------------------

function makers.getMe(world) return world.me end

function makers.getFile(world, params) return world:file_of(params.file_id) end

function makers.getChat(world, params)
  return values.merged({ accent_color_id = 0, max_reaction_count = 11 }, chat_of(world, params))
end

function makers.getChatMember(world, params)
  return { status = "member", user = world:user_of(params.user_id) }
end

function makers.getChatMemberCount() return 2 end
function makers.getChatAdministrators() return {} end
function makers.getUserProfilePhotos() return { total_count = 0, photos = {} } end
function makers.getUpdates() return {} end

function makers.getWebhookInfo()
  return { url = "", has_custom_certificate = false, pending_update_count = 0 }
end

-- What the bot has set is what it gets.
local settings = {
  MyCommands = { field = "commands", default = {} },
  MyName = { field = "name", default = "", wrapped = true },
  MyDescription = { field = "description", default = "", wrapped = true },
  MyShortDescription = { field = "short_description", default = "", wrapped = true },
  ChatMenuButton = { field = "menu_button", default = { type = "default" } },
}

for name, setting in pairs(settings) do
  makers["set" .. name] = function(world, params)
    world.settings[name] = values.copy(params[setting.field])
    return true
  end
  makers["get" .. name] = function(world)
    local value = world.settings[name]
    if value == nil then value = setting.default end
    if setting.wrapped then return { [setting.field] = value } end
    return value
  end
end

-- ---- what can be made --------------------------------------------------------------------------

local function invite_link(world, params)
  return {
    invite_link = ("https://t.me/+%d"):format(world:next_id "link"),
    creator = world.me,
    creates_join_request = params.creates_join_request or false,
    is_primary = false,
    is_revoked = false,
    name = params.name,
  }
end

makers.createChatInviteLink = invite_link
makers.editChatInviteLink = invite_link
makers.createChatSubscriptionInviteLink = invite_link
makers.editChatSubscriptionInviteLink = invite_link

function makers.revokeChatInviteLink(world, params)
  return values.merged(invite_link(world, params), { is_revoked = true })
end

function makers.exportChatInviteLink(world) return invite_link(world, {}).invite_link end

function makers.createInvoiceLink(world)
  return ("https://t.me/$%d"):format(world:next_id "link")
end

function makers.createForumTopic(world, params)
  return {
    message_thread_id = world:next_id "message",
    name = params.name,
    icon_color = params.icon_color or 7322096,
  }
end

function makers.answerWebAppQuery(world)
  return { inline_message_id = tostring(world:next_id "inline_message") }
end

function makers.uploadStickerFile(world, params)
  local sticker = params.sticker
  return world:new_file(type(sticker) == "table" and sticker.bytes or "", nil, "sticker")
end

-- Sends whose answer is no message.
local true_sends = {
  sendChatAction = true, sendChatJoinRequestWebApp = true, sendGift = true,
  sendMessageDraft = true, sendRichMessageDraft = true,
}

-- Methods beside get… whose answer only the test can know.
local unknown = {
  answerGuestQuery = true, editStory = true, postStory = true, replaceManagedBotToken = true,
  repostStory = true, savePreparedInlineMessage = true, savePreparedKeyboardButton = true,
}

--- The answer of a method, as plain as the real one.
---@param world tgrunner.testing.World
---@param method string
---@param params table
---@return any result nil: nobody knows one
function answers.of(world, method, params)
  local maker = makers[method]
  if maker then return values.copy(maker(world, params)) end
  if unknown[method] or method:find "^get" then return nil end
  if method:find "^send" and not true_sends[method] then
    return values.copy(sent_message(world, params, {}))
  end
  return true
end

return answers
