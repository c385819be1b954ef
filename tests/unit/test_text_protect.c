/* links: text base */
/* Words that a machine leaves alone come back where they stood, or the answer is refused. */
#include "base/macro.h"
#include "text/protect.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static const struct protect_term terms[] = {
        { "ISK", NULL, false },
        { "mentor", "المرشد", false },
        { "kennismakingsbezoek", "زيارة تعارف", false },
        { "kennismaking", "تعارف", false },
        { "Karin Visser", NULL, true },
        { "Visser", NULL, true },
};

static void assert_protects(const char *text, const char *expected)
{
        _cleanup_(protected_done) struct protected p = { 0 };

        assert_int_equal(text_protect(text, terms, ELEMENTS(terms), &p), 0);
        assert_string_equal(p.text, expected);
}

static void a_term_is_found_as_a_word(void **state)
{
        (void)state;
        assert_protects("De ISK is dicht.", "De QX1 is dicht.");
        assert_protects("Kennismakingsbezoek? De mentor komt.", "QX1? De QX2 komt.");
        assert_protects("Twee kennismakingsbezoeken en mentoren.", "Twee kennismakingsbezoeken en mentoren.");
        assert_protects("kennismaking", "QX1");
        assert_protects("", "");
}

static void the_longest_name_goes_first_and_as_it_is_written(void **state)
{
        _cleanup_(protected_done) struct protected p = { 0 };

        (void)state;
        assert_protects("De visser vist", "De visser vist");
        assert_int_equal(text_protect("Karin Visser of Visser", terms, ELEMENTS(terms), &p), 0);
        assert_string_equal(p.text, "QX1 of QX2");
        assert_string_equal(p.words[0], "Karin Visser");
        assert_string_equal(p.words[1], "Visser");
}

static void links_and_addresses_are_left_alone(void **state)
{
        (void)state;
        assert_protects("Kijk op https://isk.example/mentor?x=1.", "Kijk op QX1.");
        assert_protects("Mail naar k.visser@isk.example, of bel.", "Mail naar QX1, of bel.");
        assert_protects("www.isk.example", "QX1");
        assert_protects("3 @ 5 euro.", "3 @ 5 euro.");
}

static void a_token_is_never_what_the_text_says(void **state)
{
        (void)state;
        assert_protects("Code QX1 voor de mentor", "Code QX1 voor de XQ1");
}

static void places_hold_in_any_script(void **state)
{
        static const struct protect_term ethiopic[] = { { "መምህር", "leraar", false } };
        _cleanup_(protected_done) struct protected p = { 0 };

        (void)state;
        assert_int_equal(text_protect("ሰላም 😀 መምህር፡ ጽቡቕ ኣሎ።", ethiopic, 1, &p), 0);
        assert_string_equal(p.text, "ሰላም 😀 QX1፡ ጽቡቕ ኣሎ።");
}

static void assert_restores(const struct protected *p, const char *answer, const char *expected)
{
        _cleanup_free_ char *ret = NULL, *plain = NULL;

        assert_int_equal(text_restore(p, answer, &plain, &ret), 0);
        assert_string_equal(ret, expected);
        assert_string_equal(plain, "يأتي QX1 إلى QX2");
}

static void words_go_back_in(void **state)
{
        _cleanup_(protected_done) struct protected p = { 0 };

        (void)state;
        assert_int_equal(text_protect("De mentor komt op de ISK", terms, ELEMENTS(terms), &p), 0);
        assert_restores(&p, "يأتي QX1 إلى QX2", "يأتي المرشد إلى ISK");
        assert_restores(&p, "يأتي qx 1 إلى QX2", "يأتي المرشد إلى ISK");
        assert_restores(&p, "يأتي QX١ إلى Qx-٢", "يأتي المرشد إلى ISK");
}

static void what_is_lost_or_doubled_is_refused(void **state)
{
        _cleanup_(protected_done) struct protected p = { 0 };
        char *ret = NULL;

        (void)state;
        assert_int_equal(text_protect("De mentor komt op de ISK", terms, ELEMENTS(terms), &p), 0);
        assert_int_equal(text_restore(&p, "يأتي QX1", NULL, &ret), -EBADMSG);
        assert_int_equal(text_restore(&p, "QX1 QX2 QX2", NULL, &ret), -EBADMSG);
        assert_int_equal(text_restore(&p, "QX1 QX3", NULL, &ret), -EBADMSG);
        assert_int_equal(text_restore(&p, "", NULL, &ret), -EBADMSG);
        assert_null(ret);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_term_is_found_as_a_word),
                cmocka_unit_test(the_longest_name_goes_first_and_as_it_is_written),
                cmocka_unit_test(links_and_addresses_are_left_alone),
                cmocka_unit_test(a_token_is_never_what_the_text_says),
                cmocka_unit_test(places_hold_in_any_script),
                cmocka_unit_test(words_go_back_in),
                cmocka_unit_test(what_is_lost_or_doubled_is_refused),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
