#include "chat/audit/audit.h"
#include "chat/erase/erase.h"
#include "chat/schoolrow.h"
#include "chat/seal/keyring.h"
#include "chat/signin/account.h"
#include "cli/cli.h"
#include "conf/conf.h"
#include "secret/secret.h"
#include "store/backup.h"
#include "store/db.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a file that comes from the past must not do: hand out what was used since, or pass its events for those that clients saw. */
static int leave_the_past(const struct conf *conf, struct keyring *keys, const char *path, bool sign_out, char **why)
{
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        struct audit_head last;
        struct uuid log;
        int64_t erased;
        int r;

        r = keyring_open_school(keys, path, DB_WRITE, &db, why);
        if (r < 0)
                return r;
        secret_uuid(&log);
        r = tx_begin(db, &tx);
        if (r >= 0)
                r = school_new_log(tx, &log);
        if (r >= 0)
                r = account_after_restore(tx, sign_out);
        /* The audit log goes on where the backup has it, and says from where. */
        if (r >= 0)
                r = audit_last(tx, &last);
        if (r >= 0)
                r = audit_add(tx, &(struct audit){ .deed = DEED_RESTORE, .n = last.id });
        /* What was erased since the backup: its keys are gone, now its rows go too. */
        if (r >= 0)
                r = erase_resume(tx, NULL, false, &erased);
        if (r >= 0)
                r = tx_commit(TAKE(tx));
        if (r >= 0)
                r = db_empty_log(db);
        if (r >= 0)
                cli_note(conf, db);
        return r;
}

/* Opens the keys for a backup. Those of the data folder count, where there are any: what was erased since the backup is destroyed there.
 * Else the ones beside the backup come along. An old backup of plain texts gets its first keys.
 * made: set to the file that came along, owned by the caller. */
static int open_keys(const struct conf *conf, const char *backup, const char *given, int64_t age, char **made, struct keyring **ret, char **why)
{
        _cleanup_free_ char *path = NULL, *beside = NULL;
        int r;

        r = keyring_path(conf->data, &path);
        if (r < 0)
                return r;
        if (access(path, F_OK) == 0) {
                if (given)
                        return asprintf(why, "there are keys in the data folder already; they count") < 0 ? -ENOMEM : -EEXIST;
                return keyring_open(conf->data, conf->key_file, KEYRING_RESTORE, ret, why);
        }
        if (age < DB_AGE_SEALED)
                return keyring_open(conf->data, conf->key_file, KEYRING_SERVE, ret, why);
        if (!given && asprintf(&beside, "%s.keys", backup) < 0) {
                beside = NULL;
                return -ENOMEM;
        }
        if (access(given ?: beside, F_OK) < 0)
                return asprintf(why, "the keys of the backup are missing: there is no %s", given ?: beside) < 0 ? -ENOMEM : -ENOENT;
        r = backup_copy(DB_KEYS, given ?: beside, path, why);
        if (r < 0)
                return r;
        *made = TAKE(path);
        return keyring_open(conf->data, conf->key_file, KEYRING_RESTORE, ret, why);
}

struct asked {
        bool sign_out;
        const char *keys, *file;
};

static bool read_asked(int argc, char **argv, struct asked *ret)
{
        for (int i = 1; i < argc; i++) {
                if (strcmp(argv[i], "--sign-out") == 0)
                        ret->sign_out = true;
                else if (strcmp(argv[i], "--keys") == 0 && i + 1 < argc)
                        ret->keys = argv[++i];
                else if (!ret->file)
                        ret->file = argv[i];
                else
                        return false;
        }
        return ret->file;
}

static int put_back(const struct conf *conf, const struct asked *asked, const char *path, const char *unready, char **why)
{
        _cleanup_(keyring_closep) struct keyring *keys = NULL;
        _cleanup_free_ char *made = NULL;
        int64_t age = 0;
        int r;

        /* It gets its name when it is ready to be served, so an interrupted restore leaves no half of one. */
        r = backup_copy(DB_SCHOOL, asked->file, unready, why);
        if (r >= 0)
                r = db_age(unready, &age);
        if (r >= 0)
                r = open_keys(conf, asked->file, asked->keys, age, &made, &keys, why);
        if (r >= 0)
                r = leave_the_past(conf, keys, unready, asked->sign_out, why);
        if (r >= 0 && link(unready, path) < 0)
                r = -errno;
        if (r < 0 && made)
                unlink(made);
        return r;
}

int cli_restore(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_free_ char *path = NULL, *unready = NULL, *why = NULL;
        struct asked asked = { 0 };
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (!read_asked(argc, argv, &asked))
                return cli_fail("restore", 2, "name one backup; see --help");
        if (mkdir(conf.data, 0700) < 0 && errno != EEXIST)
                return cli_fail("restore", 1, "cannot make the data folder");
        if (asprintf(&path, "%s/school.db", conf.data) < 0 || asprintf(&unready, "%s/restoring.db", conf.data) < 0)
                return cli_fail("restore", 1, NULL);
        if (access(path, F_OK) == 0)
                return cli_fail("restore", 1, "there is a school in the data folder already; move it away first");
        unlink(unready);
        r = put_back(&conf, &asked, path, unready, &why);
        unlink(unready);
        return r < 0 ? cli_fail("restore", 1, why ? why : strerror(-r)) : 0;
}
