/* cmd/record.h: what the loop knows of the audit log: what was shown lately, so that it is put on record once an hour, and where it ends.
 * Loop thread, unless it says otherwise.
 */
#pragma once

#include "chat/audit/audit.h"

struct school;
struct record;

/* At the start. tx: a snapshot, to know again what was shown within the hour before. */
int record_new(struct tx *tx, struct record **ret);
void record_free(struct record *record);

/* Whether this person was shown this within the hour already, and is on record for it: the same deed and conversation, no older message. */
bool record_knows(const struct record *record, const struct audit *shown);

/* It stands on record now. deed: static, a command's name. */
void record_learn(struct record *record, const struct audit *shown);

/* An attempt to sign in failed. They go on record together, one row in some seconds, so that a flood of them does not fill the disk. */
void record_failed(struct record *record);

/* At the end of the school, while it still takes work: what is not on record yet. */
void record_last(struct school *school);

/* Every few seconds: notes where the log ends beside the database, on a reader. */
void record_tick(struct school *school);

/* The same, at once, by who has the file open: at the end, and on the command line. Waits for disk. Any thread. */
int record_note(struct db *db, const char *data);
