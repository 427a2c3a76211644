/* What an update is about. */
#include "telegram/kinds.h"

#include <string.h>

/* A name with its length, so that a look-up compares bytes at most a few
 * times. */
struct kind_name {
  const char *text;
  size_t len;
};

#define NAME(text)                                                             \
  { (text), sizeof(text) - 1 }

static const struct kind_name names[TGR_KIND_COUNT] = {
    [TGR_KIND_UNKNOWN] = NAME("unknown"),
    [TGR_KIND_MESSAGE] = NAME("message"),
    [TGR_KIND_EDITED_MESSAGE] = NAME("edited_message"),
    [TGR_KIND_CHANNEL_POST] = NAME("channel_post"),
    [TGR_KIND_EDITED_CHANNEL_POST] = NAME("edited_channel_post"),
    [TGR_KIND_BUSINESS_CONNECTION] = NAME("business_connection"),
    [TGR_KIND_BUSINESS_MESSAGE] = NAME("business_message"),
    [TGR_KIND_EDITED_BUSINESS_MESSAGE] = NAME("edited_business_message"),
    [TGR_KIND_DELETED_BUSINESS_MESSAGES] = NAME("deleted_business_messages"),
    [TGR_KIND_GUEST_MESSAGE] = NAME("guest_message"),
    [TGR_KIND_STOPPED_MESSAGE_GENERATION] = NAME("stopped_message_generation"),
    [TGR_KIND_MESSAGE_REACTION] = NAME("message_reaction"),
    [TGR_KIND_MESSAGE_REACTION_COUNT] = NAME("message_reaction_count"),
    [TGR_KIND_INLINE_QUERY] = NAME("inline_query"),
    [TGR_KIND_CHOSEN_INLINE_RESULT] = NAME("chosen_inline_result"),
    [TGR_KIND_CALLBACK_QUERY] = NAME("callback_query"),
    [TGR_KIND_SHIPPING_QUERY] = NAME("shipping_query"),
    [TGR_KIND_PRE_CHECKOUT_QUERY] = NAME("pre_checkout_query"),
    [TGR_KIND_PURCHASED_PAID_MEDIA] = NAME("purchased_paid_media"),
    [TGR_KIND_POLL] = NAME("poll"),
    [TGR_KIND_POLL_ANSWER] = NAME("poll_answer"),
    [TGR_KIND_MY_CHAT_MEMBER] = NAME("my_chat_member"),
    [TGR_KIND_CHAT_MEMBER] = NAME("chat_member"),
    [TGR_KIND_CHAT_JOIN_REQUEST] = NAME("chat_join_request"),
    [TGR_KIND_CHAT_BOOST] = NAME("chat_boost"),
    [TGR_KIND_REMOVED_CHAT_BOOST] = NAME("removed_chat_boost"),
    [TGR_KIND_MANAGED_BOT] = NAME("managed_bot"),
    [TGR_KIND_SUBSCRIPTION] = NAME("subscription"),
};

const char *tgr_kind_name(enum tgr_kind kind) {
  const unsigned index = (unsigned)kind;
  return names[index < TGR_KIND_COUNT ? index : TGR_KIND_UNKNOWN].text;
}

enum tgr_kind tgr_kind_of(const char *name, size_t len) {
  for (unsigned kind = TGR_KIND_UNKNOWN + 1; kind < TGR_KIND_COUNT; kind++)
    if (names[kind].len == len && memcmp(names[kind].text, name, len) == 0)
      return (enum tgr_kind)kind;
  return TGR_KIND_UNKNOWN;
}

bool tgr_kind_is_default(enum tgr_kind kind) {
  switch (kind) {
  case TGR_KIND_UNKNOWN:
  case TGR_KIND_CHAT_MEMBER:
  case TGR_KIND_MESSAGE_REACTION:
  case TGR_KIND_MESSAGE_REACTION_COUNT:
  case TGR_KIND_COUNT:
    return false;
  default:
    return true;
  }
}
