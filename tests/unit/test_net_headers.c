/* links: net secret base */
#include "net/headers.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#define SECRET "0123456789abcdefghijklmnopqrstuvwxyzABC-_AB"

static void found(const char *cookies, const char *name, const char *secret)
{
        const char *s = cookie_secret(cookies, name);

        if (!secret) {
                assert_null(s);
                return;
        }
        assert_non_null(s);
        assert_memory_equal(s, secret, strlen(secret));
}

static void a_secret_is_found_among_cookies_by_its_whole_name(void **state)
{
        (void)state;
        found("ouderbrug=" SECRET, "ouderbrug", SECRET);
        found("a=b; ouderbrug=" SECRET "; c=d", "ouderbrug", SECRET);
        found(";;  ouderbrug=" SECRET " \t;", "ouderbrug", SECRET);
        found("a=b;ouderbrug=" SECRET, "ouderbrug", SECRET);
        found("__Host-ouderbrug=" SECRET, "ouderbrug", NULL);
        found("__Host-ouderbrug=" SECRET, "__Host-ouderbrug", SECRET);
        found("ouderbrugs=" SECRET, "ouderbrug", NULL);
        found("a=ouderbrug=" SECRET, "ouderbrug", NULL);
        found("", "ouderbrug", NULL);
        found("ouderbrug", "ouderbrug", NULL);
}

static void a_secret_that_has_not_its_form_is_none(void **state)
{
        (void)state;
        found("ouderbrug=", "ouderbrug", NULL);
        found("ouderbrug=" SECRET "x", "ouderbrug", NULL);
        found("ouderbrug=\"" SECRET "\"", "ouderbrug", NULL);
        found("ouderbrug=0123456789abcdefghijklmnopqrstuvwxyzABC-_A/", "ouderbrug", NULL);
        found("ouderbrug=short; ouderbrug=" SECRET, "ouderbrug", SECRET);
}

static void a_length_is_digits_and_nothing_else(void **state)
{
        static const char *const bad[] = { "", " 1", "1 ", "+1", "-1", "0x1", "1,1", "1.0", "one" };
        uint64_t n = 7;

        (void)state;
        for (size_t i = 0; i < ELEMENTS(bad); i++)
                assert_int_equal(content_length(bad[i], &n), -EINVAL);
        assert_int_equal(content_length("18446744073709551616", &n), -ERANGE);
        assert_int_equal(n, 7);
        assert_int_equal(content_length("0", &n), 0);
        assert_int_equal(n, 0);
        assert_int_equal(content_length("0000123", &n), 0);
        assert_int_equal(n, 123);
}

static void a_tag_is_found_in_a_list_weak_or_strong(void **state)
{
        (void)state;
        assert_true(etag_is_among("\"a\"", "\"a\""));
        assert_true(etag_is_among("W/\"a\"", "\"a\""));
        assert_true(etag_is_among("\"x\", W/\"y\" ,\"a\"", "\"a\""));
        assert_true(etag_is_among("\"with, comma\", \"a\"", "\"a\""));
        assert_true(etag_is_among("*", "\"a\""));
        assert_false(etag_is_among("", "\"a\""));
        assert_false(etag_is_among("a", "\"a\""));
        assert_false(etag_is_among("\"ab\"", "\"a\""));
        assert_false(etag_is_among("\"a", "\"a\""));
        assert_false(etag_is_among("\"x\" nonsense \"a\"", "\"a\""));
}

static void accepts(const char *header, int identity, int brotli, int gzip)
{
        int quality[ENCODINGS];

        encodings_accepted(header, quality);
        assert_int_equal(quality[ENCODING_IDENTITY], identity);
        assert_int_equal(quality[ENCODING_BROTLI], brotli);
        assert_int_equal(quality[ENCODING_GZIP], gzip);
}

static void a_weight_of_zero_is_no(void **state)
{
        (void)state;
        accepts(NULL, 1, 0, 0);
        accepts("", 1, 0, 0);
        accepts("gzip, deflate, br", 1, 1000, 1000);
        accepts("gzip;q=0, br;q=0.5", 1, 500, 0);
        accepts("gzip;q=0.000,br;q=0.001", 1, 1, 0);
        accepts("*", 1, 1000, 1000);
        accepts("*;q=0", 0, 0, 0);
        accepts("identity;q=0, *", 0, 1000, 1000);
        accepts("br;q=1.000;x=y", 1, 1000, 0);
        accepts("br;q=1.5", 1, 1000, 0);
        accepts("br;q=,gzip;q", 1, 0, 0);
        accepts(",,; ,", 1, 0, 0);
}

static void an_answer_begins_with_what_browsers_must_heed(void **state)
{
        _cleanup_(buf_done) struct buf out = BUF(4096);

        (void)state;
        head_begin(&out, 404, false);
        head_add_number(&out, "content-length", 12);
        head_end(&out);
        assert_int_equal(buf_failed(&out), 0);
        assert_memory_equal(buf_str(&out), "HTTP/1.1 404 Not Found\r\ndate: ", 30);
        assert_non_null(strstr(buf_str(&out), "\r\ncontent-security-policy: default-src 'none'; script-src 'self';"));
        assert_non_null(strstr(buf_str(&out), "\r\nx-content-type-options: nosniff\r\n"));
        assert_null(strstr(buf_str(&out), "unsafe"));
        assert_null(strstr(buf_str(&out), "strict-transport-security"));
        assert_string_equal(buf_str(&out) + out.len - 24, "\r\ncontent-length: 12\r\n\r\n");

        buf_clear(&out);
        head_begin(&out, 200, true);
        assert_non_null(strstr(buf_str(&out), "\r\nstrict-transport-security: max-age=31536000"));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_secret_is_found_among_cookies_by_its_whole_name),
                cmocka_unit_test(a_secret_that_has_not_its_form_is_none),
                cmocka_unit_test(a_length_is_digits_and_nothing_else),
                cmocka_unit_test(a_tag_is_found_in_a_list_weak_or_strong),
                cmocka_unit_test(a_weight_of_zero_is_no),
                cmocka_unit_test(an_answer_begins_with_what_browsers_must_heed),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
