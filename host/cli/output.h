/* Output: log lines on stderr.
 *
 * At a terminal: the time of day and a colour by level (NO_COLOR is honoured).
 * Under systemd's journal: a priority prefix. Else: an ISO time and the level.
 * As JSON: one object a line. One write a line, so that threads do not mix.
 * Control bytes, which a stranger's text may hold, are shown as \xNN. */
#ifndef TGR_CLI_OUTPUT_H
#define TGR_CLI_OUTPUT_H

#include "cli/args.h"

/* Decides on the form; before the first line. */
void tgr_cli_output_init(enum tgr_cli_format format);

/* Writes log lines; other events are none of its business. */
void tgr_cli_output_event(const struct tgr_host_event *event);

/* A line for a person at a terminal; nothing elsewhere. */
void tgr_cli_output_banner(const char *text);

/* "tgrunner-lua: …" as the program's last words: the only way for them to
 * stderr. Tokens are left out, known or not. */
__attribute__((format(printf, 1, 2))) void
tgr_cli_output_fatal(const char *format, ...);

#endif
