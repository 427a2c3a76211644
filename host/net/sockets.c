/* Registrations of sockets.
 *
 * curl 7.88 closes a socket that is not connected yet (a failed or timed-out
 * attempt) without asking CURLOPT_CLOSESOCKETFUNCTION, and only then says
 * CURL_POLL_REMOVE; in between it may have opened another one with the same
 * number, and says nothing as nothing has changed to it. So a registration is
 * kept only once curl has wanted to read from the socket, which it does of
 * connected ones alone, and one whose number is opened anew hands its wishes
 * on. */
#include "net/sockets.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

struct registration {
  struct tgr_map_link link;
  struct tgr_sockets *owner;
  const struct tgr_mem *mem;
  uv_poll_t poll;
  curl_socket_t fd;
  bool ours;      /* of tgr_sockets_open, not one of curl's own pipes */
  bool connected; /* curl wanted to read from it */
  int wanted;     /* UV_ bits a transfer waits for; 0: none does */
  int polled;     /* UV_ bits that libuv was told */
  int happened;   /* CURL_CSELECT_ bits to be acted on */
  struct tgr_job job;
};

void tgr_sockets_init(struct tgr_sockets *sockets, struct tgr_loop *loop,
                      void (*act)(struct tgr_sockets *sockets, curl_socket_t fd,
                                  int bits)) {
  *sockets = (struct tgr_sockets){.loop = loop, .mem = loop->mem, .act = act};
  tgr_map_init(&sockets->by_fd, sockets->mem, 0);
}

static struct registration *find(const struct tgr_sockets *sockets,
                                 curl_socket_t fd) {
  struct tgr_map_link *link =
      tgr_map_first(&sockets->by_fd, tgr_map_hash_int(&sockets->by_fd, fd));
  for (; link != NULL; link = tgr_map_next(link)) {
    struct registration *it = TGR_CONTAINER_OF(link, struct registration, link);
    if (it->fd == fd)
      return it;
  }
  return NULL;
}

static int curl_bits(int events) {
  return (events & UV_READABLE ? CURL_CSELECT_IN : 0) |
         (events & UV_WRITABLE ? CURL_CSELECT_OUT : 0);
}

static void on_event(uv_poll_t *poll, int status, int events) {
  struct registration *it = TGR_CONTAINER_OF(poll, struct registration, poll);
  if (status < 0)
    it->polled = 0; /* libuv has stopped it */
  if (it->wanted == 0) {
    uv_poll_stop(poll);
    it->polled = 0;
    return;
  }
  /* With an error alone curl would not look what it is. */
  it->happened |=
      status < 0 ? CURL_CSELECT_ERR | CURL_CSELECT_IN : curl_bits(events);
  tgr_ready_put(&it->owner->loop->ready, &it->job);
}

static enum tgr_status poll_for(struct registration *it, int events) {
  if (it->polled == events)
    return TGR_OK;
  if (uv_poll_start(&it->poll, events, on_event) != 0)
    return TGR_ENOMEM;
  it->polled = events;
  return TGR_OK;
}

static void act(struct tgr_job *job) {
  struct registration *it = TGR_CONTAINER_OF(job, struct registration, job);
  const int bits = it->happened;
  it->happened = 0;
  if (it->wanted != 0) /* libuv stops polling after an error */
    poll_for(it, it->wanted);
  it->owner->act(it->owner, it->fd, bits); /* it may be gone from here on */
}

static struct registration *add(struct tgr_sockets *sockets, curl_socket_t fd,
                                bool ours) {
  struct registration *it = tgr_mem_new0(sockets->mem, sizeof *it);
  if (it == NULL)
    return NULL;
  it->owner = sockets;
  it->mem = sockets->mem;
  it->fd = fd;
  it->ours = ours;
  tgr_job_init(&it->job, act);
  if (uv_poll_init_socket(&sockets->loop->uv, &it->poll, fd) != 0) {
    tgr_mem_free(it->mem, it);
    return NULL;
  }
  tgr_map_put(&sockets->by_fd, &it->link,
              tgr_map_hash_int(&sockets->by_fd, fd));
  return it;
}

static void on_closed(uv_handle_t *handle) {
  uv_poll_t *poll = (uv_poll_t *)handle;
  struct registration *it = TGR_CONTAINER_OF(poll, struct registration, poll);
  tgr_mem_free(it->mem, it);
}

/* libuv lets go of the descriptor at once, of the memory a turn later. */
static void drop(struct registration *it) {
  tgr_map_remove(&it->owner->by_fd, &it->link);
  tgr_ready_drop(&it->job);
  uv_close((uv_handle_t *)&it->poll, on_closed);
}

void tgr_sockets_deinit(struct tgr_sockets *sockets) {
  /* Removing may move what is left to a smaller array: begin anew each time. */
  for (size_t i = 0; sockets->by_fd.count > 0;) {
    struct tgr_map_link *link = sockets->by_fd.chains[i];
    i = link != NULL ? 0 : i + 1;
    if (link != NULL)
      drop(TGR_CONTAINER_OF(link, struct registration, link));
  }
  tgr_map_deinit(&sockets->by_fd);
}

curl_socket_t tgr_sockets_open(void *user, curlsocktype purpose,
                               struct curl_sockaddr *address) {
  struct tgr_sockets *sockets = user;
  (void)purpose;
  int type = address->socktype;
#ifdef SOCK_CLOEXEC
  type |= SOCK_CLOEXEC;
#endif
  const int fd = socket(address->family, type, address->protocol);
  sockets->open_code = fd < 0 ? errno : 0;
  if (fd < 0)
    return CURL_SOCKET_BAD;
  struct registration *stale = find(sockets, fd);
  const int wanted = stale != NULL ? stale->wanted : 0;
  if (stale != NULL)
    drop(stale);
  struct registration *it = add(sockets, fd, true);
  if (it == NULL) {
    close(fd);
    return CURL_SOCKET_BAD;
  }
  it->wanted = wanted;
  if (wanted != 0)
    poll_for(it, wanted);
  return fd;
}

void tgr_sockets_let_go(struct tgr_sockets *sockets, curl_socket_t fd) {
  struct registration *it = find(sockets, fd);
  if (it != NULL)
    drop(it);
}

int tgr_sockets_close(void *user, curl_socket_t fd) {
  tgr_sockets_let_go(user, fd);
  return close(fd);
}

enum tgr_status tgr_sockets_want(struct tgr_sockets *sockets, curl_socket_t fd,
                                 int what) {
  struct registration *it = find(sockets, fd);
  if (what == CURL_POLL_REMOVE) {
    if (it == NULL)
      return TGR_OK;
    it->wanted = 0;
    if (!it->ours || !it->connected)
      drop(it);
    else if (it->polled & UV_WRITABLE) /* it would be reported at once */
      return poll_for(it, UV_READABLE);
    return TGR_OK;
  }
  if (it == NULL)
    it = add(sockets, fd, false);
  if (it == NULL)
    return TGR_ENOMEM;
  if (what & CURL_POLL_IN)
    it->connected = true;
  it->wanted = (what & CURL_POLL_IN ? UV_READABLE : 0) |
               (what & CURL_POLL_OUT ? UV_WRITABLE : 0);
  return poll_for(it, it->wanted);
}
