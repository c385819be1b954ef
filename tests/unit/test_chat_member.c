/* links: chat store proto text base */
/* Who is in a conversation, what they may see and have read, and who hears of it. */
#include "chat_help.h"

static int64_t bring(struct fixture *f, int64_t person, enum reach reach)
{
        struct member_draft draft = { .thread = f->thread, .person = person, .joined = JOINED_BROUGHT, .reach = reach, .by = f->visser, .why = "tolkt" };
        int64_t id = 0;

        assert_int_equal(member_add(f->tx, &f->made, &draft, &id), 0);
        return id;
}

static void only_who_is_in_it_now_is_in_it(void **state)
{
        struct fixture *f = *state;
        struct membership m;
        int64_t id;

        assert_int_equal(member_now(f->tx, f->thread, f->huda, &m), 0);
        assert_int_equal(member_now(f->tx, f->thread, f->oksana, &m), -ENOENT);
        assert_int_equal(member_now(f->tx, f->thread + 1, f->huda, &m), -ENOENT);
        id = bring(f, f->rania, REACH_ALL);
        MADE(f, EVENT_MEMBER);
        assert_int_equal(member_now(f->tx, f->thread, f->rania, &m), 0);
        assert_int_equal(m.id, id);
        assert_int_equal(m.joined, JOINED_BROUGHT);
        assert_int_equal(member_add(f->tx, &f->made, &(struct member_draft){ .thread = f->thread, .person = f->rania, .joined = JOINED_BROUGHT }, &id), -EALREADY);
        assert_int_equal(f->made.n, 0);
        assert_int_equal(member_end(f->tx, &f->made, f->thread, f->rania, m.id), 0);
        MADE(f, EVENT_MEMBER);
        assert_int_equal(member_now(f->tx, f->thread, f->rania, &m), -ENOENT);
}

static void who_comes_now_sees_what_comes_after(void **state)
{
        struct fixture *f = *state;
        struct membership m;

        for (char c = 'a'; c < 'f'; c++)
                chat_say(f, f->visser, c, "x");
        bring(f, f->rania, REACH_NOW);
        assert_int_equal(member_now(f->tx, f->thread, f->rania, &m), 0);
        assert_int_equal(m.first_seq, 6);
        assert_int_equal(m.read_seq, 5);
}

static void a_reading_mark_only_moves_forward(void **state)
{
        struct fixture *f = *state;
        static const struct {
                int64_t seq, read, unread;
                bool told;
        } cases[] = { { 2, 2, 3, true }, { 1, 2, 3, false }, { 2, 2, 3, false }, { 3, 3, 2, true }, { 1000, 5, 0, true }, { 0, 5, 0, false } };

        for (char c = 'a'; c < 'f'; c++)
                chat_say(f, c == 'b' ? f->huda : f->visser, c, "x");
        f->made.n = 0;
        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                struct membership m;
                int64_t read, unread;

                assert_int_equal(member_now(f->tx, f->thread, f->huda, &m), 0);
                assert_int_equal(member_read(f->tx, &f->made, f->thread, f->huda, &m, cases[i].seq, &read, &unread), 0);
                assert_int_equal(read, cases[i].read);
                assert_int_equal(f->made.n, cases[i].told);
                f->made.n = 0;
                assert_int_equal(unread, cases[i].unread);
        }
}

static void unread_are_messages_of_others_that_one_may_see(void **state)
{
        struct fixture *f = *state;
        int64_t unread;

        chat_say(f, f->visser, 'a', "x");
        chat_say(f, f->huda, 'b', "x");
        chat_say(f, f->visser, 'c', "x");
        assert_int_equal(member_unread(f->tx, f->thread, f->huda, 0, 1, &unread), 0);
        assert_int_equal(unread, 2);
        assert_int_equal(member_unread(f->tx, f->thread, f->huda, 1, 1, &unread), 0);
        assert_int_equal(unread, 1);
        assert_int_equal(member_unread(f->tx, f->thread, f->huda, 0, 3, &unread), 0);
        assert_int_equal(unread, 1);
        assert_int_equal(member_unread(f->tx, f->thread, f->huda, 3, 1, &unread), 0);
        assert_int_equal(unread, 0);
}

static void a_family_sees_no_marks_and_languages_but_its_own(void **state)
{
        struct fixture *f = *state;
        struct viewer school = viewer_of(f->visser, ROLE_MENTOR), huda = viewer_of(f->huda, ROLE_PARENT);
        struct membership m;
        struct member_shape shape;

        assert_int_equal(member_now(f->tx, f->thread, f->visser, &m), 0);
        assert_int_equal(member_load(f->tx, &f->a, m.id, &school, &shape), 0);
        assert_int_equal(shape.read, 0);
        assert_string_equal(shape.person->language, "nl");
        assert_true(shape.person->reads.given);
        assert_int_equal(member_load(f->tx, &f->a, m.id, &huda, &shape), 0);
        assert_int_equal(shape.read, -1);
        assert_null(shape.person->language);
        assert_false(shape.person->reads.given);
        assert_int_equal(member_now(f->tx, f->thread, f->huda, &m), 0);
        assert_int_equal(member_load(f->tx, &f->a, m.id, &huda, &shape), 0);
        assert_int_equal(shape.read, 0);
        assert_string_equal(shape.person->language, "ar");
        assert_int_equal(member_load(f->tx, &f->a, 999, &huda, &shape), -ENOENT);
}

static void a_thread_is_told_to_each_as_they_may_see_it(void **state)
{
        struct fixture *f = *state;
        struct viewer school = viewer_of(f->visser, ROLE_MENTOR), huda = viewer_of(f->huda, ROLE_PARENT), rania = viewer_of(f->rania, ROLE_COACH);
        struct thread_shape thread;

        chat_say(f, f->visser, 'a', "x");
        bring(f, f->rania, REACH_NOW);
        assert_int_equal(thread_load(f->tx, &f->a, f->thread, &school, &thread), 0);
        assert_int_equal(thread.members.n, 4);
        assert_true(thread.needs.given);
        assert_int_equal(thread.handled, 0);
        assert_int_equal(thread.last->seq, 1);
        assert_int_equal(thread_load(f->tx, &f->a, f->thread, &huda, &thread), 0);
        assert_false(thread.needs.given);
        assert_int_equal(thread.handled, -1);
        assert_int_equal(thread.unread, 1);
        assert_int_equal(thread_load(f->tx, &f->a, f->thread, &rania, &thread), 0);
        assert_null(thread.last);
        assert_int_equal(thread.unread, 0);
        assert_int_equal(thread_load(f->tx, &f->a, f->thread, &(struct viewer){ .person = f->oksana, .role = ROLE_PARENT, .family = true }, &thread), -ENOENT);
}

static void each_kind_of_event_is_for_whom_it_is_for(void **state)
{
        struct fixture *f = *state;
        struct viewer school = viewer_of(f->visser, ROLE_MENTOR), huda = viewer_of(f->huda, ROLE_PARENT);
        struct sight all = { .first_seq = 1 }, late = { .first_seq = 6 };
        static const struct {
                enum event_kind kind;
                bool of_huda, to_school, to_huda;
        } cases[] = {
                { EVENT_MESSAGE, false, true, true },  { EVENT_MEMBER, false, true, true }, { EVENT_THREAD, false, true, true }, { EVENT_READ, false, true, false },
                { EVENT_READ, true, true, true },      { EVENT_REPLY, false, true, false }, { EVENT_REPLY, true, true, true },   { EVENT_NEEDS, false, true, false },
        };

        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                struct event e = { .kind = cases[i].kind, .thread = f->thread, .seq = 5, .person = cases[i].of_huda ? f->huda : f->karim };
                bool of_a_message = e.kind == EVENT_MESSAGE || e.kind == EVENT_REPLY;

                assert_int_equal(event_is_for(&e, &school, &all), cases[i].to_school);
                assert_int_equal(event_is_for(&e, &huda, &all), cases[i].to_huda);
                assert_int_equal(event_is_for(&e, &school, &late), cases[i].to_school && !of_a_message);
        }
}

static void the_log_is_read_from_where_one_was(void **state)
{
        struct fixture *f = *state;
        _cleanup_(event_list_done) struct event_list found = { 0 };
        int64_t before, after;

        assert_int_equal(event_last(f->tx, &before), 0);
        chat_say(f, f->visser, 'a', "x");
        chat_say(f, f->huda, 'b', "x");
        assert_int_equal(event_last(f->tx, &after), 0);
        assert_int_equal(after, before + 2);
        assert_int_equal(event_since(f->tx, before, after, &found), 0);
        assert_int_equal(found.n, 2);
        assert_int_equal(found.items[0].id, before + 1);
        assert_int_equal(found.items[1].seq, 2);
        assert_int_equal(event_since(f->tx, after, after, &found), 0);
        assert_int_equal(found.n, 2);
}

static void a_new_language_is_told_where_they_are_and_were(void **state)
{
        struct fixture *f = *state;
        struct membership m;

        bring(f, f->rania, REACH_ALL);
        assert_int_equal(member_now(f->tx, f->thread, f->rania, &m), 0);
        assert_int_equal(member_end(f->tx, &f->made, f->thread, f->rania, m.id), 0);
        f->made.n = 0;
        assert_int_equal(person_choose_language(f->tx, f->rania, "en"), 0);
        assert_int_equal(member_tell_everywhere(f->tx, &f->made, f->rania), 0);
        MADE(f, EVENT_MEMBER);
        assert_int_equal(member_tell_everywhere(f->tx, &f->made, f->oksana), 0);
        assert_int_equal(f->made.n, 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(only_who_is_in_it_now_is_in_it, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(who_comes_now_sees_what_comes_after, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_reading_mark_only_moves_forward, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(unread_are_messages_of_others_that_one_may_see, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_family_sees_no_marks_and_languages_but_its_own, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_thread_is_told_to_each_as_they_may_see_it, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(each_kind_of_event_is_for_whom_it_is_for, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(the_log_is_read_from_where_one_was, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_new_language_is_told_where_they_are_and_were, chat_set_up, chat_tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
