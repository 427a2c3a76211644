--- Queries: the facts of the filter-query language, as grammY 1.46 knows them: which updates have
--- which contents, and which details these can be asked for.
local queries = {}

local none = {} -- what cannot be asked for more

local function words(text)
  local set = {}
  for word in text:gmatch("%S+") do set[word] = none end
  return set
end

local function merge(...)
  local all = {}
  for _, part in ipairs({ ... }) do
    for key, value in pairs(part) do all[key] = value end
  end
  return all
end

local entity = words [[
  mention hashtag cashtag bot_command url email phone_number bold italic underline
  strikethrough spoiler blockquote expandable_blockquote code pre text_link text_mention
  custom_emoji date_time
]]
local user = words "me is_bot is_premium added_to_attachment_menu"
local reaction = words "emoji custom_emoji paid"
local gift = words "can_be_upgraded is_upgrade_separate is_private"

-- What a message of any kind may hold.
local common = merge(words [[
  is_topic_message is_automatic_forward guest_query_id business_connection_id text
  rich_message animation audio document live_photo paid_media photo story video video_note
  voice contact dice game poll venue location caption effect_id paid_star_count
  has_media_spoiler new_chat_title new_chat_photo delete_chat_photo
  message_auto_delete_timer_changed pinned_message invoice proximity_alert_triggered
  chat_background_set giveaway_created giveaway_completed paid_message_price_changed
  video_chat_scheduled video_chat_started video_chat_ended video_chat_participants_invited
  web_app_data
]], {
  forward_origin = words "user hidden_user chat channel",
  sticker = words "is_video is_animated premium_animation",
  entities = entity,
  caption_entities = entity,
  link_preview_options = words "url prefer_small_media prefer_large_media show_above_text",
  giveaway = words "only_new_members has_public_winners",
  giveaway_winners = words "only_new_members was_refunded",
  gift = gift,
  gift_upgrade_sent = gift,
  unique_gift = words "transfer_star_count text is_private",
})

local message = merge(common, words [[
  direct_messages_topic chat_owner_changed community_chat_joined group_chat_created
  supergroup_chat_created migrate_to_chat_id migrate_from_chat_id successful_payment
  refunded_payment users_shared chat_shared connected_website managed_bot_created
  write_access_allowed passport_data boost_added forum_topic_closed forum_topic_reopened
  general_forum_topic_hidden general_forum_topic_unhidden checklist_tasks_done
  checklist_tasks_added community_chat_added community_chat_removed poll_option_added
  poll_option_deleted suggested_post_info suggested_post_approved
  suggested_post_approval_failed suggested_post_declined suggested_post_paid
  suggested_post_refunded sender_boost_count
]], {
  chat_owner_left = words "new_owner",
  new_chat_members = user,
  left_chat_member = user,
  forum_topic_created = words "is_name_implicit",
  forum_topic_edited = words "name icon_custom_emoji_id",
  checklist = words "others_can_add_tasks others_can_mark_tasks_as_done",
})

local channel_post = merge(common, words [[
  channel_chat_created direct_message_price_changed is_paid_post
]])

local member = { from = user }

--- kind → content → detail.
---@type table<string, table<string, table<string, table>>>
queries.kinds = merge(words [[
  deleted_business_messages stopped_message_generation inline_query chosen_inline_result
  shipping_query pre_checkout_query poll poll_answer managed_bot chat_join_request chat_boost
  removed_chat_boost purchased_paid_media
]], {
  message = message,
  edited_message = message,
  channel_post = channel_post,
  edited_channel_post = channel_post,
  business_connection = words "can_reply is_enabled",
  business_message = message,
  edited_business_message = message,
  guest_message = message,
  callback_query = words "data game_short_name",
  my_chat_member = member,
  chat_member = member,
  message_reaction = { old_reaction = reaction, new_reaction = reaction },
  message_reaction_count = { reactions = reaction },
  subscription = { state = words "canceled active failed" },
})

--- What a shortcut in the first place stands for.
---@type table<string, string[]>
queries.kind_shortcuts = {
  [""] = { "message", "channel_post" },
  msg = { "message", "channel_post" },
  edit = { "edited_message", "edited_channel_post" },
}

--- What a shortcut in the second place stands for.
---@type table<string, string[]>
queries.content_shortcuts = {
  [""] = { "entities", "caption_entities" },
  media = { "photo", "live_photo", "video" },
  file = {
    "photo", "live_photo", "animation", "audio", "document", "video", "video_note", "voice",
    "sticker",
  },
}

--- Every kind of update, sorted.
---@return string[]
function queries.kind_names()
  local names = {}
  for kind in pairs(queries.kinds) do names[#names + 1] = kind end
  table.sort(names)
  return names
end

return queries
