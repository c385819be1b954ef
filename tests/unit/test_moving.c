/* links: moving erase chat store */
/* What comes from another school is believed in nothing. */
#include "chat_help.h"

#include "base/buf.h"
#include "chat/erase/erase.h"
#include "chat/moving/moving.h"

enum { CAP = 4 * 1024 * 1024 };

#define HEAD "{\"format\":\"ouderbrug-move-1\",\"id\":\"0190f3a0-0000-7000-8000-000000000001\",\"made\":1700000000000,\"school\":\"ISK Het Anker\",\"pupil\":\"Samir\",\"items\":[],"
#define PERSON(id, role, name) "{\"id\":" id ",\"role\":\"" role "\",\"name\":\"" name "\",\"speaks\":[\"ar\"]}"
#define PEOPLE "\"people\":[" PERSON("7", "mentor", "mw. Zeldzaam") "," PERSON("9", "parent", "Huda") "],"
#define UUID(last) "\"client_id\":\"0190f3a0-0000-7000-8000-00000000010" last "\""
#define MESSAGE(seq, sender, last, body) \
        "{\"seq\":" seq ",\"sender\":" sender "," UUID(last) ",\"sent\":1690000000000,\"language\":\"nl\",\"direction\":\"ltr\",\"body\":\"" body "\",\"versions\":[]}"

static int read_text(struct arena *a, const char *text, struct moved **ret)
{
        _cleanup_free_ char *why = NULL;
        int r;

        r = moving_read(a, text, strlen(text), ret, &why);
        /* What is wrong is said, and not with their words. */
        if (r == -EBADMSG) {
                assert_non_null(why);
                assert_null(strstr(why, "Zeldzaam"));
                assert_null(strstr(why, "geheim"));
        }
        return r;
}

static void what_is_right_is_read(void **state)
{
        _cleanup_(arena_done) struct arena a = ARENA(CAP);
        struct moved *moved = NULL;

        (void)state;
        assert_int_equal(read_text(&a, HEAD PEOPLE "\"messages\":[" MESSAGE("3", "7", "1", "Dag") "," MESSAGE("8", "9", "2", "Hallo") "],"
                                   "\"replies\":[{\"seq\":3,\"person\":9,\"answer\":\"call_me\",\"at\":1690000001000}]}", &moved), 0);
        assert_int_equal(moved->people_n, 2);
        assert_int_equal(moved->messages_n, 2);
        assert_int_equal(moved->replies_n, 1);
        assert_string_equal(moved->messages[1].body, "Hallo");
}

static void whatever_is_wrong_is_refused(void **state)
{
        static const char *const cases[] = {
                "", "null", "[]", "{}", "{\"format\":\"ouderbrug-export-1\"}", "{\"format\":7}",
                "{\"format\":\"ouderbrug-move-1\"}",
                HEAD "\"id\":\"twice\"}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("3", "8", "1", "geheim") "]}",                            /* nobody is 8 */
                HEAD PEOPLE "\"messages\":[" MESSAGE("3", "7", "1", "geheim") "," MESSAGE("3", "7", "2", "x") "]}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("0", "7", "1", "geheim") "]}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("-1", "7", "1", "geheim") "]}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("99999999999999999999", "7", "1", "geheim") "]}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("3", "7", "1", "") "]}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("3", "7", "1", "geheim\\u0007") "]}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("3", "7", "1", "geheim\\u0000x") "]}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("3", "7", "x", "geheim") "]}",
                HEAD PEOPLE "\"messages\":[7]}",
                HEAD PEOPLE "\"messages\":[{\"seq\":3,\"sender\":7," UUID("1") ",\"sent\":99999999999999,\"language\":\"nl\",\"body\":\"geheim\"}]}",
                HEAD PEOPLE "\"messages\":[{\"seq\":3,\"sender\":7," UUID("1") ",\"sent\":1690000000000,\"language\":\"geen taal!\",\"body\":\"geheim\"}]}",
                HEAD PEOPLE "\"messages\":[{\"seq\":3,\"sender\":7," UUID("1") ",\"sent\":1690000000000,\"language\":\"nl\",\"body\":\"geheim\","
                        "\"versions\":[{\"n\":1,\"language\":\"ar\",\"origin\":\"oracle\",\"body\":\"x\",\"at\":1690000000000}]}]}",
                HEAD PEOPLE "\"messages\":[{\"seq\":3,\"sender\":7," UUID("1") ",\"sent\":1690000000000,\"language\":\"nl\",\"body\":\"geheim\","
                        "\"versions\":[{\"n\":1,\"language\":\"ar\",\"origin\":\"person\",\"author\":4,\"body\":\"x\",\"at\":1690000000000}]}]}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("3", "7", "1", "Dag") "],\"replies\":[{\"seq\":4,\"person\":9,\"answer\":\"call_me\",\"at\":1}]}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("3", "7", "1", "Dag") "],\"replies\":[{\"seq\":3,\"person\":7,\"answer\":\"call_me\",\"at\":1}]}",
                HEAD PEOPLE "\"messages\":[" MESSAGE("3", "7", "1", "Dag") "],\"replies\":[{\"seq\":3,\"person\":9,\"answer\":\"nod\",\"at\":1}]}",
                HEAD "\"people\":[" PERSON("7", "headmaster", "mw. Zeldzaam") "]}",
                HEAD "\"people\":[" PERSON("7", "mentor", "mw. Zeldzaam") "," PERSON("7", "parent", "Huda") "]}",
                HEAD "\"people\":[" PERSON("7", "mentor", "") "]}",
                HEAD "\"people\":[" PERSON("7", "mentor", "mw.\\u0000") "]}",
                HEAD "\"people\":[{\"id\":7,\"role\":\"mentor\",\"name\":\"mw. Zeldzaam\",\"speaks\":[7]}]}",
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                _cleanup_(arena_done) struct arena a = ARENA(CAP);
                struct moved *moved = NULL;

                if (read_text(&a, cases[i], &moved) != -EBADMSG)
                        fail_msg("case %zu was taken: %s", i, cases[i]);
                assert_null(moved);
        }
}

static void a_newer_form_is_told_from_a_broken_one(void **state)
{
        _cleanup_(arena_done) struct arena a = ARENA(CAP);
        struct moved *moved = NULL;

        (void)state;
        assert_int_equal(read_text(&a, "{\"format\":\"ouderbrug-move-2\",\"id\":7}", &moved), -ENOTSUP);
}

static void a_name_cannot_turn_the_line(void **state)
{
        _cleanup_(arena_done) struct arena a = ARENA(CAP);
        struct moved *moved = NULL;

        (void)state;
        assert_int_equal(read_text(&a, HEAD "\"people\":[" PERSON("7", "mentor", "mw.\\u202e  Visser\\n") "]}", &moved), 0);
        assert_string_equal(moved->people[0].person.name, "mw. Visser");
}

static void too_much_of_anything_is_refused(void **state)
{
        _cleanup_(arena_done) struct arena a = ARENA(CAP);
        _cleanup_(buf_done) struct buf text = BUF(CAP);
        struct moved *moved = NULL;

        (void)state;
        buf_add_str(&text, HEAD "\"people\":[");
        for (int i = 1; i <= 401; i++)
                buf_printf(&text, "%s{\"id\":%d,\"role\":\"parent\",\"name\":\"P\"}", i > 1 ? "," : "", i);
        buf_add_str(&text, "]}");
        assert_int_equal(read_text(&a, buf_str(&text), &moved), -EBADMSG);
        /* Nested deeper than anything is. */
        buf_clear(&text);
        for (int i = 0; i < 100000; i++)
                buf_add_char(&text, '[');
        assert_int_equal(read_text(&a, buf_str(&text), &moved), -EBADMSG);
}

/* Somebody who came along has no place here but in this pupil's conversation: they are erased with it. */
static void who_came_along_goes_with_the_pupil(void **state)
{
        struct fixture *f = *state;
        _cleanup_(arena_done) struct arena a = ARENA(CAP);
        struct moved *moved = NULL;
        struct person_shape person;
        int64_t pupil;
        const char *name;

        assert_int_equal(read_text(&a, HEAD PEOPLE "\"messages\":[" MESSAGE("3", "7", "1", "Dag") "," MESSAGE("8", "9", "2", "Hallo") "]}", &moved), 0);
        moved->people[1].here = f->huda;
        assert_int_equal(moving_put(f->tx, &f->made, moved, "samir"), 0);
        assert_int_equal(person_load(f->tx, &a, moved->people[0].here, NULL, &person), 0);
        assert_string_equal(person.name, "mw. Zeldzaam");
        assert_int_equal(person_viewer(f->tx, moved->people[0].here, &(struct viewer){ 0 }), -ENOENT);

        assert_int_equal(moving_put(f->tx, &f->made, moved, "samir"), -EEXIST);
        assert_int_equal(erase_find(f->tx, &a, "samir", &pupil, &name), 0);
        assert_int_equal(erase_pupil_rows(f->tx, &f->made, pupil, 1, 1, "asked"), 0);
        assert_int_equal(person_load(f->tx, &a, moved->people[0].here, NULL, &person), 0);
        assert_string_equal(person.name, "");
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_right_is_read),
                cmocka_unit_test(whatever_is_wrong_is_refused),
                cmocka_unit_test(a_newer_form_is_told_from_a_broken_one),
                cmocka_unit_test(a_name_cannot_turn_the_line),
                cmocka_unit_test(too_much_of_anything_is_refused),
                cmocka_unit_test_setup_teardown(who_came_along_goes_with_the_pupil, chat_set_up, chat_tear_down),
        };

        return cmocka_run_group_tests_name("moving", tests, NULL, NULL);
}
