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

/* Runs one job in a part of its own: its failure undoes nothing of the others. */
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

static void run_group(struct db *db, struct job *first)
{
        struct tx *tx = NULL;
        int r;

        r = tx_begin(db, &tx);
        if (r < 0) {
                refuse(first, r);
                return;
        }
        for (struct job *job = first; job && r >= 0; job = job->next)
                r = run_part(tx, job);
        if (r < 0)
                tx_rollback(tx);
        else
                r = tx_commit(tx);
        if (r < 0)
                refuse(first, r);
}

void *writer_main(void *arg)
{
        struct store *store = arg;
        struct job *group;

        while ((group = lane_take(&store->writes, store->batch_max))) {
                run_group(store->writer_db, group);
                results_give(store, group);
        }
        return NULL;
}
