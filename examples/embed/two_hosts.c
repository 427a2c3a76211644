/* Two hosts on one thread: a script of the program's own, and one that a user
 * brought along, in a sandbox with limits. What happens in one does not reach
 * the other. */
#include <tgrunner.h>

#include <poll.h>
#include <stdio.h>
#include <string.h>

static const char trusted[] = "local tg = require 'tgrunner'\n"
                              "for i = 1, 3 do\n"
                              "  say('trusted ' .. i)\n"
                              "  tg.sleep(20)\n"
                              "end\n";

static const char brought_along[] =
    "say(io == nil and 'no files' or 'files')\n"
    "local ok, err = pcall(string.rep, 'x', 1 << 30)\n"
    "say(err)\n"
    "while true do end\n";

static enum tgr_status say(void *user, const struct tgr_value *args,
                           size_t count, struct tgr_value *result) {
  (void)result;
  if (count != 1 || args[0].type != TGR_STRING)
    return TGR_EINVAL;
  printf("%s: %.*s\n", (const char *)user, (int)args[0].len, args[0].text);
  return TGR_OK;
}

static struct tgr_host *start(struct tgr_options *options, char *name,
                              const char *script) {
  struct tgr_host *host = NULL;
  if (tgr_host_new(options, &host) == TGR_OK &&
      tgr_host_register(host, "say", say, name) == TGR_OK &&
      tgr_host_load_string(host, name, script, strlen(script), 0, NULL) ==
          TGR_OK)
    return host;
  fprintf(stderr, "%s\n", host != NULL ? tgr_host_errmsg(host) : "no host");
  tgr_host_free(host);
  return NULL;
}

/* The shorter of two times to sleep; -1 is for ever. */
static int shorter(int a, int b) {
  return a < 0 ? b : b < 0 || a < b ? a : b;
}

static void run_both(struct tgr_host *one, struct tgr_host *other) {
  while (tgr_host_state(one) != TGR_STATE_ENDED ||
         tgr_host_state(other) != TGR_STATE_ENDED) {
    struct pollfd fds[] = {{.fd = tgr_host_fd(one), .events = POLLIN},
                           {.fd = tgr_host_fd(other), .events = POLLIN}};
    poll(fds, 2, shorter(tgr_host_timeout_ms(one), tgr_host_timeout_ms(other)));
    tgr_host_step(one, 1000);
    tgr_host_step(other, 1000);
  }
}

int main(void) {
  static char first[] = "ours";
  static char second[] = "theirs";
  struct tgr_options options;
  tgr_options_init(&options);
  struct tgr_host *one = start(&options, first, trusted);
  options.sandbox = TGR_SANDBOX_PURE;
  options.cpu_ms = 100;
  options.memory_soft = 16 << 20;
  options.memory_hard = 32 << 20;
  struct tgr_host *other = start(&options, second, brought_along);
  const bool ok = one != NULL && other != NULL;
  if (ok) {
    run_both(one, other);
    printf("ours ended: %s\n", tgr_strerror(tgr_host_run(one)));
    printf("theirs ended: %.*s\n", (int)strcspn(tgr_host_errmsg(other), "("),
           tgr_host_errmsg(other));
  }
  tgr_host_free(one);
  tgr_host_free(other);
  return ok ? 0 : 1;
}
