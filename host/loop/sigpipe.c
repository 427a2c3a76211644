/* Blocking of SIGPIPE, and dropping one that came meanwhile. */
#include "loop/sigpipe.h"

#include <time.h>

static bool is_pending(void) {
  sigset_t pending;
  sigemptyset(&pending);
  return sigpending(&pending) == 0 && sigismember(&pending, SIGPIPE) == 1;
}

static sigset_t only_sigpipe(void) {
  sigset_t set;
  sigemptyset(&set);
  sigaddset(&set, SIGPIPE);
  return set;
}

static bool has_default(void) {
  struct sigaction now;
  return sigaction(SIGPIPE, NULL, &now) != 0 ||
         ((now.sa_flags & SA_SIGINFO) == 0 && now.sa_handler == SIG_DFL);
}

void tgr_sigpipe_block(struct tgr_sigpipe *saved) {
  const sigset_t set = only_sigpipe();
  saved->blocks = has_default();
  if (!saved->blocks)
    return;
  saved->pending = is_pending();
  pthread_sigmask(SIG_BLOCK, &set, &saved->mask);
}

void tgr_sigpipe_restore(const struct tgr_sigpipe *saved) {
  if (!saved->blocks || sigismember(&saved->mask, SIGPIPE) == 1)
    return; /* it was blocked before: nothing has changed */
  if (!saved->pending && is_pending()) {
    const sigset_t set = only_sigpipe();
    const struct timespec no_wait = {0};
    sigtimedwait(&set, NULL, &no_wait);
  }
  pthread_sigmask(SIG_SETMASK, &saved->mask, NULL);
}
