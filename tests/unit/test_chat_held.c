/* links: chat store proto text base */
/* What a machine made of a message on a topic that the school marks waits for a person, and for nobody where the sender let it go. And who hears of better
 * words. */
#include "chat_help.h"

#include "chat/rights/consent.h"
#include "chat/version.h"
#include "chat/versions/better.h"
#include "chat/versions/held.h"
#include "chat/versions/request.h"
#include "chat/versions/topic.h"

static enum topic topic(struct fixture *f, const char *text, const char *language)
{
        enum topic ret;

        assert_int_equal(topic_of(f->tx, text, language, &ret), 0);
        return ret;
}

static void a_topic_is_known_by_its_words(void **state)
{
        struct fixture *f = *state;

        assert_int_equal(topic_bring_list(f->tx), 0);
        assert_int_equal(topic(f, "Wij missen Samir. Is hij ziek?", "nl"), TOPIC_NOT_GIVEN);
        assert_int_equal(topic(f, "De rekeningen zijn niet betaald.", "nl"), TOPIC_MONEY);
        assert_int_equal(topic(f, "VEILIG  THUIS belt u", "nl"), TOPIC_CARE);
        assert_int_equal(topic(f, "veilig naar huis", "nl"), TOPIC_NOT_GIVEN);
        assert_int_equal(topic(f, "De politie was op school", "nl-BE"), TOPIC_POLICE);
        assert_int_equal(topic(f, "geldig", "nl"), TOPIC_NOT_GIVEN);
        assert_int_equal(topic(f, "De politie was op school", "ar"), TOPIC_NOT_GIVEN);
        assert_int_equal(topic_word_add(f->tx, TOPIC_POLICE, "ar", "شُرطة*"), 0);
        assert_int_equal(topic(f, "جاءت شرطه المدينة", "ar"), TOPIC_POLICE);
        assert_int_equal(topic_word_add(f->tx, TOPIC_POLICE, "ar", " * "), -ENODATA);
        assert_int_equal(topic_hold(f->tx, TOPIC_POLICE, false), 0);
        assert_int_equal(topic(f, "De politie was op school", "nl"), TOPIC_NOT_GIVEN);
}

static int yes(void *arg, const char *from, const char *to, int64_t tries)
{
        (void)arg;
        (void)from;
        (void)to;
        (void)tries;
        return 0;
}

static void agree(struct fixture *f)
{
        struct consent consent = { .thread = f->thread, .kind = CONSENT_KIND_MACHINE, .asked_by = f->visser };
        int64_t id;

        assert_int_equal(consent_ask(f->tx, NULL, &consent, &id), 0);
        assert_int_equal(consent_get(f->tx, &f->a, f->thread, id, &consent), 0);
        assert_int_equal(consent_answer(f->tx, NULL, &consent, &(struct consent_said){ .answer = CONSENT_ANSWER_YES, .by = f->huda, .language = "ar" }), 0);
}

/* The mentor writes and a machine answers. */
static int64_t machine_answers(struct fixture *f, char id, const char *text, const char *answer, int shown)
{
        struct request request = { .thread = f->thread, .language = "ar" };
        struct request_taken taken;
        int64_t turn = 0;
        size_t added;

        request.seq = chat_say(f, f->visser, id, text);
        assert_int_equal(request_add(f->tx, &f->made, &request, 1, &added), 0);
        assert_int_equal(added, 1);
        assert_int_equal(request_take(f->tx, &f->a, &f->made, yes, NULL, INT64_MAX, &turn, &taken), 1);
        f->made.n = 0;
        assert_int_equal(request_done(f->tx, &f->made, &taken.request, answer, "apertium"), shown);
        return request.seq;
}

static const struct message_shape *load(struct fixture *f, int64_t seq)
{
        struct message_shape *m;

        assert_int_equal(message_load(f->tx, &f->a, f->thread, seq, &m), 0);
        return m;
}

static struct many_need needs(struct fixture *f)
{
        struct many_need ret;
        int64_t handled;

        assert_int_equal(reply_needs(f->tx, &f->a, f->thread, 1, &ret, &handled), 0);
        return ret;
}

static size_t held(struct fixture *f, int64_t seq)
{
        struct many_held_version list;

        assert_int_equal(held_load(f->tx, &f->a, f->thread, seq, &list), 0);
        return list.n;
}

static void a_machines_words_on_it_wait_and_a_person_lets_them_through(void **state)
{
        struct fixture *f = *state;
        const struct message_shape *m;
        struct many_held_version list;
        int64_t seq;

        agree(f);
        seq = machine_answers(f, 'a', "Tot morgen!", "إلى الغد!", 1);
        assert_int_equal(load(f, seq)->versions.n, 1);
        seq = machine_answers(f, 'b', "De rekening is niet betaald.", "لم تدفع الفاتورة.", 0);
        MADE(f, EVENT_MESSAGE, EVENT_NEEDS);
        m = load(f, seq);
        assert_int_equal(m->versions.n, 0);
        assert_int_equal(m->untranslated.items[0].state, REQUEST_HELD);
        assert_int_equal(m->untranslated.items[0].reason, MISSED_SENSITIVE);
        assert_int_equal(needs(f).n, 1);
        assert_int_equal(needs(f).items[0].seq, seq);
        assert_int_equal(held_load(f->tx, &f->a, f->thread, seq, &list), 0);
        assert_int_equal(list.n, 1);
        assert_string_equal(list.items[0].body, "لم تدفع الفاتورة.");
        assert_int_equal(list.items[0].topic, TOPIC_MONEY);

        assert_int_equal(held_release(f->tx, &f->made, f->thread, seq, "uk", f->rania), -ENOENT);
        assert_int_equal(held_release(f->tx, &f->made, f->thread, seq, "ar", f->rania), 0);
        m = load(f, seq);
        assert_int_equal(m->versions.n, 1);
        assert_int_equal(m->versions.items[0].origin, ORIGIN_MACHINE);
        assert_int_equal(m->versions.items[0].checked_by, f->rania);
        assert_false(m->untranslated.given);
        assert_int_equal(held(f, seq), 0);
        assert_int_equal(needs(f).n, 0);
}

static void the_sender_lets_it_go_unchecked(void **state)
{
        struct fixture *f = *state;
        const struct message_shape *m;
        int64_t seq;

        agree(f);
        seq = machine_answers(f, 'a', "De politie was op school.", "كانت الشرطة في المدرسة.", 0);
        assert_int_equal(load(f, seq)->unchecked, -1);
        assert_int_equal(message_let_go(f->tx, &f->made, f->thread, seq), 0);
        m = load(f, seq);
        assert_int_equal(m->versions.n, 1);
        assert_int_equal(m->versions.items[0].checked_by, -1);
        assert_true(m->unchecked > 0);
        assert_int_equal(needs(f).n, 0);
}

static void better_words_a_correction_and_a_withdrawal_drop_it(void **state)
{
        struct fixture *f = *state;
        int64_t seq;

        agree(f);
        seq = machine_answers(f, 'a', "Geld voor de reis", "مال للرحلة", 0);
        assert_int_equal(version_append(f->tx, &f->made, &(struct version_draft){ .thread = f->thread, .seq = seq, .author = f->karim, .body = "نقود للرحلة",
                                                                                  .language = "ar", .direction = DIRECTION_RTL, .origin = ORIGIN_PERSON }), 0);
        assert_int_equal(held(f, seq), 0);
        seq = machine_answers(f, 'b', "Geld voor de reis", "مال للرحلة", 0);
        assert_int_equal(version_append(f->tx, &f->made, &(struct version_draft){ .thread = f->thread, .seq = seq, .author = f->visser, .body = "Toch niet",
                                                                                  .language = "nl", .direction = DIRECTION_LTR, .origin = ORIGIN_CORRECTION }), 0);
        assert_int_equal(held(f, seq), 0);
        seq = machine_answers(f, 'c', "Geld voor de reis", "مال للرحلة", 0);
        assert_int_equal(message_withdraw(f->tx, &f->made, f->thread, seq), 0);
        assert_int_equal(held(f, seq), 0);
}

static size_t better(struct fixture *f, int64_t person)
{
        struct many_better list;

        assert_int_equal(better_load(f->tx, &f->a, f->thread, person, 1, &list), 0);
        return list.n;
}

static void who_read_the_old_words_hears_of_better_ones(void **state)
{
        struct fixture *f = *state;
        struct membership m;
        int64_t seq, read, unread;

        agree(f);
        seq = machine_answers(f, 'a', "Tot morgen!", "إلى الغد!", 1);
        assert_int_equal(member_now(f->tx, f->thread, f->huda, &m), 0);
        assert_int_equal(member_read(f->tx, NULL, f->thread, f->huda, &m, seq, &read, &unread), 0);
        f->made.n = 0;
        assert_int_equal(version_append(f->tx, &f->made, &(struct version_draft){ .thread = f->thread, .seq = seq, .author = f->karim, .body = "نراكم غدا",
                                                                                  .language = "ar", .direction = DIRECTION_RTL, .origin = ORIGIN_PERSON }), 0);
        MADE(f, EVENT_MESSAGE, EVENT_BETTER);
        assert_int_equal(better(f, f->huda), 1);
        assert_int_equal(better(f, f->karim), 0);
        assert_int_equal(better(f, f->visser), 0);
        assert_int_equal(better_seen(f->tx, &f->made, f->thread, f->huda, seq), 0);
        MADE(f, EVENT_BETTER);
        assert_int_equal(better_seen(f->tx, &f->made, f->thread, f->huda, seq), 0);
        assert_int_equal(f->made.n, 0);
        assert_int_equal(better(f, f->huda), 0);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_topic_is_known_by_its_words, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_machines_words_on_it_wait_and_a_person_lets_them_through, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(the_sender_lets_it_go_unchecked, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(better_words_a_correction_and_a_withdrawal_drop_it, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(who_read_the_old_words_hears_of_better_ones, chat_set_up, chat_tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
