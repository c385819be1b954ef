/* chat/erase/erase.h: a pupil's data, destroyed.
 *
 * What goes is said by rules.def: the conversation with all that hangs on it, the pupil's row in the roster, and every guardian who
 * has no other pupil, with their sessions. The rows of pupil, thread and guardians stay empty: their numbers are never given out again, and
 * what the law keeps stands on them.
 */
#pragma once

#include "chat/event.h"
#include "store/db.h"

/* Whom a name on a command line means: the administration's key, or else the row. -ENOENT. name: in the arena; what to ask back. */
struct arena;
int erase_find(struct tx *tx, struct arena *a, const char *given, int64_t *pupil, const char **name);

/* Deletes the rows of a pupil in this transaction, and adds the event that tells everyone in the conversation, and a row of the log.
 * Doing it again changes nothing.
 *
 * at_ms    when it was begun: of the log
 * why      "asked", or the setting
 * since_ms from when its time was counted; at_ms where it was asked
 * returns  0, 1 (was erased before), -ENOENT, or a store error
 */
int erase_pupil_rows(struct tx *tx, struct event_list *made, int64_t pupil, int64_t at_ms, int64_t since_ms, const char *why);

/* Destroys the keys of these pupils' conversations and seals those of all others with another school's key: both are done when it returns,
 * whatever becomes of the transaction. Their rows go next; who is interrupted here goes on with erase_resume().
 *
 * next     a file with the new key, where seal_makes_next_key() says no; NULL then leaves the key as it is, for the operator to change
 * why      set on failure to a sentence, owned by the caller
 */
int erase_keys(struct tx *tx, const int64_t *pupils, size_t n, const char *next, char **why);

/* Erases the rows of every pupil whose conversation's key was destroyed: what an interruption or a backup left. change: the school's
 * key too, because it may not have been. *n: how many there were. */
int erase_resume(struct tx *tx, struct event_list *made, bool change, int64_t *n);

/* Whether erase_resume() has something to do. */
int erase_is_unfinished(struct tx *tx, bool *ret);

/* Takes the names off a person and ends all that is theirs; the caller knows that no conversation needs them. Adds no row of the log. */
int erase_person_rows(struct tx *tx, int64_t person, int64_t at_ms);

/* A row of the log of what went. */
int erase_log(struct tx *tx, int64_t at_ms, const char *kind, int64_t subject, int64_t since_ms, int64_t n, const char *why);

/* Whether rules.def speaks of this column of the schema, and of which of "thread", "pupil", "person" it says that it points to it; NULL:
 * not at all. column NULL: whether the table stands there as one that points to none. For the test that holds it against the schema. */
const char *erase_rule(const char *table, const char *column);
