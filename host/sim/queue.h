/* Queue: one bot's updates, from their arrival until an offset confirms them.
 *
 * Holds single updates as the bytes that will be served, and loads: runs of
 * synthetic text messages that cost memory only while they are written out.
 *
 * Owner: the simulator's thread.
 * In:    tgr_sim_queue_put, tgr_sim_queue_put_load.
 * Out:   tgr_sim_queue_write, tgr_sim_queue_confirm.
 * Not here: which kinds a bot wants (bot.c), waiting for updates (poll.c). */
#ifndef TGR_SIM_QUEUE_H
#define TGR_SIM_QUEUE_H

#include "base/buf.h"
#include "base/list.h"

#include <stdatomic.h>
#include <stdint.h>

struct tgr_sim_queue {
  const struct tgr_mem *mem;
  struct tgr_list items;
  uint64_t count;
  int64_t next_id; /* what the next update without an id gets */
  int64_t last_id; /* of the newest update ever put in; 0 before the first */
  atomic_size_t *unconfirmed; /* a sum over all queues, for other threads */
};

/* A run of `count` text messages: update ids from first_id on, message i in
 * the chat chat_base + i % chats. `text` is the inside of a JSON string. */
struct tgr_sim_load {
  int64_t first_id;
  uint64_t count;
  uint64_t chats;
  int64_t chat_base;
  const char *text;
  size_t text_len;
};

void tgr_sim_queue_init(struct tgr_sim_queue *queue, const struct tgr_mem *mem,
                        atomic_size_t *unconfirmed);
void tgr_sim_queue_deinit(struct tgr_sim_queue *queue);

/* Copies an update's bytes to the end; they are served as they are. TGR_EINVAL
 * when there is no id behind the update's, here and below. */
TGR_MUST_CHECK enum tgr_status tgr_sim_queue_put(struct tgr_sim_queue *queue,
                                                 int64_t id, const char *bytes,
                                                 size_t len);
/* TGR_EINVAL also when the chats' numbers would not fit. */
TGR_MUST_CHECK enum tgr_status
tgr_sim_queue_put_load(struct tgr_sim_queue *queue,
                       const struct tgr_sim_load *load);

/* Forgets everything below `offset`, as getUpdates with offset > 0. An offset
 * more than ten above the newest id is refused, as by the real server: false,
 * and nothing is forgotten. So ids can start lower again. */
bool tgr_sim_queue_confirm(struct tgr_sim_queue *queue, int64_t offset);

/* Forgets all but the last `count`, as getUpdates with a negative offset. */
void tgr_sim_queue_keep(struct tgr_sim_queue *queue, uint64_t count);
void tgr_sim_queue_clear(struct tgr_sim_queue *queue);

/* Appends the first `limit` updates to `out`, with commas between them. */
TGR_MUST_CHECK enum tgr_status
tgr_sim_queue_write(const struct tgr_sim_queue *queue, uint64_t limit,
                    struct tgr_buf *out);

#endif
