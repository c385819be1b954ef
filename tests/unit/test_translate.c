/* links: translate text base */
/* An engine that fails is left alone for a growing time; which pairs there are and are allowed; where a message is cut. */
#include "text/piece.h"
#include "translate/breaker.h"
#include "translate/pairs.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- the breaker */

static void three_failures_in_a_row_open_it(void **state)
{
        struct breaker b = { .first_wait_ms = 100 };

        (void)state;
        assert_false(breaker_bad(&b, 0, 0));
        assert_false(breaker_bad(&b, 0, 0));
        breaker_good(&b);
        assert_false(breaker_bad(&b, 0, 0));
        assert_false(breaker_bad(&b, 0, 0));
        assert_int_equal(breaker_room(&b, 0, 2), 2);
        assert_true(breaker_bad(&b, 1000, 0));
        assert_int_equal(breaker_room(&b, 1099, 2), 0);
}

static void one_request_tries_and_the_time_doubles_to_an_end(void **state)
{
        struct breaker b = { .first_wait_ms = 100 };
        int64_t now = 0, wait = 100;

        (void)state;
        for (int i = 0; i < BREAKER_FAILURES; i++)
                breaker_bad(&b, now, 0);
        for (int i = 0; i < 20; i++) {
                assert_int_equal(breaker_room(&b, now + wait - 1, 2), 0);
                now += wait;
                assert_int_equal(breaker_room(&b, now, 2), 1);
                breaker_gave(&b);
                assert_int_equal(breaker_room(&b, now, 2), 0);
                breaker_bad(&b, now, 0);
                wait = wait * 2 < BREAKER_WAIT_MAX_MS ? wait * 2 : BREAKER_WAIT_MAX_MS;
        }
        now += wait;
        breaker_gave(&b);
        assert_true(breaker_good(&b));
        assert_int_equal(breaker_room(&b, now, 2), 2);
}

static void what_was_under_way_when_it_opened_changes_nothing(void **state)
{
        struct breaker b = { .first_wait_ms = 100 };

        (void)state;
        for (int i = 0; i < BREAKER_FAILURES + 5; i++)
                breaker_bad(&b, 0, 0);
        assert_int_equal(breaker_room(&b, 100, 2), 1);
}

static void what_it_asks_to_wait_is_waited(void **state)
{
        struct breaker b = { .first_wait_ms = 100 };

        (void)state;
        assert_true(breaker_bad(&b, 0, 5000));
        assert_int_equal(breaker_room(&b, 4999, 2), 0);
        assert_int_equal(breaker_room(&b, 5000, 2), 1);
        breaker_gave(&b);
        breaker_nothing(&b);
        assert_int_equal(breaker_room(&b, 5000, 2), 1);
}

/* ---- pairs */

static void a_pair_is_found_by_any_name_of_its_languages(void **state)
{
        struct pairs *pairs = pairs_new();

        (void)state;
        assert_non_null(pairs);
        assert_int_equal(pairs_add(pairs, "eng", "spa"), 0);
        assert_int_equal(pairs_add(pairs, "nl", "fa"), 0);
        assert_int_equal(pairs_add(pairs, "no language of ours at all", "x"), 0);
        assert_int_equal(pairs->n, 2);
        assert_string_equal(pairs_find(pairs, "en", "es")->to_code, "spa");
        assert_string_equal(pairs_find(pairs, "nl", "pes")->to_code, "fa");
        assert_null(pairs_find(pairs, "es", "en"));
        assert_null(pairs_find(pairs, "nl", "prs")); /* Dari is not Persian */
        assert_null(pairs_find(NULL, "en", "es"));
        pairs_unref(pairs);
}

static void the_school_says_which(void **state)
{
        (void)state;
        assert_true(pairs_allowed("nl-ar ar-nl", "nl", "ar"));
        assert_false(pairs_allowed("nl-ar ar-nl", "nl", "en"));
        assert_true(pairs_allowed("nl-*", "nl", "uk"));
        assert_false(pairs_allowed("nl-*", "uk", "nl"));
        assert_true(pairs_allowed("*-*", "ti", "nl"));
        assert_false(pairs_allowed("", "nl", "ar"));
        assert_true(pairs_allowed("nl-fa_AF", "nl", "prs"));
        assert_true(pairs_list_is_right("  nl-ar   *-nl "));
        for (size_t i = 0; i < 5; i++)
                assert_false(pairs_list_is_right((const char *[]){ "nl", "nl-", "-ar", "nl-a r", "nl-1" }[i]));
}

/* ---- pieces */

static void cut(const char *text, const char *as)
{
        struct text_piece *pieces;
        char marked[1024] = "";
        size_t n, at = 0, used = 0;

        assert_int_equal(text_pieces(text, &pieces, &n), 0);
        for (size_t i = 0; i < n; i++) {
                assert_int_equal(pieces[i].from, at);
                at = pieces[i].to;
                used += (size_t)snprintf(marked + used, sizeof(marked) - used, pieces[i].translate ? "[%.*s]" : "%.*s", (int)(pieces[i].to - pieces[i].from),
                                         text + pieces[i].from);
        }
        free(pieces);
        assert_int_equal(at, strlen(text));
        assert_string_equal(marked, as);
}

static void a_message_is_cut_at_emoji_lines_and_links(void **state)
{
        (void)state;
        cut("", "");
        cut("Dag", "[Dag]");
        cut("  Dag  ", "  [Dag]  ");
        cut("Morgen vrij! 🎉 Tot dan.", "[Morgen vrij!] 🎉 [Tot dan.]");
        cut("een\n\ntwee", "[een]\n\n[twee]");
        cut("👨‍👩‍👧 thuis", "👨‍👩‍👧 [thuis]");
        cut("👍🏽ok", "👍🏽[ok]");
        cut("Zie https://school.nl/a?b=ç nu", "[Zie] https://school.nl/a?b=ç [nu]");
        cut("12 + 3 = 15 🙂", "12 + 3 = 15 🙂");
        cut("می‌خواهم 📚 کتاب", "[می‌خواهم] 📚 [کتاب]"); /* ZWNJ is spelling */
        cut("Kom om 9 uur. Neem 3 boeken mee.", "[Kom om 9 uur. Neem 3 boeken mee.]");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(three_failures_in_a_row_open_it),
                cmocka_unit_test(one_request_tries_and_the_time_doubles_to_an_end),
                cmocka_unit_test(what_was_under_way_when_it_opened_changes_nothing),
                cmocka_unit_test(what_it_asks_to_wait_is_waited),
                cmocka_unit_test(a_pair_is_found_by_any_name_of_its_languages),
                cmocka_unit_test(the_school_says_which),
                cmocka_unit_test(a_message_is_cut_at_emoji_lines_and_links),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
