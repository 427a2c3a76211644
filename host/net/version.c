/* Version of the library that does HTTP. */
#include "net/version.h"

#include <curl/curl.h>

const char *tgr_http_version(void) {
  return curl_version();
}
