/* File: a file of the Bot API server, brought to disk, as a function for Lua:
 * client:download(file_path, path, size?), see client.h; fewer bytes than
 * `size` over HTTP are a failure. */
#ifndef TGR_SCRIPT_FILE_H
#define TGR_SCRIPT_FILE_H

#include <lua.h>

struct tgr_script;

void tgr_file_open(lua_State *L, struct tgr_script *script);

/* client:download. Cancelling its fiber removes what is there of the file. */
int tgr_file_download(lua_State *L);

#endif
