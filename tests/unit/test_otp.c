/* links: otp base */
/* Codes of RFC 6238, and that none is good twice. */
#include "otp/otp.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static const uint8_t rfc[OTP_SECRET] = "12345678901234567890";

/* RFC 6238 appendix B has eight digits; six are their end. */
static void codes_are_those_of_the_rfc(void **state)
{
        static const struct {
                int64_t seconds;
                const char *code;
        } vectors[] = {
                { 59, "287082" },         { 1111111109, "081804" }, { 1111111111, "050471" },
                { 1234567890, "005924" }, { 2000000000, "279037" }, { INT64_C(20000000000), "353130" },
        };
        char code[OTP_DIGITS + 1];

        (void)state;
        for (size_t i = 0; i < ELEMENTS(vectors); i++) {
                assert_int_equal(otp_code(rfc, otp_step(vectors[i].seconds * 1000), code), 0);
                assert_string_equal(code, vectors[i].code);
        }
}

static void a_code_is_good_a_step_early_and_a_step_late(void **state)
{
        const int64_t now = INT64_C(1111111111) * 1000, step = otp_step(now);
        char code[OTP_DIGITS + 1];
        int64_t used;

        (void)state;
        for (int64_t off = -2; off <= 2; off++) {
                bool near = off >= -1 && off <= 1;

                used = -7;
                assert_int_equal(otp_code(rfc, step + off, code), 0);
                assert_int_equal(otp_check(rfc, code, now, 0, &used), near ? 0 : -EACCES);
                assert_int_equal(used, near ? step + off : -7);
        }
}

static void a_code_is_good_once_and_none_before_it(void **state)
{
        const int64_t now = INT64_C(1111111111) * 1000, step = otp_step(now);
        char before[OTP_DIGITS + 1], code[OTP_DIGITS + 1], after[OTP_DIGITS + 1];
        int64_t used = 0;

        (void)state;
        assert_int_equal(otp_code(rfc, step - 1, before), 0);
        assert_int_equal(otp_code(rfc, step, code), 0);
        assert_int_equal(otp_code(rfc, step + 1, after), 0);
        assert_int_equal(otp_check(rfc, code, now, used, &used), 0);
        assert_int_equal(otp_check(rfc, code, now, used, &used), -EACCES);
        assert_int_equal(otp_check(rfc, before, now, used, &used), -EACCES);
        assert_int_equal(otp_check(rfc, after, now, used, &used), 0);
}

static void what_is_no_code_is_wrong(void **state)
{
        static const char *const texts[] = { "", "05047", "0504711", "05047a", " 50471", "-50471", "٠٥٠٤٧١" };
        int64_t used;

        (void)state;
        for (size_t i = 0; i < ELEMENTS(texts); i++) {
                assert_false(otp_is_code(texts[i]));
                assert_int_equal(otp_check(rfc, texts[i], INT64_C(1111111111) * 1000, 0, &used), -EACCES);
        }
}

static void an_app_reads_the_address(void **state)
{
        _cleanup_(buf_done) struct buf out = BUF(1000);

        (void)state;
        assert_int_equal(otp_address(rfc, "ISK De Proef", "m.visser@proef.example", &out), 0);
        assert_string_equal(buf_str(&out), "otpauth://totp/ISK%20De%20Proef:m.visser%40proef.example?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                                           "&issuer=ISK%20De%20Proef&algorithm=SHA1&digits=6&period=30");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(codes_are_those_of_the_rfc),
                cmocka_unit_test(a_code_is_good_a_step_early_and_a_step_late),
                cmocka_unit_test(a_code_is_good_once_and_none_before_it),
                cmocka_unit_test(what_is_no_code_is_wrong),
                cmocka_unit_test(an_app_reads_the_address),
        };

        return otp_init() < 0 ? 1 : cmocka_run_group_tests(tests, NULL, NULL);
}
