/* translate/pairs.h: which languages an engine puts into which: in our tags, and in its own. Pure. */
#pragma once

#include "base/macro.h"
#include "text/language.h"

#include <stdbool.h>
#include <stddef.h>

enum { PAIR_CODE_MAX = 24, PAIRS_MAX = 20000 };

struct pair {
        char from[LANGUAGE_TAG_MAX + 1], to[LANGUAGE_TAG_MAX + 1];       /* ours */
        char from_code[PAIR_CODE_MAX + 1], to_code[PAIR_CODE_MAX + 1];   /* the engine's */
};

/* Counted; the loop's, handed to other threads only to be read. */
struct pairs {
        int refs;
        struct pair *list;
        size_t n, room;
};

struct pairs *pairs_new(void);
struct pairs *pairs_ref(struct pairs *pairs);
void pairs_unref(struct pairs *pairs); /* takes NULL */
DEFINE_CLEANUP(struct pairs *, pairs_unref)

/* By the engine's codes; one that is no language's is left out. Returns 0, -EMSGSIZE (too many), -ENOMEM. */
int pairs_add(struct pairs *pairs, const char *from_code, const char *to_code);

/* The pair between two languages of ours; NULL where it has none. pairs may be NULL. */
const struct pair *pairs_find(const struct pairs *pairs, const char *from, const char *to);

/* Whether a list like "nl-ar nl-* *-en" allows a pair. A language with a hyphen of its own is written with _ (az_Arab). */
bool pairs_allowed(const char *list, const char *from, const char *to);

/* Whether it is such a list. */
bool pairs_list_is_right(const char *list);
