#include "chat/roster/forget.h"

#include "chat/roster/inside.h"

#include <errno.h>

static const char gone_mark[] = "gone:";

struct forgotten {
        const char *const *ids;
        size_t n;
};

static bool is_one(const struct forgotten *f, const char *id, size_t length)
{
        for (size_t i = 0; id && i < f->n; i++)
                if (strlen(f->ids[i]) == length && memcmp(f->ids[i], id, length) == 0)
                        return true;
        return false;
}

static bool is(const struct forgotten *f, const char *id)
{
        return id && is_one(f, id, strlen(id));
}

static bool goes(const struct forgotten *f, enum roster_file file, const struct roster_row *row)
{
        switch (file) {
        case ROSTER_users:
                return is(f, row->id) || (strncmp(row->id, gone_mark, strlen(gone_mark)) == 0 && is(f, row->values[users_key]));
        case ROSTER_roles:
                return is(f, row->values[roles_user]);
        case ROSTER_enrollments:
                return is(f, row->values[enrollments_user]);
        default:
                return false;
        }
}

/* The same list without them; NULL where nobody is left. */
static int without(struct arena *a, const struct forgotten *f, const char **list)
{
        _cleanup_(buf_done) struct buf rest = BUF(ROSTER_FIELD_MAX);
        const char *s, *next = *list;
        size_t length;

        while ((s = roster_each(&next, &length))) {
                if (is_one(f, s, length))
                        continue;
                if (rest.len)
                        buf_printf(&rest, "%c", ROSTER_LIST_MARK);
                buf_add(&rest, s, length);
        }
        if (buf_failed(&rest))
                return buf_failed(&rest);
        *list = rest.len ? arena_copy(a, buf_str(&rest), rest.len) : NULL;
        return arena_failed(a);
}

int roster_forget(struct tx *tx, const char *const *ids, size_t n)
{
        _cleanup_(roster_freep) struct roster *kept = NULL, *rest = NULL;
        const struct forgotten f = { ids, n };
        int r;

        r = roster_kept(tx, &kept);
        if (r >= 0)
                r = roster_kept(tx, &rest);
        for (int file = 0; r >= 0 && file < ROSTER_FILES; file++) {
                struct roster_table *table = &rest->tables[file];
                size_t left = 0;

                for (size_t i = 0; r >= 0 && i < table->n; i++) {
                        if (goes(&f, (enum roster_file)file, table->rows[i]))
                                continue;
                        if (file == ROSTER_users && table->rows[i]->values[users_agents])
                                r = without(&rest->arena, &f, &table->rows[i]->values[users_agents]);
                        table->rows[left++] = table->rows[i];
                }
                table->n = left;
        }
        return r < 0 ? r : roster_keep(tx, kept, rest);
}
