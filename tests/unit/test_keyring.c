/* links: chat proto store text secret base */
/* When a school may be opened, with which key, and what becomes of its keys. In a folder of its own. */
#include "base/macro.h"
#include "chat/seal/keyring.h"
#include "chat/seal/seal.h"
#include "secret/secret.h"
#include "store/query.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

struct fixture {
        char folder[64], data[80], key[96], next[104], keys[96], school[96];
        struct db *db;
};

static void write_file(const char *path, const char *text, mode_t mode)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

        assert_true(fd >= 0);
        assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
        close(fd);
        assert_int_equal(chmod(path, mode), 0);
}

static void read_file(const char *path, char ret[80])
{
        int fd = open(path, O_RDONLY);
        ssize_t n;

        assert_true(fd >= 0);
        n = read(fd, ret, 79);
        assert_true(n >= 0);
        ret[n] = '\0';
        close(fd);
}

static int set_up(void **state)
{
        struct fixture *f = calloc(1, sizeof(*f));

        unsetenv("OUDERBRUG_KEY");
        unsetenv("CREDENTIALS_DIRECTORY");
        snprintf(f->folder, sizeof(f->folder), "/tmp/test_keyring.XXXXXX");
        if (!mkdtemp(f->folder))
                return -1;
        snprintf(f->data, sizeof(f->data), "%s/data", f->folder);
        snprintf(f->key, sizeof(f->key), "%s/data.key", f->folder);
        snprintf(f->next, sizeof(f->next), "%s/data.key.next", f->folder);
        snprintf(f->keys, sizeof(f->keys), "%s/data/keys.db", f->folder);
        snprintf(f->school, sizeof(f->school), "%s/data/school.db", f->folder);
        *state = f;
        return mkdir(f->data, 0700);
}

static int tear_down(void **state)
{
        struct fixture *f = *state;
        static const char *const behind[] = { "data/school.db", "data/school.db-wal", "data/school.db-shm", "data/keys.db", "data/keys.db-journal",
                                              "data/keys.away", "data.key", "data.key.next", "other.key", "ouderbrug-key" };
        char path[128];

        db_close(f->db);
        for (size_t i = 0; i < ELEMENTS(behind); i++) {
                snprintf(path, sizeof(path), "%s/%s", f->folder, behind[i]);
                unlink(path);
        }
        rmdir(f->data);
        rmdir(f->folder);
        free(f);
        return 0;
}

static int open_school(struct fixture *f, const char *key_file)
{
        _cleanup_free_ char *why = NULL;
        int r;

        db_close(TAKE(f->db));
        r = keyring_open_with_school(f->data, key_file, DB_CREATE, &f->db, &why);
        if (r < 0) {
                assert_non_null(why);
                assert_null(strchr(why, '\n'));
        }
        return r;
}

/* A thread with a key, and something sealed with it. */
static void seal_one(struct fixture *f, int64_t thread, struct buf *out)
{
        struct tx *tx;

        assert_int_equal(tx_begin(f->db, &tx), 0);
        assert_int_equal(seal_make(tx, thread), 0);
        assert_int_equal(seal_text(tx, &(struct seal_place){ .kind = SEAL_NOTE, .thread = thread }, "hush", 4, out), 0);
        assert_int_equal(tx_commit(tx), 0);
}

static int open_one(struct fixture *f, int64_t thread, const struct buf *sealed)
{
        _cleanup_(arena_done) struct arena a = ARENA(4096);
        struct tx *tx;
        char *text;
        int r;

        assert_int_equal(tx_begin(f->db, &tx), 0);
        r = seal_open(tx, &a, &(struct seal_place){ .kind = SEAL_NOTE, .thread = thread }, sealed->data, sealed->len, &text, NULL);
        if (r == 0)
                assert_string_equal(text, "hush");
        tx_rollback(tx);
        return r;
}

static void a_first_start_makes_a_key_that_only_its_owner_reads(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(200);
        struct stat st;

        assert_int_equal(open_school(f, ""), 0);
        assert_int_equal(stat(f->key, &st), 0);
        assert_int_equal(st.st_mode & 0777, 0600);
        assert_int_equal(st.st_size, 65);
        seal_one(f, 1, &sealed);
        assert_int_equal(open_school(f, ""), 0);
        assert_int_equal(open_one(f, 1, &sealed), 0);
}

static void whatever_does_not_fit_is_refused_and_left_alone(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(200);
        char key[80], other[128], away[128];
        struct stat before, after;

        assert_int_equal(open_school(f, ""), 0);
        seal_one(f, 1, &sealed);
        db_close(TAKE(f->db));
        read_file(f->key, key);
        snprintf(other, sizeof(other), "%s/other.key", f->folder);
        snprintf(away, sizeof(away), "%s/keys.away", f->data);
        assert_int_equal(stat(f->keys, &before), 0);

        assert_int_equal(open_school(f, other), -ENOKEY); /* missing */
        assert_int_equal(access(other, F_OK), -1);
        write_file(other, "6b6579206f6620736f6d65626f647920656c7365206b6579206f6620736f6d65", 0600);
        assert_int_equal(open_school(f, other), -ENOKEY); /* another */
        write_file(other, key, 0640);
        assert_int_equal(open_school(f, other), -EPERM);
        write_file(other, key, 0604);
        assert_int_equal(open_school(f, other), -EPERM);
        assert_int_equal(open_school(f, f->folder), -EPERM); /* no file */
        key[63] = '\0';
        write_file(other, key, 0600);
        assert_int_equal(open_school(f, other), -EINVAL); /* too short */
        write_file(other, "", 0600);
        assert_int_equal(open_school(f, other), -EINVAL);
        assert_int_equal(rename(f->key, other), 0);
        assert_int_equal(open_school(f, ""), -ENOKEY);
        assert_int_equal(access(f->key, F_OK), -1);
        assert_int_equal(rename(other, f->key), 0);

        assert_int_equal(rename(f->keys, away), 0);
        assert_int_equal(open_school(f, ""), -ENOENT);
        assert_int_equal(access(f->keys, F_OK), -1);
        assert_int_equal(rename(away, f->keys), 0);
        assert_int_equal(rename(f->school, away), 0);
        assert_int_equal(open_school(f, ""), -ENOENT); /* never a fresh empty school */
        assert_int_equal(access(f->school, F_OK), -1);
        assert_int_equal(rename(away, f->school), 0);

        assert_int_equal(stat(f->keys, &after), 0);
        assert_int_equal(after.st_mtim.tv_nsec, before.st_mtim.tv_nsec);
        assert_int_equal(open_school(f, ""), 0);
        assert_int_equal(open_one(f, 1, &sealed), 0);
}

static void keys_of_another_school_are_refused(void **state)
{
        struct fixture *f = *state;
        char away[128];

        assert_int_equal(open_school(f, ""), 0);
        db_close(TAKE(f->db));
        snprintf(away, sizeof(away), "%s/keys.away", f->data);
        assert_int_equal(rename(f->school, away), 0);
        unlink(f->keys);
        assert_int_equal(open_school(f, ""), 0);
        db_close(TAKE(f->db));
        assert_int_equal(rename(away, f->school), 0);
        assert_int_equal(open_school(f, ""), -ENOKEY);
}

static void damage_is_told_from_a_wrong_key(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(200);
        _cleanup_(db_closep) struct db *keys = NULL;
        struct tx *tx;
        struct query *q;

        assert_int_equal(open_school(f, ""), 0);
        seal_one(f, 1, &sealed);
        db_close(TAKE(f->db));
        assert_int_equal(db_open_as(f->keys, DB_KEYS, DB_WRITE, NULL, &keys, NULL), 0);
        assert_int_equal(tx_begin(keys, &tx), 0);
        q = query(tx, QUERY_key_reseal);
        query_blob(q, "not a sealed key", 16);
        query_int(q, 1);
        assert_int_equal(query_run(q), 0);
        assert_int_equal(tx_commit(tx), 0);
        assert_int_equal(open_school(f, ""), -EUCLEAN);
}

static void the_first_source_that_is_there_counts(void **state)
{
        struct fixture *f = *state;
        char key[80], credential[128];

        assert_int_equal(open_school(f, ""), 0);
        read_file(f->key, key);
        snprintf(credential, sizeof(credential), "%s/other.key", f->folder);
        assert_int_equal(rename(f->key, credential), 0);

        key[64] = '\0';
        assert_int_equal(setenv("OUDERBRUG_KEY", key, 1), 0);
        assert_int_equal(open_school(f, ""), 0);
        assert_null(getenv("OUDERBRUG_KEY"));

        snprintf(credential, sizeof(credential), "%s/ouderbrug-key", f->folder);
        write_file(credential, key, 0440); /* as systemd writes it */
        assert_int_equal(setenv("CREDENTIALS_DIRECTORY", f->folder, 1), 0);
        assert_int_equal(setenv("OUDERBRUG_KEY", "nonsense", 1), 0);
        assert_int_equal(open_school(f, ""), 0);
        assert_null(getenv("OUDERBRUG_KEY")); /* wiped, used or not */
        assert_int_equal(open_school(f, f->key), -ENOKEY); /* named, and not there */
}

static void another_program_makes_destroys_and_changes_and_it_is_seen(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf one = BUF(200), two = BUF(200);
        _cleanup_(keyring_closep) struct keyring *other = NULL;
        struct fixture second = *f;
        int64_t n;

        assert_int_equal(open_school(f, ""), 0);
        seal_one(f, 1, &one);
        second.db = NULL;
        assert_int_equal(open_school(&second, ""), 0);
        seal_one(&second, 2, &two);
        assert_int_equal(open_one(f, 2, &two), 0);

        assert_int_equal(keyring_open(f->data, "", KEYRING_SERVE, &other, NULL), 0);
        assert_int_equal(keyring_change_key(other, NULL, &n, NULL), 0);
        assert_int_equal(n, 3); /* and that of what is no conversation's */
        assert_int_equal(open_one(f, 2, &two), 0);
        seal_one(f, 3, &two); /* wrapped with the new key */
        assert_int_equal(open_one(&second, 3, &(struct buf){ .data = two.data + 4 + AEAD_EXTRA, .len = 4 + AEAD_EXTRA }), 0);

        assert_int_equal(keyring_destroy(other, (int64_t[]){ 1, 77 }, 2, &n), 0);
        assert_int_equal(n, 1);
        assert_int_equal(open_one(f, 1, &one), -EKEYREVOKED);
        assert_int_equal(open_one(&second, 1, &one), -EKEYREVOKED);
        db_close(second.db);
}

static void a_change_that_was_cut_short_opens_with_either_key(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(200);
        struct keyring *ring;
        char before[80], after[80];
        int64_t n;

        assert_int_equal(open_school(f, ""), 0);
        seal_one(f, 1, &sealed);
        read_file(f->key, before);

        /* Cut before keys.db changed: the next key lies there and is nobody's. */
        write_file(f->next, "6b6579206f6620736f6d65626f647920656c7365206b6579206f6620736f6d65\n", 0600);
        assert_int_equal(open_school(f, ""), 0);
        assert_int_equal(open_one(f, 1, &sealed), 0);
        read_file(f->key, after);
        assert_string_equal(before, after);

        /* Cut after: keys.db knows the next one only. */
        assert_int_equal(keyring_open(f->data, "", KEYRING_SERVE, &ring, NULL), 0);
        assert_int_equal(keyring_change_key(ring, NULL, &n, NULL), 0);
        keyring_close(ring);
        assert_int_equal(rename(f->key, f->next), 0);
        read_file(f->next, after);
        assert_string_not_equal(before, after);
        write_file(f->key, before, 0600);
        assert_int_equal(open_school(f, ""), 0);
        assert_int_equal(open_one(f, 1, &sealed), 0);
        assert_int_equal(access(f->next, F_OK), -1);
        read_file(f->key, before);
        assert_string_equal(before, after);
}

static void a_key_from_elsewhere_changes_to_the_one_that_is_named(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(200), later = BUF(200);
        _cleanup_(keyring_closep) struct keyring *ring = NULL;
        struct tx *tx;
        char key[80], other[128];
        int64_t n;

        snprintf(other, sizeof(other), "%s/other.key", f->folder);
        assert_int_equal(open_school(f, ""), 0);
        read_file(f->key, key);
        key[64] = '\0';
        setenv("OUDERBRUG_KEY", key, 1);
        unlink(f->key);
        assert_int_equal(open_school(f, ""), 0);
        seal_one(f, 1, &sealed);

        setenv("OUDERBRUG_KEY", key, 1);
        assert_int_equal(keyring_open(f->data, "", KEYRING_SERVE, &ring, NULL), 0);
        assert_int_equal(keyring_change_key(ring, NULL, &n, NULL), -EINVAL);
        write_file(other, key, 0600);
        assert_int_equal(keyring_change_key(ring, other, &n, NULL), -EINVAL); /* the same */
        write_file(other, "6b6579206f6620736f6d65626f647920656c7365206b6579206f6620736f6d65", 0600);
        assert_int_equal(keyring_change_key(ring, other, &n, NULL), 0);

        /* Who runs on with the old one keeps what it has, and makes nothing that nobody could open. */
        assert_int_equal(open_one(f, 1, &sealed), 0);
        assert_int_equal(tx_begin(f->db, &tx), 0);
        assert_int_equal(seal_make(tx, 2), 0);
        assert_int_equal(tx_commit(tx), -ENOKEY);
        assert_int_equal(open_one(f, 1, &sealed), 0);
        setenv("OUDERBRUG_KEY", key, 1);
        assert_int_equal(open_school(f, ""), -ENOKEY);
        assert_int_equal(open_school(f, other), 0);
        assert_int_equal(open_one(f, 1, &sealed), 0);
}

static void a_transaction_that_is_undone_leaves_no_key(void **state)
{
        struct fixture *f = *state;
        _cleanup_(buf_done) struct buf sealed = BUF(200);
        struct tx *tx;
        int64_t next;

        assert_int_equal(open_school(f, ""), 0);
        assert_int_equal(tx_begin(f->db, &tx), 0);
        assert_int_equal(seal_make(tx, 1), 0);
        tx_rollback(tx);
        assert_int_equal(tx_begin(f->db, &tx), 0);
        assert_int_equal(seal_next_thread(tx, &next), 0);
        assert_int_equal(next, 1);
        assert_int_equal(seal_text(tx, &(struct seal_place){ .kind = SEAL_NOTE, .thread = 1 }, "x", 1, &sealed), -ENOKEY);
        tx_rollback(tx);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
                TEST(a_first_start_makes_a_key_that_only_its_owner_reads),
                TEST(whatever_does_not_fit_is_refused_and_left_alone),
                TEST(keys_of_another_school_are_refused),
                TEST(damage_is_told_from_a_wrong_key),
                TEST(the_first_source_that_is_there_counts),
                TEST(another_program_makes_destroys_and_changes_and_it_is_seen),
                TEST(a_change_that_was_cut_short_opens_with_either_key),
                TEST(a_key_from_elsewhere_changes_to_the_one_that_is_named),
                TEST(a_transaction_that_is_undone_leaves_no_key),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
