#include "chat/find/search_match.h"

#include "text/language.h"

#include <errno.h>

static bool same_word(const struct text_word *a, const struct text_word *b)
{
        return a->n == b->n && memcmp(a->folded, b->folded, a->n) == 0;
}

/* Which of the words it is; -1: none. */
static int which(const struct search_words *words, const struct text_word *word)
{
        for (size_t i = 0; i < words->n; i++)
                if (same_word(words->list[i], word))
                        return (int)i;
        return -1;
}

void search_words_done(struct search_words *words)
{
        text_words_done(&words->all);
        words->n = 0;
}

int search_words_read(const char *text, struct search_words *ret)
{
        int r;

        *ret = (struct search_words){ 0 };
        r = text_words(text, &ret->all);
        if (r < 0)
                return r;
        for (size_t i = 0; i < ret->all.n; i++) {
                if (which(ret, &ret->all.list[i]) >= 0)
                        continue;
                if (ret->n == ELEMENTS(ret->list))
                        return -E2BIG;
                ret->list[ret->n++] = &ret->all.list[i];
        }
        return ret->n == 0 ? -ENODATA : 0;
}

/* A person's version before the school's phrase, or a machine's that a person found right, before a machine's: as the app shows them. */
static int rank(const struct version_shape *v)
{
        switch (v->origin) {
        case ORIGIN_MACHINE:
                return v->checked_by > 0 ? 2 : 1;
        case ORIGIN_PHRASE:
                return 2;
        default:
                return 3;
        }
}

bool search_is_shown(const struct message_shape *m, int64_t n)
{
        const struct version_shape *wanted = NULL;
        int64_t corrected = 0;

        if (!m->body)
                return false;
        for (size_t i = 0; i < m->versions.n; i++) {
                const struct version_shape *v = &m->versions.items[i];

                if (v->origin == ORIGIN_CORRECTION)
                        corrected = v->n;
                if (v->n == n)
                        wanted = v;
        }
        if (n == 0 || n == corrected)
                return n == corrected;
        if (!wanted || n < corrected || language_same(wanted->language, m->language))
                return false;
        for (size_t i = 0; i < m->versions.n; i++) {
                const struct version_shape *v = &m->versions.items[i];

                if (v->n > corrected && language_same(v->language, wanted->language) &&
                    (rank(v) > rank(wanted) || (rank(v) == rank(wanted) && v->n > n)))
                        return false;
        }
        return true;
}

int search_match(const struct search_words *words, const char *text, struct arena *a, size_t max, struct many_place *ret)
{
        _cleanup_(text_words_done) struct text_words in = { 0 };
        struct place_shape *places;
        uint32_t seen = 0;
        size_t n = 0;
        int r;

        r = text_words(text, &in);
        if (r < 0)
                return r;
        places = arena_get(a, max * sizeof(*places));
        if (!places)
                return arena_failed(a);
        for (size_t i = 0; i < in.n; i++) {
                int word = which(words, &in.list[i]);

                if (word < 0)
                        continue;
                seen |= UINT32_C(1) << word;
                if (n < max)
                        places[n++] = (struct place_shape){ in.list[i].from, in.list[i].to };
        }
        if (seen != (UINT32_C(1) << words->n) - 1)
                return 0;
        *ret = (struct many_place){ places, n, true };
        return 1;
}
