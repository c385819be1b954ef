#include "cli/cli.h"

#include "base/macro.h"
#include "chat/audit/audit.h"
#include "chat/seal/keyring.h"
#include "cmd/record.h"
#include "conf/conf.h"
#include "store/db.h"

#include <errno.h>
#include <sys/stat.h>

extern const struct cli_verb cli_verbs[];

void cli_help(const char *verb)
{
        for (const struct cli_verb *v = cli_verbs; v->name; v++)
                if (strcmp(v->name, verb) == 0)
                        printf("usage: ouderbrug %s\n\n%s\n\nOptions, from the command line, OUDERBRUG_<NAME> or --config FILE:\n", v->usage, v->doc);
        conf_help(stdout);
}

int cli_fail(const char *verb, int status, const char *text)
{
        fprintf(stderr, "ouderbrug %s: %s\n", verb, text ? text : "out of memory");
        return status;
}

int cli_conf(struct conf *conf, int *argc, char **argv)
{
        _cleanup_free_ char *why = NULL;

        for (int i = 1; i < *argc; i++)
                if (strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) {
                        cli_help(argv[0]);
                        return 1;
                }
        if (conf_load(conf, argc, argv, &why) < 0)
                return cli_fail(argv[0], 2, why) + 1;
        return 0;
}

int cli_open(const struct conf *conf, const char *verb, int create, struct db **ret)
{
        _cleanup_free_ char *why = NULL;
        int r;

        if (create && mkdir(conf->data, 0700) < 0 && errno != EEXIST) {
                if (asprintf(&why, "cannot make the data folder %s: %s", conf->data, strerror(errno)) < 0)
                        why = NULL;
                return cli_fail(verb, 1, why);
        }
        r = keyring_open_with_school(conf->data, conf->key_file, create ? DB_CREATE : DB_WRITE, ret, &why);
        return r < 0 ? cli_fail(verb, 1, why ? why : strerror(-r)) : 0;
}

void cli_note(const struct conf *conf, struct db *db)
{
        int r = record_note(db, conf->data);

        if (r < 0)
                fprintf(stderr, "ouderbrug: the end of the audit log could not be noted in %s: %s\n", conf->data, strerror(-r));
}

int cli_record(const struct conf *conf, struct db *db, const struct audit *deed)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int r;

        r = tx_begin(db, &tx);
        if (r >= 0)
                r = audit_add(tx, deed);
        if (r >= 0)
                r = tx_commit(TAKE(tx));
        if (r >= 0)
                cli_note(conf, db);
        return r;
}
