/* chat/seal/keyring_open.c: when a school may be opened, and with which key.
 *
 * A mistake here costs a school everything it wrote: so a key or a keys.db is made only where there is nothing yet that could need
 * another, and whatever does not fit is refused before anything is touched.
 */
#include "chat/seal/keyring_inside.h"

#include "base/clock.h"
#include "secret/secret.h"

#include <errno.h>
#include <unistd.h>

int keyring_path(const char *data, char **ret)
{
        return asprintf(ret, "%s/keys.db", data) < 0 ? (*ret = NULL, -ENOMEM) : 0;
}

/* Of the school's key in *key: does it open this ring? */
static int try_key(const struct ring_row *row, const struct secret_key *key, struct keyring *ring)
{
        if (ring_row_proves(row, key) < 0)
                return -EBADMSG;
        *ring->school_key = *key;
        return 0;
}

/* A change of keys was interrupted after keys.db had the new one: it is brought to its end, unless somebody is at it just now. */
static int try_next(struct keyring *ring, const struct ring_row *row)
{
        struct secret_key key;
        int lock, r;

        r = key_source_read_next(&ring->source, &key);
        if (r >= 0)
                r = try_key(row, &key, ring);
        secret_wipe(&key, sizeof(key));
        if (r < 0)
                return r;
        lock = keyring_lock_data(ring, false);
        if (lock >= 0) {
                key_source_take_next(&ring->source, NULL);
                close(lock);
        }
        return 0;
}

int keyring_find_key(struct keyring *ring, const struct ring_row *row, char **why)
{
        struct secret_key key;
        int r;

        if (ring_row_proves(row, ring->school_key) >= 0)
                return 0;
        if (!ring->data)
                return -ENOKEY;
        r = key_source_read(&ring->source, &key, why);
        if (r >= 0)
                r = try_key(row, &key, ring);
        if (r == -EBADMSG)
                keyring_say(why, -ENOKEY, ring->source.path ? "the key in %s is not the key of this school" : "%s is not the key of this school",
                            ring->source.path ?: "what stands in OUDERBRUG_KEY");
        secret_wipe(&key, sizeof(key));
        if (r < 0 && try_next(ring, row) >= 0)
                return 0;
        return r == -EBADMSG || r == -ENOENT ? -ENOKEY : r;
}

static bool is_there(const char *path)
{
        return access(path, F_OK) == 0;
}

/* The first row. */
static int begin_ring(struct keyring *ring)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        struct uuid id;
        int r;

        secret_uuid(&id);
        memcpy(ring->school, id.bytes, sizeof(ring->school));
        r = tx_begin(ring->db, &tx);
        if (r >= 0)
                r = ring_row_put(tx, ring, ring->school_key, 1);
        return r < 0 ? r : tx_commit(TAKE(tx));
}

/* Reads all keys, and makes that of what is no conversation's where it is not there yet. */
static int read_first(struct keyring *ring, char **why)
{
        struct secret_key key;
        int r;

        r = keyring_read(ring, why);
        if (r < 0)
                return r;
        r = keyring_get(ring, 0, PURPOSE_SCHOOL, &key);
        secret_wipe(&key, sizeof(key));
        if (r == -ENOKEY)
                r = keyring_make(ring, 0);
        return r < 0 ? r : keyring_commit(ring);
}

/* Where nothing is sealed yet. */
static int make_first(struct keyring *ring, const char *path, char **why)
{
        int r;

        r = key_source_read(&ring->source, ring->school_key, why);
        if (r == -ENOENT && key_source_is_file(&ring->source)) {
                secret_key_make(ring->school_key);
                r = key_source_make(&ring->source, ring->school_key, why);
                if (r >= 0)
                        fprintf(stderr, "ouderbrug: made the school's key in %s; keep a copy elsewhere, without it no text can be read again\n",
                                ring->source.path);
        }
        if (r < 0)
                return r == -ENOENT ? -ENOKEY : r;
        r = db_open_as(path, DB_KEYS, DB_CREATE, NULL, &ring->db, why);
        if (r >= 0)
                r = begin_ring(ring);
        return r < 0 ? r : read_first(ring, why);
}

/* keys.db is there and has its row? One that was being made when the power went has none, and is made again. */
static int open_file(struct keyring *ring, const char *path, bool *empty, char **why)
{
        struct tx *tx;
        struct ring_row row;
        int r;

        r = db_open_as(path, DB_KEYS, DB_WRITE, NULL, &ring->db, why);
        if (r >= 0)
                r = tx_begin_reading(ring->db, &tx);
        if (r < 0)
                return r;
        r = ring_row_get(tx, &row);
        tx_rollback(tx);
        *empty = r == 0;
        return r;
}

/* has: how many migrations school.db has had; 0: there is no school. */
static int open_keys(struct keyring *ring, const char *path, int64_t has, enum keyring_mode mode, char **why)
{
        bool empty;
        int r;

        if (!is_there(path)) {
                if (mode == KEYRING_RESTORE)
                        return keyring_say(why, -ENOENT, "there is no keys.db");
                if (has >= DB_AGE_SEALED)
                        return keyring_say(why, -ENOENT, "the school's keys are missing: there is no %s beside its database; put it back", path);
                return make_first(ring, path, why);
        }
        r = open_file(ring, path, &empty, why);
        if (r < 0)
                return r;
        if (empty && has < DB_AGE_SEALED && mode == KEYRING_SERVE) {
                db_close(TAKE(ring->db));
                return make_first(ring, path, why);
        }
        r = read_first(ring, why);
        if (r >= 0 && mode == KEYRING_SERVE && has == 0 && keyring_last(ring) > 0)
                return keyring_say(why, -ENOENT, "the school is missing: %s holds its keys, but there is no school.db beside it; restore a backup, or "
                                                 "move the keys away to begin a new school", path);
        return r;
}

int keyring_open(const char *data, const char *key_file, enum keyring_mode mode, struct keyring **ret, char **why)
{
        _cleanup_(keyring_closep) struct keyring *ring = NULL;
        _cleanup_free_ char *path = NULL, *school = NULL;
        int64_t has = 0;
        int r;

        if (secret_init() < 0)
                return keyring_say(why, -EIO, "no source of random numbers");
        r = keyring_new(&ring);
        if (r >= 0)
                r = keyring_path(data, &path);
        if (r < 0)
                return r;
        ring->data = strdup(data);
        if (!ring->data || asprintf(&school, "%s/school.db", data) < 0) {
                school = NULL;
                return -ENOMEM;
        }
        r = key_source_find(key_file, data, &ring->source, why);
        if (r < 0)
                return r;
        if (is_there(school)) {
                r = db_age(school, &has);
                if (r < 0)
                        return keyring_say(why, r, r == -ENOTSUP ? "%s was written by a newer version of ouderbrug; nothing was touched"
                                                                 : "%s is not a database of ouderbrug, or it is damaged", school);
        }
        r = open_keys(ring, path, has, mode, why);
        if (r < 0)
                return r;
        *ret = TAKE(ring);
        return 0;
}

int keyring_open_empty(struct keyring **ret)
{
        _cleanup_(keyring_closep) struct keyring *ring = NULL;
        int r;

        if (secret_init() < 0)
                return -EIO;
        r = keyring_new(&ring);
        if (r < 0)
                return r;
        secret_key_make(ring->school_key);
        r = db_open_as(":memory:", DB_KEYS, DB_CREATE, NULL, &ring->db, NULL);
        if (r >= 0)
                r = begin_ring(ring);
        if (r >= 0)
                r = read_first(ring, NULL);
        if (r < 0)
                return r;
        *ret = TAKE(ring);
        return 0;
}

/* Is this database of the school that the keys are of? Enters it where it says nothing yet. */
static int fits(struct keyring *ring, struct db *db, bool *unswept, char **why)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        struct query *q;
        bool entered = false;
        int r;

        r = tx_begin(db, &tx);
        if (r < 0)
                return r;
        q = query(tx, QUERY_sealing_get);
        r = query_row(q);
        *unswept = false;
        if (r > 0) {
                *unswept = query_get_int(q, 1) == 0;
                entered = query_get_bytes(q, 0) > 0;
                if (entered && (query_get_bytes(q, 0) != SCHOOL_ID || memcmp(query_get_blob(q, 0), ring->school, SCHOOL_ID) != 0))
                        r = keyring_say(why, -ENOKEY, "keys.db holds the keys of another school than school.db");
        }
        query_end(q);
        if (r < 0 || entered)
                return r < 0 ? r : 0;
        q = query(tx, QUERY_sealing_put);
        query_blob(q, ring->school, SCHOOL_ID);
        r = query_run(q);
        return r < 0 ? r : tx_commit(TAKE(tx));
}

/* What was plain once goes from the file and its log. Begun again where it was interrupted. */
static int sweep(struct db *db)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int r;

        r = db_sweep(db);
        if (r >= 0)
                r = tx_begin(db, &tx);
        if (r >= 0)
                r = query_run(query(tx, QUERY_sealing_swept));
        if (r >= 0)
                r = tx_commit(TAKE(tx));
        return r < 0 ? r : db_empty_log(db);
}

int keyring_open_school(struct keyring *ring, const char *path, enum db_mode mode, struct db **ret, char **why)
{
        _cleanup_(db_closep) struct db *db = NULL;
        struct db_beside beside = keyring_beside(ring);
        bool unswept;
        int r;

        r = db_open_as(path, DB_SCHOOL, mode, &beside, &db, why);
        if (r >= 0)
                r = fits(ring, db, &unswept, why);
        if (r >= 0 && unswept) {
                r = sweep(db);
                if (r < 0)
                        return keyring_say(why, r, "what was not sealed could not be wiped from the database: %s", strerror(-r));
        }
        if (r < 0)
                return r;
        *ret = TAKE(db);
        return 0;
}

static void close_ring(void *keys)
{
        keyring_close(keys);
}

static int open_with(struct keyring *given, const char *path, enum db_mode mode, struct db **ret, char **why)
{
        _cleanup_(keyring_closep) struct keyring *ring = given;
        struct db *db;
        int r;

        r = keyring_open_school(ring, path, mode, &db, why);
        if (r < 0)
                return r;
        db_own_keys(db, close_ring);
        (void)TAKE(ring);
        *ret = db;
        return 0;
}

int keyring_open_with_school(const char *data, const char *key_file, enum db_mode mode, struct db **ret, char **why)
{
        _cleanup_free_ char *path = NULL;
        struct keyring *ring;
        int r;

        if (asprintf(&path, "%s/school.db", data) < 0) {
                path = NULL;
                return -ENOMEM;
        }
        if (mode == DB_WRITE && !is_there(path))
                return keyring_say(why, -ENOENT, "there is no school in the data folder %s", data);
        r = keyring_open(data, key_file, KEYRING_SERVE, &ring, why);
        return r < 0 ? r : open_with(ring, path, mode, ret, why);
}

int keyring_open_memory(struct db **ret)
{
        struct keyring *ring;
        int r;

        r = keyring_open_empty(&ring);
        return r < 0 ? r : open_with(ring, ":memory:", DB_CREATE, ret, NULL);
}
