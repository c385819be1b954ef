#include "oidc/oidc.h"

#include "base/clock.h"
#include "base/log.h"
#include "fetch/fetch.h"
#include "oidc/token.h"
#include "secret/aead.h"
#include "secret/file.h"

#include <errno.h>

enum {
        KEPT_MS = 60 * 60 * 1000,  /* the discovery document and the keys */
        PAUSE_MS = 3 * 1000,       /* after the provider failed it is left alone so long */
        REFETCHES = 5,             /* of the keys, because a token names one that we do not know: at once */
        REFETCH_MS = 60 * 1000,    /* and one more after so long */
        ADDRESS_MAX = 8 * 1024,
};

struct oidc {
        struct oidc_settings set;
        char *secret; /* NULL: none */
        struct tree *document, *keys;
        int64_t document_ms, keys_ms; /* when they came; monotonic */
        int64_t failed_ms;            /* the provider did last; 0: never */
        int64_t refetched_ms;         /* when `refetches` was counted last */
        int refetches;
};

int oidc_new(const struct oidc_settings *settings, struct oidc **ret, char **why)
{
        _cleanup_(oidc_freep) struct oidc *oidc = calloc(1, sizeof(*oidc));
        int r;

        if (!oidc || fetch_init() < 0)
                return -ENOMEM;
        oidc->set = *settings;
        if (!fetch_may(settings->issuer, PLAIN_HERE) || strpbrk(settings->issuer, "?#")) {
                if (asprintf(why, "oidc_issuer is no https address: %s", settings->issuer) < 0)
                        *why = NULL;
                return -EINVAL;
        }
        if (!*settings->client_id) {
                *why = strdup("oidc_issuer is set, oidc_client_id is not");
                return -EINVAL;
        }
        if (*settings->secret_file) {
                r = secret_read_file(settings->secret_file, "the provider's secret", &oidc->secret, why);
                if (r < 0)
                        return r;
        }
        *ret = TAKE(oidc);
        return 0;
}

void oidc_free(struct oidc *oidc)
{
        if (!oidc)
                return;
        if (oidc->secret)
                secret_wipe(oidc->secret, strlen(oidc->secret));
        free(oidc->secret);
        tree_free(oidc->document);
        tree_free(oidc->keys);
        free(oidc);
}

const char *oidc_issuer(const struct oidc *oidc)
{
        return oidc->set.issuer;
}

/* ---- asking */

static int gone(struct oidc *oidc, const char *what, int r)
{
        if (r == -ECANCELED || r == -ENOMEM)
                return r;
        oidc->failed_ms = clock_mono_ms();
        if (r >= 0)
                log_warning("oidc", "the provider's %s cannot be used: status %d", what, r);
        else
                log_warning("oidc", "the provider's %s cannot be used: %s", what, strerror(-r));
        return -EHOSTUNREACH;
}

static int fetch_json(struct oidc *oidc, struct fetch *f, const char *what, struct tree **ret)
{
        _cleanup_(buf_done) struct buf body = BUF(FETCH_MAX);
        int r = fetch(f, &body);

        if (r != 200)
                return gone(oidc, what, r);
        r = tree_parse(buf_str(&body), body.len, ret);
        secret_wipe(body.data, body.len);
        return r < 0 ? gone(oidc, what, r) : 0;
}

static bool is_fresh(const void *what, int64_t since_ms)
{
        return what && clock_mono_ms() - since_ms < KEPT_MS;
}

static int discover(struct oidc *oidc, atomic_bool *stopping)
{
        static const char *const addresses[] = { "authorization_endpoint", "token_endpoint", "jwks_uri" };
        _cleanup_(tree_freep) struct tree *document = NULL;
        _cleanup_(buf_done) struct buf address = BUF(ADDRESS_MAX);
        size_t n = strlen(oidc->set.issuer);
        int r;

        if (is_fresh(oidc->document, oidc->document_ms))
                return 0;
        if (oidc->failed_ms > 0 && clock_mono_ms() - oidc->failed_ms < PAUSE_MS)
                return -EHOSTUNREACH;
        /* Discovery 1.0 section 4: a slash at the end goes. */
        n -= n > 0 && oidc->set.issuer[n - 1] == '/';
        buf_printf(&address, "%.*s/.well-known/openid-configuration", (int)n, oidc->set.issuer);
        if (buf_failed(&address))
                return buf_failed(&address);
        r = fetch_json(oidc, &(struct fetch){ .url = buf_str(&address), .stopping = stopping }, "discovery document", &document);
        if (r < 0)
                return r;
        if (!tree_str(document, "issuer") || strcmp(tree_str(document, "issuer"), oidc->set.issuer) != 0) {
                log_warning("oidc", "the provider calls itself otherwise than oidc_issuer");
                return gone(oidc, "discovery document", -EBADMSG);
        }
        for (size_t i = 0; i < ELEMENTS(addresses); i++)
                if (!fetch_may(tree_str(document, addresses[i]), PLAIN_HERE))
                        return gone(oidc, addresses[i], -EINVAL);
        tree_free(oidc->document);
        oidc->document = TAKE(document);
        oidc->document_ms = clock_mono_ms();
        return 0;
}

static int fetch_keys(struct oidc *oidc, atomic_bool *stopping)
{
        struct tree *keys = NULL;
        int r;

        r = fetch_json(oidc, &(struct fetch){ .url = tree_str(oidc->document, "jwks_uri"), .stopping = stopping }, "keys", &keys);
        if (r < 0)
                return r;
        tree_free(oidc->keys);
        oidc->keys = keys;
        oidc->keys_ms = clock_mono_ms();
        return 0;
}

static bool may_refetch(struct oidc *oidc)
{
        int64_t now = clock_mono_ms(), more = (now - oidc->refetched_ms) / REFETCH_MS;

        if (more > 0) {
                oidc->refetches = oidc->refetches > more ? oidc->refetches - (int)more : 0;
                oidc->refetched_ms = now;
        }
        if (oidc->refetches >= REFETCHES)
                return false;
        oidc->refetches++;
        return true;
}

/* ---- there */

int oidc_begin(struct oidc *oidc, const struct oidc_trip *trip, atomic_bool *stopping, struct buf *address)
{
        char challenge[SECRET_TEXT + 1];
        int r;

        r = discover(oidc, stopping);
        if (r < 0)
                return r;
        secret_challenge(trip->verifier, challenge);
        buf_add_str(address, tree_str(oidc->document, "authorization_endpoint"));
        if (!strchr(buf_str(address), '?'))
                buf_add_char(address, '?');
        fetch_add(address, "response_type", "code");
        fetch_add(address, "client_id", oidc->set.client_id);
        fetch_add(address, "redirect_uri", oidc->set.return_to);
        fetch_add(address, "scope", oidc->set.scope);
        fetch_add(address, "state", trip->state);
        fetch_add(address, "nonce", trip->nonce);
        fetch_add(address, "code_challenge", challenge);
        fetch_add(address, "code_challenge_method", "S256");
        if (*oidc->set.acr)
                fetch_add(address, "acr_values", oidc->set.acr);
        return buf_failed(address);
}

/* ---- and back */

static int refuse(const char *why)
{
        log_warning("oidc", "a sign-in was refused: %s", why);
        return -EBADMSG;
}

static bool offers(const struct tree *list, const char *word)
{
        for (size_t i = 0; i < tree_size(list); i++)
                if (tree_text(tree_at(list, i)) && strcmp(tree_text(tree_at(list, i)), word) == 0)
                        return true;
        return false;
}

/* RFC 6749 section 4.1.3. */
static int trade(struct oidc *oidc, const struct oidc_trip *trip, const char *code, atomic_bool *stopping, struct tree **ret)
{
        const struct tree *methods = tree_get(oidc->document, "token_endpoint_auth_methods_supported");
        /* Basic is what a provider does that says nothing (Discovery 1.0 section 3). */
        bool basic = oidc->secret && (!methods || offers(methods, "client_secret_basic"));
        _cleanup_(buf_done) struct buf form = BUF(ADDRESS_MAX), user = BUF(1024), password = BUF(4 * SECRET_FILE_MAX), body = BUF(FETCH_MAX);
        struct fetch f = { .url = tree_str(oidc->document, "token_endpoint"), .stopping = stopping };
        int r;

        buf_add_str(&form, "grant_type=authorization_code");
        fetch_add(&form, "code", code);
        fetch_add(&form, "redirect_uri", oidc->set.return_to);
        fetch_add(&form, "code_verifier", trip->verifier);
        if (basic) {
                /* RFC 6749 section 2.3.1: both are escaped first. */
                buf_add_escaped(&user, oidc->set.client_id);
                buf_add_escaped(&password, oidc->secret);
                f.user = buf_str(&user);
                f.password = buf_str(&password);
        } else {
                fetch_add(&form, "client_id", oidc->set.client_id);
                if (oidc->secret)
                        fetch_add(&form, "client_secret", oidc->secret);
        }
        if (buf_failed(&form) || buf_failed(&user) || buf_failed(&password))
                return refuse("the code is too long");
        f.form = buf_str(&form);
        r = fetch(&f, &body);
        secret_wipe(form.data, form.len);
        secret_wipe(password.data, password.len);
        if (r == 400 || r == 401)
                return refuse(r == 400 ? "the provider does not take the code" : "the provider does not take our secret");
        if (r != 200)
                return gone(oidc, "token endpoint", r);
        r = tree_parse(buf_str(&body), body.len, ret);
        secret_wipe(body.data, body.len);
        return r < 0 ? refuse("the tokens cannot be read") : 0;
}

static int check(struct oidc *oidc, const struct oidc_trip *trip, const char *token, atomic_bool *stopping, struct tree **claims)
{
        struct token_expect expect = { .issuer = oidc->set.issuer, .client_id = oidc->set.client_id, .nonce = trip->nonce, .now_s = clock_now_ms() / 1000 };
        const char *why = "its key is not the provider's";
        int r = 0;

        if (!is_fresh(oidc->keys, oidc->keys_ms))
                r = fetch_keys(oidc, stopping);
        if (r < 0)
                return r;
        r = token_check(token, oidc->keys, &expect, claims, &why);
        if (r == -ENOKEY && may_refetch(oidc)) {
                r = fetch_keys(oidc, stopping);
                if (r >= 0)
                        r = token_check(token, oidc->keys, &expect, claims, &why);
        }
        return r == -EBADMSG || r == -ENOKEY ? refuse(why) : r;
}

/* ---- whom the claims name */

/* The next of words with blanks between; its length. NULL at the end. */
static const char *next_word(const char **words, size_t *n)
{
        const char *word = *words + strspn(*words, " ,");

        *n = strcspn(word, " ,");
        *words = word + *n;
        return *n > 0 ? word : NULL;
}

static bool is_among(const char *words, const char *value)
{
        size_t n;

        for (const char *word; (word = next_word(&words, &n));)
                if (strlen(value) == n && strncmp(word, value, n) == 0)
                        return true;
        return false;
}

static const struct tree *claim(const struct tree *claims, const char *word, size_t n)
{
        char name[64];

        if (n >= sizeof(name))
                return NULL;
        memcpy(name, word, n);
        name[n] = '\0';
        if (strcmp(name, "email") == 0 && tree_is_false(tree_get(claims, "email_verified")))
                return NULL;
        return tree_get(claims, name);
}

static int add_value(struct oidc_identity *identity, const char *value)
{
        if (!value || !*value || strlen(value) > OIDC_VALUE_MAX || identity->n == OIDC_VALUES_MAX)
                return 0;
        identity->values[identity->n] = strdup(value);
        return identity->values[identity->n] ? (identity->n++, 0) : -ENOMEM;
}

/* A claim is a text, or a list of texts, as federations send what may have several values. */
static int add_claims(const struct oidc *oidc, const struct tree *claims, struct oidc_identity *identity)
{
        const char *words = oidc->set.person_claims;
        size_t n;
        int r = 0;

        for (const char *word; r >= 0 && (word = next_word(&words, &n));) {
                const struct tree *value = claim(claims, word, n);

                r = add_value(identity, tree_text(value));
                for (size_t i = 0; r >= 0 && i < tree_size(value); i++)
                        r = add_value(identity, tree_text(tree_at(value, i)));
        }
        return r;
}

/* Whether they are of this school: any of the claims that say which, and every value of it. */
static bool is_at_home(const struct oidc *oidc, const struct tree *claims)
{
        const char *words = oidc->set.home_claims;
        bool found = false;
        size_t n;

        if (!*oidc->set.homes)
                return true;
        for (const char *word; (word = next_word(&words, &n));) {
                const struct tree *value = claim(claims, word, n);
                const char *text = tree_text(value);

                if (text && !is_among(oidc->set.homes, text))
                        return false;
                for (size_t i = 0; i < tree_size(value); i++) {
                        const char *one = tree_text(tree_at(value, i));

                        if (!one || !is_among(oidc->set.homes, one))
                                return false;
                }
                found |= text || tree_size(value) > 0;
        }
        return found;
}

static int ask_userinfo(struct oidc *oidc, const struct tree *tokens, const char *subject, atomic_bool *stopping, struct tree **ret)
{
        struct fetch f = { .url = tree_str(oidc->document, "userinfo_endpoint"), .bearer = tree_str(tokens, "access_token"), .stopping = stopping };
        _cleanup_(tree_freep) struct tree *claims = NULL;
        int r;

        if (!f.url || !f.bearer)
                return 0;
        r = fetch_json(oidc, &f, "userinfo", &claims);
        if (r < 0)
                return r;
        if (!tree_str(claims, "sub") || strcmp(tree_str(claims, "sub"), subject) != 0)
                return refuse("userinfo is of somebody else (sub)");
        *ret = TAKE(claims);
        return 0;
}

static int identify(struct oidc *oidc, const struct tree *tokens, const struct tree *claims, atomic_bool *stopping, struct oidc_identity *identity)
{
        _cleanup_(tree_freep) struct tree *more = NULL;
        const char *acr = tree_str(claims, "acr");
        bool at_home;
        int r;

        memcpy(identity->subject, tree_str(claims, "sub"), strlen(tree_str(claims, "sub")) + 1);
        if (*oidc->set.acr && (!acr || !is_among(oidc->set.acr, acr)))
                return -EPERM;
        r = add_claims(oidc, claims, identity);
        if (r < 0)
                return r;
        at_home = is_at_home(oidc, claims);
        if (identity->n > 0 && at_home)
                return 0;
        r = ask_userinfo(oidc, tokens, identity->subject, stopping, &more);
        if (r >= 0 && more) {
                r = add_claims(oidc, more, identity);
                at_home = at_home || is_at_home(oidc, more);
        }
        return r < 0 ? r : at_home ? 0 : -EPERM;
}

int oidc_finish(struct oidc *oidc, const struct oidc_trip *trip, const char *code, const char *iss, atomic_bool *stopping, struct oidc_identity *ret)
{
        _cleanup_(tree_freep) struct tree *tokens = NULL, *claims = NULL;
        _cleanup_(oidc_identity_done) struct oidc_identity identity = { .n = 0 };
        int r;

        r = discover(oidc, stopping);
        if (r < 0)
                return r;
        /* RFC 9207: against being sent the answer of another provider. */
        if (iss ? strcmp(iss, oidc->set.issuer) != 0 : tree_is_true(tree_get(oidc->document, "authorization_response_iss_parameter_supported")))
                return refuse("the answer is of another issuer");
        r = trade(oidc, trip, code, stopping, &tokens);
        if (r < 0)
                return r;
        if (!tree_str(tokens, "id_token"))
                return refuse("there is no ID token");
        r = check(oidc, trip, tree_str(tokens, "id_token"), stopping, &claims);
        if (r >= 0)
                r = identify(oidc, tokens, claims, stopping, &identity);
        if (r < 0)
                return r;
        *ret = identity;
        identity = (struct oidc_identity){ .n = 0 };
        return 0;
}

void oidc_identity_done(struct oidc_identity *identity)
{
        for (size_t i = 0; i < identity->n; i++)
                free(identity->values[i]);
        identity->n = 0;
}
