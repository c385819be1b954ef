#include "chat/schoolrow.h"

#include "base/clock.h"
#include "store/query.h"

#include <errno.h>

int school_load(struct tx *tx, struct arena *a, struct school_shape *ret, const char **log)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_school_get);
        struct uuid id;
        char *text;
        int r;

        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        if (query_get_bytes(q, 2) != sizeof(id.bytes))
                return -EUCLEAN;
        *ret = (struct school_shape){
                .name = arena_copy(a, query_get_text(q, 0), query_get_bytes(q, 0)),
                .language = arena_copy(a, query_get_text(q, 1), query_get_bytes(q, 1)),
        };
        if (log) {
                memcpy(id.bytes, query_get_blob(q, 2), sizeof(id.bytes));
                text = arena_get(a, UUID_TEXT + 1);
                if (text)
                        uuid_write(&id, text);
                *log = text;
        }
        return arena_failed(a);
}

int school_name(struct tx *tx, const char *name, const char *language, const struct uuid *log)
{
        struct query *q = query(tx, QUERY_school_put);

        query_text(q, name);
        query_text(q, language);
        query_blob(q, log->bytes, sizeof(log->bytes));
        query_int(q, clock_now_ms());
        return query_run(q);
}

int school_new_log(struct tx *tx, const struct uuid *log)
{
        struct query *q = query(tx, QUERY_school_set_log);

        query_blob(q, log->bytes, sizeof(log->bytes));
        return query_run(q);
}

int school_counts(struct tx *tx, struct roll_list_shape *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_school_counts);
        int r;

        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        ret->pupils = query_get_int(q, 0);
        ret->classes = query_get_int(q, 1);
        ret->guardians = query_get_int(q, 2);
        ret->staff = query_get_int(q, 3);
        return 0;
}
