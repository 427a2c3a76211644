/* HTTP on loopback, on a thread of its own. */
#include "sim/server.h"

#include "sim/api.h"
#include "sim/console.h"
#include "sim/control.h"
#include "sim/upload.h"

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

enum { EVENTS_MAX = 64, BACKLOG = 4096, CONNECTIONS_MAX = 1 << 20 };

struct tgr_sim_server {
  const struct tgr_mem *mem;
  struct tgr_sim_world *world;
  struct MHD_Daemon *daemon;
  int listen_fd;
  int epoll_fd;
  int wake_fd;
  uint16_t port;
  bool resumed; /* connections wait for microhttpd's next turn */
  uint64_t next_connection;
  struct tgr_buf scratch; /* a JSON answer on its way out */
  pthread_t thread;
  atomic_bool stopping;
  struct tgr_list waiting; /* exchanges whose connection is suspended */
};

enum route { ROUTE_API, ROUTE_FILE, ROUTE_CONTROL };

/* A call with its HTTP side. */
struct exchange {
  struct tgr_sim_call call; /* first, so that a call is its exchange */
  struct tgr_sim_server *server;
  struct MHD_Connection *connection;
  struct tgr_sim_upload upload;
  struct tgr_link link; /* in the server's waiting list */
  enum route route;
  bool lost; /* the client went away */
  bool suspended;
  bool upload_open;
  char path[]; /* unescaped, without the query */
};

static struct exchange *exchange_of(struct tgr_sim_call *call) {
  return (struct exchange *)(void *)call;
}

static int socket_of(struct MHD_Connection *connection) {
  return MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)
      ->connect_fd;
}

/* ---- waiting ---- */

static void resume(struct tgr_sim_call *call) {
  struct exchange *exchange = exchange_of(call);
  if (!exchange->suspended)
    return;
  exchange->suspended = false;
  tgr_list_remove(&exchange->link);
  epoll_ctl(exchange->server->epoll_fd, EPOLL_CTL_DEL,
            socket_of(exchange->connection), NULL);
  MHD_resume_connection(exchange->connection);
  exchange->server->resumed = true;
}

static void suspend(struct exchange *exchange) {
  struct epoll_event hang_up = {.events = EPOLLRDHUP | EPOLLONESHOT,
                                .data.ptr = exchange};
  exchange->suspended = true;
  tgr_list_append(&exchange->server->waiting, &exchange->link);
  MHD_suspend_connection(exchange->connection);
  epoll_ctl(exchange->server->epoll_fd, EPOLL_CTL_ADD,
            socket_of(exchange->connection), &hang_up);
}

/* The client of a waiting call went away. */
static void lose(struct exchange *exchange) {
  struct tgr_sim_call *call = &exchange->call;
  if (!exchange->suspended)
    return;
  exchange->lost = true;
  if (call->on_lost != NULL)
    call->on_lost(call);
  tgr_sim_call_ready(call);
}

/* ---- answering ---- */

static int append_json(const char *bytes, size_t len, void *buf) {
  return tgr_buf_append(buf, bytes, len) == TGR_OK ? 0 : -1;
}

static struct MHD_Response *make_response(struct exchange *exchange) {
  struct tgr_sim_answer *answer = &exchange->call.answer;
  struct tgr_buf *body = &answer->body;
  if (answer->json != NULL) {
    body = &exchange->server->scratch;
    tgr_buf_clear(body);
    if (json_dump_callback(answer->json, append_json, body, JSON_COMPACT) != 0)
      return NULL;
  }
  struct MHD_Response *response = MHD_create_response_from_buffer(
      body->len, body->bytes, MHD_RESPMEM_MUST_COPY);
  if (response == NULL)
    return NULL;
  MHD_add_response_header(response, MHD_HTTP_HEADER_CONTENT_TYPE, answer->type);
  const char *name;
  json_t *value;
  json_object_foreach(answer->headers, name, value) {
    if (json_is_string(value))
      MHD_add_response_header(response, name, json_string_value(value));
  }
  return response;
}

static void arrange_reset(struct MHD_Connection *connection) {
  const struct linger now = {.l_onoff = 1, .l_linger = 0};
  setsockopt(socket_of(connection), SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/* Queues the answer; MHD_NO closes the connection. */
static enum MHD_Result send_answer(struct exchange *exchange) {
  const struct tgr_sim_answer *answer = &exchange->call.answer;
  if (answer->reset)
    arrange_reset(exchange->connection);
  if (exchange->lost || answer->close)
    return MHD_NO;
  struct MHD_Response *response = make_response(exchange);
  if (response == NULL)
    return MHD_NO;
  const enum MHD_Result queued = MHD_queue_response(
      exchange->connection, (unsigned)answer->status, response);
  MHD_destroy_response(response);
  return queued;
}

/* ---- requests ---- */

static enum route route_of(const char *path) {
  if (strncmp(path, "/sim/", 5) == 0)
    return ROUTE_CONTROL;
  return strncmp(path, "/file/", 6) == 0 ? ROUTE_FILE : ROUTE_API;
}

static struct exchange *begin(struct tgr_sim_server *server,
                              struct MHD_Connection *connection,
                              const char *path) {
  const size_t len = strlen(path);
  struct exchange *exchange =
      tgr_mem_new0(server->mem, sizeof *exchange + len + 1);
  if (exchange == NULL)
    return NULL;
  struct tgr_sim_call *call = &exchange->call;
  memcpy(exchange->path, path, len);
  exchange->server = server;
  exchange->connection = connection;
  exchange->route = route_of(path);
  tgr_link_init(&exchange->link);
  call->world = server->world;
  call->resume = resume;
  call->params = json_object();
  call->files = json_object();
  tgr_buf_init(&call->answer.body, server->mem, SIZE_MAX);
  const char *type = MHD_lookup_connection_value(connection, MHD_HEADER_KIND,
                                                 MHD_HTTP_HEADER_CONTENT_TYPE);
  tgr_sim_upload_init(&exchange->upload, call, connection,
                      exchange->route == ROUTE_CONTROL ? NULL : type);
  exchange->upload_open = true;
  const uint64_t *number =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)
          ->socket_context;
  if (exchange->route == ROUTE_API)
    tgr_sim_api_begin(call, exchange->path, type, (uint64_t)(uintptr_t)number);
  return exchange;
}

static void end(struct exchange *exchange, bool aborted) {
  struct tgr_sim_call *call = &exchange->call;
  tgr_sim_api_end(call, aborted);
  tgr_sim_timers_disarm(&call->world->timers, &call->timer);
  if (exchange->upload_open)
    tgr_sim_upload_deinit(&exchange->upload);
  json_decref(call->params);
  json_decref(call->files);
  json_decref(call->answer.headers);
  json_decref(call->answer.json);
  tgr_buf_deinit(&call->answer.body);
  tgr_mem_free(exchange->server->mem, exchange);
}

/* The body is complete. */
static void run(struct exchange *exchange, const char *verb) {
  struct tgr_sim_call *call = &exchange->call;
  const bool control = exchange->route == ROUTE_CONTROL;
  call->state = TGR_SIM_CALL_READY;
  if (!tgr_sim_upload_end(&exchange->upload, control))
    tgr_sim_call_json(call, 500, NULL);
  else if (control)
    tgr_sim_control_run(call, verb, exchange->path, &exchange->upload.bytes);
  else if (exchange->route == ROUTE_FILE)
    tgr_sim_api_download(call, exchange->path);
  else
    tgr_sim_api_run(call, exchange->path);
  tgr_sim_upload_deinit(&exchange->upload);
  exchange->upload_open = false;
}

/* microhttpd calls this for a request's head, for each piece of its body, at
 * its end, and again after a suspended connection was resumed. */
static enum MHD_Result on_request(void *user, struct MHD_Connection *connection,
                                  const char *path, const char *verb,
                                  const char *version, const char *bytes,
                                  size_t *len, void **context) {
  struct exchange *exchange = *context;
  (void)version;
  if (exchange == NULL) {
    *context = begin(user, connection, path);
    return *context == NULL ? MHD_NO : MHD_YES;
  }
  if (*len > 0) {
    tgr_sim_upload_take(&exchange->upload, bytes, *len);
    *len = 0;
    return MHD_YES;
  }
  if (exchange->call.state == TGR_SIM_CALL_ARRIVING)
    run(exchange, verb);
  if (exchange->call.state == TGR_SIM_CALL_READY)
    return send_answer(exchange);
  suspend(exchange);
  return MHD_YES;
}

static void on_completed(void *user, struct MHD_Connection *connection,
                         void **context, enum MHD_RequestTerminationCode code) {
  struct exchange *exchange = *context;
  (void)user;
  (void)connection;
  if (exchange == NULL)
    return;
  const struct tgr_sim_answer *answer = &exchange->call.answer;
  const bool ours = answer->close ||
                    code == MHD_REQUEST_TERMINATED_COMPLETED_OK ||
                    code == MHD_REQUEST_TERMINATED_DAEMON_SHUTDOWN;
  end(exchange, exchange->lost || !ours);
  *context = NULL;
}

static void on_connection(void *user, struct MHD_Connection *connection,
                          void **context,
                          enum MHD_ConnectionNotificationCode code) {
  struct tgr_sim_server *server = user;
  if (code == MHD_CONNECTION_NOTIFY_CLOSED) {
    server->world->connections--;
    return;
  }
  const int yes = 1;
  setsockopt(socket_of(connection), IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  server->world->connections++;
  *context = (void *)(uintptr_t)server->next_connection++;
}

/* ---- the thread ---- */

static int wait_ms(struct tgr_sim_server *server) {
  MHD_UNSIGNED_LONG_LONG daemon_ms;
  if (server->resumed)
    return 0;
  int ms = tgr_sim_timers_wait_ms(&server->world->timers, tgr_sim_now_us());
  if (MHD_get_timeout(server->daemon, &daemon_ms) == MHD_YES &&
      (ms < 0 || daemon_ms < (unsigned)ms))
    ms = daemon_ms > 60000 ? 60000 : (int)daemon_ms;
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
      epoll_wait(server->epoll_fd, events, EVENTS_MAX, wait_ms(server));
  for (int i = 0; i < count; i++) {
    if (events[i].data.ptr == server)
      drain(server->wake_fd);
    else if (events[i].data.ptr != NULL)
      lose(events[i].data.ptr);
  }
  tgr_sim_console_deliver(server->world);
  struct tgr_sim_timer *timer;
  const uint64_t now_us = tgr_sim_now_us();
  while ((timer = tgr_sim_timers_due(&server->world->timers, now_us)) != NULL) {
    struct tgr_sim_call *call =
        TGR_CONTAINER_OF(timer, struct tgr_sim_call, timer);
    call->on_timer(call);
  }
  server->resumed = false;
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
  server->epoll_fd = epoll_create1(EPOLL_CLOEXEC);
  server->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (server->epoll_fd < 0 || server->wake_fd < 0 ||
      epoll_ctl(server->epoll_fd, EPOLL_CTL_ADD, server->wake_fd, &wake) != 0 ||
      epoll_ctl(server->epoll_fd, EPOLL_CTL_ADD,
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
      on_request, server, MHD_OPTION_LISTEN_SOCKET, server->listen_fd,
      MHD_OPTION_NOTIFY_COMPLETED, on_completed, server,
      MHD_OPTION_NOTIFY_CONNECTION, on_connection, server,
      MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)65536, MHD_OPTION_END);
  if (server->daemon == NULL)
    return tgr_error_set(error, TGR_ENOMEM,
                         "the simulator's HTTP server does not start");
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
  struct tgr_link *link;
  while ((link = tgr_list_first(&server->waiting)) != NULL)
    lose(TGR_CONTAINER_OF(link, struct exchange, link));
  if (server->daemon != NULL)
    MHD_stop_daemon(server->daemon);
  if (server->listen_fd >= 0)
    close(server->listen_fd);
  if (server->epoll_fd >= 0)
    close(server->epoll_fd);
  if (server->wake_fd >= 0)
    close(server->wake_fd);
  tgr_buf_deinit(&server->scratch);
  tgr_mem_free(server->mem, server);
}

enum tgr_status tgr_sim_server_start(struct tgr_sim_world *world, uint16_t port,
                                     struct tgr_sim_server **out,
                                     struct tgr_error *error) {
  struct tgr_sim_server *server = tgr_mem_new0(world->mem, sizeof *server);
  if (server == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "out of memory");
  server->mem = world->mem;
  server->world = world;
  server->listen_fd = server->epoll_fd = server->wake_fd = -1;
  server->next_connection = 1;
  tgr_list_init(&server->waiting);
  tgr_buf_init(&server->scratch, world->mem, SIZE_MAX);
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
