/* chat/message.h: messages, inside a store job. Their versions: version.h.
 *
 * A thread numbers its messages 1, 2, 3 … without a gap. The number is given in the transaction that inserts the message, so
 * order never depends on a clock. The original is never altered: a correction and a translation are versions beside it.
 *
 * Bodies are sealed (seal/seal.h): body_seal() seals one and body_open() opens one; nothing else touches the columns. One that does not open
 * any more, because its key was destroyed or its row was changed, is told as withdrawn.
 */
#pragma once

#include "base/arena.h"
#include "base/parse.h"
#include "proto/shape.h"
#include "store/db.h"

struct event_list;
struct version_draft;

struct message_draft {
        int64_t thread;
        int64_t sender;
        struct uuid client_id;
        const char *body;      /* NFC, checked by text_body(); "" where there are files only */
        const int64_t *files;  /* uploads of the sender (chat/file.h), in order */
        size_t files_n;
        const char *language;  /* canonical tag */
        bool language_own;     /* not chosen for this message but the sender's own, which may be another at a resend */
        enum direction direction;
        const char *folded;    /* what text_fold() made of the body; NULL: it is folded here */
        int64_t at_ms;         /* when it was sent; 0: now */
        const char *phrase;    /* the phrase that it is and its parts, as phrase_keep() writes them; NULL: it is none */
        const struct version_draft *versions; /* that come with it: it is never seen without them. thread and seq are given here */
        size_t versions_n;
        struct arena *keep;    /* where the event keeps the message until it is told, so as not to read it again: it and all that the
                                * draft points to outlive the list of events; may be NULL */
};

/* Appends a message and gives it the thread's next number.
 *
 * A message that its sender already sent (same sender, same client id) is not appended again: *ret is the first one and the
 * result is 1. The same id with another content is -EEXIST.
 *
 * made     the event is added
 * returns  0, 1, -EEXIST, -ENXIO (one of the files is not the sender's to send here, or not any more), or a store error
 */
int message_append(struct tx *tx, struct event_list *made, const struct message_draft *draft, struct sent_shape *ret);

/* Who sent it. -ENOENT where there is none. */
int message_sender(struct tx *tx, int64_t thread, int64_t seq, int64_t *ret);

/* A message as anyone in the thread sees it. ret in the arena. -ENOENT where there is none. */
int message_load(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, struct message_shape **ret);

/* The newest message from first_seq on; *ret NULL where there is none. */
int message_newest(struct tx *tx, struct arena *a, int64_t thread, int64_t first_seq, struct message_shape **ret);

/* A page in the order of numbers: at most limit below `before`, or above `after`; -1 for the one that is not meant (both -1: the
 * newest). Fewer where their texts are long, but one at least. Nothing below first_seq. *more: whether there are more that way. */
int message_page(struct tx *tx, struct arena *a, int64_t thread, int64_t first_seq, int64_t before, int64_t after, int64_t limit,
                 struct many_message *ret, bool *more);

/* The phrase that a message is and its parts, as phrase_keep() wrote them, in the arena; NULL where it is none, or is gone. -ENOENT: no such message. */
int message_phrase(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, const char **ret);

/* Its sender lets what machines made of it go unchecked (chat/versions/held.h), now and later. -ENOENT, -ENODATA as version_append(). */
int message_let_go(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq);

/* The voice messages of a conversation, and voices said over others, are kept no more: what was written stays. Adds an event for each message. */
int message_forget_voices(struct tx *tx, struct event_list *made, int64_t thread);

/* Takes a message back: its text, its versions and its files are not kept, for what is shown to nobody is only a risk. -EALREADY: it was withdrawn before. */
int message_withdraw(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq);

/* It is otherwise than before in what stands beside its versions: told to all, with the number of versions it has. Adds the event. */
int message_touch(struct tx *tx, struct event_list *made, int64_t thread, int64_t seq);

/* Number of the newest message; 0 where there is none. */
int message_last_seq(struct tx *tx, int64_t thread, int64_t *ret);
