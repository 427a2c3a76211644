/* Log: levels, one line a message, and the redaction of tokens.
 *
 * Every line that leaves the host goes through here: whatever looks like a bot
 * token (digits, a colon or %3A, at least 30 characters of A-Za-z0-9_-) is
 * replaced, so no caller can leak one by accident.
 *
 * Any thread may log; the sink is called under no lock and must cope. */
#ifndef TGR_BASE_LOG_H
#define TGR_BASE_LOG_H

#include "base/mem.h"
#include "base/status.h"

enum tgr_log_level {
  TGR_LOG_DEBUG,
  TGR_LOG_INFO,
  TGR_LOG_WARN,
  TGR_LOG_ERROR,
  TGR_LOG_NONE /* as a threshold: nothing is written */
};

/* Where lines go. `text` has no trailing newline, may hold newlines within (a
 * traceback), and is borrowed for the call. */
struct tgr_log {
  const struct tgr_mem *mem; /* for messages too long for the stack */
  enum tgr_log_level threshold;
  void (*write)(void *user, enum tgr_log_level level, const char *text,
                size_t len);
  void *user;
};

/* Formats, redacts and writes one message, if `level` reaches the threshold.
 * Messages over 8 KiB are cut. */
TGR_PRINTF(3, 4)
void tgr_log_write(const struct tgr_log *log, enum tgr_log_level level,
                   const char *format, ...);

/* The same for ready text of any length. */
void tgr_log_text(const struct tgr_log *log, enum tgr_log_level level,
                  const char *text, size_t len);

/* Replaces every token in `text` in place (it never grows); returns the new
 * length. "123456:<secret>" keeps the bot's id, which is public, and becomes
 * "123456:***". */
size_t tgr_log_redact(char *text, size_t len);

/* "debug", "info", "warn", "error". */
const char *tgr_log_level_name(enum tgr_log_level level);

#endif
