/* store/reader.c: a thread that answers questions, each from a snapshot that ends with the answer, so that the log can
 * always be written back. */
#include "store/lane.h"

void *reader_main(void *arg)
{
        struct reader reader = *(struct reader *)arg;
        struct job *job;
        struct tx *tx;

        free(arg);
        while ((job = lane_take(&reader.store->reads, 1))) {
                if (!job->done) {
                        spread_help(job, reader.db);
                        continue;
                }
                tx = NULL;
                job->result = tx_begin(reader.db, &tx);
                if (job->result >= 0)
                        job->result = job->run(job, tx);
                tx_rollback(tx);
                results_give(reader.store, job);
        }
        return NULL;
}
