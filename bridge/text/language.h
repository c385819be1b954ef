/* text/language.h: language tags (BCP 47) and what we know of the languages that schools meet.
 *
 * ICU has no data for prs, kmr or pbu and falls back to the process's own locale without an error; so the languages we
 * know stand in a table of our own (language.def: tag, script, ICU locale, own name), and ICU is asked only for
 * others, with its fallback warning taken for a failure. A tag goes in in any case and form. Pure; any thread.
 */
#pragma once

#include "base/words.h"

#include <stdbool.h>
#include <stddef.h>

enum {
        LANGUAGE_TAG_MAX = 35, /* bytes; RFC 5646 section 4.4.1 */
        LANGUAGE_SCRIPT = 4,   /* ISO 15924 */
};

/* Writes the canonical form of a tag (RFC 5646 section 4.5): en-us becomes en-US, iw becomes he, and codes of
 * three letters what they mean (nld and dut become nl). A tag of private use only (x-…) names no language and is refused.
 * ret has room for LANGUAGE_TAG_MAX + 1 bytes. Returns 0, or -EINVAL where it is no well-formed tag. */
int language_canonical(const char *tag, size_t n, char ret[LANGUAGE_TAG_MAX + 1]);

/* The direction the language is written in, by the script or region of its tag where it has one (az-Arab, uz-AF);
 * LTR where not known. */
enum direction language_direction(const char *tag);

/* Whether two tags mean the same language to a reader, script included: pes, fa and fa-IR do, kmr and ku, prs and
 * fa-AF; prs and fa do not, nor az and az-Arab. */
bool language_same(const char *a, const char *b);

/* Whether a text may read the same in both: the same language as language_same() has it, or another written form of it in the same script (fa and
 * prs, nb and nn, ckb and ku-Arab do not differ enough for an echo to tell). */
bool language_near(const char *a, const char *b);

/* The script a language is written in. False where it is not known. */
bool language_script(const char *tag, char ret[LANGUAGE_SCRIPT + 1]);

/* The name of a language in itself (ar: العربية), or the tag itself where not known. Static, or tag. */
const char *language_own_name(const char *tag);
