#include "chat/roster/inside.h"

#include <errno.h>

struct roster *roster_new(void)
{
        struct roster *roster;

        roster = calloc(1, sizeof(*roster));
        if (!roster)
                return NULL;
        roster->arena = ARENA(ROSTER_MEMORY_MAX);
        for (int file = 0; file < ROSTER_FILES; file++) {
                roster->tables[file].places =
                        arena_get(&roster->arena, (size_t) file_specs[file].n * sizeof(int));
                if (!roster->tables[file].places) {
                        roster_free(roster);
                        return NULL;
                }
        }
        return roster;
}

void roster_free(struct roster *roster)
{
        if (!roster)
                return;
        for (int file = 0; file < ROSTER_FILES; file++)
                free(roster->tables[file].rows);
        arena_done(&roster->arena);
        free(roster);
}

struct roster_row *roster_row_new(struct roster *roster, enum roster_file file)
{
        return arena_get(
                &roster->arena, sizeof(struct roster_row) + (size_t) file_specs[file].n * sizeof(char *));
}

int roster_row_add(struct roster_table *table, struct roster_row *row)
{
        struct roster_row **rows;
        size_t room;

        if (table->n == table->room) {
                room = table->room ? 2 * table->room : 64;
                rows = reallocarray(table->rows, room, sizeof(struct roster_row *));
                if (!rows)
                        return -ENOMEM;
                table->rows = rows;
                table->room = room;
        }
        table->rows[table->n++] = row;
        return 0;
}

static int by_id(const void *a, const void *b)
{
        const struct roster_row *x = *(struct roster_row *const *) a, *y = *(struct roster_row *const *) b;
        int order = strcmp(x->id, y->id);

        return order ? order : (x->line > y->line) - (x->line < y->line);
}

void roster_sort(struct roster *roster)
{
        for (int file = 0; file < ROSTER_FILES; file++)
                if (roster->tables[file].n > 1)
                        qsort(roster->tables[file].rows, roster->tables[file].n, sizeof(struct roster_row *),
                                by_id);
}

const struct roster_row *roster_find(const struct roster *roster, enum roster_file file, const char *id)
{
        const struct roster_table *table = &roster->tables[file];
        size_t low = 0, high = table->n, middle;
        int order;

        while (low < high) {
                middle = low + (high - low) / 2;
                order = strcmp(table->rows[middle]->id, id);
                if (order == 0)
                        return table->rows[middle];
                if (order < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return NULL;
}

const char *roster_each(const char **list, size_t *length)
{
        const char *s = *list, *end;

        if (!s || !*s)
                return NULL;
        end = strchrnul(s, ROSTER_LIST_MARK);
        *length = (size_t) (end - s);
        *list = *end ? end + 1 : NULL;
        return s;
}
