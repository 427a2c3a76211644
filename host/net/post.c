/* What the requests to a URL begin with, made once. */
#include "net/url_inside.h"

#include <stdio.h>
#include <string.h>

/* The parts of a URL, as curl gives them. */
struct parts {
  char *scheme;
  char *user;
  char *zone;
  char *host;
  char *port;         /* also when the URL does not name it */
  char *port_in_text; /* NULL: it is the scheme's own */
  char *path;
  char *query;
};

static bool get(CURLU *parsed, CURLUPart what, unsigned flags, char **out) {
  return curl_url_get(parsed, what, out, flags) != CURLUE_OUT_OF_MEMORY;
}

static bool get_all(CURLU *parsed, struct parts *parts) {
  return get(parsed, CURLUPART_SCHEME, 0, &parts->scheme) &&
         get(parsed, CURLUPART_USER, 0, &parts->user) &&
         get(parsed, CURLUPART_ZONEID, 0, &parts->zone) &&
         get(parsed, CURLUPART_HOST, 0, &parts->host) &&
         get(parsed, CURLUPART_PORT, CURLU_DEFAULT_PORT, &parts->port) &&
         get(parsed, CURLUPART_PORT, CURLU_NO_DEFAULT_PORT,
             &parts->port_in_text) &&
         get(parsed, CURLUPART_PATH, 0, &parts->path) &&
         get(parsed, CURLUPART_QUERY, 0, &parts->query);
}

static void free_all(const struct parts *parts) {
  curl_free(parts->scheme);
  curl_free(parts->user);
  curl_free(parts->zone);
  curl_free(parts->host);
  curl_free(parts->port);
  curl_free(parts->port_in_text);
  curl_free(parts->path);
  curl_free(parts->query);
}

static bool is_printable(const char *text) {
  for (; *text != '\0'; text++)
    if (*text <= ' ' || *text > '~')
      return false;
  return true;
}

/* Whether the request that curl would make holds the URL's own bytes only. */
static bool is_plain(const struct parts *parts) {
  return parts->user == NULL && parts->zone == NULL && parts->host != NULL &&
         parts->port != NULL && parts->path != NULL &&
         is_printable(parts->host) && is_printable(parts->path) &&
         (parts->query == NULL || is_printable(parts->query));
}

/* A string of the format; NULL when out of memory. */
TGR_PRINTF(3, 4)
static char *print(const struct tgr_mem *mem, size_t *len, const char *format,
                   ...) {
  va_list args;
  va_list again;
  va_start(args, format);
  va_copy(again, args);
  *len = (size_t)vsnprintf(NULL, 0, format, args);
  char *text = tgr_mem_new(mem, *len + 1);
  if (text != NULL)
    vsnprintf(text, *len + 1, format, again);
  va_end(again);
  va_end(args);
  return text;
}

static enum tgr_status prepare(struct tgr_http_url *url,
                               const struct parts *parts) {
  url->secure = strcmp(parts->scheme, "https") == 0;
  url->site = print(url->mem, &url->site_len, "%s://%s:%s", parts->scheme,
                    parts->host, parts->port);
  if (url->site == NULL)
    return TGR_ENOMEM;
  url->post = print(url->mem, &url->post_len,
                    "POST %s%s%s HTTP/1.1\r\nHost: %s%s%s\r\n"
                    "Content-Type: application/json\r\nContent-Length: ",
                    parts->path, parts->query != NULL ? "?" : "",
                    parts->query != NULL ? parts->query : "", parts->host,
                    parts->port_in_text != NULL ? ":" : "",
                    parts->port_in_text != NULL ? parts->port_in_text : "");
  return url->post != NULL ? TGR_OK : TGR_ENOMEM;
}

enum tgr_status tgr_url_prepare(struct tgr_http_url *url) {
  struct parts parts = {0};
  enum tgr_status status = TGR_ENOMEM;
  if (get_all(url->parsed, &parts))
    status = is_plain(&parts) ? prepare(url, &parts) : TGR_OK;
  free_all(&parts);
  return status;
}
