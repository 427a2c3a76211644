/* Update: a raw update as scripts hold it.
 *
 * A userdata that holds a task, so its bytes live as long as any script value
 * refers to them. Methods: id(), kind(), chat_id(), user_id() (from the raw
 * bytes, nothing is decoded), those of look.h, decode() (a new table each
 * time), json(), attempt(), redelivered(). */
#ifndef TGR_SCRIPT_UPDATE_H
#define TGR_SCRIPT_UPDATE_H

#include "engine/task.h"

#include <lua.h>

struct tgr_script;

/* Adds raw() to the module and makes the metatable. */
void tgr_update_open(lua_State *L, struct tgr_script *script);

/* Pushes a userdata with a hold of its own on `task`. May raise Lua's memory
 * error. */
void tgr_update_push(lua_State *L, struct tgr_task *task);

/* The same for an update that another thread's keeper may run again meanwhile:
 * attempt() and redelivered() tell what is given here. */
void tgr_update_push_run(lua_State *L, struct tgr_task *task, uint32_t attempt,
                         bool redelivered);

/* For who pushes many: the metatable of these userdata; then a userdata with
 * the metatable at `meta` (a pseudo-index). */
void tgr_update_push_meta(lua_State *L);
void tgr_update_push_with(lua_State *L, struct tgr_task *task, int meta);

/* The task of the userdata at `index`; NULL when it is something else. */
struct tgr_task *tgr_update_at(lua_State *L, int index);

/* The task of the update whose method runs; raises when argument 1 is none. */
struct tgr_task *tgr_update_self(lua_State *L);

/* A task for any Lua value, which is popped from the top; its update_id is the
 * value's field of that name, if it has one. That of a userdata which raw() has
 * made is handed over as it is, the first time. NULL when out of memory. May
 * raise Lua's memory error. */
struct tgr_task *tgr_task_from_value(lua_State *L, struct tgr_script *script);

#endif
