/* Log lines on stderr. */
#include "cli/output.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { HEAD_MAX = 64 };

enum form { FORM_TEXT, FORM_TERMINAL, FORM_JOURNAL, FORM_JSON };

static enum form form;
static bool colour;

/* Whether stderr is the stream that JOURNAL_STREAM="device:inode" names. */
static bool is_journal(void) {
  const char *stream = getenv("JOURNAL_STREAM");
  unsigned long long device = 0;
  unsigned long long inode = 0;
  struct stat st;
  return stream != NULL && sscanf(stream, "%llu:%llu", &device, &inode) == 2 &&
         fstat(STDERR_FILENO, &st) == 0 && st.st_dev == device &&
         st.st_ino == inode;
}

void tgr_cli_output_init(enum tgr_cli_format format) {
  const char *no_colour = getenv("NO_COLOR");
  if (format == TGR_CLI_JSON)
    form = FORM_JSON;
  else if (format == TGR_CLI_TEXT)
    form = FORM_TEXT;
  else if (isatty(STDERR_FILENO))
    form = FORM_TERMINAL;
  else
    form = is_journal() ? FORM_JOURNAL : FORM_TEXT;
  colour = form == FORM_TERMINAL && (no_colour == NULL || *no_colour == '\0');
}

static const char *level_name(enum tgr_level level) {
  static const char *const names[] = {"debug", "info", "warn", "error"};
  return names[level];
}

static int write_time(char *out, size_t size, const char *format) {
  struct timespec now;
  struct tm parts;
  clock_gettime(CLOCK_REALTIME, &now);
  gmtime_r(&now.tv_sec, &parts);
  const size_t len = strftime(out, size, format, &parts);
  return (int)len +
         snprintf(out + len, size - len, ".%03ldZ", now.tv_nsec / 1000000);
}

static int write_clock(char *out, size_t size) {
  const time_t now = time(NULL);
  struct tm parts;
  localtime_r(&now, &parts);
  return (int)strftime(out, size, "%H:%M:%S", &parts);
}

/* What stands before the text. */
static int write_head(char *out, enum tgr_level level) {
  static const char *const colours[] = {"\033[2m", "", "\033[33m", "\033[31m"};
  static const int priorities[] = {7, 6, 4, 3};
  int len = 0;
  switch (form) {
  case FORM_JOURNAL:
    return snprintf(out, HEAD_MAX, "<%d>", priorities[level]);
  case FORM_TERMINAL:
    len = write_clock(out, HEAD_MAX);
    return len + snprintf(out + len, HEAD_MAX - (size_t)len, " %s%-5s ",
                          colour ? colours[level] : "", level_name(level));
  default:
    len = write_time(out, HEAD_MAX, "%Y-%m-%dT%H:%M:%S");
    return len + snprintf(out + len, HEAD_MAX - (size_t)len, " %-5s ",
                          level_name(level));
  }
}

/* How many bytes of `text` are one UTF-8 character; 0 when they are none. */
static size_t utf8_len(const unsigned char *text, size_t len) {
  const unsigned char c = *text;
  const size_t want = c < 0x80   ? 1
                      : c < 0xC2 ? 0
                      : c < 0xE0 ? 2
                      : c < 0xF0 ? 3
                      : c < 0xF5 ? 4
                                 : 0;
  if (want == 0 || want > len)
    return 0;
  for (size_t i = 1; i < want; i++)
    if ((text[i] & 0xC0) != 0x80)
      return 0;
  const bool overlong =
      (c == 0xE0 && text[1] < 0xA0) || (c == 0xF0 && text[1] < 0x90);
  const bool surrogate = c == 0xED && text[1] >= 0xA0;
  const bool too_large = c == 0xF4 && text[1] >= 0x90;
  return overlong || surrogate || too_large ? 0 : want;
}

static void write_json(FILE *out, enum tgr_level level, const char *text,
                       size_t len) {
  char at[HEAD_MAX];
  write_time(at, sizeof at, "%Y-%m-%dT%H:%M:%S");
  fprintf(out, "{\"time\":\"%s\",\"level\":\"%s\",\"text\":\"", at,
          level_name(level));
  for (size_t i = 0; i < len;) {
    const unsigned char c = (unsigned char)text[i];
    const size_t width = utf8_len((const unsigned char *)text + i, len - i);
    if (width == 0)
      fputs("\\ufffd", out);
    else if (c == '"' || c == '\\')
      fprintf(out, "\\%c", c);
    else if (c < 0x20)
      fprintf(out, "\\u%04x", c);
    else
      fwrite(text + i, 1, width, out);
    i += width == 0 ? 1 : width;
  }
  fputs("\"}\n", out);
}

/* Whether a terminal would obey the character instead of showing it. */
static bool is_control(const unsigned char *text, size_t width) {
  return (width == 1 && (*text < 0x20 || *text == 0x7F) && *text != '\t') ||
         (width == 2 && *text == 0xC2 && text[1] < 0xA0);
}

/* Control bytes and what is no UTF-8 as \xNN: a text may be a stranger's. The
 * journal takes each line for itself: `head` stands before all of them. */
static void write_text(FILE *out, const char *text, size_t len,
                       const char *head) {
  for (size_t i = 0; i < len;) {
    const unsigned char *at = (const unsigned char *)text + i;
    const size_t width = utf8_len(at, len - i);
    if (*at == '\n')
      fprintf(out, "\n%s", form == FORM_JOURNAL ? head : "");
    else if (width == 0 || is_control(at, width))
      for (size_t k = 0; k < (width == 0 ? 1 : width); k++)
        fprintf(out, "\\x%02x", at[k]);
    else
      fwrite(at, 1, width, out);
    i += width == 0 ? 1 : width;
  }
}

static void write_plain(FILE *out, enum tgr_level level, const char *text,
                        size_t len) {
  char head[HEAD_MAX];
  const int head_len = write_head(head, level);
  fwrite(head, 1, (size_t)head_len, out);
  write_text(out, text, len, head);
  fputs(colour ? "\033[0m\n" : "\n", out);
}

/* In one write. A line that cannot be written (a closed pipe, a full disk) has
 * no better place to go: it is dropped. */
static void write_all(FILE *out, char *const *line, const size_t *len) {
  if (fclose(out) == 0) {
    const ssize_t written = write(STDERR_FILENO, *line, *len);
    (void)written;
  }
  free(*line);
}

static void write_line(enum tgr_level level, const char *text, size_t len) {
  char *line = NULL;
  size_t line_len = 0;
  FILE *out = open_memstream(&line, &line_len);
  if (out == NULL)
    return;
  if (form == FORM_JSON)
    write_json(out, level, text, len);
  else
    write_plain(out, level, text, len);
  write_all(out, &line, &line_len);
}

void tgr_cli_output_event(const struct tgr_host_event *event) {
  if (event->kind == TGR_EVENT_LOG)
    write_line(event->level, event->text, event->len);
}

void tgr_cli_output_banner(const char *text) {
  if (form == FORM_TERMINAL)
    fprintf(stderr, "%s%s%s\n", colour ? "\033[2m" : "", text,
            colour ? "\033[0m" : "");
}

static void write_last_words(FILE *out, const char *text, size_t len) {
  const char *head = form == FORM_JOURNAL ? "<3>" : colour ? "\033[31m" : "";
  fprintf(out, "%stgrunner-lua: ", head);
  write_text(out, text, len, head);
  fputs(colour ? "\033[0m\n" : "\n", out);
}

static void write_fatal(const char *text, size_t len) {
  if (form == FORM_JSON) {
    write_line(TGR_LEVEL_ERROR, text, len);
    return;
  }
  char *line = NULL;
  size_t line_len = 0;
  FILE *out = open_memstream(&line, &line_len);
  write_last_words(out != NULL ? out : stderr, text, len);
  if (out != NULL)
    write_all(out, &line, &line_len);
}

void tgr_cli_output_fatal(const char *format, ...) {
  static const char lost[] = "not enough memory to say what is wrong";
  char *text = NULL;
  size_t len = 0;
  FILE *out = open_memstream(&text, &len);
  if (out == NULL) {
    write_fatal(lost, sizeof lost - 1);
    return;
  }
  va_list args;
  va_start(args, format);
  const bool written = vfprintf(out, format, args) >= 0;
  va_end(args);
  if (fclose(out) == 0 && written)
    write_fatal(text, tgr_redact(text, len));
  else
    write_fatal(lost, sizeof lost - 1);
  free(text);
}
