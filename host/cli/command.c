/* The table of subcommands. */
#include "cli/command.h"

#include "cli/args.h"
#include "cli/exit.h"
#include "cli/journal.h"
#include "cli/output.h"
#include "cli/tool.h"

#include <stdio.h>
#include <string.h>

static int run_help(int argc, char **argv);
static int run_version(int argc, char **argv);

static const struct tgr_cli_command commands[] = {
    {"init", "writes a small bot project with tests: init [DIR]", tgr_cli_init},
    {"check", "looks for mistakes: check script.lua …", tgr_cli_check},
    {"call", "one call of the Bot API: call METHOD [JSON]", tgr_cli_call},
    {"help", "the options, and this list; help NAME: a subcommand's", run_help},
    {"journal", "what a journal holds; dead letters", tgr_cli_journal_run},
    {"version", "versions of the program and of what it runs on", run_version},
};

enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

const struct tgr_cli_command *tgr_cli_command_find(int argc, char **argv) {
  for (int i = 0; argc > 1 && i < COMMAND_COUNT; i++)
    if (strcmp(argv[1], commands[i].name) == 0)
      return &commands[i];
  return NULL;
}

bool tgr_cli_command_is_misplaced(const char *script) {
  char name[32];
  snprintf(name, sizeof name, "%s", script);
  char *argv[] = {NULL, name};
  if (tgr_cli_command_find(2, argv) == NULL)
    return false;
  tgr_cli_output_fatal("the subcommand '%s' comes first, its options behind "
                       "it: tgrunner-lua %s … (a script of that name is run "
                       "as ./%s)",
                       name, name, name);
  return true;
}

/* The subcommand's own --help. */
static int run_help_of(char *name) {
  char help[] = "--help";
  char *argv[] = {NULL, name, NULL};
  const struct tgr_cli_command *command = tgr_cli_command_find(2, argv);
  if (command == NULL) {
    tgr_cli_output_init(TGR_CLI_AUTO);
    tgr_cli_output_fatal("no subcommand '%s' (see tgrunner-lua help)", name);
    return TGR_CLI_EXIT_USAGE;
  }
  if (command->run == run_help || command->run == run_version) {
    printf("Usage: tgrunner-lua %s: %s\n", name, command->summary);
    return TGR_CLI_EXIT_OK;
  }
  char *args[] = {name, help, NULL};
  return command->run(2, args);
}

static int run_help(int argc, char **argv) {
  if (argc > 1)
    return run_help_of(argv[1]);
  fputs(tgr_cli_help, stdout);
  puts("\nSubcommands (a script of that name is run as ./NAME):\n");
  for (int i = 0; i < COMMAND_COUNT; i++)
    printf("  %-17s %s\n", commands[i].name, commands[i].summary);
  return TGR_CLI_EXIT_OK;
}

static int run_version(int argc, char **argv) {
  (void)argc;
  (void)argv;
  puts(tgr_build_info());
  return TGR_CLI_EXIT_OK;
}
