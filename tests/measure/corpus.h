/* measure/corpus.h: a school's messages, made of a text in many languages; the same ones every time. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { CORPUS_WORDS = 18, CORPUS_LANGUAGES_MAX = 32, CORPUS_TEXT_MAX = 2048 };

struct corpus_language {
        char tag[16];
        char **words; /* each with what stands behind it */
        size_t n, room;
};

struct corpus {
        struct corpus_language languages[CORPUS_LANGUAGES_MAX];
        size_t n;
};

/* A line "#tag" begins a language, each other line is a word with what stands behind it. Gives up where it is no corpus. */
void corpus_read(const char *path, struct corpus *ret);

/* A message of CORPUS_WORDS words that stand together in the corpus: half of them in its first language, half in the one of the thread. Returns the
 * language's tag. */
const char *corpus_message(const struct corpus *c, int64_t thread, int64_t seq, char ret[CORPUS_TEXT_MAX]);

uint64_t corpus_random(uint64_t *state);
