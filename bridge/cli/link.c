#include "base/clock.h"
#include "chat/audit/audit.h"
#include "chat/person.h"
#include "chat/signin/account.h"
#include "cli/cli.h"
#include "conf/conf.h"
#include "secret/secret.h"
#include "store/db.h"

#include <errno.h>

enum { HOUR_MS = 3600 * 1000 };

static int make(struct db *db, const char *sourced_id, const struct conf *conf, char secret[SECRET_TEXT + 1])
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        struct token_hash hash;
        int64_t person;
        int r;

        r = tx_begin(db, &tx);
        if (r < 0)
                return r;
        r = person_by_sourced_id(tx, sourced_id, &person);
        if (r < 0)
                return r;
        secret_make(secret);
        secret_hash(secret, SECRET_TEXT, &hash);
        r = link_add(tx, &hash, person, 0, clock_now_ms() + (int64_t)conf->link_hours * HOUR_MS);
        if (r >= 0)
                r = audit_add(tx, &(struct audit){ .deed = DEED_LINK_MADE, .person = person });
        return r < 0 ? r : tx_commit(TAKE(tx));
}

int cli_link(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_(db_closep) struct db *db = NULL;
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        if (argc < 2)
                return cli_fail("link", 2, "name at least one person by their key in the roster; see --help");
        if (secret_init() < 0)
                return cli_fail("link", 1, "no source of random numbers");
        if (conf_settle(&conf, conf.port) < 0)
                return cli_fail("link", 1, NULL);
        r = cli_open(&conf, "link", 0, &db);
        if (r > 0)
                return r;
        for (int i = 1; i < argc; i++) {
                char secret[SECRET_TEXT + 1];

                if (strcmp(argv[i], "--person") == 0)
                        continue;
                r = make(db, argv[i], &conf, secret);
                if (r == -ENOENT)
                        return cli_fail("link", 1, "the roster has no such person");
                if (r < 0)
                        return cli_fail("link", 1, strerror(-r));
                printf("%s/in#%s\n", conf.public_url, secret);
        }
        cli_note(&conf, db);
        return 0;
}
