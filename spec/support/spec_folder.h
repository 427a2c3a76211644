/* A folder of a spec's own, with a path in it. */
#ifndef SPEC_FOLDER_H
#define SPEC_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

struct spec_folder {
  char name[64];
  char path[128]; /* of a file in it that is not there yet */
};

/* Makes it, below /tmp. */
bool spec_folder_make(struct spec_folder *folder);
/* Removes it with all files in it. */
void spec_folder_remove(struct spec_folder *folder);
/* Removes the files. */
void spec_folder_empty(const struct spec_folder *folder);
/* How many of its files have names that hold `part`. */
int spec_folder_count(const struct spec_folder *folder, const char *part);

/* A whole file; freed by the caller; NULL when there is none. */
char *spec_file_read(const char *path, size_t *len);
bool spec_file_write(const char *path, const char *bytes, size_t len);
/* Whether the file is there and has these bytes. */
bool spec_file_holds(const char *path, const char *bytes, size_t len);
/* Bytes for a file, no two stretches alike; freed by the caller. */
char *spec_file_make(size_t len);
/* path + tail → to + tail; false when there is no such file. */
bool spec_file_copy(const char *path, const char *to, const char *tail);

#endif
