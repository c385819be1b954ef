#include "cmd/signed_out.h"

#include "base/clock.h"
#include "base/log.h"
#include "chat/signin/account.h"
#include "cmd/school.h"
#include "live/hub.h"
#include "store/store.h"

#include <errno.h>
#include <stdlib.h>

struct signed_out {
        int64_t last;    /* the ending that was dealt with */
        int64_t at_ms;   /* sessions that grew too old until then were dealt with */
        bool looking;
        bool again;      /* something ended while a look was under way */
};

struct look {
        struct job job;
        struct school *school;
        int64_t since, after_ms, now_ms; /* what is asked */
        int64_t last;                    /* what was found */
        struct token_hash *gone;
        size_t n, room;
};

int signed_out_new(struct school *school, long long last)
{
        school->signed_out = calloc(1, sizeof(*school->signed_out));
        if (!school->signed_out)
                return -ENOMEM;
        *school->signed_out = (struct signed_out){ .last = last, .at_ms = clock_now_ms() };
        return 0;
}

void signed_out_free(struct school *school)
{
        free(school->signed_out);
        school->signed_out = NULL;
}

static int note(void *arg, const struct token_hash *hash)
{
        struct look *look = arg;

        if (look->n == look->room) {
                size_t room = look->room ? look->room * 2 : 16;
                struct token_hash *gone = reallocarray(look->gone, room, sizeof(*gone));

                if (!gone)
                        return -ENOMEM;
                look->gone = gone;
                look->room = room;
        }
        look->gone[look->n++] = *hash;
        return 0;
}

static int look_run(struct job *job, struct tx *tx)
{
        struct look *look = CONTAINER_OF(job, struct look, job);
        int r;

        r = session_last_ended(tx, &look->last);
        return r < 0 ? r : session_gone(tx, look->since, look->after_ms, look->now_ms, note, look);
}

static void look_done(struct job *job, int result)
{
        struct look *look = CONTAINER_OF(job, struct look, job);
        struct school *school = look->school;
        struct signed_out *s = school->signed_out;

        s->looking = false;
        if (result < 0) {
                log_warning("signed-out", "ended sessions could not be read, trying again: error %d", -result);
        } else {
                for (size_t i = 0; i < look->n; i++)
                        hub_sign_out(school->hub, &look->gone[i]);
                s->last = look->last > s->last ? look->last : s->last;
                s->at_ms = look->now_ms;
        }
        free(look->gone);
        free(look);
        if (s->again) {
                s->again = false;
                signed_out_look(school);
        }
}

void signed_out_look(struct school *school)
{
        struct signed_out *s = school->signed_out;
        struct look *look;

        if (s->looking) {
                s->again = true;
                return;
        }
        look = calloc(1, sizeof(*look));
        if (!look)
                return;
        *look = (struct look){
                .job = { .run = look_run, .done = look_done },
                .school = school,
                .since = s->last,
                .after_ms = s->at_ms,
                .now_ms = clock_now_ms(),
        };
        if (store_read(school->store, &look->job) < 0)
                free(look);
        else
                s->looking = true;
}
