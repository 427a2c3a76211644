/* Token: where the CLI finds the bot's token.
 *
 * In this order: --token-file; the systemd credential "bot-token"; BOT_TOKEN in
 * the environment; BOT_TOKEN=… in --env-file, or in .env beside the script. */
#ifndef TGR_CLI_TOKEN_H
#define TGR_CLI_TOKEN_H

#include "cli/args.h"

enum { TGR_CLI_TOKEN_MAX = 256 };

/* Fills `token` ("" when there is none). False after one line on stderr: a file
 * that was asked for cannot be read. */
bool tgr_cli_find_token(const struct tgr_cli_args *args,
                        char token[TGR_CLI_TOKEN_MAX]);

#endif
