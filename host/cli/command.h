/* Command: the program's subcommands, `tgrunner-lua NAME …`.
 *
 * A subcommand is one file and one line of the table in command.c. It is chosen
 * by the first argument; a script of the same name is run as ./NAME. */
#ifndef TGR_CLI_COMMAND_H
#define TGR_CLI_COMMAND_H

#include <stdbool.h>

struct tgr_cli_command {
  const char *name;
  const char *summary; /* one line of `tgrunner-lua help` */
  /* argv[0] is the name, its arguments follow. Returns the exit status; what is
   * wrong with the arguments is said on stderr. */
  int (*run)(int argc, char **argv);
};

/* Whether a script's name is a subcommand's, which stands behind options then:
 * what is right is said on stderr. */
bool tgr_cli_command_is_misplaced(const char *script);

/* The subcommand that the program's arguments ask for; NULL: none does. */
const struct tgr_cli_command *tgr_cli_command_find(int argc, char **argv);

#endif
