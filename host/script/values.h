/* Values: JSON for scripts, on host/json. Adds encode, decode, try_encode,
 * try_decode, null, array_meta and object_meta to the module. */
#ifndef TGR_SCRIPT_VALUES_H
#define TGR_SCRIPT_VALUES_H

#include "json/encode.h"

#include <lua.h>

struct tgr_script;

/* How scripts' values are encoded where nothing else is asked for: within their
 * CPU budget. */
extern const struct tgr_json_encode_options tgr_values_encoding;

/* Largest JSON text a script or an API call may make: 64 MiB. */
enum { TGR_VALUES_JSON_MAX = 64 << 20 };

void tgr_values_open(lua_State *L, struct tgr_script *script);

#endif
