/* Kinds: what an update is about, named after its one member besides update_id.
 *
 * Any thread, all of it.
 * Source: Bot API, "Getting updates", Update. */
#ifndef TGR_TELEGRAM_KINDS_H
#define TGR_TELEGRAM_KINDS_H

#include <stdbool.h>
#include <stddef.h>

/* In the order of the Bot API's table. */
enum tgr_kind {
  TGR_KIND_UNKNOWN, /* of a newer Bot API, or nothing but an update_id */
  TGR_KIND_MESSAGE,
  TGR_KIND_EDITED_MESSAGE,
  TGR_KIND_CHANNEL_POST,
  TGR_KIND_EDITED_CHANNEL_POST,
  TGR_KIND_BUSINESS_CONNECTION,
  TGR_KIND_BUSINESS_MESSAGE,
  TGR_KIND_EDITED_BUSINESS_MESSAGE,
  TGR_KIND_DELETED_BUSINESS_MESSAGES,
  TGR_KIND_GUEST_MESSAGE,
  TGR_KIND_STOPPED_MESSAGE_GENERATION,
  TGR_KIND_MESSAGE_REACTION,
  TGR_KIND_MESSAGE_REACTION_COUNT,
  TGR_KIND_INLINE_QUERY,
  TGR_KIND_CHOSEN_INLINE_RESULT,
  TGR_KIND_CALLBACK_QUERY,
  TGR_KIND_SHIPPING_QUERY,
  TGR_KIND_PRE_CHECKOUT_QUERY,
  TGR_KIND_PURCHASED_PAID_MEDIA,
  TGR_KIND_POLL,
  TGR_KIND_POLL_ANSWER,
  TGR_KIND_MY_CHAT_MEMBER,
  TGR_KIND_CHAT_MEMBER,
  TGR_KIND_CHAT_JOIN_REQUEST,
  TGR_KIND_CHAT_BOOST,
  TGR_KIND_REMOVED_CHAT_BOOST,
  TGR_KIND_MANAGED_BOT,
  TGR_KIND_SUBSCRIPTION,
  TGR_KIND_COUNT
};

/* "message"; "unknown" for TGR_KIND_UNKNOWN and what is no kind. */
const char *tgr_kind_name(enum tgr_kind kind);

/* TGR_KIND_UNKNOWN when no kind has that name. */
enum tgr_kind tgr_kind_of(const char *name, size_t len);

/* Whether the server sends this kind when allowed_updates was never given. */
bool tgr_kind_is_default(enum tgr_kind kind);

#endif
