/* The program's exit statuses. */
#include "cli/exit.h"

int tgr_cli_exit_of(enum tgr_status status, int exit_code) {
  switch (status) {
  case TGR_OK:
  case TGR_ESCRIPT:
    return exit_code;
  case TGR_ESYNTAX:
    return TGR_CLI_EXIT_SYNTAX;
  case TGR_ENOENT:
  case TGR_EIO:
    return TGR_CLI_EXIT_NO_SCRIPT;
  case TGR_ENET:
  case TGR_ETIMEOUT:
  case TGR_EPROTO:
    return TGR_CLI_EXIT_NETWORK;
  case TGR_ECONFLICT:
    return TGR_CLI_EXIT_CONFLICT;
  case TGR_EAUTH:
    return TGR_CLI_EXIT_TOKEN;
  default:
    return TGR_CLI_EXIT_INTERNAL;
  }
}
