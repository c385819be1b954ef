/* chat/rights/rights.h: whether a person may do a thing to an object, by the table of rights (proto/rights.def). Inside a store job.
 *
 * The one place where relations are looked up for a right: cmd/dispatch.c asks before a verb runs, in the same transaction, and the verb gets
 * what was found. "Not there" and "not yours" are one answer from one query. A role that may never do it learns nothing of the object, because
 * nothing is looked up.
 */
#pragma once

#include "base/token.h"
#include "chat/member.h"
#include "chat/rights/viewer.h"
#include "proto/rights.h"
#include "store/db.h"

/* May this person, with these arguments? me: their present time in the thread that the command is about, where it is about one; set on 0 only.
 *
 * returns  0, or
 *          -EPERM    never for this role
 *          -EACCES   the message or the note is another's
 *          -ECHRNG   only about themselves
 *          -EXDEV    a pupil of this person is with another mentor
 *          -ENOENT   there is no such thread, or message, or they are not in it, or may not see that far back
 *          or a store error
 */
int rights_check(struct tx *tx, const struct viewer *viewer, const struct command_args *args, struct membership *me);

/* A file of a message (seq), or one that was not sent (0) and that this person uploaded: may they fetch it? Returns 0, -ENOENT, or a store error. */
int rights_file(struct tx *tx, const struct viewer *viewer, int64_t thread, int64_t seq, int64_t uploader);

/* For an HTTP call: who the session belongs to, and whether they may. -ENOENT: nobody, or not any more; -EPERM: never for this role. */
int rights_session(struct tx *tx, enum right right, const struct token_hash *token, struct viewer *ret);
