/* media/run.h: one run of a tool in the jail, from a worker thread. */
#pragma once

#include "media/jail.h"

#include <stdatomic.h>

struct media_run {
        const char *const *argv; /* the first is the tool's whole path; NULL at the end */
        int in, out;             /* its standard input and output: files of memory, from their beginning */
        struct jail_limits limits;
        int wall_s;              /* then it is killed, with all that it started */
        atomic_bool *stopping;   /* likewise, as soon as it becomes true; may be NULL */
};

/* Runs it to its end.
 *
 * returns  0: it ended well; -EBADMSG: it did not like what it was given; -ETIME: it took too long, or more than the limits give;
 *          -ENOEXEC: there is no such tool; -ECANCELED: the program stops; or another negative errno
 */
int media_run(const struct media_run *run);
