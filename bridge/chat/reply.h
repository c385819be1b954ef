/* chat/reply.h: a family's silent answers, and what they ask of the school. Inside a store job.
 *
 * "I do not understand" waits until somebody of the school says something in the thread or says it is handled; "call me" waits
 * until it is handled, because a call leaves no trace here. Either ends when the parent answers otherwise.
 */
#pragma once

#include "base/arena.h"
#include "proto/shape.h"
#include "store/db.h"

struct event_list;

/* Sets, replaces or (ANSWER_NONE) takes back a person's answer at a message. Adds events for what changed; the same answer again
 * changes nothing. at_ms 0: now. */
int reply_set(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, int64_t person, enum answer answer, int64_t at_ms);

/* The school said something: "I do not understand" waits no more. */
int reply_school_spoke(struct tx *tx, struct event_list *made, int64_t thread);

/* Somebody of the school did what was asked: nothing waits any more. */
int reply_handled(struct tx *tx, struct event_list *made, int64_t thread);

/* Messages up to this number have been dealt with. -ENOENT: no such thread. */
int reply_handled_seq(struct tx *tx, int64_t thread, int64_t *ret);

/* A person's answer as it is now; ANSWER_NONE where there is none. */
int reply_load(struct tx *tx, int64_t thread, int64_t seq, int64_t person, struct reply_shape *ret);

/* The answers at a range of messages; person 0: everyone's. */
int reply_load_range(struct tx *tx, struct arena *a, int64_t thread, int64_t from, int64_t to, int64_t person, struct many_reply *ret);

/* What waits in a thread at messages from first_seq on, and up to which message all has been dealt with: for who sees no earlier ones
 * at least those. -ENOENT: no such thread. */
int reply_needs(struct tx *tx, struct arena *a, int64_t thread, int64_t first_seq, struct many_need *ret, int64_t *handled);
