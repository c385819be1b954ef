/* text/protect.h: words that a machine is to leave alone: names, links, terms of the school. Pure; any thread.
 *
 * Each place of one is taken out of the text and a token put in (QX1, QX2 …), that engines take for a name of a thing and let through; afterwards the
 * words go back in, as they were or as the school says it in the other language. A term is found as it is written, in any case and with or without
 * marks, and not in its other forms: kennismakingsbezoek is, kennismakingsbezoeken is not. What inflects is left to people.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

struct protect_term {
        const char *words;
        const char *instead; /* in the other language; NULL: what stands in the text */
        bool exact;          /* a name: only as it is written, for Visser is somebody and visser is not */
};

struct protected {
        char *text;              /* with tokens */
        char **tokens, **words;  /* each token, and what it stands for */
        size_t n;
};

void protected_done(struct protected *p);

/* text     as text_body() leaves it
 * ret      set on 0 only; protected_done()
 * returns  0, -ENOMEM, or what text_words() returns
 */
int text_protect(const char *text, const struct protect_term *terms, size_t n, struct protected *ret);

/* Puts the words back. Tokens are known in any case, with a blank inside, and with digits of Arabic and Persian.
 *
 * plain    the answer with its tokens as they were given, to be compared with p->text (translate/gate.h); may be NULL
 * ret      the answer; both owned by the caller, set on 0 only
 * returns  0, -EBADMSG (a token is lost, or there twice), -ENOMEM, -EMSGSIZE
 */
int text_restore(const struct protected *p, const char *answer, char **plain, char **ret);
