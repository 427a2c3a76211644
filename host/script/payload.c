/* The parameters of one API call, from a Lua table to what is sent. */
#include "script/payload.h"

#include "script/guard.h"
#include "script/values.h"
#include "json/encode.h"
#include "json/scan.h"
#include "json/text.h"

#include <lauxlib.h>
#include <stdio.h>
#include <string.h>

enum { ATTACH_MAX = 32 };

void tgr_payload_init(struct tgr_payload *payload, const struct tgr_mem *mem,
                      int object_fields_ref) {
  memset(payload, 0, sizeof *payload);
  payload->mem = mem;
  payload->object_fields_ref = object_fields_ref;
  tgr_buf_init(&payload->json, mem, TGR_VALUES_JSON_MAX);
  tgr_buf_init(&payload->texts, mem, TGR_VALUES_JSON_MAX);
}

void tgr_payload_deinit(struct tgr_payload *payload) {
  tgr_buf_deinit(&payload->json);
  tgr_buf_deinit(&payload->texts);
  tgr_mem_free(payload->mem, payload->parts);
  tgr_mem_free(payload->mem, payload->files);
  tgr_mem_free(payload->mem, payload->feeds);
}

/* ---- encoding ----------------------------------------------------------- */

static bool is_object(void *user, const char *name, size_t len) {
  const struct tgr_payload *payload = user;
  lua_State *L = payload->L;
  if (payload->object_fields_ref == LUA_NOREF)
    return false;
  lua_rawgeti(L, LUA_REGISTRYINDEX, payload->object_fields_ref);
  lua_pushlstring(L, name, len);
  const bool found = lua_rawget(L, -2) != LUA_TNIL;
  lua_pop(L, 2);
  return found;
}

/* A string field of the file at `index`, anchored; NULL when absent. */
static const char *file_string(struct tgr_payload *payload, lua_State *L,
                               int index, const char *name, size_t *len) {
  lua_pushstring(L, name);
  lua_rawget(L, index);
  const char *text =
      lua_type(L, -1) == LUA_TSTRING ? lua_tolstring(L, -1, len) : NULL;
  if (text == NULL)
    lua_pop(L, 1);
  else
    luaL_ref(L, payload->anchors);
  return text;
}

/* Names file part number `n` in `out`: "file0". */
static void write_attach(char out[ATTACH_MAX], const char *before, size_t n,
                         const char *after) {
  snprintf(out, ATTACH_MAX, "%sfile%zu%s", before, n, after);
}

static void on_want(struct tgr_http_pull *pull) {
  struct tgr_payload_feed *feed =
      TGR_CONTAINER_OF(pull, struct tgr_payload_feed, pull);
  feed->payload->due = feed;
  feed->payload->want(feed->payload);
}

/* The type of a field of the file at `index`. */
static int file_field(lua_State *L, int index, const char *name) {
  lua_pushstring(L, name);
  const int type = lua_rawget(L, index);
  lua_pop(L, 1);
  return type;
}

/* The file at `index` has an iterator. */
static enum tgr_status add_feed(struct tgr_payload *payload, lua_State *L,
                                int index, struct tgr_http_part *part,
                                struct tgr_error *error) {
  if (file_field(L, index, "used") == LUA_TBOOLEAN)
    return tgr_error_set(error, TGR_EINVAL,
                         "the iterator of this InputFile was used up by an "
                         "earlier call; make a new one for each call");
  if (payload->feeds == NULL)
    payload->feeds = tgr_mem_new0(payload->mem, sizeof *payload->feeds *
                                                    TGR_PAYLOAD_FILES_MAX);
  if (payload->feeds == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "not enough memory");
  struct tgr_payload_feed *feed = &payload->feeds[payload->feed_count++];
  feed->payload = payload;
  feed->pull.want = on_want;
  lua_pushvalue(L, index);
  feed->file_ref = luaL_ref(L, payload->anchors);
  part->pull = &feed->pull;
  return TGR_OK;
}

static enum tgr_status add_file(struct tgr_payload *payload, lua_State *L,
                                int index, struct tgr_buf *out,
                                struct tgr_error *error) {
  size_t len = 0;
  if (lua_isnil(L, payload->anchors)) { /* the first file */
    lua_newtable(L);
    lua_replace(L, payload->anchors);
  }
  const char *url = file_string(payload, L, index, "url", &len);
  if (url != NULL) { /* Telegram fetches it */
    lua_pushstring(L, url);
    const enum tgr_status status = tgr_json_encode(L, -1, NULL, out, error);
    lua_pop(L, 1);
    return status;
  }
  if (payload->file_count == TGR_PAYLOAD_FILES_MAX)
    return tgr_error_set(error, TGR_ELIMIT, "more than %d files in one call",
                         (int)TGR_PAYLOAD_FILES_MAX);
  if (payload->files == NULL)
    payload->files = tgr_mem_new0(payload->mem, sizeof *payload->files *
                                                    TGR_PAYLOAD_FILES_MAX);
  if (payload->files == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "not enough memory");
  struct tgr_http_part *part = &payload->files[payload->file_count];
  part->path = file_string(payload, L, index, "path", &len);
  if (part->path != NULL && payload->no_paths)
    return tgr_error_set(error, TGR_EINVAL,
                         "a file of the disk is not possible in this sandbox");
  part->filename = file_string(payload, L, index, "filename", &len);
  if (part->path == NULL)
    part->bytes = file_string(payload, L, index, "bytes", &part->len);
  if (part->path == NULL && part->bytes == NULL) {
    if (file_field(L, index, "next") == LUA_TNIL)
      return tgr_error_set(
          error, TGR_EINVAL,
          "this InputFile has neither path, bytes, url nor an iterator");
    const enum tgr_status status = add_feed(payload, L, index, part, error);
    if (status != TGR_OK)
      return status;
  }
  if (part->filename == NULL) {
    const char *slash = part->path == NULL ? NULL : strrchr(part->path, '/');
    part->filename = part->path == NULL ? "file"
                     : slash != NULL    ? slash + 1
                                        : part->path;
  }
  char attach[ATTACH_MAX];
  write_attach(attach, "\"attach://", payload->file_count++, "\"");
  return tgr_buf_append_str(out, attach);
}

static enum tgr_status special(void *user, lua_State *L, int index,
                               struct tgr_buf *out, bool *written,
                               struct tgr_error *error) {
  if (!lua_istable(L, index) || !lua_getmetatable(L, index))
    return TGR_OK;
  luaL_getmetatable(L, TGR_INPUT_FILE_META);
  *written = lua_rawequal(L, -1, -2) != 0;
  lua_pop(L, 2);
  return *written ? add_file(user, L, index, out, error) : TGR_OK;
}

/* ---- the form ----------------------------------------------------------- */

/* Appends text and a NUL; where it begins goes to `*at`. */
static enum tgr_status keep_text(struct tgr_payload *payload,
                                 const struct tgr_json_slice *text,
                                 bool escaped, size_t *at, size_t *len) {
  struct tgr_buf *texts = &payload->texts;
  const enum tgr_status status = tgr_buf_reserve(texts, text->len + 1);
  if (status != TGR_OK)
    return status;
  char *out = texts->bytes + texts->len;
  *at = texts->len;
  *len = text->len;
  if (escaped) /* never longer than its source */
    *len = tgr_json_unescape(*text, out, text->len + 1);
  else
    memcpy(out, text->at, text->len);
  out[*len] = '\0';
  texts->len += *len + 1;
  return TGR_OK;
}

/* Where a part's strings lie in `texts`, which may move while it grows. */
struct spot {
  size_t name;
  size_t value;
  size_t value_len;
};

/* The parameters as parts: strings bare, all else as JSON. */
static enum tgr_status write_fields(struct tgr_payload *payload,
                                    struct spot *spots, size_t *count) {
  struct tgr_json_iter it;
  struct tgr_json_slice key;
  struct tgr_json_slice value;
  size_t ignored = 0;
  enum tgr_status status = TGR_OK;
  *count = 0;
  if (!tgr_json_open(
          &it, (struct tgr_json_slice){payload->json.bytes, payload->json.len},
          '{'))
    return it.status;
  while (status == TGR_OK && tgr_json_next_member(&it, &key, &value)) {
    struct spot *spot = &spots[(*count)++];
    status = keep_text(payload, &key, false, &spot->name, &ignored);
    if (status == TGR_OK)
      status = keep_text(payload, &value, *value.at == '"', &spot->value,
                         &spot->value_len);
  }
  return status;
}

static size_t count_members(lua_State *L, int index) {
  size_t count = 0;
  for (lua_pushnil(L); lua_next(L, index) != 0; lua_pop(L, 1))
    count++;
  return count;
}

static enum tgr_status make_form(struct tgr_payload *payload,
                                 size_t field_max) {
  struct spot *spots =
      tgr_mem_new(payload->mem, sizeof *spots * (field_max + 1));
  const size_t names_at = field_max + payload->file_count;
  payload->parts =
      tgr_mem_new0(payload->mem, sizeof *payload->parts * (names_at + 1));
  enum tgr_status status =
      spots == NULL || payload->parts == NULL ? TGR_ENOMEM : TGR_OK;
  size_t fields = 0;
  if (status == TGR_OK)
    status = write_fields(payload, spots, &fields);
  size_t file_names[TGR_PAYLOAD_FILES_MAX];
  for (size_t i = 0; status == TGR_OK && i < payload->file_count; i++) {
    char name[ATTACH_MAX];
    size_t len = 0;
    write_attach(name, "", i, "");
    status = keep_text(payload, &(struct tgr_json_slice){name, strlen(name)},
                       false, &file_names[i], &len);
  }
  for (size_t i = 0; status == TGR_OK && i < fields; i++)
    payload->parts[i] =
        (struct tgr_http_part){.name = payload->texts.bytes + spots[i].name,
                               .bytes = payload->texts.bytes + spots[i].value,
                               .len = spots[i].value_len};
  for (size_t i = 0; status == TGR_OK && i < payload->file_count; i++) {
    payload->parts[fields + i] = payload->files[i];
    payload->parts[fields + i].name = payload->texts.bytes + file_names[i];
  }
  payload->part_count = fields + payload->file_count;
  tgr_mem_free(payload->mem, spots);
  return status;
}

enum tgr_status tgr_payload_encode(struct tgr_payload *payload, lua_State *L,
                                   int index, int anchors,
                                   struct tgr_error *error) {
  if (lua_isnil(L, index)) {
    const enum tgr_status status = tgr_buf_append_str(&payload->json, "{}");
    return status == TGR_OK ? status
                            : tgr_error_set(error, status, "not enough memory");
  }
  const struct tgr_json_encode_options options = {.top_is_object = true,
                                                  .is_object = is_object,
                                                  .special = special,
                                                  .poll = tgr_guard_poll,
                                                  .user = payload};
  payload->L = L;
  payload->anchors = anchors;
  enum tgr_status status =
      tgr_json_encode(L, index, &options, &payload->json, error);
  if (status != TGR_OK || payload->file_count == 0)
    return status;
  status = make_form(payload, count_members(L, index));
  if (status != TGR_OK)
    tgr_error_set(error, status, "cannot build the form: %s",
                  tgr_strerror(status));
  return status;
}

/* ---- iterators ---------------------------------------------------------- */

void tgr_payload_push_iterator(struct tgr_payload *payload, lua_State *L,
                               int anchors) {
  lua_rawgeti(L, anchors, payload->due->file_ref);
  payload->fed = true;
  lua_pushliteral(L, "used");
  lua_pushboolean(L, 1);
  lua_rawset(L, -3);
  lua_pushliteral(L, "next");
  lua_rawget(L, -2);
  lua_remove(L, -2);
}

void tgr_payload_feed(struct tgr_payload *payload, const char *piece,
                      size_t len) {
  struct tgr_payload_feed *feed = payload->due;
  payload->due = NULL;
  tgr_http_pull_give(&feed->pull, piece, len);
}
