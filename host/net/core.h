/* Core: what the files of net share about an http object, and its parts' making
 * and freeing; http.c gives it behaviour. */
#ifndef TGR_NET_CORE_H
#define TGR_NET_CORE_H

#include "net/http.h"
#include "net/multi.h"
#include "net/width.h"
#include "net/wires.h"

/* A curl easy handle. Those of CALL and POLL are set up once and never reset:
 * a request changes its URL and body only. Those of dial.c only connect. */
struct tgr_http_handle {
  struct tgr_link link; /* among the lane's idle ones, or those of dial.c */
  CURL *easy;
  bool dials;                       /* of dial.c */
  bool by_folder;                   /* trusts a folder alone, see trust.h */
  struct tgr_http_request *request; /* NULL while idle */
  uint64_t connect_timeout_ms;      /* what curl was told last */
  struct curl_slist *headers;       /* of the present request; FILE only */
  char reason[CURL_ERROR_SIZE];     /* curl's words on an error */
  bool begun;     /* the request has gone out, or is about to */
  bool repeats;   /* curl was about to send it again, and was refused */
  bool has_head;  /* the answer's head is complete; FILE and FETCH only */
  long redirects; /* followed when it went out last */
};

/* One lane's handles and requests. */
struct tgr_http_places {
  struct tgr_width width; /* the limit of `open` */
  unsigned open;          /* requests with a place */
  unsigned waiting;       /* requests without */
  unsigned handles;       /* created, and connections of ours */
  uint64_t started;
  uint64_t took_us;          /* the request that ended last */
  struct tgr_list idle;      /* struct tgr_http_handle, the last used last */
  struct tgr_list queue;     /* struct tgr_http_request, waiting */
  struct tgr_list returning; /* struct tgr_http_request, waiting again */
  struct tgr_list present;   /* struct tgr_http_request, all others */
};

struct tgr_http {
  const struct tgr_mem *mem;
  struct tgr_loop *loop;
  struct tgr_multi multi;
  CURLSH *share; /* TLS sessions: one handshake serves all handles */
  struct curl_slist *json_headers;
  char *proxy; /* NULL: what the environment says */
  char *ca_file;
  char *ca_path;
  bool is_unknown; /* a server was, in the folder of certificates */
  enum tgr_http_ip ip;
  struct tgr_http_places places[TGR_HTTP_LANES];
  struct tgr_ready calm;  /* jobs for when it is calm (calm.h) */
  unsigned held;          /* tgr_http_hold: nothing that waits is begun */
  bool lean;              /* calls may go over connections of ours (lean.c) */
  struct tgr_wires wires; /* these */
  struct tgr_list dials;  /* struct tgr_http_handle, idle, which only connect */
  char *scratch;          /* TGR_LEAN_PIECE bytes on their way */
  /* A request on a connection of ours has its results. From a job. */
  void (*ended)(struct tgr_http_request *request);
};

/* An object without requests; `ended`, multi.ended and .starved are still to be
 * set. */
TGR_MUST_CHECK enum tgr_status
tgr_http_core_new(const struct tgr_mem *mem, struct tgr_loop *loop,
                  const struct tgr_http_options *options,
                  struct tgr_http **out);
void tgr_http_core_free(struct tgr_http *http);

/* Forgets the results of an earlier start. */
void tgr_http_core_clear(struct tgr_http *http,
                         struct tgr_http_request *request);

#endif
