/* chat/audit/audit.h: the record of who did what and who was shown what, without content. Inside a store job.
 *
 * A row is ids and the name of a deed: no text, name or secret. Rows are only added, and each holds the BLAKE2b-256 hash (RFC 7693) of the
 * hash before it and of its own columns: a row that was changed, taken out or put in between shows (audit_verify()). That the end was cut
 * off shows only where the end was noted elsewhere: audit_head.h.
 *
 * Every command is put on record by cmd/dispatch.c, by its own name. audit_add() is for what is no command.
 */
#pragma once

#include "base/token.h"
#include "store/db.h"

/* Deeds that are no command. */
#define DEED_SIGN_IN "sign_in"               /* actor */
#define DEED_SIGN_IN_FAILED "sign_in_failed" /* n: how many, lately. Of nobody: that somebody does not exist is not told here either */
#define DEED_SIGN_OUT "sign_out"
#define DEED_PASSWORD "password"             /* actor: their own password, or with an invitation password and codes */
#define DEED_PIN "pin"                       /* actor: a new PIN, by an invitation */
#define DEED_SECOND_FACTOR "second_factor"   /* actor: another secret for codes */
#define DEED_RECOVERY_CODES "recovery_codes" /* actor: made anew */
#define DEED_HEARD "heard"               /* a message said aloud; thread, seq */
#define DEED_FILE "file"                 /* saw: the bytes of an attachment (n) of a message, the first in an hour */
#define DEED_RECORDED "recorded"         /* a phrase of the list, spoken; n: the row */
#define DEED_EXPORT "export"
#define DEED_IMPORT "import"             /* the roster; n: how many differences */
#define DEED_BACKUP "backup"
#define DEED_RESTORE "restore"           /* n: the last row that came with the backup */
#define DEED_LINK_MADE "link_made"       /* on the command line; person */
#define DEED_DEMO "demo"
#define DEED_MOVED_IN "moved_in"         /* thread, pupil; n: messages that came from another school */
#define DEED_MOVED_OUT "moved_out"       /* thread, person: who agreed; a file was made for another school */
#define DEED_ERASE "erase"               /* pupil */
#define DEED_RETENTION "retention"
#define DEED_KEY_ROTATED "key_rotated"
#define DEED_AUDIT_LISTED "audit_listed" /* somebody looked at this record itself */

struct audit {
        int64_t at_ms;    /* 0: now */
        int64_t actor;    /* 0: nobody who is signed in: the command line, an attempt */
        const char *deed; /* short, of our own */
        bool saw;         /* something was shown, rather than done */
        /* What it was about; 0 (or below): nothing. */
        int64_t thread, seq, person, pupil, n;
};

/* Adds a row. Two small statements, nothing on the heap. Returns 0 or a store error. */
int audit_add(struct tx *tx, const struct audit *audit);

/* Where the record ends. id 0: it is empty, and the hash is zeros. */
struct audit_head {
        int64_t id;
        struct token_hash hash;
};
int audit_last(struct tx *tx, struct audit_head *ret);

/* Who has read a conversation, as far as the log has it: one call for each person. ids in the order in which they read first. */
int audit_each_reader(struct tx *tx, int64_t thread, int (*each)(void *arg, int64_t person, int64_t first_ms, int64_t last_ms), void *arg);

/* Goes through all of it.
 *
 * noted      where it was once known to end: such a row with this hash must be there. id 0: not known
 * *bad       the first row that is not as it was, or 0: it is whole
 * *why       static; set where *bad is
 * *last      where it ends now
 * returns    0, also where a row is bad, or a store error
 */
int audit_verify(struct tx *tx, const struct audit_head *noted, int64_t *bad, const char **why, struct audit_head *last);

/* Calls each() for every row past `after`, in order, until it returns below 0. What it gets is borrowed. Returns that, 0, or a store error. */
int audit_each(struct tx *tx, int64_t after, int (*each)(void *arg, int64_t id, const struct audit *row), void *arg);

/* The same for what was shown since a moment: one call for each person, deed and conversation; seq: the lowest message. */
int audit_each_shown(struct tx *tx, int64_t since_ms, void (*each)(void *arg, const struct audit *row), void *arg);
