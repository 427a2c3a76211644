/* A small blocking HTTP client for specs. */
#include "support/spec_http.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { HEAD_MAX = 65536, PATIENCE_MS = 20000 };

bool spec_http_open(struct spec_http *http, uint16_t port) {
  const struct sockaddr_in address = {.sin_family = AF_INET,
                                      .sin_port = htons(port),
                                      .sin_addr.s_addr =
                                          htonl(INADDR_LOOPBACK)};
  const int yes = 1;
  *http = (struct spec_http){0};
  http->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (http->fd < 0)
    return false;
  setsockopt(http->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  if (connect(http->fd, (const struct sockaddr *)&address, sizeof address) == 0)
    return true;
  spec_http_close(http);
  return false;
}

void spec_http_close(struct spec_http *http) {
  if (http->fd >= 0)
    close(http->fd);
  free(http->head);
  free(http->body);
  *http = (struct spec_http){.fd = -1};
}

bool spec_http_send(struct spec_http *http, const char *bytes, size_t len) {
  while (len > 0) {
    const ssize_t sent = send(http->fd, bytes, len, MSG_NOSIGNAL);
    if (sent <= 0)
      return false;
    bytes += sent;
    len -= (size_t)sent;
  }
  return true;
}

bool spec_http_request(struct spec_http *http, const char *verb,
                       const char *path, const char *type, const char *body,
                       size_t len) {
  char *head = malloc(strlen(path) + 512);
  if (head == NULL)
    return false;
  int head_len =
      sprintf(head, "%s %s HTTP/1.1\r\nHost: 127.0.0.1\r\n", verb, path);
  if (type != NULL)
    head_len +=
        sprintf(head + head_len,
                "Content-Type: %.200s\r\nContent-Length: %zu\r\n", type, len);
  head_len += sprintf(head + head_len, "\r\n");
  const bool sent = spec_http_send(http, head, (size_t)head_len) &&
                    (type == NULL || spec_http_send(http, body, len));
  free(head);
  return sent;
}

bool spec_http_readable(struct spec_http *http, int ms) {
  struct pollfd one = {.fd = http->fd, .events = POLLIN};
  return poll(&one, 1, ms) > 0;
}

/* Reads until `want` bytes are there. */
static bool read_up_to(struct spec_http *http, char *to, size_t have,
                       size_t want) {
  while (have < want) {
    if (!spec_http_readable(http, PATIENCE_MS))
      return false;
    const ssize_t got = recv(http->fd, to + have, want - have, 0);
    if (got <= 0)
      return false;
    have += (size_t)got;
  }
  return true;
}

/* Reads the head byte by byte, so that nothing behind it is taken. */
static bool read_head(struct spec_http *http) {
  size_t len = 0;
  http->head = malloc(HEAD_MAX);
  while (http->head != NULL && len + 1 < HEAD_MAX) {
    if (!read_up_to(http, http->head + len, 0, 1))
      return false;
    http->head[++len] = '\0';
    if (len >= 4 && strcmp(http->head + len - 4, "\r\n\r\n") == 0)
      return true;
  }
  return false;
}

bool spec_http_read(struct spec_http *http) {
  free(http->head);
  free(http->body);
  http->head = http->body = NULL;
  http->len = 0;
  http->status = 0;
  if (!read_head(http) || strncmp(http->head, "HTTP/1.1 ", 9) != 0)
    return false;
  http->status = (int)strtol(http->head + 9, NULL, 10);
  const char *field = strcasestr(http->head, "\r\ncontent-length:");
  if (field != NULL)
    http->len = strtoul(field + 17, NULL, 10);
  http->body = malloc(http->len + 1);
  if (http->body == NULL || !read_up_to(http, http->body, 0, http->len))
    return false;
  http->body[http->len] = '\0';
  return true;
}

uint16_t spec_http_port(const char *url) {
  return (uint16_t)strtoul(strrchr(url, ':') + 1, NULL, 10);
}
