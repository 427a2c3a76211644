/* sequentialize as middleware. */
#include "script/gate.h"

#include "engine/sequence.h"
#include "script/class.h"
#include "script/keys.h"
#include "script/place.h"
#include "script/state.h"

#include <lauxlib.h>
#include <string.h>

#define GATE_META "tgrunner.Gate"
#define SEAT_META "tgrunner.Seat"

struct gate {
  struct tgr_sequence sequence;
};

struct gate_seat {
  struct tgr_seat seat;
  struct tgr_wait wait;
  struct gate *gate; /* its userdata is the seat's user value */
};

/* ---- leaving ------------------------------------------------------------ */

static void leave(struct gate_seat *it) {
  struct tgr_list turn;
  tgr_list_init(&turn);
  tgr_sequence_leave(&it->gate->sequence, &it->seat, &turn);
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&turn)) != NULL) {
    struct tgr_seat *seat = TGR_CONTAINER_OF(link, struct tgr_seat, link);
    tgr_wait_wake(&TGR_CONTAINER_OF(seat, struct gate_seat, seat)->wait);
  }
}

static void abort_wait(struct tgr_wait *wait) {
  leave(TGR_CONTAINER_OF(wait, struct gate_seat, wait));
}

/* __close and __gc; leaving twice is harmless. */
static int seat_leave(lua_State *L) {
  leave(luaL_checkudata(L, 1, SEAT_META));
  return 0;
}

/* ---- entering ----------------------------------------------------------- */

static int enter_k(lua_State *L, int status, lua_KContext ctx) {
  (void)L;
  (void)status;
  (void)ctx;
  return 1; /* the seat is on the top */
}

/* gate:enter(key, …) -> seat */
static int gate_enter(lua_State *L) {
  struct gate *gate = luaL_checkudata(L, 1, GATE_META);
  tgr_fiber_check_wait(L, "sequentialize");
  struct tgr_key keys[TGR_KEYS_MAX];
  const size_t count = tgr_keys_from_stack(L, 2, keys);
  struct gate_seat *it = lua_newuserdatauv(L, sizeof *it, 1);
  memset(it, 0, sizeof *it);
  tgr_seat_init(&it->seat);
  it->wait.abort = abort_wait;
  it->wait.at_rest = true;
  it->gate = gate;
  lua_pushvalue(L, 1);
  lua_setiuservalue(L, -2, 1);
  luaL_setmetatable(L, SEAT_META);
  bool is_turn = false;
  if (tgr_sequence_enter(&gate->sequence, &it->seat, keys, count, &is_turn) !=
      TGR_OK)
    return tgr_place_raise(L, "not enough memory to sequentialize an update");
  if (is_turn)
    return 1;
  return tgr_fiber_wait(L, &it->wait, 0, enter_k);
}

/* gate:constraint(fn, ctx) -> key, … */
static int gate_constraint(lua_State *L) {
  lua_settop(L, 3);
  return tgr_keys_ask(L, 2, 3);
}

/* gate:by(fn, ctx) -> what fn gives, who cannot wait: a call like this one is
 * none that can be left and come back to. */
static int gate_by(lua_State *L) {
  lua_settop(L, 3);
  lua_call(L, 1, 1);
  return 1;
}

static int gate_gc(lua_State *L) {
  struct gate *gate = lua_touserdata(L, 1);
  tgr_sequence_deinit(&gate->sequence);
  return 0;
}

static int gate_new(lua_State *L) {
  struct tgr_script *script = tgr_script_of(L);
  struct gate *gate = lua_newuserdatauv(L, sizeof *gate, 0);
  tgr_sequence_init(&gate->sequence, script->env.mem,
                    (uint64_t)(uintptr_t)gate);
  luaL_setmetatable(L, GATE_META);
  return 1;
}

void tgr_gate_open(lua_State *L, struct tgr_script *script) {
  static const luaL_Reg functions[] = {{"gate", gate_new}, {NULL, NULL}};
  static const luaL_Reg gate_methods[] = {{"enter", gate_enter},
                                          {"constraint", gate_constraint},
                                          {"by", gate_by},
                                          {NULL, NULL}};
  static const luaL_Reg seat_methods[] = {{"leave", seat_leave}, {NULL, NULL}};
  tgr_class_functions(L, script, functions);
  tgr_class_new(L, script, GATE_META, gate_methods, gate_gc);
  tgr_class_new(L, script, SEAT_META, seat_methods, seat_leave);
  luaL_getmetatable(L, SEAT_META);
  lua_pushcfunction(L, seat_leave);
  lua_setfield(L, -2, "__close");
  lua_pop(L, 1);
}
