/* The program's word to systemd. */
#include "cli/notify.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

enum { LOOKS_A_PERIOD = 8, LOOK_MIN_MS = 10, TEXT_MAX = 128 };

static struct {
  const struct tgr_host *host;
  int64_t look_ms; /* between two looks at the host */
  pthread_t thread;
  bool runs;
  int wake[2]; /* closing the write end ends the thread */
} watchdog;

/* A socket's name may begin with '@': then it is abstract. */
static bool address_of(const char *path, struct sockaddr_un *address,
                       socklen_t *size) {
  const size_t len = strlen(path);
  *address = (struct sockaddr_un){.sun_family = AF_UNIX};
  if ((*path != '/' && *path != '@') || len >= sizeof address->sun_path)
    return false;
  memcpy(address->sun_path, path, len);
  if (*path == '@')
    address->sun_path[0] = '\0';
  *size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + len);
  return true;
}

/* Nobody can be told that systemd could not be told: errors are ignored, as
 * sd_notify's callers do. */
static void notify(const char *text) {
  const char *path = getenv("NOTIFY_SOCKET");
  struct sockaddr_un address;
  socklen_t size = 0;
  if (path == NULL || !address_of(path, &address, &size))
    return;
  const int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return;
  const ssize_t sent = sendto(fd, text, strlen(text), MSG_NOSIGNAL,
                              (const struct sockaddr *)&address, size);
  (void)sent;
  close(fd);
}

void tgr_cli_notify_event(const struct tgr_host_event *event) {
  if (event->kind != TGR_EVENT_STATE)
    return;
  char text[TEXT_MAX];
  snprintf(text, sizeof text, "STATUS=%.*s\n%s", (int)event->len, event->text,
           event->state == TGR_STATE_RUNNING    ? "READY=1\n"
           : event->state == TGR_STATE_STOPPING ? "STOPPING=1\n"
                                                : "");
  notify(text);
}

/* Milliseconds of WATCHDOG_USEC; 0 when nobody watches this process. */
static int64_t watchdog_ms(void) {
  const char *usec = getenv("WATCHDOG_USEC");
  const char *pid = getenv("WATCHDOG_PID");
  if (usec == NULL || getenv("NOTIFY_SOCKET") == NULL ||
      (pid != NULL && strtoll(pid, NULL, 10) != (long long)getpid()))
    return 0;
  const long long value = strtoll(usec, NULL, 10);
  return value > 0 ? value / 1000 + 1 : 0;
}

static int64_t now_ms(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Looks now and then whether a poll has succeeded since the last look. */
static void *watch(void *user) {
  (void)user;
  struct pollfd fd = {.fd = watchdog.wake[0], .events = POLLIN};
  int64_t told_ms = now_ms();
  while (poll(&fd, 1, (int)watchdog.look_ms) <= 0) {
    const int64_t at_ms = now_ms();
    const int64_t since_ms = tgr_host_since_poll_ms(watchdog.host);
    if (since_ms < 0 || since_ms > at_ms - told_ms)
      continue;
    notify("WATCHDOG=1\n");
    told_ms = at_ms;
  }
  return NULL;
}

bool tgr_cli_notify_start(const struct tgr_host *host) {
  const int64_t period_ms = watchdog_ms();
  if (period_ms == 0)
    return true;
  watchdog.host = host;
  watchdog.look_ms = period_ms / LOOKS_A_PERIOD;
  if (watchdog.look_ms < LOOK_MIN_MS)
    watchdog.look_ms = LOOK_MIN_MS;
  if (watchdog.look_ms > INT32_MAX)
    watchdog.look_ms = INT32_MAX;
  if (pipe2(watchdog.wake, O_CLOEXEC) != 0)
    return false;
  watchdog.runs = pthread_create(&watchdog.thread, NULL, watch, NULL) == 0;
  return watchdog.runs;
}

void tgr_cli_notify_stop(void) {
  if (!watchdog.runs)
    return;
  close(watchdog.wake[1]);
  pthread_join(watchdog.thread, NULL);
  close(watchdog.wake[0]);
  watchdog.runs = false;
}
