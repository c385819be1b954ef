/* links: text base */
/* Any bytes as a message, a name, a search, a tag. What comes out is text: UTF-8, NFC, within its limits, and
 * the same when it is put in again. Whoever calls abort() below has found a fault. */
#include "base/macro.h"
#include "text/language.h"
#include "text/normal.h"
#include "text/point.h"
#include "text/segment.h"
#include "text/text.h"

#include <stdint.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void insist(bool is_so)
{
        if (!is_so)
                abort();
}

static void check_text(const char *s)
{
        size_t n = strlen(s), points = 0, clusters, longest, other_n;
        char *other;

        for (size_t i = 0; i < n; points++)
                insist(point_next(s, &i, n) > 0);
        insist(text_nfc(s, n, &other, &other_n) == 1);

        segment_count(s, n, &clusters, &longest);
        insist(n > 0 && n <= TEXT_BYTES_MAX && points <= TEXT_POINTS_MAX);
        insist(clusters > 0 && clusters <= TEXT_GRAPHEMES_MAX && longest <= TEXT_CLUSTER_POINTS_MAX);
}

static void check_cut(const char *s)
{
        size_t all = text_graphemes(s), before = 0;

        for (size_t i = 0; i <= all && i < 32; i++) {
                size_t cut = text_cut(s, i);
                _cleanup_free_ char *start = strndup(s, cut);

                insist(i == 0 ? cut == 0 : cut > before);
                insist(text_graphemes(start) == i);
                before = cut;
        }
        insist(text_cut(s, all) == strlen(s));
}

/* The same words, each where something stands. */
static void check_words(const char *s, const char *folded)
{
        _cleanup_(text_words_done) struct text_words words = { 0 };
        size_t at = 0;

        insist(text_words(s, &words) == 0 && strcmp(words.folded, folded) == 0);
        for (size_t i = 0; i < words.n; i++) {
                const struct text_word *w = &words.list[i];

                insist(w->folded == words.folded + at && w->n > 0 && w->from < w->to && w->to <= strlen(s));
                insist(i == 0 || w->from >= words.list[i - 1].from);
                at += w->n + 1;
        }
        insist(words.n == 0 ? !*folded : at == strlen(folded) + 1);
}

static void check_fold(const char *s)
{
        _cleanup_free_ char *folded = NULL;

        insist(text_fold(s, &folded) == 0);
        insist(!strstr(folded, "  ") && *folded != ' ');
        insist(!*folded || folded[strlen(folded) - 1] != ' ');
        check_words(s, folded);
}

typedef int (*maker)(const char *in, size_t n, size_t max, char **ret);

static void check_maker(maker make, const char *in, size_t n)
{
        _cleanup_free_ char *once = NULL, *twice = NULL;
        enum direction d;

        if (make(in, n, TEXT_BYTES_MAX, &once) != 0)
                return;
        check_text(once);
        insist(make(once, strlen(once), TEXT_BYTES_MAX, &twice) == 0 && strcmp(once, twice) == 0);

        d = text_direction(once, "fa-AF");
        insist(d == DIRECTION_LTR || d == DIRECTION_RTL);
        check_cut(once);
        check_fold(once);
}

static void check_tag(const char *in, size_t n)
{
        char tag[LANGUAGE_TAG_MAX + 1], again[LANGUAGE_TAG_MAX + 1];

        if (language_canonical(in, n, tag) != 0)
                return;
        insist(language_canonical(tag, strlen(tag), again) == 0 && strcmp(tag, again) == 0);
        insist(language_same(tag, tag) && language_own_name(tag) && language_direction(tag));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
        const char *in = (const char *)data;
        _cleanup_free_ char *any = NULL;
        char *folded;

        check_maker(text_body, in, size);
        check_maker(text_name, in, size);
        check_tag(in, size);

        /* What has not been through text_body() may be refused, and no more. */
        any = strndup(in, size);
        if (text_fold(any, &folded) == 0)
                free(folded);
        text_direction(any, any);
        text_cut(any, 3);
        return 0;
}
