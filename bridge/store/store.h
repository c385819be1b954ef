/* store/store.h: jobs in, results out.
 *
 * The loop describes work as a job and never waits for it. Jobs that write run on the writer: everything queued goes into
 * one transaction, in which each can fail by itself, and is answered only after COMMIT, so what is acknowledged is on disk
 * and a busy school pays for one fsync where a quiet one pays for one each. A batch that cannot commit is refused as a
 * whole. Jobs that read run on one of the readers, each in a snapshot of its own. Results come back to the loop in the
 * order in which the writer finished them.
 */
#pragma once

#include "store/db.h"

#include <stddef.h>

struct store;
struct job;

struct job {
        struct job *next; /* store's own */
        int result;       /* store's own until done() */

        /* On the writer or a reader, inside the transaction. Below 0: what it wrote is undone, the others' stays. Must not touch
         * anything of the loop. Called once, unless there is again(). */
        int (*run)(struct job *job, struct tx *tx);

        /* On the writer: forgets what run() left, which is then called once more; perhaps it was not called yet. NULL where that
         * cannot be. A group of jobs that all have it does without a savepoint for each, and is begun anew, with
         * savepoints, should one of them fail after it has written: nearly never, and a sixth of the writer's work. */
        void (*again)(struct job *job);

        /* On the writer: after the commit the log is written back into the file and emptied, so that nothing that was deleted is left in it.
         * log_left: somebody still read from it for a long time, so it was not; for done(). */
        bool empties_log, log_left;

        /* On the loop, from store_drain(), exactly once; it owns the job from then on. result: what run() gave, or an error of
         * store/db.h where the commit failed; nothing of the job is stored then. */
        void (*done)(struct job *job, int result);
};

struct store_options {
        const char *path;    /* of the database file; made where there is none */
        const struct db_beside *beside; /* its keys; copied; may be NULL */
        int readers;
        int batch_max;       /* jobs in one transaction at most */
        int queue_max;       /* jobs waiting at most, for each lane */
        void (*wake)(void *arg); /* from any thread: results wait for store_drain() */
        void *wake_arg;
};

/* Opens the file and starts the writer and the readers. why: as in db_open(). */
int store_open(const struct store_options *options, struct store **ret, char **why);

/* Hands a job over. Returns 0; -EBUSY where too much waits or -ESHUTDOWN after store_stop(): then the job is still the caller's
 * and done() is not called. Loop thread. */
int store_write(struct store *store, struct job *job);
int store_read(struct store *store, struct job *job);

/* Calls done() of every finished job. Returns how many. Loop thread. */
size_t store_drain(struct store *store);

/* Takes nothing more, finishes everything queued, joins the threads. The results wait for store_drain(). */
void store_stop(struct store *store);

/* After store_stop() and a last store_drain(). Takes NULL. */
void store_close(struct store *store);
