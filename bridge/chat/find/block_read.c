#include "chat/find/block_inside.h"

#include <endian.h>
#include <errno.h>

/* ---- reading: whatever the bytes are, nothing is read behind their end */

struct bytes_in {
        const uint8_t *p, *end;
        bool bad;
};

static uint64_t get_varint(struct bytes_in *in)
{
        uint64_t v = 0;

        for (unsigned shift = 0; shift < 63; shift += 7) {
                if (in->p == in->end)
                        break;
                v |= (uint64_t)(*in->p & 0x7f) << shift;
                if (!(*in->p++ & 0x80))
                        return v;
        }
        in->bad = true;
        return 0;
}

static int64_t unzigzag(uint64_t v)
{
        return (int64_t)(v >> 1) ^ -(int64_t)(v & 1);
}

struct bits_in {
        const uint8_t *bytes;
        size_t at, end; /* in bits */
        bool bad;
};

static uint32_t get_bits(struct bits_in *in, unsigned n)
{
        uint32_t v = 0;

        if (in->bad || in->end - in->at < n) {
                in->bad = true;
                return 0;
        }
        if ((in->at >> 3) + sizeof(uint64_t) <= in->end >> 3) { /* eight bytes are there: n is at most 30 */
                uint64_t word;

                memcpy(&word, in->bytes + (in->at >> 3), sizeof(word));
                word = le64toh(word) >> (in->at & 7);
                in->at += n;
                return (uint32_t)(word & ((UINT64_C(1) << n) - 1));
        }
        for (unsigned got = 0; got < n;) {
                unsigned skip = in->at & 7, take = 8 - skip < n - got ? 8 - skip : n - got;

                v |= (uint32_t)((in->bytes[in->at >> 3] >> skip) & ((1u << take) - 1)) << got;
                got += take;
                in->at += take;
        }
        return v;
}

/* Zeros before the next one, which is taken too. */
static uint32_t get_zeros(struct bits_in *in, uint32_t max)
{
        uint32_t n = 0;

        while (n <= max && in->at < in->end) {
                uint8_t byte = (uint8_t)(in->bytes[in->at >> 3] >> (in->at & 7));
                unsigned left = 8 - (in->at & 7), zeros = byte == 0 ? left : (unsigned)__builtin_ctz(byte);

                n += zeros;
                in->at += zeros;
                if (zeros < left) {
                        in->at++;
                        if (in->at > in->end || n > max)
                                break;
                        return n;
                }
        }
        in->at = in->end;
        in->bad = true;
        return 0;
}

static uint32_t get_rice(struct bits_in *in, unsigned k)
{
        uint32_t high = get_zeros(in, UINT32_MAX >> k);

        return high << k | get_bits(in, k);
}

static uint32_t get_gamma(struct bits_in *in)
{
        unsigned n = get_zeros(in, 20);

        return UINT32_C(1) << n | get_bits(in, n);
}

/* A block opened for reading: its texts are read, its buckets are not. */
struct reading {
        struct block_text *texts;
        size_t texts_n, distinct;
        struct shape_of_bits s;
        struct bytes_in sizes; /* of the buckets */
        const uint8_t *stream;
        size_t stream_bits;
};

static bool read_texts(struct bytes_in *in, struct block_text *texts, size_t n)
{
        struct block_text t = { 0 };

        for (size_t i = 0; i < n && !in->bad; i++) {
                uint64_t seq = get_varint(in);

                /* Without a sign: what bytes of no block of ours say may overflow. */
                t.seq = (int64_t)((uint64_t)t.seq + (uint64_t)unzigzag(seq >> 1));
                t.sent_ms = (int64_t)((uint64_t)t.sent_ms + (uint64_t)unzigzag(get_varint(in)));
                t.n = seq & 1 ? (int64_t)get_varint(in) : 0;
                texts[i] = t;
        }
        return !in->bad;
}

static int open_block(const void *bytes, size_t n, struct block_text texts[BLOCK_TEXTS_MAX], struct reading *ret)
{
        struct bytes_in in = { bytes, (const uint8_t *)bytes + n, n > BLOCK_BYTES_MAX };
        uint64_t texts_n, distinct, text, gap, bucket;

        if (in.bad || get_varint(&in) != FORMAT)
                return -EBADMSG;
        texts_n = get_varint(&in);
        distinct = get_varint(&in);
        text = get_varint(&in);
        gap = get_varint(&in);
        bucket = get_varint(&in);
        if (in.bad || texts_n == 0 || texts_n > BLOCK_TEXTS_MAX || distinct > BLOCK_PAIRS_MAX || text > 8 || gap > 30 || bucket > BUCKET_BITS_MAX)
                return -EBADMSG;
        if (!read_texts(&in, texts, texts_n))
                return -EBADMSG;
        *ret = (struct reading){ .texts = texts, .texts_n = texts_n, .distinct = distinct, .sizes = in };
        ret->s = (struct shape_of_bits){ (unsigned)text, (unsigned)gap, (unsigned)bucket };
        for (uint32_t i = 0; i < UINT32_C(1) << bucket; i++)
                get_varint(&in);
        ret->stream = in.p;
        ret->stream_bits = (size_t)(in.end - in.p) * 8;
        return in.bad ? -EBADMSG : 0;
}

/* The texts of one hash: a bit each. False: no block. */
static bool read_postings(struct bits_in *in, const struct reading *b, uint64_t ret[BLOCK_TEXTS_MAX / 64])
{
        uint32_t n = get_gamma(in), text = get_bits(in, b->s.text);

        memset(ret, 0, BLOCK_TEXTS_MAX / 8);
        for (uint32_t i = 0;; i++) {
                if (in->bad || text >= b->texts_n)
                        return false;
                ret[text / 64] |= UINT64_C(1) << (text % 64);
                if (i + 1 >= n)
                        return true;
                text += get_gamma(in);
        }
}

/* Takes the next size; *at: where its bucket begins, then where it ends. */
static bool next_bucket(struct reading *b, uint64_t *at, struct bits_in *ret)
{
        uint64_t n = get_varint(&b->sizes);

        if (n > b->stream_bits || *at > b->stream_bits - n)
                return false;
        *ret = (struct bits_in){ .bytes = b->stream, .at = *at, .end = *at + n };
        *at += n;
        return true;
}

static bool bucket_at(const struct reading *b, uint32_t bucket, struct bits_in *ret)
{
        struct reading from = *b;
        uint64_t at = 0;

        for (uint32_t i = 0; i <= bucket; i++)
                if (!next_bucket(&from, &at, ret))
                        return false;
        return true;
}

/* 1: the texts of this hash are in ret; 0: nobody has it; -EBADMSG. */
static int find_hash(const struct reading *b, uint32_t hash, uint64_t ret[BLOCK_TEXTS_MAX / 64])
{
        uint32_t bucket = bucket_of(hash, b->s.bucket);
        uint64_t at = b->s.bucket == 0 ? 0 : (uint64_t)bucket << (HASH_BITS - b->s.bucket);
        struct bits_in in;

        if (!bucket_at(b, bucket, &in))
                return -EBADMSG;
        while (in.at < in.end) {
                at += get_rice(&in, b->s.gap);
                if (!read_postings(&in, b, ret))
                        return -EBADMSG;
                if (at >= hash)
                        return at == hash;
                at++;
        }
        return 0;
}

int block_find(const void *bytes, size_t n, const uint32_t *hashes, size_t hashes_n, struct block_text ret[BLOCK_TEXTS_MAX], size_t *ret_n)
{
        struct block_text texts[BLOCK_TEXTS_MAX];
        uint64_t all[BLOCK_TEXTS_MAX / 64], one[BLOCK_TEXTS_MAX / 64];
        struct reading b;
        size_t found = 0;
        int r;

        r = open_block(bytes, n, texts, &b);
        if (r < 0)
                return r;
        memset(all, 0xff, sizeof(all));
        for (size_t i = 0; i < hashes_n; i++) {
                r = find_hash(&b, hashes[i], one);
                if (r < 0)
                        return r;
                if (r == 0) {
                        *ret_n = 0;
                        return 0;
                }
                for (size_t j = 0; j < ELEMENTS(all); j++)
                        all[j] &= one[j];
        }
        for (size_t i = 0; i < b.texts_n; i++)
                if (all[i / 64] >> (i % 64) & 1)
                        ret[found++] = texts[i];
        *ret_n = found;
        return 0;
}

/* Every pair of one bucket. */
static int read_bucket(const struct reading *b, uint32_t bucket, struct bits_in *in, struct block *ret)
{
        uint64_t at = b->s.bucket == 0 ? 0 : (uint64_t)bucket << (HASH_BITS - b->s.bucket), texts[BLOCK_TEXTS_MAX / 64];

        while (in->at < in->end) {
                at += get_rice(in, b->s.gap);
                if (!read_postings(in, b, texts) || at >> HASH_BITS > 0)
                        return -EBADMSG;
                for (size_t i = 0; i < ELEMENTS(texts); i++) {
                        for (uint64_t left = texts[i]; left != 0; left &= left - 1) {
                                if (ret->pairs_n == BLOCK_PAIRS_MAX)
                                        return -EBADMSG;
                                if (block_make_room(ret, 1) < 0)
                                        return -ENOMEM;
                                ret->pairs[ret->pairs_n++] = pair_of((uint32_t)at, i * 64 + (unsigned)__builtin_ctzll(left));
                        }
                }
                at++;
        }
        return 0;
}

int block_read(const void *bytes, size_t n, struct block *ret)
{
        struct reading b;
        struct bits_in in;
        uint64_t at = 0;
        int r;

        r = open_block(bytes, n, ret->texts, &b);
        if (r < 0)
                return r;
        ret->texts_n = b.texts_n;
        if (block_make_room(ret, 2 * b.distinct) < 0)
                return -ENOMEM;
        for (uint32_t bucket = 0; bucket < UINT32_C(1) << b.s.bucket; bucket++) {
                r = next_bucket(&b, &at, &in) ? read_bucket(&b, bucket, &in, ret) : -EBADMSG;
                if (r < 0)
                        return r;
        }
        ret->sorted_n = ret->pairs_n;
        return 0;
}
