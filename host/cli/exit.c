/* The program's exit statuses. */
#include "cli/exit.h"

#include "cli/output.h"

#include <string.h>

enum { EXIT_MAX = 255 };

/* The system keeps the last byte of a status: 256 would be a success. */
static int own_status(int exit_code) {
  return exit_code >= 0 && exit_code <= EXIT_MAX ? exit_code : EXIT_MAX;
}

int tgr_cli_exit_of(enum tgr_status status, int exit_code) {
  switch (status) {
  case TGR_OK:
  case TGR_ESCRIPT:
    return own_status(exit_code);
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

/* Why a token that might be there was not found; "" for all else. */
static const char *problem_of(const struct tgr_cli_token *token,
                              const char *text) {
  return token != NULL && strstr(text, "no bot token. ") != NULL
             ? token->problem
             : "";
}

int tgr_cli_report(const struct tgr_host *host, enum tgr_status status,
                   const struct tgr_cli_token *token) {
  if (status != TGR_OK) {
    const char *said = tgr_host_errmsg(host);
    const char *text = *said != '\0' ? said : tgr_strerror(status);
    const char *source = source_of(token, status, text);
    const char *problem = problem_of(token, text);
    tgr_cli_output_fatal(
        "%s%s%s%s%s%s%s", text, *source != '\0' ? " (the token is from " : "",
        source, *source != '\0' ? ")" : "", *problem != '\0' ? " (" : "",
        problem, *problem != '\0' ? ")" : "");
  }
  return tgr_cli_exit_of(status, tgr_host_exit_code(host));
}

int tgr_cli_report_no_host(enum tgr_status status) {
  if (status == TGR_ELIMIT)
    tgr_cli_output_fatal("cannot start: too many open files (see ulimit -n)");
  else
    tgr_cli_output_fatal("cannot start: %s", tgr_strerror(status));
  return TGR_CLI_EXIT_INTERNAL;
}
