/* What tgr_build_info says. TGR_BOT_API comes from lua/tgrunner/methods.lua
 * (cmake/embed.cmake). */
#include "net/version.h"
#include "include/tgrunner.h"
#include "journal/sqlite.h"
#include "script/state.h"

#include <stdio.h>

const char *tgr_build_info(void) {
  static _Thread_local char text[512];
  snprintf(text, sizeof text, "tgrunner %s\nBot API %s\n%s\n%s\nSQLite %s",
           tgr_version(), TGR_BOT_API, tgr_script_lua_version(),
           tgr_http_version(), tgr_sqlite_version());
  return text;
}
