/* links: text base */
/* What a message and a name may be. */
#include "base/macro.h"
#include "text/text.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

enum { ROOM = 64 * 1024 + 8 };

typedef int (*maker)(const char *in, size_t n, size_t max, char **ret);

static void assert_makes(maker make, const char *in, const char *expected)
{
        _cleanup_free_ char *once = NULL, *twice = NULL;
        int r = make(in, strlen(in), TEXT_BYTES_MAX, &once);

        if (r != 0)
                fail_msg("%d for \"%s\"", r, in);
        assert_string_equal(once, expected);
        assert_int_equal(make(once, strlen(once), TEXT_BYTES_MAX, &twice), 0);
        assert_string_equal(twice, once);
}

static void assert_refused(maker make, const char *in, size_t n, int error)
{
        char untouched, *ret = &untouched;
        int r = make(in, n, TEXT_BYTES_MAX, &ret);

        if (r != error)
                fail_msg("%d and not %d for \"%.60s\"", r, error, in);
        assert_ptr_equal(ret, &untouched);
}

/* s, then n times piece, then end. */
static size_t repeat(char ret[ROOM], const char *s, const char *piece, size_t n, const char *end)
{
        size_t at = (size_t)snprintf(ret, ROOM, "%s", s);

        for (size_t i = 0; i < n; i++)
                at += (size_t)snprintf(ret + at, ROOM - at, "%s", piece);
        return at + (size_t)snprintf(ret + at, ROOM - at, "%s", end);
}

static double ms_since(const struct timespec *before)
{
        struct timespec now;

        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
        return (double)(now.tv_sec - before->tv_sec) * 1e3 + (double)(now.tv_nsec - before->tv_nsec) / 1e6;
}

static void a_body_keeps_what_people_write(void **state)
{
        (void)state;
        assert_makes(text_body, "Goedemorgen", "Goedemorgen");
        assert_makes(text_body, "ab\tc\n\nd", "ab\tc\n\nd");
        assert_makes(text_body, "ሰላም ለዓለም፡ እንታይ ኣሎ።", "ሰላም ለዓለም፡ እንታይ ኣሎ።");
        assert_makes(text_body, "می\u200cخواهم بروم", "می\u200cخواهم بروم");       /* ZWNJ, Farsi */
        assert_makes(text_body, "ئه\u200cم كچه\u200cیه", "ئه\u200cم كچه\u200cیه"); /* ZWNJ, old Sorani */
        assert_makes(text_body, "ه\u200d", "ه\u200d"); /* ZWJ: a letter's initial form */
        assert_makes(text_body, "a\u200eb\u200fc\u061cd", "a\u200eb\u200fc\u061cd");
        assert_makes(text_body, "👨‍👩‍👧‍👦 🇺🇦 👍🏽",
                "👨‍👩‍👧‍👦 🇺🇦 👍🏽");
}

static void a_body_is_nfc_and_never_nfkc(void **state)
{
        (void)state;
        assert_makes(text_body, "e\u0301", "é");
        assert_makes(text_body, "ا\u0654", "أ");
        assert_makes(text_body, "и\u0306", "й");
        assert_makes(text_body, "\u1112\u1161\u11ab", "한");
        assert_makes(text_body, "q\u0307\u0323", "q\u0323\u0307");
        assert_makes(text_body, "½ ﷺ ① ﬁ Ａ ², ĳ", "½ ﷺ ① ﬁ Ａ ², ĳ");
        assert_makes(text_body, "\u0958", "\u0915\u093c"); /* NFC lengthens */
}

static void a_bodys_lines_end_in_lf_and_its_ends_are_trimmed(void **state)
{
        (void)state;
        assert_makes(text_body, "a\r\nb\rc\n\rd\r\r\ne", "a\nb\nc\n\nd\n\ne");
        assert_makes(text_body, "\r\n \u00a0\u3000 a b \u2003\t\r\n", "a b");
        assert_makes(text_body, "a\r\r", "a");
}

static void open_scopes_are_closed_and_stray_closers_dropped(void **state)
{
        (void)state;
        assert_makes(text_body, "a\u202eb", "a\u202eb\u202c");
        assert_makes(text_body, "a\u2067b", "a\u2067b\u2069");
        assert_makes(text_body, "a\u202bb\u202c c", "a\u202bb\u202c c");
        assert_makes(text_body, "a\u2068b\u2069 c", "a\u2068b\u2069 c");
        assert_makes(text_body, "a\u202c\u2069b", "ab");
        assert_makes(text_body, "a \u202c", "a");
        assert_makes(text_body, "\u2066a\u202ab", "\u2066a\u202ab\u202c\u2069");
        assert_makes(text_body, "\u2066a\u202ab\u2069c",
                "\u2066a\u202ab\u202c\u2069c"); /* a PDI ends what is inside */
        assert_makes(text_body, "\u202aa\u2066b\u202cc",
                "\u202aa\u2066bc\u2069\u202c"); /* a PDF does not leave an isolate */
        assert_makes(text_body, "\u202aa\u2069b", "\u202aab\u202c");
        assert_makes(text_body, "a\u202eb\nc\u202cd", "a\u202eb\u202c\ncd"); /* a paragraph ends them all */
        assert_makes(text_body, "a\u202eb\u2029c", "a\u202eb\u202c\u2029c");
        assert_makes(text_body, "a\u202eb\r\nc", "a\u202eb\u202c\nc");
        assert_makes(text_body, "e\u202c\u0301", "é"); /* what comes together is NFC again */
}

static void a_body_with_nothing_to_see_is_none(void **state)
{
        static const char *const blanks[] = {
                "",
                " ",
                "\n\t\r",
                "\u00a0",
                "\u3000",
                "\u200b",
                "\u200d",
                "\u2060\ufeff",
                "\u00ad",
                "\u3164",
                "\u115f",
                "\u202e\u202c",
                "\u2066",
                "\u2069",
                "\ufe0f",
                "\u2800",
                "\U000e0041",
                " \u200e ",
                "\u180e",
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(blanks); i++) {
                assert_refused(text_body, blanks[i], strlen(blanks[i]), -ENODATA);
                assert_refused(text_name, blanks[i], strlen(blanks[i]), -ENODATA);
        }
}

static void control_characters_are_refused(void **state)
{
        static const char *const texts[] = { "a\001b", "a\033[31mb", "a\177b", "a\302\200b", "a\302\237b",
                "a\bb" };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(texts); i++) {
                assert_refused(text_body, texts[i], strlen(texts[i]), -EBADMSG);
                assert_refused(text_name, texts[i], strlen(texts[i]), -EBADMSG);
        }
        assert_refused(text_body, "a\0b", 3, -EBADMSG);
        assert_refused(text_name, "a\0b", 3, -EBADMSG);
        assert_refused(text_body, "a\vb", 3, -EBADMSG);
        assert_refused(text_body,
                "a\302\205"
                "b",
                strlen("a\302\205"
                       "b"),
                -EBADMSG);
}

static void what_is_not_utf8_is_refused(void **state)
{
        static const char *const texts[] = {
                "a\x80",
                "a\xff",
                "\xc3",
                "a\xc3",
                "\xc0\xaf",
                "\xe0\x80\xaf",
                "\xed\xa0\x80",
                "\xf4\x90\x80\x80",
                "\xf8\x88\x80\x80\x80",
                "ab\xe2\x82",
                "\xe2\x82 ab",
                "\xf0\x9f\x98",
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(texts); i++) {
                assert_refused(text_body, texts[i], strlen(texts[i]), -EILSEQ);
                assert_refused(text_name, texts[i], strlen(texts[i]), -EILSEQ);
        }
        /* The length counts, not a NUL. */
        assert_refused(text_body, "é", 1, -EILSEQ);
}

static void limits_hold_in_bytes_points_and_graphemes(void **state)
{
        static char text[ROOM];
        _cleanup_free_ char *body = NULL;
        size_t n;

        (void)state;
        n = repeat(text, "", "a", TEXT_GRAPHEMES_MAX, "");
        assert_makes(text_body, text, text);
        assert_refused(text_body, text, repeat(text, "", "a", TEXT_GRAPHEMES_MAX + 1, ""), -EMSGSIZE);
        n = repeat(text, "", "\u0915\u093f", TEXT_GRAPHEMES_MAX - 1500,
                ""); /* clusters of two points, six bytes */
        assert_makes(text_body, text, text);

        n = repeat(text, "", "q\u0301", TEXT_GRAPHEMES_MAX, "");
        assert_makes(text_body, text, text);
        assert_refused(text_body, text, repeat(text, "", "q\u0301", TEXT_GRAPHEMES_MAX, "\u0301"),
                -EMSGSIZE); /* points */
        n = repeat(text, "", "語", TEXT_GRAPHEMES_MAX, "");
        assert_makes(text_body, text, text);
        assert_refused(text_body, text, repeat(text, "", "𐤀\u200d", 2400, ""), -EMSGSIZE); /* bytes */

        /* The caller's own limit counts after NFC. */
        assert_int_equal(text_body("abc", 3, 2, &body), -EMSGSIZE);
        assert_int_equal(text_body("e\u0301", 3, 2, &body), 0);
        assert_string_equal(body, "é");
        n = repeat(text, "", "𐤀\u200d", 2400, "");
        assert_int_equal(text_body(text, n, SIZE_MAX, &body), -EMSGSIZE);
        n = repeat(text, "", "\u0958", 2800, ""); /* 8,400 bytes that NFC makes 16,800 */
        assert_refused(text_body, text, n, -EMSGSIZE);
        assert_refused(text_body, text, repeat(text, "", "a", ROOM - 8, ""), -EMSGSIZE);
}

static void a_letter_has_no_ten_thousand_marks(void **state)
{
        static const char *const marks[] = { "\u0301", "\u0323\u0301", "\u0301\u200d", "\u064e", "\U0001d165",
                "\u0301\u00ad" };
        static char text[ROOM];

        (void)state;
        for (size_t i = 0; i < ELEMENTS(marks); i++) {
                size_t n = repeat(text, "a", marks[i], 10000 / (strlen(marks[i]) > 2 ? 2 : 1), "");
                struct timespec before;
                double ms;
                char *body;
                int r;

                clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
                r = text_body(text, n, TEXT_BYTES_MAX, &body);
                ms = ms_since(&before);
                if (strcmp(marks[i], "\u0301\u00ad") == 0) /* a soft hyphen ends each cluster */
                        assert_int_equal(r, -EMSGSIZE);
                else
                        assert_int_equal(r, -EOVERFLOW);
                if (ms > 200)
                        fail_msg("pattern %zu: %.1f ms", i, ms);

                clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
                assert_int_equal(text_name(text, n, 200, &body), -EOVERFLOW);
                assert_true(ms_since(&before) < 200);
        }
}

static void a_frame_full_of_marks_is_refused_at_once(void **state)
{
        static char text[ROOM];
        size_t n = repeat(text, "a", "\u0323\u0301", 16000, "");
        struct timespec before;
        char *body;

        (void)state;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
        assert_int_equal(text_body(text, n, TEXT_BYTES_MAX, &body), -EOVERFLOW);
        assert_true(ms_since(&before) < 200);
}

static void a_cluster_has_its_limit(void **state)
{
        static char text[ROOM], normal[ROOM];

        (void)state;
        assert_makes(text_body, (repeat(text, "q", "\u0301", TEXT_CLUSTER_POINTS_MAX - 1, ""), text), text);
        /* The limit counts after NFC: a letter that takes up two of its marks may bring two more. */
        repeat(text, "e\u0323\u0302", "\u0301", TEXT_CLUSTER_POINTS_MAX - 1, "");
        repeat(normal, "ệ", "\u0301", TEXT_CLUSTER_POINTS_MAX - 1, "");
        assert_makes(text_body, text, normal);
        assert_refused(text_body, text, repeat(text, "q", "\u0301", TEXT_CLUSTER_POINTS_MAX, ""), -EOVERFLOW);
        assert_makes(text_body, (repeat(text, "q", "\u200d", TEXT_CLUSTER_POINTS_MAX - 1, ""), text), text);
        assert_refused(text_body, text, repeat(text, "q", "\u200d", TEXT_CLUSTER_POINTS_MAX, ""), -EOVERFLOW);
        assert_refused(
                text_body, text, repeat(text, "", "क्", TEXT_CLUSTER_POINTS_MAX / 2 + 1, "क"), -EOVERFLOW);
        assert_refused(
                text_body, text, repeat(text, "👩", "\u200d👩", TEXT_CLUSTER_POINTS_MAX / 2, ""), -EOVERFLOW);
        assert_refused(
                text_body, text, repeat(text, "ᄀ", "ᅡ", TEXT_CLUSTER_POINTS_MAX + 1, ""), -EOVERFLOW);

        /* A row of letters that combine here and there is no cluster. */
        assert_makes(text_body, (repeat(text, "", "குழந்தை", 200, ""), text), text);
        assert_makes(text_body, (repeat(text, "", "مَدْرَسَة", 200, ""), text), text);
        assert_makes(text_body, (repeat(text, "", "🇳🇱", 200, ""), text), text);
        assert_makes(text_body, (repeat(text, "", "한국", 500, ""), text), text);
}

static void deep_scopes_cost_little(void **state)
{
        static char text[ROOM];
        struct timespec before;
        size_t n = repeat(text, "a", "\u2066\u202a", 10000, "b");
        char *body;

        (void)state;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
        assert_int_equal(text_body(text, n, TEXT_BYTES_MAX, &body), -EMSGSIZE);
        assert_true(ms_since(&before) < 200);

        assert_makes(text_body,
                (n = repeat(text, "a", "\u2066", 30, "b"), repeat(text + n, "", "\u2069", 30, ""), text),
                text);
}

static void a_name_acts_on_nothing_around_it(void **state)
{
        (void)state;
        assert_makes(text_name, "Sanne \u202ede Vries", "Sanne de Vries");
        assert_makes(text_name, "\u2067سناء\u2069", "سناء");
        assert_makes(text_name, "a\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061cb",
                "ab");
        assert_makes(text_name, "Y\u00adu\u200bs\u2060u\ufefff\u034f", "Yusuf");
        assert_makes(text_name, "Anna\ufe0f\U000e0041\u3164", "Anna");
        assert_makes(text_name, "e\u200e\u0301", "é");
}

static void a_name_is_one_line(void **state)
{
        (void)state;
        assert_makes(text_name, "  Sanne\r\n\tde \u00a0\u3000 Vries ", "Sanne de Vries");
        assert_makes(text_name,
                "a\u2028b\u2029c\vd\302\205"
                "e",
                "a b c d e");
        assert_makes(text_name, "a \u202e b", "a b");
}

static void a_joiner_in_a_name_stays_between_letters_only(void **state)
{
        (void)state;
        assert_makes(text_name, "علی\u200cرضا", "علی\u200cرضا");
        assert_makes(text_name, "علی\u200c\u200c\u200dرضا", "علی\u200cرضا");
        assert_makes(text_name, "عَلِی\u200cرضا", "عَلِی\u200cرضا");
        assert_makes(text_name, "ශ්\u200dරී", "ශ්\u200dරී"); /* after a virama */
        assert_makes(text_name, "\u200cعلی\u200c", "علی");
        assert_makes(text_name, "علی\u200c رضا", "علی رضا");
        assert_makes(text_name, "علی \u200cرضا", "علی رضا");
        assert_makes(text_name, "5\u200d6", "56");
        assert_makes(text_name, "علی\u200c5", "علی5");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_body_keeps_what_people_write),
                cmocka_unit_test(a_body_is_nfc_and_never_nfkc),
                cmocka_unit_test(a_bodys_lines_end_in_lf_and_its_ends_are_trimmed),
                cmocka_unit_test(open_scopes_are_closed_and_stray_closers_dropped),
                cmocka_unit_test(a_body_with_nothing_to_see_is_none),
                cmocka_unit_test(control_characters_are_refused),
                cmocka_unit_test(what_is_not_utf8_is_refused),
                cmocka_unit_test(limits_hold_in_bytes_points_and_graphemes),
                cmocka_unit_test(a_letter_has_no_ten_thousand_marks),
                cmocka_unit_test(a_frame_full_of_marks_is_refused_at_once),
                cmocka_unit_test(a_cluster_has_its_limit),
                cmocka_unit_test(deep_scopes_cost_little),
                cmocka_unit_test(a_name_acts_on_nothing_around_it),
                cmocka_unit_test(a_name_is_one_line),
                cmocka_unit_test(a_joiner_in_a_name_stays_between_letters_only),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
