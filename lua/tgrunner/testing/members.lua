--- Members: the fields of the objects that tests make, of Bot API 10.3.
---
--- Made by spec/support/generate_methods.mjs from @grammyjs/types 5.0.0: do not edit.
---@type table<string, string>
return {
  Animation = [[
    duration file_id file_name file_size file_unique_id height mime_type thumbnail width
  ]],
  Audio = [[
    duration file_id file_name file_size file_unique_id mime_type performer thumbnail title
  ]],
  CallbackQuery = [[
    chat_instance data from game_short_name id inline_message_id message
  ]],
  Chat = [[
    first_name id is_direct_messages is_forum last_name title type username
  ]],
  ChatMemberUpdated = [[
    chat date from invite_link new_chat_member old_chat_member via_chat_folder_invite_link
    via_join_request
  ]],
  ChosenInlineResult = [[
    from inline_message_id location query result_id
  ]],
  Document = [[
    file_id file_name file_size file_unique_id mime_type thumbnail
  ]],
  InlineQuery = [[
    chat_type from id location offset query
  ]],
  Message = [[
    animation audio author_signature boost_added business_connection_id caption caption_entities
    channel_chat_created chat chat_background_set chat_owner_changed chat_owner_left chat_shared
    checklist checklist_tasks_added checklist_tasks_done community_chat_added
    community_chat_joined community_chat_removed connected_website contact date delete_chat_photo
    dice direct_message_price_changed direct_messages_topic document edit_date effect_id entities
    ephemeral_message_id external_reply forum_topic_closed forum_topic_created forum_topic_edited
    forum_topic_reopened forward_origin from game general_forum_topic_hidden
    general_forum_topic_unhidden gift gift_upgrade_sent giveaway giveaway_completed
    giveaway_created giveaway_winners group_chat_created guest_bot_caller_chat
    guest_bot_caller_user guest_query_id has_media_spoiler has_protected_content invoice
    is_automatic_forward is_from_offline is_paid_post is_topic_message left_chat_member
    link_preview_options live_photo location managed_bot_created media_group_id
    message_auto_delete_timer_changed message_id message_thread_id migrate_from_chat_id
    migrate_to_chat_id new_chat_members new_chat_photo new_chat_title paid_media
    paid_message_price_changed paid_star_count passport_data photo pinned_message poll
    poll_option_added poll_option_deleted proximity_alert_triggered quote receiver_user
    refunded_payment reply_markup reply_to_checklist_task_id reply_to_message
    reply_to_poll_option_id reply_to_story rich_message sender_boost_count sender_business_bot
    sender_chat sender_tag show_caption_above_media sticker story successful_payment
    suggested_post_approval_failed suggested_post_approved suggested_post_declined
    suggested_post_info suggested_post_paid suggested_post_refunded supergroup_chat_created text
    unique_gift users_shared venue via_bot video video_chat_ended video_chat_participants_invited
    video_chat_scheduled video_chat_started video_note voice web_app_data write_access_allowed
  ]],
  MessageReactionUpdated = [[
    actor_chat chat date message_id new_reaction old_reaction user
  ]],
  PhotoSize = [[
    file_id file_size file_unique_id height width
  ]],
  PreCheckoutQuery = [[
    currency from id invoice_payload order_info shipping_option_id total_amount
  ]],
  Sticker = [[
    custom_emoji_id emoji file_id file_size file_unique_id height is_animated is_video
    mask_position premium_animation set_name thumbnail type width
  ]],
  User = [[
    added_to_attachment_menu first_name id is_bot is_premium language_code last_name username
  ]],
  Video = [[
    cover duration file_id file_name file_size file_unique_id height mime_type qualities
    start_timestamp thumbnail width
  ]],
  VideoNote = [[
    duration file_id file_size file_unique_id length thumbnail
  ]],
  Voice = [[
    duration file_id file_size file_unique_id mime_type
  ]],
}
