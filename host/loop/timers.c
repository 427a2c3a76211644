/* A pairing heap of timers. */
#include "loop/timers.h"

#include <stddef.h>

void tgr_timers_init(struct tgr_timers *timers, uint64_t now_us) {
  *timers = (struct tgr_timers){.now_us = now_us};
}

void tgr_timer_init(struct tgr_timer *timer,
                    void (*fire)(struct tgr_timer *timer)) {
  *timer = (struct tgr_timer){.fire = fire};
}

static bool is_before(const struct tgr_timer *a, const struct tgr_timer *b) {
  return a->due_us != b->due_us ? a->due_us < b->due_us : a->serial < b->serial;
}

/* Makes the later of two trees the first child of the earlier one. Neither has
 * siblings. */
static struct tgr_timer *meld(struct tgr_timer *a, struct tgr_timer *b) {
  struct tgr_timer *top = is_before(a, b) ? a : b;
  struct tgr_timer *sub = top == a ? b : a;
  sub->next = top->child;
  if (sub->next != NULL)
    sub->next->back = sub;
  sub->back = top;
  top->child = sub;
  return top;
}

/* Melds a chain of siblings into one tree: in pairs from left to right, then
 * the pairs from right to left. NULL for an empty chain. */
static struct tgr_timer *meld_all(struct tgr_timer *first) {
  struct tgr_timer *pairs = NULL;
  while (first != NULL) {
    struct tgr_timer *a = first;
    struct tgr_timer *b = a->next;
    first = b == NULL ? NULL : b->next;
    a->next = NULL;
    if (b != NULL) {
      b->next = NULL;
      a = meld(a, b);
    }
    a->next = pairs;
    pairs = a;
  }
  struct tgr_timer *all = NULL;
  while (pairs != NULL) {
    struct tgr_timer *pair = pairs;
    pairs = pair->next;
    pair->next = NULL;
    all = all == NULL ? pair : meld(all, pair);
  }
  return all;
}

static void set_root(struct tgr_timers *timers, struct tgr_timer *root) {
  timers->root = root;
  if (root != NULL)
    root->back = root;
}

static void add_tree(struct tgr_timers *timers, struct tgr_timer *tree) {
  set_root(timers, timers->root == NULL ? tree : meld(timers->root, tree));
}

void tgr_timer_start_us(struct tgr_timers *timers, struct tgr_timer *timer,
                        uint64_t delay_us) {
  tgr_timer_stop(timers, timer);
  timer->due_us = delay_us > UINT64_MAX - timers->now_us
                      ? UINT64_MAX
                      : timers->now_us + delay_us;
  timer->serial = ++timers->serial;
  timer->child = timer->next = NULL;
  add_tree(timers, timer);
}

void tgr_timer_start_ms(struct tgr_timers *timers, struct tgr_timer *timer,
                        uint64_t delay_ms) {
  const uint64_t us =
      delay_ms > UINT64_MAX / 1000 ? UINT64_MAX : delay_ms * 1000;
  tgr_timer_start_us(timers, timer, us);
}

/* Takes `timer`, which is not the root, out of its siblings. */
static void cut(struct tgr_timer *timer) {
  if (timer->back->child == timer)
    timer->back->child = timer->next;
  else
    timer->back->next = timer->next;
  if (timer->next != NULL)
    timer->next->back = timer->back;
}

void tgr_timer_stop(struct tgr_timers *timers, struct tgr_timer *timer) {
  if (timer->back == NULL)
    return;
  const bool was_root = timers->root == timer;
  if (!was_root)
    cut(timer);
  struct tgr_timer *rest = meld_all(timer->child);
  if (was_root)
    set_root(timers, rest);
  else if (rest != NULL)
    add_tree(timers, rest);
  timer->child = timer->next = timer->back = NULL;
}

bool tgr_timers_next(const struct tgr_timers *timers, uint64_t *due_us) {
  if (timers->root == NULL)
    return false;
  *due_us = timers->root->due_us;
  return true;
}

unsigned tgr_timers_advance(struct tgr_timers *timers, uint64_t now_us) {
  tgr_timers_catch_up(timers, now_us);
  /* What is started from here on is due no earlier than all of what was, and
   * has a higher serial: it comes behind it. */
  const uint64_t last = timers->serial;
  unsigned fired = 0;
  while (timers->root != NULL && timers->root->due_us <= timers->now_us &&
         timers->root->serial <= last) {
    struct tgr_timer *timer = timers->root;
    tgr_timer_stop(timers, timer);
    timer->fire(timer);
    fired++;
  }
  return fired;
}
