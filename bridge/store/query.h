/* store/query.h: running a named query of store/sql/ in a transaction.
 *
 *      _cleanup_(query_endp) struct query *q = query(tx, QUERY_message_by_seq);
 *      query_int(q, thread);                      parameters in the order of their ?
 *      query_int(q, seq);
 *      r = query_row(q);                          1: a row, 0: no more, below 0: an error of store/db.h
 *      body = query_get_text(q, 3);               borrowed until the next row or the end
 *
 * Binding never fails on its own: what went wrong comes out of query_row() or query_run(). A query can be open once at a
 * time in a connection.
 */
#pragma once

#include "base/macro.h"
#include "base/words.h"
#include "store/db.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum query_id {
#define QUERY(name, sql) QUERY_##name,
#include "store/queries.def"
        SCHOOL_QUERIES, /* the ones behind it are of the key database */
#include "store/keys_queries.def"
#undef QUERY
        QUERIES,
};

struct query;

/* Never NULL. */
struct query *query(struct tx *tx, enum query_id id);

/* Each binds the next parameter. Text and blobs are borrowed until query_end(). NULL text binds NULL. */
void query_int(struct query *q, int64_t v);
void query_null(struct query *q);
void query_text(struct query *q, const char *s);
void query_text_n(struct query *q, const char *s, size_t n);
void query_blob(struct query *q, const void *bytes, size_t n);
/* NULL for the value 0. */
void query_word(struct query *q, const struct word_set *set, int value);
/* NULL below 0. */
void query_maybe(struct query *q, int64_t v);

int query_row(struct query *q);

/* Runs a query that gives no rows. Returns 0 or an error. */
int query_run(struct query *q);

/* Rows that the last query_run() of this connection inserted, changed or deleted. */
int64_t query_changes(const struct query *q);
int64_t query_inserted_id(const struct query *q);

bool query_is_null(const struct query *q, int column);
int64_t query_get_int(const struct query *q, int column);
/* -1 for NULL. */
int64_t query_get_maybe(const struct query *q, int column);
/* NULL for NULL. */
const char *query_get_text(const struct query *q, int column);
size_t query_get_bytes(const struct query *q, int column);
const void *query_get_blob(const struct query *q, int column);
int query_get_word(const struct query *q, int column, const struct word_set *set);

/* Lets go of the rows: it can be run again, and the transaction can end. */
void query_end(struct query *q);
DEFINE_CLEANUP(struct query *, query_end)
