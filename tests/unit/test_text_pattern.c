/* links: text base */
#include "text/pattern.h"

#include "base/macro.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const char *const names[PATTERN_PARTS] = { "child", "name", [5] = "gender", [PATTERN_NUMBER] = "number" };

static int reads(const char *text)
{
        _cleanup_free_ char *pattern = NULL;
        unsigned used;

        return pattern_read(text, names, &pattern, &used);
}

static void says(const char *tag, const char *text, const char *gender, int64_t number, const char *expected)
{
        const char *const parts[PATTERN_TEXTS] = { "Samir", "ሰላም {x} 'y", [5] = gender };
        _cleanup_free_ char *pattern = NULL, *said = NULL;
        unsigned used;

        assert_int_equal(pattern_read(text, names, &pattern, &used), 0);
        assert_int_equal(pattern_write(tag, pattern, parts, number, &said), 0);
        assert_string_equal(said, expected);
}

static void named_parts_are_filled_in_any_order(void **state)
{
        (void)state;
        says("nl", "Dag", "other", 0, "Dag");
        says("nl", "{name}, {child}!", "other", 0, "ሰላም {x} 'y, Samir!");
        says("ar", "{ child }: {number} و{number}", "other", 25, "Samir: 25 و25");
        says("fa", "{number}", "other", 12345, "12345");
}

/* One of each plural form of CLDR, in the languages that have it; ours that ICU does not name by our tag too. */
static void a_number_takes_the_form_that_its_language_has(void **state)
{
        static const char two[] = "{number, plural, one {one #} other {other #}}";
        static const char slavic[] = "{number, plural, one {one #} few {few #} many {many #} other {other #}}";
        static const char arabic[] = "{number, plural, zero {zero #} one {one #} two {two #} few {few #} many {many #} other {other #}}";
        static const char *const ordinary[] = { "nl", "en", "tr", "ckb", "kmr", "ps", "so", "bg", "ti", "es", "pt", "fr", "fa", "prs", "am" };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(ordinary); i++) {
                says(ordinary[i], two, "other", 1, "one 1");
                says(ordinary[i], two, "other", 2, "other 2");
        }
        says("id", "{number, plural, other {other #}}", "other", 1, "other 1");
        says("uk", slavic, "other", 21, "one 21");
        says("ru", slavic, "other", 3, "few 3");
        says("pl", slavic, "other", 5, "many 5");
        says("lt", slavic, "other", 12, "other 12");
        says("ro", "{number, plural, one {one #} few {few #} other {other #}}", "other", 5, "few 5");
        says("ar", arabic, "other", 0, "zero 0");
        says("ar", arabic, "other", 2, "two 2");
        says("ar-SY", arabic, "other", 7, "few 7");
        says("ar", arabic, "other", 11, "many 11");
        says("ar", arabic, "other", 100, "other 100");
}

static void a_choice_takes_its_branch_or_other(void **state)
{
        static const char text[] = "{gender, select, female {{child} en haar {number, plural, one {# dag} other {# dagen}}} other {{child}}}";

        (void)state;
        says("nl", text, "female", 1, "Samir en haar 1 dag");
        says("nl", text, "female", 2, "Samir en haar 2 dagen");
        says("nl", text, "male", 2, "Samir");
}

static void what_is_no_pattern_of_ours_is_refused(void **state)
{
        static const char *const bad[] = { "}", "{child", "a } b", "{child}}", "{child, date}", "{child, date, short}", "{child, plural, other {x}}", "{number, select, other {x}}",
                                           "{number, plural, one {x}}", "{number, plural, }", "{number, plural}", "it's", "'{child}'", "{number, plural, other {x}",
                                           "{number, plural, other {{number, plural, other {{number, plural, other {{number, plural, other {{number, plural, other {x}}}}}}}}}}" };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(bad); i++)
                if (reads(bad[i]) != -EBADMSG)
                        fail_msg("%s was not refused", bad[i]);
        assert_int_equal(reads("{pupil}"), -ENOENT);
        assert_int_equal(reads("{0}"), -ENOENT);
        assert_int_equal(reads("{}"), -ENOENT);
        assert_int_equal(reads("{"), -ENOENT);
        assert_int_equal(reads("Wat een dag"), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(named_parts_are_filled_in_any_order),
                cmocka_unit_test(a_number_takes_the_form_that_its_language_has),
                cmocka_unit_test(a_choice_takes_its_branch_or_other),
                cmocka_unit_test(what_is_no_pattern_of_ours_is_refused),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
