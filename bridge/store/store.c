#include "store/inside.h"
#include "store/lane.h"

#include <errno.h>
#include <signal.h>

static void lane_init(struct lane *lane, int max)
{
        pthread_mutex_init(&lane->lock, NULL);
        pthread_cond_init(&lane->filled, NULL);
        lane->last = &lane->first;
        lane->max = max;
}

static void lane_done(struct lane *lane)
{
        pthread_cond_destroy(&lane->filled);
        pthread_mutex_destroy(&lane->lock);
}

int lane_put(struct lane *lane, struct job *job)
{
        int r = 0;

        pthread_mutex_lock(&lane->lock);
        if (lane->stopped) {
                r = -ESHUTDOWN;
        } else if (lane->waiting >= lane->max) {
                r = -EBUSY;
        } else {
                job->next = NULL;
                *lane->last = job;
                lane->last = &job->next;
                lane->waiting++;
                pthread_cond_signal(&lane->filled);
        }
        pthread_mutex_unlock(&lane->lock);
        return r;
}

struct job *lane_take(struct lane *lane, int max)
{
        struct job *first, **end;

        pthread_mutex_lock(&lane->lock);
        while (!lane->first && !lane->stopped)
                pthread_cond_wait(&lane->filled, &lane->lock);
        first = lane->first;
        end = &lane->first;
        while (*end && max-- > 0) {
                end = &(*end)->next;
                lane->waiting--;
        }
        lane->first = *end;
        *end = NULL;
        if (!lane->first)
                lane->last = &lane->first;
        if (first == lane->first)
                first = NULL;
        pthread_mutex_unlock(&lane->lock);
        return first;
}

static void lane_stop(struct lane *lane)
{
        pthread_mutex_lock(&lane->lock);
        lane->stopped = true;
        pthread_cond_broadcast(&lane->filled);
        pthread_mutex_unlock(&lane->lock);
}

void results_give(struct store *store, struct job *first)
{
        struct results *results = &store->results;
        struct job **last = &first;

        while (*last)
                last = &(*last)->next;
        pthread_mutex_lock(&results->lock);
        *results->last = first;
        results->last = last;
        pthread_mutex_unlock(&results->lock);
        store->wake(store->wake_arg);
}

size_t store_drain(struct store *store)
{
        struct results *results = &store->results;
        struct job *job, *next;
        size_t n = 0;

        pthread_mutex_lock(&results->lock);
        job = results->first;
        results->first = NULL;
        results->last = &results->first;
        pthread_mutex_unlock(&results->lock);

        for (; job; job = next, n++) {
                next = job->next;
                job->next = NULL;
                job->done(job, job->result);
        }
        return n;
}

int store_write(struct store *store, struct job *job)
{
        return lane_put(&store->writes, job);
}

int store_read(struct store *store, struct job *job)
{
        return lane_put(&store->reads, job);
}

/* Signals belong to the signal thread: workers start with all of them blocked. */
static int start_threads(struct store *store)
{
        sigset_t all, before;
        int r;

        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        r = -pthread_create(&store->writer, NULL, writer_main, store);
        store->writer_runs = r == 0;
        while (r == 0 && store->readers_run < store->readers_n) {
                struct reader *reader = calloc(1, sizeof(*reader));

                if (!reader) {
                        r = -ENOMEM;
                        break;
                }
                *reader = (struct reader){ store, store->reader_dbs[store->readers_run] };
                r = -pthread_create(&store->readers[store->readers_run], NULL, reader_main, reader);
                if (r < 0)
                        free(reader);
                else
                        store->readers_run++;
        }
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        return r;
}

DEFINE_CLEANUP(struct store *, store_close)

int store_open(const struct store_options *options, struct store **ret, char **why)
{
        _cleanup_(store_closep) struct store *store = NULL;
        int r;

        store = calloc(1, sizeof(*store));
        if (!store)
                return -ENOMEM;
        lane_init(&store->writes, options->queue_max);
        lane_init(&store->reads, options->queue_max);
        pthread_mutex_init(&store->results.lock, NULL);
        store->results.last = &store->results.first;
        store->batch_max = options->batch_max;
        store->readers_n = options->readers;
        store->wake = options->wake;
        store->wake_arg = options->wake_arg;

        r = db_open_as(options->path, DB_SCHOOL, DB_CREATE, options->beside, &store->writer_db, why);
        if (r < 0)
                return r;
        store->reader_dbs = calloc((size_t)options->readers, sizeof(*store->reader_dbs));
        store->readers = calloc((size_t)options->readers, sizeof(*store->readers));
        if (!store->reader_dbs || !store->readers)
                return -ENOMEM;
        for (int i = 0; i < options->readers; i++) {
                r = db_open_as(options->path, DB_SCHOOL, DB_READ, options->beside, &store->reader_dbs[i], why);
                if (r < 0)
                        return r;
                store->reader_dbs[i]->store = store;
        }
        r = start_threads(store);
        if (r < 0)
                return r;
        *ret = TAKE(store);
        return 0;
}

void store_stop(struct store *store)
{
        lane_stop(&store->writes);
        lane_stop(&store->reads);
        if (store->writer_runs)
                pthread_join(store->writer, NULL);
        store->writer_runs = false;
        while (store->readers_run > 0)
                pthread_join(store->readers[--store->readers_run], NULL);
}

void store_close(struct store *store)
{
        if (!store)
                return;
        store_stop(store);
        for (int i = 0; store->reader_dbs && i < store->readers_n; i++)
                db_close(store->reader_dbs[i]);
        /* Last, so that it writes the log back and leaves one file. */
        db_close(store->writer_db);
        free(store->reader_dbs);
        free(store->readers);
        lane_done(&store->writes);
        lane_done(&store->reads);
        pthread_mutex_destroy(&store->results.lock);
        free(store);
}
