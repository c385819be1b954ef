#include "cli/cli.h"

#include "chat/audit/audit.h"
#include "chat/roster/import.h"
#include "chat/seal/keyring.h"
#include "conf/conf.h"
#include "store/db.h"

#include <errno.h>
#include <stdio.h>
#include <unistd.h>

enum { EXIT_DONE, EXIT_FAULTS, EXIT_USAGE };

struct call {
        bool dry_run;
        const char *path;
};

static int usage(void)
{
        return cli_fail("import", EXIT_USAGE, "name one package: a folder, a zip or an EDEXML file; see --help");
}

/* -1: go on. */
static int read_call(int argc, char **argv, struct call *call)
{
        bool options = true;

        for (int i = 1; i < argc; i++) {
                const char *arg = argv[i];

                if (options && strcmp(arg, "--") == 0)
                        options = false;
                else if (options && strcmp(arg, "--dry-run") == 0)
                        call->dry_run = true;
                else if ((options && arg[0] == '-') || call->path)
                        return usage();
                else
                        call->path = arg;
        }
        return call->path ? -1 : usage();
}

static void print_faults(const struct roster_faults *faults)
{
        for (size_t i = 0; i < faults->n; i++) {
                const struct roster_fault *f = &faults->list[i];

                if (f->line == 0)
                        fprintf(stderr, "%s: %s\n", f->file, f->text);
                else if (f->column == 0)
                        fprintf(stderr, "%s:%d: %s\n", f->file, f->line, f->text);
                else
                        fprintf(stderr, "%s:%d:%d: %s\n", f->file, f->line, f->column, f->text);
        }
        if (faults->more)
                fprintf(stderr, "… and %zu more\n", faults->more);
        fprintf(stderr, "Nothing was changed.\n");
}

static void print_report(const struct roster_report *report, bool dry_run)
{
        static const char *const names[STATE_KINDS] = {
                [STATE_ORG] = "orgs",
                [STATE_CLASS] = "classes",
                [STATE_PERSON] = "people",
                [STATE_PUPIL] = "pupils",
                [STATE_TEACHING] = "teaching",
                [STATE_GUARDIANSHIP] = "guardianships",
                [STATE_MEMBER] = "in conversations",
                [STATE_LOGIN] = "login names",
        };

        if (report->school)
                printf("school: %s\n", report->school);
        for (int kind = 0; kind < STATE_KINDS; kind++)
                if (report->come[kind] || report->change[kind] || report->end[kind])
                        printf("%s: +%zu ~%zu -%zu\n", names[kind], report->come[kind], report->change[kind],
                                report->end[kind]);
        for (size_t i = 0; dry_run && i < report->n; i++) {
                const struct roster_change *c = &report->list[i];

                printf("%c %s %s%s%s (%s)\n", c->sign, state_kinds[c->kind].name, c->key,
                        *c->second ? " " : "", c->second, c->text);
        }
        if (report->n == 0 && !report->school)
                printf("No difference.\n");
}

/* Returns 0 or an exit status. */
static int open_school(const struct conf *conf, bool dry_run, struct db **ret)
{
        _cleanup_free_ char *path = NULL;

        if (asprintf(&path, "%s/school.db", conf->data) < 0) {
                path = NULL;
                return cli_fail("import", EXIT_FAULTS, NULL);
        }
        if (!dry_run || access(path, F_OK) == 0)
                return cli_open(conf, "import", 1, ret);
        /* There is nothing yet to compare with, and a dry run makes no file. */
        return keyring_open_memory(ret) < 0 ? cli_fail("import", EXIT_FAULTS, NULL) : 0;
}

static void today(char ret[11])
{
        time_t now = time(NULL);
        struct tm tm;

        if (!localtime_r(&now, &tm) || strftime(ret, 11, "%Y-%m-%d", &tm) == 0)
                snprintf(ret, 11, "1970-01-01");
}

static int bring_in(
        struct db *db, struct roster *roster, const struct call *call, struct roster_faults *faults)
{
        _cleanup_(roster_report_done) struct roster_report report = ROSTER_REPORT_NONE;
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        bool checks_only = faults->n > 0;
        char day[11];
        int r;

        today(day);
        r = tx_begin(db, &tx);
        if (r < 0)
                return r;
        r = roster_import(tx, roster, checks_only, day, NULL, &report, faults);
        if (r < 0 || checks_only)
                return r;
        if (!call->dry_run) {
                r = audit_add(tx, &(struct audit){ .deed = DEED_IMPORT, .n = (int64_t)report.n });
                if (r >= 0)
                        r = tx_commit(TAKE(tx));
                if (r < 0)
                        return r;
        }
        print_report(&report, call->dry_run);
        return 0;
}

int cli_import(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_(roster_faults_done) struct roster_faults faults = ROSTER_FAULTS_NONE;
        _cleanup_(roster_freep) struct roster *roster = NULL;
        _cleanup_(db_closep) struct db *db = NULL;
        struct call call = { 0 };
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        r = read_call(argc, argv, &call);
        if (r >= 0)
                return r;
        r = roster_read(call.path, &roster, &faults);
        if (r < 0 && r != -EBADMSG) {
                fprintf(stderr, "ouderbrug import: %s: %s\n", call.path, strerrordesc_np(-r));
                return EXIT_FAULTS;
        }
        if (roster) {
                r = open_school(&conf, call.dry_run || faults.n > 0, &db);
                if (r > 0)
                        return r;
                r = bring_in(db, roster, &call, &faults);
                if (r >= 0 && !call.dry_run)
                        cli_note(&conf, db);
                if (r < 0 && r != -EBADMSG) {
                        fprintf(stderr, "ouderbrug import: %s\nNothing was changed.\n", strerrordesc_np(-r));
                        return EXIT_FAULTS;
                }
        }
        if (faults.n > 0) {
                print_faults(&faults);
                return EXIT_FAULTS;
        }
        return EXIT_DONE;
}
