/* links: chat store proto text base */
/* Messages: one number each, once each, never altered, with their versions beside them. */
#include "chat/version.h"
#include "chat_help.h"

static void messages_are_numbered_without_a_gap(void **state)
{
        struct fixture *f = *state;

        for (int i = 1; i <= 20; i++)
                assert_int_equal(chat_say(f, i % 2 ? f->visser : f->huda, (char)('a' + i), "x"), i);
}

static void a_job_that_is_undone_leaves_no_gap(void **state)
{
        struct fixture *f = *state;

        assert_int_equal(chat_say(f, f->visser, 'a', "x"), 1);
        assert_int_equal(tx_part_begin(f->tx), 0);
        assert_int_equal(chat_say(f, f->visser, 'b', "x"), 2);
        assert_int_equal(tx_part_undo(f->tx), 0);
        assert_int_equal(chat_say(f, f->visser, 'c', "x"), 2);
}

static void a_resend_is_answered_with_the_first_and_stored_once(void **state)
{
        struct fixture *f = *state;
        struct message_draft draft = chat_draft(f, f->visser, 'a', "Dag");
        struct sent_shape first, again;
        int64_t last;

        assert_int_equal(message_append(f->tx, &f->made, &draft, &first), 0);
        MADE(f, EVENT_MESSAGE);
        draft.at_ms = 99;
        assert_int_equal(message_append(f->tx, &f->made, &draft, &again), 1);
        assert_int_equal(f->made.n, 0);
        assert_true(again.again && !first.again);
        assert_int_equal(again.seq, first.seq);
        assert_int_equal(again.rev, first.rev);
        assert_int_equal(again.sent, first.sent);
        assert_int_equal(message_last_seq(f->tx, f->thread, &last), 0);
        assert_int_equal(last, 1);
}

static void a_clock_that_is_set_back_puts_no_answer_before_its_question(void **state)
{
        struct fixture *f = *state;
        struct message_draft question = chat_draft(f, f->visser, 'a', "Dag"), answer = chat_draft(f, f->huda, 'b', "Dag");
        struct sent_shape asked, answered;

        question.at_ms = 5000;
        answer.at_ms = 4000;
        assert_int_equal(message_append(f->tx, &f->made, &question, &asked), 0);
        assert_int_equal(message_append(f->tx, &f->made, &answer, &answered), 0);
        assert_int_equal(asked.sent, 5000);
        assert_int_equal(answered.sent, 5000);
}

static void the_same_id_for_something_else_is_refused(void **state)
{
        struct fixture *f = *state;
        struct message_draft other = chat_draft(f, f->visser, 'a', "Doei");
        struct sent_shape sent;

        chat_say(f, f->visser, 'a', "Dag");
        assert_int_equal(message_append(f->tx, &f->made, &other, &sent), -EEXIST);
        other.body = "Dag";
        other.language = "en";
        assert_int_equal(message_append(f->tx, &f->made, &other, &sent), -EEXIST);
        other.language_own = true;
        assert_int_equal(message_append(f->tx, &f->made, &other, &sent), 1);
        assert_int_equal(chat_say(f, f->huda, 'a', "Doei"), 2);
}

static void the_original_is_never_altered_and_versions_stand_beside_it(void **state)
{
        struct fixture *f = *state;
        int64_t seq = chat_say(f, f->visser, 'a', "Dag");
        struct version_draft draft = {
                .thread = f->thread, .seq = seq, .author = f->visser, .body = "Goedendag", .language = "nl", .direction = DIRECTION_LTR, .origin = ORIGIN_CORRECTION
        };
        struct message_shape *m;
        int64_t rev;

        assert_int_equal(message_load(f->tx, &f->a, f->thread, seq, &m), 0);
        rev = m->rev;
        assert_int_equal(version_append(f->tx, &f->made, &draft), 0);
        draft.origin = ORIGIN_MACHINE;
        draft.author = 0;
        draft.language = "ar";
        draft.direction = DIRECTION_RTL;
        draft.body = "نهارك سعيد";
        assert_int_equal(version_append(f->tx, &f->made, &draft), 0);
        MADE(f, EVENT_MESSAGE, EVENT_MESSAGE, EVENT_MESSAGE);
        assert_int_equal(message_load(f->tx, &f->a, f->thread, seq, &m), 0);
        assert_string_equal(m->body, "Dag");
        assert_int_equal(m->rev, rev + 2);
        assert_int_equal(m->versions.n, 2);
        assert_string_equal(m->versions.items[0].body, "Goedendag");
        assert_int_equal(m->versions.items[0].author, f->visser);
        assert_string_equal(m->versions.items[1].body, "نهارك سعيد");
        assert_int_equal(m->versions.items[1].author, -1);
        assert_int_equal(m->versions.items[1].n, 2);
        draft.seq = 99;
        assert_int_equal(version_append(f->tx, &f->made, &draft), -ENOENT);
}

static void a_withdrawn_message_has_no_text_anywhere(void **state)
{
        struct fixture *f = *state;
        int64_t seq = chat_say(f, f->visser, 'a', "Oeps");
        struct version_draft draft = {
                .thread = f->thread, .seq = seq, .author = f->huda, .body = "x", .language = "ar", .direction = DIRECTION_RTL, .origin = ORIGIN_PERSON
        };
        struct many_message page;
        struct message_shape *m;
        bool more;

        assert_int_equal(version_append(f->tx, &f->made, &draft), 0);
        assert_int_equal(message_withdraw(f->tx, &f->made, f->thread, seq), 0);
        assert_int_equal(message_withdraw(f->tx, &f->made, f->thread, seq), -EALREADY);
        assert_int_equal(version_append(f->tx, &f->made, &draft), -ENODATA);
        assert_int_equal(message_load(f->tx, &f->a, f->thread, seq, &m), 0);
        assert_null(m->body);
        assert_true(m->withdrawn > 0);
        assert_int_equal(m->versions.n, 0);
        assert_int_equal(message_newest(f->tx, &f->a, f->thread, 1, &m), 0);
        assert_null(m->body);
        assert_int_equal(message_page(f->tx, &f->a, f->thread, 1, -1, -1, 10, &page, &more), 0);
        assert_null(page.items[0].body);
        assert_int_equal(page.items[0].versions.n, 0);
}

static void a_page_holds_what_was_asked_in_order_and_says_whether_there_is_more(void **state)
{
        struct fixture *f = *state;
        static const struct {
                int64_t first, before, after, limit, from, to;
                bool more;
        } cases[] = {
                { 1, -1, -1, 10, 11, 20, true },  { 1, -1, -1, 20, 1, 20, false }, { 1, -1, -1, 100, 1, 20, false }, { 1, 11, -1, 10, 1, 10, false },
                { 1, 11, -1, 9, 2, 10, true },    { 1, 1, -1, 10, 0, -1, false },  { 1, -1, 0, 10, 1, 10, true },    { 1, -1, 10, 10, 11, 20, false },
                { 1, -1, 20, 10, 0, -1, false },  { 15, -1, -1, 10, 15, 20, false }, { 15, -1, 0, 10, 15, 20, false }, { 15, -1, 16, 10, 17, 20, false },
                { 15, 15, -1, 10, 0, -1, false }, { 15, 17, -1, 1, 16, 16, true }, { 21, -1, -1, 10, 0, -1, false },
        };

        for (int i = 1; i <= 20; i++)
                chat_say(f, f->visser, (char)('a' + i), "x");
        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                struct many_message page;
                bool more;

                assert_int_equal(message_page(f->tx, &f->a, f->thread, cases[i].first, cases[i].before, cases[i].after, cases[i].limit, &page, &more), 0);
                if (page.n != (size_t)(cases[i].to - cases[i].from + 1) || more != cases[i].more)
                        fail_msg("case %zu: %zu messages, more %d", i, page.n, more);
                for (size_t k = 0; k < page.n; k++)
                        assert_int_equal(page.items[k].seq, cases[i].from + (int64_t)k);
        }
}

static void versions_of_a_message_come_to_an_end(void **state)
{
        struct fixture *f = *state;
        int64_t seq = chat_say(f, f->visser, 'a', "x");
        struct version_draft draft = { .thread = f->thread, .seq = seq, .author = f->visser, .body = "x", .language = "nl", .direction = DIRECTION_LTR, .origin = ORIGIN_CORRECTION };
        int n = 0, r;

        while ((r = version_append(f->tx, &f->made, &draft)) == 0 && n < 1000)
                n++;
        assert_int_equal(r, -EDQUOT);
        assert_in_range(n, 20, 200);
}

static void a_message_of_another_thread_is_not_found_here(void **state)
{
        struct fixture *f = *state;
        struct message_shape *m;

        chat_say(f, f->visser, 'a', "x");
        assert_int_equal(message_load(f->tx, &f->a, f->thread + 1, 1, &m), -ENOENT);
        assert_int_equal(message_load(f->tx, &f->a, f->thread, 0, &m), -ENOENT);
        assert_int_equal(message_newest(f->tx, &f->a, f->thread, 2, &m), 0);
        assert_null(m);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(messages_are_numbered_without_a_gap, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_job_that_is_undone_leaves_no_gap, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_resend_is_answered_with_the_first_and_stored_once, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_clock_that_is_set_back_puts_no_answer_before_its_question, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(the_same_id_for_something_else_is_refused, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(the_original_is_never_altered_and_versions_stand_beside_it, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_withdrawn_message_has_no_text_anywhere, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_page_holds_what_was_asked_in_order_and_says_whether_there_is_more, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(versions_of_a_message_come_to_an_end, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_message_of_another_thread_is_not_found_here, chat_set_up, chat_tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
