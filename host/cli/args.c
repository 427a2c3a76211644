/* The command line. */
#include "cli/args.h"

#include "cli/option.h"
#include "cli/output.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

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

/* The first mistake counts; reading goes on, for what comes behind it may say
 * how errors are to be written. */
static void note(struct tgr_cli_args *args, const char *what, const char *word,
                 size_t word_len) {
  if (args->mistake.what != NULL)
    return;
  args->mistake.what = what;
  args->mistake.word = word;
  args->mistake.word_len = (int)word_len;
}

static void complain(struct tgr_cli_args *args, const char *what,
                     const char *word) {
  note(args, what, word, strlen(word));
}

/* A value behind '=' is not repeated: it may be a secret. */
static void complain_unknown(struct tgr_cli_args *args, const char *word) {
  const bool first = args->mistake.what == NULL;
  const size_t len = tgr_cli_option_len(word);
  if (len == strlen("--token") && strncmp(word, "--token", len) == 0)
    complain(args,
             "unknown option --token: others can see a command line; use "
             "BOT_TOKEN or --token-file",
             "");
  else
    note(args, "unknown option ", word, len);
  if (first && *args->mistake.word != '\0')
    args->mistake.hint = tgr_cli_option_nearest(long_options, word);
}

static void report(const struct tgr_cli_args *args) {
  const char *hint = args->mistake.hint;
  tgr_cli_output_fatal("%s%.*s%s%s%s (see tgrunner-lua --help)",
                       args->mistake.what, args->mistake.word_len,
                       args->mistake.word,
                       hint != NULL ? ", did you mean '--" : "",
                       hint != NULL ? hint : "", hint != NULL ? "'?" : "");
}

/* The index of `word` in `words` (ends with NULL), or -1. */
static int find_word(const char *const *words, const char *word) {
  for (int i = 0; words[i] != NULL; i++)
    if (strcmp(words[i], word) == 0)
      return i;
  return -1;
}

static void set_level(struct tgr_cli_args *args, const char *word) {
  static const char *const levels[] = {"debug", "info", "warn",
                                       "error", "none", NULL};
  const int level = find_word(levels, word);
  if (level < 0)
    complain(args, "--log-level is debug, info, warn, error or none, not ",
             word);
  else
    args->log_level = (enum tgr_level)level;
}

static void set_format(struct tgr_cli_args *args, const char *word) {
  static const char *const formats[] = {"auto", "text", "json", NULL};
  const int format = find_word(formats, word);
  if (format < 0)
    complain(args, "--log-format is auto, text or json, not ", word);
  else
    args->log_format = (enum tgr_cli_format)format;
}

static void set_sim(struct tgr_cli_args *args, const char *port) {
  args->sim = true;
  if (port == NULL)
    return;
  char *end = NULL;
  errno = 0;
  const long value = strtol(port, &end, 10);
  if (errno != 0 || end == port || *end != '\0' || value < 0 || value > 65535)
    complain(args, "--sim takes a port from 0 to 65535, not ", port);
  else
    args->sim_port = (uint16_t)value;
}

static void set_load(struct tgr_cli_args *args, const char *count) {
  char *end = NULL;
  errno = 0;
  const long long value = strtoll(count, &end, 10);
  if (errno != 0 || value < 1 || value > 1000000000 || *end != '\0')
    complain(args, "--sim-load takes a number of updates, not ", count);
  args->sim = true;
  args->sim_load = (uint64_t)value;
}

/* `word`: the argument in which the option was found. */
static void take_option(struct tgr_cli_args *args, int option,
                        const char *word) {
  const char *value = optarg != NULL ? optarg : "";
  switch (option) {
  case 'h':
    args->help = true;
    return;
  case 'q':
    args->log_level = TGR_LEVEL_WARN;
    return;
  case 'v':
    args->log_level = TGR_LEVEL_DEBUG;
    args->all_frames = true;
    return;
  case 'e':
    args->code = optarg;
    return;
  case OPT_SIM:
    set_sim(args, optarg);
    return;
  case OPT_SIM_LOAD:
    set_load(args, value);
    return;
  case OPT_TOKEN_FILE:
    args->token_file = optarg;
    return;
  case OPT_ENV_FILE:
    args->env_file = optarg;
    return;
  case OPT_API_ROOT:
    args->api_root = optarg;
    return;
  case OPT_JOURNAL:
    args->journal = optarg;
    return;
  case OPT_LOG_LEVEL:
    set_level(args, value);
    return;
  case OPT_LOG_FORMAT:
    set_format(args, value);
    return;
  case OPT_VERSION:
    args->version = true;
    return;
  case ':':
    complain(args, "this option needs a value: ", word);
    return;
  default:
    if (word[1] == '-')
      note(args, "this option takes no value: ", word,
           tgr_cli_option_len(word));
    else
      note(args, "unknown option -", strchr(word, optopt), 1);
  }
}

static void read_options(int argc, char **argv, struct tgr_cli_args *args) {
  opterr = 0;
  while (args->code == NULL) { /* what follows -e CODE is the script's */
    const char *word = optind < argc ? argv[optind] : "";
    if (strncmp(word, "--", 2) == 0 && word[2] != '\0' &&
        !tgr_cli_option_exists(long_options, word)) {
      complain_unknown(args, word);
      optind++;
      continue;
    }
    const int option = getopt_long(argc, argv, "+:hqve:", long_options, NULL);
    if (option == -1)
      return;
    take_option(args, option, word);
  }
}

/* An http or https URL, as far as a look tells. */
static bool is_url(const char *text) {
  const size_t scheme = strncasecmp(text, "http://", 7) == 0    ? 7
                        : strncasecmp(text, "https://", 8) == 0 ? 8
                                                                : 0;
  if (scheme == 0 || text[scheme] == '\0' || text[scheme] == '/')
    return false;
  for (; *text != '\0'; text++)
    if (isspace((unsigned char)*text) || iscntrl((unsigned char)*text))
      return false;
  return true;
}

/* What options say, alone and together. */
static void check(struct tgr_cli_args *args) {
  if (args->code == NULL && args->script == NULL)
    complain(args, "no script given", "");
  if (args->sim && args->api_root != NULL)
    complain(args, "--sim and --api-root exclude each other", "");
  if (args->api_root != NULL && !is_url(args->api_root))
    complain(args,
             "--api-root takes an http or https URL, as http://localhost:8081",
             "");
  if (args->journal != NULL && *args->journal == '\0')
    complain(args, "--journal takes the path of a file", "");
  if (args->sim_load != 0 &&
      (args->script == NULL || strcmp(args->script, "-") == 0))
    complain(args, "--sim-load takes the path of a script", "");
}

bool tgr_cli_parse(int argc, char **argv, struct tgr_cli_args *args) {
  *args = (struct tgr_cli_args){.log_level = TGR_LEVEL_INFO};
  read_options(argc, argv, args);
  if (args->code == NULL && optind < argc)
    args->script = argv[optind++];
  args->script_argc = argc - optind;
  args->script_argv = argv + optind;
  if (!args->help && !args->version)
    check(args);
  tgr_cli_output_init(args->log_format);
  if (args->mistake.what != NULL)
    report(args);
  return args->mistake.what == NULL;
}
