/* media/spool.h: an upload on its way in: pieces put aside on disk as they come, so that nobody's upload stands in memory whole while it waits.
 *
 * The file has no name from its beginning (O_TMPFILE), and what is in it is sealed with a key that is only in memory: whatever happens to the program or
 * the machine, nothing readable is left of it. Calls of one spool come one after another, from a worker thread: they wait for disk.
 */
#pragma once

#include "base/macro.h"

#include <stddef.h>
#include <stdint.h>

struct spool;

enum { SPOOL_PIECE = 64 * 1024 };

/* Nothing is opened yet. folder: borrowed, of the data. Any thread. */
int spool_new(const char *folder, struct spool **ret);

/* Appends; every piece but the last has SPOOL_PIECE bytes. Returns 0 or a negative errno. */
int spool_add(struct spool *spool, const void *bytes, size_t n);

/* A file in the folder that has no name, to read and write; what is put into it is not sealed by this. Returns it, or a negative errno. */
int spool_file(const char *folder);

/* All of it, as a new file of memory. *fd: the caller's. */
int spool_open(struct spool *spool, int *fd, uint64_t *len);

/* Any thread. Takes NULL. */
void spool_free(struct spool *spool);
DEFINE_CLEANUP(struct spool *, spool_free)
