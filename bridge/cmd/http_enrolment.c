/* cmd/http_enrolment.c: beginning to sign in by password and code.
 *
 * The school's invitation opens the door once: a password of one's own, a secret for the phone's app, a first code that proves it. The invitation is used up
 * by the proof, not before, so that who loses the page in between begins again. Somebody who had a password has another one then, and is signed out everywhere.
 */
#include "base/clock.h"
#include "chat/audit/audit.h"
#include "chat/person.h"
#include "chat/schoolrow.h"
#include "chat/signin/account.h"
#include "chat/signin/attempt.h"
#include "chat/signin/identity.h"
#include "cmd/opened.h"
#include "cmd/password.h"
#include "cmd/visit.h"
#include "qr/qr.h"

#include <errno.h>
#include <stdio.h>

enum { INVITATION, PASSWORD, NAME };
enum { PROOF_INVITATION, PROOF_CODE };
enum { NAMES_CAP = 4 * LOGIN_BYTES_MAX, ANSWER_ARENA = 64 * 1024 };

int password_take(struct errand *errand, const char *password, const char *field)
{
        size_t points = 0;
        int r;

        r = text_password(password, strlen(password), PASSWORD_BYTES_MAX, &errand->text[0], &points);
        if (r == -ENOMEM)
                return r;
        if (r == -EMSGSIZE)
                return errand_refuse(errand, ERROR_INVALID, field, REASON_TOO_LONG);
        if (r == -EBADMSG || r == -EILSEQ)
                return errand_refuse(errand, ERROR_INVALID, field, REASON_CONTROLS);
        if (r < 0 || points < PASSWORD_POINTS_MIN)
                return errand_refuse(errand, ERROR_INVALID, field, REASON_TOO_SHORT);
        return 0;
}

int password_names(struct tx *tx, int64_t person, char **ret)
{
        _cleanup_(buf_done) struct buf names = BUF(NAMES_CAP);
        int r;

        r = login_names(tx, person, &names);
        if (r < 0)
                return r;
        if (names.len == 0) {
                *ret = NULL;
                return 0;
        }
        *ret = buf_take(&names);
        return *ret ? 0 : -ENOMEM;
}

int password_own_words(struct tx *tx, int64_t person, const char *name, char **ret)
{
        _cleanup_(arena_done) struct arena a = ARENA(ANSWER_ARENA);
        _cleanup_(buf_done) struct buf words = BUF(2 * NAMES_CAP);
        struct person_shape who;
        int r;

        r = login_names(tx, person, &words);
        if (r >= 0)
                r = person_load(tx, &a, person, NULL, &who);
        if (r < 0)
                return r;
        if (name)
                buf_printf(&words, "%s\n", name);
        for (const char *s = who.name; *s; s += strspn(s, " ")) {
                buf_printf(&words, "%.*s\n", (int)strcspn(s, " "), s);
                s += strcspn(s, " ");
        }
        *ret = buf_take(&words);
        return *ret ? 0 : -ENOMEM;
}

size_t password_split(char *lines, const char *ret[NAMES_MAX + 1])
{
        size_t n = 0;

        while (lines && *lines && n < NAMES_MAX) {
                char *end = strchrnul(lines, '\n');

                ret[n++] = lines;
                lines = *end ? end + 1 : end;
                *end = '\0';
        }
        ret[n] = NULL;
        return n;
}

int password_make(struct errand *errand, const char *field)
{
        _cleanup_free_ char *lines = errand->text[1] ? strdup(errand->text[1]) : NULL;
        const char *names[NAMES_MAX + 1];

        password_split(lines, names);
        if (password_is_weak(errand->text[0], names))
                return errand_refuse(errand, ERROR_INVALID, field, REASON_WEAK);
        return password_keep(errand, errand->text[0]);
}

struct strs password_codes(char codes[RECOVERY_CODES][RECOVERY_TEXT + 1], const char *items[RECOVERY_CODES])
{
        for (int i = 0; i < RECOVERY_CODES; i++)
                items[i] = codes[i];
        return (struct strs){ .items = items, .n = RECOVERY_CODES, .given = true };
}

int password_enrol(struct errand *errand, struct tx *tx, const struct token_hash *key, const char *hash)
{
        _cleanup_(arena_done) struct arena a = ARENA(ANSWER_ARENA);
        _cleanup_(buf_done) struct buf address = BUF(4096), secret = BUF(100);
        _cleanup_free_ char *lines = NULL, *modules = NULL;
        const char *names[NAMES_MAX + 1];
        struct school_shape school;
        size_t n;
        int size, r;

        r = school_load(tx, &a, &school, NULL);
        if (r >= 0)
                r = password_names(tx, errand->person, &lines);
        if (r < 0)
                return r;
        n = password_split(lines, names);
        if (n == 0)
                return errand_refuse(errand, ERROR_INVALID, "name", REASON_MISSING);
        r = enrolment_begin(tx,
                            &(struct enrolment){ .person = errand->person, .key = key, .password = hash, .issuer = school.name, .name = names[0] },
                            clock_now_ms(), &address, &secret);
        if (r < 0)
                return r;
        r = qr_make(buf_str(&address), &size, &modules);
        if (r < 0)
                return r;
        shape_encode(&errand->body, &shape_enrolment,
                     &(struct enrolment_shape){ .address = buf_str(&address), .secret = buf_str(&secret), .size = size, .modules = modules,
                                                .names = { .items = names, .n = n, .given = true } });
        secret_wipe(modules, strlen(modules));
        secret_wipe(address.data, address.len);
        secret_wipe(secret.data, secret.len);
        return buf_failed(&errand->body);
}

/* ---- the invitation */

static int look_invited(struct errand *errand, struct tx *tx, struct invitation *ret)
{
        struct invitation invitation;
        int r;

        r = invitation_look(tx, &errand->key, &invitation);
        if (r >= 0)
                r = person_viewer(tx, invitation.person, &errand->viewer);
        if (r == -ENOENT || (r >= 0 && invitation.proof != PROOF_PASSWORD)) {
                errand->counts = true;
                return errand_refuse(errand, ERROR_SIGNED_OUT, NULL, REASON_INVITATION);
        }
        if (r < 0)
                return r;
        errand->person = invitation.person;
        *ret = invitation;
        return 0;
}

static int check(struct errand *errand)
{
        return password_take(errand, errand->in[PASSWORD], "password");
}

static int look(struct errand *errand, struct tx *tx)
{
        _cleanup_free_ char *names = NULL;
        struct invitation invitation;
        int r = look_invited(errand, tx, &invitation);

        if (r < 0)
                return r;
        r = password_names(tx, errand->person, &names);
        if (r < 0)
                return r;
        errand->known = names != NULL;
        if (!errand->known && !errand->in[NAME])
                return errand_refuse(errand, ERROR_INVALID, "name", REASON_MISSING);
        return password_own_words(tx, errand->person, errand->in[NAME], &errand->text[1]);
}

static int hash(struct errand *errand, struct tx *tx _unused_)
{
        return password_make(errand, "password");
}

static int begin(struct errand *errand, struct tx *tx)
{
        struct invitation invitation;
        int r = look_invited(errand, tx, &invitation);

        if (r < 0)
                return r;
        /* A name that the roster or the school gave stands. */
        if (errand->in[NAME] && !errand->known) {
                r = login_give(tx, errand->person, errand->in[NAME]);
                if (r == -EEXIST || r == -EINVAL)
                        return errand_refuse(errand, ERROR_INVALID, "name", r == -EEXIST ? REASON_TAKEN : REASON_CONTROLS);
                if (r < 0)
                        return r;
        }
        return password_enrol(errand, tx, &invitation.secret, errand->hash);
}

/* Reads the invitation's secret or its code (in[0], may be NULL) as the hash it is found by; else answers, and what came is wiped. */
static void run_opened(struct school *school, const struct http_call *call, const struct errand_plan *plan)
{
        struct token_hash key = { { 0 } };
        char *in[ERRAND_FIELDS] = { NULL };

        if (!errand_read(school, call, plan, in))
                return;
        if (in[INVITATION] && !opened_with_read(school, call, in[INVITATION], &key)) {
                errand_forget(in);
                return;
        }
        errand_run_with(school, call, plan, in, &key);
}

void http_enrolment_post(struct school *school, const struct http_call *call)
{
        static const struct errand_plan plan = {
                .fields = { "invitation", "password", "?name" },
                .check = check,
                .steps = { { STEP_READ, look }, { STEP_HASH, hash }, { STEP_WRITE, begin } },
        };

        run_opened(school, call, &plan);
}

/* ---- the proof */

static int check_proof(struct errand *errand)
{
        if (!errand->in[PROOF_INVITATION] && !errand->has_token)
                return errand_refuse(errand, ERROR_SIGNED_OUT, NULL, REASON_NONE);
        return 0;
}

/* Who holds an invitation has what begins it anew; who holds a session alone could only guess, and is counted as at its other questions. */
static int may_guess(struct errand *errand, struct tx *tx)
{
        char who[32];

        snprintf(who, sizeof(who), "%lld", (long long)errand->viewer.person);
        password_attempt(errand, who);
        return errand_may_try(errand, tx);
}

static int prove(struct errand *errand, struct tx *tx)
{
        char codes[RECOVERY_CODES][RECOVERY_TEXT + 1];
        const char *items[RECOVERY_CODES];
        _cleanup_(arena_done) struct arena a = ARENA(ANSWER_ARENA);
        struct person_shape me;
        struct school_shape school;
        int64_t person;
        bool invited = errand->in[PROOF_INVITATION] != NULL;
        struct invitation invitation = { .secret = errand->token };
        int r;

        if (invited)
                r = look_invited(errand, tx, &invitation);
        else
                r = rights_session(tx, RIGHT_credential_secret_post, &errand->token, &errand->viewer);
        if (r == -EPERM)
                return errand_refuse(errand, ERROR_FORBIDDEN, NULL, REASON_ROLE);
        if (r >= 0 && !invited)
                r = may_guess(errand, tx);
        if (r < 0)
                return r;
        r = enrolment_finish(tx, &invitation.secret, errand->in[PROOF_CODE], clock_now_ms(), &person, codes);
        if (r == -EACCES && !invited)
                return errand_wrong(errand, tx, ERROR_INVALID, "code", REASON_WRONG);
        if (r == -EACCES)
                return errand_refuse(errand, ERROR_INVALID, "code", REASON_WRONG);
        if (r == -ENOENT || (r >= 0 && person != errand->viewer.person))
                return errand_refuse(errand, ERROR_NOT_FOUND, NULL, REASON_NONE);
        if (r >= 0)
                r = invited ? invitation_use(tx, &invitation) : attempt_passed(tx, &errand->attempt);
        if (r >= 0 && invited)
                r = identity_forget(tx, person);
        if (r >= 0)
                r = audit_add(tx, &(struct audit){ .actor = person, .deed = invited ? DEED_PASSWORD : DEED_SECOND_FACTOR });
        if (r >= 0)
                r = errand_end_sessions(errand, tx, person, invited ? NULL : &errand->token);
        if (r >= 0 && invited)
                r = errand_sign_in(errand, tx, person, SIGN_IN_PASSWORD);
        if (r >= 0)
                r = person_load(tx, &a, person, &errand->viewer, &me);
        if (r >= 0)
                r = school_load(tx, &a, &school, NULL);
        if (r >= 0) {
                shape_encode(&errand->body, &shape_enrolled,
                             &(struct enrolled_shape){ .person = &me, .school = &school, .codes = password_codes(codes, items) });
                r = buf_failed(&errand->body);
        }
        secret_wipe(codes, sizeof(codes));
        return r;
}

void http_enrolment_proof_post(struct school *school, const struct http_call *call)
{
        static const struct errand_plan plan = {
                .fields = { "?invitation", "code" },
                .check = check_proof,
                .steps = { { STEP_WRITE, prove } },
        };

        run_opened(school, call, &plan);
}
