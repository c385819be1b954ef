/* chat/versions/better.h: who read other words than a message has now: a person's version took the place of a machine's, or its sender corrected it. Inside a store
 * job. A mark is of one person, told to nobody else, and goes when they have looked. */
#pragma once

#include "base/arena.h"
#include "proto/shape.h"
#include "store/db.h"

struct event_list;

/* There are new words in a language that some had words in before: marks the message for those who read it in that language, but not for who wrote them.
 * Adds their events. */
int better_mark(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, const char *language, int64_t author);

/* The person looked. Adds an event where there was a mark. */
int better_seen(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, int64_t seq);

/* The message was withdrawn: there are no words to look at. */
int better_forget(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq);

/* The messages that are marked for a person, from first_seq on. */
int better_load(struct tx *tx, struct arena *a, int64_t thread, int64_t person, int64_t first_seq, struct many_better *ret);
