/* What a parsed URL is to net: curl's own form, and what a request over a
 * connection of ours is made of. */
#ifndef TGR_NET_URL_INSIDE_H
#define TGR_NET_URL_INSIDE_H

#include "net/url.h"

#include <stdbool.h>

#include <curl/curl.h>

struct tgr_http_url {
  const struct tgr_mem *mem;
  CURLU *parsed;
  char *origin; /* "host:port", without the port when the URL has none */
  /* What a POST of JSON begins with, up to its length's digits. Of a URL that
   * only curl can ask for (a user name, letters beyond ASCII): NULL. */
  char *post;
  size_t post_len;
  char *site; /* "https://host:port": what connections have in common */
  size_t site_len;
  bool secure; /* https */
};

/* Sets `post`, `site` and `secure` from `parsed`. TGR_ENOMEM. */
TGR_MUST_CHECK enum tgr_status tgr_url_prepare(struct tgr_http_url *url);

#endif
