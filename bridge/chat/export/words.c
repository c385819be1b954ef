#include "chat/export/words.h"

#include "base/macro.h"
#include "text/language.h"

#include <stdio.h>
#include <string.h>

static const struct {
        const char *language, *key, *text;
} words[] = {
#define WORD(language, key, text) { language, key, text },
#include "chat/export/words.def"
#undef WORD
};

static const char *known(const char *tag)
{
        for (size_t i = 0; tag && i < ELEMENTS(words); i++)
                if ((i == 0 || words[i].language != words[i - 1].language) && language_same(words[i].language, tag))
                        return words[i].language;
        return NULL;
}

const char *words_language(const char *tag, const char *other)
{
        return known(tag) ?: known(other) ?: "nl";
}

static const char *find(const char *language, const char *key)
{
        for (size_t i = 0; i < ELEMENTS(words); i++)
                if (strcmp(words[i].language, language) == 0 && strcmp(words[i].key, key) == 0)
                        return words[i].text;
        return NULL;
}

const char *words_say(const char *language, const char *key)
{
        return find(language, key) ?: key;
}

const char *words_say2(const char *language, const char *group, const char *word)
{
        char key[64];

        if (!word)
                return "";
        snprintf(key, sizeof(key), "%s.%s", group, word);
        return find(language, key) ?: "";
}
