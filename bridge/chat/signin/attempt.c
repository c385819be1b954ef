#include "chat/signin/attempt.h"

#include "store/query.h"

int64_t attempt_pause_ms(int64_t fails, int64_t base_ms)
{
        int64_t wait = base_ms;

        if (fails < ATTEMPTS_FREE)
                return 0;
        for (int64_t i = ATTEMPTS_FREE; i < fails && wait < ATTEMPT_WAIT_MAX_MS; i++)
                wait *= 2;
        return wait < ATTEMPT_WAIT_MAX_MS ? wait : ATTEMPT_WAIT_MAX_MS;
}

static int look(struct tx *tx, const struct token_hash *key, int64_t *fails, int64_t *until_ms)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_attempt_get);
        int r;

        query_blob(q, key->bytes, sizeof(key->bytes));
        r = query_row(q);
        if (r < 0)
                return r;
        *fails = r > 0 ? query_get_int(q, 0) : 0;
        *until_ms = r > 0 ? query_get_int(q, 1) : 0;
        return 0;
}

int attempt_wait(struct tx *tx, const struct token_hash *key, int64_t now_ms, int64_t *wait_ms)
{
        int64_t fails, until;
        int r;

        r = look(tx, key, &fails, &until);
        if (r < 0)
                return r;
        until -= now_ms;
        /* A clock that was put back must not lock anybody out for longer than a wait can be. */
        *wait_ms = until > ATTEMPT_WAIT_MAX_MS ? ATTEMPT_WAIT_MAX_MS : until > 0 ? until : 0;
        return 0;
}

int64_t attempt_failed(struct tx *tx, const struct token_hash *key, int64_t now_ms, int64_t base_ms)
{
        struct query *q = query(tx, QUERY_attempt_forget_old);
        int64_t fails, until;
        int r;

        query_int(q, now_ms - ATTEMPT_KEPT_MS);
        r = query_run(q);
        if (r >= 0)
                r = look(tx, key, &fails, &until);
        if (r < 0)
                return r;
        fails++;
        q = query(tx, QUERY_attempt_put);
        query_blob(q, key->bytes, sizeof(key->bytes));
        query_int(q, fails);
        query_int(q, now_ms);
        query_int(q, now_ms + attempt_pause_ms(fails, base_ms));
        r = query_run(q);
        return r < 0 ? r : fails;
}

int attempt_passed(struct tx *tx, const struct token_hash *key)
{
        struct query *q = query(tx, QUERY_attempt_forget);

        query_blob(q, key->bytes, sizeof(key->bytes));
        return query_run(q);
}
