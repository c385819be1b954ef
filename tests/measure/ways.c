/* measure/ways.c: the sealed way is the product's own code. The plain ones write the same rows by the same statements, with the text as it is. */
#include "ways.h"

#include "figures.h"

#include "chat/event.h"
#include "chat/find/search.h"
#include "chat/member.h"
#include "store/inside.h"
#include "text/text.h"

#include <errno.h>

static void must(int r, const char *what)
{
        if (r < 0)
                give_up("%s: error %d", what, -r);
}

static void nothing(void)
{
}

static void nothing_of(_unused_ struct db *db)
{
}

/* ---- sealed */

static void sealed_add(struct tx *tx, const struct message_draft *draft, const char *folded)
{
        struct message_draft with = *draft;
        struct sent_shape sent;

        with.folded = folded;
        must(message_append(tx, NULL, &with, &sent), "message_append");
}

static size_t sealed_search(struct tx *tx, int64_t person, const char *words, int64_t time_ms, struct hit_shape *newest)
{
        const struct search_query query = { .text = words, .thread = -1, .limit = WAYS_HITS, .time_ms = time_ms, .cold_ms = SEARCH_COLD_MS };
        _cleanup_(arena_done) struct arena a = ARENA(64 << 20);
        struct found_shape found;

        must(search(tx, &a, &(struct viewer){ .person = person, .role = ROLE_MENTOR }, &query, &found), "search");
        if (found.hits.n > 0)
                *newest = found.hits.items[0];
        return found.hits.n;
}

/* ---- plain rows */

/* As message_append() does it. Returns the event. */
static int64_t add_rows(struct tx *tx, const struct message_draft *d)
{
        struct query *q = query(tx, QUERY_message_by_client);
        int64_t last, rev;

        query_int(q, d->sender);
        query_blob(q, d->client_id.bytes, sizeof(d->client_id.bytes));
        must(query_row(q), "message_by_client");
        query_end(q);
        must(message_last_seq(tx, d->thread, &last), "message_last_seq");
        rev = event_add(tx, NULL, (struct event){ .kind = EVENT_MESSAGE, .thread = d->thread, .seq = last + 1, .person = d->sender });
        must(rev < 0 ? (int)rev : 0, "event_add");
        q = query(tx, QUERY_message_add);
        query_int(q, d->thread);
        query_int(q, last + 1);
        query_int(q, rev);
        query_int(q, d->sender);
        query_blob(q, d->client_id.bytes, sizeof(d->client_id.bytes));
        query_int(q, d->at_ms);
        query_text(q, d->language);
        query_word(q, &words_direction, (int)d->direction);
        query_blob(q, d->body, strlen(d->body));
        must(query_run(q), "message_add");
        return rev;
}

static void rows_add(struct tx *tx, const struct message_draft *draft, _unused_ const char *folded)
{
        add_rows(tx, draft);
}

/* ---- plain rows and FTS5 */

static struct {
        sqlite3_stmt *add, *find;
} fts;

static sqlite3_stmt *prepare(struct db *db, const char *sql)
{
        sqlite3_stmt *stmt;

        if (sqlite3_prepare_v3(db->sqlite, sql, -1, SQLITE_PREPARE_PERSISTENT, &stmt, NULL) != SQLITE_OK)
                give_up("%s: %s", sql, sqlite3_errmsg(db->sqlite));
        return stmt;
}

/* As small and as fast as FTS5 can be made for this: no copy of the text, no positions, rows in the order of their numbers. The words come folded. */
static void fts_begin(struct db *db)
{
        static const char make[] = "CREATE VIRTUAL TABLE found USING fts5(body, content='', columnsize=0, detail=none,"
                                   " tokenize=\"unicode61 remove_diacritics 0 categories 'L* N* M* Co'\")";

        if (sqlite3_exec(db->sqlite, make, NULL, NULL, NULL) != SQLITE_OK)
                give_up("FTS5: %s", sqlite3_errmsg(db->sqlite));
}

static void fts_add(struct tx *tx, const struct message_draft *draft, const char *folded)
{
        int64_t rev = add_rows(tx, draft);

        if (!fts.add)
                fts.add = prepare(tx->db, "INSERT INTO found (rowid, body) VALUES (?, ?)");
        sqlite3_bind_int64(fts.add, 1, rev);
        sqlite3_bind_text(fts.add, 2, folded, -1, SQLITE_STATIC);
        if (sqlite3_step(fts.add) != SQLITE_DONE)
                give_up("FTS5: %s", sqlite3_errmsg(tx->db->sqlite));
        sqlite3_reset(fts.add);
}

static bool is_seen(const struct subscription *in, size_t n, int64_t thread)
{
        size_t low = 0, high = n;

        while (low < high) {
                size_t middle = (low + high) / 2;

                if (in[middle].thread < thread)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low < n && in[low].thread == thread;
}

static void match_of(const char *words, char *ret, size_t room)
{
        _cleanup_(text_words_done) struct text_words w = { 0 };
        size_t used = 0;

        must(text_words(words, &w), "text_words");
        for (size_t i = 0; i < w.n && used < room; i++)
                used += (size_t)snprintf(ret + used, room - used, "\"%.*s\" ", (int)w.list[i].n, w.list[i].folded);
}

static size_t fts_search(struct tx *tx, int64_t person, const char *words, _unused_ int64_t time_ms, struct hit_shape *newest)
{
        _cleanup_(arena_done) struct arena a = ARENA(64 << 20);
        struct subscription *in;
        size_t in_n, n = 0;
        char match[1024];

        must(member_subscriptions(tx, &a, person, &in, &in_n), "member_subscriptions");
        match_of(words, match, sizeof(match));
        if (!fts.find)
                fts.find = prepare(tx->db, "SELECT e.thread, e.seq FROM found f JOIN event e ON e.id = f.rowid WHERE found MATCH ? ORDER BY f.rowid DESC");
        sqlite3_bind_text(fts.find, 1, match, -1, SQLITE_STATIC);
        while (n < WAYS_HITS && sqlite3_step(fts.find) == SQLITE_ROW) {
                int64_t thread = sqlite3_column_int64(fts.find, 0), seq = sqlite3_column_int64(fts.find, 1);
                _cleanup_(query_endp) struct query *q = NULL;

                if (!is_seen(in, in_n, thread))
                        continue;
                q = query(tx, QUERY_message_get);
                query_int(q, thread);
                query_int(q, seq);
                must(query_row(q), "message_get");
                if (n++ == 0)
                        *newest = (struct hit_shape){ .thread = thread, .seq = seq };
        }
        sqlite3_reset(fts.find);
        return n;
}

static void fts_end(void)
{
        sqlite3_finalize(fts.add);
        sqlite3_finalize(fts.find);
        fts.add = fts.find = NULL;
}

const struct way ways[WAYS] = {
        [WAY_ROWS] = { "rows", false, nothing_of, rows_add, NULL, nothing },
        [WAY_FTS] = { "fts", false, fts_begin, fts_add, fts_search, fts_end },
        [WAY_SEALED] = { "sealed", true, nothing_of, sealed_add, sealed_search, nothing },
};
