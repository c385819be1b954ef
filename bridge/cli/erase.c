/* cli/erase.c: a pupil's data destroyed, in every backup too.
 *
 * The order is what makes it safe to interrupt: the keys first, then another key for the school, then the rows. Whoever finds keys destroyed
 * and rows left goes on from there: this verb, a restore, a server (erase_resume()).
 */
#include "base/clock.h"
#include "chat/erase/erase.h"
#include "chat/seal/seal.h"
#include "cli/cli.h"
#include "conf/conf.h"
#include "store/db.h"

#include <errno.h>
#include <inttypes.h>
#include <unistd.h>

enum { SCRATCH = 1024 * 1024, EMPTY_TRIES = 6 };

struct asked {
        const char *pupil, *next;
        bool yes;
};

static bool read_asked(int argc, char **argv, struct asked *ret)
{
        for (int i = 1; i < argc; i++) {
                if (strcmp(argv[i], "--yes") == 0)
                        ret->yes = true;
                else if (strcmp(argv[i], "--new-key-file") == 0 && i + 1 < argc)
                        ret->next = argv[++i];
                else if (argv[i][0] != '-' && !ret->pupil)
                        ret->pupil = argv[i];
                else
                        return false;
        }
        return ret->pupil;
}

/* Whom it is about, and whether the new key is where it has to come from. Returns 0 or an exit status. */
static int look(struct db *db, const struct asked *asked, int64_t *pupil)
{
        _cleanup_(arena_done) struct arena a = ARENA(SCRATCH);
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        const char *name = NULL;
        char answer[16];
        bool makes;
        int r;

        r = tx_begin_reading(db, &tx);
        if (r < 0)
                return cli_fail("erase", 1, strerror(-r));
        makes = seal_makes_next_key(tx);
        if (!makes && !asked->next)
                return cli_fail("erase", 2,
                                "the school's key comes from a credential or the environment, where this program cannot change it, and without a new key\n"
                                "old copies of keys.db could still be opened. Nothing was erased. Make a new key (openssl rand -hex 32 > FILE; chmod 600\n"
                                "FILE), say --new-key-file FILE, and then put it where the old one is before the server starts again");
        if (makes && asked->next)
                return cli_fail("erase", 2, "the school's key is in a file: its next one is made by itself, without --new-key-file");
        r = erase_find(tx, &a, asked->pupil, pupil, &name);
        if (r == -ENOENT)
                return cli_fail("erase", 1, "the roster has no such pupil");
        if (r < 0)
                return cli_fail("erase", 1, strerror(-r));
        if (asked->yes)
                return 0;
        if (!isatty(STDIN_FILENO))
                return cli_fail("erase", 2, "this cannot be undone: say --yes");
        printf("This destroys all that was said about %s, here and in every backup. It cannot be undone.\nType yes to go on: ", name);
        fflush(stdout);
        if (!fgets(answer, sizeof(answer), stdin) || strcmp(answer, "yes\n") != 0)
                return cli_fail("erase", 1, "nothing was erased");
        return 0;
}

static int destroy(struct db *db, const struct asked *asked, int64_t pupil, char **why)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int64_t now = clock_now_ms(), others;
        int r;

        /* The lock comes first: nobody writes into the conversation meanwhile. */
        r = tx_begin(db, &tx);
        if (r >= 0)
                r = erase_keys(tx, &pupil, 1, asked->next, why);
        if (r >= 0)
                r = erase_pupil_rows(tx, NULL, pupil, now, now, "asked");
        if (r >= 0)
                r = erase_resume(tx, NULL, false, &others);
        return r < 0 ? r : tx_commit(TAKE(tx));
}

static int empty_log(struct db *db)
{
        int r = -EBUSY;

        /* Each waits for readers by itself. */
        for (int i = 0; r == -EBUSY && i < EMPTY_TRIES; i++)
                r = db_empty_log(db);
        return r;
}

int cli_erase(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_free_ char *why = NULL;
        struct asked asked = { 0 };
        int64_t pupil = 0;
        int r, status;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (!read_asked(argc, argv, &asked))
                return cli_fail("erase", 2, "name one pupil by the administration's key, or by number; see --help");
        r = cli_open(&conf, "erase", 0, &db);
        if (r > 0)
                return r;
        status = look(db, &asked, &pupil);
        if (status == 0)
                r = destroy(db, &asked, pupil, &why);
        if (status == 0)
                cli_note(&conf, db);
        /* Also where an earlier call came as far as this and no further. */
        if (r >= 0)
                r = empty_log(db);
        if (status > 0)
                return status;
        if (r == -EBUSY)
                return cli_fail("erase", 1, "it is erased, but somebody reads from the database for so long that its log still holds what was deleted: call again");
        if (r < 0)
                return cli_fail("erase", 1, why ? why : strerror(-r));
        printf("Erased. The school has another key: copies of keys.db made before open nothing any more, so make a backup now.\n");
        if (asked.next)
                printf("Put %s where the school's key comes from before the server starts again, and destroy the old one.\n", asked.next);
        return 0;
}
