/* SIGINT and SIGTERM. The handler writes the number into a pipe; a thread reads
 * it, so that what follows is ordinary code. Signals are not blocked, because
 * programs that a script starts would inherit that. */
#include "cli/signals.h"

#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <unistd.h>

enum { STOP_DEADLINE_MS = 10000 };

static int pipe_fds[2] = {-1, -1};
static pthread_t thread;

static void on_signal(int number) {
  const int saved = errno;
  const unsigned char byte = (unsigned char)number;
  const ssize_t written = write(pipe_fds[1], &byte, 1);
  (void)written; /* the pipe is full: the thread has enough to read */
  errno = saved;
}

static void set_handlers(void (*handler)(int)) {
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, NULL);
  sigaction(SIGTERM, &action, NULL);
}

static void *wait_for_signals(void *user) {
  struct tgr_host *host = user;
  unsigned char number = 0;
  for (int count = 0; read(pipe_fds[0], &number, 1) == 1 && number != 0;
       count++) {
    if (count > 0) { /* end as the signal itself would have */
      set_handlers(SIG_DFL);
      raise(number);
    }
    tgr_cli_output_banner("stopping: handlers may finish for up to 10 s; "
                          "again to end at once");
    tgr_host_stop(host, STOP_DEADLINE_MS);
  }
  return NULL;
}

bool tgr_cli_signals_start(struct tgr_host *host) {
  signal(SIGPIPE, SIG_IGN);
  if (pipe2(pipe_fds, O_CLOEXEC) != 0)
    return false;
  if (pthread_create(&thread, NULL, wait_for_signals, host) != 0) {
    close(pipe_fds[0]);
    close(pipe_fds[1]);
    return false;
  }
  set_handlers(on_signal);
  return true;
}

void tgr_cli_signals_stop(void) {
  set_handlers(SIG_DFL);
  const unsigned char end = 0;
  const ssize_t written = write(pipe_fds[1], &end, 1);
  (void)written;
  pthread_join(thread, NULL);
  close(pipe_fds[0]);
  close(pipe_fds[1]);
}
