/* cmd/range.h: the part of a sound or file that a browser asks for. Pure. */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum { RANGE_MAX = 64, RANGE_ETAG = 48 };

/* One range of bytes (RFC 9110 section 14.2); what is not one, or several, asks for all of it.
 *
 * asked, if_range  as they came; "" where there is none
 * all              how many bytes there are
 * from, to         set: the first, and the one behind the last
 * returns          200, 206, or 416: nothing of it is there */
int range_choose(const char *asked, const char *if_range, const char *etag, uint64_t all, uint64_t *from, uint64_t *to);

/* A header for later: "" where it is NULL or does not fit. */
void range_copy(char *to, size_t room, const char *header);
