/* links: secret text base */
/* Passwords: made comparable, refused where they are known, kept as argon2id; and recovery codes. */
#include "secret/password.h"
#include "secret/secret.h"
#include "text/precis.h"

#include "base/macro.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const struct password_cost cost = { 19 << 20, 2 };

static void a_password_fits_its_hash_and_no_other(void **state)
{
        char hash[PASSWORD_HASH_TEXT], again[PASSWORD_HASH_TEXT];

        (void)state;
        assert_int_equal(password_hash("een fiets zonder bel", &cost, hash), 0);
        assert_int_equal(password_hash("een fiets zonder bel", &cost, again), 0);
        assert_memory_equal(hash, "$argon2id$v=19$m=19456,t=2,p=1$", 31);
        assert_string_not_equal(hash, again);
        assert_true(password_fits("een fiets zonder bel", hash, &cost));
        assert_false(password_fits("een fiets zonder be", hash, &cost));
        assert_false(password_fits("een fiets zonder bel", NULL, &cost));
        assert_false(password_fits("een fiets zonder bel", "$argon2id$", &cost));
}

static void what_was_made_for_less_is_cheap(void **state)
{
        const struct password_cost more = { 20 << 20, 2 }, longer = { 19 << 20, 3 };
        char hash[PASSWORD_HASH_TEXT];

        (void)state;
        assert_int_equal(password_hash("een fiets zonder bel", &cost, hash), 0);
        assert_false(password_is_cheap(hash, &cost));
        assert_true(password_is_cheap(hash, &more));
        assert_true(password_is_cheap(hash, &longer));
        assert_true(password_is_cheap("$argon2i$v=19$m=99999,t=9,p=1$", &cost));
}

static void what_everybody_tries_is_weak(void **state)
{
        static const char *const names[] = { "m.visser@proef.example", "Visser", NULL };
        static const char *const weak[] = { "Wachtwoord2026!", "welkom01welkom01", "Welkom123456!!", "qwertyuiop12", "123456789012", "111111111111",
                                            "abababababab", "abcdefghijklm", "Visser2026!!", "zyxwvutsrqpo", "19-03-1985 19", "P@ssw0rd1234" };
        static const char *const good[] = { "een fiets zonder bel", "Visser houdt van de zee", "wachtwoorden zijn lastig", "ኣነ ብኣፍሪቃ ይፈቱ እየ", "كلمة سر طويلة جدا" };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(weak); i++)
                if (!password_is_weak(weak[i], names))
                        fail_msg("taken: %s", weak[i]);
        for (size_t i = 0; i < ELEMENTS(good); i++)
                if (password_is_weak(good[i], names))
                        fail_msg("refused: %s", good[i]);
}

static void a_password_is_the_same_from_every_keyboard(void **state)
{
        _cleanup_free_ char *one = NULL, *two = NULL;
        char *none = NULL;
        size_t points;

        (void)state;
        /* é as one point and as two; a space of Ethiopia's keyboards and one that does not break */
        assert_int_equal(text_password("caf\xc3\xa9 \xc3\x85", 8, 100, &one, &points), 0);
        assert_int_equal(points, 6);
        assert_int_equal(text_password("cafe\xcc\x81\xc2\xa0" "A\xcc\x8a", 11, 100, &two, &points), 0);
        assert_string_equal(one, two);
        assert_int_equal(points, 6);
        assert_int_equal(text_password("a\tb", 3, 100, &none, &points), -EBADMSG);
        assert_int_equal(text_password("a\xe2\x80\xae" "b", 5, 100, &none, &points), -EBADMSG);
        assert_int_equal(text_password("a\xff", 2, 100, &none, &points), -EILSEQ);
        assert_int_equal(text_password("", 0, 100, &none, &points), -ENODATA);
        assert_int_equal(text_password("abc", 3, 2, &none, &points), -EMSGSIZE);
        assert_null(none);
}

static void a_login_name_is_the_same_in_any_case(void **state)
{
        static const char *const same[] = { " M.Visser@Proef.example", "m.visser@proef.EXAMPLE ", "\xef\xbc\xad.visser@proef.example" };
        char *none = NULL;

        (void)state;
        for (size_t i = 0; i < ELEMENTS(same); i++) {
                _cleanup_free_ char *name = NULL;

                assert_int_equal(text_login(same[i], strlen(same[i]), 200, &name), 0);
                assert_string_equal(name, "m.visser@proef.example");
        }
        assert_int_equal(text_login("m visser", 8, 200, &none), -EBADMSG);
        assert_int_equal(text_login("  ", 2, 200, &none), -ENODATA);
        assert_int_equal(text_login("abc", 3, 2, &none), -EMSGSIZE);
}

static void a_recovery_code_is_read_as_people_write_it(void **state)
{
        char code[RECOVERY_TEXT + 1], other[RECOVERY_TEXT + 1];
        struct token_hash a, b;

        (void)state;
        recovery_make(code);
        recovery_make(other);
        assert_int_equal(strlen(code), RECOVERY_TEXT);
        assert_string_not_equal(code, other);
        assert_int_equal(recovery_hash("AB10-CDEF-GHJK-MNPQ", &a), 0);
        assert_int_equal(recovery_hash("abio cdefghjk-mnpq ", &b), 0);
        assert_memory_equal(&a, &b, sizeof(a));
        assert_int_equal(recovery_hash("AB10-CDEF-GHJK-MNP", &b), -EINVAL);
        assert_int_equal(recovery_hash("AB10-CDEF-GHJK-MNPQ1", &b), -EINVAL);
        assert_int_equal(recovery_hash("AB10-CDEF-GHJK-MNPU", &b), -EINVAL);
        assert_int_equal(recovery_hash("123456", &b), -EINVAL);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_password_fits_its_hash_and_no_other),
                cmocka_unit_test(what_was_made_for_less_is_cheap),
                cmocka_unit_test(what_everybody_tries_is_weak),
                cmocka_unit_test(a_password_is_the_same_from_every_keyboard),
                cmocka_unit_test(a_login_name_is_the_same_in_any_case),
                cmocka_unit_test(a_recovery_code_is_read_as_people_write_it),
        };

        return secret_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
