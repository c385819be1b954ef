/* links: chat proto store text secret base */
/* A text opens where it was sealed, with its thread's key, and nowhere else. */
#include "chat_help.h"

#include "chat/seal/keyring.h"
#include "chat/seal/seal.h"

static const char TEXT[] = "Samir slaapt niet, zegt zijn moeder.";
static const unsigned char ID[16] = "0123456789abcde", OTHER_ID[16] = "0123456789abcdX";

static struct seal_place place_in(const struct fixture *f)
{
        return (struct seal_place){ .kind = SEAL_BODY, .thread = f->thread, .seq = 7, .person = f->huda, .id = ID, .language = "nl" };
}

static void seal_there(struct fixture *f, const struct seal_place *place, struct buf *out)
{
        assert_int_equal(seal_text(f->tx, place, TEXT, strlen(TEXT), out), 0);
}

static int open_at(struct fixture *f, const struct seal_place *place, const struct buf *sealed)
{
        char *text = NULL;
        size_t n = 0;
        int r;

        r = seal_open(f->tx, &f->a, place, sealed->data, sealed->len, &text, &n);
        if (r == 0) {
                assert_int_equal(n, strlen(TEXT));
                assert_string_equal(text, TEXT);
        } else {
                assert_null(text);
        }
        return r;
}

static void it_opens_where_it_was_sealed_and_shows_nothing(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(1000), again = BUF(1000);
        struct seal_place place = place_in(f);

        seal_there(f, &place, &sealed);
        assert_int_equal(sealed.len, strlen(TEXT) + AEAD_EXTRA);
        assert_null(memmem(sealed.data, sealed.len, "Samir", 5));
        assert_int_equal(open_at(f, &place, &sealed), 0);
        seal_there(f, &place, &again);
        assert_memory_not_equal(sealed.data, again.data, sealed.len);
}

static void elsewhere_it_does_not_open(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(1000);
        const struct seal_place place = place_in(f);
        struct seal_place other[9];

        assert_int_equal(seal_make(f->tx, f->thread + 1), 0);
        seal_there(f, &place, &sealed);
        for (size_t i = 0; i < ELEMENTS(other); i++)
                other[i] = place;
        other[0].kind = SEAL_VERSION;
        other[1].thread++;
        other[2].seq++;
        other[3].n++;
        other[4].person = f->karim;
        other[5].id = OTHER_ID;
        other[6].language = "ar";
        other[7].origin = "correction";
        other[8].language = NULL;
        for (size_t i = 0; i < ELEMENTS(other); i++)
                assert_int_equal(open_at(f, &other[i], &sealed), -EBADMSG);
        assert_int_equal(open_at(f, &place, &sealed), 0);
}

/* A part that says its own length cannot lend a letter to its neighbour. */
static void parts_do_not_run_together(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(1000);
        struct seal_place place = place_in(f);

        place.origin = "x";
        place.language = "nl";
        seal_there(f, &place, &sealed);
        place.origin = "lx";
        place.language = "n";
        assert_int_equal(open_at(f, &place, &sealed), -EBADMSG);
}

static void every_changed_byte_is_seen(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(1000);
        struct seal_place place = place_in(f);

        seal_there(f, &place, &sealed);
        for (size_t i = 0; i < sealed.len; i++) {
                sealed.data[i] ^= 0x10;
                assert_int_equal(open_at(f, &place, &sealed), -EBADMSG);
                sealed.data[i] ^= 0x10;
        }
        for (size_t n = sealed.len; n-- > 0;) {
                sealed.len = n;
                assert_int_equal(open_at(f, &place, &sealed), -EBADMSG);
        }
}

static void a_destroyed_key_opens_nothing_and_never_comes_back(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(1000);
        struct message_draft draft = chat_draft(f, f->huda, 'a', TEXT);
        struct seal_place place = place_in(f);
        struct message_shape *m;
        struct sent_shape sent;
        int64_t next;

        assert_int_equal(message_append(f->tx, &f->made, &draft, &sent), 0);
        seal_there(f, &place, &sealed);
        assert_int_equal(seal_destroy(f->tx, (int64_t[]){ f->thread, f->thread + 50 }, 2), 0);
        assert_int_equal(open_at(f, &place, &sealed), -EKEYREVOKED);
        assert_int_equal(seal_make(f->tx, f->thread), -EKEYREVOKED);
        assert_int_equal(seal_next_thread(f->tx, &next), 0);
        assert_true(next > f->thread);
        assert_true(seal_destroyed_ms(f->tx, f->thread) > 0);

        /* Its thread can be read: what was said is gone. */
        assert_int_equal(message_load(f->tx, &f->a, f->thread, sent.seq, &m), 0);
        assert_null(m->body);
        assert_true(m->withdrawn > 0);
        draft = chat_draft(f, f->huda, 'b', TEXT);
        assert_int_equal(message_append(f->tx, &f->made, &draft, &sent), -EKEYREVOKED);
}

static void a_thread_without_a_key_takes_no_text(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(1000);
        struct seal_place place = place_in(f);

        place.thread += 100;
        assert_int_equal(seal_text(f->tx, &place, TEXT, strlen(TEXT), &sealed), -ENOKEY);
        assert_int_equal(sealed.len, 0);
}

/* A row whose sealed body was taken from another one, as somebody with the file would do it. */
static void a_body_moved_to_another_row_is_not_shown(void **state)
{
        struct fixture *f = *state;
        int64_t first = chat_say(f, f->huda, 'a', TEXT);
        struct query *q, *from = query(f->tx, QUERY_message_get);
        struct message_shape *m;

        query_int(from, f->thread);
        query_int(from, first);
        assert_int_equal(query_row(from), 1);
        q = query(f->tx, QUERY_message_add);
        query_int(q, f->thread);
        query_int(q, first + 1);
        query_int(q, 100);
        query_int(q, f->huda);
        query_blob(q, OTHER_ID, sizeof(OTHER_ID));
        query_int(q, 1);
        query_text(q, "nl");
        query_word(q, &words_direction, DIRECTION_LTR);
        query_blob(q, query_get_blob(from, 7), query_get_bytes(from, 7));
        assert_int_equal(query_run(q), 0);
        query_end(from);
        assert_int_equal(message_load(f->tx, &f->a, f->thread, first + 1, &m), 0);
        assert_null(m->body);
        assert_int_equal(message_load(f->tx, &f->a, f->thread, first, &m), 0);
        assert_string_equal(m->body, TEXT);
}

static void word_hashes_of_two_threads_differ(void **state)
{
        struct fixture *f = *state;
        unsigned char key[WORD_KEY], other[WORD_KEY];

        assert_int_equal(seal_make(f->tx, f->thread + 1), 0);
        assert_int_equal(seal_word_key(f->tx, f->thread, key), 0);
        assert_int_equal(seal_word_key(f->tx, f->thread + 1, other), 0);
        assert_memory_not_equal(key, other, WORD_KEY);
        assert_true(secret_word_hash(key, "school", 6) == secret_word_hash(key, "school", 6));
        assert_true(secret_word_hash(key, "school", 6) != secret_word_hash(other, "school", 6));
}

int main(void)
{
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, chat_set_up, chat_tear_down)
                TEST(it_opens_where_it_was_sealed_and_shows_nothing),
                TEST(elsewhere_it_does_not_open),
                TEST(parts_do_not_run_together),
                TEST(every_changed_byte_is_seen),
                TEST(a_destroyed_key_opens_nothing_and_never_comes_back),
                TEST(a_thread_without_a_key_takes_no_text),
                TEST(a_body_moved_to_another_row_is_not_shown),
                TEST(word_hashes_of_two_threads_differ),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
