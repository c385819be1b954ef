/* text/piece.h: a text in pieces for a machine that translates: sentences are its business, the rest is kept from it.
 *
 * An emoji makes some machines drop what stands behind it, and links come back broken: so a text is cut at them and at its lines, and only what holds letters
 * is translated. Joined again, the pieces are the text. Pure; any thread.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct text_piece {
        size_t from, to; /* bytes */
        bool translate;  /* else it stays as it is */
};

/* ret: set on 0 only, n of them, free(). Pieces to be translated begin and end with something visible. Returns 0, -EILSEQ or -ENOMEM. */
int text_pieces(const char *s, struct text_piece **ret, size_t *n);

/* Whether there is no piece to translate: it says the same in every language. 1, 0, or as text_pieces(). */
int text_is_wordless(const char *s);
