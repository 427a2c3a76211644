/* Upload: takes in a request's body piece by piece and makes parameters and
 * files of it: JSON, form, or multipart/form-data. Files of a multipart body
 * are streamed into the store and never held whole.
 *
 * Owner: the simulator's thread. One of the two homes of microhttpd.h. */
#ifndef TGR_SIM_UPLOAD_H
#define TGR_SIM_UPLOAD_H

#include "sim/call.h"

#include <microhttpd.h>

enum tgr_sim_body_kind {
  TGR_SIM_BODY_JSON, /* also for types nobody knows */
  TGR_SIM_BODY_FORM,
  TGR_SIM_BODY_MULTIPART
};

struct tgr_sim_upload {
  struct tgr_sim_call *call;
  struct MHD_Connection *connection;
  enum tgr_sim_body_kind kind;
  struct tgr_buf bytes;               /* a JSON or form body; a text field */
  struct MHD_PostProcessor *splitter; /* of a multipart body */
  char field[64];                     /* the text field that is coming in */
  uint64_t file_id;                   /* the file that is coming in, or 0 */
  bool broken;                        /* no memory */
};

/* `content_type` may be NULL. */
void tgr_sim_upload_init(struct tgr_sim_upload *upload,
                         struct tgr_sim_call *call,
                         struct MHD_Connection *connection,
                         const char *content_type);
void tgr_sim_upload_deinit(struct tgr_sim_upload *upload);

void tgr_sim_upload_take(struct tgr_sim_upload *upload, const char *bytes,
                         size_t len);
/* The body has ended: call->params and call->files are complete, or
 * call->bad_body or call->too_large say why not. False without memory. With
 * `keep_bytes` a JSON body is only left in `bytes`. */
bool tgr_sim_upload_end(struct tgr_sim_upload *upload, bool keep_bytes);

#endif
