/* links: chat text base */
/* The phrase list as it is compiled in: every language, every phrase. */
#include "chat/phrase/say.h"

#include "base/macro.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct phrase_said said(const char *key)
{
        const struct phrase *p = phrase_find(key);

        assert_non_null(p);
        return (struct phrase_said){ .phrase = p, .number = -1 };
}

static void says(const struct phrase_said *s, const char *tag, const char *expected)
{
        _cleanup_free_ char *text = NULL;

        assert_non_null(phrase_language(tag));
        assert_int_equal(phrase_say(s, phrase_language(tag), &text), 0);
        assert_string_equal(text, expected);
}

static void the_list_is_read_and_dutch_has_all_of_it(void **state)
{
        const struct phrase_language *languages;
        size_t n = phrase_languages(&languages);

        (void)state;
        assert_int_equal(phrase_list_load(), 0);
        assert_true(n >= 16);
        assert_string_equal(phrase_source()->tag, "nl");
        assert_ptr_equal(phrase_language("nl-BE"), phrase_source());
        assert_string_equal(phrase_language("ar-SY")->tag, "ar");
        assert_string_equal(phrase_language("fa-AF")->tag, "prs");
        assert_string_equal(phrase_language("ku")->tag, "kmr");
        assert_null(phrase_language("de"));
        assert_null(phrase_find("no.such"));
        assert_null(phrase_find(""));
}

/* What ICU has against a pattern shows here, and not when a family waits for it: the program itself does not try them at its start. */
static void icu_takes_every_phrase_of_every_language(void **state)
{
        static const char *const nothing[PATTERN_TEXTS] = { NULL };
        const struct phrase_language *languages;
        size_t n = phrase_languages(&languages), tried = 0;

        (void)state;
        for (size_t i = 0; i < n; i++)
                for (size_t p = 0; p < phrase_count(); p++)
                        for (int64_t number = 0; languages[i].texts[p].pattern && number < 3; number++, tried++) {
                                _cleanup_free_ char *text = NULL;

                                if (pattern_write(languages[i].tag, languages[i].texts[p].pattern, nothing, number, &text) != 0)
                                        fail_msg("%s: ICU does not take %s", languages[i].tag, languages[i].texts[p].pattern);
                        }
        assert_true(tried > 3 * 16 * 50);
}

static void a_day_is_written_in_every_language(void **state)
{
        struct phrase_said s = said("closed.date");

        (void)state;
        s.parts[PHRASE_DATE] = "2026-12-01";
        says(&s, "nl", "De school is dicht. Datum: dinsdag 1 december.");
        says(&s, "en", "School is closed. Date: Tuesday 1 December.");
        says(&s, "uk", "Школа зачинена. Дата: вівторок, 1 грудня.");
        says(&s, "ti", "ቤት ትምህርቲ ዕጹው እዩ። ዕለት፦ ሰሉስ 1 ታሕሳስ (ብግእዝ 22 ሕዳር)።");
        s.parts[PHRASE_DATE] = "2028-02-29";
        says(&s, "nl", "De school is dicht. Datum: dinsdag 29 februari.");
        s.parts[PHRASE_DATE] = "2000-01-01";
        says(&s, "en", "School is closed. Date: Saturday 1 January.");
}

/* Every month and every day of the week of every language, and nothing else of the pattern. */
static void no_date_is_left_half_written(void **state)
{
        const struct phrase_language *languages;
        size_t n = phrase_languages(&languages);

        (void)state;
        for (size_t i = 0; i < n; i++)
                for (int month = 1; month <= 12; month++) {
                        struct phrase_said s = said("closed.date");
                        _cleanup_free_ char *text = NULL;
                        char date[16];

                        snprintf(date, sizeof(date), "2026-%02d-%02d", month, month + 3);
                        s.parts[PHRASE_DATE] = date;
                        if (phrase_say(&s, &languages[i], &text) == -ENOENT)
                                continue;
                        assert_non_null(text);
                        assert_null(strchr(text, '{'));
                        assert_non_null(strstr(text, languages[i].months[month - 1]));
                }
}

static void a_name_of_the_other_direction_is_isolated(void **state)
{
        struct phrase_said s = said("visit.with_coach");

        (void)state;
        s.parts[PHRASE_NAME] = "رانيا";
        says(&s, "nl", "\u2068رانيا\u2069 komt mee. \u2068رانيا\u2069 spreekt jouw taal.");
        s.parts[PHRASE_NAME] = "Rania";
        says(&s, "nl", "Rania komt mee. Rania spreekt jouw taal.");
}

static void what_a_phrase_takes_is_held(void **state)
{
        static const char *const bad_days[] = { "2026-02-29", "2100-02-29", "2026-00-01", "2026-13-01", "2026-1-01", "x", "", "2026-12-011", "1999-12-31", "2200-01-01" };
        struct phrase_said s = said("visit.propose");
        enum phrase_part part;

        (void)state;
        assert_int_equal(phrase_check(&s, &part), -ENODATA);
        assert_int_equal(part, PHRASE_DATE);
        s.parts[PHRASE_DATE] = "2026-12-01";
        assert_int_equal(phrase_check(&s, &part), -ENODATA);
        assert_int_equal(part, PHRASE_TIME);
        s.parts[PHRASE_TIME] = "23:59";
        assert_int_equal(phrase_check(&s, &part), 0);
        s.number = 0;
        assert_int_equal(phrase_check(&s, &part), -E2BIG);
        assert_int_equal(part, PHRASE_NUMBER);
        s.number = -1;
        s.parts[PHRASE_TIME] = "23:60";
        assert_int_equal(phrase_check(&s, &part), -ERANGE);
        assert_int_equal(part, PHRASE_TIME);
        s.parts[PHRASE_TIME] = "23:59";
        for (size_t i = 0; i < ELEMENTS(bad_days); i++) {
                s.parts[PHRASE_DATE] = bad_days[i];
                assert_int_equal(phrase_check(&s, &part), -ERANGE);
                assert_int_equal(part, PHRASE_DATE);
        }
}

static void what_was_kept_is_recalled(void **state)
{
        _cleanup_(arena_done) struct arena a = ARENA(64 * 1024);
        _cleanup_(buf_done) struct buf kept = BUF(PHRASE_KEPT_MAX), again = BUF(PHRASE_KEPT_MAX);
        struct phrase_said s = said("money.pay"), back;

        (void)state;
        s.parts[PHRASE_CHILD] = "ሄለን";
        s.parts[PHRASE_PLACE] = "name number 3";
        s.parts[PHRASE_DATE] = "2026-12-01";
        s.number = 25;
        assert_int_equal(phrase_keep(&s, &kept), 0);
        assert_int_equal(phrase_recall(&a, buf_str(&kept), &back), 0);
        assert_ptr_equal(back.phrase, s.phrase);
        assert_int_equal(back.number, 25);
        assert_string_equal(back.parts[PHRASE_PLACE], "name number 3");
        assert_null(back.parts[PHRASE_NAME]);
        assert_int_equal(phrase_keep(&back, &again), 0);
        assert_string_equal(buf_str(&again), buf_str(&kept));
        assert_int_equal(phrase_recall(&a, "no.such\n", &back), -ENOENT);
        assert_int_equal(phrase_recall(&a, "money.pay\nwhat 3\n", &back), -EUCLEAN);
        assert_int_equal(phrase_recall(&a, "money.pay\nplace\n", &back), -EUCLEAN);
        assert_int_equal(phrase_recall(&a, "money.pay", &back), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_list_is_read_and_dutch_has_all_of_it),
                cmocka_unit_test(icu_takes_every_phrase_of_every_language),
                cmocka_unit_test(a_day_is_written_in_every_language),
                cmocka_unit_test(no_date_is_left_half_written),
                cmocka_unit_test(a_name_of_the_other_direction_is_isolated),
                cmocka_unit_test(what_a_phrase_takes_is_held),
                cmocka_unit_test(what_was_kept_is_recalled),
        };
        return cmocka_run_group_tests(tests, NULL, NULL);
}
