---@meta _
-- Types of Bot API 10.3, for editors with LuaLS; never loaded.
-- Made by spec/support/generate_methods.mjs from @grammyjs/types 5.0.0: do not edit.

--- This object describes the types of gifts that can be gifted to a user or a chat.
---@class telegram.AcceptedGiftTypes
---@field unlimited_gifts boolean True, if unlimited regular gifts are accepted
---@field limited_gifts boolean True, if limited regular gifts are accepted
---@field unique_gifts boolean True, if unique gifts or gifts that can be upgraded to unique for free are accepted
---@field premium_subscription boolean True, if a Telegram Premium subscription is accepted
---@field gifts_from_channels boolean True, if transfers of unique gifts from channels are accepted

--- Contains information about the affiliate that received a commission via this transaction.
---@class telegram.AffiliateInfo
---@field affiliate_user? telegram.User The bot or the user that received an affiliate commission if it was received by a bot or a user
---@field affiliate_chat? telegram.Chat The chat that received an affiliate commission if it was received by a chat
---@field commission_per_mille integer The number of Telegram Stars received by the affiliate for each 1000 Telegram Stars received by the bot from referred users
---@field amount integer Integer amount of Telegram Stars received by the affiliate from the transaction, rounded to 0; can be negative for refunds
---@field nanostar_amount? integer The number of 1/1000000000 shares of Telegram Stars received by the affiliate; from -999999999 to 999999999; can be negative for refunds

--- This object represents an animation file (GIF or H.264/MPEG-4 AVC video without sound).
---@class telegram.Animation
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field width integer Video width as defined by sender
---@field height integer Video height as defined by sender
---@field duration integer Duration of the video in seconds as defined by sender
---@field thumbnail? telegram.PhotoSize Animation thumbnail as defined by sender
---@field file_name? string Original animation filename as defined by sender
---@field mime_type? string MIME type of the file as defined by sender
---@field file_size? integer File size in bytes

--- This object represents an audio file to be treated as music by the Telegram clients.
---@class telegram.Audio
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field duration integer Duration of the audio in seconds as defined by sender
---@field performer? string Performer of the audio as defined by sender or by audio tags
---@field title? string Title of the audio as defined by sender or by audio tags
---@field file_name? string Original filename as defined by sender
---@field mime_type? string MIME type of the file as defined by sender
---@field file_size? integer File size in bytes
---@field thumbnail? telegram.PhotoSize Thumbnail of the album cover to which the music file belongs

--- This object describes the way a background is filled based on the selected colors. Currently, it can be one of - BackgroundFillSolid - BackgroundFillGradient - BackgroundFillFreeformGradient
---@alias telegram.BackgroundFill telegram.BackgroundFillSolid|telegram.BackgroundFillGradient|telegram.BackgroundFillFreeformGradient

--- The background is a freeform gradient that rotates after every message in the chat.
---@class telegram.BackgroundFillFreeformGradient
---@field type "freeform_gradient" Type of the background fill, always “freeform_gradient”
---@field colors integer[] A list of the 3 or 4 base colors that are used to generate the freeform gradient in the RGB24 format

--- The background is a gradient fill.
---@class telegram.BackgroundFillGradient
---@field type "gradient" Type of the background fill, always “gradient”
---@field top_color integer Top color of the gradient in the RGB24 format
---@field bottom_color integer Bottom color of the gradient in the RGB24 format
---@field rotation_angle number Clockwise rotation angle of the background fill in degrees; 0-359

--- The background is filled using the selected color.
---@class telegram.BackgroundFillSolid
---@field type "solid" Type of the background fill, always “solid”
---@field color integer The color of the background fill in the RGB24 format

--- This object describes the type of a background. Currently, it can be one of - BackgroundTypeFill - BackgroundTypeWallpaper - BackgroundTypePattern - BackgroundTypeChatTheme - BackgroundTypeFill
---@alias telegram.BackgroundType telegram.BackgroundTypeFill|telegram.BackgroundTypeWallpaper|telegram.BackgroundTypePattern|telegram.BackgroundTypeChatTheme

--- The background is taken directly from a built-in chat theme.
---@class telegram.BackgroundTypeChatTheme
---@field type "chat_theme" Type of the background, always “chat_theme”
---@field theme_name string Name of the chat theme, which is usually an emoji

--- The background is automatically filled based on the selected colors.
---@class telegram.BackgroundTypeFill
---@field type "fill" Type of the background, always “fill”
---@field fill telegram.BackgroundFill The background fill
---@field dark_theme_dimming integer Dimming of the background in dark themes, as a percentage; 0-100

--- The background is a .PNG or .TGV (gzipped subset of SVG with MIME type “application/x-tgwallpattern”) pattern to be combined with the background fill chosen by the user.
---@class telegram.BackgroundTypePattern
---@field type "pattern" Type of the background, always “pattern”
---@field document telegram.Document Document with the pattern
---@field fill telegram.BackgroundFill The background fill that is combined with the pattern
---@field intensity integer Intensity of the pattern when it is shown above the filled background; 0-100
---@field is_inverted? true True, if the background fill must be applied only to the pattern itself. All other pixels are black in this case. For dark themes only.
---@field is_moving? true True, if the background moves slightly when the device is tilted

--- The background is a wallpaper in the JPEG format.
---@class telegram.BackgroundTypeWallpaper
---@field type "wallpaper" Type of the background, always “wallpaper”
---@field document telegram.Document Document with the wallpaper
---@field dark_theme_dimming integer Dimming of the background in dark themes, as a percentage; 0-100
---@field is_blurred? true True, if the wallpaper is downscaled to fit in a 450x450 square and then box-blurred with radius 12
---@field is_moving? true True, if the background moves slightly when the device is tilted

--- Describes the birthdate of a user.
---@class telegram.Birthdate
---@field day integer Day of the user's birth; 1-31
---@field month integer Month of the user's birth; 1-12
---@field year? integer Year of the user's birth

--- This object describes the access settings of a bot.
---@class telegram.BotAccessSettings
---@field is_access_restricted boolean True, if only selected users can access the bot. The bot's owner can always access it.
---@field added_users? telegram.User[] The list of other users who have access to the bot if the access is restricted

--- This object represents a bot command.
---@class telegram.BotCommand
---@field command string Text of the command; 1-32 characters. Can contain only lowercase English letters, digits and underscores.
---@field description string Description of the command; 1-256 characters
---@field is_ephemeral? boolean True, if the command sends an ephemeral message, which can be seen only by the sender of the message and the bot

--- This object represents the scope to which bot commands are applied. Currently, the following 7 scopes are supported: - BotCommandScopeDefault - BotCommandScopeAllPrivateChats - BotCommandScopeAllGroupChats - BotCommandScopeAllChatAdministrators - BotCommandScopeChat - BotCommandScopeChatAdministrators - BotCommandScopeChatMember ## Determining list of commands The following algorithm is used to determine the list of commands for a particular user viewing the bot menu. The first list of commands which is set is returned: ### Commands in the chat with the bot - botCommandScopeChat + language_code - botCommandScopeChat - botCommandScopeAllPrivateChats + language_code - botCommandScopeAllPrivateChats - botCommandScopeDefault + language_code - botCommandScopeDefault ### Commands in group and supergroup chats - botCommandScopeChatMember + language_code - botCommandScopeChatMember - botCommandScopeChatAdministrators + language_code (administrators only) - botCommandScopeChatAdministrators (administrators only) - botCommandScopeChat + language_code - botCommandScopeChat - botCommandScopeAllChatAdministrators + language_code (administrators only) - botCommandScopeAllChatAdministrators (administrators only) - botCommandScopeAllGroupChats + language_code - botCommandScopeAllGroupChats - botCommandScopeDefault + language_code - botCommandScopeDefault
---@alias telegram.BotCommandScope telegram.BotCommandScopeDefault|telegram.BotCommandScopeAllPrivateChats|telegram.BotCommandScopeAllGroupChats|telegram.BotCommandScopeAllChatAdministrators|telegram.BotCommandScopeChat|telegram.BotCommandScopeChatAdministrators|telegram.BotCommandScopeChatMember

--- Represents the scope of bot commands, covering all group and supergroup chat administrators.
---@class telegram.BotCommandScopeAllChatAdministrators
---@field type "all_chat_administrators" Scope type, must be all_chat_administrators

--- Represents the scope of bot commands, covering all group and supergroup chats.
---@class telegram.BotCommandScopeAllGroupChats
---@field type "all_group_chats" Scope type, must be all_group_chats

--- Represents the scope of bot commands, covering all private chats.
---@class telegram.BotCommandScopeAllPrivateChats
---@field type "all_private_chats" Scope type, must be all_private_chats

--- Represents the scope of bot commands, covering a specific chat.
---@class telegram.BotCommandScopeChat
---@field type "chat" Scope type, must be chat
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`. Channel direct messages chats and channel chats aren't supported.

--- Represents the scope of bot commands, covering all administrators of a specific group or supergroup chat.
---@class telegram.BotCommandScopeChatAdministrators
---@field type "chat_administrators" Scope type, must be chat_administrators
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`. Channel direct messages chats and channel chats aren't supported.

--- Represents the scope of bot commands, covering a specific member of a group or supergroup chat.
---@class telegram.BotCommandScopeChatMember
---@field type "chat_member" Scope type, must be chat_member
---@field chat_id integer|string Unique identifier for the target chat or username of the target supergroup in the format `@username`. Channel direct messages chats and channel chats aren't supported.
---@field user_id integer Unique identifier of the target user

--- Represents the default scope of bot commands. Default commands are used if no commands with a narrower scope are specified for the user.
---@class telegram.BotCommandScopeDefault
---@field type "default" Scope type, must be default

--- This object represents the bot's description.
---@class telegram.BotDescription
---@field description string The bot's description

--- This object represents the bot's name.
---@class telegram.BotName
---@field name string The bot's name

--- This object represents the bot's short description.
---@class telegram.BotShortDescription
---@field short_description string The bot's short description

--- This object contains information about changes to a user payment subscription toward the current bot.
---@class telegram.BotSubscriptionUpdated
---@field user telegram.User User who subscribed for payments toward the bot
---@field invoice_payload string Bot-specified invoice payload
---@field state "canceled"|"active"|"failed" The new state of the subscription. Currently, it can be one of “canceled” if the user canceled the subscription, “active” if the user re-enabled a previously canceled subscription, or “failed” if payment for the subscription failed.

--- Represents the rights of a business bot.
---@class telegram.BusinessBotRights
---@field can_reply? true True, if the bot can send and edit messages in the private chats that had incoming messages in the last 24 hours
---@field can_read_messages? true True, if the bot can mark incoming private messages as read
---@field can_delete_outgoing_messages? true True, if the bot can delete messages sent by the bot
---@field can_delete_all_messages? true True, if the bot can delete all private messages in managed chats
---@field can_edit_name? true True, if the bot can edit the first and last name of the business account
---@field can_edit_bio? true True, if the bot can edit the bio of the business account
---@field can_edit_profile_photo? true True, if the bot can edit the profile photo of the business account
---@field can_edit_username? true True, if the bot can edit the username of the business account
---@field can_change_gift_settings? true True, if the bot can change the privacy settings pertaining to gifts for the business account
---@field can_view_gifts_and_stars? true True, if the bot can view gifts and the amount of Telegram Stars owned by the business account
---@field can_convert_gifts_to_stars? true True, if the bot can convert regular gifts owned by the business account to Telegram Stars
---@field can_transfer_and_upgrade_gifts? true True, if the bot can transfer and upgrade gifts owned by the business account
---@field can_transfer_stars? true True, if the bot can transfer Telegram Stars received by the business account to its own account, or use them to upgrade and transfer gifts
---@field can_manage_stories? true True, if the bot can post, edit and delete stories on behalf of the business account

--- Describes the connection of the bot with a business account.
---@class telegram.BusinessConnection
---@field id string Unique identifier of the business connection
---@field user telegram.User Business account user that created the business connection
---@field user_chat_id integer Identifier of a private chat with the user who created the business connection.
---@field date integer Date the connection was established in Unix time
---@field rights? telegram.BusinessBotRights Rights of the business bot
---@field is_enabled boolean True, if the connection is active

--- Contains information about the start page settings of a Telegram Business account.
---@class telegram.BusinessIntro
---@field title? string Title text of the business intro
---@field message? string Message text of the business intro
---@field sticker? telegram.Sticker Sticker of the business intro

--- Contains information about the location of a Telegram Business account.
---@class telegram.BusinessLocation
---@field address string Address of the business
---@field location? telegram.Location Location of the business

--- This object is received when messages are deleted from a connected business account.
---@class telegram.BusinessMessagesDeleted
---@field business_connection_id string Unique identifier of the business connection
---@field chat telegram.Chat Information about a chat in the business account. The bot may not have access to the chat or the corresponding user.
---@field message_ids integer[] The list of identifiers of deleted messages in the chat of the business account

--- Describes the opening hours of a business.
---@class telegram.BusinessOpeningHours
---@field time_zone_name string Unique name of the time zone for which the opening hours are defined
---@field opening_hours telegram.BusinessOpeningHoursInterval[] List of time intervals describing business opening hours

--- Describes an interval of time during which a business is open.
---@class telegram.BusinessOpeningHoursInterval
---@field opening_minute integer The minute's sequence number in a week, starting on Monday, marking the start of the time interval during which the business is open; 0 - 7 * 24 * 60
---@field closing_minute integer The minute's sequence number in a week, starting on Monday, marking the end of the time interval during which the business is open; 0 - 8 * 24 * 60

--- A placeholder, currently holds no information. Use BotFather to set up your game.
---@class telegram.CallbackGame

--- This object represents an incoming callback query from a callback button in an inline keyboard. If the button that originated the query was attached to a message sent by the bot, the field message will be present. If the button was attached to a message sent via the bot (in inline mode), the field inline_message_id will be present. Exactly one of the fields data or game_short_name will be present. NOTE: After the user presses a callback button, Telegram clients will display a progress bar until you call answerCallbackQuery. It is, therefore, necessary to react by calling answerCallbackQuery even if no notification to the user is needed (e.g., without specifying any of the optional parameters).
---@class telegram.CallbackQuery
---@field id string Unique identifier for this query
---@field from telegram.User Sender
---@field message? telegram.MaybeInaccessibleMessage Message sent by the bot with the callback button that originated the query
---@field inline_message_id? string Identifier of the message sent via the bot in inline mode, that originated the query
---@field chat_instance string Global identifier, uniquely corresponding to the chat to which the message with the callback button was sent. Useful for high scores in games.
---@field data? string Data associated with the callback button. Be aware that the message originated the query can contain no callback buttons with this data.
---@field game_short_name? string Short name of a Game to be returned, serves as the unique identifier for the game

--- This object represents a chat.
---@class telegram.Chat
---@field id integer Unique identifier for this chat.
---@field type "private"|"group"|"supergroup"|"channel" Type of the chat, can be either “private”, “group”, “supergroup” or “channel”
---@field title? any|string|string|string Title, for supergroups, channels and group chats
---@field username? string|any|string|string Username, for private chats, supergroups and channels if available
---@field first_name? string|any|any|any First name of the other party in a private chat
---@field last_name? string|any|any|any Last name of the other party in a private chat
---@field is_forum? any|true|any True, if the supergroup chat is a forum (has topics enabled)
---@field is_direct_messages? any|true|any True, if the chat is the direct messages chat of a channel

--- Represents the rights of an administrator in a chat.
---@class telegram.ChatAdministratorRights
---@field is_anonymous boolean True, if the user's presence in the chat is hidden
---@field can_manage_chat boolean True, if the administrator can access the chat event log, get boost list, see hidden supergroup and channel members, report spam messages, ignore slow mode, and send messages to the chat without paying Telegram Stars. Implied by any other administrator privilege.
---@field can_delete_messages boolean True, if the administrator can delete messages of other users
---@field can_manage_video_chats boolean True, if the administrator can manage video chats
---@field can_restrict_members boolean True, if the administrator can restrict, ban or unban chat members, or access supergroup statistics
---@field can_promote_members boolean True, if the administrator can add new administrators with a subset of their own privileges or demote administrators that they have promoted, directly or indirectly (promoted by administrators that were appointed by the user)
---@field can_change_info boolean True, if the user is allowed to change the chat title, photo and other settings
---@field can_invite_users boolean True, if the user is allowed to invite new users to the chat
---@field can_manage_tags? boolean True, if the administrator can edit the tags of regular members; for groups and supergroups only
---@field can_post_stories boolean True, if the administrator can post stories to the chat
---@field can_edit_stories boolean True, if the administrator can edit stories posted by other users, post stories to the chat page, pin chat stories, and access the chat's story archive
---@field can_delete_stories boolean True, if the administrator can delete stories posted by other users
---@field can_post_messages? boolean True, if the administrator can post messages in the channel, approve suggested posts, or access channel statistics; for channels only
---@field can_edit_messages? boolean True, if the administrator can edit messages of other users and can pin messages; for channels only
---@field can_pin_messages? boolean True, if the user is allowed to pin messages; for groups and supergroups only
---@field can_manage_topics? boolean True, if the user is allowed to create, rename, close, and reopen forum topics; for supergroups only
---@field can_manage_direct_messages? boolean True, if the administrator can manage direct messages of the channel and decline suggested posts; for channels only
---@field can_send_welcome_messages boolean True, if the administrator can manage chat welcome messages or directly send them in the case of bots

--- This object represents a chat background.
---@class telegram.ChatBackground
---@field type telegram.BackgroundType Type of the background

--- This object contains information about a chat boost.
---@class telegram.ChatBoost
---@field boost_id string Unique identifier of the boost
---@field add_date integer Point in time (Unix timestamp) when the chat was boosted
---@field expiration_date integer Point in time (Unix timestamp) when the boost will automatically expire, unless the booster's Telegram Premium subscription is prolonged
---@field source telegram.ChatBoostSource Source of the added boost

--- This object represents a service message about a user boosting a chat.
---@class telegram.ChatBoostAdded
---@field boost_count integer Number of boosts added by the user

--- This object represents a boost removed from a chat.
---@class telegram.ChatBoostRemoved
---@field chat telegram.Chat Chat which was boosted
---@field boost_id string Unique identifier of the boost
---@field remove_date integer Point in time (Unix timestamp) when the boost was removed
---@field source telegram.ChatBoostSource Source of the removed boost

--- This object describes the source of a chat boost. It can be one of - ChatBoostSourcePremium - ChatBoostSourceGiftCode - ChatBoostSourceGiveaway
---@alias telegram.ChatBoostSource telegram.ChatBoostSourcePremium|telegram.ChatBoostSourceGiftCode|telegram.ChatBoostSourceGiveaway

--- The boost was obtained by the creation of Telegram Premium gift codes to boost a chat. Each such code boosts the chat 4 times for the duration of the corresponding Telegram Premium subscription.
---@class telegram.ChatBoostSourceGiftCode
---@field source "gift_code" Source of the boost, always “gift_code”
---@field user telegram.User User for which the gift code was created

--- The boost was obtained by the creation of a Telegram Premium or a Telegram Star giveaway. This boosts the chat 4 times for the duration of the corresponding Telegram Premium subscription for Telegram Premium giveaways and prize_star_count / 500 times for one year for Telegram Star giveaways.
---@class telegram.ChatBoostSourceGiveaway
---@field source "giveaway" Source of the boost, always “giveaway”
---@field giveaway_message_id integer Identifier of a message in the chat with the giveaway; the message could have been deleted already
---@field user? telegram.User User that won the prize in the giveaway if any; for Telegram Premium giveaways only
---@field prize_star_count? integer The number of Telegram Stars to be split between giveaway winners; for Telegram Star giveaways only
---@field is_unclaimed? true True, if the giveaway was completed, but there was no user to win the prize

--- The boost was obtained by subscribing to Telegram Premium or by gifting a Telegram Premium subscription to another user.
---@class telegram.ChatBoostSourcePremium
---@field source "premium" Source of the boost, always “premium”
---@field user telegram.User User that boosted the chat

--- This object represents a boost added to a chat or changed.
---@class telegram.ChatBoostUpdated
---@field chat telegram.Chat Chat which was boosted
---@field boost telegram.ChatBoost Information about the chat boost

--- @deprecated use ChatFullInfo instead
---@class telegram.ChatFromGetChat
---@field id integer Unique identifier for this chat.
---@field type "private"|"group"|"supergroup"|"channel" Type of the chat, can be either “private”, “group”, “supergroup” or “channel”
---@field title? any|string|string|string Title, for supergroups, channels and group chats
---@field username? string|any|string|string Username, for private chats, supergroups and channels if available
---@field first_name? string|any|any|any First name of the other party in a private chat
---@field last_name? string|any|any|any Last name of the other party in a private chat
---@field is_forum? any|true|any True, if the supergroup chat is a forum (has topics enabled)
---@field is_direct_messages? any|true|any True, if the chat is the direct messages chat of a channel
---@field accent_color_id integer Identifier of the accent color for the chat name and backgrounds of the chat photo, reply header, and link preview. See accent colors for more details.
---@field max_reaction_count integer The maximum number of reactions that can be set on a message in the chat
---@field photo? telegram.ChatPhoto Chat photo
---@field first_profile_audio? telegram.Audio|any|any|any For private chats, the first audio added to the profile of the user
---@field active_usernames? string[]|any|string[]|string[] If non-empty, the list of all active chat usernames; for private chats, supergroups and channels
---@field birthdate? telegram.Birthdate|any|any|any For private chats, the date of birth of the user
---@field business_intro? telegram.BusinessIntro|any|any|any For private chats with business accounts, the intro of the business
---@field business_location? telegram.BusinessLocation|any|any|any For private chats with business accounts, the location of the business
---@field business_opening_hours? telegram.BusinessOpeningHours|any|any|any For private chats with business accounts, the opening hours of the business
---@field rating? telegram.UserRating|any|any|any For private chats, the rating of the user if any
---@field unique_gift_colors? telegram.UniqueGiftColors The color scheme based on a unique gift that must be used for the chat's name, message replies and link previews
---@field personal_chat? telegram.Chat|any|any|any For private chats, the personal channel of the user
---@field parent_chat? any|telegram.Chat|any Information about the corresponding channel chat; for direct messages chats only
---@field available_reactions? telegram.ReactionType[] List of available reactions allowed in the chat. If omitted, then all emoji reactions are allowed.
---@field background_custom_emoji_id? string Custom emoji identifier of the emoji chosen by the chat for the reply header and link preview background
---@field profile_accent_color_id? integer Identifier of the accent color for the chat's profile background. See profile accent colors for more details.
---@field profile_background_custom_emoji_id? string Custom emoji identifier of the emoji chosen by the chat for its profile background
---@field emoji_status_custom_emoji_id? string Custom emoji identifier of the emoji status of the chat or the other party in a private chat
---@field emoji_status_expiration_date? integer Expiration date of the emoji status of the chat or the other party in a private chat, in Unix time, if any
---@field bio? string|any|string|any Bio of the other party in a private chat
---@field has_private_forwards? true|any|any|any True, if privacy settings of the other party in the private chat allows to use tg://user?id=<user_id> links only in chats with the user
---@field has_restricted_voice_and_video_messages? true|any|any|any True, if the privacy settings of the other party restrict sending voice and video note messages in the private chat
---@field join_to_send_messages? any|true|true True, if users need to join the supergroup before they can send messages
---@field join_by_request? any|true|any True, if all users directly joining the supergroup without using an invite link need to be approved by supergroup administrators
---@field description? any|string|string|string Description, for groups, supergroups and channel chats
---@field invite_link? any|string|string|string Primary invite link, for groups, supergroups and channel chats
---@field pinned_message? telegram.Message The most recent pinned message (by sending date)
---@field permissions? any|telegram.ChatPermissions|telegram.ChatPermissions|any Default chat member permissions, for groups and supergroups
---@field accepted_gift_types telegram.AcceptedGiftTypes Information about types of gifts that are accepted by the chat or by the corresponding user for private chats
---@field can_send_paid_media? any|true True, if paid media messages can be sent or forwarded to the channel chat. The field is available only for channel chats.
---@field slow_mode_delay? any|integer|any For supergroups, the minimum allowed delay between consecutive messages sent by each unprivileged user; in seconds
---@field unrestrict_boost_count? any|integer|any For supergroups, the minimum number of boosts that a non-administrator user needs to add in order to ignore slow mode and chat permissions
---@field message_auto_delete_time? integer The time after which all messages sent to the chat will be automatically deleted; in seconds
---@field has_aggressive_anti_spam_enabled? any|true|any True, if aggressive anti-spam checks are enabled in the supergroup. The field is only available to chat administrators.
---@field has_hidden_members? any|true|true|any True, if non-administrators can only get the list of bots and administrators in the chat
---@field has_protected_content? true True, if messages from the chat can't be forwarded to other chats
---@field has_visible_history? any|true|true|any True, if new chat members will have access to old messages; available only to chat administrators
---@field sticker_set_name? any|string|any For supergroups, name of the group sticker set
---@field can_set_sticker_set? any|true|true|any True, if the bot can change the group sticker set
---@field custom_emoji_sticker_set_name? any|string|any For supergroups, the name of the group's custom emoji sticker set. Custom emoji from this set can be used by all users and bots in the group.
---@field linked_chat_id? any|integer|integer Unique identifier for the linked chat, i.e. the discussion group identifier for a channel and vice versa; for supergroups and channel chats.
---@field location? any|telegram.ChatLocation|any For supergroups, the location to which the supergroup is connected
---@field paid_message_star_count? integer The number of Telegram Stars a general user have to pay to send a message to the chat
---@field guard_bot? any|telegram.User|telegram.User|telegram.User The bot that processes join request queries in the chat. The field is only available to chat administrators.
---@field community? telegram.Community The Community to which the chat belongs

--- This object contains full information about a chat.
---@class telegram.ChatFullInfo
---@field id integer Unique identifier for this chat.
---@field type "private"|"group"|"supergroup"|"channel" Type of the chat, can be either “private”, “group”, “supergroup” or “channel”
---@field title? any|string|string|string Title, for supergroups, channels and group chats
---@field username? string|any|string|string Username, for private chats, supergroups and channels if available
---@field first_name? string|any|any|any First name of the other party in a private chat
---@field last_name? string|any|any|any Last name of the other party in a private chat
---@field is_forum? any|true|any True, if the supergroup chat is a forum (has topics enabled)
---@field is_direct_messages? any|true|any True, if the chat is the direct messages chat of a channel
---@field accent_color_id integer Identifier of the accent color for the chat name and backgrounds of the chat photo, reply header, and link preview. See accent colors for more details.
---@field max_reaction_count integer The maximum number of reactions that can be set on a message in the chat
---@field photo? telegram.ChatPhoto Chat photo
---@field first_profile_audio? telegram.Audio|any|any|any For private chats, the first audio added to the profile of the user
---@field active_usernames? string[]|any|string[]|string[] If non-empty, the list of all active chat usernames; for private chats, supergroups and channels
---@field birthdate? telegram.Birthdate|any|any|any For private chats, the date of birth of the user
---@field business_intro? telegram.BusinessIntro|any|any|any For private chats with business accounts, the intro of the business
---@field business_location? telegram.BusinessLocation|any|any|any For private chats with business accounts, the location of the business
---@field business_opening_hours? telegram.BusinessOpeningHours|any|any|any For private chats with business accounts, the opening hours of the business
---@field rating? telegram.UserRating|any|any|any For private chats, the rating of the user if any
---@field unique_gift_colors? telegram.UniqueGiftColors The color scheme based on a unique gift that must be used for the chat's name, message replies and link previews
---@field personal_chat? telegram.Chat|any|any|any For private chats, the personal channel of the user
---@field parent_chat? any|telegram.Chat|any Information about the corresponding channel chat; for direct messages chats only
---@field available_reactions? telegram.ReactionType[] List of available reactions allowed in the chat. If omitted, then all emoji reactions are allowed.
---@field background_custom_emoji_id? string Custom emoji identifier of the emoji chosen by the chat for the reply header and link preview background
---@field profile_accent_color_id? integer Identifier of the accent color for the chat's profile background. See profile accent colors for more details.
---@field profile_background_custom_emoji_id? string Custom emoji identifier of the emoji chosen by the chat for its profile background
---@field emoji_status_custom_emoji_id? string Custom emoji identifier of the emoji status of the chat or the other party in a private chat
---@field emoji_status_expiration_date? integer Expiration date of the emoji status of the chat or the other party in a private chat, in Unix time, if any
---@field bio? string|any|string|any Bio of the other party in a private chat
---@field has_private_forwards? true|any|any|any True, if privacy settings of the other party in the private chat allows to use tg://user?id=<user_id> links only in chats with the user
---@field has_restricted_voice_and_video_messages? true|any|any|any True, if the privacy settings of the other party restrict sending voice and video note messages in the private chat
---@field join_to_send_messages? any|true|true True, if users need to join the supergroup before they can send messages
---@field join_by_request? any|true|any True, if all users directly joining the supergroup without using an invite link need to be approved by supergroup administrators
---@field description? any|string|string|string Description, for groups, supergroups and channel chats
---@field invite_link? any|string|string|string Primary invite link, for groups, supergroups and channel chats
---@field pinned_message? telegram.Message The most recent pinned message (by sending date)
---@field permissions? any|telegram.ChatPermissions|telegram.ChatPermissions|any Default chat member permissions, for groups and supergroups
---@field accepted_gift_types telegram.AcceptedGiftTypes Information about types of gifts that are accepted by the chat or by the corresponding user for private chats
---@field can_send_paid_media? any|true True, if paid media messages can be sent or forwarded to the channel chat. The field is available only for channel chats.
---@field slow_mode_delay? any|integer|any For supergroups, the minimum allowed delay between consecutive messages sent by each unprivileged user; in seconds
---@field unrestrict_boost_count? any|integer|any For supergroups, the minimum number of boosts that a non-administrator user needs to add in order to ignore slow mode and chat permissions
---@field message_auto_delete_time? integer The time after which all messages sent to the chat will be automatically deleted; in seconds
---@field has_aggressive_anti_spam_enabled? any|true|any True, if aggressive anti-spam checks are enabled in the supergroup. The field is only available to chat administrators.
---@field has_hidden_members? any|true|true|any True, if non-administrators can only get the list of bots and administrators in the chat
---@field has_protected_content? true True, if messages from the chat can't be forwarded to other chats
---@field has_visible_history? any|true|true|any True, if new chat members will have access to old messages; available only to chat administrators
---@field sticker_set_name? any|string|any For supergroups, name of the group sticker set
---@field can_set_sticker_set? any|true|true|any True, if the bot can change the group sticker set
---@field custom_emoji_sticker_set_name? any|string|any For supergroups, the name of the group's custom emoji sticker set. Custom emoji from this set can be used by all users and bots in the group.
---@field linked_chat_id? any|integer|integer Unique identifier for the linked chat, i.e. the discussion group identifier for a channel and vice versa; for supergroups and channel chats.
---@field location? any|telegram.ChatLocation|any For supergroups, the location to which the supergroup is connected
---@field paid_message_star_count? integer The number of Telegram Stars a general user have to pay to send a message to the chat
---@field guard_bot? any|telegram.User|telegram.User|telegram.User The bot that processes join request queries in the chat. The field is only available to chat administrators.
---@field community? telegram.Community The Community to which the chat belongs

--- Represents an invite link for a chat.
---@class telegram.ChatInviteLink
---@field invite_link string The invite link. If the link was created by another chat administrator, then the second part of the link will be replaced with "...".
---@field creator telegram.User Creator of the link
---@field creates_join_request boolean True, if users joining the chat via the link need to be approved by chat administrators
---@field is_primary boolean True, if the link is primary
---@field is_revoked boolean True, if the link is revoked
---@field name? string Invite link name
---@field expire_date? integer Point in time (Unix timestamp) when the link will expire or has been expired
---@field member_limit? integer The maximum number of users that can be members of the chat simultaneously after joining the chat via this invite link; 1-99999
---@field pending_join_request_count? integer Number of pending join requests created using this link
---@field subscription_period? integer The number of seconds the subscription will be active for before the next payment
---@field subscription_price? integer The amount of Telegram Stars a user must pay initially and after each subsequent subscription period to be a member of the chat using the link

--- Represents a join request sent to a chat.
---@class telegram.ChatJoinRequest
---@field chat telegram.Chat Chat to which the request was sent
---@field from telegram.User User that sent the join request
---@field user_chat_id integer Identifier of a private chat with the user who sent the join request. The bot can use this identifier for 5 minutes to send messages until the join request is processed, assuming no other administrator contacted the user.
---@field date integer Date the request was sent in Unix time
---@field bio? string Bio of the user
---@field invite_link? telegram.ChatInviteLink Chat invite link that was used by the user to send the join request
---@field query_id? string Identifier of the join request query; for bots assigned to process join requests only. If present, then the bot must call sendChatJoinRequestWebApp or directly call answerChatJoinRequestQuery within 10 seconds.

--- Represents a location to which a chat is connected.
---@class telegram.ChatLocation
---@field location telegram.Location The location to which the supergroup is connected. Can't be a live location.
---@field address string Location address; 1-64 characters, as defined by the chat owner

--- This object contains information about one member of a chat. Currently, the following 6 types of chat members are supported: - ChatMemberOwner - ChatMemberAdministrator - ChatMemberMember - ChatMemberRestricted - ChatMemberLeft - ChatMemberBanned
---@alias telegram.ChatMember telegram.ChatMemberOwner|telegram.ChatMemberAdministrator|telegram.ChatMemberMember|telegram.ChatMemberRestricted|telegram.ChatMemberLeft|telegram.ChatMemberBanned

--- Represents a chat member that has some additional privileges.
---@class telegram.ChatMemberAdministrator
---@field status "administrator" The member's status in the chat
---@field user telegram.User Information about the user
---@field can_be_edited boolean True, if the bot is allowed to edit administrator privileges of that user
---@field is_anonymous boolean True, if the user's presence in the chat is hidden
---@field can_manage_chat boolean True, if the administrator can access the chat event log, get boost list, see hidden supergroup and channel members, report spam messages, ignore slow mode, and send messages to the chat without paying Telegram Stars. Implied by any other administrator privilege.
---@field can_delete_messages boolean True, if the administrator can delete messages of other users
---@field can_manage_video_chats boolean True, if the administrator can manage video chats
---@field can_restrict_members boolean True, if the administrator can restrict, ban or unban chat members, or access supergroup statistics
---@field can_promote_members boolean True, if the administrator can add new administrators with a subset of their own privileges or demote administrators that they have promoted, directly or indirectly (promoted by administrators that were appointed by the user)
---@field can_change_info boolean True, if the user is allowed to change the chat title, photo and other settings
---@field can_invite_users boolean True, if the user is allowed to invite new users to the chat
---@field can_manage_tags? boolean True, if the administrator can edit the tags of regular members; for groups and supergroups only
---@field can_post_stories boolean True, if the administrator can post stories to the chat
---@field can_edit_stories boolean True, if the administrator can edit stories posted by other users, post stories to the chat page, pin chat stories, and access the chat's story archive
---@field can_delete_stories boolean True, if the administrator can delete stories posted by other users
---@field can_post_messages? boolean True, if the administrator can post messages in the channel, approve suggested posts, or access channel statistics; for channels only
---@field can_edit_messages? boolean True, if the administrator can edit messages of other users and can pin messages; for channels only
---@field can_pin_messages? boolean True, if the user is allowed to pin messages; for groups and supergroups only
---@field can_manage_topics? boolean True, if the user is allowed to create, rename, close, and reopen forum topics; for supergroups only
---@field can_manage_direct_messages? boolean True, if the administrator can manage direct messages of the channel and decline suggested posts; for channels only
---@field can_send_welcome_messages boolean True, if the administrator can manage chat welcome messages or directly send them in the case of bots
---@field custom_title? string Custom title for this user

--- Represents a chat member that was banned in the chat and can't return to the chat or view chat messages.
---@class telegram.ChatMemberBanned
---@field status "kicked" The member's status in the chat
---@field user telegram.User Information about the user
---@field until_date integer Date when restrictions will be lifted for this user; Unix time. If 0, then the user is banned forever.

--- Represents a chat member that isn't currently a member of the chat, but may join it themselves.
---@class telegram.ChatMemberLeft
---@field status "left" The member's status in the chat
---@field user telegram.User Information about the user

--- Represents a chat member that has no additional privileges or restrictions.
---@class telegram.ChatMemberMember
---@field status "member" The member's status in the chat
---@field user telegram.User Information about the user
---@field tag? string Tag of the member
---@field until_date? integer Date when the user's subscription will expire; Unix time

--- Represents a chat member that owns the chat and has all administrator privileges.
---@class telegram.ChatMemberOwner
---@field status "creator" The member's status in the chat
---@field user telegram.User Information about the user
---@field is_anonymous boolean True, if the user's presence in the chat is hidden
---@field custom_title? string Custom title for this user

--- Represents a chat member that is under certain restrictions in the chat. Supergroups only.
---@class telegram.ChatMemberRestricted
---@field status "restricted" The member's status in the chat
---@field user telegram.User Information about the user
---@field tag? string Tag of the member
---@field is_member boolean True, if the user is a member of the chat at the moment of the request
---@field can_send_messages boolean True, if the user is allowed to send text messages, rich messages, contacts, giveaways, giveaway winners, invoices, locations and venues
---@field can_send_audios boolean True, if the user is allowed to send audios
---@field can_send_documents boolean True, if the user is allowed to send documents
---@field can_send_photos boolean True, if the user is allowed to send photos
---@field can_send_videos boolean True, if the user is allowed to send videos
---@field can_send_video_notes boolean True, if the user is allowed to send video notes
---@field can_send_voice_notes boolean True, if the user is allowed to send voice notes
---@field can_send_polls boolean True, if the user is allowed to send polls and checklists
---@field can_send_other_messages boolean True, if the user is allowed to send animations, games, stickers and use inline bots
---@field can_add_web_page_previews boolean True, if the user is allowed to add web page previews to their messages
---@field can_react_to_messages boolean True, if the user is allowed to react to messages
---@field can_change_info boolean True, if the user is allowed to change the chat title, photo and other settings
---@field can_invite_users boolean True, if the user is allowed to invite new users to the chat
---@field can_edit_tag boolean True, if the user is allowed to edit their own tag
---@field can_pin_messages boolean True, if the user is allowed to pin messages
---@field can_manage_topics boolean True, if the user is allowed to create forum topics
---@field until_date integer Date when restrictions will be lifted for this user; Unix time. If 0, then the user is restricted forever.

--- This object represents changes in the status of a chat member.
---@class telegram.ChatMemberUpdated
---@field chat telegram.Chat Chat the user belongs to
---@field from telegram.User Performer of the action, which resulted in the change
---@field date integer Date the change was done in Unix time
---@field old_chat_member telegram.ChatMember Previous information about the chat member
---@field new_chat_member telegram.ChatMember New information about the chat member
---@field invite_link? telegram.ChatInviteLink Chat invite link, which was used by the user to join the chat; for joining by invite link events only
---@field via_join_request? boolean True, if the user joined the chat after sending a direct join request without using an invite link without using an invite link and being approved by an administrator
---@field via_chat_folder_invite_link? boolean True, if the user joined the chat via a chat folder invite link

--- Describes a service message about an ownership change in the chat.
---@class telegram.ChatOwnerChanged
---@field new_owner telegram.User The new owner of the chat

--- Describes a service message about the chat owner leaving the chat.
---@class telegram.ChatOwnerLeft
---@field new_owner? telegram.User The user who will become the new owner of the chat if the previous owner does not return to the chat

--- Describes actions that a non-administrator user is allowed to take in a chat.
---@class telegram.ChatPermissions
---@field can_send_messages? boolean True, if the user is allowed to send text messages, rich messages, contacts, giveaways, giveaway winners, invoices, locations and venues
---@field can_send_audios? boolean True, if the user is allowed to send audios
---@field can_send_documents? boolean True, if the user is allowed to send documents
---@field can_send_photos? boolean True, if the user is allowed to send photos
---@field can_send_videos? boolean True, if the user is allowed to send videos
---@field can_send_video_notes? boolean True, if the user is allowed to send video notes
---@field can_send_voice_notes? boolean True, if the user is allowed to send voice notes
---@field can_send_polls? boolean True, if the user is allowed to send polls and checklists
---@field can_send_other_messages? boolean True, if the user is allowed to send animations, games, stickers and use inline bots
---@field can_add_web_page_previews? boolean True, if the user is allowed to add web page previews to their messages
---@field can_react_to_messages? boolean True, if the user is allowed to react to messages. If omitted, defaults to the value of can_send_messages.
---@field can_change_info? boolean True, if the user is allowed to change the chat title, photo and other settings. Ignored in public supergroups.
---@field can_invite_users? boolean True, if the user is allowed to invite new users to the chat
---@field can_edit_tag? boolean True, if the user is allowed to edit their own tag. If omitted, defaults to the value of can_pin_messages.
---@field can_pin_messages? boolean True, if the user is allowed to pin messages. Ignored in public supergroups.
---@field can_manage_topics? boolean True, if the user is allowed to create forum topics. If omitted, defaults to the value of can_pin_messages.

--- This object represents a chat photo.
---@class telegram.ChatPhoto
---@field small_file_id string File identifier of small (160x160) chat photo. This file_id can be used only for photo download and only for as long as the photo is not changed.
---@field small_file_unique_id string Unique file identifier of small (160x160) chat photo, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field big_file_id string File identifier of big (640x640) chat photo. This file_id can be used only for photo download and only for as long as the photo is not changed.
---@field big_file_unique_id string Unique file identifier of big (640x640) chat photo, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.

--- This object contains information about a chat that was shared with the bot using a KeyboardButtonRequestChat button.
---@class telegram.ChatShared
---@field request_id integer Identifier of the request
---@field chat_id integer Identifier of the shared chat. The bot may not have access to the chat and could be unable to use this identifier, unless the chat is already known to the bot by some other means.
---@field title? string Title of the chat, if the title was requested by the bot
---@field username? string Username of the chat, if the username was requested by the bot and available
---@field photo? telegram.PhotoSize[] Available sizes of the chat photo, if the photo was requested by the bot

--- Describes a checklist.
---@class telegram.Checklist
---@field title string Title of the checklist
---@field title_entities? telegram.MessageEntity[] Special entities that appear in the checklist title
---@field tasks telegram.ChecklistTask[] List of tasks in the checklist
---@field others_can_add_tasks? true True, if users other than the creator of the list can add tasks to the list
---@field others_can_mark_tasks_as_done? true True, if users other than the creator of the list can mark tasks as done or not done

--- Describes a task in a checklist.
---@class telegram.ChecklistTask
---@field id integer Unique identifier of the task
---@field text string Text of the task
---@field text_entities? telegram.MessageEntity[] Special entities that appear in the task text
---@field completed_by_user? telegram.User User that completed the task; omitted if the task wasn't completed by a user
---@field completed_by_chat? telegram.Chat Chat that completed the task; omitted if the task wasn't completed by a chat
---@field completion_date? integer Point in time (Unix timestamp) when the task was completed; 0 if the task wasn't completed

--- Describes a service message about tasks added to a checklist.
---@class telegram.ChecklistTasksAdded
---@field checklist_message? telegram.Message Message containing the checklist to which the tasks were added. Note that the Message object in this field will not contain the reply_to_message field even if it itself is a reply.
---@field tasks telegram.ChecklistTask[] List of tasks added to the checklist

--- Describes a service message about checklist tasks marked as done or not done.
---@class telegram.ChecklistTasksDone
---@field checklist_message? telegram.Message Message containing the checklist whose tasks were marked as done or not done. Note that the Message object in this field will not contain the reply_to_message field even if it itself is a reply.
---@field marked_as_done_task_ids? integer[] Identifiers of the tasks that were marked as done
---@field marked_as_not_done_task_ids? integer[] Identifiers of the tasks that were marked as not done

--- Represents a result of an inline query that was chosen by the user and sent to their chat partner. Note: It is necessary to enable inline feedback via `@BotFather` in order to receive these objects in updates.
---@class telegram.ChosenInlineResult
---@field result_id string The unique identifier for the result that was chosen
---@field from telegram.User The user that chose the result
---@field location? telegram.Location Sender location, only for bots that require user location
---@field inline_message_id? string Identifier of the sent inline message. Available only if there is an inline keyboard attached to the message. Will be also received in callback queries and can be used to edit the message.
---@field query string The query that was used to obtain the result

--- Represents a community (a group of chats).
---@class telegram.Community
---@field id integer Unique identifier for this community
---@field name string Name of the community

--- Describes a service message about a chat or a bot being added to a community.
---@class telegram.CommunityChatAdded
---@field community telegram.Community The new community to which the chat or the bot belongs

--- Describes a service message about a chat being joined by a user from a community.
---@class telegram.CommunityChatJoined
---@field community telegram.Community The community from which the chat was joined

--- Describes a service message about a chat or a bot being removed from a community. Currently holds no information.
---@class telegram.CommunityChatRemoved

--- This object represents a phone contact.
---@class telegram.Contact
---@field phone_number string Contact's phone number
---@field first_name string Contact's first name
---@field last_name? string Contact's last name
---@field user_id? integer Contact's user identifier in Telegram.
---@field vcard? string Additional data about the contact in the form of a vCard

--- This object represents an inline keyboard button that copies specified text to the clipboard.
---@class telegram.CopyTextButton
---@field text string The text to be copied to the clipboard; 1-256 characters

--- This object represents an animated emoji that displays a random value.
---@class telegram.Dice
---@field emoji string Emoji on which the dice throw animation is based
---@field value integer Value of the dice, 1-6 for "🎲", "🎯" and "🎳" base emoji, 1-5 for "🏀" and "⚽" base emoji, 1-64 for "🎰" base emoji

--- Describes a service message about a change in the price of direct messages sent to a channel chat.
---@class telegram.DirectMessagePriceChanged
---@field are_direct_messages_enabled boolean True, if direct messages are enabled for the channel chat; False otherwise
---@field direct_message_star_count? integer The new number of Telegram Stars that must be paid by users for each direct message sent to the channel. Defaults to 0.

--- Describes a topic of a direct messages chat.
---@class telegram.DirectMessagesTopic
---@field topic_id integer Unique identifier of the topic
---@field user telegram.User Information about the user that created the topic. Currently, it is always present.

--- This object represents a disabled button which does nothing. Currently holds no information.
---@class telegram.DisabledButton

--- This object represents a general file (as opposed to photos, voice messages and audio files).
---@class telegram.Document
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field thumbnail? telegram.PhotoSize Document thumbnail as defined by sender
---@field file_name? string Original filename as defined by sender
---@field mime_type? string MIME type of the file as defined by sender
---@field file_size? integer File size in bytes

--- Describes data required for decrypting and authenticating EncryptedPassportElement. See the Telegram Passport Documentation for a complete description of the data decryption and authentication processes.
---@class telegram.EncryptedCredentials
---@field data string Base64-encoded encrypted JSON-serialized data with unique user's payload, data hashes and secrets required for EncryptedPassportElement decryption and authentication
---@field hash string Base64-encoded data hash for data authentication
---@field secret string Base64-encoded secret, encrypted with the bot's public RSA key, required for data decryption

--- Describes documents or other Telegram Passport elements shared with the bot by the user.
---@class telegram.EncryptedPassportElement
---@field type "personal_details"|"passport"|"driver_license"|"identity_card"|"internal_passport"|"address"|"utility_bill"|"bank_statement"|"rental_agreement"|"passport_registration"|"temporary_registration"|"phone_number"|"email" Element type. One of “personal_details”, “passport”, “driver_license”, “identity_card”, “internal_passport”, “address”, “utility_bill”, “bank_statement”, “rental_agreement”, “passport_registration”, “temporary_registration”, “phone_number”, “email”.
---@field data? string Base64-encoded encrypted Telegram Passport element data provided by the user; available only for “personal_details”, “passport”, “driver_license”, “identity_card”, “internal_passport” and “address” types. Can be decrypted and verified using the accompanying EncryptedCredentials.
---@field phone_number? string User's verified phone number; available only for “phone_number” type
---@field email? string User's verified email address; available only for “email” type
---@field files? telegram.PassportFile[] Array of encrypted files with documents provided by the user; available only for “utility_bill”, “bank_statement”, “rental_agreement”, “passport_registration” and “temporary_registration” types. Files can be decrypted and verified using the accompanying EncryptedCredentials.
---@field front_side? telegram.PassportFile Encrypted file with the front side of the document, provided by the user; available only for “passport”, “driver_license”, “identity_card” and “internal_passport”. The file can be decrypted and verified using the accompanying EncryptedCredentials.
---@field reverse_side? telegram.PassportFile Encrypted file with the reverse side of the document, provided by the user; available only for “driver_license” and “identity_card”. The file can be decrypted and verified using the accompanying EncryptedCredentials.
---@field selfie? telegram.PassportFile Encrypted file with the selfie of the user holding a document, provided by the user; available if requested for “passport”, “driver_license”, “identity_card” and “internal_passport”. The file can be decrypted and verified using the accompanying EncryptedCredentials.
---@field translation? telegram.PassportFile[] Array of encrypted files with translated versions of documents provided by the user; available if requested for “passport”, “driver_license”, “identity_card”, “internal_passport”, “utility_bill”, “bank_statement”, “rental_agreement”, “passport_registration” and “temporary_registration” types. Files can be decrypted and verified using the accompanying EncryptedCredentials.
---@field hash string Base64-encoded element hash for using in PassportElementErrorUnspecified

--- The Bot API's EphemeralMessageParameters.
---@class telegram.EphemeralMessageParameters
---@field receiver_user_id integer Identifier of the user who will receive the message. It is not guaranteed that the user will receive the message, especially if they are offline. See here for more details.
---@field callback_query_id? string Identifier of the callback query which triggered the message, if any
---@field replace_callback_query_message? boolean Pass True if the ephemeral message must be shown in place of the original message

--- This object contains information about a message that is being replied to, which may come from another chat or forum topic.
---@class telegram.ExternalReplyInfo
---@field origin telegram.MessageOrigin Origin of the message replied to by the given message
---@field chat? telegram.Chat Chat the original message belongs to. Available only if the chat is a supergroup or a channel.
---@field message_id? integer Unique message identifier inside the original chat. Available only if the original chat is a supergroup or a channel.
---@field link_preview_options? telegram.LinkPreviewOptions Options used for link preview generation for the original message, if it is a text message
---@field animation? telegram.Animation Message is an animation, information about the animation
---@field audio? telegram.Audio Message is an audio file, information about the file
---@field document? telegram.Document Message is a general file, information about the file
---@field live_photo? telegram.LivePhoto Message is a live photo, information about the live photo
---@field photo? telegram.PhotoSize[] Message is a photo, available sizes of the photo
---@field sticker? telegram.Sticker Message is a sticker, information about the sticker
---@field story? telegram.Story Message is a forwarded story
---@field video? telegram.Video Message is a video, information about the video
---@field video_note? telegram.VideoNote Message is a video note, information about the video message
---@field voice? telegram.Voice Message is a voice message, information about the file
---@field has_media_spoiler? true True, if the message media is covered by a spoiler animation
---@field contact? telegram.Contact Message is a shared contact, information about the contact
---@field dice? telegram.Dice Message is a dice with random value
---@field game? telegram.Game Message is a game, information about the game.
---@field giveaway? telegram.Giveaway Message is a scheduled giveaway, information about the giveaway
---@field giveaway_winners? telegram.GiveawayWinners A giveaway with public winners was completed
---@field invoice? telegram.Invoice Message is an invoice for a payment, information about the invoice.
---@field location? telegram.Location Message is a shared location, information about the location
---@field paid_media? telegram.PaidMediaInfo Message contains paid media; information about the paid media
---@field poll? telegram.Poll Message is a native poll, information about the poll
---@field checklist? telegram.Checklist Message is a checklist
---@field venue? telegram.Venue Message is a venue, information about the venue

--- This object represents a file ready to be downloaded. The file can be downloaded via the link https://api.telegram.org/file/bot<token>/\<file_path>. It is guaranteed that the link will be valid for at least 1 hour. When the link expires, a new one can be requested by calling getFile.
---@class telegram.File
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field file_size? integer File size in bytes
---@field file_path? string File path. Use https://api.telegram.org/file/bot<token>/\<file_path> to get the file.

--- Upon receiving a message with this object, Telegram clients will display a reply interface to the user (act as if the user has selected the bot's message and tapped 'Reply'). This can be extremely useful if you want to create user-friendly step-by-step interfaces without having to sacrifice privacy mode. Not supported in channels and for messages sent on behalf of a user account. Example: A poll bot for groups runs in privacy mode (only receives commands, replies to its messages and mentions). There could be two ways to create a new poll: Explain the user how to send a command with parameters (e.g. /newpoll question answer1 answer2). May be appealing for hardcore users but lacks modern day polish. Guide the user through a step-by-step process. 'Please send me your question', 'Cool, now let's add the first answer option', 'Great. Keep adding answer options, then send /done when you're ready'. The last option is definitely more attractive. And if you use ForceReply in your bot's questions, it will receive the user's answers even if it only receives replies, commands and mentions - without any extra work for the user.
---@class telegram.ForceReply
---@field force_reply true Shows reply interface to the user, as if they manually selected the bot's message and tapped 'Reply'
---@field input_field_placeholder? string The placeholder to be shown in the input field when the reply is active; 1-64 characters
---@field selective? boolean Use this parameter if you want to force reply from specific users only. Targets: 1) users that are `@mentioned` in the text of the Message object; 2) if the bot's message is a reply to a message in the same chat and forum topic, sender of the original message.

--- This object represents a forum topic.
---@class telegram.ForumTopic
---@field message_thread_id integer Unique identifier of the forum topic
---@field name string Name of the topic
---@field is_name_implicit? true True, if the name of the topic wasn't specified explicitly by its creator and likely needs to be changed by the bot
---@field icon_color integer Color of the topic icon in RGB format
---@field icon_custom_emoji_id? string Unique identifier of the custom emoji shown as the topic icon

--- This object represents a service message about a forum topic closed in the chat. Currently holds no information.
---@class telegram.ForumTopicClosed

--- This object represents a service message about a new forum topic created in the chat.
---@class telegram.ForumTopicCreated
---@field name string Name of the topic
---@field is_name_implicit? true True, if the name of the topic wasn't specified explicitly by its creator and likely needs to be changed by the bot
---@field icon_color integer Color of the topic icon in RGB format
---@field icon_custom_emoji_id? string Unique identifier of the custom emoji shown as the topic icon

--- This object represents a service message about an edited forum topic.
---@class telegram.ForumTopicEdited
---@field name? string New name of the topic, if it was edited
---@field icon_custom_emoji_id? string New identifier of the custom emoji shown as the topic icon, if it was edited; an empty string if the icon was removed

--- This object represents a service message about a forum topic reopened in the chat. Currently holds no information.
---@class telegram.ForumTopicReopened

--- This object represents a game. Use BotFather to create and edit games, their short names will act as unique identifiers.
---@class telegram.Game
---@field title string Title of the game
---@field description string Description of the game
---@field photo telegram.PhotoSize[] Photo that will be displayed in the game message in chats
---@field text string Brief description of the game or high scores included in the game message. Can be automatically edited to include current high scores for the game when the bot calls setGameScore, or manually edited using editMessageText. 0-4096 characters.
---@field text_entities telegram.MessageEntity[] Special entities that appear in text, such as usernames, URLs, bot commands, etc.
---@field animation telegram.Animation Animation that will be displayed in the game message in chats. Upload via BotFather.

--- This object represents one row of the high scores table for a game.
---@class telegram.GameHighScore
---@field position integer Position in high score table for the game
---@field user telegram.User User
---@field score integer Score

--- This object represents a service message about General forum topic hidden in the chat. Currently holds no information.
---@class telegram.GeneralForumTopicHidden

--- This object represents a service message about General forum topic unhidden in the chat. Currently holds no information.
---@class telegram.GeneralForumTopicUnhidden

--- This object represents a gift that can be sent by the bot.
---@class telegram.Gift
---@field id string Unique identifier of the gift
---@field publisher_chat? telegram.Chat Information about the chat that published the gift
---@field sticker telegram.Sticker The sticker that represents the gift
---@field background? telegram.GiftBackground Background of the gift
---@field is_premium? true True, if the gift can only be purchased by Telegram Premium subscribers
---@field has_colors? true True, if the gift can be used (after being upgraded) to customize a user's appearance
---@field star_count integer The number of Telegram Stars that must be paid to send the sticker
---@field upgrade_star_count? integer The number of Telegram Stars that must be paid to upgrade the gift to a unique one
---@field unique_gift_variant_count? integer The total number of different unique gifts that can be obtained by upgrading the gift
---@field total_count? integer The total number of gifts of this type that can be sent by all users; for limited gifts only
---@field remaining_count? integer The number of remaining gifts of this type that can be sent by all users; for limited gifts only
---@field personal_total_count? integer The total number of gifts of this type that can be sent by the bot; for limited gifts only
---@field personal_remaining_count? integer The number of remaining gifts of this type that can be sent by the bot; for limited gifts only

--- This object describes the background of a gift.
---@class telegram.GiftBackground
---@field center_color integer Center color of the background in RGB format
---@field edge_color integer Edge color of the background in RGB format
---@field text_color integer Text color of the background in RGB format

--- Describes a service message about a regular gift that was sent or received.
---@class telegram.GiftInfo
---@field gift telegram.Gift Information about the gift
---@field owned_gift_id? string Unique identifier of the received gift for the bot; only present for gifts received on behalf of business accounts
---@field convert_star_count? integer Number of Telegram Stars that can be claimed by the receiver by converting the gift; omitted if conversion to Telegram Stars is impossible
---@field prepaid_upgrade_star_count? integer Number of Telegram Stars that were prepaid by the sender for the ability to upgrade the gift
---@field can_be_upgraded? true True, if the gift can be upgraded to a unique gift
---@field is_upgrade_separate? true True, if the gift's upgrade was purchased after the gift was sent
---@field unique_gift_number? integer Unique number reserved for this gift when upgraded. See the number field in UniqueGift.
---@field text? string Text of the message that was added to the gift
---@field entities? telegram.MessageEntity[] Special entities that appear in the text
---@field is_private? true True, if the sender and gift text are shown only to the gift receiver; otherwise, everyone will be able to see them

--- This object represent a list of gifts.
---@class telegram.Gifts
---@field gifts telegram.Gift[] The list of gifts

--- This object represents a message about a scheduled giveaway.
---@class telegram.Giveaway
---@field chats telegram.Chat[] The list of chats which the user must join to participate in the giveaway
---@field winners_selection_date integer Point in time (Unix timestamp) when winners of the giveaway will be selected
---@field winner_count integer The number of users which are supposed to be selected as winners of the giveaway
---@field only_new_members? true True, if only users who join the chats after the giveaway started should be eligible to win
---@field has_public_winners? true True, if the list of giveaway winners will be visible to everyone
---@field prize_description? string Description of additional giveaway prize
---@field country_codes? string[] A list of two-letter ISO 3166-1 alpha-2 country codes indicating the countries from which eligible users for the giveaway must come. If empty, then all users can participate in the giveaway. Users with a phone number that was bought on Fragment can always participate in giveaways.
---@field prize_star_count? integer The number of Telegram Stars to be split between giveaway winners; for Telegram Star giveaways only
---@field premium_subscription_month_count? integer The number of months the Telegram Premium subscription won from the giveaway will be active for; for Telegram Premium giveaways only

--- This object represents a service message about the completion of a giveaway without public winners.
---@class telegram.GiveawayCompleted
---@field winner_count integer Number of winners in the giveaway
---@field unclaimed_prize_count? integer Number of undistributed prizes
---@field giveaway_message? telegram.Message Message with the giveaway that was completed, if it wasn't deleted
---@field is_star_giveaway? true True, if the giveaway is a Telegram Star giveaway. Otherwise, currently, the giveaway is a Telegram Premium giveaway.

--- This object represents a service message about the creation of a scheduled giveaway.
---@class telegram.GiveawayCreated
---@field prize_star_count? integer The number of Telegram Stars to be split between giveaway winners; for Telegram Star giveaways only

--- This object represents a message about the completion of a giveaway with public winners.
---@class telegram.GiveawayWinners
---@field chat telegram.Chat The chat that created the giveaway
---@field giveaway_message_id integer Identifier of the message with the giveaway in the chat
---@field winners_selection_date integer Point in time (Unix timestamp) when winners of the giveaway were selected
---@field winner_count integer Total number of winners in the giveaway
---@field winners telegram.User[] List of up to 100 winners of the giveaway
---@field additional_chat_count? integer The number of other chats the user had to join in order to be eligible for the giveaway
---@field prize_star_count? integer The number of Telegram Stars that were split between giveaway winners; for Telegram Star giveaways only
---@field premium_subscription_month_count? integer The number of months the Telegram Premium subscription won from the giveaway will be active for; for Telegram Premium giveaways only
---@field unclaimed_prize_count? integer Number of undistributed prizes
---@field only_new_members? true True, if only users who had joined the chats after the giveaway started were eligible to win
---@field was_refunded? true True, if the giveaway was canceled because the payment for it was refunded
---@field prize_description? string Description of additional giveaway prize

--- This object describes a message that was deleted or is otherwise inaccessible to the bot.
---@class telegram.InaccessibleMessage
---@field message_id integer Unique message identifier inside the chat
---@field message_thread_id? integer Unique identifier of a message thread or forum topic to which the message belongs; for supergroups and private chats only
---@field from? telegram.User Sender of the message; may be empty for messages sent to channels. For backward compatibility, if the message was sent on behalf of a chat, the field contains a fake sender user in non-channel chats.
---@field sender_chat? telegram.Chat Sender of the message when sent on behalf of a chat. For example, the supergroup itself for messages sent by its anonymous administrators or a linked channel for messages automatically forwarded to the channel's discussion group. For backward compatibility, if the message was sent on behalf of a chat, the field from contains a fake sender user in non-channel chats.
---@field date 0 Always 0. The field can be used to differentiate regular and inaccessible messages.
---@field guest_query_id? string The unique identifier for the guest query. Use this identifier with the method answerGuestQuery to send a response message. If non-empty, the message belongs to the chat where the guest bot was summoned, which may not coincide with other existing bot chats sharing the same identifier.
---@field business_connection_id? string Unique identifier of the business connection from which the message was received. If non-empty, the message belongs to a chat of the corresponding business account that is independent from any potential bot chat which might share the same identifier.
---@field chat telegram.Chat Chat the message belonged to
---@field is_topic_message? boolean True, if the message is sent to a topic in a forum supergroup or a private chat with the bot
---@field direct_messages_topic? telegram.DirectMessagesTopic Information about the direct messages chat topic that contains the message
---@field sender_tag? string Tag or custom title of the sender of the message; for supergroups only
---@field receiver_user? telegram.User For ephemeral messages, the user who received the message
---@field ephemeral_message_id? integer For ephemeral messages, identifier of the ephemeral message inside this chat. The identifier may be reused for another ephemeral message after the message is deleted or expires.
---@field sender_boost_count? integer If the sender of the message boosted the chat, the number of boosts added by the user
---@field sender_business_bot? telegram.User The bot that actually sent the message on behalf of the business account. Available only for outgoing messages sent on behalf of the connected business account.
---@field forward_origin? telegram.MessageOrigin Information about the original message for forwarded messages
---@field is_automatic_forward? true True, if the message is a channel post that was automatically forwarded to the connected discussion group
---@field reply_to_message? telegram.ReplyMessage For replies in the same chat and message thread, the original message. Note that the Message object in this field will not contain further reply_to_message fields even if it itself is a reply. If the message is a reply to an ephemeral message, then this field may be omitted.
---@field reply_to_checklist_task_id? integer Identifier of the specific checklist task that is being replied to
---@field reply_to_poll_option_id? string Persistent identifier of the specific poll option that is being replied to
---@field is_paid_post? true True, if the message is a paid post. Note that such posts must not be deleted for 24 hours to receive the payment and can't be edited.
---@field external_reply? telegram.ExternalReplyInfo Information about the message that is being replied to, which may come from another chat or forum topic
---@field quote? telegram.TextQuote For replies that quote part of the original message, the quoted part of the message
---@field reply_to_story? telegram.Story For replies to a story, the original message
---@field via_bot? telegram.User Bot through which the message was sent
---@field guest_bot_caller_user? telegram.User For a message sent by a guest bot, this is the user whose original message triggered the bot's response.
---@field guest_bot_caller_chat? telegram.Chat For a message sent by a guest bot, this is the chat whose original message triggered the bot's response.
---@field edit_date? integer Date the message was last edited in Unix time
---@field has_protected_content? true True, if the message can't be forwarded
---@field show_caption_above_media? true True, if the caption must be shown above the message media
---@field is_from_offline? true True, if the message was sent by an implicit action, for example, as an away or a greeting business message, or as a scheduled message
---@field author_signature? string Signature of the post author for messages in channels, or the custom title of an anonymous group administrator
---@field link_preview_options? telegram.LinkPreviewOptions Options used for link preview generation for the message, if it is a text message and link preview options were changed
---@field effect_id? string Unique identifier of the message effect added to the message
---@field paid_star_count? integer The number of Telegram Stars that were paid by the sender of the message to send it
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message. login_url buttons are represented as ordinary url buttons.
---@field caption? string Caption for the animation, audio, document, photo, video or voice
---@field caption_entities? telegram.MessageEntity[] For messages with a caption, special entities like usernames, URLs, bot commands, etc. that appear in the caption
---@field media_group_id? string The unique identifier inside this chat of a media message group this message belongs to
---@field has_media_spoiler? true True, if the message media is covered by a spoiler animation
---@field text? string For text messages, the actual UTF-8 text of the message
---@field entities? telegram.MessageEntity[] For text messages, special entities like usernames, URLs, bot commands, etc. that appear in the text
---@field rich_message? telegram.RichMessage Message is a rich formatted message
---@field animation? telegram.Animation Message is an animation, information about the animation. For backward compatibility, when this field is set, the document field will also be set.
---@field audio? telegram.Audio Message is an audio file, information about the file
---@field document? telegram.Document Message is a general file, information about the file
---@field live_photo? telegram.LivePhoto Message is a live photo, information about the live photo. For backward compatibility, when this field is set, the photo field will also be set
---@field paid_media? telegram.PaidMediaInfo Message contains paid media; information about the paid media
---@field photo? telegram.PhotoSize[] Message is a photo, available sizes of the photo
---@field sticker? telegram.Sticker Message is a sticker, information about the sticker
---@field story? telegram.Story Message is a forwarded story
---@field video? telegram.Video Message is a video, information about the video
---@field video_note? telegram.VideoNote Message is a video note, information about the video message
---@field voice? telegram.Voice Message is a voice message, information about the file
---@field contact? telegram.Contact Message is a shared contact, information about the contact
---@field dice? telegram.Dice Message is a dice with random value
---@field game? telegram.Game Message is a game, information about the game.
---@field poll? telegram.Poll Message is a native poll, information about the poll
---@field venue? telegram.Venue Message is a venue, information about the venue. For backward compatibility, when this field is set, the location field will also be set.
---@field location? telegram.Location Message is a shared location, information about the location
---@field checklist? telegram.Checklist Message is a checklist
---@field checklist_tasks_done? telegram.ChecklistTasksDone Service message: some tasks in a checklist were marked as done or not done
---@field checklist_tasks_added? telegram.ChecklistTasksAdded Service message: tasks were added to a checklist
---@field community_chat_added? telegram.CommunityChatAdded Service message: chat or bot added to a Community
---@field community_chat_removed? telegram.CommunityChatRemoved Service message: chat or bot removed from a Community
---@field suggested_post_info? telegram.SuggestedPostInfo Information about suggested post parameters if the message is a suggested post in a channel direct messages chat. If the message is an approved or declined suggested post, then it can't be edited.
---@field suggested_post_approved? telegram.SuggestedPostApproved Service message: a suggested post was approved
---@field suggested_post_approval_failed? telegram.SuggestedPostApprovalFailed Service message: approval of a suggested post has failed
---@field suggested_post_declined? telegram.SuggestedPostDeclined Service message: a suggested post was declined
---@field suggested_post_paid? telegram.SuggestedPostPaid Service message: payment for a suggested post was received
---@field suggested_post_refunded? telegram.SuggestedPostRefunded Service message: payment for a suggested post was refunded
---@field chat_owner_left? telegram.ChatOwnerLeft Service message: chat owner has left
---@field chat_owner_changed? telegram.ChatOwnerChanged Service message: chat owner has changed
---@field new_chat_members? telegram.User[] New members that were added to the group or supergroup and information about them (the bot itself may be one of these members)
---@field community_chat_joined? telegram.CommunityChatJoined Service message: chat was joined by a user from a Community
---@field left_chat_member? telegram.User A member was removed from the group, information about them (this member may be the bot itself)
---@field new_chat_title? string A chat title was changed to this value
---@field new_chat_photo? telegram.PhotoSize[] A chat photo was change to this value
---@field delete_chat_photo? true Service message: the chat photo was deleted
---@field group_chat_created? true Service message: the group has been created
---@field supergroup_chat_created? true Service message: the supergroup has been created. This field can't be received in a message coming through updates, because bot can't be a member of a supergroup when it is created. It can only be found in reply_to_message if someone replies to a very first message in a directly created supergroup.
---@field channel_chat_created? true Service message: the channel has been created. This field can't be received in a message coming through updates, because bot can't be a member of a channel when it is created. It can only be found in reply_to_message if someone replies to a very first message in a channel.
---@field managed_bot_created? telegram.ManagedBotCreated Service message: user created a bot that will be managed by the current bot
---@field poll_option_added? telegram.PollOptionAdded Service message: answer option was added to a poll
---@field poll_option_deleted? telegram.PollOptionDeleted Service message: answer option was deleted from a poll
---@field message_auto_delete_timer_changed? telegram.MessageAutoDeleteTimerChanged Service message: auto-delete timer settings changed in the chat
---@field migrate_to_chat_id? integer The group has been migrated to a supergroup with the specified identifier.
---@field migrate_from_chat_id? integer The supergroup has been migrated from a group with the specified identifier.
---@field pinned_message? telegram.MaybeInaccessibleMessage Specified message was pinned. Note that the Message object in this field will not contain further reply_to_message fields even if it itself is a reply.
---@field invoice? telegram.Invoice Message is an invoice for a payment, information about the invoice.
---@field successful_payment? telegram.SuccessfulPayment Message is a service message about a successful payment, information about the payment.
---@field refunded_payment? telegram.RefundedPayment Message is a service message about a refunded payment, information about the payment.
---@field users_shared? telegram.UsersShared Service message: users were shared with the bot
---@field chat_shared? telegram.ChatShared Service message: a chat was shared with the bot
---@field connected_website? string The domain name of the website on which the user has logged in.
---@field write_access_allowed? telegram.WriteAccessAllowed Service message: the user allowed the bot to write messages after adding it to the attachment or side menu, launching a Web App from a link, or accepting an explicit request from a Web App sent by the method requestWriteAccess
---@field passport_data? telegram.PassportData Telegram Passport data
---@field proximity_alert_triggered? telegram.ProximityAlertTriggered Service message: a user in the chat triggered another user's proximity alert while sharing Live Location.
---@field boost_added? telegram.ChatBoostAdded Service message: user boosted the chat
---@field chat_background_set? telegram.ChatBackground
---@field forum_topic_created? telegram.ForumTopicCreated Service message: forum topic created
---@field forum_topic_edited? telegram.ForumTopicEdited Service message: forum topic edited
---@field forum_topic_closed? telegram.ForumTopicClosed Service message: forum topic closed
---@field forum_topic_reopened? telegram.ForumTopicReopened Service message: forum topic reopened
---@field general_forum_topic_hidden? telegram.GeneralForumTopicHidden Service message: the 'General' forum topic hidden
---@field general_forum_topic_unhidden? telegram.GeneralForumTopicUnhidden Service message: the 'General' forum topic unhidden
---@field giveaway_created? telegram.GiveawayCreated Service message: a scheduled giveaway was created
---@field giveaway? telegram.Giveaway The message is a scheduled giveaway message
---@field giveaway_winners? telegram.GiveawayWinners A giveaway with public winners was completed
---@field giveaway_completed? telegram.GiveawayCompleted Service message: a giveaway without public winners was completed
---@field gift? telegram.GiftInfo Service message: a regular gift was sent or received
---@field gift_upgrade_sent? telegram.GiftInfo Service message: upgrade of a gift was purchased after the gift was sent
---@field unique_gift? telegram.UniqueGiftInfo Service message: a unique gift was sent or received
---@field paid_message_price_changed? telegram.PaidMessagePriceChanged Service message: the price for paid messages has changed in the chat
---@field direct_message_price_changed? telegram.DirectMessagePriceChanged Service message: the price for paid messages in the corresponding direct messages chat of a channel has changed
---@field video_chat_scheduled? telegram.VideoChatScheduled Service message: video chat scheduled
---@field video_chat_started? telegram.VideoChatStarted Service message: video chat started
---@field video_chat_ended? telegram.VideoChatEnded Service message: video chat ended
---@field video_chat_participants_invited? telegram.VideoChatParticipantsInvited Service message: new participants invited to a video chat
---@field web_app_data? telegram.WebAppData Service message: data sent by a Web App

--- This object represents one button of an inline keyboard. Exactly one of the fields other than text, icon_custom_emoji_id, and style must be used to specify the type of the button.
---@class telegram.InlineKeyboardButton
---@field text string Label text on the button
---@field icon_custom_emoji_id? string Unique identifier of the custom emoji shown before the text of the button. Can only be used by bots that purchased additional usernames on Fragment or in the messages directly sent by the bot to private, group and supergroup chats if the owner of the bot has a Telegram Premium subscription.
---@field style? "danger"|"success"|"primary" Style of the button. Must be one of “danger” (red), “success” (green) or “primary” (blue). If omitted, then an app-specific style is used.
---@field callback_data? string Data to be sent in a callback query to the bot when the button is pressed, 1-64 bytes
---@field callback_game? telegram.CallbackGame Description of the game that will be launched when the user presses the button. NOTE: This type of button must always be the first button in the first row.
---@field login_url? telegram.LoginUrl An HTTPS URL used to automatically authorize the user. Can be used as a replacement for the Telegram Login Widget. Not supported for ephemeral messages.
---@field disabled? telegram.DisabledButton If set, then the button is disabled and does nothing
---@field pay? boolean Specify True, to send a Pay button. Substrings “⭐” and “XTR” in the buttons's text will be replaced with a Telegram Star icon. NOTE: This type of button must always be the first button in the first row and can only be used in invoice messages.
---@field switch_inline_query? string If set, pressing the button will prompt the user to select one of their chats, open that chat and insert the bot's username and the specified inline query in the input field. May be empty, in which case just the bot's username will be inserted. Not supported for messages sent in channel direct messages chats and on behalf of a business account.
---@field switch_inline_query_current_chat? string If set, pressing the button will insert the bot's username and the specified inline query in the current chat's input field. May be empty, in which case only the bot's username will be inserted. This offers a quick way for the user to open your bot in inline mode in the same chat - good for selecting something from multiple options. Not supported in channels and for messages sent in channel direct messages chats and on behalf of a business account.
---@field switch_inline_query_chosen_chat? telegram.SwitchInlineQueryChosenChat If set, pressing the button will prompt the user to select one of their chats of the specified type, open that chat and insert the bot's username and the specified inline query in the input field. Not supported for messages sent in channel direct messages chats and on behalf of a business account.
---@field copy_text? telegram.CopyTextButton Description of the button that copies the specified text to the clipboard
---@field url? string HTTP or tg:// URL to be opened when the button is pressed. Links tg://user?id=<user_id> can be used to mention a user by their identifier without using a username, if this is allowed by their privacy settings.
---@field web_app? telegram.WebAppInfo Description of the Web App that will be launched when the user presses the button. The Web App will be able to send an arbitrary message on behalf of the user using the method answerWebAppQuery. Available only in private chats between a user and the bot. Not supported for messages sent on behalf of a business account.

--- This object represents one button of an inline keyboard. Exactly one of the optional fields must be used to specify type of the button.
---@class telegram.InlineKeyboardMarkup
---@field inline_keyboard telegram.InlineKeyboardButton[][] Array of button rows, each represented by an Array of InlineKeyboardButton objects
---@field force_reply? boolean Pass True if the reply interface must be shown to the user, as if they had manually selected the bot's message and tapped 'Reply'. The value of the field can't be changed when the inline keyboard is edited.

--- This object represents an incoming inline query. When the user sends an empty query, your bot could return some default or trending results.
---@class telegram.InlineQuery
---@field id string Unique identifier for this query
---@field from telegram.User Sender
---@field query string Text of the query (up to 256 characters)
---@field offset string Offset of the results to be returned, can be controlled by the bot
---@field chat_type? "sender"|any Type of the chat from which the inline query was sent. Can be either “sender” for a private chat with the inline query sender, “private”, “group”, “supergroup”, or “channel”. The chat type should be always known for requests sent from official clients and most third-party clients, unless the request was sent from a secret chat.
---@field location? telegram.Location Sender location, only for bots that request user location

--- This object represents one result of an inline query. Telegram clients currently support results of the following 20 types: - InlineQueryResultCachedAudio - InlineQueryResultCachedDocument - InlineQueryResultCachedGif - InlineQueryResultCachedMpeg4Gif - InlineQueryResultCachedPhoto - InlineQueryResultCachedSticker - InlineQueryResultCachedVideo - InlineQueryResultCachedVoice - InlineQueryResultArticle - InlineQueryResultAudio - InlineQueryResultContact - InlineQueryResultGame - InlineQueryResultDocument - InlineQueryResultGif - InlineQueryResultLocation - InlineQueryResultMpeg4Gif - InlineQueryResultPhoto - InlineQueryResultVenue - InlineQueryResultVideo - InlineQueryResultVoice Note: All URLs passed in inline query results will be available to end users and therefore must be assumed to be public.
---@alias telegram.InlineQueryResult telegram.InlineQueryResultCachedAudio|telegram.InlineQueryResultCachedDocument|telegram.InlineQueryResultCachedGif|telegram.InlineQueryResultCachedMpeg4Gif|telegram.InlineQueryResultCachedPhoto|telegram.InlineQueryResultCachedSticker|telegram.InlineQueryResultCachedVideo|telegram.InlineQueryResultCachedVoice|telegram.InlineQueryResultArticle|telegram.InlineQueryResultAudio|telegram.InlineQueryResultContact|telegram.InlineQueryResultGame|telegram.InlineQueryResultDocument|telegram.InlineQueryResultGif|telegram.InlineQueryResultLocation|telegram.InlineQueryResultMpeg4Gif|telegram.InlineQueryResultPhoto|telegram.InlineQueryResultVenue|telegram.InlineQueryResultVideo|telegram.InlineQueryResultVoice

--- Represents a link to an article or web page.
---@class telegram.InlineQueryResultArticle
---@field type "article" Type of the result, must be article
---@field id string Unique identifier for this result, 1-64 Bytes
---@field title string Title of the result
---@field input_message_content telegram.InputMessageContent Content of the message to be sent
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field url? string URL of the result
---@field description? string Short description of the result
---@field thumbnail_url? string Url of the thumbnail for the result
---@field thumbnail_width? integer Thumbnail width
---@field thumbnail_height? integer Thumbnail height

--- Represents a link to an MP3 audio file. By default, this audio file will be sent by the user. Alternatively, you can use input_message_content to send a message with the specified content instead of the audio.
---@class telegram.InlineQueryResultAudio
---@field type "audio" Type of the result, must be audio
---@field id string Unique identifier for this result, 1-64 bytes
---@field audio_url string A valid URL for the audio file
---@field title string Title
---@field caption? string Caption, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the audio caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field performer? string Performer
---@field audio_duration? integer Audio duration in seconds
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the audio

--- Represents a link to an MP3 audio file stored on the Telegram servers. By default, this audio file will be sent by the user. Alternatively, you can use input_message_content to send a message with the specified content instead of the audio.
---@class telegram.InlineQueryResultCachedAudio
---@field type "audio" Type of the result, must be audio
---@field id string Unique identifier for this result, 1-64 bytes
---@field audio_file_id string A valid file identifier for the audio file
---@field caption? string Caption, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the audio caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the audio

--- Represents a link to a file stored on the Telegram servers. By default, this file will be sent by the user with an optional caption. Alternatively, you can use input_message_content to send a message with the specified content instead of the file.
---@class telegram.InlineQueryResultCachedDocument
---@field type "document" Type of the result, must be document
---@field id string Unique identifier for this result, 1-64 bytes
---@field title string Title for the result
---@field document_file_id string A valid file identifier for the file
---@field description? string Short description of the result
---@field caption? string Caption of the document to be sent, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the document caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the file

--- Represents a link to an animated GIF file stored on the Telegram servers. By default, this animated GIF file will be sent by the user with an optional caption. Alternatively, you can use input_message_content to send a message with specified content instead of the animation.
---@class telegram.InlineQueryResultCachedGif
---@field type "gif" Type of the result, must be gif
---@field id string Unique identifier for this result, 1-64 bytes
---@field gif_file_id string A valid file identifier for the GIF file
---@field title? string Title for the result
---@field caption? string Caption of the GIF file to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the GIF animation

--- Represents a link to a video animation (H.264/MPEG-4 AVC video without sound) stored on the Telegram servers. By default, this animated MPEG-4 file will be sent by the user with an optional caption. Alternatively, you can use input_message_content to send a message with the specified content instead of the animation.
---@class telegram.InlineQueryResultCachedMpeg4Gif
---@field type "mpeg4_gif" Type of the result, must be mpeg4_gif
---@field id string Unique identifier for this result, 1-64 bytes
---@field mpeg4_file_id string A valid file identifier for the MPEG4 file
---@field title? string Title for the result
---@field caption? string Caption of the MPEG-4 file to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the video animation

--- Represents a link to a photo stored on the Telegram servers. By default, this photo will be sent by the user with an optional caption. Alternatively, you can use input_message_content to send a message with the specified content instead of the photo.
---@class telegram.InlineQueryResultCachedPhoto
---@field type "photo" Type of the result, must be photo
---@field id string Unique identifier for this result, 1-64 bytes
---@field photo_file_id string A valid file identifier of the photo
---@field title? string Title for the result
---@field description? string Short description of the result
---@field caption? string Caption of the photo to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the photo caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the photo

--- Represents a link to a sticker stored on the Telegram servers. By default, this sticker will be sent by the user. Alternatively, you can use input_message_content to send a message with the specified content instead of the sticker.
---@class telegram.InlineQueryResultCachedSticker
---@field type "sticker" Type of the result, must be sticker
---@field id string Unique identifier for this result, 1-64 bytes
---@field sticker_file_id string A valid file identifier of the sticker
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the sticker

--- Represents a link to a video file stored on the Telegram servers. By default, this video file will be sent by the user with an optional caption. Alternatively, you can use input_message_content to send a message with the specified content instead of the video.
---@class telegram.InlineQueryResultCachedVideo
---@field type "video" Type of the result, must be video
---@field id string Unique identifier for this result, 1-64 bytes
---@field video_file_id string A valid file identifier for the video file
---@field title string Title for the result
---@field description? string Short description of the result
---@field caption? string Caption of the video to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the video caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the video

--- Represents a link to a voice message stored on the Telegram servers. By default, this voice message will be sent by the user. Alternatively, you can use input_message_content to send a message with the specified content instead of the voice message.
---@class telegram.InlineQueryResultCachedVoice
---@field type "voice" Type of the result, must be voice
---@field id string Unique identifier for this result, 1-64 bytes
---@field voice_file_id string A valid file identifier for the voice message
---@field title string Voice message title
---@field caption? string Caption, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the voice message caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the voice message

--- Represents a contact with a phone number. By default, this contact will be sent by the user. Alternatively, you can use input_message_content to send a message with the specified content instead of the contact.
---@class telegram.InlineQueryResultContact
---@field type "contact" Type of the result, must be contact
---@field id string Unique identifier for this result, 1-64 Bytes
---@field phone_number string Contact's phone number
---@field first_name string Contact's first name
---@field last_name? string Contact's last name
---@field vcard? string Additional data about the contact in the form of a vCard, 0-2048 bytes
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the contact
---@field thumbnail_url? string Url of the thumbnail for the result
---@field thumbnail_width? integer Thumbnail width
---@field thumbnail_height? integer Thumbnail height

--- Represents a link to a file. By default, this file will be sent by the user with an optional caption. Alternatively, you can use input_message_content to send a message with the specified content instead of the file. Currently, only .PDF and .ZIP files can be sent using this method.
---@class telegram.InlineQueryResultDocument
---@field type "document" Type of the result, must be document
---@field id string Unique identifier for this result, 1-64 bytes
---@field title string Title for the result
---@field caption? string Caption of the document to be sent, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the document caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field document_url string A valid URL for the file
---@field mime_type "application/pdf"|"application/zip" MIME type of the content of the file, either “application/pdf” or “application/zip”
---@field description? string Short description of the result
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the file
---@field thumbnail_url? string URL of the thumbnail (JPEG only) for the file
---@field thumbnail_width? integer Thumbnail width
---@field thumbnail_height? integer Thumbnail height

--- Represents a Game.
---@class telegram.InlineQueryResultGame
---@field type "game" Type of the result, must be game
---@field id string Unique identifier for this result, 1-64 bytes
---@field game_short_name string Short name of the game
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message

--- Represents a link to an animated GIF file. By default, this animated GIF file will be sent by the user with optional caption. Alternatively, you can use input_message_content to send a message with the specified content instead of the animation.
---@class telegram.InlineQueryResultGif
---@field type "gif" Type of the result, must be gif
---@field id string Unique identifier for this result, 1-64 bytes
---@field gif_url string A valid URL for the GIF file
---@field gif_width? integer Width of the GIF
---@field gif_height? integer Height of the GIF
---@field gif_duration? integer Duration of the GIF in seconds
---@field thumbnail_url string URL of the static (JPEG or GIF) or animated (MPEG4) thumbnail for the result
---@field thumbnail_mime_type? "image/jpeg"|"image/gif"|"video/mp4" MIME type of the thumbnail, must be one of “image/jpeg”, “image/gif”, or “video/mp4”. Defaults to “image/jpeg”.
---@field title? string Title for the result
---@field caption? string Caption of the GIF file to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the GIF animation

--- Represents a location on a map. By default, the location will be sent by the user. Alternatively, you can use input_message_content to send a message with the specified content instead of the location.
---@class telegram.InlineQueryResultLocation
---@field type "location" Type of the result, must be location
---@field id string Unique identifier for this result, 1-64 Bytes
---@field latitude number Location latitude in degrees
---@field longitude number Location longitude in degrees
---@field title string Location title
---@field horizontal_accuracy? number The radius of uncertainty for the location, measured in meters; 0-1500
---@field live_period? integer Period in seconds during which the location can be updated, must be between 60 and 86400, or 0x7FFFFFFF for live locations that can be edited indefinitely
---@field heading? integer For live locations, a direction in which the user is moving, in degrees. Must be between 1 and 360 if specified.
---@field proximity_alert_radius? integer For live locations, a maximum distance for proximity alerts about approaching another chat member, in meters. Must be between 1 and 100000 if specified.
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the location
---@field thumbnail_url? string Url of the thumbnail for the result
---@field thumbnail_width? integer Thumbnail width
---@field thumbnail_height? integer Thumbnail height

--- Represents a link to a video animation (H.264/MPEG-4 AVC video without sound). By default, this animated MPEG-4 file will be sent by the user with optional caption. Alternatively, you can use input_message_content to send a message with the specified content instead of the animation.
---@class telegram.InlineQueryResultMpeg4Gif
---@field type "mpeg4_gif" Type of the result, must be mpeg4_gif
---@field id string Unique identifier for this result, 1-64 bytes
---@field mpeg4_url string A valid URL for the MPEG4 file
---@field mpeg4_width? integer Video width
---@field mpeg4_height? integer Video height
---@field mpeg4_duration? integer Video duration in seconds
---@field thumbnail_url string URL of the static (JPEG or GIF) or animated (MPEG4) thumbnail for the result
---@field thumbnail_mime_type? "image/jpeg"|"image/gif"|"video/mp4" MIME type of the thumbnail, must be one of “image/jpeg”, “image/gif”, or “video/mp4”. Defaults to “image/jpeg”.
---@field title? string Title for the result
---@field caption? string Caption of the MPEG-4 file to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the video animation

--- Represents a link to a photo. By default, this photo will be sent by the user with optional caption. Alternatively, you can use input_message_content to send a message with the specified content instead of the photo.
---@class telegram.InlineQueryResultPhoto
---@field type "photo" Type of the result, must be photo
---@field id string Unique identifier for this result, 1-64 bytes
---@field photo_url string A valid URL of the photo. Photo must be in JPEG format. Photo size must not exceed 5MB.
---@field thumbnail_url string URL of the thumbnail for the photo
---@field photo_width? integer Width of the photo
---@field photo_height? integer Height of the photo
---@field title? string Title for the result
---@field description? string Short description of the result
---@field caption? string Caption of the photo to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the photo caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the photo

--- Represents a venue. By default, the venue will be sent by the user. Alternatively, you can use input_message_content to send a message with the specified content instead of the venue.
---@class telegram.InlineQueryResultVenue
---@field type "venue" Type of the result, must be venue
---@field id string Unique identifier for this result, 1-64 Bytes
---@field latitude number Latitude of the venue location in degrees
---@field longitude number Longitude of the venue location in degrees
---@field title string Title of the venue
---@field address string Address of the venue
---@field foursquare_id? string Foursquare identifier of the venue if known
---@field foursquare_type? string Foursquare type of the venue, if known. (For example, “arts_entertainment/default”, “arts_entertainment/aquarium” or “food/icecream”.)
---@field google_place_id? string Google Places identifier of the venue
---@field google_place_type? string Google Places type of the venue. (See supported types.)
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the venue
---@field thumbnail_url? string Url of the thumbnail for the result
---@field thumbnail_width? integer Thumbnail width
---@field thumbnail_height? integer Thumbnail height

--- Represents a link to a page containing an embedded video player or a video file. By default, this video file will be sent by the user with an optional caption. Alternatively, you can use input_message_content to send a message with the specified content instead of the video. > If an InlineQueryResultVideo message contains an embedded video (e.g., YouTube), you must replace its content using input_message_content.
---@class telegram.InlineQueryResultVideo
---@field type "video" Type of the result, must be video
---@field id string Unique identifier for this result, 1-64 bytes
---@field video_url string A valid URL for the embedded video player or video file
---@field mime_type "text/html"|"video/mp4" MIME type of the content of the video URL, “text/html” or “video/mp4”
---@field thumbnail_url string URL of the thumbnail (JPEG only) for the video
---@field title string Title for the result
---@field caption? string Caption of the video to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the video caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field video_width? integer Video width
---@field video_height? integer Video height
---@field video_duration? integer Video duration in seconds
---@field description? string Short description of the result
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the video. This field is required if InlineQueryResultVideo is used to send an HTML-page as a result (e.g., a YouTube video).

--- Represents a link to a voice recording in an .OGG container encoded with OPUS. By default, this voice recording will be sent by the user. Alternatively, you can use input_message_content to send a message with the specified content instead of the the voice message.
---@class telegram.InlineQueryResultVoice
---@field type "voice" Type of the result, must be voice
---@field id string Unique identifier for this result, 1-64 bytes
---@field voice_url string A valid URL for the voice recording
---@field title string Recording title
---@field caption? string Caption, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the voice message caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field voice_duration? integer Recording duration in seconds
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message
---@field input_message_content? telegram.InputMessageContent Content of the message to be sent instead of the voice recording

--- This object represents a button to be shown above inline query results. You must use exactly one of the optional fields. Example: An inline bot that sends YouTube videos can ask the user to connect the bot to their YouTube account to adapt search results accordingly. To do this, it displays a 'Connect your YouTube account' button above the results, or even before showing any. The user presses the button, switches to a private chat with the bot and, in doing so, passes a start parameter that instructs the bot to return an OAuth link. Once done, the bot can offer a switch_inline button so that the user can easily return to the chat where they wanted to use the bot's inline capabilities.
---@class telegram.InlineQueryResultsButton
---@field text string Label text on the button
---@field web_app? telegram.WebAppInfo Description of the Web App that will be launched when the user presses the button. The Web App will be able to switch back to the inline mode using the method web_app_switch_inline_query inside the Web App.
---@field start_parameter? string Deep-linking parameter for the /start message sent to the bot when a user presses the button. 1-64 characters, only `A-Z`, `a-z`, `0-9`, `_` and `-` are allowed.

--- Describes a checklist to create.
---@class telegram.InputChecklist
---@field title string Title of the checklist; 1-255 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the title. See formatting options for more details.
---@field title_entities? telegram.MessageEntity[] List of special entities that appear in the title, which can be specified instead of parse_mode. Currently, only bold, italic, underline, strikethrough, spoiler, custom_emoji, and date_time entities are allowed.
---@field tasks telegram.InputChecklistTask[] List of 1-30 tasks in the checklist
---@field others_can_add_tasks? boolean Pass True if other users can add tasks to the checklist
---@field others_can_mark_tasks_as_done? boolean Pass True if other users can mark tasks as done or not done in the checklist

--- Describes a task to add to a checklist.
---@class telegram.InputChecklistTask
---@field id integer Unique identifier of the task; must be positive and unique among all task identifiers currently present in the checklist
---@field text string Text of the task; 1-100 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the text. See formatting options for more details.
---@field text_entities? telegram.MessageEntity[] List of special entities that appear in the text, which can be specified instead of parse_mode. Currently, only bold, italic, underline, strikethrough, spoiler, custom_emoji, and date_time entities are allowed.

--- Represents the content of a contact message to be sent as the result of an inline query.
---@class telegram.InputContactMessageContent
---@field phone_number string Contact's phone number
---@field first_name string Contact's first name
---@field last_name? string Contact's last name
---@field vcard? string Additional data about the contact in the form of a vCard, 0-2048 bytes

--- Represents the content of an invoice message to be sent as the result of an inline query.
---@class telegram.InputInvoiceMessageContent
---@field title string Product name, 1-32 characters
---@field description string Product description, 1-255 characters
---@field payload string Bot-defined invoice payload, 1-128 bytes. This will not be displayed to the user, use it for your internal processes.
---@field provider_token? string Payment provider token, obtained via `@BotFather`. Pass an empty string for payments in Telegram Stars.
---@field currency string Three-letter ISO 4217 currency code, see more on currencies. Pass “XTR” for payments in Telegram Stars.
---@field prices telegram.LabeledPrice[] Price breakdown, a JSON-serialized list of components (e.g. product price, tax, discount, delivery cost, delivery tax, bonus, etc.). Must contain exactly one item for payments in Telegram Stars.
---@field max_tip_amount? integer The maximum accepted amount for tips in the smallest units of the currency (integer, not float/double). For example, for a maximum tip of US$ 1.45 pass max_tip_amount = 145. See the exp parameter in currencies.json, it shows the number of digits past the decimal point for each currency (2 for the majority of currencies). Defaults to 0. Not supported for payments in Telegram Stars.
---@field suggested_tip_amounts? integer[] An Array of suggested amounts of tip in the smallest units of the currency (integer, not float/double). At most 4 suggested tip amounts can be specified. The suggested tip amounts must be positive, passed in a strictly increased order and must not exceed max_tip_amount.
---@field provider_data? string Data about the invoice, which will be shared with the payment provider. A detailed description of the required fields should be provided by the payment provider.
---@field photo_url? string URL of the product photo for the invoice. Can be a photo of the goods or a marketing image for a service.
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

--- Represents the content of a location message to be sent as the result of an inline query.
---@class telegram.InputLocationMessageContent
---@field latitude number Latitude of the location in degrees
---@field longitude number Longitude of the location in degrees
---@field horizontal_accuracy? number The radius of uncertainty for the location, measured in meters; 0-1500
---@field live_period? integer Period in seconds during which the location can be updated, must be between 60 and 86400, or 0x7FFFFFFF for live locations that can be edited indefinitely
---@field heading? integer For live locations, a direction in which the user is moving, in degrees. Must be between 1 and 360 if specified.
---@field proximity_alert_radius? integer For live locations, a maximum distance for proximity alerts about approaching another chat member, in meters. Must be between 1 and 100000 if specified.

--- This object represents the content of a media message to be sent. It should be one of - InputMediaAnimation - InputMediaAudio - InputMediaDocument - InputMediaLivePhoto - InputMediaPhoto - InputMediaVideo
---@alias telegram.InputMedia telegram.InputMediaAnimation|telegram.InputMediaAudio|telegram.InputMediaDocument|telegram.InputMediaLivePhoto|telegram.InputMediaPhoto|telegram.InputMediaVideo

--- Represents an animation file (GIF or H.264/MPEG-4 AVC video without sound) to be sent.
---@class telegram.InputMediaAnimation
---@field type "animation" Type of the media, must be animation
---@field media tgrunner.InputFile|string File to send. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass "attach://\<file_attach_name>" to upload a new one using multipart/form-data under \<file_attach_name> name.
---@field thumbnail? tgrunner.InputFile Thumbnail of the file sent; can be ignored if thumbnail generation for the file is supported server-side. The thumbnail should be in JPEG format and less than 200 kB in size. A thumbnail's width and height should not exceed 320. Ignored if the file is not uploaded using multipart/form-data. Thumbnails can't be reused and can be only uploaded as a new file, so you can pass "attach://\<file_attach_name>" if the thumbnail was uploaded using multipart/form-data under \<file_attach_name>.
---@field caption? string Caption of the animation to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the animation caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field width? integer Animation width
---@field height? integer Animation height
---@field duration? integer Animation duration in seconds
---@field has_spoiler? boolean Pass True if the photo needs to be covered with a spoiler animation

--- Represents an audio file to be treated as music to be sent.
---@class telegram.InputMediaAudio
---@field type "audio" Type of the media, must be audio
---@field media tgrunner.InputFile|string File to send. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass "attach://\<file_attach_name>" to upload a new one using multipart/form-data under \<file_attach_name> name.
---@field thumbnail? tgrunner.InputFile Thumbnail of the file sent; can be ignored if thumbnail generation for the file is supported server-side. The thumbnail should be in JPEG format and less than 200 kB in size. A thumbnail's width and height should not exceed 320. Ignored if the file is not uploaded using multipart/form-data. Thumbnails can't be reused and can be only uploaded as a new file, so you can pass "attach://\<file_attach_name>" if the thumbnail was uploaded using multipart/form-data under \<file_attach_name>.
---@field caption? string Caption of the audio to be sent, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the audio caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field duration? integer Duration of the audio in seconds
---@field performer? string Performer of the audio
---@field title? string Title of the audio

--- Represents a general file to be sent.
---@class telegram.InputMediaDocument
---@field type "document" Type of the media, must be document
---@field media tgrunner.InputFile|string File to send. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass "attach://\<file_attach_name>" to upload a new one using multipart/form-data under \<file_attach_name> name.
---@field thumbnail? tgrunner.InputFile Thumbnail of the file sent; can be ignored if thumbnail generation for the file is supported server-side. The thumbnail should be in JPEG format and less than 200 kB in size. A thumbnail's width and height should not exceed 320. Ignored if the file is not uploaded using multipart/form-data. Thumbnails can't be reused and can be only uploaded as a new file, so you can pass "attach://\<file_attach_name>" if the thumbnail was uploaded using multipart/form-data under \<file_attach_name>.
---@field caption? string Caption of the document to be sent, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the document caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field disable_content_type_detection? boolean Disables automatic server-side content type detection for files uploaded using multipart/form-data. Always true, if the document is sent as part of an album.

--- Represents an HTTP link to be sent.
---@class telegram.InputMediaLink
---@field type "link" Type of the media, must be link
---@field url string HTTP URL of the link

--- Represents a live photo to be sent.
---@class telegram.InputMediaLivePhoto
---@field type "live_photo" Type of the media, must be live_photo
---@field media tgrunner.InputFile|string Video of the live photo to send. Pass a file_id to send a file that exists on the Telegram servers (recommended) or pass “attach://\<file_attach_name>” to upload a new one using multipart/form-data under \<file_attach_name> name. Sending live photos by a URL is currently unsupported.
---@field photo tgrunner.InputFile|string The static photo to send. Pass a file_id to send a file that exists on the Telegram servers (recommended) or pass “attach://\<file_attach_name>” to upload a new one using multipart/form-data under \<file_attach_name> name. Sending live photos by a URL is currently unsupported.
---@field caption? string Caption of the live photo to be sent, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the live photo caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field has_spoiler? boolean Pass True if the live photo needs to be covered with a spoiler animation

--- Represents a location to be sent.
---@class telegram.InputMediaLocation
---@field type "location" Type of the media, must be location
---@field latitude number Latitude of the location
---@field longitude number Longitude of the location
---@field horizontal_accuracy? number The radius of uncertainty for the location, measured in meters; 0-1500

--- Represents a photo to be sent.
---@class telegram.InputMediaPhoto
---@field type "photo" Type of the media, must be photo
---@field media tgrunner.InputFile|string File to send. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass "attach://\<file_attach_name>" to upload a new one using multipart/form-data under \<file_attach_name> name.
---@field caption? string Caption of the photo to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the photo caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field has_spoiler? boolean Pass True if the photo needs to be covered with a spoiler animation

--- Represents a sticker file to be sent.
---@class telegram.InputMediaSticker
---@field type "sticker" Type of the media, must be sticker
---@field media tgrunner.InputFile|string File to send. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a .WEBP sticker from the Internet, or pass “attach://\<file_attach_name>” to upload a new .WEBP, .TGS, or .WEBM sticker using multipart/form-data under \<file_attach_name> name.
---@field emoji? string Emoji associated with the sticker; only for just uploaded stickers

--- Represents a venue to be sent.
---@class telegram.InputMediaVenue
---@field type "venue" Type of the media, must be venue
---@field latitude number Latitude of the location
---@field longitude number Longitude of the location
---@field title string Name of the venue
---@field address string Address of the venue
---@field foursquare_id? string Foursquare identifier of the venue
---@field foursquare_type? string Foursquare type of the venue, if known. (For example, “arts_entertainment/default”, “arts_entertainment/aquarium” or “food/icecream”.)
---@field google_place_id? string Google Places identifier of the venue
---@field google_place_type? string Google Places type of the venue. (See supported types.)

--- Represents a video to be sent.
---@class telegram.InputMediaVideo
---@field type "video" Type of the media, must be video
---@field media tgrunner.InputFile|string File to send. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass "attach://\<file_attach_name>" to upload a new one using multipart/form-data under \<file_attach_name> name.
---@field thumbnail? tgrunner.InputFile Thumbnail of the file sent; can be ignored if thumbnail generation for the file is supported server-side. The thumbnail should be in JPEG format and less than 200 kB in size. A thumbnail's width and height should not exceed 320. Ignored if the file is not uploaded using multipart/form-data. Thumbnails can't be reused and can be only uploaded as a new file, so you can pass "attach://\<file_attach_name>" if the thumbnail was uploaded using multipart/form-data under \<file_attach_name>.
---@field cover? tgrunner.InputFile|string Cover for the video in the message. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass “attach://\<file_attach_name>” to upload a new one using multipart/form-data under \<file_attach_name> name.
---@field start_timestamp? integer Start timestamp for the video in the message
---@field caption? string Caption of the video to be sent, 0-1024 characters after entities parsing
---@field show_caption_above_media? boolean Pass True if the caption must be shown above the message media
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the video caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field width? integer Video width
---@field height? integer Video height
---@field duration? integer Video duration in seconds
---@field supports_streaming? boolean Pass True if the uploaded video is suitable for streaming
---@field has_spoiler? boolean Pass True if the photo needs to be covered with a spoiler animation

--- Represents a voice message file to be sent.
---@class telegram.InputMediaVoiceNote
---@field type "voice_note" Type of the media, must be voice_note
---@field media tgrunner.InputFile|string File to send. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass "attach://\<file_attach_name>" to upload a new one using multipart/form-data under \<file_attach_name> name. More information on Sending Files »
---@field caption? string Caption of the voice message to be sent, 0-1024 characters after entities parsing
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the voice message caption. See formatting options for more details.
---@field caption_entities? telegram.MessageEntity[] List of special entities that appear in the caption, which can be specified instead of parse_mode
---@field duration? integer Duration of the voice message in seconds

--- This object represents the content of a message to be sent as a result of an inline query. Telegram clients currently support the following types: - InputTextMessageContent - InputRichMessageContent - InputLocationMessageContent - InputVenueMessageContent - InputContactMessageContent - InputInvoiceMessageContent
---@alias telegram.InputMessageContent telegram.InputTextMessageContent|telegram.InputRichMessageContent|telegram.InputLocationMessageContent|telegram.InputVenueMessageContent|telegram.InputContactMessageContent|telegram.InputInvoiceMessageContent

--- This object describes the paid media to be sent. Currently, it can be one of - InputPaidMediaLivePhoto - InputPaidMediaPhoto - InputPaidMediaVideo
---@alias telegram.InputPaidMedia telegram.InputPaidMediaLivePhoto|telegram.InputPaidMediaPhoto|telegram.InputPaidMediaVideo

--- The paid media to send is a live photo.
---@class telegram.InputPaidMediaLivePhoto
---@field type "live_photo" Type of the media, must be live_photo
---@field media tgrunner.InputFile|string Video of the live photo to send. Pass a file_id to send a file that exists on the Telegram servers (recommended) or pass “attach://\<file_attach_name>” to upload a new one using multipart/form-data under \<file_attach_name> name. Sending live photos by a URL is currently unsupported.
---@field photo tgrunner.InputFile|string The static photo to send. Pass a file_id to send a file that exists on the Telegram servers (recommended) or pass “attach://\<file_attach_name>” to upload a new one using multipart/form-data under \<file_attach_name> name. Sending live photos by a URL is currently unsupported.

--- The paid media to send is a photo.
---@class telegram.InputPaidMediaPhoto
---@field type "photo" Type of the media, must be photo
---@field media tgrunner.InputFile|string File to send. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass “attach://\<file_attach_name>” to upload a new one using multipart/form-data under \<file_attach_name> name.

--- The paid media to send is a video.
---@class telegram.InputPaidMediaVideo
---@field type "video" Type of the media, must be video
---@field media tgrunner.InputFile|string File to send. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass “attach://\<file_attach_name>” to upload a new one using multipart/form-data under \<file_attach_name> name.
---@field thumbnail? tgrunner.InputFile Thumbnail of the file sent; can be ignored if thumbnail generation for the file is supported server-side. The thumbnail should be in JPEG format and less than 200 kB in size. A thumbnail's width and height should not exceed 320. Ignored if the file is not uploaded using multipart/form-data. Thumbnails can't be reused and can be only uploaded as a new file, so you can pass “attach://\<file_attach_name>” if the thumbnail was uploaded using multipart/form-data under \<file_attach_name>.
---@field cover? tgrunner.InputFile|string Cover for the video in the message. Pass a file_id to send a file that exists on the Telegram servers (recommended), pass an HTTP URL for Telegram to get a file from the Internet, or pass “attach://\<file_attach_name>” to upload a new one using multipart/form-data under \<file_attach_name> name.
---@field start_timestamp? integer Start timestamp for the video in the message
---@field width? integer Video width
---@field height? integer Video height
---@field duration? integer Video duration in seconds
---@field supports_streaming? boolean Pass True if the uploaded video is suitable for streaming

--- This object represents the content of a poll description or a quiz explanation to be sent. It should be one of - InputMediaAnimation - InputMediaAudio - InputMediaDocument - InputMediaLivePhoto - InputMediaLocation - InputMediaPhoto - InputMediaVenue - InputMediaVideo
---@alias telegram.InputPollMedia telegram.InputMediaAnimation|telegram.InputMediaAudio|telegram.InputMediaDocument|telegram.InputMediaLivePhoto|telegram.InputMediaLocation|telegram.InputMediaPhoto|telegram.InputMediaVenue|telegram.InputMediaVideo

--- This object contains information about one answer option in a poll to send.
---@class telegram.InputPollOption
---@field text string Option text, 1-100 characters
---@field text_parse_mode? telegram.ParseMode Mode for parsing entities in the text. See formatting options for more details. Currently, only custom emoji entities are allowed.
---@field text_entities? telegram.MessageEntity[] A list of special entities that appear in the poll option text. It can be specified instead of text_parse_mode.
---@field media? telegram.InputPollOptionMedia Media added to the poll option

--- This object represents the content of a poll option to be sent. It should be one of - InputMediaAnimation - InputMediaLink - InputMediaLivePhoto - InputMediaLocation - InputMediaPhoto - InputMediaSticker - InputMediaVenue - InputMediaVideo
---@alias telegram.InputPollOptionMedia telegram.InputMediaAnimation|telegram.InputMediaLink|telegram.InputMediaLivePhoto|telegram.InputMediaLocation|telegram.InputMediaPhoto|telegram.InputMediaSticker|telegram.InputMediaVenue|telegram.InputMediaVideo

--- This object describes a profile photo to set. Currently, it can be one of - InputProfilePhotoStatic - InputProfilePhotoAnimated
---@alias telegram.InputProfilePhoto telegram.InputProfilePhotoStatic|telegram.InputProfilePhotoAnimated

--- An animated profile photo in the MPEG4 format.
---@class telegram.InputProfilePhotoAnimated
---@field type "animated" Type of the profile photo, must be “animated”
---@field animation tgrunner.InputFile The animated profile photo. Profile photos can't be reused and can only be uploaded as a new file, so you can pass “attach://\<file_attach_name>” if the photo was uploaded using multipart/form-data under \<file_attach_name>.
---@field main_frame_timestamp? number Timestamp in seconds of the frame that will be used as the static profile photo. Defaults to 0.0.

--- A static profile photo in the .JPG format.
---@class telegram.InputProfilePhotoStatic
---@field type "static" Type of the profile photo, must be “static”
---@field photo tgrunner.InputFile The static profile photo. Profile photos can't be reused and can only be uploaded as a new file, so you can pass “attach://\<file_attach_name>” if the photo was uploaded using multipart/form-data under \<file_attach_name>.

--- This object represents a block in a rich formatted message to be sent. Currently, it can be any of the following types: - InputRichBlockParagraph - InputRichBlockSectionHeading - InputRichBlockPreformatted - InputRichBlockFooter - InputRichBlockDivider - InputRichBlockMathematicalExpression - InputRichBlockAnchor - InputRichBlockList - InputRichBlockBlockQuotation - InputRichBlockExpandableBlockQuotation - InputRichBlockPullQuotation - InputRichBlockCollage - InputRichBlockSlideshow - InputRichBlockTable - InputRichBlockDetails - InputRichBlockMap - InputRichBlockAnimation - InputRichBlockAudio - InputRichBlockDocument - InputRichBlockPhoto - InputRichBlockVideo - InputRichBlockVoiceNote - InputRichBlockButtons - InputRichBlockThinking
---@alias telegram.InputRichBlock telegram.InputRichBlockParagraph|telegram.InputRichBlockSectionHeading|telegram.InputRichBlockPreformatted|telegram.InputRichBlockFooter|telegram.InputRichBlockDivider|telegram.InputRichBlockMathematicalExpression|telegram.InputRichBlockAnchor|telegram.InputRichBlockList|telegram.InputRichBlockBlockQuotation|telegram.InputRichBlockExpandableBlockQuotation|telegram.InputRichBlockPullQuotation|telegram.InputRichBlockCollage|telegram.InputRichBlockSlideshow|telegram.InputRichBlockTable|telegram.InputRichBlockDetails|telegram.InputRichBlockMap|telegram.InputRichBlockAnimation|telegram.InputRichBlockAudio|telegram.InputRichBlockDocument|telegram.InputRichBlockPhoto|telegram.InputRichBlockVideo|telegram.InputRichBlockVoiceNote|telegram.InputRichBlockButtons|telegram.InputRichBlockThinking

--- A block with an anchor, corresponding to the HTML tag \<a> with the attribute name.
---@class telegram.InputRichBlockAnchor
---@field type "anchor" Type of the block, always “anchor”
---@field name string The name of the anchor

--- A block with an animation, corresponding to the HTML tag \<video>.
---@class telegram.InputRichBlockAnimation
---@field type "animation" Type of the block, always “animation”
---@field animation telegram.InputMediaAnimation The animation. Caption is ignored.
---@field caption? telegram.RichBlockCaption Caption of the block

--- A block with a music file, corresponding to the HTML tag \<audio>.
---@class telegram.InputRichBlockAudio
---@field type "audio" Type of the block, always “audio”
---@field audio telegram.InputMediaAudio The audio. Caption is ignored.
---@field caption? telegram.RichBlockCaption Caption of the block

--- A block quotation, corresponding to the HTML tag \<blockquote>.
---@class telegram.InputRichBlockBlockQuotation
---@field type "blockquote" Type of the block, always “blockquote”
---@field blocks telegram.InputRichBlock[] Content of the block
---@field credit? telegram.RichText Credit of the block

--- A block containing a list of buttons that are shown in one row, corresponding to the custom HTML tag \<tg-button-row>.
---@class telegram.InputRichBlockButtons
---@field type "buttons" Type of the block, always “buttons”
---@field buttons telegram.RichMessageButton[] List of 1-8 buttons to send
---@field align? "left"|"center"|"right" Horizontal alignment of the buttons. Currently, must be one of “left”, “center”, or “right”.

--- A collage, corresponding to the custom HTML tag \<tg-collage>.
---@class telegram.InputRichBlockCollage
---@field type "collage" Type of the block, always “collage”
---@field blocks telegram.InputRichBlock[] Elements of the collage
---@field caption? telegram.RichBlockCaption Caption of the block

--- An expandable block for details disclosure, corresponding to the HTML tag \<details>.
---@class telegram.InputRichBlockDetails
---@field type "details" Type of the block, always “details”
---@field summary telegram.RichText Always shown summary of the block
---@field blocks telegram.InputRichBlock[] Content of the block
---@field is_open? true Pass True if the content of the block is visible by default

--- A divider, corresponding to the HTML tag \<hr/>.
---@class telegram.InputRichBlockDivider
---@field type "divider" Type of the block, always “divider”

--- A block with a general file, corresponding to the custom HTML tag \<tg-document>.
---@class telegram.InputRichBlockDocument
---@field type "document" Type of the block, always “document”
---@field document telegram.InputMediaDocument The document. Caption is ignored.
---@field caption? telegram.RichBlockCaption Caption of the block

--- A block quotation, corresponding to the HTML tag \<blockquote> with custom attribute "collapsed".
---@class telegram.InputRichBlockExpandableBlockQuotation
---@field type "expandable_blockquote" Type of the block, always “expandable_blockquote”
---@field text telegram.RichText Content of the block
---@field credit? telegram.RichText Credit of the block

--- A footer, corresponding to the HTML tag \<footer>.
---@class telegram.InputRichBlockFooter
---@field type "footer" Type of the block, always “footer”
---@field text telegram.RichText Text of the block

--- A list of blocks, corresponding to the HTML tag \<ul> or \<ol> with multiple nested tags \<li>.
---@class telegram.InputRichBlockList
---@field type "list" Type of the block, always “list”
---@field items telegram.InputRichBlockListItem[] Items of the list

--- An item of a list to be sent.
---@class telegram.InputRichBlockListItem
---@field blocks telegram.InputRichBlock[] The content of the item
---@field has_checkbox? true Pass True if the item has a checkbox
---@field is_checked? true Pass True if the item has a checked checkbox
---@field value? integer For ordered lists, the numeric value of the item label
---@field type? "a"|"A"|"i"|"I"|"1" For ordered lists, the type of the item label; must be one of “a” for lowercase letters, “A” for uppercase letters, “i” for lowercase Roman numerals, “I” for uppercase Roman numerals, or “1” for decimal numbers

--- A block with a map, corresponding to the custom HTML tag \<tg-map>. The map's width and height must not exceed 10000 in total. The width and height ratio must be at most 20.
---@class telegram.InputRichBlockMap
---@field type "map" Type of the block, always “map”
---@field location telegram.Location Location of the center of the map
---@field zoom integer Map zoom level; 0-24
---@field width integer Map width; 0-10000
---@field height integer Map height; 0-10000
---@field caption? telegram.RichBlockCaption Caption of the block

--- A block with a mathematical expression in LaTeX format, corresponding to the custom HTML tag \<tg-math-block>.
---@class telegram.InputRichBlockMathematicalExpression
---@field type "mathematical_expression" Type of the block, always “mathematical_expression”
---@field expression string The mathematical expression in LaTeX format

--- A text paragraph, corresponding to the HTML tag \<p>.
---@class telegram.InputRichBlockParagraph
---@field type "paragraph" Type of the block, always “paragraph”
---@field text telegram.RichText Text of the block

--- A block with a photo, corresponding to the HTML tag \<img>.
---@class telegram.InputRichBlockPhoto
---@field type "photo" Type of the block, always “photo”
---@field photo telegram.InputMediaPhoto The photo. Caption is ignored.
---@field caption? telegram.RichBlockCaption Caption of the block

--- A preformatted text block, corresponding to the nested HTML tags \<pre> and \<code>.
---@class telegram.InputRichBlockPreformatted
---@field type "pre" Type of the block, always “pre”
---@field text telegram.RichText Text of the block
---@field language? string The programming language of the text

--- A quotation with centered text, loosely corresponding to the HTML tag \<aside>.
---@class telegram.InputRichBlockPullQuotation
---@field type "pullquote" Type of the block, always “pullquote”
---@field text telegram.RichText Text of the block
---@field credit? telegram.RichText Credit of the block

--- A section heading, corresponding to the HTML tags \<h1>, \<h2>, \<h3>, \<h4>, \<h5>, or \<h6>.
---@class telegram.InputRichBlockSectionHeading
---@field type "heading" Type of the block, always “heading”
---@field text telegram.RichText Text of the block
---@field size 1|2|3|4|5|6 Relative size of the text font; 1-6, 1 is the largest, 6 is the smallest

--- A slideshow, corresponding to the custom HTML tag \<tg-slideshow>.
---@class telegram.InputRichBlockSlideshow
---@field type "slideshow" Type of the block, always “slideshow”
---@field blocks telegram.InputRichBlock[] Elements of the slideshow
---@field caption? telegram.RichBlockCaption Caption of the block

--- A table, corresponding to the HTML tag \<table>.
---@class telegram.InputRichBlockTable
---@field type "table" Type of the block, always “table”
---@field cells telegram.RichBlockTableCell[][] Cells of the table
---@field is_bordered? true Pass True if the table has borders
---@field is_striped? true Pass True if the table is striped
---@field is_compact? true Pass True if table cells must have smaller indents
---@field caption? telegram.RichText Caption of the table

--- A block with a “Thinking…” placeholder, corresponding to the custom HTML tag \<tg-thinking>. The block may be used only in sendRichMessageDraft, therefore it can't be received in messages. See https://t.me/addemoji/AIActions for examples of custom emoji that are recommended for usage in the block.
---@class telegram.InputRichBlockThinking
---@field type "thinking" Type of the block, always “thinking”
---@field text telegram.RichText Text of the block. See https://t.me/addemoji/AIActions for examples of custom emoji that are recommended for usage in the block.

--- A block with a video, corresponding to the HTML tag \<video>.
---@class telegram.InputRichBlockVideo
---@field type "video" Type of the block, always “video”
---@field video telegram.InputMediaVideo The video. Caption is ignored.
---@field caption? telegram.RichBlockCaption Caption of the block

--- A block with a voice note, corresponding to the HTML tag \<audio>.
---@class telegram.InputRichBlockVoiceNote
---@field type "voice_note" Type of the block, always “voice_note”
---@field voice_note telegram.InputMediaVoiceNote The voice note. Caption is ignored.
---@field caption? telegram.RichBlockCaption Caption of the block

--- Describes a rich message to be sent. Exactly one of the fields html, markdown, or blocks must be used. * Rich messages support advanced structured formatting options like headings, lists, tables, media, block quotations, collapsible blocks, footnotes, and formulas. Telegram clients will render them accordingly. You can specify rich message content using Markdown-style or HTML-style formatting, or explicit blocks. * Plain URLs, e-mail addresses, username mentions, hashtags, cashtags, bot commands, phone numbers, and bank card numbers are detected automatically. To disable automatic entity detection, pass True in the skip_entity_detection field. Note that Telegram clients will display an alert to the user before opening an inline link ('Open this link?' together with the full URL). * When Markdown-style or HTML-style formatting is used, you can use links in the form tg://photo?id=..., tg://video?id=..., tg://document?id=..., and tg://audio?id=... instead of an HTTP URL to reuse previously uploaded files or upload a new file. * #### Rich Message Limits * Rich messages are subject to the following limits: * - Up to 32768 UTF-8 characters in the rich message text, including custom emoji alternative text and formula source. - Up to 500 blocks, including nested blocks, list items, ordered list items, table rows, quotation blocks, and details blocks. - Up to 16 levels of nested formatting and blocks. - Up to 50 media attachments in total. - Up to 20 columns in a table. * #### Rich Markdown style * To use this mode, pass rich message content in the markdown field. Use the following syntax in your message: * ````markdown **bold text** __bold text__ *italic text* _italic text_ ~~strikethrough text~~ `inline fixed-width code` ==marked text== ||spoiler|| * [inline URL](https://t.me/) [inline e-mail](mailto:user@example.com) [inline phone number](tel:+123456789) [inline mention of a user](tg://user?id=123456789) ![👍](tg://emoji?id=5368324170671202286) ![22:45 tomorrow](tg://time?unix=1647531900&format=wDT) $x^2 + y^2$ \#hashtag $USD +12345678901, card: 4242 4242 4242 4242, https://t.me t.me a@t.me /command @username all the text above was on the same line * # Heading 1 ## Heading 2 ### Heading 3 #### Heading 4 ##### Heading 5 ###### Heading 6 * Paragraph text * ```python print('pre-formatted fixed-width code block written in the Python programming language') ``` * --- * - unordered list item * unordered list item + unordered list item * 1. ordered list item 2. ordered list item * - [ ] task list item - [x] completed task list item * >Block quotation started > >Block quotation continued on the next line >Block quotation continued on the same line > >The last line of the block quotation * ![](https://telegram.org/example/photo.jpg) ![](https://telegram.org/example/video.mp4) ![](https://telegram.org/example/audio.mp3) ![](https://telegram.org/example/audio.ogg) ![](https://telegram.org/example/animation.gif) ![](https://telegram.org/example/document.zip) * ![](https://telegram.org/example/photo.jpg "Photo caption") ![](https://telegram.org/example/video.mp4 "Video caption") ![](https://telegram.org/example/audio.mp3 "Audio caption") ![](https://telegram.org/example/audio.ogg "Voice note caption") ![](https://telegram.org/example/animation.gif "Animation caption") ![](https://telegram.org/example/document.zip "Document caption") * | Header 1 | Header 2 | |:---------|:--------:| | left | center | * Text with a reference[^id1] and another one[^id2]. * [^id1]: Definition of the first footnote. [^id2]: Definition of the second footnote. * $$E = mc^2$$ * ```math E = mc^2 ``` * ## Example Nested Syntax Report for _Q1_ Intro with <u>underlined text</u>, ==marked text==, and $x^2 + y^2$. **Bold _italic <u>underlined italic bold</u> italic_ bold** <u>In inline tags, nested **markdown** is parsed</u> >Quote with **bold text, ~~strikethrough, and <tg-spoiler>spoiler</tg-spoiler>~~**, plus [a link](https://t.me/). * - List item with `code`, <sup>superscript</sup>, <sub>subscript</sub>, and a footnote[^note] - Another item with **bold <tg-spoiler><code>spoiler code</code></tg-spoiler>** - Another item with ~~strikethrough and <ins>inserted text</ins>~~ * | Metric | Value | |:-------|------:| | Speed | **42** <sup>ms</sup> | | Status | <tg-spoiler>ready</tg-spoiler> | * [^note]: Footnote with _italic text_ and <u>HTML underline</u>. * --- * # Details blocks can contain Markdown content: * <details open><summary>Summary with **bold text**</summary> * ### Details heading - List item with _italic text_ - List item with <tg-spoiler>spoiler</tg-spoiler> * </details> * # Collages and slideshows can contain Markdown media blocks: * <tg-collage> * ![](https://telegram.org/example/photo.jpg) ![](https://telegram.org/example/video.mp4) * </tg-collage> * <tg-slideshow> * ![](https://telegram.org/example/photo.jpg) ![](https://telegram.org/example/video.mp4) * </tg-slideshow> ```` * For formatting features that don't have Markdown syntax, use HTML tags: * ```html <u>underlined text</u>, <ins>underlined text</ins> <sub>subscript text</sub> <sup>superscript text</sup> <a name="chapter-1"></a> <aside>Pull quote<cite>The Author</cite></aside> <details open><summary>Title</summary>Content</details> <tg-map lat="41.9" long="12.5" zoom="14"/> <tg-collage><img src="https://telegram.org/example/photo.jpg"/><figcaption>Caption<cite>The Author</cite></figcaption></tg-collage> <tg-slideshow><img src="https://telegram.org/example/photo.jpg"/><video src="https://telegram.org/example/video.mp4"/><figcaption>Slideshow caption<cite>The Author</cite></figcaption></tg-slideshow> <p>Inline buttons: <tg-button type="url" style="success" url="https://t.me">url</tg-button> <tg-button type="url" url="tg://user?id=777000">user</tg-button> <tg-button type="callback_data" style="link" data="callback">callback with the date <tg-time unix="1647531900" format="wDT">22:45 tomorrow</tg-time> and the custom emoji <tg-emoji emoji-id="5368324170671202286">👍</tg-emoji></tg-button> <tg-button type="web_app" style="danger" url="https://telegram.org">Mini App (private chats only)</tg-button> <tg-button type="login_url" url="https://t.me" forward-text="forward text" request-write-access>login (requires domain set up via @BotFather)</tg-button> <tg-button type="switch_inline_query" style="primary" query="inline">inline</tg-button> <tg-button type="switch_inline_query_current_chat" query="inline 2">inline 2</tg-button> <tg-button type="switch_inline_query_chosen_chat" query="inline 3" allow-user-chats allow-bot-chats allow-group-chats allow-channel-chats>inline 3</tg-button> <tg-button type="copy_text" text="...copy">Copy</tg-button> <tg-button type="disabled">Disabled</tg-button> </p> <tg-button-row align="left"> <tg-button type="url" url="https://t.me">url</tg-button> <tg-button type="url" style="success" url="tg://user?id=777000">user</tg-button> <tg-button type="callback_data" style="link" data="callback">callback</tg-button> </tg-button-row> <tg-button-row align="center"> <tg-button type="web_app" url="https://telegram.org">Mini App (private chats only)</tg-button> </tg-button-row> <tg-button-row align="center"> <tg-button type="login_url" style="danger" url="https://t.me" forward-text="forward text" request-write-access>login (requires domain set up via @BotFather)</tg-button> </tg-button-row> <tg-button-row align="right"> <tg-button type="switch_inline_query" query="inline">inline</tg-button> <tg-button type="switch_inline_query_current_chat" query="inline 2">inline 2</tg-button> <tg-button type="switch_inline_query_chosen_chat" query="inline 3" allow-user-chats allow-group-chats allow-channel-chats>inline 3</tg-button> </tg-button-row> <tg-button-row> <tg-button type="copy_text" text="...copy">Copy</tg-button> <tg-button type="disabled" style="primary">Disabled</tg-button> </tg-button-row> ``` * Please note: * - Rich Markdown is compatible with GitHub Flavored Markdown where possible and can contain arbitrary HTML. Supported rich message HTML tags are parsed as described in Rich HTML style. - Media can be specified only as a separate block. - Media blocks support only HTTP and HTTPS URLs. - Media type is determined by the MIME type and the URL of the media. - In media syntax, the optional title after the URL is used as the caption; for example, displays “Photo caption” under the media. - Table cells can contain only inline formatting. - Formula source is treated as raw LaTeX. - See date-time entity formatting for more details about supported date-time formats. * #### Rich HTML style * To use this mode, pass rich message content in the html field. The following tags are currently supported: * ```html <a name="chapter-0"></a> <b>bold text</b>, <strong>bold text</strong> <i>italic text</i>, <em>italic text</em> <u>underlined text</u>, <ins>underlined text</ins> <s>strikethrough text</s>, <strike>strikethrough text</strike>, <del>strikethrough text</del> <code>inline fixed-width code</code> <mark>marked text</mark> <sub>subscript text</sub> <sup>superscript text</sup> <tg-spoiler>spoiler</tg-spoiler> * <a href="#note-1">Reference</a> <a href="https://t.me/">inline URL</a> <a href="mailto:user@example.com">inline e-mail</a> <a href="tel:+123456789">inline phone number</a> <a href="tg://user?id=123456789">inline mention of a user</a> <a href="#chapter-1">in-document link</a> <a name="chapter-1"></a> * <tg-reference name="note-1">Referenced text</tg-reference> <tg-emoji emoji-id="5368324170671202286">👍</tg-emoji> <img src="tg://emoji?id=5368324170671202286" alt="👍"/> <tg-time unix="1647531900" format="wDT">22:45 tomorrow</tg-time> <tg-math>x^2 + y^2</tg-math> * #hashtag $USD +12345678901, card: 4242 4242 4242 4242, https://t.me t.me a@t.me /command @username * all the text above was on the same line * <h1>Heading 1</h1> <h2>Heading 2</h2> <h3>Heading 3</h3> <h4>Heading 4</h4> <h5>Heading 5</h5> <h6>Heading 6</h6> * <a name="chapter-2"></a> * <p>Paragraph text</p> <pre>pre-formatted fixed-width code block</pre> <pre><code class="language-python"> print('pre-formatted fixed-width code block written in the Python programming language')</code></pre> <footer>Footer text</footer> <hr/> <ul><li>unordered list item</li></ul> <ol><li>ordered list item</li></ol> <ol start="3" type="a" reversed><li>ordered list item</li></ol> <ol><li value="7" type="i">ordered list item with explicit number</li></ol> <ul> <li><input type="checkbox" checked>Checked checkbox</li> <li><input type="checkbox">Unchecked checkbox</li> </ul> * <blockquote>Block quotation started<br>Block quotation continued<br>The last line of the block quotation<cite>The Author</cite></blockquote> <blockquote expandable>Expandable block quotation started<br>Expandable block quotation continued<br>Expandable block quotation continued<br>Expandable block quotation continued<br>The last line of the expandable block quotation<cite>The Author</cite></blockquote> <aside>Pull quote<cite>The Author</cite></aside> * <img src="https://telegram.org/example/photo.jpg"/> <video src="https://telegram.org/example/video.mp4"></video> <audio src="https://telegram.org/example/audio.mp3"></audio> <audio src="https://telegram.org/example/audio.ogg"></audio> <video src="https://telegram.org/example/animation.gif"></video> <tg-document src="https://telegram.org/example/document.zip"></tg-document> * <figure><img src="https://telegram.org/example/photo.jpg" tg-spoiler/><figcaption>Photo caption<cite>Photo credit</cite></figcaption></figure> <figure><video src="https://telegram.org/example/video.mp4" tg-spoiler></video><figcaption>Video caption</figcaption></figure> <figure><audio src="https://telegram.org/example/audio.mp3"></audio><figcaption>Audio caption</figcaption></figure> <figure><audio src="https://telegram.org/example/audio.ogg"></audio><figcaption>Voice note caption</figcaption></figure> <figure><video src="https://telegram.org/example/animation.gif" tg-spoiler></video><figcaption>Animation caption</figcaption></figure> <figure><tg-document src="https://telegram.org/example/document.zip"></tg-document><figcaption>Document caption</figcaption></figure> * <tg-map lat="41.9" long="12.5" zoom="14"/> <figure><tg-map lat="41.9" long="12.5" zoom="14"/><figcaption>Map caption</figcaption></figure> * <tg-collage><img src="https://telegram.org/example/photo.jpg"/><video src="https://telegram.org/example/video.mp4"/></tg-collage> <tg-collage><video src="https://telegram.org/example/video.mp4"/><img src="https://telegram.org/example/photo.jpg"/><figcaption>Collage caption</figcaption></tg-collage> <tg-slideshow><img src="https://telegram.org/example/photo.jpg"/><video src="https://telegram.org/example/video.mp4"/></tg-slideshow> <tg-slideshow><video src="https://telegram.org/example/video.mp4"/><img src="https://telegram.org/example/photo.jpg"/><figcaption>Slideshow caption</figcaption></tg-slideshow> * <table><tr><th>Header 1</th><th>Header 2</th></tr><tr><td>Value 1</td><td>Value 2</td></tr></table> <table bordered striped compact><caption>Table caption</caption> <tr><td colspan="2" rowspan="2" align="left">Value</td><td align="center">Value2</td><td align="right">Value3</td></tr> <tr><td valign="top">Value4</td><td valign="middle">Value5</td><td valign="bottom">Value6</td></tr> <tr><td>Value7</td></tr></table> * <details><summary>Title</summary>Content</details> <details open><summary>Title</summary>Content</details> <tg-math-block>E = mc^2</tg-math-block> <p>Inline buttons: <tg-button type="url" style="success" url="https://t.me">url</tg-button> <tg-button type="url" url="tg://user?id=777000">user</tg-button> <tg-button type="callback_data" style="link" data="callback">callback with the date <tg-time unix="1647531900" format="wDT">22:45 tomorrow</tg-time> and the custom emoji <tg-emoji emoji-id="5368324170671202286">👍</tg-emoji></tg-button> <tg-button type="web_app" style="danger" url="https://telegram.org">Mini App (private chats only)</tg-button> <tg-button type="login_url" url="https://t.me" forward-text="forward text" request-write-access>login (requires domain set up via @BotFather)</tg-button> <tg-button type="switch_inline_query" style="primary" query="inline">inline</tg-button> <tg-button type="switch_inline_query_current_chat" query="inline 2">inline 2</tg-button> <tg-button type="switch_inline_query_chosen_chat" query="inline 3" allow-user-chats allow-bot-chats allow-group-chats allow-channel-chats>inline 3</tg-button> <tg-button type="copy_text" text="...copy">Copy</tg-button> <tg-button type="disabled">Disabled</tg-button> </p> <tg-button-row align="left"> <tg-button type="url" url="https://t.me">url</tg-button> <tg-button type="url" style="success" url="tg://user?id=777000">user</tg-button> <tg-button type="callback_data" style="link" data="callback">callback</tg-button> </tg-button-row> <tg-button-row align="center"> <tg-button type="web_app" url="https://telegram.org">Mini App (private chats only)</tg-button> </tg-button-row> <tg-button-row align="center"> <tg-button type="login_url" style="danger" url="https://t.me" forward-text="forward text" request-write-access>login (requires domain set up via @BotFather)</tg-button> </tg-button-row> <tg-button-row align="right"> <tg-button type="switch_inline_query" query="inline">inline</tg-button> <tg-button type="switch_inline_query_current_chat" query="inline 2">inline 2</tg-button> <tg-button type="switch_inline_query_chosen_chat" query="inline 3" allow-user-chats allow-group-chats allow-channel-chats>inline 3</tg-button> </tg-button-row> <tg-button-row> <tg-button type="copy_text" text="...copy">Copy</tg-button> <tg-button type="disabled" style="primary">Disabled</tg-button> </tg-button-row> ``` * Please note: * - Only the tags mentioned above are currently supported. - All numerical HTML entities are supported. - The API currently supports only the following named HTML entities: &lt;, &gt;, &amp;, &quot;, &apos;, &nbsp;, &hellip;, &mdash;, &ndash;, &lsquo;, &rsquo;, &ldquo; and &rdquo;. - Use nested pre and code tags to define the programming language for a pre-formatted block. - Programming language can't be specified for standalone code tags. - Links mailto:..., tel:..., and tg://user?id=... are rendered as e-mail links, phone links, and inline mentions respectively. Other supported links are rendered as regular inline links. - Images, videos, and audio files can be specified only as separate media blocks. - Media blocks support only HTTP and HTTPS URLs. - An empty \<a name="..."></a> on its own creates an anchor that can be linked to with \<a href="#...">...</a>. - In \<figcaption>, you can use \<cite> tags to specify caption credit. - Use \<tg-reference name="...">...</tg-reference> to define referenced text that can be linked to with \<a href="#...">...</a>. - The body of a \<details> tag can contain rich message content. If the open attribute is specified, the block is expanded by default. - Formula source is treated as raw LaTeX. - See date-time entity formatting for more details about supported date-time formats.
---@class telegram.InputRichMessage
---@field blocks? telegram.InputRichBlock[] Content of the rich message to send described as a list of blocks
---@field html? string Content of the rich message to send described using HTML formatting. See rich message formatting options for more details. Use media field to specify the media used in the message.
---@field markdown? string Content of the rich message to send described using Markdown formatting. See rich message formatting options for more details. Use media field to specify the media used in the message.
---@field media? telegram.InputRichMessageMedia[] List of media that are specified in the markdown or html fields using tg://photo?id=, tg://video?id=, tg://document?id=, and tg://audio?id= links
---@field is_rtl? boolean Pass True if the rich message must be shown right-to-left
---@field skip_entity_detection? boolean Pass True to skip automatic detection of entities (e.g., URLs, email addresses, username mentions, hashtags, cashtags, bot commands, or phone numbers) in the text

--- Represents the content of a rich message to be sent as the result of an inline query.
---@class telegram.InputRichMessageContent
---@field rich_message telegram.InputRichMessage The message to be sent. Only previously uploaded files may be used in the message.

--- Describes a media element embedded in an outgoing rich message.
---@class telegram.InputRichMessageMedia
---@field id string Unique identifier of the media used in a tg://photo?id=, tg://video?id=, tg://document?id=, or tg://audio?id= link. 1-64 characters, only A-Z, a-z, 0-9, _ and - are allowed.
---@field media telegram.InputMediaAnimation|telegram.InputMediaAudio|telegram.InputMediaDocument|telegram.InputMediaPhoto|telegram.InputMediaVideo|telegram.InputMediaVoiceNote The media to be sent. Everything except the media itself and its properties is ignored.

--- This object describes a sticker to be added to a sticker set.
---@class telegram.InputSticker
---@field sticker tgrunner.InputFile|string The added sticker. Pass a file_id as a String to send a file that already exists on the Telegram servers, pass an HTTP URL as a String for Telegram to get a file from the Internet, or upload a new one using multipart/form-data. Animated and video stickers can't be uploaded via HTTP URL.
---@field format "static"|"animated"|"video" Format of the added sticker, must be one of “static” for a .WEBP or .PNG image, “animated” for a .TGS animation, “video” for a .WEBM video
---@field emoji_list string[] List of 1-20 emoji associated with the sticker
---@field mask_position? telegram.MaskPosition Position where the mask should be placed on faces. For “mask” stickers only.
---@field keywords? string[] List of 0-20 search keywords for the sticker with total length of up to 64 characters. For “regular” and “custom_emoji” stickers only.

--- This object describes the content of a story to post. Currently, it can be one of - InputStoryContentPhoto - InputStoryContentVideo
---@alias telegram.InputStoryContent telegram.InputStoryContentPhoto|telegram.InputStoryContentVideo

--- Describes a photo to post as a story.
---@class telegram.InputStoryContentPhoto
---@field type "photo" Type of the content, must be “photo”
---@field photo tgrunner.InputFile The photo to post as a story. The photo must be of the size 1080x1920 and must not exceed 10 MB. The photo can't be reused and can only be uploaded as a new file, so you can pass “attach://\<file_attach_name>” if the photo was uploaded using multipart/form-data under \<file_attach_name>.

--- Describes a video to post as a story.
---@class telegram.InputStoryContentVideo
---@field type "video" Type of the content, must be “video”
---@field video tgrunner.InputFile The video to post as a story. The video must be of the size 720x1280, streamable, encoded with H.265 codec, with key frames added each second in the MPEG4 format, and must not exceed 30 MB. The video can't be reused and can only be uploaded as a new file, so you can pass “attach://\<file_attach_name>” if the video was uploaded using multipart/form-data under \<file_attach_name>.
---@field duration? integer Precise duration of the video in seconds; 0-60
---@field cover_frame_timestamp? number Timestamp in seconds of the frame that will be used as the static cover for the story. Defaults to 0.0.
---@field is_animation? boolean Pass True if the video has no sound

--- Represents the content of a text message to be sent as the result of an inline query.
---@class telegram.InputTextMessageContent
---@field message_text string Text of the message to be sent, 1-4096 characters
---@field parse_mode? telegram.ParseMode Mode for parsing entities in the message text. See formatting options for more details.
---@field entities? telegram.MessageEntity[] List of special entities that appear in message text, which can be specified instead of parse_mode
---@field link_preview_options? telegram.LinkPreviewOptions Link preview generation options for the message

--- Represents the content of a venue message to be sent as the result of an inline query.
---@class telegram.InputVenueMessageContent
---@field latitude number Latitude of the venue in degrees
---@field longitude number Longitude of the venue in degrees
---@field title string Name of the venue
---@field address string Address of the venue
---@field foursquare_id? string Foursquare identifier of the venue, if known
---@field foursquare_type? string Foursquare type of the venue, if known. (For example, “arts_entertainment/default”, “arts_entertainment/aquarium” or “food/icecream”.)
---@field google_place_id? string Google Places identifier of the venue
---@field google_place_type? string Google Places type of the venue. (See supported types.)

--- This object contains basic information about an invoice.
---@class telegram.Invoice
---@field title string Product name
---@field description string Product description
---@field start_parameter string Unique bot deep-linking parameter that can be used to generate this invoice
---@field currency string Three-letter ISO 4217 currency code, or “XTR” for payments in Telegram Stars
---@field total_amount integer Total price in the smallest units of the currency (integer, not float/double). For example, for a price of US$ 1.45 pass amount = 145. See the exp parameter in currencies.json, it shows the number of digits past the decimal point for each currency (2 for the majority of currencies).

--- This object represents one button of the reply keyboard. At most one of the fields other than text, icon_custom_emoji_id, and style must be used to specify the type of the button. For simple text buttons, String can be used instead of this object to specify the button text.
---@class telegram.KeyboardButton
---@field text? string Text of the button. If none of the fields other than text, icon_custom_emoji_id, and style are used, it will be sent as a message when the button is pressed.
---@field icon_custom_emoji_id? string Unique identifier of the custom emoji shown before the text of the button. Can only be used by bots that purchased additional usernames on Fragment or in the messages directly sent by the bot to private, group and supergroup chats if the owner of the bot has a Telegram Premium subscription.
---@field style? "danger"|"success"|"primary" Style of the button. Must be one of “danger” (red), “success” (green) or “primary” (blue). If omitted, then an app-specific style is used.
---@field request_users? telegram.KeyboardButtonRequestUsers If specified, pressing the button will open a list of suitable users. Identifiers of selected users will be sent to the bot in a “users_shared” service message. Available in private chats only.
---@field request_chat? telegram.KeyboardButtonRequestChat If specified, pressing the button will open a list of suitable chats. Tapping on a chat will send its identifier to the bot in a “chat_shared” service message. Available in private chats only.
---@field request_contact? boolean If True, the user's phone number will be sent as a contact when the button is pressed. Available in private chats only.
---@field request_location? boolean If True, the user's current location will be sent when the button is pressed. Available in private chats only.
---@field request_poll? telegram.KeyboardButtonPollType If specified, the user will be asked to create a poll and send it to the bot when the button is pressed. Available in private chats only.
---@field request_managed_bot? telegram.KeyboardButtonRequestManagedBot If specified, pressing the button will ask the user to create and share a bot that will be managed by the current bot. Available for bots that enabled management of other bots in the \@BotFather Mini App. Available in private chats only.
---@field web_app? telegram.WebAppInfo If specified, the described Web App will be launched when the button is pressed. The Web App will be able to send a “web_app_data” service message. Available in private chats only.

--- This object represents type of a poll, which is allowed to be created and sent when the corresponding button is pressed.
---@class telegram.KeyboardButtonPollType
---@field type? "quiz"|"regular" If quiz is passed, the user will be allowed to create only polls in the quiz mode. If regular is passed, only regular polls will be allowed. Otherwise, the user will be allowed to create a poll of any type.

--- This object defines the criteria used to request a suitable chat. Information about the selected chat will be shared with the bot when the corresponding button is pressed. The bot will be granted requested rights in the chat if appropriate.
---@class telegram.KeyboardButtonRequestChat
---@field request_id integer Signed 32-bit identifier of the request, which will be received back in the ChatShared object. Must be unique within the message.
---@field chat_is_channel boolean Pass True to request a channel chat, pass False to request a group or a supergroup chat
---@field chat_is_forum? boolean Pass True to request a forum supergroup, pass False to request a non-forum chat. If not specified, no additional restrictions are applied.
---@field chat_has_username? boolean Pass True to request a supergroup or a channel with a username, pass False to request a chat without a username. If not specified, no additional restrictions are applied.
---@field chat_is_created? boolean Pass True to request a chat owned by the user. Otherwise, no additional restrictions are applied.
---@field user_administrator_rights? telegram.ChatAdministratorRights An object listing the required administrator rights of the user in the chat. The rights must be a superset of bot_administrator_rights. If not specified, no additional restrictions are applied.
---@field bot_administrator_rights? telegram.ChatAdministratorRights An object listing the required administrator rights of the bot in the chat. The rights must be a subset of user_administrator_rights. If not specified, no additional restrictions are applied.
---@field bot_is_member? boolean Pass True to request a chat with the bot as a member. Otherwise, no additional restrictions are applied.
---@field request_title? boolean Pass True to request the chat's title
---@field request_username? boolean Pass True to request the chat's username
---@field request_photo? boolean Pass True to request the chat's photo

--- This object defines the parameters for the creation of a managed bot. Information about the created bot will be shared with the bot using the update managed_bot and a Message with the field managed_bot_created.
---@class telegram.KeyboardButtonRequestManagedBot
---@field request_id integer Signed 32-bit identifier of the request. Must be unique within the message.
---@field suggested_name? string Suggested name for the bot
---@field suggested_username? string Suggested username for the bot

--- This object defines the criteria used to request suitable users. Information about the selected users will be shared with the bot when the corresponding button is pressed.
---@class telegram.KeyboardButtonRequestUsers
---@field request_id integer Signed 32-bit identifier of the request that will be received back in the UsersShared object. Must be unique within the message.
---@field user_is_bot? boolean Pass True to request bots, pass False to request regular users. If not specified, no additional restrictions are applied.
---@field user_is_premium? boolean Pass True to request premium users, pass False to request non-premium users. If not specified, no additional restrictions are applied.
---@field max_quantity? integer The maximum number of users to be selected; 1-10. Defaults to 1.
---@field request_name? boolean Pass True to request the users' first and last names
---@field request_username? boolean Pass True to request the users' usernames
---@field request_photo? boolean Pass True to request the users' photos

--- This object represents a portion of the price for goods or services.
---@class telegram.LabeledPrice
---@field label string Portion label
---@field amount integer Price of the product in the smallest units of the currency (integer, not float/double). For example, for a price of US$ 1.45 pass amount = 145. See the exp parameter in currencies.json, it shows the number of digits past the decimal point for each currency (2 for the majority of currencies).

--- Represents an HTTP link.
---@class telegram.Link
---@field url string URL of the link

--- Describes the options used for link preview generation.
---@class telegram.LinkPreviewOptions
---@field is_disabled? boolean True, if the link preview is disabled
---@field url? string URL to use for the link preview. If empty, then the first URL found in the message text will be used.
---@field prefer_small_media? boolean True, if the media in the link preview is supposed to be shrunk; ignored if the URL isn't explicitly specified or media size change isn't supported for the preview
---@field prefer_large_media? boolean True, if the media in the link preview is supposed to be enlarged; ignored if the URL isn't explicitly specified or media size change isn't supported for the preview
---@field show_above_text? boolean True, if the link preview must be shown above the message text; otherwise, the link preview will be shown below the message text

--- This object represents a live photo.
---@class telegram.LivePhoto
---@field photo? telegram.PhotoSize[] Available sizes of the corresponding static photo
---@field file_id string Identifier for the video file which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for the video file which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field width integer Video width as defined by the sender
---@field height integer Video height as defined by the sender
---@field duration integer Duration of the video in seconds as defined by the sender
---@field mime_type? string MIME type of the file as defined by the sender
---@field file_size? integer File size in bytes

--- This object represents a point on the map.
---@class telegram.Location
---@field latitude number Latitude as defined by sender
---@field longitude number Longitude as defined by sender
---@field horizontal_accuracy? number The radius of uncertainty for the location, measured in meters; 0-1500
---@field live_period? integer Time relative to the message sending date, during which the location can be updated; in seconds. For active live locations only.
---@field heading? integer The direction in which user is moving, in degrees; 1-360. For active live locations only.
---@field proximity_alert_radius? integer The maximum distance for proximity alerts about approaching another chat member, in meters. For sent live locations only.

--- Describes the physical address of a location.
---@class telegram.LocationAddress
---@field country_code string The two-letter ISO 3166-1 alpha-2 country code of the country where the location is located
---@field state? string State of the location
---@field city? string City of the location
---@field street? string Street address of the location

--- This object represents a parameter of the inline keyboard button used to automatically authorize a user. It serves as a great replacement for the Telegram Login Widget when the user is coming from Telegram. All the user needs to do is tap/click a button and confirm that they want to log in.
---@class telegram.LoginUrl
---@field url string An HTTPS URL to be opened with user authorization data added to the query string when the button is pressed. If the user refuses to provide authorization data, the original URL without information about the user will be opened. The data added is the same as described in Receiving authorization data. NOTE: You must always check the hash of the received data to verify the authentication and the integrity of the data as described in Checking authorization.
---@field forward_text? string New text of the button in forwarded messages
---@field bot_username? string Username of a bot, which will be used for user authorization; not supported in RichMessageButton. See Setting up a bot for more details. If not specified, the current bot's username will be assumed. The url's domain must be the same as the domain linked with the bot. See Linking your domain to the bot for more details.
---@field request_write_access? boolean Pass True to request the permission for your bot to send messages to the user

--- This object contains information about the bot that was created to be managed by the current bot.
---@class telegram.ManagedBotCreated
---@field bot telegram.User Information about the bot. The bot's token can be fetched using the method getManagedBotToken.

--- This object contains information about the creation, token update, or owner update of a bot that is managed by the current bot.
---@class telegram.ManagedBotUpdated
---@field user telegram.User User that created the bot
---@field bot telegram.User Information about the bot. Token of the bot can be fetched using the method getManagedBotToken.

--- This object describes the position on faces where a mask should be placed by default.
---@class telegram.MaskPosition
---@field point "forehead"|"eyes"|"mouth"|"chin" The part of the face relative to which the mask should be placed. One of “forehead”, “eyes”, “mouth”, or “chin”.
---@field x_shift number Shift by X-axis measured in widths of the mask scaled to the face size, from left to right. For example, choosing -1.0 will place mask just to the left of the default mask position.
---@field y_shift number Shift by Y-axis measured in heights of the mask scaled to the face size, from top to bottom. For example, 1.0 will place the mask just below the default mask position.
---@field scale number Mask scaling coefficient. For example, 2.0 means double size.

--- This object describes a message that can be inaccessible to the bot. It can be one of - Message - InaccessibleMessage
---@alias telegram.MaybeInaccessibleMessage telegram.Message|telegram.InaccessibleMessage

--- This object describes the bot's menu button in a private chat. It should be one of - MenuButtonCommands - MenuButtonWebApp - MenuButtonDefault If a menu button other than MenuButtonDefault is set for a private chat, then it is applied in the chat. Otherwise the default menu button is applied. By default, the menu button opens the list of bot commands.
---@alias telegram.MenuButton telegram.MenuButtonCommands|telegram.MenuButtonWebApp|telegram.MenuButtonDefault

--- Represents a menu button, which opens the bot's list of commands.
---@class telegram.MenuButtonCommands
---@field type "commands" Type of the button, must be commands

--- Describes that no specific value for the menu button was set.
---@class telegram.MenuButtonDefault
---@field type "default" Type of the button, must be default

--- Represents a menu button, which launches a Web App.
---@class telegram.MenuButtonWebApp
---@field type "web_app" Button type, must be web_app
---@field text string Text on the button
---@field web_app telegram.WebAppInfo Description of the Web App that will be launched when the user presses the button. The Web App will be able to send an arbitrary message on behalf of the user using the method answerWebAppQuery. Alternatively, a t.me link to a Web App can be specified in the object instead of the Web App's URL, in which case the Web App will be opened as if the user pressed the link.

--- This object represents a message.
---@class telegram.Message
---@field message_id integer Unique message identifier inside this chat; 0 for ephemeral messages. In specific instances (e.g., a message containing a video sent to a big chat), the server might automatically schedule a message instead of sending it immediately. In such cases, this field will be 0 and the relevant message will be unusable until it is actually sent.
---@field message_thread_id? integer Unique identifier of a message thread or forum topic to which the message belongs; for supergroups and private chats only
---@field from? telegram.User Sender of the message; may be empty for messages sent to channels. For backward compatibility, if the message was sent on behalf of a chat, the field contains a fake sender user in non-channel chats.
---@field sender_chat? telegram.Chat Sender of the message when sent on behalf of a chat. For example, the supergroup itself for messages sent by its anonymous administrators or a linked channel for messages automatically forwarded to the channel's discussion group. For backward compatibility, if the message was sent on behalf of a chat, the field from contains a fake sender user in non-channel chats.
---@field date integer Date the message was sent in Unix time. It is always a positive number, representing a valid date.
---@field guest_query_id? string The unique identifier for the guest query. Use this identifier with the method answerGuestQuery to send a response message. If non-empty, the message belongs to the chat where the guest bot was summoned, which may not coincide with other existing bot chats sharing the same identifier.
---@field business_connection_id? string Unique identifier of the business connection from which the message was received. If non-empty, the message belongs to a chat of the corresponding business account that is independent from any potential bot chat which might share the same identifier.
---@field chat telegram.Chat Chat the message belongs to
---@field is_topic_message? boolean True, if the message is sent to a topic in a forum supergroup or a private chat with the bot
---@field direct_messages_topic? telegram.DirectMessagesTopic Information about the direct messages chat topic that contains the message
---@field sender_tag? string Tag or custom title of the sender of the message; for supergroups only
---@field receiver_user? telegram.User For ephemeral messages, the user who received the message
---@field ephemeral_message_id? integer For ephemeral messages, identifier of the ephemeral message inside this chat. The identifier may be reused for another ephemeral message after the message is deleted or expires.
---@field sender_boost_count? integer If the sender of the message boosted the chat, the number of boosts added by the user
---@field sender_business_bot? telegram.User The bot that actually sent the message on behalf of the business account. Available only for outgoing messages sent on behalf of the connected business account.
---@field forward_origin? telegram.MessageOrigin Information about the original message for forwarded messages
---@field is_automatic_forward? true True, if the message is a channel post that was automatically forwarded to the connected discussion group
---@field reply_to_message? telegram.ReplyMessage For replies in the same chat and message thread, the original message. Note that the Message object in this field will not contain further reply_to_message fields even if it itself is a reply. If the message is a reply to an ephemeral message, then this field may be omitted.
---@field reply_to_checklist_task_id? integer Identifier of the specific checklist task that is being replied to
---@field reply_to_poll_option_id? string Persistent identifier of the specific poll option that is being replied to
---@field is_paid_post? true True, if the message is a paid post. Note that such posts must not be deleted for 24 hours to receive the payment and can't be edited.
---@field external_reply? telegram.ExternalReplyInfo Information about the message that is being replied to, which may come from another chat or forum topic
---@field quote? telegram.TextQuote For replies that quote part of the original message, the quoted part of the message
---@field reply_to_story? telegram.Story For replies to a story, the original message
---@field via_bot? telegram.User Bot through which the message was sent
---@field guest_bot_caller_user? telegram.User For a message sent by a guest bot, this is the user whose original message triggered the bot's response.
---@field guest_bot_caller_chat? telegram.Chat For a message sent by a guest bot, this is the chat whose original message triggered the bot's response.
---@field edit_date? integer Date the message was last edited in Unix time
---@field has_protected_content? true True, if the message can't be forwarded
---@field show_caption_above_media? true True, if the caption must be shown above the message media
---@field is_from_offline? true True, if the message was sent by an implicit action, for example, as an away or a greeting business message, or as a scheduled message
---@field author_signature? string Signature of the post author for messages in channels, or the custom title of an anonymous group administrator
---@field link_preview_options? telegram.LinkPreviewOptions Options used for link preview generation for the message, if it is a text message and link preview options were changed
---@field effect_id? string Unique identifier of the message effect added to the message
---@field paid_star_count? integer The number of Telegram Stars that were paid by the sender of the message to send it
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message. login_url buttons are represented as ordinary url buttons.
---@field caption? string Caption for the animation, audio, document, photo, video or voice
---@field caption_entities? telegram.MessageEntity[] For messages with a caption, special entities like usernames, URLs, bot commands, etc. that appear in the caption
---@field media_group_id? string The unique identifier inside this chat of a media message group this message belongs to
---@field has_media_spoiler? true True, if the message media is covered by a spoiler animation
---@field text? string For text messages, the actual UTF-8 text of the message
---@field entities? telegram.MessageEntity[] For text messages, special entities like usernames, URLs, bot commands, etc. that appear in the text
---@field rich_message? telegram.RichMessage Message is a rich formatted message
---@field animation? telegram.Animation Message is an animation, information about the animation. For backward compatibility, when this field is set, the document field will also be set.
---@field audio? telegram.Audio Message is an audio file, information about the file
---@field document? telegram.Document Message is a general file, information about the file
---@field live_photo? telegram.LivePhoto Message is a live photo, information about the live photo. For backward compatibility, when this field is set, the photo field will also be set
---@field paid_media? telegram.PaidMediaInfo Message contains paid media; information about the paid media
---@field photo? telegram.PhotoSize[] Message is a photo, available sizes of the photo
---@field sticker? telegram.Sticker Message is a sticker, information about the sticker
---@field story? telegram.Story Message is a forwarded story
---@field video? telegram.Video Message is a video, information about the video
---@field video_note? telegram.VideoNote Message is a video note, information about the video message
---@field voice? telegram.Voice Message is a voice message, information about the file
---@field contact? telegram.Contact Message is a shared contact, information about the contact
---@field dice? telegram.Dice Message is a dice with random value
---@field game? telegram.Game Message is a game, information about the game.
---@field poll? telegram.Poll Message is a native poll, information about the poll
---@field venue? telegram.Venue Message is a venue, information about the venue. For backward compatibility, when this field is set, the location field will also be set.
---@field location? telegram.Location Message is a shared location, information about the location
---@field checklist? telegram.Checklist Message is a checklist
---@field checklist_tasks_done? telegram.ChecklistTasksDone Service message: some tasks in a checklist were marked as done or not done
---@field checklist_tasks_added? telegram.ChecklistTasksAdded Service message: tasks were added to a checklist
---@field community_chat_added? telegram.CommunityChatAdded Service message: chat or bot added to a Community
---@field community_chat_removed? telegram.CommunityChatRemoved Service message: chat or bot removed from a Community
---@field suggested_post_info? telegram.SuggestedPostInfo Information about suggested post parameters if the message is a suggested post in a channel direct messages chat. If the message is an approved or declined suggested post, then it can't be edited.
---@field suggested_post_approved? telegram.SuggestedPostApproved Service message: a suggested post was approved
---@field suggested_post_approval_failed? telegram.SuggestedPostApprovalFailed Service message: approval of a suggested post has failed
---@field suggested_post_declined? telegram.SuggestedPostDeclined Service message: a suggested post was declined
---@field suggested_post_paid? telegram.SuggestedPostPaid Service message: payment for a suggested post was received
---@field suggested_post_refunded? telegram.SuggestedPostRefunded Service message: payment for a suggested post was refunded
---@field chat_owner_left? telegram.ChatOwnerLeft Service message: chat owner has left
---@field chat_owner_changed? telegram.ChatOwnerChanged Service message: chat owner has changed
---@field new_chat_members? telegram.User[] New members that were added to the group or supergroup and information about them (the bot itself may be one of these members)
---@field community_chat_joined? telegram.CommunityChatJoined Service message: chat was joined by a user from a Community
---@field left_chat_member? telegram.User A member was removed from the group, information about them (this member may be the bot itself)
---@field new_chat_title? string A chat title was changed to this value
---@field new_chat_photo? telegram.PhotoSize[] A chat photo was change to this value
---@field delete_chat_photo? true Service message: the chat photo was deleted
---@field group_chat_created? true Service message: the group has been created
---@field supergroup_chat_created? true Service message: the supergroup has been created. This field can't be received in a message coming through updates, because bot can't be a member of a supergroup when it is created. It can only be found in reply_to_message if someone replies to a very first message in a directly created supergroup.
---@field channel_chat_created? true Service message: the channel has been created. This field can't be received in a message coming through updates, because bot can't be a member of a channel when it is created. It can only be found in reply_to_message if someone replies to a very first message in a channel.
---@field managed_bot_created? telegram.ManagedBotCreated Service message: user created a bot that will be managed by the current bot
---@field poll_option_added? telegram.PollOptionAdded Service message: answer option was added to a poll
---@field poll_option_deleted? telegram.PollOptionDeleted Service message: answer option was deleted from a poll
---@field message_auto_delete_timer_changed? telegram.MessageAutoDeleteTimerChanged Service message: auto-delete timer settings changed in the chat
---@field migrate_to_chat_id? integer The group has been migrated to a supergroup with the specified identifier.
---@field migrate_from_chat_id? integer The supergroup has been migrated from a group with the specified identifier.
---@field pinned_message? telegram.MaybeInaccessibleMessage Specified message was pinned. Note that the Message object in this field will not contain further reply_to_message fields even if it itself is a reply.
---@field invoice? telegram.Invoice Message is an invoice for a payment, information about the invoice.
---@field successful_payment? telegram.SuccessfulPayment Message is a service message about a successful payment, information about the payment.
---@field refunded_payment? telegram.RefundedPayment Message is a service message about a refunded payment, information about the payment.
---@field users_shared? telegram.UsersShared Service message: users were shared with the bot
---@field chat_shared? telegram.ChatShared Service message: a chat was shared with the bot
---@field connected_website? string The domain name of the website on which the user has logged in.
---@field write_access_allowed? telegram.WriteAccessAllowed Service message: the user allowed the bot to write messages after adding it to the attachment or side menu, launching a Web App from a link, or accepting an explicit request from a Web App sent by the method requestWriteAccess
---@field passport_data? telegram.PassportData Telegram Passport data
---@field proximity_alert_triggered? telegram.ProximityAlertTriggered Service message: a user in the chat triggered another user's proximity alert while sharing Live Location.
---@field boost_added? telegram.ChatBoostAdded Service message: user boosted the chat
---@field chat_background_set? telegram.ChatBackground
---@field forum_topic_created? telegram.ForumTopicCreated Service message: forum topic created
---@field forum_topic_edited? telegram.ForumTopicEdited Service message: forum topic edited
---@field forum_topic_closed? telegram.ForumTopicClosed Service message: forum topic closed
---@field forum_topic_reopened? telegram.ForumTopicReopened Service message: forum topic reopened
---@field general_forum_topic_hidden? telegram.GeneralForumTopicHidden Service message: the 'General' forum topic hidden
---@field general_forum_topic_unhidden? telegram.GeneralForumTopicUnhidden Service message: the 'General' forum topic unhidden
---@field giveaway_created? telegram.GiveawayCreated Service message: a scheduled giveaway was created
---@field giveaway? telegram.Giveaway The message is a scheduled giveaway message
---@field giveaway_winners? telegram.GiveawayWinners A giveaway with public winners was completed
---@field giveaway_completed? telegram.GiveawayCompleted Service message: a giveaway without public winners was completed
---@field gift? telegram.GiftInfo Service message: a regular gift was sent or received
---@field gift_upgrade_sent? telegram.GiftInfo Service message: upgrade of a gift was purchased after the gift was sent
---@field unique_gift? telegram.UniqueGiftInfo Service message: a unique gift was sent or received
---@field paid_message_price_changed? telegram.PaidMessagePriceChanged Service message: the price for paid messages has changed in the chat
---@field direct_message_price_changed? telegram.DirectMessagePriceChanged Service message: the price for paid messages in the corresponding direct messages chat of a channel has changed
---@field video_chat_scheduled? telegram.VideoChatScheduled Service message: video chat scheduled
---@field video_chat_started? telegram.VideoChatStarted Service message: video chat started
---@field video_chat_ended? telegram.VideoChatEnded Service message: video chat ended
---@field video_chat_participants_invited? telegram.VideoChatParticipantsInvited Service message: new participants invited to a video chat
---@field web_app_data? telegram.WebAppData Service message: data sent by a Web App

--- This object represents a service message about a change in auto-delete timer settings.
---@class telegram.MessageAutoDeleteTimerChanged
---@field message_auto_delete_time integer New auto-delete time for messages in the chat; in seconds

--- This object represents one special entity in a text message. For example, hashtags, usernames, URLs, etc.
---@class telegram.MessageEntity
---@field type "mention"|"hashtag"|"cashtag"|"bot_command"|"url"|"email"|"phone_number"|"bold"|"italic"|"underline"|"strikethrough"|"spoiler"|"blockquote"|"expandable_blockquote"|"code"|"custom_emoji"|"pre"|"text_link"|"text_mention"|"date_time" Type of the entity. Currently, can be “mention” (@username), “hashtag” (#hashtag or #hashtag@chatusername), “cashtag” ($USD or $USD@chatusername), “bot_command” (/start@jobs_bot), “url” (https://telegram.org), “email” (do-not-reply@telegram.org), “phone_number” (+1-212-555-0123), “bold” (bold text), “italic” (italic text), “underline” (underlined text), “strikethrough” (strikethrough text), “spoiler” (spoiler message), “blockquote” (block quotation), “expandable_blockquote” (collapsed-by-default block quotation), “code” (monowidth string), “pre” (monowidth block), “text_link” (for clickable text URLs), “text_mention” (for users without usernames), “custom_emoji” (for inline custom emoji stickers), or “date_time” (for formatted date and time).
---@field offset integer Offset in UTF-16 code units to the start of the entity
---@field length integer Length of the entity in UTF-16 code units
---@field custom_emoji_id? string For “custom_emoji” only, unique identifier of the custom emoji. Use getCustomEmojiStickers to get full information about the sticker.
---@field language? string For “pre” only, the programming language of the entity text
---@field url? string For “text_link” only, URL that will be opened after user taps on the text
---@field user? telegram.User For “text_mention” only, the mentioned user
---@field unix_time? integer For “date_time” only, the Unix time associated with the entity
---@field date_time_format? string For “date_time” only, the string that defines the formatting of the date and time. See date-time entity formatting for more details.

--- This object describes an update about a user stopping message generation.
---@class telegram.MessageGenerationStopped
---@field chat telegram.Chat Chat in which the message is generated
---@field message_thread_id? integer Unique identifier of the message thread in which the message is generated
---@field draft_id integer Unique identifier of the message draft which was stopped

--- This object represents a unique message identifier.
---@class telegram.MessageId
---@field message_id integer Unique message identifier. In specific instances (e.g., message containing a video sent to a big chat), the server might automatically schedule a message instead of sending it immediately. In such cases, this field will be 0 and the relevant message will be unusable until it is actually sent.

--- This object describes the origin of a message. It can be one of - MessageOriginUser - MessageOriginHiddenUser - MessageOriginChat - MessageOriginChannel
---@alias telegram.MessageOrigin telegram.MessageOriginUser|telegram.MessageOriginHiddenUser|telegram.MessageOriginChat|telegram.MessageOriginChannel

--- The message was originally sent to a channel chat.
---@class telegram.MessageOriginChannel
---@field type "channel" Type of the message origin, always “channel”
---@field date integer Date the message was sent originally in Unix time
---@field chat telegram.Chat Channel chat to which the message was originally sent
---@field message_id integer Unique message identifier inside the chat
---@field author_signature? string Signature of the original post author

--- The message was originally sent on behalf of a chat to a group chat.
---@class telegram.MessageOriginChat
---@field type "chat" Type of the message origin, always “chat”
---@field date integer Date the message was sent originally in Unix time
---@field sender_chat telegram.Chat Chat that sent the message originally
---@field author_signature? string For messages originally sent by an anonymous chat administrator, original message author signature

--- The message was originally sent by an unknown user.
---@class telegram.MessageOriginHiddenUser
---@field type "hidden_user" Type of the message origin, always “hidden_user”
---@field date integer Date the message was sent originally in Unix time
---@field sender_user_name string Name of the user that sent the message originally

--- The message was originally sent by a known user.
---@class telegram.MessageOriginUser
---@field type "user" Type of the message origin, always “user”
---@field date integer Date the message was sent originally in Unix time
---@field sender_user telegram.User User that sent the message originally

--- This object represents reaction changes on a message with anonymous reactions.
---@class telegram.MessageReactionCountUpdated
---@field chat telegram.Chat The chat containing the message
---@field message_id integer Unique message identifier inside the chat
---@field date integer Date of the change in Unix time
---@field reactions telegram.ReactionCount[] List of reactions that are present on the message

--- This object represents a change of a reaction on a message performed by a user.
---@class telegram.MessageReactionUpdated
---@field chat telegram.Chat The chat containing the message the user reacted to
---@field message_id integer Unique identifier of the message inside the chat
---@field user? telegram.User The user that changed the reaction, if the user isn't anonymous
---@field actor_chat? telegram.Chat The chat on behalf of which the reaction was changed, if the user is anonymous
---@field date integer Date of the change in Unix time
---@field old_reaction telegram.ReactionType[] Previous list of reaction types that were set by the user
---@field new_reaction telegram.ReactionType[] New list of reaction types that have been set by the user

--- This object represents information about an order.
---@class telegram.OrderInfo
---@field name? string User name
---@field phone_number? string User's phone number
---@field email? string User email
---@field shipping_address? telegram.ShippingAddress User shipping address

--- This object describes a gift received and owned by a user or a chat. Currently, it can be one of - OwnedGiftRegular - OwnedGiftUnique
---@alias telegram.OwnedGift telegram.OwnedGiftRegular|telegram.OwnedGiftUnique

--- Describes a regular gift owned by a user or a chat.
---@class telegram.OwnedGiftRegular
---@field type "regular" Type of the gift, always “regular”
---@field gift telegram.Gift Information about the regular gift
---@field owned_gift_id? string Unique identifier of the gift for the bot; for gifts received on behalf of business accounts only
---@field sender_user? telegram.User Sender of the gift if it is a known user
---@field send_date integer Date the gift was sent in Unix time
---@field unique_gift_number? integer Unique number reserved for this gift when upgraded. See the number field in UniqueGift.
---@field text? string Text of the message that was added to the gift
---@field entities? telegram.MessageEntity[] Special entities that appear in the text
---@field is_private? true True, if the sender and gift text are shown only to the gift receiver; otherwise, everyone will be able to see them
---@field is_saved? true True, if the gift is displayed on the account's profile page; for gifts received on behalf of business accounts only
---@field can_be_upgraded? true True, if the gift can be upgraded to a unique gift; for gifts received on behalf of business accounts only
---@field is_upgrade_separate? true True, if the gift's upgrade was purchased after the gift was sent
---@field was_refunded? true True, if the gift was refunded and isn't available anymore
---@field convert_star_count? integer Number of Telegram Stars that can be claimed by the receiver instead of the gift; omitted if the gift cannot be converted to Telegram Stars
---@field prepaid_upgrade_star_count? integer Number of Telegram Stars that were paid by the sender for the ability to upgrade the gift

--- Describes a unique gift received and owned by a user or a chat.
---@class telegram.OwnedGiftUnique
---@field type "unique" Type of the gift, always “unique”
---@field gift telegram.UniqueGift Information about the unique gift
---@field owned_gift_id? string Unique identifier of the received gift for the bot; for gifts received on behalf of business accounts only
---@field sender_user? telegram.User Sender of the gift if it is a known user
---@field send_date integer Date the gift was sent in Unix time
---@field is_saved? true True, if the gift is displayed on the account's profile page; for gifts received on behalf of business accounts only
---@field can_be_transferred? true True, if the gift can be transferred to another owner; for gifts received on behalf of business accounts only
---@field transfer_star_count? integer Number of Telegram Stars that must be paid to transfer the gift; omitted if the bot cannot transfer the gift
---@field next_transfer_date? integer Point in time (Unix timestamp) when the gift can be transferred. If it is in the past, then the gift can be transferred now.

--- Contains the list of gifts received and owned by a user or a chat.
---@class telegram.OwnedGifts
---@field total_count integer The total number of gifts owned by the user or the chat
---@field gifts telegram.OwnedGift[] The list of gifts
---@field next_offset? string Offset for the next request. If empty, then there are no more results

--- This object describes paid media. Currently, it can be one of - PaidMediaLivePhoto - PaidMediaPhoto - PaidMediaPreview - PaidMediaVideo
---@alias telegram.PaidMedia telegram.PaidMediaLivePhoto|telegram.PaidMediaPhoto|telegram.PaidMediaPreview|telegram.PaidMediaVideo

--- Describes the paid media added to a message.
---@class telegram.PaidMediaInfo
---@field star_count integer The number of Telegram Stars that must be paid to buy access to the media
---@field paid_media telegram.PaidMedia[] Information about the paid media

--- The Bot API's PaidMediaLivePhoto.
---@class telegram.PaidMediaLivePhoto
---@field type "live_photo" Type of the paid media, always “live_photo”
---@field live_photo telegram.LivePhoto The photo

--- The paid media is a photo.
---@class telegram.PaidMediaPhoto
---@field type "photo" Type of the paid media, always “photo”
---@field photo telegram.PhotoSize[] The photo

--- The paid media isn't available before the payment.
---@class telegram.PaidMediaPreview
---@field type "preview" Type of the paid media, always “preview”
---@field width? integer Media width as defined by the sender
---@field height? integer Media height as defined by the sender
---@field duration? integer Duration of the media in seconds as defined by the sender

--- This object contains information about a paid media purchase.
---@class telegram.PaidMediaPurchased
---@field from telegram.User User who purchased the media
---@field paid_media_payload string Bot-specified paid media payload

--- The paid media is a video.
---@class telegram.PaidMediaVideo
---@field type "video" Type of the paid media, always “video”
---@field video telegram.Video The video

--- Describes a service message about a change in the price of paid messages within a chat.
---@class telegram.PaidMessagePriceChanged
---@field paid_message_star_count integer The new number of Telegram Stars that must be paid by non-administrator users of the supergroup chat for each sent message

--- The Bot API supports basic formatting for messages. You can use bold, italic, underlined, strikethrough, spoiler text, block quotations as well as inline links and pre-formatted code in your bots' messages. Telegram clients will render them accordingly. You can specify text entities directly, or use markdown-style or HTML-style formatting. * Note that Telegram clients will display an **alert** to the user before opening an inline link ('Open this link?' together with the full URL). * Message entities can be nested, providing following restrictions are met: - If two entities have common characters, then one of them is fully contained inside another. - bold, italic, underline, strikethrough, and spoiler entities can contain and can be part of any other entities, except pre and code. - blockquote and expandable_blockquote entities can't be nested. - All other entities can't contain each other. * Links `tg://user?id=<user_id>` can be used to mention a user by their identifier without using a username. Please note: * - These links will work only if they are used inside an inline link or in an inline keyboard button. For example, they will not work, when used in a message text. - Unless the user is a member of the chat where they were mentioned, these mentions are only guaranteed to work if the user has contacted the bot in private in the past or has sent a callback query to the bot via an inline button and doesn't have Forwarded Messages privacy enabled for the bot. * You can find the list of programming and markup languages for which syntax highlighting is supported at [libprisma#supported-languages](https://github.com/TelegramMessenger/libprisma#supported-languages). * #### Date-time entity formatting * Date-time entity formatting is specified by a format string, which must adhere to the following regular expression: `r|w?[dD]?[tT]?`. * If the format string is empty, the underlying text is displayed as-is; however, the user can still receive the underlying date in their local format. When populated, the format string determines the output based on the presence of the following control characters: * - `r`: Displays the time relative to the current time. Cannot be combined with any other control characters. - `w`: Displays the day of the week in the user's localized language. - `d`: Displays the date in short form (e.g., “17.03.22”). - `D`: Displays the date in long form (e.g., “March 17, 2022”). - `t`: Displays the time in short form (e.g., “22:45”). - `T`: Displays the time in long form (e.g., “22:45:00”). * #### MarkdownV2 style To use this mode, pass *MarkdownV2* in the *parse_mode* field. Use the following syntax in your message: * ````markdown *bold \*text* _italic \*text_ __underline__ ~strikethrough~ ||spoiler|| *bold _italic bold ~italic bold strikethrough ||italic bold strikethrough spoiler||~ __underline italic bold___ bold* [inline URL](http://www.example.com/) [inline mention of a user](tg://user?id=123456789) ![👍](tg://emoji?id=5368324170671202286) ![22:45 tomorrow](tg://time?unix=1647531900&format=wDT) ![22:45 tomorrow](tg://time?unix=1647531900&format=t) ![22:45 tomorrow](tg://time?unix=1647531900&format=r) ![22:45 tomorrow](tg://time?unix=1647531900) `inline fixed-width code` ``` pre-formatted fixed-width code block ``` ```python pre-formatted fixed-width code block written in the Python programming language ``` >Block quotation started >Block quotation continued >Block quotation continued >Block quotation continued >The last line of the block quotation ***>The second expandable block quotation started right after the previous >It is separated from the previous block quotation by an empty bold entity >Expandable block quotation continued >Hidden by default part of the expandable block quotation started >Expandable block quotation continued >The last line of the expandable block quotation with the expandability mark|| ```` Please note: * - Any character with code between 1 and 126 inclusively can be escaped anywhere with a preceding '\' character, in which case it is treated as an ordinary character and not a part of the markup. This implies that '\' character usually must be escaped with a preceding '\' character. - Inside `pre` and `code` entities, all '`' and '\' characters must be escaped with a preceding '\' character. - Inside the `(...)` part of the inline link and custom emoji definition, all ')' and '\' must be escaped with a preceding '\' character. - In all other places characters '_', '*', '[', ']', '(', ')', '~', '`', '>', '#', '+', '-', '=', '|', '{', '}', '.', '!' must be escaped with the preceding character '\'. - In case of ambiguity between `italic` and `underline` entities `__` is always greedily treated from left to right as beginning or end of an `underline` entity, so instead of `___italic underline___` use `___italic underline_**__`, adding an empty bold entity as a separator. - A valid emoji must be provided as an alternative value for the custom emoji. The emoji will be shown instead of the custom emoji in places where a custom emoji cannot be displayed (e.g., system notifications) or if the message is forwarded by a non-premium user. It is recommended to use the emoji from the emoji field of the custom emoji sticker. - Custom emoji entities can only be used by bots that purchased additional usernames on Fragment. - See date-time entity formatting for more details about supported date-time formats. * #### HTML style To use this mode, pass *HTML* in the *parse_mode* field. The following tags are currently supported: * ```html <b>bold</b>, <strong>bold</strong> <i>italic</i>, <em>italic</em> <u>underline</u>, <ins>underline</ins> <s>strikethrough</s>, <strike>strikethrough</strike>, <del>strikethrough</del> <span class="tg-spoiler">spoiler</span>, <tg-spoiler>spoiler</tg-spoiler> <b>bold <i>italic bold <s>italic bold strikethrough <span class="tg-spoiler">italic bold strikethrough spoiler</span></s> <u>underline italic bold</u></i> bold</b> <a href="http://www.example.com/">inline URL</a> <a href="tg://user?id=123456789">inline mention of a user</a> <tg-emoji emoji-id="5368324170671202286">👍</tg-emoji> <tg-time unix="1647531900" format="wDT">22:45 tomorrow</tg-time> <tg-time unix="1647531900" format="t">22:45 tomorrow</tg-time> <tg-time unix="1647531900" format="r">22:45 tomorrow</tg-time> <tg-time unix="1647531900">22:45 tomorrow</tg-time> <code>inline fixed-width code</code> <pre>pre-formatted fixed-width code block</pre> <pre><code class="language-python">pre-formatted fixed-width code block written in the Python programming language</code></pre> <blockquote>Block quotation started\nBlock quotation continued\nThe last line of the block quotation</blockquote> <blockquote expandable>Expandable block quotation started\nExpandable block quotation continued\nExpandable block quotation continued\nHidden by default part of the block quotation started\nExpandable block quotation continued\nThe last line of the block quotation</blockquote> ``` Please note: * - Only the tags mentioned above are currently supported. - All `<`, `>` and `&` symbols that are not a part of a tag or an HTML entity must be replaced with the corresponding HTML entities (`<` with `&lt;`, `>` with `&gt;` and `&` with `&amp;`). - All numerical HTML entities are supported. - The API currently supports only the following named HTML entities: `&lt;`, `&gt;`, `&amp;` and `&quot;`. - Use nested `pre` and `code` tags, to define programming language for pre entity. - Programming language can't be specified for standalone `code` tags. - A valid emoji must be used as the content of the tg-emoji tag. The emoji will be shown instead of the custom emoji in places where a custom emoji cannot be displayed (e.g., system notifications) or if the message is forwarded by a non-premium user. It is recommended to use the emoji from the emoji field of the custom emoji sticker. - Custom emoji entities can only be used by bots that purchased additional usernames on Fragment. - See date-time entity formatting for more details about supported date-time formats. * #### Markdown style This is a legacy mode, retained for backward compatibility. To use this mode, pass *Markdown* in the *parse_mode* field. Use the following syntax in your message: * ````markdown *bold text* _italic text_ [inline URL](http://www.example.com/) [inline mention of a user](tg://user?id=123456789) `inline fixed-width code` ``` pre-formatted fixed-width code block ``` ```python pre-formatted fixed-width code block written in the Python programming language ``` ```` Please note: * - Entities must not be nested, use parse mode MarkdownV2 instead. - There is no way to specify “underline”, “strikethrough”, “spoiler”, “blockquote”, “expandable_blockquote”, “custom_emoji”, and “date_time” entities, use parse mode MarkdownV2 instead. - To escape characters '_', '*', '`', '[' outside of an entity, prepend the character '\' before them. - Escaping inside entities is not allowed, so entity must be closed first and reopened again: use `_snake_\__case_` for italic `snake_case` and `*2*\**2=4*` for bold `2*2=4`.
---@alias telegram.ParseMode "Markdown"|"MarkdownV2"|"HTML"

--- Describes Telegram Passport data shared with the bot by the user.
---@class telegram.PassportData
---@field data telegram.EncryptedPassportElement[] Array with information about documents and other Telegram Passport elements that was shared with the bot
---@field credentials telegram.EncryptedCredentials Encrypted credentials required to decrypt the data

--- This object represents an error in the Telegram Passport element which was submitted that should be resolved by the user. It should be one of: - PassportElementErrorDataField - PassportElementErrorFrontSide - PassportElementErrorReverseSide - PassportElementErrorSelfie - PassportElementErrorFile - PassportElementErrorFiles - PassportElementErrorTranslationFile - PassportElementErrorTranslationFiles - PassportElementErrorUnspecified
---@alias telegram.PassportElementError telegram.PassportElementErrorDataField|telegram.PassportElementErrorFrontSide|telegram.PassportElementErrorReverseSide|telegram.PassportElementErrorSelfie|telegram.PassportElementErrorFile|telegram.PassportElementErrorFiles|telegram.PassportElementErrorTranslationFile|telegram.PassportElementErrorTranslationFiles|telegram.PassportElementErrorUnspecified

--- Represents an issue in one of the data fields that was provided by the user. The error is considered resolved when the field's value changes.
---@class telegram.PassportElementErrorDataField
---@field source "data" Error source, must be data
---@field type "personal_details"|"passport"|"driver_license"|"identity_card"|"internal_passport"|"address" The section of the user's Telegram Passport which has the error, one of “personal_details”, “passport”, “driver_license”, “identity_card”, “internal_passport”, “address”
---@field field_name string Name of the data field which has the error
---@field data_hash string Base64-encoded data hash
---@field message string Error message

--- Represents an issue with a document scan. The error is considered resolved when the file with the document scan changes.
---@class telegram.PassportElementErrorFile
---@field source "file" Error source, must be file
---@field type "utility_bill"|"bank_statement"|"rental_agreement"|"passport_registration"|"temporary_registration" The section of the user's Telegram Passport which has the issue, one of “utility_bill”, “bank_statement”, “rental_agreement”, “passport_registration”, “temporary_registration”
---@field file_hash string Base64-encoded file hash
---@field message string Error message

--- Represents an issue with a list of scans. The error is considered resolved when the list of files containing the scans changes.
---@class telegram.PassportElementErrorFiles
---@field source "files" Error source, must be files
---@field type "utility_bill"|"bank_statement"|"rental_agreement"|"passport_registration"|"temporary_registration" The section of the user's Telegram Passport which has the issue, one of “utility_bill”, “bank_statement”, “rental_agreement”, “passport_registration”, “temporary_registration”
---@field file_hashes string[] List of base64-encoded file hashes
---@field message string Error message

--- Represents an issue with the front side of a document. The error is considered resolved when the file with the front side of the document changes.
---@class telegram.PassportElementErrorFrontSide
---@field source "front_side" Error source, must be front_side
---@field type "passport"|"driver_license"|"identity_card"|"internal_passport" The section of the user's Telegram Passport which has the issue, one of “passport”, “driver_license”, “identity_card”, “internal_passport”
---@field file_hash string Base64-encoded hash of the file with the front side of the document
---@field message string Error message

--- Represents an issue with the reverse side of a document. The error is considered resolved when the file with reverse side of the document changes.
---@class telegram.PassportElementErrorReverseSide
---@field source "reverse_side" Error source, must be reverse_side
---@field type "driver_license"|"identity_card" The section of the user's Telegram Passport which has the issue, one of “driver_license”, “identity_card”
---@field file_hash string Base64-encoded hash of the file with the reverse side of the document
---@field message string Error message

--- Represents an issue with the selfie with a document. The error is considered resolved when the file with the selfie changes.
---@class telegram.PassportElementErrorSelfie
---@field source "selfie" Error source, must be selfie
---@field type "passport"|"driver_license"|"identity_card"|"internal_passport" The section of the user's Telegram Passport which has the issue, one of “passport”, “driver_license”, “identity_card”, “internal_passport”
---@field file_hash string Base64-encoded hash of the file with the selfie
---@field message string Error message

--- Represents an issue with one of the files that constitute the translation of a document. The error is considered resolved when the file changes.
---@class telegram.PassportElementErrorTranslationFile
---@field source "translation_file" Error source, must be translation_file
---@field type "passport"|"driver_license"|"identity_card"|"internal_passport"|"utility_bill"|"bank_statement"|"rental_agreement"|"passport_registration"|"temporary_registration" Type of element of the user's Telegram Passport which has the issue, one of “passport”, “driver_license”, “identity_card”, “internal_passport”, “utility_bill”, “bank_statement”, “rental_agreement”, “passport_registration”, “temporary_registration”
---@field file_hash string Base64-encoded file hash
---@field message string Error message

--- Represents an issue with the translated version of a document. The error is considered resolved when a file with the document translation change.
---@class telegram.PassportElementErrorTranslationFiles
---@field source "translation_files" Error source, must be translation_files
---@field type "passport"|"driver_license"|"identity_card"|"internal_passport"|"utility_bill"|"bank_statement"|"rental_agreement"|"passport_registration"|"temporary_registration" Type of element of the user's Telegram Passport which has the issue, one of “passport”, “driver_license”, “identity_card”, “internal_passport”, “utility_bill”, “bank_statement”, “rental_agreement”, “passport_registration”, “temporary_registration”
---@field file_hashes string[] List of base64-encoded file hashes
---@field message string Error message

--- Represents an issue in an unspecified place. The error is considered resolved when new data is added.
---@class telegram.PassportElementErrorUnspecified
---@field source "unspecified" Error source, must be unspecified
---@field type string Type of element of the user's Telegram Passport which has the issue
---@field element_hash string Base64-encoded element hash
---@field message string Error message

--- This object represents a file uploaded to Telegram Passport. Currently all Telegram Passport files are in JPEG format when decrypted and don't exceed 10MB.
---@class telegram.PassportFile
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field file_size integer File size in bytes
---@field file_date integer Unix time when the file was uploaded

--- This object represents one size of a photo or a file / sticker thumbnail.
---@class telegram.PhotoSize
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field width integer Photo width
---@field height integer Photo height
---@field file_size? integer File size in bytes

--- This object contains information about a poll.
---@class telegram.Poll
---@field id string Unique poll identifier
---@field question string Poll question, 1-300 characters
---@field question_entities? telegram.MessageEntity[] Special entities that appear in the question. Currently, only custom emoji entities are allowed in poll questions
---@field options telegram.PollOption[] List of poll options
---@field total_voter_count integer Total number of users that voted in the poll
---@field is_closed boolean True, if the poll is closed
---@field is_anonymous boolean True, if the poll is anonymous
---@field type "regular"|"quiz" Poll type, currently can be “regular” or “quiz”
---@field allows_multiple_answers boolean True, if the poll allows multiple answers
---@field allows_revoting boolean True, if the poll allows to change the chosen answer options
---@field members_only boolean True if voting is limited to users who have been members of the chat where the poll was originally sent for more than 24 hours
---@field country_codes? string[] A list of two-letter ISO 3166-1 alpha-2 country codes indicating the countries from which users can vote in the poll. The country code “FT” is used for users with anonymous numbers. If omitted, then users from any country can participate in the poll.
---@field correct_option_ids? integer[] Array of 0-based identifiers of the correct answer options. Available only for polls in quiz mode which are closed or were sent (not forwarded) by the bot or to the private chat with the bot.
---@field explanation? string Text that is shown when a user chooses an incorrect answer or taps on the lamp icon in a quiz-style poll, 0-200 characters
---@field explanation_entities? telegram.MessageEntity[] Special entities like usernames, URLs, bot commands, etc. that appear in the explanation
---@field explanation_media? telegram.PollMedia Media added to the quiz explanation
---@field open_period? integer Amount of time in seconds the poll will be active after creation
---@field close_date? integer Point in time (Unix timestamp) when the poll will be automatically closed
---@field description? string Description of the poll; for polls inside the Message object only
---@field description_entities? telegram.MessageEntity[] Special entities like usernames, URLs, bot commands, etc. that appear in the description
---@field media? telegram.PollMedia Media added to the poll description; for polls inside the Message object only

--- This object represents an answer of a user in a non-anonymous poll.
---@class telegram.PollAnswer
---@field poll_id string Unique poll identifier
---@field voter_chat? telegram.Chat The chat that changed the answer to the poll, if the voter is anonymous
---@field user? telegram.User The user that changed the answer to the poll, if the voter isn't anonymous
---@field option_ids integer[] 0-based identifiers of chosen answer options. May be empty if the vote was retracted.
---@field option_persistent_ids string[] Persistent identifiers of the chosen answer options. May be empty if the vote was retracted.

--- At most one of the optional fields can be present in any given object.
---@class telegram.PollMedia
---@field animation? telegram.Animation Media is an animation, information about the animation
---@field audio? telegram.Audio Media is an audio file, information about the file; currently, can't be received in a poll option
---@field document? telegram.Document Media is a general file, information about the file; currently, can't be received in a poll option
---@field link? telegram.Link The HTTP link attached to the poll option
---@field live_photo? telegram.LivePhoto Media is a live photo, information about the live photo
---@field location? telegram.Location Media is a shared location, information about the location
---@field photo? telegram.PhotoSize[] Media is a photo, available sizes of the photo
---@field sticker? telegram.Sticker Media is a sticker, information about the sticker; currently, for poll options only
---@field venue? telegram.Venue Media is a venue, information about the venue
---@field video? telegram.Video Media is a video, information about the video

--- This object contains information about one answer option in a poll.
---@class telegram.PollOption
---@field persistent_id string Unique identifier of the option, persistent on option addition and deletion
---@field text string Option text, 1-100 characters
---@field text_entities? telegram.MessageEntity[] Special entities that appear in the option text. Currently, only custom emoji entities are allowed in poll option texts
---@field media? telegram.PollMedia Media added to the poll option
---@field voter_count integer Number of users who voted for this option; may be 0 if unknown
---@field added_by_user? telegram.User User who added the option; omitted if the option wasn't added by a user after poll creation
---@field added_by_chat? telegram.Chat Chat that added the option; omitted if the option wasn't added by a chat after poll creation
---@field addition_date? integer Point in time (Unix timestamp) when the option was added; omitted if the option existed in the original poll

--- Describes a service message about an option added to a poll.
---@class telegram.PollOptionAdded
---@field poll_message? telegram.MaybeInaccessibleMessage Message containing the poll to which the option was added. Note that the Message object in this field will not contain the reply_to_message field even if it itself is a reply.
---@field option_persistent_id string Unique identifier of the added option
---@field option_text string Option text
---@field option_text_entities? telegram.MessageEntity[] Special entities that appear in the option_text

--- Describes a service message about an option deleted from a poll.
---@class telegram.PollOptionDeleted
---@field poll_message? telegram.MaybeInaccessibleMessage Message containing the poll from which the option was deleted. Note that the Message object in this field will not contain the reply_to_message field even if it itself is a reply.
---@field option_persistent_id string Unique identifier of the deleted option
---@field option_text string Option text
---@field option_text_entities? telegram.MessageEntity[] Special entities that appear in the option_text

--- This object contains information about an incoming pre-checkout query.
---@class telegram.PreCheckoutQuery
---@field id string Unique query identifier
---@field from telegram.User User who sent the query
---@field currency string Three-letter ISO 4217 currency code, or “XTR” for payments in Telegram Stars
---@field total_amount integer Total price in the smallest units of the currency (integer, not float/double). For example, for a price of US$ 1.45 pass amount = 145. See the exp parameter in currencies.json, it shows the number of digits past the decimal point for each currency (2 for the majority of currencies).
---@field invoice_payload string Bot specified invoice payload
---@field shipping_option_id? string Identifier of the shipping option chosen by the user
---@field order_info? telegram.OrderInfo Order information provided by the user

--- Describes an inline message to be sent by a user of a Mini App.
---@class telegram.PreparedInlineMessage
---@field id string Unique identifier of the prepared message
---@field expiration_date integer Expiration date of the prepared message, in Unix time. Expired prepared messages can no longer be used.

--- Describes a keyboard button to be used by a user of a Mini App.
---@class telegram.PreparedKeyboardButton
---@field id string Unique identifier of the keyboard button

--- This object represents the content of a service message, sent whenever a user in the chat triggers a proximity alert set by another user.
---@class telegram.ProximityAlertTriggered
---@field traveler telegram.User User that triggered the alert
---@field watcher telegram.User User that set the alert
---@field distance integer The distance between the users

--- Represents a reaction added to a message along with the number of times it was added.
---@class telegram.ReactionCount
---@field type telegram.ReactionType Type of the reaction
---@field total_count integer Number of times the reaction was added

--- This object describes the type of a reaction. Currently, it can be one of - ReactionTypeEmoji - ReactionTypeCustomEmoji - ReactionTypePaid
---@alias telegram.ReactionType telegram.ReactionTypeEmoji|telegram.ReactionTypeCustomEmoji|telegram.ReactionTypePaid

--- The reaction is based on a custom emoji.
---@class telegram.ReactionTypeCustomEmoji
---@field type "custom_emoji" Type of the reaction, always “custom_emoji”
---@field custom_emoji_id string Custom emoji identifier

--- The reaction is based on an emoji.
---@class telegram.ReactionTypeEmoji
---@field type "emoji" Type of the reaction, always “emoji”
---@field emoji "👍"|"👎"|"❤"|"🔥"|"🥰"|"👏"|"😁"|"🤔"|"🤯"|"😱"|"🤬"|"😢"|"🎉"|"🤩"|"🤮"|"💩"|"🙏"|"👌"|"🕊"|"🤡"|"🥱"|"🥴"|"😍"|"🐳"|"❤‍🔥"|"🌚"|"🌭"|"💯"|"🤣"|"⚡"|"🍌"|"🏆"|"💔"|"🤨"|"😐"|"🍓"|"🍾"|"💋"|"🖕"|"😈"|"😴"|"😭"|"🤓"|"👻"|"👨‍💻"|"👀"|"🎃"|"🙈"|"😇"|"😨"|"🤝"|"✍"|"🤗"|"🫡"|"🎅"|"🎄"|"☃"|"💅"|"🤪"|"🗿"|"🆒"|"💘"|"🙉"|"🦄"|"😘"|"💊"|"🙊"|"😎"|"👾"|"🤷‍♂"|"🤷"|"🤷‍♀"|"😡" Reaction emoji. Currently, it can be one of "👍", "👎", "❤", "🔥", "🥰", "👏", "😁", "🤔", "🤯", "😱", "🤬", "😢", "🎉", "🤩", "🤮", "💩", "🙏", "👌", "🕊", "🤡", "🥱", "🥴", "😍", "🐳", "❤‍🔥", "🌚", "🌭", "💯", "🤣", "⚡", "🍌", "🏆", "💔", "🤨", "😐", "🍓", "🍾", "💋", "🖕", "😈", "😴", "😭", "🤓", "👻", "👨‍💻", "👀", "🎃", "🙈", "😇", "😨", "🤝", "✍", "🤗", "🫡", "🎅", "🎄", "☃", "💅", "🤪", "🗿", "🆒", "💘", "🙉", "🦄", "😘", "💊", "🙊", "😎", "👾", "🤷‍♂", "🤷", "🤷‍♀", "😡".

--- The reaction is paid.
---@class telegram.ReactionTypePaid
---@field type "paid" Type of the reaction, always “paid”

--- This object contains basic information about a refunded payment.
---@class telegram.RefundedPayment
---@field currency string Three-letter ISO 4217 currency code, or “XTR” for payments in Telegram Stars. Currently, always “XTR”.
---@field total_amount integer Total refunded price in the smallest units of the currency (integer, not float/double). For example, for a price of US$ 1.45, total_amount = 145. See the exp parameter in currencies.json, it shows the number of digits past the decimal point for each currency (2 for the majority of currencies).
---@field invoice_payload string Bot-specified invoice payload
---@field telegram_payment_charge_id string Telegram payment identifier
---@field provider_payment_charge_id? string Provider payment identifier

--- This object represents a custom keyboard with reply options (see Introduction to bots for details and examples). Not supported in channels and for messages sent on behalf of a business account.
---@class telegram.ReplyKeyboardMarkup
---@field keyboard telegram.KeyboardButton[][] Array of button rows, each represented by an Array of KeyboardButton objects
---@field is_persistent? boolean Requests clients to always show the keyboard when the regular keyboard is hidden. Defaults to False, in which case the custom keyboard can be hidden and opened with a keyboard icon.
---@field resize_keyboard? boolean Requests clients to resize the keyboard vertically for optimal fit (e.g., make the keyboard smaller if there are just two rows of buttons). Defaults to False, in which case the custom keyboard is always of the same height as the app's standard keyboard.
---@field one_time_keyboard? boolean Requests clients to hide the keyboard as soon as it's been used. The keyboard will still be available, but clients will automatically display the usual letter-keyboard in the chat – the user can press a special button in the input field to see the custom keyboard again. Defaults to False.
---@field input_field_placeholder? string The placeholder to be shown in the input field when the keyboard is active; 1-64 characters
---@field selective? boolean Use this parameter if you want to show the keyboard to specific users only. Targets: 1) users that are `@mentioned` in the text of the Message object; 2) if the bot's message is a reply to a message in the same chat and forum topic, sender of the original message. Example: A user requests to change the bot's language, bot replies to the request with a keyboard to select the new language. Other users in the group don't see the keyboard.
---@field force_reply? boolean Pass True if the reply interface must be shown to the user, as if they had manually selected the bot's message and tapped 'Reply'

--- Upon receiving a message with this object, Telegram clients will remove the current custom keyboard and display the default letter-keyboard. By default, custom keyboards are displayed until a new keyboard is sent by a bot. An exception is made for one-time keyboards that are hidden immediately after the user presses a button (see ReplyKeyboardMarkup). Not supported in channels and for messages sent on behalf of a business account.
---@class telegram.ReplyKeyboardRemove
---@field remove_keyboard true Requests clients to remove the custom keyboard (user will not be able to summon this keyboard; if you want to hide the keyboard from sight but keep it accessible, use one_time_keyboard in ReplyKeyboardMarkup)
---@field selective? boolean Use this parameter if you want to remove the keyboard for specific users only. Targets: 1) users that are `@mentioned` in the text of the Message object; 2) if the bot's message is a reply to a message in the same chat and forum topic, sender of the original message. Example: A user votes in a poll, bot returns confirmation message in reply to the vote and removes the keyboard for that user, while still showing the keyboard with poll options to users who haven't voted yet.

--- The Bot API's ReplyMessage.
---@class telegram.ReplyMessage
---@field message_id integer Unique message identifier inside this chat; 0 for ephemeral messages. In specific instances (e.g., a message containing a video sent to a big chat), the server might automatically schedule a message instead of sending it immediately. In such cases, this field will be 0 and the relevant message will be unusable until it is actually sent.
---@field message_thread_id? integer Unique identifier of a message thread or forum topic to which the message belongs; for supergroups and private chats only
---@field from? telegram.User Sender of the message; may be empty for messages sent to channels. For backward compatibility, if the message was sent on behalf of a chat, the field contains a fake sender user in non-channel chats.
---@field sender_chat? telegram.Chat Sender of the message when sent on behalf of a chat. For example, the supergroup itself for messages sent by its anonymous administrators or a linked channel for messages automatically forwarded to the channel's discussion group. For backward compatibility, if the message was sent on behalf of a chat, the field from contains a fake sender user in non-channel chats.
---@field date integer Date the message was sent in Unix time. It is always a positive number, representing a valid date.
---@field guest_query_id? string The unique identifier for the guest query. Use this identifier with the method answerGuestQuery to send a response message. If non-empty, the message belongs to the chat where the guest bot was summoned, which may not coincide with other existing bot chats sharing the same identifier.
---@field business_connection_id? string Unique identifier of the business connection from which the message was received. If non-empty, the message belongs to a chat of the corresponding business account that is independent from any potential bot chat which might share the same identifier.
---@field chat telegram.Chat Chat the message belongs to
---@field is_topic_message? boolean True, if the message is sent to a topic in a forum supergroup or a private chat with the bot
---@field direct_messages_topic? telegram.DirectMessagesTopic Information about the direct messages chat topic that contains the message
---@field sender_tag? string Tag or custom title of the sender of the message; for supergroups only
---@field receiver_user? telegram.User For ephemeral messages, the user who received the message
---@field ephemeral_message_id? integer For ephemeral messages, identifier of the ephemeral message inside this chat. The identifier may be reused for another ephemeral message after the message is deleted or expires.
---@field sender_boost_count? integer If the sender of the message boosted the chat, the number of boosts added by the user
---@field sender_business_bot? telegram.User The bot that actually sent the message on behalf of the business account. Available only for outgoing messages sent on behalf of the connected business account.
---@field forward_origin? telegram.MessageOrigin Information about the original message for forwarded messages
---@field is_automatic_forward? true True, if the message is a channel post that was automatically forwarded to the connected discussion group
---@field reply_to_message any For replies in the same chat and message thread, the original message. Note that the Message object in this field will not contain further reply_to_message fields even if it itself is a reply. If the message is a reply to an ephemeral message, then this field may be omitted.
---@field reply_to_checklist_task_id? integer Identifier of the specific checklist task that is being replied to
---@field reply_to_poll_option_id? string Persistent identifier of the specific poll option that is being replied to
---@field is_paid_post? true True, if the message is a paid post. Note that such posts must not be deleted for 24 hours to receive the payment and can't be edited.
---@field external_reply? telegram.ExternalReplyInfo Information about the message that is being replied to, which may come from another chat or forum topic
---@field quote? telegram.TextQuote For replies that quote part of the original message, the quoted part of the message
---@field reply_to_story? telegram.Story For replies to a story, the original message
---@field via_bot? telegram.User Bot through which the message was sent
---@field guest_bot_caller_user? telegram.User For a message sent by a guest bot, this is the user whose original message triggered the bot's response.
---@field guest_bot_caller_chat? telegram.Chat For a message sent by a guest bot, this is the chat whose original message triggered the bot's response.
---@field edit_date? integer Date the message was last edited in Unix time
---@field has_protected_content? true True, if the message can't be forwarded
---@field show_caption_above_media? true True, if the caption must be shown above the message media
---@field is_from_offline? true True, if the message was sent by an implicit action, for example, as an away or a greeting business message, or as a scheduled message
---@field author_signature? string Signature of the post author for messages in channels, or the custom title of an anonymous group administrator
---@field link_preview_options? telegram.LinkPreviewOptions Options used for link preview generation for the message, if it is a text message and link preview options were changed
---@field effect_id? string Unique identifier of the message effect added to the message
---@field paid_star_count? integer The number of Telegram Stars that were paid by the sender of the message to send it
---@field reply_markup? telegram.InlineKeyboardMarkup Inline keyboard attached to the message. login_url buttons are represented as ordinary url buttons.
---@field caption? string Caption for the animation, audio, document, photo, video or voice
---@field caption_entities? telegram.MessageEntity[] For messages with a caption, special entities like usernames, URLs, bot commands, etc. that appear in the caption
---@field media_group_id? string The unique identifier inside this chat of a media message group this message belongs to
---@field has_media_spoiler? true True, if the message media is covered by a spoiler animation
---@field text? string For text messages, the actual UTF-8 text of the message
---@field entities? telegram.MessageEntity[] For text messages, special entities like usernames, URLs, bot commands, etc. that appear in the text
---@field rich_message? telegram.RichMessage Message is a rich formatted message
---@field animation? telegram.Animation Message is an animation, information about the animation. For backward compatibility, when this field is set, the document field will also be set.
---@field audio? telegram.Audio Message is an audio file, information about the file
---@field document? telegram.Document Message is a general file, information about the file
---@field live_photo? telegram.LivePhoto Message is a live photo, information about the live photo. For backward compatibility, when this field is set, the photo field will also be set
---@field paid_media? telegram.PaidMediaInfo Message contains paid media; information about the paid media
---@field photo? telegram.PhotoSize[] Message is a photo, available sizes of the photo
---@field sticker? telegram.Sticker Message is a sticker, information about the sticker
---@field story? telegram.Story Message is a forwarded story
---@field video? telegram.Video Message is a video, information about the video
---@field video_note? telegram.VideoNote Message is a video note, information about the video message
---@field voice? telegram.Voice Message is a voice message, information about the file
---@field contact? telegram.Contact Message is a shared contact, information about the contact
---@field dice? telegram.Dice Message is a dice with random value
---@field game? telegram.Game Message is a game, information about the game.
---@field poll? telegram.Poll Message is a native poll, information about the poll
---@field venue? telegram.Venue Message is a venue, information about the venue. For backward compatibility, when this field is set, the location field will also be set.
---@field location? telegram.Location Message is a shared location, information about the location
---@field checklist? telegram.Checklist Message is a checklist
---@field checklist_tasks_done? telegram.ChecklistTasksDone Service message: some tasks in a checklist were marked as done or not done
---@field checklist_tasks_added? telegram.ChecklistTasksAdded Service message: tasks were added to a checklist
---@field community_chat_added? telegram.CommunityChatAdded Service message: chat or bot added to a Community
---@field community_chat_removed? telegram.CommunityChatRemoved Service message: chat or bot removed from a Community
---@field suggested_post_info? telegram.SuggestedPostInfo Information about suggested post parameters if the message is a suggested post in a channel direct messages chat. If the message is an approved or declined suggested post, then it can't be edited.
---@field suggested_post_approved? telegram.SuggestedPostApproved Service message: a suggested post was approved
---@field suggested_post_approval_failed? telegram.SuggestedPostApprovalFailed Service message: approval of a suggested post has failed
---@field suggested_post_declined? telegram.SuggestedPostDeclined Service message: a suggested post was declined
---@field suggested_post_paid? telegram.SuggestedPostPaid Service message: payment for a suggested post was received
---@field suggested_post_refunded? telegram.SuggestedPostRefunded Service message: payment for a suggested post was refunded
---@field chat_owner_left? telegram.ChatOwnerLeft Service message: chat owner has left
---@field chat_owner_changed? telegram.ChatOwnerChanged Service message: chat owner has changed
---@field new_chat_members? telegram.User[] New members that were added to the group or supergroup and information about them (the bot itself may be one of these members)
---@field community_chat_joined? telegram.CommunityChatJoined Service message: chat was joined by a user from a Community
---@field left_chat_member? telegram.User A member was removed from the group, information about them (this member may be the bot itself)
---@field new_chat_title? string A chat title was changed to this value
---@field new_chat_photo? telegram.PhotoSize[] A chat photo was change to this value
---@field delete_chat_photo? true Service message: the chat photo was deleted
---@field group_chat_created? true Service message: the group has been created
---@field supergroup_chat_created? true Service message: the supergroup has been created. This field can't be received in a message coming through updates, because bot can't be a member of a supergroup when it is created. It can only be found in reply_to_message if someone replies to a very first message in a directly created supergroup.
---@field channel_chat_created? true Service message: the channel has been created. This field can't be received in a message coming through updates, because bot can't be a member of a channel when it is created. It can only be found in reply_to_message if someone replies to a very first message in a channel.
---@field managed_bot_created? telegram.ManagedBotCreated Service message: user created a bot that will be managed by the current bot
---@field poll_option_added? telegram.PollOptionAdded Service message: answer option was added to a poll
---@field poll_option_deleted? telegram.PollOptionDeleted Service message: answer option was deleted from a poll
---@field message_auto_delete_timer_changed? telegram.MessageAutoDeleteTimerChanged Service message: auto-delete timer settings changed in the chat
---@field migrate_to_chat_id? integer The group has been migrated to a supergroup with the specified identifier.
---@field migrate_from_chat_id? integer The supergroup has been migrated from a group with the specified identifier.
---@field pinned_message? telegram.MaybeInaccessibleMessage Specified message was pinned. Note that the Message object in this field will not contain further reply_to_message fields even if it itself is a reply.
---@field invoice? telegram.Invoice Message is an invoice for a payment, information about the invoice.
---@field successful_payment? telegram.SuccessfulPayment Message is a service message about a successful payment, information about the payment.
---@field refunded_payment? telegram.RefundedPayment Message is a service message about a refunded payment, information about the payment.
---@field users_shared? telegram.UsersShared Service message: users were shared with the bot
---@field chat_shared? telegram.ChatShared Service message: a chat was shared with the bot
---@field connected_website? string The domain name of the website on which the user has logged in.
---@field write_access_allowed? telegram.WriteAccessAllowed Service message: the user allowed the bot to write messages after adding it to the attachment or side menu, launching a Web App from a link, or accepting an explicit request from a Web App sent by the method requestWriteAccess
---@field passport_data? telegram.PassportData Telegram Passport data
---@field proximity_alert_triggered? telegram.ProximityAlertTriggered Service message: a user in the chat triggered another user's proximity alert while sharing Live Location.
---@field boost_added? telegram.ChatBoostAdded Service message: user boosted the chat
---@field chat_background_set? telegram.ChatBackground
---@field forum_topic_created? telegram.ForumTopicCreated Service message: forum topic created
---@field forum_topic_edited? telegram.ForumTopicEdited Service message: forum topic edited
---@field forum_topic_closed? telegram.ForumTopicClosed Service message: forum topic closed
---@field forum_topic_reopened? telegram.ForumTopicReopened Service message: forum topic reopened
---@field general_forum_topic_hidden? telegram.GeneralForumTopicHidden Service message: the 'General' forum topic hidden
---@field general_forum_topic_unhidden? telegram.GeneralForumTopicUnhidden Service message: the 'General' forum topic unhidden
---@field giveaway_created? telegram.GiveawayCreated Service message: a scheduled giveaway was created
---@field giveaway? telegram.Giveaway The message is a scheduled giveaway message
---@field giveaway_winners? telegram.GiveawayWinners A giveaway with public winners was completed
---@field giveaway_completed? telegram.GiveawayCompleted Service message: a giveaway without public winners was completed
---@field gift? telegram.GiftInfo Service message: a regular gift was sent or received
---@field gift_upgrade_sent? telegram.GiftInfo Service message: upgrade of a gift was purchased after the gift was sent
---@field unique_gift? telegram.UniqueGiftInfo Service message: a unique gift was sent or received
---@field paid_message_price_changed? telegram.PaidMessagePriceChanged Service message: the price for paid messages has changed in the chat
---@field direct_message_price_changed? telegram.DirectMessagePriceChanged Service message: the price for paid messages in the corresponding direct messages chat of a channel has changed
---@field video_chat_scheduled? telegram.VideoChatScheduled Service message: video chat scheduled
---@field video_chat_started? telegram.VideoChatStarted Service message: video chat started
---@field video_chat_ended? telegram.VideoChatEnded Service message: video chat ended
---@field video_chat_participants_invited? telegram.VideoChatParticipantsInvited Service message: new participants invited to a video chat
---@field web_app_data? telegram.WebAppData Service message: data sent by a Web App

--- Describes reply parameters for the message that is being sent.
---@class telegram.ReplyParameters
---@field message_id? integer Identifier of the message that will be replied to in the current chat, or in the chat chat_id if it is specified. Required if ephemeral_message_id isn't specified.
---@field chat_id? integer|string If the message to be replied to is from a different chat, unique identifier for the chat or username of the bot, supergroup or channel in the format `@username`. Not supported for messages sent on behalf of a business account, messages from channel direct messages chats and ephemeral messages.
---@field ephemeral_message_id? integer Identifier of the incoming ephemeral message that will be replied to in the current chat. A reply to an ephemeral message must itself be an ephemeral message. An ephemeral message may only be replied to within 15 seconds of being sent. Required if message_id isn't specified.
---@field checklist_task_id? integer Identifier of the specific checklist task to be replied to
---@field poll_option_id? string Persistent identifier of the specific poll option to be replied to
---@field allow_sending_without_reply? boolean Pass True if the message should be sent even if the specified message to be replied to is not found. Always False for replies in another chat or forum topic, and sent ephemeral messages. Always True for messages sent on behalf of a business account.
---@field quote? string Quoted part of the message to be replied to; 0-1024 characters after entities parsing. The quote must be an exact substring of the message to be replied to, including bold, italic, underline, strikethrough, spoiler, custom_emoji, and date_time entities. The message will fail to send if the quote isn't found in the original message. Ignored for ephemeral messages.
---@field quote_parse_mode? telegram.ParseMode Mode for parsing entities in the quote. See formatting options for more details.
---@field quote_entities? telegram.MessageEntity[] A JSON-serialized list of special entities that appear in the quote. It can be specified instead of quote_parse_mode.
---@field quote_position? integer Position of the quote in the original message in UTF-16 code units

--- Describes why a request was unsuccessful.
---@class telegram.ResponseParameters
---@field migrate_to_chat_id? integer The group has been migrated to a supergroup with the specified identifier.
---@field retry_after? integer In case of exceeding flood control, the number of seconds left to wait before the request can be repeated

--- This object describes the state of a revenue withdrawal operation. Currently, it can be one of - RevenueWithdrawalStatePending - RevenueWithdrawalStateSucceeded - RevenueWithdrawalStateFailed
---@alias telegram.RevenueWithdrawalState telegram.RevenueWithdrawalStatePending|telegram.RevenueWithdrawalStateSucceeded|telegram.RevenueWithdrawalStateFailed

--- The withdrawal failed and the transaction was refunded.
---@class telegram.RevenueWithdrawalStateFailed
---@field type "failed" Type of the state, always “failed”

--- The withdrawal is in progress.
---@class telegram.RevenueWithdrawalStatePending
---@field type "pending" Type of the state, always “pending”

--- The withdrawal succeeded.
---@class telegram.RevenueWithdrawalStateSucceeded
---@field type "succeeded" Type of the state, always “succeeded”
---@field date integer Date the withdrawal was completed in Unix time
---@field url string An HTTPS URL that can be used to see transaction details

--- This object represents a block in a rich formatted message. Currently, it can be any of the following types: - RichBlockParagraph - RichBlockSectionHeading - RichBlockPreformatted - RichBlockFooter - RichBlockDivider - RichBlockMathematicalExpression - RichBlockAnchor - RichBlockList - RichBlockBlockQuotation - RichBlockExpandableBlockQuotation - RichBlockPullQuotation - RichBlockCollage - RichBlockSlideshow - RichBlockTable - RichBlockDetails - RichBlockMap - RichBlockAnimation - RichBlockAudio - RichBlockDocument - RichBlockPhoto - RichBlockVideo - RichBlockVoiceNote - RichBlockButtons - RichBlockThinking
---@alias telegram.RichBlock telegram.RichBlockParagraph|telegram.RichBlockSectionHeading|telegram.RichBlockPreformatted|telegram.RichBlockFooter|telegram.RichBlockDivider|telegram.RichBlockMathematicalExpression|telegram.RichBlockAnchor|telegram.RichBlockList|telegram.RichBlockBlockQuotation|telegram.RichBlockExpandableBlockQuotation|telegram.RichBlockPullQuotation|telegram.RichBlockCollage|telegram.RichBlockSlideshow|telegram.RichBlockTable|telegram.RichBlockDetails|telegram.RichBlockMap|telegram.RichBlockAnimation|telegram.RichBlockAudio|telegram.RichBlockDocument|telegram.RichBlockPhoto|telegram.RichBlockVideo|telegram.RichBlockVoiceNote|telegram.RichBlockButtons|telegram.RichBlockThinking

--- A block with an anchor, corresponding to the HTML tag \<a> with the attribute name.
---@class telegram.RichBlockAnchor
---@field type "anchor" Type of the block, always “anchor”
---@field name string The name of the anchor

--- A block with an animation, corresponding to the HTML tag \<video>.
---@class telegram.RichBlockAnimation
---@field type "animation" Type of the block, always “animation”
---@field animation telegram.Animation The animation
---@field has_spoiler? true True, if the media preview is covered by a spoiler animation
---@field caption? telegram.RichBlockCaption Caption of the block

--- A block with a music file, corresponding to the HTML tag \<audio>.
---@class telegram.RichBlockAudio
---@field type "audio" Type of the block, always “audio”
---@field audio telegram.Audio The audio
---@field caption? telegram.RichBlockCaption Caption of the block

--- A block quotation, corresponding to the HTML tag \<blockquote>.
---@class telegram.RichBlockBlockQuotation
---@field type "blockquote" Type of the block, always “blockquote”
---@field blocks telegram.RichBlock[] Content of the block
---@field credit? telegram.RichText Credit of the block

--- A block containing a list of buttons that are shown in one row, corresponding to the custom HTML tag \<tg-button-row>.
---@class telegram.RichBlockButtons
---@field type "buttons" Type of the block, always “buttons”
---@field buttons telegram.RichMessageButton[] The buttons
---@field align? "left"|"center"|"right" Horizontal alignment of the buttons. Currently, must be one of “left”, “center”, or “right”.

--- Caption of a rich formatted block.
---@class telegram.RichBlockCaption
---@field text telegram.RichText Block caption
---@field credit? telegram.RichText Block credit which corresponds to the HTML tag \<cite>

--- A collage, corresponding to the custom HTML tag \<tg-collage>.
---@class telegram.RichBlockCollage
---@field type "collage" Type of the block, always “collage”
---@field blocks telegram.RichBlock[] Elements of the collage
---@field caption? telegram.RichBlockCaption Caption of the block

--- An expandable block for details disclosure, corresponding to the HTML tag \<details>.
---@class telegram.RichBlockDetails
---@field type "details" Type of the block, always “details”
---@field summary telegram.RichText Always shown summary of the block
---@field blocks telegram.RichBlock[] Content of the block
---@field is_open? true True, if the content of the block is visible by default

--- A divider, corresponding to the HTML tag \<hr/>.
---@class telegram.RichBlockDivider
---@field type "divider" Type of the block, always “divider”

--- A block with a general file, corresponding to the custom HTML tag \<tg-document>.
---@class telegram.RichBlockDocument
---@field type "document" Type of the block, always “document”
---@field document telegram.Document The document
---@field caption? telegram.RichBlockCaption Caption of the block

--- A block quotation, corresponding to the HTML tag \<blockquote> with custom attribute "collapsed".
---@class telegram.RichBlockExpandableBlockQuotation
---@field type "expandable_blockquote" Type of the block, always “expandable_blockquote”
---@field text telegram.RichText Content of the block
---@field credit? telegram.RichText Credit of the block

--- A footer, corresponding to the HTML tag \<footer>.
---@class telegram.RichBlockFooter
---@field type "footer" Type of the block, always “footer”
---@field text telegram.RichText Text of the block

--- A list of blocks, corresponding to the HTML tag \<ul> or \<ol> with multiple nested tags \<li>.
---@class telegram.RichBlockList
---@field type "list" Type of the block, always “list”
---@field items telegram.RichBlockListItem[] Items of the list

--- An item of a list.
---@class telegram.RichBlockListItem
---@field label string Label of the item
---@field blocks telegram.RichBlock[] The content of the item
---@field has_checkbox? true True, if the item has a checkbox
---@field is_checked? true True, if the item has a checked checkbox
---@field value? integer For ordered lists, the numeric value of the item label
---@field type? "a"|"A"|"i"|"I"|"1" For ordered lists, the type of the item label; must be one of “a” for lowercase letters, “A” for uppercase letters, “i” for lowercase Roman numerals, “I” for uppercase Roman numerals, or “1” for decimal numbers

--- A block with a map, corresponding to the custom HTML tag \<tg-map>.
---@class telegram.RichBlockMap
---@field type "map" Type of the block, always “map”
---@field location telegram.Location Location of the center of the map
---@field zoom 13|14|15|16|17|18|19|20 Map zoom level; 13-20
---@field width integer Expected width of the map
---@field height integer Expected height of the map
---@field caption? telegram.RichBlockCaption Caption of the block

--- A block with a mathematical expression in LaTeX format, corresponding to the custom HTML tag \<tg-math-block>.
---@class telegram.RichBlockMathematicalExpression
---@field type "mathematical_expression" Type of the block, always “mathematical_expression”
---@field expression string The mathematical expression in LaTeX format

--- A text paragraph, corresponding to the HTML tag \<p>.
---@class telegram.RichBlockParagraph
---@field type "paragraph" Type of the block, always “paragraph”
---@field text telegram.RichText Text of the block

--- A block with a photo, corresponding to the HTML tag \<photo>.
---@class telegram.RichBlockPhoto
---@field type "photo" Type of the block, always “photo”
---@field photo telegram.PhotoSize[] Available sizes of the photo
---@field has_spoiler? true True, if the media preview is covered by a spoiler animation
---@field caption? telegram.RichBlockCaption Caption of the block

--- A preformatted text block, corresponding to the nested HTML tags \<pre> and \<code>.
---@class telegram.RichBlockPreformatted
---@field type "pre" Type of the block, always “pre”
---@field text telegram.RichText Text of the block
---@field language? string The programming language of the text

--- A quotation with centered text, loosely corresponding to the HTML tag \<aside>.
---@class telegram.RichBlockPullQuotation
---@field type "pullquote" Type of the block, always “pullquote”
---@field text telegram.RichText Text of the block
---@field credit? telegram.RichText Credit of the block

--- A section heading, corresponding to the HTML tags \<h1>, \<h2>, \<h3>, \<h4>, \<h5>, or \<h6>.
---@class telegram.RichBlockSectionHeading
---@field type "heading" Type of the block, always “heading”
---@field text telegram.RichText Text of the block
---@field size 1|2|3|4|5|6 Relative size of the text font; 1-6, 1 is the largest, 6 is the smallest

--- A slideshow, corresponding to the custom HTML tag \<tg-slideshow>.
---@class telegram.RichBlockSlideshow
---@field type "slideshow" Type of the block, always “slideshow”
---@field blocks telegram.RichBlock[] Elements of the slideshow
---@field caption? telegram.RichBlockCaption Caption of the block

--- A table, corresponding to the HTML tag \<table>.
---@class telegram.RichBlockTable
---@field type "table" Type of the block, always “table”
---@field cells telegram.RichBlockTableCell[][] Cells of the table
---@field is_bordered? true True, if the table has borders
---@field is_striped? true True, if the table is striped
---@field is_compact? true True, if table cells have smaller indents
---@field caption? telegram.RichText Caption of the table

--- Cell in a table.
---@class telegram.RichBlockTableCell
---@field text? telegram.RichText Text in the cell. If omitted, then the cell is invisible.
---@field is_header? true True, if the cell is a header cell
---@field colspan? integer The number of columns the cell spans if it is bigger than 1
---@field rowspan? integer The number of rows the cell spans if it is bigger than 1
---@field align "left"|"center"|"right" Horizontal cell content alignment. Currently, must be one of “left”, “center”, or “right”.
---@field valign "top"|"middle"|"bottom" Vertical cell content alignment. Currently, must be one of “top”, “middle”, or “bottom”.

--- A block with a “Thinking…” placeholder, corresponding to the custom HTML tag \<tg-thinking>. The block may be used only in sendRichMessageDraft, therefore it can't be received in messages. See https://t.me/addemoji/AIActions for examples of custom emoji that are recommended for usage in the block.
---@class telegram.RichBlockThinking
---@field type "thinking" Type of the block, always “thinking”
---@field text telegram.RichText Text of the block. See https://t.me/addemoji/AIActions for examples of custom emoji that are recommended for usage in the block.

--- A block with a video, corresponding to the HTML tag \<video>.
---@class telegram.RichBlockVideo
---@field type "video" Type of the block, always “video”
---@field video telegram.Video The video
---@field has_spoiler? true True, if the media preview is covered by a spoiler animation
---@field caption? telegram.RichBlockCaption Caption of the block

--- A block with a voice note, corresponding to the HTML tag \<audio>.
---@class telegram.RichBlockVoiceNote
---@field type "voice_note" Type of the block, always “voice_note”
---@field voice_note telegram.Voice The voice note
---@field caption? telegram.RichBlockCaption Caption of the block

--- Rich formatted message.
---@class telegram.RichMessage
---@field blocks telegram.RichBlock[] Content of the message
---@field is_rtl? boolean True, if the rich message must be shown right-to-left

--- This object represents a button in a RichMessage. Exactly one of the fields other than text and style must be used to specify the type of the button.
---@class telegram.RichMessageButton
---@field text telegram.RichText Text of the button. May contain only plain text, RichTextCustomEmoji and RichTextDateTime entities.
---@field style? "danger"|"success"|"primary"|"link" Style of the button. Must be one of “danger” (red), “success” (green), “primary” (blue) or “link” (the button is shown as a regular link without borders). If omitted, then an app-specific style is used. The style “link” is allowed only for callback buttons.
---@field url? string HTTP or tg:// URL to be opened when the button is pressed. Links tg://user?id=<user_id> can be used to mention a user by their identifier without using a username, if this is allowed by their privacy settings.
---@field callback_data? string Data to be sent in a callback query to the bot when the button is pressed, 1-64 bytes
---@field web_app? telegram.WebAppInfo Description of the Web App that will be launched when the user presses the button. The Web App will be able to send an arbitrary message on behalf of the user using the method answerWebAppQuery. Available only in private chats between a user and the bot. Not supported for messages sent on behalf of a business account.
---@field login_url? telegram.LoginUrl An HTTPS URL used to automatically authorize the user. Can be used as a replacement for the Telegram Login Widget. Not supported for ephemeral messages.
---@field switch_inline_query? string If set, pressing the button will prompt the user to select one of their chats, open that chat and insert the bot's username and the specified inline query in the input field. May be empty, in which case just the bot's username will be inserted. Not supported for messages sent in channel direct messages chats and on behalf of a business account.
---@field switch_inline_query_current_chat? string If set, pressing the button will insert the bot's username and the specified inline query in the current chat's input field. May be empty, in which case only the bot's username will be inserted. Not supported in channels and for messages sent in channel direct messages chats and on behalf of a business account.
---@field switch_inline_query_chosen_chat? telegram.SwitchInlineQueryChosenChat If set, pressing the button will prompt the user to select one of their chats of the specified type, open that chat and insert the bot's username and the specified inline query in the input field. Not supported for messages sent in channel direct messages chats and on behalf of a business account.
---@field copy_text? telegram.CopyTextButton A button that copies the specified text to the clipboard
---@field disabled? telegram.DisabledButton If set, then the button is disabled and does nothing

--- This object represents a rich formatted text. Currently, it can be either a String for plain text, an Array of RichText, or any of the following types: - RichTextBold - RichTextItalic - RichTextUnderline - RichTextStrikethrough - RichTextSpoiler - RichTextDateTime - RichTextTextMention - RichTextSubscript - RichTextSuperscript - RichTextMarked - RichTextCode - RichTextCustomEmoji - RichTextMathematicalExpression - RichTextUrl - RichTextEmailAddress - RichTextPhoneNumber - RichTextBankCardNumber - RichTextMention - RichTextHashtag - RichTextCashtag - RichTextBotCommand - RichTextButton - RichTextAnchor - RichTextAnchorLink - RichTextReference - RichTextReferenceLink
---@class telegram.RichText
---@field type? "bold"|"italic"|"underline"|"strikethrough"|"spoiler"|"date_time"|"text_mention"|"subscript"|"superscript"|"marked"|"code"|"custom_emoji"|"mathematical_expression"|"url"|"email_address"|"phone_number"|"bank_card_number"|"mention"|"hashtag"|"cashtag"|"bot_command"|"button"|"anchor"|"anchor_link"|"reference"|"reference_link" Type of the rich text, always “bold”
---@field text? telegram.RichText The text
---@field unix_time? integer The Unix time associated with the entity
---@field date_time_format? string The string that defines the formatting of the date and time. See date-time entity formatting for more details.
---@field user? telegram.User The mentioned user
---@field custom_emoji_id? string Unique identifier of the custom emoji. Use getCustomEmojiStickers to get full information about the sticker.
---@field alternative_text? string Alternative emoji for the custom emoji
---@field expression? string The expression in LaTeX format
---@field url? string URL of the link
---@field email_address? string The email address
---@field phone_number? string The phone number
---@field bank_card_number? string The bank card number
---@field username? string The mentioned user
---@field hashtag? string The hashtag
---@field cashtag? string The cashtag
---@field bot_command? string The bot command
---@field button? telegram.RichMessageButton The button
---@field name? string The name of the anchor
---@field anchor_name? string The name of the anchor. If the name is empty, then the link brings back to the top of the message.
---@field reference_name? string The name of the reference

--- An anchor.
---@class telegram.RichTextAnchor
---@field type "anchor" Type of the rich text, always “anchor”
---@field name string The name of the anchor

--- A link to an anchor.
---@class telegram.RichTextAnchorLink
---@field type "anchor_link" Type of the rich text, always “anchor_link”
---@field text telegram.RichText The link text
---@field anchor_name string The name of the anchor. If the name is empty, then the link brings back to the top of the message.

--- A text with a bank card number.
---@class telegram.RichTextBankCardNumber
---@field type "bank_card_number" Type of the rich text, always “bank_card_number”
---@field text telegram.RichText The text
---@field bank_card_number string The bank card number

--- A bold text.
---@class telegram.RichTextBold
---@field type "bold" Type of the rich text, always “bold”
---@field text telegram.RichText The text

--- A bot command.
---@class telegram.RichTextBotCommand
---@field type "bot_command" Type of the rich text, always “bot_command”
---@field text telegram.RichText The text
---@field bot_command string The bot command

--- A button.
---@class telegram.RichTextButton
---@field type "button" Type of the rich text, always “button”
---@field button telegram.RichMessageButton The button

--- A cashtag.
---@class telegram.RichTextCashtag
---@field type "cashtag" Type of the rich text, always “cashtag”
---@field text telegram.RichText The text
---@field cashtag string The cashtag

--- A monowidth text.
---@class telegram.RichTextCode
---@field type "code" Type of the rich text, always “code”
---@field text telegram.RichText The text

--- A custom emoji.
---@class telegram.RichTextCustomEmoji
---@field type "custom_emoji" Type of the rich text, always “custom_emoji”
---@field custom_emoji_id string Unique identifier of the custom emoji. Use getCustomEmojiStickers to get full information about the sticker.
---@field alternative_text string Alternative emoji for the custom emoji

--- Formatted date and time.
---@class telegram.RichTextDateTime
---@field type "date_time" Type of the rich text, always “date_time”
---@field text telegram.RichText The text
---@field unix_time integer The Unix time associated with the entity
---@field date_time_format string The string that defines the formatting of the date and time. See date-time entity formatting for more details.

--- A text with an email address.
---@class telegram.RichTextEmailAddress
---@field type "email_address" Type of the rich text, always “email_address”
---@field text telegram.RichText The text
---@field email_address string The email address

--- A hashtag.
---@class telegram.RichTextHashtag
---@field type "hashtag" Type of the rich text, always “hashtag”
---@field text telegram.RichText The text
---@field hashtag string The hashtag

--- An italicized text.
---@class telegram.RichTextItalic
---@field type "italic" Type of the rich text, always “italic”
---@field text telegram.RichText The text

--- A marked text.
---@class telegram.RichTextMarked
---@field type "marked" Type of the rich text, always “marked”
---@field text telegram.RichText The text

--- A mathematical expression.
---@class telegram.RichTextMathematicalExpression
---@field type "mathematical_expression" Type of the rich text, always “mathematical_expression”
---@field expression string The expression in LaTeX format

--- A mention by a username.
---@class telegram.RichTextMention
---@field type "mention" Type of the rich text, always “mention”
---@field text telegram.RichText The text
---@field username string The mentioned user

--- A text with a phone number.
---@class telegram.RichTextPhoneNumber
---@field type "phone_number" Type of the rich text, always “phone_number”
---@field text telegram.RichText The text
---@field phone_number string The phone number

--- A reference.
---@class telegram.RichTextReference
---@field type "reference" Type of the rich text, always “reference”
---@field text telegram.RichText Text of the reference
---@field name string The name of the reference

--- A link to a reference.
---@class telegram.RichTextReferenceLink
---@field type "reference_link" Type of the rich text, always “reference_link”
---@field text telegram.RichText The link text
---@field reference_name string The name of the reference

--- A text covered by a spoiler.
---@class telegram.RichTextSpoiler
---@field type "spoiler" Type of the rich text, always “spoiler”
---@field text telegram.RichText The text

--- A strikethrough text.
---@class telegram.RichTextStrikethrough
---@field type "strikethrough" Type of the rich text, always “strikethrough”
---@field text telegram.RichText The text

--- A subscript text.
---@class telegram.RichTextSubscript
---@field type "subscript" Type of the rich text, always “subscript”
---@field text telegram.RichText The text

--- A superscript text.
---@class telegram.RichTextSuperscript
---@field type "superscript" Type of the rich text, always “superscript”
---@field text telegram.RichText The text

--- A mention of a Telegram user by their identifier.
---@class telegram.RichTextTextMention
---@field type "text_mention" Type of the rich text, always “text_mention”
---@field text telegram.RichText The text
---@field user telegram.User The mentioned user

--- An underlined text.
---@class telegram.RichTextUnderline
---@field type "underline" Type of the rich text, always “underline”
---@field text telegram.RichText The text

--- A text with a link.
---@class telegram.RichTextUrl
---@field type "url" Type of the rich text, always “url”
---@field text telegram.RichText The text
---@field url string URL of the link

--- Describes an inline message sent by a guest bot.
---@class telegram.SentGuestMessage
---@field inline_message_id string Identifier of the sent inline message

--- Describes an inline message sent by a Web App on behalf of a user.
---@class telegram.SentWebAppMessage
---@field inline_message_id string Identifier of the sent inline message. Available only if there is an inline keyboard attached to the message.

--- This object contains information about a user that was shared with the bot using a KeyboardButtonRequestUsers button.
---@class telegram.SharedUser
---@field user_id integer Identifier of the shared user. The bot may not have access to the user and could be unable to use this identifier, unless the user is already known to the bot by some other means.
---@field first_name? string First name of the user, if the name was requested by the bot
---@field last_name? string Last name of the user, if the name was requested by the bot
---@field username? string Username of the user, if the username was requested by the bot
---@field photo? telegram.PhotoSize[] Available sizes of the chat photo, if the photo was requested by the bot

--- This object represents a shipping address.
---@class telegram.ShippingAddress
---@field country_code string Two-letter ISO 3166-1 alpha-2 country code
---@field state string State, if applicable
---@field city string City
---@field street_line1 string First line for the address
---@field street_line2 string Second line for the address
---@field post_code string Address post code

--- This object represents one shipping option.
---@class telegram.ShippingOption
---@field id string Shipping option identifier
---@field title string Option title
---@field prices telegram.LabeledPrice[] List of price portions

--- This object contains information about an incoming shipping query.
---@class telegram.ShippingQuery
---@field id string Unique query identifier
---@field from telegram.User User who sent the query
---@field invoice_payload string Bot specified invoice payload
---@field shipping_address telegram.ShippingAddress User specified shipping address

--- Describes an amount of Telegram Stars.
---@class telegram.StarAmount
---@field amount integer Integer amount of Telegram Stars, rounded to 0; can be negative
---@field nanostar_amount? integer The number of 1/1000000000 shares of Telegram Stars; from -999999999 to 999999999; can be negative if and only if amount is non-positive

--- Describes a Telegram Star transaction. Note that if the buyer initiates a chargeback with the payment provider from whom they acquired Stars (e.g., Apple, Google) following this transaction, the refunded Stars will be deducted from the bot's balance. This is outside of Telegram's control.
---@class telegram.StarTransaction
---@field id string Unique identifier of the transaction. Coincides with the identifier of the original transaction for refund transactions. Coincides with SuccessfulPayment.telegram_payment_charge_id for successful incoming payments from users.
---@field amount integer Integer amount of Telegram Stars transferred by the transaction
---@field nanostar_amount? integer The number of 1/1000000000 shares of Telegram Stars transferred by the transaction; from 0 to 999999999
---@field date integer Date the transaction was created in Unix time
---@field source? telegram.TransactionPartner Source of an incoming transaction (e.g., a user purchasing goods or services, Fragment refunding a failed withdrawal). Only for incoming transactions.
---@field receiver? telegram.TransactionPartner Receiver of an outgoing transaction (e.g., a user for a purchase refund, Fragment for a withdrawal). Only for outgoing transactions.

--- Contains a list of Telegram Star transactions.
---@class telegram.StarTransactions
---@field transactions telegram.StarTransaction[] The list of transactions

--- This object represents a sticker.
---@class telegram.Sticker
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field type "regular"|"mask"|"custom_emoji" Type of the sticker, currently one of “regular”, “mask”, “custom_emoji”. The type of the sticker is independent from its format, which is determined by the fields is_animated and is_video.
---@field width integer Sticker width
---@field height integer Sticker height
---@field is_animated boolean True, if the sticker is animated
---@field is_video boolean True, if the sticker is a video sticker
---@field thumbnail? telegram.PhotoSize Sticker thumbnail in the .WEBP or .JPG format
---@field emoji? string Emoji associated with the sticker
---@field set_name? string Name of the sticker set to which the sticker belongs
---@field premium_animation? telegram.File For premium regular stickers, premium animation for the sticker
---@field mask_position? telegram.MaskPosition For mask stickers, the position where the mask should be placed
---@field custom_emoji_id? string For custom emoji stickers, unique identifier of the custom emoji
---@field file_size? integer File size in bytes

--- This object represents a sticker set.
---@class telegram.StickerSet
---@field name string Sticker set name
---@field title string Sticker set title
---@field sticker_type "regular"|"mask"|"custom_emoji" Type of stickers in the set, currently one of “regular”, “mask”, “custom_emoji”
---@field stickers telegram.Sticker[] List of all set stickers
---@field thumbnail? telegram.PhotoSize Sticker set thumbnail in the .WEBP, .TGS, or .WEBM format

--- This object represents a story.
---@class telegram.Story
---@field chat telegram.Chat Chat that posted the story
---@field id integer Unique identifier for the story in the chat

--- Describes a clickable area on a story media.
---@class telegram.StoryArea
---@field position telegram.StoryAreaPosition Position of the area
---@field type telegram.StoryAreaType Type of the area

--- Describes the position of a clickable area within a story.
---@class telegram.StoryAreaPosition
---@field x_percentage number The abscissa of the area's center, as a percentage of the media width
---@field y_percentage number The ordinate of the area's center, as a percentage of the media height
---@field width_percentage number The width of the area's rectangle, as a percentage of the media width
---@field height_percentage number The height of the area's rectangle, as a percentage of the media height
---@field rotation_angle number The clockwise rotation angle of the rectangle, in degrees; 0-360
---@field corner_radius_percentage number The radius of the rectangle corner rounding, as a percentage of the media width

--- Describes the type of a clickable area on a story. Currently, it can be one of - StoryAreaTypeLocation - StoryAreaTypeSuggestedReaction - StoryAreaTypeLink - StoryAreaTypeWeather - StoryAreaTypeUniqueGift
---@alias telegram.StoryAreaType telegram.StoryAreaTypeLocation|telegram.StoryAreaTypeSuggestedReaction|telegram.StoryAreaTypeLink|telegram.StoryAreaTypeWeather|telegram.StoryAreaTypeUniqueGift

--- Describes a story area pointing to an HTTP or tg:// link. Currently, a story can have up to 3 link areas.
---@class telegram.StoryAreaTypeLink
---@field type "link" Type of the area, always “link”
---@field url string HTTP or tg:// URL to be opened when the area is clicked

--- Describes a story area pointing to a location. Currently, a story can have up to 10 location areas.
---@class telegram.StoryAreaTypeLocation
---@field type "location" Type of the area, always “location”
---@field latitude number Location latitude in degrees
---@field longitude number Location longitude in degrees
---@field address? telegram.LocationAddress Address of the location

--- Describes a story area pointing to a suggested reaction. Currently, a story can have up to 5 suggested reaction areas.
---@class telegram.StoryAreaTypeSuggestedReaction
---@field type "suggested_reaction" Type of the area, always “suggested_reaction”
---@field reaction_type telegram.ReactionType Type of the reaction
---@field is_dark? boolean Pass True if the reaction area has a dark background
---@field is_flipped? boolean Pass True if reaction area corner is flipped

--- Describes a story area pointing to a unique gift. Currently, a story can have at most 1 unique gift area.
---@class telegram.StoryAreaTypeUniqueGift
---@field type "unique_gift" Type of the area, always “unique_gift”
---@field name string Unique name of the gift

--- Describes a story area containing weather information. Currently, a story can have up to 3 weather areas.
---@class telegram.StoryAreaTypeWeather
---@field type "weather" Type of the area, always “weather”
---@field temperature number Temperature, in degree Celsius
---@field emoji string Emoji representing the weather
---@field background_color integer A color of the area background in the ARGB format

--- This object contains basic information about a successful payment. Note that if the buyer initiates a chargeback with the relevant payment provider following this transaction, the funds may be debited from your balance. This is outside of Telegram's control.
---@class telegram.SuccessfulPayment
---@field currency string Three-letter ISO 4217 currency code, or “XTR” for payments in Telegram Stars
---@field total_amount integer Total price in the smallest units of the currency (integer, not float/double). For example, for a price of US$ 1.45 pass amount = 145. See the exp parameter in currencies.json, it shows the number of digits past the decimal point for each currency (2 for the majority of currencies).
---@field invoice_payload string Bot specified invoice payload
---@field subscription_expiration_date? integer Expiration date of the subscription, in Unix time; for recurring payments only
---@field is_recurring? true True, if the payment is a recurring payment for a subscription
---@field is_first_recurring? true True, if the payment is the first payment for a subscription
---@field shipping_option_id? string Identifier of the shipping option chosen by the user
---@field order_info? telegram.OrderInfo Order information provided by the user
---@field telegram_payment_charge_id string Telegram payment identifier
---@field provider_payment_charge_id string Provider payment identifier

--- Describes a service message about the failed approval of a suggested post. Currently, only caused by insufficient user funds at the time of approval.
---@class telegram.SuggestedPostApprovalFailed
---@field suggested_post_message? telegram.Message Message containing the suggested post whose approval has failed. Note that the Message object in this field will not contain the reply_to_message field even if it itself is a reply.
---@field price telegram.SuggestedPostPrice Expected price of the post

--- Describes a service message about the approval of a suggested post.
---@class telegram.SuggestedPostApproved
---@field suggested_post_message? telegram.Message Message containing the suggested post. Note that the Message object in this field will not contain the reply_to_message field even if it itself is a reply.
---@field price? telegram.SuggestedPostPrice Amount paid for the post
---@field send_date integer Date when the post will be published

--- Describes a service message about the rejection of a suggested post.
---@class telegram.SuggestedPostDeclined
---@field suggested_post_message? telegram.Message Message containing the suggested post. Note that the Message object in this field will not contain the reply_to_message field even if it itself is a reply.
---@field comment? string Comment with which the post was declined

--- Contains information about a suggested post.
---@class telegram.SuggestedPostInfo
---@field state "pending"|"approved"|"declined" State of the suggested post. Currently, it can be one of “pending”, “approved”, “declined”.
---@field price? telegram.SuggestedPostPrice Proposed price of the post. If the field is omitted, then the post is unpaid.
---@field send_date? integer Proposed send date of the post. If the field is omitted, then the post can be published at any time within 30 days at the sole discretion of the user or administrator who approves it.

--- Describes a service message about a successful payment for a suggested post.
---@class telegram.SuggestedPostPaid
---@field suggested_post_message? telegram.Message Message containing the suggested post. Note that the Message object in this field will not contain the reply_to_message field even if it itself is a reply.
---@field currency "XTR"|"TON" Currency in which the payment was made. Currently, one of “XTR” for Telegram Stars or “TON” for TON grams.
---@field amount? integer The amount of the currency that was received by the channel in nanograms; for payments in TON grams only
---@field star_amount? telegram.StarAmount The amount of Telegram Stars that was received by the channel; for payments in Telegram Stars only

--- Contains parameters of a post that is being suggested by the bot.
---@class telegram.SuggestedPostParameters
---@field price? telegram.SuggestedPostPrice Proposed price for the post. If the field is omitted, then the post is unpaid.
---@field send_date? integer Proposed send date of the post. If specified, then the date must be between 300 second and 2678400 seconds (30 days) in the future. If the field is omitted, then the post can be published at any time within 30 days at the sole discretion of the user who approves it.

--- Describes the price of a suggested post.
---@class telegram.SuggestedPostPrice
---@field currency "XTR"|"TON" Currency in which the post will be paid. Currently, must be one of “XTR” for Telegram Stars or “TON” for TON grams.
---@field amount integer The amount of the currency that will be paid for the post in the smallest units of the currency, i.e. Telegram Stars or nanograms. Currently, price in Telegram Stars must be between 5 and 100000, and price in nanograms must be between 10000000 and 10000000000000.

--- Describes a service message about a payment refund for a suggested post.
---@class telegram.SuggestedPostRefunded
---@field suggested_post_message? telegram.Message Message containing the suggested post. Note that the Message object in this field will not contain the reply_to_message field even if it itself is a reply.
---@field reason string Reason for the refund. Currently, one of “post_deleted” if the post was deleted within 24 hours of being posted or removed from scheduled messages without being posted, or “payment_refunded” if the payer refunded their payment.

--- This object represents an inline button that switches the current user to inline mode in a chosen chat, with an optional default inline query.
---@class telegram.SwitchInlineQueryChosenChat
---@field query? string The default inline query to be inserted in the input field. If left empty, only the bot's username will be inserted.
---@field allow_user_chats? boolean True, if private chats with users can be chosen
---@field allow_bot_chats? boolean True, if private chats with bots can be chosen
---@field allow_group_chats? boolean True, if group and supergroup chats can be chosen
---@field allow_channel_chats? boolean True, if channel chats can be chosen

--- This object contains information about the quoted part of a message that is replied to by the given message.
---@class telegram.TextQuote
---@field text string Text of the quoted part of a message that is replied to by the given message
---@field entities? telegram.MessageEntity[] Special entities that appear in the quote. Currently, only bold, italic, underline, strikethrough, spoiler, custom_emoji, and date_time entities are kept in quotes.
---@field position integer Approximate quote position in the original message in UTF-16 code units as specified by the sender
---@field is_manual? true True, if the quote was chosen manually by the message sender. Otherwise, the quote was added automatically by the server.

--- This object describes the source of a transaction, or its recipient for outgoing transactions. Currently, it can be one of - TransactionPartnerUser - TransactionPartnerChat - TransactionPartnerAffiliateProgram - TransactionPartnerFragment - TransactionPartnerTelegramAds - TransactionPartnerTelegramApi - TransactionPartnerOther
---@alias telegram.TransactionPartner telegram.TransactionPartnerUser|telegram.TransactionPartnerChat|telegram.TransactionPartnerAffiliateProgram|telegram.TransactionPartnerFragment|telegram.TransactionPartnerTelegramAds|telegram.TransactionPartnerTelegramApi|telegram.TransactionPartnerOther

--- Describes the affiliate program that issued the affiliate commission received via this transaction.
---@class telegram.TransactionPartnerAffiliateProgram
---@field type "affiliate_program" Type of the transaction partner, always “affiliate_program”
---@field sponsor_user? telegram.User Information about the bot that sponsored the affiliate program
---@field commission_per_mille integer The number of Telegram Stars received by the bot for each 1000 Telegram Stars received by the affiliate program sponsor from referred users

--- Describes a transaction with a chat.
---@class telegram.TransactionPartnerChat
---@field type "chat" Type of the transaction partner, always “chat”
---@field chat telegram.Chat Information about the chat
---@field gift? telegram.Gift The gift sent to the chat by the bot

--- Describes a withdrawal transaction with Fragment.
---@class telegram.TransactionPartnerFragment
---@field type "fragment" Type of the transaction partner, always “fragment”
---@field withdrawal_state? telegram.RevenueWithdrawalState State of the transaction if the transaction is outgoing

--- Describes a transaction with an unknown source or recipient.
---@class telegram.TransactionPartnerOther
---@field type "other" Type of the transaction partner, always “other”

--- Describes a withdrawal transaction to the Telegram Ads platform.
---@class telegram.TransactionPartnerTelegramAds
---@field type "telegram_ads" Type of the transaction partner, always “telegram_ads”

--- Describes a transaction with payment for paid broadcasting.
---@class telegram.TransactionPartnerTelegramApi
---@field type "telegram_api" Type of the transaction partner, always “telegram_api”
---@field request_count integer The number of successful requests that exceeded regular limits and were therefore billed

--- Describes a transaction with a user.
---@class telegram.TransactionPartnerUser
---@field type "user" Type of the transaction partner, always “user”
---@field transaction_type "invoice_payment"|"paid_media_payment"|"gift_purchase"|"premium_purchase"|"business_account_transfer" Type of the transaction, currently one of “invoice_payment” for payments via invoices, “paid_media_payment” for payments for paid media, “gift_purchase” for gifts sent by the bot, “premium_purchase” for Telegram Premium subscriptions gifted by the bot, “business_account_transfer” for direct transfers from managed business accounts
---@field user telegram.User Information about the user
---@field affiliate? telegram.AffiliateInfo Information about the affiliate that received a commission via this transaction. Can be available only for “invoice_payment” and “paid_media_payment” transactions.
---@field invoice_payload? string Bot-specified invoice payload. Can be available only for “invoice_payment” transactions.
---@field subscription_period? integer The duration of the paid subscription. Can be available only for “invoice_payment” transactions.
---@field paid_media? telegram.PaidMedia[] Information about the paid media bought by the user; for “paid_media_payment” transactions only
---@field paid_media_payload? string Bot-specified paid media payload. Can be available only for “paid_media_payment” transactions.
---@field gift? telegram.Gift The gift sent to the user by the bot; for “gift_purchase” transactions only
---@field premium_subscription_duration? integer Number of months the gifted Telegram Premium subscription will be active for; for “premium_purchase” transactions only

--- This object describes a unique gift that was upgraded from a regular gift.
---@class telegram.UniqueGift
---@field gift_id string Identifier of the regular gift from which the gift was upgraded
---@field base_name string Human-readable name of the regular gift from which this unique gift was upgraded
---@field name string Unique name of the gift. This name can be used in https://t.me/nft/... links and story areas.
---@field publisher_chat? telegram.Chat Information about the chat that published the gift
---@field is_premium? true True, if the original regular gift was exclusively purchaseable by Telegram Premium subscribers
---@field is_from_blockchain? true True, if the gift is assigned from the TON blockchain and can't be resold or transferred in Telegram
---@field number integer Unique number of the upgraded gift among gifts upgraded from the same regular gift
---@field model telegram.UniqueGiftModel Model of the gift
---@field symbol telegram.UniqueGiftSymbol Symbol of the gift
---@field backdrop telegram.UniqueGiftBackdrop Backdrop of the gift
---@field colors? telegram.UniqueGiftColors The color scheme that can be used by the gift's owner for the chat's name, replies to messages and link previews
---@field is_burned? true True, if the gift was used to craft another gift and isn't available anymore

--- This object describes the backdrop of a unique gift.
---@class telegram.UniqueGiftBackdrop
---@field name string Name of the backdrop
---@field colors telegram.UniqueGiftBackdropColors Colors of the backdrop
---@field rarity_per_mille integer The number of unique gifts that receive this backdrop for every 1000 gifts upgraded

--- This object describes the colors of the backdrop of a unique gift.
---@class telegram.UniqueGiftBackdropColors
---@field center_color integer The color in the center of the backdrop in RGB format
---@field edge_color integer The color on the edges of the backdrop in RGB format
---@field symbol_color integer The color to be applied to the symbol in RGB format
---@field text_color integer The color for the text on the backdrop in RGB format

--- This object contains information about the color scheme for a user's name, message replies and link previews based on a unique gift.
---@class telegram.UniqueGiftColors
---@field model_custom_emoji_id string Custom emoji identifier of the unique gift's model
---@field symbol_custom_emoji_id string Custom emoji identifier of the unique gift's symbol
---@field light_theme_main_color integer Main color used in light themes; RGB format
---@field light_theme_other_colors integer[] List of 1-3 additional colors used in light themes; RGB format
---@field dark_theme_main_color integer Main color used in dark themes; RGB format
---@field dark_theme_other_colors integer[] List of 1-3 additional colors used in dark themes; RGB format

--- Describes a service message about a unique gift that was sent or received.
---@class telegram.UniqueGiftInfo
---@field gift telegram.UniqueGift Information about the gift
---@field origin "upgrade"|"transfer"|"resale"|"gifted_upgrade"|"offer" Origin of the gift. Currently, either “upgrade” for gifts upgraded from regular gifts, “transfer” for gifts transferred from other users or channels, “resale” for gifts bought from other users, “gifted_upgrade” for upgrades purchased after the gift was sent, or “offer” for gifts bought or sold through gift purchase offers.
---@field text? string Text of the message that was added to the gift
---@field entities? telegram.MessageEntity[] Special entities that appear in the text
---@field owned_gift_id? string Unique identifier of the received gift for the bot; only present for gifts received on behalf of business accounts
---@field transfer_star_count? integer Number of Telegram Stars that must be paid to transfer the gift; omitted if the bot cannot transfer the gift
---@field last_resale_currency? "XTR"|"TON" For gifts bought from other users, the currency in which the payment for the gift was done. Currently, one of “XTR” for Telegram Stars or “TON” for TON grams.
---@field last_resale_amount? integer For gifts bought from other users, the price paid for the gift in either Telegram Stars or nanograms
---@field next_transfer_date? integer Point in time (Unix timestamp) when the gift can be transferred. If it is in the past, then the gift can be transferred now.
---@field is_private? true True, if the sender and gift text are shown only to the gift receiver; otherwise, everyone will be able to see them

--- This object describes the model of a unique gift.
---@class telegram.UniqueGiftModel
---@field name string Name of the model
---@field sticker telegram.Sticker The sticker that represents the unique gift
---@field rarity_per_mille integer The number of unique gifts that receive this model for every 1000 gift upgrades. Always 0 for crafted gifts.
---@field rarity? "uncommon"|"rare"|"epic"|"legendary" Rarity of the model if it is a crafted model. Currently, can be “uncommon”, “rare”, “epic”, or “legendary”.

--- This object describes the symbol shown on the pattern of a unique gift.
---@class telegram.UniqueGiftSymbol
---@field name string Name of the symbol
---@field sticker telegram.Sticker The sticker that represents the unique gift
---@field rarity_per_mille integer The number of unique gifts that receive this model for every 1000 gifts upgraded

--- This object represents an incoming update. At most one of the optional fields can be present in any given update.
---@class telegram.Update
---@field update_id integer The update's unique identifier. Update identifiers start from a certain positive number and increase sequentially. This identifier becomes especially handy if you're using webhooks, since it allows you to ignore repeated updates or to restore the correct update sequence, should they get out of order. If there are no new updates for at least a week, then identifier of the next update will be chosen randomly instead of sequentially.
---@field message? telegram.Message New incoming message of any kind - text, photo, sticker, etc.
---@field edited_message? telegram.Message New version of a message that is known to the bot and was edited. This update may at times be triggered by changes to message fields that are either unavailable or not actively used by your bot.
---@field channel_post? telegram.Message New incoming channel post of any kind - text, photo, sticker, etc.
---@field edited_channel_post? telegram.Message New version of a channel post that is known to the bot and was edited. This update may at times be triggered by changes to message fields that are either unavailable or not actively used by your bot.
---@field business_connection? telegram.BusinessConnection The bot was connected to or disconnected from a business account, or a user edited an existing connection with the bot
---@field business_message? telegram.Message New message from a connected business account
---@field edited_business_message? telegram.Message New version of a message from a connected business account
---@field deleted_business_messages? telegram.BusinessMessagesDeleted Messages were deleted from a connected business account
---@field guest_message? telegram.Message New guest message. The bot can use the field Message.guest_query_id and the method answerGuestQuery to send a message in response.
---@field stopped_message_generation? telegram.MessageGenerationStopped A user asked the bot to stop the generation of a message
---@field message_reaction? telegram.MessageReactionUpdated A reaction to a message was changed by a user. The bot must be an administrator in the chat and must explicitly specify "message_reaction" in the list of allowed_updates to receive these updates. The update isn't received for reactions set by bots.
---@field message_reaction_count? telegram.MessageReactionCountUpdated Reactions to a message with anonymous reactions were changed. The bot must be an administrator in the chat and must explicitly specify "message_reaction_count" in the list of allowed_updates to receive these updates. The updates are grouped and can be sent with delay up to a few minutes.
---@field inline_query? telegram.InlineQuery New incoming inline query
---@field chosen_inline_result? telegram.ChosenInlineResult The result of an inline query that was chosen by a user and sent to their chat partner. Please see our documentation on the feedback collecting for details on how to enable these updates for your bot.
---@field callback_query? telegram.CallbackQuery New incoming callback query
---@field shipping_query? telegram.ShippingQuery New incoming shipping query. Only for invoices with flexible price.
---@field pre_checkout_query? telegram.PreCheckoutQuery New incoming pre-checkout query. Contains full information about checkout.
---@field purchased_paid_media? telegram.PaidMediaPurchased A user purchased paid media with a non-empty payload sent by the bot in a non-channel chat
---@field poll? telegram.Poll New poll state. Bots receive only updates about manually stopped polls and polls, which are sent by the bot.
---@field poll_answer? telegram.PollAnswer A user changed their answer in a non-anonymous poll. Bots receive new votes only in polls that were sent by the bot itself.
---@field my_chat_member? telegram.ChatMemberUpdated The bot's chat member status was updated in a chat. For private chats, this update is received only when the bot is blocked or unblocked by the user.
---@field chat_member? telegram.ChatMemberUpdated A chat member's status was updated in a chat. The bot must be an administrator in the chat and must explicitly specify “chat_member” in the list of allowed_updates to receive these updates.
---@field chat_join_request? telegram.ChatJoinRequest A request to join the chat has been sent. The bot must have the can_invite_users administrator right in the chat to receive these updates.
---@field chat_boost? telegram.ChatBoostUpdated A chat boost was added or changed. The bot must be an administrator in the chat to receive these updates.
---@field removed_chat_boost? telegram.ChatBoostRemoved A boost was removed from a chat. The bot must be an administrator in the chat to receive these updates.
---@field managed_bot? telegram.ManagedBotUpdated A new bot was created to be managed by the bot, or token or owner of a managed bot was changed
---@field subscription? telegram.BotSubscriptionUpdated User payment subscription has changed

--- This object represents a Telegram user or bot.
---@class telegram.User
---@field id integer Unique identifier for this user or bot.
---@field is_bot boolean True, if this user is a bot
---@field first_name string User's or bot's first name
---@field last_name? string User's or bot's last name
---@field username? string User's or bot's username
---@field language_code? string IETF language tag of the user's language
---@field is_premium? true True, if this user is a Telegram Premium user
---@field added_to_attachment_menu? true True, if this user added the bot to the attachment menu

--- This object represents a list of boosts added to a chat by a user.
---@class telegram.UserChatBoosts
---@field boosts telegram.ChatBoost[] The list of boosts added to the chat by the user

--- This object represents a Telegram user or bot that was returned by `getMe`.
---@class telegram.UserFromGetMe
---@field id integer Unique identifier for this user or bot.
---@field is_bot true True, if this user is a bot
---@field first_name string User's or bot's first name
---@field last_name? string User's or bot's last name
---@field username string User's or bot's username
---@field language_code? string IETF language tag of the user's language
---@field is_premium? true True, if this user is a Telegram Premium user
---@field added_to_attachment_menu? true True, if this user added the bot to the attachment menu
---@field can_join_groups boolean True, if the bot can be invited to groups. Returned only in getMe.
---@field can_read_all_group_messages boolean True, if privacy mode is disabled for the bot. Returned only in getMe.
---@field supports_guest_queries? boolean True, if the bot supports guest queries from chats it is not a member of. Returned only in getMe.
---@field supports_inline_queries boolean True, if the bot supports inline queries. Returned only in getMe.
---@field can_connect_to_business boolean True, if the bot can be connected to a user account to manage it. Returned only in getMe.
---@field has_main_web_app boolean True, if the bot has main Web App. Returned only in getMe.
---@field has_topics_enabled boolean True, if the bot has forum topic mode enabled in private chats. Returned only in getMe.
---@field allows_users_to_create_topics boolean True, if the bot allows users to create and delete topics in private chats. Returned only in getMe.
---@field can_manage_bots boolean True, if other bots can be created to be controlled by the bot. Returned only in getMe.
---@field supports_join_request_queries boolean True, if the bot supports join request queries and can be assigned to process them. Returned only in getMe.

--- This object represents the audios displayed on a user's profile.
---@class telegram.UserProfileAudios
---@field total_count integer Total number of profile audios for the target user
---@field audios telegram.Audio[] Requested profile audios

--- This object represent a user's profile pictures.
---@class telegram.UserProfilePhotos
---@field total_count integer Total number of profile pictures the target user has
---@field photos telegram.PhotoSize[][] Requested profile pictures (in up to 4 sizes each)

--- This object describes the rating of a user based on their Telegram Star spendings.
---@class telegram.UserRating
---@field level integer Current level of the user, indicating their reliability when purchasing digital goods and services. A higher level suggests a more trustworthy customer; a negative level is likely reason for concern.
---@field rating integer Numerical value of the user's rating; the higher the rating, the better
---@field current_level_rating integer The rating value required to get the current level
---@field next_level_rating? integer The rating value required to get to the next level; omitted if the maximum level was reached

--- This object contains information about the user whose identifier was shared with the bot using a KeyboardButtonRequestUsers button.
---@class telegram.UsersShared
---@field request_id integer Identifier of the request
---@field users telegram.SharedUser[] Information about users shared with the bot

--- This object represents a venue.
---@class telegram.Venue
---@field location telegram.Location Venue location. Can't be a live location.
---@field title string Name of the venue
---@field address string Address of the venue
---@field foursquare_id? string Foursquare identifier of the venue
---@field foursquare_type? string Foursquare type of the venue. (For example, “arts_entertainment/default”, “arts_entertainment/aquarium” or “food/icecream”.)
---@field google_place_id? string Google Places identifier of the venue
---@field google_place_type? string Google Places type of the venue. (See supported types.)

--- This object represents a video file.
---@class telegram.Video
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field width integer Video width as defined by sender
---@field height integer Video height as defined by sender
---@field duration integer Duration of the video in seconds as defined by sender
---@field thumbnail? telegram.PhotoSize Video thumbnail
---@field cover? telegram.PhotoSize[] Available sizes of the cover of the video in the message
---@field start_timestamp? integer Timestamp in seconds from which the video will play in the message
---@field file_name? string Original filename as defined by sender
---@field mime_type? string MIME type of the file as defined by sender
---@field file_size? integer File size in bytes
---@field qualities? telegram.VideoQuality[] List of available qualities of the video.

--- This object represents a service message about a video chat ended in the chat.
---@class telegram.VideoChatEnded
---@field duration integer Video chat duration in seconds

--- This object represents a service message about new members invited to a video chat.
---@class telegram.VideoChatParticipantsInvited
---@field users telegram.User[] New members that were invited to the video chat

--- This object represents a service message about a video chat scheduled in the chat.
---@class telegram.VideoChatScheduled
---@field start_date integer Point in time (Unix timestamp) when the video chat is supposed to be started by a chat administrator

--- This object represents a service message about a video chat started in the chat. Currently holds no information.
---@class telegram.VideoChatStarted

--- This object represents a video message (available in Telegram apps as of v.4.0).
---@class telegram.VideoNote
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field length integer Video width and height (diameter of the video message) as defined by sender
---@field duration integer Duration of the video in seconds as defined by sender
---@field thumbnail? telegram.PhotoSize Video thumbnail
---@field file_size? integer File size in bytes

--- This object represents a video file of a specific quality.
---@class telegram.VideoQuality
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field width integer Video width
---@field height integer Video height
---@field codec string Codec that was used to encode the video, for example, “h264”, “h265”, or “av01”
---@field file_size? integer File size in bytes

--- This object represents a voice note.
---@class telegram.Voice
---@field file_id string Identifier for this file, which can be used to download or reuse the file
---@field file_unique_id string Unique identifier for this file, which is supposed to be the same over time and for different bots. Can't be used to download or reuse the file.
---@field duration integer Duration of the audio in seconds as defined by sender
---@field mime_type? string MIME type of the file as defined by sender
---@field file_size? integer File size in bytes

--- Describes data sent from a Web App to the bot.
---@class telegram.WebAppData
---@field data string The data. Be aware that a bad client can send arbitrary data in this field.
---@field button_text string Text of the web_app keyboard button from which the Web App was opened. Be aware that a bad client can send arbitrary data in this field.

--- Describes a Web App.
---@class telegram.WebAppInfo
---@field url string An HTTPS URL of a Web App to be opened with additional data as specified in Initializing Web Apps

--- Describes the current status of a webhook.
---@class telegram.WebhookInfo
---@field url? string Webhook URL, may be empty if webhook is not set up
---@field has_custom_certificate boolean True, if a custom certificate was provided for webhook certificate checks
---@field pending_update_count integer Number of updates awaiting delivery
---@field ip_address? string Currently used webhook IP address
---@field last_error_date? integer Unix time for the most recent error that happened when trying to deliver an update via webhook
---@field last_error_message? string Error message in human-readable format for the most recent error that happened when trying to deliver an update via webhook
---@field last_synchronization_error_date? integer Unix time of the most recent error that happened when trying to synchronize available updates with Telegram datacenters
---@field max_connections? integer The maximum allowed number of simultaneous HTTPS connections to the webhook for update delivery
---@field allowed_updates? string[] A list of update types the bot is subscribed to. Defaults to all update types except chat_member, message_reaction, and message_reaction_count.

--- This object represents a service message about a user allowing a bot to write messages after adding it to the attachment menu, launching a Web App from a link, or accepting an explicit request from a Web App sent by the method requestWriteAccess.
---@class telegram.WriteAccessAllowed
---@field from_request? boolean True, if the access was granted after the user accepted an explicit request from a Web App sent by the method requestWriteAccess
---@field web_app_name? string Name of the Web App, if the access was granted when the Web App was launched from a link
---@field from_attachment_menu? boolean True, if the access was granted when the bot was added to the attachment or side menu
