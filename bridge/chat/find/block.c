#include "chat/find/block_inside.h"

#include <endian.h>
#include <errno.h>

enum { BUCKET_WORDS = 48 }; /* hashes in a bucket, about */

void block_init(struct block *b)
{
        b->pairs = NULL;
        b->texts_n = b->pairs_n = b->room = b->sorted_n = 0;
}

void block_done(struct block *b)
{
        free(b->pairs);
        block_init(b);
}

int block_make_room(struct block *b, size_t n)
{
        size_t room = (b->pairs_n + n) * 2;
        uint64_t *pairs;

        if (b->pairs_n + n <= b->room)
                return 0;
        pairs = reallocarray(b->pairs, room, sizeof(*pairs));
        if (!pairs)
                return -ENOMEM;
        b->pairs = pairs;
        b->room = room;
        return 0;
}

int block_add(struct block *b, const struct block_text *text, const uint32_t *hashes, size_t n)
{
        if (b->texts_n == BLOCK_TEXTS_MAX || b->pairs_n + n > BLOCK_PAIRS_MAX)
                return -ENOSPC;
        if (block_make_room(b, n) < 0)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++)
                b->pairs[b->pairs_n++] = pair_of(hashes[i], b->texts_n);
        b->texts[b->texts_n++] = *text;
        return 0;
}

/* By hash, those of equal ones in the order in which they were added: a radix sort, for qsort() calls a function for each pair of pairs. */
static int sort_pairs(uint64_t *pairs, size_t n)
{
        uint64_t *other, *from = pairs, *to;

        other = to = calloc(n, sizeof(*other));
        if (!other)
                return -ENOMEM;
        for (unsigned shift = 32; shift < 32 + HASH_BITS; shift += 8) {
                size_t at[256] = { 0 }, sum = 0;

                for (size_t i = 0; i < n; i++)
                        at[from[i] >> shift & 0xff]++;
                for (size_t i = 0; i < ELEMENTS(at); i++) {
                        size_t count = at[i];

                        at[i] = sum;
                        sum += count;
                }
                for (size_t i = 0; i < n; i++)
                        to[at[from[i] >> shift & 0xff]++] = from[i];
                uint64_t *swap = from;
                from = to;
                to = swap;
        }
        if (from != pairs)
                memcpy(pairs, from, n * sizeof(*pairs));
        free(other);
        return 0;
}

/* Two ordered lists as one, each pair once; what is added to those of the second: a number of texts. */
static size_t merge(uint64_t *to, const uint64_t *a, size_t a_n, const uint64_t *b, size_t b_n, uint64_t added)
{
        size_t i = 0, j = 0, n = 0;

        while (i < a_n || j < b_n) {
                bool first = j == b_n || (i < a_n && a[i] <= b[j] + added);
                uint64_t pair = first ? a[i++] : b[j++] + added;

                if (n == 0 || to[n - 1] != pair)
                        to[n++] = pair;
        }
        return n;
}

static void take_pairs(struct block *b, uint64_t *pairs, size_t room, size_t n)
{
        free(b->pairs);
        b->pairs = pairs;
        b->room = room;
        b->pairs_n = b->sorted_n = n;
}

/* In order, each once: what a block held is so already, and only what came is sorted. */
static int tidy(struct block *b)
{
        size_t fresh = b->pairs_n - b->sorted_n;
        uint64_t *merged;

        if (fresh == 0)
                return 0;
        if (sort_pairs(b->pairs + b->sorted_n, fresh) < 0)
                return -ENOMEM;
        merged = calloc(b->pairs_n, sizeof(*merged));
        if (!merged)
                return -ENOMEM;
        take_pairs(b, merged, b->pairs_n, merge(merged, b->pairs, b->sorted_n, b->pairs + b->sorted_n, fresh, 0));
        return 0;
}

int block_join(struct block *b, struct block *more)
{
        uint64_t *merged;

        if (tidy(b) < 0 || tidy(more) < 0)
                return -ENOMEM;
        if (b->texts_n + more->texts_n > BLOCK_TEXTS_MAX || b->pairs_n + more->pairs_n > BLOCK_PAIRS_MAX)
                return -ENOSPC;
        merged = calloc(b->pairs_n + more->pairs_n + 1, sizeof(*merged));
        if (!merged)
                return -ENOMEM;
        take_pairs(b, merged, b->pairs_n + more->pairs_n + 1, merge(merged, b->pairs, b->pairs_n, more->pairs, more->pairs_n, b->texts_n));
        memcpy(b->texts + b->texts_n, more->texts, more->texts_n * sizeof(*more->texts));
        b->texts_n += more->texts_n;
        return 0;
}

/* ---- writing */

static void put_varint(struct buf *out, uint64_t v)
{
        for (; v >= 0x80; v >>= 7)
                buf_add_char(out, (char)(v | 0x80));
        buf_add_char(out, (char)v);
}

/* How far `to` is from `from`. Without a sign: in a block that was read they may be as far apart as numbers can be. */
static uint64_t zigzag(int64_t to, int64_t from)
{
        uint64_t v = (uint64_t)to - (uint64_t)from;

        return v << 1 ^ (uint64_t)((int64_t)v >> 63);
}

/* Bits, the lowest of a byte first. */
struct bits_out {
        struct buf *out;
        uint64_t held;
        unsigned held_n; /* below 32 between calls */
        size_t n;        /* all that were put */
        unsigned char whole[256]; /* those that wait to be added together */
        size_t whole_n;
};

static void flush_bits(struct bits_out *b)
{
        buf_add(b->out, b->whole, b->whole_n);
        b->whole_n = 0;
}

static void put_bits(struct bits_out *b, uint32_t v, unsigned n)
{
        uint32_t four;

        b->held |= (uint64_t)v << b->held_n;
        b->held_n += n;
        b->n += n;
        if (b->held_n < 32)
                return;
        if (b->whole_n == sizeof(b->whole))
                flush_bits(b);
        four = htole32((uint32_t)b->held);
        memcpy(b->whole + b->whole_n, &four, sizeof(four));
        b->whole_n += sizeof(four);
        b->held >>= 32;
        b->held_n -= 32;
}

/* The last byte whole. */
static void end_bits(struct bits_out *b)
{
        flush_bits(b);
        for (; b->held_n > 0; b->held_n -= b->held_n < 8 ? b->held_n : 8, b->held >>= 8)
                buf_add_char(b->out, (char)b->held);
}

static void put_zeros(struct bits_out *b, uint32_t n)
{
        for (; n > 16; n -= 16)
                put_bits(b, 0, 16);
        put_bits(b, 0, n);
}

/* v from 0 on: so many zeros, a one, the rest in k bits. */
static void put_rice(struct bits_out *b, uint32_t v, unsigned k)
{
        put_zeros(b, v >> k);
        put_bits(b, 1, 1);
        put_bits(b, v & ((UINT32_C(1) << k) - 1), k);
}

static unsigned bits_of(uint32_t v)
{
        return v == 0 ? 0 : 32 - (unsigned)__builtin_clz(v);
}

/* v from 1 on. */
static void put_gamma(struct bits_out *b, uint32_t v)
{
        unsigned n = bits_of(v) - 1;

        put_bits(b, 0, n);
        put_bits(b, 1, 1);
        put_bits(b, v & ((UINT32_C(1) << n) - 1), n);
}

static size_t count_distinct(const struct block *b)
{
        size_t n = 0;

        for (size_t i = 0; i < b->pairs_n; i++)
                n += i == 0 || hash_of(b->pairs[i]) != hash_of(b->pairs[i - 1]);
        return n;
}

static struct shape_of_bits choose(size_t texts, size_t distinct)
{
        struct shape_of_bits s = { .text = bits_of((uint32_t)texts - 1) };

        while (s.bucket < BUCKET_BITS_MAX && (distinct >> s.bucket) > BUCKET_WORDS)
                s.bucket++;
        /* A gap is 2^24 / distinct in the middle; of numbers spread like these the best k is a little below its logarithm. */
        s.gap = HASH_BITS - bits_of((uint32_t)distinct);
        if (s.gap > HASH_BITS - s.bucket)
                s.gap = HASH_BITS - s.bucket;
        if (s.gap > 30)
                s.gap = 30;
        return s;
}

/* One hash with its texts: n pairs. */
static void put_hash(struct bits_out *to, const struct shape_of_bits *s, uint32_t gap, const uint64_t *pairs, size_t n)
{
        put_rice(to, gap, s->gap);
        put_gamma(to, (uint32_t)n);
        put_bits(to, text_of(pairs[0]), s->text);
        for (size_t i = 1; i < n; i++)
                put_gamma(to, text_of(pairs[i]) - text_of(pairs[i - 1]));
}

/* The bits into `to`, how many each bucket takes into `sizes`. */
static void put_buckets(const struct block *b, const struct shape_of_bits *s, struct buf *sizes, struct bits_out *to)
{
        size_t i = 0;

        for (uint32_t bucket = 0; bucket < UINT32_C(1) << s->bucket; bucket++) {
                uint64_t next = s->bucket == 0 ? 0 : (uint64_t)bucket << (HASH_BITS - s->bucket);
                size_t before = to->n;

                while (i < b->pairs_n && bucket_of(hash_of(b->pairs[i]), s->bucket) == bucket) {
                        uint32_t hash = hash_of(b->pairs[i]);
                        size_t end = i;

                        while (end < b->pairs_n && hash_of(b->pairs[end]) == hash)
                                end++;
                        put_hash(to, s, (uint32_t)(hash - next), b->pairs + i, end - i);
                        next = (uint64_t)hash + 1;
                        i = end;
                }
                put_varint(sizes, to->n - before);
        }
}

int block_write(struct block *b, struct buf *out)
{
        _cleanup_(buf_done) struct buf stream = BUF(BLOCK_BYTES_MAX);
        struct bits_out to = { .out = &stream };
        struct block_text before = { 0 };
        struct shape_of_bits s;
        size_t distinct;

        if (b->texts_n == 0)
                return -EINVAL;
        if (tidy(b) < 0)
                return -ENOMEM;
        distinct = count_distinct(b);
        s = choose(b->texts_n, distinct);
        buf_add_char(out, FORMAT);
        put_varint(out, b->texts_n);
        put_varint(out, distinct);
        put_varint(out, s.text);
        put_varint(out, s.gap);
        put_varint(out, s.bucket);
        for (size_t i = 0; i < b->texts_n; i++) {
                const struct block_text *t = &b->texts[i];

                put_varint(out, zigzag(t->seq, before.seq) << 1 | (t->n > 0));
                put_varint(out, zigzag(t->sent_ms, before.sent_ms));
                if (t->n > 0)
                        put_varint(out, (uint64_t)t->n);
                before = *t;
        }
        put_buckets(b, &s, out, &to);
        end_bits(&to);
        buf_add(out, stream.data, stream.len);
        return buf_failed(&stream) ?: buf_failed(out);
}
