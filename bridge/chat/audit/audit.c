#include "chat/audit/audit.h"

#include "base/clock.h"
#include "secret/secret.h"
#include "store/query.h"

#include <errno.h>

enum { DEED_MAX = 64, NUMBERS = 9 };

static unsigned char *put_number(unsigned char *to, int64_t number)
{
        for (int i = 0; i < 8; i++)
                *to++ = (unsigned char)((uint64_t)number >> (8 * i));
        return to;
}

/* The hash of a row: of the hash before it, its numbers (64 bits each, the lowest byte first) and its deed. */
static int chain(const struct audit_head *before, int64_t id, const struct audit *row, struct token_hash *ret)
{
        unsigned char bytes[TOKEN_HASH_BYTES + 8 * NUMBERS + DEED_MAX], *end = bytes;
        size_t n = strlen(row->deed);

        if (n > DEED_MAX)
                return -EINVAL;
        memcpy(end, before->hash.bytes, TOKEN_HASH_BYTES);
        end += TOKEN_HASH_BYTES;
        end = put_number(end, id);
        end = put_number(end, row->at_ms);
        end = put_number(end, row->actor);
        end = put_number(end, row->saw);
        end = put_number(end, row->thread);
        end = put_number(end, row->seq);
        end = put_number(end, row->person);
        end = put_number(end, row->pupil);
        end = put_number(end, row->n);
        memcpy(end, row->deed, n);
        secret_hash((const char *)bytes, (size_t)(end - bytes) + n, ret);
        return 0;
}

int audit_last(struct tx *tx, struct audit_head *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_audit_last);
        int r;

        r = query_row(q);
        if (r < 0)
                return r;
        *ret = (struct audit_head){ 0 };
        if (r == 0)
                return 0;
        ret->id = query_get_int(q, 0);
        if (query_get_bytes(q, 1) == TOKEN_HASH_BYTES)
                memcpy(ret->hash.bytes, query_get_blob(q, 1), TOKEN_HASH_BYTES);
        return 0;
}

static int64_t id_or_none(int64_t id)
{
        return id > 0 ? id : 0;
}

int audit_add(struct tx *tx, const struct audit *audit)
{
        struct audit row = {
                .at_ms = audit->at_ms ?: clock_now_ms(),
                .actor = id_or_none(audit->actor),
                .deed = audit->deed,
                .saw = audit->saw,
                .thread = id_or_none(audit->thread),
                .seq = id_or_none(audit->seq),
                .person = id_or_none(audit->person),
                .pupil = id_or_none(audit->pupil),
                .n = id_or_none(audit->n),
        };
        struct audit_head before;
        struct token_hash hash;
        struct query *q;
        int r;

        r = audit_last(tx, &before);
        if (r >= 0)
                r = chain(&before, before.id + 1, &row, &hash);
        if (r < 0)
                return r;
        q = query(tx, QUERY_audit_add);
        query_int(q, before.id + 1);
        query_int(q, row.at_ms);
        query_int(q, row.actor);
        query_text(q, row.deed);
        query_int(q, row.saw);
        query_int(q, row.thread);
        query_int(q, row.seq);
        query_int(q, row.person);
        query_int(q, row.pupil);
        query_int(q, row.n);
        query_blob(q, hash.bytes, sizeof(hash.bytes));
        return query_run(q);
}

int audit_each_reader(struct tx *tx, int64_t thread, int (*each)(void *arg, int64_t person, int64_t first_ms, int64_t last_ms), void *arg)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_audit_readers);
        int r;

        query_int(q, thread);
        while ((r = query_row(q)) > 0) {
                r = each(arg, query_get_int(q, 0), query_get_int(q, 1), query_get_int(q, 2));
                if (r < 0)
                        return r;
        }
        return r;
}

/* deed is borrowed until the next row. */
static struct audit row_of(const struct query *q)
{
        return (struct audit){
                .at_ms = query_get_int(q, 1),
                .actor = query_get_int(q, 2),
                .deed = query_get_text(q, 3),
                .saw = query_get_int(q, 4) != 0,
                .thread = query_get_int(q, 5),
                .seq = query_get_int(q, 6),
                .person = query_get_int(q, 7),
                .pupil = query_get_int(q, 8),
                .n = query_get_int(q, 9),
        };
}

int audit_verify(struct tx *tx, const struct audit_head *noted, int64_t *bad, const char **why, struct audit_head *last)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_audit_all);
        struct audit_head at = { 0 };
        int r;

        query_int(q, INT64_MIN);
        *bad = 0;
        while ((r = query_row(q)) > 0) {
                struct audit row = row_of(q);
                int64_t id = query_get_int(q, 0);
                struct token_hash hash;

                *last = at;
                *bad = at.id + 1;
                *why = "it is missing";
                if (id != at.id + 1)
                        return 0;
                *why = "it was changed, or another stood before it";
                if (chain(&at, id, &row, &hash) < 0 || query_get_int(q, 4) != row.saw || query_get_bytes(q, 10) != TOKEN_HASH_BYTES ||
                    memcmp(hash.bytes, query_get_blob(q, 10), TOKEN_HASH_BYTES) != 0)
                        return 0;
                *why = "the record was written anew: at this row its hash was another";
                if (noted->id == id && memcmp(hash.bytes, noted->hash.bytes, TOKEN_HASH_BYTES) != 0)
                        return 0;
                *bad = 0;
                at = (struct audit_head){ id, hash };
        }
        if (r < 0)
                return r;
        *last = at;
        if (noted->id > at.id) {
                *bad = at.id + 1;
                *why = "it is missing, with all that came after it: the end was cut off";
        }
        return 0;
}

int audit_each(struct tx *tx, int64_t after, int (*each)(void *arg, int64_t id, const struct audit *row), void *arg)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_audit_all);
        int r;

        query_int(q, after);
        while ((r = query_row(q)) > 0) {
                struct audit row = row_of(q);

                r = each(arg, query_get_int(q, 0), &row);
                if (r < 0)
                        return r;
        }
        return r;
}

int audit_each_shown(struct tx *tx, int64_t since_ms, void (*each)(void *arg, const struct audit *row), void *arg)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_audit_shown_since);
        int r;

        query_int(q, since_ms);
        while ((r = query_row(q)) > 0)
                each(arg, &(struct audit){ .actor = query_get_int(q, 0),
                                           .deed = query_get_text(q, 1),
                                           .saw = true,
                                           .thread = query_get_int(q, 2),
                                           .seq = query_get_int(q, 3) });
        return r;
}
