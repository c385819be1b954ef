/* text/text.h: what a text is before anything else sees it: valid, normal, bounded, with a direction.
 *
 * Sources: Unicode 15 (ICU 72), UAX 9 (direction), UAX 15 (NFC), UAX 29 (clusters, words). All functions are pure
 * and may be called from any thread. All text is UTF-8.
 */
#pragma once

#include "base/words.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
        TEXT_BYTES_MAX = 16 * 1024,   /* a message, after NFC */
        TEXT_POINTS_MAX = 8000,       /* code points */
        TEXT_GRAPHEMES_MAX = 4000,    /* what a reader counts as letters */
        TEXT_CLUSTER_POINTS_MAX = 64, /* code points in one of them: more is no script's spelling */
};

/* Makes a message's body: NFC, never NFKC; CR LF and CR become LF; white space at both ends goes; bidi controls
 * that a paragraph leaves open are closed at its end, closers without an opener dropped (ZWNJ, ZWJ, LRM and RLM are
 * spelling and stay). A body made again is the same.
 *
 * in       n bytes of UTF-8 (checked again here)
 * max      bytes, at most TEXT_BYTES_MAX
 * ret      set on 0 only: NUL-terminated, owned by the caller, free()
 * returns  0, or -EILSEQ (not UTF-8), -ENODATA (nothing visible in it), -EMSGSIZE (over a limit),
 *          -EOVERFLOW (a cluster over TEXT_CLUSTER_POINTS_MAX), -EBADMSG (a control character that is not
 *          TAB, LF or CR), -ENOMEM
 */
int text_body(const char *in, size_t n, size_t max, char **ret);

/* Makes a name or another single line: as text_body(), and without bidi controls (U+202A..U+202E,
 * U+2066..U+2069, U+200E, U+200F, U+061C), without invisible code points other than a ZWNJ or ZWJ between two
 * letters, any white space one space, no line feeds. */
int text_name(const char *in, size_t n, size_t max, char **ret);

/* The base direction of a text: links, addresses, file names, mentions (@word) and emoji set aside, the first strong
 * character (UAX 9 P2, P3: isolates are skipped) of the first paragraph that has one. Where there is none, that of
 * the language; LTR where language is NULL or not known. */
enum direction text_direction(const char *body, const char *language);

/* How many grapheme clusters (UAX 29, extended) a valid text has. */
size_t text_graphemes(const char *s);

/* Bytes of the longest start of s that has at most `graphemes` clusters: where a preview may be cut. */
size_t text_cut(const char *s, size_t graphemes);

/* Folds a text for search, the same for index and query: its words (UAX 29) in folded form and in their order,
 * one space between. Case, marks, ё/е, đ/d, alef and yeh forms, digits of any script, Ethiopic homophones, ZWNJ and
 * tatweel do not matter (fold.def); a point or hyphen inside a word ends it, an apostrophe does not, but for the French
 * article (l'école is two words).
 *
 * ret      set on 0 only: owned by the caller, free(); "" for a text without words
 * returns  0, -EILSEQ (not UTF-8), -EMSGSIZE (over four times TEXT_BYTES_MAX), -ENOMEM or -EIO (ICU has no data)
 */
int text_fold(const char *s, char **ret);

/* The words that text_fold() gives, each with the place where it stands in the text. */
struct text_word {
        const char *folded; /* n bytes inside text_words.folded; no NUL behind them */
        size_t n;
        uint32_t from, to; /* in UTF-16 units of the text in NFC, as browsers count; `to` is behind its last one */
        uint32_t starts;   /* bit k: the word as such may begin at byte k; text_words() sets bit 0 alone, text_words_part() the others */
};
struct text_words {
        char *folded;
        struct text_word *list;
        size_t n;
};

/* As text_fold(). A point that stands for several words (U+FDFA) is the place of each.
 * ret: set on 0 only; text_words_done(), which takes an empty one too. */
int text_words(const char *s, struct text_words *ret);
void text_words_done(struct text_words *words);

/* Where a language writes small words joined to the front of the next (proclitic.def), each word may also begin behind them: sets `starts`. Leaves the words of
 * other languages as they are. A word that only looks so is marked too (الدين): it is for lists of whole words, not for what is shown. */
void text_words_part(struct text_words *words, const char *language);
