/* Wire: one connection of ours: bytes out, bytes in, and who has it.
 *
 *   connected (dial.c) → busy → idle → busy → … → closed
 *
 * Busy, it has a request; idle, it is with its site (wires.h). Its descriptor
 * is polled from the first to the last, so a request costs no system call but
 * the bytes' own; what libuv reports is noted and acted on by a job.
 *
 * Owner: the thread of the loop.
 * Out:   `act`, from a job.
 * Not here: HTTP (frame.c), a request's way (lean.c). */
#ifndef TGR_NET_WIRE_H
#define TGR_NET_WIRE_H

#include "loop/loop.h"
#include "net/frame.h"

struct tgr_http;
struct tgr_http_handle;
struct tgr_http_request;
struct tgr_site;

struct tgr_wire {
  struct tgr_link link; /* among its site's idle ones */
  struct tgr_http *http;
  const struct tgr_mem *mem;
  struct tgr_site *site;
  struct tgr_http_handle *tls; /* curl's, which encrypts; NULL: a plain one */
  uv_poll_t poll;
  int fd;       /* -1: closed */
  int polled;   /* UV_ bits that libuv was told */
  int happened; /* UV_ bits to be acted on */
  struct tgr_job job;
  void (*act)(struct tgr_wire *wire, int events);
  struct tgr_http_request *request; /* NULL: idle, or closed */
  struct tgr_frame frame;           /* of the present answer */
  char tail[32];                    /* the head's last bytes */
  size_t tail_len;
  size_t total;      /* bytes of the request */
  size_t written;    /* of these */
  uint64_t received; /* bytes of its answer, the head's as well */
  uint64_t idle_us;  /* since when */
  uint64_t dry_turn; /* of the loop in which a read emptied it; 0: none has */
  int code;          /* errno of what broke it; 0: unknown */
  bool reused;       /* it has carried a request before the present one */
  bool deaf;         /* the server takes no more of the request */
  bool hung_up;      /* the server has closed its side */
};

enum tgr_wire_result {
  TGR_WIRE_DONE,
  TGR_WIRE_LATER, /* not now: it will be reported */
  TGR_WIRE_BROKEN /* why is in `code` */
};

/* A wire of the descriptor, which becomes its own, polled for bytes to read.
 * `tls` becomes its own as well, and closes the descriptor then. TGR_ENOMEM:
 * nothing has changed hands. */
TGR_MUST_CHECK enum tgr_status
tgr_wire_new(struct tgr_http *http, int fd, struct tgr_http_handle *tls,
             void (*act)(struct tgr_wire *wire, int events),
             struct tgr_wire **out);

/* Closes the connection at once; the memory goes a turn later. */
void tgr_wire_close(struct tgr_wire *wire);

/* Polls for bytes to read, and for room to write if it `writes`. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_wire_poll(struct tgr_wire *wire,
                                             bool writes);

/* Has `act` called with these UV_ bits. */
void tgr_wire_note(struct tgr_wire *wire, int events);

/* Writes up to `len` bytes; with TLS, after TGR_WIRE_LATER, the same ones from
 * the same address are to be offered again. */
enum tgr_wire_result tgr_wire_send(struct tgr_wire *wire, const char *bytes,
                                   size_t len, size_t *sent);

/* Reads up to `len` bytes; `*got` 0 is the end. A read that gives less than was
 * asked for has emptied a plain wire. With TLS that shows only by
 * TGR_WIRE_LATER: what OpenSSL still holds, or a next record, is another
 * read's.
 */
enum tgr_wire_result tgr_wire_recv(struct tgr_wire *wire, char *bytes,
                                   size_t len, size_t *got);

/* Whether an idle wire is as it should be: open, and nobody has said anything.
 * Asks the system. */
bool tgr_wire_is_quiet(struct tgr_wire *wire);

/* The same, without a system call where a read of the present turn has emptied
 * the wire and no long work was done since. */
bool tgr_wire_is_still_quiet(struct tgr_wire *wire);

#endif
