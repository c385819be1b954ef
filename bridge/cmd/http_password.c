/* cmd/http_password.c: signing in by name, password and code, in one step, so that no answer and no waiting time tells which of them was wrong.
 *
 * Whoever asks goes the same way: a reader looks the name up, a worker hashes (for a name that nobody has, too), the writer looks at the code. A password that
 * was hashed more cheaply than today's settings ask is hashed again while it is at hand.
 */
#include "cmd/password.h"

#include "base/clock.h"
#include "chat/signin/attempt.h"
#include "conf/conf.h"

#include <errno.h>

enum { LINK, NAME, PASSWORD, CODE };

struct password_cost password_cost_of(const struct school *school)
{
        return (struct password_cost){ .memory_bytes = school->conf->password_memory, .passes = school->conf->password_passes };
}

void password_attempt(struct errand *errand, const char *whose)
{
        _cleanup_(buf_done) struct buf named = BUF(4 * LOGIN_BYTES_MAX);

        buf_printf(&named, "attempt password %s", whose);
        secret_hash_keyed(&errand->school->key, buf_str(&named), named.len, &errand->attempt);
}

/* As it is hashed: keyed first, so that who has the database alone cannot try passwords at it. */
enum { KEYED_TEXT = 2 * TOKEN_HASH_BYTES };

static void key_password(const struct school *school, const char *password, char ret[KEYED_TEXT + 1])
{
        struct token_hash keyed;

        secret_hash_keyed(&school->key, password, strlen(password), &keyed);
        for (size_t i = 0; i < TOKEN_HASH_BYTES; i++)
                snprintf(ret + 2 * i, 3, "%02x", keyed.bytes[i]);
}

int password_keep(struct errand *errand, const char *password)
{
        struct password_cost cost = password_cost_of(errand->school);
        char keyed[KEYED_TEXT + 1];
        int r;

        key_password(errand->school, password, keyed);
        r = password_hash(keyed, &cost, errand->hash);
        secret_wipe(keyed, sizeof(keyed));
        return r;
}

int password_look(struct errand *errand, const char *password)
{
        struct password_cost cost = password_cost_of(errand->school);
        _cleanup_free_ char *normal = NULL;
        char keyed[KEYED_TEXT + 1];
        size_t points;
        int r;

        r = text_password(password, strlen(password), PASSWORD_BYTES_MAX, &normal, &points);
        if (r == -ENOMEM)
                return r;
        /* What can be nobody's password is hashed all the same. */
        key_password(errand->school, r < 0 ? "" : normal, keyed);
        errand->fits = password_fits(keyed, errand->known ? errand->seen.password : NULL, &cost) && r >= 0;
        secret_wipe(keyed, sizeof(keyed));
        r = errand->fits && password_is_cheap(errand->seen.password, &cost) ? password_keep(errand, normal) : 0;
        if (normal)
                secret_wipe(normal, strlen(normal));
        return r;
}

/* ---- the way in */

/* Whose failures they are: by the name as it is looked up, whether somebody has it or not. */
static int check_name(struct errand *errand)
{
        _cleanup_free_ char *fold = NULL;
        int r = text_login(errand->in[NAME], strlen(errand->in[NAME]), LOGIN_BYTES_MAX, &fold);

        if (r == -ENOMEM)
                return r;
        password_attempt(errand, r < 0 ? "" : fold);
        return 0;
}

static int look_up(struct errand *errand, struct tx *tx)
{
        int r = errand_may_try(errand, tx);

        if (r < 0)
                return r;
        r = credential_find(tx, errand->in[NAME], &errand->seen);
        errand->known = r == 0;
        return r == -ENOENT ? 0 : r;
}

static int hash(struct errand *errand, struct tx *tx _unused_)
{
        return password_look(errand, errand->in[PASSWORD]);
}

static int let_in(struct errand *errand, struct tx *tx)
{
        int r = errand_may_try(errand, tx); /* others failed beside it, while it was hashed */

        if (r < 0)
                return r;
        r = errand->fits ? credential_accept(tx, &errand->seen, errand->in[CODE], clock_now_ms()) : -EACCES;
        if (r == -EACCES)
                return errand_wrong(errand, tx, ERROR_SIGNED_OUT, NULL, REASON_CREDENTIALS);
        if (r >= 0 && *errand->hash)
                r = credential_set_password(tx, &errand->seen, errand->hash);
        if (r >= 0)
                r = attempt_passed(tx, &errand->attempt);
        if (r >= 0)
                r = errand_sign_in(errand, tx, errand->seen.person, SIGN_IN_PASSWORD);
        return r < 0 ? r : errand_describe(errand, tx, errand->seen.person);
}

static const struct errand_plan sign_in = {
        .check = check_name,
        .steps = { { STEP_READ, look_up }, { STEP_HASH, hash }, { STEP_WRITE, let_in } },
};

void http_password_sign_in(struct school *school, const struct http_call *call, char *in[4])
{
        static const char *const fields[] = { [NAME] = "name", [PASSWORD] = "password", [CODE] = "code" };
        struct problem problem = { .code = ERROR_NONE };

        if (in[LINK])
                problem = PROBLEM(ERROR_INVALID, NULL, REASON_UNKNOWN_FIELD);
        for (int i = NAME; i <= CODE && problem.code == ERROR_NONE; i++)
                if (!in[i])
                        problem = PROBLEM(ERROR_INVALID, fields[i], REASON_MISSING);
        if (problem.code == ERROR_NONE) {
                errand_run_with(school, call, &sign_in, in, NULL);
                return;
        }
        errand_forget(in);
        http_problem(call, &problem);
}
