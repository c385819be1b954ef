/* links: chat live secret store proto text base */
/* Invitations, PINs, phones, and attempts with their waits. */
#include "base/clock.h"
#include "chat/signin/account.h"
#include "chat/signin/attempt.h"
#include "chat/signin/device.h"
#include "chat/signin/invitation.h"
#include "chat_help.h"
#include "live/tries.h"
#include "secret/proof.h"
#include "secret/secret.h"

static const struct token_hash one = { { 1 } }, two = { { 2 } }, three = { { 3 } }, four = { { 4 } };

static int64_t in_an_hour(void)
{
        return clock_now_ms() + 3600 * 1000;
}

static int invite(struct fixture *f, const struct token_hash *secret, const struct token_hash *code, int64_t person, enum proof proof, int64_t until)
{
        return invitation_add(f->tx, &(struct invitation_new){ .secret = *secret, .code = *code, .person = person, .proof = proof, .until_ms = until });
}

static void an_invitation_opens_by_either_secret_and_once(void **state)
{
        struct fixture *f = *state;
        struct invitation i, same;

        assert_int_equal(invite(f, &one, &two, f->huda, PROOF_NEW_PIN, in_an_hour()), 0);
        assert_int_equal(invitation_look(f->tx, &one, &i), 0);
        assert_int_equal(invitation_look(f->tx, &two, &same), 0);
        assert_true(i.person == f->huda && same.person == f->huda && memcmp(&i.secret, &same.secret, sizeof(i.secret)) == 0);
        assert_int_equal(invitation_use(f->tx, &i), 0);
        assert_int_equal(invitation_use(f->tx, &i), -ENOENT);
        assert_int_equal(invitation_look(f->tx, &one, &i), -ENOENT);
        assert_int_equal(invitation_look(f->tx, &two, &i), -ENOENT);
}

static void the_newest_invitation_of_a_person_is_the_one_that_works(void **state)
{
        struct fixture *f = *state;
        struct invitation i;

        assert_int_equal(invite(f, &one, &two, f->huda, PROOF_NEW_PIN, in_an_hour()), 0);
        assert_int_equal(invite(f, &three, &four, f->huda, PROOF_NEW_PIN, in_an_hour()), 0);
        assert_int_equal(invitation_look(f->tx, &one, &i), -ENOENT);
        assert_int_equal(invitation_look(f->tx, &three, &i), 0);
}

static void an_invitation_is_for_a_time_and_for_what_the_role_signs_in_with(void **state)
{
        struct fixture *f = *state;
        struct invitation i;

        assert_int_equal(invite(f, &one, &two, f->huda, PROOF_NEW_PIN, clock_now_ms() - 1), 0);
        assert_int_equal(invitation_look(f->tx, &one, &i), -ENOENT);
        assert_int_equal(invite(f, &three, &four, f->visser, PROOF_NEW_PIN, in_an_hour()), 0);
        assert_int_equal(invitation_look(f->tx, &three, &i), -ENOENT);
}

static void a_device_knows_its_people_and_ends_one_session_by_the_next(void **state)
{
        struct fixture *f = *state;
        int64_t device = device_add(f->tx, &one);
        struct session_new new = { .person = f->huda, .device = device, .kind = DEVICE_PHONE, .how = SIGN_IN_PIN, .until_ms = in_an_hour() };
        struct viewer viewer;

        assert_true(device > 0);
        assert_int_equal(device_find(f->tx, &one), device);
        assert_int_equal(device_find(f->tx, &two), -ENOENT);
        assert_int_equal(profile_there(f->tx, device, f->huda), -ENOENT);
        assert_int_equal(profile_add(f->tx, device, f->huda), 0);
        assert_int_equal(profile_add(f->tx, device, f->huda), 0);
        assert_int_equal(profile_there(f->tx, device, f->huda), 0);
        assert_int_equal(profile_add(f->tx, device, f->visser), 0);
        assert_int_equal(profile_there(f->tx, device, f->visser), -ENOENT);

        assert_true(session_start(f->tx, &three, &new) > 0);
        new.person = f->karim;
        assert_true(session_start(f->tx, &four, &new) > 0);
        assert_int_equal(session_viewer(f->tx, &three, &viewer), -ENOENT);
        assert_int_equal(session_viewer(f->tx, &four, &viewer), 0);
}

static void who_leaves_is_forgotten_everywhere(void **state)
{
        struct fixture *f = *state;
        int64_t device = device_add(f->tx, &one);
        struct arena a = ARENA(4096);
        const char *hash;

        assert_int_equal(profile_add(f->tx, device, f->huda), 0);
        assert_int_equal(pin_put(f->tx, f->huda, "$"), 0);
        assert_int_equal(invite(f, &three, &four, f->huda, PROOF_NEW_PIN, in_an_hour()), 0);
        assert_int_equal(account_end(f->tx, f->huda), 0);
        assert_int_equal(profile_there(f->tx, device, f->huda), -ENOENT);
        assert_int_equal(pin_get(f->tx, &a, f->huda, &hash), -ENOENT);
        assert_int_equal(invitation_look(f->tx, &three, &(struct invitation){ 0 }), -ENOENT);
        arena_done(&a);
}

static int count_gone(void *arg, _unused_ const struct token_hash *hash)
{
        ++*(int *)arg;
        return 0;
}

static void every_ending_is_found_once_by_its_number(void **state)
{
        struct fixture *f = *state;
        struct session_new new = { .person = f->huda, .kind = DEVICE_PHONE, .how = SIGN_IN_LINK, .until_ms = in_an_hour() };
        int64_t last, next, now = clock_now_ms();
        int gone = 0;

        for (int i = 0; i < 3; i++)
                assert_true(session_start(f->tx, &(struct token_hash){ { (uint8_t)(10 + i) } }, &new) > 0);
        assert_int_equal(session_last_ended(f->tx, &last), 0);
        assert_int_equal(session_end(f->tx, &(struct token_hash){ { 10 } }), 0);
        assert_int_equal(session_gone(f->tx, last, now, now, count_gone, &gone), 0);
        assert_int_equal(gone, 1);
        assert_int_equal(session_last_ended(f->tx, &next), 0);
        assert_true(next > last);
        assert_int_equal(sessions_end_of(f->tx, f->huda, 0), 0);
        gone = 0;
        assert_int_equal(session_gone(f->tx, next, now, now, count_gone, &gone), 0);
        assert_int_equal(gone, 2);
        /* One that grows too old while somebody listens. */
        new.until_ms = now + 1000;
        assert_true(session_start(f->tx, &(struct token_hash){ { 20 } }, &new) > 0);
        assert_int_equal(session_last_ended(f->tx, &next), 0);
        gone = 0;
        assert_int_equal(session_gone(f->tx, next, now, now + 999, count_gone, &gone), 0);
        assert_int_equal(gone, 0);
        assert_int_equal(session_gone(f->tx, next, now + 999, now + 1000, count_gone, &gone), 0);
        assert_int_equal(gone, 1);
}

static void waits_double_from_the_third_and_have_an_end(void **state)
{
        (void)state;
        assert_int_equal(attempt_pause_ms(1, 30000), 0);
        assert_int_equal(attempt_pause_ms(2, 30000), 0);
        assert_int_equal(attempt_pause_ms(3, 30000), 30000);
        assert_int_equal(attempt_pause_ms(4, 30000), 60000);
        assert_int_equal(attempt_pause_ms(5, 30000), 120000);
        assert_int_equal(attempt_pause_ms(50, 30000), ATTEMPT_WAIT_MAX_MS);
        assert_int_equal(attempt_pause_ms(INT64_MAX, 30000), ATTEMPT_WAIT_MAX_MS);
}

static void attempts_are_counted_by_key_and_forgiven_by_a_right_one_or_a_day(void **state)
{
        struct fixture *f = *state;
        int64_t now = clock_now_ms(), wait = -1;

        for (int i = 1; i <= 3; i++)
                assert_int_equal(attempt_failed(f->tx, &one, now, 1000), i);
        assert_int_equal(attempt_wait(f->tx, &one, now + 400, &wait), 0);
        assert_int_equal(wait, 600);
        assert_int_equal(attempt_wait(f->tx, &one, now + 1000, &wait), 0);
        assert_int_equal(wait, 0);
        assert_int_equal(attempt_wait(f->tx, &two, now, &wait), 0);
        assert_int_equal(wait, 0);
        /* A clock that was put back. */
        assert_int_equal(attempt_wait(f->tx, &one, 0, &wait), 0);
        assert_int_equal(wait, ATTEMPT_WAIT_MAX_MS);
        assert_int_equal(attempt_failed(f->tx, &one, now + ATTEMPT_KEPT_MS + 2000, 1000), 1);
        assert_int_equal(attempt_passed(f->tx, &one), 0);
        assert_int_equal(attempt_failed(f->tx, &one, now, 1000), 1);
}

static void an_address_waits_after_thirty_and_others_do_not(void **state)
{
        struct tries *t = NULL;
        struct address here = { { 1 } }, there = { { 2 } };
        int64_t first, now = 1000;

        (void)state;
        assert_int_equal(tries_new(&t), 0);
        for (int i = 0; i < TRIES_FREE; i++)
                tries_failed(t, &here, now);
        assert_int_equal(tries_wait(t, &here, now), 0);
        tries_failed(t, &here, now);
        first = tries_wait(t, &here, now);
        assert_int_equal(first, TRIES_WAIT_MS);
        tries_failed(t, &here, now);
        assert_int_equal(tries_wait(t, &here, now), 2 * first);
        assert_int_equal(tries_wait(t, &there, now), 0);
        /* Forgiven one by one. */
        tries_failed(t, &here, now + 40 * (int64_t)TRIES_FORGIVE_MS);
        assert_int_equal(tries_wait(t, &here, now + 40 * (int64_t)TRIES_FORGIVE_MS), 0);
        tries_free(t);
}

static void a_code_is_read_as_people_type_it(void **state)
{
        char made[CODE_TEXT + 1], got[CODE_TEXT + 1];

        (void)state;
        code_make(made);
        assert_int_equal(strlen(made), CODE_TEXT);
        assert_int_equal(code_read(made, got), 0);
        assert_string_equal(made, got);
        assert_int_equal(code_read(" K7RM-4PX0 ", got), 0);
        assert_string_equal(got, "k7rm4px0");
        assert_int_equal(code_read("k7rm4pxo", got), 0);
        assert_string_equal(got, "k7rm4px0");
        assert_int_equal(code_read("kIrL-4pxq", got), 0);
        assert_string_equal(got, "k1r14pxq");
        for (const char *const *bad = (const char *const[]){ "", "k7rm4px", "k7rm4pxqq", "k7rm4pxu", "k7rm_4pxq", "\xd9\xa1", NULL }; *bad; bad++)
                assert_int_equal(code_read(*bad, got), -EINVAL);
}

static void a_pin_is_kept_keyed_and_slow(void **state)
{
        struct secret_key key = { { 1 } }, other = { { 2 } };
        char hash[SLOW_HASH_TEXT];

        (void)state;
        assert_int_equal(slow_hash(&key, "482913", hash), 0);
        assert_int_equal(strncmp(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31), 0);
        assert_true(slow_check(&key, "482913", hash));
        assert_false(slow_check(&key, "482914", hash));
        assert_false(slow_check(&other, "482913", hash));
        assert_false(slow_check(&key, "482913", NULL));
}

static void a_pin_is_six_figures_that_not_everybody_guesses(void **state)
{
        (void)state;
        assert_true(pin_is_well_formed("000000"));
        for (const char *const *bad = (const char *const[]){ "", "12345", "1234567", "12345a", " 23456", NULL }; *bad; bad++)
                assert_false(pin_is_well_formed(*bad));
        for (const char *const *bad = (const char *const[]){ "000000", "999999", "123456", "654321", NULL }; *bad; bad++)
                assert_true(pin_is_too_easy(*bad));
        assert_false(pin_is_too_easy("482913"));
        assert_false(pin_is_too_easy("000001"));
}

#define WITH_SCHOOL(test) cmocka_unit_test_setup_teardown(test, chat_set_up, chat_tear_down)

int main(void)
{
        const struct CMUnitTest tests[] = {
                WITH_SCHOOL(an_invitation_opens_by_either_secret_and_once),
                WITH_SCHOOL(the_newest_invitation_of_a_person_is_the_one_that_works),
                WITH_SCHOOL(an_invitation_is_for_a_time_and_for_what_the_role_signs_in_with),
                WITH_SCHOOL(a_device_knows_its_people_and_ends_one_session_by_the_next),
                WITH_SCHOOL(who_leaves_is_forgotten_everywhere),
                WITH_SCHOOL(every_ending_is_found_once_by_its_number),
                WITH_SCHOOL(attempts_are_counted_by_key_and_forgiven_by_a_right_one_or_a_day),
                cmocka_unit_test(waits_double_from_the_third_and_have_an_end),
                cmocka_unit_test(an_address_waits_after_thirty_and_others_do_not),
                cmocka_unit_test(a_code_is_read_as_people_type_it),
                cmocka_unit_test(a_pin_is_kept_keyed_and_slow),
                cmocka_unit_test(a_pin_is_six_figures_that_not_everybody_guesses),
        };

        return secret_init() < 0 || cmocka_run_group_tests(tests, NULL, NULL);
}
