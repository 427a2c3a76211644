/* Where the CLI finds the bot's token. */
#include "cli/token.h"

#include "cli/output.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATH_MAX_BYTES = 4096, LINE_MAX_BYTES = 4096 };

/* What stands behind a byte order mark, if there is one. */
static const char *behind_mark(const char *text) {
  static const char mark[] = "\xEF\xBB\xBF";
  return strncmp(text, mark, sizeof mark - 1) == 0 ? text + sizeof mark - 1
                                                   : text;
}

/* The token out of what a file or variable holds: without blanks around it, and
 * its quotes; behind it may be a comment. */
static void copy_token(char *token, const char *text) {
  text = behind_mark(text);
  while (isspace((unsigned char)*text))
    text++;
  const char quote = *text == '"' || *text == '\'' ? *text : '\0';
  const char *behind = quote == '\0' ? NULL : strchr(text + 1, quote);
  size_t len = behind == NULL ? strlen(text) : (size_t)(behind - ++text);
  for (size_t i = 1; behind == NULL && i < len; i++)
    if (text[i] == '#' && isspace((unsigned char)text[i - 1]))
      len = i;
  while (len > 0 && isspace((unsigned char)text[len - 1]))
    len--;
  if (len > TGR_CLI_TOKEN_MAX - 1)
    len = TGR_CLI_TOKEN_MAX - 1;
  memcpy(token, text, len);
  token[len] = '\0';
}

static void set_source(struct tgr_cli_token *token, const char *source) {
  snprintf(token->source, sizeof token->source, "%s", source);
}

static bool cannot_read(const char *path) {
  tgr_cli_output_fatal("cannot read %s: %s", path, strerror(errno));
  return false;
}

/* Where a file's token is to be. */
static bool has_none(const char *path, const char *where) {
  tgr_cli_output_fatal(
      "%s holds no bot token: %s (token comes from @BotFather)", path, where);
  return false;
}

/* The first line of a file. */
static bool read_token_file(const char *path, struct tgr_cli_token *token) {
  FILE *file = fopen(path, "r");
  if (file == NULL)
    return cannot_read(path);
  char line[LINE_MAX_BYTES];
  const bool got = fgets(line, sizeof line, file) != NULL;
  const bool failed = ferror(file) != 0;
  if (got)
    copy_token(token->text, line);
  else if (failed)
    cannot_read(path);
  fclose(file);
  set_source(token, path);
  return !failed && (*token->text != '\0' ||
                     has_none(path, "its first line is to be the token"));
}

/* The value behind "BOT_TOKEN=" when `line` is that assignment, else NULL. */
static const char *value_of(const char *line) {
  line = behind_mark(line);
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

/* False, with errno, when the file cannot be read. */
static bool read_env_file(const char *path, struct tgr_cli_token *token) {
  FILE *file = fopen(path, "r");
  if (file == NULL)
    return false;
  char line[LINE_MAX_BYTES];
  while (fgets(line, sizeof line, file) != NULL) {
    const char *value = value_of(line);
    if (value != NULL)
      copy_token(token->text, value);
  }
  const int error = ferror(file) != 0 ? errno : 0;
  fclose(file);
  set_source(token, path);
  errno = error;
  return error == 0;
}

/* Nobody has asked for this file: that it cannot be read is said when a script
 * asks for a token. */
static void try_env_file(const char *path, struct tgr_cli_token *token) {
  if (!read_env_file(path, token) && errno != ENOENT && errno != ENOTDIR)
    snprintf(token->problem, sizeof token->problem, "cannot read %s: %s", path,
             strerror(errno));
}

/* "DIR/.env" of the script's folder; false when the path is too long. */
static bool env_beside_script(const char *script, char *path) {
  const char *slash = script == NULL ? NULL : strrchr(script, '/');
  const int dir = slash == NULL ? 0 : (int)(slash - script) + 1;
  return snprintf(path, PATH_MAX_BYTES, "%.*s.env", dir,
                  script == NULL ? "" : script) < PATH_MAX_BYTES;
}

/* A systemd credential; false when there is none. */
static bool find_credential(char *path) {
  const char *folder = getenv("CREDENTIALS_DIRECTORY");
  return folder != NULL &&
         snprintf(path, PATH_MAX_BYTES, "%s/bot-token", folder) <
             PATH_MAX_BYTES &&
         access(path, F_OK) == 0;
}

/* A file that was asked for has to be there, and to be of use. */
static bool read_named_env(const char *path, bool needed,
                           struct tgr_cli_token *token) {
  struct tgr_cli_token found = {.text = ""};
  if (!read_env_file(path, &found))
    return cannot_read(path);
  if (!needed)
    return true;
  *token = found;
  return *token->text != '\0' ||
         has_none(path, "it is to have a line BOT_TOKEN=…");
}

bool tgr_cli_find_token(const struct tgr_cli_args *args,
                        struct tgr_cli_token *token) {
  char path[PATH_MAX_BYTES];
  *token = (struct tgr_cli_token){.text = ""};
  if (args->token_file != NULL && !read_token_file(args->token_file, token))
    return false;
  if (*token->text == '\0' && find_credential(path) &&
      !read_token_file(path, token))
    return false;
  const char *variable = getenv("BOT_TOKEN");
  if (*token->text == '\0' && variable != NULL) {
    copy_token(token->text, variable);
    set_source(token, "BOT_TOKEN");
  }
  const bool found = *token->text != '\0';
  if (args->env_file != NULL)
    return read_named_env(args->env_file, !found, token);
  if (!found && env_beside_script(args->script, path))
    try_env_file(path, token);
  return true;
}
