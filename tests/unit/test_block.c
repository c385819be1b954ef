/* links: chat store text base */
/* Blocks of hashed words: what goes in is found, and bytes that are no block are refused. */
#include "chat/find/block.h"

#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

/* splitmix64: the same numbers on every day */
static uint64_t next(uint64_t *state)
{
        uint64_t z = (*state += 0x9e3779b97f4a7c15);

        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
}

enum { WORDS = 18, HASH_MAX = (1 << BLOCK_HASH_BITS) - 1 };

static void make_text(uint64_t *state, size_t i, struct block_text *text, uint32_t hashes[WORDS])
{
        *text = (struct block_text){ (int64_t)(1000 + i - 3 * (i % 7)), i % 5 == 0 ? (int64_t)(1 + i % 3) : 0, INT64_C(1763793000123) + (int64_t)i * 7919 };
        for (int w = 0; w < WORDS; w++) /* a third of the words are common */
                hashes[w] = w % 3 == 0 ? (uint32_t)(w + 1) * 0x01234567u * (uint32_t)(next(state) % 4) & HASH_MAX : (uint32_t)next(state) & HASH_MAX;
}

static bool has_all(const uint32_t *hashes, const uint32_t *words, size_t n)
{
        for (size_t i = 0; i < n; i++) {
                bool there = false;

                for (int w = 0; w < WORDS; w++)
                        there |= hashes[w] == words[i];
                if (!there)
                        return false;
        }
        return true;
}

/* A block of so many texts finds, for words of any of its texts, exactly the texts that have them. */
static void check_block(size_t texts_n, size_t batch)
{
        static uint32_t hashes[BLOCK_TEXTS_MAX][WORDS];
        static struct block_text texts[BLOCK_TEXTS_MAX];
        _cleanup_(buf_done) struct buf bytes = BUF(BLOCK_BYTES_MAX);
        uint64_t state = texts_n;

        for (size_t i = 0; i < texts_n;) {
                _cleanup_(block_done) struct block b = { 0 };

                _cleanup_(block_done) struct block more = { 0 };
                struct block *to = &b;

                if (i > 0) {
                        assert_int_equal(block_read(bytes.data, bytes.len, &b), 0);
                        to = i % 2 ? &more : &b;
                }
                for (size_t end = i + batch; i < end && i < texts_n; i++) {
                        make_text(&state, i, &texts[i], hashes[i]);
                        assert_int_equal(block_add(to, &texts[i], hashes[i], WORDS), 0);
                }
                if (to == &more)
                        assert_int_equal(block_join(&b, &more), 0);
                buf_clear(&bytes);
                assert_int_equal(block_write(&b, &bytes), 0);
        }
        for (size_t i = 0; i < texts_n; i++) {
                const uint32_t words[] = { hashes[i][i % WORDS], hashes[i][(i + 3) % WORDS] };
                struct block_text found[BLOCK_TEXTS_MAX];
                size_t n, at = 0;

                assert_int_equal(block_find(bytes.data, bytes.len, words, i % 2 + 1, found, &n), 0);
                for (size_t j = 0; j < texts_n; j++)
                        if (has_all(hashes[j], words, i % 2 + 1)) {
                                assert_true(at < n);
                                assert_memory_equal(&found[at], &texts[j], sizeof(found[at]));
                                at++;
                        }
                assert_int_equal(at, n);
        }
}

static void what_goes_in_is_found(void **state)
{
        (void)state;
        check_block(1, 1);
        check_block(2, 1);
        check_block(31, 32);
        check_block(200, 7);
        check_block(211, 3);
        check_block(BLOCK_TEXTS_MAX, 32);
}

static void a_hash_that_nobody_has_finds_nothing(void **state)
{
        static const uint32_t has[] = { 0, 5, HASH_MAX }, none[] = { 1, 4, 6, HASH_MAX - 1, HASH_MAX / 2 + 1 };
        _cleanup_(buf_done) struct buf bytes = BUF(BLOCK_BYTES_MAX);
        _cleanup_(block_done) struct block b = { 0 };
        struct block_text found[BLOCK_TEXTS_MAX];
        size_t n = 7;

        (void)state;
        assert_int_equal(block_add(&b, &(struct block_text){ 1, 0, 5 }, has, ELEMENTS(has)), 0);
        assert_int_equal(block_add(&b, &(struct block_text){ 2, 0, 5 }, NULL, 0), 0);
        assert_int_equal(block_write(&b, &bytes), 0);
        for (size_t i = 0; i < ELEMENTS(none); i++) {
                assert_int_equal(block_find(bytes.data, bytes.len, &none[i], 1, found, &n), 0);
                assert_int_equal(n, 0);
        }
        for (size_t i = 0; i < ELEMENTS(has); i++) {
                assert_int_equal(block_find(bytes.data, bytes.len, &has[i], 1, found, &n), 0);
                assert_int_equal(n, 1);
                assert_int_equal(found[0].seq, 1);
        }
}

static void a_text_without_words_is_a_text(void **state)
{
        _cleanup_(buf_done) struct buf bytes = BUF(BLOCK_BYTES_MAX);
        _cleanup_(block_done) struct block b = { 0 }, again = { 0 };
        struct block_text found[BLOCK_TEXTS_MAX];
        uint32_t any = 5;
        size_t n = 7;

        (void)state;
        assert_int_equal(block_write(&b, &bytes), -EINVAL);
        assert_int_equal(block_add(&b, &(struct block_text){ 1, 0, 5 }, NULL, 0), 0);
        assert_int_equal(block_write(&b, &bytes), 0);
        assert_int_equal(block_find(bytes.data, bytes.len, &any, 1, found, &n), 0);
        assert_int_equal(n, 0);
        assert_int_equal(block_read(bytes.data, bytes.len, &again), 0);
        assert_int_equal(again.texts_n, 1);
}

static void a_block_has_an_end(void **state)
{
        static uint32_t hashes[9000];
        _cleanup_(buf_done) struct buf bytes = BUF(BLOCK_BYTES_MAX);
        _cleanup_(block_done) struct block b = { 0 };
        uint64_t seed = 1;
        int r = 0, n = 0;

        (void)state;
        for (int i = 0; i < BLOCK_TEXTS_MAX; i++)
                assert_int_equal(block_add(&b, &(struct block_text){ i, 0, 5 }, NULL, 0), 0);
        assert_int_equal(block_add(&b, &(struct block_text){ 1, 0, 5 }, NULL, 0), -ENOSPC);
        block_done(&b);

        for (size_t i = 0; i < ELEMENTS(hashes); i++)
                hashes[i] = (uint32_t)next(&seed) & HASH_MAX;
        for (; r == 0; n += r == 0)
                r = block_add(&b, &(struct block_text){ n, 0, 5 }, hashes, ELEMENTS(hashes));
        assert_int_equal(r, -ENOSPC);
        assert_int_equal(n, BLOCK_PAIRS_MAX / ELEMENTS(hashes));
        assert_int_equal(block_write(&b, &bytes), 0);
        assert_true(bytes.len < BLOCK_BYTES_MAX);
}

/* Two hundred and fifty-six messages of eighteen words in fewer bytes than their hashes take by themselves. */
static void a_block_is_small(void **state)
{
        _cleanup_(buf_done) struct buf bytes = BUF(BLOCK_BYTES_MAX);
        _cleanup_(block_done) struct block b = { 0 };
        uint64_t seed = 1;

        (void)state;
        for (int64_t i = 1; i <= BLOCK_TEXTS_MAX; i++) {
                uint32_t hashes[WORDS];
                struct block_text text;

                make_text(&seed, (size_t)i, &text, hashes);
                assert_int_equal(block_add(&b, &(struct block_text){ i, 0, i * 86400000 }, hashes, WORDS), 0);
        }
        assert_int_equal(block_write(&b, &bytes), 0);
        assert_true(bytes.len < BLOCK_TEXTS_MAX * WORDS * sizeof(uint32_t));
}

static void what_is_no_block_is_refused(void **state)
{
        _cleanup_(buf_done) struct buf bytes = BUF(BLOCK_BYTES_MAX);
        _cleanup_(block_done) struct block b = { 0 };
        struct block_text found[BLOCK_TEXTS_MAX];
        uint32_t hashes[WORDS];
        uint64_t seed = 3;
        size_t n;

        (void)state;
        for (size_t i = 0; i < 40; i++) {
                struct block_text text;

                make_text(&seed, i, &text, hashes);
                assert_int_equal(block_add(&b, &text, hashes, WORDS), 0);
        }
        assert_int_equal(block_write(&b, &bytes), 0);
        assert_int_equal(block_find("", 0, hashes, 1, found, &n), -EBADMSG);
        assert_int_equal(block_find("\2\1\0\0\0\0", 6, hashes, 1, found, &n), -EBADMSG);
        for (size_t cut = 0; cut < 50; cut++) {
                _cleanup_(block_done) struct block other = { 0 };

                assert_int_equal(block_read(bytes.data, cut, &other), -EBADMSG);
        }
        /* Damage of any kind may find the wrong thing, but ends. */
        for (int i = 0; i < 20000; i++) {
                _cleanup_(block_done) struct block other = { 0 };
                size_t at = next(&seed) % bytes.len;
                char was = bytes.data[at];
                int r;

                bytes.data[at] = (char)next(&seed);
                r = block_find(bytes.data, bytes.len, hashes, 2, found, &n);
                assert_true(r == 0 || r == -EBADMSG);
                r = block_read(bytes.data, bytes.len, &other);
                assert_true(r == 0 || r == -EBADMSG);
                if (i % 4)
                        bytes.data[at] = was;
        }
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test(what_goes_in_is_found),
                cmocka_unit_test(a_hash_that_nobody_has_finds_nothing),
                cmocka_unit_test(a_text_without_words_is_a_text),
                cmocka_unit_test(a_block_has_an_end),
                cmocka_unit_test(a_block_is_small),
                cmocka_unit_test(what_is_no_block_is_refused),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
