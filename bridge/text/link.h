/* text/link.h: links and addresses in a text, inside text/ only. */
#pragma once

#include <stddef.h>

/* The bytes of a link or address at the start of s, or 0; *ret_looked bytes need not be looked at again. */
size_t text_link_length(const char *s, size_t n, size_t *ret_looked);
