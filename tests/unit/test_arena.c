/* links: base */
/* The arena: zeroed, aligned, capped, and given back at once. */
#include "base/arena.h"

#include <errno.h>
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void memory_is_zeroed_aligned_and_ones_own(void **state)
{
        _cleanup_(arena_done) struct arena a = ARENA(1024 * 1024);
        char *last = NULL;

        (void)state;
        assert_non_null(arena_get(&a, 0));
        for (size_t n = 1; n < 300; n++) {
                char *p = arena_get(&a, n);

                assert_non_null(p);
                assert_int_equal((uintptr_t)p % alignof(max_align_t), 0);
                for (size_t i = 0; i < n; i++)
                        assert_int_equal(p[i], 0);
                memset(p, 0xff, n);
                assert_true(p != last);
                last = p;
        }
        assert_int_equal(arena_failed(&a), 0);
}

static void past_the_cap_there_is_nothing_more(void **state)
{
        _cleanup_(arena_done) struct arena a = ARENA(1000);

        (void)state;
        assert_non_null(arena_get(&a, 900));
        assert_null(arena_get(&a, 200));
        assert_int_equal(arena_failed(&a), -EMSGSIZE);
        assert_null(arena_get(&a, 1));
        assert_null(arena_copy(&a, "x", 1));
        arena_done(&a);
        assert_int_equal(arena_failed(&a), 0);
        assert_non_null(arena_get(&a, 1000));
        assert_null(arena_get(&a, SIZE_MAX));
}

static void a_copy_ends_with_a_nul_and_nothing_is_copied_from_nothing(void **state)
{
        _cleanup_(arena_done) struct arena a = ARENA(1000);

        (void)state;
        assert_string_equal(arena_copy(&a, "abcdef", 3), "abc");
        assert_string_equal(arena_copy(&a, "", 0), "");
        assert_null(arena_copy(&a, NULL, 0));
        assert_int_equal(arena_failed(&a), 0);
}

static void an_array_grows_and_keeps_its_items(void **state)
{
        _cleanup_(arena_done) struct arena a = ARENA(1024 * 1024);
        int64_t *items = NULL;
        size_t room = 0;

        (void)state;
        for (size_t n = 0; n < 5000; n++) {
                items = arena_grow(&a, items, n, &room, sizeof(*items));
                assert_non_null(items);
                assert_true(room > n);
                items[n] = (int64_t)n;
        }
        for (size_t n = 0; n < 5000; n++)
                assert_int_equal(items[n], n);
        for (size_t n = 5000; items; n++)
                items = arena_grow(&a, items, n, &room, sizeof(*items));
        assert_int_equal(arena_failed(&a), -EMSGSIZE);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(memory_is_zeroed_aligned_and_ones_own),
                cmocka_unit_test(past_the_cap_there_is_nothing_more),
                cmocka_unit_test(a_copy_ends_with_a_nul_and_nothing_is_copied_from_nothing),
                cmocka_unit_test(an_array_grows_and_keeps_its_items),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
