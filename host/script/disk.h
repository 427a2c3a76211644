/* Disk: small files for the host's own Lua files, off the loop's thread.
 *
 * Each suspends its fiber:
 *   host.disk_read(path) -> its content; nil when there is no such file
 *   host.disk_replace(path, bytes) -> true
 *   host.disk_remove(path) -> true, whether it was there or not
 * and gives false and one line when it failed. A replacement that has begun is
 * finished, whatever happens to its fiber; a cancel waits for it. */
#ifndef TGR_SCRIPT_DISK_H
#define TGR_SCRIPT_DISK_H

#include <lua.h>

struct tgr_script;

void tgr_disk_open(lua_State *L, struct tgr_script *script);

#endif
