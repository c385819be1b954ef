/* A package becomes rows: the manifest first, then each file that it says is there. One without a manifest
 * and with an XML file is EDEXML. */
#include "chat/roster/inside.h"

#include <errno.h>

struct manifest {
        struct roster_faults *faults;
        enum roster_version version;
        bool header_seen, manifest_version_seen;
        enum roster_mode modes[ROSTER_FILES];
        int lines[ROSTER_FILES]; /* where the mode was said; 0: nowhere */
};

static const char manifest_name[] = "manifest.csv";

static void take_mode(struct manifest *m, int line, const char *name, const char *value)
{
        static const char *const words[] = {
                [ROSTER_ABSENT] = "absent", [ROSTER_BULK] = "bulk", [ROSTER_DELTA] = "delta"
        };
        int mode = -1, file = -1;

        for (size_t i = 0; i < ELEMENTS(words); i++)
                if (strcmp(words[i], value) == 0)
                        mode = (int) i;
        if (mode < 0)
                roster_fault(m->faults, manifest_name, line, 2,
                        "file.%.40s: \"%.40s\" is none of: absent, bulk, delta", name, value);
        for (int i = 0; i < ROSTER_FILES; i++)
                if (strcmp(file_specs[i].name, name) == 0)
                        file = i;
        if (file < 0)
                return;
        if (m->lines[file])
                roster_fault(m->faults, manifest_name, line, 1, "file.%s is said twice, first in line %d",
                        name, m->lines[file]);
        m->lines[file] = line;
        m->modes[file] = mode < 0 ? ROSTER_ABSENT : (enum roster_mode) mode;
}

static int manifest_line(void *arg, int line, const struct csv_field *fields, int n)
{
        struct manifest *m = arg;
        const char *value = n > 1 ? fields[1].text : "";

        if (!m->header_seen) {
                m->header_seen = true;
                if (n != 2 || strcmp(fields[0].text, "propertyName") != 0 || strcmp(value, "value") != 0)
                        roster_fault(
                                m->faults, manifest_name, line, 1, "the header has to be propertyName,value");
                return 0;
        }
        if (n != 2) {
                roster_fault(m->faults, manifest_name, line, 0, "the line has %d fields, not 2", n);
                return 0;
        }
        if (strcmp(fields[0].text, "oneroster.version") == 0) {
                if (strcmp(value, "1.1") == 0)
                        m->version = ROSTER_1_1;
                else if (strcmp(value, "1.2") == 0 || strcmp(value, "1.2.1") == 0)
                        m->version = ROSTER_1_2;
                else
                        roster_fault(m->faults, manifest_name, line, 2,
                                "oneroster.version: \"%.40s\" is none of: 1.1, 1.2", value);
        } else if (strcmp(fields[0].text, "manifest.version") == 0) {
                m->manifest_version_seen = true;
                if (strcmp(value, "1.0") != 0)
                        roster_fault(m->faults, manifest_name, line, 2,
                                "manifest.version: \"%.40s\" is not 1.0", value);
        } else if (strncmp(fields[0].text, "file.", 5) == 0) {
                take_mode(m, line, fields[0].text + 5, value);
        }
        return 0;
}

static int read_manifest(struct package *package, struct manifest *m, struct roster_faults *faults)
{
        size_t before = roster_faults_count(faults);
        int r;

        *m = (struct manifest){ .faults = faults };
        if (!package->present[PACKAGE_MANIFEST]) {
                roster_fault(faults, manifest_name, 0, 0, "is missing: a package begins with it");
                return -EBADMSG;
        }
        r = csv_read(manifest_name, buf_str(&package->files[PACKAGE_MANIFEST]),
                package->files[PACKAGE_MANIFEST].len, manifest_line, m, faults);
        if (r < 0)
                return r;
        if (!m->header_seen)
                roster_fault(faults, manifest_name, 0, 0, "is empty");
        else if (!m->version && roster_faults_count(faults) == before)
                roster_fault(faults, manifest_name, 0, 0, "does not say oneroster.version");
        if (m->header_seen && !m->manifest_version_seen)
                roster_fault(faults, manifest_name, 0, 0, "does not say manifest.version");
        if (!m->version)
                return -EBADMSG;

        for (int i = 0; i < ROSTER_FILES; i++) {
                const char *name = package_file_name(i);

                if (package->present[i] && !m->lines[i])
                        roster_fault(faults, name, 0, 0,
                                "is there, but the manifest does not say whether as bulk or delta");
                else if (package->present[i] && m->modes[i] == ROSTER_ABSENT)
                        roster_fault(faults, name, 0, 0, "is there, but the manifest says it is absent");
                else if (!package->present[i] && m->modes[i] != ROSTER_ABSENT)
                        roster_fault(faults, manifest_name, m->lines[i], 1, "%s is not in the package", name);
        }
        return 0;
}

/* ---- one file */

struct table_reading {
        struct roster *roster;
        struct roster_faults *faults;
        enum roster_file file;
        const struct file_spec *spec;
        const char *name;
        bool header_seen;
        bool columns_checked;
        int header_line;
        bool unreadable;                 /* the header is so wrong that the lines mean nothing */
        int n;                           /* fields in the header */
        int columns[ROSTER_COLUMNS_MAX]; /* by field: ours, or one of those below */
        size_t rows;
};

enum { FIELD_NONE = -1, FIELD_ID = -2, FIELD_STATUS = -3 };

static bool is_needed(enum column_need need, enum roster_version version)
{
        return need == NEED_MUST || (need == NEED_MUST_1_1 && version == ROSTER_1_1);
}

static int column_of(const struct file_spec *spec, const char *header)
{
        if (strcmp(header, "sourcedId") == 0)
                return FIELD_ID;
        if (strcmp(header, "status") == 0)
                return FIELD_STATUS;
        for (int i = 0; i < spec->n; i++)
                if (strcmp(spec->columns[i].header, header) == 0)
                        return i;
        return FIELD_NONE;
}

/* A delta that only ends rows needs no more than their ids, so there this waits for a row that does more. */
static void check_columns(struct table_reading *in)
{
        const int *places = in->roster->tables[in->file].places;

        if (in->columns_checked)
                return;
        in->columns_checked = true;
        for (int i = 0; i < in->spec->n; i++)
                if (!places[i] && is_needed(in->spec->columns[i].need, in->roster->version))
                        roster_fault(in->faults, in->name, in->header_line, 0, "the column %s is missing",
                                in->spec->columns[i].header);
}

static void read_header(struct table_reading *in, int line, const struct csv_field *fields, int n)
{
        struct roster_table *table = &in->roster->tables[in->file];
        bool id_seen = false, status_seen = false;

        in->header_seen = true;
        in->n = n;
        for (int i = 0; i < n; i++) {
                in->columns[i] = column_of(in->spec, fields[i].text);
                for (int j = 0; j < i; j++) {
                        if (fields[i].length && strcmp(fields[i].text, fields[j].text) == 0) {
                                roster_fault(in->faults, in->name, line, i + 1,
                                        "the column %.60s is there twice", fields[i].text);
                                in->columns[i] = FIELD_NONE;
                                break;
                        }
                }
                if (in->columns[i] >= 0)
                        table->places[in->columns[i]] = i + 1;
                id_seen |= in->columns[i] == FIELD_ID;
                status_seen |= in->columns[i] == FIELD_STATUS;
                if (in->columns[i] == FIELD_NONE && strncmp(fields[i].text, "metadata.ouderbrug.", 19) == 0)
                        roster_fault(in->faults, in->name, line, i + 1, "there is no column %.60s",
                                fields[i].text);
        }
        if (!id_seen) {
                roster_fault(in->faults, in->name, line, 0, "the column sourcedId is missing");
                in->unreadable = true;
        }
        if (!status_seen && table->mode == ROSTER_DELTA)
                roster_fault(
                        in->faults, in->name, line, 0, "the column status is missing, and a delta needs it");
        in->header_line = line;
        if (table->mode == ROSTER_BULK)
                check_columns(in);
}

static void read_status(
        struct table_reading *in, int line, int place, const char *status, const struct roster_row *row)
{
        if (row->ended)
                return;
        if (!*status && in->roster->tables[in->file].mode == ROSTER_DELTA)
                roster_fault(in->faults, in->name, line, place,
                        "status: a delta has to say active or tobedeleted");
        else if (*status && strcmp(status, "active") != 0)
                roster_fault(in->faults, in->name, line, place,
                        "status: \"%.40s\" is none of: active, tobedeleted", status);
}

static int read_field(
        struct table_reading *in, int line, int place, const struct csv_field *field, struct roster_row *row)
{
        int column = in->columns[place - 1], r;
        const struct column *spec;

        if (column == FIELD_STATUS) {
                read_status(in, line, place, field->text, row);
                return 0;
        }
        if (column == FIELD_ID) {
                if (field->length == 0)
                        roster_fault(in->faults, in->name, line, place, "sourcedId: is empty");
                else if (field->length > ROSTER_ID_MAX)
                        roster_fault(in->faults, in->name, line, place, "sourcedId: is longer than %d bytes",
                                ROSTER_ID_MAX);
                else
                        row->id = arena_copy(&in->roster->arena, field->text, field->length);
                return arena_failed(&in->roster->arena);
        }
        if (column < 0)
                return 0;
        spec = &in->spec->columns[column];
        if (field->length == 0) {
                /* What ends needs no more than its id. */
                if (is_needed(spec->need, in->roster->version) && !row->ended)
                        roster_fault(in->faults, in->name, line, place, "%s: is empty", spec->header);
                return 0;
        }
        r = column_value(spec, in->roster->version, &in->roster->arena, field, &row->values[column],
                in->faults, in->name, line, place);
        return r == -EBADMSG ? 0 : r;
}

static int table_line(void *arg, int line, const struct csv_field *fields, int n)
{
        struct table_reading *in = arg;
        struct roster_row *row;
        int r;

        if (!in->header_seen) {
                read_header(in, line, fields, n);
                return 0;
        }
        if (in->unreadable)
                return 0;
        if (n == 1 && fields[0].length == 0)
                return 0; /* a line of blanks */
        if (++in->rows > ROSTER_ROWS_MAX) {
                if (in->rows == ROSTER_ROWS_MAX + 1)
                        roster_fault(in->faults, in->name, line, 0, "the file has more than %d rows",
                                ROSTER_ROWS_MAX);
                return 0;
        }
        if (n != in->n) {
                roster_fault(in->faults, in->name, line, n < in->n ? n : in->n + 1,
                        "the line has %d fields, the header %d", n, in->n);
                n = n < in->n ? n : in->n;
        }
        row = roster_row_new(in->roster, in->file);
        if (!row)
                return arena_failed(&in->roster->arena);
        row->line = line;
        /* The status says how the other fields are meant. */
        for (int i = 0; i < n; i++)
                if (in->columns[i] == FIELD_STATUS)
                        row->ended = strcmp(fields[i].text, "tobedeleted") == 0;
        if (!row->ended)
                check_columns(in);
        for (int i = 0; i < n; i++) {
                r = read_field(in, line, i + 1, &fields[i], row);
                if (r < 0)
                        return r;
        }
        return row->id ? roster_row_add(&in->roster->tables[in->file], row) : 0;
}

static int read_table(
        struct roster *roster, enum roster_file file, const struct buf *bytes, struct roster_faults *faults)
{
        struct table_reading in = {
                .roster = roster,
                .faults = faults,
                .file = file,
                .spec = &file_specs[file],
                .name = package_file_name(file),
        };
        size_t before = roster_faults_count(faults);
        int r;

        r = csv_read(in.name, buf_str(bytes), bytes->len, table_line, &in, faults);
        if (r < 0)
                return r;
        if (roster_faults_count(faults) != before)
                return 0;
        if (!in.header_seen)
                roster_fault(faults, in.name, 0, 0, "is empty: not even a header");
        else if (in.rows == 0 && roster->tables[file].mode == ROSTER_BULK)
                roster_fault(faults, in.name, 0, 0,
                        "has no rows: taken as bulk it would end everything of its kind");
        return 0;
}

static void find_twins(const struct roster *roster, struct roster_faults *faults)
{
        for (int file = 0; file < ROSTER_FILES; file++) {
                const struct roster_table *table = &roster->tables[file];

                for (size_t i = 1; i < table->n; i++)
                        if (strcmp(table->rows[i - 1]->id, table->rows[i]->id) == 0)
                                roster_fault(faults, package_file_name(file), table->rows[i]->line, 0,
                                        "sourcedId: %.80s is there already, in line %d", table->rows[i]->id,
                                        table->rows[i - 1]->line);
        }
}

static int read_edex(struct package *package, struct roster *roster, struct roster_faults *faults)
{
        const char *name = package->edex_name ? package->edex_name : package_file_name(PACKAGE_EDEX);
        const struct buf *bytes = &package->files[PACKAGE_EDEX];

        if (package->edex_files > 1) {
                roster_fault(faults, name, 0, 0, "is not the only XML file of the zip; which one is meant?");
                return -EBADMSG;
        }
        return edex_read(name, buf_str(bytes), bytes->len, roster, faults);
}

static int read_package(struct package *package, struct roster *roster, struct roster_faults *faults)
{
        struct manifest manifest;
        int r;

        if (package->present[PACKAGE_EDEX] && !package->present[PACKAGE_MANIFEST])
                return read_edex(package, roster, faults);
        r = read_manifest(package, &manifest, faults);
        if (r < 0)
                return r;
        roster->version = manifest.version;
        for (int i = 0; i < ROSTER_FILES; i++) {
                if (!package->present[i] || manifest.modes[i] == ROSTER_ABSENT)
                        continue;
                roster->tables[i].mode = manifest.modes[i];
                r = read_table(roster, (enum roster_file) i, &package->files[i], faults);
                if (r < 0)
                        return r;
                buf_done(&package->files[i]);
        }
        if (roster->version == ROSTER_1_2 && roster->tables[ROSTER_users].mode == ROSTER_BULK &&
                roster->tables[ROSTER_roles].mode == ROSTER_ABSENT &&
                !roster->tables[ROSTER_users].places[users_role])
                roster_fault(faults, manifest_name, manifest.lines[ROSTER_roles], 0,
                        "users.csv of 1.2 needs roles.csv beside it");
        roster_sort(roster);
        find_twins(roster, faults);
        return 0;
}

static int read_opened(
        int opened, struct package *package, struct roster **ret, struct roster_faults *faults, size_t before)
{
        _cleanup_(roster_freep) struct roster *roster = NULL;
        int r = opened;

        if (r == 0) {
                roster = roster_new();
                if (!roster)
                        return -ENOMEM;
                r = read_package(package, roster, faults);
        }
        if (r == 0 && roster_faults_count(faults) != before)
                r = -EBADMSG;
        /* A faulty EDEXML file has nothing more to check: all its faults were seen where they stand. */
        if (r == 0 || (r == -EBADMSG && roster && roster->version && roster->version != ROSTER_EDEXML))
                *ret = TAKE(roster);
        return r;
}

int roster_read_files(struct package *package, struct roster **ret, struct roster_faults *faults)
{
        return read_opened(0, package, ret, faults, roster_faults_count(faults));
}

int roster_read(const char *path, struct roster **ret, struct roster_faults *faults)
{
        _cleanup_(package_done) struct package package = { 0 };
        size_t before = roster_faults_count(faults);

        return read_opened(package_open(path, &package, faults), &package, ret, faults, before);
}

int roster_read_zip(const void *bytes, size_t n, struct roster **ret, struct roster_faults *faults)
{
        _cleanup_(package_done) struct package package = { 0 };
        size_t before = roster_faults_count(faults);

        return read_opened(package_open_zip(bytes, n, &package, faults), &package, ret, faults, before);
}
