/* conf/origin.h: origins of RFC 6454: scheme, host and port. */
#pragma once

#include <stddef.h>

/* Brings an address to the form in which browsers send it as Origin: lower-case, without a default port,
 * without a slash at its end. Returns 0 (ret: owned by the caller), -EINVAL (not http or https, has a path, a
 * user or a bad port), or -ENOMEM. */
int origin_normal(const char *s, size_t n, char **ret);
