/* links: base */
/* The bounded buffer: what fits is there, what does not leaves it as it was and is remembered. */
#include "base/buf.h"

#include <errno.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>

static void what_is_added_is_there_with_a_nul_behind_it(void **state)
{
        _cleanup_(buf_done) struct buf b = BUF(64);

        (void)state;
        assert_string_equal(buf_str(&b), "");
        assert_int_equal(buf_add_str(&b, "مرحبا"), 0);
        assert_int_equal(buf_add_char(&b, ' '), 0);
        assert_int_equal(buf_printf(&b, "%d %s", 7, "keer"), 0);
        assert_int_equal(buf_add(&b, "\0x", 2), 0);
        assert_string_equal(buf_str(&b), "مرحبا 7 keer");
        assert_int_equal(b.len, strlen("مرحبا 7 keer") + 2);
        assert_int_equal(b.data[b.len], '\0');
        assert_int_equal(buf_failed(&b), 0);
}

static void exactly_the_cap_fits_and_one_byte_more_does_not(void **state)
{
        _cleanup_(buf_done) struct buf b = BUF(10);

        (void)state;
        assert_int_equal(buf_add_str(&b, "0123456789"), 0);
        assert_int_equal(b.len, 10);
        assert_int_equal(b.data[10], '\0');
        assert_int_equal(buf_add(&b, "", 0), 0);
        assert_int_equal(buf_add_char(&b, 'x'), -EMSGSIZE);
        assert_string_equal(buf_str(&b), "0123456789");
}

static void a_failure_stays_until_the_buffer_is_cleared(void **state)
{
        _cleanup_(buf_done) struct buf b = BUF(10);

        (void)state;
        assert_int_equal(buf_add_str(&b, "abc"), 0);
        assert_int_equal(buf_add_str(&b, "0123456789"), -EMSGSIZE);
        assert_string_equal(buf_str(&b), "abc");
        assert_int_equal(buf_add_char(&b, 'd'), -EMSGSIZE);
        assert_int_equal(buf_printf(&b, "x"), -EMSGSIZE);
        assert_null(buf_reserve(&b, 1));
        assert_null(buf_take(&b));
        assert_int_equal(buf_failed(&b), -EMSGSIZE);
        buf_clear(&b);
        assert_int_equal(buf_failed(&b), 0);
        assert_string_equal(buf_str(&b), "");
        assert_int_equal(buf_add_str(&b, "weer"), 0);
}

static void a_size_near_the_largest_number_is_over_the_cap(void **state)
{
        _cleanup_(buf_done) struct buf b = BUF(SIZE_MAX / 2);

        (void)state;
        assert_int_equal(buf_add_str(&b, "abc"), 0);
        assert_null(buf_reserve(&b, SIZE_MAX));
        assert_int_equal(buf_failed(&b), -EMSGSIZE);
        assert_string_equal(buf_str(&b), "abc");
}

static void it_grows_byte_by_byte_to_its_cap(void **state)
{
        enum { CAP = 100000 };
        _cleanup_(buf_done) struct buf b = BUF(CAP);

        (void)state;
        for (int i = 0; i < CAP; i++)
                assert_int_equal(buf_add_char(&b, (char)('a' + i % 26)), 0);
        assert_int_equal(buf_add_char(&b, 'x'), -EMSGSIZE);
        assert_true(b.room <= CAP + 1);
        for (int i = 0; i < CAP; i++)
                assert_int_equal(b.data[i], 'a' + i % 26);
}

static void what_is_taken_out_is_ones_own(void **state)
{
        _cleanup_(buf_done) struct buf b = BUF(10);
        char *taken;

        (void)state;
        assert_int_equal(buf_add_str(&b, "abc"), 0);
        taken = buf_take(&b);
        assert_string_equal(taken, "abc");
        free(taken);
        assert_int_equal(b.len, 0);
        taken = buf_take(&b);
        assert_string_equal(taken, "");
        free(taken);
}

static void reserved_room_is_written_by_the_caller(void **state)
{
        _cleanup_(buf_done) struct buf b = BUF(1000);
        char *to;

        (void)state;
        to = buf_reserve(&b, 500);
        assert_non_null(to);
        memset(to, 'x', 500);
        b.len += 500;
        assert_int_equal(buf_add_str(&b, "einde"), 0);
        assert_int_equal(b.len, 505);
        assert_memory_equal(b.data + 498, "xxeinde", 8);
}

static void what_is_escaped_is_plain_ascii(void **state)
{
        _cleanup_(buf_done) struct buf b = BUF(64), small = BUF(7);

        (void)state;
        assert_int_equal(buf_add_escaped(&b, "aZ09-._~ %\"/é\n"), 0);
        assert_string_equal(buf_str(&b), "aZ09-._~%20%25%22%2F%C3%A9%0A");
        assert_int_equal(buf_add_escaped(&small, "ab  "), -EMSGSIZE);
        assert_int_equal(buf_failed(&small), -EMSGSIZE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_added_is_there_with_a_nul_behind_it),
                cmocka_unit_test(exactly_the_cap_fits_and_one_byte_more_does_not),
                cmocka_unit_test(a_failure_stays_until_the_buffer_is_cleared),
                cmocka_unit_test(a_size_near_the_largest_number_is_over_the_cap),
                cmocka_unit_test(it_grows_byte_by_byte_to_its_cap),
                cmocka_unit_test(what_is_taken_out_is_ones_own),
                cmocka_unit_test(reserved_room_is_written_by_the_caller),
                cmocka_unit_test(what_is_escaped_is_plain_ascii),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
