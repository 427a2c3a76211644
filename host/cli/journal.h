/* Journal: `tgrunner-lua journal list|dead|requeue|drop FILE …`. */
#ifndef TGR_CLI_JOURNAL_H
#define TGR_CLI_JOURNAL_H

/* For the table of subcommands. */
int tgr_cli_journal_run(int argc, char **argv);

#endif
