/* cli/retention.c: what has had its time: listed, deleted, and what went. */
#include "base/clock.h"
#include "chat/erase/retention.h"
#include "cli/cli.h"
#include "store/db.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

enum { ARENA_CAP = 256 * 1024 * 1024, DAY_TEXT = sizeof("2026-12-01") };

static const char change_key[] = "the school's key comes from a credential or the environment: change it now (ouderbrug key rotate --to FILE),\n"
                                 "or old copies of keys.db still open what was erased";

struct call {
        bool run, log, names, kinds;
        int64_t now_ms;
};

/* A whole day, UTC. Returns 0 or -EINVAL. */
static int read_day(const char *text, int64_t *ms)
{
        struct tm t = { 0 };
        const char *end = strptime(text, "%Y-%m-%d", &t);
        char again[DAY_TEXT + 8];
        time_t s;

        if (!end || *end)
                return -EINVAL;
        s = timegm(&t);
        if (!gmtime_r(&s, &t) || strftime(again, sizeof(again), "%Y-%m-%d", &t) == 0 || strcmp(again, text) != 0)
                return -EINVAL;
        *ms = (int64_t)s * 1000;
        return 0;
}

static const char *day(int64_t ms, char ret[DAY_TEXT + 16])
{
        time_t s = (time_t)(ms / 1000);
        struct tm t;

        if (!gmtime_r(&s, &t) || strftime(ret, DAY_TEXT + 16, "%Y-%m-%d", &t) == 0)
                snprintf(ret, DAY_TEXT, "?");
        return ret;
}

/* Returns 0, or an exit status plus one. */
static int read_call(int argc, char **argv, struct call *call)
{
        call->now_ms = clock_now_ms();
        for (int i = 1; i < argc; i++) {
                if (strcmp(argv[i], "--run") == 0)
                        call->run = true;
                else if (strcmp(argv[i], "--log") == 0)
                        call->log = true;
                else if (strcmp(argv[i], "--kinds") == 0)
                        call->kinds = true;
                else if (strcmp(argv[i], "--names") == 0)
                        call->names = true;
                else if (strcmp(argv[i], "--today") == 0 && i + 1 < argc) {
                        if (read_day(argv[++i], &call->now_ms) < 0)
                                return cli_fail("retention", 2, "--today takes a day, as in 2026-12-01") + 1;
                } else
                        return cli_fail("retention", 2, "takes --run, --log, --kinds, --names and --today DAY; see --help") + 1;
        }
        return call->run + call->log + call->kinds > 1 ? cli_fail("retention", 2, "--run, --log or --kinds, one of them") + 1 : 0;
}

static void print_line(const struct retention_line *line, bool names)
{
        char since[DAY_TEXT + 16];

        printf("%s\t%" PRId64 "\t%s\t%" PRId64 "\t%s", line->kind, line->subject, day(line->since_ms, since), line->n, line->setting);
        if (line->days >= 0)
                printf("=%d", line->days);
        printf(names ? "\t%s\n" : "\n", line->name);
}

static void print_kinds(const struct conf *conf)
{
        const char *name, *doc, *setting;
        int days;

        printf("kind\tdays\tsetting\twhat\n");
        for (size_t i = 0; (name = retention_kind(conf, i, &doc, &setting, &days)); i++)
                if (days > 0)
                        printf("%s\t%d\t%s\t%s\n", name, days, setting, doc);
                else
                        printf("%s\tfor ever\t%s\t%s\n", name, setting, doc);
}

static int list(struct tx *tx, const struct conf *conf, const struct call *call)
{
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        struct retention_list found;
        int r;

        r = retention_find(tx, &a, conf, call->now_ms, &found);
        if (r < 0)
                return r;
        printf("kind\tid\tsince\tcount\twhy%s\n", call->names ? "\tname" : "");
        for (size_t i = 0; i < found.n; i++)
                print_line(&found.lines[i], call->names);
        return 0;
}

static int print_log(struct tx *tx)
{
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        struct retention_gone *gone;
        char at[DAY_TEXT + 16];
        size_t n;
        int r;

        r = retention_log(tx, &a, &gone, &n);
        if (r < 0)
                return r;
        printf("gone\tkind\tid\tsince\tcount\twhy\n");
        for (size_t i = 0; i < n; i++) {
                printf("%s\t", day(gone[i].at_ms, at));
                print_line(&gone[i].line, false);
        }
        return 0;
}

static int look(struct db *db, const struct conf *conf, const struct call *call)
{
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        int r;

        r = tx_begin(db, &tx);
        if (r < 0)
                return r;
        return call->log ? print_log(tx) : list(tx, conf, call);
}

static int run(struct db *db, const struct conf *conf, const struct call *call)
{
        int64_t at_ms = clock_now_ms();
        struct retention_done done = { .more = true };
        int r = 0;

        while (r >= 0 && done.more) {
                _cleanup_(tx_rollbackp) struct tx *tx = NULL;

                r = tx_begin(db, &tx);
                if (r >= 0)
                        r = retention_run(tx, NULL, conf, call->now_ms, at_ms, &done);
                if (r >= 0)
                        r = tx_commit(TAKE(tx));
                if (r >= 0 && done.change_key)
                        fprintf(stderr, "ouderbrug retention: %s\n", change_key);
        }
        return r;
}

int cli_retention(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_(db_closep) struct db *db = NULL;
        struct call call = { 0 };
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r == 0)
                r = read_call(argc, argv, &call);
        if (r > 0)
                return r - 1;
        if (call.kinds) {
                print_kinds(&conf);
                return 0;
        }
        r = cli_open(&conf, "retention", 0, &db);
        if (r > 0)
                return r;
        /* What is printed is what goes: with --run it is listed first. */
        r = look(db, &conf, &call);
        if (r >= 0 && call.run) {
                r = run(db, &conf, &call);
                if (r >= 0)
                        r = db_empty_log(db);
                cli_note(&conf, db);
        }
        return r < 0 ? cli_fail("retention", 1, strerror(-r)) : 0;
}
