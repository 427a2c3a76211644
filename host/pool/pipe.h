/* Pipe: tickets from one loop's thread to another's, in order, none lost.
 *
 *   push, send → ring → (drain, in batches) → take
 *        └→ unsent → (flush, once a turn) ↗
 *
 * A sender uses one of two ways. Who pushes looks for room itself and may ask
 * to be told when there is. What is sent never fails: what the ring has no room
 * for stays in line on the sender's side; nobody spins. The receiver is woken
 * once a batch, by a mail to its loop's inbox, and only when it sleeps; behind
 * a send that is when the sender's loop has done what else it had to do.
 *
 * Owner: each function says whose it is. */
#ifndef TGR_POOL_PIPE_H
#define TGR_POOL_PIPE_H

#include "loop/loop.h"
#include "loop/ring.h"
#include "pool/door.h"
#include "script/distribute.h"

enum { TGR_PIPE_CAPACITY = 128, TGR_PIPE_BATCH = 64 };

struct tgr_pipe {
  struct tgr_ring ring;
  /* The sender's. */
  struct tgr_loop *from;
  struct tgr_door *from_door; /* for the receiver; NULL: it is always there */
  struct tgr_list unsent;
  bool waits; /* for room */
  struct tgr_job flush;
  struct tgr_mail room;
  void (*on_room)(struct tgr_pipe *pipe); /* for who pushes */
  char pad[TGR_RING_LINE];
  /* The receiver's. */
  struct tgr_loop *to;
  struct tgr_door *to_door; /* for the sender; NULL: it is always there */
  struct tgr_job drain;
  struct tgr_mail arrived;
  void (*take)(struct tgr_pipe *pipe, struct tgr_ticket *ticket);
};

/* An empty pipe; nothing is taken before tgr_pipe_receive. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status
tgr_pipe_init(struct tgr_pipe *pipe, const struct tgr_mem *mem,
              struct tgr_loop *from, struct tgr_door *from_door,
              struct tgr_loop *to, struct tgr_door *to_door,
              void (*take)(struct tgr_pipe *, struct tgr_ticket *));

/* When the threads of both sides are one, or ended: moves what nobody has
 * taken, oldest first, behind `left`. */
void tgr_pipe_empty(struct tgr_pipe *pipe, struct tgr_list *left);

/* The sender's or the receiver's loop goes on without the pipe. */
void tgr_pipe_leave_sender(struct tgr_pipe *pipe);
void tgr_pipe_leave_receiver(struct tgr_pipe *pipe);

/* When no thread uses it; it is empty. */
void tgr_pipe_deinit(struct tgr_pipe *pipe, const struct tgr_mem *mem);

/* Sender. Never fails. */
void tgr_pipe_send(struct tgr_pipe *pipe, struct tgr_ticket *ticket);

/* Sender. At most TGR_PIPE_CAPACITY, into an empty ring; wakes the receiver. */
void tgr_pipe_push(struct tgr_pipe *pipe, struct tgr_ticket *const *tickets,
                   size_t count);

/* Sender. False: the ring is empty. True: `on_room` will be called when the
 * receiver has taken a batch. */
bool tgr_pipe_ask_room(struct tgr_pipe *pipe);

/* Sender. Whether nothing lies in the ring, as far as it can see. */
bool tgr_pipe_is_empty(const struct tgr_pipe *pipe);

/* Receiver. Takes from now on, as jobs of its loop. */
void tgr_pipe_receive(struct tgr_pipe *pipe);

/* Receiver. Takes what is in the ring, told of it or not: for a sender that is
 * stuck before it could tell. */
void tgr_pipe_take_now(struct tgr_pipe *pipe);

#endif
