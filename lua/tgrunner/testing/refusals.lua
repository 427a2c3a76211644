--- Refusals: calls that Telegram would refuse whatever the bot's rights are, and that a test must
--- not answer as if they were right.
local methods = require "tgrunner.methods"
local same = require "tgrunner.same"
local suggest = require "tgrunner.suggest"
local utf16 = require "tgrunner.utf16"

local refusals = {}

local TEXT_MAX <const>, CAPTION_MAX <const> = 4096, 1024 -- UTF-16 units

local function bad_request(text)
  return { error_code = 400, description = "Bad Request: " .. text }
end

local function refused_chat(params)
  local id = params.chat_id
  if type(id) ~= "string" or id:find "^@" or math.tointeger(tonumber(id)) then return nil end
  return bad_request "chat not found"
end

local function refused_text(method, params)
  local text, caption = params.text, params.caption
  if method == "sendMessage" or method == "editMessageText" then
    if text == nil and params.rich_message then return nil end
    if text == nil or text == "" then return bad_request "message text is empty" end
    if type(text) == "string" and utf16.len(text) > TEXT_MAX then
      return bad_request "message is too long"
    end
  end
  if type(caption) == "string" and utf16.len(caption) > CAPTION_MAX then
    return bad_request "message caption is too long"
  end
end

-- ---- messages that do not exist ---------------------------------------------------------------

-- Method → what it says of a message that is not there.
local not_found = {
  copyMessage = "message to copy not found",
  deleteMessage = "message to delete not found",
  editMessageCaption = "message to edit not found",
  editMessageChecklist = "message to edit not found",
  editMessageLiveLocation = "message to edit not found",
  editMessageMedia = "message to edit not found",
  editMessageReplyMarkup = "message to edit not found",
  editMessageText = "message to edit not found",
  forwardMessage = "message to forward not found",
  pinChatMessage = "message to pin not found",
  setMessageReaction = "message to react not found",
  stopMessageLiveLocation = "message to edit not found",
  stopPoll = "message with poll to stop not found",
}

local function refused_message(world, method, params)
  local text = not_found[method]
  if not text or params.message_id == nil or params.business_connection_id then return nil end
  local message = world:message_of(params.from_chat_id or params.chat_id, params.message_id)
  if not message then return bad_request(text) end
  local is_edit = method:find "^edit"
  if is_edit and message.from and message.from.id ~= world.me.id then
    return bad_request "message can't be edited"
  end
end

local function refused_reply(world, params)
  local to = params.reply_parameters or {}
  local id = to.message_id or params.reply_to_message_id
  if id == nil or params.business_connection_id then return nil end
  if to.allow_sending_without_reply or params.allow_sending_without_reply then return nil end
  if world:message_of(to.chat_id or params.chat_id, id) then return nil end
  return bad_request "message to be replied not found"
end

-- ---- edits that change nothing -----------------------------------------------------------------

-- Method → the fields that it sets.
local edits = {
  editMessageText = { "text", "entities" },
  editMessageCaption = { "caption", "caption_entities" },
  editMessageReplyMarkup = {},
}

local function refused_edit(world, method, params)
  local message = edits[method] and not params.inline_message_id and not params.rich_message
    and world:message_of(params.chat_id, params.message_id)
  if not message or not same.deep(message.reply_markup, params.reply_markup) then return nil end
  for _, field in ipairs(edits[method]) do
    if not same.deep(message[field], params[field]) then return nil end
  end
  return bad_request("message is not modified: specified new message content and reply markup are "
    .. "exactly the same as a current content and reply markup of the message")
end

--- How Telegram refuses a call.
---@param world tgrunner.testing.World
---@param method string
---@param params table
---@return table? failure { error_code, description }; nil when it does not
function refusals.of(world, method, params)
  if not methods.list[method] then
    return {
      error_code = 404,
      description = "Not Found: no method of the Bot API" .. suggest.hint(method, methods.list),
    }
  end
  return refused_chat(params) or refused_text(method, params)
    or refused_message(world, method, params) or refused_reply(world, params)
    or refused_edit(world, method, params)
end

return refusals
