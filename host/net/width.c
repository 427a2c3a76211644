/* How many requests of a lane are under way at once. */
#include "net/width.h"

enum { LOOK_US = 2000 };

static void on_look(struct tgr_timer *timer) {
  struct tgr_width *width = TGR_CONTAINER_OF(timer, struct tgr_width, timer);
  const uint64_t passed_us = width->loop->timers.now_us - width->began_us;
  const uint64_t slept_us = width->loop->slept_us - width->slept_us;
  if (slept_us < passed_us / 8)
    width->now -= (width->now - width->least + 7) / 8;
  if (slept_us < passed_us / 2 || width->now == width->most) {
    tgr_width_note_waiting(width);
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
  width->began_us = width->loop->timers.now_us;
  width->slept_us = width->loop->slept_us;
  tgr_timer_start_us(&width->loop->timers, &width->timer, LOOK_US);
}

void tgr_width_note_none(struct tgr_width *width) {
  tgr_timer_stop(&width->loop->timers, &width->timer);
}

void tgr_width_note_end(struct tgr_width *width, unsigned open) {
  if (width->now > width->least && open < width->now / 2)
    width->now--;
}
