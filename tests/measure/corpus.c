#include "corpus.h"

#include "figures.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* splitmix64: the same school on every day. */
uint64_t corpus_random(uint64_t *state)
{
        uint64_t z = (*state += 0x9e3779b97f4a7c15);

        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
        z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
        return z ^ (z >> 31);
}

static struct corpus_language *add_language(struct corpus *c, const char *tag)
{
        struct corpus_language *l = &c->languages[c->n++];

        if (c->n > CORPUS_LANGUAGES_MAX || strlen(tag) >= sizeof(l->tag))
                give_up("the corpus has too many languages");
        snprintf(l->tag, sizeof(l->tag), "%s", tag);
        return l;
}

static void add_word(struct corpus_language *l, const char *word)
{
        if (l->n == l->room) {
                l->room = l->room * 2 + 1024;
                l->words = reallocarray(l->words, l->room, sizeof(*l->words));
        }
        if (l->words)
                l->words[l->n] = strdup(word);
        if (!l->words || !l->words[l->n++])
                give_up("out of memory");
}

void corpus_read(const char *path, struct corpus *ret)
{
        struct corpus_language *l = NULL;
        FILE *file = fopen(path, "re");
        char line[1024];

        if (!file)
                give_up("no corpus at %s", path);
        while (fgets(line, sizeof(line), file)) {
                line[strcspn(line, "\n")] = '\0';
                if (line[0] == '#')
                        l = add_language(ret, line + 1);
                else if (l)
                        add_word(l, line);
        }
        fclose(file);
        for (size_t i = 0; i < ret->n; i++)
                if (ret->languages[i].n < 2 * CORPUS_WORDS)
                        give_up("the corpus has hardly a word in %s", ret->languages[i].tag);
        if (ret->n < 2)
                give_up("the corpus is empty");
}

const char *corpus_message(const struct corpus *c, int64_t thread, int64_t seq, char ret[CORPUS_TEXT_MAX])
{
        uint64_t state = (uint64_t)thread << 32 ^ (uint64_t)seq;
        bool is_first = corpus_random(&state) % 2;
        const struct corpus_language *l = &c->languages[is_first ? 0 : 1 + (size_t)thread % (c->n - 1)];
        size_t at = corpus_random(&state) % (l->n - CORPUS_WORDS), used = 0;

        for (size_t i = 0; i < CORPUS_WORDS; i++) {
                size_t n = strlen(l->words[at + i]);

                if (used + n < CORPUS_TEXT_MAX)
                        memcpy(ret + used, l->words[at + i], n);
                used += used + n < CORPUS_TEXT_MAX ? n : 0;
        }
        while (used > 0 && ret[used - 1] == ' ')
                used--;
        ret[used] = '\0';
        return l->tag;
}
