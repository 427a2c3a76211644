/* A bot on a thread of its own: the thread runs the host, the program's main
 * thread feeds it updates and stops it. */
#include <tgrunner.h>

#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { UPDATES = 5 };

static const char script[] =
    "local tg = require 'tgrunner'\n"
    "local bot = tg.Bot('123456:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1')\n"
    "bot:on('message:text', function(ctx) note(ctx.text) end)\n"
    "tg.run(bot, { sink = { sequentialize = 'chat' } })\n";

static struct {
  pthread_mutex_t mutex;
  pthread_cond_t changed;
  int count;
} noted = {PTHREAD_MUTEX_INITIALIZER, PTHREAD_COND_INITIALIZER, 0};

/* On the host's thread. */
static enum tgr_status note(void *user, const struct tgr_value *args,
                            size_t count, struct tgr_value *result) {
  (void)user, (void)result;
  if (count != 1 || args[0].type != TGR_STRING)
    return TGR_EINVAL;
  printf("the bot got %.*s\n", (int)args[0].len, args[0].text);
  pthread_mutex_lock(&noted.mutex);
  noted.count++;
  pthread_cond_signal(&noted.changed);
  pthread_mutex_unlock(&noted.mutex);
  return TGR_OK;
}

static void *run(void *user) {
  struct tgr_host *host = user;
  const enum tgr_status status = tgr_host_run(host);
  printf("the host has ended: %s\n", tgr_strerror(status));
  return NULL;
}

static void feed(struct tgr_host *host) {
  for (int i = 1; i <= UPDATES; i++) {
    char update[256];
    const int len = snprintf(update, sizeof update,
                             "{\"update_id\":%d,\"message\":{\"message_id\":%d,"
                             "\"date\":0,\"chat\":{\"id\":1,\"type\":"
                             "\"private\"},\"text\":\"message %d\"}}",
                             i, i, i);
    tgr_host_feed_update(host, update, (size_t)len);
  }
  pthread_mutex_lock(&noted.mutex);
  while (noted.count < UPDATES)
    pthread_cond_wait(&noted.changed, &noted.mutex);
  pthread_mutex_unlock(&noted.mutex);
}

int main(void) {
  struct tgr_options options;
  tgr_options_init(&options);
  options.no_polling = true;
  struct tgr_host *host = NULL;
  pthread_t thread;
  if (tgr_host_new(&options, &host) != TGR_OK ||
      tgr_host_register(host, "note", note, NULL) != TGR_OK ||
      tgr_host_load_string(host, "bot.lua", script, strlen(script), 0, NULL) !=
          TGR_OK ||
      pthread_create(&thread, NULL, run, host) != 0) {
    fprintf(stderr, "%s\n", host != NULL ? tgr_host_errmsg(host) : "no host");
    tgr_host_free(host);
    return 1;
  }
  feed(host);
  tgr_host_stop(host, 1000);
  pthread_join(thread, NULL);
  tgr_host_free(host);
  return 0;
}
