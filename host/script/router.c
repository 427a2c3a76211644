/* Rules and what to do by them, for Lua. */
#include "script/router.h"

#include "script/class.h"
#include "script/place.h"
#include "script/rules.h"
#include "script/state.h"
#include "script/update.h"

#include <lauxlib.h>

#define ROUTER_META "tgrunner.Router"

struct tgr_router {
  struct tgr_rules rules;
};

static struct tgr_router *check(lua_State *L, int index) {
  return luaL_checkudata(L, index, ROUTER_META);
}

const struct tgr_router *tgr_router_check(lua_State *L, int index) {
  return check(L, index);
}

int tgr_router_choose(const struct tgr_router *router, int from,
                      const struct tgr_task *task) {
  enum tgr_match match = TGR_MATCH_NO;
  const int rule = tgr_rules_choose(&router->rules, from, task, &match);
  return rule == 0 ? TGR_ROUTER_FALLBACK
                   : rule * 2 + (match == TGR_MATCH_PERHAPS);
}

static int router_new(lua_State *L) {
  const struct tgr_script *script = tgr_script_of(L);
  luaL_checktype(L, 1, LUA_TFUNCTION);
  struct tgr_router *router = lua_newuserdatauv(L, sizeof *router, 1);
  tgr_rules_init(&router->rules, script->env.mem);
  luaL_setmetatable(L, ROUTER_META);
  lua_createtable(L, 4, 0);
  lua_pushvalue(L, 1);
  lua_rawseti(L, -2, TGR_ROUTER_FALLBACK);
  lua_setiuservalue(L, -2, 1);
  return 1;
}

static int router_gc(lua_State *L) {
  struct tgr_router *router = lua_touserdata(L, 1);
  tgr_rules_deinit(&router->rules);
  return 0;
}

typedef enum tgr_status (*add_text)(struct tgr_rules *, enum tgr_kind,
                                    const char *, size_t, bool);

static enum tgr_status add_command(struct tgr_rules *rules, enum tgr_kind kind,
                                   const char *name, size_t len, bool sure) {
  (void)sure;
  return tgr_rules_allow_command(rules, kind, name, len);
}

/* Adds the texts of the list in field `field` of the item on the top; false
 * when there is no such list. */
static bool add_texts(lua_State *L, struct tgr_rules *rules, enum tgr_kind kind,
                      bool sure, const char *field, add_text add) {
  if (lua_getfield(L, -1, field) != LUA_TTABLE) {
    lua_pop(L, 1);
    return false;
  }
  const lua_Integer count = (lua_Integer)lua_rawlen(L, -1);
  for (lua_Integer i = 1; i <= count; i++) {
    size_t len = 0;
    lua_rawgeti(L, -1, i);
    const char *text = luaL_checklstring(L, -1, &len);
    if (add(rules, kind, text, len, sure) != TGR_OK)
      tgr_place_raise(L, "not enough memory for a handler");
    lua_pop(L, 1);
  }
  lua_pop(L, 1);
  return true;
}

/* Adds what the item on the top says. */
static void add_item(lua_State *L, struct tgr_rules *rules) {
  size_t len = 0;
  lua_getfield(L, -1, "kind");
  const char *name = luaL_checklstring(L, -1, &len);
  const enum tgr_kind kind = tgr_kind_of(name, len);
  lua_getfield(L, -2, "sure");
  const bool sure = lua_toboolean(L, -1);
  lua_pop(L, 2);
  if (kind == TGR_KIND_UNKNOWN) /* a rule is always asked about these */
    return;
  const bool has_names =
      add_texts(L, rules, kind, sure, "names", tgr_rules_allow_member);
  if (!add_texts(L, rules, kind, sure, "commands", add_command) && !has_names)
    tgr_rules_allow(rules, kind, sure);
}

static int router_add(lua_State *L) {
  struct tgr_router *router = check(L, 1);
  luaL_checktype(L, 2, LUA_TTABLE);
  luaL_checktype(L, 3, LUA_TFUNCTION);
  luaL_checktype(L, 4, LUA_TFUNCTION);
  lua_settop(L, 4);
  const int rule = router->rules.count + 1;
  lua_getiuservalue(L, 1, 1);
  lua_insert(L, 3);
  lua_rawseti(L, 3, rule * 2 + 1);
  lua_rawseti(L, 3, rule * 2);
  if (tgr_rules_add(&router->rules) != TGR_OK)
    return tgr_place_raise(L, "not enough memory for a handler");
  const lua_Integer count = (lua_Integer)lua_rawlen(L, 2);
  for (lua_Integer i = 1; i <= count; i++) {
    lua_rawgeti(L, 2, i);
    luaL_checktype(L, -1, LUA_TTABLE);
    add_item(L, &router->rules);
    lua_pop(L, 1);
  }
  lua_pushinteger(L, rule);
  return 1;
}

static int router_count(lua_State *L) {
  lua_pushinteger(L, check(L, 1)->rules.count);
  return 1;
}

static int router_choose(lua_State *L) {
  const struct tgr_router *router = tgr_class_self(L, ROUTER_META);
  const lua_Integer from = luaL_checkinteger(L, 2);
  const struct tgr_task *task = tgr_update_at(L, 3);
  luaL_argcheck(L, from >= 0 && from <= router->rules.count, 2, "no such rule");
  luaL_argcheck(L, task != NULL, 3, "must be an update");
  lua_getiuservalue(L, 1, 1);
  lua_rawgeti(L, -1, tgr_router_choose(router, (int)from, task));
  return 1;
}

void tgr_router_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"router", router_new}, {NULL, NULL}};
  static const luaL_Reg methods[] = {{"add", router_add},
                                     {"count", router_count},
                                     {"choose", router_choose},
                                     {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, ROUTER_META, methods, router_gc);
}
