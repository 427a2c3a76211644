--- Shortcut ids: what an update supplies for the shortcuts of ctx, by the words of
--- shortcut_facts.

-- Word → fun(ctx, payload, parameters): fills the payload in; nothing or false when the update
-- does not have it. `parameters` are those the method knows.
---@type table<string, fun(ctx: tgrunner.Context, payload: table, parameters: table): any>
local suppliers = {}

local function field(object, name)
  return object and object[name]
end

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
  if ctx._is_plain then return payload.chat_id end
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

return suppliers
