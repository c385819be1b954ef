/* What can only be seen with all rows side by side. Only rows of the package are blamed (line > 0): where a
 * row kept from an earlier import refers to something that is gone, it counts no more, and nobody has to mend
 * a file for it. */
#include "chat/roster/inside.h"

#include <errno.h>

struct check {
        const struct roster *all;
        const struct roster *package;
        struct roster_faults *faults;
};

static void blame(const struct check *c, enum roster_file file, const struct roster_row *row, int column,
        const char *format, ...) _printf_(5, 6);
static void blame(const struct check *c, enum roster_file file, const struct roster_row *row, int column,
        const char *format, ...)
{
        _cleanup_(buf_done) struct buf text = BUF(1024);
        va_list ap;

        va_start(ap, format);
        buf_vprintf(&text, format, ap);
        va_end(ap);
        roster_fault(c->faults, package_file_name((int) file), row->line,
                column < 0 ? 0 : c->package->tables[file].places[column], "%s", buf_str(&text));
}

/* Years and courses may be left out of a package: we check what refers to them only where there are any. */
static bool may_be_unknown(const struct check *c, enum roster_file file)
{
        return (file == ROSTER_academicSessions || file == ROSTER_courses) && c->all->tables[file].n == 0;
}

static void check_reference(
        const struct check *c, enum roster_file file, const struct roster_row *row, int column)
{
        const struct column *spec = &file_specs[file].columns[column];
        const char *list = row->values[column], *id;
        char name[ROSTER_ID_MAX + 1];
        size_t n;

        if ((spec->kind != KIND_ONE && spec->kind != KIND_MANY) || may_be_unknown(c, spec->refers))
                return;
        if (spec->kind == KIND_ONE && list && !roster_find(c->all, spec->refers, list)) {
                blame(c, file, row, column, "%s: there is no %.80s in %s", spec->header, list,
                        package_file_name((int) spec->refers));
                return;
        }
        while (spec->kind == KIND_MANY && (id = roster_each(&list, &n))) {
                memcpy(name, id, n);
                name[n] = '\0';
                if (!roster_find(c->all, spec->refers, name))
                        blame(c, file, row, column, "%s: there is no %.80s in %s", spec->header, name,
                                package_file_name((int) spec->refers));
        }
}

enum { ORG_LEVELS_MAX = 64 };

static void check_org(const struct check *c, const struct roster_row *row)
{
        const struct roster_row *up = row;

        for (int level = 0; up && up->values[orgs_parent]; level++) {
                up = roster_find(c->all, ROSTER_orgs, up->values[orgs_parent]);
                if (up == row || level == ORG_LEVELS_MAX) {
                        blame(c, ROSTER_orgs, row, orgs_parent, "parentSourcedId: goes round in a circle");
                        return;
                }
        }
}

static void check_user(const struct check *c, const struct roster_row *row, struct role_index *roles)
{
        if (!row->values[users_given] && !row->values[users_family])
                blame(c, ROSTER_users, row, users_given, "givenName and familyName are both empty");
        if (!row->values[users_role] && c->all->tables[ROSTER_roles].n > 0 && !roles_any(roles, row->id))
                blame(c, ROSTER_users, row, -1, "there is no role for %.80s in roles.csv", row->id);
}

static void check_enrollment(const struct check *c, const struct roster_row *row, struct role_index *roles)
{
        const char *role = row->values[enrollments_role], *user = row->values[enrollments_user];
        const struct roster_row *who = user ? roster_find(c->all, ROSTER_users, user) : NULL;
        bool student;

        if (!who || !role)
                return;
        student = strcmp(role, "student") == 0;
        if ((student || strcmp(role, "teacher") == 0) && roles_any(roles, user) &&
                student != role_is_student(roles, who))
                blame(c, ROSTER_enrollments, row, enrollments_role, "role: %.80s is %s", user,
                        student ? "no student" : "a student");
}

int roster_check(const struct roster *all, const struct roster *package, const char *today,
        struct roster_faults *faults)
{
        _cleanup_(role_index_done) struct role_index roles = { 0 };
        struct check c = { .all = all, .package = package, .faults = faults };
        int r;

        r = role_index_make(all, today, &roles);
        if (r < 0)
                return r;
        for (int file = 0; file < ROSTER_FILES; file++) {
                for (size_t i = 0; i < all->tables[file].n; i++) {
                        const struct roster_row *row = all->tables[file].rows[i];

                        if (row->line == 0)
                                continue;
                        for (int column = 0; column < file_specs[file].n; column++)
                                check_reference(&c, (enum roster_file) file, row, column);
                        if (file == ROSTER_orgs)
                                check_org(&c, row);
                        else if (file == ROSTER_users)
                                check_user(&c, row, &roles);
                        else if (file == ROSTER_enrollments)
                                check_enrollment(&c, row, &roles);
                }
        }
        return 0;
}
