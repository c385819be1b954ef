#include "chat/account.h"

#include "base/clock.h"
#include "chat/person.h"
#include "store/query.h"

#include <errno.h>

int link_add(struct tx *tx, const struct token_hash *hash, int64_t person, int64_t by, int64_t until_ms)
{
        struct viewer who;
        struct query *q;
        int r;

        r = person_viewer(tx, person, &who);
        if (r < 0)
                return r;
        q = query(tx, QUERY_link_add);
        query_blob(q, hash->bytes, sizeof(hash->bytes));
        query_int(q, person);
        if (by > 0)
                query_int(q, by);
        else
                query_null(q);
        query_int(q, clock_now_ms());
        query_int(q, until_ms);
        return query_run(q);
}

static int use_up(struct tx *tx, const struct token_hash *hash, int64_t *person)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_link_use);
        int64_t who;
        int r;

        query_int(q, clock_now_ms());
        query_blob(q, hash->bytes, sizeof(hash->bytes));
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        who = query_get_int(q, 0);
        /* The statement is done only when it says so. */
        r = query_row(q);
        if (r < 0)
                return r;
        *person = who;
        return 0;
}

int link_use(struct tx *tx, const struct token_hash *hash, int64_t *person)
{
        struct viewer who;
        int r;

        r = use_up(tx, hash, person);
        return r < 0 ? r : person_viewer(tx, *person, &who);
}

int session_start(struct tx *tx, const struct token_hash *hash, int64_t person, int64_t until_ms)
{
        struct query *q;
        int64_t now = clock_now_ms();
        int r;

        q = query(tx, QUERY_session_add);
        query_blob(q, hash->bytes, sizeof(hash->bytes));
        query_int(q, person);
        query_int(q, now);
        query_int(q, until_ms);
        r = query_run(q);
        if (r < 0)
                return r;
        q = query(tx, QUERY_person_set_seen);
        query_int(q, now);
        query_int(q, person);
        return query_run(q);
}

int session_viewer(struct tx *tx, const struct token_hash *hash, struct viewer *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_session_viewer);
        enum role role;
        int r;

        query_blob(q, hash->bytes, sizeof(hash->bytes));
        query_int(q, clock_now_ms());
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        role = (enum role)query_get_word(q, 1, &words_role);
        *ret = (struct viewer){ .person = query_get_int(q, 0), .role = role, .family = role_is_family(role) };
        return 0;
}

int session_end(struct tx *tx, const struct token_hash *hash)
{
        struct query *q = query(tx, QUERY_session_end);

        query_int(q, clock_now_ms());
        query_blob(q, hash->bytes, sizeof(hash->bytes));
        return query_run(q);
}

int account_after_restore(struct tx *tx, bool sessions)
{
        struct query *q = query(tx, QUERY_link_end_all);
        int r;

        query_int(q, clock_now_ms());
        r = query_run(q);
        if (r < 0 || !sessions)
                return r;
        q = query(tx, QUERY_session_end_all);
        query_int(q, clock_now_ms());
        return query_run(q);
}
