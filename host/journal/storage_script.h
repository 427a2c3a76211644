/* Storage for scripts: host.sqlite_storage(path) -> Storage.
 *
 * Each method suspends its fiber:
 *   storage:read(key) -> text, or nil when there is none
 *   storage:write(key, text) -> true
 *   storage:delete(key) -> true, whether it was there or not
 * and gives false and one line when it failed. A write that has begun is
 * finished, whatever happens to its fiber; a cancel waits for it. */
#ifndef TGR_JOURNAL_STORAGE_SCRIPT_H
#define TGR_JOURNAL_STORAGE_SCRIPT_H

#include <lua.h>

struct tgr_script;

/* Adds to the module's table on L's top. */
void tgr_storage_script_open(lua_State *L, struct tgr_script *script);

#endif
