/* A Lua value → JSON text in a buffer. */
#include "json/encode.h"

#include "json/lazy.h"
#include "json/mark.h"
#include "json/number.h"
#include "json/path.h"
#include "json/quote.h"
#include "json/scan.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LEVEL_SLOTS = 6 };

struct encoder {
  lua_State *L;
  const struct tgr_json_encode_options *options;
  struct tgr_buf *out;
  struct tgr_error *error;
  unsigned depth;
  unsigned tables; /* so far */
  struct tgr_json_step steps[TGR_JSON_DEPTH_MAX + 1];
};

/* What the keys of a table make it. */
struct shape {
  lua_Integer count;   /* keys that are positive integers */
  lua_Integer largest; /* of them */
  bool names;          /* it has string keys */
  int odd_type;        /* the type of a key that is neither; LUA_TNONE */
};

static enum tgr_status encode_value(struct encoder *it, int index);

static enum tgr_status refuse(struct encoder *it, enum tgr_status status,
                              const char *reason) {
  char place[TGR_JSON_PATH_TEXT_MAX];
  tgr_json_path_describe(it->steps, it->depth, place);
  return tgr_error_set(it->error, status, "%s: %s", place, reason);
}

/* Names the place of a status that the buffer returned. */
static enum tgr_status written(struct encoder *it, enum tgr_status status) {
  return status == TGR_OK ? TGR_OK : refuse(it, status, tgr_strerror(status));
}

static enum tgr_status put(struct encoder *it, const char *text) {
  return written(it, tgr_buf_append_str(it->out, text));
}

static enum tgr_status put_string(struct encoder *it, int index) {
  size_t len = 0;
  const char *text = lua_tolstring(it->L, index, &len);
  return written(it, tgr_json_quote(it->out, text, len));
}

static enum tgr_status put_number(struct encoder *it, int index) {
  char text[TGR_JSON_NUMBER_TEXT_MAX];
  if (lua_isinteger(it->L, index)) {
    const size_t len =
        tgr_json_integer_write(text, lua_tointeger(it->L, index));
    return written(it, tgr_buf_append(it->out, text, len));
  }
  const double real = lua_tonumber(it->L, index);
  if (!isfinite(real))
    return refuse(it, TGR_EINVAL,
                  isnan(real) ? "cannot encode nan" : "cannot encode inf");
  const size_t len = tgr_json_real_write(text, real);
  return written(it, tgr_buf_append(it->out, text, len));
}

static enum tgr_status refuse_type(struct encoder *it, int type,
                                   const char *what) {
  char reason[64];
  snprintf(reason, sizeof reason, "cannot encode a %s%s",
           lua_typename(it->L, type), what);
  return refuse(it, TGR_EINVAL, reason);
}

/* Adds the key at `index` to what is known of its table. */
static void add_key(lua_State *L, int index, struct shape *shape) {
  const int type = lua_type(L, index);
  if (type == LUA_TSTRING) {
    shape->names = true;
  } else if (lua_isinteger(L, index) && lua_tointeger(L, index) > 0) {
    const lua_Integer position = lua_tointeger(L, index);
    shape->count++;
    shape->largest = position > shape->largest ? position : shape->largest;
  } else {
    shape->odd_type = type;
  }
}

/* Looks at all keys, up to the first that decides against the table. */
static struct shape look(lua_State *L, int index) {
  struct shape shape = {.odd_type = LUA_TNONE};
  lua_pushnil(L);
  while (lua_next(L, index) != 0) {
    lua_pop(L, 1);
    add_key(L, -1, &shape);
    if (shape.odd_type != LUA_TNONE || (shape.names && shape.count > 0)) {
      lua_pop(L, 1);
      break;
    }
  }
  return shape;
}

/* Looks at one key only, which tells an object from all else. */
static bool starts_with_name(lua_State *L, int index) {
  lua_pushnil(L);
  if (lua_next(L, index) == 0)
    return false;
  const bool name = lua_type(L, -2) == LUA_TSTRING;
  lua_pop(L, 2);
  return name;
}

static enum tgr_status check_shape(struct encoder *it,
                                   const struct shape *shape,
                                   enum tgr_json_mark mark) {
  if (shape->odd_type == LUA_TNUMBER)
    return refuse(it, TGR_EINVAL,
                  "cannot encode a table with a key that is a fraction, zero "
                  "or negative");
  if (shape->odd_type != LUA_TNONE)
    return refuse_type(it, shape->odd_type, " as a key");
  if (shape->names && shape->count > 0)
    return refuse(it, TGR_EINVAL,
                  "cannot encode a table with both names and positions");
  if (shape->count != shape->largest)
    return refuse(it, TGR_EINVAL, "cannot encode a sequence with holes");
  if (shape->names && mark == TGR_JSON_ARRAY)
    return refuse(it, TGR_EINVAL, "cannot encode names in an array");
  if (shape->count > 0 && mark == TGR_JSON_OBJECT)
    return refuse(it, TGR_EINVAL, "cannot encode positions in an object");
  return TGR_OK;
}

/* Small tables are counted, and large ones ask for themselves. */
static void poll(const struct encoder *it) {
  if (it->options->poll != NULL)
    it->options->poll(it->L);
}

static enum tgr_status encode_elements(struct encoder *it, int index,
                                       lua_Integer count) {
  enum tgr_status status = put(it, "[");
  for (lua_Integer n = 1; n <= count && status == TGR_OK; n++) {
    if (n % TGR_JSON_POLL == 0)
      poll(it);
    it->steps[it->depth - 1] = (struct tgr_json_step){.position = n};
    if (n > 1)
      status = put(it, ",");
    lua_rawgeti(it->L, index, n);
    if (status == TGR_OK)
      status = encode_value(it, lua_gettop(it->L));
    lua_pop(it->L, 1);
  }
  return status == TGR_OK ? put(it, "]") : status;
}

/* The member whose name is on top, its value below the top. */
static enum tgr_status encode_member(struct encoder *it, int key, int value,
                                     unsigned n) {
  struct tgr_json_step *step = &it->steps[it->depth - 1];
  step->name = lua_tolstring(it->L, key, &step->name_len);
  enum tgr_status status = n == 0 ? TGR_OK : put(it, ",");
  if (n % TGR_JSON_POLL == TGR_JSON_POLL - 1)
    poll(it);
  if (status == TGR_OK)
    status = put_string(it, key);
  if (status == TGR_OK)
    status = put(it, ":");
  return status == TGR_OK ? encode_value(it, value) : status;
}

/* Refuses the table with names whose key at `key` is none. */
static enum tgr_status refuse_key(struct encoder *it, int key) {
  struct shape shape = {.names = true, .odd_type = LUA_TNONE};
  add_key(it->L, key, &shape);
  it->depth--; /* the table is at fault, not its last member */
  const enum tgr_status status = check_shape(it, &shape, TGR_JSON_UNMARKED);
  it->depth++;
  return status;
}

static enum tgr_status encode_members(struct encoder *it, int index) {
  lua_State *L = it->L;
  enum tgr_status status = put(it, "{");
  const int key = lua_gettop(L) + 1;
  unsigned n = 0;
  lua_pushnil(L);
  while (status == TGR_OK && lua_next(L, index) != 0) {
    status = lua_type(L, key) == LUA_TSTRING
                 ? encode_member(it, key, key + 1, n++)
                 : refuse_key(it, key);
    lua_settop(L, key);
  }
  lua_settop(L, key - 1);
  return status == TGR_OK ? put(it, "}") : status;
}

static int compare(lua_State *L, int left, int right) {
  size_t left_len = 0;
  size_t right_len = 0;
  const char *a = lua_tolstring(L, left, &left_len);
  const char *b = lua_tolstring(L, right, &right_len);
  const int order = memcmp(a, b, left_len < right_len ? left_len : right_len);
  return order != 0 ? order : (left_len > right_len) - (left_len < right_len);
}

/* Pushes the smallest name above the one at `key` (all are above nil). */
static bool push_next_name(lua_State *L, int index, int key) {
  lua_pushnil(L);
  const int best = lua_gettop(L);
  lua_pushnil(L);
  while (lua_next(L, index) != 0) {
    lua_pop(L, 1);
    const bool above = lua_isnil(L, key) || compare(L, -1, key) > 0;
    if (above && (lua_isnil(L, best) || compare(L, -1, best) < 0)) {
      lua_pushvalue(L, -1);
      lua_replace(L, best);
    }
  }
  return !lua_isnil(L, best);
}

static enum tgr_status encode_sorted(struct encoder *it, int index) {
  lua_State *L = it->L;
  enum tgr_status status = put(it, "{");
  const int key = lua_gettop(L) + 1;
  unsigned n = 0;
  lua_pushnil(L);
  while (status == TGR_OK && push_next_name(L, index, key)) {
    lua_replace(L, key);
    lua_pushvalue(L, key);
    lua_rawget(L, index);
    status = encode_member(it, key, key + 1, n++);
    lua_settop(L, key);
  }
  lua_settop(L, key - 1);
  return status == TGR_OK ? put(it, "}") : status;
}

/* What an empty table is, by its mark or by the name it has. */
static bool is_empty_object(const struct encoder *it, enum tgr_json_mark mark) {
  if (mark == TGR_JSON_ARRAY || mark == TGR_JSON_OBJECT)
    return mark == TGR_JSON_OBJECT;
  if (it->depth == 0)
    return it->options->top_is_object;
  const struct tgr_json_step *step = &it->steps[it->depth - 1];
  return step->name != NULL && it->options->is_object != NULL &&
         it->options->is_object(it->options->user, step->name, step->name_len);
}

/* A table whose keys are known to be right, one level down. */
static enum tgr_status encode_level(struct encoder *it, int index,
                                    const struct shape *shape) {
  it->steps[it->depth++] = (struct tgr_json_step){0};
  const enum tgr_status status =
      !shape->names         ? encode_elements(it, index, shape->count)
      : it->options->sorted ? encode_sorted(it, index)
                            : encode_members(it, index);
  it->depth--;
  return status;
}

static enum tgr_status encode_table(struct encoder *it, int index,
                                    enum tgr_json_mark mark) {
  if (it->depth == TGR_JSON_DEPTH_MAX)
    return refuse(it, TGR_ELIMIT,
                  "nested deeper than 64 levels (or in itself)");
  if (lua_checkstack(it->L, LEVEL_SLOTS + LUA_MINSTACK) == 0)
    return refuse(it, TGR_ELIMIT, "no room on the Lua stack");
  if (++it->tables % TGR_JSON_POLL == 0)
    poll(it);
  if (mark != TGR_JSON_ARRAY && !it->options->sorted &&
      starts_with_name(it->L, index)) {
    const struct shape object = {.names = true}; /* checked on the way */
    return encode_level(it, index, &object);
  }
  const struct shape shape = look(it->L, index);
  const enum tgr_status status = check_shape(it, &shape, mark);
  if (status != TGR_OK)
    return status;
  if (shape.count == 0 && !shape.names)
    return put(it, is_empty_object(it, mark) ? "{}" : "[]");
  return encode_level(it, index, &shape);
}

/* Asks the caller's `special`. */
static enum tgr_status ask_special(struct encoder *it, int index, bool *done) {
  const struct tgr_json_encode_options *options = it->options;
  if (options->special == NULL)
    return TGR_OK;
  struct tgr_error error = {0};
  const enum tgr_status status =
      options->special(options->user, it->L, index, it->out, done, &error);
  if (status == TGR_OK)
    return TGR_OK;
  return refuse(it, status,
                error.text[0] != '\0' ? error.text : tgr_strerror(status));
}

static enum tgr_status encode_userdata(struct encoder *it, int index) {
  bool done = false;
  const enum tgr_status status = ask_special(it, index, &done);
  if (status != TGR_OK || done)
    return status;
  return refuse_type(it, LUA_TUSERDATA, "");
}

static enum tgr_status encode_any_table(struct encoder *it, int index) {
  enum tgr_json_mark mark = tgr_json_mark_of(it->L, index);
  bool done = false;
  if (mark == TGR_JSON_FOREIGN) {
    tgr_json_lazy_open(it->L, index);
    mark = tgr_json_mark_of(it->L, index);
  }
  if (mark == TGR_JSON_FOREIGN) {
    const enum tgr_status status = ask_special(it, index, &done);
    if (status != TGR_OK || done)
      return status;
  }
  return encode_table(it, index, mark);
}

/* `index` is absolute. */
static enum tgr_status encode_value(struct encoder *it, int index) {
  const int type = lua_type(it->L, index);
  switch (type) {
  case LUA_TNIL:
    return put(it, "null");
  case LUA_TBOOLEAN:
    return put(it, lua_toboolean(it->L, index) ? "true" : "false");
  case LUA_TNUMBER:
    return put_number(it, index);
  case LUA_TSTRING:
    return put_string(it, index);
  case LUA_TTABLE:
    return encode_any_table(it, index);
  case LUA_TUSERDATA:
    return encode_userdata(it, index);
  default:
    if (tgr_json_is_null(it->L, index))
      return put(it, "null");
    return refuse_type(it, type, "");
  }
}

enum tgr_status tgr_json_encode(lua_State *L, int index,
                                const struct tgr_json_encode_options *options,
                                struct tgr_buf *out, struct tgr_error *error) {
  static const struct tgr_json_encode_options plain = {0};
  struct encoder it = {.L = L,
                       .options = options == NULL ? &plain : options,
                       .out = out,
                       .error = error};
  const size_t before = out->len;
  const int top = lua_gettop(L);
  if (lua_checkstack(L, LUA_MINSTACK) == 0)
    return refuse(&it, TGR_ELIMIT, "no room on the Lua stack");
  const enum tgr_status status = encode_value(&it, lua_absindex(L, index));
  lua_settop(L, top);
  if (status != TGR_OK)
    out->len = before;
  return status;
}
