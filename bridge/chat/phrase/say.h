/* chat/phrase/say.h: a phrase with its parts filled in, in any language of the list. Pure; any thread. */
#pragma once

#include "base/arena.h"
#include "base/buf.h"
#include "chat/phrase/list.h"
#include "text/pattern.h"

#include <stdint.h>

enum { PHRASE_KEPT_MAX = 4 * 1024, PHRASE_NUMBER_MAX = 99999 };

/* What somebody says by a phrase: the same in all languages. */
struct phrase_said {
        const struct phrase *phrase;
        /* By part; NULL where it has none. PHRASE_DATE is "2026-12-03", PHRASE_TIME "08:30", PHRASE_GENDER female, male or other. */
        const char *parts[PATTERN_TEXTS];
        int64_t number; /* -1: none */
};

/* Whether it has what the phrase takes, and no more. Returns 0; -ENODATA: *part is missing; -E2BIG: it takes no *part;
 * -ERANGE: *part is no date or no time. */
int phrase_check(const struct phrase_said *said, enum phrase_part *part);

/* The sentence. A name of the other direction is isolated (UAX 9), so that it leaves the sentence in order.
 * ret: set on 0 only; owned by the caller, free(). -ENOENT: the list has it not in this language; as pattern_write() too. */
int phrase_say(const struct phrase_said *said, const struct phrase_language *l, char **ret);

/* As it is kept with a message. Returns 0, -EMSGSIZE or -ENOMEM. */
int phrase_keep(const struct phrase_said *said, struct buf *out);

/* Reads that; all but the phrase in the arena. -ENOENT: the list has this phrase no more; -EUCLEAN: it is none. */
int phrase_recall(struct arena *a, const char *kept, struct phrase_said *ret);
