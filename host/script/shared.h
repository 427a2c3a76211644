/* Shared: loop/shared.h for scripts: host.shared_get(key), host.shared_set(key,
 * value, expires_ms?), host.shared_incr(key, by?, expires_ms?). Absent in a
 * state without a table. */
#ifndef TGR_SCRIPT_SHARED_H
#define TGR_SCRIPT_SHARED_H

#include <lua.h>

struct tgr_script;

void tgr_shared_open(lua_State *L, struct tgr_script *script);

#endif
