#include "loop/inbox.h"

#include "loop/loop.h"
#include "support/spec.h"

#include <pthread.h>
#include <string.h>

enum { SENDERS = 4, MAILS = 20000 };

struct letter {
  struct tgr_mail mail;
  int sender;
  int number;
};

struct fixture {
  struct tgr_loop loop;
  int opened;
  int expected;
  int next[SENDERS]; /* of each sender's letters, which come in order */
  bool out_of_order;
};

static struct fixture it;
static struct letter letters[SENDERS][MAILS];

static int setup(void **state) {
  (void)state;
  memset(&it, 0, sizeof it);
  assert_int_equal(tgr_loop_init(&it.loop, &tgr_mem_libc), TGR_OK);
  return 0;
}

static int teardown(void **state) {
  (void)state;
  tgr_loop_deinit(&it.loop);
  return 0;
}

static void open_letter(struct tgr_mail *mail) {
  struct letter *letter = TGR_CONTAINER_OF(mail, struct letter, mail);
  if (it.next[letter->sender]++ != letter->number)
    it.out_of_order = true;
  if (++it.opened == it.expected)
    tgr_loop_quit(&it.loop);
}

static struct letter *prepare(int sender, int number) {
  struct letter *letter = &letters[sender][number];
  *letter = (struct letter){{NULL, open_letter}, sender, number};
  return letter;
}

static void *send_all(void *user) {
  const int sender = (int)(intptr_t)user;
  for (int i = 0; i < MAILS; i++)
    tgr_inbox_post(&it.loop.inbox, &prepare(sender, i)->mail);
  return NULL;
}

static void many_senders_lose_nothing_and_keep_their_order(void **state) {
  (void)state;
  it.expected = SENDERS * MAILS;
  pthread_t threads[SENDERS];
  for (int i = 0; i < SENDERS; i++)
    pthread_create(&threads[i], NULL, send_all, (void *)(intptr_t)i);
  tgr_loop_run(&it.loop);
  for (int i = 0; i < SENDERS; i++)
    pthread_join(threads[i], NULL);
  assert_int_equal(it.opened, SENDERS * MAILS);
  assert_false(it.out_of_order);
}

static void mails_are_opened_as_jobs_in_order(void **state) {
  (void)state;
  for (int i = 0; i < 3; i++)
    tgr_inbox_post(&it.loop.inbox, &prepare(0, i)->mail);
  assert_int_equal(it.opened, 0);
  assert_true(tgr_loop_step(&it.loop, 0));
  assert_int_equal(it.opened, 1);
  assert_false(tgr_loop_step(&it.loop, UINT64_MAX));
  assert_int_equal(it.opened, 3);
  assert_false(it.out_of_order);
}

static void waiting_mail_lets_nobody_sleep(void **state) {
  (void)state;
  tgr_inbox_post(&it.loop.inbox, &prepare(0, 0)->mail);
  assert_int_equal(tgr_loop_timeout_ms(&it.loop), 0);
  tgr_loop_step(&it.loop, UINT64_MAX);
  assert_int_equal(tgr_loop_timeout_ms(&it.loop), -1);
}

static void try_post_refuses_past_the_limit_and_post_does_not(void **state) {
  (void)state;
  for (int i = 0; i < TGR_LOOP_INBOX_LIMIT; i++)
    assert_int_equal(tgr_inbox_try_post(&it.loop.inbox, &prepare(0, i)->mail),
                     TGR_OK);
  struct letter *late = prepare(0, TGR_LOOP_INBOX_LIMIT);
  assert_int_equal(tgr_inbox_try_post(&it.loop.inbox, &late->mail), TGR_ELIMIT);
  tgr_inbox_post(&it.loop.inbox, &late->mail);
  tgr_loop_step(&it.loop, UINT64_MAX);
  assert_int_equal(it.opened, TGR_LOOP_INBOX_LIMIT + 1);
  assert_int_equal(tgr_inbox_try_post(&it.loop.inbox, &prepare(1, 0)->mail),
                   TGR_OK);
  tgr_loop_step(&it.loop, UINT64_MAX);
  assert_int_equal(it.opened, TGR_LOOP_INBOX_LIMIT + 2);
}

static void post_again(struct tgr_mail *mail) {
  if (++it.opened < 3)
    tgr_inbox_post(&it.loop.inbox, mail);
}

static void a_mail_may_be_posted_again_when_it_is_opened(void **state) {
  (void)state;
  struct tgr_mail mail = {.open = post_again};
  tgr_inbox_post(&it.loop.inbox, &mail);
  while (tgr_loop_step(&it.loop, UINT64_MAX))
    ;
  assert_int_equal(it.opened, 3);
}

static void an_owner_that_ends_opens_what_is_left(void **state) {
  (void)state;
  tgr_inbox_post(&it.loop.inbox, &prepare(0, 0)->mail);
  tgr_inbox_post(&it.loop.inbox, &prepare(0, 1)->mail);
  assert_true(tgr_loop_step(&it.loop, 0));
  tgr_inbox_post(&it.loop.inbox, &prepare(0, 2)->mail);
  tgr_inbox_open_all(&it.loop.inbox);
  assert_int_equal(it.opened, 3);
  assert_false(it.out_of_order);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
  const struct CMUnitTest tests[] = {
      TEST(many_senders_lose_nothing_and_keep_their_order),
      TEST(mails_are_opened_as_jobs_in_order),
      TEST(waiting_mail_lets_nobody_sleep),
      TEST(try_post_refuses_past_the_limit_and_post_does_not),
      TEST(a_mail_may_be_posted_again_when_it_is_opened),
      TEST(an_owner_that_ends_opens_what_is_left),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
