/* store/lane.h: a bounded queue of jobs between the loop and one or more workers. Inside store/ only. */
#pragma once

#include "store/store.h"

#include <pthread.h>

struct lane {
        pthread_mutex_t lock;
        pthread_cond_t filled;
        struct job *first, **last;
        int waiting;
        int max;
        bool stopped;
};

/* Finished jobs on their way to the loop: workers push, the loop takes all. */
struct results {
        pthread_mutex_t lock;
        struct job *first, **last;
};

struct store {
        struct lane writes, reads;
        struct results results;
        struct db *writer_db;
        struct db **reader_dbs;
        pthread_t writer, *readers;
        int readers_n;
        bool writer_runs;
        int readers_run;
        int batch_max;
        void (*wake)(void *);
        void *wake_arg;
};

/* 0, -EBUSY, -ESHUTDOWN as store_read(). */
int lane_put(struct lane *lane, struct job *job);

/* Takes at most max jobs as a list, waiting until there is one. NULL: stopped and empty. */
struct job *lane_take(struct lane *lane, int max);

/* Hands a list of finished jobs to the loop and wakes it. */
void results_give(struct store *store, struct job *first);

void *writer_main(void *store);

struct reader {
        struct store *store;
        struct db *db;
};
void *reader_main(void *reader);

/* A job without done() is one that asks a reader to share a spread (spread.h): the reader does what is left of it, if anything is. Owns it. */
void spread_help(struct job *job, struct db *db);
