/* Counting, failing allocator. */
#include "support/spec_mem.h"

#include <stdlib.h>

static void *resize(void *user, void *ptr, size_t size) {
  struct spec_mem *it = user;
  if (size == 0) {
    it->live--;
    free(ptr);
    return NULL;
  }
  it->requests++;
  if (it->fail_at != 0 && it->requests >= it->fail_at)
    return NULL;
  void *block = realloc(ptr, size);
  if (ptr == NULL && block != NULL)
    it->live++;
  return block;
}

void spec_mem_init(struct spec_mem *it) {
  *it = (struct spec_mem){.mem = {.resize = resize, .user = it}};
}
