/* links: chat store proto text base */
/* Links that are good once and for a time, and sessions that end. */
#include "base/clock.h"
#include "chat/signin/account.h"
#include "chat_help.h"

static const struct token_hash one = { { 1 } }, two = { { 2 } };

static int64_t in_an_hour(void)
{
        return clock_now_ms() + 3600 * 1000;
}

static int64_t start(struct fixture *f, const struct token_hash *hash, int64_t person, int64_t until)
{
        return session_start(f->tx, hash, &(struct session_new){ .person = person, .kind = DEVICE_PHONE, .how = SIGN_IN_LINK, .until_ms = until });
}

static void end_person(struct fixture *f, const char *id)
{
        struct query *q = query(f->tx, QUERY_roster_end_person);

        query_int(q, clock_now_ms());
        query_text(q, id);
        assert_int_equal(query_run(q), 0);
}

static void a_link_is_good_once(void **state)
{
        struct fixture *f = *state;
        int64_t person = 0;

        assert_int_equal(link_add(f->tx, &one, f->huda, f->visser, in_an_hour()), 0);
        assert_int_equal(link_use(f->tx, &two, &person), -ENOENT);
        assert_int_equal(person, 0);
        assert_int_equal(link_use(f->tx, &one, &person), 0);
        assert_int_equal(person, f->huda);
        assert_int_equal(link_use(f->tx, &one, &person), -ENOENT);
}

static void a_link_is_good_for_a_time(void **state)
{
        struct fixture *f = *state;
        int64_t person;

        assert_int_equal(link_add(f->tx, &one, f->huda, 0, clock_now_ms() - 1), 0);
        assert_int_equal(link_use(f->tx, &one, &person), -ENOENT);
}

static void a_link_is_for_somebody_who_is_here(void **state)
{
        struct fixture *f = *state;
        int64_t person;

        assert_int_equal(link_add(f->tx, &one, 9999, 0, in_an_hour()), -ENOENT);
        assert_int_equal(link_add(f->tx, &one, f->huda, 0, in_an_hour()), 0);
        end_person(f, "huda");
        assert_int_equal(link_use(f->tx, &one, &person), -ENOENT);
        assert_int_equal(link_add(f->tx, &two, f->huda, 0, in_an_hour()), -ENOENT);
}

static void a_session_is_somebody_until_it_ends(void **state)
{
        struct fixture *f = *state;
        struct viewer viewer = { 0 };

        assert_int_equal(session_viewer(f->tx, &one, &viewer), -ENOENT);
        assert_true(start(f, &one, f->huda, in_an_hour()) > 0);
        assert_true(start(f, &two, f->visser, in_an_hour()) > 0);
        assert_int_equal(session_viewer(f->tx, &one, &viewer), 0);
        assert_true(viewer.person == f->huda && viewer.role == ROLE_PARENT && viewer.family);
        assert_int_equal(session_viewer(f->tx, &two, &viewer), 0);
        assert_true(viewer.person == f->visser && viewer.role == ROLE_MENTOR && !viewer.family);
        assert_int_equal(session_end(f->tx, &one), 0);
        assert_int_equal(session_viewer(f->tx, &one, &viewer), -ENOENT);
        assert_int_equal(session_viewer(f->tx, &two, &viewer), 0);
        assert_int_equal(session_end(f->tx, &one), 0);
}

static void a_session_that_is_too_old_or_of_somebody_who_left_is_nobody(void **state)
{
        struct fixture *f = *state;
        struct viewer viewer;

        assert_true(start(f, &one, f->huda, clock_now_ms() - 1) > 0);
        assert_int_equal(session_viewer(f->tx, &one, &viewer), -ENOENT);
        assert_true(start(f, &two, f->huda, in_an_hour()) > 0);
        end_person(f, "huda");
        assert_int_equal(session_viewer(f->tx, &two, &viewer), -ENOENT);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_link_is_good_once, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_link_is_good_for_a_time, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_link_is_for_somebody_who_is_here, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_session_is_somebody_until_it_ends, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_session_that_is_too_old_or_of_somebody_who_left_is_nobody, chat_set_up, chat_tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
