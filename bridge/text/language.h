/* text/language.h: language tags (BCP 47) and what we know of the languages that schools meet.
 *
 * ICU has no data for prs, kmr or pbu and falls back to the process's own locale without an error; so the languages we
 * know stand in a table of our own (language.def: tag, own name, script, direction, ICU locale), and ICU is asked
 * only for others, with its fallback warning taken for a failure. Pure; any thread.
 */
#pragma once

#include "base/words.h"

#include <stdbool.h>
#include <stddef.h>

enum { LANGUAGE_TAG_MAX = 35 }; /* bytes; RFC 5646 section 4.4.1 */

/* Writes the canonical form of a tag (RFC 5646 section 4.5): en-us becomes en-US, iw becomes he.
 * ret has room for LANGUAGE_TAG_MAX + 1 bytes. Returns 0, or -EINVAL where it is no well-formed tag. */
int language_canonical(const char *tag, size_t n, char ret[LANGUAGE_TAG_MAX + 1]);

/* The direction the language is written in, its script subtag (az-Arab) taken into account; LTR where not known. */
enum direction language_direction(const char *tag);

/* Whether two tags mean the same language for a reader (pes, fa and fa-IR do; prs and fa do not; kmr and ku do). */
bool language_same(const char *a, const char *b);

/* The name of a language in itself (ar: العربية), or the tag where not known. Static. */
const char *language_own_name(const char *tag);
