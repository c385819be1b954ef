/* chat/roster/state.h: a school as plain records, twice: as the database has it, and as the roster wants it. What is to be
 * done is the difference of the two.
 *
 * A record has one or two keys (sourcedIds) and fields of text, NULL where there is none.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct roster; /* roster.h */
struct tx;

enum state_kind {
        STATE_ORG,          /* id: name, type, parent */
        STATE_CLASS,        /* id: name, org */
        STATE_PERSON,       /* id: name, given, family, folded, role, speaks, reads, script, language */
        STATE_PUPIL,        /* id: name, given, family, class */
        STATE_TEACHING,     /* person, class: part */
        STATE_GUARDIANSHIP, /* pupil, person: relation */
        STATE_MEMBER,       /* pupil, person: joined, relation */
        STATE_LOGIN,        /* person, username or email: as it is looked up */
        STATE_KINDS,
};

enum { STATE_FIELDS_MAX = 9 };

enum { CLASS_ORG = 1 };
enum { PERSON_ROLE = 4, PERSON_LANGUAGE = 8 };
enum { PUPIL_CLASS = 3 };
enum { MEMBER_JOINED, MEMBER_RELATION };

struct state_kind_spec {
        const char *name;
        int keys;
        int n;
        const char *fields[STATE_FIELDS_MAX];
};
extern const struct state_kind_spec state_kinds[STATE_KINDS];

struct record {
        const char *key, *second; /* "" where there is one key only */
        int64_t row;              /* of the database */
        bool ended;
        bool chosen;              /* a person's language is their own choice */
        const char *fields[STATE_FIELDS_MAX];
};

struct records {
        struct record *list;
        size_t n, room;
};

struct state {
        struct arena arena;
        struct records of[STATE_KINDS]; /* sorted by key, second; no two alike */
        const char *school;             /* its name; NULL where the roster does not say */
};

void state_done(struct state *state);

/* An empty record, its keys and fields to be set; in the state's arena or longer-lived. NULL: out of memory. */
struct record *state_add(struct state *state, enum state_kind kind);

/* Sorts, and keeps one of those with the same keys: they say the same. */
void state_sort(struct state *state);

struct record *state_find(const struct state *state, enum state_kind kind, const char *key, const char *second);

/* state.c: as the database has it. */
int state_load(struct tx *tx, struct state *ret);

/* plan.c: as the roster wants it, on a day ("2026-12-01"). language: of the school, for who has none. */
int state_plan(const struct roster *all, const char *today, const char *language, struct state *ret);
