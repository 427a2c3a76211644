/* Look: methods of a raw update (update.h) that look into it, decoding only
 * what they give.
 *
 *   raw:has(name)   whether what the update is about has a member of that name
 *                   that is not null; nil when that cannot be told
 *   raw:glance()    its text, or false; whether an answer needs nothing but the
 *                   chat's id. Nothing when the text is better left to the
 *                   decoder. An echo needs no more: decoding costs 12 times as
 *                   much
 *   raw:command()   its text and the length of the command, with its slash,
 * that the text begins with by its entities; false for none; nil when that is
 * better left to the decoder. Decoding costs 6 times as much
 *
 * Owner: the thread of the state. */
#ifndef TGR_SCRIPT_LOOK_H
#define TGR_SCRIPT_LOOK_H

#include <lua.h>

int tgr_look_has(lua_State *L);
int tgr_look_glance(lua_State *L);
int tgr_look_command(lua_State *L);

#endif
