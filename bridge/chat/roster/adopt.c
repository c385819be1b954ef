/* Whom an EDEXML file means.
 *
 * A person keeps the id under which they came in, whatever they are called by later: a pupil who came by the
 * administration's key and has an ECK-iD since is found by the key, and the row remembers both. In this
 * order: who has the ECK-iD, or has it for an id; who has the key, or has it for an id, unless their ECK-iD
 * is another, for then the key was given to somebody else. Who is found by neither is new: their id is the
 * ECK-iD, or the key where there is none.
 *
 * Then the file is made a delta. It says all about pupils, teachers and groups, so who of them is not in it
 * is ended here by name; of parents, languages and whoever else the school brought in it says nothing, and
 * they stay.
 */
#include "chat/roster/inside.h"

#include <errno.h>

enum kind { PUPIL, STAFF, OTHER }; /* OTHER: nobody whom EDEXML speaks of */

enum what { BY_ECKID, BY_KEY };

struct name {
        const char *text;
        enum kind kind;
        enum what what;
        bool is_id;  /* the id itself: weaker than a column that says it */
        size_t user; /* its number in the kept table */
};

struct adopt {
        const struct roster *kept;
        struct roster *package;
        struct role_index roles; /* of the kept ones */
        struct name *names;
        size_t n;
        bool *used;         /* by kept user: somebody in the package is them */
        const char **ids;   /* by user of the package: what they are called from now on */
        const char *school; /* the id of the school */
};

static void adopt_done(struct adopt *a)
{
        role_index_done(&a->roles);
        free(a->names);
        free(a->used);
        free(a->ids);
}

/* One who left and whose id is not their ECK-iD leaves a row of this name and the ECK-iD, with the id for a
 * key. */
static const char gone_mark[] = "gone:";

static bool is_word(const char *value, const char *const *words)
{
        for (; value && *words; words++)
                if (strcmp(*words, value) == 0)
                        return true;
        return false;
}

static const char *role_of_kept(const struct adopt *a, const struct roster_row *user)
{
        return user->values[users_role] ? user->values[users_role] : role_of(&a->roles, user);
}

/* What EDEXML would call a kept user. Family is never staff to it, though a teacher may be a parent too. */
static enum kind kind_of(const struct adopt *a, const struct roster_row *user)
{
        static const char *const student[] = { "student", NULL };
        static const char *const family[] = { "parent", "guardian", "relative", NULL };
        const char *role = role_of_kept(a, user);

        if (strncmp(user->id, gone_mark, strlen(gone_mark)) == 0)
                return OTHER;
        return is_word(role, student) ? PUPIL : !role || is_word(role, family) ? OTHER : STAFF;
}

/* That somebody runs this program EDEXML cannot say at all, so it neither takes it from them nor ends them.
 */
static bool is_administrator(const struct adopt *a, const struct roster_row *user)
{
        static const char *const words[] = { "administrator", "siteAdministrator", "districtAdministrator",
                "systemAdministrator", NULL };

        return is_word(role_of_kept(a, user), words);
}

/* Whether who is not in the file has left: pupils, whom such a file ever named, and who is a teacher and
 * nothing else. An interpreter of another roster stays, because EDEXML need not know them. */
static bool is_spoken_of(const struct adopt *a, const struct roster_row *user)
{
        static const char *const teacher[] = { "teacher", "aide", "proctor", NULL };
        static const char *const ours[] = { "teacher", "mentor", NULL };

        if (kind_of(a, user) != STAFF)
                return kind_of(a, user) == PUPIL;
        if (!a->package->has_teachers || is_administrator(a, user))
                return false;
        if (user->values[users_key] || user->values[users_eckid])
                return true;
        return is_word(role_of_kept(a, user), teacher) &&
               (!user->values[users_our_role] || is_word(user->values[users_our_role], ours));
}

/* ---- who is who */

static int by_name(const void *x, const void *y)
{
        const struct name *a = x, *b = y;
        int order = (int) a->kind - (int) b->kind;

        if (order == 0)
                order = (int) a->what - (int) b->what;
        if (order == 0)
                order = strcmp(a->text, b->text);
        return order ? order : (int) a->is_id - (int) b->is_id;
}

static int index_kept(struct adopt *a)
{
        const struct roster_table *users = &a->kept->tables[ROSTER_users];

        a->names = calloc(4 * users->n + 1, sizeof(*a->names));
        a->used = calloc(users->n + 1, sizeof(*a->used));
        a->ids = calloc(a->package->tables[ROSTER_users].n + 1, sizeof(*a->ids));
        if (!a->names || !a->used || !a->ids)
                return -ENOMEM;
        for (size_t i = 0; i < users->n; i++) {
                const struct roster_row *user = users->rows[i];
                const struct name one = { .kind = kind_of(a, user), .user = i };
                const struct name all[] = {
                        { user->values[users_eckid], one.kind, BY_ECKID, false, i },
                        { user->id, one.kind, BY_ECKID, true, i },
                        { user->values[users_key], one.kind, BY_KEY, false, i },
                        { user->id, one.kind, BY_KEY, true, i },
                };

                for (size_t j = 0; j < ELEMENTS(all) && one.kind != OTHER; j++)
                        if (all[j].text)
                                a->names[a->n++] = all[j];
        }
        if (a->n > 1)
                qsort(a->names, a->n, sizeof(*a->names), by_name);
        return 0;
}

static const struct name *find_name(const struct adopt *a, enum kind kind, enum what what, const char *text)
{
        const struct name wanted = { .text = text, .kind = kind, .what = what };
        size_t low = 0, high = a->n, middle;

        while (low < high) {
                middle = low + (high - low) / 2;
                if (by_name(&a->names[middle], &wanted) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        if (low == a->n || a->names[low].kind != kind || a->names[low].what != what ||
                strcmp(a->names[low].text, text) != 0)
                return NULL;
        return &a->names[low];
}

static const char *gone_name(struct arena *arena, const char *eckid)
{
        _cleanup_(buf_done) struct buf name = BUF(2 * ROSTER_ID_MAX);

        buf_printf(&name, "%s%s", gone_mark, eckid);
        return arena_copy(arena, buf_str(&name), name.len);
}

static struct roster_row *add_row(struct roster *roster, enum roster_file file, const char *id)
{
        struct roster_row *row = roster_row_new(roster, file);

        if (!row)
                return NULL;
        row->id = id;
        return roster_row_add(&roster->tables[file], row) < 0 ? NULL : row;
}

static int add_end(struct roster *roster, enum roster_file file, const char *id)
{
        struct roster_row *row = add_row(roster, file, id);

        if (!row)
                return -ENOMEM;
        row->ended = true;
        return 0;
}

/* Fills in what an earlier file knew and this one does not say. */
static void become(struct adopt *a, size_t i, const struct name *name)
{
        const struct roster_row *old = a->kept->tables[ROSTER_users].rows[name->user];
        struct roster_row *new = a->package->tables[ROSTER_users].rows[i];

        a->ids[i] = old->id;
        a->used[name->user] = true;
        if (is_administrator(a, old))
                new->values[users_role] = role_of_kept(a, old);
        if (!new->values[users_eckid])
                new->values[users_eckid] = old->values[users_eckid];
        if (!new->values[users_key])
                new->values[users_key] = old->values[users_key];
        if (!new->values[users_email])
                new->values[users_email] = old->values[users_email];
}

static bool is_pupil(const struct roster_row *user)
{
        return strcmp(user->values[users_role], "student") == 0;
}

static void find_known(struct adopt *a, size_t i, enum what what)
{
        const struct roster_row *user = a->package->tables[ROSTER_users].rows[i], *old;
        enum kind kind = is_pupil(user) ? PUPIL : STAFF;
        const char *text = user->values[what == BY_ECKID ? users_eckid : users_key];
        const struct name *name = text && !a->ids[i] ? find_name(a, kind, what, text) : NULL;

        if (!name || a->used[name->user])
                return;
        old = a->kept->tables[ROSTER_users].rows[name->user];
        if (what == BY_KEY && old->values[users_eckid] && user->values[users_eckid] &&
                strcmp(old->values[users_eckid], user->values[users_eckid]) != 0)
                return;
        become(a, i, name);
}

static int by_pointed_text(const void *x, const void *y)
{
        return strcmp(*(const char *const *) x, *(const char *const *) y);
}

/* The ids that are given away: of all kept users, and of those in the package who came before. */
struct taken {
        const char **list;
        size_t n;
};

static bool is_taken(const struct adopt *a, const struct taken *taken, const char *id)
{
        return roster_find(a->kept, ROSTER_users, id) ||
               (taken->n > 0 && bsearch(&id, taken->list, taken->n, sizeof(*taken->list), by_pointed_text));
}

static int name_new(struct adopt *a, size_t i, const struct taken *taken)
{
        const struct roster_row *user = a->package->tables[ROSTER_users].rows[i], *gone;
        const char *eckid = user->values[users_eckid], *wish = eckid ? eckid : user->values[users_key];
        const char *gone_id = eckid ? gone_name(&a->package->arena, eckid) : NULL;
        _cleanup_(buf_done) struct buf id = BUF(8 * ROSTER_ID_MAX);

        if (arena_failed(&a->package->arena))
                return arena_failed(&a->package->arena);
        gone = gone_id ? roster_find(a->kept, ROSTER_users, gone_id) : NULL;
        if (gone && gone->values[users_key] && !is_taken(a, taken, gone->values[users_key])) {
                a->ids[i] = gone->values[users_key];
                return add_end(a->package, ROSTER_users, gone->id);
        }
        buf_add_str(&id, wish);
        while (is_taken(a, taken, buf_str(&id))) {
                _cleanup_free_ char *old = buf_take(&id);

                if (!old)
                        return -ENOMEM;
                id = BUF(8 * ROSTER_ID_MAX);
                if (buf_printf(&id, "%s:%s", is_pupil(user) ? "leerling" : "leerkracht", old) < 0)
                        return -EINVAL;
        }
        a->ids[i] = arena_copy(&a->package->arena, buf_str(&id), id.len);
        return arena_failed(&a->package->arena);
}

static int name_people(struct adopt *a, size_t n)
{
        _cleanup_free_ const char **ids = calloc(n + 1, sizeof(*ids));
        struct taken taken = { .list = ids };
        int r = 0;

        if (!ids)
                return -ENOMEM;
        for (size_t i = 0; i < n; i++)
                find_known(a, i, BY_ECKID);
        for (size_t i = 0; i < n; i++)
                find_known(a, i, BY_KEY);
        /* The new, in an order that gives them the same ids wherever they stand in the file: pupils, then
         * teachers, and of each first who has an ECK-iD. */
        for (int pass = 0; pass < 4 && r >= 0; pass++) {
                taken.n = 0;
                for (size_t i = 0; i < n; i++)
                        if (a->ids[i])
                                ids[taken.n++] = a->ids[i];
                qsort(ids, taken.n, sizeof(*ids), by_pointed_text);
                for (size_t i = 0; i < n && r >= 0; i++) {
                        const struct roster_row *user = a->package->tables[ROSTER_users].rows[i];
                        int turn = 2 * !is_pupil(user) + !user->values[users_eckid];

                        if (!a->ids[i] && turn == pass)
                                r = name_new(a, i, &taken);
                }
        }
        return r;
}

/* ---- the rows under their new names */

static const char *new_id(const struct adopt *a, size_t n, const char *old)
{
        size_t low = 0, high = n, middle;

        while (low < high) {
                middle = low + (high - low) / 2;
                if (strcmp(a->package->tables[ROSTER_users].rows[middle]->id, old) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return a->ids[low];
}

/* The one org at the top is the school, whatever it was called before; and it keeps its name, for EDEXML has
 * none. */
static void adopt_school(struct adopt *a)
{
        const struct roster_table *orgs = &a->kept->tables[ROSTER_orgs];
        struct roster_row *school = a->package->tables[ROSTER_orgs].rows[0];
        const struct roster_row *top = NULL;
        size_t tops = 0;

        for (size_t i = 0; i < orgs->n; i++) {
                if (orgs->rows[i]->values[orgs_parent])
                        continue;
                top = orgs->rows[i];
                tops++;
        }
        if (tops == 1) {
                school->id = top->id;
                school->values[orgs_name] = top->values[orgs_name];
                school->values[orgs_type] = top->values[orgs_type];
        }
        a->school = school->id;
}

static int rename_rows(struct adopt *a, size_t n)
{
        struct roster_table *tables = a->package->tables;
        struct arena *arena = &a->package->arena;

        for (size_t i = 0; i < tables[ROSTER_enrollments].n; i++) {
                struct roster_row *row = tables[ROSTER_enrollments].rows[i];
                _cleanup_(buf_done) struct buf id = BUF(16 * ROSTER_ID_MAX);

                row->values[enrollments_user] = new_id(a, n, row->values[enrollments_user]);
                row->values[enrollments_school] = a->school;
                buf_printf(&id, "%s %s", row->values[enrollments_class], row->values[enrollments_user]);
                row->id = arena_copy(arena, buf_str(&id), id.len);
        }
        for (size_t i = 0; i < tables[ROSTER_roles].n; i++) {
                struct roster_row *row = tables[ROSTER_roles].rows[i];

                row->id = row->values[roles_user] = new_id(a, n, row->values[roles_user]);
                row->values[roles_org] = a->school;
        }
        for (size_t i = 0; i < tables[ROSTER_classes].n; i++)
                tables[ROSTER_classes].rows[i]->values[classes_school] = a->school;
        for (size_t i = 0; i < n; i++) {
                tables[ROSTER_users].rows[i]->id = a->ids[i];
                tables[ROSTER_users].rows[i]->values[users_orgs] = a->school;
        }
        return arena_failed(arena);
}

/* ---- who is not in it */

static int end_users(struct adopt *a)
{
        const struct roster_table *users = &a->kept->tables[ROSTER_users];
        struct roster_row *gone;
        int r;

        for (size_t i = 0; i < users->n; i++) {
                const struct roster_row *user = users->rows[i];
                const char *eckid = user->values[users_eckid];

                if (a->used[i] || !is_spoken_of(a, user))
                        continue;
                r = add_end(a->package, ROSTER_users, user->id);
                if (r < 0)
                        return r;
                if (!eckid || strcmp(eckid, user->id) == 0)
                        continue;
                gone = add_row(a->package, ROSTER_users, gone_name(&a->package->arena, eckid));
                if (!gone || !gone->id)
                        return -ENOMEM;
                gone->values[users_key] = user->id;
                gone->values[users_enabled] = "false";
                gone->values[users_role] = "ext:";
        }
        return 0;
}

/* Sorted, so that what stands in the package can be found in it. */
static bool is_in(const struct roster *package, enum roster_file file, const char *id)
{
        return roster_find(package, file, id) != NULL;
}

/* Rows of the file that the kept people stood in: those of whom the package speaks go, unless it has them
 * again. */
static int end_rows(struct adopt *a, enum roster_file file, int user_column)
{
        const struct roster_table *old = &a->kept->tables[file];
        struct roster ends = { .arena = ARENA(ROSTER_MEMORY_MAX) };
        int r = 0;

        for (size_t i = 0; i < old->n && r >= 0; i++) {
                const char *user = old->rows[i]->values[user_column];

                if (user && !is_in(a->package, ROSTER_users, user))
                        continue;
                if (!is_in(a->package, file, old->rows[i]->id))
                        r = add_end(&ends, file, old->rows[i]->id);
        }
        for (size_t i = 0; i < ends.tables[file].n && r >= 0; i++)
                r = add_end(a->package, file, ends.tables[file].rows[i]->id);
        free(ends.tables[file].rows);
        arena_done(&ends.arena);
        return r;
}

static void say_all(struct roster_table *table, enum roster_file file, enum roster_mode mode)
{
        table->mode = mode;
        for (int i = 0; i < file_specs[file].n; i++)
                table->places[i] = 1;
}

int roster_adopt(const struct roster *kept, struct roster *package, const char *today)
{
        static const int silent[] = { users_agents, users_our_role, users_called, users_relation,
                users_speaks, users_reads, users_script, users_language, users_org, users_username };
        _cleanup_(adopt_done) struct adopt a = { .kept = kept, .package = package };
        struct roster_table *tables = package->tables;
        size_t n = tables[ROSTER_users].n;
        int r;

        if (package->version != ROSTER_EDEXML)
                return 0;
        r = role_index_make(kept, today, &a.roles);
        if (r >= 0)
                r = index_kept(&a);
        if (r < 0)
                return r;
        adopt_school(&a);
        r = name_people(&a, n);
        if (r >= 0)
                r = rename_rows(&a, n);
        if (r >= 0)
                r = end_users(&a);
        roster_sort(package);
        if (r >= 0)
                r = end_rows(&a, ROSTER_roles, roles_user);
        if (r >= 0)
                r = end_rows(&a, ROSTER_enrollments, enrollments_user);
        if (r < 0)
                return r;
        roster_sort(package);
        say_all(&tables[ROSTER_orgs], ROSTER_orgs, ROSTER_DELTA);
        say_all(&tables[ROSTER_classes], ROSTER_classes, ROSTER_BULK);
        say_all(&tables[ROSTER_users], ROSTER_users, ROSTER_DELTA);
        say_all(&tables[ROSTER_roles], ROSTER_roles, ROSTER_DELTA);
        say_all(&tables[ROSTER_enrollments], ROSTER_enrollments, ROSTER_DELTA);
        for (size_t i = 0; i < ELEMENTS(silent); i++)
                tables[ROSTER_users].places[silent[i]] = 0;
        return 0;
}
