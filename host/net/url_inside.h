/* What a parsed URL is to net: curl's own form. */
#ifndef TGR_NET_URL_INSIDE_H
#define TGR_NET_URL_INSIDE_H

#include "net/url.h"

#include <curl/curl.h>

struct tgr_http_url {
  const struct tgr_mem *mem;
  CURLU *parsed;
  char *origin;
};

#endif
