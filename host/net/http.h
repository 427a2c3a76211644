/* Http: requests over one curl multi handle per loop.
 *
 * The caller embeds a struct tgr_http_request, fills it in and starts it; the
 * result comes by `done`, from the loop's ready list and never from within
 * start or cancel. What a request points to (URL, body, parts, headers) is
 * borrowed until then.
 *
 * Lanes keep apart what must not wait for each other: CALL for API calls, POLL
 * for long polls, FILE for uploads and downloads, FETCH for what scripts ask of
 * other servers and files they read themselves; the last two take everything
 * out of the ordinary. Each has
 * handles of its own, created as they are needed up to a limit; what exceeds it
 * waits in order. Polls have no limit: a bot has one at a time, and one that
 * waited would hear nothing. A request whose pull has to wait for its next
 * piece does not count meanwhile, so that the piece may come by the same lane.
 *
 * Owner: the thread of the loop.
 * In:    tgr_http_start, _cancel, _pause, _resume.
 * Out:   on_body, done.
 * Not here: the Bot API (telegram/call.c), downloads to files (download.c). */
#ifndef TGR_NET_HTTP_H
#define TGR_NET_HTTP_H

#include "base/buf.h"
#include "loop/loop.h"
#include "net/url.h"

enum tgr_http_lane {
  TGR_HTTP_CALL,  /* POST of JSON, small answers */
  TGR_HTTP_POLL,  /* the same, answered late */
  TGR_HTTP_FILE,  /* parts, streams, other methods and headers */
  TGR_HTTP_FETCH, /* as FILE: what scripts read, at their own pace */
  TGR_HTTP_LANES
};

enum tgr_http_ip { TGR_HTTP_IP_ANY, TGR_HTTP_IP_4, TGR_HTTP_IP_6 };

struct tgr_http_options {
  unsigned max_open[TGR_HTTP_LANES]; /* at once; 500, 0, 16, 500; 0: no limit */
  const char *proxy;   /* URL; NULL: the environment's; "": none at all */
  const char *ca_file; /* NULL: the environment's SSL_CERT_FILE, the system's */
  const char *ca_path; /* NULL: the system's, beside a file that is small */
  enum tgr_http_ip ip; /* which addresses of a host are used */
  bool only_curl;      /* no connections of ours (lean.h); for specs */
};

struct tgr_http;

struct tgr_http_pull;

/* A piece of a multipart/form-data body. */
struct tgr_http_part {
  const char *name;
  const char *filename;       /* NULL: a plain field */
  const char *content_type;   /* NULL: none, or by the file name's ending */
  const char *path;           /* read from this file while it is sent */
  struct tgr_http_pull *pull; /* asked for bytes while it is sent (pull.h) */
  /* Without path and pull: */
  const char *bytes;
  size_t len;
};

struct tgr_http_upload;
struct tgr_http_handle;
struct tgr_wire;

enum { TGR_HTTP_ERROR_MAX = TGR_ERROR_TEXT_MAX };

/* One request. tgr_http_request_init first; then set what differs. */
struct tgr_http_request {
  const struct tgr_http_url *url;
  enum tgr_http_lane lane; /* TGR_HTTP_CALL */
  const char *body;        /* JSON unless a header says otherwise */
  size_t body_len;
  uint64_t timeout_ms; /* for all of it, waiting for a place aside; 0: none */
  uint64_t connect_timeout_ms; /* part of it; 10 s */
  uint64_t stall_ms; /* ends it when no byte has moved for so long, or a part's
                        file could not be opened or read (TGR_EIO); 0: none */
  size_t max_response; /* bytes; more is TGR_ELIMIT; 64 MiB */
  /* What comes from here on to `done` is for FILE and FETCH only. */
  const struct tgr_http_part *parts; /* instead of `body` */
  size_t part_count;
  const char *method;         /* NULL: POST with a body or parts, else GET */
  const char *const *headers; /* "Name: value" */
  size_t header_count;
  unsigned max_redirects;
  bool keep_head;    /* `head` gets the answer's header lines */
  uint64_t expected; /* bytes of a 2xx answer's body, where they are known:
                        fewer are TGR_ENET; 0: not known */
  /* Streams the body instead of collecting it in `response`. May pause, resume
   * and cancel. http_status is set by then. */
  void (*on_body)(struct tgr_http_request *request, const char *bytes,
                  size_t len);
  /* Called once, when the results below are there. The request is the caller's
   * again: it may be started anew or freed. */
  void (*done)(struct tgr_http_request *request);

  /* The results. */
  enum tgr_status status; /* TGR_OK: an answer came, whatever http_status is */
  int http_status;        /* 0: none came */
  struct tgr_buf response;
  struct tgr_buf head;
  char error[TGR_HTTP_ERROR_MAX]; /* one line, without URLs and tokens; "" */
  bool sent;        /* bytes of the request may have reached the server */
  bool reused;      /* a kept connection was used */
  uint64_t wait_us; /* for a place in its lane */
  uint64_t took_us; /* from then on */

  /* The rest is net's. */
  struct tgr_http *http;          /* set while it is started and not done */
  struct tgr_link link;           /* among its lane's waiting or open */
  struct tgr_job job;             /* delivers */
  struct tgr_timer timer;         /* timeout_ms */
  struct tgr_timer stall;         /* stall_ms */
  struct tgr_http_handle *handle; /* while curl has it */
  struct tgr_wire *wire;          /* while a connection of ours has it */
  struct tgr_http_upload *upload; /* of its parts */
  enum tgr_status failure;        /* why it is to end, or has to */
  uint8_t phase;                  /* enum in http.c */
  bool held;                      /* tgr_http_pause */
  bool awaits_pull;               /* curl has asked a pull for a piece */
  uint8_t paused; /* CURLPAUSE_ bits that curl was told or has */
  uint64_t start_us;
  uint64_t moved;    /* bytes at the last look of `stall` */
  uint64_t received; /* body bytes */
  bool *gone;        /* told when it is cancelled within on_body */
};

void tgr_http_options_init(struct tgr_http_options *options);

/* `options` NULL for the defaults; its strings are copied. */
TGR_MUST_CHECK enum tgr_status
tgr_http_new(const struct tgr_mem *mem, struct tgr_loop *loop,
             const struct tgr_http_options *options, struct tgr_http **out);

/* Cancels what is open and closes all connections, without waiting for a name
 * that is being resolved. Before the loop's deinit. NULL is fine. */
void tgr_http_free(struct tgr_http *http);

/* Everything at its default. */
void tgr_http_request_init(struct tgr_http_request *request);
/* Frees the results. The request is not started, or done, or cancelled. */
void tgr_http_request_deinit(struct tgr_http_request *request);

/* Starts a request that is not under way. The results of an earlier start are
 * lost. Whatever goes wrong comes by `done`. */
void tgr_http_start(struct tgr_http *http, struct tgr_http_request *request);

/* Ends the request: `done` is not called and nothing of it is touched any more;
 * its connection is closed, so that the server notices. `sent` is set. Harmless
 * when it is not under way. */
void tgr_http_cancel(struct tgr_http_request *request);

/* Until tgr_http_go_on nothing that waits for a place is begun: for who cancels
 * many, of which the later ones wait behind the earlier ones. */
void tgr_http_hold(struct tgr_http *http);
void tgr_http_go_on(struct tgr_http *http);

static inline bool tgr_http_is_open(const struct tgr_http_request *request) {
  return request->http != NULL;
}

/* No on_body and no done until resume; the server is slowed down. */
void tgr_http_pause(struct tgr_http_request *request);
void tgr_http_resume(struct tgr_http_request *request);

enum { TGR_HTTP_FEW = 16 };

/* Whether no call waits for a place and TGR_HTTP_FEW are open at most. */
bool tgr_http_is_calm(const struct tgr_http *http);

/* Puts the job on the loop's ready list when that is so: at once, or once it
 * is. tgr_ready_drop takes it back. */
void tgr_http_put_calm(struct tgr_http *http, struct tgr_job *job);

/* What a lane does now, for stats. */
struct tgr_http_load {
  unsigned open;
  unsigned waiting;
  unsigned handles; /* curl's, and connections of ours; created so far */
  uint64_t started; /* requests so far, those that wait aside */
  uint64_t took_us; /* the one that ended last, since it had a place */
};
struct tgr_http_load tgr_http_load(const struct tgr_http *http,
                                   enum tgr_http_lane lane);

#endif
