/* cmd/http_credential.c: one's own password, codes and recovery codes, changed by who is signed in and knows the password. */
#include "base/clock.h"
#include "chat/audit/audit.h"
#include "chat/signin/attempt.h"
#include "cmd/password.h"

#include <errno.h>

enum { PASSWORD, NEW };

static int look(struct errand *errand, struct tx *tx)
{
        char who[24];
        int r;

        r = errand_viewer(errand, tx);
        if (r < 0)
                return r;
        errand->person = errand->viewer.person;
        snprintf(who, sizeof(who), "%lld", (long long)errand->person);
        password_attempt(errand, who);
        r = credential_of(tx, errand->person, &errand->seen);
        errand->known = r >= 0;
        if (r < 0 && r != -ENOENT)
                return r;
        return password_own_words(tx, errand->person, NULL, &errand->text[1]);
}

static int show(struct errand *errand, struct tx *tx)
{
        _cleanup_free_ char *lines = NULL;
        const char *names[NAMES_MAX + 1];
        size_t n;
        int64_t left = -1;
        int r;

        r = look(errand, tx);
        if (r >= 0)
                r = password_names(tx, errand->person, &lines);
        if (r >= 0 && errand->known)
                r = recovery_left(tx, errand->person, &left);
        if (r < 0)
                return r;
        n = password_split(lines, names);
        shape_encode(&errand->body, &shape_credential,
                     &(struct credential_shape){ .names = { .items = names, .n = n, .given = true }, .password = errand->known, .recovery = left });
        return buf_failed(&errand->body);
}

void http_credential_get(struct school *school, const struct http_call *call)
{
        static const struct errand_plan plan = { .right = RIGHT_credential_get, .steps = { { STEP_READ, show } } };

        errand_run(school, call, &plan);
}

static int look_first(struct errand *errand, struct tx *tx)
{
        int r = look(errand, tx);

        if (r >= 0 && !errand->known)
                return errand_refuse(errand, ERROR_CONFLICT, "password", REASON_NO_PASSWORD);
        return r < 0 ? r : errand_may_try(errand, tx);
}

static int know(struct errand *errand, struct tx *tx _unused_)
{
        return password_look(errand, errand->in[PASSWORD]);
}

/* Whether it is still the person who is signed in, and their password. 1: it is; 0: it is not, and that was counted. */
static int is_right(struct errand *errand, struct tx *tx)
{
        int r = errand_viewer(errand, tx);

        if (r >= 0)
                r = errand_may_try(errand, tx);
        if (r < 0)
                return r;
        if (!errand->fits)
                return errand_wrong(errand, tx, ERROR_INVALID, "password", REASON_WRONG);
        r = attempt_passed(tx, &errand->attempt);
        return r < 0 ? r : 1;
}

/* ---- another password */

static int take_new(struct errand *errand)
{
        return password_take(errand, errand->in[NEW], "new");
}

static int know_and_make(struct errand *errand, struct tx *tx)
{
        int r = know(errand, tx);

        return r < 0 || !errand->fits ? r : password_make(errand, "new");
}

static int change(struct errand *errand, struct tx *tx)
{
        int r = is_right(errand, tx);

        if (r <= 0)
                return r;
        r = credential_set_password(tx, &errand->seen, errand->hash);
        if (r == -EACCES)
                return errand_refuse(errand, ERROR_INVALID, "password", REASON_WRONG);
        if (r >= 0)
                r = audit_add(tx, &(struct audit){ .actor = errand->person, .deed = DEED_PASSWORD });
        return r < 0 ? r : errand_end_sessions(errand, tx, errand->person, &errand->token);
}

void http_credential_password_post(struct school *school, const struct http_call *call)
{
        static const struct errand_plan plan = {
                .fields = { "password", "new" },
                .right = RIGHT_credential_password_post,
                .check = take_new,
                .steps = { { STEP_READ, look_first }, { STEP_HASH, know_and_make }, { STEP_WRITE, change } },
        };

        errand_run(school, call, &plan);
}

/* ---- another secret for codes */

static int enrol(struct errand *errand, struct tx *tx)
{
        int r = is_right(errand, tx);

        return r <= 0 ? r : password_enrol(errand, tx, &errand->token, NULL);
}

void http_credential_secret_post(struct school *school, const struct http_call *call)
{
        static const struct errand_plan plan = {
                .fields = { "password" },
                .right = RIGHT_credential_secret_post,
                .steps = { { STEP_READ, look_first }, { STEP_HASH, know }, { STEP_WRITE, enrol } },
        };

        errand_run(school, call, &plan);
}

/* ---- other recovery codes */

static int renew(struct errand *errand, struct tx *tx)
{
        char codes[RECOVERY_CODES][RECOVERY_TEXT + 1];
        const char *items[RECOVERY_CODES];
        int r = is_right(errand, tx);

        if (r <= 0)
                return r;
        r = recovery_renew(tx, errand->person, clock_now_ms(), codes);
        if (r >= 0)
                r = audit_add(tx, &(struct audit){ .actor = errand->person, .deed = DEED_RECOVERY_CODES });
        if (r < 0)
                return r;
        shape_encode(&errand->body, &shape_recovery, &(struct recovery_shape){ .codes = password_codes(codes, items) });
        secret_wipe(codes, sizeof(codes));
        return buf_failed(&errand->body);
}

void http_credential_recovery_post(struct school *school, const struct http_call *call)
{
        static const struct errand_plan plan = {
                .fields = { "password" },
                .right = RIGHT_credential_recovery_post,
                .steps = { { STEP_READ, look_first }, { STEP_HASH, know }, { STEP_WRITE, renew } },
        };

        errand_run(school, call, &plan);
}
