/* Exit: the program's exit statuses, one meaning each; --help lists them. */
#ifndef TGR_CLI_EXIT_H
#define TGR_CLI_EXIT_H

#include "cli/token.h"

enum tgr_cli_exit {
  TGR_CLI_EXIT_OK = 0,
  TGR_CLI_EXIT_SCRIPT = 1,
  TGR_CLI_EXIT_USAGE = 2,
  TGR_CLI_EXIT_SYNTAX = 65,
  TGR_CLI_EXIT_NO_SCRIPT = 66,
  TGR_CLI_EXIT_NETWORK = 69,
  TGR_CLI_EXIT_INTERNAL = 70,
  TGR_CLI_EXIT_CONFLICT = 75,
  TGR_CLI_EXIT_TOKEN = 78
};

/* What a run came to; `exit_code` is the script's own, 255 when it is not from
 * 0 to 255. */
int tgr_cli_exit_of(enum tgr_status status, int exit_code);

/* Says how a host has ended, if not well; the exit status. `token`: the one it
 * was given, or NULL. */
int tgr_cli_report(const struct tgr_host *host, enum tgr_status status,
                   const struct tgr_cli_token *token);

/* Says why there is no host; the exit status. */
int tgr_cli_report_no_host(enum tgr_status status);

#endif
