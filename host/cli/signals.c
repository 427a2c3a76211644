/* SIGINT and SIGTERM. The handler writes the number into a pipe; a thread reads
 * it, so that what follows is ordinary code. Signals are neither blocked nor
 * ignored, because programs that a script starts would inherit that. */
#include "cli/signals.h"

#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum {
  STOP_MS = 10000,   /* for handlers to end */
  UNHEARD_MS = 1000, /* more, for a host that has not heard of the stop */
  HEARD_MS = 10000,  /* more, for one that has: it confirms and closes */
  LOOK_MS = 200      /* between looks for a failed write */
};

static int pipe_fds[2] = {-1, -1};
static pthread_t thread;

/* What the thread knows. */
struct watch {
  struct tgr_host *host;
  int number;           /* of the signal that asked for a stop; 0: none has */
  uint64_t asked_ms;    /* when that was */
  bool reader_gone;     /* nobody reads standard output any more */
  struct pollfd fds[2]; /* the pipe, standard output */
};

static uint64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static void on_signal(int number) {
  const int saved = errno;
  const unsigned char byte = (unsigned char)number;
  const ssize_t written = write(pipe_fds[1], &byte, 1);
  (void)written; /* the pipe is full: the thread has enough to read */
  errno = saved;
}

/* The write that meets a closed pipe fails: that is enough. */
static void on_sigpipe(int number) {
  (void)number;
}

/* Does not touch a signal that is ignored, as the shell wants it for what runs
 * in the background. */
static void set_handler(int number, void (*handler)(int)) {
  struct sigaction old;
  struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART};
  sigemptyset(&action.sa_mask);
  if (sigaction(number, NULL, &old) == 0 && old.sa_handler != SIG_IGN)
    sigaction(number, &action, NULL);
}

static void set_handlers(void (*handler)(int)) {
  set_handler(SIGINT, handler);
  set_handler(SIGTERM, handler);
}

/* ---- the thread --------------------------------------------------------- */

/* As the signal itself would have done; the first process of a container has to
 * end by itself. */
_Noreturn static void end_process(int number) {
  set_handler(number, SIG_DFL);
  raise(number);
  _exit(128 + number);
}

/* Whoever is to read it may have stopped doing so, and be what the script waits
 * for: this thread must not wait for him, too. */
static bool can_say(void) {
  struct pollfd fd = {.fd = STDERR_FILENO, .events = POLLOUT};
  return poll(&fd, 1, 0) == 1 && (fd.revents & POLLOUT) != 0;
}

static void ask_stop(struct watch *watch, int number) {
  watch->number = number;
  watch->asked_ms = now_ms();
  tgr_host_stop(watch->host, STOP_MS);
}

static void take(struct watch *watch, int number) {
  if (watch->number == SIGINT || watch->number == SIGTERM)
    end_process(number);
  if (can_say())
    tgr_cli_output_banner("stopping: handlers may finish for up to 10 s; "
                          "again to end at once");
  ask_stop(watch, number);
}

/* How long the host has left; code that does not come back hears of no stop. */
static uint64_t left_ms(const struct watch *watch) {
  const bool heard = tgr_host_state(watch->host) >= TGR_STATE_STOPPING;
  const uint64_t end_ms =
      watch->asked_ms + STOP_MS + (heard ? HEARD_MS : UNHEARD_MS);
  const uint64_t at_ms = now_ms();
  return end_ms > at_ms ? end_ms - at_ms : 0;
}

static int timeout_ms(const struct watch *watch) {
  if (watch->number != 0)
    return (int)left_ms(watch);
  return watch->reader_gone ? LOOK_MS : -1;
}

/* Somebody may close the other end and nothing be printed for days: only a
 * write that fails ends the program. */
static void look_at_output(struct watch *watch) {
  watch->reader_gone = watch->reader_gone || watch->fds[1].revents != 0;
  if (watch->reader_gone && watch->number == 0 && ferror(stdout) != 0 &&
      tgr_host_state(watch->host) < TGR_STATE_STOPPING)
    ask_stop(watch, SIGPIPE);
}

static void *wait_for_signals(void *user) {
  struct watch watch = {
      .host = user,
      .fds = {{.fd = pipe_fds[0], .events = POLLIN}, {.fd = STDOUT_FILENO}}};
  for (;;) {
    const nfds_t count = watch.reader_gone ? 1 : 2;
    const int ready = poll(watch.fds, count, timeout_ms(&watch));
    unsigned char number = 0;
    if (ready > 0 && watch.fds[0].revents != 0) {
      if (read(pipe_fds[0], &number, 1) != 1 || number == 0)
        return NULL;
      take(&watch, number);
    }
    if (ready >= 0)
      look_at_output(&watch);
    if (watch.number != 0 && left_ms(&watch) == 0) {
      if (can_say())
        tgr_cli_output_fatal("the script did not stop in time: its code, or a "
                             "function that it called, goes on without a "
                             "pause; ended by force");
      end_process(watch.number);
    }
  }
}

bool tgr_cli_signals_start(struct tgr_host *host) {
  if (pipe2(pipe_fds, O_CLOEXEC) != 0)
    return false;
  const int error = pthread_create(&thread, NULL, wait_for_signals, host);
  if (error != 0) {
    close(pipe_fds[0]);
    close(pipe_fds[1]);
    errno = error;
    return false;
  }
  set_handler(SIGPIPE, on_sigpipe);
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
