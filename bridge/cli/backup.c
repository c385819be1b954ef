/* cli/backup.c: the school and, in a file beside it, its keys as they are sealed with the school's key, which is in neither. The keys are
 * copied last: so they are all there, and one that was destroyed meanwhile is not. */
#include "store/backup.h"

#include "chat/audit/audit.h"
#include "chat/seal/keyring.h"
#include "cli/cli.h"
#include "conf/conf.h"
#include "store/db.h"

#include <errno.h>
#include <unistd.h>

static int copy_keys(const char *data, const char *to, char **why)
{
        _cleanup_free_ char *path = NULL;
        int r;

        r = keyring_path(data, &path);
        return r < 0 ? r : backup_copy(DB_KEYS, path, to, why);
}

static int copy_both(const char *data, const char *school, const char *to, char **why)
{
        _cleanup_free_ char *keys = NULL;
        int r;

        if (asprintf(&keys, "%s.keys", to) < 0) {
                keys = NULL;
                return -ENOMEM;
        }
        if (access(keys, F_OK) == 0)
                return asprintf(why, "there is a file %s already; it was left alone", keys) < 0 ? -ENOMEM : -EEXIST;
        r = backup_copy(DB_SCHOOL, school, to, why);
        if (r < 0)
                return r;
        r = copy_keys(data, keys, why);
        if (r < 0)
                unlink(to);
        return r;
}

/* A backup that nobody can open is none, so the key is tried first. And what leaves the house is on record before it does. */
static int prepare(const struct conf *conf, char **why)
{
        _cleanup_(db_closep) struct db *db = NULL;
        int r;

        r = keyring_open_with_school(conf->data, conf->key_file, DB_WRITE, &db, why);
        if (r < 0)
                return r;
        r = cli_record(conf, db, &(struct audit){ .deed = DEED_BACKUP });
        if (r < 0 && asprintf(why, "it could not be put on record in the audit log") < 0)
                *why = NULL;
        return r;
}

int cli_backup(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_free_ char *path = NULL, *why = NULL;
        bool keys_only = false;
        int64_t age = 0;
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (argc > 1 && strcmp(argv[1], "--keys-only") == 0) {
                keys_only = true;
                argv++;
                argc--;
        }
        if (argc != 2)
                return cli_fail("backup", 2, "name one new file; see --help");
        if (asprintf(&path, "%s/school.db", conf.data) < 0)
                return cli_fail("backup", 1, NULL);
        r = db_age(path, &age);
        /* What an older version left is copied as it is. Whatever is wrong with the file, the copy says it better. */
        if (r >= 0 && age >= DB_AGE_SEALED)
                r = prepare(&conf, &why);
        if (r >= 0 && keys_only)
                r = copy_keys(conf.data, argv[1], &why);
        else if (r >= 0 && age >= DB_AGE_SEALED)
                r = copy_both(conf.data, path, argv[1], &why);
        else if (r >= 0 || !why)
                r = backup_copy(DB_SCHOOL, path, argv[1], &why);
        return r < 0 ? cli_fail("backup", 1, why ? why : strerror(-r)) : 0;
}
