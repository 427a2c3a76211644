/* The one C allocator of a host. */
#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static void *libc_resize(void *user, void *ptr, size_t size) {
  (void)user;
  if (size == 0) {
    free(ptr);
    return NULL;
  }
  return realloc(ptr, size);
}

const struct tgr_mem tgr_mem_libc = {.resize = libc_resize, .user = NULL};

void *tgr_mem_new(const struct tgr_mem *mem, size_t size) {
  assert(size > 0);
  return mem->resize(mem->user, NULL, size);
}

void *tgr_mem_new0(const struct tgr_mem *mem, size_t size) {
  void *ptr = tgr_mem_new(mem, size);
  if (ptr != NULL)
    memset(ptr, 0, size);
  return ptr;
}

void *tgr_mem_resize(const struct tgr_mem *mem, void *ptr, size_t size) {
  assert(size > 0);
  return mem->resize(mem->user, ptr, size);
}

void tgr_mem_free(const struct tgr_mem *mem, void *ptr) {
  if (ptr != NULL)
    mem->resize(mem->user, ptr, 0);
}

char *tgr_mem_dup(const struct tgr_mem *mem, const char *bytes, size_t len) {
  char *copy = tgr_mem_new(mem, len + 1);
  if (copy == NULL)
    return NULL;
  if (len > 0)
    memcpy(copy, bytes, len);
  copy[len] = '\0';
  return copy;
}
