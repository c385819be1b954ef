/* cli/audit.c: the audit log for the privacy officer: is it whole, and what does it say. Ids only, unless names are asked for on a terminal's
 * own risk; what people wrote is not in it. */
#include "base/clock.h"
#include "chat/audit/audit_head.h"
#include "chat/person.h"
#include "chat/thread.h"
#include "cli/cli.h"
#include "conf/conf.h"
#include "store/db.h"

#include <errno.h>
#include <time.h>

struct listing {
        struct tx *tx;
        const char *person_key, *pupil_key;
        int64_t person, thread, since_ms;
        bool names;
};

static const char *usage = "say verify [--head \"ROW HASH\"] or list [--person KEY] [--pupil KEY] [--since YYYY-MM-DD] [--names]; see --help";

static int verify(const struct conf *conf, struct tx *tx, const char *head)
{
        struct audit_head noted = { 0 }, last = { 0 };
        char line[AUDIT_HEAD_TEXT + 1];
        const char *why = NULL;
        int64_t bad = 0;
        int r;

        r = head ? audit_head_read(head, &noted) : audit_head_load(conf->data, &noted);
        if (r == -EINVAL)
                return cli_fail("audit", 2, "--head takes a line that verify printed: ROW HASH");
        if (r < 0 && r != -ENOENT)
                return cli_fail("audit", 1, "audit.head in the data folder cannot be read");
        if (r == 0)
                r = audit_verify(tx, &noted, &bad, &why, &last);
        else
                r = audit_verify(tx, &(struct audit_head){ 0 }, &bad, &why, &last);
        if (r < 0)
                return cli_fail("audit", 1, strerror(-r));
        if (bad > 0) {
                fprintf(stderr, "ouderbrug audit: row %lld: %s\n", (long long)bad, why);
                return 1;
        }
        if (noted.id == 0 && last.id > 0)
                return cli_fail("audit", 1, "audit.head is not in the data folder: each row fits the one before, but nothing says where the log ended");
        audit_head_write(&last, line);
        printf("%s\n", line);
        return 0;
}

static void print_time(int64_t at_ms)
{
        time_t at = (time_t)(at_ms / 1000);
        char text[32];
        struct tm tm;

        if (!gmtime_r(&at, &tm) || strftime(text, sizeof(text), "%Y-%m-%dT%H:%M:%S", &tm) == 0)
                text[0] = '\0';
        printf("%s.%03dZ", text, (int)(at_ms % 1000));
}

static int print_person(const struct listing *l, int64_t id)
{
        _cleanup_(arena_done) struct arena a = ARENA(1024 * 1024);
        struct person_shape person;
        int r;

        printf("\t%lld", (long long)id);
        if (!l->names || id == 0)
                return 0;
        r = person_load(l->tx, &a, id, NULL, &person);
        if (r >= 0)
                printf(" %s", person.name);
        return r == -ENOENT ? 0 : r;
}

static int print_row(void *arg, int64_t id, const struct audit *row)
{
        const struct listing *l = arg;
        int r;

        if (row->at_ms < l->since_ms || (l->person > 0 && row->actor != l->person && row->person != l->person) ||
            (l->thread > 0 && row->thread != l->thread))
                return 0;
        printf("%lld\t", (long long)id);
        print_time(row->at_ms);
        r = print_person(l, row->actor);
        if (r < 0)
                return r;
        printf("\t%s\t%s\t%lld\t%lld", row->deed, row->saw ? "saw" : "did", (long long)row->thread, (long long)row->seq);
        r = print_person(l, row->person);
        if (r < 0)
                return r;
        printf("\t%lld\t%lld\n", (long long)row->pupil, (long long)row->n);
        return 0;
}

static int list(struct listing *l)
{
        int r = 0;

        if (l->person_key)
                r = person_by_sourced_id(l->tx, l->person_key, &l->person);
        if (r >= 0 && l->pupil_key)
                r = thread_by_pupil(l->tx, l->pupil_key, &l->thread);
        if (r == -ENOENT)
                return cli_fail("audit", 1, "the roster has nobody of that key");
        printf("row\tat\tactor\tdeed\twhat\tthread\tseq\tperson\tpupil\tn\n");
        if (r >= 0)
                r = audit_each(l->tx, 0, print_row, l);
        return r < 0 ? cli_fail("audit", 1, strerror(-r)) : 0;
}

static int day(const char *text, int64_t *ret)
{
        struct tm tm = { .tm_isdst = -1 };
        const char *end = strptime(text, "%Y-%m-%d", &tm);

        if (!end || *end)
                return -EINVAL;
        *ret = (int64_t)mktime(&tm) * 1000;
        return 0;
}

static int read_call(int argc, char **argv, struct listing *l, const char **head)
{
        for (int i = 2; i < argc; i++) {
                const char *value = i + 1 < argc ? argv[i + 1] : NULL;

                if (strcmp(argv[i], "--names") == 0) {
                        l->names = true;
                        continue;
                }
                if (!value)
                        return -EINVAL;
                if (strcmp(argv[i], "--head") == 0)
                        *head = value;
                else if (strcmp(argv[i], "--person") == 0)
                        l->person_key = value;
                else if (strcmp(argv[i], "--pupil") == 0)
                        l->pupil_key = value;
                else if (strcmp(argv[i], "--since") != 0 || day(value, &l->since_ms) < 0)
                        return -EINVAL;
                i++;
        }
        return 0;
}

/* Who looks at the log is in it too. Returns 0 or an exit status. */
static int put_on_record(const struct conf *conf, bool names)
{
        _cleanup_(db_closep) struct db *db = NULL;
        int r;

        r = cli_open(conf, "audit", 0, &db);
        if (r > 0)
                return r;
        r = cli_record(conf, db, &(struct audit){ .deed = DEED_AUDIT_LISTED, .saw = true, .n = names });
        return r < 0 ? cli_fail("audit", 1, strerror(-r)) : 0;
}

int cli_audit(int argc, char **argv)
{
        _cleanup_(conf_done) struct conf conf = { 0 };
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        _cleanup_free_ char *path = NULL, *why = NULL;
        struct listing l = { 0 };
        const char *head = NULL;
        bool lists;
        int r;

        r = cli_conf(&conf, &argc, argv);
        if (r > 0)
                return r - 1;
        lists = argc > 1 && strcmp(argv[1], "list") == 0;
        if ((!lists && (argc < 2 || strcmp(argv[1], "verify") != 0)) || read_call(argc, argv, &l, &head) < 0)
                return cli_fail("audit", 2, usage);
        r = lists ? put_on_record(&conf, l.names) : 0;
        if (r > 0)
                return r;
        if (asprintf(&path, "%s/school.db", conf.data) < 0)
                return cli_fail("audit", 1, NULL);
        /* Read from a snapshot: a school that is served goes on meanwhile. */
        r = db_open(path, DB_READ, &db, &why);
        if (r < 0)
                return cli_fail("audit", 1, why ? why : strerror(-r));
        r = tx_begin(db, &tx);
        if (r < 0)
                return cli_fail("audit", 1, strerror(-r));
        l.tx = tx;
        return lists ? list(&l) : verify(&conf, tx, head);
}
