/* base/words.h: the field's closed sets of words (words.def) as C enums, and both ways to text.
 *
 * Each set starts at 1; 0 means "not given". Pure; any thread.
 */
#pragma once

#include <stddef.h>

#define ENUM(name, NAME, doc) enum name { NAME##_NOT_GIVEN,
#define VALUE(name, NAME, WORD, word, doc) NAME##_##WORD,
#define END_ENUM(name) };
#include "base/words.def"
#undef ENUM
#undef VALUE
#undef END_ENUM

struct word {
        const char *word;
        const char *doc;
};

struct word_set {
        const char *name;
        const char *doc;
        const struct word *words; /* words[0] is the value 1 */
        size_t n;
};

#define ENUM(name, NAME, doc) extern const struct word_set words_##name;
#define VALUE(name, NAME, WORD, word, doc)
#define END_ENUM(name)
#include "base/words.def"
#undef ENUM
#undef VALUE
#undef END_ENUM

/* Every set, ends with NULL. */
extern const struct word_set *const word_sets[];

/* The value of a word, or 0 where the set has no such word (or word is NULL). */
int word_value(const struct word_set *set, const char *word);

/* The word of a value, or NULL for 0 and what is outside. */
const char *word_text(const struct word_set *set, int value);

/* Whether a role is of the family's side of a conversation; the others are the school's. */
int role_is_family(enum role role);
