/* text/gauge.h: what can be seen of a text without understanding it, for whoever has to judge a translation. Pure; any thread.
 *
 * All text is valid UTF-8 in NFC (text_body()).
 */
#pragma once

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>

/* How much a text says, in tenths of a Latin letter: scripts that write a syllable or a word with one sign weigh more. The weights make
 * the Declaration of Human Rights as heavy in each of our languages as in the others, within a third. */
size_t gauge_weight(const char *s, size_t n);

/* Letters of n bytes: *all of them, and *own those of the scripts that a language is written in. A language whose script is not known owns
 * all letters. */
void gauge_script(const char *s, size_t n, const char *language, size_t *own, size_t *all);

/* Appends the numbers of n bytes, each as ASCII digits between blanks (" 3 1200 "): digits of any script and Ethiopic numerals; without zeros
 * before it, or between its thousands whatever parts those; not the minutes of a full hour (10.00, 10:00), which many languages do not
 * write. Returns 0 or the buffer's failure. */
int gauge_numbers(const char *s, size_t n, struct buf *out);

/* The next run of pictures (emoji, flags, with all that joins them) from byte `from` on: *start up to *end. False where there is none. */
bool gauge_picture(const char *s, size_t n, size_t from, size_t *start, size_t *end);

/* The end of the sentence that begins at byte `from`: behind its full stop, question mark or line feed; n for the last one. */
size_t gauge_sentence(const char *s, size_t n, size_t from);

/* The place of a word or of several from byte `from` on, as written and not inside another word: -1 where it is not. */
long gauge_find(const char *s, size_t n, size_t from, const char *words);

/* Whether a name stands in a text as it sounds, written in another script: each of its words has its consonants in one of the text's. Says yes to
 * much that is not so, and no only where the name is surely not there. Returns 0 with *ret, or -EILSEQ, -EMSGSIZE, -ENOMEM, -EIO. */
int gauge_sounds(const char *s, const char *name, bool *ret);
