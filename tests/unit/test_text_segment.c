/* links: text base */
/* Grapheme clusters against Unicode's own test, against every emoji there is, and against ICU's break
 * iterator. */
#include "base/macro.h"
#include "text/point.h"
#include "text/segment.h"
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <unicode/ubrk.h>

#include <cmocka.h>

enum { TEXT = 1024, CLUSTERS = 256 };

/* Each start of a cluster, and the end. */
static void assert_clusters(const char *s, const size_t *starts, size_t n, const char *line)
{
        if (text_graphemes(s) != n)
                fail_msg("%zu clusters and not %zu: %s", text_graphemes(s), n, line);
        for (size_t i = 0; i <= n; i++)
                if (text_cut(s, i) != starts[i])
                        fail_msg("cut %zu at %zu and not %zu: %s", i, text_cut(s, i), starts[i], line);
        assert_int_equal(text_cut(s, n + 1), starts[n]);
}

static void every_line_of_the_grapheme_test_holds(void **state)
{
        FILE *file = fopen("/usr/share/unicode/auxiliary/GraphemeBreakTest.txt", "re");
        char line[TEXT], text[TEXT];
        size_t starts[CLUSTERS], lines = 0;

        (void)state;
        assert_non_null(file);
        while (fgets(line, sizeof(line), file)) {
                size_t n = 0, clusters = 0;
                char *at = line, *token;

                if (strncmp(line, "÷", strlen("÷")) != 0)
                        continue;
                while ((token = strsep(&at, " \t")) && *token != '#') {
                        if (strcmp(token, "÷") == 0)
                                starts[clusters++] = n;
                        else if (strcmp(token, "×") != 0)
                                n += point_write(text + n, (UChar32)strtoul(token, NULL, 16));
                }
                text[n] = '\0';
                assert_int_equal(starts[clusters - 1], n);
                assert_clusters(text, starts, clusters - 1, line);
                lines++;
        }
        fclose(file);
        assert_true(lines > 600);
}

static void every_emoji_is_one_cluster_and_has_no_direction(void **state)
{
        FILE *file = fopen("/usr/share/unicode/emoji/emoji-test.txt", "re");
        char line[TEXT], text[TEXT], arabic[2 * TEXT];
        size_t emoji = 0;

        (void)state;
        assert_non_null(file);
        while (fgets(line, sizeof(line), file)) {
                _cleanup_free_ char *body = NULL;
                char *at = line, *end;
                size_t n = 0;

                if (*line == '#' || *line == '\n')
                        continue;
                for (;;) {
                        unsigned long c = strtoul(at, &end, 16);

                        if (end == at)
                                break;
                        n += point_write(text + n, (UChar32)c);
                        at = end;
                }
                text[n] = '\0';
                assert_clusters(text, (size_t[]){ 0, n }, 1, line);

                assert_int_equal(text_body(text, n, TEXT_BYTES_MAX, &body), 0);
                assert_string_equal(body, text);

                snprintf(arabic, sizeof(arabic), "%s شكرا", text);
                if (text_direction(text, "ar") != DIRECTION_RTL ||
                        text_direction(text, "nl") != DIRECTION_LTR ||
                        text_direction(arabic, "nl") != DIRECTION_RTL)
                        fail_msg("decides the direction: %s", line);
                emoji++;
        }
        fclose(file);
        assert_true(emoji > 4000);
}

/* Points that meet in clusters, in any order. */
static const UChar32 bricks[] = {
        'a',
        ' ',
        '\n',
        '\r',
        0x00a9,
        0x00ad,
        0x0301,
        0x0378,
        0x0600,
        0x0627,
        0x064e,
        0x06dd,
        0x0903,
        0x0915,
        0x0937,
        0x093f,
        0x094d,
        0x0995,
        0x09cd,
        0x0a15,
        0x0a4d,
        0x0d15,
        0x0d4d,
        0x0e33,
        0x1100,
        0x1161,
        0x11a8,
        0x1200,
        0x135d,
        0x200b,
        0x200c,
        0x200d,
        0x202e,
        0x2066,
        0x231a,
        0x20e3,
        0x4e00,
        0xac00,
        0xac01,
        0xfe0f,
        0xfeff,
        0x110bd,
        0x1f1e6,
        0x1f1f3,
        0x1f3fb,
        0x1f468,
        0x1f469,
        0xe0067,
        0xe007f,
};

static uint32_t next_random(uint32_t *seed)
{
        *seed = *seed * 1664525u + 1013904223u;
        return *seed >> 8;
}

static void any_mix_breaks_where_icu_breaks_it(void **state)
{
        UErrorCode status = U_ZERO_ERROR;
        UBreakIterator *icu = ubrk_open(UBRK_CHARACTER, "", NULL, 0, &status);
        uint32_t seed = 15;

        (void)state;
        assert_true(U_SUCCESS(status));
        for (int round = 0; round < 100000; round++) {
                size_t points = 1 + next_random(&seed) % 12, n = 0, clusters = 0, longest;
                char text[64], hex[200] = "";
                UChar wide[32];
                int32_t wide_n = 0;

                for (size_t i = 0; i < points; i++) {
                        UChar32 c = bricks[next_random(&seed) % ELEMENTS(bricks)];
                        size_t at = strlen(hex);

                        n += point_write(text + n, c);
                        U16_APPEND_UNSAFE(wide, wide_n, c);
                        snprintf(hex + at, sizeof(hex) - at, " %04X", (unsigned)c);
                }
                text[n] = '\0';
                ubrk_setText(icu, wide, wide_n, &status);
                while (ubrk_next(icu) != UBRK_DONE)
                        clusters++;
                if (text_graphemes(text) != clusters)
                        fail_msg("%zu clusters, ICU %zu:%s", text_graphemes(text), clusters, hex);
                segment_count(text, n, &clusters, &longest);
                assert_true(longest >= 1 && longest <= points);
        }
        ubrk_close(icu);
}

static void nothing_is_no_cluster(void **state)
{
        (void)state;
        assert_int_equal(text_graphemes(""), 0);
        assert_int_equal(text_cut("", 0), 0);
        assert_int_equal(text_cut("", 7), 0);
        assert_int_equal(text_cut("abc", 0), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_line_of_the_grapheme_test_holds),
                cmocka_unit_test(every_emoji_is_one_cluster_and_has_no_direction),
                cmocka_unit_test(any_mix_breaks_where_icu_breaks_it),
                cmocka_unit_test(nothing_is_no_cluster),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
