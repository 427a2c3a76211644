/* A folder for each test. Included once a program. */
#ifndef SPEC_IN_FOLDER_H
#define SPEC_IN_FOLDER_H

#include "support/spec.h"
#include "support/spec_folder.h"

static struct spec_folder folder;

static inline int make_folder(void **state) {
  (void)state;
  return !spec_folder_make(&folder);
}

static inline int remove_folder(void **state) {
  (void)state;
  spec_folder_remove(&folder);
  return 0;
}

#define IN_A_FOLDER(test)                                                      \
  cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

#endif
