/* Payload: the parameters of one API call, from a Lua table to what is sent.
 *
 * Without files it is one JSON object. With files (tables with the metatable
 * input_file_meta, anywhere in the parameters) it is a multipart form: each
 * parameter is a part, each file one more, and stands in the JSON as
 * "attach://fileN". */
#ifndef TGR_SCRIPT_PAYLOAD_H
#define TGR_SCRIPT_PAYLOAD_H

#include "base/buf.h"
#include "net/http.h"

#include <lua.h>

#define TGR_INPUT_FILE_META "tgrunner.InputFile"

enum { TGR_PAYLOAD_FILES_MAX = 64 };

struct tgr_payload {
  const struct tgr_mem *mem;
  struct tgr_buf json;         /* the whole object */
  struct tgr_buf texts;        /* names and values of parts */
  struct tgr_http_part *parts; /* NULL without files */
  size_t part_count;
  struct tgr_http_part files[TGR_PAYLOAD_FILES_MAX];
  size_t file_count;
  lua_State *L; /* during the encoding */
  int anchors;  /* stack index of a table that keeps the files' strings */
  int object_fields_ref; /* set of names whose empty tables are objects */
};

void tgr_payload_init(struct tgr_payload *payload, const struct tgr_mem *mem,
                      int object_fields_ref);
void tgr_payload_deinit(struct tgr_payload *payload);

/* Encodes the table (or nil) at `index`; strings of files are anchored in the
 * table at `anchors`, which must outlive the payload. TGR_EINVAL, TGR_ELIMIT or
 * TGR_ENOMEM with the place in `error`. May raise Lua's memory error. */
TGR_MUST_CHECK enum tgr_status tgr_payload_encode(struct tgr_payload *payload,
                                                  lua_State *L, int index,
                                                  int anchors,
                                                  struct tgr_error *error);

#endif
