/* cmd/http_oidc.c: signing in at the school's own page (OpenID Connect), there and back.
 *
 * One secret in a cookie of ten minutes makes the state, the nonce and the PKCE verifier, each by a hash of its own: so nothing is kept here, a restart in between does no
 * harm, and an answer fits the one browser that asked. The time stands in the state, and is hashed into it.
 */
#include "base/clock.h"
#include "base/parse.h"
#include "chat/signin/identity.h"
#include "cmd/errand.h"
#include "conf/conf.h"
#include "oidc/oidc.h"

#include <errno.h>

enum { TRIP_MAX_MS = 10 * 60 * 1000, CODE_MAX = 2048 };

/* The three, of a trip that began at at_ms. */
static void make_trip(const char *secret, int64_t at_ms, struct oidc_trip *ret)
{
        char at[24], proof[SECRET_TEXT + 1];

        snprintf(at, sizeof(at), "%lld", (long long)(at_ms / 1000));
        secret_derive(secret, "state", at, proof);
        snprintf(ret->state, sizeof(ret->state), "%s.%s", at, proof);
        secret_derive(secret, "nonce", at, ret->nonce);
        secret_derive(secret, "verifier", at, ret->verifier);
}

/* ---- what there is */

void http_ways_get(struct school *school, const struct http_call *call)
{
        _cleanup_(buf_done) struct buf body = BUF(256);

        shape_encode(&body, &shape_ways, &(struct ways_shape){ .provider = school->oidc != NULL });
        call->answer(call->net, call->ticket,
                     &(struct http_answer){ .status = 200, .content_type = "application/json", .body = buf_str(&body), .body_len = body.len });
}

/* ---- why not, behind the # of the sign-in page: a word and no name */

static void send_back(struct errand *errand, int result)
{
        const char *why = NULL;

        errand->trip_ends = true;
        errand->trip_begins = false;
        switch (result) {
        case 0:
                break;
        case -ENOENT:
                why = "nobody";
                break;
        case -EPERM:
                why = "elsewhere";
                break;
        case -ECANCELED:
                why = "cancelled";
                break;
        case -EAGAIN:
                why = "again";
                break;
        case -EBADMSG:
                why = "failed";
                break;
        default:
                why = "away";
                break;
        }
        buf_clear(&errand->location);
        if (why)
                buf_printf(&errand->location, "/#sign-in=%s", why);
        else
                buf_add_str(&errand->location, "/");
}

/* ---- there */

static int check_start(struct errand *errand)
{
        secret_make(errand->trip_secret);
        make_trip(errand->trip_secret, clock_now_ms(), &errand->trip);
        errand->trip_begins = true;
        return 0;
}

static int begin(struct errand *errand, struct tx *tx _unused_)
{
        return oidc_begin(errand->school->oidc, &errand->trip, errand->stopping, &errand->location);
}

static void leave(struct errand *errand, int result)
{
        if (result < 0)
                send_back(errand, result);
}

static bool may(struct school *school, const struct http_call *call)
{
        if (!school->oidc)
                http_fail(call, ERROR_NOT_FOUND, NULL, REASON_NONE);
        return school->oidc;
}

void http_oidc_start_get(struct school *school, const struct http_call *call)
{
        static const struct errand_plan plan = { .check = check_start, .steps = { { STEP_ASK, begin } }, .leave = leave };

        if (may(school, call))
                errand_run(school, call, &plan);
}

/* ---- and back */

/* Whether this browser began it, and not too long ago. */
static int check_state(struct errand *errand)
{
        const char *state = http_query_part(errand->call.query, "state"), *dot = state ? strchr(state, '.') : NULL;
        char text[24];
        int64_t at, age;

        if (!errand->call.trip || !dot || (size_t)(dot - state) >= sizeof(text))
                return -EAGAIN;
        memcpy(text, state, (size_t)(dot - state));
        text[dot - state] = '\0';
        if (parse_int(text, 0, INT64_MAX / 1000, &at) < 0)
                return -EAGAIN;
        make_trip(errand->call.trip, at * 1000, &errand->trip);
        age = clock_now_ms() - at * 1000;
        if (!secret_same(dot + 1, strchr(errand->trip.state, '.') + 1) || age < -1000 || age > TRIP_MAX_MS)
                return -EAGAIN;
        return 0;
}

static int copy_part(const char *part, char **ret)
{
        *ret = part ? strdup(part) : NULL;
        return part && !*ret ? -ENOMEM : 0;
}

static int check_return(struct errand *errand)
{
        const char *error = http_query_part(errand->call.query, "error"), *code = http_query_part(errand->call.query, "code");
        int r;

        r = check_state(errand);
        if (r < 0)
                return r;
        if (error)
                return strcmp(error, "access_denied") == 0 ? -ECANCELED : -EBADMSG;
        if (!code || strlen(code) > CODE_MAX)
                return -EBADMSG;
        r = copy_part(code, &errand->text[0]);
        return r < 0 ? r : copy_part(http_query_part(errand->call.query, "iss"), &errand->text[1]);
}

static int ask(struct errand *errand, struct tx *tx _unused_)
{
        return oidc_finish(errand->school->oidc, &errand->trip, errand->text[0], errand->text[1], errand->stopping, &errand->identity);
}

static int let_in(struct errand *errand, struct tx *tx)
{
        struct identity identity = {
                .issuer = errand->school->conf->oidc_issuer, .subject = errand->identity.subject,
                .values = (const char *const *)errand->identity.values, .n = errand->identity.n,
        };
        int64_t person;
        int r;

        r = identity_person(tx, &identity, &person);
        return r < 0 ? r : errand_sign_in(errand, tx, person, SIGN_IN_PROVIDER);
}

void http_oidc_return_get(struct school *school, const struct http_call *call)
{
        static const struct errand_plan plan = { .check = check_return, .steps = { { STEP_ASK, ask }, { STEP_WRITE, let_in } }, .leave = send_back };

        if (may(school, call))
                errand_run(school, call, &plan);
}
