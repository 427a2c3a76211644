/* Token: where the CLI finds the bot's token.
 *
 * In this order: --token-file; the systemd credential "bot-token"; BOT_TOKEN in
 * the environment; BOT_TOKEN=… in --env-file, or in .env beside the script.
 * Quotes around it and " #…" behind it are not part of it, nor is a byte order
 * mark. */
#ifndef TGR_CLI_TOKEN_H
#define TGR_CLI_TOKEN_H

#include "cli/args.h"

enum { TGR_CLI_TOKEN_MAX = 256, TGR_CLI_SOURCE_MAX = 4096 };

struct tgr_cli_token {
  char text[TGR_CLI_TOKEN_MAX];    /* "": there is none */
  char source[TGR_CLI_SOURCE_MAX]; /* a path, or "BOT_TOKEN" */
  /* Why .env beside the script could not be read, for a script that turns out
   * to need a token; "". */
  char problem[TGR_CLI_SOURCE_MAX + 256];
};

/* Fills `token`. False after one line on stderr: a file that was asked for
 * cannot be read, or holds none where it is to. */
bool tgr_cli_find_token(const struct tgr_cli_args *args,
                        struct tgr_cli_token *token);

#endif
