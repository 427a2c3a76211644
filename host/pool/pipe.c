/* Tickets from one loop's thread to another's. */
#include "pool/pipe.h"

#include <assert.h>

static struct tgr_ticket *ticket_of(struct tgr_link *link) {
  return TGR_CONTAINER_OF(link, struct tgr_ticket, link);
}

/* Posts to a loop that may be gone. */
static void post(struct tgr_door *door, struct tgr_loop *loop,
                 struct tgr_mail *mail) {
  if (door == NULL) {
    tgr_inbox_post(&loop->inbox, mail);
  } else if (tgr_door_enter(door)) {
    tgr_inbox_post(&loop->inbox, mail);
    tgr_door_leave(door);
  }
}

/* ---- the sender --------------------------------------------------------- */

/* After a push, once a batch. */
static void wake(struct tgr_pipe *pipe) {
  if (tgr_ring_must_wake(&pipe->ring))
    post(pipe->to_door, pipe->to, &pipe->arrived);
}

/* Pushes one batch; false when there was nothing to push, or no room. */
static bool push_batch(struct tgr_pipe *pipe) {
  void *items[TGR_PIPE_BATCH];
  size_t room = tgr_ring_room(&pipe->ring, TGR_PIPE_BATCH);
  if (room > TGR_PIPE_BATCH)
    room = TGR_PIPE_BATCH;
  size_t count = 0;
  struct tgr_link *link = NULL;
  while (count < room && (link = tgr_list_take(&pipe->unsent)) != NULL)
    items[count++] = ticket_of(link);
  tgr_ring_push(&pipe->ring, items, count);
  return count > 0;
}

static void run_flush(struct tgr_job *job) {
  struct tgr_pipe *pipe = TGR_CONTAINER_OF(job, struct tgr_pipe, flush);
  while (push_batch(pipe))
    continue;
  wake(pipe);
  if (tgr_list_empty(&pipe->unsent))
    return;
  pipe->waits = tgr_ring_await_room(&pipe->ring, 1);
  if (!pipe->waits)
    tgr_ready_put(&pipe->from->ready, job);
}

static void open_room(struct tgr_mail *mail) {
  struct tgr_pipe *pipe = TGR_CONTAINER_OF(mail, struct tgr_pipe, room);
  pipe->waits = false;
  if (pipe->on_room != NULL)
    pipe->on_room(pipe);
  else
    tgr_ready_put(&pipe->from->ready, &pipe->flush);
}

void tgr_pipe_send(struct tgr_pipe *pipe, struct tgr_ticket *ticket) {
  void *item = ticket;
  if (!tgr_list_empty(&pipe->unsent) ||
      tgr_ring_push(&pipe->ring, &item, 1) == 0)
    tgr_list_append(&pipe->unsent, &ticket->link);
  if (!pipe->waits)
    tgr_ready_put(&pipe->from->ready, &pipe->flush);
}

void tgr_pipe_push(struct tgr_pipe *pipe, struct tgr_ticket *const *tickets,
                   size_t count) {
  void *items[TGR_PIPE_CAPACITY];
  assert(count <= TGR_PIPE_CAPACITY);
  for (size_t i = 0; i < count; i++)
    items[i] = tickets[i];
  const size_t pushed = tgr_ring_push(&pipe->ring, items, count);
  assert(pushed == count && "the ring was not empty");
  (void)pushed;
  wake(pipe);
}

bool tgr_pipe_ask_room(struct tgr_pipe *pipe) {
  if (!pipe->waits) /* its mail must not be posted twice */
    pipe->waits = tgr_ring_await_room(&pipe->ring, TGR_PIPE_CAPACITY);
  return pipe->waits;
}

bool tgr_pipe_is_empty(const struct tgr_pipe *pipe) {
  return tgr_ring_count(&pipe->ring) == 0;
}

/* ---- the receiver ------------------------------------------------------- */

/* Takes one batch; returns how many. */
static size_t take_batch(struct tgr_pipe *pipe) {
  void *items[TGR_PIPE_BATCH];
  const size_t count = tgr_ring_pop(&pipe->ring, items, TGR_PIPE_BATCH);
  if (tgr_ring_must_tell_room(&pipe->ring))
    post(pipe->from_door, pipe->from, &pipe->room);
  for (size_t i = 0; i < count; i++)
    pipe->take(pipe, items[i]);
  return count;
}

/* The bells stay as they are: a mail may be on its way. */
void tgr_pipe_take_now(struct tgr_pipe *pipe) {
  while (take_batch(pipe) > 0)
    continue;
}

static void run_drain(struct tgr_job *job) {
  struct tgr_pipe *pipe = TGR_CONTAINER_OF(job, struct tgr_pipe, drain);
  const size_t count = take_batch(pipe);
  if (count == TGR_PIPE_BATCH || !tgr_ring_sleep(&pipe->ring))
    tgr_ready_put(&pipe->to->ready, job);
}

static void open_arrived(struct tgr_mail *mail) {
  struct tgr_pipe *pipe = TGR_CONTAINER_OF(mail, struct tgr_pipe, arrived);
  tgr_ready_put(&pipe->to->ready, &pipe->drain);
}

void tgr_pipe_receive(struct tgr_pipe *pipe) {
  tgr_ready_put(&pipe->to->ready, &pipe->drain);
}

/* ---- birth and death ---------------------------------------------------- */

enum tgr_status tgr_pipe_init(struct tgr_pipe *pipe, const struct tgr_mem *mem,
                              struct tgr_loop *from, struct tgr_door *from_door,
                              struct tgr_loop *to, struct tgr_door *to_door,
                              void (*take)(struct tgr_pipe *,
                                           struct tgr_ticket *)) {
  *pipe = (struct tgr_pipe){.from = from,
                            .from_door = from_door,
                            .to = to,
                            .to_door = to_door,
                            .take = take};
  tgr_list_init(&pipe->unsent);
  tgr_job_init(&pipe->flush, run_flush);
  tgr_job_init(&pipe->drain, run_drain);
  pipe->room.open = open_room;
  pipe->arrived.open = open_arrived;
  return tgr_ring_init(&pipe->ring, mem, TGR_PIPE_CAPACITY);
}

void tgr_pipe_empty(struct tgr_pipe *pipe, struct tgr_list *left) {
  void *item = NULL;
  while (tgr_ring_pop(&pipe->ring, &item, 1) == 1) {
    struct tgr_ticket *ticket = item;
    tgr_list_append(left, &ticket->link);
  }
  tgr_list_append_all(left, &pipe->unsent);
}

void tgr_pipe_leave_sender(struct tgr_pipe *pipe) {
  tgr_ready_drop(&pipe->flush);
}

void tgr_pipe_leave_receiver(struct tgr_pipe *pipe) {
  tgr_ready_drop(&pipe->drain);
}

void tgr_pipe_deinit(struct tgr_pipe *pipe, const struct tgr_mem *mem) {
  tgr_ring_deinit(&pipe->ring, mem);
}
