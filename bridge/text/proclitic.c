/* Arabic, Sorani, Tigrinya and Amharic write "to the police" as one word. A list of words would have to hold each of them a dozen times over, and one that
 * forgets "and to the police" is silently deaf to it; so they are told apart here, for all lists at once, and a list holds the word alone. It is not part of
 * the fold: the index would then give other words than the text has, and who searches would lose the place. */
#include "text/text.h"

#include "base/macro.h"
#include "text/language.h"

static const struct {
        const char *language, *joined;
} proclitics[] = {
#define PROCLITIC(language, joined) { language, joined },
#include "text/proclitic.def"
#undef PROCLITIC
};

static void begin_behind(struct text_words *words, const char *joined)
{
        size_t n = strlen(joined);

        for (size_t i = 0; i < words->n; i++)
                if (words->list[i].n > n && memcmp(words->list[i].folded, joined, n) == 0)
                        words->list[i].starts |= UINT32_C(1) << n;
}

void text_words_part(struct text_words *words, const char *language)
{
        const char *asked = "";
        bool same = false;

        for (size_t i = 0; i < ELEMENTS(proclitics); i++) {
                if (strcmp(proclitics[i].language, asked) != 0) {
                        asked = proclitics[i].language;
                        same = language_same(asked, language);
                }
                if (same)
                        begin_behind(words, proclitics[i].joined);
        }
}
