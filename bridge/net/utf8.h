/* net/utf8.h: whether bytes are UTF-8 (RFC 3629: nothing overlong, no surrogates, nothing past U+10FFFF). */
#pragma once

#include <stdbool.h>
#include <stddef.h>

bool utf8_is_valid(const char *bytes, size_t n);
