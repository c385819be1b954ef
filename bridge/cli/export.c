/* cli/export.c: a family's own data as a zip, for who asks at the school's desk. */
#include "chat/audit/audit.h"
#include "chat/export/export.h"
#include "chat/person.h"
#include "cli/cli.h"
#include "conf/conf.h"
#include "store/db.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

static int write_zip(struct db *db, const char *key, int fd, int64_t *person)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int r;

        r = tx_begin(db, &tx);
        if (r >= 0)
                r = person_by_sourced_id(tx, key, person);
        if (r >= 0)
                r = export_person(tx, *person, fd);
        if (r >= 0 && fsync(fd) < 0)
                r = -errno;
        return r;
}

static const char *explain(int error)
{
        switch (-error) {
        case ENOENT:
                return "the roster has no such person";
        case EPERM:
                return "that is nobody of a family: this is for parents, guardians and counsellors";
        case EEXIST:
                return "there is a file of that name already; it was left alone";
        case EFBIG:
                return "it is too much for one zip";
        default:
                return strerror(-error);
        }
}

int cli_export(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_(db_closep) struct db *db = NULL;
        int64_t person = 0;
        int fd, r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (argc != 3)
                return cli_fail("export", 2, "name a person by their key in the roster and a new file; see --help");
        r = cli_open(&conf, "export", 0, &db);
        if (r > 0)
                return r;
        fd = open(argv[2], O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
        if (fd < 0)
                return cli_fail("export", 1, explain(-errno));
        r = write_zip(db, argv[1], fd, &person);
        close(fd);
        /* What leaves the house is on record, or it does not leave. */
        if (r >= 0)
                r = cli_record(&conf, db, &(struct audit){ .deed = DEED_EXPORT, .saw = true, .person = person });
        if (r < 0)
                unlink(argv[2]);
        return r < 0 ? cli_fail("export", 1, explain(r)) : 0;
}
