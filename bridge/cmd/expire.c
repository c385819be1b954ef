#include "cmd/expire.h"

#include "base/arena.h"
#include "base/clock.h"
#include "base/log.h"
#include "chat/event.h"
#include "chat/rights/reach.h"
#include "cmd/publish.h"
#include "cmd/school.h"
#include "cmd/tell.h"
#include "store/store.h"

enum { ENDING_ARENA = 16 * 1024 * 1024, RETRY_MS = 5000 };

struct ending {
        struct job job;
        struct school *school;
        struct event_list made;
        struct live_event *told;
        size_t told_n;
        int64_t next_ms;
};

static void forget(struct ending *ending)
{
        event_list_done(&ending->made);
        for (size_t i = 0; i < ending->told_n; i++)
                live_event_done(&ending->told[i]);
        free(TAKE(ending->told));
        ending->told_n = 0;
}

static int ending_run(struct job *job, struct tx *tx)
{
        struct ending *ending = CONTAINER_OF(job, struct ending, job);
        _cleanup_(arena_done) struct arena a = ARENA(ENDING_ARENA);
        int r;

        r = member_end_all_over(tx, &ending->made, &ending->next_ms);
        return r < 0 ? r : tell_events(tx, &a, &ending->made, &ending->told, &ending->told_n);
}

static void ending_again(struct job *job)
{
        forget(CONTAINER_OF(job, struct ending, job));
}

static void ending_done(struct job *job, int result)
{
        struct ending *ending = CONTAINER_OF(job, struct ending, job);
        struct school *school = ending->school;

        school->ending = false;
        if (result < 0) {
                log_warning("expire", "times that are over could not be ended, trying again: error %d", -result);
                expire_at(school, clock_now_ms() + RETRY_MS);
        } else {
                expire_at(school, ending->next_ms);
                publish(school, ending->told, ending->told_n);
        }
        forget(ending);
        free(ending);
}

void expire_at(struct school *school, int64_t ends_ms)
{
        if (ends_ms > 0 && ends_ms < school->next_end_ms)
                school->next_end_ms = ends_ms;
}

void expire_tick(struct school *school)
{
        struct ending *ending;

        if (school->ending || clock_now_ms() < school->next_end_ms)
                return;
        ending = calloc(1, sizeof(*ending));
        if (!ending)
                return;
        ending->job = (struct job){ .run = ending_run, .again = ending_again, .done = ending_done };
        ending->school = school;
        if (store_write(school->store, &ending->job) < 0) {
                free(ending);
                return;
        }
        school->ending = true;
        school->next_end_ms = INT64_MAX; /* what comes to be known while the job runs, and what the job finds */
}
