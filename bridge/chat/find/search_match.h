/* chat/find/search_match.h: whether a message as it is shown holds the words, and where. For chat/find/search.c. */
#pragma once

#include "base/arena.h"
#include "chat/find/search.h"
#include "proto/shape.h"
#include "text/text.h"

/* The words of a query, each once. */
struct search_words {
        struct text_words all;
        struct text_word *list[SEARCH_WORDS_MAX];
        size_t n;
};

/* -ENODATA, -E2BIG as search(). ret: search_words_done() in any case. */
int search_words_read(const char *text, struct search_words *ret);
void search_words_done(struct search_words *words);

/* Whether somebody would be shown text n (0: the original) of a message: not what was corrected, no translation of that, no version that another
 * of its language replaces (web/src/words/shown.ts says the same to the app). */
bool search_is_shown(const struct message_shape *m, int64_t n);

/* Whether the text holds all words: 1 with up to max places in ret, in their order, 0, or -ENOMEM and the like. */
int search_match(const struct search_words *words, const char *text, struct arena *a, size_t max, struct many_place *ret);
