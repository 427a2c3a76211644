/* One call of a Bot API method. */
#include "telegram/call.h"

#include "telegram/token.h"

#include <stdio.h>
#include <string.h>

enum { CALL_TIMEOUT_MS = 500 * 1000, METHOD_MAX = 128 };

static const char telegram_root[] = "https://api.telegram.org";

/* A method's URL, parsed once. */
struct method_url {
  struct tgr_map_link link;
  struct tgr_http_url *url;
  size_t len;
  char method[];
};

/* ---- api ---------------------------------------------------------------- */

static enum tgr_status make_base(struct tgr_api *api,
                                 const struct tgr_api_options *options) {
  const char *root =
      options->api_root == NULL ? telegram_root : options->api_root;
  size_t root_len = strlen(root);
  while (root_len > 0 && root[root_len - 1] == '/')
    root_len--;
  struct tgr_buf base;
  tgr_buf_init(&base, api->mem, SIZE_MAX);
  const bool ok =
      tgr_buf_append(&base, root, root_len) == TGR_OK &&
      tgr_buf_append_str(&base, "/bot") == TGR_OK &&
      tgr_buf_append_str(&base, options->token) == TGR_OK &&
      tgr_buf_append_str(&base, options->test ? "/test/" : "/") == TGR_OK &&
      tgr_buf_cstr(&base) != NULL;
  if (!ok) {
    tgr_buf_deinit(&base);
    return TGR_ENOMEM;
  }
  api->base = base.bytes;
  api->root_len = root_len;
  return TGR_OK;
}

/* Whether `api_root` (and so every method below it) is a URL. */
static enum tgr_status check_root(struct tgr_api *api,
                                  struct tgr_error *error) {
  if (strcspn(api->base, "?#") < api->root_len)
    return tgr_error_set(error, TGR_EINVAL,
                         "api_root has a '%c', behind which no method's name "
                         "can stand (expected a form like "
                         "https://api.telegram.org)",
                         api->base[strcspn(api->base, "?#")]);
  struct tgr_http_url *url = NULL;
  const enum tgr_status status =
      tgr_http_url_new(api->mem, api->base, &url, NULL);
  tgr_http_url_free(url);
  if (status == TGR_EINVAL)
    return tgr_error_set(error, status,
                         "api_root is no http or https URL (expected a form "
                         "like https://api.telegram.org)");
  return status;
}

enum tgr_status tgr_api_init(struct tgr_api *api, const struct tgr_mem *mem,
                             struct tgr_loop *loop, struct tgr_http *http,
                             const struct tgr_api_options *options,
                             struct tgr_error *error) {
  enum tgr_status status = tgr_token_check(options->token, error);
  if (status != TGR_OK)
    return status;
  *api = (struct tgr_api){.mem = mem,
                          .loop = loop,
                          .http = http,
                          .bot_id = tgr_token_bot_id(options->token),
                          .timeout_ms = options->timeout_ms == 0
                                            ? CALL_TIMEOUT_MS
                                            : options->timeout_ms};
  status = make_base(api, options);
  if (status == TGR_OK) {
    status = check_root(api, error);
    if (status != TGR_OK)
      tgr_mem_free(mem, api->base);
  }
  if (status == TGR_ENOMEM)
    tgr_error_set(error, status, "not enough memory for a bot");
  if (status == TGR_OK)
    tgr_map_init(&api->urls, mem, (uint64_t)api->bot_id);
  return status;
}

static struct method_url *find_url(const struct tgr_api *api,
                                   const char *method, size_t len,
                                   uint64_t hash) {
  for (struct tgr_map_link *link = tgr_map_first(&api->urls, hash);
       link != NULL; link = tgr_map_next(link)) {
    struct method_url *it = TGR_CONTAINER_OF(link, struct method_url, link);
    if (it->len == len && memcmp(it->method, method, len) == 0)
      return it;
  }
  return NULL;
}

void tgr_api_deinit(struct tgr_api *api) {
  for (size_t i = 0; i < api->urls.chain_count; i++) {
    struct tgr_map_link *link = api->urls.chains[i];
    while (link != NULL) {
      struct method_url *it = TGR_CONTAINER_OF(link, struct method_url, link);
      link = link->next;
      tgr_http_url_free(it->url);
      tgr_mem_free(api->mem, it);
    }
  }
  tgr_map_deinit(&api->urls);
  tgr_mem_free(api->mem, api->base);
}

/* Method names are letters; anything else would change the URL's path. */
static bool is_method_name(const char *method, size_t len) {
  return len > 0 && len <= METHOD_MAX &&
         strspn(method, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
                        "0123456789_") == len;
}

static enum tgr_status new_url(struct tgr_api *api, const char *method,
                               size_t len, uint64_t hash,
                               const struct tgr_http_url **out) {
  struct method_url *it = tgr_mem_new0(api->mem, sizeof *it + len + 1);
  if (it == NULL)
    return TGR_ENOMEM;
  struct tgr_buf text;
  tgr_buf_init(&text, api->mem, SIZE_MAX);
  const char *whole = NULL;
  if (tgr_buf_append_str(&text, api->base) == TGR_OK &&
      tgr_buf_append(&text, method, len) == TGR_OK)
    whole = tgr_buf_cstr(&text);
  const enum tgr_status status =
      whole == NULL ? TGR_ENOMEM
                    : tgr_http_url_new(api->mem, whole, &it->url, NULL);
  tgr_buf_deinit(&text);
  if (status != TGR_OK) {
    tgr_mem_free(api->mem, it);
    return status;
  }
  it->len = len;
  memcpy(it->method, method, len);
  tgr_map_put(&api->urls, &it->link, hash);
  *out = it->url;
  return TGR_OK;
}

static enum tgr_status url_of(struct tgr_api *api, const char *method,
                              const struct tgr_http_url **out) {
  const size_t len = strlen(method);
  if (!is_method_name(method, len))
    return TGR_EINVAL;
  const uint64_t hash = tgr_map_hash_bytes(&api->urls, method, len);
  const struct method_url *known = find_url(api, method, len, hash);
  if (known == NULL)
    return new_url(api, method, len, hash, out);
  *out = known->url;
  return TGR_OK;
}

/* ---- call --------------------------------------------------------------- */

static void on_http(struct tgr_http_request *request) {
  struct tgr_call *call = TGR_CONTAINER_OF(request, struct tgr_call, http);
  call->done(call);
}

static void on_fail(struct tgr_job *job) {
  struct tgr_call *call = TGR_CONTAINER_OF(job, struct tgr_call, fail);
  call->done(call);
}

void tgr_call_init(struct tgr_call *call, struct tgr_api *api,
                   void (*done)(struct tgr_call *call)) {
  tgr_http_request_init(&call->http);
  call->http.done = on_http;
  call->api = api;
  call->done = done;
  tgr_job_init(&call->fail, on_fail);
}

void tgr_call_deinit(struct tgr_call *call) {
  tgr_http_request_deinit(&call->http);
}

/* Finds the URL; when that fails, the answer comes from the ready list. */
static bool prepare(struct tgr_call *call, const char *method) {
  struct tgr_http_request *http = &call->http;
  const enum tgr_status status = url_of(call->api, method, &http->url);
  if (status == TGR_OK)
    return true;
  http->status = status;
  http->http_status = 0;
  http->sent = false;
  if (http->response.mem != NULL) /* of an earlier answer */
    tgr_buf_clear(&http->response);
  snprintf(http->error, sizeof http->error, "%s",
           status == TGR_EINVAL ? "a method's name consists of letters"
                                : "not enough memory for a call");
  tgr_ready_put(&call->api->loop->ready, &call->fail);
  return false;
}

void tgr_call_start(struct tgr_call *call, enum tgr_http_lane lane,
                    const char *method, const char *body, size_t body_len,
                    uint64_t timeout_ms) {
  if (!prepare(call, method))
    return;
  call->http.lane = lane;
  call->http.body = body;
  call->http.body_len = body_len;
  call->http.parts = NULL;
  call->http.part_count = 0;
  call->http.stall_ms = 0;
  call->http.timeout_ms = timeout_ms != 0 ? timeout_ms : call->api->timeout_ms;
  tgr_http_start(call->api->http, &call->http);
}

void tgr_call_start_parts(struct tgr_call *call, const char *method,
                          const struct tgr_http_part *parts, size_t count) {
  if (!prepare(call, method))
    return;
  call->http.lane = TGR_HTTP_FILE;
  call->http.body = NULL;
  call->http.timeout_ms = 0;
  call->http.parts = parts;
  call->http.part_count = count;
  call->http.stall_ms = call->api->timeout_ms;
  tgr_http_start(call->api->http, &call->http);
}

void tgr_call_cancel(struct tgr_call *call) {
  tgr_ready_drop(&call->fail);
  tgr_http_cancel(&call->http);
}
