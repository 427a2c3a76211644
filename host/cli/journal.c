/* The subcommand `journal`. */
#include "cli/journal.h"

#include "cli/exit.h"
#include "cli/output.h"
#include "include/tgrunner.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { ERROR_MAX = 512, NUMBERS_MAX = 4096 };

static const char usage[] =
    "Usage: tgrunner-lua journal list FILE         updates that have not "
    "ended\n"
    "       tgrunner-lua journal dead FILE         updates that were given up\n"
    "       tgrunner-lua journal requeue FILE N…|all  dead letters are new "
    "updates\n"
    "       tgrunner-lua journal drop FILE N…|all     dead letters are "
    "forgotten\n"
    "\n"
    "A line an update, with tabs: its number in the file, update_id, time "
    "(UTC),\n"
    "failed attempts, crashes, the last error, the update. list and dead only "
    "read,\n"
    "also while a bot uses the file. Exit status: 0, 1 a number is of no dead\n"
    "letter, 2 usage, 65 no journal, 66 no such file, 75 a bot uses it.\n";

/* Control bytes would break the line. */
static void print_text(const char *text, size_t len) {
  for (size_t i = 0; i < len; i++)
    putchar((unsigned char)text[i] < ' ' ? ' ' : text[i]);
}

static void print_entry(void *user, const struct tgr_journal_entry *entry) {
  char stamp[32] = "";
  struct tm when;
  const time_t seconds = (time_t)(entry->time_ms / 1000);
  (void)user;
  if (gmtime_r(&seconds, &when) != NULL)
    strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%SZ", &when);
  printf("%" PRId64 "\t%" PRId64 "\t%s\t%" PRId64 "\t%" PRId64 "\t",
         entry->number, entry->update_id, stamp, entry->attempts,
         entry->crashes);
  print_text(entry->error, entry->error_len);
  putchar('\t');
  print_text(entry->json, entry->json_len);
  putchar('\n');
}

static int end(enum tgr_status status, const char *error) {
  if (status == TGR_OK)
    return TGR_CLI_EXIT_OK;
  tgr_cli_output_fatal("%s", error);
  return status == TGR_EINVAL ? TGR_CLI_EXIT_SYNTAX
                              : tgr_cli_exit_of(status, TGR_CLI_EXIT_SCRIPT);
}

static int list(const char *path, bool dead) {
  char error[ERROR_MAX] = "";
  return end(
      tgr_journal_read(path, dead, print_entry, NULL, error, sizeof error),
      error);
}

/* False after one line on stderr. */
static bool read_numbers(int count, char **words,
                         int64_t numbers[NUMBERS_MAX]) {
  for (int i = 0; i < count; i++) {
    char *behind = NULL;
    errno = 0;
    numbers[i] = strtoll(words[i], &behind, 10);
    if (errno == 0 && behind != words[i] && *behind == '\0')
      continue;
    tgr_cli_output_fatal("'%s' is no number of a dead letter (see "
                         "tgrunner-lua journal dead)",
                         words[i]);
    return false;
  }
  return true;
}

static int compare(const void *left, const void *right) {
  const int64_t a = *(const int64_t *)left;
  const int64_t b = *(const int64_t *)right;
  return (a > b) - (a < b);
}

/* How many different ones there are; sorts them. */
static size_t count_different(int64_t *numbers, int count) {
  size_t different = 1;
  qsort(numbers, (size_t)count, sizeof *numbers, compare);
  for (int i = 1; i < count; i++)
    different += numbers[i] != numbers[i - 1];
  return different;
}

static int tell_missing(const char *path, size_t missing, size_t asked) {
  if (asked == 1)
    tgr_cli_output_fatal("no dead letter has that number (see tgrunner-lua "
                         "journal dead %s)",
                         path);
  else
    tgr_cli_output_fatal("%zu of %zu numbers are of no dead letter (see "
                         "tgrunner-lua journal dead %s)",
                         missing, asked, path);
  return TGR_CLI_EXIT_SCRIPT;
}

static int change(const char *path, bool requeue, int count, char **words) {
  char error[ERROR_MAX] = "";
  int64_t numbers[NUMBERS_MAX];
  size_t changed = 0;
  const bool all = count == 1 && strcmp(words[0], "all") == 0;
  if (count > NUMBERS_MAX) {
    tgr_cli_output_fatal("%d numbers at once are too many: %d, or 'all'", count,
                         NUMBERS_MAX);
    return TGR_CLI_EXIT_USAGE;
  }
  if (!all && !read_numbers(count, words, numbers))
    return TGR_CLI_EXIT_USAGE;
  const size_t asked = all ? 0 : count_different(numbers, count);
  const enum tgr_status status = (requeue ? tgr_journal_requeue
                                          : tgr_journal_drop)(
      path, all ? NULL : numbers, (size_t)count, &changed, error, sizeof error);
  if (status == TGR_OK)
    printf("%zu %s\n", changed, requeue ? "requeued" : "dropped");
  if (status == TGR_OK && changed < asked)
    return tell_missing(path, asked - changed, asked);
  return end(status, error);
}

int tgr_cli_journal_run(int argc, char **argv) {
  const char *what = argc > 1 ? argv[1] : "";
  tgr_cli_output_init(TGR_CLI_AUTO);
  if (argc == 3 && strcmp(what, "list") == 0)
    return list(argv[2], false);
  if (argc == 3 && strcmp(what, "dead") == 0)
    return list(argv[2], true);
  if (argc > 3 && strcmp(what, "requeue") == 0)
    return change(argv[2], true, argc - 3, argv + 3);
  if (argc > 3 && strcmp(what, "drop") == 0)
    return change(argv[2], false, argc - 3, argv + 3);
  const bool asked =
      argc == 2 && (strcmp(what, "--help") == 0 || strcmp(what, "-h") == 0);
  fputs(usage, asked ? stdout : stderr);
  return asked ? TGR_CLI_EXIT_OK : TGR_CLI_EXIT_USAGE;
}
