/* links: chat store secret proto text base */
#include "chat/audit/audit.h"
#include "chat/audit/audit_head.h"
#include "chat_help.h"

static void each_row_holds_the_hash_of_the_one_before(void **state)
{
        struct fixture *f = *state;
        struct audit_head head, last;
        const char *why = NULL;
        int64_t bad = -1;

        assert_int_equal(audit_last(f->tx, &head), 0);
        assert_int_equal(head.id, 0);
        for (int i = 1; i <= 3; i++) {
                struct audit_head was = head;

                assert_int_equal(audit_add(f->tx, &(struct audit){ .at_ms = 1000, .actor = 7, .deed = "send", .thread = 1, .seq = -1 }), 0);
                assert_int_equal(audit_last(f->tx, &head), 0);
                assert_int_equal(head.id, i);
                assert_memory_not_equal(head.hash.bytes, was.hash.bytes, TOKEN_HASH_BYTES);
        }
        assert_int_equal(audit_verify(f->tx, &head, &bad, &why, &last), 0);
        assert_int_equal(bad, 0);
        assert_int_equal(last.id, 3);
        head.hash.bytes[0] ^= 1;
        assert_int_equal(audit_verify(f->tx, &head, &bad, &why, &last), 0);
        assert_int_equal(bad, 3);
        head.id = 4;
        assert_int_equal(audit_verify(f->tx, &head, &bad, &why, &last), 0);
        assert_int_equal(bad, 4);
}

static void a_deed_has_a_short_name(void **state)
{
        struct fixture *f = *state;
        char name[80];

        memset(name, 'x', sizeof(name) - 1);
        name[79] = '\0';
        assert_int_equal(audit_add(f->tx, &(struct audit){ .deed = name }), -EINVAL);
        assert_int_equal(audit_add(f->tx, &(struct audit){ .deed = "send" }), 0);
}

static void a_head_is_read_as_it_was_written(void **state)
{
        static const char *const bad[] = { "", "1", "1 00", " 1 00", "x 00", "99999999999999999999 00" };
        struct audit_head head = { .id = 123456789012345678 }, again;
        char line[AUDIT_HEAD_TEXT + 1];

        (void)state;
        for (int i = 0; i < TOKEN_HASH_BYTES; i++)
                head.hash.bytes[i] = (uint8_t)(i * 8);
        audit_head_write(&head, line);
        assert_int_equal(audit_head_read(line, &again), 0);
        assert_int_equal(again.id, head.id);
        assert_memory_equal(again.hash.bytes, head.hash.bytes, TOKEN_HASH_BYTES);
        for (size_t i = 0; i < ELEMENTS(bad); i++)
                assert_int_equal(audit_head_read(bad[i], &again), -EINVAL);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(each_row_holds_the_hash_of_the_one_before, chat_set_up, chat_tear_down),
                cmocka_unit_test_setup_teardown(a_deed_has_a_short_name, chat_set_up, chat_tear_down),
                cmocka_unit_test(a_head_is_read_as_it_was_written),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
