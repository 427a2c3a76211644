/* A test VFS for SQLite: the system's, whose calls can be made to fail.
 *
 * Every call that reads, writes, syncs, truncates, opens, deletes or maps is
 * counted; those from `fail_at` on fail, `fail_count` of them. */
#ifndef SPEC_VFS_H
#define SPEC_VFS_H

#include <sqlite3.h>
#include <stdatomic.h>
#include <stdbool.h>

#define SPEC_VFS_NAME "spec"

struct spec_vfs {
  sqlite3_vfs vfs;
  sqlite3_vfs *real;
  atomic_long calls;
  atomic_long fail_at;    /* 1 is the first; 0: none fails */
  atomic_long fail_count; /* then it works again */
  atomic_int code;        /* SQLITE_FULL, SQLITE_IOERR … */
  atomic_bool protects;   /* databases open for reading only */
};

/* Registers it under SPEC_VFS_NAME; once. */
void spec_vfs_register(struct spec_vfs *it);
/* Starts counting anew; the calls of number `fail_at` and on fail. */
void spec_vfs_arm(struct spec_vfs *it, long fail_at, long fail_count, int code);

#endif
