/* links: live base */
/* Who hears of what: order, sides, coming and leaving, arriving late, and readers who are too slow. */
#include "live/hub.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

enum { QUEUE_MAX = 1000, MENTOR = 1, HUDA = 2, KARIM = 3, RANIA = 4, THREAD = 7, OTHER = 8 };

struct end {
        struct sink sink;
        struct session *session;
        int wakes;
        enum close_code closed;
};

struct fixture {
        struct hub *hub;
        int64_t last;
};

static void end_wake(struct sink *sink)
{
        CONTAINER_OF(sink, struct end, sink)->wakes++;
}

static void end_close(struct sink *sink, enum close_code code)
{
        CONTAINER_OF(sink, struct end, sink)->closed = code;
}

static int set_up(void **state)
{
        struct fixture *f = calloc(1, sizeof(*f));

        *state = f;
        return f ? hub_new(&(struct hub_options){ .sessions_max = 5, .person_sessions_max = 2, .queue_max_bytes = QUEUE_MAX }, &f->hub) : -1;
}

static int tear_down(void **state)
{
        struct fixture *f = *state;

        hub_free(f->hub);
        free(f);
        return 0;
}

static void open_end(struct fixture *f, struct end *end)
{
        static const struct token_hash token = { { 42 } };

        *end = (struct end){ .sink = { end_wake, end_close } };
        assert_int_equal(session_new(f->hub, &end->sink, &token, &end->session), 0);
}

static void enter_at(struct fixture *f, struct end *end, int64_t person, enum role role, int64_t first_seq, int64_t at)
{
        struct interest in = { THREAD, { .first_seq = first_seq } };

        open_end(f, end);
        assert_int_equal(hub_enter(f->hub, end->session, person, role, &in, 1, at), 0);
}

static void enter(struct fixture *f, struct end *end, int64_t person, enum role role)
{
        enter_at(f, end, person, role, 1, f->last);
}

static struct frame *words(const char *side, int64_t id)
{
        char text[64];
        int n = snprintf(text, sizeof(text), "\"%s %lld\"", side, (long long)id);

        return frame_new(text, (size_t)n);
}

/* An event about a message; everyone hears the same of it. */
static void tell(struct fixture *f, int64_t thread, int64_t seq)
{
        struct live_event e = { .id = ++f->last, .thread = thread, .seq = seq };

        e.school = words("all", e.id);
        e.family = frame_ref(e.school);
        hub_publish(f->hub, &e);
}

static void tell_turn(struct fixture *f, int64_t person, enum turn turn, int64_t first_seq)
{
        struct live_event e = { .id = ++f->last, .thread = THREAD, .person = person, .turn = turn, .sight = { .first_seq = first_seq } };

        e.school = words("school", e.id);
        e.family = words("family", e.id);
        e.self = words("self", e.id);
        hub_publish(f->hub, &e);
}

static void assert_heard(struct end *end, const char *expected)
{
        _cleanup_(buf_done) struct buf out = BUF(100000);

        session_fill(end->session, &out, 100000);
        assert_string_equal(buf_str(&out), expected);
        assert_false(session_has_output(end->session));
}

static void an_event_reaches_who_is_in_its_thread_and_nobody_else(void **state)
{
        struct fixture *f = *state;
        struct end in, out;

        enter(f, &in, HUDA, ROLE_PARENT);
        open_end(f, &out);
        assert_int_equal(hub_enter(f->hub, out.session, KARIM, ROLE_PARENT, &(struct interest){ OTHER, { .first_seq = 1 } }, 1, 0), 0);
        tell(f, THREAD, 1);
        tell(f, THREAD, 2);
        assert_heard(&in, "[\"all 1\",\"all 2\"]");
        assert_heard(&out, "");
        assert_int_equal(in.wakes, 1);
        assert_true(session_hears(in.session, THREAD) && !session_hears(in.session, OTHER));
        session_free(in.session);
        session_free(out.session);
        tell(f, THREAD, 3);
}

/* A note's wording, and the one for who came later, go by what each may see of the thread; whoever's time is over hears nothing but that. */
static void what_one_may_see_decides_what_one_hears(void **state)
{
        struct fixture *f = *state;
        enum { CARE = 20, COACH = 21, GONE = 22 };
        struct end staff, care, late, over, family;
        const struct {
                struct end *end;
                int64_t person;
                enum role role;
                struct sight sight;
        } all[] = {
                { &staff, MENTOR, ROLE_MENTOR, { .first_seq = 1, .levels = SIGHT_STAFF } },
                { &care, CARE, ROLE_CARE, { .first_seq = 1, .levels = SIGHT_STAFF | SIGHT_CARE } },
                { &late, COACH, ROLE_COACH, { .first_seq = 5, .first_note = 9, .levels = SIGHT_STAFF } },
                { &over, GONE, ROLE_COACH, { .first_seq = 1, .levels = SIGHT_STAFF, .ends_ms = 1 } },
                { &family, HUDA, ROLE_PARENT, { .first_seq = 1 } },
        };
        struct live_event e;

        for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
                open_end(f, all[i].end);
                assert_int_equal(hub_enter(f->hub, all[i].end->session, all[i].person, all[i].role, &(struct interest){ THREAD, all[i].sight }, 1, 0), 0);
        }
        e = (struct live_event){ .id = ++f->last, .thread = THREAD, .person = COACH, .note = 4, .level = SIGHT_STAFF, .school = words("staff", f->last) };
        hub_publish(f->hub, &e);
        e = (struct live_event){ .id = ++f->last, .thread = THREAD, .person = MENTOR, .note = 5, .level = SIGHT_CARE, .school = words("care", f->last) };
        hub_publish(f->hub, &e);
        e = (struct live_event){ .id = ++f->last, .thread = THREAD, .late_from = 3, .school = words("needs", f->last), .late = words("fetch", f->last) };
        hub_publish(f->hub, &e);
        e = (struct live_event){ .id = ++f->last, .thread = THREAD, .person = MENTOR, .self = words("mark", f->last) };
        hub_publish(f->hub, &e);
        e = (struct live_event){ .id = ++f->last, .thread = THREAD, .person = GONE, .turn = TURN_OUT, .school = words("left", f->last) };
        hub_publish(f->hub, &e);

        assert_heard(&staff, "[\"staff 1\",\"care 2\",\"needs 3\",\"mark 4\",\"left 5\"]");
        assert_heard(&care, "[\"staff 1\",\"care 2\",\"needs 3\",\"left 5\"]");
        assert_heard(&late, "[\"fetch 3\",\"left 5\"]");
        assert_heard(&over, "[\"left 5\"]");
        assert_heard(&family, "");
        assert_false(session_hears(over.session, THREAD));
        for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
                session_free(all[i].end->session);
}

static void each_side_hears_its_own_words(void **state)
{
        struct fixture *f = *state;
        struct end school, family, self;

        enter(f, &school, MENTOR, ROLE_MENTOR);
        enter(f, &family, HUDA, ROLE_PARENT);
        enter(f, &self, KARIM, ROLE_COUNSELLOR);
        tell_turn(f, KARIM, TURN_NONE, 0);
        assert_heard(&school, "[\"school 1\"]");
        assert_heard(&family, "[\"family 1\"]");
        assert_heard(&self, "[\"self 1\"]");

        struct live_event e = { .id = ++f->last, .thread = THREAD, .person = KARIM, .school = words("school", 2) };

        e.self = frame_ref(e.school);
        hub_publish(f->hub, &e);
        assert_heard(&school, "[\"school 2\"]");
        assert_heard(&family, "");
        assert_heard(&self, "[\"school 2\"]");
        session_free(school.session);
        session_free(family.session);
        session_free(self.session);
}

static void what_was_before_one_came_is_hidden(void **state)
{
        struct fixture *f = *state;
        struct end late;

        enter_at(f, &late, RANIA, ROLE_COACH, 5, 0);
        tell(f, THREAD, 4);
        tell(f, THREAD, 5);
        tell(f, THREAD, 0);
        assert_heard(&late, "[\"all 2\",\"all 3\"]");
        session_free(late.session);
}

static void who_comes_hears_of_it_and_who_leaves_hears_it_as_the_last(void **state)
{
        struct fixture *f = *state;
        struct end phone, laptop, mentor;

        enter(f, &mentor, MENTOR, ROLE_MENTOR);
        open_end(f, &phone);
        open_end(f, &laptop);
        assert_int_equal(hub_enter(f->hub, phone.session, RANIA, ROLE_COACH, NULL, 0, 0), 0);
        assert_int_equal(hub_enter(f->hub, laptop.session, RANIA, ROLE_COACH, NULL, 0, 0), 0);
        tell(f, THREAD, 1);
        tell_turn(f, RANIA, TURN_IN, 2);
        tell(f, THREAD, 1);
        tell(f, THREAD, 2);
        tell_turn(f, RANIA, TURN_OUT, 0);
        tell(f, THREAD, 3);
        assert_heard(&phone, "[\"school 2\",\"all 4\",\"school 5\"]");
        assert_heard(&laptop, "[\"school 2\",\"all 4\",\"school 5\"]");
        assert_heard(&mentor, "[\"all 1\",\"school 2\",\"all 3\",\"all 4\",\"school 5\",\"all 6\"]");
        assert_false(session_hears(phone.session, THREAD));
        session_free(phone.session);
        session_free(laptop.session);
        session_free(mentor.session);
}

static void who_enters_hears_what_came_since_the_snapshot_once(void **state)
{
        struct fixture *f = *state;
        struct end end;

        for (int i = 1; i <= 5; i++)
                tell(f, THREAD, i);
        tell(f, OTHER, 1);
        enter_at(f, &end, HUDA, ROLE_PARENT, 1, 3);
        tell(f, THREAD, 6);
        assert_heard(&end, "[\"all 4\",\"all 5\",\"all 7\"]");
        session_free(end.session);
}

static void coming_and_leaving_since_the_snapshot_is_caught_up_in_order(void **state)
{
        struct fixture *f = *state;
        struct end came, left;

        tell(f, THREAD, 1);
        tell_turn(f, RANIA, TURN_IN, 2);
        tell(f, THREAD, 2);
        tell_turn(f, KARIM, TURN_OUT, 0);
        tell(f, THREAD, 3);
        open_end(f, &came);
        assert_int_equal(hub_enter(f->hub, came.session, RANIA, ROLE_COACH, NULL, 0, 0), 0);
        assert_heard(&came, "[\"school 2\",\"all 3\",\"school 4\",\"all 5\"]");
        enter_at(f, &left, KARIM, ROLE_PARENT, 1, 0);
        assert_heard(&left, "[\"all 1\",\"family 2\",\"all 3\",\"self 4\"]");
        assert_false(session_hears(left.session, THREAD));
        session_free(came.session);
        session_free(left.session);
}

static void only_so_many_events_are_kept(void **state)
{
        struct fixture *f = *state;

        hub_start_at(f->hub, 100);
        f->last = 100;
        assert_true(hub_reaches(f->hub, 100));
        assert_false(hub_reaches(f->hub, 99));
        for (int i = 0; i < 4096; i++)
                tell(f, THREAD, i + 1);
        assert_true(hub_reaches(f->hub, 100));
        tell(f, THREAD, 1);
        assert_false(hub_reaches(f->hub, 100));
        assert_true(hub_reaches(f->hub, 101));
        assert_int_equal(hub_last_event(f->hub), 100 + 4097);
}

static void a_reader_past_the_bound_is_sent_away_and_hears_nothing_more(void **state)
{
        struct fixture *f = *state;
        struct end slow, quick;
        char expected[32];
        int i;

        enter(f, &slow, HUDA, ROLE_PARENT);
        enter(f, &quick, KARIM, ROLE_PARENT);
        for (i = 0; slow.closed == 0 && i < QUEUE_MAX; i++) {
                _cleanup_(buf_done) struct buf out = BUF(100000);

                tell(f, THREAD, i + 1);
                assert_int_equal(session_fill(quick.session, &out, 100000), 1);
        }
        assert_true(i < QUEUE_MAX);
        assert_int_equal(slow.closed, CLOSE_RESUME);
        assert_int_equal(quick.closed, 0);
        assert_int_equal(session_state(slow.session), SESSION_CLOSING);
        tell(f, THREAD, 1000);
        assert_heard(&slow, "");
        snprintf(expected, sizeof(expected), "[\"all %d\"]", i + 1);
        assert_heard(&quick, expected);
        session_free(slow.session);
        session_free(quick.session);
}

static void one_item_is_told_however_large_it_is_and_events_may_follow_it(void **state)
{
        struct fixture *f = *state;
        struct end end;
        char *large = calloc(1, QUEUE_MAX * 4);
        struct frame *frame;

        assert_non_null(large);
        memset(large, '7', QUEUE_MAX * 4);
        frame = frame_new(large, QUEUE_MAX * 4);
        enter(f, &end, HUDA, ROLE_PARENT);
        session_push(end.session, frame);
        for (int i = 0; i < 50; i++)
                tell(f, THREAD, i + 1);
        assert_int_equal(end.closed, 0);
        session_push(end.session, frame);
        assert_int_equal(end.closed, CLOSE_RESUME);
        frame_unref(frame);
        free(large);
        session_free(end.session);
}

static void a_large_item_may_stand_between_small_ones(void **state)
{
        struct fixture *f = *state;
        struct end end;
        char large[QUEUE_MAX * 2];
        struct frame *frame;

        memset(large, '7', sizeof(large));
        frame = frame_new(large, sizeof(large));
        enter(f, &end, HUDA, ROLE_PARENT);
        for (int i = 0; i < 80; i++) {
                tell(f, THREAD, i + 1);
                if (i == 40)
                        session_push(end.session, frame);
        }
        assert_int_equal(end.closed, 0);
        session_push(end.session, frame);
        assert_int_equal(end.closed, CLOSE_RESUME);
        frame_unref(frame);
        session_free(end.session);
}

static void what_was_sent_makes_room_again(void **state)
{
        struct fixture *f = *state;
        struct end end;

        enter(f, &end, HUDA, ROLE_PARENT);
        for (int round = 0; round < 20; round++) {
                for (int i = 0; i < 80; i++)
                        tell(f, THREAD, 1);
                assert_int_equal(end.closed, 0);
                while (session_has_output(end.session)) {
                        _cleanup_(buf_done) struct buf out = BUF(100000);

                        assert_true(session_fill(end.session, &out, round % 2 ? 100 : 100000) > 0);
                }
        }
        session_free(end.session);
}

static void a_frame_takes_items_in_order_up_to_its_size_but_one_at_least(void **state)
{
        struct fixture *f = *state;
        struct end end;

        enter(f, &end, HUDA, ROLE_PARENT);
        for (int i = 1; i <= 5; i++)
                tell(f, THREAD, i);
        for (int i = 1; i <= 5; i += 2) {
                _cleanup_(buf_done) struct buf out = BUF(1000);
                char expected[64];

                /* "all 1" is 7 bytes with its quotes: two of them and the brackets are 17. */
                assert_int_equal(session_fill(end.session, &out, 17), i < 5 ? 2 : 1);
                snprintf(expected, sizeof(expected), i < 5 ? "[\"all %d\",\"all %d\"]" : "[\"all %d\"]", i, i + 1);
                assert_string_equal(buf_str(&out), expected);
        }
        tell(f, THREAD, 6);
        _cleanup_(buf_done) struct buf out = BUF(1000);
        assert_int_equal(session_fill(end.session, &out, 1), 1);
        assert_int_equal(session_fill(end.session, &out, 1), 0);
        session_free(end.session);
}

static void a_ticket_that_comes_back_late_finds_nobody(void **state)
{
        struct fixture *f = *state;
        struct end first, second;
        session_ticket ticket;

        open_end(f, &first);
        ticket = session_ticket_of(first.session);
        assert_ptr_equal(session_find(f->hub, ticket), first.session);
        session_free(first.session);
        assert_null(session_find(f->hub, ticket));
        open_end(f, &second);
        assert_null(session_find(f->hub, ticket));
        assert_ptr_equal(session_find(f->hub, session_ticket_of(second.session)), second.session);
        assert_null(session_find(f->hub, 0));
        assert_null(session_find(f->hub, UINT64_MAX));
        session_free(second.session);
}

static void there_are_only_so_many_sessions(void **state)
{
        struct fixture *f = *state;
        struct end ends[6];

        for (int i = 0; i < 5; i++)
                open_end(f, &ends[i]);
        ends[5] = (struct end){ .sink = { end_wake, end_close } };
        assert_int_equal(session_new(f->hub, &ends[5].sink, &(struct token_hash){ 0 }, &ends[5].session), -EMFILE);
        session_free(ends[0].session);
        open_end(f, &ends[0]);
        assert_int_equal(hub_sessions(f->hub), 5);
        for (int i = 0; i < 5; i++)
                session_free(ends[i].session);
}

static void signing_out_closes_the_connections_of_that_browser_only(void **state)
{
        static const struct token_hash mine = { { 42 } }, other = { { 43 } };
        struct fixture *f = *state;
        struct end a, b, c = { .sink = { end_wake, end_close } };

        enter(f, &a, HUDA, ROLE_PARENT);
        open_end(f, &b);
        assert_int_equal(session_new(f->hub, &c.sink, &other, &c.session), 0);
        hub_sign_out(f->hub, &mine);
        assert_int_equal(a.closed, CLOSE_SIGNED_OUT);
        assert_int_equal(b.closed, CLOSE_SIGNED_OUT);
        assert_int_equal(c.closed, 0);
        tell(f, THREAD, 1);
        assert_heard(&a, "");
        session_free(a.session);
        session_free(b.session);
        session_free(c.session);
}

static void a_whisper_goes_to_the_school_side_but_not_to_who_said_it(void **state)
{
        struct fixture *f = *state;
        struct end mentor, tablet, coach, huda;
        struct frame *frame = words("typing", 0);

        enter(f, &mentor, MENTOR, ROLE_MENTOR);
        enter(f, &tablet, MENTOR, ROLE_MENTOR);
        enter(f, &coach, RANIA, ROLE_COACH);
        enter(f, &huda, HUDA, ROLE_PARENT);
        hub_whisper(f->hub, THREAD, frame, mentor.session);
        assert_heard(&mentor, "");
        assert_heard(&tablet, "");
        assert_heard(&coach, "[\"typing 0\"]");
        assert_heard(&huda, "");
        hub_whisper(f->hub, THREAD, frame, huda.session);
        assert_heard(&mentor, "[\"typing 0\"]");
        assert_heard(&huda, "");
        frame_unref(frame);
        session_free(mentor.session);
        session_free(tablet.session);
        session_free(coach.session);
        session_free(huda.session);
}

static void a_limit_lets_a_burst_in_and_then_says_how_long_to_wait(void **state)
{
        struct limit l = { 0 };
        int64_t wait, now = 1000;

        (void)state;
        for (int i = 0; i < 10; i++)
                assert_int_equal(limit_take(&l, now, 10, 5, 1), 0);
        wait = limit_take(&l, now, 10, 5, 1);
        assert_true(wait > 0 && wait <= 201);
        assert_true(limit_take(&l, now + wait - 50, 10, 5, 1) > 0);
        assert_int_equal(limit_take(&l, now + wait, 10, 5, 1), 0);
        now += 1000 * 1000;
        for (int i = 0; i < 2; i++)
                assert_int_equal(limit_take(&l, now, 10, 5, 5), 0);
        assert_true(limit_take(&l, now, 10, 5, 5) > 900);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(an_event_reaches_who_is_in_its_thread_and_nobody_else, set_up, tear_down),
                cmocka_unit_test_setup_teardown(what_one_may_see_decides_what_one_hears, set_up, tear_down),
                cmocka_unit_test_setup_teardown(each_side_hears_its_own_words, set_up, tear_down),
                cmocka_unit_test_setup_teardown(what_was_before_one_came_is_hidden, set_up, tear_down),
                cmocka_unit_test_setup_teardown(who_comes_hears_of_it_and_who_leaves_hears_it_as_the_last, set_up, tear_down),
                cmocka_unit_test_setup_teardown(who_enters_hears_what_came_since_the_snapshot_once, set_up, tear_down),
                cmocka_unit_test_setup_teardown(coming_and_leaving_since_the_snapshot_is_caught_up_in_order, set_up, tear_down),
                cmocka_unit_test_setup_teardown(only_so_many_events_are_kept, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_reader_past_the_bound_is_sent_away_and_hears_nothing_more, set_up, tear_down),
                cmocka_unit_test_setup_teardown(one_item_is_told_however_large_it_is_and_events_may_follow_it, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_large_item_may_stand_between_small_ones, set_up, tear_down),
                cmocka_unit_test_setup_teardown(what_was_sent_makes_room_again, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_frame_takes_items_in_order_up_to_its_size_but_one_at_least, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_ticket_that_comes_back_late_finds_nobody, set_up, tear_down),
                cmocka_unit_test_setup_teardown(there_are_only_so_many_sessions, set_up, tear_down),
                cmocka_unit_test_setup_teardown(signing_out_closes_the_connections_of_that_browser_only, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_whisper_goes_to_the_school_side_but_not_to_who_said_it, set_up, tear_down),
                cmocka_unit_test(a_limit_lets_a_burst_in_and_then_says_how_long_to_wait),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
