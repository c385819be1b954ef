/* work/work.h: tasks for other threads, when they are slow and need no database.
 *
 * The loop gives a task away and never waits for it. Its result comes back to the loop in the order in which tasks were finished. The queue
 * is bounded: -EBUSY is the answer to who asks for more than the workers can do.
 */
#pragma once

#include "base/macro.h"

#include <stdatomic.h>
#include <stdbool.h>

struct work;

struct task {
        struct task *next; /* work's own */

        /* On a worker. Touches nothing of the loop. stopping: becomes true when the program ends; what takes seconds looks at it. */
        void (*run)(struct task *task, atomic_bool *stopping);

        /* On the loop, from work_drain(), exactly once; it owns the task from then on. */
        void (*done)(struct task *task);
};

/* Starts the workers. queue_max: tasks waiting at most. wake: from any worker: results wait for work_drain().
 * Returns 0 or a negative errno. */
int work_new(int workers, int queue_max, void (*wake)(void *), void *wake_arg, struct work **ret);

/* Hands a task over. Returns 0; -EBUSY where too much waits, -ESHUTDOWN after work_stop(): then it is still the caller's and done() is not
 * called. Loop thread. */
int work_give(struct work *work, struct task *task);

/* Calls done() of every finished task. Loop thread. */
void work_drain(struct work *work);

/* Takes nothing more, finishes what is queued, joins the threads. The results wait for work_drain(). Takes NULL. */
void work_stop(struct work *work);

/* After work_stop() and a last work_drain(). Takes NULL. */
void work_free(struct work *work);
DEFINE_CLEANUP(struct work *, work_free)
