/* The handler of the signal for CPU limits. The statics are the process's, as
 * handlers are. */
#include "script/cpu_signal.h"

#include <pthread.h>
#include <signal.h>
#include <stddef.h>

enum { NUMBERS = 65 };

struct taken {
  unsigned count;
  void (*handler)(int);
  struct sigaction before; /* of the program */
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static struct taken all[NUMBERS];

static enum tgr_status install(struct taken *taken, int number,
                               void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  if (sigaction(number, &action, &taken->before) != 0)
    return TGR_ESTATE;
  taken->handler = handler;
  return TGR_OK;
}

enum tgr_status tgr_cpu_signal_take(int number, void (*handler)(int)) {
  if (number <= 0 || number >= NUMBERS)
    return TGR_ESTATE;
  struct taken *taken = &all[number];
  enum tgr_status status = TGR_OK;
  pthread_mutex_lock(&mutex);
  if (taken->count == 0)
    status = install(taken, number, handler);
  if (status == TGR_OK)
    taken->count++;
  pthread_mutex_unlock(&mutex);
  return status;
}

/* A signal that is still on its way would meet what was there before, which may
 * end the process: ignoring the signal for a moment drops it. */
static void give_back(const struct taken *taken, int number) {
  struct sigaction now;
  struct sigaction ignored = {.sa_handler = SIG_IGN};
  sigemptyset(&ignored.sa_mask);
  if (sigaction(number, NULL, &now) != 0 || (now.sa_flags & SA_SIGINFO) != 0 ||
      now.sa_handler != taken->handler)
    return;
  (void)sigaction(number, &ignored, NULL); /* as before, it cannot fail */
  (void)sigaction(number, &taken->before, NULL);
}

void tgr_cpu_signal_drop(int number) {
  struct taken *taken = &all[number];
  pthread_mutex_lock(&mutex);
  if (--taken->count == 0)
    give_back(taken, number);
  pthread_mutex_unlock(&mutex);
}
