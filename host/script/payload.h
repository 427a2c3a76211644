/* Payload: the parameters of one API call, from a Lua table to what is sent.
 *
 * Without files it is one JSON object. With files (tables with the metatable
 * input_file_meta, anywhere in the parameters) it is a multipart form: each
 * parameter is a part, each file one more, and stands in the JSON as
 * "attach://fileN". A file with a function `next` is made while it is sent: see
 * `want`. */
#ifndef TGR_SCRIPT_PAYLOAD_H
#define TGR_SCRIPT_PAYLOAD_H

#include "base/buf.h"
#include "net/pull.h"

#include <lua.h>

#define TGR_INPUT_FILE_META "tgrunner.InputFile"

enum { TGR_PAYLOAD_FILES_MAX = 64 };

struct tgr_payload;

/* A file whose bytes a Lua function makes while they are sent. */
struct tgr_payload_feed {
  struct tgr_http_pull pull;
  struct tgr_payload *payload;
  int file_ref; /* the InputFile, in the anchors */
};

struct tgr_payload {
  const struct tgr_mem *mem;
  struct tgr_buf json;         /* the whole object */
  struct tgr_buf texts;        /* names and values of parts */
  struct tgr_http_part *parts; /* NULL without files */
  size_t part_count;
  struct tgr_http_part *files; /* room for TGR_PAYLOAD_FILES_MAX, or NULL */
  size_t file_count;
  struct tgr_payload_feed *feeds; /* NULL without iterators */
  size_t feed_count;
  struct tgr_payload_feed *due; /* whose next piece is wanted */
  bool fed;                     /* an iterator was used */
  bool no_paths;                /* files of the disk are refused */
  /* A piece is due; from within curl: only notes. */
  void (*want)(struct tgr_payload *payload);
  lua_State *L; /* during the encoding */
  int anchors;  /* stack index of a table that keeps the files' strings, or of
                   nil */
  int object_fields_ref; /* set of names whose empty tables are objects */
};

void tgr_payload_init(struct tgr_payload *payload, const struct tgr_mem *mem,
                      int object_fields_ref);
void tgr_payload_deinit(struct tgr_payload *payload);

/* Encodes the table (or nil) at `index`; strings of files are anchored in the
 * table at `anchors`, which must outlive the payload (nil there is replaced by
 * one when it is needed). TGR_EINVAL, TGR_ELIMIT or
 * TGR_ENOMEM with the place in `error`. May raise Lua's memory error. */
TGR_MUST_CHECK enum tgr_status tgr_payload_encode(struct tgr_payload *payload,
                                                  lua_State *L, int index,
                                                  int anchors,
                                                  struct tgr_error *error);

/* Pushes the iterator whose piece is due. */
void tgr_payload_push_iterator(struct tgr_payload *payload, lua_State *L,
                               int anchors);
/* Gives the piece that is due, borrowed until the next `want`; `len` 0: the
 * end. */
void tgr_payload_feed(struct tgr_payload *payload, const char *piece,
                      size_t len);

#endif
