#include "chat/account.h"
#include "chat/audit.h"
#include "chat/schoolrow.h"
#include "cli/cli.h"
#include "conf/conf.h"
#include "secret/secret.h"
#include "store/backup.h"
#include "store/db.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a file that comes from the past must not do: hand out what was used since, or pass its events for those that clients saw. */
static int leave_the_past(const struct conf *conf, const char *path, bool sign_out, char **why)
{
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        struct audit_head last;
        struct uuid log;
        int r;

        r = db_open(path, DB_WRITE, &db, why);
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
        if (r >= 0)
                r = tx_commit(TAKE(tx));
        if (r >= 0)
                cli_note(conf, db);
        return r;
}

int cli_restore(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_free_ char *path = NULL, *unready = NULL, *why = NULL;
        bool sign_out = false;
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (argc > 1 && strcmp(argv[1], "--sign-out") == 0) {
                sign_out = true;
                argv++;
                argc--;
        }
        if (argc != 2)
                return cli_fail("restore", 2, "name one backup; see --help");
        if (secret_init() < 0)
                return cli_fail("restore", 1, "no source of random numbers");
        if (mkdir(conf.data, 0700) < 0 && errno != EEXIST)
                return cli_fail("restore", 1, "cannot make the data folder");
        if (asprintf(&path, "%s/school.db", conf.data) < 0 || asprintf(&unready, "%s/restoring.db", conf.data) < 0)
                return cli_fail("restore", 1, NULL);
        if (access(path, F_OK) == 0)
                return cli_fail("restore", 1, "there is a school in the data folder already; move it away first");

        /* It gets its name when it is ready to be served, so an interrupted restore leaves no half of one. */
        unlink(unready);
        r = backup_copy(argv[1], unready, &why);
        if (r >= 0)
                r = leave_the_past(&conf, unready, sign_out, &why);
        if (r >= 0 && link(unready, path) < 0)
                r = -errno;
        unlink(unready);
        return r < 0 ? cli_fail("restore", 1, why ? why : strerror(-r)) : 0;
}
