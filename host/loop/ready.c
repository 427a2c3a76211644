/* Jobs that wait for the outermost call. */
#include "loop/ready.h"

void tgr_ready_init(struct tgr_ready *ready) {
  tgr_list_init(&ready->jobs);
}

void tgr_job_init(struct tgr_job *job, void (*run)(struct tgr_job *job)) {
  tgr_link_init(&job->link);
  job->run = run;
}

void tgr_ready_put(struct tgr_ready *ready, struct tgr_job *job) {
  if (!tgr_link_in_list(&job->link))
    tgr_list_append(&ready->jobs, &job->link);
}

void tgr_ready_put_first(struct tgr_ready *ready, struct tgr_job *job) {
  if (tgr_link_in_list(&job->link))
    tgr_list_remove(&job->link);
  struct tgr_link *head = &ready->jobs.head;
  job->link.prev = head;
  job->link.next = head->next;
  head->next->prev = &job->link;
  head->next = &job->link;
}

void tgr_ready_drop(struct tgr_job *job) {
  tgr_list_remove(&job->link);
}

bool tgr_ready_run_one(struct tgr_ready *ready) {
  struct tgr_link *link = tgr_list_take(&ready->jobs);
  if (link == NULL)
    return false;
  struct tgr_job *job = TGR_CONTAINER_OF(link, struct tgr_job, link);
  job->run(job);
  return true;
}

unsigned long tgr_ready_run_all(struct tgr_ready *ready) {
  unsigned long ran = 0;
  while (tgr_ready_run_one(ready))
    ran++;
  return ran;
}
