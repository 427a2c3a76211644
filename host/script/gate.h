/* Gate: sequentialize as middleware; a sequence whose seats are fibers.
 *
 * host.gate() returns a Gate. gate:enter(key, …) suspends the fiber until every
 * earlier seat that shares a key has left, and returns a Seat for a <close>
 * variable: however the block ends (return, error, cancel), the seat leaves and
 * its successors go on. A fiber that is cancelled while it waits leaves the
 * middle of its lanes. Keys are integers or strings; nil is no key.
 * gate:constraint(fn, ctx) calls fn where it cannot wait and returns its keys;
 * gate:by(fn, ctx) does so and returns what fn gives, whatever it is. */
#ifndef TGR_SCRIPT_GATE_H
#define TGR_SCRIPT_GATE_H

#include <lua.h>

struct tgr_script;

void tgr_gate_open(lua_State *L, struct tgr_script *script);

#endif
