/* links: base */
#include "base/macro.h"
#include "base/sight.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static void a_time_is_over_from_the_millisecond_that_was_agreed(void **state)
{
        struct sight none = { 0 }, ends = { .ends_ms = 1000 };

        (void)state;
        assert_false(sight_is_over(&none, INT64_MAX));
        assert_false(sight_is_over(&ends, 999));
        assert_true(sight_is_over(&ends, 1000));
        assert_true(sight_is_over(&ends, 1001));
}

static void a_note_is_seen_by_its_level_and_its_author_from_the_first_that_was_agreed(void **state)
{
        static const struct {
                unsigned levels;
                int64_t note;
                unsigned level;
                bool own, seen;
        } cases[] = {
                { 0, 10, SIGHT_STAFF, false, false },
                { 0, 10, SIGHT_STAFF, true, false }, /* a role that sees no notes sees not even its own of before */
                { 0, 10, SIGHT_CARE, true, false },
                { SIGHT_STAFF, 10, SIGHT_STAFF, false, true },
                { SIGHT_STAFF, 9, SIGHT_STAFF, false, false },
                { SIGHT_STAFF, 9, SIGHT_STAFF, true, false },
                { SIGHT_STAFF, 10, SIGHT_CARE, false, false },
                { SIGHT_STAFF, 10, SIGHT_CARE, true, true },
                { SIGHT_STAFF | SIGHT_CARE, 10, SIGHT_CARE, false, true },
                { SIGHT_STAFF | SIGHT_CARE, 9, SIGHT_CARE, false, false },
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                struct sight sight = { .first_note = 10, .levels = cases[i].levels };

                assert_int_equal(sight_has_note(&sight, cases[i].note, cases[i].level, cases[i].own), cases[i].seen);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_time_is_over_from_the_millisecond_that_was_agreed),
                cmocka_unit_test(a_note_is_seen_by_its_level_and_its_author_from_the_first_that_was_agreed),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
