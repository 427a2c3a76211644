/* Args: the command line. */
#ifndef TGR_CLI_ARGS_H
#define TGR_CLI_ARGS_H

#include "include/tgrunner.h"

enum tgr_cli_format { TGR_CLI_AUTO, TGR_CLI_TEXT, TGR_CLI_JSON };

struct tgr_cli_args {
  bool help;
  bool version;
  bool sim;
  uint16_t sim_port; /* 0: any */
  uint64_t sim_load; /* --sim-load: how many updates; 0: none */
  bool all_frames;   /* -v: tracebacks with the host's frames */
  enum tgr_level log_level;
  enum tgr_cli_format log_format;
  const char *token_file;
  const char *env_file;
  const char *api_root;
  const char *journal;
  const char *code;   /* -e */
  const char *script; /* a path, "-", or NULL with -e */
  int script_argc;    /* what follows the script */
  char **script_argv;
  struct {
    const char *what; /* NULL: none */
    const char *word; /* not ended: word_len bytes of argv */
    int word_len;
    const char *hint; /* an option's name */
  } mistake;          /* the first */
};

/* Reads argv, and begins the output in the form that it asks for. False after
 * one line on stderr that says what is wrong. */
bool tgr_cli_parse(int argc, char **argv, struct tgr_cli_args *args);

/* The help text; every option is in it. */
extern const char tgr_cli_help[];

#endif
