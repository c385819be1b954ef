/* text/text.h: what a text is before anything else sees it: valid, normal, bounded, with a direction.
 *
 * Sources: Unicode 15 (ICU 72), UAX 9 (direction), UAX 15 (NFC), UAX 29 (grapheme clusters). All functions are pure
 * and may be called from any thread. All text is UTF-8.
 */
#pragma once

#include "base/words.h"

#include <stdbool.h>
#include <stddef.h>

enum {
        TEXT_BYTES_MAX = 16 * 1024,   /* a message, after NFC */
        TEXT_POINTS_MAX = 8000,       /* code points */
        TEXT_GRAPHEMES_MAX = 4000,    /* what a reader counts as letters */
        TEXT_CLUSTER_POINTS_MAX = 64, /* code points in one of them: more is no script's spelling */
};

/* Makes a message's body: NFC; CR LF and CR become LF; white space at both ends goes; bidi controls that were left open
 * are closed, closers without an opener dropped (ZWNJ, ZWJ, LRM, RLM are spelling and stay); never NFKC.
 *
 * in       n bytes of UTF-8 (checked again here)
 * max      bytes, at most TEXT_BYTES_MAX
 * ret      set on 0 only: NUL-terminated, owned by the caller, free()
 * returns  0, or -EILSEQ (not UTF-8), -ENODATA (nothing visible in it), -EMSGSIZE (over a limit),
 *          -EOVERFLOW (a cluster over TEXT_CLUSTER_POINTS_MAX), -EBADMSG (control characters but TAB and LF), -ENOMEM
 */
int text_body(const char *in, size_t n, size_t max, char **ret);

/* Makes a name or another single line: as text_body(), and without bidi controls (U+202A..U+202E, U+2066..U+2069,
 * U+200E, U+200F, U+061C), without default-ignorable code points other than ZWNJ and ZWJ between letters, any white
 * space one space, no line feeds. An empty result is -ENODATA. */
int text_name(const char *in, size_t n, size_t max, char **ret);

/* The base direction of a text: URLs, mentions (@word) and emoji set aside, the first strong character (UAX 9 P2, P3:
 * isolates are skipped) of the first paragraph that has one; where there is none, that of the language; else LTR. */
enum direction text_direction(const char *body, const char *language);

/* How many grapheme clusters (UAX 29, extended) a valid text has. */
size_t text_graphemes(const char *s);

/* Bytes of the longest start of s that has at most `graphemes` clusters: where a preview may be cut. */
size_t text_cut(const char *s, size_t graphemes);

/* Folds a text for search, the same for index and query: words (UAX 29) in folded form, each once a place, separated by
 * one space. Case, marks, ё/е, alef and yeh forms, Persian and Arabic digits, Ethiopic homophones, ZWNJ and
 * tatweel do not matter. ret as above; "" for a text without words is 0. */
int text_fold(const char *s, char **ret);
