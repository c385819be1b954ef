/* chat/note.h: staff notes on a conversation, inside a store job.
 *
 * A stream beside the messages, with ids of its own, that nobody of the family's side is ever told of. A note is for one level: the pupil's
 * staff or the care team; who wrote it sees it too. Its author can write it again or take it back; the former text is not kept, because a
 * note may say what should never have been stored.
 *
 * A text is sealed with its thread's key (chat/seal/seal.h), bound to its author, level and language: put_text() seals one, open_text() opens one.
 */
#pragma once

#include "base/arena.h"
#include "base/parse.h"
#include "base/sight.h"
#include "proto/shape.h"
#include "store/db.h"

struct event_list;
struct membership;

/* Which notes a role may read where it is in the conversation, by the table of rights, as a set of enum sight_level. */
unsigned note_levels(enum role role);

unsigned note_level_bit(enum note_level level);

/* The id that the next note of the school gets. */
int note_next(struct tx *tx, int64_t *ret);

/* The first note of a thread that was made at a time or later; the next id where there is none. */
int note_since(struct tx *tx, int64_t thread, int64_t at_ms, int64_t *ret);

struct note_draft {
        int64_t thread;
        int64_t author;
        enum note_level level;
        struct uuid client_id;
        const char *body;     /* NFC, checked by text_body() */
        const char *language; /* canonical tag */
        enum direction direction;
        int64_t at_ms; /* 0: now */
};

/* Writes a note and adds its event. Written again by the same author with the same client id: 1 and the first one's id, whatever
 * became of it; the same client id in another thread or for another level is -EEXIST. Returns 0, 1, or an error. */
int note_add(struct tx *tx, struct event_list *made, const struct note_draft *draft, int64_t *id);

/* A note as anyone who may read it sees it. -ENOENT where there is none. */
int note_load(struct tx *tx, struct arena *a, int64_t id, struct note_shape *ret);

/* Who wrote a note, where it is of this thread and this person may read it. Else -ENOENT. */
int note_author(struct tx *tx, int64_t thread, int64_t person, const struct sight *sight, int64_t id, int64_t *author);

/* At most limit below `before` (-1: the newest), the oldest of them first; those a person may read. *more: whether there are older ones. */
int note_page(struct tx *tx, struct arena *a, int64_t thread, int64_t person, const struct sight *sight, int64_t before, int64_t limit,
              struct many_note *ret, bool *more);

/* Puts another text in the place of the old one. -ENOENT; -ENODATA: it was taken back. */
int note_change(struct tx *tx, struct event_list *made, int64_t id, const char *body);

/* Takes it back: its text is gone. -ENOENT; -EALREADY. */
int note_withdraw(struct tx *tx, struct event_list *made, int64_t id);

/* The newest one a person may read (0: none), and how many of others lie past their mark. */
int note_state(struct tx *tx, int64_t thread, int64_t person, const struct membership *m, int64_t *newest, int64_t *unread);

/* Moves a person's reading mark forward to id, or to the newest where id is past it. Adds an event when it moved. */
int note_read(struct tx *tx, struct event_list *made, int64_t thread, int64_t person, const struct membership *m, int64_t id, int64_t *read,
              int64_t *unread);
