/* chat/file_made.h: what media/ made safe becomes a file of a conversation (chat/file.h). Any thread, without a transaction: these wait for the disk. */
#pragma once

#include "chat/file.h"
#include "media/media.h"

/* Fills what is known of a file once it is made: kind, type, sizes, wave, and its name. given: what its sender called it, of which a document keeps the
 * last part, on one line, with the ending that it has now; may be NULL. ret->name: free(). */
void file_made_draft(const struct media_made *made, const char *given, struct file_draft *ret);

/* Appends a part to a file, in sealed pieces, as the writer puts them down: each but the last from FILE_PIECE bytes of it.
 *
 * from     a file of memory with `bytes` bytes
 * to       open for writing; goes on where it stands
 * returns  0, -ENOMEM, or what reading or writing said
 */
int file_made_seal(const struct secret_key *key, enum file_part part, int from, uint64_t bytes, int to);

/* The sealed bytes that a part takes. */
uint64_t file_made_size(uint64_t bytes);

/* Puts the nth sealed piece of a part of a draft down, out of a file in which that part begins at `at`. Inside a store job. */
int file_made_put(struct tx *tx, int64_t id, const struct file_draft *draft, enum file_part part, int64_t n, int from, uint64_t at);
