#include "store/backup.h"

#include "chat/audit.h"
#include "cli/cli.h"
#include "conf/conf.h"
#include "store/db.h"

#include <errno.h>

int cli_backup(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_free_ char *path = NULL, *why = NULL;
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (argc != 2)
                return cli_fail("backup", 2, "name one new file; see --help");
        if (asprintf(&path, "%s/school.db", conf.data) < 0)
                return cli_fail("backup", 1, NULL);
        /* What leaves the house is on record before it does. Whatever is wrong with the file, the copy says it better. */
        r = db_open(path, DB_WRITE, &db, NULL);
        if (r >= 0)
                r = cli_record(&conf, db, &(struct audit){ .deed = DEED_BACKUP });
        if (r == -EBUSY || r == -EIO || r == -ENOSPC || r == -EROFS)
                return cli_fail("backup", 1, "it could not be put on record in the audit log");
        r = backup_copy(path, argv[1], &why);
        return r < 0 ? cli_fail("backup", 1, why) : 0;
}
