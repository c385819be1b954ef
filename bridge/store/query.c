#include "store/inside.h"

#include <errno.h>

struct query *query(struct tx *tx, enum query_id id)
{
        struct query *q = &tx->db->queries[id];

        q->bound = 0;
        q->failure = db_query(tx->db, id);
        sqlite3_reset(q->stmt);
        return q;
}

static void bound(struct query *q, int rc)
{
        if (rc != SQLITE_OK && q->failure == 0)
                q->failure = sqlite_errno(rc);
}

void query_int(struct query *q, int64_t v)
{
        bound(q, sqlite3_bind_int64(q->stmt, ++q->bound, v));
}

void query_null(struct query *q)
{
        bound(q, sqlite3_bind_null(q->stmt, ++q->bound));
}

void query_text(struct query *q, const char *s)
{
        if (s)
                query_text_n(q, s, strlen(s));
        else
                query_null(q);
}

void query_text_n(struct query *q, const char *s, size_t n)
{
        bound(q, sqlite3_bind_text64(q->stmt, ++q->bound, s, n, SQLITE_STATIC, SQLITE_UTF8));
}

void query_blob(struct query *q, const void *bytes, size_t n)
{
        bound(q, sqlite3_bind_blob64(q->stmt, ++q->bound, bytes, n, SQLITE_STATIC));
}

void query_word(struct query *q, const struct word_set *set, int value)
{
        query_text(q, word_text(set, value));
}

void query_maybe(struct query *q, int64_t v)
{
        if (v < 0)
                query_null(q);
        else
                query_int(q, v);
}

int query_row(struct query *q)
{
        struct tx *tx = &q->db->tx;
        int rc, r;

        r = q->failure;
        if (r == 0) {
                rc = sqlite3_step(q->stmt);
                if (rc == SQLITE_ROW)
                        return 1;
                r = sqlite_errno(rc);
        }
        if (errno_breaks(r) && tx->broken == 0)
                tx->broken = r;
        return r;
}

int query_run(struct query *q)
{
        int r;

        r = query_row(q);
        query_end(q);
        return r > 0 ? 0 : r;
}

int64_t query_changes(const struct query *q)
{
        return sqlite3_changes64(q->db->sqlite);
}

int64_t query_inserted_id(const struct query *q)
{
        return sqlite3_last_insert_rowid(q->db->sqlite);
}

bool query_is_null(const struct query *q, int column)
{
        return sqlite3_column_type(q->stmt, column) == SQLITE_NULL;
}

int64_t query_get_int(const struct query *q, int column)
{
        return sqlite3_column_int64(q->stmt, column);
}

int64_t query_get_maybe(const struct query *q, int column)
{
        return query_is_null(q, column) ? -1 : query_get_int(q, column);
}

const char *query_get_text(const struct query *q, int column)
{
        return (const char *)sqlite3_column_text(q->stmt, column);
}

size_t query_get_bytes(const struct query *q, int column)
{
        return (size_t)sqlite3_column_bytes(q->stmt, column);
}

const void *query_get_blob(const struct query *q, int column)
{
        return sqlite3_column_blob(q->stmt, column);
}

int query_get_word(const struct query *q, int column, const struct word_set *set)
{
        return word_value(set, query_get_text(q, column));
}

void query_end(struct query *q)
{
        if (!q)
                return;
        sqlite3_reset(q->stmt);
        sqlite3_clear_bindings(q->stmt);
        q->bound = 0;
}
