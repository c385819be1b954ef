/* links: chat otp secret store proto text base */
/* Login names, passwords with codes, recovery codes, and whom a provider's account is. */
#include "chat/signin/credential.h"
#include "chat/signin/identity.h"
#include "chat_help.h"
#include "otp/otp.h"
#include "secret/secret.h"
#include "store/query.h"

static const int64_t now = INT64_C(1700000000000);
static const struct token_hash key = { { 7 } }, other = { { 8 } };

/* Begins and ends an enrolment of the mentor; gives the codes. secret: of the app. */
static void enrol(struct fixture *f, const char *password, uint8_t secret[OTP_SECRET], char codes[RECOVERY_CODES][RECOVERY_TEXT + 1])
{
        static const char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
        _cleanup_(buf_done) struct buf address = BUF(1000), text = BUF(100);
        struct enrolment enrolment = { .person = f->visser, .key = &key, .password = password, .issuer = "School", .name = "visser" };
        char code[OTP_DIGITS + 1];
        uint64_t bits = 0;
        int64_t person = 0;
        int have = 0;

        assert_int_equal(enrolment_begin(f->tx, &enrolment, now, &address, &text), 0);
        for (size_t i = 0, at = 0; i < OTP_TEXT; i++) {
                bits = bits << 5 | (uint64_t)(strchr(alphabet, buf_str(&text)[i]) - alphabet);
                have += 5;
                if (have >= 8) {
                        have -= 8;
                        secret[at++] = (uint8_t)(bits >> have);
                }
        }
        assert_int_equal(otp_code(secret, otp_step(now) - 1, code), 0);
        assert_int_equal(enrolment_finish(f->tx, &other, code, now, &person, codes), -ENOENT);
        assert_int_equal(enrolment_finish(f->tx, &key, "000000", now, &person, codes), -EACCES);
        assert_int_equal(enrolment_finish(f->tx, &key, code, now + ENROLMENT_MINUTES * 60 * 1000, &person, codes), -ENOENT);
        assert_int_equal(enrolment_finish(f->tx, &key, code, now, &person, codes), 0);
        assert_true(person == f->visser);
        assert_int_equal(enrolment_finish(f->tx, &key, code, now, &person, codes), -ENOENT);
}

static int roster_gives(struct fixture *f, int64_t person, const char *fold)
{
        struct query *q = query(f->tx, QUERY_login_put);

        query_int(q, person);
        query_text(q, "username");
        query_text(q, fold);
        return query_run(q);
}

static void a_login_name_is_one_persons(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf names = BUF(100);
        int64_t person = 0;

        assert_int_equal(login_person(f->tx, "visser", &person), -ENOENT);
        assert_int_equal(login_give(f->tx, f->visser, " M.Visser "), 0);
        assert_int_equal(login_names(f->tx, f->visser, &names), 0);
        assert_string_equal(buf_str(&names), "m.visser\n");
        /* What is chosen does not tell who somebody is; what the roster gives does. */
        assert_int_equal(login_person(f->tx, "m.VISSER", &person), -ENOENT);
        assert_int_equal(roster_gives(f, f->visser, "m.visser"), 0);
        assert_int_equal(login_person(f->tx, "m.VISSER", &person), 0);
        assert_true(person == f->visser);
        assert_int_equal(login_give(f->tx, f->visser, "m.visser"), 0);
        assert_int_equal(login_give(f->tx, f->rania, "M.visser"), -EEXIST);
        assert_int_equal(login_give(f->tx, f->rania, "m visser"), -EINVAL);
        /* The roster may give it twice; then it is nobody's. A family's counts for nothing. */
        assert_int_equal(roster_gives(f, f->huda, "huda"), 0);
        assert_int_equal(login_person(f->tx, "huda", &person), -ENOENT);
        assert_int_equal(roster_gives(f, f->rania, "m.visser"), 0);
        assert_int_equal(login_person(f->tx, "m.visser", &person), -ENOENT);
}

static void a_code_and_a_recovery_code_are_good_once(void **state)
{
        struct fixture *f = *state;
        char codes[RECOVERY_CODES][RECOVERY_TEXT + 1], code[OTP_DIGITS + 1], next[OTP_DIGITS + 1];
        uint8_t secret[OTP_SECRET];
        struct credential seen;
        int64_t left;

        enrol(f, "$argon2id$one", secret, codes);
        assert_int_equal(login_give(f->tx, f->visser, "visser"), 0);
        assert_int_equal(credential_find(f->tx, "Visser", &seen), 0);
        assert_string_equal(seen.password, "$argon2id$one");
        assert_int_equal(otp_code(secret, otp_step(now), code), 0);
        assert_int_equal(otp_code(secret, otp_step(now) + 1, next), 0);
        assert_int_equal(credential_accept(f->tx, &seen, code, now), 0);
        assert_int_equal(credential_accept(f->tx, &seen, code, now), -EACCES);
        assert_int_equal(credential_accept(f->tx, &seen, next, now), 0);
        assert_int_equal(credential_accept(f->tx, &seen, code, now), -EACCES);
        assert_int_equal(credential_accept(f->tx, &seen, codes[3], now), 0);
        assert_int_equal(credential_accept(f->tx, &seen, codes[3], now), -EACCES);
        assert_int_equal(recovery_left(f->tx, f->visser, &left), 0);
        assert_int_equal(left, RECOVERY_CODES - 1);
}

static void what_was_seen_must_hold_still(void **state)
{
        struct fixture *f = *state;
        char codes[RECOVERY_CODES][RECOVERY_TEXT + 1];
        uint8_t secret[OTP_SECRET];
        struct credential seen, again;

        enrol(f, "$argon2id$one", secret, codes);
        assert_int_equal(credential_of(f->tx, f->visser, &seen), 0);
        assert_int_equal(credential_set_password(f->tx, &seen, "$argon2id$two"), 0);
        assert_int_equal(credential_accept(f->tx, &seen, codes[0], now), -EACCES);
        assert_int_equal(credential_set_password(f->tx, &seen, "$argon2id$three"), -EACCES);
        assert_int_equal(credential_of(f->tx, f->visser, &again), 0);
        assert_int_equal(credential_accept(f->tx, &again, codes[0], now), 0);
        /* A restore forgets recovery codes; leaving forgets all. */
        assert_int_equal(credential_after_restore(f->tx), 0);
        assert_int_equal(credential_accept(f->tx, &again, codes[1], now), -EACCES);
        assert_int_equal(credential_end(f->tx, f->visser), 0);
        assert_int_equal(credential_of(f->tx, f->visser, &again), -ENOENT);
}

static void the_secret_of_codes_is_sealed(void **state)
{
        struct fixture *f = *state;
        char codes[RECOVERY_CODES][RECOVERY_TEXT + 1];
        uint8_t secret[OTP_SECRET];
        struct query *q;

        enrol(f, "$argon2id$one", secret, codes);
        q = query(f->tx, QUERY_credential_get);
        query_int(q, f->visser);
        assert_int_equal(query_row(q), 1);
        assert_true(query_get_bytes(q, 1) > OTP_SECRET);
        assert_null(memmem(query_get_blob(q, 1), query_get_bytes(q, 1), secret, OTP_SECRET));
        query_end(q);
}

static int whois(struct fixture *f, const char *subject, const char *value, int64_t *person)
{
        const char *const values[] = { value };

        return identity_person(f->tx, &(struct identity){ .issuer = "https://school.example", .subject = subject, .values = values, .n = 1 }, person);
}

static void a_subject_is_somebody_from_the_first_time_on(void **state)
{
        struct fixture *f = *state;
        int64_t person = 0;

        assert_int_equal(login_give(f->tx, f->visser, "chosen"), 0);
        assert_int_equal(roster_gives(f, f->visser, "m.visser"), 0);
        assert_int_equal(whois(f, "s1", "chosen", &person), -ENOENT);
        assert_int_equal(whois(f, "s1", "stranger", &person), -ENOENT);
        assert_int_equal(whois(f, "s1", "M.Visser", &person), 0);
        assert_true(person == f->visser);
        assert_int_equal(whois(f, "s1", "rania", &person), 0);
        assert_true(person == f->visser);
        assert_int_equal(whois(f, "s2", "m.visser", &person), -ENOENT);
        assert_int_equal(whois(f, "s3", "rania", &person), 0);
        assert_true(person == f->rania);
        assert_int_equal(whois(f, "s4", "huda", &person), -ENOENT);
        assert_int_equal(identity_forget(f->tx, f->visser), 0);
        assert_int_equal(whois(f, "s2", "m.visser", &person), 0);
        assert_true(person == f->visser);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(a_login_name_is_one_persons, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_code_and_a_recovery_code_are_good_once, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(what_was_seen_must_hold_still, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(the_secret_of_codes_is_sealed, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_subject_is_somebody_from_the_first_time_on, chat_set_up, chat_tear_down),
        };

        return secret_init() < 0 || otp_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
