/* tgrunner-lua: the first embedder of the host. It uses tgrunner.h and nothing
 * else of the host. */
#include "cli/args.h"
#include "cli/command.h"
#include "cli/console.h"
#include "cli/exit.h"
#include "cli/notify.h"
#include "cli/output.h"
#include "cli/signals.h"
#include "cli/token.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CPU_MS = 5000 }; /* of an update, unless the script says else */

/* All of standard input, or NULL; freed by the caller. */
static char *read_stdin(size_t *len) {
  char *text = NULL;
  FILE *out = open_memstream(&text, len);
  if (out == NULL)
    return NULL;
  char part[BUFSIZ];
  size_t got = 0;
  while ((got = fread(part, 1, sizeof part, stdin)) > 0)
    fwrite(part, 1, got, out);
  const bool failed = ferror(stdin) != 0;
  if (fclose(out) == 0 && !failed)
    return text;
  free(text);
  return NULL;
}

/* The script is run by one that counts: see lua/tgrunner/tool/load.lua. */
static enum tgr_status load_counted(struct tgr_host *host,
                                    const struct tgr_cli_args *args) {
  static const char code[] = "return require('tgrunner.tool.load').run(...)";
  char count[32];
  snprintf(count, sizeof count, "%llu", (unsigned long long)args->sim_load);
  const int argc = args->script_argc + 2;
  char **argv = calloc((size_t)argc, sizeof *argv);
  if (argv == NULL)
    return TGR_ENOMEM;
  argv[0] = count;
  argv[1] = (char *)args->script;
  for (int i = 0; i < args->script_argc; i++)
    argv[i + 2] = args->script_argv[i];
  const enum tgr_status status =
      tgr_host_load_string(host, args->script, code, strlen(code), argc, argv);
  free(argv);
  return status;
}

static enum tgr_status load(struct tgr_host *host,
                            const struct tgr_cli_args *args) {
  if (args->sim_load != 0)
    return load_counted(host, args);
  if (args->code != NULL)
    return tgr_host_load_string(host, "-e", args->code, strlen(args->code),
                                args->script_argc, args->script_argv);
  if (strcmp(args->script, "-") != 0)
    return tgr_host_load_file(host, args->script, args->script_argc,
                              args->script_argv);
  size_t len = 0;
  char *text = read_stdin(&len);
  if (text == NULL)
    return TGR_EIO;
  const enum tgr_status status = tgr_host_load_string(
      host, "-", text, len, args->script_argc, args->script_argv);
  free(text);
  return status;
}

static void read_console(struct tgr_sim *sim, struct tgr_host *host,
                         uint64_t load) {
  if (load != 0) {
    if (!tgr_cli_console_load(sim, host, load))
      tgr_cli_output_fatal("cannot send messages: no thread for it");
    return;
  }
  char text[128];
  snprintf(text, sizeof text,
           "simulator on %s: type a message to the bot, [Label] to press a "
           "button, Ctrl-D ends",
           tgr_sim_url(sim));
  tgr_cli_output_banner(text);
  if (!tgr_cli_console_read(sim, host))
    tgr_cli_output_fatal("cannot read standard input: no thread for it");
}

static int run_loaded(struct tgr_host *host, const struct tgr_cli_args *args,
                      const struct tgr_cli_token *token, struct tgr_sim *sim) {
  if (!tgr_cli_signals_start(host)) {
    tgr_cli_output_fatal("cannot watch for signals");
    return TGR_CLI_EXIT_INTERNAL;
  }
  /* With `-` standard input was the script: there is no console. */
  if (sim != NULL && (args->script == NULL || strcmp(args->script, "-") != 0))
    read_console(sim, host, args->sim_load);
  if (!tgr_cli_notify_start(host))
    tgr_cli_output_fatal("no thread for systemd's watchdog: it is not told");
  const int status = tgr_cli_report(host, tgr_host_run(host), token);
  tgr_cli_notify_stop();
  tgr_cli_signals_stop();
  return status;
}

static void on_event(void *user, const struct tgr_host_event *event) {
  (void)user;
  tgr_cli_output_event(event);
  tgr_cli_notify_event(event);
}

static int run(const struct tgr_cli_args *args,
               const struct tgr_cli_token *token, struct tgr_sim *sim) {
  struct tgr_options options;
  tgr_options_init(&options);
  options.on_event = on_event;
  options.log_level = args->log_level;
  options.token = sim != NULL            ? tgr_sim_token(sim)
                  : *token->text != '\0' ? token->text
                                         : NULL;
  options.api_root = sim != NULL ? tgr_sim_url(sim) : args->api_root;
  options.journal = args->journal;
  options.sim = sim != NULL;
  options.cpu_ms = CPU_MS;
  options.cpu_signal = SIGVTALRM;
  options.all_frames = args->all_frames;
  struct tgr_host *host = NULL;
  const enum tgr_status made = tgr_host_new(&options, &host);
  if (made != TGR_OK) {
    tgr_cli_output_fatal("%s", tgr_strerror(made));
    return TGR_CLI_EXIT_INTERNAL;
  }
  const enum tgr_status loaded = load(host, args);
  const int status = loaded == TGR_OK ? run_loaded(host, args, token, sim)
                                      : tgr_cli_report(host, loaded, token);
  if (sim != NULL)
    tgr_cli_console_stop(sim);
  tgr_host_free(host);
  return status;
}

/* A closed standard stream would be given to the next socket, and what is
 * printed would go to its peer. */
static void open_closed_streams(void) {
  for (int fd = 0; fd <= 2; fd++)
    if (fcntl(fd, F_GETFD) == -1 && open("/dev/null", O_RDWR) != fd)
      _exit(TGR_CLI_EXIT_INTERNAL);
}

/* What was printed has arrived, or the exit status says that it has not. */
static int finish(int status) {
  if (fflush(stdout) == 0 && !ferror(stdout))
    return status;
  tgr_cli_output_fatal("cannot write to standard output");
  return status == EXIT_SUCCESS ? EXIT_FAILURE : status;
}

int main(int argc, char **argv) {
  open_closed_streams();
  const struct tgr_cli_command *command = tgr_cli_command_find(argc, argv);
  if (command != NULL)
    return finish(command->run(argc - 1, argv + 1));
  struct tgr_cli_args args;
  if (!tgr_cli_parse(argc, argv, &args))
    return TGR_CLI_EXIT_USAGE;
  if (args.help) {
    fputs(tgr_cli_help, stdout);
    return finish(TGR_CLI_EXIT_OK);
  }
  if (args.version) {
    puts(tgr_build_info());
    return finish(TGR_CLI_EXIT_OK);
  }
  if (args.code == NULL && tgr_cli_command_is_misplaced(args.script))
    return TGR_CLI_EXIT_USAGE;
  setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
  struct tgr_cli_token token = {.text = ""};
  struct tgr_sim *sim = NULL;
  if (args.sim) {
    if (!(args.sim_load != 0 ? tgr_cli_console_start_silent(args.sim_port, &sim)
                             : tgr_cli_console_start(args.sim_port, &sim)))
      return TGR_CLI_EXIT_USAGE;
  } else if (!tgr_cli_find_token(&args, &token)) {
    return TGR_CLI_EXIT_TOKEN;
  }
  return finish(run(&args, &token, sim));
}
