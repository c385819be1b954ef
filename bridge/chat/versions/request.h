/* chat/versions/request.h: what a machine is asked to put into another language. Inside a store job.
 *
 * A row says which message and which language, never a text. It is made from the log of events, so that nothing that is sent, corrected or changed waits
 * for it, and none is forgotten over a restart: a message that is new or corrected, somebody who comes or reads otherwise, a family's yes. Then
 *
 *      waiting → asked → (done: the row goes, the version is there)
 *                      → waiting again, later, when the machine failed
 *                      → failed, with a reason that everybody in the conversation is told: a person is offered
 *                        (waiting again, where a machine lacked the pair of languages and gains it)
 *              → held: waits for a person (a topic that the school marks sensitive)
 *
 * Asked for are the languages of those who are in the conversation and may see the message, that it is not written in and that nobody and nothing
 * has put it into since it was last corrected; where the last who read a language goes, or reads otherwise, what was asked for it goes too. Nothing is asked without the family's yes to a machine (CONSENT_KIND_MACHINE), at three moments: when the
 * row is made, when the text is opened to be sent, and when the answer comes. Without it the row goes. Notes are never asked for.
 */
#pragma once

#include "base/arena.h"
#include "proto/shape.h"
#include "store/db.h"
#include "text/language.h"
#include "text/protect.h"

struct event_list;

enum {
        REQUEST_RECENT = 30,   /* messages of a conversation, for who comes into it or reads otherwise */
        REQUEST_QUEUE = 10000, /* of one conversation that wait; what is beyond fails as too much */
        REQUEST_EVENTS = 256,  /* of one look at most */
};

struct request {
        int64_t thread, seq;
        int64_t source; /* 0: the original; else the version that is its newest correction */
        char language[LANGUAGE_TAG_MAX + 1];
        int64_t tries, made_ms;
        bool unread; /* of request_look(): it is there, and nobody in the conversation reads the language any more */
};

/* What at most `most` events behind `since` ask for, on a reader. *until: it has seen those up to here. ret in the arena. */
int request_look(struct tx *tx, struct arena *a, int64_t since, int64_t most, int64_t *until, struct request **ret, size_t *n);

/* Up to which event was looked; -1: never yet. */
int request_seen(struct tx *tx, int64_t *ret);
int request_set_seen(struct tx *tx, int64_t event);

/* Writes them down, in the order in which request_look() gave them; one that is there stays as it is, unless this is for a later text, and goes where it is
 * unread: it is on nobody's list of what waits any more. Adds events where there is too much, and for what goes. *added: how many there are to do now. */
int request_add(struct tx *tx, struct event_list *made, const struct request *list, size_t n, size_t *added);

/* At the start: what was asked when the program ended is asked again. */
int request_reset(struct tx *tx);

/* Takes the next one whose turn it is, opens its text, and marks it asked.
 *
 * route        which machine can take it now, having been tried so often: 0 or more; -EAGAIN: none at the moment; -ENOTSUP: none ever can, and it fails for that
 * patience_ms  older ones that were tried fail
 * turn         in and out: the thread that had its turn last; begin with 0
 * ret          texts in the arena
 * returns      1; 0: there is none
 */
struct request_taken {
        struct request request;
        const char *from; /* the language of the text */
        const char *text;
        struct protect_term *terms; /* names and words of the school that the machine leaves alone (chat/versions/glossary.h) */
        size_t terms_n;
        int route;
};
int request_take(struct tx *tx, struct arena *a, struct event_list *made, int (*route)(void *arg, const char *from, const char *to, int64_t tries), void *arg,
                 int64_t patience_ms, int64_t *turn, struct request_taken *ret);

/* The machine's answer: a version, unless meanwhile the message was corrected or withdrawn, a person was faster, or the family's yes was taken back; then it is
 * dropped. engine: what is shown of who made it. Returns 1 where it is kept, 0. */
int request_done(struct tx *tx, struct event_list *made, const struct request *request, const char *body, const char *engine);

/* It cannot be done. Nothing happens where it is not asked any more. */
int request_failed(struct tx *tx, struct event_list *made, const struct request *request, enum request_reason reason);

/* It says the same in that language (a number, a name, a picture, or no text at all): no version, and nobody is told. */
int request_same(struct tx *tx, const struct request *request);

/* The machine failed: again, at that time. counts: it is a try. */
int request_again(struct tx *tx, const struct request *request, int64_t due_ms, bool counts);

/* What failed for want of a pair that a machine gained (gained() says which), and, where it refused such a text because it lacked the pair at that moment,
 * that too (refused). On a reader: looks at some behind `after`, of which thread, seq and language are read, and moves it; *more: there are others behind. */
int request_find_gained(struct tx *tx, struct arena *a, bool (*gained)(void *arg, const char *from, const char *to), void *arg, bool refused,
                        struct request *after, struct request **ret, size_t *n, bool *more);

/* Those wait again, as if they were made now. */
int request_revive(struct tx *tx, struct event_list *made, const struct request *list, size_t n);

/* Held for a person, and let go to the machine. -ENOENT: it does not wait, or is not held. */
int request_hold(struct tx *tx, struct event_list *made, const struct request *request, enum request_reason reason);
int request_release(struct tx *tx, struct event_list *made, const struct request *request);

/* The message was withdrawn: nothing is asked of it any more. */
int request_forget(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq);

/* It is in this language now, by a person or the phrase list: what failed, waits or is held is not asked for any more. */
int request_covered(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq, const char *language);

/* What failed or is held, for the message as it is told. *ret is not given where there is nothing. */
int request_load(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct many_untranslated *ret);
