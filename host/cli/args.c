/* The command line. */
#include "cli/args.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char tgr_cli_help[] =
    "Usage: tgrunner-lua [options] script.lua [arguments]\n"
    "       tgrunner-lua [options] -             the script is standard input\n"
    "       tgrunner-lua [options] -e CODE [arguments]\n"
    "       tgrunner-lua help                    subcommands\n"
    "\n"
    "Runs a Telegram bot written in Lua.\n"
    "\n"
    "  --sim[=PORT]      run against the built-in Bot API simulator: each "
    "line\n"
    "                    on standard input is a message to the bot, its "
    "replies\n"
    "                    are printed; needs no token and no network\n"
    "  --sim-load N      run against the simulator, which sends N messages; "
    "print\n"
    "                    updates/s, latency, what was lost or out of order\n"
    "  --token-file F    read the bot's token from a file\n"
    "  --env-file F      read BOT_TOKEN=… from F (default: .env beside the\n"
    "                    script)\n"
    "  --api-root URL    another Bot API server (default:\n"
    "                    https://api.telegram.org)\n"
    "  --journal F       keep updates in F until they have ended, for runs of "
    "the\n"
    "                    script that name no journal: none is lost in a crash\n"
    "  --log-level L     debug, info, warn, error or none (default: info)\n"
    "  --log-format F    auto, text or json (default: auto)\n"
    "  -q                only warnings and errors (--log-level warn)\n"
    "  -v                debug messages, and tracebacks with the host's "
    "frames\n"
    "  --version         print versions and exit\n"
    "  -h, --help        print this text and exit\n"
    "\n"
    "The token comes from --token-file, a systemd credential named bot-token,\n"
    "the environment's BOT_TOKEN, or the env file, whichever is first.\n"
    "The first Ctrl-C finishes running handlers (up to 10 s), the second ends\n"
    "at once.\n"
    "\n"
    "Exit status: 0 clean stop, 1 script error, 2 usage, 65 syntax error,\n"
    "66 no such script, 69 network never came up, 75 another program polls "
    "the\n"
    "bot, 78 token missing, malformed or refused.\n";

enum {
  OPT_SIM = 256,
  OPT_SIM_LOAD,
  OPT_TOKEN_FILE,
  OPT_ENV_FILE,
  OPT_API_ROOT,
  OPT_JOURNAL,
  OPT_LOG_LEVEL,
  OPT_LOG_FORMAT,
  OPT_VERSION
};

static const struct option long_options[] = {
    {"sim", optional_argument, NULL, OPT_SIM},
    {"sim-load", required_argument, NULL, OPT_SIM_LOAD},
    {"token-file", required_argument, NULL, OPT_TOKEN_FILE},
    {"env-file", required_argument, NULL, OPT_ENV_FILE},
    {"api-root", required_argument, NULL, OPT_API_ROOT},
    {"journal", required_argument, NULL, OPT_JOURNAL},
    {"log-level", required_argument, NULL, OPT_LOG_LEVEL},
    {"log-format", required_argument, NULL, OPT_LOG_FORMAT},
    {"version", no_argument, NULL, OPT_VERSION},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0}};

static bool complain(const char *what, const char *value) {
  fprintf(stderr, "tgrunner-lua: %s%s (see tgrunner-lua --help)\n", what,
          value);
  return false;
}

/* The index of `word` in `words` (ends with NULL), or -1. */
static int find_word(const char *const *words, const char *word) {
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp(words[i], word) == 0)
      return i;
  return -1;
}

static bool set_level(struct tgr_cli_args *args, const char *word) {
  static const char *const levels[] = {"debug", "info", "warn",
                                       "error", "none", NULL};
  const int level = find_word(levels, word);
  if (level < 0)
    return complain("--log-level is debug, info, warn, error or none, not ",
                    word);
  args->log_level = (enum tgr_level)level;
  return true;
}

static bool set_format(struct tgr_cli_args *args, const char *word) {
  static const char *const formats[] = {"auto", "text", "json", NULL};
  const int format = find_word(formats, word);
  if (format < 0)
    return complain("--log-format is auto, text or json, not ", word);
  args->log_format = (enum tgr_cli_format)format;
  return true;
}

static bool set_sim(struct tgr_cli_args *args, const char *port) {
  args->sim = true;
  if (port == NULL)
    return true;
  char *end = NULL;
  errno = 0;
  const long value = strtol(port, &end, 10);
  if (errno != 0 || end == port || *end != '\0' || value < 0 || value > 65535)
    return complain("--sim takes a port from 0 to 65535, not ", port);
  args->sim_port = (uint16_t)value;
  return true;
}

static bool set_load(struct tgr_cli_args *args, const char *count) {
  char *end = NULL;
  errno = 0;
  const long long value = count == NULL ? 0 : strtoll(count, &end, 10);
  if (errno != 0 || value < 1 || value > 1000000000 || *end != '\0')
    return complain("--sim-load takes a number of updates, not ", count);
  args->sim = true;
  args->sim_load = (uint64_t)value;
  return true;
}

static bool take_option(struct tgr_cli_args *args, int option,
                        const char *given) {
  switch (option) {
  case 'h':
    args->help = true;
    return true;
  case 'q':
    args->log_level = TGR_LEVEL_WARN;
    return true;
  case 'v':
    args->log_level = TGR_LEVEL_DEBUG;
    args->all_frames = true;
    return true;
  case 'e':
    args->code = optarg;
    return true;
  case OPT_SIM:
    return set_sim(args, optarg);
  case OPT_SIM_LOAD:
    return set_load(args, optarg);
  case OPT_TOKEN_FILE:
    args->token_file = optarg;
    return true;
  case OPT_ENV_FILE:
    args->env_file = optarg;
    return true;
  case OPT_API_ROOT:
    args->api_root = optarg;
    return true;
  case OPT_JOURNAL:
    args->journal = optarg;
    return true;
  case OPT_LOG_LEVEL:
    return set_level(args, optarg);
  case OPT_LOG_FORMAT:
    return set_format(args, optarg);
  case OPT_VERSION:
    args->version = true;
    return true;
  case ':':
    return complain("this option needs a value: ", given);
  default:
    return complain("unknown option ", given);
  }
}

bool tgr_cli_parse(int argc, char **argv, struct tgr_cli_args *args) {
  *args = (struct tgr_cli_args){.log_level = TGR_LEVEL_INFO};
  opterr = 0;
  for (;;) {
    const int at = optind;
    const int option = getopt_long(argc, argv, "+:hqve:", long_options, NULL);
    if (option == -1)
      break;
    if (!take_option(args, option, argv[at < argc ? at : argc - 1]))
      return false;
    if (args->code != NULL) /* what follows -e CODE is the script's */
      break;
  }
  if (args->help || args->version)
    return true;
  if (args->code == NULL) {
    if (optind >= argc)
      return complain("no script given", "");
    args->script = argv[optind++];
  }
  if (args->sim && args->api_root != NULL)
    return complain("--sim and --api-root exclude each other", "");
  if (args->sim_load != 0 &&
      (args->script == NULL || strcmp(args->script, "-") == 0))
    return complain("--sim-load takes the path of a script", "");
  args->script_argc = argc - optind;
  args->script_argv = argv + optind;
  return true;
}
