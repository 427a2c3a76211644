/* One bot's updates until they are confirmed. */
#include "sim/queue.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

/* One update, or a run of them when chats is not 0. */
struct item {
  struct tgr_link link;
  int64_t id;
  uint64_t count;
  uint64_t index; /* of the first one, within its load */
  uint64_t chats;
  int64_t chat_base;
  size_t len;
  char bytes[];
};

static struct item *item_of(struct tgr_link *link) {
  return TGR_CONTAINER_OF(link, struct item, link);
}

void tgr_sim_queue_init(struct tgr_sim_queue *queue, const struct tgr_mem *mem,
                        atomic_size_t *unconfirmed) {
  *queue = (struct tgr_sim_queue){
      .mem = mem, .next_id = 1, .unconfirmed = unconfirmed};
  tgr_list_init(&queue->items);
}

void tgr_sim_queue_deinit(struct tgr_sim_queue *queue) {
  tgr_sim_queue_clear(queue);
}

/* Whether `first`, `first` + 1 … up to `count` steps on are numbers. */
static bool has_room(int64_t first, uint64_t count) {
  return count <= INT64_MAX && first <= INT64_MAX - (int64_t)count;
}

static enum tgr_status add(struct tgr_sim_queue *queue,
                           const struct item *shape, const char *bytes) {
  if (!has_room(shape->id, shape->count) ||
      !has_room(shape->chat_base, shape->chats) ||
      shape->count > SIZE_MAX - queue->count)
    return TGR_EINVAL;
  struct item *item = tgr_mem_new(queue->mem, sizeof *item + shape->len + 1);
  if (item == NULL)
    return TGR_ENOMEM;
  *item = *shape;
  memcpy(item->bytes, bytes, shape->len);
  item->bytes[shape->len] = '\0';
  tgr_link_init(&item->link);
  tgr_list_append(&queue->items, &item->link);
  queue->count += item->count;
  atomic_fetch_add(queue->unconfirmed, (size_t)item->count);
  queue->last_id = item->id + (int64_t)item->count - 1;
  queue->next_id = queue->last_id + 1;
  return TGR_OK;
}

enum tgr_status tgr_sim_queue_put(struct tgr_sim_queue *queue, int64_t id,
                                  const char *bytes, size_t len) {
  return add(queue, &(struct item){.id = id, .count = 1, .len = len}, bytes);
}

enum tgr_status tgr_sim_queue_put_load(struct tgr_sim_queue *queue,
                                       const struct tgr_sim_load *load) {
  if (load->count == 0)
    return TGR_OK;
  const struct item shape = {.id = load->first_id,
                             .count = load->count,
                             .chats = load->chats == 0 ? 1 : load->chats,
                             .chat_base = load->chat_base,
                             .len = load->text_len};
  return add(queue, &shape, load->text);
}

/* Drops the first `count` updates of an item; all of them free it. */
static void drop(struct tgr_sim_queue *queue, struct item *item,
                 uint64_t count) {
  queue->count -= count;
  atomic_fetch_sub(queue->unconfirmed, (size_t)count);
  item->count -= count;
  item->id += (int64_t)count;
  item->index += count;
  if (item->count > 0)
    return;
  tgr_list_remove(&item->link);
  tgr_mem_free(queue->mem, item);
}

bool tgr_sim_queue_confirm(struct tgr_sim_queue *queue, int64_t offset) {
  if (offset > queue->last_id &&
      (uint64_t)offset - (uint64_t)queue->last_id > 10)
    return false;
  int64_t previous = INT64_MIN;
  struct tgr_link *link;
  while ((link = tgr_list_first(&queue->items)) != NULL) {
    struct item *item = item_of(link);
    if (item->id >= offset || item->id < previous)
      break;
    const uint64_t below = (uint64_t)offset - (uint64_t)item->id;
    previous = item->id;
    drop(queue, item, below < item->count ? below : item->count);
  }
  return true;
}

void tgr_sim_queue_keep(struct tgr_sim_queue *queue, uint64_t count) {
  while (queue->count > count) {
    struct item *item = item_of(tgr_list_first(&queue->items));
    const uint64_t surplus = queue->count - count;
    drop(queue, item, surplus < item->count ? surplus : item->count);
  }
}

void tgr_sim_queue_clear(struct tgr_sim_queue *queue) {
  tgr_sim_queue_keep(queue, 0);
}

/* One synthetic message of a load. */
static enum tgr_status write_synthetic(const struct item *item, uint64_t nth,
                                       long long date, struct tgr_buf *out) {
  const int64_t chat =
      item->chat_base + (int64_t)((item->index + nth) % item->chats);
  char head[384];
  const int len = snprintf(
      head, sizeof head,
      "{\"update_id\":%" PRId64 ",\"message\":{\"message_id\":%" PRIu64
      ",\"from\":{\"id\":%" PRId64 ",\"is_bot\":false,\"first_name\":\"User\","
      "\"language_code\":\"en\"},\"chat\":{\"id\":%" PRId64
      ",\"first_name\":\"User\",\"type\":\"private\"},\"date\":%lld,"
      "\"text\":\"",
      item->id + (int64_t)nth, item->index + nth + 1, chat, chat, date);
  enum tgr_status status = tgr_buf_append(out, head, (size_t)len);
  if (status == TGR_OK)
    status = tgr_buf_append(out, item->bytes, item->len);
  if (status == TGR_OK)
    status = tgr_buf_append_str(out, "\"}}");
  return status;
}

enum tgr_status tgr_sim_queue_write(const struct tgr_sim_queue *queue,
                                    uint64_t limit, struct tgr_buf *out) {
  const long long date = (long long)time(NULL);
  uint64_t written = 0;
  struct tgr_link *link = queue->items.head.next;
  for (; link != &queue->items.head; link = link->next) {
    const struct item *item = item_of(link);
    for (uint64_t nth = 0; nth < item->count; nth++) {
      if (written == limit)
        return TGR_OK;
      enum tgr_status status =
          written == 0 ? TGR_OK : tgr_buf_append(out, ",", 1);
      if (status == TGR_OK)
        status = item->chats != 0 ? write_synthetic(item, nth, date, out)
                                  : tgr_buf_append(out, item->bytes, item->len);
      if (status != TGR_OK)
        return status;
      written++;
    }
  }
  return TGR_OK;
}
