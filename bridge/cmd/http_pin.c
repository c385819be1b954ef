/* cmd/http_pin.c: signing in with a PIN: with an invitation, or as one of the people of a device.
 *
 * A PIN of six figures is weak, so it is never asked alone: who tries one holds an invitation or the secret of a device. Wrong ones
 * are counted for that pair; after WRONG_MAX in a row it is worth nothing any more, and a new invitation is needed. Whether an account
 * exists shows neither in the answer nor in its time.
 */
#include "base/arena.h"
#include "base/clock.h"
#include "base/parse.h"
#include "chat/audit/audit.h"
#include "chat/rights/rights.h"
#include "chat/signin/attempt.h"
#include "chat/signin/device.h"
#include "cmd/invited.h"
#include "cmd/opened.h"
#include "cmd/visit.h"
#include "conf/conf.h"
#include "proto/command.h"

#include <errno.h>

enum { ARENA_CAP = 64 * 1024, WRONG_MAX = 20, SECOND_MS = 10 * 60 * 1000 };

struct pin_visit {
        struct visit visit;
        struct token_hash opened_with; /* of an invitation */
        int64_t person;                /* of a device */
        char pin[PIN_FIGURES + 1];
        struct token_hash key;         /* of this attempt */
        char hash[SLOW_HASH_TEXT];     /* of a new PIN */
        bool is_right;
        bool is_malformed;             /* said where it is known who asks */
};

/* ---- what both have */

static void attempt_key(const struct school *school, const char *kind, const struct token_hash *with, int64_t person, struct token_hash *ret)
{
        char named[256];
        char hex[2 * TOKEN_HASH_BYTES + 1];
        int n;

        for (size_t i = 0; i < TOKEN_HASH_BYTES; i++)
                snprintf(hex + 2 * i, 3, "%02x", with->bytes[i]);
        n = snprintf(named, sizeof(named), "attempt %s %s %lld", kind, hex, (long long)person);
        secret_hash_keyed(&school->key, named, (size_t)n, ret);
}

static int must_wait(struct pin_visit *v, struct tx *tx)
{
        int64_t wait;
        int r;

        r = attempt_wait(tx, &v->key, clock_now_ms(), &wait);
        if (r < 0)
                return r;
        if (wait > 0)
                v->visit.problem = (struct problem){ .code = ERROR_RATE_LIMITED, .retry_ms = wait };
        return wait > 0;
}

/* person 0: nobody, who is looked at as long as anybody. */
static int check_pin(struct pin_visit *v, struct tx *tx, int64_t person)
{
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        const char *hash = NULL;
        int r = -ENOENT;

        if (person > 0)
                r = pin_get(tx, &a, person, &hash);
        if (r < 0 && r != -ENOENT)
                return r;
        v->is_right = slow_check(&v->visit.school->key, v->pin, r == 0 ? hash : NULL);
        return 0;
}

static int64_t count_wrong(struct pin_visit *v, struct tx *tx)
{
        v->visit.problem = PROBLEM(ERROR_SIGNED_OUT, NULL, REASON_PIN);
        return attempt_failed(tx, &v->key, clock_now_ms(), (int64_t)(v->visit.school->conf->attempt_wait_s * 1000));
}

/* The failures of this person on this device are forgiven, whichever way they come in. */
static int enter(struct pin_visit *v, struct tx *tx, int64_t person)
{
        int64_t device = visit_device(&v->visit, tx);
        struct token_hash key;
        int r = device < 0 ? (int)device : profile_add(tx, device, person);

        attempt_key(v->visit.school, "profile", &v->visit.device, person, &key);
        if (r >= 0)
                r = attempt_passed(tx, &key);
        return r < 0 ? r : visit_sign_in(&v->visit, tx, person, device, SIGN_IN_PIN);
}

static int wipe(struct pin_visit *v, int r)
{
        memset(v->pin, 0, sizeof(v->pin));
        return r;
}

/* ---- with an invitation */

static int invitation_check(struct visit *visit, struct tx *tx)
{
        struct pin_visit *v = CONTAINER_OF(visit, struct pin_visit, visit);
        struct invitation i;
        int r;

        r = invitation_look(tx, &v->opened_with, &i);
        if (r < 0)
                return r;
        attempt_key(visit->school, "invitation", &i.secret, i.person, &v->key);
        if (i.proof == PROOF_PIN) {
                r = must_wait(v, tx);
                return r != 0 ? r : wipe(v, check_pin(v, tx, i.person));
        }
        if (i.proof != PROOF_NEW_PIN)
                return -ENOENT;
        if (pin_is_too_easy(v->pin)) {
                visit->problem = PROBLEM(ERROR_INVALID, "pin", REASON_PIN_EASY);
                return 0;
        }
        return wipe(v, slow_hash(&visit->school->key, v->pin, v->hash));
}

/* Who signs in elsewhere is signed out there: that is how a person whose PIN another replaced comes to know of it, and how a lost phone is shut. */
static int new_pin(struct pin_visit *v, struct tx *tx, int64_t person)
{
        int r = pin_put(tx, person, v->hash);

        if (r >= 0)
                r = sessions_end_of(tx, person, 0);
        return r < 0 ? r : audit_add(tx, &(struct audit){ .deed = DEED_PIN, .actor = person });
}

static int invitation_run(struct visit *visit, struct tx *tx)
{
        struct pin_visit *v = CONTAINER_OF(visit, struct pin_visit, visit);
        struct invitation i;
        int64_t wrong;
        int r;

        if (visit->problem.code != ERROR_NONE)
                return 0;
        r = invitation_look(tx, &v->opened_with, &i);
        if (r < 0)
                return r;
        if (i.proof == PROOF_PIN && !v->is_right) {
                wrong = count_wrong(v, tx);
                if (wrong < WRONG_MAX)
                        return wrong < 0 ? (int)wrong : 0;
                return invitation_use(tx, &i);
        }
        r = invitation_use(tx, &i);
        if (r >= 0 && i.proof == PROOF_NEW_PIN)
                r = new_pin(v, tx, i.person);
        return r < 0 ? r : enter(v, tx, i.person);
}

/* ---- as one of a device */

static int profile_check(struct visit *visit, struct tx *tx)
{
        struct pin_visit *v = CONTAINER_OF(visit, struct pin_visit, visit);
        int64_t device;
        int r;

        attempt_key(visit->school, "profile", &visit->device, v->person, &v->key);
        r = must_wait(v, tx);
        if (r != 0)
                return r;
        device = visit->has_device ? device_find(tx, &visit->device) : -ENOENT;
        r = device < 0 ? (int)device : profile_there(tx, device, v->person);
        if (r < 0 && r != -ENOENT)
                return r;
        return wipe(v, check_pin(v, tx, r == 0 ? v->person : 0));
}

static int profile_run(struct visit *visit, struct tx *tx)
{
        struct pin_visit *v = CONTAINER_OF(visit, struct pin_visit, visit);
        int64_t device, wrong;
        int r;

        if (visit->problem.code != ERROR_NONE)
                return 0;
        device = visit->has_device ? device_find(tx, &visit->device) : -ENOENT;
        r = device < 0 ? (int)device : profile_there(tx, device, v->person);
        if (r < 0 && r != -ENOENT)
                return r;
        if (r == 0 && v->is_right)
                return enter(v, tx, v->person);
        wrong = count_wrong(v, tx);
        if (wrong >= WRONG_MAX && r == 0)
                return profile_remove(tx, device, v->person);
        return wrong < 0 ? (int)wrong : 0;
}

/* ---- a second device, from one that is signed in */

static int second_check(struct visit *visit, struct tx *tx)
{
        struct pin_visit *v = CONTAINER_OF(visit, struct pin_visit, visit);
        struct viewer viewer;
        int r;

        r = rights_session(tx, RIGHT_device_invitation_post, &visit->token, &viewer);
        if (r < 0)
                return r;
        if (v->is_malformed) {
                visit->problem = PROBLEM(ERROR_INVALID, "pin", REASON_PIN_FORM);
                return 0;
        }
        attempt_key(visit->school, "second", &visit->token, viewer.person, &v->key);
        r = must_wait(v, tx);
        return r != 0 ? r : wipe(v, check_pin(v, tx, viewer.person));
}

static int second_run(struct visit *visit, struct tx *tx)
{
        struct pin_visit *v = CONTAINER_OF(visit, struct pin_visit, visit);
        _cleanup_(arena_done) struct arena a = ARENA(ARENA_CAP);
        struct invitation_shape made;
        struct viewer viewer;
        int64_t wrong;
        int r;

        if (visit->problem.code != ERROR_NONE)
                return 0;
        r = rights_session(tx, RIGHT_device_invitation_post, &visit->token, &viewer);
        if (r < 0)
                return r;
        if (!v->is_right) {
                wrong = count_wrong(v, tx);
                visit->ends_sessions = wrong >= WRONG_MAX;
                if (wrong >= WRONG_MAX)
                        return session_end(tx, &visit->token);
                return wrong < 0 ? (int)wrong : 0;
        }
        r = attempt_passed(tx, &v->key);
        if (r >= 0)
                r = invited_make(visit->school, tx, &a, viewer.person, PROOF_PIN, viewer.person, clock_now_ms() + SECOND_MS, &made);
        if (r < 0)
                return r;
        shape_encode(&visit->body, &shape_invitation, &made);
        return buf_failed(&visit->body);
}

/* ---- in */

struct pair {
        char *text[2];
};

/* The second is a PIN. */
static void pair_done(struct pair *pair)
{
        if (pair->text[1])
                memset(pair->text[1], 0, strlen(pair->text[1]));
        free(pair->text[0]);
        free(pair->text[1]);
}

static void start(struct school *school, const struct http_call *call, const struct pin_visit *with, const char *pin)
{
        struct pin_visit *v;
        bool malformed = !pin_is_well_formed(pin);

        if (malformed && with->visit.check != second_check) {
                http_fail(call, ERROR_INVALID, "pin", REASON_PIN_FORM);
                return;
        }
        v = visit_new(school, call, sizeof(*v));
        if (!v)
                return;
        v->opened_with = with->opened_with;
        v->person = with->person;
        v->is_malformed = malformed;
        if (!malformed)
                memcpy(v->pin, pin, sizeof(v->pin));
        v->visit.check = with->visit.check;
        v->visit.run = with->visit.run;
        v->visit.reason = REASON_INVITATION;
        v->visit.counts = true;
        visit_prove(&v->visit);
}

void http_invitation_session_post(struct school *school, const struct http_call *call)
{
        static const char *const keys[] = { "secret", "pin" };
        _cleanup_(pair_done) struct pair given = { 0 };
        struct pin_visit with = { .visit = { .check = invitation_check, .run = invitation_run } };
        struct problem problem = { 0 };
        int r;

        if (visit_must_wait(school, call))
                return;
        r = strings_decode(call->body, call->body_len, keys, ELEMENTS(keys), given.text, &problem);
        if (r < 0)
                visit_refuse(call, r, &problem);
        else if (opened_with_read(school, call, given.text[0], &with.opened_with))
                start(school, call, &with, given.text[1]);
}

void http_device_session_post(struct school *school, const struct http_call *call)
{
        static const char *const keys[] = { "person", "pin" };
        _cleanup_(pair_done) struct pair given = { 0 };
        struct pin_visit with = { .visit = { .check = profile_check, .run = profile_run } };
        struct problem problem = { 0 };
        int r;

        if (visit_must_wait(school, call))
                return;
        r = strings_decode(call->body, call->body_len, keys, ELEMENTS(keys), given.text, &problem);
        if (r < 0)
                visit_refuse(call, r, &problem);
        else if (parse_int(given.text[0], 1, ID_MAX, &with.person) < 0)
                http_fail(call, ERROR_INVALID, "person", REASON_TYPE);
        else
                start(school, call, &with, given.text[1]);
}

void http_device_invitation_post(struct school *school, const struct http_call *call)
{
        static const char *const keys[] = { "pin" };
        _cleanup_(pair_done) struct pair given = { 0 };
        struct pin_visit with = { .visit = { .check = second_check, .run = second_run } };
        struct problem problem = { 0 };
        int r;

        if (visit_must_wait(school, call))
                return;
        r = strings_decode(call->body, call->body_len, keys, ELEMENTS(keys), &given.text[1], &problem);
        if (r < 0)
                visit_refuse(call, r, &problem);
        else
                start(school, call, &with, given.text[1]);
}
