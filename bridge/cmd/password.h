/* cmd/password.h: what the routes of password and code share (http_password.c, http_enrolment.c, http_credential.c). */
#pragma once

#include "cmd/errand.h"
#include "text/precis.h"

struct password_cost password_cost_of(const struct school *school);

/* Sets whose attempts at a password are counted: a name or a number, as text. */
void password_attempt(struct errand *errand, const char *whose);

/* On a worker: what is kept of a password, into errand->hash. */
int password_keep(struct errand *errand, const char *password);

/* On a worker: whether this is the password of errand->seen (where errand->known), in errand->fits; and in errand->hash a dearer hash of it, where the
 * one there is is too cheap. Takes as long for nobody's password. */
int password_look(struct errand *errand, const char *password);

/* On the loop: takes a new password (a field of the errand) into errand->text[0], made comparable; refuses what is too short. */
int password_take(struct errand *errand, const char *password, const char *field);

/* On a worker: hashes errand->text[0] into errand->hash; refuses what is weak. errand->text[1]: what password_own_words() gave. */
int password_make(struct errand *errand, const char *field);

/* On a reader or the writer: the person's login names, a line each; NULL where there are none. Owned by the caller. */
int password_names(struct tx *tx, int64_t person, char **ret);

/* The same with a name they are about to get (NULL: none) and the words of what they are called: what makes their password weak. */
int password_own_words(struct tx *tx, int64_t person, const char *name, char **ret);

/* The lines of what password_names() gave as strings, NULL at the end; the ends of lines become ends of strings. lines may be NULL. Returns how many. */
enum { NAMES_MAX = 8 };
size_t password_split(char *lines, const char *ret[NAMES_MAX + 1]);

/* In a writing step: a new secret waits for its first code under this key, and is the answer. */
int password_enrol(struct errand *errand, struct tx *tx, const struct token_hash *key, const char *hash);

/* In a writing step: recovery codes as strings, for a shape. */
struct strs password_codes(char codes[RECOVERY_CODES][RECOVERY_TEXT + 1], const char *items[RECOVERY_CODES]);
