/* child/inside.h: the cage itself, inside child/ only. */
#pragma once

#include "child/child.h"

#include <linux/filter.h>

/* What a caged program may not ask of the kernel, as the kernel takes it. Made at the first call, which allocates: so before any fork. Any thread.
 * *ret: for ever. Returns 0 or a negative errno. */
int filter_get(const struct sock_fprog **ret);

/* What the child does to itself between fork() and execve(): limits, no new rights, no sockets, no network, no files but the system's. Only calls that are safe
 * after a fork in a program with threads (child.c says why). Returns 0, or a negative errno where a limit that every kernel has could not be set. */
int cage_enter(const struct child *child, const struct sock_fprog *filter);

/* A network and shared memory of its own. Returns 0, or a negative errno where the machine does not permit it. */
int cage_leave_network(void);

/* Whether the kernel can hide files. */
bool cage_hides_files(void);
