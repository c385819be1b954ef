/* chat/find/pack.c: from the tail of a conversation into blocks. */
#include "chat/find/texts.h"
#include "chat/find/words.h"
#include "chat/message.h"
#include "chat/seal/seal.h"
#include "store/query.h"

#include <errno.h>

enum { SEALED_BLOCK_MAX = BLOCK_BYTES_MAX + AEAD_EXTRA };

/* A block's row. */
struct row {
        int64_t id, n, texts, last_seq, oldest_ms, newest_ms;
};

/* The last block below number n; all 0 where there is none. */
static int load_row(struct tx *tx, int64_t thread, int64_t n, struct row *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_words_newest);
        int r;

        *ret = (struct row){ 0 };
        query_int(q, thread);
        query_int(q, n);
        r = query_row(q);
        if (r <= 0)
                return r;
        *ret = (struct row){ query_get_int(q, 0), query_get_int(q, 1), query_get_int(q, 2),
                             query_get_int(q, 3), query_get_int(q, 4), query_get_int(q, 5) };
        return 0;
}

int words_packed_seq(struct tx *tx, int64_t thread, int64_t *ret)
{
        struct row row;
        int r;

        r = load_row(tx, thread, INT64_MAX, &row);
        if (r < 0)
                return r;
        *ret = row.last_seq;
        return 0;
}

int words_open_block(struct tx *tx, struct arena *a, int64_t id, int64_t thread, int64_t n, char **ret, size_t *ret_n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_words_block);
        const struct seal_place place = { .kind = SEAL_WORDS, .thread = thread, .n = n };
        int r;

        query_int(q, id);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        return seal_open(tx, a, &place, query_get_blob(q, 0), query_get_bytes(q, 0), ret, ret_n);
}

/* What one packing has in hand. */
struct packing {
        struct tx *tx;
        int64_t thread;
        unsigned char key[WORD_KEY];
        uint32_t *hashes; /* room for WORDS_MAX */
        struct block block;
        struct row row;   /* of the block; id 0: a new one */
};

static void packing_done(struct packing *p)
{
        block_done(&p->block);
        free(p->hashes);
        secret_wipe(p->key, sizeof(p->key));
}

static int64_t earlier(int64_t a, int64_t b)
{
        return a < b ? a : b;
}

static int64_t later(int64_t a, int64_t b)
{
        return a > b ? a : b;
}

static void begin_block(struct packing *p)
{
        block_done(&p->block);
        p->row = (struct row){ .n = p->row.n + 1, .last_seq = p->row.last_seq, .oldest_ms = INT64_MAX, .newest_ms = INT64_MIN };
}

static int end_row(struct tx *tx, int64_t id)
{
        struct query *q = query(tx, QUERY_words_end);

        query_int(q, id);
        return query_run(q);
}

/* Takes the block before into this one, which takes its place. 0: they do not fit into one. */
static int merge(struct packing *p, const struct row *before)
{
        _cleanup_(arena_done) struct arena a = ARENA(2 * BLOCK_BYTES_MAX);
        _cleanup_(block_done) struct block old;
        char *bytes;
        size_t n;
        int r;

        block_init(&old);
        r = words_open_block(p->tx, &a, before->id, p->thread, before->n, &bytes, &n);
        if (r < 0)
                return r;
        r = block_read(bytes, n, &old);
        if (r < 0)
                return r == -EBADMSG ? -EUCLEAN : r;
        r = block_join(&old, &p->block);
        if (r < 0)
                return r == -ENOSPC ? 0 : r;
        block_done(&p->block);
        p->block = old;
        block_init(&old);
        r = p->row.id > 0 ? end_row(p->tx, p->row.id) : 0;
        p->row.id = before->id;
        p->row.n = before->n;
        p->row.oldest_ms = earlier(p->row.oldest_ms, before->oldest_ms);
        p->row.newest_ms = later(p->row.newest_ms, before->newest_ms);
        return r < 0 ? r : 1;
}

/* With the blocks before it that are no larger. */
static int merge_all(struct packing *p)
{
        struct row before;
        int r;

        do {
                r = load_row(p->tx, p->thread, p->row.n, &before);
                if (r < 0 || before.id == 0 || before.texts > (int64_t)p->block.texts_n || before.texts + (int64_t)p->block.texts_n > BLOCK_TEXTS_MAX)
                        return r;
                r = merge(p, &before);
        } while (r > 0);
        return r;
}

/* Writes the block in hand. */
static int put(struct packing *p)
{
        _cleanup_(buf_done) struct buf bytes = BUF(BLOCK_BYTES_MAX);
        _cleanup_(buf_done) struct buf sealed = BUF(SEALED_BLOCK_MAX);
        struct query *q;
        int r;

        r = merge_all(p);
        if (r >= 0)
                r = block_write(&p->block, &bytes);
        if (r >= 0)
                r = seal_text(p->tx, &(struct seal_place){ .kind = SEAL_WORDS, .thread = p->thread, .n = p->row.n }, bytes.data, bytes.len, &sealed);
        if (r < 0)
                return r;
        q = query(p->tx, QUERY_words_put);
        if (p->row.id > 0)
                query_int(q, p->row.id);
        else
                query_null(q);
        query_int(q, p->thread);
        query_int(q, p->row.n);
        query_int(q, (int64_t)p->block.texts_n);
        query_int(q, p->row.last_seq);
        query_int(q, p->row.oldest_ms);
        query_int(q, p->row.newest_ms);
        query_blob(q, sealed.data, sealed.len);
        return query_run(q);
}

static int take(void *arg, const struct text_in *text)
{
        const struct block_text in_block = { text->seq, text->n, text->sent_ms };
        struct packing *p = arg;
        size_t n;
        int r;

        r = words_hashes(&text->inside, p->key, p->hashes, &n);
        if (r < 0)
                return r;
        r = block_add(&p->block, &in_block, p->hashes, n);
        if (r == -ENOSPC) {
                r = put(p);
                if (r < 0)
                        return r;
                begin_block(p);
                r = block_add(&p->block, &in_block, p->hashes, n);
        }
        if (r < 0)
                return r;
        p->row.oldest_ms = earlier(p->row.oldest_ms, text->sent_ms);
        p->row.newest_ms = later(p->row.newest_ms, text->sent_ms);
        p->row.last_seq = later(p->row.last_seq, text->seq);
        return 0;
}

int words_pack(struct tx *tx, int64_t thread)
{
        _cleanup_(packing_done) struct packing p;
        struct query *q;
        int64_t packed, last;
        int r;

        /* Member by member: a block's texts, and the hashes, are long and are written before they are read. */
        p.tx = tx;
        p.thread = thread;
        block_init(&p.block);
        p.hashes = reallocarray(NULL, WORDS_MAX, sizeof(*p.hashes));
        if (!p.hashes)
                return -ENOMEM;
        r = load_row(tx, thread, INT64_MAX, &p.row);
        if (r >= 0)
                r = message_last_seq(tx, thread, &last);
        if (r >= 0)
                r = seal_word_key(tx, thread, p.key);
        if (r < 0)
                return r;
        packed = p.row.last_seq;
        begin_block(&p);
        r = texts_late(tx, thread, 1, take, &p);
        if (r >= 0)
                r = texts_from(tx, thread, packed + 1, take, &p);
        if (r < 0)
                return r;
        p.row.last_seq = last;
        if (p.block.texts_n > 0) {
                r = put(&p);
                if (r < 0)
                        return r;
        }
        q = query(tx, QUERY_words_late_end);
        query_int(q, thread);
        return query_run(q);
}

int words_message_added(struct tx *tx, int64_t thread, int64_t seq)
{
        return seq % WORDS_TAIL == 0 ? words_pack(tx, thread) : 0;
}

static int count_late(struct tx *tx, int64_t thread, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_words_late_count);
        int r;

        query_int(q, thread);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        *ret = query_get_int(q, 0);
        return 0;
}

int words_version_added(struct tx *tx, int64_t thread, int64_t seq, int64_t n)
{
        struct query *q;
        int64_t packed, late;
        int r;

        r = words_packed_seq(tx, thread, &packed);
        if (r < 0 || seq > packed)
                return r;
        q = query(tx, QUERY_words_late_add);
        query_int(q, thread);
        query_int(q, seq);
        query_int(q, n);
        r = query_run(q);
        if (r >= 0)
                r = count_late(tx, thread, &late);
        return r < 0 || late < WORDS_TAIL ? r : words_pack(tx, thread);
}
