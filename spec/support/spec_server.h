/* A small HTTP server for specs, on plain sockets: what it reads and answers is
 * in the spec's hand. A thread for every connection. */
#ifndef SPEC_SERVER_H
#define SPEC_SERVER_H

#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { SPEC_SERVER_MAX = 1024 };

struct spec_server;
struct spec_tls;
struct spec_tls_session;

/* One connection, within `serve`. */
struct spec_peer {
  struct spec_server *server;
  int fd;
  int number;                       /* of the connection, from 0 */
  bool broken;                      /* to be closed without a goodbye of TLS */
  struct spec_tls_session *session; /* NULL: without TLS */
  char *bytes; /* what was read and not used up; NUL behind it */
  size_t len;
  char head[4096]; /* of the last request, NUL-terminated */
  char *body;      /* of the last request; NUL behind it; NULL for none */
  size_t body_len;
};

struct spec_server {
  uint16_t port;
  char url[64];         /* "http://127.0.0.1:PORT" */
  struct spec_tls *tls; /* NULL: without */
  void (*serve)(struct spec_peer *peer);
  void *user;
  atomic_int connections; /* accepted */
  atomic_int requests;    /* read in full */
  atomic_int ended;       /* connections whose `serve` has returned */
  int fd;
  pthread_t acceptor;
  pthread_t threads[SPEC_SERVER_MAX];
  atomic_int peers[SPEC_SERVER_MAX]; /* descriptors; -1 when closed */
};

/* Listens on a free port of 127.0.0.1 and calls `serve` for every connection,
 * on a thread of its own; the connection is closed when it returns. */
void spec_server_start(struct spec_server *server,
                       void (*serve)(struct spec_peer *peer), void *user);
/* The same behind TLS, if `tls` is not NULL: an https URL. */
void spec_server_start_tls(struct spec_server *server, struct spec_tls *tls,
                           void (*serve)(struct spec_peer *peer), void *user);
/* Breaks what is open, joins all threads. */
void spec_server_stop(struct spec_server *server);

/* Reads a request with its body (Content-Length or chunked). False when the
 * connection ended. */
bool spec_peer_read(struct spec_peer *peer);
/* Sends all of it; false when the connection is broken. */
bool spec_peer_send(struct spec_peer *peer, const char *bytes, size_t len);
bool spec_peer_say(struct spec_peer *peer, const char *text);
/* Sends an answer with a Content-Length. */
bool spec_peer_answer(struct spec_peer *peer, int status, const char *body);
/* Has the connection's end be a reset. */
void spec_peer_reset(struct spec_peer *peer);
/* Waits until the client has closed the connection. */
void spec_peer_wait_end(struct spec_peer *peer);

/* Answers every request with {"ok":true} for as long as the client asks. */
void spec_serve_ok(struct spec_peer *peer);

#endif
