--- Methods: every method of Bot API 10.3 with its parameters, as text:
--- `name:kind|kind`, or `name?:kind` when it may be left out. Kinds: file, integer, number,
--- string, boolean, object, list.
---
--- Made by spec/support/generate_methods.mjs from @grammyjs/types 5.0.0: do not edit.
local methods = { bot_api = "10.3", source = "@grammyjs/types 5.0.0" }

---@type table<string, string>
methods.list = {
  addStickerToSet = "user_id:integer name:string sticker:object",
  answerCallbackQuery = [[
    callback_query_id:string text?:string show_alert?:boolean url?:string cache_time?:integer
  ]],
  answerChatJoinRequestQuery = "chat_join_request_query_id:string result:string",
  answerGuestQuery = "guest_query_id:string result:object",
  answerInlineQuery = [[
    inline_query_id:string results:list cache_time?:integer is_personal?:boolean
    next_offset?:string button?:object
  ]],
  answerPreCheckoutQuery = "pre_checkout_query_id:string ok:boolean error_message?:string",
  answerShippingQuery = [[
    shipping_query_id:string ok:boolean shipping_options?:list error_message?:string
  ]],
  answerWebAppQuery = "web_app_query_id:string result:object",
  approveChatJoinRequest = "chat_id:integer|string user_id:integer",
  approveSuggestedPost = "chat_id:integer message_id:integer send_date?:integer",
  banChatMember = [[
    chat_id:integer|string user_id:integer until_date?:integer revoke_messages?:boolean
  ]],
  banChatSenderChat = "chat_id:integer|string sender_chat_id:integer",
  close = "",
  closeForumTopic = "chat_id:integer|string message_thread_id:integer",
  closeGeneralForumTopic = "chat_id:integer|string",
  convertGiftToStars = "business_connection_id:string owned_gift_id:string",
  copyMessage = [[
    chat_id:integer|string message_thread_id?:integer direct_messages_topic_id?:integer
    from_chat_id:integer|string message_id:integer video_start_timestamp?:integer
    caption?:string parse_mode?:string caption_entities?:list
    show_caption_above_media?:boolean disable_notification?:boolean protect_content?:boolean
    allow_paid_broadcast?:boolean message_effect_id?:string suggested_post_parameters?:object
    reply_parameters?:object reply_markup?:object reply_to_message_id?:integer
  ]],
  copyMessages = [[
    chat_id:integer|string message_thread_id?:integer direct_messages_topic_id?:integer
    from_chat_id:integer|string message_ids:list disable_notification?:boolean
    protect_content?:boolean remove_caption?:boolean
  ]],
  createChatInviteLink = [[
    chat_id:integer|string name?:string expire_date?:integer member_limit?:integer
    creates_join_request?:boolean
  ]],
  createChatSubscriptionInviteLink = [[
    chat_id:integer|string name?:string subscription_period:integer
    subscription_price:integer
  ]],
  createForumTopic = [[
    chat_id:integer|string name:string icon_color?:integer icon_custom_emoji_id?:string
  ]],
  createInvoiceLink = [[
    business_connection_id?:string title:string description:string payload:string
    provider_token?:string currency:string prices:list subscription_period?:integer
    max_tip_amount?:integer suggested_tip_amounts?:list provider_data?:string|object
    photo_url?:string photo_size?:integer photo_width?:integer photo_height?:integer
    need_name?:boolean need_phone_number?:boolean need_email?:boolean
    need_shipping_address?:boolean send_phone_number_to_provider?:boolean
    send_email_to_provider?:boolean is_flexible?:boolean
  ]],
  createNewStickerSet = [[
    user_id:integer name:string title:string stickers:list sticker_type?:string
    needs_repainting?:boolean
  ]],
  declineChatJoinRequest = "chat_id:integer|string user_id:integer",
  declineSuggestedPost = "chat_id:integer message_id:integer comment?:string",
  deleteAllMessageReactions = "chat_id:integer|string user_id?:integer actor_chat_id?:integer",
  deleteBusinessMessages = "business_connection_id:string message_ids:list",
  deleteChatPhoto = "chat_id:integer|string",
  deleteChatStickerSet = "chat_id:integer|string",
  deleteEphemeralMessage = [[
    chat_id:integer|string receiver_user_id:integer ephemeral_message_id:integer
  ]],
  deleteForumTopic = "chat_id:integer|string message_thread_id:integer",
  deleteMessage = "chat_id:integer|string message_id:integer",
  deleteMessageReaction = [[
    chat_id:integer|string message_id:integer user_id?:integer actor_chat_id?:integer
  ]],
  deleteMessages = "chat_id:integer|string message_ids:list",
  deleteMyCommands = "scope?:object language_code?:string",
  deleteStickerFromSet = "sticker:string",
  deleteStickerSet = "name:string",
  deleteStory = "business_connection_id:string story_id:integer",
  deleteWebhook = "drop_pending_updates?:boolean",
  editChatInviteLink = [[
    chat_id:integer|string invite_link:string name?:string expire_date?:integer
    member_limit?:integer creates_join_request?:boolean
  ]],
  editChatSubscriptionInviteLink = "chat_id:integer|string invite_link:string name?:string",
  editEphemeralMessageCaption = [[
    chat_id:integer|string receiver_user_id:integer ephemeral_message_id:integer
    caption?:string show_caption_above_media?:boolean parse_mode?:string
    caption_entities?:list reply_markup?:object
  ]],
  editEphemeralMessageMedia = [[
    chat_id:integer|string receiver_user_id:integer ephemeral_message_id:integer media:object
    reply_markup?:object
  ]],
  editEphemeralMessageReplyMarkup = [[
    chat_id:integer|string receiver_user_id:integer ephemeral_message_id:integer
    reply_markup?:object
  ]],
  editEphemeralMessageText = [[
    chat_id:integer|string receiver_user_id:integer ephemeral_message_id:integer text?:string
    parse_mode?:string entities?:list link_preview_options?:object rich_message?:object
    reply_markup?:object
  ]],
  editForumTopic = [[
    chat_id:integer|string message_thread_id:integer name?:string
    icon_custom_emoji_id?:string
  ]],
  editGeneralForumTopic = "chat_id:integer|string name:string",
  editMessageCaption = [[
    business_connection_id?:string chat_id?:integer|string message_id?:integer
    inline_message_id?:string caption?:string parse_mode?:string caption_entities?:list
    show_caption_above_media?:boolean reply_markup?:object
  ]],
  editMessageChecklist = [[
    business_connection_id:string chat_id:integer|string message_id:integer checklist:object
    reply_markup?:object
  ]],
  editMessageLiveLocation = [[
    business_connection_id?:string chat_id?:integer|string message_id?:integer
    inline_message_id?:string latitude:number longitude:number live_period?:integer
    horizontal_accuracy?:number heading?:integer proximity_alert_radius?:integer
    reply_markup?:object
  ]],
  editMessageMedia = [[
    business_connection_id?:string chat_id?:integer|string message_id?:integer
    inline_message_id?:string media:object reply_markup?:object
  ]],
  editMessageReplyMarkup = [[
    business_connection_id?:string chat_id?:integer|string message_id?:integer
    inline_message_id?:string reply_markup?:object
  ]],
  editMessageText = [[
    business_connection_id?:string chat_id?:integer|string message_id?:integer
    inline_message_id?:string text?:string parse_mode?:string entities?:list
    link_preview_options?:object rich_message?:object reply_markup?:object
  ]],
  editStory = [[
    business_connection_id:string story_id:integer content:object caption?:string
    parse_mode?:string caption_entities?:list areas?:list
  ]],
  editUserStarSubscription = [[
    user_id:integer telegram_payment_charge_id:string is_canceled:boolean
  ]],
  exportChatInviteLink = "chat_id:integer|string",
  forwardMessage = [[
    chat_id:integer|string message_thread_id?:integer direct_messages_topic_id?:integer
    from_chat_id:integer|string video_start_timestamp?:integer message_effect_id?:string
    suggested_post_parameters?:object disable_notification?:boolean protect_content?:boolean
    message_id:integer
  ]],
  forwardMessages = [[
    chat_id:integer|string message_thread_id?:integer direct_messages_topic_id?:integer
    from_chat_id:integer|string message_ids:list disable_notification?:boolean
    protect_content?:boolean
  ]],
  getAvailableGifts = "",
  getBusinessAccountGifts = [[
    business_connection_id:string exclude_unsaved?:boolean exclude_saved?:boolean
    exclude_unlimited?:boolean exclude_limited_upgradable?:boolean
    exclude_limited_non_upgradable?:boolean exclude_from_blockchain?:boolean
    exclude_unique?:boolean sort_by_price?:boolean offset?:string limit?:integer
  ]],
  getBusinessAccountStarBalance = "business_connection_id:string",
  getBusinessConnection = "business_connection_id:string",
  getChat = "chat_id:integer|string",
  getChatAdministrators = "chat_id:integer|string return_bots?:boolean",
  getChatGifts = [[
    chat_id:integer|string exclude_unsaved?:boolean exclude_saved?:boolean
    exclude_unlimited?:boolean exclude_limited_upgradable?:boolean
    exclude_limited_non_upgradable?:boolean exclude_from_blockchain?:boolean
    exclude_unique?:boolean sort_by_price?:boolean offset?:string limit?:integer
  ]],
  getChatMember = "chat_id:integer|string user_id:integer",
  getChatMemberCount = "chat_id:integer|string",
  getChatMenuButton = "chat_id?:integer",
  getCustomEmojiStickers = "custom_emoji_ids:list",
  getFile = "file_id:string",
  getForumTopicIconStickers = "",
  getGameHighScores = [[
    user_id:integer chat_id?:integer message_id?:integer inline_message_id?:string
  ]],
  getManagedBotAccessSettings = "user_id:integer",
  getManagedBotToken = "user_id:integer",
  getMe = "",
  getMyCommands = "scope?:object language_code?:string",
  getMyDefaultAdministratorRights = "for_channels?:boolean",
  getMyDescription = "language_code?:string",
  getMyName = "language_code?:string",
  getMyShortDescription = "language_code?:string",
  getMyStarBalance = "",
  getStarTransactions = "offset?:integer limit?:integer",
  getStickerSet = "name:string",
  getUpdates = "offset?:integer limit?:integer timeout?:integer allowed_updates?:list",
  getUserChatBoosts = "chat_id:integer|string user_id:integer",
  getUserGifts = [[
    user_id:integer exclude_unlimited?:boolean exclude_limited_upgradable?:boolean
    exclude_limited_non_upgradable?:boolean exclude_from_blockchain?:boolean
    exclude_unique?:boolean sort_by_price?:boolean offset?:string limit?:integer
  ]],
  getUserPersonalChatMessages = "user_id:integer limit:integer",
  getUserProfileAudios = "user_id:integer offset?:integer limit?:integer",
  getUserProfilePhotos = "user_id:integer offset?:integer limit?:integer",
  getWebhookInfo = "",
  giftPremiumSubscription = [[
    user_id:integer month_count:integer star_count:integer text?:string
    text_parse_mode?:string text_entities?:list
  ]],
  hideGeneralForumTopic = "chat_id:integer|string",
  leaveChat = "chat_id:integer|string",
  logOut = "",
  pinChatMessage = [[
    business_connection_id?:string chat_id:integer|string message_id:integer
    disable_notification?:boolean
  ]],
  postStory = [[
    business_connection_id:string content:object active_period:integer caption?:string
    parse_mode?:string caption_entities?:list areas?:list post_to_chat_page?:boolean
    protect_content?:boolean
  ]],
  promoteChatMember = [[
    chat_id:integer|string user_id:integer is_anonymous?:boolean can_manage_chat?:boolean
    can_delete_messages?:boolean can_manage_video_chats?:boolean
    can_restrict_members?:boolean can_promote_members?:boolean can_change_info?:boolean
    can_invite_users?:boolean can_manage_tags?:boolean can_post_stories?:boolean
    can_edit_stories?:boolean can_delete_stories?:boolean can_post_messages?:boolean
    can_edit_messages?:boolean can_pin_messages?:boolean can_manage_topics?:boolean
    can_manage_direct_messages?:boolean can_send_welcome_messages?:boolean
  ]],
  readBusinessMessage = "business_connection_id:string chat_id:integer message_id:integer",
  refundStarPayment = "user_id:integer telegram_payment_charge_id:string",
  removeBusinessAccountProfilePhoto = "business_connection_id:string is_public?:boolean",
  removeChatVerification = "chat_id:integer|string",
  removeMyProfilePhoto = "",
  removeUserVerification = "user_id:integer",
  reopenForumTopic = "chat_id:integer|string message_thread_id:integer",
  reopenGeneralForumTopic = "chat_id:integer|string",
  replaceManagedBotToken = "user_id:integer",
  replaceStickerInSet = "user_id:integer name:string old_sticker:string sticker:object",
  repostStory = [[
    business_connection_id:string from_chat_id:integer from_story_id:integer
    active_period:integer post_to_chat_page?:boolean protect_content?:boolean
  ]],
  restrictChatMember = [[
    chat_id:integer|string user_id:integer permissions:object
    use_independent_chat_permissions?:boolean until_date?:integer
  ]],
  revokeChatInviteLink = "chat_id:integer|string invite_link:string",
  savePreparedInlineMessage = [[
    user_id:integer result:object allow_user_chats?:boolean allow_bot_chats?:boolean
    allow_group_chats?:boolean allow_channel_chats?:boolean
  ]],
  savePreparedKeyboardButton = "user_id:integer button:object",
  sendAnimation = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object
    animation:file|string duration?:integer width?:integer height?:integer thumbnail?:file
    caption?:string parse_mode?:string caption_entities?:list
    show_caption_above_media?:boolean has_spoiler?:boolean disable_notification?:boolean
    protect_content?:boolean allow_paid_broadcast?:boolean suggested_post_parameters?:object
    message_effect_id?:string reply_parameters?:object reply_markup?:object
    reply_to_message_id?:integer
  ]],
  sendAudio = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object audio:file|string
    caption?:string parse_mode?:string caption_entities?:list duration?:integer
    performer?:string title?:string thumbnail?:file disable_notification?:boolean
    protect_content?:boolean allow_paid_broadcast?:boolean suggested_post_parameters?:object
    message_effect_id?:string reply_parameters?:object reply_markup?:object
    reply_to_message_id?:integer
  ]],
  sendChatAction = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    action:string
  ]],
  sendChatJoinRequestWebApp = "chat_join_request_query_id:string web_app_url:string",
  sendChecklist = [[
    business_connection_id:string chat_id:integer|string checklist:object
    disable_notification?:boolean protect_content?:boolean message_effect_id?:string
    reply_parameters?:object reply_markup?:object
  ]],
  sendContact = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object
    phone_number:string first_name:string last_name?:string vcard?:string
    disable_notification?:boolean protect_content?:boolean allow_paid_broadcast?:boolean
    suggested_post_parameters?:object message_effect_id?:string reply_parameters?:object
    reply_markup?:object reply_to_message_id?:integer
  ]],
  sendDice = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer emoji?:string disable_notification?:boolean
    protect_content?:boolean allow_paid_broadcast?:boolean suggested_post_parameters?:object
    message_effect_id?:string reply_parameters?:object reply_markup?:object
    reply_to_message_id?:integer
  ]],
  sendDocument = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object
    document:file|string thumbnail?:file caption?:string parse_mode?:string
    caption_entities?:list disable_content_type_detection?:boolean
    disable_notification?:boolean protect_content?:boolean allow_paid_broadcast?:boolean
    suggested_post_parameters?:object message_effect_id?:string reply_parameters?:object
    reply_markup?:object reply_to_message_id?:integer
  ]],
  sendGame = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    game_short_name:string disable_notification?:boolean protect_content?:boolean
    allow_paid_broadcast?:boolean message_effect_id?:string reply_parameters?:object
    reply_markup?:object reply_to_message_id?:integer
  ]],
  sendGift = [[
    user_id?:integer chat_id?:integer|string gift_id:string pay_for_upgrade?:boolean
    text?:string text_parse_mode?:string text_entities?:list
  ]],
  sendInvoice = [[
    chat_id:integer|string message_thread_id?:integer direct_messages_topic_id?:integer
    title:string description:string payload:string provider_token?:string currency:string
    prices:list max_tip_amount?:integer suggested_tip_amounts?:list start_parameter?:string
    provider_data?:string|object photo_url?:string photo_size?:integer photo_width?:integer
    photo_height?:integer need_name?:boolean need_phone_number?:boolean need_email?:boolean
    need_shipping_address?:boolean send_phone_number_to_provider?:boolean
    send_email_to_provider?:boolean is_flexible?:boolean suggested_post_parameters?:object
    disable_notification?:boolean protect_content?:boolean allow_paid_broadcast?:boolean
    message_effect_id?:string reply_parameters?:object reply_markup?:object
    reply_to_message_id?:integer
  ]],
  sendLivePhoto = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object
    live_photo:file|string photo:file|string caption?:string parse_mode?:string
    caption_entities?:list show_caption_above_media?:boolean has_spoiler?:boolean
    disable_notification?:boolean protect_content?:boolean allow_paid_broadcast?:boolean
    message_effect_id?:string suggested_post_parameters?:object reply_parameters?:object
    reply_markup?:object
  ]],
  sendLocation = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object latitude:number
    longitude:number horizontal_accuracy?:number live_period?:integer heading?:integer
    proximity_alert_radius?:integer disable_notification?:boolean protect_content?:boolean
    allow_paid_broadcast?:boolean suggested_post_parameters?:object message_effect_id?:string
    reply_parameters?:object reply_markup?:object reply_to_message_id?:integer
  ]],
  sendMediaGroup = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer media:list disable_notification?:boolean
    protect_content?:boolean allow_paid_broadcast?:boolean message_effect_id?:string
    reply_parameters?:object reply_to_message_id?:integer
  ]],
  sendMessage = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object text:string
    parse_mode?:string entities?:list link_preview_options?:object
    disable_notification?:boolean protect_content?:boolean allow_paid_broadcast?:boolean
    suggested_post_parameters?:object message_effect_id?:string reply_parameters?:object
    reply_markup?:object reply_to_message_id?:integer
  ]],
  sendMessageDraft = [[
    chat_id:integer message_thread_id?:integer draft_id:integer text?:string
    parse_mode?:string entities?:list can_stop?:boolean keep_on_stop?:boolean
  ]],
  sendPaidMedia = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer star_count:integer media:list payload?:string
    caption?:string parse_mode?:string caption_entities?:list
    show_caption_above_media?:boolean disable_notification?:boolean protect_content?:boolean
    allow_paid_broadcast?:boolean suggested_post_parameters?:object reply_parameters?:object
    reply_markup?:object
  ]],
  sendPhoto = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object photo:file|string
    caption?:string parse_mode?:string caption_entities?:list
    show_caption_above_media?:boolean has_spoiler?:boolean disable_notification?:boolean
    protect_content?:boolean allow_paid_broadcast?:boolean suggested_post_parameters?:object
    message_effect_id?:string reply_parameters?:object reply_markup?:object
    reply_to_message_id?:integer
  ]],
  sendPoll = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    question:string question_parse_mode?:string question_entities?:list options:list
    is_anonymous?:boolean type?:string allows_multiple_answers?:boolean
    allows_revoting?:boolean shuffle_options?:boolean allow_adding_options?:boolean
    hide_results_until_closes?:boolean members_only?:boolean country_codes?:list
    correct_option_ids?:list explanation?:string explanation_parse_mode?:string
    explanation_entities?:list explanation_media?:object description?:string
    description_parse_mode?:string description_entities?:list media?:object
    open_period?:integer close_date?:integer is_closed?:boolean disable_notification?:boolean
    protect_content?:boolean allow_paid_broadcast?:boolean message_effect_id?:string
    reply_parameters?:object reply_markup?:object reply_to_message_id?:integer
  ]],
  sendRichMessage = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object
    rich_message:object disable_notification?:boolean protect_content?:boolean
    allow_paid_broadcast?:boolean message_effect_id?:string suggested_post_parameters?:object
    reply_parameters?:object reply_markup?:object
  ]],
  sendRichMessageDraft = [[
    chat_id:integer message_thread_id?:integer draft_id:integer rich_message:object
    can_stop?:boolean keep_on_stop?:boolean
  ]],
  sendSticker = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object
    sticker:file|string emoji?:string disable_notification?:boolean protect_content?:boolean
    allow_paid_broadcast?:boolean suggested_post_parameters?:object message_effect_id?:string
    reply_parameters?:object reply_markup?:object reply_to_message_id?:integer
  ]],
  sendVenue = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object latitude:number
    longitude:number title:string address:string foursquare_id?:string
    foursquare_type?:string google_place_id?:string google_place_type?:string
    disable_notification?:boolean protect_content?:boolean allow_paid_broadcast?:boolean
    suggested_post_parameters?:object message_effect_id?:string reply_parameters?:object
    reply_markup?:object reply_to_message_id?:integer
  ]],
  sendVideo = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object video:file|string
    duration?:integer width?:integer height?:integer thumbnail?:file cover?:file|string
    start_timestamp?:integer caption?:string parse_mode?:string caption_entities?:list
    show_caption_above_media?:boolean has_spoiler?:boolean supports_streaming?:boolean
    disable_notification?:boolean protect_content?:boolean allow_paid_broadcast?:boolean
    suggested_post_parameters?:object message_effect_id?:string reply_parameters?:object
    reply_markup?:object reply_to_message_id?:integer
  ]],
  sendVideoNote = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object
    video_note:file|string duration?:integer length?:integer thumbnail?:file
    disable_notification?:boolean protect_content?:boolean allow_paid_broadcast?:boolean
    suggested_post_parameters?:object message_effect_id?:string reply_parameters?:object
    reply_markup?:object reply_to_message_id?:integer
  ]],
  sendVoice = [[
    business_connection_id?:string chat_id:integer|string message_thread_id?:integer
    direct_messages_topic_id?:integer ephemeral_message_parameters?:object voice:file|string
    caption?:string parse_mode?:string caption_entities?:list duration?:integer
    disable_notification?:boolean protect_content?:boolean allow_paid_broadcast?:boolean
    suggested_post_parameters?:object message_effect_id?:string reply_parameters?:object
    reply_markup?:object reply_to_message_id?:integer
  ]],
  setBusinessAccountBio = "business_connection_id:string bio?:string",
  setBusinessAccountGiftSettings = [[
    business_connection_id:string show_gift_button:boolean accepted_gift_types:object
  ]],
  setBusinessAccountName = "business_connection_id:string first_name:string last_name?:string",
  setBusinessAccountProfilePhoto = "business_connection_id:string photo:object is_public?:boolean",
  setBusinessAccountUsername = "business_connection_id:string username?:string",
  setChatAdministratorCustomTitle = "chat_id:integer|string user_id:integer custom_title:string",
  setChatDescription = "chat_id:integer|string description?:string",
  setChatMemberTag = "chat_id:integer|string user_id:integer tag?:string",
  setChatMenuButton = "chat_id?:integer menu_button?:object",
  setChatPermissions = [[
    chat_id:integer|string permissions:object use_independent_chat_permissions?:boolean
  ]],
  setChatPhoto = "chat_id:integer|string photo:file",
  setChatStickerSet = "chat_id:integer|string sticker_set_name:string",
  setChatTitle = "chat_id:integer|string title:string",
  setCustomEmojiStickerSetThumbnail = "name:string custom_emoji_id?:string",
  setGameScore = [[
    user_id:integer score:integer force?:boolean disable_edit_message?:boolean
    chat_id?:integer message_id?:integer inline_message_id?:string
  ]],
  setManagedBotAccessSettings = "user_id:integer is_access_restricted:boolean added_user_ids?:list",
  setMessageReaction = "chat_id:integer|string message_id:integer reaction?:list is_big?:boolean",
  setMyCommands = "commands:list scope?:object language_code?:string",
  setMyDefaultAdministratorRights = "rights?:object for_channels?:boolean",
  setMyDescription = "description?:string language_code?:string",
  setMyName = "name?:string language_code?:string",
  setMyProfilePhoto = "photo:object",
  setMyShortDescription = "short_description?:string language_code?:string",
  setPassportDataErrors = "user_id:integer errors:list",
  setStickerEmojiList = "sticker:string emoji_list:list",
  setStickerKeywords = "sticker:string keywords?:list",
  setStickerMaskPosition = "sticker:string mask_position?:object",
  setStickerPositionInSet = "sticker:string position:integer",
  setStickerSetThumbnail = "name:string user_id:integer thumbnail?:file|string format:string",
  setStickerSetTitle = "name:string title:string",
  setUserEmojiStatus = [[
    user_id:integer emoji_status_custom_emoji_id?:string
    emoji_status_expiration_date?:integer
  ]],
  setWebhook = [[
    url:string certificate?:file ip_address?:string max_connections?:integer
    allowed_updates?:list drop_pending_updates?:boolean secret_token?:string
  ]],
  stopMessageLiveLocation = [[
    business_connection_id?:string chat_id?:integer|string message_id?:integer
    inline_message_id?:string reply_markup?:object
  ]],
  stopPoll = [[
    business_connection_id?:string chat_id:integer|string message_id:integer
    reply_markup?:object
  ]],
  transferBusinessAccountStars = "business_connection_id:string star_count:integer",
  transferGift = [[
    business_connection_id:string owned_gift_id:string new_owner_chat_id:integer
    star_count?:integer
  ]],
  unbanChatMember = "chat_id:integer|string user_id:integer only_if_banned?:boolean",
  unbanChatSenderChat = "chat_id:integer|string sender_chat_id:integer",
  unhideGeneralForumTopic = "chat_id:integer|string",
  unpinAllChatMessages = "chat_id:integer|string",
  unpinAllForumTopicMessages = "chat_id:integer|string message_thread_id:integer",
  unpinAllGeneralForumTopicMessages = "chat_id:integer|string",
  unpinChatMessage = "business_connection_id?:string chat_id:integer|string message_id?:integer",
  upgradeGift = [[
    business_connection_id:string owned_gift_id:string keep_original_details?:boolean
    star_count?:integer
  ]],
  uploadStickerFile = "user_id:integer sticker_format:string sticker:file",
  verifyChat = "chat_id:integer|string custom_description?:string",
  verifyUser = "user_id:integer custom_description?:string",
}

return methods
