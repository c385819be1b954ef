/* store/backup.h: a school's file copied whole, while it is in use. Any thread; waits for disk. */
#pragma once

#include "store/db.h"

/* Copies the database `from` to the new file `to`: a snapshot of one moment, taken while others read and write
 * (sqlite.org/backup.html). The copy is checked, on disk, and one file without a log before it gets its name, so a file of that name
 * is always whole. A backup is made and put back by this same copy.
 *
 * returns  0, -EEXIST (there is such a file: it is left alone), -EUCLEAN (no file of that kind, or it does not hold together), -ENOTSUP (of a newer
 *          version), or an error of store/db.h; *why (owned by the caller) then says it in a sentence
 */
int backup_copy(enum db_kind kind, const char *from, const char *to, char **why);
