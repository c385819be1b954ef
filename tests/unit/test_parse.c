/* links: base */
/* Numbers, UUIDs and words out of text: whole or not at all. */
#include "base/macro.h"
#include "base/parse.h"
#include "base/words.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void a_number_is_read_whole_or_not_at_all(void **state)
{
        static const struct {
                const char *text;
                int r;
                int64_t value;
        } cases[] = {
                { "0", 0, 0 },
                { "8080", 0, 8080 },
                { "-5", 0, -5 },
                { "007", 0, 7 },
                { "", -EINVAL, 0 },
                { " 1", -EINVAL, 0 },
                { "1 ", -EINVAL, 0 },
                { "+1", -EINVAL, 0 },
                { "-", -EINVAL, 0 },
                { "--1", -EINVAL, 0 },
                { "1.5", -EINVAL, 0 },
                { "0x10", -EINVAL, 0 },
                { "1e3", -EINVAL, 0 },
                { "١٢", -EINVAL, 0 },
                { "65536", -ERANGE, 0 },
                { "-11", -ERANGE, 0 },
                { "9223372036854775808", -ERANGE, 0 },
                { "99999999999999999999999999", -ERANGE, 0 },
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                int64_t value = 4711;

                assert_int_equal(parse_int(cases[i].text, -10, 65535, &value), cases[i].r);
                assert_int_equal(value, cases[i].r < 0 ? 4711 : cases[i].value);
        }
}

static void the_bounds_of_a_number_are_in(void **state)
{
        int64_t value;

        (void)state;
        assert_int_equal(parse_int("9223372036854775807", INT64_MIN, INT64_MAX, &value), 0);
        assert_true(value == INT64_MAX);
        assert_int_equal(parse_int("-9223372036854775808", INT64_MIN, INT64_MAX, &value), 0);
        assert_true(value == INT64_MIN);
}

static void a_uuid_comes_back_in_lower_case(void **state)
{
        struct uuid u;
        char text[UUID_TEXT + 1];

        (void)state;
        assert_int_equal(uuid_parse("018F5B2C-9A7E-7DEF-8ABC-0123456789aB", &u), 0);
        uuid_write(&u, text);
        assert_string_equal(text, "018f5b2c-9a7e-7def-8abc-0123456789ab");
        assert_int_equal(u.bytes[0], 0x01);
        assert_int_equal(u.bytes[15], 0xab);
}

static void what_only_looks_like_a_uuid_is_none(void **state)
{
        static const char *const cases[] = {
                "",
                "0",
                "018f5b2c-9a7e-7def-8abc-0123456789a",
                "018f5b2c-9a7e-7def-8abc-0123456789abc",
                "018f5b2c9a7e7def8abc0123456789ab",
                "{018f5b2c-9a7e-7def-8abc-0123456789ab}",
                "018f5b2c-9a7e-7def-8abc-0123456789ag",
                "018f5b2c_9a7e_7def_8abc_0123456789ab",
                "018f5b2-c9a7e-7def-8abc-0123456789ab",
                "018f5b2c-9a7e-7def-8abc-",
                " 018f5b2c-9a7e-7def-8abc-0123456789a",
                "------------------------------------",
        };
        struct uuid before = { { 1, 2, 3 } }, u = before;

        (void)state;
        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                assert_int_equal(uuid_parse(cases[i], &u), -EINVAL);
                assert_memory_equal(&u, &before, sizeof(u));
        }
}

static void every_word_of_every_set_goes_both_ways(void **state)
{
        size_t sets = 0;

        (void)state;
        for (const struct word_set *const *set = word_sets; *set; set++, sets++) {
                assert_true((*set)->n > 0);
                for (size_t i = 0; i < (*set)->n; i++) {
                        const char *word = (*set)->words[i].word;

                        assert_int_equal(word_value(*set, word), i + 1);
                        assert_string_equal(word_text(*set, (int)i + 1), word);
                        assert_true((*set)->words[i].doc[0] != '\0');
                }
                assert_int_equal(word_value(*set, NULL), 0);
                assert_int_equal(word_value(*set, ""), 0);
                assert_int_equal(word_value(*set, "nonsense"), 0);
                assert_null(word_text(*set, 0));
                assert_null(word_text(*set, -1));
                assert_null(word_text(*set, (int)(*set)->n + 1));
        }
        assert_true(sets >= 7);
}

static void the_family_side_is_three_roles(void **state)
{
        int n = 0;

        (void)state;
        for (size_t i = 0; i <= words_role.n + 1; i++)
                n += role_is_family((enum role)i);
        assert_int_equal(n, 3);
        assert_true(role_is_family(ROLE_PARENT) && role_is_family(ROLE_LEGAL_GUARDIAN) && role_is_family(ROLE_COUNSELLOR));
        assert_false(role_is_family(ROLE_NOT_GIVEN));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_number_is_read_whole_or_not_at_all),
                cmocka_unit_test(the_bounds_of_a_number_are_in),
                cmocka_unit_test(a_uuid_comes_back_in_lower_case),
                cmocka_unit_test(what_only_looks_like_a_uuid_is_none),
                cmocka_unit_test(every_word_of_every_set_goes_both_ways),
                cmocka_unit_test(the_family_side_is_three_roles),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
