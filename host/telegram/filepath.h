/* Filepath: where the bytes are of a file that getFile named.
 *
 * Telegram's file_path is relative: its file is below "ROOT/file/bot<token>/"
 * ("…/test/" in the test environment). A Bot API server of one's own in local
 * mode gives an absolute path or a file:// URL: a file of this machine. */
#ifndef TGR_TELEGRAM_FILEPATH_H
#define TGR_TELEGRAM_FILEPATH_H

#include "telegram/call.h"

struct tgr_filepath {
  const struct tgr_mem *mem;
  char *local;              /* a path; NULL: `url` */
  struct tgr_http_url *url; /* never to be shown: it holds the token */
};

/* TGR_EINVAL for a file_path that is neither, TGR_ENOMEM: nothing to deinit. */
TGR_MUST_CHECK enum tgr_status tgr_filepath_init(struct tgr_filepath *filepath,
                                                 const struct tgr_api *api,
                                                 const char *file_path,
                                                 struct tgr_error *error);
void tgr_filepath_deinit(struct tgr_filepath *filepath);

#endif
