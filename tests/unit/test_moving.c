/* links: moving erase chat store */
/* What comes from another school is believed in nothing. */
#include "chat_help.h"

#include "base/buf.h"
#include "chat/erase/erase.h"
#include "chat/moving/moving.h"

#include <sys/mman.h>
#include <unistd.h>

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
        assert_int_equal(moving_put(f->tx, &f->made, moved, "samir", 1), 0);
        assert_int_equal(person_load(f->tx, &a, moved->people[0].here, NULL, &person), 0);
        assert_string_equal(person.name, "mw. Zeldzaam");
        assert_int_equal(person_viewer(f->tx, moved->people[0].here, &(struct viewer){ 0 }), -ENOENT);

        assert_int_equal(moving_put(f->tx, &f->made, moved, "samir", 1), -EEXIST);
        assert_int_equal(erase_find(f->tx, &a, "samir", &pupil, &name), 0);
        assert_int_equal(erase_pupil_rows(f->tx, &f->made, pupil, 1, 1, "asked"), 0);
        assert_int_equal(person_load(f->tx, &a, moved->people[0].here, NULL, &person), 0);
        assert_string_equal(person.name, "");
}

/* ---- files */

#define FILE_(id, bytes) "{\"id\":" id ",\"bytes\":" bytes "}"
#define AT(id, kind) "{\"id\":" id ",\"kind\":\"" kind "\"}"
#define SHOWS(seq, last, body, files) \
        "{\"seq\":" seq ",\"sender\":9," UUID(last) ",\"sent\":1690000000000,\"language\":\"nl\",\"body\":\"" body "\",\"attachments\":[" files "],\"versions\":[]}"
#define SPOKEN(seq, last, author, files) \
        "{\"seq\":" seq ",\"sender\":9," UUID(last) ",\"sent\":1690000000000,\"language\":\"nl\",\"body\":\"Dag\",\"versions\":[{\"language\":\"ar\",\"origin\":\"person\"," \
        author "\"body\":\"\",\"at\":1690000000000,\"voice\":" files "}]}"
#define WITH(messages, files) HEAD PEOPLE "\"messages\":[" messages "],\"files\":[" files "]}"

static void files_stand_each_at_one_message(void **state)
{
        static const char *const right[] = {
                WITH(SHOWS("3", "1", "", AT("5", "photo") "," AT("4", "document")), FILE_("4", "9") "," FILE_("5", "8")),
                WITH(SHOWS("3", "1", "Kijk", AT("5", "voice")), FILE_("5", "67108864")),
                WITH(SPOKEN("3", "1", "\"author\":7,", AT("5", "voice")), FILE_("5", "1")),
        };
        static const char *const wrong[] = {
                WITH(SHOWS("3", "1", "geheim", AT("5", "photo")), ""),                                    /* it does not come along */
                WITH(SHOWS("3", "1", "geheim", AT("5", "photo")), FILE_("5", "9") "," FILE_("6", "9")),     /* more than are shown */
                WITH(SHOWS("3", "1", "geheim", AT("5", "photo") "," AT("5", "photo")), FILE_("5", "9")),    /* shown twice */
                WITH(SHOWS("3", "1", "geheim", AT("5", "photo")) "," SHOWS("4", "2", "x", AT("5", "photo")), FILE_("5", "9")),
                WITH(SHOWS("3", "1", "geheim", AT("5", "photo")), FILE_("5", "9") "," FILE_("5", "9")),
                WITH(SHOWS("3", "1", "geheim", AT("5", "program")), FILE_("5", "9")),
                WITH(SHOWS("3", "1", "geheim", AT("0", "photo")), FILE_("0", "9")),
                WITH(SHOWS("3", "1", "geheim", AT("5", "photo")), FILE_("5", "0")),
                WITH(SHOWS("3", "1", "geheim", AT("5", "photo")), FILE_("5", "-9")),
                WITH(SHOWS("3", "1", "geheim", AT("5", "photo")), FILE_("5", "67108865")),
                WITH(SHOWS("3", "1", "geheim", "{\"id\":5,\"kind\":\"document\",\"name\":\"\\u0007\"}"), FILE_("5", "9")),
                WITH(SHOWS("3", "1", "", ""), ""),                                                        /* neither words nor files */
                WITH(SPOKEN("3", "1", "\"author\":7,", AT("5", "photo")), FILE_("5", "1")),
                WITH(SPOKEN("3", "1", "", AT("5", "voice")), FILE_("5", "1")),                            /* spoken by nobody */
                WITH(SHOWS("3", "1", "geheim", AT("1", "photo") "," AT("2", "photo") "," AT("3", "photo") "," AT("4", "photo") "," AT("5", "photo") ","
                           AT("6", "photo") "," AT("7", "photo") "," AT("8", "photo") "," AT("9", "photo")),
                     FILE_("1", "9") "," FILE_("2", "9") "," FILE_("3", "9") "," FILE_("4", "9") "," FILE_("5", "9") "," FILE_("6", "9") "," FILE_("7", "9") ","
                     FILE_("8", "9") "," FILE_("9", "9")),
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(right) + ELEMENTS(wrong); i++) {
                const char *text = i < ELEMENTS(right) ? right[i] : wrong[i - ELEMENTS(right)];
                _cleanup_(arena_done) struct arena a = ARENA(CAP);
                struct moved *moved = NULL;

                if (read_text(&a, text, &moved) != (i < ELEMENTS(right) ? 0 : -EBADMSG))
                        fail_msg("case %zu: %s", i, text);
        }
}

static void more_files_than_go_along_are_refused(void **state)
{
        _cleanup_(arena_done) struct arena a = ARENA(16 * CAP);
        _cleanup_(buf_done) struct buf text = BUF(CAP);
        struct moved *moved = NULL;

        (void)state;
        buf_add_str(&text, HEAD PEOPLE "\"messages\":[],\"files\":[");
        for (int i = 1; i <= MOVING_FILES_MAX + 1; i++)
                buf_printf(&text, "%s" FILE_("%d", "1"), i > 1 ? "," : "", i);
        buf_add_str(&text, "]}");
        assert_int_equal(read_text(&a, buf_str(&text), &moved), -EBADMSG);
        /* Together more than goes into a parcel. */
        buf_clear(&text);
        buf_add_str(&text, HEAD PEOPLE "\"messages\":[],\"files\":[");
        for (int i = 1; i <= 9; i++)
                buf_printf(&text, "%s" FILE_("%d", "67108864"), i > 1 ? "," : "", i);
        buf_add_str(&text, "]}");
        assert_int_equal(read_text(&a, buf_str(&text), &moved), -EBADMSG);
}

/* A parcel with this length before the JSON, and these bytes behind it, opened as `moving unpack` does. */
static int take_parcel(struct arena *a, const char *json, int64_t length, const char *bytes, size_t n, struct moved **ret, char **why)
{
        static const struct media_settings tools = { "/usr/bin/ffmpeg", "/usr/bin/vipsthumbnail", "/usr/bin/pdftocairo", 60 };
        _cleanup_(parcel_out_freep) struct parcel_out *out = NULL;
        _cleanup_(parcel_in_freep) struct parcel_in *in = NULL;
        int fd = memfd_create("parcel", MFD_CLOEXEC), r;
        unsigned char head[MOVING_LENGTH];
        struct secret_key seed;
        struct parcel_key key;

        if (length < 0)
                length = (int64_t)strlen(json);
        for (int i = 0; i < MOVING_LENGTH; i++)
                head[i] = (unsigned char)((uint64_t)length >> (8 * i));
        secret_key_make(&seed);
        parcel_key_of(&seed, &key);
        assert_int_equal(parcel_out_new(key.public, fd, &out), 0);
        assert_int_equal(parcel_out_add(out, head, sizeof(head)), 0);
        assert_int_equal(parcel_out_add(out, json, strlen(json)), 0);
        assert_int_equal(parcel_out_add(out, bytes, n), 0);
        assert_int_equal(parcel_out_end(out), 0);
        assert_int_equal(lseek(fd, 0, SEEK_SET), 0);
        assert_int_equal(parcel_in_new(&key, fd, &in), 0);
        r = moving_open(a, in, ret, why);
        if (r == 0)
                r = moving_take_files(in, &tools, ".", *ret, why);
        close(fd);
        return r;
}

/* What a file is, is decided by what is in it, here as for any upload. */
static void files_that_are_not_what_they_say_are_refused(void **state)
{
        static const char pdf[] = "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
                                  "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 30 40]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n";
        static const struct {
                const char *kind, *bytes;
                size_t n, says;
                const char *why; /* NULL: it is taken */
        } cases[] = {
                { "document", pdf, sizeof(pdf) - 1, sizeof(pdf) - 1, NULL },
                { "photo", pdf, sizeof(pdf) - 1, sizeof(pdf) - 1, "file 1: it is not what its message says it is" },
                { "document", pdf, sizeof(pdf) - 2, sizeof(pdf) - 1, "file 1: a part of it is missing" },
                { "document", pdf, sizeof(pdf), sizeof(pdf) - 1, "file: more comes behind it than it says" },
                { "photo", "<html><script>x</script>", 24, 24, "file 1: it is none of the kinds that are taken" },
                { "document", "%PDF-1.4\nnothing", 16, 16, "file 1: it cannot be read" },
        };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(cases); i++) {
                _cleanup_(arena_done) struct arena a = ARENA(CAP);
                _cleanup_(buf_done) struct buf json = BUF(CAP);
                _cleanup_(moved_donep) struct moved *moved = NULL;
                _cleanup_free_ char *why = NULL;
                int r;

                buf_printf(&json, WITH(SHOWS("3", "1", "", AT("5", "%s")), FILE_("5", "%zu")), cases[i].kind, cases[i].says);
                r = take_parcel(&a, buf_str(&json), -1, cases[i].bytes, cases[i].n, &moved, &why);
                assert_int_equal(r, cases[i].why ? -EBADMSG : 0);
                assert_string_equal(why ?: "", cases[i].why ?: "");
        }
}

static void a_length_that_is_not_right_is_refused(void **state)
{
        static const int64_t lengths[] = { 0, 1, 10, 100000, INT64_MAX };

        (void)state;
        for (size_t i = 0; i < ELEMENTS(lengths); i++) {
                _cleanup_(arena_done) struct arena a = ARENA(CAP);
                _cleanup_(moved_donep) struct moved *moved = NULL;
                _cleanup_free_ char *why = NULL;

                assert_true(take_parcel(&a, WITH("", ""), lengths[i], "", 0, &moved, &why) < 0);
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_is_right_is_read),
                cmocka_unit_test(whatever_is_wrong_is_refused),
                cmocka_unit_test(a_newer_form_is_told_from_a_broken_one),
                cmocka_unit_test(a_name_cannot_turn_the_line),
                cmocka_unit_test(too_much_of_anything_is_refused),
                cmocka_unit_test(files_stand_each_at_one_message),
                cmocka_unit_test(more_files_than_go_along_are_refused),
                cmocka_unit_test(files_that_are_not_what_they_say_are_refused),
                cmocka_unit_test(a_length_that_is_not_right_is_refused),
                cmocka_unit_test_setup_teardown(who_came_along_goes_with_the_pupil, chat_set_up, chat_tear_down),
        };

        return cmocka_run_group_tests_name("moving", tests, NULL, NULL);
}
