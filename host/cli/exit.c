/* The program's exit statuses. */
#include "cli/exit.h"

#include "cli/output.h"

#include <string.h>

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

/* Where a malformed token comes from; "" for all else. Of one that the script
 * has given the error begins with the script's line. */
static const char *source_of(const struct tgr_cli_token *token,
                             enum tgr_status status, const char *text) {
  static const char malformed[] = "the bot token has the wrong shape";
  const bool is_ours = token != NULL && status == TGR_EAUTH &&
                       strncmp(text, malformed, sizeof malformed - 1) == 0;
  return is_ours ? token->source : "";
}

int tgr_cli_report(const struct tgr_host *host, enum tgr_status status,
                   const struct tgr_cli_token *token) {
  if (status != TGR_OK) {
    const char *said = tgr_host_errmsg(host);
    const char *text = *said != '\0' ? said : tgr_strerror(status);
    const char *source = source_of(token, status, text);
    tgr_cli_output_fatal("%s%s%s%s", text,
                         *source != '\0' ? " (the token is from " : "", source,
                         *source != '\0' ? ")" : "");
  }
  return tgr_cli_exit_of(status, tgr_host_exit_code(host));
}
