/* oidc/token.h: an ID token (OpenID Connect Core 1.0 sections 2 and 3.1.3.7; RFC 7515, 7517, 7518, 7519). Pure; any thread. */
#pragma once

#include "proto/tree.h"

#include <stdint.h>

enum {
        TOKEN_MAX = 16 * 1024,  /* bytes */
        TOKEN_LEEWAY_S = 60,    /* what two clocks may differ by */
        TOKEN_AGE_MAX_S = 600,  /* since it was made: it comes right after the code */
        TOKEN_SUBJECT_MAX = 255,
        TOKEN_RSA_BITS_MIN = 2048,
};

struct token_expect {
        const char *issuer, *client_id, *nonce;
        int64_t now_s;
};

/* Checks everything that a token says by itself, and its signature by a key of the set ({"keys": [...]}).
 *
 * claims   set on 0 only; tree_free()
 * why      set on -EBADMSG; static, names nobody
 * returns  0, -ENOKEY (the set has no such key: it may be newer), -EBADMSG, -ENOMEM
 */
int token_check(const char *token, const struct tree *keys, const struct token_expect *expect, struct tree **claims, const char **why);
