---@meta _
-- Methods of Bot API 10.3, for editors with LuaLS; never loaded.
-- Made by spec/support/generate_methods.mjs from @grammyjs/types 5.0.0: do not edit.

---@class telegram.AddStickerToSetOptions

---@class telegram.AddStickerToSetParams: telegram.AddStickerToSetOptions
---@field user_id integer User identifier of sticker set owner
---@field name string Sticker set name
---@field sticker telegram.InputSticker An object with information about the added sticker. If exactly the same sticker had already been added to the set, then the set isn't changed.

---@class telegram.AnswerCallbackQueryOptions
---@field text? string Text of the notification. If not specified, nothing will be shown to the user, 0-200 characters.
---@field show_alert? boolean If True, an alert will be shown by the client instead of a notification at the top of the chat screen. Defaults to False.
---@field url? string URL that will be opened by the user's client. If you have created a Game and accepted the conditions via `@BotFather`, specify the URL that opens your game - note that this will only work if the query comes from a callback_game button. Otherwise, you may use links like t.me/your_bot?start=XXXX that open your bot with a parameter.
---@field cache_time? integer The maximum amount of time in seconds that the result of the callback query may be cached client-side. Telegram apps will support caching starting in version 3.14. Defaults to 0.

---@class telegram.AnswerCallbackQueryParams: telegram.AnswerCallbackQueryOptions
---@field callback_query_id string Unique identifier for the query to be answered

---@class telegram.AnswerChatJoinRequestQueryOptions

---@class telegram.AnswerChatJoinRequestQueryParams: telegram.AnswerChatJoinRequestQueryOptions
---@field chat_join_request_query_id string Unique identifier of the join request query
---@field result "approve"|"decline"|"queue" Result of the query. Must be either “approve” to allow the user to join the chat, “decline” to disallow the user to join the chat, or “queue” to leave the decision to other administrators.

---@class telegram.AnswerGuestQueryOptions

---@class telegram.AnswerGuestQueryParams: telegram.AnswerGuestQueryOptions
---@field guest_query_id string Unique identifier for the query to be answered
---@field result telegram.InlineQueryResult An object describing the message to be sent

---@class telegram.AnswerInlineQueryOptions
---@field cache_time? integer The maximum amount of time in seconds that the result of the inline query may be cached on the server. Defaults to 300.
---@field is_personal? boolean Pass True if results may be cached on the server side only for the user that sent the query. By default, results may be returned to any user who sends the same query.
---@field next_offset? string Pass the offset that a client should send in the next query with the same text to receive more results. Pass an empty string if there are no more results or if you don't support pagination. Offset length can't exceed 64 bytes.
---@field button? telegram.InlineQueryResultsButton An object describing a button to be shown above inline query results

---@class telegram.AnswerInlineQueryParams: telegram.AnswerInlineQueryOptions
---@field inline_query_id string Unique identifier for the answered query
---@field results telegram.InlineQueryResult[] An Array of results for the inline query

---@class telegram.AnswerPreCheckoutQueryOptions
---@field error_message? string Required if ok is False. Error message in human readable form that explains the reason for failure to proceed with the checkout (e.g. "Sorry, somebody just bought the last of our amazing black T-shirts while you were busy filling out your payment details. Please choose a different color or garment!"). Telegram will display this message to the user.

---@class telegram.AnswerPreCheckoutQueryParams: telegram.AnswerPreCheckoutQueryOptions
---@field pre_checkout_query_id string Unique identifier for the query to be answered
---@field ok boolean Specify True if everything is alright (goods are available, etc.) and the bot is ready to proceed with the order. Use False if there are any problems.

---@class telegram.AnswerShippingQueryOptions
---@field shipping_options? telegram.ShippingOption[] Required if ok is True. An Array of available shipping options.
---@field error_message? string Required if ok is False. Error message in human readable form that explains why it is impossible to complete the order (e.g. “Sorry, delivery to your desired address is unavailable”). Telegram will display this message to the user.

---@class telegram.AnswerShippingQueryParams: telegram.AnswerShippingQueryOptions
---@field shipping_query_id string Unique identifier for the query to be answered
---@field ok boolean Pass True if delivery to the specified address is possible and False if there are any problems (for example, if delivery to the specified address is not possible)

---@class telegram.AnswerWebAppQueryOptions

---@class telegram.AnswerWebAppQueryParams: telegram.AnswerWebAppQueryOptions
---@field web_app_query_id string Unique identifier for the query to be answered
---@field result telegram.InlineQueryResult An object describing the message to be sent

---@class telegram.ApproveChatJoinRequestOptions

---@class telegram.ApproveChatJoinRequestParams: telegram.ApproveChatJoinRequestOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`
---@field user_id integer Unique identifier of the target user

---@class telegram.ApproveSuggestedPostOptions
---@field send_date? integer Point in time (Unix timestamp) when the post is expected to be published; omit if the date has already been specified when the suggested post was created. If specified, then the date must be not more than 2678400 seconds (30 days) in the future.

---@class telegram.ApproveSuggestedPostParams: telegram.ApproveSuggestedPostOptions
---@field chat_id integer Unique identifier for the target direct messages chat
---@field message_id integer Identifier of a suggested post message to approve

---@class telegram.BanChatMemberOptions
---@field until_date? integer Date when the user will be unbanned; Unix time. If user is banned for more than 366 days or less than 30 seconds from the current time they are considered to be banned forever. Applied for supergroups and channels only.
---@field revoke_messages? boolean Pass True to delete all messages from the chat for the user that is being removed. If False, the user will be able to see messages in the group that were sent before the user was removed. Always True for supergroups and channels.

---@class telegram.BanChatMemberParams: telegram.BanChatMemberOptions
---@field chat_id integer|string Unique identifier for the target group or username of the target supergroup or channel in the format `@username`
---@field user_id integer Unique identifier of the target user

---@class telegram.BanChatSenderChatOptions

---@class telegram.BanChatSenderChatParams: telegram.BanChatSenderChatOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`
---@field sender_chat_id integer Unique identifier of the target sender chat

---@class telegram.CloseForumTopicOptions

---@class telegram.CloseForumTopicParams: telegram.CloseForumTopicOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field message_thread_id integer Unique identifier for the target message thread of the forum topic

---@class telegram.CloseGeneralForumTopicOptions

---@class telegram.CloseGeneralForumTopicParams: telegram.CloseGeneralForumTopicOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`

---@class telegram.ConvertGiftToStarsOptions

---@class telegram.ConvertGiftToStarsParams: telegram.ConvertGiftToStarsOptions
---@field business_connection_id string Unique identifier of the business connection
---@field owned_gift_id string Unique identifier of the regular gift that should be converted to Telegram Stars

---@class telegram.CopyMessageOptions
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field video_start_timestamp? integer New start timestamp for the copied video in the message
---@field caption? string New caption for media, 0-1024 characters after entities parsing. If not specified, the original caption is kept.
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the new caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the new caption, which can be specified instead of parse_mode
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media. Ignored if a new caption isn't specified.
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; only available when copying to private chats
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.CopyMessageParams: telegram.CopyMessageOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field from_chat_id integer|string Unique identifier for the chat where the original message was sent (or username of the target bot, supergroup or channel in the format `@username`)
---@field message_id integer Message identifier in the chat specified in from_chat_id

---@class telegram.CopyMessagesOptions
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the messages will be sent; required if the messages are sent to a direct messages chat
---@field disable_notification? boolean Sends the messages silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent messages from forwarding and saving
---@field remove_caption? boolean Pass True to copy the messages without their captions

---@class telegram.CopyMessagesParams: telegram.CopyMessagesOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field from_chat_id integer|string Unique identifier for the chat where the original messages were sent (or username of the target bot, supergroup or channel in the format `@username`)
---@field message_ids integer[] A list of 1-100 identifiers of messages in the chat from_chat_id to copy. The identifiers must be specified in a strictly increasing order.

---@class telegram.CreateChatInviteLinkOptions
---@field name? string Invite link name; 0-32 characters
---@field expire_date? integer Point in time (Unix timestamp) when the link will expire
---@field member_limit? integer The maximum number of users that can be members of the chat simultaneously after joining the chat via this invite link; 1-99999
---@field creates_join_request? boolean True, if users joining the chat via the link need to be approved by chat administrators. If True, member_limit can't be specified.

---@class telegram.CreateChatInviteLinkParams: telegram.CreateChatInviteLinkOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`

---@class telegram.CreateChatSubscriptionInviteLinkOptions
---@field name? string Invite link name; 0-32 characters

---@class telegram.CreateChatSubscriptionInviteLinkParams: telegram.CreateChatSubscriptionInviteLinkOptions
---@field chat_id integer|string Unique identifier for the target channel chat or username of the target channel in the format `@username`
---@field subscription_period integer The number of seconds the subscription will be active for before the next payment. Currently, it must always be 2592000 (30 days).
---@field subscription_price integer The amount of Telegram Stars a user must pay initially and after each subsequent subscription period to be a member of the chat; 1-2500

---@class telegram.CreateForumTopicOptions
---@field icon_color? 7322096|16766590|13338331|9367192|16749490|16478047 Color of the topic icon in RGB format. Currently, must be one of 7322096 (0x6FB9F0), 16766590 (0xFFD67E), 13338331 (0xCB86DB), 9367192 (0x8EEE98), 16749490 (0xFF93B2), or 16478047 (0xFB6F5F).
---@field icon_custom_emoji_id? string Unique identifier of the custom emoji shown as the topic icon. Use getForumTopicIconStickers to get all allowed custom emoji identifiers.

---@class telegram.CreateForumTopicParams: telegram.CreateForumTopicOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field name string Topic name, 1-128 characters

---@class telegram.CreateInvoiceLinkOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the link will be created
---@field provider_token? string Payment provider token, obtained via `@BotFather`. Pass an empty string for payments in Telegram Stars.
---@field subscription_period? integer The number of seconds the subscription will be active for before the next payment. The currency must be set to “XTR” (Telegram Stars) if the parameter is used. Currently, it must always be 2592000 (30 days) if specified.
---@field max_tip_amount? integer The maximum accepted amount for tips in the smallest units of the currency (integer, not float/double). For example, for a maximum tip of US$ 1.45 pass max_tip_amount = 145. See the exp parameter in currencies.json, it shows the number of digits past the decimal point for each currency (2 for the majority of currencies). Defaults to 0
---@field suggested_tip_amounts? integer[] An Array of suggested amounts of tips in the smallest units of the currency (integer, not float/double). At most 4 suggested tip amounts can be specified. The suggested tip amounts must be positive, passed in a strictly increased order and must not exceed max_tip_amount.
---@field provider_data? string|table Data about the invoice, which will be shared with the payment provider. A detailed description of required fields should be provided by the payment provider.
---@field photo_url? string URL of the product photo for the invoice. Can be a photo of the goods or a marketing image for a service.
---@field photo_size? integer Photo size in bytes
---@field photo_width? integer Photo width
---@field photo_height? integer Photo height
---@field need_name? boolean Pass True if you require the user's full name to complete the order
---@field need_phone_number? boolean Pass True if you require the user's phone number to complete the order
---@field need_email? boolean Pass True if you require the user's email address to complete the order
---@field need_shipping_address? boolean Pass True if you require the user's shipping address to complete the order
---@field send_phone_number_to_provider? boolean Pass True if the user's phone number should be sent to the provider
---@field send_email_to_provider? boolean Pass True if the user's email address should be sent to the provider
---@field is_flexible? boolean Pass True if the final price depends on the shipping method

---@class telegram.CreateInvoiceLinkParams: telegram.CreateInvoiceLinkOptions
---@field title string Product name, 1-32 characters
---@field description string Product description, 1-255 characters
---@field payload string Bot-defined invoice payload, 1-128 bytes. This will not be displayed to the user, use it for your internal processes.
---@field currency string Three-letter ISO 4217 currency code, see more on currencies
---@field prices telegram.LabeledPrice[] Price breakdown, a list of components (e.g. product price, tax, discount, delivery cost, delivery tax, bonus, etc.)

---@class telegram.CreateNewStickerSetOptions
---@field sticker_type? "regular"|"mask"|"custom_emoji" Type of stickers in the set, pass “regular”, “mask”, or “custom_emoji”. By default, a regular sticker set is created.
---@field needs_repainting? boolean Pass True if stickers in the sticker set must be repainted to the color of text when used in messages, the accent color if used as emoji status, white on chat photos, or another appropriate color based on context; for custom emoji sticker sets only

---@class telegram.CreateNewStickerSetParams: telegram.CreateNewStickerSetOptions
---@field user_id integer User identifier of created sticker set owner
---@field name string Short name of sticker set, to be used in t.me/addstickers/ URLs (e.g., animals). Can contain only English letters, digits and underscores. Must begin with a letter, can't contain consecutive underscores and must end in "_by_\<bot_username>". \<bot_username> is case insensitive. 1-64 characters.
---@field title string Sticker set title, 1-64 characters
---@field stickers telegram.InputSticker[] A list of 1-50 initial stickers to be added to the sticker set

---@class telegram.DeclineChatJoinRequestOptions

---@class telegram.DeclineChatJoinRequestParams: telegram.DeclineChatJoinRequestOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`
---@field user_id integer Unique identifier of the target user

---@class telegram.DeclineSuggestedPostOptions
---@field comment? string Comment for the creator of the suggested post; 0-128 characters

---@class telegram.DeclineSuggestedPostParams: telegram.DeclineSuggestedPostOptions
---@field chat_id integer Unique identifier for the target direct messages chat
---@field message_id integer Identifier of a suggested post message to decline

---@class telegram.DeleteAllMessageReactionsOptions
---@field user_id? integer Identifier of the user whose reactions will be removed, if the reactions were added by a user
---@field actor_chat_id? integer Identifier of the chat whose reactions will be removed, if the reactions were added by a chat

---@class telegram.DeleteAllMessageReactionsParams: telegram.DeleteAllMessageReactionsOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`

---@class telegram.DeleteBusinessMessagesOptions

---@class telegram.DeleteBusinessMessagesParams: telegram.DeleteBusinessMessagesOptions
---@field business_connection_id string Unique identifier of the business connection on behalf of which to delete the messages
---@field message_ids integer[] A list of 1-100 identifiers of messages to delete. All messages must be from the same chat. See deleteMessage for limitations on which messages can be deleted.

---@class telegram.DeleteChatPhotoOptions

---@class telegram.DeleteChatPhotoParams: telegram.DeleteChatPhotoOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`

---@class telegram.DeleteChatStickerSetOptions

---@class telegram.DeleteChatStickerSetParams: telegram.DeleteChatStickerSetOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`

---@class telegram.DeleteEphemeralMessageOptions

---@class telegram.DeleteEphemeralMessageParams: telegram.DeleteEphemeralMessageOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field receiver_user_id integer Identifier of the user who received the message
---@field ephemeral_message_id integer Identifier of the ephemeral message to delete

---@class telegram.DeleteForumTopicOptions

---@class telegram.DeleteForumTopicParams: telegram.DeleteForumTopicOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field message_thread_id integer Unique identifier for the target message thread of the forum topic

---@class telegram.DeleteMessageOptions

---@class telegram.DeleteMessageParams: telegram.DeleteMessageOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field message_id integer Identifier of the message to delete

---@class telegram.DeleteMessageReactionOptions
---@field user_id? integer Identifier of the user whose reaction will be removed, if the reaction was added by a user
---@field actor_chat_id? integer Identifier of the chat whose reaction will be removed, if the reaction was added by a chat

---@class telegram.DeleteMessageReactionParams: telegram.DeleteMessageReactionOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field message_id integer Identifier of the target message

---@class telegram.DeleteMessagesOptions

---@class telegram.DeleteMessagesParams: telegram.DeleteMessagesOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field message_ids integer[] A list of 1-100 identifiers of messages to delete. See deleteMessage for limitations on which messages can be deleted

---@class telegram.DeleteMyCommandsOptions
---@field scope? telegram.BotCommandScope An object, describing scope of users for which the commands are relevant. Defaults to BotCommandScopeDefault.
---@field language_code? string A two-letter ISO 639-1 language code. If empty, commands will be applied to all users from the given scope, for whose language there are no dedicated commands.

---@class telegram.DeleteMyCommandsParams: telegram.DeleteMyCommandsOptions

---@class telegram.DeleteStickerFromSetOptions

---@class telegram.DeleteStickerFromSetParams: telegram.DeleteStickerFromSetOptions
---@field sticker string File identifier of the sticker

---@class telegram.DeleteStickerSetOptions

---@class telegram.DeleteStickerSetParams: telegram.DeleteStickerSetOptions
---@field name string Sticker set name

---@class telegram.DeleteStoryOptions

---@class telegram.DeleteStoryParams: telegram.DeleteStoryOptions
---@field business_connection_id string Unique identifier of the business connection
---@field story_id integer Unique identifier of the story to delete

---@class telegram.DeleteWebhookOptions
---@field drop_pending_updates? boolean Pass True to drop all pending updates

---@class telegram.DeleteWebhookParams: telegram.DeleteWebhookOptions

---@class telegram.EditChatInviteLinkOptions
---@field name? string Invite link name; 0-32 characters
---@field expire_date? integer Point in time (Unix timestamp) when the link will expire
---@field member_limit? integer The maximum number of users that can be members of the chat simultaneously after joining the chat via this invite link; 1-99999
---@field creates_join_request? boolean True, if users joining the chat via the link need to be approved by chat administrators. If True, member_limit can't be specified.

---@class telegram.EditChatInviteLinkParams: telegram.EditChatInviteLinkOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`
---@field invite_link string The invite link to edit

---@class telegram.EditChatSubscriptionInviteLinkOptions
---@field name? string Invite link name; 0-32 characters

---@class telegram.EditChatSubscriptionInviteLinkParams: telegram.EditChatSubscriptionInviteLinkOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`
---@field invite_link string The invite link to edit

---@class telegram.EditEphemeralMessageCaptionOptions
---@field caption? string New caption of the message, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media. Supported only for animation, photo and video messages.
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the message caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup An object for an inline keyboard

---@class telegram.EditEphemeralMessageCaptionParams: telegram.EditEphemeralMessageCaptionOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field receiver_user_id integer Identifier of the user who received the message
---@field ephemeral_message_id integer Identifier of the ephemeral message to edit

---@class telegram.EditEphemeralMessageMediaOptions
---@field reply_markup? telegram.InlineKeyboardMarkup An object for an inline keyboard

---@class telegram.EditEphemeralMessageMediaParams: telegram.EditEphemeralMessageMediaOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field receiver_user_id integer Identifier of the user who received the message
---@field ephemeral_message_id integer Identifier of the ephemeral message to edit
---@field media telegram.InputMedia An object for the new media content of the message

---@class telegram.EditEphemeralMessageReplyMarkupOptions
---@field reply_markup? telegram.InlineKeyboardMarkup An object for an inline keyboard

---@class telegram.EditEphemeralMessageReplyMarkupParams: telegram.EditEphemeralMessageReplyMarkupOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field receiver_user_id integer Identifier of the user who received the message
---@field ephemeral_message_id integer Identifier of the ephemeral message to edit

---@class telegram.EditEphemeralMessageTextOptions
---@field text? string New text of the message, 1-4096 characters after entity parsing; required if rich_message isn't specified
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the message text. See formatting options for more details.
---@field entities? telegram.MessageEntity[] A list of special entities that appear in message text, which can be specified instead of parse_mode
---@field link_preview_options? telegram.LinkPreviewOptions Link preview generation options for the message
---@field rich_message? telegram.InputRichMessage New rich content of the message; required if text isn't specified
---@field reply_markup? telegram.InlineKeyboardMarkup An object for an inline keyboard

---@class telegram.EditEphemeralMessageTextParams: telegram.EditEphemeralMessageTextOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field receiver_user_id integer Identifier of the user who received the message
---@field ephemeral_message_id integer Identifier of the ephemeral message to edit

---@class telegram.EditForumTopicOptions
---@field name? string New topic name, 0-128 characters. If not specified or empty, the current name of the topic will be kept.
---@field icon_custom_emoji_id? string New unique identifier of the custom emoji shown as the topic icon. Use getForumTopicIconStickers to get all allowed custom emoji identifiers. Pass an empty string to remove the icon. If not specified, the current icon will be kept.

---@class telegram.EditForumTopicParams: telegram.EditForumTopicOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field message_thread_id integer Unique identifier for the target message thread of the forum topic

---@class telegram.EditGeneralForumTopicOptions

---@class telegram.EditGeneralForumTopicParams: telegram.EditGeneralForumTopicOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field name string New topic name, 1-128 characters

---@class telegram.EditMessageCaptionOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message to be edited was sent
---@field chat_id? integer|string Required if inline_message_id is not specified. Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`.
---@field message_id? integer Required if inline_message_id is not specified. Identifier of the message to edit.
---@field inline_message_id? string Required if chat_id and message_id are not specified. Identifier of the inline message.
---@field caption? string New caption of the message, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the message caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media. Supported only for animation, photo and video messages.
---@field reply_markup? telegram.InlineKeyboardMarkup An object for an inline keyboard

---@class telegram.EditMessageCaptionParams: telegram.EditMessageCaptionOptions

---@class telegram.EditMessageChecklistOptions
---@field reply_markup? telegram.InlineKeyboardMarkup An object for the new inline keyboard for the message

---@class telegram.EditMessageChecklistParams: telegram.EditMessageChecklistOptions
---@field business_connection_id string Unique identifier of the business connection on behalf of which the message will be sent
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot in the format `@username`
---@field message_id integer Unique identifier for the target message
---@field checklist telegram.InputChecklist An object for the new checklist

---@class telegram.EditMessageLiveLocationOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message to be edited was sent
---@field chat_id? integer|string Required if inline_message_id is not specified. Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field message_id? integer Required if inline_message_id is not specified. Identifier of the message to edit.
---@field inline_message_id? string Required if chat_id and message_id are not specified. Identifier of the inline message.
---@field live_period? integer New period in seconds during which the location can be updated, starting from the message send date. If 0x7FFFFFFF is specified, then the location can be updated forever. Otherwise, the new value must not exceed the current live_period by more than a day, and the live location expiration date must remain within the next 90 days. If not specified, then live_period remains unchanged.
---@field horizontal_accuracy? number The radius of uncertainty for the location, measured in meters; 0-1500
---@field heading? integer The direction in which user is moving, in degrees; 1-360. For active live locations only.
---@field proximity_alert_radius? integer The maximum distance for proximity alerts about approaching another chat member, in meters. For sent live locations only.
---@field reply_markup? telegram.InlineKeyboardMarkup An object for a new inline keyboard

---@class telegram.EditMessageLiveLocationParams: telegram.EditMessageLiveLocationOptions
---@field latitude number Latitude of new location
---@field longitude number Longitude of new location

---@class telegram.EditMessageMediaOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message to be edited was sent
---@field chat_id? integer|string Required if inline_message_id is not specified. Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`.
---@field message_id? integer Required if inline_message_id is not specified. Identifier of the message to edit.
---@field inline_message_id? string Required if chat_id and message_id are not specified. Identifier of the inline message.
---@field reply_markup? telegram.InlineKeyboardMarkup An object for a new inline keyboard

---@class telegram.EditMessageMediaParams: telegram.EditMessageMediaOptions
---@field media telegram.InputMedia An object for a new media content of the message

---@class telegram.EditMessageReplyMarkupOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message to be edited was sent
---@field chat_id? integer|string Required if inline_message_id is not specified. Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`.
---@field message_id? integer Required if inline_message_id is not specified. Identifier of the message to edit
---@field inline_message_id? string Required if chat_id and message_id are not specified. Identifier of the inline message
---@field reply_markup? telegram.InlineKeyboardMarkup An object for an inline keyboard.

---@class telegram.EditMessageReplyMarkupParams: telegram.EditMessageReplyMarkupOptions

---@class telegram.EditMessageTextOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message to be edited was sent
---@field chat_id? integer|string Required if inline_message_id is not specified. Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field message_id? integer Required if inline_message_id is not specified. Identifier of the message to edit.
---@field inline_message_id? string Required if chat_id and message_id are not specified. Identifier of the inline message.
---@field text? string New text of the message, 1-4096 characters after entity parsing; required if rich_message isn't specified
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the message text. See formatting options for more details.
---@field entities? telegram.MessageEntity[] A list of special entities that appear in message text, which can be specified instead of parse_mode
---@field link_preview_options? telegram.LinkPreviewOptions Link preview generation options for the message
---@field rich_message? telegram.InputRichMessage New rich content of the message; required if text isn't specified. Direct upload of new files and explicit upload of files by a URL isn't supported when an inline message is edited.
---@field reply_markup? telegram.InlineKeyboardMarkup An object for an inline keyboard

---@class telegram.EditMessageTextParams: telegram.EditMessageTextOptions

---@class telegram.EditStoryOptions
---@field caption? string Caption of the story, 0-2048 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the story caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field areas? telegram.StoryArea[] A list of clickable areas to be shown on the story

---@class telegram.EditStoryParams: telegram.EditStoryOptions
---@field business_connection_id string Unique identifier of the business connection
---@field story_id integer Unique identifier of the story to edit
---@field content telegram.InputStoryContent Content of the story

---@class telegram.EditUserStarSubscriptionOptions

---@class telegram.EditUserStarSubscriptionParams: telegram.EditUserStarSubscriptionOptions
---@field user_id integer Identifier of the user whose subscription will be edited
---@field telegram_payment_charge_id string Telegram payment identifier for the subscription
---@field is_canceled boolean Pass True to cancel extension of the user subscription; the subscription must be active up to the end of the current subscription period. Pass False to allow the user to re-enable a subscription that was previously canceled by the bot.

---@class telegram.ExportChatInviteLinkOptions

---@class telegram.ExportChatInviteLinkParams: telegram.ExportChatInviteLinkOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`

---@class telegram.ForwardMessageOptions
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be forwarded; required if the message is forwarded to a direct messages chat
---@field video_start_timestamp? integer New start timestamp for the copied video in the message
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; only available when forwarding to private chats
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the forwarded message from forwarding and saving

---@class telegram.ForwardMessageParams: telegram.ForwardMessageOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field from_chat_id integer|string Unique identifier for the chat where the original message was sent (or username of the target bot, supergroup or channel in the format `@username`)
---@field message_id integer Message identifier in the chat specified in from_chat_id

---@class telegram.ForwardMessagesOptions
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the messages will be forwarded; required if the messages are forwarded to a direct messages chat
---@field disable_notification? boolean Sends the messages silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the forwarded messages from forwarding and saving

---@class telegram.ForwardMessagesParams: telegram.ForwardMessagesOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field from_chat_id integer|string Unique identifier for the chat where the original messages were sent (or username of the target bot, supergroup or channel in the format `@username`)
---@field message_ids integer[] A list of 1-100 identifiers of messages in the chat from_chat_id to forward. The identifiers must be specified in a strictly increasing order.

---@class telegram.GetBusinessAccountGiftsOptions
---@field exclude_unsaved? boolean Pass True to exclude gifts that aren't saved to the account's profile page
---@field exclude_saved? boolean Pass True to exclude gifts that are saved to the account's profile page
---@field exclude_unlimited? boolean Pass True to exclude gifts that can be purchased an unlimited number of times
---@field exclude_limited_upgradable? boolean Pass True to exclude gifts that can be purchased a limited number of times and can be upgraded to unique
---@field exclude_limited_non_upgradable? boolean Pass True to exclude gifts that can be purchased a limited number of times and can't be upgraded to unique
---@field exclude_from_blockchain? boolean Pass True to exclude gifts that were assigned from the TON blockchain and can't be resold or transferred in Telegram
---@field exclude_unique? boolean Pass True to exclude unique gifts
---@field sort_by_price? boolean Pass True to sort results by gift price instead of send date. Sorting is applied before pagination.
---@field offset? string Offset of the first entry to return as received from the previous request; use empty string to get the first chunk of results
---@field limit? integer The maximum number of gifts to be returned; 1-100. Defaults to 100.

---@class telegram.GetBusinessAccountGiftsParams: telegram.GetBusinessAccountGiftsOptions
---@field business_connection_id string Unique identifier of the business connection

---@class telegram.GetBusinessAccountStarBalanceOptions

---@class telegram.GetBusinessAccountStarBalanceParams: telegram.GetBusinessAccountStarBalanceOptions
---@field business_connection_id string Unique identifier of the business connection

---@class telegram.GetBusinessConnectionOptions

---@class telegram.GetBusinessConnectionParams: telegram.GetBusinessConnectionOptions
---@field business_connection_id string Unique identifier of the business connection

---@class telegram.GetChatOptions

---@class telegram.GetChatParams: telegram.GetChatOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup or channel in the format `@username`

---@class telegram.GetChatAdministratorsOptions
---@field return_bots? boolean Pass True to additionally receive all bots that are administrators of the chat. By default, bots other than the current bot are omitted.

---@class telegram.GetChatAdministratorsParams: telegram.GetChatAdministratorsOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup or channel in the format `@username`

---@class telegram.GetChatGiftsOptions
---@field exclude_unsaved? boolean Pass True to exclude gifts that aren't saved to the chat's profile page. Always True, unless the bot has the can_post_messages administrator right in the channel.
---@field exclude_saved? boolean Pass True to exclude gifts that are saved to the chat's profile page. Always False, unless the bot has the can_post_messages administrator right in the channel.
---@field exclude_unlimited? boolean Pass True to exclude gifts that can be purchased an unlimited number of times
---@field exclude_limited_upgradable? boolean Pass True to exclude gifts that can be purchased a limited number of times and can be upgraded to unique
---@field exclude_limited_non_upgradable? boolean Pass True to exclude gifts that can be purchased a limited number of times and can't be upgraded to unique
---@field exclude_from_blockchain? boolean Pass True to exclude gifts that were assigned from the TON blockchain and can't be resold or transferred in Telegram
---@field exclude_unique? boolean Pass True to exclude unique gifts
---@field sort_by_price? boolean Pass True to sort results by gift price instead of send date. Sorting is applied before pagination.
---@field offset? string Offset of the first entry to return as received from the previous request; use an empty string to get the first chunk of results
---@field limit? integer The maximum number of gifts to be returned; 1-100. Defaults to 100.

---@class telegram.GetChatGiftsParams: telegram.GetChatGiftsOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`

---@class telegram.GetChatMemberOptions

---@class telegram.GetChatMemberParams: telegram.GetChatMemberOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup or channel (in the format `@channelusername`)
---@field user_id integer Unique identifier of the target user

---@class telegram.GetChatMemberCountOptions

---@class telegram.GetChatMemberCountParams: telegram.GetChatMemberCountOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup or channel in the format `@username`

---@class telegram.GetChatMenuButtonOptions
---@field chat_id? integer Unique identifier for the target private chat. If not specified, the bot's default menu button will be returned.

---@class telegram.GetChatMenuButtonParams: telegram.GetChatMenuButtonOptions

---@class telegram.GetCustomEmojiStickersOptions

---@class telegram.GetCustomEmojiStickersParams: telegram.GetCustomEmojiStickersOptions
---@field custom_emoji_ids string[] A list of custom emoji identifiers. At most 200 custom emoji identifiers can be specified.

---@class telegram.GetFileOptions

---@class telegram.GetFileParams: telegram.GetFileOptions
---@field file_id string File identifier to get information about

---@class telegram.GetGameHighScoresOptions
---@field chat_id? integer Required if inline_message_id is not specified. Unique identifier for the target chat.
---@field message_id? integer Required if inline_message_id is not specified. Identifier of the sent message.
---@field inline_message_id? string Required if chat_id and message_id are not specified. Identifier of the inline message.

---@class telegram.GetGameHighScoresParams: telegram.GetGameHighScoresOptions
---@field user_id integer Target user id

---@class telegram.GetManagedBotAccessSettingsOptions

---@class telegram.GetManagedBotAccessSettingsParams: telegram.GetManagedBotAccessSettingsOptions
---@field user_id integer User identifier of the managed bot whose access settings will be returned

---@class telegram.GetManagedBotTokenOptions

---@class telegram.GetManagedBotTokenParams: telegram.GetManagedBotTokenOptions
---@field user_id integer User identifier of the managed bot whose token will be returned

---@class telegram.GetMyCommandsOptions
---@field scope? telegram.BotCommandScope An object, describing scope of users. Defaults to BotCommandScopeDefault.
---@field language_code? string A two-letter ISO 639-1 language code or an empty string

---@class telegram.GetMyCommandsParams: telegram.GetMyCommandsOptions

---@class telegram.GetMyDefaultAdministratorRightsOptions
---@field for_channels? boolean Pass True to get default administrator rights of the bot in channels. Otherwise, default administrator rights of the bot for groups and supergroups will be returned.

---@class telegram.GetMyDefaultAdministratorRightsParams: telegram.GetMyDefaultAdministratorRightsOptions

---@class telegram.GetMyDescriptionOptions
---@field language_code? string A two-letter ISO 639-1 language code or an empty string

---@class telegram.GetMyDescriptionParams: telegram.GetMyDescriptionOptions

---@class telegram.GetMyNameOptions
---@field language_code? string A two-letter ISO 639-1 language code or an empty string

---@class telegram.GetMyNameParams: telegram.GetMyNameOptions

---@class telegram.GetMyShortDescriptionOptions
---@field language_code? string A two-letter ISO 639-1 language code or an empty string

---@class telegram.GetMyShortDescriptionParams: telegram.GetMyShortDescriptionOptions

---@class telegram.GetStarTransactionsOptions
---@field offset? integer Number of transactions to skip in the response
---@field limit? integer The maximum number of transactions to be retrieved. Values between 1-100 are accepted. Defaults to 100.

---@class telegram.GetStarTransactionsParams: telegram.GetStarTransactionsOptions

---@class telegram.GetStickerSetOptions

---@class telegram.GetStickerSetParams: telegram.GetStickerSetOptions
---@field name string Name of the sticker set

---@class telegram.GetUpdatesOptions
---@field offset? integer Identifier of the first update to be returned. Must be greater by one than the highest among the identifiers of previously received updates. By default, updates starting with the earliest unconfirmed update are returned. An update is considered confirmed as soon as getUpdates is called with an offset higher than its update_id. The negative offset can be specified to retrieve updates starting from -offset update from the end of the updates queue. All previous updates will be forgotten.
---@field limit? integer Limits the number of updates to be retrieved. Values between 1-100 are accepted. Defaults to 100.
---@field timeout? integer Timeout in seconds for long polling. Defaults to 0, i.e. usual short polling. Should be positive, short polling should be used for testing purposes only.
---@field allowed_updates? string[] A list of the update types you want your bot to receive. For example, specify ["message", "edited_channel_post", "callback_query"] to only receive updates of these types. See Update for a complete list of available update types. Specify an empty list to receive all update types except chat_member, message_reaction, and message_reaction_count (default). If not specified, the previous setting will be used. Please note that this parameter doesn't affect updates created before the call to getUpdates, so unwanted updates may be received for a short period of time.

---@class telegram.GetUpdatesParams: telegram.GetUpdatesOptions

---@class telegram.GetUserChatBoostsOptions

---@class telegram.GetUserChatBoostsParams: telegram.GetUserChatBoostsOptions
---@field chat_id integer|string Unique identifier for the chat or username of the channel (in the format `@channelusername`)
---@field user_id integer Unique identifier of the target user

---@class telegram.GetUserGiftsOptions
---@field exclude_unlimited? boolean Pass True to exclude gifts that can be purchased an unlimited number of times
---@field exclude_limited_upgradable? boolean Pass True to exclude gifts that can be purchased a limited number of times and can be upgraded to unique
---@field exclude_limited_non_upgradable? boolean Pass True to exclude gifts that can be purchased a limited number of times and can't be upgraded to unique
---@field exclude_from_blockchain? boolean Pass True to exclude gifts that were assigned from the TON blockchain and can't be resold or transferred in Telegram
---@field exclude_unique? boolean Pass True to exclude unique gifts
---@field sort_by_price? boolean Pass True to sort results by gift price instead of send date. Sorting is applied before pagination.
---@field offset? string Offset of the first entry to return as received from the previous request; use an empty string to get the first chunk of results
---@field limit? integer The maximum number of gifts to be returned; 1-100. Defaults to 100.

---@class telegram.GetUserGiftsParams: telegram.GetUserGiftsOptions
---@field user_id integer Unique identifier of the user

---@class telegram.GetUserPersonalChatMessagesOptions

---@class telegram.GetUserPersonalChatMessagesParams: telegram.GetUserPersonalChatMessagesOptions
---@field user_id integer Unique identifier for the target user
---@field limit integer The maximum number of messages to return; 1-20

---@class telegram.GetUserProfileAudiosOptions
---@field offset? integer Sequential number of the first audio to be returned. By default, all audios are returned.
---@field limit? integer Limits the number of audios to be retrieved. Values between 1-100 are accepted. Defaults to 100.

---@class telegram.GetUserProfileAudiosParams: telegram.GetUserProfileAudiosOptions
---@field user_id integer Unique identifier of the target user

---@class telegram.GetUserProfilePhotosOptions
---@field offset? integer Sequential number of the first photo to be returned. By default, all photos are returned.
---@field limit? integer Limits the number of photos to be retrieved. Values between 1-100 are accepted. Defaults to 100.

---@class telegram.GetUserProfilePhotosParams: telegram.GetUserProfilePhotosOptions
---@field user_id integer Unique identifier of the target user

---@class telegram.GiftPremiumSubscriptionOptions
---@field text? string Text that will be shown along with the service message about the subscription; 0-128 characters
---@field text_parse_mode? telegram.ParseMode Mode for parsing entities in the text. See formatting options for more details. Entities other than “bold”, “italic”, “underline”, “strikethrough”, “spoiler”, “custom_emoji”, and “date_time” are ignored.
---@field text_entities? telegram.MessageEntity[] A list of special entities that appear in the gift text. It can be specified instead of text_parse_mode. Entities other than “bold”, “italic”, “underline”, “strikethrough”, “spoiler”, “custom_emoji”, and “date_time” are ignored.

---@class telegram.GiftPremiumSubscriptionParams: telegram.GiftPremiumSubscriptionOptions
---@field user_id integer Unique identifier of the target user who will receive a Telegram Premium subscription
---@field month_count 3|6|12 Number of months the Telegram Premium subscription will be active for the user; must be one of 3, 6, or 12
---@field star_count 1000|1500|2500 Number of Telegram Stars to pay for the Telegram Premium subscription; must be 1000 for 3 months, 1500 for 6 months, and 2500 for 12 months

---@class telegram.HideGeneralForumTopicOptions

---@class telegram.HideGeneralForumTopicParams: telegram.HideGeneralForumTopicOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`

---@class telegram.LeaveChatOptions

---@class telegram.LeaveChatParams: telegram.LeaveChatOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup or channel in the format `@username`. Channel direct messages chats aren't supported; leave the corresponding channel instead.

---@class telegram.PinChatMessageOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be pinned
---@field disable_notification? boolean Pass True if it is not necessary to send a notification to all chat members about the new pinned message. Notifications are always disabled in channels and private chats.

---@class telegram.PinChatMessageParams: telegram.PinChatMessageOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`
---@field message_id integer Identifier of a message to pin

---@class telegram.PostStoryOptions
---@field caption? string Caption of the story, 0-2048 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the story caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field areas? telegram.StoryArea[] A list of clickable areas to be shown on the story
---@field post_to_chat_page? boolean Pass True to keep the story accessible after it expires
---@field protect_content? boolean Pass True if the content of the story must be protected from forwarding and screenshotting

---@class telegram.PostStoryParams: telegram.PostStoryOptions
---@field business_connection_id string Unique identifier of the business connection
---@field content telegram.InputStoryContent Content of the story
---@field active_period integer Period after which the story is moved to the archive, in seconds; must be one of 6 * 3600, 12 * 3600, 86400, or 2 * 86400

---@class telegram.PromoteChatMemberOptions
---@field is_anonymous? boolean Pass True if the administrator's presence in the chat is hidden
---@field can_manage_chat? boolean Pass True if the administrator can access the chat event log, get boost list, see hidden supergroup and channel members, report spam messages, ignore slow mode, and send messages to the chat without paying Telegram Stars. Implied by any other administrator privilege.
---@field can_delete_messages? boolean Pass True if the administrator can delete messages of other users
---@field can_manage_video_chats? boolean Pass True if the administrator can manage video chats
---@field can_restrict_members? boolean Pass True if the administrator can restrict, ban or unban chat members, or access supergroup statistics. For backward compatibility, defaults to True for promotions of channel administrators.
---@field can_promote_members? boolean Pass True if the administrator can add new administrators with a subset of their own privileges or demote administrators that they have promoted, directly or indirectly (promoted by administrators that were appointed by him)
---@field can_change_info? boolean Pass True if the administrator can change chat title, photo and other settings
---@field can_invite_users? boolean Pass True if the administrator can invite new users to the chat
---@field can_manage_tags? boolean Pass True if the administrator can edit the tags of regular members; for groups and supergroups only
---@field can_post_stories? boolean True if the administrator can post stories to the chat
---@field can_edit_stories? boolean Pass True if the administrator can edit stories posted by other users, post stories to the chat page, pin chat stories, and access the chat's story archive
---@field can_delete_stories? boolean True if the administrator can delete stories posted by other users
---@field can_post_messages? boolean Pass True if the administrator can post messages in the channel, approve suggested posts, or access channel statistics; for channels only
---@field can_edit_messages? boolean True if the administrator can edit messages of other users and can pin messages; for channels only
---@field can_pin_messages? boolean True if the administrator can pin messages; for supergroups only
---@field can_manage_topics? boolean True if the user is allowed to create, rename, close, and reopen forum topics; for supergroups only
---@field can_manage_direct_messages? boolean Pass True if the administrator can manage direct messages within the channel and decline suggested posts; for channels only
---@field can_send_welcome_messages? boolean Pass True if the administrator can manage chat welcome messages or directly send them in the case of bots

---@class telegram.PromoteChatMemberParams: telegram.PromoteChatMemberOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`
---@field user_id integer Unique identifier of the target user

---@class telegram.ReadBusinessMessageOptions

---@class telegram.ReadBusinessMessageParams: telegram.ReadBusinessMessageOptions
---@field business_connection_id string Unique identifier of the business connection on behalf of which to read the message
---@field chat_id integer Unique identifier of the chat in which the message was received. The chat must have been active in the last 24 hours.
---@field message_id integer Unique identifier of the message to mark as read

---@class telegram.RefundStarPaymentOptions

---@class telegram.RefundStarPaymentParams: telegram.RefundStarPaymentOptions
---@field user_id integer Identifier of the user whose payment will be refunded
---@field telegram_payment_charge_id string Telegram payment identifier

---@class telegram.RemoveBusinessAccountProfilePhotoOptions
---@field is_public? boolean Pass True to remove the public photo, which is visible even if the main photo is hidden by the business account's privacy settings. After the main photo is removed, the previous profile photo (if present) becomes the main photo.

---@class telegram.RemoveBusinessAccountProfilePhotoParams: telegram.RemoveBusinessAccountProfilePhotoOptions
---@field business_connection_id string Unique identifier of the business connection

---@class telegram.RemoveChatVerificationOptions

---@class telegram.RemoveChatVerificationParams: telegram.RemoveChatVerificationOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot or channel in the format `@username`

---@class telegram.RemoveUserVerificationOptions

---@class telegram.RemoveUserVerificationParams: telegram.RemoveUserVerificationOptions
---@field user_id integer Unique identifier of the target user

---@class telegram.ReopenForumTopicOptions

---@class telegram.ReopenForumTopicParams: telegram.ReopenForumTopicOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field message_thread_id integer Unique identifier for the target message thread of the forum topic

---@class telegram.ReopenGeneralForumTopicOptions

---@class telegram.ReopenGeneralForumTopicParams: telegram.ReopenGeneralForumTopicOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`

---@class telegram.ReplaceManagedBotTokenOptions

---@class telegram.ReplaceManagedBotTokenParams: telegram.ReplaceManagedBotTokenOptions
---@field user_id integer User identifier of the managed bot whose token will be replaced

---@class telegram.ReplaceStickerInSetOptions

---@class telegram.ReplaceStickerInSetParams: telegram.ReplaceStickerInSetOptions
---@field user_id integer User identifier of the sticker set owner
---@field name string Sticker set name
---@field old_sticker string File identifier of the replaced sticker
---@field sticker telegram.InputSticker An object with information about the added sticker. If exactly the same sticker had already been added to the set, then the set remains unchanged.:x

---@class telegram.RepostStoryOptions
---@field post_to_chat_page? boolean Pass True to keep the story accessible after it expires
---@field protect_content? boolean Pass True if the content of the story must be protected from forwarding and screenshotting

---@class telegram.RepostStoryParams: telegram.RepostStoryOptions
---@field business_connection_id string Unique identifier of the business connection
---@field from_chat_id integer Unique identifier of the chat which posted the story that should be reposted
---@field from_story_id integer Unique identifier of the story that should be reposted
---@field active_period integer Period after which the story is moved to the archive, in seconds; must be one of 6 * 3600, 12 * 3600, 86400, or 2 * 86400

---@class telegram.RestrictChatMemberOptions
---@field use_independent_chat_permissions? boolean Pass True if chat permissions are set independently. Otherwise, the can_send_other_messages and can_add_web_page_previews permissions will imply the can_send_messages, can_send_audios, can_send_documents, can_send_photos, can_send_videos, can_send_video_notes, and can_send_voice_notes permissions; the can_send_polls permission will imply the can_send_messages permission.
---@field until_date? integer Date when restrictions will be lifted for the user; Unix time. If user is restricted for more than 366 days or less than 30 seconds from the current time, they are considered to be restricted forever.

---@class telegram.RestrictChatMemberParams: telegram.RestrictChatMemberOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field user_id integer Unique identifier of the target user
---@field permissions telegram.ChatPermissions An object for new user permissions

---@class telegram.RevokeChatInviteLinkOptions

---@class telegram.RevokeChatInviteLinkParams: telegram.RevokeChatInviteLinkOptions
---@field chat_id integer|string Unique identifier of the target chat or username of the target channel in the format `@username`
---@field invite_link string The invite link to revoke

---@class telegram.SavePreparedInlineMessageOptions
---@field allow_user_chats? boolean Pass True if the message can be sent to private chats with users
---@field allow_bot_chats? boolean Pass True if the message can be sent to private chats with bots
---@field allow_group_chats? boolean Pass True if the message can be sent to group and supergroup chats
---@field allow_channel_chats? boolean Pass True if the message can be sent to channel chats

---@class telegram.SavePreparedInlineMessageParams: telegram.SavePreparedInlineMessageOptions
---@field user_id integer Unique identifier of the target user that can use the prepared message
---@field result telegram.InlineQueryResult An object describing the message to be sent

---@class telegram.SavePreparedKeyboardButtonOptions

---@class telegram.SavePreparedKeyboardButtonParams: telegram.SavePreparedKeyboardButtonOptions
---@field user_id integer Unique identifier of the target user that can use the button
---@field button telegram.KeyboardButton An object describing the button to be saved. The button must be of the type request_users, request_chat, or request_managed_bot.

---@class telegram.SendAnimationOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field duration? integer Duration of sent animation in seconds
---@field width? integer Animation width
---@field height? integer Animation height
---@field thumbnail? tgrunner.InputFile Thumbnail of the file sent; can be ignored if thumbnail generation for the file is supported server-side. The thumbnail should be in JPEG format and less than 200 kB in size. A thumbnail's width and height should not exceed 320. Ignored if the file is not uploaded using multipart/form-data. Thumbnails can't be reused and can be only uploaded as a new file, so you can pass "attach://\<file_attach_name>" if the thumbnail was uploaded using multipart/form-data under \<file_attach_name>.
---@field caption? string Animation caption (may also be used when resending animation by file_id), 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the animation caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field has_spoiler? boolean Pass True if the animation needs to be covered with a spoiler animation
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendAnimationParams: telegram.SendAnimationOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field animation tgrunner.InputFile|string Animation to send. Pass a file_id as String to send an animation that exists on the Telegram servers (recommended), pass an HTTP URL as a String for Telegram to get an animation from the Internet, or upload a new animation using multipart/form-data.

---@class telegram.SendAudioOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field caption? string Audio caption, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the audio caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field duration? integer Duration of the audio in seconds
---@field performer? string Performer
---@field title? string Track name
---@field thumbnail? tgrunner.InputFile Thumbnail of the file sent; can be ignored if thumbnail generation for the file is supported server-side. The thumbnail should be in JPEG format and less than 200 kB in size. A thumbnail's width and height should not exceed 320. Ignored if the file is not uploaded using multipart/form-data. Thumbnails can't be reused and can be only uploaded as a new file, so you can pass "attach://\<file_attach_name>" if the thumbnail was uploaded using multipart/form-data under \<file_attach_name>.
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendAudioParams: telegram.SendAudioOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field audio tgrunner.InputFile|string Audio file to send. Pass a file_id as String to send an audio file that exists on the Telegram servers (recommended), pass an HTTP URL as a String for Telegram to get an audio file from the Internet, or upload a new one using multipart/form-data.

---@class telegram.SendChatActionOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the action will be sent
---@field message_thread_id? integer Unique identifier for the target message thread or topic of a forum; for supergroups and private chats of bots with forum topic mode enabled only

---@class telegram.SendChatActionParams: telegram.SendChatActionOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot or supergroup in the format `@username`. Channel chats and channel direct messages chats aren't supported.
---@field action "typing"|"upload_photo"|"record_video"|"upload_video"|"record_voice"|"upload_voice"|"upload_document"|"choose_sticker"|"find_location"|"record_video_note"|"upload_video_note" Type of action to broadcast. Choose one, depending on what the user is about to receive: typing for text messages, upload_photo for photos, record_video or upload_video for videos, record_voice or upload_voice for voice notes, upload_document for general files, choose_sticker for stickers, find_location for location data, record_video_note or upload_video_note for video notes.

---@class telegram.SendChatJoinRequestWebAppOptions

---@class telegram.SendChatJoinRequestWebAppParams: telegram.SendChatJoinRequestWebAppOptions
---@field chat_join_request_query_id string Unique identifier of the join request query
---@field web_app_url string An HTTPS URL of a Web App to be opened with additional data as specified in Initializing Web Apps

---@class telegram.SendChecklistOptions
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field message_effect_id? string Unique identifier of the message effect to be added to the message
---@field reply_parameters? telegram.ReplyParameters An object for description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup An object for an inline keyboard

---@class telegram.SendChecklistParams: telegram.SendChecklistOptions
---@field business_connection_id string Unique identifier of the business connection on behalf of which the message will be sent
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot in the format `@username`
---@field checklist telegram.InputChecklist An object for the checklist to send

---@class telegram.SendContactOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field last_name? string Contact's last name
---@field vcard? string Additional data about the contact in the form of a vCard, 0-2048 bytes
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendContactParams: telegram.SendContactOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field phone_number string Contact's phone number
---@field first_name string Contact's first name

---@class telegram.SendDiceOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field emoji? string Emoji on which the dice throw animation is based. Currently, must be one of "🎲", "🎯", "🏀", "⚽", "🎳", or "🎰". Dice can have values 1-6 for "🎲", "🎯" and "🎳", values 1-5 for "🏀" and "⚽", and values 1-64 for "🎰". Defaults to "🎲".
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendDiceParams: telegram.SendDiceOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`

---@class telegram.SendDocumentOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field thumbnail? tgrunner.InputFile Thumbnail of the file sent; can be ignored if thumbnail generation for the file is supported server-side. The thumbnail should be in JPEG format and less than 200 kB in size. A thumbnail's width and height should not exceed 320. Ignored if the file is not uploaded using multipart/form-data. Thumbnails can't be reused and can be only uploaded as a new file, so you can pass "attach://\<file_attach_name>" if the thumbnail was uploaded using multipart/form-data under \<file_attach_name>.
---@field caption? string Document caption (may also be used when resending documents by file_id), 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the document caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field disable_content_type_detection? boolean Disables automatic server-side content type detection for files uploaded using multipart/form-data. Always true, if the document is sent as part of an album.
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendDocumentParams: telegram.SendDocumentOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field document tgrunner.InputFile|string File to send. Pass a file_id as String to send a file that exists on the Telegram servers (recommended), pass an HTTP URL as a String for Telegram to get a file from the Internet, or upload a new one using multipart/form-data.

---@class telegram.SendGameOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup An object for an inline keyboard. If empty, one 'Play game_title' button will be shown. If not empty, the first button must launch the game.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendGameParams: telegram.SendGameOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot in the format `@username`. Games can't be sent to channel direct messages chats and channel chats.
---@field game_short_name string Short name of the game, serves as the unique identifier for the game. Set up your games via BotFather.

---@class telegram.SendGiftOptions
---@field user_id? integer Required if chat_id is not specified. Unique identifier of the target user who will receive the gift.
---@field chat_id? integer|string Required if user_id is not specified. Unique identifier for the chat or username of the channel (in the format `@username`) that will receive the gift.
---@field pay_for_upgrade? boolean Pass True to pay for the gift upgrade from the bot's balance, thereby making the upgrade free for the receiver
---@field text? string Text that will be shown along with the gift; 0-128 characters
---@field text_parse_mode? telegram.ParseMode Mode for parsing entities in the text. See formatting options for more details. Entities other than “bold”, “italic”, “underline”, “strikethrough”, “spoiler”, “custom_emoji”, and “date_time” are ignored.
---@field text_entities? telegram.MessageEntity[] A list of special entities that appear in the gift text. It can be specified instead of text_parse_mode. Entities other than “bold”, “italic”, “underline”, “strikethrough”, “spoiler”, “custom_emoji”, and “date_time” are ignored.

---@class telegram.SendGiftParams: telegram.SendGiftOptions
---@field gift_id string Identifier of the gift

---@class telegram.SendInvoiceOptions
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field provider_token? string Payment provider token, obtained via BotFather. Pass an empty string for payments in Telegram Stars.
---@field max_tip_amount? integer The maximum accepted amount for tips in the smallest units of the currency (integer, not float/double). For example, for a maximum tip of US$ 1.45 pass max_tip_amount = 145. See the exp parameter in currencies.json, it shows the number of digits past the decimal point for each currency (2 for the majority of currencies). Defaults to 0. Not supported for payments in Telegram Stars.
---@field suggested_tip_amounts? integer[] An Array of suggested amounts of tips in the smallest units of the currency (integer, not float/double). At most 4 suggested tip amounts can be specified. The suggested tip amounts must be positive, passed in a strictly increased order and must not exceed max_tip_amount.
---@field start_parameter? string Unique deep-linking parameter. If left empty, forwarded copies of the sent message will have a Pay button, allowing multiple users to pay directly from the forwarded message, using the same invoice. If non-empty, forwarded copies of the sent message will have a URL button with a deep link to the bot (instead of a Pay button), with the value used as the start parameter.
---@field provider_data? string|table Data about the invoice, which will be shared with the payment provider. A detailed description of required fields should be provided by the payment provider.
---@field photo_url? string URL of the product photo for the invoice. Can be a photo of the goods or a marketing image for a service. People like it better when they see what they are paying for.
---@field photo_size? integer Photo size in bytes
---@field photo_width? integer Photo width
---@field photo_height? integer Photo height
---@field need_name? boolean Pass True if you require the user's full name to complete the order. Ignored for payments in Telegram Stars.
---@field need_phone_number? boolean Pass True if you require the user's phone number to complete the order. Ignored for payments in Telegram Stars.
---@field need_email? boolean Pass True if you require the user's email address to complete the order. Ignored for payments in Telegram Stars.
---@field need_shipping_address? boolean Pass True if you require the user's shipping address to complete the order. Ignored for payments in Telegram Stars.
---@field send_phone_number_to_provider? boolean Pass True if the user's phone number should be sent to provider. Ignored for payments in Telegram Stars.
---@field send_email_to_provider? boolean Pass True if the user's email address should be sent to provider. Ignored for payments in Telegram Stars.
---@field is_flexible? boolean Pass True if the final price depends on the shipping method. Ignored for payments in Telegram Stars.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup An object for an inline keyboard. If empty, one 'Pay total price' button will be shown. If not empty, the first button must be a Pay button.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendInvoiceParams: telegram.SendInvoiceOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field title string Product name, 1-32 characters
---@field description string Product description, 1-255 characters
---@field payload string Bot-defined invoice payload, 1-128 bytes. This will not be displayed to the user, use it for your internal processes.
---@field currency string Three-letter ISO 4217 currency code, see more on currencies. Pass “XTR” for payments in Telegram Stars.
---@field prices telegram.LabeledPrice[] Price breakdown, a JSON-serialized list of components (e.g. product price, tax, discount, delivery cost, delivery tax, bonus, etc.). Must contain exactly one item for payments in Telegram Stars.

---@class telegram.SendLivePhotoOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field caption? string Video caption (may also be used when resending videos by file_id), 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the video caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field has_spoiler? boolean Pass True if the video needs to be covered with a spoiler animation
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.

---@class telegram.SendLivePhotoParams: telegram.SendLivePhotoOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel (in the format @channelusername)
---@field live_photo tgrunner.InputFile|string Live photo video to send. Pass a file_id as String to send a video that exists on the Telegram servers (recommended) or upload a new video using multipart/form-data. Sending live photos by a URL is currently unsupported.
---@field photo tgrunner.InputFile|string The static photo to send. Pass a file_id as String to send a photo that exists on the Telegram servers (recommended) or upload a new video using multipart/form-data. Sending live photos by a URL is currently unsupported.

---@class telegram.SendLocationOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field horizontal_accuracy? number The radius of uncertainty for the location, measured in meters; 0-1500
---@field live_period? integer Period in seconds during which the location will be updated (see Live Locations), must be between 60 and 86400, or 0x7FFFFFFF for live locations that can be edited indefinitely. Must be 0 for ephemeral messages.
---@field heading? integer The direction in which user is moving, in degrees; 1-360. For active live locations only.
---@field proximity_alert_radius? integer The maximum distance for proximity alerts about approaching another chat member, in meters. For sent live locations only.
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendLocationParams: telegram.SendLocationOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field latitude number Latitude of the location
---@field longitude number Longitude of the location

---@class telegram.SendMediaGroupOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the messages will be sent; required if the messages are sent to a direct messages chat
---@field disable_notification? boolean Sends the messages silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent messages from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendMediaGroupParams: telegram.SendMediaGroupOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field media telegram.InputMediaAudio[]|telegram.InputMediaDocument[]|(telegram.InputMediaLivePhoto|telegram.InputMediaPhoto|telegram.InputMediaVideo)[] An Array describing messages to be sent, must include 2-10 items

---@class telegram.SendMessageOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the message text. See formatting options for more details.
---@field entities? telegram.MessageEntity[] A list of special entities that appear in message text, which can be specified instead of parse_mode
---@field link_preview_options? telegram.LinkPreviewOptions Link preview generation options for the message
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendMessageParams: telegram.SendMessageOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field text string Text of the message to be sent, 1-4096 characters after entities parsing

---@class telegram.SendMessageDraftOptions
---@field message_thread_id? integer Unique identifier for the target message thread
---@field text? string Text of the message to be sent, 0-4096 characters after entities parsing. Pass an empty text to show a “Thinking…” placeholder.
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the message text. See formatting options for more details.
---@field entities? telegram.MessageEntity[] A list of special entities that appear in message text, which can be specified instead of parse_mode
---@field can_stop? boolean Pass True to show the user a button to stop further drafts. The bot will receive an Update “stopped_message_generation” if the user presses the button.
---@field keep_on_stop? boolean Pass True to keep the draft in the chat when the button is pressed. The draft will still disappear after a short time or if the bot sends a message. To fully preserve the partial draft, the bot should send it as a new message.

---@class telegram.SendMessageDraftParams: telegram.SendMessageDraftOptions
---@field chat_id integer Unique identifier for the target private chat
---@field draft_id integer Unique identifier of the message draft; must be non-zero. Changes to drafts with the same identifier are animated. Otherwise, the draft is replaced without animation.

---@class telegram.SendPaidMediaOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message to be edited was sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field payload? string Bot-defined paid media payload, 0-128 bytes. This will not be displayed to the user, use it for your internal processes.
---@field caption? string Media caption, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the media caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. A JSON-serialized object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user

---@class telegram.SendPaidMediaParams: telegram.SendPaidMediaOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`. If the chat is a channel, all Telegram Star proceeds from this media will be credited to the chat's balance. Otherwise, they will be credited to the bot's balance.
---@field star_count integer The number of Telegram Stars that must be paid to buy access to the media; 1-25000
---@field media telegram.InputPaidMedia[] An Array describing the media to be sent; up to 10 items

---@class telegram.SendPhotoOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field caption? string Photo caption (may also be used when resending photos by file_id), 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the photo caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field has_spoiler? boolean Pass True if the photo needs to be covered with a spoiler animation
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendPhotoParams: telegram.SendPhotoOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field photo tgrunner.InputFile|string Photo to send. Pass a file_id as String to send a photo that exists on the Telegram servers (recommended), pass an HTTP URL as a String for Telegram to get a photo from the Internet, or upload a new photo using multipart/form-data. The photo must be at most 10 MB in size. The photo's width and height must not exceed 10000 in total. Width and height ratio must be at most 20.

---@class telegram.SendPollOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field question_parse_mode? telegram.ParseMode Mode for parsing entities in the question. See formatting options for more details. Currently, only custom emoji entities are allowed.
---@field question_entities? telegram.MessageEntity[] A list of special entities that appear in the poll question. It can be specified instead of question_parse_mode.
---@field is_anonymous? boolean True, if the poll needs to be anonymous, defaults to True
---@field type? "quiz"|"regular" Poll type, “quiz” or “regular”, defaults to “regular”
---@field allows_multiple_answers? boolean Pass True if the poll allows multiple answers, defaults to False
---@field allows_revoting? boolean Pass True if the poll allows to change chosen answer options, defaults to False for quizzes and to True for regular polls
---@field shuffle_options? boolean Pass True if the poll options must be shown in random order
---@field allow_adding_options? boolean Pass True if answer options can be added to the poll after creation; not supported for anonymous polls and quizzes
---@field hide_results_until_closes? boolean Pass True if poll results must be shown only after the poll closes
---@field members_only? boolean Pass True if voting is limited to users who have been members of the chat where the poll is being sent for more than 24 hours; for channel chats only
---@field country_codes? string[] A list of 0-12 two-letter ISO 3166-1 alpha-2 country codes indicating the countries from which users can vote in the poll; for channel chats only. Use “FT” as a country code to allow users with anonymous numbers to vote. If omitted or empty, then users from any country can participate in the poll.
---@field correct_option_ids? integer[] A list of monotonically increasing 0-based identifiers of the correct answer options, required for polls in quiz mode
---@field explanation? string Text that is shown when a user chooses an incorrect answer or taps on the lamp icon in a quiz-style poll, 0-200 characters with at most 2 line feeds after entities parsing
---@field explanation_parse_mode? telegram.ParseMode Mode for parsing entities in the explanation. See formatting options for more details.
---@field explanation_entities? telegram.MessageEntity[] A list of special entities that appear in the poll explanation. It can be specified instead of explanation_parse_mode
---@field explanation_media? telegram.InputPollMedia Media added to the quiz explanation
---@field description? string Description of the poll to be sent, 0-1024 characters after entities parsing
---@field description_parse_mode? string Mode for parsing entities in the poll description. See formatting options for more details.
---@field description_entities? telegram.MessageEntity[] A list of special entities that appear in the poll description, which can be specified instead of description_parse_mode
---@field media? telegram.InputPollMedia Media added to the poll description
---@field open_period? integer Amount of time in seconds the poll will be active after creation, 5-2628000. Can't be used together with close_date.
---@field close_date? integer Point in time (Unix timestamp) when the poll will be automatically closed. Must be at least 5 and no more than 2628000 seconds in the future. Can't be used together with open_period.
---@field is_closed? boolean Pass True if the poll needs to be immediately closed. This can be useful for poll preview.
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendPollParams: telegram.SendPollOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`. Polls can't be sent to channel direct messages chats.
---@field question string Poll question, 1-300 characters
---@field options telegram.InputPollOption[] A list of 1-12 answer options

---@class telegram.SendRichMessageOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.

---@class telegram.SendRichMessageParams: telegram.SendRichMessageOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format @username
---@field rich_message telegram.InputRichMessage The message to be sent

---@class telegram.SendRichMessageDraftOptions
---@field message_thread_id? integer Unique identifier for the target message thread
---@field can_stop? boolean Pass True to show the user a button to stop further drafts. The bot will receive an Update “stopped_message_generation” if the user presses the button.
---@field keep_on_stop? boolean Pass True to keep the draft in the chat when the button is pressed. The draft will still disappear after a short time or if the bot sends a message. To fully preserve the partial draft, the bot should send it as a new message.

---@class telegram.SendRichMessageDraftParams: telegram.SendRichMessageDraftOptions
---@field chat_id integer Unique identifier for the target private chat
---@field draft_id integer Unique identifier of the message draft; must be non-zero. Changes to drafts with the same identifier are animated. Otherwise, the draft is replaced without animation.
---@field rich_message telegram.InputRichMessage The partial message to be streamed. Direct upload of new files and explicit upload of files by a URL isn't supported.

---@class telegram.SendStickerOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field emoji? string Emoji associated with the sticker; only for just uploaded stickers
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendStickerParams: telegram.SendStickerOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field sticker tgrunner.InputFile|string Sticker to send. Pass a file_id as String to send a file that exists on the Telegram servers (recommended), pass an HTTP URL as a String for Telegram to get a .WEBP sticker from the Internet, or upload a new .WEBP, .TGS, or .WEBM sticker using multipart/form-data. Video and animated stickers can't be sent via an HTTP URL.

---@class telegram.SendVenueOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field foursquare_id? string Foursquare identifier of the venue
---@field foursquare_type? string Foursquare type of the venue, if known. (For example, “arts_entertainment/default”, “arts_entertainment/aquarium” or “food/icecream”.)
---@field google_place_id? string Google Places identifier of the venue
---@field google_place_type? string Google Places type of the venue. (See supported types.)
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendVenueParams: telegram.SendVenueOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field latitude number Latitude of the venue
---@field longitude number Longitude of the venue
---@field title string Name of the venue
---@field address string Address of the venue

---@class telegram.SendVideoOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field duration? integer Duration of sent video in seconds
---@field width? integer Video width
---@field height? integer Video height
---@field thumbnail? tgrunner.InputFile Thumbnail of the file sent; can be ignored if thumbnail generation for the file is supported server-side. The thumbnail should be in JPEG format and less than 200 kB in size. A thumbnail's width and height should not exceed 320. Ignored if the file is not uploaded using multipart/form-data. Thumbnails can't be reused and can be only uploaded as a new file, so you can pass "attach://\<file_attach_name>" if the thumbnail was uploaded using multipart/form-data under \<file_attach_name>.
---@field cover? tgrunner.InputFile|string Cover for the video in the message. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass “attach://\<file_attach_name>” to upload a new one using multipart/form-data under \<file_attach_name> name.
---@field start_timestamp? integer Start timestamp for the video in the message
---@field caption? string Video caption (may also be used when resending videos by file_id), 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the video caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field has_spoiler? boolean Pass True if the video needs to be covered with a spoiler animation
---@field supports_streaming? boolean Pass True if the uploaded video is suitable for streaming
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendVideoParams: telegram.SendVideoOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field video tgrunner.InputFile|string Video to send. Pass a file_id as String to send a video that exists on the Telegram servers (recommended), pass an HTTP URL as a String for Telegram to get a video from the Internet, or upload a new video using multipart/form-data.

---@class telegram.SendVideoNoteOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field duration? integer Duration of sent video in seconds
---@field length? integer Video width and height, i.e. diameter of the video message
---@field thumbnail? tgrunner.InputFile Thumbnail of the file sent; can be ignored if thumbnail generation for the file is supported server-side. The thumbnail should be in JPEG format and less than 200 kB in size. A thumbnail's width and height should not exceed 320. Ignored if the file is not uploaded using multipart/form-data. Thumbnails can't be reused and can be only uploaded as a new file, so you can pass "attach://\<file_attach_name>" if the thumbnail was uploaded using multipart/form-data under \<file_attach_name>.
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendVideoNoteParams: telegram.SendVideoNoteOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field video_note tgrunner.InputFile|string Video note to send. Pass a file_id as String to send a video note that exists on the Telegram servers (recommended) or upload a new video using multipart/form-data.. Sending video notes by a URL is currently unsupported

---@class telegram.SendVoiceOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be sent
---@field message_thread_id? integer Unique identifier for the target message thread (topic) of a forum; for forum supergroups and private chats of bots with forum topic mode enabled only
---@field direct_messages_topic_id? integer Identifier of the direct messages topic to which the message will be sent; required if the message is sent to a direct messages chat
---@field ephemeral_message_parameters? telegram.EphemeralMessageParameters An object containing the parameters of the ephemeral message to send
---@field caption? string Voice message caption, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the voice message caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] A list of special entities that appear in the caption, which can be specified instead of parse_mode
---@field duration? integer Duration of the voice message in seconds
---@field disable_notification? boolean Sends the message silently. Users will receive a notification with no sound.
---@field protect_content? boolean Protects the contents of the sent message from forwarding and saving
---@field allow_paid_broadcast? boolean Pass True to allow up to 1000 messages per second, ignoring broadcasting limits for a fee of 0.1 Telegram Stars per message. The relevant Stars will be withdrawn from the bot's balance.
---@field suggested_post_parameters? telegram.SuggestedPostParameters An object containing the parameters of the suggested post to send; for direct messages chats only. If the message is sent as a reply to another suggested post, then that suggested post is automatically declined.
---@field message_effect_id? string Unique identifier of the message effect to be added to the message; for private chats only
---@field reply_parameters? telegram.ReplyParameters Description of the message to reply to
---@field reply_markup? telegram.InlineKeyboardMarkup|telegram.ReplyKeyboardMarkup|telegram.ReplyKeyboardRemove|telegram.ForceReply Additional interface options. An object for an inline keyboard, custom reply keyboard, instructions to remove a reply keyboard or to force a reply from the user.
---@field reply_to_message_id? integer @deprecated Use `reply_parameters` instead.

---@class telegram.SendVoiceParams: telegram.SendVoiceOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field voice tgrunner.InputFile|string Audio file to send. Pass a file_id as String to send a file that exists on the Telegram servers (recommended), pass an HTTP URL as a String for Telegram to get a file from the Internet, or upload a new one using multipart/form-data.

---@class telegram.SetBusinessAccountBioOptions
---@field bio? string The new value of the bio for the business account; 0-140 characters

---@class telegram.SetBusinessAccountBioParams: telegram.SetBusinessAccountBioOptions
---@field business_connection_id string Unique identifier of the business connection

---@class telegram.SetBusinessAccountGiftSettingsOptions

---@class telegram.SetBusinessAccountGiftSettingsParams: telegram.SetBusinessAccountGiftSettingsOptions
---@field business_connection_id string Unique identifier of the business connection
---@field show_gift_button boolean Pass True if a button for sending a gift to the user or by the business account must always be shown in the input field
---@field accepted_gift_types telegram.AcceptedGiftTypes Types of gifts accepted by the business account

---@class telegram.SetBusinessAccountNameOptions
---@field last_name? string The new value of the last name for the business account; 0-64 characters

---@class telegram.SetBusinessAccountNameParams: telegram.SetBusinessAccountNameOptions
---@field business_connection_id string Unique identifier of the business connection
---@field first_name string The new value of the first name for the business account; 1-64 characters

---@class telegram.SetBusinessAccountProfilePhotoOptions
---@field is_public? boolean Pass True to set the public photo, which will be visible even if the main photo is hidden by the business account's privacy settings. An account can have only one public photo.

---@class telegram.SetBusinessAccountProfilePhotoParams: telegram.SetBusinessAccountProfilePhotoOptions
---@field business_connection_id string Unique identifier of the business connection
---@field photo telegram.InputProfilePhoto The new profile photo to set

---@class telegram.SetBusinessAccountUsernameOptions
---@field username? string The new value of the username for the business account; 0-32 characters

---@class telegram.SetBusinessAccountUsernameParams: telegram.SetBusinessAccountUsernameOptions
---@field business_connection_id string Unique identifier of the business connection

---@class telegram.SetChatAdministratorCustomTitleOptions

---@class telegram.SetChatAdministratorCustomTitleParams: telegram.SetChatAdministratorCustomTitleOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field user_id integer Unique identifier of the target user
---@field custom_title string New custom title for the administrator; 0-16 characters, emoji are not allowed

---@class telegram.SetChatDescriptionOptions
---@field description? string New chat description, 0-255 characters

---@class telegram.SetChatDescriptionParams: telegram.SetChatDescriptionOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`

---@class telegram.SetChatMemberTagOptions
---@field tag? string New tag for the member; 0-16 characters, emoji are not allowed

---@class telegram.SetChatMemberTagParams: telegram.SetChatMemberTagOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field user_id integer Unique identifier of the target user

---@class telegram.SetChatMenuButtonOptions
---@field chat_id? integer Unique identifier for the target private chat. If not specified, the bot's default menu button will be changed.
---@field menu_button? telegram.MenuButton An object for the bot's new menu button. Defaults to MenuButtonDefault.

---@class telegram.SetChatMenuButtonParams: telegram.SetChatMenuButtonOptions

---@class telegram.SetChatPermissionsOptions
---@field use_independent_chat_permissions? boolean Pass True if chat permissions are set independently. Otherwise, the can_send_other_messages and can_add_web_page_previews permissions will imply the can_send_messages, can_send_audios, can_send_documents, can_send_photos, can_send_videos, can_send_video_notes, and can_send_voice_notes permissions; the can_send_polls permission will imply the can_send_messages permission.

---@class telegram.SetChatPermissionsParams: telegram.SetChatPermissionsOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field permissions telegram.ChatPermissions An object for new default chat permissions

---@class telegram.SetChatPhotoOptions

---@class telegram.SetChatPhotoParams: telegram.SetChatPhotoOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`
---@field photo tgrunner.InputFile New chat photo, uploaded using multipart/form-data

---@class telegram.SetChatStickerSetOptions

---@class telegram.SetChatStickerSetParams: telegram.SetChatStickerSetOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field sticker_set_name string Name of the sticker set to be set as the group sticker set

---@class telegram.SetChatTitleOptions

---@class telegram.SetChatTitleParams: telegram.SetChatTitleOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`
---@field title string New chat title, 1-128 characters

---@class telegram.SetCustomEmojiStickerSetThumbnailOptions
---@field custom_emoji_id? string Custom emoji identifier of a sticker from the sticker set; pass an empty string to drop the thumbnail and use the first sticker as the thumbnail

---@class telegram.SetCustomEmojiStickerSetThumbnailParams: telegram.SetCustomEmojiStickerSetThumbnailOptions
---@field name string Sticker set name

---@class telegram.SetGameScoreOptions
---@field force? boolean Pass True if the high score is allowed to decrease. This can be useful when fixing mistakes or banning cheaters.
---@field disable_edit_message? boolean Pass True if the game message should not be automatically edited to include the current scoreboard
---@field chat_id? integer Required if inline_message_id is not specified. Unique identifier for the target chat.
---@field message_id? integer Required if inline_message_id is not specified. Identifier of the sent message.
---@field inline_message_id? string Required if chat_id and message_id are not specified. Identifier of the inline message.

---@class telegram.SetGameScoreParams: telegram.SetGameScoreOptions
---@field user_id integer User identifier
---@field score integer New score, must be non-negative

---@class telegram.SetManagedBotAccessSettingsOptions
---@field added_user_ids? integer[] A list of up to 10 identifiers of users who will have access to the bot in addition to its owner. Ignored if is_access_restricted is False.

---@class telegram.SetManagedBotAccessSettingsParams: telegram.SetManagedBotAccessSettingsOptions
---@field user_id integer User identifier of the managed bot whose access settings will be changed
---@field is_access_restricted boolean Pass True if only selected users can access the bot. The bot's owner can always access it.

---@class telegram.SetMessageReactionOptions
---@field reaction? telegram.ReactionType[] A list of reaction types to set on the message. Currently, as non-premium users, bots can set up to one reaction per message. A custom emoji reaction can be used if it is either already present on the message or explicitly allowed by chat administrators. Paid reactions can't be used by bots.
---@field is_big? boolean Pass True to set the reaction with a big animation

---@class telegram.SetMessageReactionParams: telegram.SetMessageReactionOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel (in the format `@channelusername`)
---@field message_id integer Identifier of the target message

---@class telegram.SetMyCommandsOptions
---@field scope? telegram.BotCommandScope An object, describing scope of users for which the commands are relevant. Defaults to BotCommandScopeDefault.
---@field language_code? string A two-letter ISO 639-1 language code. If empty, commands will be applied to all users from the given scope, for whose language there are no dedicated commands.

---@class telegram.SetMyCommandsParams: telegram.SetMyCommandsOptions
---@field commands telegram.BotCommand[] A list of bot commands to be set as the list of the bot's commands. At most 100 commands can be specified.

---@class telegram.SetMyDefaultAdministratorRightsOptions
---@field rights? telegram.ChatAdministratorRights An object describing new default administrator rights. If not specified, the default administrator rights will be cleared.
---@field for_channels? boolean Pass True to change the default administrator rights of the bot in channels. Otherwise, the default administrator rights of the bot for groups and supergroups will be changed.

---@class telegram.SetMyDefaultAdministratorRightsParams: telegram.SetMyDefaultAdministratorRightsOptions

---@class telegram.SetMyDescriptionOptions
---@field description? string New bot description; 0-512 characters. Pass an empty string to remove the dedicated description for the given language.
---@field language_code? string A two-letter ISO 639-1 language code. If empty, the description will be applied to all users for whose language there is no dedicated description.

---@class telegram.SetMyDescriptionParams: telegram.SetMyDescriptionOptions

---@class telegram.SetMyNameOptions
---@field name? string New bot name; 0-64 characters. Pass an empty string to remove the dedicated name for the given language.
---@field language_code? string A two-letter ISO 639-1 language code. If empty, the name will be shown to all users for whose language there is no dedicated name.

---@class telegram.SetMyNameParams: telegram.SetMyNameOptions

---@class telegram.SetMyProfilePhotoOptions

---@class telegram.SetMyProfilePhotoParams: telegram.SetMyProfilePhotoOptions
---@field photo telegram.InputProfilePhoto The new profile photo to set

---@class telegram.SetMyShortDescriptionOptions
---@field short_description? string New short description for the bot; 0-120 characters. Pass an empty string to remove the dedicated short description for the given language.
---@field language_code? string A two-letter ISO 639-1 language code. If empty, the short description will be applied to all users for whose language there is no dedicated short description.

---@class telegram.SetMyShortDescriptionParams: telegram.SetMyShortDescriptionOptions

---@class telegram.SetPassportDataErrorsOptions

---@class telegram.SetPassportDataErrorsParams: telegram.SetPassportDataErrorsOptions
---@field user_id integer User identifier
---@field errors telegram.PassportElementError[] An Array describing the errors

---@class telegram.SetStickerEmojiListOptions

---@class telegram.SetStickerEmojiListParams: telegram.SetStickerEmojiListOptions
---@field sticker string File identifier of the sticker
---@field emoji_list string[] A list of 1-20 emoji associated with the sticker

---@class telegram.SetStickerKeywordsOptions
---@field keywords? string[] A list of 0-20 search keywords for the sticker with total length of up to 64 characters

---@class telegram.SetStickerKeywordsParams: telegram.SetStickerKeywordsOptions
---@field sticker string File identifier of the sticker

---@class telegram.SetStickerMaskPositionOptions
---@field mask_position? telegram.MaskPosition An object with the position where the mask should be placed on faces. Omit the parameter to remove the mask position.

---@class telegram.SetStickerMaskPositionParams: telegram.SetStickerMaskPositionOptions
---@field sticker string File identifier of the sticker

---@class telegram.SetStickerPositionInSetOptions

---@class telegram.SetStickerPositionInSetParams: telegram.SetStickerPositionInSetOptions
---@field sticker string File identifier of the sticker
---@field position integer New sticker position in the set, zero-based

---@class telegram.SetStickerSetThumbnailOptions
---@field thumbnail? tgrunner.InputFile|string A .WEBP or .PNG image with the thumbnail, must be up to 128 kilobytes in size and have a width and height of exactly 100px, or a .TGS animation with a thumbnail up to 32 kilobytes in size (see https://core.telegram.org/stickers#animation-requirements for animated sticker technical requirements), or a .WEBM video with the thumbnail up to 32 kilobytes in size; see https://core.telegram.org/stickers#video-requirements for video sticker technical requirements. Pass a file_id as a String to send a file that already exists on the Telegram servers, pass an HTTP URL as a String for Telegram to get a file from the Internet, or upload a new one using multipart/form-data.. Animated and video sticker set thumbnails can't be uploaded via HTTP URL. If omitted, then the thumbnail is dropped and the first sticker is used as the thumbnail.

---@class telegram.SetStickerSetThumbnailParams: telegram.SetStickerSetThumbnailOptions
---@field name string Sticker set name
---@field user_id integer User identifier of the sticker set owner
---@field format "static"|"animated"|"video" Format of the thumbnail, must be one of “static” for a .WEBP or .PNG image, “animated” for a .TGS animation, or “video” for a .WEBM video

---@class telegram.SetStickerSetTitleOptions

---@class telegram.SetStickerSetTitleParams: telegram.SetStickerSetTitleOptions
---@field name string Sticker set name
---@field title string Sticker set title, 1-64 characters

---@class telegram.SetUserEmojiStatusOptions
---@field emoji_status_custom_emoji_id? string Custom emoji identifier of the emoji status to set. Pass an empty string to remove the status.
---@field emoji_status_expiration_date? integer Expiration date of the emoji status, if any

---@class telegram.SetUserEmojiStatusParams: telegram.SetUserEmojiStatusOptions
---@field user_id integer Unique identifier of the target user

---@class telegram.SetWebhookOptions
---@field certificate? tgrunner.InputFile Upload your public key certificate so that the root certificate in use can be checked. See our self-signed guide for details.
---@field ip_address? string The fixed IP address which will be used to send webhook requests instead of the IP address resolved through DNS
---@field max_connections? integer The maximum allowed number of simultaneous HTTPS connections to the webhook for update delivery, 1-100. Defaults to 40. Use lower values to limit the load on your bot's server, and higher values to increase your bot's throughput.
---@field allowed_updates? string[] A list of the update types you want your bot to receive. For example, specify ["message", "edited_channel_post", "callback_query"] to only receive updates of these types. See Update for a complete list of available update types. Specify an empty list to receive all update types except chat_member, message_reaction, and message_reaction_count (default). If not specified, the previous setting will be used. Please note that this parameter doesn't affect updates created before the call to the setWebhook, so unwanted updates may be received for a short period of time.
---@field drop_pending_updates? boolean Pass True to drop all pending updates
---@field secret_token? string A secret token to be sent in a header “X-Telegram-Bot-Api-Secret-Token” in every webhook request, 1-256 characters. Only characters A-Z, a-z, 0-9, _ and - are allowed. The header is useful to ensure that the request comes from a webhook set by you.

---@class telegram.SetWebhookParams: telegram.SetWebhookOptions
---@field url string HTTPS URL to send updates to. Use an empty string to remove webhook integration.

---@class telegram.StopMessageLiveLocationOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message to be edited was sent
---@field chat_id? integer|string Required if inline_message_id is not specified. Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field message_id? integer Required if inline_message_id is not specified. Identifier of the message with live location to stop.
---@field inline_message_id? string Required if chat_id and message_id are not specified. Identifier of the inline message.
---@field reply_markup? telegram.InlineKeyboardMarkup An object for a new inline keyboard

---@class telegram.StopMessageLiveLocationParams: telegram.StopMessageLiveLocationOptions

---@class telegram.StopPollOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message to be edited was sent
---@field reply_markup? telegram.InlineKeyboardMarkup An object for a new message inline keyboard

---@class telegram.StopPollParams: telegram.StopPollOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`
---@field message_id integer Identifier of the original message with the poll

---@class telegram.TransferBusinessAccountStarsOptions

---@class telegram.TransferBusinessAccountStarsParams: telegram.TransferBusinessAccountStarsOptions
---@field business_connection_id string Unique identifier of the business connection
---@field star_count integer Number of Telegram Stars to transfer; 1-10000

---@class telegram.TransferGiftOptions
---@field star_count? integer The amount of Telegram Stars that will be paid for the transfer from the business account balance. If positive, then the can_transfer_stars business bot right is required.

---@class telegram.TransferGiftParams: telegram.TransferGiftOptions
---@field business_connection_id string Unique identifier of the business connection
---@field owned_gift_id string Unique identifier of the regular gift that should be transferred
---@field new_owner_chat_id integer Unique identifier of the chat which will own the gift. The chat must be active in the last 24 hours.

---@class telegram.UnbanChatMemberOptions
---@field only_if_banned? boolean Do nothing if the user is not banned

---@class telegram.UnbanChatMemberParams: telegram.UnbanChatMemberOptions
---@field chat_id integer|string Unique identifier for the target group or username of the target supergroup or channel in the format `@username`
---@field user_id integer Unique identifier of the target user

---@class telegram.UnbanChatSenderChatOptions

---@class telegram.UnbanChatSenderChatParams: telegram.UnbanChatSenderChatOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`
---@field sender_chat_id integer Unique identifier of the target sender chat

---@class telegram.UnhideGeneralForumTopicOptions

---@class telegram.UnhideGeneralForumTopicParams: telegram.UnhideGeneralForumTopicOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`

---@class telegram.UnpinAllChatMessagesOptions

---@class telegram.UnpinAllChatMessagesParams: telegram.UnpinAllChatMessagesOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`

---@class telegram.UnpinAllForumTopicMessagesOptions

---@class telegram.UnpinAllForumTopicMessagesParams: telegram.UnpinAllForumTopicMessagesOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`
---@field message_thread_id integer Unique identifier for the target message thread of the forum topic

---@class telegram.UnpinAllGeneralForumTopicMessagesOptions

---@class telegram.UnpinAllGeneralForumTopicMessagesParams: telegram.UnpinAllGeneralForumTopicMessagesOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`

---@class telegram.UnpinChatMessageOptions
---@field business_connection_id? string Unique identifier of the business connection on behalf of which the message will be unpinned
---@field message_id? integer Identifier of the message to unpin. Required if business_connection_id is specified. If not specified, the most recent pinned message (by sending date) will be unpinned.

---@class telegram.UnpinChatMessageParams: telegram.UnpinChatMessageOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target channel in the format `@username`

---@class telegram.UpgradeGiftOptions
---@field keep_original_details? boolean Pass True to keep the original gift text, sender and receiver in the upgraded gift
---@field star_count? integer The amount of Telegram Stars that will be paid for the upgrade from the business account balance. If gift.prepaid_upgrade_star_count > 0, then pass 0, otherwise, the can_transfer_stars business bot right is required and gift.upgrade_star_count must be passed.

---@class telegram.UpgradeGiftParams: telegram.UpgradeGiftOptions
---@field business_connection_id string Unique identifier of the business connection
---@field owned_gift_id string Unique identifier of the regular gift that should be upgraded to a unique one

---@class telegram.UploadStickerFileOptions

---@class telegram.UploadStickerFileParams: telegram.UploadStickerFileOptions
---@field user_id integer User identifier of sticker file owner
---@field sticker_format "static"|"animated"|"video" Format of the sticker, must be one of “static”, “animated”, “video”
---@field sticker tgrunner.InputFile A file with the sticker in .WEBP, .PNG, .TGS, or .WEBM format. See https://core.telegram.org/stickers for technical requirements.

---@class telegram.VerifyChatOptions
---@field custom_description? string Custom description for the verification; 0-70 characters. Must be empty if the organization isn't allowed to provide a custom verification description.

---@class telegram.VerifyChatParams: telegram.VerifyChatOptions
---@field chat_id integer|string Unique identifier for the target chat or username of the target bot, supergroup or channel in the format `@username`. Channel direct messages chats can't be verified.

---@class telegram.VerifyUserOptions
---@field custom_description? string Custom description for the verification; 0-70 characters. Must be empty if the organization isn't allowed to provide a custom verification description.

---@class telegram.VerifyUserParams: telegram.VerifyUserOptions
---@field user_id integer Unique identifier of the target user

--- Every method of the Bot API, in both spellings. Each waits for the answer, returns its result and raises a tgrunner.ApiError.
---@class tgrunner.ApiMethods
---@field add_sticker_to_set fun(params: telegram.AddStickerToSetParams): true Use this method to add a new sticker to a set created by the bot. Emoji sticker sets can have up to 200 stickers. Other sticker sets can have up to 120 stickers. Returns True on success.
---@field addStickerToSet fun(params: telegram.AddStickerToSetParams): true Use this method to add a new sticker to a set created by the bot. Emoji sticker sets can have up to 200 stickers. Other sticker sets can have up to 120 stickers. Returns True on success.
---@field answer_callback_query fun(params: telegram.AnswerCallbackQueryParams): true Use this method to send answers to callback queries sent from inline keyboards. The answer will be displayed to the user as a notification at the top of the chat screen or as an alert. On success, True is returned. Alternatively, the user can be redirected to the specified Game URL. For this option to work, you must first create a game for your bot via `@BotFather` and accept the terms. Otherwise, you may use links like t.me/your_bot?start=XXXX that open your bot with a parameter.
---@field answerCallbackQuery fun(params: telegram.AnswerCallbackQueryParams): true Use this method to send answers to callback queries sent from inline keyboards. The answer will be displayed to the user as a notification at the top of the chat screen or as an alert. On success, True is returned. Alternatively, the user can be redirected to the specified Game URL. For this option to work, you must first create a game for your bot via `@BotFather` and accept the terms. Otherwise, you may use links like t.me/your_bot?start=XXXX that open your bot with a parameter.
---@field answer_chat_join_request_query fun(params: telegram.AnswerChatJoinRequestQueryParams): true Use this method to process a received chat join request query. Returns True on success.
---@field answerChatJoinRequestQuery fun(params: telegram.AnswerChatJoinRequestQueryParams): true Use this method to process a received chat join request query. Returns True on success.
---@field answer_guest_query fun(params: telegram.AnswerGuestQueryParams): telegram.SentGuestMessage Use this method to reply to a received guest message. On success, a SentGuestMessage object is returned.
---@field answerGuestQuery fun(params: telegram.AnswerGuestQueryParams): telegram.SentGuestMessage Use this method to reply to a received guest message. On success, a SentGuestMessage object is returned.
---@field answer_inline_query fun(params: telegram.AnswerInlineQueryParams): true Use this method to send answers to an inline query. On success, True is returned. No more than 50 results per query are allowed. Example: An inline bot that sends YouTube videos can ask the user to connect the bot to their YouTube account to adapt search results accordingly. To do this, it displays a 'Connect your YouTube account' button above the results, or even before showing any. The user presses the button, switches to a private chat with the bot and, in doing so, passes a start parameter that instructs the bot to return an OAuth link. Once done, the bot can offer a switch_inline button so that the user can easily return to the chat where they wanted to use the bot's inline capabilities.
---@field answerInlineQuery fun(params: telegram.AnswerInlineQueryParams): true Use this method to send answers to an inline query. On success, True is returned. No more than 50 results per query are allowed. Example: An inline bot that sends YouTube videos can ask the user to connect the bot to their YouTube account to adapt search results accordingly. To do this, it displays a 'Connect your YouTube account' button above the results, or even before showing any. The user presses the button, switches to a private chat with the bot and, in doing so, passes a start parameter that instructs the bot to return an OAuth link. Once done, the bot can offer a switch_inline button so that the user can easily return to the chat where they wanted to use the bot's inline capabilities.
---@field answer_pre_checkout_query fun(params: telegram.AnswerPreCheckoutQueryParams): true Once the user has confirmed their payment and shipping details, the Bot API sends the final confirmation in the form of an Update with the field pre_checkout_query. Use this method to respond to such pre-checkout queries. On success, True is returned. Note: The Bot API must receive an answer within 10 seconds after the pre-checkout query was sent.
---@field answerPreCheckoutQuery fun(params: telegram.AnswerPreCheckoutQueryParams): true Once the user has confirmed their payment and shipping details, the Bot API sends the final confirmation in the form of an Update with the field pre_checkout_query. Use this method to respond to such pre-checkout queries. On success, True is returned. Note: The Bot API must receive an answer within 10 seconds after the pre-checkout query was sent.
---@field answer_shipping_query fun(params: telegram.AnswerShippingQueryParams): true If you sent an invoice requesting a shipping address and the parameter is_flexible was specified, the Bot API will send an Update with a shipping_query field to the bot. Use this method to reply to shipping queries. On success, True is returned.
---@field answerShippingQuery fun(params: telegram.AnswerShippingQueryParams): true If you sent an invoice requesting a shipping address and the parameter is_flexible was specified, the Bot API will send an Update with a shipping_query field to the bot. Use this method to reply to shipping queries. On success, True is returned.
---@field answer_web_app_query fun(params: telegram.AnswerWebAppQueryParams): telegram.SentWebAppMessage Use this method to set the result of an interaction with a Web App and send a corresponding message on behalf of the user to the chat from which the query originated. On success, a SentWebAppMessage object is returned.
---@field answerWebAppQuery fun(params: telegram.AnswerWebAppQueryParams): telegram.SentWebAppMessage Use this method to set the result of an interaction with a Web App and send a corresponding message on behalf of the user to the chat from which the query originated. On success, a SentWebAppMessage object is returned.
---@field approve_chat_join_request fun(params: telegram.ApproveChatJoinRequestParams): true Use this method to approve a chat join request. The bot must be an administrator in the chat for this to work and must have the can_invite_users administrator right. Returns True on success.
---@field approveChatJoinRequest fun(params: telegram.ApproveChatJoinRequestParams): true Use this method to approve a chat join request. The bot must be an administrator in the chat for this to work and must have the can_invite_users administrator right. Returns True on success.
---@field approve_suggested_post fun(params: telegram.ApproveSuggestedPostParams): true Use this method to approve a suggested post in a direct messages chat. The bot must have the 'can_post_messages' administrator right in the corresponding channel chat. Returns True on success.
---@field approveSuggestedPost fun(params: telegram.ApproveSuggestedPostParams): true Use this method to approve a suggested post in a direct messages chat. The bot must have the 'can_post_messages' administrator right in the corresponding channel chat. Returns True on success.
---@field ban_chat_member fun(params: telegram.BanChatMemberParams): true Use this method to ban a user in a group, a supergroup or a channel. In the case of supergroups and channels, the user will not be able to return to the chat on their own using invite links, etc., unless unbanned first. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns True on success.
---@field banChatMember fun(params: telegram.BanChatMemberParams): true Use this method to ban a user in a group, a supergroup or a channel. In the case of supergroups and channels, the user will not be able to return to the chat on their own using invite links, etc., unless unbanned first. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns True on success.
---@field ban_chat_sender_chat fun(params: telegram.BanChatSenderChatParams): true Use this method to ban a channel chat in a supergroup or a channel. Until the chat is unbanned, the owner of the banned chat won't be able to send messages on behalf of any of their channels. The bot must be an administrator in the supergroup or channel for this to work and must have the appropriate administrator rights. Returns True on success.
---@field banChatSenderChat fun(params: telegram.BanChatSenderChatParams): true Use this method to ban a channel chat in a supergroup or a channel. Until the chat is unbanned, the owner of the banned chat won't be able to send messages on behalf of any of their channels. The bot must be an administrator in the supergroup or channel for this to work and must have the appropriate administrator rights. Returns True on success.
---@field close fun(): true Use this method to close the bot instance before moving it from one local server to another. You need to delete the webhook before calling this method to ensure that the bot isn't launched again after server restart. The method will return error 429 in the first 10 minutes after the bot is launched. Returns True on success. Requires no parameters.
---@field close_forum_topic fun(params: telegram.CloseForumTopicParams): true Use this method to close an open topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights, unless it is the creator of the topic. Returns True on success.
---@field closeForumTopic fun(params: telegram.CloseForumTopicParams): true Use this method to close an open topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights, unless it is the creator of the topic. Returns True on success.
---@field close_general_forum_topic fun(params: telegram.CloseGeneralForumTopicParams): true Use this method to close an open 'General' topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights. Returns True on success.
---@field closeGeneralForumTopic fun(params: telegram.CloseGeneralForumTopicParams): true Use this method to close an open 'General' topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights. Returns True on success.
---@field convert_gift_to_stars fun(params: telegram.ConvertGiftToStarsParams): true Converts a given regular gift to Telegram Stars. Requires the can_convert_gifts_to_stars business bot right. Returns True on success.
---@field convertGiftToStars fun(params: telegram.ConvertGiftToStarsParams): true Converts a given regular gift to Telegram Stars. Requires the can_convert_gifts_to_stars business bot right. Returns True on success.
---@field copy_message fun(params: telegram.CopyMessageParams): telegram.MessageId Use this method to copy messages of any kind. Service messages, paid media messages, giveaway messages, giveaway winners messages, and invoice messages can't be copied. A quiz poll can be copied only if the value of the field correct_option_id is known to the bot. The method is analogous to the method forwardMessage, but the copied message doesn't have a link to the original message. Returns the MessageId of the sent message on success.
---@field copyMessage fun(params: telegram.CopyMessageParams): telegram.MessageId Use this method to copy messages of any kind. Service messages, paid media messages, giveaway messages, giveaway winners messages, and invoice messages can't be copied. A quiz poll can be copied only if the value of the field correct_option_id is known to the bot. The method is analogous to the method forwardMessage, but the copied message doesn't have a link to the original message. Returns the MessageId of the sent message on success.
---@field copy_messages fun(params: telegram.CopyMessagesParams): telegram.MessageId[] Use this method to copy messages of any kind. If some of the specified messages can't be found or copied, they are skipped. Service messages, paid media messages, giveaway messages, giveaway winners messages, and invoice messages can't be copied. A quiz poll can be copied only if the value of the field correct_option_id is known to the bot. The method is analogous to the method forwardMessages, but the copied messages don't have a link to the original message. Album grouping is kept for copied messages. On success, an Array of MessageId of the sent messages is returned.
---@field copyMessages fun(params: telegram.CopyMessagesParams): telegram.MessageId[] Use this method to copy messages of any kind. If some of the specified messages can't be found or copied, they are skipped. Service messages, paid media messages, giveaway messages, giveaway winners messages, and invoice messages can't be copied. A quiz poll can be copied only if the value of the field correct_option_id is known to the bot. The method is analogous to the method forwardMessages, but the copied messages don't have a link to the original message. Album grouping is kept for copied messages. On success, an Array of MessageId of the sent messages is returned.
---@field create_chat_invite_link fun(params: telegram.CreateChatInviteLinkParams): telegram.ChatInviteLink Use this method to create an additional invite link for a chat. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. The link can be revoked using the method revokeChatInviteLink. Returns the new invite link as ChatInviteLink object.
---@field createChatInviteLink fun(params: telegram.CreateChatInviteLinkParams): telegram.ChatInviteLink Use this method to create an additional invite link for a chat. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. The link can be revoked using the method revokeChatInviteLink. Returns the new invite link as ChatInviteLink object.
---@field create_chat_subscription_invite_link fun(params: telegram.CreateChatSubscriptionInviteLinkParams): telegram.ChatInviteLink Use this method to create a subscription invite link for a channel chat. The bot must have the can_invite_users administrator rights. The link can be edited using the method editChatSubscriptionInviteLink or revoked using the method revokeChatInviteLink. Returns the new invite link as a ChatInviteLink object.
---@field createChatSubscriptionInviteLink fun(params: telegram.CreateChatSubscriptionInviteLinkParams): telegram.ChatInviteLink Use this method to create a subscription invite link for a channel chat. The bot must have the can_invite_users administrator rights. The link can be edited using the method editChatSubscriptionInviteLink or revoked using the method revokeChatInviteLink. Returns the new invite link as a ChatInviteLink object.
---@field create_forum_topic fun(params: telegram.CreateForumTopicParams): telegram.ForumTopic Use this method to create a topic in a forum supergroup chat or a private chat with a user. In the case of a supergroup chat the bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator right. Returns information about the created topic as a ForumTopic object.
---@field createForumTopic fun(params: telegram.CreateForumTopicParams): telegram.ForumTopic Use this method to create a topic in a forum supergroup chat or a private chat with a user. In the case of a supergroup chat the bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator right. Returns information about the created topic as a ForumTopic object.
---@field create_invoice_link fun(params: telegram.CreateInvoiceLinkParams): string Use this method to create a link for an invoice. Returns the created invoice link as String on success.
---@field createInvoiceLink fun(params: telegram.CreateInvoiceLinkParams): string Use this method to create a link for an invoice. Returns the created invoice link as String on success.
---@field create_new_sticker_set fun(params: telegram.CreateNewStickerSetParams): true Use this method to create a new sticker set owned by a user. The bot will be able to edit the sticker set thus created. Returns True on success.
---@field createNewStickerSet fun(params: telegram.CreateNewStickerSetParams): true Use this method to create a new sticker set owned by a user. The bot will be able to edit the sticker set thus created. Returns True on success.
---@field decline_chat_join_request fun(params: telegram.DeclineChatJoinRequestParams): true Use this method to decline a chat join request. The bot must be an administrator in the chat for this to work and must have the can_invite_users administrator right. Returns True on success.
---@field declineChatJoinRequest fun(params: telegram.DeclineChatJoinRequestParams): true Use this method to decline a chat join request. The bot must be an administrator in the chat for this to work and must have the can_invite_users administrator right. Returns True on success.
---@field decline_suggested_post fun(params: telegram.DeclineSuggestedPostParams): true Use this method to decline a suggested post in a direct messages chat. The bot must have the 'can_manage_direct_messages' administrator right in the corresponding channel chat. Returns True on success.
---@field declineSuggestedPost fun(params: telegram.DeclineSuggestedPostParams): true Use this method to decline a suggested post in a direct messages chat. The bot must have the 'can_manage_direct_messages' administrator right in the corresponding channel chat. Returns True on success.
---@field delete_all_message_reactions fun(params: telegram.DeleteAllMessageReactionsParams): true Use this method to remove up to 10000 recent reactions in a group or a supergroup chat added by a given user or chat. The bot must have the 'can_delete_messages' administrator right in the chat. Returns True on success.
---@field deleteAllMessageReactions fun(params: telegram.DeleteAllMessageReactionsParams): true Use this method to remove up to 10000 recent reactions in a group or a supergroup chat added by a given user or chat. The bot must have the 'can_delete_messages' administrator right in the chat. Returns True on success.
---@field delete_business_messages fun(params: telegram.DeleteBusinessMessagesParams): true Delete messages on behalf of a business account. Requires the can_delete_outgoing_messages business bot right to delete messages sent by the bot itself, or the can_delete_all_messages business bot right to delete any message. Returns True on success.
---@field deleteBusinessMessages fun(params: telegram.DeleteBusinessMessagesParams): true Delete messages on behalf of a business account. Requires the can_delete_outgoing_messages business bot right to delete messages sent by the bot itself, or the can_delete_all_messages business bot right to delete any message. Returns True on success.
---@field delete_chat_photo fun(params: telegram.DeleteChatPhotoParams): true Use this method to delete a chat photo. Photos can't be changed for private chats. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns True on success.
---@field deleteChatPhoto fun(params: telegram.DeleteChatPhotoParams): true Use this method to delete a chat photo. Photos can't be changed for private chats. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns True on success.
---@field delete_chat_sticker_set fun(params: telegram.DeleteChatStickerSetParams): true Use this method to delete a group sticker set from a supergroup. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Use the field can_set_sticker_set ly returned in getChat requests to check if the bot can use this method. Returns True on success.
---@field deleteChatStickerSet fun(params: telegram.DeleteChatStickerSetParams): true Use this method to delete a group sticker set from a supergroup. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Use the field can_set_sticker_set ly returned in getChat requests to check if the bot can use this method. Returns True on success.
---@field delete_ephemeral_message fun(params: telegram.DeleteEphemeralMessageParams): true Use this method to delete an ephemeral message. Note that it is not guaranteed that the user will receive the message deletion event, especially if they are offline. Returns True on success.
---@field deleteEphemeralMessage fun(params: telegram.DeleteEphemeralMessageParams): true Use this method to delete an ephemeral message. Note that it is not guaranteed that the user will receive the message deletion event, especially if they are offline. Returns True on success.
---@field delete_forum_topic fun(params: telegram.DeleteForumTopicParams): true Use this method to delete a forum topic along with all its messages in a forum supergroup chat or a private chat with a user. In the case of a supergroup chat the bot must be an administrator in the chat for this to work and must have the can_delete_messages administrator rights. Returns True on success.
---@field deleteForumTopic fun(params: telegram.DeleteForumTopicParams): true Use this method to delete a forum topic along with all its messages in a forum supergroup chat or a private chat with a user. In the case of a supergroup chat the bot must be an administrator in the chat for this to work and must have the can_delete_messages administrator rights. Returns True on success.
---@field delete_message fun(params: telegram.DeleteMessageParams): true Use this method to delete a message, including service messages, with the following limitations: - A message can only be deleted if it was sent less than 48 hours ago. - Service messages about a supergroup, channel, or forum topic creation can't be deleted. - A dice message in a private chat can only be deleted if it was sent more than 24 hours ago. - Bots can delete outgoing messages in private chats, groups, and supergroups. - Bots can delete incoming messages in private chats. - Bots granted can_post_messages permissions can delete outgoing messages in channels. - If the bot is an administrator of a group, it can delete any message there. - If the bot has can_delete_messages administrator right in a supergroup or a channel, it can delete any message there. - If the bot has can_manage_direct_messages administrator right in a channel, it can delete any message in the corresponding direct messages chat. Returns True on success.
---@field deleteMessage fun(params: telegram.DeleteMessageParams): true Use this method to delete a message, including service messages, with the following limitations: - A message can only be deleted if it was sent less than 48 hours ago. - Service messages about a supergroup, channel, or forum topic creation can't be deleted. - A dice message in a private chat can only be deleted if it was sent more than 24 hours ago. - Bots can delete outgoing messages in private chats, groups, and supergroups. - Bots can delete incoming messages in private chats. - Bots granted can_post_messages permissions can delete outgoing messages in channels. - If the bot is an administrator of a group, it can delete any message there. - If the bot has can_delete_messages administrator right in a supergroup or a channel, it can delete any message there. - If the bot has can_manage_direct_messages administrator right in a channel, it can delete any message in the corresponding direct messages chat. Returns True on success.
---@field delete_message_reaction fun(params: telegram.DeleteMessageReactionParams): true Use this method to remove a reaction from a message in a group or a supergroup chat. The bot must have the 'can_delete_messages' administrator right in the chat. Returns True on success.
---@field deleteMessageReaction fun(params: telegram.DeleteMessageReactionParams): true Use this method to remove a reaction from a message in a group or a supergroup chat. The bot must have the 'can_delete_messages' administrator right in the chat. Returns True on success.
---@field delete_messages fun(params: telegram.DeleteMessagesParams): true Use this method to delete multiple messages simultaneously. Returns True on success.
---@field deleteMessages fun(params: telegram.DeleteMessagesParams): true Use this method to delete multiple messages simultaneously. Returns True on success.
---@field delete_my_commands fun(params?: telegram.DeleteMyCommandsParams): true Use this method to delete the list of the bot's commands for the given scope and user language. After deletion, higher level commands will be shown to affected users. Returns True on success.
---@field deleteMyCommands fun(params?: telegram.DeleteMyCommandsParams): true Use this method to delete the list of the bot's commands for the given scope and user language. After deletion, higher level commands will be shown to affected users. Returns True on success.
---@field delete_sticker_from_set fun(params: telegram.DeleteStickerFromSetParams): true Use this method to delete a sticker from a set created by the bot. Returns True on success.
---@field deleteStickerFromSet fun(params: telegram.DeleteStickerFromSetParams): true Use this method to delete a sticker from a set created by the bot. Returns True on success.
---@field delete_sticker_set fun(params: telegram.DeleteStickerSetParams): true Use this method to delete a sticker set that was created by the bot. Returns True on success.
---@field deleteStickerSet fun(params: telegram.DeleteStickerSetParams): true Use this method to delete a sticker set that was created by the bot. Returns True on success.
---@field delete_story fun(params: telegram.DeleteStoryParams): true Deletes a story previously posted by the bot on behalf of a managed business account. Requires the can_manage_stories business bot right. Returns True on success.
---@field deleteStory fun(params: telegram.DeleteStoryParams): true Deletes a story previously posted by the bot on behalf of a managed business account. Requires the can_manage_stories business bot right. Returns True on success.
---@field delete_webhook fun(params?: telegram.DeleteWebhookParams): true Use this method to remove webhook integration if you decide to switch back to getUpdates. Returns True on success.
---@field deleteWebhook fun(params?: telegram.DeleteWebhookParams): true Use this method to remove webhook integration if you decide to switch back to getUpdates. Returns True on success.
---@field edit_chat_invite_link fun(params: telegram.EditChatInviteLinkParams): telegram.ChatInviteLink Use this method to edit a non-primary invite link created by the bot. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns the edited invite link as a ChatInviteLink object.
---@field editChatInviteLink fun(params: telegram.EditChatInviteLinkParams): telegram.ChatInviteLink Use this method to edit a non-primary invite link created by the bot. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns the edited invite link as a ChatInviteLink object.
---@field edit_chat_subscription_invite_link fun(params: telegram.EditChatSubscriptionInviteLinkParams): telegram.ChatInviteLink Use this method to edit a subscription invite link created by the bot. The bot must have the can_invite_users administrator rights. Returns the edited invite link as a ChatInviteLink object.
---@field editChatSubscriptionInviteLink fun(params: telegram.EditChatSubscriptionInviteLinkParams): telegram.ChatInviteLink Use this method to edit a subscription invite link created by the bot. The bot must have the can_invite_users administrator rights. Returns the edited invite link as a ChatInviteLink object.
---@field edit_ephemeral_message_caption fun(params: telegram.EditEphemeralMessageCaptionParams): true Use this method to edit the caption of an ephemeral message. Note that it is not guaranteed that the user will receive the message edit event, especially if they are offline. On success, True is returned.
---@field editEphemeralMessageCaption fun(params: telegram.EditEphemeralMessageCaptionParams): true Use this method to edit the caption of an ephemeral message. Note that it is not guaranteed that the user will receive the message edit event, especially if they are offline. On success, True is returned.
---@field edit_ephemeral_message_media fun(params: telegram.EditEphemeralMessageMediaParams): true Use this method to edit the media of an ephemeral message. Note that it is not guaranteed that the user will receive the message edit event, especially if they are offline. On success, True is returned.
---@field editEphemeralMessageMedia fun(params: telegram.EditEphemeralMessageMediaParams): true Use this method to edit the media of an ephemeral message. Note that it is not guaranteed that the user will receive the message edit event, especially if they are offline. On success, True is returned.
---@field edit_ephemeral_message_reply_markup fun(params: telegram.EditEphemeralMessageReplyMarkupParams): true Use this method to edit only the reply markup of an ephemeral message. Note that it is not guaranteed that the user will receive the message edit event, especially if they are offline. On success, True is returned.
---@field editEphemeralMessageReplyMarkup fun(params: telegram.EditEphemeralMessageReplyMarkupParams): true Use this method to edit only the reply markup of an ephemeral message. Note that it is not guaranteed that the user will receive the message edit event, especially if they are offline. On success, True is returned.
---@field edit_ephemeral_message_text fun(params: telegram.EditEphemeralMessageTextParams): true Use this method to edit an ephemeral text or rich message. Note that it is not guaranteed that the user will receive the message edit event, especially if they are offline. On success, True is returned.
---@field editEphemeralMessageText fun(params: telegram.EditEphemeralMessageTextParams): true Use this method to edit an ephemeral text or rich message. Note that it is not guaranteed that the user will receive the message edit event, especially if they are offline. On success, True is returned.
---@field edit_forum_topic fun(params: telegram.EditForumTopicParams): true Use this method to edit name and icon of a topic in a forum supergroup chat or a private chat with a user. In the case of a supergroup chat the bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights, unless it is the creator of the topic. Returns True on success.
---@field editForumTopic fun(params: telegram.EditForumTopicParams): true Use this method to edit name and icon of a topic in a forum supergroup chat or a private chat with a user. In the case of a supergroup chat the bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights, unless it is the creator of the topic. Returns True on success.
---@field edit_general_forum_topic fun(params: telegram.EditGeneralForumTopicParams): true Use this method to edit the name of the 'General' topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights. Returns True on success.
---@field editGeneralForumTopic fun(params: telegram.EditGeneralForumTopicParams): true Use this method to edit the name of the 'General' topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights. Returns True on success.
---@field edit_message_caption fun(params?: telegram.EditMessageCaptionParams): telegram.Message|true Use this method to edit captions of messages. On success, if the edited message is not an inline message, the edited Message is returned, otherwise True is returned. Note that business messages that were not sent by the bot and do not contain an inline keyboard can only be edited within 48 hours from the time they were sent.
---@field editMessageCaption fun(params?: telegram.EditMessageCaptionParams): telegram.Message|true Use this method to edit captions of messages. On success, if the edited message is not an inline message, the edited Message is returned, otherwise True is returned. Note that business messages that were not sent by the bot and do not contain an inline keyboard can only be edited within 48 hours from the time they were sent.
---@field edit_message_checklist fun(params: telegram.EditMessageChecklistParams): telegram.Message Use this method to edit a checklist on behalf of a connected business account. On success, the edited Message is returned.
---@field editMessageChecklist fun(params: telegram.EditMessageChecklistParams): telegram.Message Use this method to edit a checklist on behalf of a connected business account. On success, the edited Message is returned.
---@field edit_message_live_location fun(params: telegram.EditMessageLiveLocationParams): telegram.Message|true Use this method to edit live location messages. A location can be edited until its live_period expires or editing is explicitly disabled by a call to stopMessageLiveLocation. On success, if the edited message is not an inline message, the edited Message is returned, otherwise True is returned.
---@field editMessageLiveLocation fun(params: telegram.EditMessageLiveLocationParams): telegram.Message|true Use this method to edit live location messages. A location can be edited until its live_period expires or editing is explicitly disabled by a call to stopMessageLiveLocation. On success, if the edited message is not an inline message, the edited Message is returned, otherwise True is returned.
---@field edit_message_media fun(params: telegram.EditMessageMediaParams): telegram.Message|true Use this method to edit animation, audio, document, live photo, photo, or video messages, or to replace a text or a rich message with a media. If a message is part of a message album, then it can be edited only to an audio for audio albums, only to a document for document albums and to a photo, a live photo, or a video otherwise. When an inline message is edited, a new file can't be uploaded; use a previously uploaded file via its file_id or specify a URL. On success, if the edited message is not an inline message, the edited Message is returned, otherwise True is returned. Note that business messages that were not sent by the bot and do not contain an inline keyboard can only be edited within 48 hours from the time they were sent.
---@field editMessageMedia fun(params: telegram.EditMessageMediaParams): telegram.Message|true Use this method to edit animation, audio, document, live photo, photo, or video messages, or to replace a text or a rich message with a media. If a message is part of a message album, then it can be edited only to an audio for audio albums, only to a document for document albums and to a photo, a live photo, or a video otherwise. When an inline message is edited, a new file can't be uploaded; use a previously uploaded file via its file_id or specify a URL. On success, if the edited message is not an inline message, the edited Message is returned, otherwise True is returned. Note that business messages that were not sent by the bot and do not contain an inline keyboard can only be edited within 48 hours from the time they were sent.
---@field edit_message_reply_markup fun(params?: telegram.EditMessageReplyMarkupParams): telegram.Message|true Use this method to edit only the reply markup of messages. On success, if the edited message is not an inline message, the edited Message is returned, otherwise True is returned. Note that business messages that were not sent by the bot and do not contain an inline keyboard can only be edited within 48 hours from the time they were sent.
---@field editMessageReplyMarkup fun(params?: telegram.EditMessageReplyMarkupParams): telegram.Message|true Use this method to edit only the reply markup of messages. On success, if the edited message is not an inline message, the edited Message is returned, otherwise True is returned. Note that business messages that were not sent by the bot and do not contain an inline keyboard can only be edited within 48 hours from the time they were sent.
---@field edit_message_text fun(params?: telegram.EditMessageTextParams): telegram.Message|true Use this method to edit text, rich and game messages. On success, if the edited message is not an inline message, the edited Message is returned, otherwise True is returned. Note that business messages that were not sent by the bot and do not contain an inline keyboard can only be edited within 48 hours from the time they were sent.
---@field editMessageText fun(params?: telegram.EditMessageTextParams): telegram.Message|true Use this method to edit text, rich and game messages. On success, if the edited message is not an inline message, the edited Message is returned, otherwise True is returned. Note that business messages that were not sent by the bot and do not contain an inline keyboard can only be edited within 48 hours from the time they were sent.
---@field edit_story fun(params: telegram.EditStoryParams): telegram.Story Edits a story previously posted by the bot on behalf of a managed business account. Requires the can_manage_stories business bot right. Returns Story on success.
---@field editStory fun(params: telegram.EditStoryParams): telegram.Story Edits a story previously posted by the bot on behalf of a managed business account. Requires the can_manage_stories business bot right. Returns Story on success.
---@field edit_user_star_subscription fun(params: telegram.EditUserStarSubscriptionParams): true Allows the bot to cancel or re-enable extension of a subscription paid in Telegram Stars. Returns True on success.
---@field editUserStarSubscription fun(params: telegram.EditUserStarSubscriptionParams): true Allows the bot to cancel or re-enable extension of a subscription paid in Telegram Stars. Returns True on success.
---@field export_chat_invite_link fun(params: telegram.ExportChatInviteLinkParams): string Use this method to generate a new primary invite link for a chat; any previously generated primary link is revoked. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns the new invite link as String on success. Note: Each administrator in a chat generates their own invite links. Bots can't use invite links generated by other administrators. If you want your bot to work with invite links, it will need to generate its own link using exportChatInviteLink or by calling the getChat method. If your bot needs to generate a new primary invite link replacing its previous one, use exportChatInviteLink again.
---@field exportChatInviteLink fun(params: telegram.ExportChatInviteLinkParams): string Use this method to generate a new primary invite link for a chat; any previously generated primary link is revoked. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns the new invite link as String on success. Note: Each administrator in a chat generates their own invite links. Bots can't use invite links generated by other administrators. If you want your bot to work with invite links, it will need to generate its own link using exportChatInviteLink or by calling the getChat method. If your bot needs to generate a new primary invite link replacing its previous one, use exportChatInviteLink again.
---@field forward_message fun(params: telegram.ForwardMessageParams): telegram.Message Use this method to forward messages of any kind. Service messages and messages with protected content can't be forwarded. On success, the sent Message is returned.
---@field forwardMessage fun(params: telegram.ForwardMessageParams): telegram.Message Use this method to forward messages of any kind. Service messages and messages with protected content can't be forwarded. On success, the sent Message is returned.
---@field forward_messages fun(params: telegram.ForwardMessagesParams): telegram.MessageId[] Use this method to forward multiple messages of any kind. If some of the specified messages can't be found or forwarded, they are skipped. Service messages and messages with protected content can't be forwarded. Album grouping is kept for forwarded messages. On success, an Array of MessageId of the sent messages is returned.
---@field forwardMessages fun(params: telegram.ForwardMessagesParams): telegram.MessageId[] Use this method to forward multiple messages of any kind. If some of the specified messages can't be found or forwarded, they are skipped. Service messages and messages with protected content can't be forwarded. Album grouping is kept for forwarded messages. On success, an Array of MessageId of the sent messages is returned.
---@field get_available_gifts fun(): telegram.Gifts Returns the list of gifts that can be sent by the bot to users and channel chats. Requires no parameters. Returns a Gifts object.
---@field getAvailableGifts fun(): telegram.Gifts Returns the list of gifts that can be sent by the bot to users and channel chats. Requires no parameters. Returns a Gifts object.
---@field get_business_account_gifts fun(params: telegram.GetBusinessAccountGiftsParams): telegram.OwnedGifts Returns the gifts received and owned by a managed business account. Requires the can_view_gifts_and_stars business bot right. Returns OwnedGifts on success.
---@field getBusinessAccountGifts fun(params: telegram.GetBusinessAccountGiftsParams): telegram.OwnedGifts Returns the gifts received and owned by a managed business account. Requires the can_view_gifts_and_stars business bot right. Returns OwnedGifts on success.
---@field get_business_account_star_balance fun(params: telegram.GetBusinessAccountStarBalanceParams): telegram.StarAmount Returns the amount of Telegram Stars owned by a managed business account. Requires the can_view_gifts_and_stars business bot right. Returns StarAmount on success.
---@field getBusinessAccountStarBalance fun(params: telegram.GetBusinessAccountStarBalanceParams): telegram.StarAmount Returns the amount of Telegram Stars owned by a managed business account. Requires the can_view_gifts_and_stars business bot right. Returns StarAmount on success.
---@field get_business_connection fun(params: telegram.GetBusinessConnectionParams): telegram.BusinessConnection Use this method to get information about the connection of the bot with a business account. Returns a BusinessConnection object on success.
---@field getBusinessConnection fun(params: telegram.GetBusinessConnectionParams): telegram.BusinessConnection Use this method to get information about the connection of the bot with a business account. Returns a BusinessConnection object on success.
---@field get_chat fun(params: telegram.GetChatParams): telegram.ChatFullInfo Use this method to get up-to-date information about the chat. Returns a ChatFullInfo object on success.
---@field getChat fun(params: telegram.GetChatParams): telegram.ChatFullInfo Use this method to get up-to-date information about the chat. Returns a ChatFullInfo object on success.
---@field get_chat_administrators fun(params: telegram.GetChatAdministratorsParams): (telegram.ChatMemberOwner|telegram.ChatMemberAdministrator)[] Use this method to get a list of administrators in a chat. Returns an Array of ChatMember objects.
---@field getChatAdministrators fun(params: telegram.GetChatAdministratorsParams): (telegram.ChatMemberOwner|telegram.ChatMemberAdministrator)[] Use this method to get a list of administrators in a chat. Returns an Array of ChatMember objects.
---@field get_chat_gifts fun(params: telegram.GetChatGiftsParams): telegram.OwnedGifts Returns the gifts owned by a chat. Returns OwnedGifts on success.
---@field getChatGifts fun(params: telegram.GetChatGiftsParams): telegram.OwnedGifts Returns the gifts owned by a chat. Returns OwnedGifts on success.
---@field get_chat_member fun(params: telegram.GetChatMemberParams): telegram.ChatMember Use this method to get information about a member of a chat. The method is only guaranteed to work for other users if the bot is an administrator in the chat. Returns a ChatMember object on success.
---@field getChatMember fun(params: telegram.GetChatMemberParams): telegram.ChatMember Use this method to get information about a member of a chat. The method is only guaranteed to work for other users if the bot is an administrator in the chat. Returns a ChatMember object on success.
---@field get_chat_member_count fun(params: telegram.GetChatMemberCountParams): integer Use this method to get the number of members in a chat. Returns Integer on success.
---@field getChatMemberCount fun(params: telegram.GetChatMemberCountParams): integer Use this method to get the number of members in a chat. Returns Integer on success.
---@field get_chat_menu_button fun(params?: telegram.GetChatMenuButtonParams): telegram.MenuButton Use this method to get the current value of the bot's menu button in a private chat, or the default menu button. Returns MenuButton on success.
---@field getChatMenuButton fun(params?: telegram.GetChatMenuButtonParams): telegram.MenuButton Use this method to get the current value of the bot's menu button in a private chat, or the default menu button. Returns MenuButton on success.
---@field get_custom_emoji_stickers fun(params: telegram.GetCustomEmojiStickersParams): telegram.Sticker[] Use this method to get information about custom emoji stickers by their identifiers. Returns an Array of Sticker objects.
---@field getCustomEmojiStickers fun(params: telegram.GetCustomEmojiStickersParams): telegram.Sticker[] Use this method to get information about custom emoji stickers by their identifiers. Returns an Array of Sticker objects.
---@field get_file fun(params: telegram.GetFileParams): telegram.File Use this method to get basic information about a file and prepare it for downloading. For the moment, bots can download files of up to 20MB in size. On success, a File object is returned. The file can then be downloaded via the link https://api.telegram.org/file/bot<token>/\<file_path>, where \<file_path> is taken from the response. It is guaranteed that the link will be valid for at least 1 hour. When the link expires, a new one can be requested by calling getFile again. Note: This function may not preserve the original file name and MIME type. You should save the file's MIME type and name (if available) when the File object is received.
---@field getFile fun(params: telegram.GetFileParams): telegram.File Use this method to get basic information about a file and prepare it for downloading. For the moment, bots can download files of up to 20MB in size. On success, a File object is returned. The file can then be downloaded via the link https://api.telegram.org/file/bot<token>/\<file_path>, where \<file_path> is taken from the response. It is guaranteed that the link will be valid for at least 1 hour. When the link expires, a new one can be requested by calling getFile again. Note: This function may not preserve the original file name and MIME type. You should save the file's MIME type and name (if available) when the File object is received.
---@field get_forum_topic_icon_stickers fun(): telegram.Sticker[] Use this method to get custom emoji stickers, which can be used as a forum topic icon by any user. Requires no parameters. Returns an Array of Sticker objects.
---@field getForumTopicIconStickers fun(): telegram.Sticker[] Use this method to get custom emoji stickers, which can be used as a forum topic icon by any user. Requires no parameters. Returns an Array of Sticker objects.
---@field get_game_high_scores fun(params: telegram.GetGameHighScoresParams): telegram.GameHighScore[] Use this method to get data for high score tables. Will return the score of the specified user and several of their neighbors in a game. Returns an Array of GameHighScore objects. This method will currently return scores for the target user, plus two of their closest neighbors on each side. Will also return the top three users if the user and their neighbors are not among them. Please note that this behavior is subject to change.
---@field getGameHighScores fun(params: telegram.GetGameHighScoresParams): telegram.GameHighScore[] Use this method to get data for high score tables. Will return the score of the specified user and several of their neighbors in a game. Returns an Array of GameHighScore objects. This method will currently return scores for the target user, plus two of their closest neighbors on each side. Will also return the top three users if the user and their neighbors are not among them. Please note that this behavior is subject to change.
---@field get_managed_bot_access_settings fun(params: telegram.GetManagedBotAccessSettingsParams): telegram.BotAccessSettings Use this method to get the access settings of a managed bot. Returns a BotAccessSettings object on success.
---@field getManagedBotAccessSettings fun(params: telegram.GetManagedBotAccessSettingsParams): telegram.BotAccessSettings Use this method to get the access settings of a managed bot. Returns a BotAccessSettings object on success.
---@field get_managed_bot_token fun(params: telegram.GetManagedBotTokenParams): string Use this method to get the token of a managed bot. Returns the token as String on success.
---@field getManagedBotToken fun(params: telegram.GetManagedBotTokenParams): string Use this method to get the token of a managed bot. Returns the token as String on success.
---@field get_me fun(): telegram.UserFromGetMe A simple method for testing your bot's authentication token. Requires no parameters. Returns basic information about the bot in form of a User object.
---@field getMe fun(): telegram.UserFromGetMe A simple method for testing your bot's authentication token. Requires no parameters. Returns basic information about the bot in form of a User object.
---@field get_my_commands fun(params?: telegram.GetMyCommandsParams): telegram.BotCommand[] Use this method to get the current list of the bot's commands for the given scope and user language. Returns an Array of BotCommand objects. If commands aren't set, an empty list is returned.
---@field getMyCommands fun(params?: telegram.GetMyCommandsParams): telegram.BotCommand[] Use this method to get the current list of the bot's commands for the given scope and user language. Returns an Array of BotCommand objects. If commands aren't set, an empty list is returned.
---@field get_my_default_administrator_rights fun(params?: telegram.GetMyDefaultAdministratorRightsParams): telegram.ChatAdministratorRights Use this method to get the current default administrator rights of the bot. Returns ChatAdministratorRights on success.
---@field getMyDefaultAdministratorRights fun(params?: telegram.GetMyDefaultAdministratorRightsParams): telegram.ChatAdministratorRights Use this method to get the current default administrator rights of the bot. Returns ChatAdministratorRights on success.
---@field get_my_description fun(params?: telegram.GetMyDescriptionParams): telegram.BotDescription Use this method to get the current bot description for the given user language. Returns BotDescription on success.
---@field getMyDescription fun(params?: telegram.GetMyDescriptionParams): telegram.BotDescription Use this method to get the current bot description for the given user language. Returns BotDescription on success.
---@field get_my_name fun(params?: telegram.GetMyNameParams): telegram.BotName Use this method to get the current bot name for the given user language. Returns BotName on success.
---@field getMyName fun(params?: telegram.GetMyNameParams): telegram.BotName Use this method to get the current bot name for the given user language. Returns BotName on success.
---@field get_my_short_description fun(params?: telegram.GetMyShortDescriptionParams): telegram.BotShortDescription Use this method to get the current bot short description for the given user language. Returns BotShortDescription on success.
---@field getMyShortDescription fun(params?: telegram.GetMyShortDescriptionParams): telegram.BotShortDescription Use this method to get the current bot short description for the given user language. Returns BotShortDescription on success.
---@field get_my_star_balance fun(): telegram.StarAmount A method to get the current Telegram Stars balance of the bot. Requires no parameters. On success, returns a StarAmount object.
---@field getMyStarBalance fun(): telegram.StarAmount A method to get the current Telegram Stars balance of the bot. Requires no parameters. On success, returns a StarAmount object.
---@field get_star_transactions fun(params?: telegram.GetStarTransactionsParams): telegram.StarTransactions Returns the bot's Telegram Star transactions in chronological order. On success, returns a StarTransactions object.
---@field getStarTransactions fun(params?: telegram.GetStarTransactionsParams): telegram.StarTransactions Returns the bot's Telegram Star transactions in chronological order. On success, returns a StarTransactions object.
---@field get_sticker_set fun(params: telegram.GetStickerSetParams): telegram.StickerSet Use this method to get a sticker set. On success, a StickerSet object is returned.
---@field getStickerSet fun(params: telegram.GetStickerSetParams): telegram.StickerSet Use this method to get a sticker set. On success, a StickerSet object is returned.
---@field get_updates fun(params?: telegram.GetUpdatesParams): telegram.Update[] Use this method to receive incoming updates using long polling (wiki). Returns an Array of Update objects. Notes 1. This method will not work if an outgoing webhook is set up. 2. In order to avoid getting duplicate updates, recalculate offset after each server response.
---@field getUpdates fun(params?: telegram.GetUpdatesParams): telegram.Update[] Use this method to receive incoming updates using long polling (wiki). Returns an Array of Update objects. Notes 1. This method will not work if an outgoing webhook is set up. 2. In order to avoid getting duplicate updates, recalculate offset after each server response.
---@field get_user_chat_boosts fun(params: telegram.GetUserChatBoostsParams): telegram.UserChatBoosts Use this method to get the list of boosts added to a chat by a user. Requires administrator rights in the chat. Returns a UserChatBoosts object.
---@field getUserChatBoosts fun(params: telegram.GetUserChatBoostsParams): telegram.UserChatBoosts Use this method to get the list of boosts added to a chat by a user. Requires administrator rights in the chat. Returns a UserChatBoosts object.
---@field get_user_gifts fun(params: telegram.GetUserGiftsParams): telegram.OwnedGifts Returns the gifts owned and hosted by a user. Returns OwnedGifts on success.
---@field getUserGifts fun(params: telegram.GetUserGiftsParams): telegram.OwnedGifts Returns the gifts owned and hosted by a user. Returns OwnedGifts on success.
---@field get_user_personal_chat_messages fun(params: telegram.GetUserPersonalChatMessagesParams): telegram.Message[] Use this method to get the last messages from the personal chat (i.e., the chat currently added to their profile) of a given user. On success, an Array of Message objects is returned.
---@field getUserPersonalChatMessages fun(params: telegram.GetUserPersonalChatMessagesParams): telegram.Message[] Use this method to get the last messages from the personal chat (i.e., the chat currently added to their profile) of a given user. On success, an Array of Message objects is returned.
---@field get_user_profile_audios fun(params: telegram.GetUserProfileAudiosParams): telegram.UserProfileAudios Use this method to get a list of profile audios for a user. Returns a UserProfileAudios object.
---@field getUserProfileAudios fun(params: telegram.GetUserProfileAudiosParams): telegram.UserProfileAudios Use this method to get a list of profile audios for a user. Returns a UserProfileAudios object.
---@field get_user_profile_photos fun(params: telegram.GetUserProfilePhotosParams): telegram.UserProfilePhotos Use this method to get a list of profile pictures for a user. Returns a UserProfilePhotos object.
---@field getUserProfilePhotos fun(params: telegram.GetUserProfilePhotosParams): telegram.UserProfilePhotos Use this method to get a list of profile pictures for a user. Returns a UserProfilePhotos object.
---@field get_webhook_info fun(): telegram.WebhookInfo Use this method to get current webhook status. Requires no parameters. On success, returns a WebhookInfo object. If the bot is using getUpdates, will return an object with the url field empty.
---@field getWebhookInfo fun(): telegram.WebhookInfo Use this method to get current webhook status. Requires no parameters. On success, returns a WebhookInfo object. If the bot is using getUpdates, will return an object with the url field empty.
---@field gift_premium_subscription fun(params: telegram.GiftPremiumSubscriptionParams): true Gifts a Telegram Premium subscription to the given user. Returns True on success.
---@field giftPremiumSubscription fun(params: telegram.GiftPremiumSubscriptionParams): true Gifts a Telegram Premium subscription to the given user. Returns True on success.
---@field hide_general_forum_topic fun(params: telegram.HideGeneralForumTopicParams): true Use this method to hide the 'General' topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights. The topic will be automatically closed if it was open. Returns True on success.
---@field hideGeneralForumTopic fun(params: telegram.HideGeneralForumTopicParams): true Use this method to hide the 'General' topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights. The topic will be automatically closed if it was open. Returns True on success.
---@field leave_chat fun(params: telegram.LeaveChatParams): true Use this method for your bot to leave a group, supergroup or channel. Returns True on success.
---@field leaveChat fun(params: telegram.LeaveChatParams): true Use this method for your bot to leave a group, supergroup or channel. Returns True on success.
---@field log_out fun(): true Use this method to log out from the cloud Bot API server before launching the bot locally. You must log out the bot before running it locally, otherwise there is no guarantee that the bot will receive updates. After a successful call, you can immediately log in on a local server, but will not be able to log in back to the cloud Bot API server for 10 minutes. Returns True on success. Requires no parameters.
---@field logOut fun(): true Use this method to log out from the cloud Bot API server before launching the bot locally. You must log out the bot before running it locally, otherwise there is no guarantee that the bot will receive updates. After a successful call, you can immediately log in on a local server, but will not be able to log in back to the cloud Bot API server for 10 minutes. Returns True on success. Requires no parameters.
---@field pin_chat_message fun(params: telegram.PinChatMessageParams): true Use this method to add a message to the list of pinned messages in a chat. In private chats and channel direct messages chats, all non-service messages can be pinned. Conversely, the bot must be an administrator with the 'can_pin_messages' right or the 'can_edit_messages' right to pin messages in groups and channels respectively. Returns True on success.
---@field pinChatMessage fun(params: telegram.PinChatMessageParams): true Use this method to add a message to the list of pinned messages in a chat. In private chats and channel direct messages chats, all non-service messages can be pinned. Conversely, the bot must be an administrator with the 'can_pin_messages' right or the 'can_edit_messages' right to pin messages in groups and channels respectively. Returns True on success.
---@field post_story fun(params: telegram.PostStoryParams): telegram.Story Posts a story on behalf of a managed business account. Requires the can_manage_stories business bot right. Returns Story on success.
---@field postStory fun(params: telegram.PostStoryParams): telegram.Story Posts a story on behalf of a managed business account. Requires the can_manage_stories business bot right. Returns Story on success.
---@field promote_chat_member fun(params: telegram.PromoteChatMemberParams): true Use this method to promote or demote a user in a supergroup or a channel. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Pass False for all boolean parameters to demote a user. Returns True on success.
---@field promoteChatMember fun(params: telegram.PromoteChatMemberParams): true Use this method to promote or demote a user in a supergroup or a channel. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Pass False for all boolean parameters to demote a user. Returns True on success.
---@field read_business_message fun(params: telegram.ReadBusinessMessageParams): true Marks incoming message as read on behalf of a business account. Requires the can_read_messages business bot right. Returns True on success.
---@field readBusinessMessage fun(params: telegram.ReadBusinessMessageParams): true Marks incoming message as read on behalf of a business account. Requires the can_read_messages business bot right. Returns True on success.
---@field refund_star_payment fun(params: telegram.RefundStarPaymentParams): true Refunds a successful payment in Telegram Stars. Returns True on success.
---@field refundStarPayment fun(params: telegram.RefundStarPaymentParams): true Refunds a successful payment in Telegram Stars. Returns True on success.
---@field remove_business_account_profile_photo fun(params: telegram.RemoveBusinessAccountProfilePhotoParams): true Removes the current profile photo of a managed business account. Requires the can_edit_profile_photo business bot right. Returns True on success.
---@field removeBusinessAccountProfilePhoto fun(params: telegram.RemoveBusinessAccountProfilePhotoParams): true Removes the current profile photo of a managed business account. Requires the can_edit_profile_photo business bot right. Returns True on success.
---@field remove_chat_verification fun(params: telegram.RemoveChatVerificationParams): true Removes verification from a chat that is currently verified on behalf of the organization represented by the bot. Returns True on success.
---@field removeChatVerification fun(params: telegram.RemoveChatVerificationParams): true Removes verification from a chat that is currently verified on behalf of the organization represented by the bot. Returns True on success.
---@field remove_my_profile_photo fun(): true Removes the profile photo of the bot. Requires no parameters. Returns True on success.
---@field removeMyProfilePhoto fun(): true Removes the profile photo of the bot. Requires no parameters. Returns True on success.
---@field remove_user_verification fun(params: telegram.RemoveUserVerificationParams): true Removes verification from a user who is currently verified on behalf of the organization represented by the bot. Returns True on success.
---@field removeUserVerification fun(params: telegram.RemoveUserVerificationParams): true Removes verification from a user who is currently verified on behalf of the organization represented by the bot. Returns True on success.
---@field reopen_forum_topic fun(params: telegram.ReopenForumTopicParams): true Use this method to reopen a closed topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights, unless it is the creator of the topic. Returns True on success.
---@field reopenForumTopic fun(params: telegram.ReopenForumTopicParams): true Use this method to reopen a closed topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights, unless it is the creator of the topic. Returns True on success.
---@field reopen_general_forum_topic fun(params: telegram.ReopenGeneralForumTopicParams): true Use this method to reopen a closed 'General' topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights. The topic will be automatically unhidden if it was hidden. Returns True on success.
---@field reopenGeneralForumTopic fun(params: telegram.ReopenGeneralForumTopicParams): true Use this method to reopen a closed 'General' topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights. The topic will be automatically unhidden if it was hidden. Returns True on success.
---@field replace_managed_bot_token fun(params: telegram.ReplaceManagedBotTokenParams): string Use this method to revoke the current token of a managed bot and generate a new one. Returns the new token as String on success.
---@field replaceManagedBotToken fun(params: telegram.ReplaceManagedBotTokenParams): string Use this method to revoke the current token of a managed bot and generate a new one. Returns the new token as String on success.
---@field replace_sticker_in_set fun(params: telegram.ReplaceStickerInSetParams): true Use this method to replace an existing sticker in a sticker set with a new one. The method is equivalent to calling deleteStickerFromSet, then addStickerToSet, then setStickerPositionInSet. Returns True on success.
---@field replaceStickerInSet fun(params: telegram.ReplaceStickerInSetParams): true Use this method to replace an existing sticker in a sticker set with a new one. The method is equivalent to calling deleteStickerFromSet, then addStickerToSet, then setStickerPositionInSet. Returns True on success.
---@field repost_story fun(params: telegram.RepostStoryParams): telegram.Story Reposts a story on behalf of a business account from another business account. Both business accounts must be managed by the same bot, and the story on the source account must have been posted (or reposted) by the bot. Requires the can_manage_stories business bot right for both business accounts. Returns Story on success.
---@field repostStory fun(params: telegram.RepostStoryParams): telegram.Story Reposts a story on behalf of a business account from another business account. Both business accounts must be managed by the same bot, and the story on the source account must have been posted (or reposted) by the bot. Requires the can_manage_stories business bot right for both business accounts. Returns Story on success.
---@field restrict_chat_member fun(params: telegram.RestrictChatMemberParams): true Use this method to restrict a user in a supergroup. The bot must be an administrator in the supergroup for this to work and must have the appropriate administrator rights. Pass True for all permissions to lift restrictions from a user. Returns True on success.
---@field restrictChatMember fun(params: telegram.RestrictChatMemberParams): true Use this method to restrict a user in a supergroup. The bot must be an administrator in the supergroup for this to work and must have the appropriate administrator rights. Pass True for all permissions to lift restrictions from a user. Returns True on success.
---@field revoke_chat_invite_link fun(params: telegram.RevokeChatInviteLinkParams): telegram.ChatInviteLink Use this method to revoke an invite link created by the bot. If the primary link is revoked, a new link is automatically generated. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns the revoked invite link as ChatInviteLink object.
---@field revokeChatInviteLink fun(params: telegram.RevokeChatInviteLinkParams): telegram.ChatInviteLink Use this method to revoke an invite link created by the bot. If the primary link is revoked, a new link is automatically generated. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns the revoked invite link as ChatInviteLink object.
---@field save_prepared_inline_message fun(params: telegram.SavePreparedInlineMessageParams): telegram.PreparedInlineMessage Stores a message that can be sent by a user of a Mini App. Returns a PreparedInlineMessage object.
---@field savePreparedInlineMessage fun(params: telegram.SavePreparedInlineMessageParams): telegram.PreparedInlineMessage Stores a message that can be sent by a user of a Mini App. Returns a PreparedInlineMessage object.
---@field save_prepared_keyboard_button fun(params: telegram.SavePreparedKeyboardButtonParams): telegram.PreparedKeyboardButton Stores a keyboard button that can be used by a user within a Mini App. Returns a PreparedKeyboardButton object.
---@field savePreparedKeyboardButton fun(params: telegram.SavePreparedKeyboardButtonParams): telegram.PreparedKeyboardButton Stores a keyboard button that can be used by a user within a Mini App. Returns a PreparedKeyboardButton object.
---@field send_animation fun(params: telegram.SendAnimationParams): telegram.Message Use this method to send animation files (GIF or H.264/MPEG-4 AVC video without sound). On success, the sent Message is returned. Bots can currently send animation files of up to 50 MB in size, this limit may be changed in the future.
---@field sendAnimation fun(params: telegram.SendAnimationParams): telegram.Message Use this method to send animation files (GIF or H.264/MPEG-4 AVC video without sound). On success, the sent Message is returned. Bots can currently send animation files of up to 50 MB in size, this limit may be changed in the future.
---@field send_audio fun(params: telegram.SendAudioParams): telegram.Message Use this method to send audio files, if you want Telegram clients to display them in the music player. Your audio must be in the .MP3 or .M4A format. On success, the sent Message is returned. Bots can currently send audio files of up to 50 MB in size, this limit may be changed in the future. For sending voice messages, use the sendVoice method instead.
---@field sendAudio fun(params: telegram.SendAudioParams): telegram.Message Use this method to send audio files, if you want Telegram clients to display them in the music player. Your audio must be in the .MP3 or .M4A format. On success, the sent Message is returned. Bots can currently send audio files of up to 50 MB in size, this limit may be changed in the future. For sending voice messages, use the sendVoice method instead.
---@field send_chat_action fun(params: telegram.SendChatActionParams): true Use this method when you need to tell the user that something is happening on the bot's side. The status is set for 5 seconds or less (when a message arrives from your bot, Telegram clients clear its typing status). Returns True on success. Example: The ImageBot needs some time to process a request and upload the image. Instead of sending a text message along the lines of "Retrieving image, please wait...", the bot may use sendChatAction with action = upload_photo. The user will see a "sending photo" status for the bot. We only recommend using this method when a response from the bot will take a noticeable amount of time to arrive.
---@field sendChatAction fun(params: telegram.SendChatActionParams): true Use this method when you need to tell the user that something is happening on the bot's side. The status is set for 5 seconds or less (when a message arrives from your bot, Telegram clients clear its typing status). Returns True on success. Example: The ImageBot needs some time to process a request and upload the image. Instead of sending a text message along the lines of "Retrieving image, please wait...", the bot may use sendChatAction with action = upload_photo. The user will see a "sending photo" status for the bot. We only recommend using this method when a response from the bot will take a noticeable amount of time to arrive.
---@field send_chat_join_request_web_app fun(params: telegram.SendChatJoinRequestWebAppParams): true Use this method to process a received chat join request query by showing a Mini App to the user before deciding the outcome. Returns True on success.
---@field sendChatJoinRequestWebApp fun(params: telegram.SendChatJoinRequestWebAppParams): true Use this method to process a received chat join request query by showing a Mini App to the user before deciding the outcome. Returns True on success.
---@field send_checklist fun(params: telegram.SendChecklistParams): telegram.Message Use this method to send a checklist on behalf of a connected business account. On success, the sent Message is returned.
---@field sendChecklist fun(params: telegram.SendChecklistParams): telegram.Message Use this method to send a checklist on behalf of a connected business account. On success, the sent Message is returned.
---@field send_contact fun(params: telegram.SendContactParams): telegram.Message Use this method to send phone contacts. On success, the sent Message is returned.
---@field sendContact fun(params: telegram.SendContactParams): telegram.Message Use this method to send phone contacts. On success, the sent Message is returned.
---@field send_dice fun(params: telegram.SendDiceParams): telegram.Message Use this method to send an animated emoji that will display a random value. On success, the sent Message is returned.
---@field sendDice fun(params: telegram.SendDiceParams): telegram.Message Use this method to send an animated emoji that will display a random value. On success, the sent Message is returned.
---@field send_document fun(params: telegram.SendDocumentParams): telegram.Message Use this method to send general files. On success, the sent Message is returned. Bots can currently send files of any type of up to 50 MB in size, this limit may be changed in the future.
---@field sendDocument fun(params: telegram.SendDocumentParams): telegram.Message Use this method to send general files. On success, the sent Message is returned. Bots can currently send files of any type of up to 50 MB in size, this limit may be changed in the future.
---@field send_game fun(params: telegram.SendGameParams): telegram.Message Use this method to send a game. On success, the sent Message is returned.
---@field sendGame fun(params: telegram.SendGameParams): telegram.Message Use this method to send a game. On success, the sent Message is returned.
---@field send_gift fun(params: telegram.SendGiftParams): true Sends a gift to the given user or channel chat. The gift can't be converted to Telegram Stars by the receiver. Returns True on success.
---@field sendGift fun(params: telegram.SendGiftParams): true Sends a gift to the given user or channel chat. The gift can't be converted to Telegram Stars by the receiver. Returns True on success.
---@field send_invoice fun(params: telegram.SendInvoiceParams): telegram.Message Use this method to send invoices. On success, the sent Message is returned.
---@field sendInvoice fun(params: telegram.SendInvoiceParams): telegram.Message Use this method to send invoices. On success, the sent Message is returned.
---@field send_live_photo fun(params: telegram.SendLivePhotoParams): telegram.Message Use this method to send live photos. On success, the sent Message is returned.
---@field sendLivePhoto fun(params: telegram.SendLivePhotoParams): telegram.Message Use this method to send live photos. On success, the sent Message is returned.
---@field send_location fun(params: telegram.SendLocationParams): telegram.Message Use this method to send point on the map. On success, the sent Message is returned.
---@field sendLocation fun(params: telegram.SendLocationParams): telegram.Message Use this method to send point on the map. On success, the sent Message is returned.
---@field send_media_group fun(params: telegram.SendMediaGroupParams): telegram.Message[] Use this method to send a group of photos, live photos, videos, documents or audios as an album. Documents and audio files can be only grouped in an album with messages of the same type. On success, an Array of Message objects that were sent is returned.
---@field sendMediaGroup fun(params: telegram.SendMediaGroupParams): telegram.Message[] Use this method to send a group of photos, live photos, videos, documents or audios as an album. Documents and audio files can be only grouped in an album with messages of the same type. On success, an Array of Message objects that were sent is returned.
---@field send_message fun(params: telegram.SendMessageParams): telegram.Message Use this method to send text messages. On success, the sent Message is returned.
---@field sendMessage fun(params: telegram.SendMessageParams): telegram.Message Use this method to send text messages. On success, the sent Message is returned.
---@field send_message_draft fun(params: telegram.SendMessageDraftParams): true Use this method to stream a partial message to a user while the message is being generated. Note that the streamed draft is ephemeral and acts as a temporary 30-second preview - once the output is finalized, you must call sendMessage with the complete message to persist it in the user's chat. Returns True on success.
---@field sendMessageDraft fun(params: telegram.SendMessageDraftParams): true Use this method to stream a partial message to a user while the message is being generated. Note that the streamed draft is ephemeral and acts as a temporary 30-second preview - once the output is finalized, you must call sendMessage with the complete message to persist it in the user's chat. Returns True on success.
---@field send_paid_media fun(params: telegram.SendPaidMediaParams): telegram.Message Use this method to send paid media. On success, the sent Message is returned.
---@field sendPaidMedia fun(params: telegram.SendPaidMediaParams): telegram.Message Use this method to send paid media. On success, the sent Message is returned.
---@field send_photo fun(params: telegram.SendPhotoParams): telegram.Message Use this method to send photos. On success, the sent Message is returned.
---@field sendPhoto fun(params: telegram.SendPhotoParams): telegram.Message Use this method to send photos. On success, the sent Message is returned.
---@field send_poll fun(params: telegram.SendPollParams): telegram.Message Use this method to send a native poll. On success, the sent Message is returned.
---@field sendPoll fun(params: telegram.SendPollParams): telegram.Message Use this method to send a native poll. On success, the sent Message is returned.
---@field send_rich_message fun(params: telegram.SendRichMessageParams): telegram.Message Use this method to send rich messages. If the message contains a block with a media element, then the bot must have the right to send the media to the chat. On success, the sent Message is returned.
---@field sendRichMessage fun(params: telegram.SendRichMessageParams): telegram.Message Use this method to send rich messages. If the message contains a block with a media element, then the bot must have the right to send the media to the chat. On success, the sent Message is returned.
---@field send_rich_message_draft fun(params: telegram.SendRichMessageDraftParams): true Use this method to stream a partial rich message to a user while the message is being generated. Note that the streamed draft is ephemeral and acts as a temporary 30-second preview - once the output is finalized, you must call sendRichMessage with the complete message to persist it in the user's chat. Returns True on success.
---@field sendRichMessageDraft fun(params: telegram.SendRichMessageDraftParams): true Use this method to stream a partial rich message to a user while the message is being generated. Note that the streamed draft is ephemeral and acts as a temporary 30-second preview - once the output is finalized, you must call sendRichMessage with the complete message to persist it in the user's chat. Returns True on success.
---@field send_sticker fun(params: telegram.SendStickerParams): telegram.Message Use this method to send static .WEBP, animated .TGS, or video .WEBM stickers. On success, the sent Message is returned.
---@field sendSticker fun(params: telegram.SendStickerParams): telegram.Message Use this method to send static .WEBP, animated .TGS, or video .WEBM stickers. On success, the sent Message is returned.
---@field send_venue fun(params: telegram.SendVenueParams): telegram.Message Use this method to send information about a venue. On success, the sent Message is returned.
---@field sendVenue fun(params: telegram.SendVenueParams): telegram.Message Use this method to send information about a venue. On success, the sent Message is returned.
---@field send_video fun(params: telegram.SendVideoParams): telegram.Message Use this method to send video files, Telegram clients support MPEG4 videos (other formats may be sent as Document). On success, the sent Message is returned. Bots can currently send video files of up to 50 MB in size, this limit may be changed in the future.
---@field sendVideo fun(params: telegram.SendVideoParams): telegram.Message Use this method to send video files, Telegram clients support MPEG4 videos (other formats may be sent as Document). On success, the sent Message is returned. Bots can currently send video files of up to 50 MB in size, this limit may be changed in the future.
---@field send_video_note fun(params: telegram.SendVideoNoteParams): telegram.Message Use this method to send video messages. On success, the sent Message is returned. As of v.4.0, Telegram clients support rounded square MPEG4 videos of up to 1 minute long.
---@field sendVideoNote fun(params: telegram.SendVideoNoteParams): telegram.Message Use this method to send video messages. On success, the sent Message is returned. As of v.4.0, Telegram clients support rounded square MPEG4 videos of up to 1 minute long.
---@field send_voice fun(params: telegram.SendVoiceParams): telegram.Message Use this method to send audio files, if you want Telegram clients to display the file as a playable voice message. For this to work, your audio must be in an .OGG file encoded with OPUS, or in .MP3 format, or in .M4A format (other formats may be sent as Audio or Document). On success, the sent Message is returned. Bots can currently send voice messages of up to 50 MB in size, this limit may be changed in the future.
---@field sendVoice fun(params: telegram.SendVoiceParams): telegram.Message Use this method to send audio files, if you want Telegram clients to display the file as a playable voice message. For this to work, your audio must be in an .OGG file encoded with OPUS, or in .MP3 format, or in .M4A format (other formats may be sent as Audio or Document). On success, the sent Message is returned. Bots can currently send voice messages of up to 50 MB in size, this limit may be changed in the future.
---@field set_business_account_bio fun(params: telegram.SetBusinessAccountBioParams): true Changes the bio of a managed business account. Requires the can_change_bio business bot right. Returns True on success.
---@field setBusinessAccountBio fun(params: telegram.SetBusinessAccountBioParams): true Changes the bio of a managed business account. Requires the can_change_bio business bot right. Returns True on success.
---@field set_business_account_gift_settings fun(params: telegram.SetBusinessAccountGiftSettingsParams): true Changes the privacy settings pertaining to incoming gifts in a managed business account. Requires the can_change_gift_settings business bot right. Returns True on success.
---@field setBusinessAccountGiftSettings fun(params: telegram.SetBusinessAccountGiftSettingsParams): true Changes the privacy settings pertaining to incoming gifts in a managed business account. Requires the can_change_gift_settings business bot right. Returns True on success.
---@field set_business_account_name fun(params: telegram.SetBusinessAccountNameParams): true Changes the first and last name of a managed business account. Requires the can_change_name business bot right. Returns True on success.
---@field setBusinessAccountName fun(params: telegram.SetBusinessAccountNameParams): true Changes the first and last name of a managed business account. Requires the can_change_name business bot right. Returns True on success.
---@field set_business_account_profile_photo fun(params: telegram.SetBusinessAccountProfilePhotoParams): true Changes the profile photo of a managed business account. Requires the can_edit_profile_photo business bot right. Returns True on success.
---@field setBusinessAccountProfilePhoto fun(params: telegram.SetBusinessAccountProfilePhotoParams): true Changes the profile photo of a managed business account. Requires the can_edit_profile_photo business bot right. Returns True on success.
---@field set_business_account_username fun(params: telegram.SetBusinessAccountUsernameParams): true Changes the username of a managed business account. Requires the can_change_username business bot right. Returns True on success.
---@field setBusinessAccountUsername fun(params: telegram.SetBusinessAccountUsernameParams): true Changes the username of a managed business account. Requires the can_change_username business bot right. Returns True on success.
---@field set_chat_administrator_custom_title fun(params: telegram.SetChatAdministratorCustomTitleParams): true Use this method to set a custom title for an administrator in a supergroup promoted by the bot. Returns True on success.
---@field setChatAdministratorCustomTitle fun(params: telegram.SetChatAdministratorCustomTitleParams): true Use this method to set a custom title for an administrator in a supergroup promoted by the bot. Returns True on success.
---@field set_chat_description fun(params: telegram.SetChatDescriptionParams): true Use this method to change the description of a group, a supergroup or a channel. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns True on success.
---@field setChatDescription fun(params: telegram.SetChatDescriptionParams): true Use this method to change the description of a group, a supergroup or a channel. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns True on success.
---@field set_chat_member_tag fun(params: telegram.SetChatMemberTagParams): true Use this method to set a tag for a regular member in a group or a supergroup. The bot must be an administrator in the chat for this to work and must have the “can_manage_tags” administrator right. Returns True on success.
---@field setChatMemberTag fun(params: telegram.SetChatMemberTagParams): true Use this method to set a tag for a regular member in a group or a supergroup. The bot must be an administrator in the chat for this to work and must have the “can_manage_tags” administrator right. Returns True on success.
---@field set_chat_menu_button fun(params?: telegram.SetChatMenuButtonParams): true Use this method to change the bot's menu button in a private chat, or the default menu button. Returns True on success.
---@field setChatMenuButton fun(params?: telegram.SetChatMenuButtonParams): true Use this method to change the bot's menu button in a private chat, or the default menu button. Returns True on success.
---@field set_chat_permissions fun(params: telegram.SetChatPermissionsParams): true Use this method to set default chat permissions for all members. The bot must be an administrator in the group or a supergroup for this to work and must have the can_restrict_members administrator rights. Returns True on success.
---@field setChatPermissions fun(params: telegram.SetChatPermissionsParams): true Use this method to set default chat permissions for all members. The bot must be an administrator in the group or a supergroup for this to work and must have the can_restrict_members administrator rights. Returns True on success.
---@field set_chat_photo fun(params: telegram.SetChatPhotoParams): true Use this method to set a new profile photo for the chat. Photos can't be changed for private chats. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns True on success.
---@field setChatPhoto fun(params: telegram.SetChatPhotoParams): true Use this method to set a new profile photo for the chat. Photos can't be changed for private chats. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns True on success.
---@field set_chat_sticker_set fun(params: telegram.SetChatStickerSetParams): true Use this method to set a new group sticker set for a supergroup. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Use the field can_set_sticker_set ly returned in getChat requests to check if the bot can use this method. Returns True on success.
---@field setChatStickerSet fun(params: telegram.SetChatStickerSetParams): true Use this method to set a new group sticker set for a supergroup. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Use the field can_set_sticker_set ly returned in getChat requests to check if the bot can use this method. Returns True on success.
---@field set_chat_title fun(params: telegram.SetChatTitleParams): true Use this method to change the title of a chat. Titles can't be changed for private chats. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns True on success.
---@field setChatTitle fun(params: telegram.SetChatTitleParams): true Use this method to change the title of a chat. Titles can't be changed for private chats. The bot must be an administrator in the chat for this to work and must have the appropriate administrator rights. Returns True on success.
---@field set_custom_emoji_sticker_set_thumbnail fun(params: telegram.SetCustomEmojiStickerSetThumbnailParams): true Use this method to set the thumbnail of a custom emoji sticker set. Returns True on success.
---@field setCustomEmojiStickerSetThumbnail fun(params: telegram.SetCustomEmojiStickerSetThumbnailParams): true Use this method to set the thumbnail of a custom emoji sticker set. Returns True on success.
---@field set_game_score fun(params: telegram.SetGameScoreParams): telegram.Message|true Use this method to set the score of the specified user in a game message. On success, if the message is not an inline message, the Message is returned, otherwise True is returned. Returns an error, if the new score is not greater than the user's current score in the chat and force is False.
---@field setGameScore fun(params: telegram.SetGameScoreParams): telegram.Message|true Use this method to set the score of the specified user in a game message. On success, if the message is not an inline message, the Message is returned, otherwise True is returned. Returns an error, if the new score is not greater than the user's current score in the chat and force is False.
---@field set_managed_bot_access_settings fun(params: telegram.SetManagedBotAccessSettingsParams): true Use this method to change the access settings of a managed bot. Returns True on success.
---@field setManagedBotAccessSettings fun(params: telegram.SetManagedBotAccessSettingsParams): true Use this method to change the access settings of a managed bot. Returns True on success.
---@field set_message_reaction fun(params: telegram.SetMessageReactionParams): true Use this method to change the chosen reactions on a message. Service messages of some types can't be reacted to. Automatically forwarded messages from a channel to its discussion group have the same available reactions as messages in the channel. Bots can't use paid reactions. Returns True on success.
---@field setMessageReaction fun(params: telegram.SetMessageReactionParams): true Use this method to change the chosen reactions on a message. Service messages of some types can't be reacted to. Automatically forwarded messages from a channel to its discussion group have the same available reactions as messages in the channel. Bots can't use paid reactions. Returns True on success.
---@field set_my_commands fun(params: telegram.SetMyCommandsParams): true Use this method to change the list of the bot's commands. See https://core.telegram.org/bots/features#commands for more details about bot commands. Returns True on success.
---@field setMyCommands fun(params: telegram.SetMyCommandsParams): true Use this method to change the list of the bot's commands. See https://core.telegram.org/bots/features#commands for more details about bot commands. Returns True on success.
---@field set_my_default_administrator_rights fun(params?: telegram.SetMyDefaultAdministratorRightsParams): true Use this method to change the default administrator rights requested by the bot when it's added as an administrator to groups or channels. These rights will be suggested to users, but they are free to modify the list before adding the bot. Returns True on success.
---@field setMyDefaultAdministratorRights fun(params?: telegram.SetMyDefaultAdministratorRightsParams): true Use this method to change the default administrator rights requested by the bot when it's added as an administrator to groups or channels. These rights will be suggested to users, but they are free to modify the list before adding the bot. Returns True on success.
---@field set_my_description fun(params?: telegram.SetMyDescriptionParams): true Use this method to change the bot's description, which is shown in the chat with the bot if the chat is empty. Returns True on success.
---@field setMyDescription fun(params?: telegram.SetMyDescriptionParams): true Use this method to change the bot's description, which is shown in the chat with the bot if the chat is empty. Returns True on success.
---@field set_my_name fun(params?: telegram.SetMyNameParams): true Use this method to change the bot's name. Returns True on success.
---@field setMyName fun(params?: telegram.SetMyNameParams): true Use this method to change the bot's name. Returns True on success.
---@field set_my_profile_photo fun(params: telegram.SetMyProfilePhotoParams): true Changes the profile photo of the bot. Returns True on success.
---@field setMyProfilePhoto fun(params: telegram.SetMyProfilePhotoParams): true Changes the profile photo of the bot. Returns True on success.
---@field set_my_short_description fun(params?: telegram.SetMyShortDescriptionParams): true Use this method to change the bot's short description, which is shown on the bot's profile page and is sent together with the link when users share the bot. Returns True on success.
---@field setMyShortDescription fun(params?: telegram.SetMyShortDescriptionParams): true Use this method to change the bot's short description, which is shown on the bot's profile page and is sent together with the link when users share the bot. Returns True on success.
---@field set_passport_data_errors fun(params: telegram.SetPassportDataErrorsParams): true Informs a user that some of the Telegram Passport elements they provided contains errors. The user will not be able to re-submit their Passport to you until the errors are fixed (the contents of the field for which you returned the error must change). Returns True on success. Use this if the data submitted by the user doesn't satisfy the standards your service requires for any reason. For example, if a birthday date seems invalid, a submitted document is blurry, a scan shows evidence of tampering, etc. Supply some details in the error message to make sure the user knows how to correct the issues.
---@field setPassportDataErrors fun(params: telegram.SetPassportDataErrorsParams): true Informs a user that some of the Telegram Passport elements they provided contains errors. The user will not be able to re-submit their Passport to you until the errors are fixed (the contents of the field for which you returned the error must change). Returns True on success. Use this if the data submitted by the user doesn't satisfy the standards your service requires for any reason. For example, if a birthday date seems invalid, a submitted document is blurry, a scan shows evidence of tampering, etc. Supply some details in the error message to make sure the user knows how to correct the issues.
---@field set_sticker_emoji_list fun(params: telegram.SetStickerEmojiListParams): true Use this method to change the list of emoji assigned to a regular or custom emoji sticker. The sticker must belong to a sticker set created by the bot. Returns True on success.
---@field setStickerEmojiList fun(params: telegram.SetStickerEmojiListParams): true Use this method to change the list of emoji assigned to a regular or custom emoji sticker. The sticker must belong to a sticker set created by the bot. Returns True on success.
---@field set_sticker_keywords fun(params: telegram.SetStickerKeywordsParams): true Use this method to change search keywords assigned to a regular or custom emoji sticker. The sticker must belong to a sticker set created by the bot. Returns True on success.
---@field setStickerKeywords fun(params: telegram.SetStickerKeywordsParams): true Use this method to change search keywords assigned to a regular or custom emoji sticker. The sticker must belong to a sticker set created by the bot. Returns True on success.
---@field set_sticker_mask_position fun(params: telegram.SetStickerMaskPositionParams): true Use this method to change the mask position of a mask sticker. The sticker must belong to a sticker set that was created by the bot. Returns True on success.
---@field setStickerMaskPosition fun(params: telegram.SetStickerMaskPositionParams): true Use this method to change the mask position of a mask sticker. The sticker must belong to a sticker set that was created by the bot. Returns True on success.
---@field set_sticker_position_in_set fun(params: telegram.SetStickerPositionInSetParams): true Use this method to move a sticker in a set created by the bot to a specific position. Returns True on success.
---@field setStickerPositionInSet fun(params: telegram.SetStickerPositionInSetParams): true Use this method to move a sticker in a set created by the bot to a specific position. Returns True on success.
---@field set_sticker_set_thumbnail fun(params: telegram.SetStickerSetThumbnailParams): true Use this method to set the thumbnail of a regular or mask sticker set. The format of the thumbnail file must match the format of the stickers in the set. Returns True on success.
---@field setStickerSetThumbnail fun(params: telegram.SetStickerSetThumbnailParams): true Use this method to set the thumbnail of a regular or mask sticker set. The format of the thumbnail file must match the format of the stickers in the set. Returns True on success.
---@field set_sticker_set_title fun(params: telegram.SetStickerSetTitleParams): true Use this method to set the title of a created sticker set. Returns True on success.
---@field setStickerSetTitle fun(params: telegram.SetStickerSetTitleParams): true Use this method to set the title of a created sticker set. Returns True on success.
---@field set_user_emoji_status fun(params: telegram.SetUserEmojiStatusParams): true Changes the emoji status for a given user that previously allowed the bot to manage their emoji status via the Mini App method requestEmojiStatusAccess. Returns True on success.
---@field setUserEmojiStatus fun(params: telegram.SetUserEmojiStatusParams): true Changes the emoji status for a given user that previously allowed the bot to manage their emoji status via the Mini App method requestEmojiStatusAccess. Returns True on success.
---@field set_webhook fun(params: telegram.SetWebhookParams): true Use this method to specify a URL and receive incoming updates via an outgoing webhook. Whenever there is an update for the bot, we will send an HTTPS POST request to the specified URL, containing a JSON-serialized Update. In case of an unsuccessful request (a request with response HTTP status code different from 2XY), we will repeat the request and give up after a reasonable amount of attempts. Returns True on success. If you'd like to make sure that the webhook was set by you, you can specify secret data in the parameter secret_token. If specified, the request will contain a header “X-Telegram-Bot-Api-Secret-Token” with the secret token as content. Notes 1. You will not be able to receive updates using getUpdates for as long as an outgoing webhook is set up. 2. To use a self-signed certificate, you need to upload your public key certificate using certificate parameter. Please upload as InputFile, sending a String will not work. 3. Ports currently supported for Webhooks: 443, 80, 88, 8443. If you're having any trouble setting up webhooks, please check out this amazing guide to webhooks.
---@field setWebhook fun(params: telegram.SetWebhookParams): true Use this method to specify a URL and receive incoming updates via an outgoing webhook. Whenever there is an update for the bot, we will send an HTTPS POST request to the specified URL, containing a JSON-serialized Update. In case of an unsuccessful request (a request with response HTTP status code different from 2XY), we will repeat the request and give up after a reasonable amount of attempts. Returns True on success. If you'd like to make sure that the webhook was set by you, you can specify secret data in the parameter secret_token. If specified, the request will contain a header “X-Telegram-Bot-Api-Secret-Token” with the secret token as content. Notes 1. You will not be able to receive updates using getUpdates for as long as an outgoing webhook is set up. 2. To use a self-signed certificate, you need to upload your public key certificate using certificate parameter. Please upload as InputFile, sending a String will not work. 3. Ports currently supported for Webhooks: 443, 80, 88, 8443. If you're having any trouble setting up webhooks, please check out this amazing guide to webhooks.
---@field stop_message_live_location fun(params?: telegram.StopMessageLiveLocationParams): telegram.Message|true Use this method to stop updating a live location message before live_period expires. On success, if the message is not an inline message, the edited Message is returned, otherwise True is returned.
---@field stopMessageLiveLocation fun(params?: telegram.StopMessageLiveLocationParams): telegram.Message|true Use this method to stop updating a live location message before live_period expires. On success, if the message is not an inline message, the edited Message is returned, otherwise True is returned.
---@field stop_poll fun(params: telegram.StopPollParams): telegram.Poll Use this method to stop a poll which was sent by the bot. On success, the stopped Poll is returned.
---@field stopPoll fun(params: telegram.StopPollParams): telegram.Poll Use this method to stop a poll which was sent by the bot. On success, the stopped Poll is returned.
---@field transfer_business_account_stars fun(params: telegram.TransferBusinessAccountStarsParams): true Transfers Telegram Stars from the business account balance to the bot's balance. Requires the can_transfer_stars business bot right. Returns True on success.
---@field transferBusinessAccountStars fun(params: telegram.TransferBusinessAccountStarsParams): true Transfers Telegram Stars from the business account balance to the bot's balance. Requires the can_transfer_stars business bot right. Returns True on success.
---@field transfer_gift fun(params: telegram.TransferGiftParams): true Transfers an owned unique gift to another user. Requires the can_transfer_and_upgrade_gifts business bot right. Requires can_transfer_stars business bot right if the transfer is paid. Returns True on success.
---@field transferGift fun(params: telegram.TransferGiftParams): true Transfers an owned unique gift to another user. Requires the can_transfer_and_upgrade_gifts business bot right. Requires can_transfer_stars business bot right if the transfer is paid. Returns True on success.
---@field unban_chat_member fun(params: telegram.UnbanChatMemberParams): true Use this method to unban a previously banned user in a supergroup or channel. The user will not return to the group or channel automatically, but will be able to join via link, etc. The bot must be an administrator for this to work. By default, this method guarantees that after the call the user is not a member of the chat, but will be able to join it. So if the user is a member of the chat they will also be removed from the chat. If you don't want this, use the parameter only_if_banned. Returns True on success.
---@field unbanChatMember fun(params: telegram.UnbanChatMemberParams): true Use this method to unban a previously banned user in a supergroup or channel. The user will not return to the group or channel automatically, but will be able to join via link, etc. The bot must be an administrator for this to work. By default, this method guarantees that after the call the user is not a member of the chat, but will be able to join it. So if the user is a member of the chat they will also be removed from the chat. If you don't want this, use the parameter only_if_banned. Returns True on success.
---@field unban_chat_sender_chat fun(params: telegram.UnbanChatSenderChatParams): true Use this method to unban a previously banned channel chat in a supergroup or channel. The bot must be an administrator for this to work and must have the appropriate administrator rights. Returns True on success.
---@field unbanChatSenderChat fun(params: telegram.UnbanChatSenderChatParams): true Use this method to unban a previously banned channel chat in a supergroup or channel. The bot must be an administrator for this to work and must have the appropriate administrator rights. Returns True on success.
---@field unhide_general_forum_topic fun(params: telegram.UnhideGeneralForumTopicParams): true Use this method to unhide the 'General' topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights. Returns True on success.
---@field unhideGeneralForumTopic fun(params: telegram.UnhideGeneralForumTopicParams): true Use this method to unhide the 'General' topic in a forum supergroup chat. The bot must be an administrator in the chat for this to work and must have the can_manage_topics administrator rights. Returns True on success.
---@field unpin_all_chat_messages fun(params: telegram.UnpinAllChatMessagesParams): true Use this method to clear the list of pinned messages in a chat. In private chats and channel direct messages chats, no additional rights are required to unpin all pinned messages. Conversely, the bot must be an administrator with the 'can_pin_messages' right or the 'can_edit_messages' right to unpin all pinned messages in groups and channels respectively. Returns True on success.
---@field unpinAllChatMessages fun(params: telegram.UnpinAllChatMessagesParams): true Use this method to clear the list of pinned messages in a chat. In private chats and channel direct messages chats, no additional rights are required to unpin all pinned messages. Conversely, the bot must be an administrator with the 'can_pin_messages' right or the 'can_edit_messages' right to unpin all pinned messages in groups and channels respectively. Returns True on success.
---@field unpin_all_forum_topic_messages fun(params: telegram.UnpinAllForumTopicMessagesParams): true Use this method to clear the list of pinned messages in a forum topic in a forum supergroup chat or a private chat with a user. In the case of a supergroup chat the bot must be an administrator in the chat for this to work and must have the can_pin_messages administrator right in the supergroup. Returns True on success.
---@field unpinAllForumTopicMessages fun(params: telegram.UnpinAllForumTopicMessagesParams): true Use this method to clear the list of pinned messages in a forum topic in a forum supergroup chat or a private chat with a user. In the case of a supergroup chat the bot must be an administrator in the chat for this to work and must have the can_pin_messages administrator right in the supergroup. Returns True on success.
---@field unpin_all_general_forum_topic_messages fun(params: telegram.UnpinAllGeneralForumTopicMessagesParams): true Use this method to clear the list of pinned messages in a General forum topic. The bot must be an administrator in the chat for this to work and must have the can_pin_messages administrator right in the supergroup. Returns True on success.
---@field unpinAllGeneralForumTopicMessages fun(params: telegram.UnpinAllGeneralForumTopicMessagesParams): true Use this method to clear the list of pinned messages in a General forum topic. The bot must be an administrator in the chat for this to work and must have the can_pin_messages administrator right in the supergroup. Returns True on success.
---@field unpin_chat_message fun(params: telegram.UnpinChatMessageParams): true Use this method to remove a message from the list of pinned messages in a chat. In private chats and channel direct messages chats, all messages can be unpinned. Conversely, the bot must be an administrator with the 'can_pin_messages' right or the 'can_edit_messages' right to unpin messages in groups and channels respectively. Returns True on success.
---@field unpinChatMessage fun(params: telegram.UnpinChatMessageParams): true Use this method to remove a message from the list of pinned messages in a chat. In private chats and channel direct messages chats, all messages can be unpinned. Conversely, the bot must be an administrator with the 'can_pin_messages' right or the 'can_edit_messages' right to unpin messages in groups and channels respectively. Returns True on success.
---@field upgrade_gift fun(params: telegram.UpgradeGiftParams): true Upgrades a given regular gift to a unique gift. Requires the can_transfer_and_upgrade_gifts business bot right. Additionally requires the can_transfer_stars business bot right if the upgrade is paid. Returns True on success.
---@field upgradeGift fun(params: telegram.UpgradeGiftParams): true Upgrades a given regular gift to a unique gift. Requires the can_transfer_and_upgrade_gifts business bot right. Additionally requires the can_transfer_stars business bot right if the upgrade is paid. Returns True on success.
---@field upload_sticker_file fun(params: telegram.UploadStickerFileParams): telegram.File Use this method to upload a file with a sticker for later use in the createNewStickerSet, addStickerToSet, or replaceStickerInSet methods (the file can be used multiple times). Returns the uploaded File on success.
---@field uploadStickerFile fun(params: telegram.UploadStickerFileParams): telegram.File Use this method to upload a file with a sticker for later use in the createNewStickerSet, addStickerToSet, or replaceStickerInSet methods (the file can be used multiple times). Returns the uploaded File on success.
---@field verify_chat fun(params: telegram.VerifyChatParams): true Verifies a chat on behalf of the organization which is represented by the bot. Returns True on success.
---@field verifyChat fun(params: telegram.VerifyChatParams): true Verifies a chat on behalf of the organization which is represented by the bot. Returns True on success.
---@field verify_user fun(params: telegram.VerifyUserParams): true Verifies a user on behalf of the organization which is represented by the bot. Returns True on success.
---@field verifyUser fun(params: telegram.VerifyUserParams): true Verifies a user on behalf of the organization which is represented by the bot. Returns True on success.
