/* --sim: a chat with the bot on standard input and output. */
#include "cli/console.h"

#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
  LINE_MAX_BYTES = 64 * 1024,
  ERROR_MAX = 256,
  LOOK_MS = 2,
  NOBODY_MS = 30000, /* for a script to run its bot */
  LOAD_CHATS = 100,
  AHEAD_MAX = 1000 /* messages the bot has not fetched yet */
};

struct console {
  struct tgr_sim *sim;
  _Atomic(struct tgr_host *) host;
  pthread_t thread;
  bool reads;
  uint64_t load; /* messages to send */
  int wake[2];   /* closing the write end ends the thread */
};

static struct console console;

/* On the simulator's thread. Whole lines, so that a pipe sees each at once. */
static void print_reply(void *user, const char *text, size_t len) {
  (void)user;
  flockfile(stdout);
  fwrite(text, 1, len, stdout);
  fputc('\n', stdout);
  const bool written = fflush(stdout) == 0 && !ferror(stdout);
  funlockfile(stdout);
  struct tgr_host *host = atomic_load(&console.host);
  if (!written && host != NULL) /* nobody reads any more; main says so */
    tgr_host_stop(host, 0);
}

static bool start(const struct tgr_sim_options *options, struct tgr_sim **sim) {
  char error[ERROR_MAX];
  if (tgr_sim_start(options, sim, error, sizeof error) == TGR_OK)
    return true;
  tgr_cli_output_fatal("%s", error);
  return false;
}

bool tgr_cli_console_start(uint16_t port, struct tgr_sim **sim) {
  struct tgr_sim_options options;
  tgr_sim_options_init(&options);
  options.port = port;
  options.on_reply = print_reply;
  options.draw_buttons = isatty(STDOUT_FILENO) == 1;
  return start(&options, sim);
}

bool tgr_cli_console_start_silent(uint16_t port, struct tgr_sim **sim) {
  struct tgr_sim_options options;
  tgr_sim_options_init(&options);
  options.port = port;
  return start(&options, sim);
}

static void say_line(const char *line, size_t len) {
  while (len > 0 && (line[len - 1] == '\n' || line[len - 1] == '\r'))
    len--;
  if (len > 0 && tgr_sim_say(console.sim, line, len) == TGR_ENOMEM)
    tgr_cli_output_fatal("not enough memory for a message; it is lost");
}

/* Waits for standard input; false for the end of the program. */
static bool wait_readable(void) {
  struct pollfd fds[] = {{.fd = console.wake[0], .events = POLLIN},
                         {.fd = STDIN_FILENO, .events = POLLIN}};
  int ready = 0;
  do
    ready = poll(fds, 2, -1);
  while (ready < 0 && errno == EINTR);
  return ready > 0 && fds[0].revents == 0;
}

/* False for the end of the program. */
static bool sleep_ms(int ms) {
  struct pollfd fd = {.fd = console.wake[0], .events = POLLIN};
  return poll(&fd, 1, ms) <= 0 || fd.revents == 0;
}

/* Waits until at most `count` messages are not fetched; false for the end. */
static bool wait_fetched(size_t count) {
  while (tgr_sim_unconfirmed(console.sim) > count)
    if (!sleep_ms(LOOK_MS))
      return false;
  return true;
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* At the end of input: waits until all messages are fetched, or no bot has come
 * for them; false for the end of the program. */
static bool wait_for_last(void) {
  const int64_t begin_ms = now_ms();
  while (tgr_sim_unconfirmed(console.sim) > 0) {
    if (!sleep_ms(LOOK_MS))
      return false;
    if (tgr_host_since_poll_ms(atomic_load(&console.host)) < 0 &&
        now_ms() - begin_ms >= NOBODY_MS) {
      tgr_cli_output_fatal("nobody has fetched the messages: the script runs "
                           "no bot");
      break;
    }
  }
  return true;
}

/* Cuts what was read into lines; a line over the buffer is sent in parts. */
static void read_lines(void) {
  static char buffer[LINE_MAX_BYTES];
  size_t len = 0;
  while (wait_fetched(AHEAD_MAX) && wait_readable()) {
    const ssize_t got = read(STDIN_FILENO, buffer + len, sizeof buffer - len);
    if (got <= 0)
      break;
    len += (size_t)got;
    char *line = buffer;
    char *newline = NULL;
    while ((newline = memchr(line, '\n', len - (size_t)(line - buffer))) !=
           NULL) {
      say_line(line, (size_t)(newline - line));
      line = newline + 1;
    }
    len -= (size_t)(line - buffer);
    memmove(buffer, line, len);
    if (len == sizeof buffer) {
      say_line(buffer, len);
      len = 0;
    }
  }
  say_line(buffer, len);
}

/* `user`: how many messages there are to send; NULL: lines are read. */
static void *run(void *user) {
  const uint64_t *load = user;
  if (load == NULL)
    read_lines();
  else if (tgr_sim_load(console.sim, *load, LOAD_CHATS) != TGR_OK)
    tgr_cli_output_fatal("not enough memory for the messages");
  if (wait_for_last())
    tgr_host_stop(atomic_load(&console.host), UINT64_MAX);
  return NULL;
}

static bool start_thread(struct tgr_sim *sim, struct tgr_host *host,
                         uint64_t *load) {
  console.sim = sim;
  atomic_store(&console.host, host);
  if (pipe2(console.wake, O_CLOEXEC) != 0)
    return false;
  errno = pthread_create(&console.thread, NULL, run, load);
  console.reads = errno == 0;
  return console.reads;
}

bool tgr_cli_console_read(struct tgr_sim *sim, struct tgr_host *host) {
  return start_thread(sim, host, NULL);
}

bool tgr_cli_console_load(struct tgr_sim *sim, struct tgr_host *host,
                          uint64_t count) {
  console.load = count;
  return start_thread(sim, host, &console.load);
}

void tgr_cli_console_stop(struct tgr_sim *sim) {
  if (console.reads) {
    close(console.wake[1]);
    pthread_join(console.thread, NULL);
    close(console.wake[0]);
  }
  tgr_sim_stop(sim);
}
