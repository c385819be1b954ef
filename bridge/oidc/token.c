#include "oidc/token.h"

#include "base/buf.h"
#include "proto/shape.h"

#include <cjose/cjose.h>
#include <errno.h>

static void jws_freep(cjose_jws_t **jws)
{
        if (*jws)
                cjose_jws_release(*jws);
}

static void jwk_freep(cjose_jwk_t **jwk)
{
        if (*jwk)
                cjose_jwk_release(*jwk);
}

static int refuse(const char **why, const char *text)
{
        *why = text;
        return -EBADMSG;
}

/* ---- the key */

/* By name, so that nothing else is ever taken: not "none", and no secret that both sides know. */
static const struct algorithm {
        const char *name, *kind;
} algorithms[] = { { "RS256", "RSA" }, { "PS256", "RSA" }, { "ES256", "EC" } };

static const struct algorithm *algorithm_named(const char *name)
{
        for (size_t i = 0; name && i < ELEMENTS(algorithms); i++)
                if (strcmp(algorithms[i].name, name) == 0)
                        return &algorithms[i];
        return NULL;
}

static bool is(const char *a, const char *b)
{
        return a && b && strcmp(a, b) == 0;
}

/* Whether a key of the set may have made such a signature. */
static bool key_fits(const struct tree *key, const struct algorithm *algorithm, const char *kid)
{
        if (!is(tree_str(key, "kty"), algorithm->kind) || (kid && !is(tree_str(key, "kid"), kid)))
                return false;
        if (tree_get(key, "use") && !is(tree_str(key, "use"), "sig"))
                return false;
        if (tree_get(key, "alg") && !is(tree_str(key, "alg"), algorithm->name))
                return false;
        return strcmp(algorithm->kind, "EC") != 0 || is(tree_str(key, "crv"), "P-256");
}

/* The one key; -ENOKEY where there is none. Without a name in the token there has to be one only (Core 10.1). */
static int find_key(const struct tree *keys, const struct algorithm *algorithm, const char *kid, const struct tree **ret, const char **why)
{
        const struct tree *list = tree_get(keys, "keys"), *found = NULL;

        for (size_t i = 0; i < tree_size(list); i++) {
                if (!key_fits(tree_at(list, i), algorithm, kid))
                        continue;
                if (found)
                        return refuse(why, "more than one key fits it");
                found = tree_at(list, i);
        }
        if (!found)
                return -ENOKEY;
        *ret = found;
        return 0;
}

/* A key of its public members alone, whatever else stands with them. */
static int import_key(const struct tree *key, const struct algorithm *algorithm, cjose_jwk_t **ret, const char **why)
{
        static const char *const rsa[] = { "kty", "n", "e", NULL }, *const ec[] = { "kty", "crv", "x", "y", NULL };
        const char *const *members = strcmp(algorithm->kind, "RSA") == 0 ? rsa : ec;
        _cleanup_(buf_done) struct buf text = BUF(16 * 1024);
        cjose_jwk_t *jwk;

        for (size_t i = 0; members[i]; i++) {
                const char *value = tree_str(key, members[i]);

                if (!value)
                        return refuse(why, "its key is not whole");
                buf_printf(&text, "%c\"%s\":", i == 0 ? '{' : ',', members[i]);
                json_string_encode(&text, value);
        }
        buf_add_char(&text, '}');
        if (buf_failed(&text))
                return buf_failed(&text) == -ENOMEM ? -ENOMEM : refuse(why, "its key is too long");
        jwk = cjose_jwk_import(buf_str(&text), text.len, NULL);
        if (!jwk)
                return refuse(why, "its key cannot be read");
        if (strcmp(algorithm->kind, "RSA") == 0 && cjose_jwk_get_keysize(jwk, NULL) < TOKEN_RSA_BITS_MIN) {
                cjose_jwk_release(jwk);
                return refuse(why, "its key is too short");
        }
        *ret = jwk;
        return 0;
}

/* ---- the claims */

static bool is_for_us(const struct tree *claims, const char *client_id)
{
        const struct tree *aud = tree_get(claims, "aud");
        const char *azp = tree_str(claims, "azp");
        bool found = is(tree_text(aud), client_id);

        for (size_t i = 0; i < tree_size(aud); i++)
                found |= is(tree_text(tree_at(aud, i)), client_id);
        if (!found || (tree_get(claims, "azp") && !is(azp, client_id)))
                return false;
        return tree_size(aud) < 2 || azp;
}

static int check_claims(const struct tree *claims, const struct token_expect *e, const char **why)
{
        int64_t exp = tree_int(claims, "exp", -1), iat = tree_int(claims, "iat", -1), nbf = tree_int(claims, "nbf", 0);
        const char *sub = tree_str(claims, "sub");

        if (!is(tree_str(claims, "iss"), e->issuer))
                return refuse(why, "it is of another issuer");
        if (!is_for_us(claims, e->client_id))
                return refuse(why, "it is for somebody else (aud, azp)");
        if (exp < 0 || exp <= e->now_s - TOKEN_LEEWAY_S)
                return refuse(why, "it is too old (exp)");
        if (iat < 0 || iat > e->now_s + TOKEN_LEEWAY_S || iat < e->now_s - TOKEN_AGE_MAX_S - TOKEN_LEEWAY_S)
                return refuse(why, "it was not made just now (iat)");
        if (nbf > e->now_s + TOKEN_LEEWAY_S)
                return refuse(why, "it is not good yet (nbf)");
        if (!is(tree_str(claims, "nonce"), e->nonce))
                return refuse(why, "it is of another sign-in (nonce)");
        if (!sub || !*sub || strlen(sub) > TOKEN_SUBJECT_MAX)
                return refuse(why, "it names nobody (sub)");
        return 0;
}

/* ---- */

static int open_token(cjose_jws_t *jws, struct tree **ret, const char **why)
{
        uint8_t *text = NULL;
        size_t n = 0;

        /* What it gives is the token's own. */
        if (!cjose_jws_get_plaintext(jws, &text, &n, NULL) || tree_parse((const char *)text, n, ret) < 0)
                return refuse(why, "its claims cannot be read");
        return 0;
}

int token_check(const char *token, const struct tree *keys, const struct token_expect *expect, struct tree **claims, const char **why)
{
        _cleanup_(jws_freep) cjose_jws_t *jws = NULL;
        _cleanup_(jwk_freep) cjose_jwk_t *jwk = NULL;
        _cleanup_(tree_freep) struct tree *said = NULL;
        _cleanup_free_ char *crit = NULL;
        const struct algorithm *algorithm;
        const struct tree *key = NULL;
        cjose_header_t *header;
        int r;

        if (strlen(token) > TOKEN_MAX)
                return refuse(why, "it is too long");
        jws = cjose_jws_import(token, strlen(token), NULL);
        header = jws ? cjose_jws_get_protected(jws) : NULL;
        if (!header)
                return refuse(why, "it is no signed token");
        algorithm = algorithm_named(cjose_header_get(header, CJOSE_HDR_ALG, NULL));
        if (!algorithm)
                return refuse(why, "its algorithm is not allowed");
        crit = cjose_header_get_raw(header, "crit", NULL);
        if (crit)
                return refuse(why, "it asks for an extension (crit)");
        r = find_key(keys, algorithm, cjose_header_get(header, CJOSE_HDR_KID, NULL), &key, why);
        if (r >= 0)
                r = import_key(key, algorithm, &jwk, why);
        if (r < 0)
                return r;
        if (!cjose_jws_verify(jws, jwk, NULL))
                return refuse(why, "its signature is wrong");
        r = open_token(jws, &said, why);
        if (r >= 0)
                r = check_claims(said, expect, why);
        if (r < 0)
                return r;
        *claims = TAKE(said);
        return 0;
}
