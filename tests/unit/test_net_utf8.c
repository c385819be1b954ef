/* links: net base */
#include "net/utf8.h"

#include "base/macro.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static size_t encode(uint32_t c, char *out)
{
        if (c < 0x80) {
                out[0] = (char)c;
                return 1;
        }
        if (c < 0x800) {
                out[0] = (char)(0xc0 | c >> 6);
                out[1] = (char)(0x80 | (c & 63));
                return 2;
        }
        if (c < 0x10000) {
                out[0] = (char)(0xe0 | c >> 12);
                out[1] = (char)(0x80 | (c >> 6 & 63));
                out[2] = (char)(0x80 | (c & 63));
                return 3;
        }
        out[0] = (char)(0xf0 | c >> 18);
        out[1] = (char)(0x80 | (c >> 12 & 63));
        out[2] = (char)(0x80 | (c >> 6 & 63));
        out[3] = (char)(0x80 | (c & 63));
        return 4;
}

/* Also past U+10FFFF, as far as four bytes go. */
static void every_code_point_is_valid_and_surrogates_are_not(void **state)
{
        (void)state;
        for (uint32_t c = 0; c < 0x200000; c++) {
                char bytes[4];
                size_t n = encode(c, bytes);
                bool good = c < 0x110000 && (c < 0xd800 || c > 0xdfff);

                assert_int_equal(utf8_is_valid(bytes, n), good);
                if (n > 1)
                        assert_false(utf8_is_valid(bytes, n - 1));
        }
}

/* Every pair of bytes, and every pair in front of two continuation bytes. */
static void what_is_overlong_or_out_of_place_is_invalid(void **state)
{
        (void)state;
        for (unsigned a = 0; a < 256; a++)
                for (unsigned b = 0; b < 256; b++) {
                        const char bytes[] = { (char)a, (char)b, (char)0x80, (char)0x80 };
                        bool two = (a < 0x80 && b < 0x80) || (a >= 0xc2 && a <= 0xdf && b >= 0x80 && b <= 0xbf);
                        bool three = a >= 0xe0 && a <= 0xef && b >= 0x80 && b <= 0xbf && !(a == 0xe0 && b < 0xa0) &&
                                     !(a == 0xed && b > 0x9f);
                        bool four = a >= 0xf0 && a <= 0xf4 && b >= 0x80 && b <= 0xbf && !(a == 0xf0 && b < 0x90) &&
                                    !(a == 0xf4 && b > 0x8f);
                        /* one byte and then a character of two */
                        bool one_two = a < 0x80 && b >= 0xc2 && b <= 0xdf;

                        assert_int_equal(utf8_is_valid(bytes, 2), two);
                        assert_int_equal(utf8_is_valid(bytes, 3), three || one_two);
                        assert_int_equal(utf8_is_valid(bytes, 4), four || (a < 0x80 && b >= 0xe1 && b <= 0xef));
                }
}

static void the_quick_way_over_ascii_misses_nothing(void **state)
{
        char bytes[40];

        (void)state;
        for (size_t n = 1; n <= sizeof(bytes); n++)
                for (size_t at = 0; at < n; at++) {
                        memset(bytes, 'a', sizeof(bytes));
                        assert_true(utf8_is_valid(bytes, n));
                        bytes[at] = (char)0xff;
                        assert_false(utf8_is_valid(bytes, n));
                        bytes[at] = (char)0xc3;
                        assert_false(utf8_is_valid(bytes, n));
                        if (at + 1 < n) {
                                bytes[at + 1] = (char)0xa9;
                                assert_true(utf8_is_valid(bytes, n));
                        }
                }
        assert_true(utf8_is_valid("", 0));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_code_point_is_valid_and_surrogates_are_not),
                cmocka_unit_test(what_is_overlong_or_out_of_place_is_invalid),
                cmocka_unit_test(the_quick_way_over_ascii_misses_nothing),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
