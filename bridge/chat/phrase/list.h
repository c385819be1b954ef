/* chat/phrase/list.h: the school's phrase list, as locales/phrases/ holds it: messages that schools and families send again and again, ready in
 * every language. It is part of the program, read once and never changed; any thread.
 *
 * A phrase has parts (enum phrase_part). Which it takes is what its sentence in the source, Dutch, has; the child's name is the program's to fill in.
 */
#pragma once

#include "text/calendar.h"

#include <stdbool.h>
#include <stddef.h>

enum phrase_part {
        PHRASE_CHILD,
        PHRASE_NAME,
        PHRASE_PLACE,
        PHRASE_DATE,
        PHRASE_TIME,
        PHRASE_GENDER, /* of the child: female, male, other. In any sentence that needs it, and asked for where one does */
        PHRASE_NUMBER = 7, /* text/pattern.h: the number is the last */
        PHRASE_PARTS,
};

struct phrase {
        const char *key;
        bool school, family; /* whose it is to send */
        unsigned takes;      /* a bit for each part */
        unsigned may_take;   /* the same, and what only some languages use */
};

/* A sentence in one language. */
struct phrase_text {
        const char *pattern; /* text/pattern.h; NULL: it is not in this language yet */
        unsigned takes;      /* a bit for each part that this sentence uses */
        bool native;         /* somebody whose own language it is has read it */
};

struct phrase_language {
        const char *tag;
        const char *months[12];   /* as they stand in a date */
        const char *weekdays[7];  /* Sunday first */
        const char *date;         /* with {weekday}, {day} and {month} */
        enum calendar calendar;   /* that families keep beside it */
        const char *family_months[13];
        const char *family_date;  /* with {day} and {month}; NULL: none */
        struct phrase_text *texts; /* by the number of the phrase */
};

/* Reads the list, the first time; everything else of here does so too. 0, or what is wrong with it, logged: then there is no phrase and no language. */
int phrase_list_load(void);

/* The names of the parts, by number. */
extern const char *const phrase_part_names[PHRASE_PARTS];

/* NULL where there is none. */
const struct phrase *phrase_find(const char *key);
size_t phrase_index(const struct phrase *p);
size_t phrase_count(void);
const struct phrase *phrase_at(size_t index); /* below phrase_count() */

/* The language of the list that a tag means to a reader; NULL where the list has none. */
const struct phrase_language *phrase_language(const char *tag);
/* The one that the list is written in. */
const struct phrase_language *phrase_source(void);
size_t phrase_languages(const struct phrase_language **ret);
