/* chat/versions/glossary.h: what the school calls things, and who is called what: words that a machine leaves alone. Inside a store job.
 *
 * A row says of words in one language what they are in another, or that they stay as they are in every other. A row that inflects is shown to people who
 * translate and is not put in by itself. Names of people come from the conversation, not from here.
 */
#pragma once

#include "base/arena.h"
#include "proto/shape.h"
#include "store/db.h"
#include "text/protect.h"

enum { GLOSSARY_MAX = 2000 };

/* The terms and names for texts of a conversation, from one language into another: for text_protect(), on any thread. ret in the arena. */
int glossary_load(struct tx *tx, struct arena *a, int64_t thread, const char *from, const char *to, struct protect_term **ret, size_t *n);

/* All rows, in the order of their words. */
int glossary_list(struct tx *tx, struct arena *a, struct many_term *ret);

struct glossary_row {
        int64_t id; /* 0: a new one */
        const char *language, *words;
        const char *target;  /* "": none */
        const char *instead; /* NULL where there is no target */
        bool inflects;
        int64_t by; /* 0: nobody, the demo's own */
};

/* Writes a row, anew or in the place of another. Returns 0 with *id; -ENOENT: there is no such row; -EEXIST: another row has these words for this target;
 * -ENODATA: there is no word in the words; -EDQUOT: there are GLOSSARY_MAX. */
int glossary_put(struct tx *tx, const struct glossary_row *row, int64_t *id);

/* -ENOENT. */
int glossary_remove(struct tx *tx, int64_t id);

/* One row. -ENOENT. */
int glossary_get(struct tx *tx, struct arena *a, int64_t id, struct term_shape *ret);
