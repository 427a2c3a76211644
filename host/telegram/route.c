/* What routes an update. */
#include "telegram/route.h"

#include <string.h>

/* The names that lead from a kind's value to an id. */
enum { PATH_MAX_LEN = 5 };

/* A name with its length, which tells most keys apart. */
struct step {
  const char *name; /* NULL ends a path */
  size_t len;
};

struct paths {
  struct step chat[PATH_MAX_LEN]; /* empty for none */
  struct step user[PATH_MAX_LEN];
};

#define STEP(text)                                                             \
  { (text), sizeof(text) - 1 }

static const struct paths in_chat_from = {{STEP("chat"), STEP("id")},
                                          {STEP("from"), STEP("id")}};
static const struct paths in_chat = {{STEP("chat"), STEP("id")}, {{0}}};
static const struct paths only_from = {{{0}}, {STEP("from"), STEP("id")}};
static const struct paths only_user = {{{0}}, {STEP("user"), STEP("id")}};
static const struct paths reaction = {{STEP("chat"), STEP("id")},
                                      {STEP("user"), STEP("id")}};
static const struct paths callback = {
    {STEP("message"), STEP("chat"), STEP("id")}, {STEP("from"), STEP("id")}};
static const struct paths connection = {{STEP("user_chat_id")},
                                        {STEP("user"), STEP("id")}};
static const struct paths poll_answer = {{STEP("voter_chat"), STEP("id")},
                                         {STEP("user"), STEP("id")}};
static const struct paths boost = {
    {STEP("chat"), STEP("id")},
    {STEP("boost"), STEP("source"), STEP("user"), STEP("id")}};
static const struct paths lost_boost = {
    {STEP("chat"), STEP("id")}, {STEP("source"), STEP("user"), STEP("id")}};
static const struct paths nowhere = {{{0}}, {{0}}};

static const struct paths *const paths_of[TGR_KIND_COUNT] = {
    [TGR_KIND_UNKNOWN] = &nowhere,
    [TGR_KIND_MESSAGE] = &in_chat_from,
    [TGR_KIND_EDITED_MESSAGE] = &in_chat_from,
    [TGR_KIND_CHANNEL_POST] = &in_chat_from,
    [TGR_KIND_EDITED_CHANNEL_POST] = &in_chat_from,
    [TGR_KIND_BUSINESS_CONNECTION] = &connection,
    [TGR_KIND_BUSINESS_MESSAGE] = &in_chat_from,
    [TGR_KIND_EDITED_BUSINESS_MESSAGE] = &in_chat_from,
    [TGR_KIND_DELETED_BUSINESS_MESSAGES] = &in_chat,
    [TGR_KIND_GUEST_MESSAGE] = &in_chat_from,
    [TGR_KIND_STOPPED_MESSAGE_GENERATION] = &in_chat,
    [TGR_KIND_MESSAGE_REACTION] = &reaction,
    [TGR_KIND_MESSAGE_REACTION_COUNT] = &in_chat,
    [TGR_KIND_INLINE_QUERY] = &only_from,
    [TGR_KIND_CHOSEN_INLINE_RESULT] = &only_from,
    [TGR_KIND_CALLBACK_QUERY] = &callback,
    [TGR_KIND_SHIPPING_QUERY] = &only_from,
    [TGR_KIND_PRE_CHECKOUT_QUERY] = &only_from,
    [TGR_KIND_PURCHASED_PAID_MEDIA] = &only_from,
    [TGR_KIND_POLL] = &nowhere,
    [TGR_KIND_POLL_ANSWER] = &poll_answer,
    [TGR_KIND_MY_CHAT_MEMBER] = &in_chat_from,
    [TGR_KIND_CHAT_MEMBER] = &in_chat_from,
    [TGR_KIND_CHAT_JOIN_REQUEST] = &in_chat_from,
    [TGR_KIND_CHAT_BOOST] = &boost,
    [TGR_KIND_REMOVED_CHAT_BOOST] = &lost_boost,
    [TGR_KIND_MANAGED_BOT] = &only_user,
    [TGR_KIND_SUBSCRIPTION] = &only_user,
};

/* An id that is sought: what is left of its path, and where it goes. */
struct sought {
  const struct step *path; /* without a name: nothing is left to look for */
  int64_t *id;
  bool *found;
};

static bool is_open(const struct sought *it) {
  return it->path->name != NULL && !*it->found;
}

/* Whether the member `key` is the next step to `it`. */
static bool leads_to(const struct sought *it, struct tgr_json_slice key) {
  if (!is_open(it))
    return false;
  if (key.len == it->path->len)
    return memcmp(key.at, it->path->name, key.len) == 0;
  return key.len > it->path->len && tgr_json_key_is(key, it->path->name);
}

/* Follows one path through the value that comes next in `it`, a level per
 * name. False when the text is broken; not finding the id is no error. */
static bool follow(struct tgr_json_iter *it, const struct sought *sought) {
  const struct sought rest = {sought->path + 1, sought->id, sought->found};
  struct tgr_json_iter inner;
  struct tgr_json_slice key;
  struct tgr_json_slice value;
  if (rest.path->name == NULL) {
    if (!tgr_json_take(it, &value))
      return false;
    *sought->found = tgr_json_read_int64(value, sought->id);
    return true;
  }
  if (!tgr_json_enter(it, &inner, '{'))
    return tgr_json_take(it, &value);
  while (!*rest.found && tgr_json_next_key(&inner, &key))
    if (leads_to(&rest, key) ? !follow(&inner, &rest)
                             : !tgr_json_take(&inner, &value))
      break;
  return tgr_json_leave(it, &inner);
}

/* Marks the member `key`, whose value comes next in `it`; false when it cannot
 * be marked. */
static bool mark(struct tgr_route *route, const char *base,
                 const struct tgr_json_iter *it, struct tgr_json_slice key) {
  const size_t key_at = (size_t)(key.at - base);
  if (route->mark_count == TGR_ROUTE_MARKS_MAX || it->escaped ||
      it->at != key.at + key.len + 2 || key_at > UINT32_MAX / 2 ||
      key.len > UINT32_MAX / 4)
    return false;
  route->marks[route->mark_count++] = (struct tgr_task_mark){
      .key_at = (uint32_t)key_at, .value_at = (uint32_t)(key_at + key.len + 2)};
  return true;
}

/* Seeks chat and user in the kind's value, which comes next in `it`, and marks
 * its members. Once both ids are found, a fault only ends the marking: the
 * brackets tell where the value ends. */
static bool read_object(struct tgr_json_iter *it, const char *base,
                        struct tgr_route *route) {
  const struct paths *paths = paths_of[route->kind];
  const struct sought chat = {paths->chat, &route->chat_id, &route->has_chat};
  const struct sought user = {paths->user, &route->user_id, &route->has_user};
  struct tgr_json_iter inner;
  struct tgr_json_slice key;
  struct tgr_json_slice value;
  if (!tgr_json_enter(it, &inner, '{'))
    return tgr_json_take(it, &value);
  const char *before = inner.at;
  bool marks = true;
  while ((marks || is_open(&chat) || is_open(&user)) &&
         tgr_json_next_key(&inner, &key)) {
    marks = marks && mark(route, base, &inner, key);
    const bool going_on = leads_to(&chat, key) ? follow(&inner, &chat)
                          : leads_to(&user, key)
                              ? follow(&inner, &user)
                              : tgr_json_take(&inner, &value);
    if (!going_on)
      break;
    before = inner.at;
  }
  if (!marks || inner.status != TGR_OK)
    route->mark_count = 0;
  if (inner.status != TGR_OK && !is_open(&chat) && !is_open(&user)) {
    inner.status = TGR_OK;
    inner.at = before;
  }
  return tgr_json_leave(it, &inner);
}

static bool read_member(struct tgr_json_iter *it, struct tgr_json_slice key,
                        const char *base, struct tgr_route *route) {
  struct tgr_json_slice value;
  if (!route->has_update_id && tgr_json_key_is(key, "update_id")) {
    if (!tgr_json_take(it, &value))
      return false;
    route->has_update_id = tgr_json_read_int64(value, &route->update_id);
    return true;
  }
  if (route->kind == TGR_KIND_UNKNOWN) {
    route->kind = tgr_kind_of(key.at, key.len);
    if (route->kind != TGR_KIND_UNKNOWN)
      return read_object(it, base, route);
  }
  return tgr_json_take(it, &value);
}

enum tgr_status tgr_route_read(const char **at, const char *end,
                               struct tgr_route *route) {
  memset(route, 0, offsetof(struct tgr_route, marks));
  struct tgr_json_iter it;
  struct tgr_json_slice key;
  tgr_json_open(&it, (struct tgr_json_slice){*at, (size_t)(end - *at)}, '{');
  while (tgr_json_next_key(&it, &key))
    if (!read_member(&it, key, *at, route))
      break;
  if (it.status != TGR_OK)
    return it.status;
  *at = it.at;
  return TGR_OK;
}
