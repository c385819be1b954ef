/* measure/search.c: a school of a million messages, kept and searched in three ways (ways.h), each with a file of its own. `tests/load search` runs it.
 *
 *   load_search --data FOLDER --corpus FILE [--messages N] [--threads N] [--queries N]
 *
 * The ways take turns, a commit of 100 messages or a query each, so that whatever else the machine does falls on all of them. Conversations have Zipf
 * sizes. A query is two words of one message, at random, of a conversation that its person is in: of one, of 25, of 500.
 */
#include "corpus.h"
#include "figures.h"
#include "ways.h"

#include "chat/find/search.h"
#include "chat/member.h"
#include "chat/seal/keyring.h"
#include "chat/seal/seal.h"
#include "secret/secret.h"
#include "store/query.h"
#include "store/store.h"
#include "text/text.h"

#include <fcntl.h>
#include <getopt.h>
#include <semaphore.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum {
        BATCH = 100,
        SENDERS = 200,
        NARROW = 50,    /* people in one conversation, and in 25 */
        WIDE = 12,      /* in 500 */
        FRESH = 200,
        COLD = 60,
        READERS = 4,    /* as the server has them */
        HOUR_MS = 3600 * 1000,
};
#define FIRST_MS INT64_C(1700000000000)

static struct {
        const char *data, *corpus;
        int64_t messages, threads, queries;
} options = { .messages = 1000 * 1000, .threads = 5000, .queries = 300 };

/* A school that is kept in one way. */
struct kept {
        const struct way *way;
        struct keyring *ring;
        char path[4096];
        struct db *writer, *reader;
        struct store *store;     /* with the readers that share a search; NULL where a way has none */
        int64_t wall_ns, cpu_ns; /* of writing */
        int64_t *ns;             /* of each query */
        size_t hits;
};

static struct {
        struct kept kept[WAYS];
        struct corpus corpus;
        double *up_to;  /* Zipf: the weight of threads up to this one */
        int64_t *sizes; /* messages of a thread, by its number */
        uint64_t random;
        sem_t woken;
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

static void make_school(struct kept *k)
{
        struct tx *tx;

        school.people = 0;
        school.random = 7;
        must(tx_begin(k->writer, &tx), "tx_begin");
        for (int64_t i = 1; i <= options.threads; i++)
                add_thread(tx, i);
        for (int i = 0; i < SENDERS; i++)
                add_person(tx);
        school.ones = add_viewers(tx, NARROW, 1);
        school.twenty_fives = add_viewers(tx, NARROW, 25);
        school.five_hundreds = add_viewers(tx, WIDE, 500);
        must(tx_commit(tx), "tx_commit");
        k->way->begin(k->writer);
}

static void open_schools(void)
{
        double sum = 0;

        school.up_to = calloc((size_t)options.threads + 1, sizeof(*school.up_to));
        school.sizes = calloc((size_t)options.threads + 1, sizeof(*school.sizes));
        if (!school.up_to || !school.sizes)
                give_up("out of memory");
        for (int64_t i = 1; i <= options.threads; i++)
                school.up_to[i] = sum += 1.0 / (double)i;
        for (int i = 0; i < WAYS; i++) {
                struct kept *k = &school.kept[i];
                char folder[2048], *why = NULL;

                k->way = &ways[i];
                k->ns = calloc((size_t)options.queries, sizeof(*k->ns));
                snprintf(folder, sizeof(folder), "%s/%s", options.data, k->way->name);
                snprintf(k->path, sizeof(k->path), "%s/school.db", folder);
                if (!k->ns || mkdir(folder, 0700) < 0 || keyring_open(folder, "", KEYRING_SERVE, &k->ring, &why) < 0 ||
                    keyring_open_school(k->ring, k->path, DB_CREATE, &k->writer, &why) < 0)
                        give_up("%s: %s", folder, why ?: "cannot be made");
                make_school(k);
        }
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

static int64_t cpu_ns(void)
{
        struct timespec t;

        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
        return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void write_batch(struct kept *k, struct prepared *batch, int n)
{
        int64_t began = now_ns(), cpu = cpu_ns();
        struct tx *tx;

        must(tx_begin(k->writer, &tx), "tx_begin");
        for (int i = 0; i < n; i++)
                k->way->add(tx, &batch[i].draft, batch[i].folded);
        must(tx_commit(tx), "tx_commit");
        k->wall_ns += now_ns() - began;
        k->cpu_ns += cpu_ns() - cpu;
}

static void way_figure(const struct kept *k, const char *name, double value, const char *unit)
{
        char line[64];

        snprintf(line, sizeof(line), "%s_%s", k->way->name, name);
        figure(line, value, unit);
}

static double file_mb(const char *path)
{
        struct stat s;

        return stat(path, &s) < 0 ? 0 : (double)s.st_size / 1e6;
}

/* Only what the writer does is on the clock: the text is folded before it. */
static void write_messages(void)
{
        static struct prepared batch[BATCH];
        int64_t folding = 0;

        for (int64_t i = 0; i < options.messages; i += BATCH) {
                for (int b = 0; b < BATCH; b++)
                        prepare(&batch[b], i + b, &folding);
                for (int w = 0; w < WAYS; w++)
                        write_batch(&school.kept[(w + i / BATCH) % WAYS], batch, BATCH);
                for (int b = 0; b < BATCH; b++)
                        free(batch[b].folded);
        }
        figure("fold", (double)folding / 1e3 / (double)options.messages, "us");
        for (int w = 0; w < WAYS; w++) {
                struct kept *k = &school.kept[w];

                way_figure(k, "messages", (double)options.messages * 1e9 / (double)k->wall_ns, "messages/s");
                way_figure(k, "writing", (double)k->cpu_ns / 1e3 / (double)options.messages, "us of processor a message");
                /* Closed once, so that all of it is in one file. */
                k->way->end();
                db_close(k->writer);
                way_figure(k, "file", file_mb(k->path), "MB");
        }
}

/* ---- queries */

static void woken(_unused_ void *arg)
{
        sem_post(&school.woken);
}

static void open_reader(struct kept *k)
{
        struct db_beside beside = keyring_beside(k->ring);
        const struct store_options settings = {
                .path = k->path, .beside = &beside, .readers = READERS, .batch_max = 1, .queue_max = 100, .wake = woken
        };

        must(db_open_as(k->path, DB_SCHOOL, DB_READ, &beside, &k->reader, NULL), "db_open_as");
        if (k->way->spreads)
                must(store_open(&settings, &k->store, NULL), "store_open");
}

static void close_reader(struct kept *k)
{
        k->way->end();
        if (k->store) {
                store_stop(k->store);
                store_drain(k->store);
                store_close(TAKE(k->store));
        }
        db_close(TAKE(k->reader));
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

static void percentiles(const struct kept *k, const char *name, int64_t *ns, size_t n)
{
        char line[64];

        qsort(ns, n, sizeof(*ns), compare_times);
        snprintf(line, sizeof(line), "%s_p50", name);
        way_figure(k, line, (double)ns[n / 2] / 1e6, "ms");
        snprintf(line, sizeof(line), "%s_p95", name);
        way_figure(k, line, (double)ns[n * 95 / 100] / 1e6, "ms");
}

struct asked {
        struct job job;
        const struct way *way;
        int64_t person;
        const char *words;
        int64_t time_ms;
        size_t hits;
        int64_t ns;
};

static int ask(struct job *job, struct tx *tx)
{
        struct asked *asked = CONTAINER_OF(job, struct asked, job);
        struct hit_shape newest;
        int64_t began = now_ns();

        asked->hits = asked->way->search(tx, asked->person, asked->words, asked->time_ms, &newest);
        asked->ns = now_ns() - began;
        return 0;
}

static void asked_done(_unused_ struct job *job, int result)
{
        must(result, "a search");
}

static int64_t search_once(struct kept *k, int64_t person, const char *words, int64_t time_ms, size_t *hits)
{
        struct asked asked = { .job = { .run = ask, .done = asked_done }, .way = k->way, .person = person, .words = words, .time_ms = time_ms };
        struct tx *tx;

        if (k->store) {
                must(store_read(k->store, &asked.job), "store_read");
                while (store_drain(k->store) == 0)
                        sem_wait(&school.woken);
        } else {
                must(tx_begin(k->reader, &tx), "tx_begin");
                ask(&asked.job, tx);
                tx_rollback(tx);
        }
        *hits = asked.hits;
        return asked.ns;
}

/* Who asks for what: the same for every way. */
static int64_t choose_query(int64_t first, int people, char *words, size_t room)
{
        int64_t person = first + (int64_t)below((uint64_t)people);
        struct tx *tx;

        must(tx_begin(school.kept[WAY_ROWS].reader, &tx), "tx_begin");
        choose_words(tx, person, words, room);
        tx_rollback(tx);
        return person;
}

/* As a server that runs: the connection and its cache stay. */
static void search_warm(const char *name, int64_t first, int people)
{
        char words[512], line[64];

        for (int64_t i = -(options.queries / 4); i < options.queries; i++) {
                int64_t person = choose_query(first, people, words, sizeof(words));

                for (int w = WAY_FTS; w < WAYS; w++) {
                        size_t hits;
                        int64_t ns = search_once(&school.kept[w], person, words, WAYS_ALL_MS, &hits);

                        if (i < 0)
                                continue;
                        school.kept[w].ns[i] = ns;
                        school.kept[w].hits += hits;
                }
        }
        for (int w = WAY_FTS; w < WAYS; w++) {
                struct kept *k = &school.kept[w];

                percentiles(k, name, k->ns, (size_t)options.queries);
                snprintf(line, sizeof(line), "%s_hits", name);
                way_figure(k, line, (double)k->hits / (double)options.queries, "hits");
                k->hits = 0;
        }
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
static void search_cold(const char *name, int64_t first, int people, int64_t time_ms)
{
        for (int i = 0; i < COLD; i++) {
                char words[512];
                int64_t person = choose_query(first, people, words, sizeof(words));

                for (int w = WAY_FTS; w < WAYS; w++) {
                        struct kept *k = &school.kept[w];
                        size_t hits;

                        close_reader(k);
                        forget(k->path);
                        open_reader(k);
                        k->ns[i] = search_once(k, person, words, time_ms, &hits);
                }
        }
        for (int w = WAY_FTS; w < WAYS; w++)
                percentiles(&school.kept[w], name, school.kept[w].ns, COLD);
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
static void search_fresh(struct kept *k)
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

                must(tx_begin(k->reader, &tx), "tx_begin");
                must(member_subscriptions(tx, &a, person, &in, &n), "member_subscriptions");
                tx_rollback(tx);
                prepare(&p, options.messages + i, &fold_ns);
                school.sizes[p.draft.thread]--;
                p.draft.thread = in[0].thread;
                school.sizes[p.draft.thread]++;
                write_batch(k, &p, 1);

                first_words(p.folded);
                must(tx_begin(k->reader, &tx), "tx_begin");
                if (k->way->search(tx, person, p.folded, WAYS_ALL_MS, &newest) == 0 || newest.thread != p.draft.thread || newest.seq != school.sizes[p.draft.thread])
                        give_up("a message that is committed is not found by the next query");
                tx_rollback(tx);
                free(p.folded);
        }
        way_figure(k, "fresh", FRESH, "of 200 found by the next query");
}

/* --NAME VALUE in options; false: no such option. */
static bool take_option(const char *name, const char *value)
{
        if (strcmp(name, "data") == 0)
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
        char *why = NULL;

        for (int i = 1; i + 1 < argc; i += 2)
                if (strncmp(argv[i], "--", 2) != 0 || !take_option(argv[i] + 2, argv[i + 1]))
                        give_up("unknown: %s", argv[i]);
        if (!options.data || !options.corpus || options.messages < BATCH || options.threads < 600 || options.queries < COLD)
                give_up("load_search --data FOLDER --corpus FILE; at least 100 messages, 600 threads and 20 queries");
        corpus_read(options.corpus, &school.corpus);
        must(secret_init(), "secret_init");
        sem_init(&school.woken, 0, 0);
        open_schools();
        write_messages();
        for (int w = 0; w < WAYS; w++)
                open_reader(&school.kept[w]);
        search_warm("1", school.ones, NARROW);
        search_warm("25", school.twenty_fives, NARROW);
        search_warm("500", school.five_hundreds, WIDE);
        search_cold("cold500", school.five_hundreds, WIDE, WAYS_ALL_MS);
        search_cold("cold500_asked", school.five_hundreds, WIDE, SEARCH_TIME_MS); /* as the app is answered, which then asks for the rest */
        must(keyring_open_school(school.kept[WAY_SEALED].ring, school.kept[WAY_SEALED].path, DB_WRITE, &school.kept[WAY_SEALED].writer, &why),
             "keyring_open_school");
        search_fresh(&school.kept[WAY_SEALED]);
        for (int w = 0; w < WAYS; w++) {
                close_reader(&school.kept[w]);
                keyring_close(school.kept[w].ring);
        }
        db_close(school.kept[WAY_SEALED].writer);
        return 0;
}
