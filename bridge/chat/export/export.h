/* chat/export/export.h: all that the school has of a family's member, as a zip they can read and take along. On a reader. */
#pragma once

#include "store/db.h"

#include <stdint.h>

/* Writes the zip of a person of the family's side: who they are, where they are signed in, and every conversation they are in, as
 * they see it, with its people, messages, versions and their own answers. Nothing of others: no notes, no reading marks, no other family.
 *
 * fd       open for writing and empty; borrowed
 * returns  0, -ENOENT (no such person, or not any more), -EPERM (not of the family's side), -EFBIG (over EXPORT_BYTES_MAX before it is
 *          packed), -ENOSPC, -EIO or a store error
 */
int export_person(struct tx *tx, int64_t person, int fd);

enum { EXPORT_BYTES_MAX = 512 * 1024 * 1024 };
