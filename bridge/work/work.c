#include "work/work.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>

struct tasks {
        struct task *first, **last;
};

struct work {
        pthread_mutex_t lock;
        pthread_cond_t filled;
        struct tasks queue, finished;
        int waiting, max;
        atomic_bool stopping; /* set under the lock; tasks look at it without, whenever they like */
        pthread_t *threads;
        int threads_run;
        void (*wake)(void *);
        void *wake_arg;
};

static void put(struct tasks *tasks, struct task *task)
{
        task->next = NULL;
        *tasks->last = task;
        tasks->last = &task->next;
}

static struct task *take(struct tasks *tasks)
{
        struct task *task = tasks->first;

        if (!task)
                return NULL;
        tasks->first = task->next;
        if (!tasks->first)
                tasks->last = &tasks->first;
        task->next = NULL;
        return task;
}

static void *worker_main(void *arg)
{
        struct work *work = arg;
        struct task *task;

        pthread_mutex_lock(&work->lock);
        for (;;) {
                while (!work->queue.first && !work->stopping)
                        pthread_cond_wait(&work->filled, &work->lock);
                task = take(&work->queue);
                if (!task)
                        break;
                work->waiting--;
                pthread_mutex_unlock(&work->lock);
                task->run(task, &work->stopping);
                pthread_mutex_lock(&work->lock);
                put(&work->finished, task);
                pthread_mutex_unlock(&work->lock);
                work->wake(work->wake_arg);
                pthread_mutex_lock(&work->lock);
        }
        pthread_mutex_unlock(&work->lock);
        return NULL;
}

int work_new(int workers, int queue_max, void (*wake)(void *), void *wake_arg, struct work **ret)
{
        _cleanup_(work_freep) struct work *work = calloc(1, sizeof(*work));
        sigset_t all, before;
        int r = 0;

        if (!work)
                return -ENOMEM;
        pthread_mutex_init(&work->lock, NULL);
        pthread_cond_init(&work->filled, NULL);
        work->queue.last = &work->queue.first;
        work->finished.last = &work->finished.first;
        work->max = queue_max;
        work->wake = wake;
        work->wake_arg = wake_arg;
        work->threads = calloc((size_t)workers, sizeof(*work->threads));
        if (!work->threads)
                return -ENOMEM;
        /* Signals belong to the signal thread. */
        sigfillset(&all);
        pthread_sigmask(SIG_SETMASK, &all, &before);
        while (r == 0 && work->threads_run < workers) {
                r = -pthread_create(&work->threads[work->threads_run], NULL, worker_main, work);
                if (r == 0)
                        work->threads_run++;
        }
        pthread_sigmask(SIG_SETMASK, &before, NULL);
        if (r < 0)
                return r;
        *ret = TAKE(work);
        return 0;
}

int work_give(struct work *work, struct task *task)
{
        int r = 0;

        pthread_mutex_lock(&work->lock);
        if (work->stopping) {
                r = -ESHUTDOWN;
        } else if (work->waiting >= work->max) {
                r = -EBUSY;
        } else {
                put(&work->queue, task);
                work->waiting++;
                pthread_cond_signal(&work->filled);
        }
        pthread_mutex_unlock(&work->lock);
        return r;
}

void work_drain(struct work *work)
{
        struct task *task, *next;

        pthread_mutex_lock(&work->lock);
        task = work->finished.first;
        work->finished.first = NULL;
        work->finished.last = &work->finished.first;
        pthread_mutex_unlock(&work->lock);
        for (; task; task = next) {
                next = task->next;
                task->next = NULL;
                task->done(task);
        }
}

void work_stop(struct work *work)
{
        if (!work)
                return;
        pthread_mutex_lock(&work->lock);
        work->stopping = true;
        pthread_cond_broadcast(&work->filled);
        pthread_mutex_unlock(&work->lock);
        while (work->threads_run > 0)
                pthread_join(work->threads[--work->threads_run], NULL);
}

void work_free(struct work *work)
{
        if (!work)
                return;
        work_stop(work);
        pthread_cond_destroy(&work->filled);
        pthread_mutex_destroy(&work->lock);
        free(work->threads);
        free(work);
}
