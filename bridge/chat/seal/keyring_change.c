/* chat/seal/keyring_change.c: another key for the school.
 *
 * Every step can be the last one. The next key stands beside the key file before keys.db needs it; keys.db changes in one transaction;
 * then the next key takes the place of the old. Who opens the ring in between tries both (keyring_find_key()).
 */
#include "chat/seal/keyring_inside.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

struct sealed_row {
        int64_t thread;
        unsigned char sealed[WRAPPED_KEY];
};

static void closep(int *fd)
{
        if (*fd >= 0)
                close(*fd);
}

int keyring_lock_data(const struct keyring *ring, bool wait)
{
        int fd, r;

        fd = open(ring->data, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
        if (fd < 0)
                return -errno;
        if (flock(fd, LOCK_EX | (wait ? 0 : LOCK_NB)) < 0) {
                r = -errno;
                close(fd);
                return r;
        }
        return fd;
}

/* All rows that hold a key. *ret from malloc(). */
static int collect(struct tx *tx, struct sealed_row **ret, size_t *ret_n)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_key_all);
        _cleanup_free_ struct sealed_row *rows = NULL;
        size_t n = 0, room = 0;
        int r;

        while ((r = query_row(q)) > 0) {
                if (query_is_null(q, 1))
                        continue;
                if (query_get_bytes(q, 1) != WRAPPED_KEY)
                        return -EUCLEAN;
                if (n == room) {
                        struct sealed_row *more = realloc(rows, (room = room ? room * 2 : 256) * sizeof(*rows));

                        if (!more)
                                return -ENOMEM;
                        rows = more;
                }
                rows[n].thread = query_get_int(q, 0);
                memcpy(rows[n++].sealed, query_get_blob(q, 1), WRAPPED_KEY);
        }
        if (r < 0)
                return r;
        *ret = TAKE(rows);
        *ret_n = n;
        return 0;
}

static int reseal(const struct keyring *ring, struct tx *tx, struct sealed_row *row, const struct secret_key *next)
{
        struct secret_key key;
        struct query *q;
        int r;

        r = keyring_unwrap(ring, ring->school_key, row->thread, row->sealed, sizeof(row->sealed), &key);
        if (r >= 0)
                keyring_wrap(ring, next, row->thread, &key, row->sealed);
        secret_wipe(&key, sizeof(key));
        if (r < 0)
                return -EUCLEAN;
        q = query(tx, QUERY_key_reseal);
        query_blob(q, row->sealed, sizeof(row->sealed));
        query_int(q, row->thread);
        return query_run(q);
}

/* The key to change to: made here for a key file, read where the operator made it. */
static int next_key(const struct keyring *ring, const char *path, struct secret_key *ret, char **why)
{
        struct key_source given = { .origin = KEY_NAMED_FILE };
        int r;

        if (!path) {
                secret_key_make(ret);
                return key_source_write_next(&ring->source, ret, why);
        }
        given.path = strdup(path);
        r = given.path ? key_source_read(&given, ret, why) : -ENOMEM;
        key_source_done(&given);
        if (r >= 0 && memcmp(ret, ring->school_key, sizeof(*ret)) == 0)
                return keyring_say(why, -EINVAL, "the key in %s is the one that is in use", path);
        return r;
}

/* In one transaction: all of it or nothing. */
static int reseal_all(struct keyring *ring, const char *path, struct secret_key *next, int64_t *keys, char **why)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        _cleanup_free_ struct sealed_row *rows = NULL;
        struct ring_row row;
        size_t n = 0;
        int r;

        r = tx_begin(ring->db, &tx);
        if (r >= 0)
                r = ring_row_get(tx, &row);
        if (r <= 0)
                return r < 0 ? r : -EUCLEAN;
        r = keyring_find_key(ring, &row, why);
        if (r >= 0)
                r = next_key(ring, path, next, why);
        if (r >= 0)
                r = collect(tx, &rows, &n);
        for (size_t i = 0; r >= 0 && i < n; i++)
                r = reseal(ring, tx, &rows[i], next);
        if (r == -EUCLEAN)
                return keyring_say(why, r, "the key database is damaged; its key was not changed");
        if (r >= 0)
                r = ring_row_put(tx, ring, next, row.turn + 1);
        if (r >= 0)
                r = tx_commit(TAKE(tx));
        if (r < 0)
                return r;
        ring->turn = row.turn + 1;
        *keys = (int64_t)n;
        return 0;
}

bool keyring_makes_next_key(const struct keyring *ring)
{
        return ring->data && key_source_is_file(&ring->source);
}

int keyring_change_key(struct keyring *ring, const char *path, int64_t *keys, char **why)
{
        bool by_file = keyring_makes_next_key(ring);
        _cleanup_(closep) int lock = -1;
        struct secret_key next;
        int64_t count = 0;
        int r;

        if (by_file && path)
                return keyring_say(why, -EINVAL, "the school's key is in %s: its next one is made by itself", ring->source.path);
        if (!by_file && !path)
                return keyring_say(why, -EINVAL, "the school's key is not in a file that could be changed: name a file with the new key");
        lock = keyring_lock_data(ring, true);
        if (lock < 0)
                return lock;
        pthread_mutex_lock(&ring->files);
        r = reseal_all(ring, path, &next, &count, why);
        if (r >= 0) {
                *ring->school_key = next;
                if (by_file)
                        r = key_source_take_next(&ring->source, why);
        }
        pthread_mutex_unlock(&ring->files);
        secret_wipe(&next, sizeof(next));
        if (r >= 0)
                *keys = count;
        return r;
}
