/* measure/search.c: a school of a million messages, kept and searched in one of three ways (ways.h). `tests/load search` runs each and compares.
 *
 *   search --way WAY --data FOLDER --corpus FILE [--messages N] [--threads N] [--queries N]
 *
 * Messages go in 100 a commit; conversations have Zipf sizes. A query is two words of one message, at random, of a conversation that its person
 * is in: of one, of 25, of 500.
 */
#include "corpus.h"
#include "figures.h"
#include "ways.h"

#include "chat/keyring.h"
#include "chat/member.h"
#include "chat/seal.h"
#include "secret/secret.h"
#include "store/query.h"
#include "text/text.h"

#include <fcntl.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
        BATCH = 100,
        SENDERS = 200,
        NARROW = 50,    /* people in one conversation, and in 25 */
        WIDE = 12,      /* in 500 */
        FRESH = 200,
        COLD = 20,
        HOUR_MS = 3600 * 1000,
};
#define FIRST_MS INT64_C(1700000000000)

static struct {
        const char *data, *corpus;
        int64_t messages, threads, queries;
} options = { .messages = 1000 * 1000, .threads = 5000, .queries = 300 };

static struct {
        const struct way *way;
        struct corpus corpus;
        struct keyring *ring;
        char path[4096];
        double *up_to;  /* Zipf: the weight of threads up to this one */
        int64_t *sizes; /* messages of a thread, by its number */
        uint64_t random;
        int64_t people;
        int64_t ones, twenty_fives, five_hundreds; /* the first person of each kind */
} school;

static void must(int r, const char *what)
{
        if (r < 0)
                give_up("%s: error %d", what, -r);
}

static uint64_t below(uint64_t n)
{
        return corpus_random(&school.random) % n;
}

/* ---- the school */

static int64_t add_person(struct tx *tx)
{
        struct query *q = query(tx, QUERY_roster_put_person);
        char id[32];

        snprintf(id, sizeof(id), "p%lld", (long long)++school.people);
        query_text(q, id);
        for (int i = 0; i < 4; i++)
                query_text(q, id);
        query_text(q, "mentor");
        query_text(q, "nl");
        query_text(q, "nl");
        query_null(q);
        query_text(q, "nl");
        must(query_run(q), "roster_put_person");
        return school.people;
}

static void add_thread(struct tx *tx, int64_t thread)
{
        struct query *q = query(tx, QUERY_roster_put_pupil);
        char id[32];

        snprintf(id, sizeof(id), "k%lld", (long long)thread);
        for (int i = 0; i < 4; i++)
                query_text(q, id);
        query_null(q);
        must(query_run(q), "roster_put_pupil");
        q = query(tx, QUERY_roster_put_thread);
        query_int(q, thread);
        query_int(q, FIRST_MS);
        query_text(q, id);
        must(query_run(q), "roster_put_thread");
        must(seal_make(tx, thread), "seal_make");
}

static int64_t add_viewers(struct tx *tx, int n, int64_t threads)
{
        int64_t first = school.people + 1;

        for (int i = 0; i < n; i++) {
                int64_t person = add_person(tx), id;

                for (int64_t in = 0; in < threads && in < options.threads;) {
                        struct member_draft draft = { .thread = 1 + (int64_t)below((uint64_t)options.threads), .person = person,
                                                      .joined = JOINED_ROSTER, .reach = REACH_ALL };

                        in += member_add(tx, NULL, &draft, &id) == 0;
                }
        }
        return first;
}

static void make_school(struct db *db)
{
        struct tx *tx;
        double sum = 0;

        school.up_to = calloc((size_t)options.threads + 1, sizeof(*school.up_to));
        school.sizes = calloc((size_t)options.threads + 1, sizeof(*school.sizes));
        if (!school.up_to || !school.sizes)
                give_up("out of memory");
        must(tx_begin(db, &tx), "tx_begin");
        for (int64_t i = 1; i <= options.threads; i++) {
                add_thread(tx, i);
                school.up_to[i] = sum += 1.0 / (double)i;
        }
        for (int i = 0; i < SENDERS; i++)
                add_person(tx);
        school.ones = add_viewers(tx, NARROW, 1);
        school.twenty_fives = add_viewers(tx, NARROW, 25);
        school.five_hundreds = add_viewers(tx, WIDE, 500);
        must(tx_commit(tx), "tx_commit");
        school.way->begin(db);
}

/* ---- messages */

struct prepared {
        struct message_draft draft;
        char body[CORPUS_TEXT_MAX];
        char *folded;
};

static int64_t choose_thread(void)
{
        double at = (double)(below(UINT64_C(1) << 53)) / (double)(UINT64_C(1) << 53) * school.up_to[options.threads];
        int64_t low = 1, high = options.threads;

        while (low < high) {
                int64_t middle = (low + high) / 2;

                if (school.up_to[middle] < at)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

/* client ids as version 7 makes them: in the order of time */
static void prepare(struct prepared *p, int64_t i, int64_t *fold_ns)
{
        int64_t thread = choose_thread(), began;
        uint64_t low = below(UINT64_MAX);

        p->draft = (struct message_draft){ .thread = thread, .sender = 1 + (int64_t)below(SENDERS), .body = p->body,
                                           .direction = DIRECTION_LTR, .at_ms = FIRST_MS + i * 1000 };
        p->draft.language = corpus_message(&school.corpus, thread, ++school.sizes[thread], p->body);
        for (int b = 0; b < 8; b++) {
                p->draft.client_id.bytes[b] = (uint8_t)(i >> (8 * (7 - b)));
                p->draft.client_id.bytes[8 + b] = (uint8_t)(low >> (8 * b));
        }
        began = now_ns();
        must(text_fold(p->body, &p->folded), "text_fold");
        *fold_ns += now_ns() - began;
}

/* Only what the writer does is on the clock: the text is folded before it. */
static void write_messages(struct db *db)
{
        static struct prepared batch[BATCH];
        int64_t writing = 0, folding = 0;

        for (int64_t i = 0; i < options.messages; i += BATCH) {
                struct tx *tx;
                int64_t began;

                for (int b = 0; b < BATCH; b++)
                        prepare(&batch[b], i + b, &folding);
                began = now_ns();
                must(tx_begin(db, &tx), "tx_begin");
                for (int b = 0; b < BATCH; b++)
                        school.way->add(tx, &batch[b].draft, batch[b].folded);
                must(tx_commit(tx), "tx_commit");
                writing += now_ns() - began;
                for (int b = 0; b < BATCH; b++)
                        free(batch[b].folded);
        }
        figure("messages", (double)options.messages * 1e9 / (double)writing, "messages/s");
        figure("fold", (double)folding / 1e3 / (double)options.messages, "us");
}

/* ---- queries */

static struct db *open_reader(void)
{
        struct db_beside beside = keyring_beside(school.ring);
        struct db *db;

        must(db_open_as(school.path, DB_SCHOOL, DB_READ, &beside, &db, NULL), "db_open_as");
        return db;
}

/* Two words of a message that this person may see. */
static void choose_words(struct tx *tx, int64_t person, char *ret, size_t room)
{
        _cleanup_(text_words_done) struct text_words words = { 0 };
        _cleanup_(arena_done) struct arena a = ARENA(1 << 20);
        char body[CORPUS_TEXT_MAX];
        struct subscription *in;
        int64_t thread;
        size_t n, i, j;

        must(member_subscriptions(tx, &a, person, &in, &n), "member_subscriptions");
        do
                thread = in[below(n)].thread;
        while (school.sizes[thread] == 0 && n > 1);
        corpus_message(&school.corpus, thread, 1 + (int64_t)below((uint64_t)(school.sizes[thread] ?: 1)), body);
        must(text_words(body, &words), "text_words");
        i = below(words.n);
        j = (i + 1 + below(words.n - 1)) % words.n;
        snprintf(ret, room, "%.*s %.*s", (int)words.list[i].n, words.list[i].folded, (int)words.list[j].n, words.list[j].folded);
}

static int compare_times(const void *a, const void *b)
{
        int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

        return x < y ? -1 : x > y;
}

static void percentiles(const char *name, int64_t *ns, size_t n)
{
        char line[64];

        qsort(ns, n, sizeof(*ns), compare_times);
        snprintf(line, sizeof(line), "%s_p50", name);
        figure(line, (double)ns[n / 2] / 1e6, "ms");
        snprintf(line, sizeof(line), "%s_p95", name);
        figure(line, (double)ns[n * 95 / 100] / 1e6, "ms");
}

/* As a server that runs: the connection and its cache stay. */
static void search_warm(struct db *db, const char *name, int64_t first, int people, int64_t queries)
{
        int64_t *ns = calloc((size_t)queries, sizeof(*ns));
        char line[64];
        size_t hits = 0;

        for (int64_t i = -(queries / 4); ns && i < queries; i++) {
                int64_t person = first + (int64_t)below((uint64_t)people), began;
                struct hit_shape newest;
                char words[512];
                struct tx *tx;
                size_t n;

                must(tx_begin(db, &tx), "tx_begin");
                choose_words(tx, person, words, sizeof(words));
                began = now_ns();
                n = school.way->search(tx, person, words, &newest);
                if (i >= 0) {
                        ns[i] = now_ns() - began;
                        hits += n;
                }
                tx_rollback(tx);
        }
        percentiles(name, ns, (size_t)queries);
        snprintf(line, sizeof(line), "%s_hits", name);
        figure(line, (double)hits / (double)queries, "hits");
        free(ns);
}

static void forget(const char *path)
{
        int fd = open(path, O_RDONLY | O_CLOEXEC);

        if (fd < 0)
                return;
        fdatasync(fd);
        posix_fadvise(fd, 0, 0, POSIX_FADV_DONTNEED);
        close(fd);
}

/* A new connection, and nothing of the file in memory: neither ours nor the system's. */
static void search_cold(const char *name, int64_t first, int people)
{
        int64_t ns[COLD];

        for (int i = 0; i < COLD; i++) {
                int64_t person = first + (int64_t)below((uint64_t)people), began;
                struct hit_shape newest;
                char words[512];
                struct db *db;
                struct tx *tx;

                db = open_reader();
                must(tx_begin(db, &tx), "tx_begin");
                choose_words(tx, person, words, sizeof(words));
                tx_rollback(tx);
                db_close(db);
                forget(school.path);

                db = open_reader();
                began = now_ns();
                must(tx_begin(db, &tx), "tx_begin");
                school.way->search(tx, person, words, &newest);
                ns[i] = now_ns() - began;
                tx_rollback(tx);
                school.way->end();
                db_close(db);
        }
        percentiles(name, ns, COLD);
}

static void first_words(char *folded)
{
        for (int i = 0; i < 3; i++) {
                folded += strcspn(folded, " ");
                folded += i < 2 && *folded != '\0';
        }
        *folded = '\0';
}

/* What is committed is found by the next query: every time, or there are no figures. */
static void search_fresh(struct db *writer, struct db *reader)
{
        int64_t fold_ns = 0;

        for (int64_t i = 0; i < FRESH; i++) {
                int64_t person = school.ones + (int64_t)below(NARROW);
                _cleanup_(arena_done) struct arena a = ARENA(1 << 20);
                static struct prepared p;
                struct subscription *in;
                struct hit_shape newest;
                struct tx *tx;
                size_t n;

                prepare(&p, options.messages + i, &fold_ns);
                must(tx_begin(writer, &tx), "tx_begin");
                must(member_subscriptions(tx, &a, person, &in, &n), "member_subscriptions");
                school.sizes[p.draft.thread]--;
                p.draft.thread = in[0].thread;
                school.sizes[p.draft.thread]++;
                school.way->add(tx, &p.draft, p.folded);
                must(tx_commit(tx), "tx_commit");

                must(tx_begin(reader, &tx), "tx_begin");
                first_words(p.folded);
                if (school.way->search(tx, person, p.folded, &newest) == 0 || newest.thread != p.draft.thread || newest.seq != school.sizes[p.draft.thread])
                        give_up("a message that is committed is not found by the next query");
                tx_rollback(tx);
                free(p.folded);
        }
        figure("fresh", FRESH, "of 200 found by the next query");
}

static double file_mb(const char *path)
{
        struct stat s;

        return stat(path, &s) < 0 ? 0 : (double)s.st_size / 1e6;
}

/* --NAME VALUE in options; false: no such option. */
static bool take_option(const char *name, const char *value)
{
        if (strcmp(name, "way") == 0)
                school.way = way_find(value);
        else if (strcmp(name, "data") == 0)
                options.data = value;
        else if (strcmp(name, "corpus") == 0)
                options.corpus = value;
        else if (strcmp(name, "messages") == 0)
                options.messages = strtoll(value, NULL, 10);
        else if (strcmp(name, "threads") == 0)
                options.threads = strtoll(value, NULL, 10);
        else if (strcmp(name, "queries") == 0)
                options.queries = strtoll(value, NULL, 10);
        else
                return false;
        return true;
}

int main(int argc, char **argv)
{
        struct db *writer, *reader;
        char *why = NULL;

        for (int i = 1; i + 1 < argc; i += 2)
                if (strncmp(argv[i], "--", 2) != 0 || !take_option(argv[i] + 2, argv[i + 1]))
                        give_up("unknown: %s", argv[i]);
        if (!school.way || !options.data || !options.corpus || options.messages < BATCH || options.threads < 600 || options.queries < 20)
                give_up("search --way sealed|rows|fts --data FOLDER --corpus FILE; at least 600 threads and 20 queries");
        school.random = 7;
        corpus_read(options.corpus, &school.corpus);
        must(secret_init(), "secret_init");
        snprintf(school.path, sizeof(school.path), "%s/school.db", options.data);
        if (keyring_open(options.data, "", KEYRING_SERVE, &school.ring, &why) < 0 ||
            keyring_open_school(school.ring, school.path, DB_CREATE, &writer, &why) < 0)
                give_up("%s", why);

        make_school(writer);
        write_messages(writer);
        /* Closed once, so that all of it is in one file. */
        school.way->end();
        db_close(writer);
        figure("file", file_mb(school.path), "MB");
        if (school.way->search) {
                reader = open_reader();
                search_warm(reader, "1", school.ones, NARROW, options.queries);
                search_warm(reader, "25", school.twenty_fives, NARROW, options.queries);
                search_warm(reader, "500", school.five_hundreds, WIDE, options.queries);
                school.way->end();
                search_cold("cold500", school.five_hundreds, WIDE);
                must(keyring_open_school(school.ring, school.path, DB_WRITE, &writer, &why), "keyring_open_school");
                search_fresh(writer, reader);
                school.way->end();
                db_close(reader);
                db_close(writer);
        }
        keyring_close(school.ring);
        return 0;
}
