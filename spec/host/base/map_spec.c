#include "base/map.h"

#include "base/list.h"
#include "support/spec.h"
#include "support/spec_mem.h"

#include <stdlib.h>
#include <string.h>

struct entry {
  struct tgr_map_link link;
  int64_t key;
};

static struct entry *find(const struct tgr_map *map, int64_t key) {
  struct tgr_map_link *link = tgr_map_first(map, tgr_map_hash_int(map, key));
  for (; link != NULL; link = tgr_map_next(link)) {
    struct entry *entry = TGR_CONTAINER_OF(link, struct entry, link);
    if (entry->key == key)
      return entry;
  }
  return NULL;
}

static void put(struct tgr_map *map, struct entry *entry, int64_t key) {
  entry->key = key;
  tgr_map_put(map, &entry->link, tgr_map_hash_int(map, key));
}

static void what_is_put_is_found_until_removed(void **state) {
  (void)state;
  enum { COUNT = 10000 };
  struct spec_mem mem;
  spec_mem_init(&mem);
  struct tgr_map map;
  tgr_map_init(&map, &mem.mem, 3);
  static struct entry entries[COUNT];
  for (int i = 0; i < COUNT; i++)
    put(&map, &entries[i], i * 7 - 1000);
  assert_int_equal(map.count, COUNT);
  for (int i = 0; i < COUNT; i += 2)
    tgr_map_remove(&map, &entries[i].link);
  for (int i = 0; i < COUNT; i++)
    assert_ptr_equal(find(&map, i * 7 - 1000), i % 2 == 0 ? NULL : &entries[i]);
  tgr_map_deinit(&map);
  assert_int_equal(mem.live, 0);
}

static void an_emptied_map_gives_its_memory_back(void **state) {
  (void)state;
  enum { COUNT = 10000 };
  struct spec_mem mem;
  spec_mem_init(&mem);
  struct tgr_map map;
  tgr_map_init(&map, &mem.mem, 3);
  static struct entry entries[COUNT];
  for (int i = 0; i < COUNT; i++)
    put(&map, &entries[i], i);
  assert_int_equal(mem.live, 1);
  for (int i = 0; i < COUNT; i++)
    tgr_map_remove(&map, &entries[i].link);
  assert_int_equal(mem.live, 0);
  assert_int_equal(map.chain_count, TGR_MAP_INLINE);
}

static void without_memory_the_map_still_works(void **state) {
  (void)state;
  enum { COUNT = 500 };
  for (long fail_at = 1; fail_at < 8; fail_at++) {
    struct spec_mem mem;
    spec_mem_init(&mem);
    mem.fail_at = fail_at;
    struct tgr_map map;
    tgr_map_init(&map, &mem.mem, 3);
    static struct entry entries[COUNT];
    for (int i = 0; i < COUNT; i++)
      put(&map, &entries[i], i);
    for (int i = 0; i < COUNT; i++)
      assert_ptr_equal(find(&map, i), &entries[i]);
    for (int i = 0; i < COUNT; i++)
      tgr_map_remove(&map, &entries[i].link);
    assert_int_equal(map.count, 0);
    tgr_map_deinit(&map);
    assert_int_equal(mem.live, 0);
  }
}

static void a_replacement_is_found_in_place_of_the_old_entry(void **state) {
  (void)state;
  struct tgr_map map;
  tgr_map_init(&map, &tgr_mem_libc, 3);
  struct entry a, b, fresh = {.key = 5};
  put(&map, &a, 5);
  put(&map, &b, 6);
  tgr_map_replace(&map, &a.link, &fresh.link);
  assert_ptr_equal(find(&map, 5), &fresh);
  assert_ptr_equal(find(&map, 6), &b);
  assert_int_equal(map.count, 2);
}

static void hashes_depend_on_every_byte_and_on_the_length(void **state) {
  (void)state;
  struct tgr_map map;
  tgr_map_init(&map, &tgr_mem_libc, 3);
  char text[20] = {0};
  const uint64_t plain = tgr_map_hash_bytes(&map, text, sizeof text);
  for (size_t i = 0; i < sizeof text; i++) {
    text[i] = 1;
    assert_true(tgr_map_hash_bytes(&map, text, sizeof text) != plain);
    text[i] = 0;
    assert_true(tgr_map_hash_bytes(&map, text, i) != plain);
  }
}

/* Telegram's group ids share their low decimal digits' pattern: many of them in
 * one chain would make every look-up slow. */
static void ids_that_follow_a_pattern_spread_over_the_chains(void **state) {
  (void)state;
  enum { COUNT = 4096 };
  struct tgr_map map;
  tgr_map_init(&map, &tgr_mem_libc, 3);
  static struct entry entries[COUNT];
  for (int i = 0; i < COUNT; i++)
    put(&map, &entries[i], -1000000000000 - (int64_t)i * 65536);
  int longest = 0;
  for (size_t i = 0; i < map.chain_count; i++) {
    int length = 0;
    for (struct tgr_map_link *it = map.chains[i]; it != NULL; it = it->next)
      length++;
    longest = length > longest ? length : longest;
  }
  assert_in_range(longest, 1, 12);
  tgr_map_deinit(&map);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(what_is_put_is_found_until_removed),
      cmocka_unit_test(an_emptied_map_gives_its_memory_back),
      cmocka_unit_test(without_memory_the_map_still_works),
      cmocka_unit_test(a_replacement_is_found_in_place_of_the_old_entry),
      cmocka_unit_test(hashes_depend_on_every_byte_and_on_the_length),
      cmocka_unit_test(ids_that_follow_a_pattern_spread_over_the_chains),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
