/* cmd/errand.h: an HTTP call that goes through several hands: a reader, a worker that hashes, the writer.
 *
 * A route is a table of steps; each runs where it says, after the one before has succeeded, and the loop waits for none. What a step refuses ends the
 * errand with that problem. What came in secret is wiped when it ends. The loop owns it between steps, the step's thread in a step.
 */
#pragma once

#include "base/arena.h"
#include "chat/rights/rights.h"
#include "chat/rights/viewer.h"
#include "chat/signin/credential.h"
#include "cmd/http.h"
#include "oidc/oidc.h"
#include "secret/secret.h"
#include "store/store.h"
#include "work/work.h"

struct errand;

enum step_where {
        STEP_END,
        STEP_READ,  /* a reader, in a snapshot */
        STEP_HASH,  /* a worker; tx is NULL */
        STEP_ASK,   /* the worker that asks the school's sign-in provider; tx is NULL */
        STEP_WRITE, /* the writer; on a failure nothing of this step is kept */
};

struct step {
        enum step_where where;
        int (*run)(struct errand *errand, struct tx *tx); /* 0, a store error, or what errand_refuse() gave; after 0 with a problem set nothing comes after it */
};

enum { ERRAND_FIELDS = 4, ERRAND_STEPS = 4, ERRAND_BODY_CAP = 64 * 1024 };

struct errand_plan {
        const char *fields[ERRAND_FIELDS];   /* string members of the body; with ? in front one that may be missing */
        enum right right;                    /* who may: asked in a first step by errand_viewer(). RIGHT_NONE: whoever, without a session too */
        int (*check)(struct errand *errand); /* on the loop before anything else; NULL: nothing to look at. As a step */
        struct step steps[ERRAND_STEPS];
        /* On the loop at the end, result 0 or what went wrong: for who is sent elsewhere instead of being answered (errand->location). NULL: an answer. */
        void (*leave)(struct errand *errand, int result);
};

struct errand {
        struct job job;
        struct task task;
        const struct errand_plan *plan;
        size_t at; /* the step that runs or is next */
        int task_result;
        struct school *school; /* the loop's: steps read nothing of it but conf */
        struct http_call call;
        bool has_token;
        struct token_hash token; /* of the cookie that came */

        char *in[ERRAND_FIELDS]; /* what came, as in the plan; wiped at the end */

        /* What steps leave for later ones. */
        struct token_hash attempt; /* whose attempts are counted: chat/signin/attempt.h */
        struct token_hash key;
        struct viewer viewer;
        int64_t person;
        struct credential seen;
        bool known, fits;
        char hash[PASSWORD_HASH_TEXT];
        char *text[2]; /* wiped */

        struct oidc_trip trip;
        struct oidc_identity identity;
        atomic_bool *stopping; /* in a step of a worker */

        /* The answer. */
        struct problem problem;
        struct buf body;               /* JSON; empty: 204 */
        char secret[SECRET_TEXT + 1];  /* of a new session; "": none */
        struct buf location;           /* where the browser is sent; empty: nowhere */
        char trip_secret[SECRET_TEXT + 1];
        bool trip_begins, trip_ends;
        bool ends_sessions;            /* their sockets are closed */
        bool counts;                   /* it was a failed attempt of this address */
};

/* Answers the call, now or later. */
void errand_run(struct school *school, const struct http_call *call, const struct errand_plan *plan);

/* Its two halves. The first reads the fields, once it is certain that this address need not wait; false: that or a fault was answered. Between them a route may
 * look at what came: errand_forget() then ends it. The second owns them. key: for errand->key; may be NULL. */
bool errand_read(struct school *school, const struct http_call *call, const struct errand_plan *plan, char *in[ERRAND_FIELDS]);
void errand_run_with(struct school *school, const struct http_call *call, const struct errand_plan *plan, char *in[ERRAND_FIELDS],
                     const struct token_hash *key);
void errand_forget(char *in[ERRAND_FIELDS]);

/* Notes why not. Returns -ECANCELED. field: static, may be NULL. */
int errand_refuse(struct errand *errand, enum error_code code, const char *field, enum error_reason reason);

/* In a step of the database: who is signed in, in errand->viewer, and whether they may. -ENOENT: nobody. */
int errand_viewer(struct errand *errand, struct tx *tx);

/* In a writing step: a new session for this person, whose cookie goes with the answer. */
int errand_sign_in(struct errand *errand, struct tx *tx, int64_t person, enum sign_in how);

/* In a step of the database, with errand->attempt set: whether it is not too soon after a wrong one. */
int errand_may_try(struct errand *errand, struct tx *tx);

/* In the writing step: it was wrong; that is counted and kept, and the answer is this problem. Returns 0 or a store error. */
int errand_wrong(struct errand *errand, struct tx *tx, enum error_code code, const char *field, enum error_reason reason);

/* In a writing step: ends every session of a person but one (NULL: all); their sockets are closed once it is on disk. */
int errand_end_sessions(struct errand *errand, struct tx *tx, int64_t person, const struct token_hash *but);

/* In any step of the database: the session's shape (who, which school) as the answer. */
int errand_describe(struct errand *errand, struct tx *tx, int64_t person);
