/* List: intrusive, doubly linked, circular. A node is in at most one list;
 * a node that is in none points at itself, so removing it twice is harmless. */
#ifndef TGR_BASE_LIST_H
#define TGR_BASE_LIST_H

#include <stdbool.h>
#include <stddef.h>

struct tgr_link {
  struct tgr_link *prev;
  struct tgr_link *next;
};

/* The head is a link of its own; an empty list's head points at itself. */
struct tgr_list {
  struct tgr_link head;
};

/* The struct of `type` whose member `member` is `*link`. */
#define TGR_CONTAINER_OF(link, type, member)                                   \
  ((type *)(void *)((char *)(link)-offsetof(type, member)))

static inline void tgr_link_init(struct tgr_link *link) {
  link->prev = link->next = link;
}

static inline void tgr_list_init(struct tgr_list *list) {
  tgr_link_init(&list->head);
}

static inline bool tgr_link_in_list(const struct tgr_link *link) {
  return link->next != link;
}

static inline bool tgr_list_empty(const struct tgr_list *list) {
  return list->head.next == &list->head;
}

static inline void tgr_list_append(struct tgr_list *list,
                                   struct tgr_link *link) {
  link->prev = list->head.prev;
  link->next = &list->head;
  list->head.prev->next = link;
  list->head.prev = link;
}

static inline void tgr_list_remove(struct tgr_link *link) {
  link->prev->next = link->next;
  link->next->prev = link->prev;
  tgr_link_init(link);
}

/* The first link, still in the list; NULL when empty. */
static inline struct tgr_link *tgr_list_first(const struct tgr_list *list) {
  return tgr_list_empty(list) ? NULL : list->head.next;
}

/* Takes the first link out; NULL when empty. */
static inline struct tgr_link *tgr_list_take(struct tgr_list *list) {
  struct tgr_link *link = tgr_list_first(list);
  if (link != NULL)
    tgr_list_remove(link);
  return link;
}

/* Moves all of `from` behind the content of `to`; `from` is empty then. */
static inline void tgr_list_append_all(struct tgr_list *to,
                                       struct tgr_list *from) {
  if (tgr_list_empty(from))
    return;
  from->head.next->prev = to->head.prev;
  from->head.prev->next = &to->head;
  to->head.prev->next = from->head.next;
  to->head.prev = from->head.prev;
  tgr_list_init(from);
}

static inline int tgr_list_count(const struct tgr_list *list) {
  int count = 0;
  for (const struct tgr_link *link = list->head.next; link != &list->head;
       link = link->next)
    count++;
  return count;
}

#endif
