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

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CPU_MS = 5000 }; /* of an update, unless the script says else */

struct text {
  char *bytes;
  size_t len;
};

static bool is_stdin(const struct tgr_cli_args *args) {
  return args->script != NULL && strcmp(args->script, "-") == 0;
}

/* All of standard input; `bytes` is freed by the caller. False after one line
 * on stderr. */
static bool read_stdin(struct text *text) {
  FILE *out = open_memstream(&text->bytes, &text->len);
  if (out == NULL) {
    tgr_cli_output_fatal("not enough memory for the script");
    return false;
  }
  char part[BUFSIZ];
  size_t got = 0;
  while ((got = fread(part, 1, sizeof part, stdin)) > 0)
    fwrite(part, 1, got, out);
  const char *reason = ferror(stdin) != 0 ? strerror(errno) : NULL;
  if (fclose(out) != 0 && reason == NULL)
    reason = "not enough memory";
  if (reason == NULL)
    return true;
  tgr_cli_output_fatal("cannot read the script from standard input: %s",
                       reason);
  free(text->bytes);
  return false;
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

/* `input`: what was read of standard input, if that is the script. */
static enum tgr_status load(struct tgr_host *host,
                            const struct tgr_cli_args *args,
                            const struct text *input) {
  if (args->sim_load != 0)
    return load_counted(host, args);
  if (args->code != NULL)
    return tgr_host_load_string(host, "-e", args->code, strlen(args->code),
                                args->script_argc, args->script_argv);
  if (is_stdin(args))
    return tgr_host_load_string(host, "-", input->bytes, input->len,
                                args->script_argc, args->script_argv);
  return tgr_host_load_file(host, args->script, args->script_argc,
                            args->script_argv);
}

/* False after one line on stderr. */
static bool read_console(struct tgr_sim *sim, struct tgr_host *host,
                         uint64_t load) {
  if (load != 0) {
    const bool sends = tgr_cli_console_load(sim, host, load);
    if (!sends)
      tgr_cli_output_fatal("cannot send messages: %s", strerror(errno));
    return sends;
  }
  char text[128];
  snprintf(text, sizeof text,
           "simulator on %s: type a message to the bot, [Label] to press a "
           "button, Ctrl-D ends",
           tgr_sim_url(sim));
  tgr_cli_output_banner(text);
  const bool reads = tgr_cli_console_read(sim, host);
  if (!reads)
    tgr_cli_output_fatal("cannot read standard input: %s", strerror(errno));
  return reads;
}

static int run_loaded(struct tgr_host *host, const struct tgr_cli_args *args,
                      const struct tgr_cli_token *token, struct tgr_sim *sim) {
  if (!tgr_cli_signals_start(host)) {
    tgr_cli_output_fatal("cannot watch for signals: %s", strerror(errno));
    return TGR_CLI_EXIT_INTERNAL;
  }
  /* With `-` standard input was the script: there is no console. */
  if (sim != NULL && !is_stdin(args) &&
      !read_console(sim, host, args->sim_load)) {
    tgr_cli_signals_stop();
    return TGR_CLI_EXIT_INTERNAL;
  }
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
  if (made != TGR_OK)
    return tgr_cli_report_no_host(made);
  struct text input = {NULL, 0};
  int status = TGR_CLI_EXIT_NO_SCRIPT;
  if (args->code != NULL || !is_stdin(args) || read_stdin(&input)) {
    const enum tgr_status loaded = load(host, args, &input);
    free(input.bytes);
    status = loaded == TGR_OK ? run_loaded(host, args, token, sim)
                              : tgr_cli_report(host, loaded, token);
  }
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
