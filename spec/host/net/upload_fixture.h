/* What the specs of uploads share: a folder with a file to send, requests with
 * parts, a server that keeps what it gets. Included once a program. */
#ifndef UPLOAD_FIXTURE_H
#define UPLOAD_FIXTURE_H

#include "net/pull.h"

#include "net_spec.h"
#include "slow_disk.h"
#include "support/spec_folder.h"

#include <stdlib.h>

static struct spec_folder folder; /* its path is that of photo.png */

static inline void make_folder(void) {
  assert_true(spec_folder_make(&folder));
  snprintf(folder.path, sizeof folder.path, "%s/photo.png", folder.name);
}

static inline int set_up_folder(void **state) {
  (void)state;
  set_up_loop(NULL);
  make_folder();
  return 0;
}

static inline int tear_down_folder(void **state) {
  (void)state;
  tear_down_loop();
  spec_folder_remove(&folder);
  return 0;
}

static inline void write_file(const char *bytes, size_t len) {
  assert_true(spec_file_write(folder.path, bytes, len));
}

/* A file that a connection does not swallow at once. */
static inline void write_large_file(void) {
  enum { LEN = 32 << 20 };
  char *bytes = calloc(1, LEN);
  write_file(bytes, LEN);
  free(bytes);
}

static inline void upload_init(struct probe *probe,
                               const struct tgr_http_url *url,
                               const struct tgr_http_part *parts,
                               size_t count) {
  probe_init(probe, url);
  probe->request.lane = TGR_HTTP_FILE;
  probe->request.body = NULL;
  probe->request.parts = parts;
  probe->request.part_count = count;
}

static inline void start_upload(struct probe *probe,
                                const struct tgr_http_url *url,
                                const struct tgr_http_part *parts,
                                size_t count) {
  upload_init(probe, url, parts, count);
  tgr_http_start(http, &probe->request);
}

/* A pull that counts how often it was asked for bytes. */
struct maker {
  struct tgr_http_pull pull;
  int wanted;
};

static inline void on_want(struct tgr_http_pull *pull) {
  TGR_CONTAINER_OF(pull, struct maker, pull)->wanted++;
}

/* What serve_keep got; a test at a time. */
static char *got;
static size_t got_len;
static char got_head[4096];

static inline void serve_keep(struct spec_peer *peer) {
  while (spec_peer_read(peer)) {
    free(got);
    got = malloc(peer->body_len + 1);
    memcpy(got, peer->body, peer->body_len + 1);
    got_len = peer->body_len;
    strcpy(got_head, peer->head);
    spec_peer_answer(peer, 200, "{}");
  }
}

static inline void forget(void) {
  free(got);
  got = NULL;
}

/* Answers all but "/never", which it keeps open. */
static inline void serve_some(struct spec_peer *peer) {
  while (spec_peer_read(peer))
    if (strstr(peer->head, "/never") == NULL)
      spec_peer_answer(peer, 200, "{}");
}

/* Does not take all of it. */
static inline void serve_refusal(struct spec_peer *peer) {
  char buf[1000];
  (void)!read(peer->fd, buf, sizeof buf);
  spec_peer_say(peer, "HTTP/1.1 413 Too Large\r\nContent-Length: 2\r\n"
                      "Connection: close\r\n\r\n{}");
  spec_peer_wait_end(peer);
}

#endif
