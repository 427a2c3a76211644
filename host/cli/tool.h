/* Tool: the subcommands that are written in Lua (lua/tgrunner/tool). */
#ifndef TGR_CLI_TOOL_H
#define TGR_CLI_TOOL_H

#include "cli/token.h"

/* Runs `code` in a host of its own, with its arguments as `...`; the integer it
 * returns is the exit status. `sim` or `token` (both may be NULL, or hold
 * none): whom it calls. */
int tgr_cli_tool_run(const struct tgr_cli_args *args,
                     const struct tgr_cli_token *token,
                     const struct tgr_sim *sim, const char *code, int argc,
                     char **argv);

/* The subcommands: see struct tgr_cli_command. */
int tgr_cli_call(int argc, char **argv);
int tgr_cli_check(int argc, char **argv);
int tgr_cli_init(int argc, char **argv);

#endif
