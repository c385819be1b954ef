/* chat/rights/consent.h: what a family is asked to agree to, and what follows from their answer. Inside a store job.
 *
 * A question waits until it is answered; a yes stands until it is withdrawn or its time is over; then, and after any other answer, it has
 * ended, and the row stays as the record. Of one matter (a kind, and for a person who would come also who) one waits or stands at a time.
 *
 * A question about a person holds how they would come: with the yes they come in, in the same transaction, and with its end they leave. Of who is
 * in it by the roster it is asked whether they see further back (earlier): with its end they see from the day on which they came. What
 * was shown is a message of the app's locale files: the row says the kind, the ids that came into it, the language, and which version of
 * that file (`words`, a hash), so it can be shown again as it was.
 */
#pragma once

#include "base/arena.h"
#include "base/words.h"
#include "chat/rights/viewer.h"
#include "proto/shape.h"
#include "store/db.h"

struct event_list;

struct consent {
        int64_t id; /* 0 for a draft */
        int64_t thread;
        enum consent_kind kind;
        int64_t person; /* who would come; 0: nobody */
        enum reach reach;
        int64_t from_seq, from_note; /* as in struct member_draft */
        int64_t until_ms;            /* 0: no end */
        const char *why;             /* may be NULL */
        int64_t asked_by;
        int64_t asked_ms; /* 0: now */
        enum consent_answer answer;
        enum consent_end ended;
};

/* What is asked before somebody of this role is brought in; 0: nothing. */
enum consent_kind consent_kind_of(enum role role);

/* Whether it is about something that goes along to another school (chat/moving/). */
bool consent_is_move(enum consent_kind kind);

/* Whether a parent or legal guardian other than this person is in the conversation, who can be asked about them. 1, 0, or a store error. */
int consent_has_another(struct tx *tx, int64_t thread, int64_t person);

/* Asks. *id: the new row. Adds the event. -EALREADY: this waits, or stands. */
int consent_ask(struct tx *tx, struct event_list *made, const struct consent *draft, int64_t *id);

/* One of this thread. ret->why in the arena. -ENOENT. */
int consent_get(struct tx *tx, struct arena *a, int64_t thread, int64_t id, struct consent *ret);

/* What waits or stands in a matter. -ENOENT: nothing. */
int consent_now(struct tx *tx, struct arena *a, int64_t thread, enum consent_kind kind, int64_t person, struct consent *ret);

/* Whether a family's yes stands at this moment. 1, 0, or a store error. */
int consent_stands(struct tx *tx, int64_t thread, enum consent_kind kind, int64_t person);

/* Answers one that waits. Adds the events: of the answer, and of who comes in on it. -ESRCH: who would come is not there any more. */
struct consent_said {
        enum consent_answer answer;
        int64_t by;          /* whose answer it is */
        int64_t recorded_by; /* 0: their own tap */
        int64_t at_ms;       /* 0: now */
        const char *language;
        const char *words;   /* NULL: it was spoken */
};
int consent_answer(struct tx *tx, struct event_list *made, const struct consent *consent, const struct consent_said *said);

/* Brings in the person of a question, as it says. -EALREADY: they are in. *member: the row. */
int consent_let_in(struct tx *tx, struct event_list *made, const struct consent *consent, int64_t at_ms, int64_t *member);

/* Ends one that waits or stands: who came in on it leaves first; voice messages that were kept on it are kept no more. by, recorded_by: 0 for nobody. Adds the events. */
int consent_end(struct tx *tx, struct event_list *made, const struct consent *consent, enum consent_end how, int64_t by, int64_t recorded_by);

/* Something was made of a yes that taking it back does not bring back: a file that left the house. Adds the event. */
int consent_used(struct tx *tx, struct event_list *made, int64_t thread, int64_t id);

/* Ends those whose time is over; *more: there may be more. */
int consent_end_over(struct tx *tx, struct arena *a, struct event_list *made, bool *more);

/* As it is told. Why a family was asked before the viewer's moment stays closed, unless it is about them, or says to which school something goes. */
int consent_load(struct tx *tx, struct arena *a, int64_t id, const struct viewer *viewer, struct consent_shape *ret);

/* The newest of each matter, or all there ever were, in the order in which they were asked. Without what had ended at the viewer's moment. */
int consent_load_all(struct tx *tx, struct arena *a, int64_t thread, const struct viewer *viewer, bool all, struct many_consent *ret);
