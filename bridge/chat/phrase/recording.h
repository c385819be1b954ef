/* chat/phrase/recording.h: phrases of the school's list, spoken by a person, inside a store job.
 *
 * A recording is of one fixed sentence. So a phrase can be recorded where its sentence in that language holds nothing that is filled in, or only the
 * child's name: a conversation is about one child, and whoever speaks says "your child" in its place. Dates, hours, places and other names would be said
 * wrong, or left out where they are what matters; a sentence that is another one for a girl and a boy cannot be both.
 *
 * It is of what the list said when it was made. Where the list says it otherwise since, it is listed as changed and not played.
 */
#pragma once

#include "base/arena.h"
#include "chat/phrase/list.h"
#include "proto/shape.h"
#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

enum {
        RECORDING_S = 60,                  /* the longest */
        RECORDING_BYTES = 1024 * 1024,     /* more than a minute takes (media/voice.c) */
        RECORDING_ARENA = RECORDING_BYTES + 64 * 1024,
};

/* Whether a phrase can be recorded in a language. */
bool recording_may_be(const struct phrase *p, const struct phrase_language *l);

struct recording_draft {
        const struct phrase *phrase;
        const struct phrase_language *language;
        int64_t person;
        const void *sound; /* MP4, made by media/ */
        size_t n;
        int64_t room_max;  /* bytes that all files of the school may take */
};

/* Keeps it, in the place of the one before; *id is another for each. Returns 0, -EINVAL (the phrase cannot be recorded in this language), -EFBIG, -ENOSPC, or a store error. */
int recording_put(struct tx *tx, const struct recording_draft *draft, int64_t *id);

/* The one that may be played: its id, another for each that was ever made, and its bytes in the arena (RECORDING_ARENA). -ENOENT: there is none. */
struct recording {
        int64_t id;
        const void *sound;
        size_t n;
};
int recording_open(struct tx *tx, struct arena *a, const struct phrase *p, const struct phrase_language *l, struct recording *ret);

/* The one that says a message, or a version of it: where it is a phrase and just that text is what the list says in that language. -ENOENT. */
int recording_of_text(struct tx *tx, struct arena *a, int64_t thread, int64_t seq, const char *text, const char *language, struct recording *ret);

/* All of them, or those in one language. names: with whose voice it is. */
int recording_list(struct tx *tx, struct arena *a, const struct phrase_language *l, bool names, struct many_recording *ret);

/* Takes it away. -ENOENT: there is none. */
int recording_remove(struct tx *tx, const struct phrase *p, const struct phrase_language *l);
