/* Which errands wait, and what becomes of them when a worker is stuck. */
#include "stuck_pool.h"

static void what_lies_ahead_of_a_stuck_worker_goes_to_others(void **state) {
  (void)state;
  open_stuck_pool(2);
  for (int i = 0; i < 500; i++)
    send_text(i, i == 300 ? "stuck" : "x");
  run_until(499);
  assert_true(errands[300].worker != 0);
  assert_int_equal(atomic_load(&errands[300].ticket->stage), TGR_TICKET_BEGUN);
  let_go();
  run_until(500);
  for (int i = 0; i < 500; i++)
    assert_int_equal(errands[i].end, TGR_ERRAND_DONE);
  spec_folder_remove(&folder);
}

static void what_has_a_key_waits_for_its_own_worker(void **state) {
  (void)state;
  open_stuck_pool(2);
  turn_until_begun(send_keyed(0, "stuck", 2));
  for (int i = 1; i < 20; i++)
    send_keyed(i, "x", 2);
  for (int i = 20; i < 200; i++)
    send_keyed(i, "x", 3);
  run_until(180);
  for (int i = 0; i < 20; i++) {
    tgr_loop_step(&it.loop, 1000);
    uv_sleep(2);
  }
  assert_int_equal(it.answered, 180);
  let_go();
  run_until(200);
  for (int i = 0; i < 20; i++)
    assert_int_equal(errands[i].worker, 1);
  spec_folder_remove(&folder);
}

static void a_cancel_takes_back_what_lies_ahead_of_a_worker(void **state) {
  (void)state;
  open_stuck_pool(1);
  turn_until_begun(send_text(0, "stuck"));
  struct tgr_errand *next = send_text(1, "x");
  while (next->worker == 0) { /* until it is in the worker's ring */
    tgr_loop_step(&it.loop, 1000);
    uv_sleep(1);
  }
  assert_false(it.pools.distributor.cancel(it.pool, next));
  assert_int_equal(it.pool->load, 1);
  let_go();
  run_until(1);
  send_text(2, "x");
  run_until(2);
  tgr_task_release(next->task);
  spec_folder_remove(&folder);
}

static void without_memory_it_stays_where_it_is(void **state) {
  (void)state;
  open_stuck_pool(1);
  turn_until_begun(send_text(0, "stuck"));
  struct tgr_errand *next = send_text(1, "x");
  atomic_store(&it.mem.fail_at, atomic_load(&it.mem.requests) + 1);
  turn_for_ms(100);
  assert_int_equal(next->worker, 1);
  atomic_store(&it.mem.fail_at, 0);
  while (next->worker != 0)
    turn_for_ms(1);
  let_go();
  run_until(2);
  assert_int_equal(next->end, TGR_ERRAND_DONE);
  spec_folder_remove(&folder);
}

/* As if nobody had looked at the workers for a while. */
static void forget_looks(void) {
  for (int i = 0; i < it.pool->slot_count; i++)
    it.pool->slots[i].progress = UINT64_MAX;
}

/* On 2 cores two awake workers are enough for cheap handlers: nobody else is
 * woken, until they turn out to be stuck. */
static void behind_stuck_workers_that_kept_others_asleep_it_moves_on(void **s) {
  (void)s;
  open_stuck_pool(4);
  it.pool->cores = 2;
  it.pool->cost_ns = 1000;
  for (int i = 0; i < 20; i++)
    send_keyed(i, "x", (uint64_t)i);
  run_until(20);
  turn_for_ms(50);
  const struct tgr_errand *first = send_keyed(20, "stuck", 0);
  const struct tgr_errand *second = send_keyed(21, "stuck", 1);
  turn_until_begun(first);
  turn_until_begun(second);
  forget_looks();
  it.pool->keyless_first = true; /* so this time it is those with a key */
  send_keyed(22, "x", 0);
  send_keyed(23, "x", 1);
  const struct tgr_errand *keyless = send_text(24, "x");
  for (int i = 0; i < PATIENCE_MS / 20 && it.answered < 21; i++)
    turn_for_ms(1);
  const int answered = it.answered;
  let_go(); /* both */
  run_until(25);
  assert_int_equal(answered, 21);
  assert_true(keyless->worker > 2);
  spec_folder_remove(&folder);
}

/* The one worker has died of the first errand; its finalizer does not end
 * before let_go, and another worker has its place. */
static void open_haunted_pool(void) {
  assert_true(spec_folder_make(&folder));
  assert_int_equal(mkfifo(folder.path, 0600), 0);
  char text[1024];
  snprintf(text, sizeof text,
           WORKER "kept = setmetatable({}, {__gc = function() "
                  "if dies then io.open('%s'):close() end end}) "
                  "bot:use(function(ctx) if ctx.update.message.text == 'die' "
                  "then dies = true os.exit(1) end end)",
           folder.path);
  open_pool(text, 1);
  send_text(0, "die");
  run_until(1);
  assert_int_equal(errands[0].end, TGR_ERRAND_LOST);
  assert_non_null(strstr(errands[0].text, "it called os.exit"));
  free_text(&errands[0]);
  send_text(1, "x");
  run_until(2);
  assert_int_equal(errands[1].end, TGR_ERRAND_DONE);
  assert_int_equal(it.pool->ghost_count, 1);
}

static void let_ghosts_go(void) {
  let_go();
  while (it.pool->ghost_count > 0)
    turn_for_ms(1);
  spec_folder_remove(&folder);
}

static void a_worker_whose_finalizer_does_not_end_is_replaced(void **state) {
  (void)state;
  open_haunted_pool();
  assert_non_null(strstr(it.logged, "worker 1 died, but its thread does not"));
  let_ghosts_go();
}

static void a_finalizer_that_does_not_end_holds_no_stop(void **state) {
  (void)state;
  open_haunted_pool();
  it.pools.distributor.retire(it.pool, 600000);
  assert_int_equal(it.script->guests, 1);
  for (int i = 0; i < PATIENCE_MS && it.script->guests > 0; i++)
    turn_for_ms(1);
  assert_int_equal(it.script->guests, 0);
  assert_int_equal(it.pool->ghost_count, 1);
  let_ghosts_go();
}

int main(void) {
#define WITH_POOLS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
  const struct CMUnitTest tests[] = {
      WITH_POOLS(what_lies_ahead_of_a_stuck_worker_goes_to_others),
      WITH_POOLS(behind_stuck_workers_that_kept_others_asleep_it_moves_on),
      WITH_POOLS(a_worker_whose_finalizer_does_not_end_is_replaced),
      WITH_POOLS(a_finalizer_that_does_not_end_holds_no_stop),
      WITH_POOLS(without_memory_it_stays_where_it_is),
      WITH_POOLS(what_has_a_key_waits_for_its_own_worker),
      WITH_POOLS(a_cancel_takes_back_what_lies_ahead_of_a_worker)};
  return cmocka_run_group_tests(tests, NULL, NULL);
}
