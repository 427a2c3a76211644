/* HTTP on loopback, on a thread of its own. */
#include "sim/server.h"

#include "sim/call.h"
#include "sim/console.h"
#include "sim/exchange.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

enum {
  EVENTS_MAX = 64,
  BACKLOG = 4096,
  CONNECTIONS_MAX = 1 << 20,
  HOLD_MS = 20 /* between looks for a button that may come */
};

struct tgr_sim_server {
  struct tgr_sim_door door; /* what exchanges see of the server */
  struct MHD_Daemon *daemon;
  int listen_fd;
  int wake_fd;
  uint16_t port;
  uint64_t next_connection;
  pthread_t thread;
  atomic_bool stopping;
};

static void on_connection(void *user, struct MHD_Connection *connection,
                          void **context,
                          enum MHD_ConnectionNotificationCode code) {
  struct tgr_sim_server *server = user;
  if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
    server->door.world->connections--;
    return;
  }
  const int yes = 1;
  setsockopt(tgr_sim_exchange_socket(connection), IPPROTO_TCP, TCP_NODELAY,
             &yes, sizeof yes);
  server->door.world->connections++;
  *context = (void *)(uintptr_t)server->next_connection++;
}

/* ---- the thread ---- */

static int wait_ms(struct tgr_sim_server *server) {
  MHD_UNSIGNED_LONG_LONG daemon_ms;
  if (server->door.resumed)
    return 0;
  int ms =
      tgr_sim_timers_wait_ms(&server->door.world->timers, tgr_sim_now_us());
  if (MHD_get_timeout(server->daemon, &daemon_ms) == MHD_YES &&
      (ms < 0 || daemon_ms < (unsigned)ms))
    ms = daemon_ms > 60000 ? 60000 : (int)daemon_ms;
  if (tgr_sim_console_holds(server->door.world) && (ms < 0 || ms > HOLD_MS))
    ms = HOLD_MS;
  return ms;
}

static void drain(int wake_fd) {
  uint64_t count;
  while (read(wake_fd, &count, sizeof count) < 0 && errno == EINTR)
    ;
}

static void turn(struct tgr_sim_server *server) {
  struct epoll_event events[EVENTS_MAX];
  const int count =
      epoll_wait(server->door.epoll_fd, events, EVENTS_MAX, wait_ms(server));
  for (int i = 0; i < count; i++) {
    if (events[i].data.ptr == server)
      drain(server->wake_fd);
    else if (events[i].data.ptr != NULL)
      tgr_sim_exchange_lose(events[i].data.ptr);
  }
  tgr_sim_console_deliver(server->door.world);
  struct tgr_sim_timer *timer;
  const uint64_t now_us = tgr_sim_now_us();
  while ((timer = tgr_sim_timers_due(&server->door.world->timers, now_us)) !=
         NULL) {
    struct tgr_sim_call *call =
        TGR_CONTAINER_OF(timer, struct tgr_sim_call, timer);
    call->on_timer(call);
  }
  server->door.resumed = false;
  MHD_run(server->daemon);
}

static void *thread_main(void *user) {
  struct tgr_sim_server *server = user;
  while (!atomic_load(&server->stopping))
    turn(server);
  return NULL;
}

/* ---- start and stop ---- */

static enum tgr_status open_socket(struct tgr_sim_server *server, uint16_t port,
                                   struct tgr_error *error) {
  struct sockaddr_in address = {.sin_family = AF_INET,
                                .sin_port = htons(port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof address;
  const int yes = 1;
  server->listen_fd =
      socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (server->listen_fd >= 0)
    setsockopt(server->listen_fd, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (server->listen_fd < 0 ||
      bind(server->listen_fd, (struct sockaddr *)&address, size) != 0 ||
      listen(server->listen_fd, BACKLOG) != 0 ||
      getsockname(server->listen_fd, (struct sockaddr *)&address, &size) != 0)
    return tgr_error_set(error, TGR_ENET,
                         "the simulator cannot listen on 127.0.0.1:%u: %s%s",
                         (unsigned)port, strerror(errno),
                         errno == EADDRINUSE ? "; choose another port" : "");
  server->port = ntohs(address.sin_port);
  return TGR_OK;
}

static enum tgr_status open_epoll(struct tgr_sim_server *server,
                                  struct tgr_error *error) {
  struct epoll_event wake = {.events = EPOLLIN, .data.ptr = server};
  struct epoll_event daemon = {.events = EPOLLIN, .data.ptr = NULL};
  server->door.epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  server->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (server->door.epoll_fd < 0 || server->wake_fd < 0 ||
      epoll_ctl(server->door.epoll_fd, EPOLL_CTL_ADD, server->wake_fd, &wake) !=
          0 ||
      epoll_ctl(server->door.epoll_fd, EPOLL_CTL_ADD,
                MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_EPOLL_FD)
                    ->epoll_fd,
                &daemon) != 0)
    return tgr_error_set(error, TGR_ENET, "the simulator cannot poll: %s",
                         strerror(errno));
  return TGR_OK;
}

static enum tgr_status open_daemon(struct tgr_sim_server *server,
                                   struct tgr_error *error) {
  server->daemon = MHD_start_daemon(
      MHD_USE_EPOLL | MHD_USE_TURBO | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL,
      tgr_sim_exchange_run, &server->door, MHD_OPTION_LISTEN_SOCKET,
      server->listen_fd, MHD_OPTION_NOTIFY_COMPLETED, tgr_sim_exchange_end,
      &server->door, MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)32768, MHD_OPTION_END);
  if (server->daemon == NULL)
    return tgr_error_set(error, TGR_ENOMEM,
                         "the simulator's HTTP server does not start: %s",
                         strerror(errno));
  server->listen_fd = -1;
  return TGR_OK;
}

/* The thread takes no signals: they belong to the embedding program. */
static enum tgr_status start_thread(struct tgr_sim_server *server,
                                    struct tgr_error *error) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  const int failed = pthread_create(&server->thread, NULL, thread_main, server);
  pthread_sigmask(SIG_SETMASK, &before, NULL);
  if (failed != 0)
    return tgr_error_set(error, TGR_ENOMEM,
                         "the simulator's thread does not start: %s",
                         strerror(failed));
  return TGR_OK;
}

static void close_all(struct tgr_sim_server *server) {
  tgr_sim_exchange_lose_all(&server->door);
  if (server->daemon != NULL)
    MHD_stop_daemon(server->daemon);
  if (server->listen_fd >= 0)
    close(server->listen_fd);
  if (server->door.epoll_fd >= 0)
    close(server->door.epoll_fd);
  if (server->wake_fd >= 0)
    close(server->wake_fd);
  tgr_buf_deinit(&server->door.scratch);
  tgr_mem_free(server->door.mem, server);
}

enum tgr_status tgr_sim_server_start(struct tgr_sim_world *world, uint16_t port,
                                     struct tgr_sim_server **out,
                                     struct tgr_error *error) {
  struct tgr_sim_server *server = tgr_mem_new0(world->mem, sizeof *server);
  if (server == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "out of memory");
  server->door.mem = world->mem;
  server->door.world = world;
  server->listen_fd = server->door.epoll_fd = server->wake_fd = -1;
  server->next_connection = 1;
  tgr_list_init(&server->door.waiting);
  tgr_buf_init(&server->door.scratch, world->mem, SIZE_MAX);
  enum tgr_status status = open_socket(server, port, error);
  if (status == TGR_OK)
    status = open_daemon(server, error);
  if (status == TGR_OK)
    status = open_epoll(server, error);
  if (status == TGR_OK)
    status = start_thread(server, error);
  if (status != TGR_OK) {
    close_all(server);
    return status;
  }
  *out = server;
  return TGR_OK;
}

void tgr_sim_server_wake(struct tgr_sim_server *server) {
  const uint64_t one = 1;
  while (write(server->wake_fd, &one, sizeof one) < 0 && errno == EINTR)
    ;
}

void tgr_sim_server_stop(struct tgr_sim_server *server) {
  atomic_store(&server->stopping, true);
  tgr_sim_server_wake(server);
  pthread_join(server->thread, NULL);
  close_all(server);
}

uint16_t tgr_sim_server_port(const struct tgr_sim_server *server) {
  return server->port;
}
