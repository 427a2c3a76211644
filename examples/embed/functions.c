/* C functions for scripts, and the script's functions for C. With values alone
 * (tgr_host_register) no Lua header is needed; for objects with methods,
 * open_libs opens a library in every state, with Lua's own API. */
#include <tgrunner.h>

#include <lauxlib.h>
#include <lua.h>

#include <stdio.h>
#include <string.h>

/* ---- a function of values: roll(sides) -> integer ----------------------- */

static enum tgr_status roll(void *user, const struct tgr_value *args,
                            size_t count, struct tgr_value *result) {
  unsigned *state = user;
  static const char usage[] = "roll takes a number of sides";
  if (count != 1 || args[0].type != TGR_INTEGER || args[0].integer < 1) {
    *result = (struct tgr_value){
        .type = TGR_STRING, .text = usage, .len = strlen(usage)};
    return TGR_EINVAL;
  }
  *state = *state * 1103515245u + 12345u;
  *result = (struct tgr_value){.type = TGR_INTEGER,
                               .integer = 1 + (*state >> 16) % args[0].integer};
  return TGR_OK;
}

/* ---- userdata: counter() -> object with :add(n) and :get() -------------- */

#define COUNTER "example.counter"

static int counter_add(lua_State *L) {
  lua_Integer *value = luaL_checkudata(L, 1, COUNTER);
  *value += luaL_checkinteger(L, 2);
  lua_settop(L, 1);
  return 1;
}

static int counter_get(lua_State *L) {
  const lua_Integer *value = luaL_checkudata(L, 1, COUNTER);
  lua_pushinteger(L, *value);
  return 1;
}

static int counter_new(lua_State *L) {
  lua_Integer *value = lua_newuserdatauv(L, sizeof *value, 0);
  *value = 0;
  luaL_setmetatable(L, COUNTER);
  return 1;
}

/* In every state, workers' too. */
static void open_libs(lua_State *L, void *user) {
  static const luaL_Reg methods[] = {
      {"add", counter_add}, {"get", counter_get}, {NULL, NULL}};
  (void)user;
  luaL_newmetatable(L, COUNTER);
  luaL_newlib(L, methods);
  lua_setfield(L, -2, "__index");
  lua_pop(L, 1);
  lua_register(L, "counter", counter_new);
}

/* ---- the script --------------------------------------------------------- */

static const char script[] =
    "local tg = require 'tgrunner'\n"
    "local total = counter()\n"
    "game = { roll = roll }\n"
    "function game.turn(player, dice)\n"
    "  for _ = 1, dice do total:add(game.roll(6)) tg.sleep(1) end\n"
    "  return player.name .. ' has rolled', { total:get(), dice }\n"
    "end\n";

static bool over;

static void on_turn(void *user, enum tgr_status status,
                    const struct tgr_value *values, size_t count) {
  (void)user;
  over = true;
  if (status != TGR_OK)
    fprintf(stderr, "%s\n", tgr_strerror(status));
  for (size_t i = 0; i < count; i++)
    printf("%.*s\n", (int)values[i].len, values[i].text);
}

static bool take_turn(struct tgr_host *host) {
  static const char player[] = "{\"name\":\"Ann\"}";
  const struct tgr_value args[] = {
      {.type = TGR_JSON, .text = player, .len = strlen(player)},
      {.type = TGR_INTEGER, .integer = 3}};
  if (tgr_host_call(host, "game.turn", args, 2, on_turn, NULL) != TGR_OK)
    return false;
  while (!over)
    tgr_host_step(host, 1000);
  return true;
}

int main(void) {
  unsigned seed = 1;
  struct tgr_options options;
  tgr_options_init(&options);
  options.open_libs = open_libs;
  options.stays = true; /* it is there to be called */
  struct tgr_host *host = NULL;
  const bool ok = tgr_host_new(&options, &host) == TGR_OK &&
                  tgr_host_register(host, "roll", roll, &seed) == TGR_OK &&
                  tgr_host_load_string(host, "game.lua", script, strlen(script),
                                       0, NULL) == TGR_OK &&
                  take_turn(host);
  if (!ok)
    fprintf(stderr, "%s\n", host != NULL ? tgr_host_errmsg(host) : "no host");
  tgr_host_free(host);
  return ok ? 0 : 1;
}
