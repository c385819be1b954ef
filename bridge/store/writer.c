/* store/writer.c: the one thread that writes.
 *
 * What queued up while the last group was being committed is the next group: under load groups grow by themselves, and a
 * single message never waits for company. No job of a group is answered before the group's COMMIT has returned, and then the
 * results go to the loop in the order in which the jobs came.
 */
#include "store/lane.h"

#include <errno.h>

static void refuse(struct job *first, int error)
{
        for (struct job *job = first; job; job = job->next)
                job->result = error;
}

/* Runs one job in a part of its own: its failure undoes nothing of the others. A savepoint copies every page that is
 * written after it, which costs about as much as the writing. */
static int run_part(struct tx *tx, struct job *job)
{
        int r;

        r = tx_part_begin(tx);
        if (r < 0)
                return r;
        job->result = job->run(job, tx);
        if (tx_broken(tx))
                return tx_broken(tx);
        return job->result < 0 ? tx_part_undo(tx) : tx_part_keep(tx);
}

/* Every job in a part of its own. */
static int run_apart(struct tx *tx, struct job *first)
{
        int r = 0;

        for (struct job *job = first; job && r >= 0; job = job->next)
                r = run_part(tx, job);
        return r;
}

static bool can_all_run_again(const struct job *first)
{
        for (const struct job *job = first; job; job = job->next)
                if (!job->again)
                        return false;
        return true;
}

/* All jobs one after the other, nothing between them. -EAGAIN: one has failed and left rows behind. */
static int run_together(struct tx *tx, struct job *first)
{
        for (struct job *job = first; job; job = job->next) {
                int64_t written = tx_written(tx);

                job->result = job->run(job, tx);
                if (tx_broken(tx))
                        return tx_broken(tx);
                if (job->result < 0 && tx_written(tx) != written)
                        return -EAGAIN;
        }
        return 0;
}

static int begin_anew(struct db *db, struct tx **tx, struct job *first)
{
        tx_rollback(*tx);
        for (struct job *job = first; job; job = job->next)
                job->again(job);
        return tx_begin(db, tx);
}

static void run_group(struct db *db, struct job *first)
{
        struct tx *tx = NULL;
        int r;

        r = tx_begin(db, &tx);
        if (r < 0) {
                refuse(first, r);
                return;
        }
        r = can_all_run_again(first) ? run_together(tx, first) : run_apart(tx, first);
        if (r == -EAGAIN) {
                r = begin_anew(db, &tx, first);
                if (r >= 0)
                        r = run_apart(tx, first);
        }
        if (r < 0)
                tx_rollback(tx);
        else
                r = tx_commit(tx);
        if (r < 0)
                refuse(first, r);
}

/* Once for all of a group. */
static void empty_log(struct db *db, struct job *first)
{
        int r = 1;

        for (struct job *job = first; job; job = job->next) {
                if (!job->empties_log || job->result < 0)
                        continue;
                if (r > 0)
                        r = db_empty_log(db);
                job->log_left = r < 0;
        }
}

void *writer_main(void *arg)
{
        struct store *store = arg;
        struct job *group;

        while ((group = lane_take(&store->writes, store->batch_max))) {
                run_group(store->writer_db, group);
                empty_log(store->writer_db, group);
                results_give(store, group);
        }
        return NULL;
}
