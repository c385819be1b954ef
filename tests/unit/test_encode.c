/* links: proto text base */
/* What is said: objects with what is left out, strings that any JSON reader takes, errors. */
#include "base/macro.h"
#include "proto/shape.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

static void assert_string(const char *s, const char *json)
{
        _cleanup_(buf_done) struct buf out = BUF(1000);

        json_string_encode(&out, s);
        assert_string_equal(buf_str(&out), json);
}

static void a_string_is_escaped_where_it_must_be_and_nowhere_else(void **state)
{
        (void)state;
        assert_string("", "\"\"");
        assert_string("سلام 😀 ሰላም", "\"سلام 😀 ሰላም\"");
        assert_string("\"\\/", "\"\\\"\\\\/\"");
        assert_string("a\nb\tc\rd", "\"a\\nb\\u0009c\\u000dd\"");
        assert_string("\x01\x1f\x7f", "\"\\u0001\\u001f\x7f\"");
        assert_string("\"", "\"\\\"\"");
        assert_string("</script>\u2028", "\"</script>\u2028\"");
}

static void what_has_no_value_is_left_out(void **state)
{
        _cleanup_(buf_done) struct buf out = BUF(1000);
        struct sent_shape sent = { .seq = 0, .rev = INT64_MAX, .sent = 5 };

        (void)state;
        shape_encode(&out, &shape_sent, &sent);
        assert_string_equal(buf_str(&out), "{\"seq\":0,\"rev\":9223372036854775807,\"sent\":5}");
        buf_clear(&out);
        sent.again = true;
        shape_encode(&out, &shape_sent, &sent);
        assert_string_equal(buf_str(&out), "{\"seq\":0,\"rev\":9223372036854775807,\"sent\":5,\"again\":true}");
        buf_clear(&out);
        shape_encode(&out, &shape_done, &(struct done_shape){});
        assert_string_equal(buf_str(&out), "{}");
}

static void an_empty_list_is_something_else_than_none(void **state)
{
        _cleanup_(buf_done) struct buf out = BUF(1000);
        static const char *const tags[] = { "ar-SY", "nl" };
        struct person_shape person = { .id = 4, .name = "Huda", .role = ROLE_PARENT, .speaks = { tags, 2, true } };

        (void)state;
        shape_encode(&out, &shape_person, &person);
        assert_string_equal(buf_str(&out), "{\"id\":4,\"name\":\"Huda\",\"role\":\"parent\",\"speaks\":[\"ar-SY\",\"nl\"]}");
        buf_clear(&out);
        person.reads.given = true;
        person.language = "ar";
        shape_encode(&out, &shape_person, &person);
        assert_string_equal(buf_str(&out), "{\"id\":4,\"name\":\"Huda\",\"role\":\"parent\",\"speaks\":[\"ar-SY\",\"nl\"],\"language\":\"ar\",\"reads\":[]}");
}

static void shapes_stand_in_shapes(void **state)
{
        _cleanup_(buf_done) struct buf out = BUF(2000);
        struct version_shape versions[] = {
                { .n = 1, .language = "ar", .direction = DIRECTION_RTL, .origin = ORIGIN_PERSON, .author = 9, .body = "ا", .at = 7, .checked_by = 3, .checked = 9 },
                { .n = 2, .language = "nl", .direction = DIRECTION_LTR, .origin = ORIGIN_CORRECTION, .author = -1, .body = "b", .at = 8, .checked_by = -1, .checked = -1 },
        };
        struct message_shape message = {
                .seq = 1, .rev = 2, .sender = 3, .client_id = "c", .sent = 4, .language = "nl", .direction = DIRECTION_LTR, .withdrawn = -1,
                .unchecked = -1, .body = "a", .versions = { versions, 2, true },
        };

        (void)state;
        event_encode(&out, &event_message, 12, 5, &(struct message_event_shape){ .message = &message });
        assert_string_equal(buf_str(&out),
                "{\"event\":\"message\",\"id\":12,\"thread\":5,\"message\":{\"seq\":1,\"rev\":2,\"sender\":3,\"client_id\":\"c\",\"sent\":4,\"language\":\"nl\","
                "\"direction\":\"ltr\",\"body\":\"a\",\"versions\":["
                "{\"n\":1,\"language\":\"ar\",\"direction\":\"rtl\",\"origin\":\"person\",\"author\":9,\"body\":\"ا\",\"at\":7,\"checked_by\":3,\"checked\":9},"
                "{\"n\":2,\"language\":\"nl\",\"direction\":\"ltr\",\"origin\":\"correction\",\"body\":\"b\",\"at\":8}]}}");
        buf_clear(&out);
        event_encode(&out, &event_typing, 0, 5, &(struct typing_event_shape){ .person = 3 });
        assert_string_equal(buf_str(&out), "{\"event\":\"typing\",\"thread\":5,\"person\":3}");
        buf_clear(&out);
        event_encode(&out, &event_thread, 8, 5, &(struct thread_event_shape){});
        assert_string_equal(buf_str(&out), "{\"event\":\"thread\",\"id\":8,\"thread\":5}");
}

static void an_answer_and_an_error_name_what_they_answer(void **state)
{
        _cleanup_(buf_done) struct buf out = BUF(1000);

        (void)state;
        answer_encode(&out, INT64_C(9007199254740991), "{}", 2);
        assert_string_equal(buf_str(&out), "{\"ref\":9007199254740991,\"ok\":{}}");
        buf_clear(&out);
        problem_encode(&out, 3, &PROBLEM(ERROR_INVALID, "body", REASON_TOO_LONG));
        assert_string_equal(buf_str(&out), "{\"ref\":3,\"error\":{\"code\":\"invalid\",\"field\":\"body\",\"reason\":\"too_long\"}}");
        buf_clear(&out);
        problem_encode(&out, 0, &(struct problem){ .code = ERROR_RATE_LIMITED, .retry_ms = 120 });
        assert_string_equal(buf_str(&out), "{\"error\":{\"code\":\"rate_limited\",\"retry_ms\":120}}");
        buf_clear(&out);
        problem_encode_http(&out, &PROBLEM(ERROR_SIGNED_OUT, NULL, REASON_LINK));
        assert_non_null(strstr(buf_str(&out), "\"status\":401"));
        assert_non_null(strstr(buf_str(&out), "\"code\":\"signed_out\",\"reason\":\"link\"}"));
}

static void what_does_not_fit_is_noticed(void **state)
{
        _cleanup_(buf_done) struct buf out = BUF(10);

        (void)state;
        json_string_encode(&out, "0123456789");
        assert_int_equal(buf_failed(&out), -EMSGSIZE);
}

static void every_code_and_reason_has_its_word(void **state)
{
        (void)state;
        for (int c = ERROR_NONE + 1; c < ERROR_CODES; c++) {
                assert_true(error_code_word((enum error_code)c)[0] != '\0');
                assert_true(error_code_doc((enum error_code)c)[0] != '\0');
                assert_in_range(error_code_status((enum error_code)c), 400, 599);
        }
        for (int r = REASON_NONE + 1; r < ERROR_REASONS; r++) {
                assert_true(error_reason_word((enum error_reason)r)[0] != '\0');
                assert_true(error_reason_doc((enum error_reason)r)[0] != '\0');
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(a_string_is_escaped_where_it_must_be_and_nowhere_else),
                cmocka_unit_test(what_has_no_value_is_left_out),
                cmocka_unit_test(an_empty_list_is_something_else_than_none),
                cmocka_unit_test(shapes_stand_in_shapes),
                cmocka_unit_test(an_answer_and_an_error_name_what_they_answer),
                cmocka_unit_test(what_does_not_fit_is_noticed),
                cmocka_unit_test(every_code_and_reason_has_its_word),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
