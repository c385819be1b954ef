/* Which role a user has: 1.1 says it with the user, 1.2 in a file of its own, where one may have several. */
#include "chat/roster/inside.h"

#include <errno.h>

static int by_user(const void *a, const void *b)
{
        const struct roster_row *x = *(struct roster_row *const *) a, *y = *(struct roster_row *const *) b;
        int order = strcmp(x->values[roles_user], y->values[roles_user]);

        return order ? order : strcmp(x->id, y->id);
}

int role_index_make(const struct roster *all, const char *today, struct role_index *ret)
{
        const struct roster_table *roles = &all->tables[ROSTER_roles];
        size_t n = 0;

        *ret = (struct role_index){ .all = all, .today = today };
        ret->rows = calloc(roles->n + 1, sizeof(struct roster_row *));
        if (!ret->rows)
                return -ENOMEM;
        for (size_t i = 0; i < roles->n; i++)
                if (roles->rows[i]->values[roles_user] && roles->rows[i]->values[roles_role])
                        ret->rows[n++] = roles->rows[i];
        ret->n = n;
        if (n > 1)
                qsort(ret->rows, n, sizeof(struct roster_row *), by_user);
        return 0;
}

void role_index_done(struct role_index *index)
{
        free(index->rows);
}

/* The first role of a user, or n. */
static size_t first_of(const struct role_index *index, const char *user)
{
        size_t low = 0, high = index->n, middle;

        while (low < high) {
                middle = low + (high - low) / 2;
                if (strcmp(index->rows[middle]->values[roles_user], user) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low < index->n && strcmp(index->rows[low]->values[roles_user], user) == 0 ? low : index->n;
}

bool roles_any(const struct role_index *index, const char *user)
{
        const struct roster_row *row = roster_find(index->all, ROSTER_users, user);

        return first_of(index, user) < index->n || (row && row->values[users_role]);
}

bool dates_include(const char *begin, const char *end, const char *today)
{
        /* Both specifications: from beginDate, up to and without endDate. */
        return (!begin || strcmp(begin, today) <= 0) && (!end || strcmp(today, end) < 0);
}

const char *role_of(const struct role_index *index, const struct roster_row *user)
{
        const char *best = NULL;
        bool any = false;

        for (size_t i = first_of(index, user->id); i < index->n; i++) {
                const struct roster_row *row = index->rows[i];
                bool primary;

                if (strcmp(row->values[roles_user], user->id) != 0)
                        break;
                any = true;
                if (!dates_include(row->values[roles_begin], row->values[roles_end], index->today))
                        continue;
                primary = row->values[roles_type] && strcmp(row->values[roles_type], "primary") == 0;
                if (primary)
                        return row->values[roles_role];
                if (!best)
                        best = row->values[roles_role];
        }
        return any ? best : user->values[users_role];
}

bool role_is_student(const struct role_index *index, const struct roster_row *user)
{
        const char *role = role_of(index, user);

        return role && strcmp(role, "student") == 0;
}
