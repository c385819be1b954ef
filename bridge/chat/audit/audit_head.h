/* chat/audit/audit_head.h: where the record of deeds ends, noted beside the database: what shows that its end was cut off.
 *
 * A file of one line, "ROW HASH": the number of the last row and its hash in hexadecimal. `ouderbrug audit verify` takes one that was noted
 * still further away. Waits for disk: never on the loop.
 */
#pragma once

#include "chat/audit/audit.h"

enum { AUDIT_HEAD_TEXT = 20 + 1 + 2 * TOKEN_HASH_BYTES };

/* Writes the line, without a newline. */
void audit_head_write(const struct audit_head *head, char ret[AUDIT_HEAD_TEXT + 1]);

/* 0 or -EINVAL. */
int audit_head_read(const char *text, struct audit_head *ret);

/* audit.head of a data folder. save: replaces it whole. load: -ENOENT, -EUCLEAN (no such line), or another errno. */
int audit_head_save(const char *data, const struct audit_head *head);
int audit_head_load(const char *data, struct audit_head *ret);
