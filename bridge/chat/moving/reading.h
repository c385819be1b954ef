/* chat/moving/reading.h: what the two files that read a file of another school share. */
#pragma once

#include "chat/moving/moving.h"
#include "proto/tree.h"

struct reading {
        struct arena *a;
        struct moved *moved;
        int64_t latest_ms;   /* no time in it is after this */
        int64_t files_bytes; /* of those that were taken so far */
        char **why;
};

typedef int (*reading_rule)(const char *in, size_t n, size_t max, char **ret);

/* -EBADMSG, with what is wrong where: "message 12: the text holds control characters". i: counted from 0; below 0: none. */
int reading_bad(struct reading *rd, const char *what, int64_t i, const char *format, ...) _printf_(4, 5);

/* A text by the rules of text/, in the arena. */
int reading_text(struct reading *rd, const char *what, int64_t i, const char *given, reading_rule rule, size_t max, const char **ret);

int reading_tag(struct reading *rd, const char *what, int64_t i, const char *given, const char **ret);
int reading_time(struct reading *rd, const char *what, int64_t i, const struct tree *from, const char *key, int64_t *ret);
int reading_word(struct reading *rd, const char *what, int64_t i, const struct tree *from, const char *key, const struct word_set *set, int *ret);

/* Who or what has that number in the file; NULL: nobody, nothing. */
const struct moved_person *reading_who(const struct reading *rd, int64_t old);
struct moved_file *reading_file(const struct reading *rd, int64_t old);

/* The ith message. */
int reading_message(struct reading *rd, const struct tree *from, int64_t i);

/* One that was read; NULL: there is none of this number. */
struct message_shape *reading_message_of(const struct moved *moved, int64_t seq);

/* The parts of those that are phrases. */
int reading_phrases(struct reading *rd, const struct tree *list);
