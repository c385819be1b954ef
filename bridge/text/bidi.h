/* text/bidi.h: bidi formatting that has a scope (UAX 9, 2.1 to 2.5), inside text/ only. */
#pragma once

#include "base/buf.h"

/* Appends valid text to out with its scopes balanced: what a paragraph leaves open is closed at its end (UAX
 * 9 ends it there), and a closer that closes nothing is dropped. Returns 0 or the buffer's failure. */
int bidi_balance(const char *s, size_t n, struct buf *out);
