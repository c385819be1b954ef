/* links: chat store proto text base */
/* A family's answers, and until when each of them waits for the school. */
#include "chat_help.h"

static void tap(struct fixture *f, int64_t seq, int64_t person, enum answer answer)
{
        assert_int_equal(reply_set(f->tx, &f->made, f->thread, seq, person, answer, 0), 0);
}

/* What waits, as "1:call_me 2:not_understood". */
static void assert_waits(struct fixture *f, const char *expected)
{
        _cleanup_(buf_done) struct buf text = BUF(1000);
        struct many_need needs;
        int64_t handled;

        assert_int_equal(reply_needs(f->tx, &f->a, f->thread, 1, &needs, &handled), 0);
        for (size_t i = 0; i < needs.n; i++)
                buf_printf(&text, "%s%lld:%s", i ? " " : "", (long long)needs.items[i].seq, word_text(&words_answer, (int)needs.items[i].answer));
        assert_string_equal(buf_str(&text), expected);
}

static int set_up(void **state)
{
        int r = chat_set_up(state);
        struct fixture *f = *state;

        if (r < 0)
                return r;
        chat_say(f, f->visser, 'a', "Een");
        chat_say(f, f->visser, 'b', "Twee");
        f->made.n = 0;
        return 0;
}

static void a_later_answer_replaces_an_earlier_one(void **state)
{
        struct fixture *f = *state;
        struct many_reply replies;
        struct reply_shape reply;

        tap(f, 1, f->huda, ANSWER_UNDERSTOOD);
        MADE(f, EVENT_REPLY);
        tap(f, 1, f->huda, ANSWER_CALL_ME);
        MADE(f, EVENT_REPLY, EVENT_NEEDS);
        tap(f, 1, f->huda, ANSWER_CALL_ME);
        assert_int_equal(f->made.n, 0);
        tap(f, 1, f->karim, ANSWER_UNDERSTOOD);
        assert_int_equal(reply_load_range(f->tx, &f->a, f->thread, 1, 2, 0, &replies), 0);
        assert_int_equal(replies.n, 2);
        assert_int_equal(reply_load_range(f->tx, &f->a, f->thread, 1, 2, f->huda, &replies), 0);
        assert_int_equal(replies.n, 1);
        assert_int_equal(replies.items[0].answer, ANSWER_CALL_ME);
        assert_int_equal(reply_load_range(f->tx, &f->a, f->thread, 2, 2, 0, &replies), 0);
        assert_int_equal(replies.n, 0);
        f->made.n = 0;
        tap(f, 1, f->huda, ANSWER_NONE);
        MADE(f, EVENT_REPLY, EVENT_NEEDS);
        assert_int_equal(reply_load(f->tx, f->thread, 1, f->huda, &reply), 0);
        assert_int_equal(reply.answer, ANSWER_NONE);
        tap(f, 1, f->huda, ANSWER_NONE);
        assert_int_equal(f->made.n, 0);
}

static void not_understood_waits_until_the_school_speaks(void **state)
{
        struct fixture *f = *state;

        tap(f, 1, f->huda, ANSWER_NOT_UNDERSTOOD);
        tap(f, 2, f->karim, ANSWER_CALL_ME);
        assert_waits(f, "1:not_understood 2:call_me");
        f->made.n = 0;
        assert_int_equal(reply_school_spoke(f->tx, &f->made, f->thread), 0);
        MADE(f, EVENT_NEEDS);
        assert_waits(f, "2:call_me");
        assert_int_equal(reply_school_spoke(f->tx, &f->made, f->thread), 0);
        assert_int_equal(f->made.n, 0);
        tap(f, 1, f->huda, ANSWER_NOT_UNDERSTOOD);
        MADE(f, EVENT_REPLY, EVENT_NEEDS);
        assert_waits(f, "1:not_understood 2:call_me");
}

static void call_me_waits_until_it_is_handled_or_answered_otherwise(void **state)
{
        struct fixture *f = *state;
        int64_t handled;

        tap(f, 1, f->huda, ANSWER_CALL_ME);
        tap(f, 1, f->karim, ANSWER_CALL_ME);
        assert_waits(f, "1:call_me 1:call_me");
        tap(f, 1, f->karim, ANSWER_UNDERSTOOD);
        assert_waits(f, "1:call_me");
        assert_int_equal(reply_handled(f->tx, &f->made, f->thread), 0);
        assert_waits(f, "");
        assert_int_equal(reply_handled_seq(f->tx, f->thread, &handled), 0);
        assert_int_equal(handled, 2);
        tap(f, 1, f->huda, ANSWER_CALL_ME);
        assert_waits(f, "1:call_me");
}

static void understood_waits_for_nobody(void **state)
{
        struct fixture *f = *state;

        tap(f, 1, f->huda, ANSWER_UNDERSTOOD);
        MADE(f, EVENT_REPLY);
        assert_waits(f, "");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_later_answer_replaces_an_earlier_one, set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(not_understood_waits_until_the_school_speaks, set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(call_me_waits_until_it_is_handled_or_answered_otherwise, set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(understood_waits_for_nobody, set_up, chat_tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
