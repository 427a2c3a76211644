#include "support/spec_folder.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool spec_folder_make(struct spec_folder *folder) {
  snprintf(folder->name, sizeof folder->name, "/tmp/tgrunner_spec.XXXXXX");
  if (mkdtemp(folder->name) == NULL)
    return false;
  snprintf(folder->path, sizeof folder->path, "%s/file", folder->name);
  return true;
}

int spec_folder_count(const struct spec_folder *folder, const char *part) {
  int count = 0;
  DIR *dir = opendir(folder->name);
  for (struct dirent *it = NULL; (it = readdir(dir)) != NULL;)
    count += it->d_name[0] != '.' && strstr(it->d_name, part) != NULL;
  closedir(dir);
  return count;
}

void spec_folder_empty(const struct spec_folder *folder) {
  DIR *dir = opendir(folder->name);
  char path[400];
  for (struct dirent *it = NULL; (it = readdir(dir)) != NULL;) {
    snprintf(path, sizeof path, "%s/%s", folder->name, it->d_name);
    if (it->d_name[0] != '.')
      unlink(path);
  }
  closedir(dir);
}

void spec_folder_remove(struct spec_folder *folder) {
  spec_folder_empty(folder);
  rmdir(folder->name);
}

char *spec_file_read(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  if (file == NULL)
    return NULL;
  fseek(file, 0, SEEK_END);
  *len = (size_t)ftell(file);
  rewind(file);
  char *bytes = malloc(*len + 1);
  *len = fread(bytes, 1, *len, file);
  fclose(file);
  return bytes;
}

bool spec_file_write(const char *path, const char *bytes, size_t len) {
  FILE *file = fopen(path, "wb");
  if (file == NULL)
    return false;
  const bool whole = fwrite(bytes, 1, len, file) == len;
  return fclose(file) == 0 && whole;
}

bool spec_file_holds(const char *path, const char *bytes, size_t len) {
  size_t found_len = 0;
  char *found = spec_file_read(path, &found_len);
  const bool holds =
      found != NULL && found_len == len && memcmp(found, bytes, len) == 0;
  free(found);
  return holds;
}

char *spec_file_make(size_t len) {
  char *bytes = malloc(len);
  for (size_t i = 0; i < len; i++)
    bytes[i] = (char)(i * 2654435761u >> 13);
  return bytes;
}

bool spec_file_copy(const char *path, const char *to, const char *tail) {
  char from_path[256];
  char to_path[256];
  size_t len = 0;
  snprintf(from_path, sizeof from_path, "%s%s", path, tail);
  snprintf(to_path, sizeof to_path, "%s%s", to, tail);
  char *bytes = spec_file_read(from_path, &len);
  if (bytes == NULL)
    return false;
  const bool written = spec_file_write(to_path, bytes, len);
  free(bytes);
  return written;
}
