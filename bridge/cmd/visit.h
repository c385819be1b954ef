/* cmd/visit.h: an HTTP call that signs in or out, on its way to the store and back. What the routes of http_session.c, http_pin.c and
 * others share.
 *
 * A proof (PIN, password) costs 20 ms and 19 MiB by intent: so its check runs on a reader, never on the loop or the writer, and one visit at a
 * time for the whole school. Who waits for their turn waits in a row. So a flood of proofs costs one core at most and leaves the
 * other readers alone, and two attempts on one account never run beside each other: each sees the failures before it.
 */
#pragma once

#include "base/buf.h"
#include "base/token.h"
#include "chat/signin/account.h"
#include "cmd/http.h"
#include "secret/secret.h"
#include "store/store.h"

struct visit {
        struct job job;
        struct visit *next;
        struct school *school;
        struct http_call call;       /* but for what it only lent */
        bool has_token, has_device;
        struct token_hash token;     /* of the session cookie that came */
        struct token_hash device;    /* of the device cookie that came */

        /* In a transaction. check: on a reader, may be slow, writes nothing; run: on the writer (or a reader, visit_read()). Below 0: nothing
         * is kept, and gone and reason (or 503) are answered. Both may set problem and return 0: then what run() wrote (a counted
         * failure) stays, and the problem is answered. */
        int (*check)(struct visit *visit, struct tx *tx);
        int (*run)(struct visit *visit, struct tx *tx);
        void (*free)(struct visit *visit); /* what the visit's own kind holds; may be NULL */

        enum error_code gone;        /* what -ENOENT is answered with */
        enum error_reason reason;
        struct problem problem;
        bool counts;                 /* a problem or -ENOENT is a failed attempt of this address */

        /* What a visit that went well answers: the body, or 204 where it is empty. */
        struct buf body;
        char session[SECRET_TEXT + 1]; /* a new session's secret; "" leaves the cookie as it is */
        char device_secret[SECRET_TEXT + 1];
        bool clears_session;
        bool ends_sessions;          /* sockets may have to close */
};

/* size: of the struct that begins with the visit. NULL: no memory, and that is answered. */
void *visit_new(struct school *school, const struct http_call *call, size_t size);

/* Hands a visit over; what becomes of it is answered and freed. */
void visit_read(struct visit *visit);
void visit_write(struct visit *visit);

/* With its check, when it is its turn. */
void visit_prove(struct visit *visit);

/* Answers that this address has to wait, where it has to. */
bool visit_must_wait(struct school *school, const struct http_call *call);

/* An attempt to sign in failed: counted for its address, and for the audit log. */
void count_failed(struct school *school, const struct http_call *call);

/* Answers what strings_decode() found wrong, r below 0. */
void visit_refuse(const struct http_call *call, int r, const struct problem *problem);

/* Writes who somebody is into the body, as the session shape. In run(). */
int visit_describe(struct visit *visit, struct tx *tx, int64_t person);

/* A new session for a person, its secret in the visit and its description in the body. In run(). */
int visit_sign_in(struct visit *visit, struct tx *tx, int64_t person, int64_t device, enum sign_in how);

/* Ends the session that the cookie names, and clears the cookie. In run(). */
int visit_sign_out(struct visit *visit, struct tx *tx);

/* The device of the cookie that came, or a new one, whose secret is then in the visit. Returns its id. In run(). */
int64_t visit_device(struct visit *visit, struct tx *tx);
