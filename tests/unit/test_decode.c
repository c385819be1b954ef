/* links: proto text base */
/* From a frame to a checked struct: every kind of field, every kind of fault, with the field and the reason. */
#include "base/macro.h"
#include "proto/command.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define U "018f5b2c-9a7e-7def-8abc-0123456789ab"

static int set_up(void **state)
{
        (void)state;
        command_decode_init();
        return 0;
}

static int decode(const char *text, struct command_args *args, struct problem *problem)
{
        return command_decode(text, strlen(text), args, problem);
}

static void every_field_arrives_as_its_type(void **state)
{
        struct command_args a = { 0 };
        struct problem problem = { 0 };
        char id[UUID_TEXT + 1];

        (void)state;
        assert_int_equal(decode("{\"do\":\"send\",\"ref\":7,\"thread\":5,\"client_id\":\"" U "\",\"body\":\" e\\u0301\\u0646\\n \",\"language\":\"AR-sy\",\"direction\":\"rtl\"}",
                                &a, &problem), 0);
        assert_int_equal(a.command, COMMAND_send);
        assert_int_equal(a.ref, 7);
        assert_int_equal(a.send.thread, 5);
        assert_true(a.send.client_id.given);
        uuid_write(&a.send.client_id.id, id);
        assert_string_equal(id, U);
        assert_string_equal(a.send.body, "éن");
        assert_string_equal(a.send.language, "ar-SY");
        assert_int_equal(a.send.direction, DIRECTION_RTL);
        command_args_done(&a);
        assert_null(a.send.body);
        command_args_done(&a);
}

static void what_was_not_given_is_told_apart_from_nothing(void **state)
{
        struct command_args a = { 0 };
        struct problem problem = { 0 };

        (void)state;
        assert_int_equal(decode("{\"ref\":1,\"do\":\"hello\"}", &a, &problem), 0);
        assert_int_equal(a.hello.since, -1);
        assert_false(a.hello.log.given);
        command_args_done(&a);
        assert_int_equal(decode("{\"ref\":1,\"do\":\"hello\",\"since\":0}", &a, &problem), 0);
        assert_int_equal(a.hello.since, 0);
        command_args_done(&a);
        assert_int_equal(decode("{\"ref\":1,\"do\":\"people\"}", &a, &problem), 0);
        assert_null(a.people.query);
        assert_string_equal(a.people.language, "");
        command_args_done(&a);
        assert_int_equal(decode("{\"ref\":1,\"do\":\"people\",\"query\":\"\"}", &a, &problem), 0);
        assert_null(a.people.query);
        command_args_done(&a);
        assert_int_equal(decode("{\"ref\":1,\"do\":\"bring\",\"thread\":1,\"person\":2}", &a, &problem), 0);
        assert_int_equal(a.bring.reach, REACH_NOT_GIVEN);
        assert_null(a.bring.why);
        command_args_done(&a);
}

static void any_json_of_a_command_is_read(void **state)
{
        static const char *const cases[] = {
                "{\"do\":\"history\",\"ref\":9007199254740991,\"thread\":9007199254740991}",
                "\t\r\n {\n\"ref\" : 9007199254740991 ,\t\"thread\":9007199254740991,\r\"do\":\"history\" } \n",
                "{\"\\u0064\\u006f\":\"h\\u0069story\",\"ref\":9007199254740991,\"\\u0074hread\":9007199254740991}",
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                struct command_args a = { 0 };
                struct problem problem = { 0 };

                assert_int_equal(decode(cases[i], &a, &problem), 0);
                assert_int_equal(a.command, COMMAND_history);
                assert_true(a.ref == ID_MAX && a.history.thread == ID_MAX);
                assert_int_equal(a.history.before, -1);
                command_args_done(&a);
        }
}

static void escapes_of_strings_become_what_they_mean(void **state)
{
        struct command_args a = { 0 };
        struct problem problem = { 0 };

        (void)state;
        assert_int_equal(decode("{\"do\":\"send\",\"ref\":1,\"thread\":1,\"client_id\":\"" U "\",\"body\":\"\\\"\\\\\\/\\t\\n\\u0041\\uD83D\\uDE00\\u1230 [{,:}] \\u2028\"}",
                                &a, &problem), 0);
        assert_string_equal(a.send.body, "\"\\/\t\nA😀ሰ [{,:}]");
        command_args_done(&a);
}

#define SEND(rest) "{\"do\":\"send\",\"ref\":3,\"thread\":1,\"client_id\":\"" U "\"" rest "}"

static void every_fault_names_its_field_and_its_reason(void **state)
{
        static const struct {
                const char *text;
                int64_t ref;
                enum error_code code;
                const char *field;
                enum error_reason reason;
        } cases[] = {
                { "", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "   ", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":1", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":1,}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\" 1}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":1}x", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":1}{}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{ref:1}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{'ref':1}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":01}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":-}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":1.}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":.5}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":1e}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":nul}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":True}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":\"a\nb\"}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":\"\\x\"}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":\"\\u12\"}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":\"\\ud800\"}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":\"\\ud800\\u0041\"}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":\"\\udc00\"}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":\"\\u0000\"}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"a\\u0000b\":1}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":1,\"do\":[1,]}", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "{\"ref\":1,\"do\":[1}]", 0, ERROR_BAD_FRAME, NULL, REASON_JSON },
                { "[]", 0, ERROR_BAD_FRAME, NULL, REASON_NOT_OBJECT },
                { "1", 0, ERROR_BAD_FRAME, NULL, REASON_NOT_OBJECT },
                { "null", 0, ERROR_BAD_FRAME, NULL, REASON_NOT_OBJECT },
                { "\"{}\"", 0, ERROR_BAD_FRAME, NULL, REASON_NOT_OBJECT },
                { "{\"ref\":1,\"ref\":1}", 0, ERROR_BAD_FRAME, NULL, REASON_DUPLICATE_KEY },
                { "{\"ref\":1,\"do\":\"threads\",\"\\u0072ef\":1}", 0, ERROR_BAD_FRAME, NULL, REASON_DUPLICATE_KEY },
                { "{\"ref\":1,\"x\":{\"a\":1,\"a\":1}}", 0, ERROR_BAD_FRAME, NULL, REASON_DUPLICATE_KEY },
                { "{\"a\":[[[[[[[[1]]]]]]]]}", 0, ERROR_BAD_FRAME, NULL, REASON_DEPTH },
                { "[[[[[[[[[[[[[[[[", 0, ERROR_BAD_FRAME, NULL, REASON_DEPTH },
                { "{}", 0, ERROR_INVALID, "ref", REASON_MISSING },
                { "{\"do\":\"threads\"}", 0, ERROR_INVALID, "ref", REASON_MISSING },
                { "{\"ref\":\"1\"}", 0, ERROR_INVALID, "ref", REASON_TYPE },
                { "{\"ref\":1.0}", 0, ERROR_INVALID, "ref", REASON_TYPE },
                { "{\"ref\":1E2}", 0, ERROR_INVALID, "ref", REASON_TYPE },
                { "{\"ref\":null}", 0, ERROR_INVALID, "ref", REASON_TYPE },
                { "{\"ref\":[1]}", 0, ERROR_INVALID, "ref", REASON_TYPE },
                { "{\"ref\":0}", 0, ERROR_INVALID, "ref", REASON_RANGE },
                { "{\"ref\":-0}", 0, ERROR_INVALID, "ref", REASON_RANGE },
                { "{\"ref\":-1}", 0, ERROR_INVALID, "ref", REASON_RANGE },
                { "{\"ref\":9007199254740992}", 0, ERROR_INVALID, "ref", REASON_RANGE },
                { "{\"ref\":3}", 3, ERROR_INVALID, "do", REASON_MISSING },
                { "{\"ref\":3,\"do\":1}", 3, ERROR_INVALID, "do", REASON_TYPE },
                { "{\"ref\":3,\"do\":\"\"}", 3, ERROR_UNKNOWN_COMMAND, "do", REASON_NONE },
                { "{\"ref\":3,\"do\":\"Threads\"}", 3, ERROR_UNKNOWN_COMMAND, "do", REASON_NONE },
                { "{\"ref\":3,\"do\":\"threads\",\"thread\":1}", 3, ERROR_INVALID, NULL, REASON_UNKNOWN_FIELD },
                { "{\"ref\":3,\"do\":\"threads\",\"x\":{\"y\":[1,2]}}", 3, ERROR_INVALID, NULL, REASON_UNKNOWN_FIELD },
                { "{\"ref\":3,\"do\":\"thread\"}", 3, ERROR_INVALID, "thread", REASON_MISSING },
                { "{\"ref\":3,\"do\":\"thread\",\"thread\":\"1\"}", 3, ERROR_INVALID, "thread", REASON_TYPE },
                { "{\"ref\":3,\"do\":\"thread\",\"thread\":true}", 3, ERROR_INVALID, "thread", REASON_TYPE },
                { "{\"ref\":3,\"do\":\"thread\",\"thread\":0}", 3, ERROR_INVALID, "thread", REASON_RANGE },
                { "{\"ref\":3,\"do\":\"history\",\"thread\":1,\"limit\":101}", 3, ERROR_INVALID, "limit", REASON_RANGE },
                { "{\"ref\":3,\"do\":\"history\",\"thread\":1,\"limit\":null}", 3, ERROR_INVALID, "limit", REASON_TYPE },
                { "{\"ref\":3,\"do\":\"hello\",\"since\":-1}", 3, ERROR_INVALID, "since", REASON_RANGE },
                { "{\"ref\":3,\"do\":\"hello\",\"log\":\"x\"}", 3, ERROR_INVALID, "log", REASON_UUID },
                { "{\"ref\":3,\"do\":\"hello\",\"log\":\"" U "0\"}", 3, ERROR_INVALID, "log", REASON_UUID },
                { SEND(",\"files\":[]"), 3, ERROR_INVALID, "files", REASON_RANGE },
                { SEND(",\"files\":[1,2,3,4,5,6,7,8,9]"), 3, ERROR_INVALID, "files", REASON_RANGE },
                { SEND(",\"files\":[5,-1]"), 3, ERROR_INVALID, "files", REASON_RANGE },
                { SEND(",\"files\":[5,5]"), 3, ERROR_INVALID, "files", REASON_TWICE },
                { SEND(",\"files\":[\"5\"]"), 3, ERROR_INVALID, "files", REASON_TYPE },
                { SEND(",\"files\":5"), 3, ERROR_INVALID, "files", REASON_TYPE },
                { SEND(",\"body\":1"), 3, ERROR_INVALID, "body", REASON_TYPE },
                { SEND(",\"body\":\"\""), 3, ERROR_INVALID, "body", REASON_EMPTY },
                { SEND(",\"body\":\" \\n\\u200b\""), 3, ERROR_INVALID, "body", REASON_EMPTY },
                { SEND(",\"body\":\"\\u0007\""), 3, ERROR_INVALID, "body", REASON_CONTROLS },
                { SEND(",\"body\":\"x\",\"language\":\"\""), 3, ERROR_INVALID, "language", REASON_TAG },
                { SEND(",\"body\":\"x\",\"language\":\"not a tag\""), 3, ERROR_INVALID, "language", REASON_TAG },
                { SEND(",\"body\":\"x\",\"language\":1"), 3, ERROR_INVALID, "language", REASON_TYPE },
                { SEND(",\"body\":\"x\",\"direction\":\"up\""), 3, ERROR_INVALID, "direction", REASON_WORD },
                { SEND(",\"body\":\"x\",\"direction\":\"\""), 3, ERROR_INVALID, "direction", REASON_WORD },
                { "{\"ref\":3,\"do\":\"answer\",\"thread\":1,\"seq\":1,\"answer\":\"maybe\"}", 3, ERROR_INVALID, "answer", REASON_WORD },
                { "{\"ref\":3,\"do\":\"people\",\"query\":\"\\u200b\"}", 3, ERROR_INVALID, "query", REASON_EMPTY },
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                struct command_args a = { .ref = 99 };
                struct problem problem = { 0 };

                if (decode(cases[i].text, &a, &problem) != -EBADMSG)
                        fail_msg("%s was read", cases[i].text);
                if (problem.code != cases[i].code || problem.reason != cases[i].reason || a.ref != cases[i].ref)
                        fail_msg("%s: %s %s, ref %lld", cases[i].text, error_code_word(problem.code),
                                 problem.reason ? error_reason_word(problem.reason) : "-", (long long)a.ref);
                if ((problem.field == NULL) != (cases[i].field == NULL) || (problem.field && strcmp(problem.field, cases[i].field) != 0))
                        fail_msg("%s: field %s", cases[i].text, problem.field ?: "-");
        }
}

static void a_frame_ends_where_its_bytes_end(void **state)
{
        static const char text[] = "{\"do\":\"threads\",\"ref\":12}";
        struct problem problem = { 0 };

        (void)state;
        /* Every cut of it, in memory of exactly that size: a sanitizer sees one byte too many. */
        for (size_t n = 0; n < sizeof(text); n++) {
                struct command_args a = { 0 };
                char *cut = malloc(n ? n : 1);

                assert_non_null(cut);
                memcpy(cut, text, n);
                assert_int_equal(command_decode(cut, n, &a, &problem), n == sizeof(text) - 1 ? 0 : -EBADMSG);
                command_args_done(&a);
                free(cut);
        }
}

static void the_body_of_an_http_call_has_just_its_members(void **state)
{
        static const char *const keys[] = { "link" };
        struct problem problem = { 0 };
        char *link = NULL;

        (void)state;
        assert_int_equal(strings_decode("{\"link\":\"abc\"}", 14, keys, 1, &link, &problem), 0);
        assert_string_equal(link, "abc");
        free(link);
        link = NULL;
        assert_int_equal(strings_decode("{\"link\":1}", 10, keys, 1, &link, &problem), -EBADMSG);
        assert_int_equal(problem.reason, REASON_TYPE);
        assert_int_equal(strings_decode("{}", 2, keys, 1, &link, &problem), -EBADMSG);
        assert_int_equal(problem.reason, REASON_MISSING);
        assert_int_equal(strings_decode("{\"link\":\"a\",\"x\":1}", 18, keys, 1, &link, &problem), -EBADMSG);
        assert_int_equal(problem.reason, REASON_UNKNOWN_FIELD);
        assert_int_equal(strings_decode("", 0, keys, 1, &link, &problem), -EBADMSG);
        assert_int_equal(problem.code, ERROR_BAD_FRAME);
        assert_null(link);
}

static void every_command_of_the_table_has_a_row_that_makes_sense(void **state)
{
        (void)state;
        for (int c = COMMAND_NONE + 1; c < COMMANDS; c++) {
                const struct command_spec *spec = command_spec((enum command)c);

                assert_non_null(spec->name);
                assert_non_null(spec->answer);
                assert_true(spec->cost > 0);
                assert_true(spec->doc[0] != '\0');
                for (size_t i = 0; i < spec->args_n; i++) {
                        const struct arg_spec *arg = &spec->args[i];

                        assert_true(arg->min <= arg->max);
                        assert_true((arg->type == ARG_WORD) == (arg->words != NULL));
                        assert_true(arg->offset < sizeof(struct command_args));
                        assert_true(arg->doc[0] != '\0');
                }
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(every_field_arrives_as_its_type),
                cmocka_unit_test(what_was_not_given_is_told_apart_from_nothing),
                cmocka_unit_test(any_json_of_a_command_is_read),
                cmocka_unit_test(escapes_of_strings_become_what_they_mean),
                cmocka_unit_test(every_fault_names_its_field_and_its_reason),
                cmocka_unit_test(a_frame_ends_where_its_bytes_end),
                cmocka_unit_test(the_body_of_an_http_call_has_just_its_members),
                cmocka_unit_test(every_command_of_the_table_has_a_row_that_makes_sense),
        };

        return cmocka_run_group_tests(tests, set_up, NULL);
}
