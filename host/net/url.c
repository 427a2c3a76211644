/* Parsing of URLs, by curl's parser. */
#include "net/global.h"
#include "net/url_inside.h"

#include <stdio.h>
#include <string.h>

static enum tgr_status set_origin(struct tgr_http_url *url) {
  char *host = NULL;
  char *port = NULL;
  enum tgr_status status = TGR_ENOMEM;
  if (curl_url_get(url->parsed, CURLUPART_HOST, &host, 0) != CURLUE_OK)
    goto end;
  const CURLUcode code = curl_url_get(url->parsed, CURLUPART_PORT, &port, 0);
  if (code != CURLUE_OK && code != CURLUE_NO_PORT)
    goto end;
  const size_t size = strlen(host) + (port != NULL ? strlen(port) : 0) + 2;
  url->origin = tgr_mem_new(url->mem, size);
  if (url->origin == NULL)
    goto end;
  snprintf(url->origin, size, "%s%s%s", host, port != NULL ? ":" : "",
           port != NULL ? port : "");
  status = TGR_OK;
end:
  curl_free(host);
  curl_free(port);
  return status;
}

static bool is_http(CURLU *parsed) {
  char *scheme = NULL;
  if (curl_url_get(parsed, CURLUPART_SCHEME, &scheme, 0) != CURLUE_OK)
    return false;
  const bool is = strcmp(scheme, "http") == 0 || strcmp(scheme, "https") == 0;
  curl_free(scheme);
  return is;
}

static enum tgr_status parse(struct tgr_http_url *url, const char *text,
                             struct tgr_error *error) {
  url->parsed = curl_url();
  if (url->parsed == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "out of memory for a URL");
  const CURLUcode code = curl_url_set(url->parsed, CURLUPART_URL, text, 0);
  if (code == CURLUE_OUT_OF_MEMORY)
    return tgr_error_set(error, TGR_ENOMEM, "out of memory for a URL");
  if (code == CURLUE_UNSUPPORTED_SCHEME ||
      (code == CURLUE_OK && !is_http(url->parsed)))
    return tgr_error_set(error, TGR_EINVAL,
                         "expected a URL that starts with http:// or https://");
  if (code != CURLUE_OK)
    return tgr_error_set(error, TGR_EINVAL, "not a URL: %s",
                         curl_url_strerror(code));
  const enum tgr_status status = set_origin(url);
  return status == TGR_OK ? tgr_url_prepare(url) : status;
}

enum tgr_status tgr_http_url_new(const struct tgr_mem *mem, const char *text,
                                 struct tgr_http_url **out,
                                 struct tgr_error *error) {
  enum tgr_status status = tgr_net_global_init();
  if (status != TGR_OK)
    return tgr_error_set(error, status, "libcurl could not be initialised");
  struct tgr_http_url *url = tgr_mem_new0(mem, sizeof *url);
  if (url == NULL)
    return tgr_error_set(error, TGR_ENOMEM, "out of memory for a URL");
  url->mem = mem;
  status = parse(url, text, error);
  if (status != TGR_OK) {
    tgr_http_url_free(url);
    return status;
  }
  *out = url;
  return TGR_OK;
}

void tgr_http_url_free(struct tgr_http_url *url) {
  if (url == NULL)
    return;
  curl_url_cleanup(url->parsed);
  tgr_mem_free(url->mem, url->origin);
  tgr_mem_free(url->mem, url->post);
  tgr_mem_free(url->mem, url->site);
  tgr_mem_free(url->mem, url);
}

const char *tgr_http_url_origin(const struct tgr_http_url *url) {
  return url->origin;
}
