/* Load server: a lean HTTP server for benchmarks, so that the server is never
 * what is measured: one thread, epoll, answers that are nearly constant. It
 * speaks just enough of the Bot API: getUpdates as long poll, getMe,
 * sendMessage; everything else answers true.
 *
 *   /load?count=50000&chats=1000&kind=text|mixed|heavy&delay_ms=0&gap_ms=0
 *       begins a run
 *   /stats   its figures
 *   /polled  when the first getUpdates since /reset came (CLOCK_MONOTONIC, µs)
 *
 * Prints its URL, ends with standard input. */
#include "load_bot.h"

#include <arpa/inet.h>
#include <errno.h>
#include <inttypes.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

enum {
  IN_MAX = 65536,
  OUT_MAX = 100 * LOAD_UPDATE_MAX + 1024,
  FDS = 8192,
  EVENTS = 256,
  UPDATES_A_POLL = 100
};

struct connection {
  int fd;
  unsigned serial; /* tells a late answer from one for the fd's next owner */
  size_t len;
  char in[IN_MAX + 1];
};

/* An answer that waits for delay_ms, which is the same for all: a queue. */
struct late {
  struct late *next;
  int fd;
  unsigned serial;
  uint64_t at_us;
};

static struct {
  struct load_bot bot;
  struct connection *by_fd[FDS];
  struct late *first;
  struct late **last;
  int epoll;
  int timer;
  int poll_fd; /* whose long poll waits; -1: none */
  unsigned poll_limit;
  uint64_t first_poll_us;  /* since /reset */
  uint64_t next_update_us; /* of a run with gaps */
  unsigned serial;
  unsigned message_id;
  char out[OUT_MAX];
} server = {.poll_fd = -1};

static uint64_t now_us(void) {
  struct timespec now;
  clock_gettime(CLOCK_MONOTONIC, &now);
  return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

/* ---- answers ------------------------------------------------------------ */

/* Loopback takes all of it, or the bench is broken and says so. */
static void send_all(int fd, const char *bytes, size_t len) {
  while (len > 0) {
    const ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);
    if (sent < 0 && errno == EAGAIN)
      continue;
    if (sent < 0)
      return; /* its closing comes as an event */
    bytes += sent;
    len -= (size_t)sent;
  }
}

enum { HEAD_ROOM = 160 };

/* Sends the body that lies at server.out + HEAD_ROOM. */
static void respond(int fd, size_t body_len) {
  char head[HEAD_ROOM];
  const int len = snprintf(head, sizeof head,
                           "HTTP/1.1 200 OK\r\nContent-Type: application/json"
                           "\r\nConnection: keep-alive\r\nContent-Length: %zu"
                           "\r\n\r\n",
                           body_len);
  char *begin = server.out + HEAD_ROOM - len;
  memcpy(begin, head, (size_t)len);
  send_all(fd, begin, (size_t)len + body_len);
}

static void respond_text(int fd, const char *text) {
  const size_t len = strlen(text);
  memcpy(server.out + HEAD_ROOM, text, len);
  respond(fd, len);
}

static void respond_message(int fd) {
  const int len = sprintf(
      server.out + HEAD_ROOM,
      "{\"ok\":true,\"result\":{\"message_id\":%u,\"from\":{\"id\":42,"
      "\"is_bot\":true,\"first_name\":\"Bench\",\"username\":\"bench_bot\"},"
      "\"chat\":{\"id\":5000000,\"first_name\":\"Ann\",\"last_name\":"
      "\"Example\",\"username\":\"ann_example\",\"type\":\"private\"},"
      "\"date\":1700000000,\"text\":\"a message\"}}",
      ++server.message_id);
  respond(fd, (size_t)len);
}

static void respond_updates(int fd, unsigned limit) {
  char *at = server.out + HEAD_ROOM;
  const char *const body = at;
  const uint64_t now = now_us();
  at += sprintf(at, "{\"ok\":true,\"result\":[");
  for (unsigned n = 0; n < limit && load_bot_ready(&server.bot) > 0; n++) {
    if (n > 0)
      *at++ = ',';
    at += load_bot_next(&server.bot, at, now);
  }
  at += sprintf(at, "]}");
  respond(fd, (size_t)(at - body));
}

/* ---- time --------------------------------------------------------------- */

static void arm(void) {
  uint64_t at_us = server.next_update_us;
  if (server.first != NULL && (at_us == 0 || server.first->at_us < at_us))
    at_us = server.first->at_us;
  const struct itimerspec when = {
      .it_value = {.tv_sec = (time_t)(at_us / 1000000),
                   .tv_nsec = (long)(at_us % 1000000) * 1000}};
  timerfd_settime(server.timer, TFD_TIMER_ABSTIME, &when, NULL);
}

static void answer_poll(void) {
  if (server.poll_fd < 0 || load_bot_ready(&server.bot) == 0)
    return;
  const int fd = server.poll_fd;
  server.poll_fd = -1;
  respond_updates(fd, server.poll_limit);
}

static void on_time(void) {
  uint64_t ticks = 0;
  if (read(server.timer, &ticks, sizeof ticks) < 0)
    return;
  const uint64_t now = now_us();
  while (server.first != NULL && server.first->at_us <= now) {
    struct late *late = server.first;
    server.first = late->next;
    const struct connection *it = server.by_fd[late->fd];
    if (it != NULL && it->serial == late->serial)
      respond_message(late->fd);
    free(late);
  }
  if (server.next_update_us != 0 && server.next_update_us <= now) {
    server.bot.due++;
    server.next_update_us = server.bot.due < server.bot.run.count
                                ? now + server.bot.run.gap_ms * 1000
                                : 0;
    answer_poll();
  }
  arm();
}

static void respond_later(const struct connection *it) {
  struct late *late = malloc(sizeof *late);
  if (late == NULL)
    return;
  *late = (struct late){.fd = it->fd,
                        .serial = it->serial,
                        .at_us = now_us() + server.bot.run.delay_ms * 1000};
  const bool alone = server.first == NULL;
  if (alone)
    server.last = &server.first;
  *server.last = late;
  server.last = &late->next;
  if (alone)
    arm();
}

/* ---- requests ----------------------------------------------------------- */

/* The number behind `name`; `fallback` when it is not there. */
static int64_t number(const char *text, const char *name, int64_t fallback) {
  const char *at = strstr(text, name);
  return at == NULL ? fallback : strtoll(at + strlen(name), NULL, 10);
}

static void begin_run(int fd, const char *query) {
  const struct load_run run = {
      .kind = strstr(query, "kind=heavy") != NULL   ? LOAD_HEAVY
              : strstr(query, "kind=mixed") != NULL ? LOAD_MIXED
                                                    : LOAD_TEXT,
      .count = (unsigned)number(query, "count=", 1),
      .chats = (unsigned)number(query, "chats=", 1000),
      .delay_ms = (unsigned)number(query, "delay_ms=", 0),
      .gap_ms = (unsigned)number(query, "gap_ms=", 0)};
  if (!load_bot_start(&server.bot, &run)) {
    fprintf(stderr, "load_server: out of memory\n");
    _exit(1);
  }
  if (run.gap_ms > 0)
    server.next_update_us = now_us() + run.gap_ms * 1000;
  arm();
  respond_text(fd, "{\"ok\":true}");
  answer_poll();
}

static void poll_updates(const struct connection *it, const char *body) {
  if (server.first_poll_us == 0)
    server.first_poll_us = now_us();
  load_bot_confirm(&server.bot, number(body, "\"offset\":", 0), now_us());
  const int64_t limit = number(body, "\"limit\":", UPDATES_A_POLL);
  server.poll_limit = limit < UPDATES_A_POLL ? (unsigned)limit : UPDATES_A_POLL;
  if (load_bot_ready(&server.bot) > 0 || number(body, "\"timeout\":", 0) == 0)
    respond_updates(it->fd, server.poll_limit);
  else
    server.poll_fd = it->fd;
}

static void echo(const struct connection *it, const char *body) {
  const char *text = strstr(body, "\"text\":\"");
  if (text != NULL)
    load_bot_echo(&server.bot, text + 8, now_us());
  if (server.bot.run.delay_ms > 0)
    respond_later(it);
  else
    respond_message(it->fd);
}

static bool is_method(const char *path, const char *method) {
  const char *slash = strrchr(path, '/');
  return strncasecmp(slash + 1, method, strlen(method)) == 0;
}

/* `path` and `body` end with NUL. */
static void act(const struct connection *it, char *path, const char *body) {
  if (strncmp(path, "/load?", 6) == 0) {
    begin_run(it->fd, path);
  } else if (strcmp(path, "/reset") == 0) {
    server.first_poll_us = 0;
    respond_text(it->fd, "{\"ok\":true}");
  } else if (strcmp(path, "/polled") == 0) {
    respond(it->fd, (size_t)sprintf(server.out + HEAD_ROOM, "%" PRIu64,
                                    server.first_poll_us));
  } else if (strcmp(path, "/stats") == 0) {
    respond(it->fd, load_bot_stats(&server.bot, server.out + HEAD_ROOM,
                                   OUT_MAX - HEAD_ROOM));
  } else if (is_method(path, "getUpdates")) {
    poll_updates(it, body);
  } else if (is_method(path, "sendMessage")) {
    echo(it, body);
  } else if (is_method(path, "getMe")) {
    respond_text(it->fd,
                 "{\"ok\":true,\"result\":{\"id\":42,\"is_bot\":true,"
                 "\"first_name\":\"Bench\",\"username\":\"bench_bot\"}}");
  } else {
    respond_text(it->fd, "{\"ok\":true,\"result\":true}");
  }
}

/* Takes the first request off the buffer; false when it is not all there. */
static bool take_request(struct connection *it) {
  it->in[it->len] = '\0';
  char *head_end = strstr(it->in, "\r\n\r\n");
  if (head_end == NULL)
    return false;
  *head_end = '\0';
  const char *field = strcasestr(it->in, "\r\ncontent-length:");
  const size_t body_len = field == NULL ? 0 : strtoul(field + 17, NULL, 10);
  char *body = head_end + 4;
  const size_t whole = (size_t)(body - it->in) + body_len;
  if (it->len < whole) {
    *head_end = '\r';
    return false;
  }
  char *path = strchr(it->in, ' ');
  if (path != NULL) {
    path++;
    path[strcspn(path, " ")] = '\0';
    const char kept = body[body_len];
    body[body_len] = '\0';
    act(it, path, body);
    body[body_len] = kept;
  }
  it->len -= whole;
  memmove(it->in, it->in + whole, it->len);
  return true;
}

/* ---- connections -------------------------------------------------------- */

static void drop(struct connection *it) {
  if (server.poll_fd == it->fd)
    server.poll_fd = -1;
  server.by_fd[it->fd] = NULL;
  close(it->fd);
  free(it);
}

static void on_readable(struct connection *it) {
  const ssize_t got = recv(it->fd, it->in + it->len, IN_MAX - it->len, 0);
  if (got < 0 && errno == EAGAIN)
    return;
  if (got <= 0) {
    drop(it);
    return;
  }
  it->len += (size_t)got;
  while (take_request(it))
    ;
}

static void welcome(int listener) {
  const int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
  struct connection *it = fd < 0 || fd >= FDS ? NULL : malloc(sizeof *it);
  if (it == NULL) {
    if (fd >= 0)
      close(fd);
    return;
  }
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &(int){1}, sizeof(int));
  it->fd = fd;
  it->serial = ++server.serial;
  it->len = 0;
  server.by_fd[fd] = it;
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(server.epoll, EPOLL_CTL_ADD, fd, &event);
}

static int listen_on_loopback(void) {
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  struct sockaddr_in at = {.sin_family = AF_INET,
                           .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t len = sizeof at;
  if (fd < 0 || bind(fd, (struct sockaddr *)&at, len) != 0 ||
      listen(fd, SOMAXCONN) != 0 ||
      getsockname(fd, (struct sockaddr *)&at, &len) != 0)
    return -1;
  printf("http://127.0.0.1:%d\n", ntohs(at.sin_port));
  fflush(stdout);
  return fd;
}

static void watch(int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  epoll_ctl(server.epoll, EPOLL_CTL_ADD, fd, &event);
}

int main(void) {
  server.epoll = epoll_create1(EPOLL_CLOEXEC);
  server.timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
  const int listener = listen_on_loopback();
  if (listener < 0 || server.epoll < 0 || server.timer < 0) {
    perror("load_server");
    return 1;
  }
  watch(listener);
  watch(server.timer);
  watch(STDIN_FILENO);
  for (;;) {
    struct epoll_event events[EVENTS];
    const int count = epoll_wait(server.epoll, events, EVENTS, -1);
    for (int i = 0; i < count; i++) {
      const int fd = events[i].data.fd;
      if (fd == STDIN_FILENO)
        return 0;
      if (fd == listener)
        welcome(listener);
      else if (fd == server.timer)
        on_time();
      else if (server.by_fd[fd] != NULL)
        on_readable(server.by_fd[fd]);
    }
  }
}
