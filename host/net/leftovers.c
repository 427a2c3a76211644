/* Temporary files that a killed program has left. */
#include "net/leftovers.h"

#include "net/disk.h"

#include <ctype.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <uv.h>

enum { RANDOM_LEN = 6 }; /* of mkstemp */

/* "NAME.json.tgrunner-a1B2c3" */
static bool is_temporary(const char *name, const char *ending) {
  static const char mark[] = TGR_DISK_TEMPORARY;
  const size_t mark_len = sizeof mark - 1;
  const size_t len = strlen(name);
  const size_t ending_len = strlen(ending);
  if (len <= ending_len + mark_len + RANDOM_LEN)
    return false;
  const char *random = name + len - RANDOM_LEN;
  for (int i = 0; i < RANDOM_LEN; i++)
    if (!isalnum((unsigned char)random[i]))
      return false;
  return memcmp(random - mark_len, mark, mark_len) == 0 &&
         memcmp(random - mark_len - ending_len, ending, ending_len) == 0;
}

/* Whether it is a file that was written to before `time_s`. */
static bool is_older(const char *path, int64_t time_s) {
  uv_fs_t request;
  const int code = uv_fs_lstat(NULL, &request, path, NULL);
  const uv_stat_t stat = request.statbuf;
  uv_fs_req_cleanup(&request);
  return code == 0 && (stat.st_mode & S_IFMT) == S_IFREG &&
         stat.st_mtim.tv_sec < time_s;
}

static unsigned remove_one(const char *path, int64_t time_s) {
  if (!is_older(path, time_s))
    return 0;
  uv_fs_t request;
  const int code = uv_fs_unlink(NULL, &request, path, NULL);
  uv_fs_req_cleanup(&request);
  return code == 0 ? 1 : 0;
}

unsigned tgr_leftovers_remove(const char *folder, const char *ending,
                              int64_t age_s) {
  uv_timeval64_t now;
  uv_fs_t request;
  uv_dirent_t entry;
  char path[PATH_MAX];
  unsigned count = 0;
  if (uv_gettimeofday(&now) != 0)
    return 0;
  uv_fs_scandir(NULL, &request, folder, 0, NULL);
  while (uv_fs_scandir_next(&request, &entry) == 0) {
    const int len = snprintf(path, sizeof path, "%s/%s", folder, entry.name);
    if (is_temporary(entry.name, ending) && len > 0 &&
        (size_t)len < sizeof path)
      count += remove_one(path, now.tv_sec - age_s);
  }
  uv_fs_req_cleanup(&request);
  return count;
}
