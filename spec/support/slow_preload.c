/* Preloaded into a program: names that end in ".test" take 2 s to resolve (and
 * do not exist), files whose names end in "slow.bin" take 2 s to open. */
#include <dlfcn.h>
#include <fcntl.h>
#include <netdb.h>
#include <stdarg.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static int ends_with(const char *text, const char *end) {
  const size_t text_len = text == NULL ? 0 : strlen(text);
  const size_t end_len = strlen(end);
  return text_len >= end_len && strcmp(text + text_len - end_len, end) == 0;
}

static void pause_2_s(void) {
  nanosleep(&(struct timespec){.tv_sec = 2}, NULL);
}

int getaddrinfo(const char *node, const char *service,
                const struct addrinfo *hints, struct addrinfo **result) {
  if (ends_with(node, ".test")) {
    pause_2_s();
    return EAI_NONAME;
  }
  int (*real)(const char *, const char *, const struct addrinfo *,
              struct addrinfo **) = NULL;
  *(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
  return real(node, service, hints, result);
}

static int open_named(const char *name, const char *path, int flags,
                      mode_t mode) {
  if (ends_with(path, "slow.bin"))
    pause_2_s();
  int (*real)(const char *, int, ...) = NULL;
  *(void **)&real = dlsym(RTLD_NEXT, name);
  return real(path, flags, mode);
}

int open(const char *path, int flags, ...) {
  va_list args;
  va_start(args, flags);
  const mode_t mode = va_arg(args, mode_t);
  va_end(args);
  return open_named("open", path, flags, mode);
}

int open64(const char *path, int flags, ...) {
  va_list args;
  va_start(args, flags);
  const mode_t mode = va_arg(args, mode_t);
  va_end(args);
  return open_named("open64", path, flags, mode);
}
