/* chat/find/search.h: messages with these words, of the conversations a person is in. Inside a store job, on a reader.
 *
 * All words must stand in one text: the original, or a version, as somebody would be shown it. What was corrected is not found by its old
 * text, nor by a translation of that: it says what is no longer meant, and a date that was put right must not come up as the answer (it stays readable
 * behind the correction, in the conversation). What was withdrawn is not found. Words are whole and folded (text_words()): hashes know no
 * beginnings, so "scho" does not find "school".
 *
 * Newest first: by the message's time, then by thread and number. A search opens tails and blocks from the newest until what it has found is newer
 * than anything in the next; and it stops after some time with what is certain by then, and goes on from there when asked again.
 */
#pragma once

#include "base/arena.h"
#include "chat/rights/viewer.h"
#include "proto/shape.h"
#include "store/db.h"

enum {
        SEARCH_WORDS_MAX = 16,  /* different ones */
        SEARCH_PLACES_MAX = 32, /* of one hit */
        SEARCH_BYTES = 512 * 1024, /* of texts in one answer */
        SEARCH_TIME_MS = 120,
        SEARCH_COLD_MS = 2,     /* twelve conversations are looked at in a tenth of that when the file is in memory */
};

struct search_query {
        const char *text;
        int64_t thread;     /* only this one; below 0: all */
        const char *before; /* where an earlier answer ended; NULL: from the newest */
        int64_t limit;
        int64_t time_ms;    /* after this it stops where it can; SEARCH_TIME_MS */
        int64_t cold_ms;    /* where the first conversations take so long, other readers read ahead (search_ahead.h); SEARCH_COLD_MS */
};

/* ret: in the arena. Returns 0; -ENODATA (no word in the text), -E2BIG (too many), -ERANGE (no such `before`), -ENOENT (they are not in this
 * thread, or there is none), or a store error. */
int search(struct tx *tx, struct arena *a, const struct viewer *viewer, const struct search_query *query, struct found_shape *ret);
