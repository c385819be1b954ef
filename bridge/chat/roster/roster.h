/* chat/roster/roster.h: a OneRoster CSV package or an EDEXML file as rows in memory, every fault named.
 *
 * Reading is pure: no database. Nothing of a package is applied unless the whole of it is without fault; import.h
 * brings it in. Sources: OneRoster CSV binding 1.1 and 1.2; RFC 4180; EDEXML 2.1.
 */
#pragma once

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

enum roster_file {
#define FILE(name) ROSTER_##name,
#define COLUMN(file, name, header, kind, need, set)
#define END_FILE(name)
#include "chat/roster/columns.def"
#undef FILE
#undef COLUMN
#undef END_FILE
        ROSTER_FILES,
};

/* users_given, enrollments_class ... and how many a file has: users_columns. */
#define FILE(name) enum name##_column {
#define COLUMN(file, name, header, kind, need, set) file##_##name,
#define END_FILE(name)                                                                                            \
        name##_columns                                                                                            \
        }                                                                                                         \
        ;
#include "chat/roster/columns.def"
#undef FILE
#undef COLUMN
#undef END_FILE

enum roster_mode {
        ROSTER_ABSENT, /* the package says nothing of these rows */
        ROSTER_BULK,   /* it holds all there are */
        ROSTER_DELTA,  /* it holds those that changed */
};

struct roster_row {
        const char *id;       /* the sourcedId */
        int line;             /* in its file; 0 for one that was kept from an earlier import */
        bool ended;           /* tobedeleted */
        const char *values[]; /* by column; NULL where empty. Lists: see roster_each() */
};

struct roster_table {
        enum roster_mode mode;
        struct roster_row **rows;
        size_t n;
        size_t room;
        int *places; /* by column: the number of its field in the file, from 1; 0: not there */
};

enum roster_version { ROSTER_1_1 = 1, ROSTER_1_2, ROSTER_EDEXML };

struct roster {
        struct arena arena; /* everything below lives in it, the rows arrays apart */
        enum roster_version version;
        bool has_teachers; /* of EDEXML: it speaks of them */
        struct roster_table tables[ROSTER_FILES];
};

/* What is wrong in a package, in the order in which it was found. */
struct roster_fault {
        const char *file; /* "users.csv", or what the package is called where it is about the package itself */
        int line;         /* from 1; 0: about the file as a whole */
        int column;       /* the number of the field in its line, from 1; 0: about the line as a whole */
        const char *text;
};

struct roster_faults {
        struct arena arena;
        struct roster_fault *list;
        size_t n;
        size_t room;
        size_t more; /* found after the list was full */
};

enum {
        ROSTER_FAULTS_MAX = 1000,
        ROSTER_ID_MAX = 255,                    /* bytes */
        ROSTER_NAME_MAX = 200,                  /* bytes */
        ROSTER_FIELD_MAX = 64 * 1024,           /* bytes */
        ROSTER_COLUMNS_MAX = 256,               /* fields in a line */
        ROSTER_ROWS_MAX = 200 * 1000,           /* in a file */
        ROSTER_FILE_BYTES_MAX = 64 * 1024 * 1024,
        ROSTER_PACKAGE_BYTES_MAX = 192 * 1024 * 1024,
        ROSTER_ENTRIES_MAX = 1000,              /* in a zip or folder */
        ROSTER_MEMORY_MAX = 512 * 1024 * 1024,
};

/* An empty list. */
#define ROSTER_FAULTS_NONE ((struct roster_faults){ .arena = ARENA(4 * 1024 * 1024) })

void roster_faults_done(struct roster_faults *faults);

/* Reads the package at path: a folder, a zip with the files at its top or in one folder, or an EDEXML file, as it is or
 * in a zip. What it is its bytes say, not its name.
 *
 * ret      set on 0; on -EBADMSG too where rows could be read, for more checks only. roster_free()
 * faults   what was found is added
 * returns  0, -EBADMSG (faults says what is wrong), -ENOENT and other errors of opening the path, -ENOMEM
 */
int roster_read(const char *path, struct roster **ret, struct roster_faults *faults);

/* The same from the bytes of a zip in memory, borrowed for the call. */
int roster_read_zip(const void *bytes, size_t n, struct roster **ret, struct roster_faults *faults);

/* Takes NULL. */
void roster_free(struct roster *roster);
DEFINE_CLEANUP(struct roster *, roster_free)

/* The row of an id, or NULL. Only once the rows are sorted: in what roster_read() gave, and after roster_merge(). */
const struct roster_row *roster_find(const struct roster *roster, enum roster_file file, const char *id);

/* What stands between the parts of a list value: no id and no tag can hold it. */
#define ROSTER_LIST_MARK '\x1f'

/* The next id or tag of a list value: moves *list on, gives its length, NULL at the end. */
const char *roster_each(const char **list, size_t *length);
