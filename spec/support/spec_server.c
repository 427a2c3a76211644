/* A thread for every connection. */
#include "support/spec_server.h"

#include "support/spec_tls.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void *serve_one(void *user) {
  struct spec_peer *peer = user;
  struct spec_server *server = peer->server;
  sigset_t pipe; /* TLS writes to what may be closed */
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  pthread_sigmask(SIG_BLOCK, &pipe, NULL);
  if (server->tls != NULL)
    peer->session = spec_tls_accept(server->tls, peer->fd);
  if (server->tls == NULL || peer->session != NULL)
    server->serve(peer);
  spec_tls_end(peer->session, peer->broken);
  atomic_store(&server->peers[peer->number], -1);
  close(peer->fd);
  free(peer->bytes);
  free(peer->body);
  free(peer);
  atomic_fetch_add(&server->ended, 1);
  return NULL;
}

static void *accept_all(void *user) {
  struct spec_server *server = user;
  for (int number = 0; number < SPEC_SERVER_MAX; number++) {
    const int fd = accept(server->fd, NULL, NULL);
    if (fd < 0)
      return NULL;
    const int on = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    struct spec_peer *peer = calloc(1, sizeof *peer);
    peer->server = server;
    peer->fd = fd;
    peer->number = number;
    atomic_store(&server->peers[number], fd);
    if (pthread_create(&server->threads[number], NULL, serve_one, peer) != 0)
      abort();
    atomic_fetch_add(&server->connections, 1);
  }
  return NULL;
}

void spec_server_start(struct spec_server *server,
                       void (*serve)(struct spec_peer *peer), void *user) {
  spec_server_start_tls(server, NULL, serve, user);
}

void spec_server_start_tls(struct spec_server *server, struct spec_tls *tls,
                           void (*serve)(struct spec_peer *peer), void *user) {
  memset(server, 0, sizeof *server);
  server->tls = tls;
  server->serve = serve;
  server->user = user;
  server->fd = socket(AF_INET, SOCK_STREAM, 0);
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  if (bind(server->fd, (struct sockaddr *)&address, size) != 0 ||
      listen(server->fd, 1024) != 0 ||
      getsockname(server->fd, (struct sockaddr *)&address, &size) != 0)
    abort();
  server->port = ntohs(address.sin_port);
  snprintf(server->url, sizeof server->url, "%s://127.0.0.1:%u",
           tls != NULL ? "https" : "http", server->port);
  if (pthread_create(&server->acceptor, NULL, accept_all, server) != 0)
    abort();
}

void spec_server_stop(struct spec_server *server) {
  shutdown(server->fd, SHUT_RDWR);
  pthread_join(server->acceptor, NULL);
  close(server->fd);
  const int count = atomic_load(&server->connections);
  for (int i = 0; i < count; i++) {
    const int fd = atomic_load(&server->peers[i]);
    if (fd >= 0)
      shutdown(fd, SHUT_RDWR);
  }
  for (int i = 0; i < count; i++)
    pthread_join(server->threads[i], NULL);
}

/* Reads more bytes; false at the end. */
static bool read_more(struct spec_peer *peer) {
  char buf[65536];
  const ssize_t got = peer->session != NULL
                          ? spec_tls_recv(peer->session, buf, sizeof buf)
                          : recv(peer->fd, buf, sizeof buf, 0);
  if (got <= 0)
    return false;
  peer->bytes = realloc(peer->bytes, peer->len + (size_t)got + 1);
  memcpy(peer->bytes + peer->len, buf, (size_t)got);
  peer->len += (size_t)got;
  peer->bytes[peer->len] = '\0';
  return true;
}

static void use_up(struct spec_peer *peer, size_t len) {
  memmove(peer->bytes, peer->bytes + len, peer->len - len + 1);
  peer->len -= len;
}

static bool read_head(struct spec_peer *peer) {
  const char *end = NULL;
  while (peer->len == 0 || (end = strstr(peer->bytes, "\r\n\r\n")) == NULL)
    if (!read_more(peer))
      return false;
  const size_t len = (size_t)(end - peer->bytes) + 4;
  snprintf(peer->head, sizeof peer->head, "%.*s", (int)len, peer->bytes);
  use_up(peer, len);
  return true;
}

/* Moves `len` bytes of what comes behind the body so far. */
static bool read_body(struct spec_peer *peer, size_t len) {
  while (peer->len < len)
    if (!read_more(peer))
      return false;
  peer->body = realloc(peer->body, peer->body_len + len + 1);
  if (len > 0)
    memcpy(peer->body + peer->body_len, peer->bytes, len);
  peer->body_len += len;
  peer->body[peer->body_len] = '\0';
  if (len > 0)
    use_up(peer, len);
  return true;
}

static bool read_chunks(struct spec_peer *peer) {
  for (;;) {
    const char *end = NULL;
    while (peer->len == 0 || (end = strstr(peer->bytes, "\r\n")) == NULL)
      if (!read_more(peer))
        return false;
    const size_t size = strtoul(peer->bytes, NULL, 16);
    use_up(peer, (size_t)(end - peer->bytes) + 2);
    if (!read_body(peer, size))
      return false;
    while (peer->len < 2)
      if (!read_more(peer))
        return false;
    use_up(peer, 2);
    if (size == 0)
      return true;
  }
}

bool spec_peer_read(struct spec_peer *peer) {
  free(peer->body);
  peer->body = NULL;
  peer->body_len = 0;
  if (!read_head(peer))
    return false;
  const char *length = strcasestr(peer->head, "\r\nContent-Length:");
  const bool ok =
      strcasestr(peer->head, "\r\nTransfer-Encoding: chunked")
          ? read_chunks(peer)
          : read_body(peer,
                      length != NULL ? strtoul(length + 17, NULL, 10) : 0);
  if (ok)
    atomic_fetch_add(&peer->server->requests, 1);
  return ok;
}

bool spec_peer_send(struct spec_peer *peer, const char *bytes, size_t len) {
  while (len > 0) {
    const ssize_t sent = peer->session != NULL
                             ? spec_tls_send(peer->session, bytes, len)
                             : send(peer->fd, bytes, len, MSG_NOSIGNAL);
    if (sent <= 0)
      return false;
    bytes += sent;
    len -= (size_t)sent;
  }
  return true;
}

bool spec_peer_say(struct spec_peer *peer, const char *text) {
  return spec_peer_send(peer, text, strlen(text));
}

bool spec_peer_answer(struct spec_peer *peer, int status, const char *body) {
  char head[256];
  snprintf(head, sizeof head,
           "HTTP/1.1 %d Answer\r\nContent-Type: application/json\r\n"
           "Content-Length: %zu\r\n\r\n",
           status, strlen(body));
  return spec_peer_say(peer, head) && spec_peer_say(peer, body);
}

void spec_peer_reset(struct spec_peer *peer) {
  const struct linger linger = {.l_onoff = 1};
  setsockopt(peer->fd, SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  peer->broken = true;
}

void spec_peer_wait_end(struct spec_peer *peer) {
  while (read_more(peer))
    ;
}

void spec_serve_ok(struct spec_peer *peer) {
  while (spec_peer_read(peer) && spec_peer_answer(peer, 200, "{\"ok\":true}"))
    ;
}
