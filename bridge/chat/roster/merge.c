/* Rows of a package over the rows that earlier ones left: bulk replaces a file, delta changes what it names.
 */
#include "chat/roster/inside.h"

#include "base/parse.h"
#include "store/query.h"

#include <errno.h>

static int file_named(const char *name)
{
        for (int i = 0; i < ROSTER_FILES; i++)
                if (strcmp(file_specs[i].name, name) == 0)
                        return i;
        return -1;
}

static int column_named(const struct file_spec *spec, const char *header, size_t n)
{
        for (int i = 0; i < spec->n; i++)
                if (strncmp(spec->columns[i].header, header, n) == 0 && spec->columns[i].header[n] == '\0')
                        return i;
        return -1;
}

/* A column that an older or newer version of us knew is skipped. */
static int unfold(
        struct roster *roster, const struct file_spec *spec, const char *content, struct roster_row *row)
{
        const char *equals, *end;
        int column;

        for (; *content; content = *end ? end + 1 : end) {
                end = strchrnul(content, '\n');
                equals = memchr(content, '=', (size_t) (end - content));
                column = equals ? column_named(spec, content, (size_t) (equals - content)) : -1;
                if (column >= 0)
                        row->values[column] =
                                arena_copy(&roster->arena, equals + 1, (size_t) (end - equals - 1));
        }
        return arena_failed(&roster->arena);
}

int roster_kept(struct tx *tx, struct roster **ret)
{
        _cleanup_(roster_freep) struct roster *roster = roster_new();
        _cleanup_(query_endp) struct query *q = query(tx, QUERY_roster_row_all);
        int r;

        if (!roster)
                return -ENOMEM;
        while ((r = query_row(q)) > 0) {
                int file = file_named(query_get_text(q, 0));
                struct roster_row *row;

                if (file < 0)
                        continue;
                row = roster_row_new(roster, (enum roster_file) file);
                if (!row)
                        return arena_failed(&roster->arena);
                row->id = arena_copy(&roster->arena, query_get_text(q, 1), query_get_bytes(q, 1));
                r = unfold(roster, &file_specs[file], query_get_text(q, 2), row);
                if (r < 0)
                        return r;
                r = roster_row_add(&roster->tables[file], row);
                if (r < 0)
                        return r;
        }
        if (r < 0)
                return r;
        roster_sort(roster);
        *ret = TAKE(roster);
        return 0;
}

/* A delta that lacks a column says nothing of it. */
static void keep_columns(
        const struct roster_table *table, int columns, const struct roster_row *old, struct roster_row *row)
{
        for (int i = 0; i < columns; i++)
                if (table->places[i] == 0)
                        row->values[i] = old->values[i];
}

static int merge_table(
        const struct roster *kept, const struct roster *package, enum roster_file file, struct roster *to)
{
        const struct roster_table *old = &kept->tables[file], *new = &package->tables[file];
        struct roster_table *all = &to->tables[file];
        enum roster_mode mode = new->mode;
        size_t i = 0, j = 0;
        int order, r = 0;

        /* 1.1 says roles with the user: those of an earlier 1.2 package count no more. */
        if (file == ROSTER_roles && package->version == ROSTER_1_1 &&
                package->tables[ROSTER_users].mode == ROSTER_BULK)
                mode = ROSTER_BULK;
        while (r == 0 && (i < old->n || j < new->n)) {
                order = i == old->n ? 1 : j == new->n ? -1 : strcmp(old->rows[i]->id, new->rows[j]->id);
                if (order < 0) {
                        if (mode != ROSTER_BULK)
                                r = roster_row_add(all, old->rows[i]);
                        i++;
                        continue;
                }
                if (order == 0) {
                        if (mode == ROSTER_DELTA)
                                keep_columns(new, file_specs[file].n, old->rows[i], new->rows[j]);
                        i++;
                }
                if (!new->rows[j]->ended)
                        r = roster_row_add(all, new->rows[j]);
                j++;
        }
        return r;
}

int roster_merge(const struct roster *kept, const struct roster *package, struct roster **ret)
{
        _cleanup_(roster_freep) struct roster *all = roster_new();
        int r;

        if (!all)
                return -ENOMEM;
        all->version = package->version;
        for (int file = 0; file < ROSTER_FILES; file++) {
                r = merge_table(kept, package, (enum roster_file) file, all);
                if (r < 0)
                        return r;
        }
        *ret = TAKE(all);
        return 0;
}

static bool same_row(const struct file_spec *spec, const struct roster_row *a, const struct roster_row *b)
{
        for (int i = 0; i < spec->n; i++)
                if (!same_text(a->values[i], b->values[i]))
                        return false;
        return true;
}

static int put_row(struct tx *tx, const struct file_spec *spec, const struct roster_row *row)
{
        _cleanup_(buf_done) struct buf content = BUF(ROSTER_FIELD_MAX * 8);
        struct query *q;

        for (int i = 0; i < spec->n; i++)
                if (row->values[i])
                        buf_printf(&content, "%s=%s\n", spec->columns[i].header, row->values[i]);
        if (buf_failed(&content))
                return buf_failed(&content);
        q = query(tx, QUERY_roster_row_put);
        query_text(q, spec->name);
        query_text(q, row->id);
        query_text(q, buf_str(&content));
        return query_run(q);
}

static int delete_row(struct tx *tx, const struct file_spec *spec, const char *id)
{
        struct query *q = query(tx, QUERY_roster_row_delete);

        query_text(q, spec->name);
        query_text(q, id);
        return query_run(q);
}

int roster_keep(struct tx *tx, const struct roster *kept, const struct roster *all)
{
        int order, r = 0;

        for (int file = 0; file < ROSTER_FILES; file++) {
                const struct roster_table *old = &kept->tables[file], *new = &all->tables[file];
                const struct file_spec *spec = &file_specs[file];

                for (size_t i = 0, j = 0; r >= 0 && (i < old->n || j < new->n);
                        i += order <= 0, j += order >= 0) {
                        order = i == old->n   ? 1
                                : j == new->n ? -1
                                              : strcmp(old->rows[i]->id, new->rows[j]->id);
                        if (order < 0)
                                r = delete_row(tx, spec, old->rows[i]->id);
                        else if (order > 0 || !same_row(spec, old->rows[i], new->rows[j]))
                                r = put_row(tx, spec, new->rows[j]);
                }
        }
        return r < 0 ? r : 0;
}
