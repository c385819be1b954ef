/* child/inside.h: the cage itself, inside child/ only. */
#pragma once

#include "child/child.h"

/* What the child does to itself between fork() and execve(): limits, no new rights, no sockets, no network, no files but the system's. Only calls that are safe
 * after a fork in a program with threads. Returns 0, or a negative errno where a limit that every kernel has could not be set. */
int cage_enter(const struct child *child);
