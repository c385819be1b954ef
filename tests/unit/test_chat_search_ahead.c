/* links: chat secret store text proto base */
/* A search in many conversations of a file that is not in memory: other readers read ahead of it, and it finds what it finds without them, whatever is
 * written and packed meanwhile. */
#include "chat/find/search.h"
#include "chat/find/search_ahead.h"
#include "chat/find/words.h"
#include "chat/member.h"
#include "chat/message.h"
#include "chat/person.h"
#include "chat/seal/keyring.h"
#include "chat/seal/seal.h"
#include "store/query.h"
#include "store/store.h"

#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { THREADS = 60, MESSAGES = 45 /* a block and a tail */, ROUNDS = 30 };

struct fixture {
        char folder[64], path[96], data[80];
        struct keyring *ring;
        struct store *store;
        sem_t woken;
        int64_t person, said;
        int done;
};

static void wake(void *arg)
{
        sem_post(&((struct fixture *)arg)->woken);
}

static void say(struct fixture *f, struct tx *tx, int64_t thread, const char *body)
{
        struct message_draft draft = { .thread = thread, .sender = f->person, .body = body, .language = "nl", .direction = DIRECTION_LTR };
        struct sent_shape sent;

        f->said++;
        memcpy(draft.client_id.bytes, &f->said, sizeof(f->said));
        draft.at_ms = 1000 + f->said;
        assert_int_equal(message_append(tx, NULL, &draft, &sent), 0);
}

static void put_names(struct query *q, const char *name, int n)
{
        for (int i = 0; i < n; i++)
                query_text(q, name);
}

static void make_school(struct fixture *f, struct tx *tx)
{
        struct query *q = query(tx, QUERY_roster_put_person);

        put_names(q, "visser", 5);
        query_text(q, "mentor");
        put_names(q, "nl", 2);
        query_null(q);
        query_text(q, "nl");
        assert_int_equal(query_run(q), 0);
        assert_int_equal(person_by_sourced_id(tx, "visser", &f->person), 0);
        for (int64_t thread = 1; thread <= THREADS; thread++) {
                struct member_draft draft = { .thread = thread, .person = f->person, .joined = JOINED_ROSTER, .reach = REACH_ALL };
                char name[16];
                int64_t id;

                snprintf(name, sizeof(name), "k%d", (int)thread);
                q = query(tx, QUERY_roster_put_pupil);
                put_names(q, name, 4);
                query_null(q);
                assert_int_equal(query_run(q), 0);
                q = query(tx, QUERY_roster_put_thread);
                query_int(q, thread);
                query_int(q, 1);
                query_text(q, name);
                assert_int_equal(query_run(q), 0);
                assert_int_equal(seal_make(tx, thread), 0);
                assert_int_equal(member_add(tx, NULL, &draft, &id), 0);
        }
        for (int i = 0; i < MESSAGES; i++)
                for (int64_t thread = 1; thread <= THREADS; thread++)
                        say(f, tx, thread, i % 9 == 0 ? "de bus komt vandaag later" : "de les begint om negen uur");
}

static int set_up(void **state)
{
        struct fixture *f = calloc(1, sizeof(*f));
        struct db_beside beside;
        struct db *db;
        struct tx *tx;

        if (!f)
                return -1;
        sem_init(&f->woken, 0, 0);
        snprintf(f->folder, sizeof(f->folder), "/tmp/ouderbrug-unit-XXXXXX");
        if (!mkdtemp(f->folder))
                return -1;
        snprintf(f->data, sizeof(f->data), "%s/data", f->folder);
        snprintf(f->path, sizeof(f->path), "%s/school.db", f->data);
        if (mkdir(f->data, 0700) < 0 || keyring_open(f->data, "", KEYRING_SERVE, &f->ring, NULL) < 0 ||
            keyring_open_school(f->ring, f->path, DB_CREATE, &db, NULL) < 0 || tx_begin(db, &tx) < 0)
                return -1;
        make_school(f, tx);
        assert_int_equal(tx_commit(tx), 0);
        db_close(db);
        beside = keyring_beside(f->ring);
        assert_int_equal(store_open(&(struct store_options){ .path = f->path, .beside = &beside, .readers = 3, .batch_max = 10, .queue_max = 100,
                                                             .wake = wake, .wake_arg = f }, &f->store, NULL), 0);
        *state = f;
        return 0;
}

static int tear_down(void **state)
{
        static const char *const files[] = { "data/school.db", "data/school.db-wal", "data/school.db-shm", "data/keys.db", "data.key" };
        struct fixture *f = *state;
        char path[160];

        store_close(f->store);
        keyring_close(f->ring);
        for (size_t i = 0; i < ELEMENTS(files); i++) {
                snprintf(path, sizeof(path), "%s/%s", f->folder, files[i]);
                unlink(path);
        }
        sem_destroy(&f->woken);
        assert_int_equal(rmdir(f->data), 0);
        assert_int_equal(rmdir(f->folder), 0);
        free(f);
        return 0;
}

/* ---- jobs */

struct asked {
        struct job job;
        struct fixture *f;
        int64_t cold_ms, limit;
        struct arena a;
        struct found_shape found;
        int result;
};

static int ask(struct job *job, struct tx *tx)
{
        struct asked *asked = CONTAINER_OF(job, struct asked, job);
        const struct search_query query = { .text = "bus later", .thread = -1, .limit = asked->limit, .time_ms = INT32_MAX, .cold_ms = asked->cold_ms };

        return search(tx, &asked->a, &(struct viewer){ .person = asked->f->person, .role = ROLE_MENTOR }, &query, &asked->found);
}

static void asked_done(struct job *job, int result)
{
        struct asked *asked = CONTAINER_OF(job, struct asked, job);

        asked->result = result;
        asked->f->done++;
}

static struct asked asking(struct fixture *f, int64_t cold_ms, int64_t limit)
{
        return (struct asked){ .job = { .run = ask, .done = asked_done }, .f = f, .cold_ms = cold_ms, .limit = limit, .a = ARENA(16 << 20), .result = -1 };
}

struct saying {
        struct job job;
        struct fixture *f;
};

static int say_some(struct job *job, struct tx *tx)
{
        struct saying *saying = CONTAINER_OF(job, struct saying, job);

        for (int64_t thread = 1; thread <= THREADS; thread++)
                say(saying->f, tx, thread, "tot morgen");
        return 0;
}

static void said(struct job *job, int result)
{
        assert_int_equal(result, 0);
        CONTAINER_OF(job, struct saying, job)->f->done++;
}

static void wait_for(struct fixture *f, int n)
{
        while (f->done < n) {
                sem_wait(&f->woken);
                store_drain(f->store);
        }
        f->done = 0;
}

static void assert_same(const struct found_shape *a, const struct found_shape *b)
{
        assert_int_equal(a->hits.n, b->hits.n);
        assert_int_equal(a->more, b->more);
        for (size_t i = 0; i < a->hits.n; i++) {
                assert_int_equal(a->hits.items[i].thread, b->hits.items[i].thread);
                assert_int_equal(a->hits.items[i].seq, b->hits.items[i].seq);
        }
}

/* Messages are added all the while: of the blocks that a search has seen some are joined to others and gone before they are read ahead. */
static void it_finds_the_same_with_others_ahead(void **state)
{
        enum { AT_ONCE = 3, ALL = THREADS * MESSAGES / 9 };
        struct fixture *f = *state;

        for (int round = 0; round < ROUNDS; round++) {
                int64_t limit = round % 2 ? 50 : ALL + 1;
                struct saying saying = { { .run = say_some, .done = said }, f };
                struct asked plain = asking(f, INT32_MAX, limit), cold[AT_ONCE];

                assert_int_equal(store_write(f->store, &saying.job), 0);
                for (int i = 0; i < AT_ONCE; i++) {
                        cold[i] = asking(f, 0, limit);
                        assert_int_equal(store_read(f->store, &cold[i].job), 0);
                }
                assert_int_equal(store_read(f->store, &plain.job), 0);
                wait_for(f, AT_ONCE + 2);
                assert_int_equal(plain.result, 0);
                assert_int_equal(plain.found.hits.n, limit < ALL ? limit : ALL);
                for (int i = 0; i < AT_ONCE; i++) {
                        assert_int_equal(cold[i].result, 0);
                        assert_same(&plain.found, &cold[i].found);
                        arena_done(&cold[i].a);
                }
                arena_done(&plain.a);
        }
}

/* ---- reading ahead by itself */

struct reading {
        struct job job;
        struct fixture *f;
        struct ahead ahead;
};

static int read_ahead(struct job *job, struct tx *tx)
{
        struct reading *reading = CONTAINER_OF(job, struct reading, job);
        _cleanup_(arena_done) struct arena a = ARENA(1 << 20);
        struct subscription *in;
        size_t n;
        int r;

        r = member_subscriptions(tx, &a, reading->f->person, &in, &n);
        if (r < 0)
                return r;
        reading->ahead.in = in;
        atomic_store(&reading->ahead.left, n);
        ahead_read(&reading->ahead, tx);
        return 0;
}

static void read_done(struct job *job, int result)
{
        assert_int_equal(result, 0);
        CONTAINER_OF(job, struct reading, job)->f->done++;
}

static void it_reads_to_the_end_and_stops_when_the_search_is_over(void **state)
{
        struct fixture *f = *state;
        struct reading all = { .job = { .run = read_ahead, .done = read_done }, .f = f }, over = all;

        atomic_store(&over.ahead.over, true);
        assert_int_equal(store_read(f->store, &all.job), 0);
        assert_int_equal(store_read(f->store, &over.job), 0);
        wait_for(f, 2);
        assert_int_equal(atomic_load(&all.ahead.left), 0);
        assert_int_equal(atomic_load(&over.ahead.left), THREADS);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(it_finds_the_same_with_others_ahead, set_up, tear_down),
                cmocka_unit_test_setup_teardown(it_reads_to_the_end_and_stops_when_the_search_is_over, set_up, tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
