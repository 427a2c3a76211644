/* Mem: the one C allocator of a host.
 *
 * Every C allocation of a host goes through its `struct tgr_mem`, so that an
 * embedder can supply its own allocator and specs can make the n-th allocation
 * fail. Lua states allocate through an allocator of their own on top of it.
 *
 * Threads: `resize` is called from every thread of the host. */
#ifndef TGR_BASE_MEM_H
#define TGR_BASE_MEM_H

#include <stddef.h>

struct tgr_mem {
  /* As realloc: `ptr` NULL allocates; `size` 0 frees and returns NULL. */
  void *(*resize)(void *user, void *ptr, size_t size);
  void *user;
};

/* The C library's allocator. */
extern const struct tgr_mem tgr_mem_libc;

/* `size` bytes, or NULL. `size` is at least 1. */
void *tgr_mem_new(const struct tgr_mem *mem, size_t size);
/* The same, zeroed. */
void *tgr_mem_new0(const struct tgr_mem *mem, size_t size);
/* Grows or shrinks; on NULL the old block is still there. */
void *tgr_mem_resize(const struct tgr_mem *mem, void *ptr, size_t size);
/* Frees; NULL is fine. */
void tgr_mem_free(const struct tgr_mem *mem, void *ptr);
/* A copy of `len` bytes with a NUL behind them, or NULL. */
char *tgr_mem_dup(const struct tgr_mem *mem, const char *bytes, size_t len);

#endif
