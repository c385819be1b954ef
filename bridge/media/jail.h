/* media/jail.h: what a tool that reads strangers' files is shut in.
 *
 * `ouderbrug media-jail NUMBERS... TOOL ARGS...` is this program started again by media/run.c, single-threaded and with nothing open but standard
 * input and output. It takes everything away from itself that a decoder does not need, and becomes the tool:
 *
 *   limits        memory, processor time, size of what it writes, open files, no core
 *   system calls  no socket of any kind, no new process, no tracing, no mounts, no kernel keys: seccomp
 *   files         the system's programs and libraries, to read and run, and nothing else of the disk: Landlock (kernel 5.13 and later)
 *   namespaces    a user, a network without addresses, of its own, where the system lets anybody make them
 *   the rest      no new privileges, an environment of four fixed lines, no memory that others can read, dead when the server is
 *
 * Landlock and the namespaces are used where they are; the others must be, or it does not run.
 */
#pragma once

#include <stdint.h>

#define JAIL_VERB "media-jail"

struct jail_limits {
        int64_t memory_bytes, cpu_s, write_bytes, files;
};

enum { JAIL_NUMBERS = 4, JAIL_NO_TOOL = 127, JAIL_BROKEN = 126 };

/* The limits as arguments. */
void jail_write(const struct jail_limits *limits, char ret[JAIL_NUMBERS][24]);

/* The verb, with what stands behind it. Returns only where it failed: the exit code. */
int jail_main(int argc, char **argv);
