/* Making and freeing what an http object consists of. */
#include "net/core.h"

#include "net/dial.h"
#include "net/global.h"
#include "net/handle.h"
#include "net/lean.h"
#include "net/transfer.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* So many calls are under way at once at least; so many connections are kept
 * for a lane without a limit. */
enum { CALLS_LEAST = 32, KEPT_OF_MANY = 500 };

/* Connections that are kept: all that may be open, and some more, or curl would
 * close the oldest one while its request's successor is about to use it. */
static long kept_connections(const struct tgr_http_options *options) {
  long sum = 16;
  for (int i = 0; i < TGR_HTTP_LANES; i++)
    sum += options->max_open[i] > 0 ? options->max_open[i] : KEPT_OF_MANY;
  return sum;
}

/* curl looks through the environment for every request (1,400 instructions)
 * unless it is told that there is no proxy. */
static bool environment_has_proxy(void) {
  static const char *const names[] = {"http_proxy", "https_proxy",
                                      "HTTPS_PROXY", "all_proxy", "ALL_PROXY"};
  for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
    const char *value = getenv(names[i]);
    if (value != NULL && value[0] != '\0')
      return true;
  }
  return false;
}

static bool copy(const struct tgr_mem *mem, const char *text, char **out) {
  *out = text != NULL ? tgr_mem_dup(mem, text, strlen(text)) : NULL;
  return text == NULL || *out != NULL;
}

static bool copy_options(struct tgr_http *http,
                         const struct tgr_http_options *options) {
  const char *proxy = options->proxy;
  if (proxy == NULL && !environment_has_proxy())
    proxy = "";
  const char *ca_file = options->ca_file;
  if (ca_file == NULL) /* as the programs of curl and OpenSSL do */
    ca_file = getenv("SSL_CERT_FILE");
  http->ip = options->ip;
  http->lean = !options->only_curl && proxy != NULL && proxy[0] == '\0';
  return copy(http->mem, proxy, &http->proxy) &&
         copy(http->mem, ca_file, &http->ca_file) &&
         copy(http->mem, options->ca_path, &http->ca_path);
}

static bool add_header(struct curl_slist **list, const char *line) {
  struct curl_slist *longer = curl_slist_append(*list, line);
  if (longer != NULL)
    *list = longer;
  return longer != NULL;
}

/* An empty value means that curl sends no such header. curl prints headers byte
 * by byte, some 90 instructions each: API calls go without Accept. */
static bool make_headers(struct tgr_http *http) {
  return add_header(&http->json_headers, "Content-Type: application/json") &&
         add_header(&http->json_headers, "Expect:") &&
         add_header(&http->json_headers, "Accept:");
}

static bool make_share(struct tgr_http *http) {
  http->share = curl_share_init();
  return http->share != NULL &&
         curl_share_setopt(http->share, CURLSHOPT_SHARE,
                           CURL_LOCK_DATA_SSL_SESSION) == CURLSHE_OK &&
         curl_share_setopt(http->share, CURLSHOPT_SHARE, CURL_LOCK_DATA_DNS) ==
             CURLSHE_OK;
}

static void set_up_places(struct tgr_http *http,
                          const struct tgr_http_options *options) {
  for (int i = 0; i < TGR_HTTP_LANES; i++) {
    struct tgr_http_places *places = &http->places[i];
    const unsigned most =
        options->max_open[i] > 0 ? options->max_open[i] : UINT_MAX;
    tgr_width_init(&places->width, http->loop,
                   i == TGR_HTTP_CALL ? CALLS_LEAST : most, most, NULL);
    tgr_list_init(&places->idle);
    tgr_list_init(&places->queue);
    tgr_list_init(&places->returning);
    tgr_list_init(&places->present);
  }
}

enum tgr_status tgr_http_core_new(const struct tgr_mem *mem,
                                  struct tgr_loop *loop,
                                  const struct tgr_http_options *options,
                                  struct tgr_http **out) {
  const enum tgr_status status = tgr_net_global_init();
  if (status != TGR_OK)
    return status;
  struct tgr_http *http = tgr_mem_new0(mem, sizeof *http);
  if (http == NULL)
    return TGR_ENOMEM;
  http->mem = mem;
  http->loop = loop;
  set_up_places(http, options);
  tgr_list_init(&http->dials);
  tgr_ready_init(&http->calm);
  tgr_wires_init(&http->wires, http, (unsigned)kept_connections(options));
  http->scratch = tgr_mem_new(mem, TGR_LEAN_PIECE);
  if (http->scratch == NULL ||
      tgr_multi_init(&http->multi, loop, kept_connections(options)) != TGR_OK ||
      !make_headers(http) || !make_share(http) ||
      !copy_options(http, options)) {
    tgr_http_core_free(http);
    return TGR_ENOMEM;
  }
  *out = http;
  return TGR_OK;
}

void tgr_http_core_free(struct tgr_http *http) {
  for (int i = 0; i < TGR_HTTP_LANES; i++) {
    tgr_http_handle_free_all(http, (enum tgr_http_lane)i);
    tgr_width_deinit(&http->places[i].width);
  }
  tgr_wires_deinit(&http->wires);
  tgr_dial_free_all(http);
  if (http->multi.curl != NULL)
    tgr_multi_deinit(&http->multi);
  curl_share_cleanup(http->share);
  curl_slist_free_all(http->json_headers);
  tgr_mem_free(http->mem, http->scratch);
  tgr_mem_free(http->mem, http->proxy);
  tgr_mem_free(http->mem, http->ca_file);
  tgr_mem_free(http->mem, http->ca_path);
  tgr_mem_free(http->mem, http);
}

void tgr_http_request_deinit(struct tgr_http_request *request) {
  assert(!tgr_http_is_open(request));
  if (request->response.mem != NULL)
    tgr_buf_deinit(&request->response);
  if (request->head.mem != NULL)
    tgr_buf_deinit(&request->head);
}

void tgr_http_core_clear(struct tgr_http *http,
                         struct tgr_http_request *request) {
  if (request->response.mem == NULL) {
    tgr_buf_init(&request->response, http->mem, SIZE_MAX);
    tgr_buf_init(&request->head, http->mem, TGR_HTTP_HIGH_WATER);
  }
  tgr_buf_clear(&request->response);
  tgr_buf_clear(&request->head);
  request->status = TGR_OK;
  request->http_status = 0;
  request->error[0] = '\0';
  request->sent = request->reused = request->held = false;
  request->wait_us = request->took_us = 0;
  request->failure = TGR_OK;
  request->paused = 0;
  request->awaits_pull = false;
  request->moved = request->received = 0;
}

struct tgr_http_load tgr_http_load(const struct tgr_http *http,
                                   enum tgr_http_lane lane) {
  const struct tgr_http_places *places = &http->places[lane];
  return (struct tgr_http_load){.open = places->open,
                                .waiting = places->waiting,
                                .handles = places->handles,
                                .started = places->started,
                                .took_us = places->took_us};
}
