/* Redaction for an embedder's own lines. */
#include "base/log.h"
#include "include/tgrunner.h"

size_t tgr_redact(char *text, size_t len) {
  return tgr_log_redact(text, len);
}
