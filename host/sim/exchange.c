/* One HTTP request and its call. */
#include "sim/exchange.h"

#include "sim/api.h"
#include "sim/control.h"
#include "sim/upload.h"

#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

enum route { ROUTE_API, ROUTE_FILE, ROUTE_CONTROL };

/* A call with its HTTP side. */
struct exchange {
  struct tgr_sim_call call; /* first, so that a call is its exchange */
  struct tgr_sim_door *door;
  struct MHD_Connection *connection;
  struct tgr_sim_upload upload;
  struct tgr_link link; /* in the door's waiting list */
  enum route route;
  bool lost; /* the client went away */
  bool suspended;
  bool upload_open;
  char path[]; /* unescaped, without the query */
};

static struct exchange *exchange_of(struct tgr_sim_call *call) {
  return (struct exchange *)(void *)call;
}

int tgr_sim_exchange_socket(struct MHD_Connection *connection) {
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
  epoll_ctl(exchange->door->epoll_fd, EPOLL_CTL_DEL,
            tgr_sim_exchange_socket(exchange->connection), NULL);
  MHD_resume_connection(exchange->connection);
  exchange->door->resumed = true;
}

static void suspend(struct exchange *exchange) {
  struct epoll_event hang_up = {.events = EPOLLRDHUP | EPOLLONESHOT,
                                .data.ptr = exchange};
  exchange->suspended = true;
  tgr_list_append(&exchange->door->waiting, &exchange->link);
  MHD_suspend_connection(exchange->connection);
  epoll_ctl(exchange->door->epoll_fd, EPOLL_CTL_ADD,
            tgr_sim_exchange_socket(exchange->connection), &hang_up);
}

/* The client of a waiting call went away. */
static void lose_one(struct exchange *exchange) {
  struct tgr_sim_call *call = &exchange->call;
  if (!exchange->suspended)
    return;
  exchange->lost = true;
  if (call->on_lost != NULL)
    call->on_lost(call);
  tgr_sim_call_ready(call);
}

void tgr_sim_exchange_lose(void *exchange) {
  lose_one(exchange);
}

void tgr_sim_exchange_lose_all(struct tgr_sim_door *door) {
  struct tgr_link *link;
  while ((link = tgr_list_first(&door->waiting)) != NULL)
    lose_one(TGR_CONTAINER_OF(link, struct exchange, link));
}

/* ---- answering ---- */

static int append_json(const char *bytes, size_t len, void *buf) {
  return tgr_buf_append(buf, bytes, len) == TGR_OK ? 0 : -1;
}

static struct MHD_Response *make_response(struct exchange *exchange) {
  struct tgr_sim_answer *answer = &exchange->call.answer;
  struct tgr_buf *body = &answer->body;
  if (answer->json != NULL) {
    body = &exchange->door->scratch;
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
  setsockopt(tgr_sim_exchange_socket(connection), SOL_SOCKET, SO_LINGER, &now,
             sizeof now);
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

static struct exchange *begin(struct tgr_sim_door *door,
                              struct MHD_Connection *connection,
                              const char *path) {
  const size_t len = strlen(path);
  struct exchange *exchange =
      tgr_mem_new0(door->mem, sizeof *exchange + len + 1);
  if (exchange == NULL)
    return NULL;
  struct tgr_sim_call *call = &exchange->call;
  memcpy(exchange->path, path, len);
  exchange->door = door;
  exchange->connection = connection;
  exchange->route = route_of(path);
  tgr_link_init(&exchange->link);
  call->world = door->world;
  call->resume = resume;
  call->params = json_object();
  call->files = json_object();
  tgr_buf_init(&call->answer.body, door->mem, SIZE_MAX);
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

static void free_exchange(struct exchange *exchange, bool aborted) {
  struct tgr_sim_call *call = &exchange->call;
  tgr_sim_api_end(call, aborted);
  tgr_sim_timers_disarm(&call->world->timers, &call->timer);
  if (exchange->upload_open)
    tgr_sim_upload_deinit(&exchange->upload);
  json_decref(call->params);
  json_decref(call->files);
  json_decref(call->rule);
  json_decref(call->answer.headers);
  json_decref(call->answer.json);
  tgr_buf_deinit(&call->answer.body);
  tgr_mem_free(exchange->door->mem, exchange);
}

/* The body is complete. */
static void run(struct exchange *exchange, const char *verb) {
  struct tgr_sim_call *call = &exchange->call;
  const bool control = exchange->route == ROUTE_CONTROL;
  call->state = TGR_SIM_CALL_READY;
  if (!tgr_sim_upload_end(&exchange->upload, control))
    tgr_sim_call_json(call, 500, NULL);
  else if (control && call->too_large)
    tgr_sim_call_fail(call, 413, "Request Entity Too Large: 256 MiB at most");
  else if (control)
    tgr_sim_control_run(call, verb, exchange->path, &exchange->upload.bytes);
  else if (exchange->route == ROUTE_FILE)
    tgr_sim_api_download(call, exchange->path);
  else
    tgr_sim_api_run(call, exchange->path);
  tgr_sim_upload_deinit(&exchange->upload);
  exchange->upload_open = false;
}

enum MHD_Result tgr_sim_exchange_run(void *user,
                                     struct MHD_Connection *connection,
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

void tgr_sim_exchange_end(void *user, struct MHD_Connection *connection,
                          void **context,
                          enum MHD_RequestTerminationCode code) {
  struct exchange *exchange = *context;
  (void)user;
  (void)connection;
  if (exchange == NULL)
    return;
  const struct tgr_sim_answer *answer = &exchange->call.answer;
  const bool ours = answer->close ||
                    code == MHD_REQUEST_TERMINATED_COMPLETED_OK ||
                    code == MHD_REQUEST_TERMINATED_DAEMON_SHUTDOWN;
  free_exchange(exchange, exchange->lost || !ours);
  *context = NULL;
}
