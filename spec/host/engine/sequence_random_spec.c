/* Random runs against an oracle that searches through everybody who came
 * before. */
#include "base/rng.h"
#include "host/engine/engine_lanes.h"

/* Random runs. Each actor comes at a random time with 0 to 4 keys out of a few,
 * runs for a random time once it is its turn, and ends by itself or, at a
 * random time, by a cancel or a timeout, waiting or running. The oracle knows
 * nothing of lanes: an actor may run when no actor that came before it, and has
 * not ended, shares a key. */

enum { ACTORS = 14, KEYS = 5, RUNS = 20000 };

enum phase { OUTSIDE, WAITING, RUNNING, ENDED };

struct actor {
  struct tgr_seat seat;
  unsigned keys; /* a set of bits */
  int comes;
  int lasts;
  int cancelled; /* at this time, unless ended; -1 never */
  enum phase phase;
  int started;
  /* The oracle's view. */
  enum phase oracle;
  int oracle_started;
};

static struct actor actors[ACTORS];

static size_t keys_of(const struct actor *actor, struct tgr_key *keys) {
  static const char *const names[KEYS] = {"k", "key two", "", "k\0z", "1"};
  static const size_t lens[KEYS] = {1, 7, 0, 3, 1};
  size_t count = 0;
  for (unsigned i = 0; i < KEYS; i++) {
    if ((actor->keys & (1U << i)) == 0)
      continue;
    const struct tgr_key key =
        i % 2 == 0 ? tgr_key_int(i / 2) : tgr_key_bytes(names[i], lens[i]);
    keys[count++] = key;
    if (actor->lasts % 3 == 0)
      keys[count++] = key; /* duplicates */
  }
  return count;
}

static void actor_runs(struct actor *actor, int now) {
  assert_int_equal(actor->phase, WAITING);
  actor->phase = RUNNING;
  actor->started = now;
}

static void actor_leaves(struct actor *actor, int now) {
  struct tgr_list turn;
  tgr_list_init(&turn);
  tgr_sequence_leave(&sequence, &actor->seat, &turn);
  actor->phase = ENDED;
  struct tgr_link *link = NULL;
  while ((link = tgr_list_take(&turn)) != NULL) {
    struct tgr_seat *seat = TGR_CONTAINER_OF(link, struct tgr_seat, link);
    actor_runs(TGR_CONTAINER_OF(seat, struct actor, seat), now);
  }
}

static void actor_comes(struct actor *actor, int now) {
  struct tgr_key keys[2 * KEYS];
  const size_t count = keys_of(actor, keys);
  bool is_turn = false;
  tgr_seat_init(&actor->seat);
  assert_int_equal(
      tgr_sequence_enter(&sequence, &actor->seat, keys, count, &is_turn),
      TGR_OK);
  actor->phase = WAITING;
  if (is_turn)
    actor_runs(actor, now);
}

static bool oracle_may_run(int index) {
  for (int i = 0; i < ACTORS; i++) {
    const struct actor *other = &actors[i];
    const bool earlier = other->comes < actors[index].comes ||
                         (other->comes == actors[index].comes && i < index);
    if (earlier && (other->oracle == WAITING || other->oracle == RUNNING) &&
        (other->keys & actors[index].keys) != 0)
      return false;
  }
  return true;
}

static void oracle_step(int now) {
  for (int i = 0; i < ACTORS; i++) {
    struct actor *it = &actors[i];
    const bool over =
        it->oracle == RUNNING && now >= it->oracle_started + it->lasts;
    const bool cut = it->cancelled == now &&
                     (it->oracle == WAITING || it->oracle == RUNNING);
    if (over || cut)
      it->oracle = ENDED;
    if (it->oracle == OUTSIDE && it->comes == now)
      it->oracle = WAITING;
  }
  for (int i = 0; i < ACTORS; i++)
    if (actors[i].oracle == WAITING && oracle_may_run(i)) {
      actors[i].oracle = RUNNING;
      actors[i].oracle_started = now;
    }
}

static void real_step(int now) {
  for (int i = 0; i < ACTORS; i++) {
    struct actor *it = &actors[i];
    const bool over = it->phase == RUNNING && it->started < now &&
                      now >= it->started + it->lasts;
    const bool cut =
        it->cancelled == now && (it->phase == WAITING || it->phase == RUNNING);
    if (over || cut)
      actor_leaves(it, now);
  }
  for (int i = 0; i < ACTORS; i++)
    if (actors[i].phase == OUTSIDE && actors[i].comes == now)
      actor_comes(&actors[i], now);
}

static unsigned random_keys(struct tgr_rng *rng) {
  unsigned keys = 0;
  for (uint64_t wanted = tgr_rng_below(rng, 5); wanted > 0; wanted--)
    keys |= 1U << tgr_rng_below(rng, KEYS);
  return keys;
}

static void random_run(struct tgr_rng *rng) {
  for (int i = 0; i < ACTORS; i++)
    actors[i] = (struct actor){
        .keys = random_keys(rng),
        .comes = (int)tgr_rng_below(rng, 20),
        .lasts = 1 + (int)tgr_rng_below(rng, 9),
        .cancelled =
            tgr_rng_below(rng, 4) == 0 ? 1 + (int)tgr_rng_below(rng, 60) : -1};
  bool alive = true;
  for (int now = 0; alive; now++) {
    assert_in_range(now, 0, 500);
    real_step(now);
    oracle_step(now);
    alive = false;
    for (int i = 0; i < ACTORS; i++) {
      assert_int_equal(actors[i].phase, actors[i].oracle);
      alive = alive || actors[i].phase != ENDED;
    }
  }
}

static void random_runs_agree_with_a_serial_oracle(void **state) {
  (void)state;
  struct tgr_rng rng;
  tgr_rng_init(&rng, 2026);
  for (int i = 0; i < RUNS; i++)
    random_run(&rng);
  close_sequence();
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup(random_runs_agree_with_a_serial_oracle, fresh),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
