#include "store/backup.h"

#include "cli/cli.h"
#include "conf/conf.h"

int cli_backup(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_free_ char *path = NULL, *why = NULL;
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (argc != 2)
                return cli_fail("backup", 2, "name one new file; see --help");
        if (asprintf(&path, "%s/school.db", conf.data) < 0)
                return cli_fail("backup", 1, NULL);
        r = backup_copy(path, argv[1], &why);
        return r < 0 ? cli_fail("backup", 1, why) : 0;
}
