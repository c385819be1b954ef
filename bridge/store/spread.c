#include "store/spread.h"

#include "store/inside.h"
#include "store/lane.h"

#include <errno.h>

/* Lives until the last who knows it lets go: a reader that comes late finds nothing left to do. */
struct spread {
        pthread_mutex_t lock;
        pthread_cond_t over; /* the last part */
        int (*run)(void *arg, size_t part, struct tx *tx);
        void *arg;
        size_t parts, taken, ended;
        int users, result;
};

/* What asks a reader to help. */
struct help {
        struct job job;
        struct spread *spread;
};

static void let_go(struct spread *s)
{
        int left;

        pthread_mutex_lock(&s->lock);
        left = --s->users;
        pthread_mutex_unlock(&s->lock);
        if (left > 0)
                return;
        pthread_cond_destroy(&s->over);
        pthread_mutex_destroy(&s->lock);
        free(s);
}

/* False: all are taken. */
static bool take(struct spread *s, size_t *part)
{
        bool there;

        pthread_mutex_lock(&s->lock);
        there = s->taken < s->parts;
        if (there)
                *part = s->taken++;
        pthread_mutex_unlock(&s->lock);
        return there;
}

static void end(struct spread *s, int r)
{
        pthread_mutex_lock(&s->lock);
        if (r < 0 && s->result >= 0)
                s->result = r;
        if (++s->ended == s->parts)
                pthread_cond_signal(&s->over);
        pthread_mutex_unlock(&s->lock);
}

void spread_help(struct job *job, struct db *db)
{
        struct help *help = CONTAINER_OF(job, struct help, job);
        struct spread *s = help->spread;
        struct tx *tx = NULL;
        size_t part;
        int r;

        free(help);
        if (take(s, &part)) {
                r = tx_begin(db, &tx);
                do
                        end(s, r < 0 ? r : s->run(s->arg, part, tx));
                while (take(s, &part));
                tx_rollback(tx);
        }
        let_go(s);
}

/* Those that could not be asked are not missed. */
static void ask(struct store *store, struct spread *s)
{
        struct help *help = calloc(1, sizeof(*help));

        if (!help)
                return;
        help->spread = s;
        pthread_mutex_lock(&s->lock);
        s->users++;
        pthread_mutex_unlock(&s->lock);
        if (lane_put(&store->reads, &help->job) >= 0)
                return;
        free(help);
        let_go(s);
}

size_t spread_width(const struct tx *tx)
{
        return tx->db->store ? (size_t)tx->db->store->readers_n : 1;
}

int spread(struct tx *tx, size_t parts, int (*run)(void *arg, size_t part, struct tx *tx), void *arg)
{
        size_t width = spread_width(tx), part = 0;
        struct spread *s;
        int r;

        s = calloc(1, sizeof(*s));
        if (!s)
                return -ENOMEM;
        pthread_mutex_init(&s->lock, NULL);
        pthread_cond_init(&s->over, NULL);
        s->run = run;
        s->arg = arg;
        s->parts = parts;
        s->users = 1;
        take(s, &part);
        for (size_t i = 1; i < width && i < parts; i++)
                ask(tx->db->store, s);
        do
                end(s, run(arg, part, tx));
        while (take(s, &part));
        pthread_mutex_lock(&s->lock);
        while (s->ended < s->parts)
                pthread_cond_wait(&s->over, &s->lock);
        r = s->result;
        pthread_mutex_unlock(&s->lock);
        let_go(s);
        return r;
}
