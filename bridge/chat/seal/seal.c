#include "chat/seal/seal.h"

#include "chat/seal/keyring.h"
#include "store/query.h"

#include <errno.h>

enum { BOUND_MAX = 256, ID = 16 };

static const struct {
        const char *name; /* as a migration calls it; never to be changed: it is bound */
        enum seal_purpose purpose;
} kinds[] = {
        [SEAL_BODY] = { "body", PURPOSE_BODY },
        [SEAL_VERSION] = { "version", PURPOSE_BODY },
        [SEAL_NOTE] = { "note", PURPOSE_NOTE },
        [SEAL_WORDS] = { "words", PURPOSE_INDEX },
        [SEAL_CONSENT] = { "consent", PURPOSE_CONSENT },
        [SEAL_FILE] = { "file", PURPOSE_FILE },
        [SEAL_WHY] = { "why", PURPOSE_BODY },
        [SEAL_FACTOR] = { "factor", PURPOSE_SCHOOL },
        [SEAL_PHRASE] = { "phrase", PURPOSE_BODY },
        [SEAL_RECORDING] = { "recording", PURPOSE_SCHOOL },
};
_Static_assert(sizeof(kinds) / sizeof(kinds[0]) == SEAL_KINDS, "a kind without a name would be bound to whatever lies behind the table");

/* The place as bytes: every part has a fixed length or says its own, so no two places give the same. */
struct bound {
        unsigned char bytes[BOUND_MAX];
        size_t n;
};

static void bind_bytes(struct bound *b, const void *bytes, size_t n)
{
        memcpy(b->bytes + b->n, bytes, n);
        b->n += n;
}

static void bind_number(struct bound *b, int64_t v)
{
        unsigned char bytes[8];

        for (int i = 0; i < 8; i++)
                bytes[i] = (unsigned char)((uint64_t)v >> (8 * i));
        bind_bytes(b, bytes, sizeof(bytes));
}

static int bind_text(struct bound *b, const char *s)
{
        size_t n = s ? strlen(s) : 0;
        unsigned char length = (unsigned char)n;

        if (n > 40) /* tags and words are shorter */
                return -EINVAL;
        bind_bytes(b, &length, 1);
        bind_bytes(b, s ?: "", n);
        return 0;
}

static int bind(struct keyring *ring, const struct seal_place *place, struct bound *b)
{
        static const unsigned char nobody[ID];
        int r;

        b->n = 0;
        bind_bytes(b, keyring_school(ring), ID);
        bind_number(b, place->thread);
        bind_number(b, place->seq);
        bind_number(b, place->n);
        bind_number(b, place->person);
        bind_bytes(b, place->id ?: nobody, ID);
        r = bind_text(b, kinds[place->kind].name);
        if (r >= 0)
                r = bind_text(b, place->language);
        return r < 0 ? r : bind_text(b, place->origin);
}

/* The open ring of a transaction, as it is now. */
static int ring_of(struct tx *tx, struct keyring **ret)
{
        bool first;
        int r;

        *ret = tx_keys(tx, &first);
        if (!*ret)
                return -ENOKEY;
        r = first ? keyring_look(*ret) : 0;
        return r;
}

static int seal_with(struct keyring *ring, const struct seal_place *place, const char *text, size_t n, void *out)
{
        struct secret_key key;
        struct bound b;
        int r;

        r = bind(ring, place, &b);
        if (r >= 0)
                r = keyring_get(ring, place->thread, kinds[place->kind].purpose, &key);
        if (r < 0)
                return r;
        aead_seal(&key, b.bytes, b.n, text, n, out);
        secret_wipe(&key, sizeof(key));
        return 0;
}

int seal_text(struct tx *tx, const struct seal_place *place, const char *text, size_t n, struct buf *out)
{
        struct keyring *ring;
        char *room;
        int r;

        r = ring_of(tx, &ring);
        if (r < 0)
                return r;
        room = buf_reserve(out, n + AEAD_EXTRA);
        if (!room)
                return buf_failed(out);
        r = seal_with(ring, place, text, n, room);
        if (r >= 0)
                out->len += n + AEAD_EXTRA;
        return r;
}

int seal_open(struct tx *tx, struct arena *a, const struct seal_place *place, const void *sealed, size_t n, char **ret, size_t *ret_n)
{
        struct secret_key key;
        struct keyring *ring;
        struct bound b;
        char *text;
        int r;

        r = ring_of(tx, &ring);
        if (r >= 0)
                r = bind(ring, place, &b);
        if (r >= 0)
                r = keyring_get(ring, place->thread, kinds[place->kind].purpose, &key);
        if (r < 0)
                return r;
        text = n < AEAD_EXTRA ? NULL : arena_get(a, n - AEAD_EXTRA + 1);
        r = text ? aead_open(&key, b.bytes, b.n, sealed, n, text) : n < AEAD_EXTRA ? -EBADMSG : arena_failed(a);
        secret_wipe(&key, sizeof(key));
        if (r < 0)
                return r;
        *ret = text;
        if (ret_n)
                *ret_n = n - AEAD_EXTRA;
        return 0;
}

int seal_word_key(struct tx *tx, int64_t thread, unsigned char ret[WORD_KEY])
{
        struct secret_key key;
        struct keyring *ring;
        int r;

        r = ring_of(tx, &ring);
        if (r >= 0)
                r = keyring_get(ring, thread, PURPOSE_WORD, &key);
        if (r < 0)
                return r;
        memcpy(ret, key.bytes, WORD_KEY);
        secret_wipe(&key, sizeof(key));
        return 0;
}

int seal_next_thread(struct tx *tx, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_thread_last_id);
        struct keyring *ring;
        int64_t rows, keys;
        int r;

        r = ring_of(tx, &ring);
        if (r < 0)
                return r;
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        rows = query_get_int(q, 0);
        keys = keyring_last(ring);
        *ret = (rows > keys ? rows : keys) + 1;
        return 0;
}

int seal_make(struct tx *tx, int64_t thread)
{
        struct keyring *ring;
        int r;

        r = ring_of(tx, &ring);
        return r < 0 ? r : keyring_make(ring, thread);
}

int seal_destroy(struct tx *tx, const int64_t *threads, size_t n)
{
        struct keyring *ring;
        int r;

        r = ring_of(tx, &ring);
        return r < 0 ? r : keyring_destroy(ring, threads, n, NULL);
}

int seal_change_key(struct tx *tx, const char *next, char **why)
{
        struct keyring *ring;
        int64_t keys;
        int r;

        r = ring_of(tx, &ring);
        return r < 0 ? r : keyring_change_key(ring, next, &keys, why);
}

bool seal_makes_next_key(struct tx *tx)
{
        struct keyring *ring;

        return ring_of(tx, &ring) >= 0 && keyring_makes_next_key(ring);
}

int64_t seal_destroyed_ms(struct tx *tx, int64_t thread)
{
        struct keyring *ring;

        return ring_of(tx, &ring) < 0 ? 0 : keyring_destroyed_ms(ring, thread);
}

/* ---- for a migration */

static int make_key(void *keys, int64_t thread)
{
        return keyring_make(keys, thread);
}

static int seal_row(void *keys, const struct row_to_seal *row, void **ret, size_t *ret_n)
{
        struct seal_place place = { .thread = row->thread, .seq = row->seq, .n = row->n, .person = row->person, .id = row->id,
                                    .language = row->language, .origin = row->origin };
        _cleanup_free_ void *sealed = malloc(row->text_n + AEAD_EXTRA);
        int r;

        for (size_t i = SEAL_BODY; i < ELEMENTS(kinds); i++)
                if (strcmp(kinds[i].name, row->kind) == 0)
                        place.kind = (enum seal_kind)i;
        if (!sealed || !place.kind)
                return sealed ? -EINVAL : -ENOMEM;
        r = seal_with(keys, &place, row->text, row->text_n, sealed);
        if (r < 0)
                return r;
        *ret = TAKE(sealed);
        *ret_n = row->text_n + AEAD_EXTRA;
        return 0;
}

static int before_commit(void *keys)
{
        return keyring_commit(keys);
}

static void undone(void *keys)
{
        keyring_undo(keys);
}

struct db_beside keyring_beside(struct keyring *ring)
{
        return (struct db_beside){ .keys = ring, .before_commit = before_commit, .undone = undone, .make_key = make_key, .seal = seal_row };
}

int seal_moving_key(struct tx *tx, struct secret_key *ret)
{
        struct keyring *ring;
        int r;

        r = ring_of(tx, &ring);
        return r < 0 ? r : keyring_get(ring, 0, PURPOSE_MOVING, ret);
}
