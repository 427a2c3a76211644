/* A tool that sends one message and ends:
 *
 *   BOT_TOKEN=123456:… send CHAT TEXT
 *   send --sim CHAT TEXT      to the built-in simulator
 *
 * The exit status is 0 when Telegram took it. */
#include <tgrunner.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char script[] =
    "local tg = require 'tgrunner'\n"
    "local chat, text = ...\n"
    "local bot = tg.Bot()\n"
    "local sent = bot.api.send_message { chat_id = chat, text = text }\n"
    "print(('message %d is in chat %s'):format(sent.message_id, chat))\n";

static int usage(void) {
  fputs("usage: BOT_TOKEN=... send [--sim] CHAT TEXT\n", stderr);
  return 2;
}

/* Runs the script with its two arguments. */
static bool send_message(const struct tgr_options *options, char **args) {
  struct tgr_host *host = NULL;
  const bool sent = tgr_host_new(options, &host) == TGR_OK &&
                    tgr_host_load_string(host, "send.lua", script,
                                         strlen(script), 2, args) == TGR_OK &&
                    tgr_host_run(host) == TGR_OK;
  if (!sent)
    fprintf(stderr, "send: %s\n",
            host != NULL ? tgr_host_errmsg(host) : "no host");
  tgr_host_free(host);
  return sent;
}

int main(int argc, char **argv) {
  const bool with_sim = argc > 1 && strcmp(argv[1], "--sim") == 0;
  if (argc != (with_sim ? 4 : 3))
    return usage();
  struct tgr_options options;
  tgr_options_init(&options);
  options.token = getenv("BOT_TOKEN");
  struct tgr_sim *sim = NULL;
  if (with_sim) {
    struct tgr_sim_options sim_options;
    char error[256];
    tgr_sim_options_init(&sim_options);
    if (tgr_sim_start(&sim_options, &sim, error, sizeof error) != TGR_OK) {
      fprintf(stderr, "send: %s\n", error);
      return 1;
    }
    options.token = tgr_sim_token(sim);
    options.api_root = tgr_sim_url(sim);
    options.sim = true;
  }
  const bool sent = send_message(&options, argv + argc - 2);
  tgr_sim_stop(sim);
  return sent ? 0 : 1;
}
