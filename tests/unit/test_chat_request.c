/* links: chat store proto text base */
/* What a machine is asked: made of events, with the family's yes, for those who read; taken in turns; dropped where it is not wanted any more. */
#include "chat_help.h"

#include "chat/rights/consent.h"
#include "chat/version.h"
#include "chat/versions/request.h"

enum { PATIENCE_MS = 60 * 60 * 1000 };

static int64_t agree(struct fixture *f)
{
        struct consent consent = { .thread = f->thread, .kind = CONSENT_KIND_MACHINE, .asked_by = f->visser };
        int64_t id;

        assert_int_equal(consent_ask(f->tx, NULL, &consent, &id), 0);
        assert_int_equal(consent_get(f->tx, &f->a, f->thread, id, &consent), 0);
        assert_int_equal(consent_answer(f->tx, NULL, &consent, &(struct consent_said){ .answer = CONSENT_ANSWER_YES, .by = f->huda, .language = "ar" }), 0);
        return id;
}

static void withdraw(struct fixture *f, int64_t id)
{
        struct consent consent;

        assert_int_equal(consent_get(f->tx, &f->a, f->thread, id, &consent), 0);
        assert_int_equal(consent_end(f->tx, NULL, &consent, CONSENT_END_WITHDRAWN, f->huda, 0), 0);
}

/* How many rows the whole log asks for; they are written down. */
static size_t look(struct fixture *f, int64_t *since)
{
        struct request *list;
        size_t n, added;

        assert_int_equal(request_look(f->tx, &f->a, *since, REQUEST_EVENTS, since, &list, &n), 0);
        assert_int_equal(request_add(f->tx, &f->made, list, n, &added), 0);
        return added;
}

static int yes(void *arg, const char *from, const char *to, int64_t tries)
{
        (void)arg;
        (void)from;
        (void)to;
        (void)tries;
        return 0;
}

static int later(void *arg, const char *from, const char *to, int64_t tries)
{
        (void)arg;
        (void)from;
        (void)to;
        (void)tries;
        return -EAGAIN;
}

static int never(void *arg, const char *from, const char *to, int64_t tries)
{
        (void)arg;
        (void)from;
        (void)to;
        (void)tries;
        return -ENOTSUP;
}

static int take(struct fixture *f, struct request_taken *ret)
{
        int64_t turn = 0;

        return request_take(f->tx, &f->a, &f->made, yes, NULL, PATIENCE_MS, &turn, ret);
}

static const struct message_shape *load(struct fixture *f, int64_t seq)
{
        struct message_shape *m;

        assert_int_equal(message_load(f->tx, &f->a, f->thread, seq, &m), 0);
        return m;
}

static void nothing_is_asked_without_the_familys_yes(void **state)
{
        struct fixture *f = *state;
        struct request_taken taken;
        int64_t since = 0, id;

        chat_say(f, f->visser, 'a', "Dag");
        assert_int_equal(look(f, &since), 0);
        id = agree(f);
        assert_int_equal(look(f, &since), 1);
        withdraw(f, id);
        assert_int_equal(take(f, &taken), 0);
        agree(f);
        assert_int_equal(take(f, &taken), 0); /* its row went with the yes */
}

/* From the moment that was agreed on, whether anybody has written it down or not. */
static void a_yes_that_is_over_is_none(void **state)
{
        struct consent consent = { .kind = CONSENT_KIND_MACHINE, .until_ms = 1 };
        struct fixture *f = *state;
        int64_t since = 0, id;

        consent.thread = f->thread;
        consent.asked_by = f->visser;
        assert_int_equal(consent_ask(f->tx, NULL, &consent, &id), 0);
        assert_int_equal(consent_get(f->tx, &f->a, f->thread, id, &consent), 0);
        assert_int_equal(consent_answer(f->tx, NULL, &consent, &(struct consent_said){ .answer = CONSENT_ANSWER_YES, .by = f->huda, .language = "ar" }), 0);
        chat_say(f, f->visser, 'a', "Dag");
        assert_int_equal(look(f, &since), 0);
}

static void an_answer_becomes_a_version_once(void **state)
{
        struct fixture *f = *state;
        struct request_taken taken;
        const struct message_shape *m;
        int64_t since = 0;

        agree(f);
        chat_say(f, f->visser, 'a', "Dag");
        assert_int_equal(look(f, &since), 1);
        assert_int_equal(take(f, &taken), 1);
        assert_string_equal(taken.text, "Dag");
        assert_string_equal(taken.from, "nl");
        assert_string_equal(taken.request.language, "ar");
        assert_int_equal(take(f, &taken) , 0);
        f->made.n = 0;
        assert_int_equal(request_done(f->tx, &f->made, &taken.request, "مرحبا", "apertium"), 1);
        MADE(f, EVENT_MESSAGE);
        assert_int_equal(request_done(f->tx, &f->made, &taken.request, "مرحبا", "apertium"), 0);
        m = load(f, 1);
        assert_int_equal(m->versions.n, 1);
        assert_int_equal(m->versions.items[0].origin, ORIGIN_MACHINE);
        assert_string_equal(m->versions.items[0].engine, "apertium");
        since = 0;
        assert_int_equal(look(f, &since), 0); /* gone through again after a restart */
}

static void a_withdrawn_yes_drops_the_answer(void **state)
{
        struct fixture *f = *state;
        struct request_taken taken;
        int64_t since = 0, id = agree(f);

        chat_say(f, f->visser, 'a', "Dag");
        look(f, &since);
        assert_int_equal(take(f, &taken), 1);
        withdraw(f, id);
        assert_int_equal(request_done(f->tx, &f->made, &taken.request, "مرحبا", "apertium"), 0);
        assert_int_equal(load(f, 1)->versions.n, 0);
}

static void a_correction_is_translated_and_not_what_it_corrects(void **state)
{
        struct fixture *f = *state;
        struct request_taken old, taken;
        int64_t since = 0;

        agree(f);
        chat_say(f, f->visser, 'a', "Daag");
        look(f, &since);
        assert_int_equal(take(f, &old), 1);
        assert_int_equal(version_append(f->tx, &f->made, &(struct version_draft){ .thread = f->thread, .seq = 1, .author = f->visser, .body = "Dag",
                                                                                  .language = "nl", .direction = DIRECTION_LTR,
                                                                                  .origin = ORIGIN_CORRECTION }), 0);
        assert_int_equal(request_done(f->tx, &f->made, &old.request, "مرحباا", "apertium"), 0);
        look(f, &since);
        assert_int_equal(take(f, &taken), 1);
        assert_string_equal(taken.text, "Dag");
        /* What comes of the old one by now is nobody's business. */
        assert_int_equal(request_done(f->tx, &f->made, &old.request, "مرحباا", "apertium"), 0);
        assert_int_equal(request_failed(f->tx, &f->made, &old.request, MISSED_ENGINE), 0);
        assert_int_equal(request_again(f->tx, &old.request, 0, true), 0);
        assert_int_equal(request_done(f->tx, &f->made, &taken.request, "مرحبا", "apertium"), 1);
        assert_int_equal(load(f, 1)->versions.n, 2);
}

static void what_is_withdrawn_is_not_asked_and_not_answered(void **state)
{
        struct fixture *f = *state;
        struct request_taken taken;
        int64_t since = 0;

        agree(f);
        chat_say(f, f->visser, 'a', "een");
        chat_say(f, f->visser, 'b', "twee");
        assert_int_equal(look(f, &since), 2);
        assert_int_equal(take(f, &taken), 1);
        assert_int_equal(taken.request.seq, 2); /* the newest first */
        assert_int_equal(message_withdraw(f->tx, &f->made, f->thread, 1), 0);
        assert_int_equal(message_withdraw(f->tx, &f->made, f->thread, 2), 0);
        assert_int_equal(request_done(f->tx, &f->made, &taken.request, "اثنان", "apertium"), 0);
        assert_int_equal(take(f, &taken), 0);
}

static void a_person_is_better_than_a_machine(void **state)
{
        struct fixture *f = *state;
        struct request_taken taken;
        int64_t since = 0;

        agree(f);
        chat_say(f, f->visser, 'a', "Dag");
        look(f, &since);
        assert_int_equal(take(f, &taken), 1);
        assert_int_equal(version_append(f->tx, &f->made, &(struct version_draft){ .thread = f->thread, .seq = 1, .author = f->huda, .body = "مرحبا",
                                                                                  .language = "ar", .direction = DIRECTION_RTL,
                                                                                  .origin = ORIGIN_PERSON }), 0);
        assert_int_equal(request_done(f->tx, &f->made, &taken.request, "سلام", "apertium"), 0);
        assert_int_equal(load(f, 1)->versions.n, 1);
}

static void who_comes_has_the_recent_messages_in_their_language(void **state)
{
        struct fixture *f = *state;
        int64_t since = 0;

        agree(f);
        for (int i = 0; i < REQUEST_RECENT + 5; i++)
                chat_say(f, f->huda, (char)('0' + i), "Dag");
        look(f, &since);
        chat_join(f, f->oksana);
        assert_int_equal(look(f, &since), REQUEST_RECENT);
        assert_int_equal(person_choose_language(f->tx, f->oksana, "ru"), 0);
        assert_int_equal(member_tell_everywhere(f->tx, &f->made, f->oksana), 0);
        /* She reads Ukrainian still. */
        assert_int_equal(look(f, &since), REQUEST_RECENT);
}

static size_t needs(struct fixture *f)
{
        struct many_need ret;
        int64_t handled;

        assert_int_equal(reply_needs(f->tx, &f->a, f->thread, 1, &ret, &handled), 0);
        return ret.n;
}

static void what_nobody_reads_any_more_is_no_need(void **state)
{
        struct fixture *f = *state;
        struct request_taken taken;
        struct membership m;
        int64_t since = 0;

        agree(f);
        chat_join(f, f->oksana);
        chat_say(f, f->visser, 'a', "Dag");
        assert_int_equal(look(f, &since), 2);
        for (int i = 0; i < 2; i++) {
                assert_int_equal(take(f, &taken), 1);
                assert_int_equal(request_failed(f->tx, &f->made, &taken.request, MISSED_EMPTY), 0);
        }
        assert_int_equal(needs(f), 2);
        assert_int_equal(member_now(f->tx, f->thread, f->oksana, &m), 0);
        assert_int_equal(member_end(f->tx, &f->made, f->thread, f->oksana, m.id), 0);
        f->made.n = 0;
        look(f, &since);
        MADE(f, EVENT_MESSAGE, EVENT_NEEDS);
        assert_int_equal(needs(f), 1);
        assert_int_equal(load(f, 1)->untranslated.n, 1);
        assert_string_equal(load(f, 1)->untranslated.items[0].language, "ar");

        /* Who comes back asks for it anew. */
        chat_join(f, f->oksana);
        assert_int_equal(look(f, &since), 1);
}

static void a_failure_is_told_with_its_reason_and_a_version_ends_it(void **state)
{
        struct fixture *f = *state;
        struct request_taken taken;
        const struct message_shape *m;
        int64_t since = 0;

        agree(f);
        chat_say(f, f->visser, 'a', "Dag");
        look(f, &since);
        assert_int_equal(take(f, &taken), 1);
        f->made.n = 0;
        assert_int_equal(request_failed(f->tx, &f->made, &taken.request, MISSED_EMPTY), 0);
        MADE(f, EVENT_MESSAGE, EVENT_NEEDS);
        m = load(f, 1);
        assert_int_equal(m->untranslated.n, 1);
        assert_string_equal(m->untranslated.items[0].language, "ar");
        assert_int_equal(m->untranslated.items[0].reason, MISSED_EMPTY);
        since = 0;
        assert_int_equal(look(f, &since), 0);
        assert_int_equal(version_append(f->tx, NULL, &(struct version_draft){ .thread = f->thread, .seq = 1, .author = f->huda, .body = "مرحبا",
                                                                              .language = "ar", .direction = DIRECTION_RTL, .origin = ORIGIN_PERSON }), 0);
        assert_false(load(f, 1)->untranslated.given);
}

static void what_no_machine_can_do_fails_and_what_none_can_do_now_waits(void **state)
{
        struct fixture *f = *state;
        struct request_taken taken;
        int64_t since = 0, turn = 0;

        agree(f);
        chat_say(f, f->visser, 'a', "Dag");
        look(f, &since);
        assert_int_equal(request_take(f->tx, &f->a, &f->made, later, NULL, PATIENCE_MS, &turn, &taken), 0);
        assert_false(load(f, 1)->untranslated.given);
        assert_int_equal(request_take(f->tx, &f->a, &f->made, never, NULL, PATIENCE_MS, &turn, &taken), 0);
        assert_int_equal(load(f, 1)->untranslated.items[0].reason, MISSED_PAIR);
}

static void what_waits_too_long_fails(void **state)
{
        struct fixture *f = *state;
        struct request_taken taken;
        int64_t since = 0, turn = 0;

        agree(f);
        chat_say(f, f->visser, 'a', "Dag");
        look(f, &since);
        assert_int_equal(request_take(f->tx, &f->a, &f->made, yes, NULL, -1, &turn, &taken), 0);
        assert_int_equal(load(f, 1)->untranslated.items[0].reason, MISSED_ENGINE);
        assert_int_equal(take(f, &taken), 0);
}

static void what_was_asked_is_asked_again_after_a_restart_or_a_wait(void **state)
{
        struct fixture *f = *state;
        struct request_taken taken;
        int64_t since = 0;

        agree(f);
        chat_say(f, f->visser, 'a', "Dag");
        look(f, &since);
        assert_int_equal(take(f, &taken), 1);
        assert_int_equal(take(f, &taken), 0);
        assert_int_equal(request_reset(f->tx), 0);
        assert_int_equal(take(f, &taken), 1);
        assert_int_equal(taken.request.tries, 2);
        assert_int_equal(request_again(f->tx, &taken.request, 0, false), 0); /* it was not this one's fault */
        assert_int_equal(take(f, &taken), 1);
        assert_int_equal(taken.request.tries, 2);
        assert_int_equal(request_again(f->tx, &taken.request, INT64_MAX, true), 0);
        assert_int_equal(take(f, &taken), 0);
}

static void a_conversation_cannot_fill_the_queue(void **state)
{
        struct fixture *f = *state;
        struct request request = { .thread = f->thread, .language = "ar" };
        struct message_draft draft = chat_draft(f, f->visser, 'a', "x");
        struct sent_shape sent;
        size_t added;

        for (int i = 0; i <= REQUEST_QUEUE; i++) {
                memcpy(draft.client_id.bytes, &i, sizeof(i));
                assert_int_equal(message_append(f->tx, NULL, &draft, &sent), 0);
                request.seq = sent.seq;
                assert_int_equal(request_add(f->tx, NULL, &request, 1, &added), 0);
                assert_int_equal(added, i < REQUEST_QUEUE);
        }
        assert_int_equal(load(f, REQUEST_QUEUE + 1)->untranslated.items[0].reason, MISSED_TOO_MUCH);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(nothing_is_asked_without_the_familys_yes, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_yes_that_is_over_is_none, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(an_answer_becomes_a_version_once, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_withdrawn_yes_drops_the_answer, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_correction_is_translated_and_not_what_it_corrects, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(what_is_withdrawn_is_not_asked_and_not_answered, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_person_is_better_than_a_machine, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(who_comes_has_the_recent_messages_in_their_language, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(what_nobody_reads_any_more_is_no_need, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_failure_is_told_with_its_reason_and_a_version_ends_it, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(what_no_machine_can_do_fails_and_what_none_can_do_now_waits, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(what_waits_too_long_fails, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(what_was_asked_is_asked_again_after_a_restart_or_a_wait, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_conversation_cannot_fill_the_queue, chat_set_up, chat_tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
