/* Refusal: what an error of libuv's means to our callers. */
#ifndef TGR_LOOP_REFUSAL_H
#define TGR_LOOP_REFUSAL_H

#include "base/status.h"

#include <uv.h>

/* TGR_ELIMIT when there are no descriptors left, else TGR_ENOMEM. */
static inline enum tgr_status tgr_refusal_status(int uv_error) {
  return uv_error == UV_EMFILE || uv_error == UV_ENFILE ? TGR_ELIMIT
                                                        : TGR_ENOMEM;
}

#endif
