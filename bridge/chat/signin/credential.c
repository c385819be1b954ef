#include "chat/signin/credential.h"

#include "base/arena.h"
#include "base/clock.h"
#include "chat/seal/seal.h"
#include "otp/otp.h"
#include "store/query.h"
#include "text/precis.h"

#include <errno.h>

/* ---- the secret of the codes, at rest: sealed here, opened here, and nowhere else */

enum { SEALED_MAX = 1024 };

static int seal_secret(struct tx *tx, int64_t person, const uint8_t secret[OTP_SECRET], struct buf *out)
{
        const struct seal_place place = { .kind = SEAL_FACTOR, .person = person };

        return seal_text(tx, &place, (const char *)secret, OTP_SECRET, out);
}

static int open_secret(struct tx *tx, int64_t person, const void *sealed, size_t n, uint8_t ret[OTP_SECRET])
{
        const struct seal_place place = { .kind = SEAL_FACTOR, .person = person };
        _cleanup_(arena_done) struct arena a = ARENA(SEALED_MAX);
        char *text = NULL;
        size_t text_n = 0;
        int r;

        r = seal_open(tx, &a, &place, sealed, n, &text, &text_n);
        if (r >= 0 && text_n != OTP_SECRET)
                r = -EUCLEAN;
        if (r >= 0)
                memcpy(ret, text, OTP_SECRET);
        if (text)
                secret_wipe(text, text_n);
        return r;
}

/* ---- names */

/* The one person of a name; -ENOENT where there is none, and where there are two. */
static int only_person(struct tx *tx, enum query_id people, const char *fold, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, people);
        int64_t person;
        int r;

        query_text(q, fold);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        person = query_get_int(q, 0);
        r = query_row(q);
        if (r != 0)
                return r < 0 ? r : -ENOENT;
        *ret = person;
        return 0;
}

int login_names(struct tx *tx, int64_t person, struct buf *out)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_login_of_person);
        int r;

        query_int(q, person);
        while ((r = query_row(q)) > 0)
                buf_printf(out, "%s\n", query_get_text(q, 0));
        return r < 0 ? r : buf_failed(out);
}

static int is_anybodys(struct tx *tx, const char *fold, int64_t but)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_login_people);
        int r;

        query_text(q, fold);
        while ((r = query_row(q)) > 0)
                if (query_get_int(q, 0) != but)
                        return 1;
        return r;
}

int login_give(struct tx *tx, int64_t person, const char *name)
{
        _cleanup_free_ char *fold = NULL;
        struct query *q;
        int r;

        r = text_login(name, strlen(name), LOGIN_BYTES_MAX, &fold);
        if (r < 0)
                return r == -ENOMEM ? r : -EINVAL;
        r = is_anybodys(tx, fold, person);
        if (r != 0)
                return r < 0 ? r : -EEXIST;
        q = query(tx, QUERY_login_put);
        query_int(q, person);
        query_text(q, "given");
        query_text(q, fold);
        return query_run(q);
}

/* ---- signing in */

/* secret may be NULL. */
static int load(struct tx *tx, int64_t person, struct credential *ret, uint8_t secret[OTP_SECRET], int64_t *step)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_credential_get);
        const char *password;
        int r;

        query_int(q, person);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        password = query_get_text(q, 0);
        if (strlen(password) >= sizeof(ret->password))
                return -EUCLEAN;
        if (secret) {
                r = open_secret(tx, person, query_get_blob(q, 1), query_get_bytes(q, 1), secret);
                if (r < 0)
                        return r;
                *step = query_get_int(q, 2);
        }
        *ret = (struct credential){ .person = person };
        memcpy(ret->password, password, strlen(password) + 1);
        return 0;
}

int credential_of(struct tx *tx, int64_t person, struct credential *ret)
{
        return load(tx, person, ret, NULL, NULL);
}

static int find(struct tx *tx, enum query_id people, const char *name, int64_t *person)
{
        _cleanup_free_ char *fold = NULL;
        int r;

        r = text_login(name, strlen(name), LOGIN_BYTES_MAX, &fold);
        if (r < 0)
                return r == -ENOMEM ? r : -ENOENT;
        return only_person(tx, people, fold, person);
}

int login_person(struct tx *tx, const char *name, int64_t *person)
{
        return find(tx, QUERY_login_people_roster, name, person);
}

int credential_find(struct tx *tx, const char *name, struct credential *ret)
{
        int64_t person;
        int r;

        r = find(tx, QUERY_login_people, name, &person);
        return r < 0 ? r : credential_of(tx, person, ret);
}

/* The one row that a query has to change. */
static int change_one(struct query *q)
{
        int r = query_run(q);

        return r < 0 ? r : query_changes(q) == 1 ? 0 : -EACCES;
}

static int use_recovery(struct tx *tx, int64_t person, const char *code, int64_t now_ms)
{
        struct token_hash hash;
        struct query *q;

        if (recovery_hash(code, &hash) < 0)
                return -EACCES;
        q = query(tx, QUERY_recovery_use);
        query_int(q, now_ms);
        query_blob(q, hash.bytes, sizeof(hash.bytes));
        query_int(q, person);
        return change_one(q);
}

int credential_accept(struct tx *tx, const struct credential *seen, const char *code, int64_t now_ms)
{
        uint8_t secret[OTP_SECRET];
        struct credential now;
        struct query *q;
        int64_t step = 0;
        int r;

        r = load(tx, seen->person, &now, secret, &step);
        if (r < 0)
                return r == -ENOENT ? -EACCES : r;
        r = strcmp(now.password, seen->password) == 0 ? otp_check(secret, code, now_ms, step, &step) : -EACCES;
        secret_wipe(secret, sizeof(secret));
        if (r == -EACCES && strcmp(now.password, seen->password) == 0)
                return use_recovery(tx, seen->person, code, now_ms);
        if (r < 0)
                return r;
        q = query(tx, QUERY_credential_set_step);
        query_int(q, step);
        query_int(q, seen->person);
        return change_one(q);
}

int credential_set_password(struct tx *tx, const struct credential *seen, const char *hash)
{
        struct query *q = query(tx, QUERY_credential_set_password);

        query_text(q, hash);
        query_int(q, clock_now_ms());
        query_int(q, seen->person);
        query_text(q, seen->password);
        return change_one(q);
}

/* ---- beginning */

static int forget(struct tx *tx, enum query_id what, int64_t person)
{
        struct query *q = query(tx, what);

        query_int(q, person);
        return query_run(q);
}

int enrolment_begin(struct tx *tx, const struct enrolment *enrolment, int64_t now_ms, struct buf *address, struct buf *secret)
{
        _cleanup_(buf_done) struct buf sealed = BUF(SEALED_MAX);
        uint8_t bytes[OTP_SECRET];
        char text[OTP_TEXT + 1];
        struct query *q;
        int r;

        secret_random(bytes, sizeof(bytes));
        r = otp_address(bytes, enrolment->issuer, enrolment->name, address);
        if (r >= 0)
                r = otp_text(bytes, text);
        if (r >= 0)
                r = buf_add(secret, text, OTP_TEXT);
        if (r >= 0)
                r = seal_secret(tx, enrolment->person, bytes, &sealed);
        secret_wipe(bytes, sizeof(bytes));
        secret_wipe(text, sizeof(text));
        if (r < 0)
                return r;
        q = query(tx, QUERY_enrolment_put);
        query_int(q, enrolment->person);
        query_blob(q, enrolment->key->bytes, sizeof(enrolment->key->bytes));
        query_text(q, enrolment->password);
        query_blob(q, sealed.data, sealed.len);
        query_int(q, now_ms + ENROLMENT_MINUTES * 60 * 1000);
        return query_run(q);
}

int recovery_renew(struct tx *tx, int64_t person, int64_t now_ms, char codes[RECOVERY_CODES][RECOVERY_TEXT + 1])
{
        int r;

        r = forget(tx, QUERY_recovery_forget, person);
        for (int i = 0; i < RECOVERY_CODES && r >= 0; i++) {
                struct token_hash hash;
                struct query *q;

                recovery_make(codes[i]);
                r = recovery_hash(codes[i], &hash);
                if (r < 0)
                        break;
                q = query(tx, QUERY_recovery_add);
                query_blob(q, hash.bytes, sizeof(hash.bytes));
                query_int(q, person);
                query_int(q, now_ms);
                r = query_run(q);
        }
        return r;
}

int recovery_left(struct tx *tx, int64_t person, int64_t *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_recovery_left);
        int r;

        query_int(q, person);
        r = query_row(q);
        if (r < 0)
                return r;
        *ret = query_get_int(q, 0);
        return 0;
}

/* What waits, kept: the password's hash and the sealed secret, to be moved as they are. */
struct waiting {
        int64_t person;
        char password[PASSWORD_HASH_TEXT]; /* "": stays */
        uint8_t sealed[OTP_SECRET + AEAD_EXTRA];
        size_t sealed_n;
};

static int load_waiting(struct tx *tx, const struct token_hash *key, int64_t now_ms, struct waiting *ret)
{
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_enrolment_get);
        int r;

        query_blob(q, key->bytes, sizeof(key->bytes));
        query_int(q, now_ms);
        r = query_row(q);
        if (r <= 0)
                return r < 0 ? r : -ENOENT;
        *ret = (struct waiting){ .person = query_get_int(q, 0), .sealed_n = query_get_bytes(q, 2) };
        if (ret->sealed_n > sizeof(ret->sealed) || query_get_bytes(q, 1) >= sizeof(ret->password))
                return -EUCLEAN;
        memcpy(ret->sealed, query_get_blob(q, 2), ret->sealed_n);
        if (!query_is_null(q, 1))
                memcpy(ret->password, query_get_text(q, 1), query_get_bytes(q, 1));
        return 0;
}

int enrolment_finish(struct tx *tx, const struct token_hash *key, const char *code, int64_t now_ms, int64_t *person,
                     char codes[RECOVERY_CODES][RECOVERY_TEXT + 1])
{
        struct waiting waiting;
        struct credential old;
        uint8_t secret[OTP_SECRET];
        int64_t step = 0;
        struct query *q;
        int r;

        r = load_waiting(tx, key, now_ms, &waiting);
        if (r < 0)
                return r;
        r = open_secret(tx, waiting.person, waiting.sealed, waiting.sealed_n, secret);
        if (r >= 0)
                r = otp_check(secret, code, now_ms, 0, &step);
        secret_wipe(secret, sizeof(secret));
        if (r < 0)
                return r;
        if (!*waiting.password) {
                r = credential_of(tx, waiting.person, &old);
                if (r < 0)
                        return r;
        }
        q = query(tx, QUERY_credential_put);
        query_int(q, waiting.person);
        query_text(q, *waiting.password ? waiting.password : old.password);
        query_blob(q, waiting.sealed, waiting.sealed_n);
        query_int(q, step);
        query_int(q, now_ms);
        r = query_run(q);
        if (r >= 0)
                r = forget(tx, QUERY_enrolment_forget, waiting.person);
        if (r >= 0)
                r = recovery_renew(tx, waiting.person, now_ms, codes);
        if (r < 0)
                return r;
        *person = waiting.person;
        return 0;
}

int credential_end(struct tx *tx, int64_t person)
{
        static const enum query_id all[] = { QUERY_erase_recovery_person, QUERY_erase_enrolment_person, QUERY_erase_identity_person,
                                             QUERY_erase_credential_person };
        int r = 0;

        for (size_t i = 0; i < ELEMENTS(all) && r >= 0; i++)
                r = forget(tx, all[i], person);
        return r;
}

int credential_after_restore(struct tx *tx)
{
        int r = query_run(query(tx, QUERY_recovery_void));

        return r < 0 ? r : query_run(query(tx, QUERY_enrolment_void));
}
