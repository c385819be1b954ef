#include "chat/signin/invitation.h"

#include "base/clock.h"
#include "chat/signin/account.h"
#include "store/query.h"

#include <errno.h>
#include <string.h>

int invitation_end_of(struct tx *tx, int64_t person)
{
        struct query *q = query(tx, QUERY_invitation_end_of);

        query_int(q, clock_now_ms());
        query_int(q, person);
        return query_run(q);
}

int invitation_end_all(struct tx *tx)
{
        struct query *q = query(tx, QUERY_invitation_end_all);

        query_int(q, clock_now_ms());
        return query_run(q);
}

int invitation_add(struct tx *tx, const struct invitation_new *new)
{
        struct query *q;
        int r;

        r = invitation_end_of(tx, new->person);
        if (r < 0)
                return r;
        q = query(tx, QUERY_invitation_add);
        query_blob(q, new->secret.bytes, sizeof(new->secret.bytes));
        query_blob(q, new->code.bytes, sizeof(new->code.bytes));
        query_int(q, new->person);
        query_word(q, &words_proof, (int)new->proof);
        query_maybe(q, new->by > 0 ? new->by : -1);
        query_int(q, clock_now_ms());
        query_int(q, new->until_ms);
        return query_run(q);
}

int invitation_look(struct tx *tx, const struct token_hash *opened_with, struct invitation *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_invitation_look);
        struct invitation i;
        int r;

        query_blob(q, opened_with->bytes, sizeof(opened_with->bytes));
        query_int(q, clock_now_ms());
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        if (query_get_bytes(q, 0) != sizeof(i.secret.bytes))
                return -EUCLEAN;
        memcpy(i.secret.bytes, query_get_blob(q, 0), sizeof(i.secret.bytes));
        i.person = query_get_int(q, 1);
        i.proof = (enum proof)query_get_word(q, 2, &words_proof);
        /* Of one who was a parent and now is a teacher, a PIN is no proof any more. */
        if ((i.proof == PROOF_PASSWORD) != (account_proof((enum role)query_get_word(q, 3, &words_role)) == PROOF_PASSWORD))
                return -ENOENT;
        *ret = i;
        return 0;
}

int invitation_use(struct tx *tx, const struct invitation *i)
{
        struct query *q = query(tx, QUERY_invitation_use);
        int r;

        query_int(q, clock_now_ms());
        query_blob(q, i->secret.bytes, sizeof(i->secret.bytes));
        r = query_run(q);
        if (r < 0)
                return r;
        return query_changes(q) > 0 ? 0 : -ENOENT;
}
