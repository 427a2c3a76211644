/* JSON text → one Lua value.
 *
 * Items of a container gather on the Lua stack, above a slot that is kept for
 * their table, so that the table is created at its size: growing it member by
 * member would cost more than all the parsing. */
#include "json/decode.h"

#include "json/mark.h"
#include "json/number.h"
#include "json/text.h"
#include "json/token.h"

#include <lauxlib.h>

#include <math.h>

enum {
  GATHER_MAX = 32,              /* stack slots of gathered items */
  LEVEL_SLOTS = GATHER_MAX + 8, /* what one level may push */
  POLL_BYTES = 4096
};

struct decoder {
  lua_State *L;
  const char *at;
  const char *end;
  const struct tgr_json_decode_options *options;
  unsigned depth;
  const char *poll_at; /* somebody is asked when this has been read */
  struct tgr_json_fault fault;
};

/* A container under construction. */
struct gathered {
  int slot;           /* the index of its table; nil until there is one */
  int count;          /* items on the stack above the slot */
  lua_Integer stored; /* items in the table */
};

static bool decode_value(struct decoder *it);

static bool refuse(struct decoder *it, const char *expected) {
  return tgr_json_fault_set(&it->fault, TGR_ESYNTAX, it->at, expected);
}

static bool exceed(struct decoder *it, const char *limit) {
  return tgr_json_fault_set(&it->fault, TGR_ELIMIT, it->at, limit);
}

/* Over blanks; whether `byte` comes, which is then taken. */
static bool take(struct decoder *it, char byte) {
  it->at = tgr_json_skip_blanks(it->at, it->end);
  if (it->at == it->end || *it->at != byte)
    return false;
  it->at++;
  return true;
}

/* Pushes the text of a string's content that is not its own text. */
static void push_escaped(lua_State *L, const char *at, const char *end) {
  luaL_Buffer buffer;
  luaL_buffinit(L, &buffer);
  while (at < end) {
    const char *plain = tgr_json_plain_end(at, end);
    if (plain > at) {
      luaL_addlstring(&buffer, at, (size_t)(plain - at));
      at = plain;
      continue;
    }
    char *room = luaL_prepbuffsize(&buffer, TGR_JSON_CHAR_MAX);
    luaL_addsize(&buffer, tgr_json_next_char(&at, end, room));
  }
  luaL_pushresult(&buffer);
}

static bool decode_string(struct decoder *it) {
  const char *first = it->at + 1;
  bool exact = false;
  const char *quote = tgr_json_token_string(first, it->end, &exact, &it->fault);
  if (quote == NULL)
    return false;
  if (exact)
    lua_pushlstring(it->L, first, (size_t)(quote - first));
  else
    push_escaped(it->L, first, quote);
  it->at = quote + 1;
  return true;
}

static bool decode_number(struct decoder *it) {
  struct tgr_json_number number;
  const char *error_at = it->at;
  const char *behind =
      tgr_json_number_read(it->at, it->end, &number, &error_at);
  if (behind == NULL)
    return tgr_json_fault_set_number(&it->fault, it->at, error_at);
  if (number.is_integer)
    lua_pushinteger(it->L, number.integer);
  else if (isfinite(number.real))
    lua_pushnumber(it->L, number.real);
  else
    return exceed(it, "a number out of range");
  it->at = behind;
  return true;
}

static bool decode_word(struct decoder *it, const char *word) {
  const char *behind = tgr_json_token_word(it->at, it->end, word, &it->fault);
  if (behind == NULL)
    return false;
  it->at = behind;
  if (*word != 'n')
    lua_pushboolean(it->L, *word == 't');
  else if (it->options->keep_null)
    tgr_json_push_null(it->L);
  else
    lua_pushnil(it->L);
  return true;
}

static void poll(struct decoder *it) {
  it->poll_at = it->end - it->at > POLL_BYTES ? it->at + POLL_BYTES : it->end;
  if (it->options->poll != NULL)
    it->options->poll(it->L);
}

static bool open_level(struct decoder *it, struct gathered *items) {
  if (it->depth == TGR_JSON_DEPTH_MAX)
    return exceed(it, "nested deeper than 64 levels");
  if (lua_checkstack(it->L, LEVEL_SLOTS) == 0)
    return exceed(it, "no room on the Lua stack");
  if (it->at >= it->poll_at)
    poll(it);
  it->depth++;
  it->at++;
  lua_pushnil(it->L);
  *items = (struct gathered){.slot = lua_gettop(it->L)};
  return true;
}

/* Creates the table with room for what is gathered, if there is none yet. */
static void need_table(lua_State *L, const struct gathered *items, int elements,
                       int members) {
  if (!lua_isnil(L, items->slot))
    return;
  lua_createtable(L, elements, members);
  lua_replace(L, items->slot);
}

static void store_elements(lua_State *L, struct gathered *items) {
  need_table(L, items, items->count, 0);
  for (int n = items->count; n > 0; n--)
    lua_rawseti(L, items->slot, items->stored + n);
  items->stored += items->count;
  items->count = 0;
}

/* In order, so that the last of equal names wins. */
static void store_members(lua_State *L, struct gathered *items) {
  need_table(L, items, 0, items->count / 2);
  for (int n = 1; n < items->count; n += 2) {
    lua_pushvalue(L, items->slot + n);
    lua_pushvalue(L, items->slot + n + 1);
    lua_rawset(L, items->slot);
  }
  lua_settop(L, items->slot);
  items->stored += items->count;
  items->count = 0;
}

static void mark_empty(struct decoder *it, const struct gathered *items,
                       void (*push_meta)(lua_State *L)) {
  if (!it->options->mark_empty || items->stored > 0)
    return;
  push_meta(it->L);
  lua_setmetatable(it->L, items->slot);
}

static bool decode_array(struct decoder *it) {
  struct gathered items = {0};
  if (!open_level(it, &items))
    return false;
  bool more = !take(it, ']');
  while (more) {
    if (!decode_value(it))
      return false;
    if (++items.count == GATHER_MAX) {
      store_elements(it->L, &items);
      if (it->at >= it->poll_at)
        poll(it);
    }
    more = take(it, ',');
    if (!more && !take(it, ']'))
      return refuse(it, "',' or ']'");
  }
  store_elements(it->L, &items);
  mark_empty(it, &items, tgr_json_push_array_meta);
  it->depth--;
  return true;
}

static bool decode_member(struct decoder *it, bool first) {
  it->at = tgr_json_skip_blanks(it->at, it->end);
  if (it->at == it->end || *it->at != '"')
    return refuse(it, first ? "a string or '}'" : "a string");
  if (!decode_string(it))
    return false;
  if (!take(it, ':'))
    return refuse(it, "':'");
  return decode_value(it);
}

static bool decode_object(struct decoder *it) {
  struct gathered items = {0};
  if (!open_level(it, &items))
    return false;
  bool more = !take(it, '}');
  for (bool first = true; more; first = false) {
    if (!decode_member(it, first))
      return false;
    items.count += 2;
    if (items.count == GATHER_MAX) {
      store_members(it->L, &items);
      if (it->at >= it->poll_at)
        poll(it);
    }
    more = take(it, ',');
    if (!more && !take(it, '}'))
      return refuse(it, "',' or '}'");
  }
  store_members(it->L, &items);
  mark_empty(it, &items, tgr_json_push_object_meta);
  it->depth--;
  return true;
}

/* Pushes the value that comes next. */
static bool decode_value(struct decoder *it) {
  it->at = tgr_json_skip_blanks(it->at, it->end);
  if (it->at == it->end)
    return refuse(it, "a value");
  switch (*it->at) {
  case '{':
    return decode_object(it);
  case '[':
    return decode_array(it);
  case '"':
    return decode_string(it);
  case 't':
    return decode_word(it, "true");
  case 'f':
    return decode_word(it, "false");
  case 'n':
    return decode_word(it, "null");
  default:
    return decode_number(it);
  }
}

static bool decode_all(struct decoder *it) {
  if (lua_checkstack(it->L, LEVEL_SLOTS) == 0)
    return exceed(it, "no room on the Lua stack");
  if (!decode_value(it))
    return false;
  it->at = tgr_json_skip_blanks(it->at, it->end);
  return it->at == it->end || refuse(it, "the end");
}

enum tgr_status tgr_json_decode(lua_State *L, const char *text, size_t len,
                                const struct tgr_json_decode_options *options,
                                struct tgr_error *error) {
  static const struct tgr_json_decode_options plain = {0};
  const int top = lua_gettop(L);
  struct decoder it = {.L = L,
                       .at = text,
                       .end = text + len,
                       .poll_at = text + (len < POLL_BYTES ? len : POLL_BYTES),
                       .options = options == NULL ? &plain : options};
  if (decode_all(&it))
    return TGR_OK;
  lua_settop(L, top);
  return tgr_json_fault_describe(&it.fault, text, it.end, error);
}
