/* Subcommands that are written in Lua. */
#include "cli/tool.h"

#include "cli/console.h"
#include "cli/exit.h"
#include "cli/output.h"
#include "cli/token.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

enum { CPU_MS = 5000 }; /* of a script's main chunk that is checked */

static void on_event(void *user, const struct tgr_host_event *event) {
  (void)user;
  tgr_cli_output_event(event);
}

int tgr_cli_tool_run(const struct tgr_cli_args *args,
                     const struct tgr_cli_token *token,
                     const struct tgr_sim *sim, const char *code, int argc,
                     char **argv) {
  struct tgr_options options;
  tgr_options_init(&options);
  options.on_event = on_event;
  options.log_level = args->log_level;
  options.all_frames = args->all_frames;
  options.token = sim != NULL                             ? tgr_sim_token(sim)
                  : token != NULL && *token->text != '\0' ? token->text
                                                          : NULL;
  options.api_root = sim != NULL ? tgr_sim_url(sim) : args->api_root;
  options.sim = sim != NULL;
  options.cpu_ms = CPU_MS;
  options.cpu_signal = SIGVTALRM;
  struct tgr_host *host = NULL;
  const enum tgr_status made = tgr_host_new(&options, &host);
  if (made != TGR_OK)
    return tgr_cli_report_no_host(made);
  enum tgr_status status =
      tgr_host_load_string(host, "-e", code, strlen(code), argc, argv);
  if (status == TGR_OK)
    status = tgr_host_run(host);
  const int result = tgr_cli_report(host, status, token);
  tgr_host_free(host);
  return result;
}

/* Whether --help was asked for, which is then printed; or an argument that must
 * be there is not. */
static bool is_answered(int argc, char **argv, int needed, const char *help,
                        int *status) {
  const bool asked = argc > 1 && (strcmp(argv[1], "--help") == 0 ||
                                  strcmp(argv[1], "-h") == 0);
  *status = asked ? TGR_CLI_EXIT_OK : TGR_CLI_EXIT_USAGE;
  if (asked || argc <= needed)
    fputs(help, asked ? stdout : stderr);
  return asked || argc <= needed;
}

/* ---- check -------------------------------------------------------------- */

int tgr_cli_check(int argc, char **argv) {
  static const char help[] =
      "Usage: tgrunner-lua check script.lua …\n"
      "Looks for mistakes without running the bot: syntax, filters, options,\n"
      "methods. The main chunk runs, without network: nothing it calls is\n"
      "sent. Exit status: 0 none, 1 some, 65 syntax errors, 66 no such "
      "script.\n";
  int status = 0;
  if (is_answered(argc, argv, 1, help, &status))
    return status;
  tgr_cli_output_init(TGR_CLI_AUTO);
  if (*argv[1] == '-') {
    tgr_cli_output_fatal("check knows no option %s", argv[1]);
    fputs(help, stderr);
    return TGR_CLI_EXIT_USAGE;
  }
  const struct tgr_cli_args args = {.log_level = TGR_LEVEL_NONE};
  return tgr_cli_tool_run(&args, NULL, NULL,
                          "return require('tgrunner.tool.check').run {...}",
                          argc - 1, argv + 1);
}

/* ---- init --------------------------------------------------------------- */

static bool make_folder(const char *path) {
  if (mkdir(path, 0777) == 0 || errno == EEXIST)
    return true;
  tgr_cli_output_fatal("cannot make the folder %s: %s", path, strerror(errno));
  return false;
}

int tgr_cli_init(int argc, char **argv) {
  static const char help[] =
      "Usage: tgrunner-lua init [DIR]\n"
      "Writes a small bot project with tests into DIR (default: here). Files\n"
      "that are there are kept.\n";
  static char here[] = ".";
  int status = 0;
  if (is_answered(argc, argv, 0, help, &status))
    return status;
  tgr_cli_output_init(TGR_CLI_AUTO);
  char *dir = argc > 1 ? argv[1] : here;
  char spec[4096];
  const int len = snprintf(spec, sizeof spec, "%s/spec", dir);
  if (argc > 2 || *dir == '-' || len >= (int)sizeof spec) {
    fputs(help, stderr);
    return TGR_CLI_EXIT_USAGE;
  }
  if (!make_folder(dir) || !make_folder(spec))
    return TGR_CLI_EXIT_SCRIPT;
  const struct tgr_cli_args args = {.log_level = TGR_LEVEL_INFO};
  return tgr_cli_tool_run(&args, NULL, NULL,
                          "return require('tgrunner.tool.project').create(...)",
                          1, &dir);
}

/* ---- call --------------------------------------------------------------- */

/* Says what a call has no use for; false then. */
static bool check_call(const struct tgr_cli_args *args) {
  const char *unused = args->sim_load != 0     ? "--sim-load"
                       : args->journal != NULL ? "--journal"
                       : args->script == NULL  ? "-e"
                                               : NULL;
  if (unused != NULL) {
    tgr_cli_output_fatal("call has no use for %s (see tgrunner-lua call "
                         "--help)",
                         unused);
    return false;
  }
  const char *json = args->script_argc > 0 ? args->script_argv[0] : "";
  if (*json == '-' && strcmp(json, "-") != 0) {
    tgr_cli_output_fatal("the options of call stand before METHOD, not behind "
                         "it: %s",
                         json);
    return false;
  }
  if (args->script_argc > 1)
    tgr_cli_output_fatal("call takes METHOD and one JSON object; there is more "
                         "(quote the JSON): %s",
                         args->script_argv[1]);
  return args->script_argc <= 1;
}

int tgr_cli_call(int argc, char **argv) {
  static const char help[] =
      "Usage: tgrunner-lua call [options] METHOD [JSON]\n"
      "Calls a method of the Bot API with the parameters in JSON (- reads "
      "them\n"
      "from standard input) and prints its result as JSON. Options: --sim,\n"
      "--token-file, --env-file, --api-root, as of a bot. Exit status: 0, 1\n"
      "the call was refused, 65 no JSON, 69 no network, 78 the token.\n";
  int status = 0;
  if (is_answered(argc, argv, 1, help, &status))
    return status;
  struct tgr_cli_args args;
  if (!tgr_cli_parse(argc, argv, &args))
    return TGR_CLI_EXIT_USAGE;
  if (args.help) {
    fputs(help, stdout);
    return TGR_CLI_EXIT_OK;
  }
  if (!check_call(&args))
    return TGR_CLI_EXIT_USAGE;
  char *method[] = {(char *)args.script,
                    args.script_argc > 0 ? args.script_argv[0] : NULL};
  struct tgr_cli_token token = {.text = ""};
  struct tgr_sim *sim = NULL;
  args.script = NULL; /* .env is here */
  if (args.sim ? !tgr_cli_console_start(args.sim_port, &sim)
               : !tgr_cli_find_token(&args, &token))
    return args.sim ? TGR_CLI_EXIT_USAGE : TGR_CLI_EXIT_TOKEN;
  status = tgr_cli_tool_run(&args, &token, sim,
                            "return require('tgrunner.tool.call').run(...)",
                            args.script_argc + 1, method);
  tgr_sim_stop(sim);
  return status;
}
