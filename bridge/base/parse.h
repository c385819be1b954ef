/* base/parse.h: numbers and UUIDs out of text, whole or not at all. Any thread. */
#pragma once

#include <stdint.h>

/* A decimal number within bounds, nothing before or behind it. Returns 0, -EINVAL, or -ERANGE. */
int parse_int(const char *s, int64_t min, int64_t max, int64_t *ret);

enum { UUID_BYTES = 16, UUID_TEXT = 36 };

struct uuid {
        uint8_t bytes[UUID_BYTES];
};

/* RFC 9562 section 4, either case. Returns 0 or -EINVAL. */
int uuid_parse(const char *s, struct uuid *ret);

/* Writes the lower-case form and a NUL. */
void uuid_write(const struct uuid *u, char ret[UUID_TEXT + 1]);
