/* chat/roster/inside.h: what the pieces of the reader tell each other. Inside chat/roster only. */
#pragma once

#include "base/buf.h"
#include "chat/roster/roster.h"

/* ---- faults.c */

/* file and the text are copied. Never fails: past the cap it only counts. */
void roster_fault(struct roster_faults *faults, const char *file, int line, int column, const char *format, ...)
        _printf_(5, 6);

/* How many there are, those past the cap included. */
size_t roster_faults_count(const struct roster_faults *faults);

/* ---- package.c: bytes by file name */

enum { PACKAGE_MANIFEST = ROSTER_FILES, PACKAGE_EDEX, PACKAGE_FILES };

struct package {
        struct buf files[PACKAGE_FILES];
        bool present[PACKAGE_FILES];
        char *edex_name;   /* of the EDEXML file, as faults name it; NULL: there is none */
        int edex_files;    /* how many a zip holds; the first is taken in */
};

void package_done(struct package *package);

void package_init(struct package *package);

/* Only the files we read are taken in. Returns 0 (also with faults), or a negative errno where nothing could be read. */
int package_open(const char *path, struct package *package, struct roster_faults *faults);
int package_open_zip(const void *bytes, size_t n, struct package *package, struct roster_faults *faults);

/* "users.csv", "manifest.csv"; "edex.xml" of an EDEXML file, whatever it is called. */
const char *package_file_name(int file);

/* ---- plan.c */

/* Takes login names and mail addresses out of the rows of pupils, families and whoever has no place here: they are not kept. */
int roster_drop_logins(struct roster *all, const char *today);

/* ---- csv.c: bytes to fields */

struct csv_field {
        const char *text; /* NUL-terminated; borrowed for the call */
        size_t length;
};

/* A line of fields; the header too. line: where it begins. */
typedef int csv_line_fn(void *arg, int line, const struct csv_field *fields, int n);

/* Reads RFC 4180 with or without a byte order mark; any of the three line ends. A field that is not UTF-8, has control
 * characters or is too long is a fault, and so is a quotation mark where none may be; its line is then left out, the
 * others are read. Returns 0, what a line function returned below 0, or -ENOMEM. */
int csv_read(const char *name, const char *bytes, size_t n, csv_line_fn *each, void *arg, struct roster_faults *faults);

/* ---- xml.c: bytes to elements */

struct xml_place {
        int line, column; /* of the element's first character, both from 1 */
};

enum xml_way {
        XML_SKIP,  /* neither it nor anything in it is looked at or kept */
        XML_ENTER, /* its elements are told, its text is not */
        XML_TEXT,  /* its text is gathered, its elements are skipped */
};

struct xml_reader {
        /* An element begins. name without its namespace; attributes as name, value, ..., NULL; all borrowed for the
         * call. Returns an enum xml_way, or a negative errno, which ends the reading. */
        int (*begin)(void *arg, struct xml_place at, const char *name, const char *const *attributes);
        /* One that was not skipped ends. text: of XML_TEXT, without blanks around it, else "". Borrowed, and wiped behind
         * the call. Returns 0 or a negative errno. */
        int (*end)(void *arg, const char *text, size_t n);
};

/* Reads an XML file in UTF-8, UTF-16, ISO-8859-1 or US-ASCII. A document type is refused before anything of it is read, so
 * there are no entities but the five of XML; nothing outside of the bytes is ever loaded. Elements of another namespace than
 * the first are skipped. Returns 0, also with faults; what a function of the reader returned below 0; or -ENOMEM. */
int xml_read(const char *name, const char *bytes, size_t n, const struct xml_reader *reader, void *arg,
        struct roster_faults *faults);

/* ---- edex.c: EDEXML to rows */

/* The ids of its users are their own until roster_adopt() knows whom they mean. */
int edex_read(const char *name, const char *bytes, size_t n, struct roster *roster, struct roster_faults *faults);

/* ---- adopt.c */

/* Gives the people of an EDEXML package the ids they are known by, and makes a delta of it: it says nothing of parents and of
 * what else it has no word for. For other packages it does nothing. Before roster_merge(). */
int roster_adopt(const struct roster *kept, struct roster *package, const char *today);

/* ---- column.c: what a column takes */

enum column_need { NEED_MUST, NEED_MAY, NEED_MUST_1_1 };

struct column {
        const char *header;
        enum column_kind {
                KIND_NAME,
                KIND_WORD,
                KIND_FLAG,
                KIND_DATE,
                KIND_ONE,
                KIND_MANY,
                KIND_TAGS,
                KIND_READS,
                KIND_TAG,
                KIND_SCRIPT,
                KIND_ID,
        } kind;
        enum column_need need;
        const char *const *words;  /* of KIND_WORD, ends with NULL */
        enum roster_file refers;   /* of KIND_ONE and KIND_MANY */
};

struct file_spec {
        const char *name; /* as the manifest says it: "users" */
        const struct column *columns;
        int n;
};

extern const struct file_spec file_specs[ROSTER_FILES];

/* Checks a field that is not empty and gives its value as it is kept, in the arena. A wrong one is a fault at the place.
 * Returns 0, -EBADMSG (*ret is not set), -ENOMEM. */
int column_value(const struct column *column, enum roster_version version, struct arena *arena,
        const struct csv_field *field, const char **ret, struct roster_faults *faults, const char *file, int line,
        int place);

/* ---- rows.c */

/* NULL: out of memory. */
struct roster *roster_new(void);

struct roster_row *roster_row_new(struct roster *roster, enum roster_file file);
int roster_row_add(struct roster_table *table, struct roster_row *row);
void roster_sort(struct roster *roster);

/* ---- read.c */

/* As roster_read(), of files that are in memory already; it frees them as it goes. */
int roster_read_files(struct package *package, struct roster **ret, struct roster_faults *faults);

/* ---- roles.c */

struct role_index {
        const struct roster *all;
        const char *today;       /* 2026-12-01 */
        struct roster_row **rows; /* of roles.csv, by user */
        size_t n;
};

int role_index_make(const struct roster *all, const char *today, struct role_index *ret);
void role_index_done(struct role_index *index);

/* Whether a user has a role at all, in time or not. */
bool roles_any(const struct role_index *index, const char *user);

/* The OneRoster role a user has today: the primary one, or the first. NULL: none today. */
const char *role_of(const struct role_index *index, const struct roster_row *user);
bool role_is_student(const struct role_index *index, const struct roster_row *user);

bool dates_include(const char *begin, const char *end, const char *today);

/* ---- check.c */

int roster_check(const struct roster *all, const struct roster *package, const char *today, struct roster_faults *faults);

/* ---- merge.c */

struct tx;

/* The rows that earlier imports left. */
int roster_kept(struct tx *tx, struct roster **ret);

/* The package over them. The rows of the result live in the two; a delta's rows are filled up from those kept. */
int roster_merge(const struct roster *kept, const struct roster *package, struct roster **ret);

/* Writes the difference down. */
int roster_keep(struct tx *tx, const struct roster *kept, const struct roster *all);

/* ---- state.c */

static inline bool same_text(const char *a, const char *b)
{
        return a == b || (a && b && strcmp(a, b) == 0);
}
