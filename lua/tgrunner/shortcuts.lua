--- Shortcuts: `ctx:reply`, `ctx:answer_callback_query` and the rest: methods of the Bot API whose
--- ids the update supplies. A table of facts, and the functions made of it.
---
--- Source: grammY's Context, in snake_case, positions included. The last argument, `other`, holds
--- more parameters of the method, or replaces those that were filled in.
local errors = require "tgrunner.errors"
local fmt = require "tgrunner.fmt"
local methods = require "tgrunner.methods"

local shortcuts = {}

-- shortcut = "method | what the update supplies | positions". Of the supplied words, a plain one
-- must be there, and one with "?" may be absent; see `suppliers`. A position with "?" may be nil.
local facts = {
  -- Messages to the chat the update is from.
  reply = "sendMessage | reply | text",
  reply_with_rich_message = "sendRichMessage | reply | rich_message",
  reply_with_photo = "sendPhoto | reply | photo",
  reply_with_live_photo = "sendLivePhoto | reply | live_photo photo",
  reply_with_audio = "sendAudio | reply | audio",
  reply_with_document = "sendDocument | reply | document",
  reply_with_video = "sendVideo | reply | video",
  reply_with_animation = "sendAnimation | reply | animation",
  reply_with_voice = "sendVoice | reply | voice",
  reply_with_video_note = "sendVideoNote | reply | video_note",
  reply_with_paid_media = "sendPaidMedia | reply | star_count media",
  reply_with_media_group = "sendMediaGroup | reply | media",
  reply_with_location = "sendLocation | reply | latitude longitude",
  reply_with_venue = "sendVenue | reply | latitude longitude title address",
  reply_with_contact = "sendContact | reply | phone_number first_name",
  reply_with_poll = "sendPoll | reply | question options",
  reply_with_checklist = "sendChecklist | business chat | checklist",
  reply_with_dice = "sendDice | reply | emoji?",
  reply_with_sticker = "sendSticker | reply | sticker",
  reply_with_game = "sendGame | reply | game_short_name",
  reply_with_invoice = "sendInvoice | reply | title description payload currency prices",
  reply_with_chat_action = "sendChatAction | chat business? thread? | action",
  reply_with_draft = "sendMessageDraft | reply draft | text",
  reply_with_rich_message_draft = "sendRichMessageDraft | reply draft | rich_message",
  reply_with_gift = "sendGift | user | gift_id",
  reply_with_gift_to_channel = "sendGift | chat | gift_id",
  reply_with_chat_join_request_web_app = "sendChatJoinRequestWebApp | join_query | web_app_url",

  -- The update's message.
  forward_message = "forwardMessage | from_chat msg topic? | chat_id",
  forward_messages = "forwardMessages | from_chat topic? | chat_id message_ids",
  copy_message = "copyMessage | from_chat msg topic? | chat_id",
  copy_messages = "copyMessages | from_chat topic? | chat_id message_ids",
  react = "setMessageReaction | chat msg | reaction",
  edit_message_text = "editMessageText | target | text",
  edit_message_caption = "editMessageCaption | target |",
  edit_message_media = "editMessageMedia | target | media",
  edit_message_reply_markup = "editMessageReplyMarkup | target |",
  edit_message_live_location = "editMessageLiveLocation | target | latitude longitude",
  stop_message_live_location = "stopMessageLiveLocation | target |",
  edit_message_checklist = "editMessageChecklist | business checklist_msg | checklist",
  stop_poll = "stopPoll | chat msg business? |",
  delete_message = "deleteMessage | chat msg |",
  delete_messages = "deleteMessages | chat | message_ids",
  delete_message_reaction = "deleteMessageReaction | chat msg reactor |",
  delete_message_reaction_user = "deleteMessageReaction | chat msg | user_id",
  delete_message_reaction_chat = "deleteMessageReaction | chat msg | actor_chat_id",
  delete_all_message_reactions = "deleteAllMessageReactions | chat actor |",
  delete_all_message_reactions_user = "deleteAllMessageReactions | chat | user_id",
  delete_all_message_reactions_chat = "deleteAllMessageReactions | chat | actor_chat_id",
  pin_chat_message = "pinChatMessage | chat business? | message_id",
  unpin_chat_message = "unpinChatMessage | chat business? | message_id?",
  unpin_all_chat_messages = "unpinAllChatMessages | chat |",
  approve_suggested_post = "approveSuggestedPost | chat msg |",
  decline_suggested_post = "declineSuggestedPost | chat msg |",
  edit_ephemeral_message_text = "editEphemeralMessageText | ephemeral | text",
  edit_ephemeral_message_media = "editEphemeralMessageMedia | ephemeral | media",
  edit_ephemeral_message_caption = "editEphemeralMessageCaption | ephemeral | caption",
  edit_ephemeral_message_reply_markup = "editEphemeralMessageReplyMarkup | ephemeral |",
  delete_ephemeral_message = "deleteEphemeralMessage | ephemeral |",
  get_file = "getFile | file |",
  get_custom_emoji_stickers = "getCustomEmojiStickers | custom_emoji |",

  -- Queries to answer.
  answer_callback_query = "answerCallbackQuery | callback_query | +text",
  answer_inline_query = "answerInlineQuery | inline_query | results",
  answer_shipping_query = "answerShippingQuery | shipping_query | ok",
  answer_pre_checkout_query = "answerPreCheckoutQuery | pre_checkout_query | ok +error_message",
  answer_guest_query = "answerGuestQuery | guest_query | result",
  answer_chat_join_request_query = "answerChatJoinRequestQuery | join_query | result",

  -- The chat.
  get_chat = "getChat | chat |",
  get_chat_administrators = "getChatAdministrators | chat |",
  get_chat_member_count = "getChatMemberCount | chat |",
  get_chat_member = "getChatMember | chat | user_id",
  get_author = "getChatMember | chat user |",
  get_chat_gifts = "getChatGifts | chat |",
  leave_chat = "leaveChat | chat |",
  set_chat_photo = "setChatPhoto | chat | photo",
  delete_chat_photo = "deleteChatPhoto | chat |",
  set_chat_title = "setChatTitle | chat | title",
  set_chat_description = "setChatDescription | chat | description?",
  set_chat_permissions = "setChatPermissions | chat | permissions",
  set_chat_sticker_set = "setChatStickerSet | chat | sticker_set_name",
  delete_chat_sticker_set = "deleteChatStickerSet | chat |",
  set_chat_menu_button = "setChatMenuButton | |",
  get_chat_menu_button = "getChatMenuButton | |",
  export_chat_invite_link = "exportChatInviteLink | chat |",
  create_chat_invite_link = "createChatInviteLink | chat |",
  edit_chat_invite_link = "editChatInviteLink | chat | invite_link",
  create_chat_subscription_invite_link =
    "createChatSubscriptionInviteLink | chat | subscription_period subscription_price",
  edit_chat_subscription_invite_link = "editChatSubscriptionInviteLink | chat | invite_link",
  revoke_chat_invite_link = "revokeChatInviteLink | chat | invite_link",
  approve_chat_join_request = "approveChatJoinRequest | chat | user_id",
  decline_chat_join_request = "declineChatJoinRequest | chat | user_id",
  verify_chat = "verifyChat | chat |",
  remove_chat_verification = "removeChatVerification | chat |",

  -- Members.
  ban_author = "banChatMember | chat user |",
  ban_chat_member = "banChatMember | chat | user_id",
  unban_chat_member = "unbanChatMember | chat | user_id",
  ban_chat_sender_chat = "banChatSenderChat | chat | sender_chat_id",
  unban_chat_sender_chat = "unbanChatSenderChat | chat | sender_chat_id",
  restrict_author = "restrictChatMember | chat user | permissions",
  restrict_chat_member = "restrictChatMember | chat | user_id permissions",
  promote_author = "promoteChatMember | chat user |",
  promote_chat_member = "promoteChatMember | chat | user_id",
  set_chat_administrator_author_custom_title =
    "setChatAdministratorCustomTitle | chat user | custom_title",
  set_chat_administrator_custom_title =
    "setChatAdministratorCustomTitle | chat | user_id custom_title",
  set_author_tag = "setChatMemberTag | chat user | tag?",
  set_chat_member_tag = "setChatMemberTag | chat | user_id tag?",
  set_my_default_administrator_rights = "setMyDefaultAdministratorRights | |",
  get_my_default_administrator_rights = "getMyDefaultAdministratorRights | |",

  -- Topics.
  create_forum_topic = "createForumTopic | chat | name",
  edit_forum_topic = "editForumTopic | chat forum |",
  close_forum_topic = "closeForumTopic | chat forum |",
  reopen_forum_topic = "reopenForumTopic | chat forum |",
  delete_forum_topic = "deleteForumTopic | chat forum |",
  unpin_all_forum_topic_messages = "unpinAllForumTopicMessages | chat forum |",
  edit_general_forum_topic = "editGeneralForumTopic | chat | name",
  close_general_forum_topic = "closeGeneralForumTopic | chat |",
  reopen_general_forum_topic = "reopenGeneralForumTopic | chat |",
  hide_general_forum_topic = "hideGeneralForumTopic | chat |",
  unhide_general_forum_topic = "unhideGeneralForumTopic | chat |",
  unpin_all_general_forum_topic_messages = "unpinAllGeneralForumTopicMessages | chat |",

  -- The user.
  get_user_profile_photos = "getUserProfilePhotos | user |",
  get_user_profile_audios = "getUserProfileAudios | user |",
  get_user_chat_boosts = "getUserChatBoosts | chat user | chat_id?",
  get_user_gifts = "getUserGifts | user |",
  get_user_personal_chat_messages = "getUserPersonalChatMessages | user | limit",
  set_user_emoji_status = "setUserEmojiStatus | user |",
  gift_premium_subscription = "giftPremiumSubscription | user | month_count star_count",
  refund_star_payment = "refundStarPayment | user payment |",
  edit_user_star_subscription =
    "editUserStarSubscription | user | telegram_payment_charge_id is_canceled",
  save_prepared_inline_message = "savePreparedInlineMessage | user | result",
  save_prepared_keyboard_button = "savePreparedKeyboardButton | user | button",
  set_passport_data_errors = "setPassportDataErrors | user | errors",
  verify_user = "verifyUser | user |",
  remove_user_verification = "removeUserVerification | user |",
  get_managed_bot_token = "getManagedBotToken | managed_bot |",
  replace_managed_bot_token = "replaceManagedBotToken | managed_bot |",
  get_managed_bot_access_settings = "getManagedBotAccessSettings | managed_bot |",
  set_managed_bot_access_settings =
    "setManagedBotAccessSettings | managed_bot | is_access_restricted",

  -- Business accounts.
  get_business_connection = "getBusinessConnection | business |",
  read_business_message = "readBusinessMessage | business chat msg |",
  delete_business_messages = "deleteBusinessMessages | business | message_ids",
  set_business_account_name = "setBusinessAccountName | business | first_name",
  set_business_account_username = "setBusinessAccountUsername | business | username?",
  set_business_account_bio = "setBusinessAccountBio | business | bio?",
  set_business_account_profile_photo = "setBusinessAccountProfilePhoto | business | photo",
  remove_business_account_profile_photo = "removeBusinessAccountProfilePhoto | business |",
  set_business_account_gift_settings =
    "setBusinessAccountGiftSettings | business | show_gift_button accepted_gift_types",
  get_business_account_star_balance = "getBusinessAccountStarBalance | business |",
  transfer_business_account_stars = "transferBusinessAccountStars | business | star_count",
  get_business_account_gifts = "getBusinessAccountGifts | business |",
  convert_gift_to_stars = "convertGiftToStars | business | owned_gift_id",
  upgrade_gift = "upgradeGift | business | owned_gift_id",
  transfer_gift = "transferGift | business | owned_gift_id new_owner_chat_id star_count?",
  post_story = "postStory | business | content active_period",
  repost_story = "repostStory | business story | active_period",
  edit_story = "editStory | business | story_id content",
  delete_story = "deleteStory | business | story_id",
}

-- ---- what an update supplies -------------------------------------------------------------------

local function field(object, name)
  return object and object[name]
end

-- Word → fun(ctx, payload, parameters): fills the payload in; nothing or false when the update
-- does not have it. `parameters` are those the method knows.
local suppliers = {}

function suppliers.chat(ctx, payload)
  payload.chat_id = ctx.chat_id
  return payload.chat_id
end

function suppliers.from_chat(ctx, payload)
  payload.from_chat_id = ctx.chat_id
  return payload.from_chat_id
end

function suppliers.msg(ctx, payload)
  payload.message_id = ctx.msg_id
  return payload.message_id
end

function suppliers.user(ctx, payload)
  payload.user_id = ctx.user_id
  return payload.user_id
end

function suppliers.business(ctx, payload)
  payload.business_connection_id = ctx.business_connection_id
  return payload.business_connection_id
end

-- Where an answer goes: the chat, and within it the topic.
function suppliers.reply(ctx, payload, parameters)
  payload.chat_id = ctx.chat_id
  local msg = ctx.msg
  if parameters.business_connection_id then suppliers.business(ctx, payload) end
  if msg and msg.is_topic_message then payload.message_thread_id = msg.message_thread_id end
  if parameters.direct_messages_topic_id then suppliers.topic(ctx, payload) end
  return payload.chat_id
end

function suppliers.topic(ctx, payload)
  payload.direct_messages_topic_id = field(field(ctx.msg, "direct_messages_topic"), "topic_id")
  return payload.direct_messages_topic_id
end

function suppliers.thread(ctx, payload)
  payload.message_thread_id = field(ctx.msg, "message_thread_id")
  return payload.message_thread_id
end

suppliers.forum = suppliers.thread

-- The message to edit: one sent inline, or one in the chat.
function suppliers.target(ctx, payload, parameters)
  if parameters.business_connection_id then suppliers.business(ctx, payload) end
  local inline_id = ctx.inline_message_id
  if inline_id then
    payload.inline_message_id = inline_id
    return true
  end
  return suppliers.chat(ctx, payload) and suppliers.msg(ctx, payload)
end

function suppliers.checklist_msg(ctx, payload)
  local msg = ctx.msg
  local target = field(field(msg, "checklist_tasks_done"), "checklist_message")
    or field(field(msg, "checklist_tasks_added"), "checklist_message") or msg
  if not target then return false end
  payload.chat_id, payload.message_id = target.chat.id, target.message_id
  return true
end

function suppliers.ephemeral(ctx, payload)
  local msg = ctx.msg
  local user, id = field(msg, "receiver_user"), field(msg, "ephemeral_message_id")
  if not user or not id then return false end
  payload.chat_id, payload.receiver_user_id, payload.ephemeral_message_id = msg.chat.id, user.id, id
  return true
end

function suppliers.draft(ctx, payload)
  payload.draft_id = ctx.update_id
  return true
end

local function of_kind(kind, parameter, name)
  return function(ctx, payload)
    payload[parameter] = field(ctx[kind], name)
    return payload[parameter]
  end
end

suppliers.callback_query = of_kind("callback_query", "callback_query_id", "id")
suppliers.inline_query = of_kind("inline_query", "inline_query_id", "id")
suppliers.shipping_query = of_kind("shipping_query", "shipping_query_id", "id")
suppliers.pre_checkout_query = of_kind("pre_checkout_query", "pre_checkout_query_id", "id")
suppliers.guest_query = of_kind("guest_message", "guest_query_id", "guest_query_id")
suppliers.join_query = of_kind("chat_join_request", "chat_join_request_query_id", "query_id")

function suppliers.managed_bot(ctx, payload)
  payload.user_id = field(field(ctx.managed_bot, "bot"), "id")
  return payload.user_id
end

function suppliers.payment(ctx, payload)
  local payment = field(ctx.msg, "successful_payment")
  payload.telegram_payment_charge_id = field(payment, "telegram_payment_charge_id")
  return payload.telegram_payment_charge_id
end

function suppliers.story(ctx, payload)
  local story = field(ctx.msg, "story")
  if not story then return false end
  payload.from_chat_id, payload.from_story_id = story.chat.id, story.id
  return true
end

-- Who changed the reaction: a user, or a chat.
function suppliers.reactor(ctx, payload)
  local change = ctx.message_reaction
  payload.user_id = field(field(change, "user"), "id")
  if not payload.user_id then payload.actor_chat_id = field(field(change, "actor_chat"), "id") end
  return payload.user_id or payload.actor_chat_id
end

function suppliers.actor(ctx, payload)
  local chat = field(ctx.message_reaction, "actor_chat") or ctx.sender_chat
    or field(ctx.poll_answer, "voter_chat")
  if chat then
    payload.actor_chat_id = chat.id
    return true
  end
  return suppliers.user(ctx, payload)
end

local file_fields = {
  "animation", "audio", "document", "video", "video_note", "voice", "sticker",
}

-- The file of a message; of a photo the largest size.
function suppliers.file(ctx, payload)
  local msg = ctx.msg
  if not msg then return false end
  if msg.photo then
    payload.file_id = msg.photo[#msg.photo].file_id
    return true
  end
  for _, name in ipairs(file_fields) do
    if msg[name] then
      payload.file_id = msg[name].file_id
      return true
    end
  end
  return false
end

function suppliers.custom_emoji(ctx, payload)
  local ids = {}
  for i, entity in ipairs(ctx:entities "custom_emoji") do ids[i] = entity.custom_emoji_id end
  payload.custom_emoji_ids = ids
  return true
end

-- ---- from facts to functions -------------------------------------------------------------------

--- The parameters of a method: name → its kinds ("integer|string"), and which may be left out.
---@param method string
---@return table<string, string> kinds
---@return table<string, boolean> optional
local function parameters_of(method)
  local kinds, optional = {}, {}
  for name, mark, kind in methods.list[method]:gmatch("([%w_]+)(%??):(%S+)") do
    kinds[name], optional[name] = kind, mark == "?" or nil
  end
  return kinds, optional
end

---@class tgrunner.Shortcut
---@field name string
---@field method string
---@field kinds table<string, string> the method's parameters
---@field supplies { supply: function, optional: boolean }[]
---@field positions { name: string, optional: boolean }[]
---@field text string? the parameter that `other` given as text stands for

local function parse(name, fact)
  local method, supplied, positions = fact:match("^(%w+) |([^|]*)|(.*)$")
  local kinds = parameters_of(method)
  local shortcut = { name = name, method = method, kinds = kinds, supplies = {}, positions = {} }
  for word, mark in supplied:gmatch("([%w_]+)(%??)") do
    table.insert(shortcut.supplies, { supply = suppliers[word], optional = mark == "?" })
  end
  for plus, word, mark in positions:gmatch("(%+?)([%w_]+)(%??)") do
    if plus == "+" then
      shortcut.text = word
    else
      table.insert(shortcut.positions, { name = word, optional = mark == "?" })
    end
  end
  return shortcut
end

local function usage(shortcut)
  local names = {}
  for i, position in ipairs(shortcut.positions) do
    names[i] = position.name .. (position.optional and "?" or "")
  end
  names[#names + 1] = shortcut.text and shortcut.text .. "_or_other?" or "other?"
  return ("ctx:%s(%s)"):format(shortcut.name, table.concat(names, ", "))
end

local function supply(shortcut, ctx)
  if type(ctx) ~= "table" or ctx.api == nil then
    errors.usage("call %s with a colon", usage(shortcut))
  end
  local payload = {}
  for _, it in ipairs(shortcut.supplies) do
    if not it.supply(ctx, payload, shortcut.kinds) and not it.optional then
      errors.usage("ctx:%s: this update (%s) does not say what %s needs",
        shortcut.name, tostring(ctx.kind), shortcut.method)
    end
  end
  return payload
end

-- A value for a position, checked as far as a mistake is sure.
local function check_value(shortcut, name, value)
  local kinds = shortcut.kinds[name]
  if kinds ~= "string" then return value end
  if type(value) == "number" then return tostring(value) end
  if type(value) == "string" or (name == "text" and fmt.is(value)) then return value end
  errors.usage("ctx:%s: %s must be a string (got a %s): %s",
    shortcut.name, name, type(value), usage(shortcut))
end

local function place(shortcut, payload, ...)
  for i, position in ipairs(shortcut.positions) do
    local value = select(i, ...)
    if value ~= nil then
      payload[position.name] = check_value(shortcut, position.name, value)
    elseif not position.optional then
      errors.usage("ctx:%s: %s is missing: %s", shortcut.name, position.name, usage(shortcut))
    end
  end
end

local function overlay(shortcut, payload, other)
  if other == nil then return end
  if shortcut.text and type(other) == "string" then other = { [shortcut.text] = other } end
  if type(other) ~= "table" then
    errors.usage("ctx:%s: other must be a table of more parameters (got a %s): %s",
      shortcut.name, type(other), usage(shortcut))
  end
  for key, value in pairs(other) do payload[key] = value end
end

-- A fact is read when its shortcut is called first.
local function make(name, fact)
  local shortcut ---@type tgrunner.Shortcut?
  return function(ctx, ...)
    shortcut = shortcut or parse(name, fact)
    local payload = supply(shortcut, ctx)
    place(shortcut, payload, ...)
    overlay(shortcut, payload, (select(#shortcut.positions + 1, ...)))
    return ctx.api[shortcut.method](payload)
  end
end

local function as_reaction(reaction)
  return type(reaction) == "string" and { type = "emoji", emoji = reaction } or reaction
end

-- `reaction` may be an emoji, a ReactionType or a list of these.
local function react(plain)
  return function(ctx, reaction, other)
    if reaction == nil then return plain(ctx, nil, other) end
    if type(reaction) ~= "string" and type(reaction) ~= "table" then
      errors.usage("ctx:react takes an emoji, a ReactionType or a list of these (got a %s)",
        type(reaction))
    end
    local is_one = type(reaction) == "string" or reaction.type ~= nil
    local list = {}
    for i, item in ipairs(is_one and { reaction } or reaction) do list[i] = as_reaction(item) end
    return plain(ctx, list, other)
  end
end

--- Adds every shortcut to a table of methods.
---@param target table
function shortcuts.install(target)
  for name, fact in pairs(facts) do target[name] = make(name, fact) end
  target.react = react(target.react)
end

--- All shortcuts, sorted by name, each with its method and how it is called.
---@return { name: string, method: string, usage: string, facts: tgrunner.Shortcut }[]
function shortcuts.all()
  local list = {}
  for name, fact in pairs(facts) do
    local it = parse(name, fact)
    list[#list + 1] = { name = name, method = it.method, usage = usage(it), facts = it }
  end
  table.sort(list, function(a, b) return a.name < b.name end)
  return list
end

return shortcuts
