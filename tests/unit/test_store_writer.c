/* links: store base */
/* The writer: what is answered is on disk, and of a group one can fail without the others. */
#include "store/query.h"
#include "store/store.h"

#include <errno.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdarg.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

enum { ROWS = 3 };

struct fixture {
        char folder[64], path[96];
        struct store *store;
        struct db *other; /* another program, to look */
        sem_t woken;
};

/* Writes `rows` rows that carry its number, then fails or not. */
struct work {
        struct job job;
        int64_t number;
        int rows, fails;
        int ran, ran_again, was_answered, answer;
};

static int work_run(struct job *job, struct tx *tx)
{
        struct work *work = CONTAINER_OF(job, struct work, job);

        work->ran++;
        for (int i = 0; i < work->rows; i++) {
                struct query *q = query(tx, QUERY_event_add);
                int r;

                query_text(q, "read");
                for (int k = 0; k < 5; k++)
                        query_int(q, work->number);
                r = query_run(q);
                if (r < 0)
                        return r;
        }
        return -work->fails;
}

static void work_again(struct job *job)
{
        CONTAINER_OF(job, struct work, job)->ran_again++;
}

static void work_done(struct job *job, int result)
{
        struct work *work = CONTAINER_OF(job, struct work, job);

        work->was_answered++;
        work->answer = result;
}

static void wake(void *arg)
{
        struct fixture *f = arg;

        sem_post(&f->woken);
}

static int set_up(void **state)
{
        struct fixture *f = calloc(1, sizeof(*f));

        snprintf(f->folder, sizeof(f->folder), "/tmp/test_store_writer.XXXXXX");
        if (!mkdtemp(f->folder))
                return -1;
        snprintf(f->path, sizeof(f->path), "%s/school.db", f->folder);
        sem_init(&f->woken, 0, 0);
        *state = f;
        if (store_open(&(struct store_options){ .path = f->path, .readers = 1, .batch_max = 100, .queue_max = 100, .wake = wake, .wake_arg = f },
                       &f->store, NULL) < 0)
                return -1;
        return db_open(f->path, DB_WRITE, &f->other, NULL);
}

static int tear_down(void **state)
{
        struct fixture *f = *state;
        char path[128];

        db_close(f->other);
        store_stop(f->store);
        store_drain(f->store);
        store_close(f->store);
        for (size_t i = 0; i < 3; i++) {
                static const char *const ends[] = { "", "-wal", "-shm" };

                snprintf(path, sizeof(path), "%s%s", f->path, ends[i]);
                unlink(path);
        }
        rmdir(f->folder);
        sem_destroy(&f->woken);
        free(f);
        return 0;
}

/* How many rows carry this number, as another program sees it. */
static int rows_of(struct fixture *f, int64_t number)
{
        struct tx *tx;
        struct query *q;
        int n = 0;

        assert_int_equal(tx_begin(f->other, &tx), 0);
        q = query(tx, QUERY_event_since);
        query_int(q, 0);
        query_int(q, INT64_MAX);
        while (query_row(q) > 0)
                n += query_get_int(q, 2) == number;
        query_end(q);
        tx_rollback(tx);
        return n;
}

/* Holds the writer until the others have queued up behind it. */
struct latch {
        struct job job;
        sem_t reached, open;
};

static int gate_run(struct job *job, struct tx *tx)
{
        struct latch *gate = CONTAINER_OF(job, struct latch, job);

        (void)tx;
        sem_post(&gate->reached);
        sem_wait(&gate->open);
        return 0;
}

static void gate_done(struct job *job, int result)
{
        (void)job;
        assert_int_equal(result, 0);
}

/* All of them in one group. */
static void run_all(struct fixture *f, struct work *work, size_t n)
{
        struct latch gate = { .job = { .run = gate_run, .done = gate_done } };
        size_t answered = 0;

        sem_init(&gate.reached, 0, 0);
        sem_init(&gate.open, 0, 0);
        assert_int_equal(store_write(f->store, &gate.job), 0);
        sem_wait(&gate.reached);
        for (size_t i = 0; i < n; i++)
                assert_int_equal(store_write(f->store, &work[i].job), 0);
        sem_post(&gate.open);
        while (answered < n + 1) {
                sem_wait(&f->woken);
                answered += store_drain(f->store);
        }
        for (size_t i = 0; i < n; i++)
                assert_int_equal(work[i].was_answered, 1);
        sem_destroy(&gate.reached);
        sem_destroy(&gate.open);
}

#define WORK(number_, fails_, again_)                                                                            \
        {                                                                                                         \
                .job = { .run = work_run, .again = again_, .done = work_done }, .number = number_, .rows = ROWS, .fails = fails_ \
        }

static void of_a_group_that_cannot_run_again_only_what_failed_is_undone(void **state)
{
        struct fixture *f = *state;
        struct work work[] = { WORK(1, 0, NULL), WORK(2, ECANCELED, work_again), WORK(3, 0, work_again) };

        run_all(f, work, ELEMENTS(work));
        assert_int_equal(rows_of(f, 1), ROWS);
        assert_int_equal(rows_of(f, 2), 0);
        assert_int_equal(rows_of(f, 3), ROWS);
        assert_int_equal(work[1].answer, -ECANCELED);
        for (size_t i = 0; i < ELEMENTS(work); i++)
                assert_int_equal(work[i].ran, 1);
}

static void of_a_group_that_can_run_again_only_what_failed_is_undone(void **state)
{
        struct fixture *f = *state;
        struct work work[] = { WORK(1, 0, work_again), WORK(2, ECANCELED, work_again), WORK(3, 0, work_again), WORK(4, ENOENT, work_again), WORK(5, 0, work_again) };

        run_all(f, work, ELEMENTS(work));
        for (size_t i = 0; i < ELEMENTS(work); i++) {
                assert_int_equal(work[i].answer, -work[i].fails);
                assert_int_equal(rows_of(f, work[i].number), work[i].fails ? 0 : ROWS);
                assert_int_equal(work[i].ran_again, 1);
        }
        assert_int_equal(work[0].ran, 2);
        assert_int_equal(work[4].ran, 1);
}

static void a_group_in_which_nothing_was_written_by_what_failed_runs_once(void **state)
{
        struct fixture *f = *state;
        struct work work[] = { WORK(1, 0, work_again), WORK(2, ECANCELED, work_again), WORK(3, 0, work_again) };

        work[1].rows = 0;
        run_all(f, work, ELEMENTS(work));
        for (size_t i = 0; i < ELEMENTS(work); i++) {
                assert_int_equal(work[i].answer, -work[i].fails);
                assert_int_equal(work[i].ran, 1);
                assert_int_equal(work[i].ran_again, 0);
        }
        assert_int_equal(rows_of(f, 1), ROWS);
        assert_int_equal(rows_of(f, 3), ROWS);
}

int main(void)
{
        const struct CMUnitTest tests[] = {
                cmocka_unit_test_setup_teardown(of_a_group_that_cannot_run_again_only_what_failed_is_undone, set_up, tear_down),
                cmocka_unit_test_setup_teardown(of_a_group_that_can_run_again_only_what_failed_is_undone, set_up, tear_down),
                cmocka_unit_test_setup_teardown(a_group_in_which_nothing_was_written_by_what_failed_runs_once, set_up, tear_down),
        };

        return cmocka_run_group_tests(tests, NULL, NULL);
}
