/* chat/seal/keyring_row.c: the rows of keys.db: whose keys they are, and a thread's key as it is sealed there. */
#include "chat/seal/keyring_inside.h"

#include <errno.h>

static const char BOUND_PROOF[] = "ouderbrug proof", BOUND_KEY[] = "ouderbrug key";

int ring_row_get(struct tx *tx, struct ring_row *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_ring_get);
        int r;

        r = query_row(q);
        if (r <= 0)
                return r;
        if (query_get_bytes(q, 0) != sizeof(ret->school) || query_get_bytes(q, 2) != sizeof(ret->proof))
                return -EUCLEAN;
        memcpy(ret->school, query_get_blob(q, 0), sizeof(ret->school));
        ret->turn = query_get_int(q, 1);
        memcpy(ret->proof, query_get_blob(q, 2), sizeof(ret->proof));
        return 1;
}

/* What a wrapped key is bound to: the school and the thread. */
static size_t bound_key(const unsigned char school[SCHOOL_ID], int64_t thread, unsigned char ret[sizeof(BOUND_KEY) + SCHOOL_ID + 8])
{
        memcpy(ret, BOUND_KEY, sizeof(BOUND_KEY));
        memcpy(ret + sizeof(BOUND_KEY), school, SCHOOL_ID);
        for (size_t i = 0; i < 8; i++)
                ret[sizeof(BOUND_KEY) + SCHOOL_ID + i] = (unsigned char)((uint64_t)thread >> (8 * i));
        return sizeof(BOUND_KEY) + SCHOOL_ID + 8;
}

static size_t bound_proof(const unsigned char school[SCHOOL_ID], unsigned char ret[sizeof(BOUND_PROOF) + SCHOOL_ID])
{
        memcpy(ret, BOUND_PROOF, sizeof(BOUND_PROOF));
        memcpy(ret + sizeof(BOUND_PROOF), school, SCHOOL_ID);
        return sizeof(BOUND_PROOF) + SCHOOL_ID;
}

int ring_row_put(struct tx *tx, const struct keyring *ring, const struct secret_key *key, int64_t turn)
{
        struct query *q = query(tx, QUERY_ring_put);
        unsigned char proof[AEAD_EXTRA], bound[sizeof(BOUND_PROOF) + SCHOOL_ID];

        aead_seal(key, bound, bound_proof(ring->school, bound), "", 0, proof);
        query_blob(q, ring->school, sizeof(ring->school));
        query_int(q, turn);
        query_blob(q, proof, sizeof(proof));
        return query_run(q);
}

int ring_row_proves(const struct ring_row *row, const struct secret_key *key)
{
        unsigned char nothing[1], bound[sizeof(BOUND_PROOF) + SCHOOL_ID];

        return aead_open(key, bound, bound_proof(row->school, bound), row->proof, sizeof(row->proof), nothing);
}

void keyring_wrap(const struct keyring *ring, const struct secret_key *school_key, int64_t thread, const struct secret_key *key, void *ret)
{
        unsigned char bound[sizeof(BOUND_KEY) + SCHOOL_ID + 8];

        aead_seal(school_key, bound, bound_key(ring->school, thread, bound), key->bytes, sizeof(key->bytes), ret);
}

int keyring_unwrap(const struct keyring *ring, const struct secret_key *school_key, int64_t thread, const void *sealed, size_t n,
                   struct secret_key *ret)
{
        unsigned char bound[sizeof(BOUND_KEY) + SCHOOL_ID + 8];

        if (n != WRAPPED_KEY)
                return -EBADMSG;
        return aead_open(school_key, bound, bound_key(ring->school, thread, bound), sealed, n, ret->bytes);
}
