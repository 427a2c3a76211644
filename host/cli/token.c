/* Where the CLI finds the bot's token. */
#include "cli/token.h"

#include "cli/output.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_MAX_BYTES = 4096, LINE_MAX_BYTES = 4096 };

static void copy_token(char *token, const char *text, size_t len) {
  while (len > 0 && isspace((unsigned char)*text))
    text++, len--;
  while (len > 0 && isspace((unsigned char)text[len - 1]))
    len--;
  if (len >= 2 && (*text == '"' || *text == '\'') && text[len - 1] == *text)
    text++, len -= 2;
  if (len > TGR_CLI_TOKEN_MAX - 1)
    len = TGR_CLI_TOKEN_MAX - 1;
  memcpy(token, text, len);
  token[len] = '\0';
}

static bool cannot_read(const char *path) {
  tgr_cli_output_fatal("cannot read %s: %s", path, strerror(errno));
  return false;
}

/* The first line of a file. */
static bool read_token_file(const char *path, char *token) {
  FILE *file = fopen(path, "r");
  if (file == NULL)
    return cannot_read(path);
  char line[LINE_MAX_BYTES];
  const bool got = fgets(line, sizeof line, file) != NULL;
  const bool failed = ferror(file) != 0;
  if (got)
    copy_token(token, line, strlen(line));
  else if (failed)
    cannot_read(path);
  fclose(file);
  return !failed;
}

/* The value behind "BOT_TOKEN=" when `line` is that assignment, else NULL. */
static const char *value_of(const char *line) {
  while (isspace((unsigned char)*line))
    line++;
  if (strncmp(line, "export ", 7) == 0)
    line += 7;
  if (strncmp(line, "BOT_TOKEN", 9) != 0)
    return NULL;
  line += 9;
  while (*line == ' ' || *line == '\t')
    line++;
  return *line == '=' ? line + 1 : NULL;
}

/* `optional`: a file that is not there is fine. */
static bool read_env_file(const char *path, bool optional, char *token) {
  FILE *file = fopen(path, "r");
  if (file == NULL)
    return (optional && errno == ENOENT) || cannot_read(path);
  char line[LINE_MAX_BYTES];
  while (fgets(line, sizeof line, file) != NULL) {
    const char *value = value_of(line);
    if (value != NULL)
      copy_token(token, value, strlen(value));
  }
  const bool failed = ferror(file) != 0;
  if (failed)
    cannot_read(path);
  fclose(file);
  return !failed;
}

/* "DIR/.env" of the script's folder; false when the path is too long. */
static bool env_beside_script(const char *script, char *path) {
  const char *slash = script == NULL ? NULL : strrchr(script, '/');
  const int dir = slash == NULL ? 0 : (int)(slash - script) + 1;
  return snprintf(path, PATH_MAX_BYTES, "%.*s.env", dir,
                  script == NULL ? "" : script) < PATH_MAX_BYTES;
}

bool tgr_cli_find_token(const struct tgr_cli_args *args,
                        char token[TGR_CLI_TOKEN_MAX]) {
  token[0] = '\0';
  if (args->token_file != NULL)
    return read_token_file(args->token_file, token);
  char path[PATH_MAX_BYTES];
  const char *credentials = getenv("CREDENTIALS_DIRECTORY");
  if (credentials != NULL && snprintf(path, sizeof path, "%s/bot-token",
                                      credentials) < PATH_MAX_BYTES) {
    FILE *file = fopen(path, "r");
    if (file != NULL) {
      fclose(file);
      return read_token_file(path, token);
    }
  }
  const char *variable = getenv("BOT_TOKEN");
  if (variable != NULL && *variable != '\0') {
    copy_token(token, variable, strlen(variable));
    return true;
  }
  if (args->env_file != NULL)
    return read_env_file(args->env_file, false, token);
  return !env_beside_script(args->script, path) ||
         read_env_file(path, true, token);
}
