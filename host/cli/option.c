/* Names of long options. */
#include "cli/option.h"

#include <string.h>

enum { DASHES = 2, ALIKE_MIN = 3 };

size_t tgr_cli_option_len(const char *word) {
  return strcspn(word, "=");
}

bool tgr_cli_option_exists(const struct option *options, const char *word) {
  const size_t len = tgr_cli_option_len(word) - DASHES;
  for (; options->name != NULL; options++)
    if (strlen(options->name) == len &&
        memcmp(options->name, word + DASHES, len) == 0)
      return true;
  return false;
}

/* How many bytes two names begin with in common. */
static size_t common_len(const char *name, const char *other) {
  size_t len = 0;
  while (name[len] != '\0' && name[len] == other[len])
    len++;
  return len;
}

const char *tgr_cli_option_nearest(const struct option *options,
                                   const char *word) {
  const char *nearest = NULL;
  size_t best = ALIKE_MIN - 1;
  for (; options->name != NULL; options++) {
    const size_t len = common_len(options->name, word + DASHES);
    if (len > best) {
      best = len;
      nearest = options->name;
    }
  }
  return nearest;
}
