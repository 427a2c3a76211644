/* Status names and error text. */
#include "base/status.h"

#include <stdio.h>
#include <string.h>

const char *tgr_strerror(enum tgr_status status) {
  switch (status) {
  case TGR_OK:
    return "ok";
  case TGR_ENOMEM:
    return "out of memory";
  case TGR_EINVAL:
    return "invalid argument";
  case TGR_ELIMIT:
    return "limit exceeded";
  case TGR_ESYNTAX:
    return "malformed text";
  case TGR_ENET:
    return "network failure";
  case TGR_ETIMEOUT:
    return "timed out";
  case TGR_ECANCELED:
    return "cancelled";
  case TGR_EPROTO:
    return "unexpected answer";
  case TGR_ESTATE:
    return "not possible in this state";
  case TGR_EIO:
    return "input or output failed";
  case TGR_ENOENT:
    return "no such file";
  case TGR_EAUTH:
    return "token missing, malformed or refused";
  case TGR_ECONFLICT:
    return "conflict with another consumer of the bot's updates";
  case TGR_ESCRIPT:
    return "error in the script";
  }
  return "unknown status";
}

const char *tgr_version(void) {
  return TGR_VERSION_STRING;
}

/* Shortens `text` so that it does not end inside a UTF-8 sequence. */
static void trim_partial_utf8(char *text, size_t len) {
  size_t start = len;
  while (start > 0 && len - start < 4 &&
         ((unsigned char)text[start - 1] & 0xC0) == 0x80)
    start--;
  if (start == 0)
    return;
  const unsigned char lead = (unsigned char)text[start - 1];
  const size_t need = lead >= 0xF0   ? 4
                      : lead >= 0xE0 ? 3
                      : lead >= 0xC0 ? 2
                                     : 1;
  if (len - (start - 1) < need)
    text[start - 1] = '\0';
}

enum tgr_status tgr_error_set(struct tgr_error *error, enum tgr_status status,
                              const char *format, ...) {
  if (error == NULL)
    return status;
  va_list args;
  va_start(args, format);
  const int wanted = vsnprintf(error->text, sizeof error->text, format, args);
  va_end(args);
  error->status = status;
  if (wanted < 0)
    error->text[0] = '\0';
  else if ((size_t)wanted >= sizeof error->text)
    trim_partial_utf8(error->text, strlen(error->text));
  return status;
}
