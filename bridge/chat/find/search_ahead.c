#include "chat/find/search_ahead.h"

#include "store/query.h"

/* Goes through the rows, for the sake of the pages that they stand on. */
static void read_rows(struct tx *tx, enum query_id id, int64_t thread, int64_t after)
{
        _cleanup_(query_endp) struct query *q = query(tx, id);

        query_int(q, thread);
        query_int(q, after);
        while (query_row(q) > 0)
                ;
}

static void read_block(struct tx *tx, int64_t id)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_words_block);

        query_int(q, id);
        if (query_row(q) > 0)
                query_get_blob(q, 0);
}

static void read_thread(struct tx *tx, const struct subscription *in)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_words_of_thread);
        int64_t packed = in->sight.first_seq - 1;

        query_int(q, in->thread);
        while (query_row(q) > 0) {
                if (query_get_int(q, 2) < in->sight.first_seq)
                        continue;
                packed = query_get_int(q, 2);
                read_block(tx, query_get_int(q, 0));
        }
        read_rows(tx, QUERY_words_tail, in->thread, packed);
}

void ahead_read(struct ahead *ahead, struct tx *tx)
{
        size_t left = atomic_load(&ahead->left);

        while (left > 0 && !atomic_load(&ahead->over)) {
                if (!atomic_compare_exchange_weak(&ahead->left, &left, left - 1))
                        continue;
                read_thread(tx, &ahead->in[--left]);
                left = atomic_load(&ahead->left);
        }
}
