/* chat/signin/credential.h: what the people of the school side sign in with: a login name, a password and a code of the moment, or one of ten recovery codes.
 * Inside a store job.
 *
 * Hashing a password takes long and is not done in here: whoever calls has hashed on a worker (secret/password.h, work/work.h) between two jobs, so
 * each job looks again whether what it saw still holds. A code is looked at and used up in one transaction, so that of two who bring the same one gets in.
 */
#pragma once

#include "base/buf.h"
#include "base/token.h"
#include "secret/password.h"
#include "store/db.h"

#include <stdbool.h>
#include <stdint.h>

enum { RECOVERY_CODES = 10, LOGIN_BYTES_MAX = 254, ENROLMENT_MINUTES = 30 };

struct credential {
        int64_t person;
        char password[PASSWORD_HASH_TEXT];
};

/* Whom a login name means (any spelling), and their password's hash. -ENOENT: nobody, more than one, or somebody without a password. */
int credential_find(struct tx *tx, const char *name, struct credential *ret);
int credential_of(struct tx *tx, int64_t person, struct credential *ret);

/* Uses a code of the moment or a recovery code up. seen: as it was when the password was found right. Returns 0; -EACCES: the code is not right or was
 * used, or the password is another since. */
int credential_accept(struct tx *tx, const struct credential *seen, const char *code, int64_t now_ms);

/* Another password, or another hash of the same one. -EACCES: it is another since. */
int credential_set_password(struct tx *tx, const struct credential *seen, const char *hash);

/* Whom a login name of the roster means, with or without a password. A name that somebody chose is not looked at: it says what they like to type, not who they are
 * at the provider. -ENOENT: nobody, or more than one. */
int login_person(struct tx *tx, const char *name, int64_t *person);

/* The names somebody can sign in by, a line each; empty: none. */
int login_names(struct tx *tx, int64_t person, struct buf *out);

/* A name that they choose, until the roster gives it to somebody. -EEXIST: somebody has it; -EINVAL: it is none. */
int login_give(struct tx *tx, int64_t person, const char *name);

/* A password (its hash; NULL: the one there is stays) and a new secret for codes that wait for the first code. key: the hash of the invitation or session by which
 * it was begun. address: the otpauth:// address; secret: the same for typing. What waited before is forgotten. */
struct enrolment {
        int64_t person;
        const struct token_hash *key;
        const char *password;
        const char *issuer; /* the school's name */
        const char *name;   /* the person's login name */
};
int enrolment_begin(struct tx *tx, const struct enrolment *enrolment, int64_t now_ms, struct buf *address, struct buf *secret);

/* Proves it by a code: from now on it is what the person signs in with, and there are new recovery codes, shown this once. Returns 0, -ENOENT (nothing waits, or too long),
 * -EACCES (the code is not right; it waits on). */
int enrolment_finish(struct tx *tx, const struct token_hash *key, const char *code, int64_t now_ms, int64_t *person,
                     char codes[RECOVERY_CODES][RECOVERY_TEXT + 1]);

/* They have left: no password, no codes, and the provider's subject is nobody's. Their login names go with the roster. */
int credential_end(struct tx *tx, int64_t person);

/* The file was put back from a backup: a recovery code that was used since would be good again, so none is; nor is what waits for a first code. */
int credential_after_restore(struct tx *tx);

/* New recovery codes; those before are void. */
int recovery_renew(struct tx *tx, int64_t person, int64_t now_ms, char codes[RECOVERY_CODES][RECOVERY_TEXT + 1]);
int recovery_left(struct tx *tx, int64_t person, int64_t *ret);
