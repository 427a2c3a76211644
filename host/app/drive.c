/* A host runs: blocking, or step by step in the loop of somebody else. */
#include "app/host.h"
#include "script/stop.h"

static const char *const state_names[] = {"idle",     "starting", "running",
                                          "retrying", "stopping", "ended"};

const char *tgr_state_name(enum tgr_state state) {
  const unsigned at = (unsigned)state;
  return at <= TGR_STATE_ENDED ? state_names[at] : "unknown";
}

void tgr_host_set_state(struct tgr_host *host, enum tgr_state state) {
  if (atomic_exchange(&host->state, state) == state || host->on_event == NULL)
    return;
  const char *name = tgr_state_name(state);
  const struct tgr_host_event event = {.kind = TGR_EVENT_STATE,
                                       .state = state,
                                       .text = name,
                                       .len = __builtin_strlen(name)};
  host->on_event(host->event_user, &event);
}

enum tgr_state tgr_host_state(const struct tgr_host *host) {
  return atomic_load(&host->state);
}

void tgr_host_note_contact(void *user, bool ok) {
  struct tgr_host *host = user;
  if (ok)
    atomic_store(&host->last_poll_us, tgr_loop_clock_us());
  if (tgr_host_state(host) < TGR_STATE_STOPPING)
    tgr_host_set_state(host, ok ? TGR_STATE_RUNNING : TGR_STATE_RETRYING);
}

int64_t tgr_host_since_poll_ms(const struct tgr_host *host) {
  const uint64_t last_us = atomic_load(&host->last_poll_us);
  if (last_us == 0)
    return -1;
  const uint64_t now_us = tgr_loop_clock_us();
  return now_us > last_us ? (int64_t)((now_us - last_us) / 1000) : 0;
}

/* ---- the program's thread ----------------------------------------------- */

enum tgr_status tgr_host_run(struct tgr_host *host) {
  if (host->loop.depth > 0) {
    tgr_host_set_message(host, "the host runs already");
    return TGR_ESTATE;
  }
  if (host->script == NULL && !host->ended) {
    tgr_host_set_message(host, "no script is loaded");
    return TGR_ESTATE;
  }
  if (!host->ended) {
    tgr_host_enter(host);
    tgr_collect_release(host->script);
    tgr_loop_run(&host->loop);
    if (tgr_host_leave(host))
      return TGR_ECANCELED;
  }
  return host->end_status;
}

/* Behind the end nothing of the script runs any more, but the descriptor must
 * fall silent. */
static bool step(struct tgr_host *host, uint64_t budget_us) {
  if (host->ended) {
    tgr_loop_drain(&host->loop);
    return false;
  }
  if (host->script != NULL)
    tgr_collect_begin_step(host->script);
  return tgr_loop_step(&host->loop, budget_us) && !host->ended;
}

bool tgr_host_step(struct tgr_host *host, uint64_t budget_us) {
  tgr_host_enter(host);
  const bool is_left = step(host, budget_us);
  return !tgr_host_leave(host) && is_left;
}

int tgr_host_fd(const struct tgr_host *host) {
  return tgr_loop_fd(&host->loop);
}

int tgr_host_timeout_ms(struct tgr_host *host) {
  return host->ended ? -1 : tgr_loop_timeout_ms(&host->loop);
}

int tgr_host_exit_code(const struct tgr_host *host) {
  return host->exit_code;
}

/* ---- any thread --------------------------------------------------------- */

void tgr_host_open_stop(struct tgr_mail *mail) {
  struct tgr_host *host = TGR_CONTAINER_OF(mail, struct tgr_host, stop_mail);
  atomic_store(&host->stop_posted, false);
  if (host->ended)
    return;
  if (host->script == NULL) { /* for the one that comes: see load.c */
    host->stop_waits = true;
    return;
  }
  tgr_host_set_state(host, TGR_STATE_STOPPING);
  tgr_script_stop(host->script, atomic_load(&host->stop_deadline_ms));
}

void tgr_host_stop(struct tgr_host *host, uint64_t deadline_ms) {
  atomic_store(&host->stop_deadline_ms, deadline_ms);
  if (!atomic_exchange(&host->stop_posted, true))
    tgr_inbox_post(&host->loop.inbox, &host->stop_mail);
}

/* That the loop has turned is all that was wanted. */
void tgr_host_open_wakeup(struct tgr_mail *mail) {
  struct tgr_host *host = TGR_CONTAINER_OF(mail, struct tgr_host, wakeup_mail);
  atomic_store(&host->wakeup_posted, false);
}

void tgr_host_wakeup(struct tgr_host *host) {
  if (!atomic_exchange(&host->wakeup_posted, true))
    tgr_inbox_post(&host->loop.inbox, &host->wakeup_mail);
}
