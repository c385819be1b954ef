#include "base/words.h"

#include "base/macro.h"

#define ENUM(name, NAME, doc) static const struct word list_##name[] = {
#define VALUE(name, NAME, WORD, word, doc) { #word, doc },
#define END_ENUM(name) };
#include "base/words.def"
#undef ENUM
#undef VALUE
#undef END_ENUM

#define ENUM(name, NAME, doc) const struct word_set words_##name = { #name, doc, list_##name, ELEMENTS(list_##name) };
#define VALUE(name, NAME, WORD, word, doc)
#define END_ENUM(name)
#include "base/words.def"
#undef ENUM
#undef VALUE
#undef END_ENUM

#define ENUM(name, NAME, doc) &words_##name,
#define VALUE(name, NAME, WORD, word, doc)
#define END_ENUM(name)
const struct word_set *const word_sets[] = {
#include "base/words.def"
        NULL,
};

int word_value(const struct word_set *set, const char *word)
{
        if (!word)
                return 0;
        for (size_t i = 0; i < set->n; i++)
                if (strcmp(set->words[i].word, word) == 0)
                        return (int)i + 1;
        return 0;
}

const char *word_text(const struct word_set *set, int value)
{
        if (value < 1 || (size_t)value > set->n)
                return NULL;
        return set->words[value - 1].word;
}

int role_is_family(enum role role)
{
        return role == ROLE_PARENT || role == ROLE_LEGAL_GUARDIAN || role == ROLE_COUNSELLOR;
}
