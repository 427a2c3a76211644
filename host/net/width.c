/* How many requests of a lane are under way at once. */
#include "net/width.h"

enum { LOOK_US = 2000, ROUND_US = 200000 };

static void watch(struct tgr_width *width) {
  width->began_us = width->loop->timers.now_us;
  width->slept_us = width->loop->slept_us;
  tgr_timer_start_us(&width->loop->timers, &width->timer, LOOK_US);
}

static void begin_round(struct tgr_width *width) {
  width->round_us = width->loop->timers.now_us;
  width->ended = 0;
}

/* Whether a round is over in which not every place has had an end. */
static bool was_slow_round(struct tgr_width *width) {
  if (width->loop->timers.now_us - width->round_us < ROUND_US)
    return false;
  width->is_slow = width->ended < width->now;
  begin_round(width);
  return width->is_slow;
}

static void on_look(struct tgr_timer *timer) {
  struct tgr_width *width = TGR_CONTAINER_OF(timer, struct tgr_width, timer);
  const uint64_t passed_us = width->loop->timers.now_us - width->began_us;
  const uint64_t slept_us = width->loop->slept_us - width->slept_us;
  const bool is_due = was_slow_round(width);
  if (slept_us < passed_us / 8 && !width->is_slow)
    width->now -= (width->now - width->least + 7) / 8;
  if ((slept_us < passed_us / 2 && !is_due) || width->now == width->most) {
    watch(width);
    return;
  }
  width->now = width->now > width->most / 2 ? width->most : width->now * 2;
  width->widened(width);
}

void tgr_width_init(struct tgr_width *width, struct tgr_loop *loop,
                    unsigned least, unsigned most,
                    void (*widened)(struct tgr_width *width)) {
  if (least > most)
    least = most;
  *width = (struct tgr_width){.now = least,
                              .least = least,
                              .most = most,
                              .loop = loop,
                              .widened = widened};
  tgr_timer_init(&width->timer, on_look);
}

void tgr_width_deinit(struct tgr_width *width) {
  tgr_timer_stop(&width->loop->timers, &width->timer);
}

void tgr_width_note_waiting(struct tgr_width *width) {
  if (width->least == width->most || tgr_timer_active(&width->timer))
    return;
  begin_round(width);
  watch(width);
}

void tgr_width_note_none(struct tgr_width *width) {
  tgr_timer_stop(&width->loop->timers, &width->timer);
  width->is_slow = false;
}

void tgr_width_note_end(struct tgr_width *width, unsigned open) {
  width->ended++;
  if (width->now > width->least && open < width->now / 2)
    width->now--;
}
