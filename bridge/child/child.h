/* child/child.h: another program, run once, in a cage: bytes in, bytes out, and an end. It may make threads, but no processes.
 *
 * Waits: for worker threads only, never the loop. Any number at the same time.
 */
#pragma once

#include "base/macro.h"

#include <stdatomic.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct child {
        const char *const *argv; /* argv[0]: an absolute path; ends with NULL */
        const char *const *env;  /* ends with NULL; NULL: empty */
        const void *in;          /* what stands in its standard input, borrowed; NULL where in_fd or nothing does */
        size_t in_len;
        int in_fd;               /* instead, above 0: a file that it reads from its begin. Stays the caller's */
        uint64_t out_max;        /* bytes: the most that it may write to any file */
        uint64_t memory_max;     /* bytes of address space */
        int time_ms;             /* until it is ended */
        int files_max;           /* open files, of which three are its standard ones; 0: 32 */
        const char *extra;       /* one more file or folder that it may read, beside the system's own and its program; NULL: none */
};

/* Runs it and waits for its end.
 *
 * Its standard output is a file of memory (memfd), so it may seek there too; its standard error is thrown away.
 *
 * stopping  looked at while waiting: true ends it; may be NULL
 * ret       set on 0 only: that file, at its begin, and its length; the caller closes it
 * returns   0          it ended well (status 0)
 *           -ENOENT    there is no such program, or it may not be run
 *           -ETIMEDOUT it took too long and was ended
 *           -ECANCELED stopping
 *           -EFBIG     it wrote too much
 *           -EPROTO    it failed: another status, or a signal
 *           or what the system said before it ran
 */
int child_run(const struct child *child, const atomic_bool *stopping, int *ret, uint64_t *len);

/* The same, with what it wrote in memory (owned by the caller, a NUL behind it that does not count). */
int child_bytes(const struct child *child, const atomic_bool *stopping, char **ret, size_t *len);

/* What this machine withholds from the cage, for whoever answers for it: README.md says what holds all the same. It asks the kernel, and waits for a process
 * that tries: before there are threads that must not wait. Returns the bits below, 0: it has all. */
enum { CHILD_LACKS_HIDING = 1, CHILD_LACKS_NETWORK = 2 };
unsigned child_lacks(void);
