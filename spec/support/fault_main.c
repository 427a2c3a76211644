/* fault [--for SECONDS] [--mode MODE]: a raw-socket server on 127.0.0.1 that
 * answers as no server should. Prints its port as one line, and lives for the
 * given time (60 s by default) or until stdin ends.
 *
 * The mode is that of the command line; else the last part of the request's
 * path that names one, so "/bot1:a/cut_body" and "/cut_body/bot1:a/getMe"
 * both work; else `close`. A request is read up to the end of its head.
 *
 *   close       accept, read the head, close
 *   refuse      close at once, without reading
 *   reset       reset (RST) after half of the head
 *   cut_head    close after half of the head
 *   cut_body    promise 1,000 bytes, send 20, close
 *   reset_body  the same with a reset
 *   garbage     bytes that are no HTTP
 *   html        a 502 page, as a proxy sends it
 *   html_ok     the same page with status 200
 *   cut_json    200 with JSON that ends early, its length honest
 *   empty       200 without a body
 *   endless     a head that never ends
 *   huge        200 with a body of 256 MB
 *   drip        a valid answer, one byte every 20 ms
 *   hang        accept and never answer
 *   hang_body   a head that promises a body, and nothing more
 *   chunk       chunked, with a chunk length that is none
 *   cut_chunk   chunked, closed within a chunk
 *   early       the answer before the request's body was read, then a reset
 *   two         two answers for one request
 *   ok          a valid answer; the connection stays open */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_MAX = 65536, HUGE_BYTES = 256 << 20, DRIP_MS = 20 };

#define OK_BODY "{\"ok\":true,\"result\":[]}"
#define PAGE                                                                   \
  "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n"        \
  "<center><h1>502 Bad Gateway</h1></center>\r\n<hr><center>nginx</center>"    \
  "\r\n</body>\r\n</html>\r\n"

struct connection {
  int fd;
  const char *mode; /* of the command line, or NULL */
};

static bool send_all(int fd, const char *bytes, size_t len) {
  while (len > 0) {
    const ssize_t sent = send(fd, bytes, len, MSG_NOSIGNAL);
    if (sent <= 0)
      return false;
    bytes += sent;
    len -= (size_t)sent;
  }
  return true;
}

static bool send_text(int fd, const char *text) {
  return send_all(fd, text, strlen(text));
}

static void send_answer(int fd, const char *status, const char *type,
                        const char *body, size_t promised) {
  char head[256];
  snprintf(head, sizeof head,
           "HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %zu\r\n\r\n",
           status, type, promised);
  if (send_text(fd, head))
    send_text(fd, body);
}

static void sleep_ms(long ms) {
  const struct timespec span = {ms / 1000, ms % 1000 * 1000000};
  nanosleep(&span, NULL);
}

/* Makes the coming close a reset. */
static void reset_on_close(int fd) {
  const struct linger now = {.l_onoff = 1, .l_linger = 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/* Waits until the client goes away. */
static void wait_for_client(int fd) {
  char bytes[4096];
  while (recv(fd, bytes, sizeof bytes, 0) > 0)
    ;
}

static void do_close(int fd) {
  (void)fd;
}

static void do_reset(int fd) {
  send_text(fd, "HTTP/1.1 200 OK\r\nContent-Ty");
  sleep_ms(DRIP_MS);
  reset_on_close(fd);
}

static void do_cut_head(int fd) {
  send_text(fd, "HTTP/1.1 200 OK\r\nContent-Ty");
}

static void do_cut_body(int fd) {
  send_answer(fd, "200 OK", "application/json",
              "{\"ok\":true,\"result\":", 1000);
}

static void do_reset_body(int fd) {
  do_cut_body(fd);
  sleep_ms(DRIP_MS);
  reset_on_close(fd);
}

static void do_garbage(int fd) {
  static const char bytes[] = "\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"
                              "\x00\xff no HTTP at all\r\n\r\n";
  send_all(fd, bytes, sizeof bytes - 1);
}

static void do_html(int fd) {
  send_answer(fd, "502 Bad Gateway", "text/html", PAGE, strlen(PAGE));
}

static void do_html_ok(int fd) {
  send_answer(fd, "200 OK", "text/html", PAGE, strlen(PAGE));
}

static void do_cut_json(int fd) {
  static const char body[] = "{\"ok\":true,\"result\":[{\"update_id\":1,\"mes";
  send_answer(fd, "200 OK", "application/json", body, strlen(body));
}

static void do_empty(int fd) {
  send_answer(fd, "200 OK", "application/json", "", 0);
}

static void do_endless(int fd) {
  static const char line[] =
      "X-Padding: 0123456789012345678901234567890123\r\n";
  if (!send_text(fd, "HTTP/1.1 200 OK\r\n"))
    return;
  while (send_text(fd, line))
    ;
}

static void do_huge(int fd) {
  static char block[65536];
  memset(block, ' ', sizeof block);
  send_answer(fd, "200 OK", "application/json", "", HUGE_BYTES);
  for (size_t sent = 0; sent < HUGE_BYTES; sent += sizeof block)
    if (!send_all(fd, block, sizeof block))
      return;
}

static void do_drip(int fd) {
  char answer[256];
  const int len =
      snprintf(answer, sizeof answer,
               "HTTP/1.1 200 OK\r\nContent-Length: %zu\r\n\r\n" OK_BODY,
               strlen(OK_BODY));
  for (int i = 0; i < len && send_all(fd, answer + i, 1); i++)
    sleep_ms(DRIP_MS);
}

static void do_hang_body(int fd) {
  send_answer(fd, "200 OK", "application/json", "", 1000);
  wait_for_client(fd);
}

#define CHUNKED "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

static void do_chunk(int fd) {
  send_text(fd, CHUNKED "5\r\n{\"ok\"\r\nzz\r\n:true}\r\n0\r\n\r\n");
}

static void do_cut_chunk(int fd) {
  send_text(fd, CHUNKED "5\r\n{\"ok\"\r\nff\r\n:true");
}

static void do_early(int fd) {
  send_answer(fd, "413 Request Entity Too Large", "application/json", OK_BODY,
              strlen(OK_BODY));
  sleep_ms(DRIP_MS);
  reset_on_close(fd);
}

static void do_ok(int fd) {
  send_answer(fd, "200 OK", "application/json", OK_BODY, strlen(OK_BODY));
}

static void do_two(int fd) {
  do_ok(fd);
  do_ok(fd);
}

static const struct {
  const char *name;
  void (*run)(int fd);
  bool unread;  /* without reading the request */
  bool goes_on; /* the connection stays open for another request */
} modes[] = {
    {"close", do_close, false, false},
    {"refuse", do_close, true, false},
    {"reset", do_reset, false, false},
    {"cut_head", do_cut_head, false, false},
    {"cut_body", do_cut_body, false, false},
    {"reset_body", do_reset_body, false, false},
    {"garbage", do_garbage, false, false},
    {"html", do_html, false, true},
    {"html_ok", do_html_ok, false, true},
    {"cut_json", do_cut_json, false, true},
    {"empty", do_empty, false, true},
    {"endless", do_endless, false, false},
    {"huge", do_huge, false, true},
    {"drip", do_drip, false, true},
    {"hang", wait_for_client, false, false},
    {"hang_body", do_hang_body, false, false},
    {"chunk", do_chunk, false, false},
    {"cut_chunk", do_cut_chunk, false, false},
    {"early", do_early, false, false},
    {"two", do_two, false, true},
    {"ok", do_ok, false, true},
};

enum { MODE_COUNT = sizeof modes / sizeof *modes };

static size_t mode_of(const char *name, size_t len) {
  for (size_t i = 0; i < MODE_COUNT; i++)
    if (strlen(modes[i].name) == len && strncmp(modes[i].name, name, len) == 0)
      return i;
  return MODE_COUNT;
}

/* The mode the request's path names last. */
static size_t mode_of_request(const char *head) {
  size_t mode = mode_of("close", 5);
  const char *path = strchr(head, ' ');
  if (path == NULL)
    return mode;
  path++;
  while (*path == '/') {
    path++;
    const size_t len = strcspn(path, "/? \r\n");
    const size_t named = mode_of(path, len);
    if (named < MODE_COUNT)
      mode = named;
    path += len;
  }
  return mode;
}

static size_t content_length(const char *head) {
  const char *field = strcasestr(head, "\r\ncontent-length:");
  return field == NULL ? 0 : strtoul(field + 17, NULL, 10);
}

/* Reads one request, its body too unless the mode answers early. False when
 * the client is gone or the head is too long. */
static bool read_request(int fd, char *head, const char **end_out,
                         size_t *got_out) {
  size_t got = 0;
  head[0] = '\0';
  while (strstr(head, "\r\n\r\n") == NULL) {
    if (got + 1 >= HEAD_MAX)
      return false;
    const ssize_t len = recv(fd, head + got, HEAD_MAX - 1 - got, 0);
    if (len <= 0)
      return false;
    got += (size_t)len;
    head[got] = '\0';
  }
  *end_out = strstr(head, "\r\n\r\n") + 4;
  *got_out = got;
  return true;
}

static void skip_body(int fd, const char *head, const char *end, size_t got) {
  char bytes[4096];
  const size_t length = content_length(head);
  size_t have = got - (size_t)(end - head);
  while (have < length) {
    const ssize_t len = recv(fd, bytes, sizeof bytes, 0);
    if (len <= 0)
      return;
    have += (size_t)len;
  }
}

static void serve(const struct connection *connection, char *head) {
  const size_t forced =
      connection->mode == NULL
          ? MODE_COUNT
          : mode_of(connection->mode, strlen(connection->mode));
  if (forced < MODE_COUNT && modes[forced].unread)
    return;
  const char *end;
  size_t got;
  while (read_request(connection->fd, head, &end, &got)) {
    const size_t mode = forced < MODE_COUNT ? forced : mode_of_request(head);
    if (modes[mode].run != do_early)
      skip_body(connection->fd, head, end, got);
    modes[mode].run(connection->fd);
    if (!modes[mode].goes_on)
      return;
  }
}

static void *connection_main(void *user) {
  struct connection *connection = user;
  char *head = malloc(HEAD_MAX);
  if (head != NULL)
    serve(connection, head);
  close(connection->fd);
  free(head);
  free(connection);
  return NULL;
}

static void start_connection(int fd, const char *mode) {
  struct connection *connection = malloc(sizeof *connection);
  pthread_t thread;
  if (connection == NULL) {
    close(fd);
    return;
  }
  *connection = (struct connection){fd, mode};
  if (pthread_create(&thread, NULL, connection_main, connection) != 0) {
    close(fd);
    free(connection);
    return;
  }
  pthread_detach(thread);
}

static int listen_on_any(uint16_t *port) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  const int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || bind(fd, (struct sockaddr *)&address, size) != 0 ||
      listen(fd, 512) != 0 ||
      getsockname(fd, (struct sockaddr *)&address, &size) != 0)
    return -1;
  *port = ntohs(address.sin_port);
  return fd;
}

static void accept_until(int listener, const char *mode, time_t until) {
  char bytes[64];
  struct pollfd both[] = {{.fd = listener, .events = POLLIN},
                          {.fd = STDIN_FILENO, .events = POLLIN}};
  for (;;) {
    const time_t left = until - time(NULL);
    if (left <= 0 || poll(both, 2, (int)left * 1000) < 0)
      return;
    if (both[1].revents != 0 && read(STDIN_FILENO, bytes, sizeof bytes) <= 0)
      return;
    const int fd = both[0].revents == 0 ? -1 : accept(listener, NULL, NULL);
    if (fd >= 0)
      start_connection(fd, mode);
  }
}

int main(int argc, char **argv) {
  long seconds = 60;
  const char *mode = NULL;
  for (int i = 1; i + 1 < argc; i += 2) {
    if (strcmp(argv[i], "--for") == 0)
      seconds = strtol(argv[i + 1], NULL, 10);
    else if (strcmp(argv[i], "--mode") == 0)
      mode = argv[i + 1];
  }
  if (argc % 2 == 0 || seconds <= 0 ||
      (mode != NULL && mode_of(mode, strlen(mode)) == MODE_COUNT)) {
    fputs("usage: fault [--for SECONDS] [--mode MODE]\n", stderr);
    return 2;
  }
  uint16_t port;
  const int listener = listen_on_any(&port);
  if (listener < 0) {
    perror("fault");
    return 1;
  }
  printf("%u\n", (unsigned)port);
  fflush(stdout);
  accept_until(listener, mode, time(NULL) + seconds);
  return 0;
}
