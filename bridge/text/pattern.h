/* text/pattern.h: sentences with named parts (ICU MessageFormat, CLDR plurals). Pure; any thread.
 *
 * ICU's C API knows parts by number only, and prints a named one as it stands without an error: so a pattern is read once, each name
 * becomes its number, and a name that nobody knows is a failure. Digits are Latin in every language.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

enum {
        PATTERN_TEXTS = 7,              /* parts that are texts, {name} or {name, select, …} */
        PATTERN_NUMBER = PATTERN_TEXTS, /* the part that is a number, {number} or {number, plural, …}: the last one */
        PATTERN_PARTS,
};

/* Reads a pattern. Apostrophes are refused: in this syntax one may quote what follows. ICU is not asked: reading is for every pattern of
 * every language at the start of the program, and what ICU would have against one of those that are compiled in, a unit test has said before.
 *
 * names    of the parts, by their numbers; NULL for one that is not in use
 * ret      set on 0 only: the pattern as pattern_write() takes it; owned by the caller, free()
 * used     a bit for each part that stands in it
 * returns  0, -EBADMSG (not well-formed, or a kind of part that we do not use), -ENOENT (an unknown name), -ENOMEM
 */
int pattern_read(const char *text, const char *const names[PATTERN_PARTS], char **ret, unsigned *used);

/* Fills one in.
 *
 * tag      whose plural forms are meant: a language tag, in any form
 * texts    by number; NULL is as good as ""
 * ret      set on 0 only; owned by the caller, free()
 * returns  0, -EBADMSG (ICU does not take the pattern), -EILSEQ, -ENOMEM
 */
int pattern_write(const char *tag, const char *pattern, const char *const texts[PATTERN_TEXTS], int64_t number, char **ret);
