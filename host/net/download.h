/* Download: a GET whose body goes to a file.
 *
 * The file appears under its name when it is complete, and not at all when the
 * answer is no 2xx or anything fails. A slow disk slows the server down; memory
 * stays flat. One that does not answer for the request's stall_ms ends it.
 *
 * Owner: the thread of the loop. */
#ifndef TGR_NET_DOWNLOAD_H
#define TGR_NET_DOWNLOAD_H

#include "net/http.h"

struct tgr_writer;

struct tgr_download {
  /* The caller may change headers, timeouts (a stall of 60 s) and max_response
   * (2 GiB) before the start. The results are in status, http_status and error;
   * of an answer that is no 2xx, `refusal` holds the first bytes. */
  struct tgr_http_request request;
  void (*done)(struct tgr_download *download);
  /* Optional: told as bytes arrive. May cancel. */
  void (*progress)(struct tgr_download *download, uint64_t received);
  struct tgr_buf refusal;
  /* The rest is net's. */
  struct tgr_http *http; /* set while it is started and not done */
  struct tgr_writer *writer;
  struct tgr_job job;
  struct tgr_timer disk; /* whether the disk still answers, each stall_ms */
  unsigned answers;      /* the writer's when it was looked at last */
  bool received;         /* the request is done */
};

void tgr_download_init(struct tgr_download *download,
                       void (*done)(struct tgr_download *download));
/* Frees the results; the download is not open. */
void tgr_download_deinit(struct tgr_download *download);

/* Starts; `url` is borrowed until done, `path` for the call. */
void tgr_download_start(struct tgr_http *http, struct tgr_download *download,
                        const struct tgr_http_url *url, const char *path);

/* `done` is not called; the temporary file goes. Harmless when not open. */
void tgr_download_cancel(struct tgr_download *download);

#endif
