/* curl_global_init, once. The two statics are the process's, as curl's are. */
#include "net/global.h"

#include <curl/curl.h>
#include <uv.h>

static uv_once_t once = UV_ONCE_INIT;
static CURLcode result;

static void init(void) {
  result = curl_global_init(CURL_GLOBAL_DEFAULT);
}

enum tgr_status tgr_net_global_init(void) {
  uv_once(&once, init);
  return result == CURLE_OK ? TGR_OK : TGR_ENOMEM;
}
