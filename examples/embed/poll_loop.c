/* A poll(2) loop of one's own: standard input and the host side by side. Each
 * line becomes an update that is fed to the bot; what the bot says is printed.
 * No token, no network: the program is the chat. */
#include <tgrunner.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char script[] =
    "local tg = require 'tgrunner'\n"
    "local bot = tg.Bot('123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1')\n"
    "bot:on('message:text', function(ctx)\n"
    "  tg.sleep(10)\n"
    "  say('You said ' .. ctx.text)\n"
    "end)\n"
    "tg.run(bot)\n";

static enum tgr_status say(void *user, const struct tgr_value *args,
                           size_t count, struct tgr_value *result) {
  (void)user, (void)result;
  if (count != 1 || args[0].type != TGR_STRING)
    return TGR_EINVAL;
  printf("%.*s\n", (int)args[0].len, args[0].text);
  fflush(stdout);
  return TGR_OK;
}

/* Text in JSON's quotes; control characters become spaces. */
static void quote(char *out, size_t size, const char *text, size_t len) {
  size_t used = 0;
  for (size_t i = 0; i < len && used + 3 < size; i++) {
    if (text[i] == '"' || text[i] == '\\')
      out[used++] = '\\';
    out[used++] = (unsigned char)text[i] < ' ' ? ' ' : text[i];
  }
  out[used] = '\0';
}

static void feed_line(struct tgr_host *host, const char *line, size_t len) {
  static long id;
  char text[1024];
  char update[2048];
  quote(text, sizeof text, line, len);
  const int update_len = snprintf(
      update, sizeof update,
      "{\"update_id\":%ld,\"message\":{\"message_id\":%ld,\"date\":0,\"chat\":"
      "{\"id\":1,\"type\":\"private\"},\"text\":\"%s\"}}",
      id, id, text);
  id++;
  const enum tgr_status status =
      tgr_host_feed_update(host, update, (size_t)update_len);
  if (status != TGR_OK)
    fprintf(stderr, "%s\n", tgr_strerror(status));
}

/* Reads what is there, line by line; false at the end of the input. */
static bool read_lines(struct tgr_host *host) {
  static char buffer[1024];
  static size_t used;
  const ssize_t got = read(STDIN_FILENO, buffer + used, sizeof buffer - used);
  if (got <= 0)
    return false;
  used += (size_t)got;
  char *line = buffer;
  char *end = NULL;
  while ((end = memchr(line, '\n', used - (size_t)(line - buffer))) != NULL) {
    feed_line(host, line, (size_t)(end - line));
    line = end + 1;
  }
  used -= (size_t)(line - buffer);
  memmove(buffer, line, used);
  if (used == sizeof buffer)
    used = 0;
  return true;
}

static void loop(struct tgr_host *host) {
  bool reads = true;
  while (tgr_host_state(host) != TGR_STATE_ENDED) {
    struct pollfd fds[] = {{.fd = tgr_host_fd(host), .events = POLLIN},
                           {.fd = reads ? STDIN_FILENO : -1, .events = POLLIN}};
    poll(fds, 2, tgr_host_timeout_ms(host));
    if (fds[1].revents != 0 && !read_lines(host)) {
      reads = false;
      tgr_host_stop(host, 5000); /* handlers that run may finish */
    }
    tgr_host_step(host, 1000);
  }
}

int main(void) {
  struct tgr_options options;
  tgr_options_init(&options);
  options.no_polling = true;
  struct tgr_host *host = NULL;
  const bool ok = tgr_host_new(&options, &host) == TGR_OK &&
                  tgr_host_register(host, "say", say, NULL) == TGR_OK &&
                  tgr_host_load_string(host, "chat.lua", script, strlen(script),
                                       0, NULL) == TGR_OK;
  if (ok)
    loop(host);
  const enum tgr_status status = ok ? tgr_host_run(host) : TGR_ESCRIPT;
  if (status != TGR_OK)
    fprintf(stderr, "%s\n", host != NULL ? tgr_host_errmsg(host) : "no host");
  tgr_host_free(host);
  return status == TGR_OK ? 0 : 1;
}
