/* Pipe: errands from one loop's thread to another's, in order, none lost.
 *
 *   send → unsent → (flush, once a turn) → ring → (drain, in batches) → take
 *
 * What the ring has no room for stays in line on the sender's side until the
 * receiver says that there is room; nobody spins. The receiver is woken once a
 * batch, by a mail to its loop's inbox, and only when it sleeps.
 *
 * Owner: each function says whose it is. */
#ifndef TGR_POOL_PIPE_H
#define TGR_POOL_PIPE_H

#include "loop/loop.h"
#include "loop/ring.h"
#include "pool/door.h"
#include "script/distribute.h"

enum { TGR_PIPE_CAPACITY = 512, TGR_PIPE_BATCH = 64 };

struct tgr_pipe {
  struct tgr_ring ring;
  /* The sender's. */
  struct tgr_loop *from;
  struct tgr_door *from_door; /* for the receiver; NULL: it is always there */
  struct tgr_list unsent;
  size_t unsent_count;
  bool waits; /* for room */
  struct tgr_job flush;
  struct tgr_mail room;
  char pad[TGR_RING_LINE];
  /* The receiver's. */
  struct tgr_loop *to;
  struct tgr_door *to_door; /* for the sender; NULL: it is always there */
  struct tgr_job drain;
  struct tgr_mail arrived;
  _Atomic uint64_t looked_us; /* when it last looked, on its loop's clock */
  void (*take)(struct tgr_pipe *pipe, struct tgr_errand *errand);
};

/* An empty pipe; nothing is taken before tgr_pipe_receive. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status
tgr_pipe_init(struct tgr_pipe *pipe, const struct tgr_mem *mem,
              struct tgr_loop *from, struct tgr_door *from_door,
              struct tgr_loop *to, struct tgr_door *to_door,
              void (*take)(struct tgr_pipe *, struct tgr_errand *));

/* When the threads of both sides are one, or ended: moves what nobody has
 * taken, oldest first, behind `left`. */
void tgr_pipe_empty(struct tgr_pipe *pipe, struct tgr_list *left);

/* The sender's or the receiver's loop goes on without the pipe. */
void tgr_pipe_leave_sender(struct tgr_pipe *pipe);
void tgr_pipe_leave_receiver(struct tgr_pipe *pipe);

/* When no thread uses it; it is empty. */
void tgr_pipe_deinit(struct tgr_pipe *pipe, const struct tgr_mem *mem);

/* Sender. Never fails. */
void tgr_pipe_send(struct tgr_pipe *pipe, struct tgr_errand *errand);

/* Sender. How many errands the receiver has not taken, about. */
size_t tgr_pipe_untaken(const struct tgr_pipe *pipe);

/* Sender. Whether the receiver is awake but has not looked for a while: it is
 * deep in something, or stuck. A guess. */
bool tgr_pipe_is_busy(const struct tgr_pipe *pipe);

/* Receiver. Takes from now on, as jobs of its loop. */
void tgr_pipe_receive(struct tgr_pipe *pipe);

#endif
