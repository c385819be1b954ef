/* oidc/oidc.h: the school's sign-in provider (OpenID Connect Core 1.0, Discovery 1.0; RFC 6749, 7636, 9207). Code flow with PKCE.
 *
 * Both calls may ask the provider and take seconds: on one worker at a time, never on the loop.
 */
#pragma once

#include "base/buf.h"
#include "base/macro.h"
#include "secret/secret.h"

#include <stdatomic.h>

struct oidc;

struct oidc_settings {
        const char *issuer, *client_id;
        const char *secret_file;   /* "": none, a public client */
        const char *return_to;     /* our own address that the browser comes back to */
        const char *scope;
        const char *person_claims; /* names, a blank between, the best first */
        const char *home_claims;   /* likewise */
        const char *homes;         /* allowed values of those, a blank between; "": any */
        const char *acr;           /* allowed, a blank between; "": any */
};

/* What a browser brings along for one sign-in; all three out of one secret (secret_derive()). */
struct oidc_trip {
        char state[SECRET_TEXT + 1 + 24]; /* with the time in front */
        char nonce[SECRET_TEXT + 1];
        char verifier[SECRET_TEXT + 1];
};

/* settings: borrowed, must outlive it. Reads the secret's file; asks nobody. Returns 0, -EINVAL, or why the file cannot be read; *why (owned by the
 * caller) then says it in a sentence. */
int oidc_new(const struct oidc_settings *settings, struct oidc **ret, char **why);
void oidc_free(struct oidc *oidc);
DEFINE_CLEANUP(struct oidc *, oidc_free)

/* The address to send the browser to. Returns 0, -EHOSTUNREACH (the provider does not answer, or not as one), -ECANCELED, -ENOMEM. */
int oidc_begin(struct oidc *oidc, const struct oidc_trip *trip, atomic_bool *stopping, struct buf *address);

enum { OIDC_VALUES_MAX = 12, OIDC_VALUE_MAX = 255 };

struct oidc_identity {
        char subject[OIDC_VALUE_MAX + 1];
        char *values[OIDC_VALUES_MAX]; /* what the claims say who it is, the best first */
        size_t n;
};

/* Trades the code of the answer for who it is.
 *
 * iss      as the answer had it; NULL: not there
 * ret      set on 0 only; oidc_identity_done()
 * returns  0; -EBADMSG (what the provider said is not right; the log says what); -EPERM (somebody of another school, or signed in less strictly
 *          than is asked); -EHOSTUNREACH, -ECANCELED, -ENOMEM
 */
int oidc_finish(struct oidc *oidc, const struct oidc_trip *trip, const char *code, const char *iss, atomic_bool *stopping, struct oidc_identity *ret);
void oidc_identity_done(struct oidc_identity *identity);

const char *oidc_issuer(const struct oidc *oidc);
