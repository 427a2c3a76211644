/* Keyer: a script's constraint function as the sink's keyer.
 *
 * The function is called on the main thread: it must return at once. Its
 * result stays referenced until the next call, so that the keys' strings
 * live. */
#ifndef TGR_SCRIPT_KEYER_H
#define TGR_SCRIPT_KEYER_H

#include "engine/keyer.h"
#include "script/keys.h"

#include <lua.h>

struct tgr_handler;

struct tgr_lua_keyer {
  struct tgr_keyer keyer;
  struct tgr_handler *handler; /* makes the ctx; gets errors */
  int constraint_ref;
  int result_ref; /* the keys' strings */
  size_t count;
  struct tgr_key found[TGR_KEYS_MAX];
};

void tgr_lua_keyer_init(struct tgr_lua_keyer *keyer,
                        struct tgr_handler *handler, int constraint_ref);
void tgr_lua_keyer_deinit(struct tgr_lua_keyer *keyer);

#endif
