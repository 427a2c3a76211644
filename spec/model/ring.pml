/* Ring and doorbells of host/loop/ring.c, over every order of their steps.
 *
 * A producer pushes ITEMS numbers through a ring of CAPACITY, a consumer pops
 * them. The consumer sleeps when it has nothing to do, the producer when it has
 * no room; it may also ask for room, one slot or all, and go on until the mail
 * comes. Each is woken by a mail; a mailbox that is full when a second wake-up
 * comes is an error, as it would be in the host. Checked: order, nothing lost,
 * one wake-up a sleep, and no end state in which somebody still sleeps (spin's
 * invalid end states).
 *
 * Not part of it: tgr_pipe_take_now (pool/pipe.h), with which the consumer pops
 * while its flag is up.
 *
 * MUTATE = 1: the consumer looks for items before it raises its flag.
 * MUTATE = 2: the producer looks at the consumer's flag before it pushes.
 * MUTATE = 3: who comes second does not heed that the flag was taken. */
#ifndef MUTATE
#define MUTATE 0
#endif
#define CAPACITY 2
#define ITEMS 5

byte slots[CAPACITY];
byte tail = 0;
byte head = 0;
bool sleeps = false; /* the consumer's flag */
bool stuck = false;  /* the producer's flag */
byte item_mail = 0;  /* wake-ups on their way to the consumer */
byte room_mail = 0;  /* and to the producer */

inline take_flag(flag, was) {
  atomic { was = flag; flag = false }
}

inline post(mail) {
  atomic { mail++; assert(mail == 1) }
}

/* Sleeps until a mail is there, and opens it. */
inline wait_for(mail) {
  atomic { mail == 1 -> mail = 0 }
}

active proctype producer() {
  byte next = 0;
  byte seen;
  byte wanted;
  bool was;
  bool waits = false; /* for a mail of room; it may go on meanwhile */
  do
  :: next == ITEMS -> break
  :: else ->
    seen = head;
    if
    :: tail > seen && !waits -> /* it must ask when the ring is full */
      if
      :: wanted = 1
      :: wanted = CAPACITY
      fi;
      stuck = true;
      seen = head;
      if
      :: tail - seen + wanted > CAPACITY -> waits = true
      :: else ->
        take_flag(stuck, was);
        if
        :: !was && MUTATE != 3 -> waits = true
        :: else -> skip
        fi
      fi
    :: waits -> wait_for(room_mail); waits = false
    :: tail - seen < CAPACITY ->
      if
      :: MUTATE == 2 -> take_flag(sleeps, was)
      :: else -> skip
      fi;
      do /* a batch: as many as there is room for */
      :: next < ITEMS && tail - seen < CAPACITY ->
        slots[tail % CAPACITY] = next;
        next++;
        tail++
      :: tail - seen > 0 -> break
      od;
      if
      :: MUTATE != 2 -> take_flag(sleeps, was)
      :: else -> skip
      fi;
      if
      :: was -> post(item_mail)
      :: else -> skip
      fi
    fi
  od
}

active proctype consumer() {
  byte expected = 0;
  byte seen;
  bool was;
  do
  :: expected == ITEMS -> break
  :: else ->
    seen = tail;
    if
    :: seen == head ->
      if
      :: MUTATE == 1 -> seen = tail; sleeps = true
      :: else -> sleeps = true; seen = tail
      fi;
      if
      :: seen == head -> wait_for(item_mail)
      :: else ->
        take_flag(sleeps, was);
        if
        :: !was && MUTATE != 3 -> wait_for(item_mail)
        :: else -> skip
        fi
      fi
    :: else ->
      do /* a batch */
      :: head < seen ->
        assert(slots[head % CAPACITY] == expected);
        expected++;
        head++
      :: head > 0 -> break
      od;
      take_flag(stuck, was);
      if
      :: was -> post(room_mail)
      :: else -> skip
      fi
    fi
  od;
  assert(head == ITEMS)
}
