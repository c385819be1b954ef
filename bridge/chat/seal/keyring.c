/* chat/seal/keyring.c: the keys in memory, and new ones. */
#include "chat/seal/keyring_inside.h"

#include "base/clock.h"
#include "base/log.h"

#include <errno.h>
#include <stdarg.h>

enum { FIRST_ROOM = 64 };

int keyring_say(char **why, int error, const char *format, ...)
{
        va_list ap;

        if (!why)
                return error;
        va_start(ap, format);
        free(*why);
        if (vasprintf(why, format, ap) < 0)
                *why = NULL;
        va_end(ap);
        return error;
}

/* ---- the table */

/* Where a thread stands, or would. */
static size_t place_of(const struct keyring *ring, int64_t thread)
{
        size_t low = 0, high = ring->n;

        /* New ones come at the end. */
        if (high > 0 && ring->entries[high - 1].thread < thread)
                return high;
        while (low < high) {
                size_t middle = low + (high - low) / 2;

                if (ring->entries[middle].thread < thread)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

static struct key_entry *find(const struct keyring *ring, int64_t thread)
{
        size_t at = place_of(ring, thread);

        return at < ring->n && ring->entries[at].thread == thread ? &ring->entries[at] : NULL;
}

/* `table` is held to write. NULL: no memory. */
static struct key_entry *insert(struct keyring *ring, int64_t thread)
{
        size_t at = place_of(ring, thread);

        if (ring->n == ring->room) {
                size_t room = ring->room ? ring->room * 2 : FIRST_ROOM;
                struct key_entry *entries = secret_memory(room * sizeof(*entries));

                if (!entries)
                        return NULL;
                if (ring->n > 0)
                        memcpy(entries, ring->entries, ring->n * sizeof(*entries));
                secret_memory_free(ring->entries);
                ring->entries = entries;
                ring->room = room;
        }
        memmove(&ring->entries[at + 1], &ring->entries[at], (ring->n - at) * sizeof(*ring->entries));
        ring->n++;
        ring->entries[at] = (struct key_entry){ .thread = thread };
        return &ring->entries[at];
}

static void set_key(struct key_entry *e, const struct secret_key *key)
{
        e->key = *key;
        secret_key_derive(key, PURPOSE_BODY, &e->body);
        secret_key_derive(key, PURPOSE_WORD, &e->word);
}

static void revoke(struct key_entry *e, int64_t when_ms)
{
        e->destroyed_ms = when_ms;
        secret_wipe(&e->key, sizeof(e->key));
        secret_wipe(&e->body, sizeof(e->body));
        secret_wipe(&e->word, sizeof(e->word));
}

/* Takes out all for which it does not stand. */
static void keep(struct keyring *ring, bool (*stays)(const struct key_entry *))
{
        size_t n = 0;

        for (size_t i = 0; i < ring->n; i++)
                if (stays(&ring->entries[i])) {
                        if (n < i)
                                ring->entries[n] = ring->entries[i];
                        n++;
                }
        if (n < ring->n)
                secret_wipe(&ring->entries[n], (ring->n - n) * sizeof(*ring->entries));
        ring->n = n;
}

int keyring_get(struct keyring *ring, int64_t thread, enum seal_purpose purpose, struct secret_key *ret)
{
        const struct key_entry *e;
        int r = 0;

        pthread_rwlock_rdlock(&ring->table);
        e = find(ring, thread);
        if (!e)
                r = -ENOKEY;
        else if (e->destroyed_ms > 0)
                r = -EKEYREVOKED;
        else if (purpose == PURPOSE_BODY)
                *ret = e->body;
        else if (purpose == PURPOSE_WORD)
                *ret = e->word;
        else
                secret_key_derive(&e->key, purpose, ret);
        pthread_rwlock_unlock(&ring->table);
        return r;
}

int64_t keyring_last(struct keyring *ring)
{
        int64_t last;

        pthread_rwlock_rdlock(&ring->table);
        last = ring->n > 0 ? ring->entries[ring->n - 1].thread : 0;
        pthread_rwlock_unlock(&ring->table);
        return last;
}

int64_t keyring_destroyed_ms(struct keyring *ring, int64_t thread)
{
        const struct key_entry *e;
        int64_t when;

        pthread_rwlock_rdlock(&ring->table);
        e = find(ring, thread);
        when = e ? e->destroyed_ms : 0;
        pthread_rwlock_unlock(&ring->table);
        return when;
}

const unsigned char *keyring_school(const struct keyring *ring)
{
        return ring->school;
}

/* ---- what other programs did */

static bool is_seen_or_new(const struct key_entry *e)
{
        return e->seen || e->is_new;
}

/* One row of keys.db. A key that we have stays as it is: it never changes. */
static int take_in(struct keyring *ring, int64_t thread, const void *sealed, size_t n, int64_t destroyed_ms)
{
        struct key_entry *e = find(ring, thread);
        struct secret_key key;
        bool is_known = e;
        int r;

        if (!e)
                e = insert(ring, thread);
        if (!e)
                return -ENOMEM;
        e->seen = true;
        if (!sealed) {
                revoke(e, destroyed_ms > 0 ? destroyed_ms : 1);
                return 0;
        }
        if (is_known)
                return 0;
        r = keyring_unwrap(ring, ring->school_key, thread, sealed, n, &key);
        if (r >= 0)
                set_key(e, &key);
        else
                e->seen = false;
        secret_wipe(&key, sizeof(key));
        return r;
}

static int read_rows(struct keyring *ring, struct tx *tx, char **why)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_key_all);
        int r, failed = 0;

        for (size_t i = 0; i < ring->n; i++)
                ring->entries[i].seen = false;
        while ((r = query_row(q)) > 0) {
                r = take_in(ring, query_get_int(q, 0), query_is_null(q, 1) ? NULL : query_get_blob(q, 1), query_get_bytes(q, 1),
                            query_get_int(q, 2));
                if (r == -EBADMSG && !ring->is_stale)
                        failed = keyring_say(why, -EUCLEAN, "the key database is damaged: the key of conversation %lld does not open",
                                             (long long)query_get_int(q, 0));
                else if (r < 0 && r != -EBADMSG)
                        return r;
        }
        if (r >= 0)
                keep(ring, is_seen_or_new);
        return r < 0 ? r : failed;
}

int keyring_read(struct keyring *ring, char **why)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        struct ring_row row;
        int64_t version;
        bool is_stale;
        int r;

        /* Before the rows: what is changed meanwhile is looked at again. */
        r = db_version(ring->db, &version);
        if (r >= 0)
                r = tx_begin_reading(ring->db, &tx);
        if (r >= 0)
                r = ring_row_get(tx, &row);
        if (r <= 0)
                return r < 0 ? r : keyring_say(why, -EUCLEAN, "the key database is damaged: it does not say whose it is");
        if (ring->turn == 0)
                memcpy(ring->school, row.school, sizeof(ring->school));
        else if (memcmp(ring->school, row.school, sizeof(ring->school)) != 0)
                return -EUCLEAN; /* another file took its place while we run */
        r = keyring_find_key(ring, &row, why);
        is_stale = r == -ENOKEY && ring->n > 0;
        if (is_stale && !ring->is_stale)
                log_warning("keys", "the school's key was changed: start again with the new one; until then no new conversation gets a key");
        ring->is_stale = is_stale;
        if (r < 0 && !is_stale)
                return r;
        ring->turn = row.turn;
        pthread_rwlock_wrlock(&ring->table);
        r = read_rows(ring, tx, why);
        pthread_rwlock_unlock(&ring->table);
        if (r >= 0)
                ring->version = version;
        return r;
}

int keyring_look(struct keyring *ring)
{
        int64_t version;
        int r;

        pthread_mutex_lock(&ring->files);
        r = db_version(ring->db, &version);
        if (r >= 0 && version != ring->version)
                r = keyring_read(ring, NULL);
        pthread_mutex_unlock(&ring->files);
        return r;
}

/* ---- new keys */

int keyring_make(struct keyring *ring, int64_t thread)
{
        struct secret_key key;
        struct key_entry *e;
        int r = 0;

        secret_key_make(&key);
        pthread_rwlock_wrlock(&ring->table);
        e = find(ring, thread);
        if (e) {
                r = e->destroyed_ms > 0 ? -EKEYREVOKED : 0;
        } else {
                e = insert(ring, thread);
                if (e) {
                        e->is_new = true;
                        set_key(e, &key);
                        ring->new_n++;
                } else {
                        r = -ENOMEM;
                }
        }
        pthread_rwlock_unlock(&ring->table);
        secret_wipe(&key, sizeof(key));
        return r;
}

static int add_rows(struct keyring *ring, struct tx *tx)
{
        int64_t now = clock_now_ms();
        int r = 0;

        for (size_t i = 0; r >= 0 && i < ring->n; i++) {
                const struct key_entry *e = &ring->entries[i];
                unsigned char sealed[WRAPPED_KEY];
                struct query *q;

                if (!e->is_new)
                        continue;
                keyring_wrap(ring, ring->school_key, e->thread, &e->key, sealed);
                q = query(tx, QUERY_key_add);
                query_int(q, e->thread);
                query_blob(q, sealed, sizeof(sealed));
                query_int(q, now);
                r = query_run(q);
        }
        return r;
}

/* With the lock of keys.db, so that nobody changes the school's key in between. */
static int write_new(struct keyring *ring)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        struct ring_row row;
        int r;

        r = tx_begin(ring->db, &tx);
        if (r >= 0)
                r = ring_row_get(tx, &row);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        r = keyring_find_key(ring, &row, NULL);
        if (r >= 0)
                r = add_rows(ring, tx);
        return r < 0 ? r : tx_commit(TAKE(tx));
}

int keyring_commit(struct keyring *ring)
{
        int r;

        if (ring->new_n == 0)
                return 0;
        pthread_mutex_lock(&ring->files);
        r = write_new(ring);
        if (r >= 0) {
                pthread_rwlock_wrlock(&ring->table);
                for (size_t i = 0; i < ring->n; i++)
                        ring->entries[i].is_new = false;
                ring->new_n = 0;
                pthread_rwlock_unlock(&ring->table);
        }
        pthread_mutex_unlock(&ring->files);
        return r;
}

static bool is_not_new(const struct key_entry *e)
{
        return !e->is_new;
}

void keyring_undo(struct keyring *ring)
{
        if (ring->new_n == 0)
                return;
        pthread_rwlock_wrlock(&ring->table);
        keep(ring, is_not_new);
        ring->new_n = 0;
        pthread_rwlock_unlock(&ring->table);
}

/* ---- destroying */

static int destroy_rows(struct tx *tx, const int64_t *threads, size_t n, int64_t now, int64_t *destroyed)
{
        int r = 0;

        for (size_t i = 0; r >= 0 && i < n; i++) {
                struct query *q = query(tx, QUERY_key_destroy);

                query_int(q, now);
                query_int(q, threads[i]);
                r = query_run(q);
                if (r >= 0)
                        *destroyed += query_changes(q);
        }
        return r;
}

int keyring_destroy(struct keyring *ring, const int64_t *threads, size_t n, int64_t *destroyed)
{
        struct tx *tx = NULL;
        int64_t now = clock_now_ms(), count = 0;
        int r;

        pthread_mutex_lock(&ring->files);
        r = tx_begin(ring->db, &tx);
        if (r >= 0) {
                r = destroy_rows(tx, threads, n, now, &count);
                if (r >= 0)
                        r = tx_commit(tx);
                else
                        tx_rollback(tx);
        }
        if (r >= 0) {
                pthread_rwlock_wrlock(&ring->table);
                for (size_t i = 0; i < n; i++) {
                        struct key_entry *e = find(ring, threads[i]);

                        if (e && e->destroyed_ms == 0)
                                revoke(e, now);
                }
                pthread_rwlock_unlock(&ring->table);
        }
        pthread_mutex_unlock(&ring->files);
        if (r >= 0 && destroyed)
                *destroyed = count;
        return r;
}

/* ---- life */

int keyring_new(struct keyring **ret)
{
        struct keyring *ring = calloc(1, sizeof(*ring));

        if (!ring)
                return -ENOMEM;
        pthread_mutex_init(&ring->files, NULL);
        pthread_rwlock_init(&ring->table, NULL);
        ring->school_key = secret_memory(sizeof(*ring->school_key));
        if (!ring->school_key) {
                keyring_close(ring);
                return -ENOMEM;
        }
        *ret = ring;
        return 0;
}

void keyring_close(struct keyring *ring)
{
        if (!ring)
                return;
        db_close(ring->db);
        key_source_done(&ring->source);
        secret_memory_free(ring->school_key);
        secret_memory_free(ring->entries);
        pthread_mutex_destroy(&ring->files);
        pthread_rwlock_destroy(&ring->table);
        free(ring->data);
        free(ring);
}
