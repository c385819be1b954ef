/* links: store base */
/* Jobs in, results out: in order, in groups, each on its own feet, and what was answered is on disk. */
#include "store/query.h"
#include "store/spread.h"
#include "store/store.h"

#include <errno.h>
#include <fcntl.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { JOBS_MAX = 600 };

struct fixture {
        char folder[64];
        char path[128];
        struct store *store;
        sem_t woken;
};

struct test_job {
        struct job job;
        struct fixture *f;
        int number;
        int adds;           /* events it adds */
        size_t pad;         /* bytes of each, about */
        int gives;          /* what run() gives in the end */
        sem_t *tells;       /* that it has begun */
        sem_t *waits_for;   /* before it does anything */
        bool looks;         /* what a new reader sees meanwhile: */
        int64_t saw;
        int result;
        int done_as;        /* its place among those that were done; 0: not yet */
};

static int done_n;

static void wake(void *arg)
{
        sem_post(&((struct fixture *)arg)->woken);
}

static int set_up(void **state)
{
        struct fixture *f = calloc(1, sizeof(*f));

        if (!f)
                return -1;
        snprintf(f->folder, sizeof(f->folder), "/tmp/ouderbrug-unit-XXXXXX");
        if (!mkdtemp(f->folder))
                return -1;
        snprintf(f->path, sizeof(f->path), "%s/school.db", f->folder);
        sem_init(&f->woken, 0, 0);
        done_n = 0;
        *state = f;
        return 0;
}

static int tear_down(void **state)
{
        struct fixture *f = *state;
        const char *const ends[] = { "", "-wal", "-shm" };
        char path[160];

        store_close(f->store);
        for (size_t i = 0; i < ELEMENTS(ends); i++) {
                snprintf(path, sizeof(path), "%s%s", f->path, ends[i]);
                unlink(path);
        }
        rmdir(f->folder);
        sem_destroy(&f->woken);
        free(f);
        return 0;
}

static void open_store(struct fixture *f, int batch_max, int queue_max)
{
        _cleanup_free_ char *why = NULL;
        struct store_options options = {
                .path = f->path, .readers = 2, .batch_max = batch_max, .queue_max = queue_max, .wake = wake, .wake_arg = f
        };

        if (store_open(&options, &f->store, &why) < 0)
                fail_msg("%s", why ?: "the store does not open");
}

/* The newest event as a connection of its own sees it. */
static int64_t last_on_disk(const char *path)
{
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_(tx_rollbackp) struct tx *tx = NULL;
        _cleanup_(query_endp) struct query *q = NULL;

        if (db_open(path, DB_READ, &db, NULL) < 0 || tx_begin(db, &tx) < 0)
                return -1;
        q = query(tx, QUERY_event_last);
        return query_row(q) == 1 ? query_get_int(q, 0) : -1;
}

static int add_event(struct tx *tx, int n, const char *kind)
{
        struct query *q = query(tx, QUERY_event_add);

        query_text(q, kind);
        for (int i = 0; i < 3; i++)
                query_int(q, 0);
        query_int(q, n);
        query_int(q, 0);
        return query_run(q);
}

static int run(struct job *job, struct tx *tx)
{
        struct test_job *t = CONTAINER_OF(job, struct test_job, job);
        _cleanup_free_ char *kind = calloc(1, t->pad + 1);
        int r = 0;

        if (!kind)
                return -ENOMEM;
        memset(kind, 'x', t->pad);
        if (t->tells)
                sem_post(t->tells);
        if (t->waits_for)
                sem_wait(t->waits_for);
        for (int i = 0; r >= 0 && i < t->adds; i++)
                r = add_event(tx, t->number, kind);
        if (t->looks)
                t->saw = last_on_disk(t->f->path);
        return r < 0 ? r : t->gives;
}

static void done(struct job *job, int result)
{
        struct test_job *t = CONTAINER_OF(job, struct test_job, job);

        t->result = result;
        t->done_as = ++done_n;
}

static void give(struct fixture *f, struct test_job *t, int number)
{
        t->f = f;
        t->number = number;
        t->job.run = run;
        t->job.done = done;
        assert_int_equal(store_write(f->store, &t->job), 0);
}

/* Gives a job that keeps the writer busy until the gate opens: what is given meanwhile is one group. */
static void hold(struct fixture *f, struct test_job *t, sem_t *gate, sem_t *begun)
{
        sem_init(gate, 0, 0);
        sem_init(begun, 0, 0);
        t->waits_for = gate;
        t->tells = begun;
        give(f, t, 0);
        sem_wait(begun);
}

static void wait_for(struct fixture *f, int n)
{
        while (done_n < n) {
                sem_wait(&f->woken);
                store_drain(f->store);
        }
        assert_int_equal(done_n, n);
}

static void results_come_in_the_order_of_the_jobs_and_are_on_disk(void **state)
{
        struct fixture *f = *state;
        static struct test_job jobs[JOBS_MAX];

        memset(jobs, 0, sizeof(jobs));
        open_store(f, 64, 1000);
        for (int i = 0; i < JOBS_MAX; i++) {
                jobs[i].adds = 1;
                give(f, &jobs[i], i);
        }
        wait_for(f, JOBS_MAX);
        for (int i = 0; i < JOBS_MAX; i++) {
                assert_int_equal(jobs[i].result, 0);
                assert_int_equal(jobs[i].done_as, i + 1);
        }
        assert_int_equal(last_on_disk(f->path), JOBS_MAX);
}

static void what_queued_up_is_one_transaction_and_nobody_sees_half_of_it(void **state)
{
        struct fixture *f = *state;
        struct test_job first = { .adds = 1 }, group[10] = { 0 };
        sem_t gate, begun;

        open_store(f, 512, 1000);
        hold(f, &first, &gate, &begun);
        for (int i = 0; i < 10; i++) {
                group[i].adds = 1;
                group[i].looks = true;
                give(f, &group[i], i + 1);
        }
        sem_post(&gate);
        wait_for(f, 11);
        for (int i = 0; i < 10; i++)
                assert_int_equal(group[i].saw, 1);
        assert_int_equal(last_on_disk(f->path), 11);
        sem_destroy(&gate);
        sem_destroy(&begun);
}

static void a_job_that_fails_undoes_only_itself(void **state)
{
        struct fixture *f = *state;
        struct test_job jobs[9] = { 0 };

        open_store(f, 512, 1000);
        for (int i = 0; i < 9; i++) {
                jobs[i].adds = 2;
                jobs[i].gives = i % 3 == 1 ? -ECANCELED : i;
                give(f, &jobs[i], i);
        }
        wait_for(f, 9);
        for (int i = 0; i < 9; i++)
                assert_int_equal(jobs[i].result, i % 3 == 1 ? -ECANCELED : i);
        assert_int_equal(last_on_disk(f->path), 12);
}

static void a_group_that_cannot_be_written_is_refused_as_a_whole_and_the_next_is_fine(void **state)
{
        struct fixture *f = *state;
        struct test_job fine = { .adds = 1 }, group[5] = { 0 }, after = { .adds = 1 }, first = { .adds = 1 };
        struct rlimit usual, tight;
        sem_t gate, begun;

        open_store(f, 512, 1000);
        give(f, &fine, 0);
        wait_for(f, 1);

        hold(f, &first, &gate, &begun);
        for (int i = 0; i < 5; i++) {
                group[i].adds = 50;
                group[i].pad = 20000;
                give(f, &group[i], i);
        }
        signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &usual);
        tight = usual;
        tight.rlim_cur = 1024 * 1024;
        setrlimit(RLIMIT_FSIZE, &tight);
        sem_post(&gate);
        wait_for(f, 7);
        setrlimit(RLIMIT_FSIZE, &usual);
        for (int i = 0; i < 5; i++)
                assert_true(group[i].result == -EIO || group[i].result == -ENOSPC);
        assert_int_equal(first.result, 0);
        assert_int_equal(last_on_disk(f->path), 2);

        give(f, &after, 9);
        wait_for(f, 8);
        assert_int_equal(after.result, 0);
        assert_int_equal(last_on_disk(f->path), 3);
        sem_destroy(&gate);
        sem_destroy(&begun);
}

static void a_reader_sees_what_is_committed_and_writes_nothing(void **state)
{
        struct fixture *f = *state;
        struct test_job write = { .adds = 3 }, read = { .looks = true }, wrong = { .adds = 1 };

        open_store(f, 512, 1000);
        give(f, &write, 0);
        wait_for(f, 1);
        read.f = wrong.f = f;
        read.job = wrong.job = (struct job){ .run = run, .done = done };
        assert_int_equal(store_read(f->store, &read.job), 0);
        wait_for(f, 2);
        assert_int_equal(read.saw, 3);
        assert_int_equal(store_read(f->store, &wrong.job), 0);
        wait_for(f, 3);
        assert_int_equal(wrong.result, -EROFS);
        assert_int_equal(last_on_disk(f->path), 3);
}

static void too_much_waiting_is_busy_and_after_the_stop_nothing_is_taken(void **state)
{
        struct fixture *f = *state;
        struct test_job first = { .adds = 1 }, jobs[3] = { 0 }, late = { .job = { .run = run, .done = done } };
        sem_t gate;

        open_store(f, 1, 2);
        sem_init(&gate, 0, 0);
        first.waits_for = &gate;
        give(f, &first, 0);
        /* Until the writer has taken the first one there is room for one less. */
        while (jobs[0].f == NULL || jobs[1].f == NULL) {
                int i = jobs[0].f != NULL;

                jobs[i] = (struct test_job){ .job = { .run = run, .done = done }, .adds = 1 };
                if (store_write(f->store, &jobs[i].job) == 0)
                        jobs[i].f = f;
        }
        assert_int_equal(store_write(f->store, &late.job), -EBUSY);
        assert_int_equal(late.done_as, 0);
        sem_post(&gate);
        store_stop(f->store);
        assert_int_equal(store_write(f->store, &late.job), -ESHUTDOWN);
        assert_int_equal(store_read(f->store, &late.job), -ESHUTDOWN);
        assert_int_equal(store_drain(f->store), 3);
        assert_int_equal(done_n, 3);
        assert_int_equal(last_on_disk(f->path), 3);
        sem_destroy(&gate);
}

/* ---- the file */

static void set_number(const char *path, off_t at, uint32_t number)
{
        uint8_t bytes[] = { (uint8_t)(number >> 24), (uint8_t)(number >> 16), (uint8_t)(number >> 8), (uint8_t)number };
        int fd = open(path, O_WRONLY | O_CLOEXEC);

        assert_true(fd >= 0);
        assert_int_equal(pwrite(fd, bytes, sizeof(bytes), at), sizeof(bytes));
        close(fd);
}

static void make_file(struct fixture *f)
{
        struct db *db;

        assert_int_equal(db_open(f->path, DB_CREATE, &db, NULL), 0);
        db_close(db);
}

static int try_open(struct fixture *f, enum db_mode mode)
{
        _cleanup_(db_closep) struct db *db = NULL;
        _cleanup_free_ char *why = NULL;
        int r = db_open(f->path, mode, &db, &why);

        if (r < 0 && mode == DB_CREATE)
                assert_non_null(why);
        return r;
}

/* Where SQLite keeps PRAGMA user_version and application_id (sqlite.org/fileformat2.html#the_database_header). */
enum { USER_VERSION_AT = 60, APPLICATION_ID_AT = 68 };

static void a_file_of_a_newer_program_is_refused_and_stays_as_it_is(void **state)
{
        struct fixture *f = *state;
        struct stat before, after;

        make_file(f);
        set_number(f->path, USER_VERSION_AT, 9999);
        assert_int_equal(stat(f->path, &before), 0);
        assert_int_equal(try_open(f, DB_CREATE), -ENOTSUP);
        assert_int_equal(try_open(f, DB_WRITE), -ENOTSUP);
        assert_int_equal(try_open(f, DB_READ), -ENOTSUP);
        assert_int_equal(stat(f->path, &after), 0);
        assert_int_equal(before.st_size, after.st_size);
        assert_int_equal(before.st_mtim.tv_nsec, after.st_mtim.tv_nsec);
}

static void a_file_of_another_program_is_refused(void **state)
{
        struct fixture *f = *state;

        make_file(f);
        set_number(f->path, APPLICATION_ID_AT, 0x12345678);
        assert_int_equal(try_open(f, DB_CREATE), -EUCLEAN);
        assert_int_equal(try_open(f, DB_READ), -EUCLEAN);
}

static void a_file_that_is_no_database_is_refused_and_stays_as_it_is(void **state)
{
        struct fixture *f = *state;
        static const char text[] = "Dit is geen database, maar een brief van zekere lengte die iemand hier heeft laten liggen. "
                                   "Hij mag niet worden overschreven, want misschien wil iemand hem nog lezen.\n";
        char now[sizeof(text)];
        FILE *file = fopen(f->path, "we");

        assert_non_null(file);
        for (int i = 0; i < 100; i++)
                assert_true(fputs(text, file) >= 0);
        fclose(file);
        assert_int_equal(try_open(f, DB_CREATE), -EUCLEAN);
        file = fopen(f->path, "re");
        assert_non_null(fgets(now, sizeof(now), file));
        fclose(file);
        assert_string_equal(now, text);
}

static void a_file_that_is_not_there_is_made_only_where_asked(void **state)
{
        struct fixture *f = *state;

        assert_int_equal(try_open(f, DB_READ), -ENOENT);
        assert_int_equal(try_open(f, DB_WRITE), -ENOENT);
        assert_int_equal(access(f->path, F_OK), -1);
        assert_int_equal(try_open(f, DB_CREATE), 0);
        assert_int_equal(try_open(f, DB_WRITE), 0);
        assert_int_equal(try_open(f, DB_READ), 0);
}

static void a_part_that_is_undone_leaves_the_rest(void **state)
{
        struct fixture *f = *state;
        _cleanup_(db_closep) struct db *db = NULL;
        struct tx *tx;

        assert_int_equal(db_open(f->path, DB_CREATE, &db, NULL), 0);
        assert_int_equal(tx_begin(db, &tx), 0);
        assert_int_equal(add_event(tx, 1, "a"), 0);
        assert_int_equal(tx_part_begin(tx), 0);
        assert_int_equal(add_event(tx, 2, "b"), 0);
        assert_int_equal(tx_part_undo(tx), 0);
        assert_int_equal(tx_part_begin(tx), 0);
        assert_int_equal(add_event(tx, 3, "c"), 0);
        assert_int_equal(tx_part_keep(tx), 0);
        assert_int_equal(tx_commit(tx), 0);
        assert_int_equal(last_on_disk(f->path), 2);

        assert_int_equal(tx_begin(db, &tx), 0);
        assert_int_equal(add_event(tx, 4, "d"), 0);
        tx_rollback(tx);
        assert_int_equal(last_on_disk(f->path), 2);
}

/* ---- a job that others share */

enum { PARTS = 8 };

struct shared_job {
        struct job job;
        size_t parts, width;
        int ran[PARTS];
        bool here[PARTS];       /* with the job's own tx */
        struct tx *tx;
        sem_t met;              /* where not NULL below: part 0 waits until another has begun, which is another thread then */
        bool meets;
        int fails;              /* this part, 0: none */
        int gave, result;
};

static int run_shared_part(void *arg, size_t part, struct tx *tx)
{
        struct shared_job *s = arg;
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_event_last);

        s->ran[part]++;
        s->here[part] = tx == s->tx;
        if (s->meets && part == 0)
                sem_wait(&s->met);
        else if (s->meets)
                sem_post(&s->met);
        if (s->fails > 0 && part == (size_t)s->fails)
                return -EIO;
        return query_row(q) == 1 ? 0 : -EUCLEAN;
}

static int run_shared(struct job *job, struct tx *tx)
{
        struct shared_job *s = CONTAINER_OF(job, struct shared_job, job);

        s->tx = tx;
        s->width = spread_width(tx);
        s->gave = spread(tx, s->parts, run_shared_part, s);
        return 0;
}

static void shared_done(struct job *job, int result)
{
        CONTAINER_OF(job, struct shared_job, job)->result = result;
        done_n++;
}

static struct shared_job shared(size_t parts)
{
        struct shared_job s = { .job = { .run = run_shared, .done = shared_done }, .parts = parts, .result = -1 };

        sem_init(&s.met, 0, 0);
        return s;
}

static void assert_ran(const struct shared_job *s)
{
        assert_int_equal(s->result, 0);
        assert_true(s->here[0]);
        for (size_t i = 0; i < PARTS; i++)
                assert_int_equal(s->ran[i], i < s->parts);
}

static void a_reader_s_job_is_shared_by_the_readers_that_are_idle(void **state)
{
        struct shared_job first = shared(PARTS), alone = shared(1), bad = shared(PARTS), held = shared(2);
        struct fixture *f = *state;

        open_store(f, 64, 100);
        first.meets = true; /* or it never ends */
        assert_int_equal(store_read(f->store, &first.job), 0);
        wait_for(f, 1);
        assert_ran(&first);
        assert_int_equal(first.gave, 0);
        assert_int_equal(first.width, 2);

        bad.fails = 3;
        assert_int_equal(store_read(f->store, &alone.job), 0);
        assert_int_equal(store_read(f->store, &bad.job), 0);
        wait_for(f, 3);
        assert_ran(&alone);
        assert_ran(&bad);
        assert_int_equal(alone.gave, 0);
        assert_int_equal(bad.gave, -EIO);

        /* While both readers are at it nobody helps the second, and help that comes when there is nothing left, or after the stop, does no harm. */
        bad = shared(PARTS);
        held.meets = true;
        assert_int_equal(store_read(f->store, &held.job), 0);
        assert_int_equal(store_read(f->store, &bad.job), 0);
        wait_for(f, 5);
        assert_ran(&held);
        assert_ran(&bad);
        bad = shared(PARTS);
        assert_int_equal(store_read(f->store, &bad.job), 0);
        store_stop(f->store);
        assert_int_equal(store_drain(f->store), 1);
        assert_ran(&bad);
}

static void the_writer_and_a_connection_by_itself_do_all_of_it(void **state)
{
        struct shared_job s = shared(PARTS), by_itself = shared(3);
        _cleanup_(db_closep) struct db *db = NULL;
        struct fixture *f = *state;
        struct tx *tx;

        open_store(f, 64, 100);
        assert_int_equal(store_write(f->store, &s.job), 0);
        wait_for(f, 1);
        assert_ran(&s);
        assert_int_equal(s.width, 1);
        assert_int_equal(db_open(f->path, DB_READ, &db, NULL), 0);
        assert_int_equal(tx_begin(db, &tx), 0);
        by_itself.result = run_shared(&by_itself.job, tx);
        tx_rollback(tx);
        assert_ran(&by_itself);
        for (size_t i = 0; i < 3; i++)
                assert_true(by_itself.here[i]);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(results_come_in_the_order_of_the_jobs_and_are_on_disk, set_up, tear_down),
                cmocka_unit_test_setup_teardown(what_queued_up_is_one_transaction_and_nobody_sees_half_of_it, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_job_that_fails_undoes_only_itself, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_group_that_cannot_be_written_is_refused_as_a_whole_and_the_next_is_fine, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_reader_sees_what_is_committed_and_writes_nothing, set_up, tear_down),
                cmocka_unit_test_setup_teardown(too_much_waiting_is_busy_and_after_the_stop_nothing_is_taken, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_file_of_a_newer_program_is_refused_and_stays_as_it_is, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_file_of_another_program_is_refused, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_file_that_is_no_database_is_refused_and_stays_as_it_is, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_file_that_is_not_there_is_made_only_where_asked, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_part_that_is_undone_leaves_the_rest, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_reader_s_job_is_shared_by_the_readers_that_are_idle, set_up, tear_down),
                cmocka_unit_test_setup_teardown(the_writer_and_a_connection_by_itself_do_all_of_it, set_up, tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
