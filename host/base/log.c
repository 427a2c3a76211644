/* Levels, lines and redaction. */
#include "base/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
  LINE_MAX_BYTES = 8192,
  SECRET_MIN = 30,
  TOKEN_MAX = 128,
  BOT_ID_MIN = 1
};

const char *tgr_log_level_name(enum tgr_log_level level) {
  static const char *const names[] = {"debug", "info", "warn", "error", "none"};
  return names[level];
}

static bool is_digit(char c) {
  return c >= '0' && c <= '9';
}

static bool is_secret_char(char c) {
  return is_digit(c) || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         c == '_' || c == '-';
}

/* The length of a separator between bot id and secret at `at`: ":" or "%3A"
 * (a token inside an escaped URL); 0 for none. */
static size_t separator_len(const char *text, size_t at, size_t len) {
  if (at < len && text[at] == ':')
    return 1;
  if (at + 3 <= len && text[at] == '%' && text[at + 1] == '3' &&
      (text[at + 2] == 'A' || text[at + 2] == 'a'))
    return 3;
  return 0;
}

/* Where the secret of a token that starts at `at` begins and ends; false when
 * no token starts there. */
static bool find_secret(const char *text, size_t at, size_t len, size_t *from,
                        size_t *to) {
  size_t i = at;
  while (i < len && is_digit(text[i]))
    i++;
  if (i - at < BOT_ID_MIN)
    return false;
  const size_t separator = separator_len(text, i, len);
  if (separator == 0)
    return false;
  *from = i + separator;
  *to = *from;
  while (*to < len && is_secret_char(text[*to]))
    (*to)++;
  return *to - *from >= SECRET_MIN;
}

size_t tgr_log_redact(char *text, size_t len) {
  size_t in = 0;
  size_t out = 0;
  while (in < len) {
    size_t from = 0;
    size_t to = 0;
    const bool starts =
        is_digit(text[in]) && (in == 0 || !is_digit(text[in - 1]));
    if (starts && find_secret(text, in, len, &from, &to)) {
      memmove(text + out, text + in, from - in);
      out += from - in;
      for (int i = 0; i < 3; i++)
        text[out++] = '*';
      in = to;
    } else {
      text[out++] = text[in++];
    }
  }
  return out;
}

static void emit(const struct tgr_log *log, enum tgr_log_level level,
                 char *text, size_t len) {
  log->write(log->user, level, text, tgr_log_redact(text, len));
}

/* Leaves out what may be the beginning of a token at the end of a cut line. */
static size_t without_partial_token(const char *line, size_t len) {
  size_t end = len;
  while (end > 0 && len - end < TOKEN_MAX &&
         (is_secret_char(line[end - 1]) || line[end - 1] == ':'))
    end--;
  return end;
}

void tgr_log_write(const struct tgr_log *log, enum tgr_log_level level,
                   const char *format, ...) {
  if (level < log->threshold)
    return;
  char line[LINE_MAX_BYTES];
  va_list args;
  va_start(args, format);
  const int wanted = vsnprintf(line, sizeof line, format, args);
  va_end(args);
  if (wanted < 0)
    return;
  size_t len = strlen(line);
  if ((size_t)wanted > len) /* a token that is cut would not look like one */
    len = without_partial_token(line, len);
  emit(log, level, line, len);
}

void tgr_log_text(const struct tgr_log *log, enum tgr_log_level level,
                  const char *text, size_t len) {
  if (level < log->threshold)
    return;
  char line[LINE_MAX_BYTES];
  if (len <= sizeof line) {
    memcpy(line, text, len);
    emit(log, level, line, len);
    return;
  }
  char *copy = tgr_mem_dup(log->mem, text, len);
  if (copy == NULL) { /* a cut message beats none */
    memcpy(line, text, sizeof line);
    emit(log, level, line, sizeof line);
    return;
  }
  emit(log, level, copy, len);
  tgr_mem_free(log->mem, copy);
}
