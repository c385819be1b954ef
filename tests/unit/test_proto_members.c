/* links: proto text base */
/* What the short way takes, jansson takes too and finds the same in it; what the frames of browsers look like, it takes. */
#include "proto/command.h"
#include "proto/members.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

enum { CHANGES = 400000 };

static const char *const frames[] = {
        "{\"do\":\"send\",\"ref\":7,\"thread\":5,\"client_id\":\"0192f3a1-0000-7000-8000-000000000001\",\"body\":\"Dag\"}",
        "{ \"ref\" : 1 , \"do\" : \"hello\" }\n",
        "{\"do\":\"send\",\"ref\":999999999999999,\"body\":\"السلام عليكم، كيف حالكم؟\",\"language\":\"ar\",\"direction\":\"rtl\"}",
        "{\"do\":\"x\",\"ref\":0,\"yes\":true,\"no\":false,\"text\":\"ሰላም { [ : , ] }\"}",
        "\t{\"a\":\"\",\"b\":\"\",\"c\":10,\"d\":20}\r\n ",
};

static bool is_same(const struct member *a, const struct member *b)
{
        if (a->type != b->type)
                return false;
        if (a->type == MEMBER_STRING)
                return a->n == b->n && memcmp(a->s, b->s, a->n) == 0;
        return a->i == b->i;
}

/* Whether the short way took it. */
static bool agree(const char *bytes, size_t n)
{
        struct members flat, tree;
        struct problem problem;

        if (!members_read_flat(bytes, n, &flat))
                return false;
        if (members_read_tree(bytes, n, &tree, &problem) != 0)
                fail_msg("jansson does not take %.*s", (int)n, bytes);
        assert_int_equal(flat.n, tree.n);
        assert_false(tree.more);
        for (size_t i = 0; i < flat.n; i++) {
                char key[80];

                assert_true(flat.list[i].key_len < sizeof(key));
                memcpy(key, flat.list[i].key, flat.list[i].key_len);
                key[flat.list[i].key_len] = '\0';
                if (!members_find(&tree, key) || !is_same(&flat.list[i], members_find(&tree, key)))
                        fail_msg("they differ in %s of %.*s", key, (int)n, bytes);
        }
        members_done(&tree);
        return true;
}

static void the_frames_of_a_browser_are_taken(void **state)
{
        (void)state;
        for (size_t i = 0; i < ELEMENTS(frames); i++)
                assert_true(agree(frames[i], strlen(frames[i])));
}

static void what_is_odd_is_left_to_jansson(void **state)
{
        static const char *const odd[] = {
                "", "{", "{}", "[]", "7", "{\"a\":1", "{\"a\":1}}", "{\"a\":1}x", "{\"a\":01}", "{\"a\":-1}", "{\"a\":1.5}", "{\"a\":1e3}", "{\"a\":1E3}",
                "{\"a\":1x}", "{\"a\":+1}", "{\"a\":}", "{\"a\"}", "{a:1}", "{\"a\":1,}", "{,\"a\":1}", "{\"a\":1 \"b\":2}", "{\"a\":\"\\n\"}", "{\"a\":\"\n\"}",
                "{\"\\u0061\":1}", "{\"a\":1,\"a\":1}", "{\"a\":null}", "{\"a\":[]}", "{\"a\":{}}", "{\"a\":truer}", "{\"a\":True}", "{\"a\":1000000000000000}",
                "{\"a\":\"b}", "{\"a:1}", "\xef\xbb\xbf{\"a\":1}",
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(odd); i++)
                if (agree(odd[i], strlen(odd[i])))
                        fail_msg("taken: %s", odd[i]);
        assert_false(agree("{\"a\":\"\0\"}", 9));
        assert_false(agree("{\"a\":1}\0", 8));
}

static void a_browsers_frame_with_anything_in_it_is_read_alike_or_left(void **state)
{
        static const char letters[] = "{}[]:,\"\\ \t\n\r0123456789.eE+-truefalsn\x01\x7f";
        uint32_t seed = 1;
        size_t taken = 0;

        (void)state;
        for (size_t i = 0; i < CHANGES; i++) {
                const char *frame = frames[i % ELEMENTS(frames)];
                size_t n = strlen(frame), changes = 1 + i % 3;
                char room[256];

                memcpy(room, frame, n);
                while (changes-- > 0) {
                        size_t at = (seed = seed * 1664525 + 1013904223) >> 8, what = (seed = seed * 1664525 + 1013904223) >> 8;

                        at %= n;
                        if ((unsigned char)room[at] >= 0x80)
                                continue; /* it stays UTF-8 */
                        if (what % 4 == 0) {
                                memmove(room + at, room + at + 1, --n - at);
                        } else if (what % 4 == 1 && n < sizeof(room)) {
                                memmove(room + at + 1, room + at, n++ - at);
                                room[at] = letters[what / 4 % (sizeof(letters) - 1)];
                        } else {
                                room[at] = letters[what / 4 % (sizeof(letters) - 1)];
                        }
                }
                taken += agree(room, n);
        }
        assert_true(taken > CHANGES / 20);
}

/* Twenty fields are too many for any command, wherever the two that matter stand. */
static void of_too_many_fields_one_is_unknown_and_the_ref_is_found(void **state)
{
        struct command_args args = { 0 };
        struct problem problem = { 0 };
        char frame[512];
        size_t n = 0;

        (void)state;
        n += (size_t)snprintf(frame, sizeof(frame), "{\"do\":\"typing\",\"thread\":1,");
        for (int i = 0; i < 20; i++)
                n += (size_t)snprintf(frame + n, sizeof(frame) - n, "\"field%d\":1,", i);
        n += (size_t)snprintf(frame + n, sizeof(frame) - n, "\"ref\":77}");
        assert_int_equal(command_decode(frame, n, &args, &problem), -EBADMSG);
        assert_int_equal(args.ref, 77);
        assert_int_equal(problem.code, ERROR_INVALID);
        assert_int_equal(problem.reason, REASON_UNKNOWN_FIELD);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(the_frames_of_a_browser_are_taken),
                cmocka_unit_test(what_is_odd_is_left_to_jansson),
                cmocka_unit_test(a_browsers_frame_with_anything_in_it_is_read_alike_or_left),
                cmocka_unit_test(of_too_many_fields_one_is_unknown_and_the_ref_is_found),
        };

        command_decode_init();
        return cmocka_run_group_tests(tests, NULL, NULL);
}
