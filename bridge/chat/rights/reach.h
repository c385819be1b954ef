/* chat/rights/reach.h: how far back somebody may see in a conversation, and when their time in it ends. Inside a store job.
 *
 * What was agreed when they came stands in their row of member. It can be widened, never narrowed: who should see less leaves and
 * comes back, for a new time begins at what is agreed then.
 */
#pragma once

#include "chat/member.h"
#include "store/db.h"

/* From which message and which note on a newcomer may see. last: the newest message. Notes go with the messages: those made since
 * the first message one may see. -ENOENT: there is no message from_seq. */
int reach_first(struct tx *tx, const struct member_draft *draft, int64_t last, int64_t *first_seq, int64_t *first_note);

/* For who is back by the roster: the message they saw from before, where nothing was said since they left; so a slip in the roster costs
 * nobody their conversation, and what was said without them stays closed. 0: they begin anew. */
int reach_left_off(struct tx *tx, int64_t thread, int64_t person, int64_t *from_seq);

/* When a time ends that is ended now, and the newest message then: what ended by itself ended when it was agreed. */
int reach_end_of(struct tx *tx, int64_t thread, int64_t id, int64_t *at_ms, int64_t *last_seq);

/* They may see from message first_seq on, and the notes since; no further than `by` sees (NULL: no limit). What they see already
 * stays: 0 and no event where it changes nothing. They are told to fetch the conversation anew by the event.
 * -ENOENT: they are not in it, or there is no such message, or `by` does not see it. */
int member_widen(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, int64_t first_seq, const struct sight *by);

/* Their present time ends by itself at ends_ms; 0: not. Adds the event. */
int member_set_end(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, int64_t id, int64_t ends_ms);

/* Writes down that a person's time in a thread is over, where it has ended by itself. */
int member_end_over(struct tx *tx, struct event_list *made, int64_t thread, int64_t person);

/* The same for everyone, a hundred at a time. *next_ms: when to ask again, INT64_MAX: no end is agreed. */
int member_end_all_over(struct tx *tx, struct event_list *made, int64_t *next_ms);
