/* From the rows of a roster to the school it describes. Pure: the same rows on the same day give the same
 * school, in whatever order they stood. */
#include "chat/roster/inside.h"
#include "chat/roster/state.h"

#include "base/words.h"
#include "text/precis.h"
#include "text/text.h"

#include <errno.h>

struct plan {
        const struct roster *all;
        struct role_index roles;
        const char *today;
        const char *language;
        struct state *to;
        struct roster_row **by_user;  /* enrolments in force, by user */
        struct roster_row **by_class; /* the same, by class */
        size_t n;
};

static void plan_done(struct plan *plan)
{
        role_index_done(&plan->roles);
        free(plan->by_user);
        free(plan->by_class);
}

static int order_of(const void *a, const void *b, int column)
{
        const struct roster_row *x = *(struct roster_row *const *) a, *y = *(struct roster_row *const *) b;
        int order = strcmp(x->values[column], y->values[column]);

        return order ? order : strcmp(x->id, y->id);
}

static int user_order(const void *a, const void *b)
{
        return order_of(a, b, enrollments_user);
}

static bool is(const char *value, const char *word)
{
        return value && strcmp(value, word) == 0;
}

static bool is_teacher(const struct roster_row *enrollment)
{
        return is(enrollment->values[enrollments_role], "teacher");
}

/* Teachers first, so that who looks for them can stop at the first of the others. */
static int class_order(const void *a, const void *b)
{
        const struct roster_row *x = *(struct roster_row *const *) a, *y = *(struct roster_row *const *) b;
        int order = strcmp(x->values[enrollments_class], y->values[enrollments_class]);

        if (order == 0)
                order = is_teacher(y) - is_teacher(x);
        return order ? order : strcmp(x->id, y->id);
}

static int index_enrollments(struct plan *plan)
{
        const struct roster_table *table = &plan->all->tables[ROSTER_enrollments];
        size_t n = 0;

        plan->by_user = calloc(table->n + 1, sizeof(struct roster_row *));
        plan->by_class = calloc(table->n + 1, sizeof(struct roster_row *));
        if (!plan->by_user || !plan->by_class)
                return -ENOMEM;
        for (size_t i = 0; i < table->n; i++) {
                struct roster_row *row = table->rows[i];

                if (!row->values[enrollments_user] || !row->values[enrollments_class])
                        continue;
                if (!dates_include(row->values[enrollments_begin], row->values[enrollments_end], plan->today))
                        continue;
                plan->by_user[n] = plan->by_class[n] = row;
                n++;
        }
        plan->n = n;
        if (n > 1) {
                qsort(plan->by_user, n, sizeof(struct roster_row *), user_order);
                qsort(plan->by_class, n, sizeof(struct roster_row *), class_order);
        }
        return 0;
}

/* Where the enrolments of a user or class begin. */
static size_t first_of(struct roster_row **rows, size_t n, int column, const char *id)
{
        size_t low = 0, high = n, middle;

        while (low < high) {
                middle = low + (high - low) / 2;
                if (strcmp(rows[middle]->values[column], id) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low;
}

/* ---- people */

/* Pieces with one space between, up to what a name may be. */
static const char *join(struct plan *plan, const char *a, const char *b, const char *c)
{
        _cleanup_(buf_done) struct buf name = BUF(3 * ROSTER_NAME_MAX + 2);
        const char *pieces[] = { a, b, c };
        size_t cut;

        for (size_t i = 0; i < ELEMENTS(pieces); i++)
                if (pieces[i])
                        buf_printf(&name, "%s%s", name.len ? " " : "", pieces[i]);
        if (name.len > ROSTER_NAME_MAX) {
                for (cut = ROSTER_NAME_MAX; cut > 0 && (name.data[cut] & 0xc0) == 0x80; cut--)
                        ;
                return arena_copy(&plan->to->arena, name.data, cut);
        }
        return arena_copy(&plan->to->arena, buf_str(&name), name.len);
}

/* As join(), of a list value. */
static const char *spaced(struct plan *plan, const char *list)
{
        char *s = arena_copy(&plan->to->arena, list, strlen(list));

        for (char *mark = s; mark && (mark = strchr(mark, ROSTER_LIST_MARK));)
                *mark = ' ';
        return s;
}

static enum role role_here(const char *role)
{
        static const struct {
                const char *theirs;
                enum role ours;
        } roles[] = {
                { "parent", ROLE_PARENT },
                { "relative", ROLE_PARENT },
                { "guardian", ROLE_LEGAL_GUARDIAN },
                { "teacher", ROLE_TEACHER },
                { "aide", ROLE_TEACHER },
                { "proctor", ROLE_TEACHER },
                { "counselor", ROLE_CARE },
                { "principal", ROLE_LEADER },
                { "administrator", ROLE_ADMINISTRATOR },
                { "siteAdministrator", ROLE_ADMINISTRATOR },
                { "districtAdministrator", ROLE_ADMINISTRATOR },
                { "systemAdministrator", ROLE_ADMINISTRATOR },
        };

        for (size_t i = 0; i < ELEMENTS(roles); i++)
                if (strcmp(roles[i].theirs, role) == 0)
                        return roles[i].ours;
        return ROLE_NOT_GIVEN; /* ext:... */
}

/* Our role of somebody who is no student; ROLE_NOT_GIVEN: has no place here today. */
static enum role person_role(const struct plan *plan, const struct roster_row *user)
{
        const char *role = role_of(&plan->roles, user);

        if (!role || is(role, "student") || is(user->values[users_enabled], "false"))
                return ROLE_NOT_GIVEN;
        if (user->values[users_our_role])
                return (enum role) word_value(&words_role, user->values[users_our_role]);
        return role_here(role);
}

static const char *either(const char *a, const char *b)
{
        return a ? a : b;
}

/* What the app speaks to somebody: as the roster says, or what they read best, or else speak. */
static const char *first_language(struct plan *plan, const struct roster_row *user)
{
        const char *reads = is(user->values[users_reads], "none") ? NULL : user->values[users_reads];
        const char *list = either(reads, user->values[users_speaks]);

        if (user->values[users_language])
                return user->values[users_language];
        if (!list)
                return plan->language;
        return arena_copy(&plan->to->arena, list, (size_t) (strchrnul(list, ROSTER_LIST_MARK) - list));
}

static const char *shown_name(struct plan *plan, const struct roster_row *user)
{
        return join(plan, either(user->values[users_preferred_given], user->values[users_given]),
                either(user->values[users_preferred_middle], user->values[users_middle]),
                either(user->values[users_preferred_family], user->values[users_family]));
}

static const char *given_name(const struct roster_row *user)
{
        const char *given = either(user->values[users_preferred_given], user->values[users_given]);

        return either(given, user->values[users_family]);
}

/* NULL where nobody asked, "" for who reads nothing. */
static const char *read_languages(struct plan *plan, const struct roster_row *user)
{
        const char *reads = user->values[users_reads];

        return !reads ? NULL : is(reads, "none") ? "" : spaced(plan, reads);
}

static int add_person(struct plan *plan, const struct roster_row *user, enum role role)
{
        _cleanup_free_ char *folded = NULL;
        struct record *record = state_add(plan->to, STATE_PERSON);
        const char *name, *whole, *both;
        int r;

        if (!record)
                return -ENOMEM;
        whole = shown_name(plan, user);
        name = either(user->values[users_called], whole);
        both = user->values[users_called] ? join(plan, name, whole, NULL) : whole;
        if (!both)
                return -ENOMEM;
        r = text_fold(both, &folded);
        if (r < 0)
                return r;
        *record = (struct record){
                .key = user->id,
                .second = "",
                .fields = {
                        name,
                        given_name(user),
                        either(user->values[users_family], ""),
                        arena_copy(&plan->to->arena, folded, strlen(folded)),
                        word_text(&words_role, (int)role),
                        user->values[users_speaks] ? spaced(plan, user->values[users_speaks]) : "",
                        read_languages(plan, user),
                        user->values[users_script],
                        first_language(plan, user),
                },
        };
        return arena_failed(&plan->to->arena);
}

/* ---- classes */

static bool teaches(const struct plan *plan, const struct roster_row *enrollment, bool primary_only)
{
        const struct roster_row *user;
        enum role role;

        if (!is_teacher(enrollment))
                return false;
        if (primary_only && !is(enrollment->values[enrollments_primary], "true"))
                return false;
        user = roster_find(plan->all, ROSTER_users, enrollment->values[enrollments_user]);
        role = user ? person_role(plan, user) : ROLE_NOT_GIVEN;
        /* The administrator reads no conversations, so is nobody's mentor. */
        return role != ROLE_NOT_GIVEN && role != ROLE_ADMINISTRATOR && !role_is_family(role);
}

/* The class's mentors: its primary teachers, or else the first of all. */
static size_t mentors_of(
        const struct plan *plan, const char *class, const struct roster_row *ret[], size_t max)
{
        size_t begin = first_of(plan->by_class, plan->n, enrollments_class, class), n = 0;

        for (int primary = 1; primary >= 0 && n == 0; primary--) {
                for (size_t i = begin; i < plan->n && n < max; i++) {
                        if (strcmp(plan->by_class[i]->values[enrollments_class], class) != 0 ||
                                !is_teacher(plan->by_class[i]))
                                break;
                        if (!teaches(plan, plan->by_class[i], primary))
                                continue;
                        ret[n++] = plan->by_class[i];
                        if (!primary)
                                return n;
                }
        }
        return n;
}

enum { MENTORS_MAX = 8 };

static bool is_class(const struct plan *plan, const char *id)
{
        const struct roster_row *class = roster_find(plan->all, ROSTER_classes, id);

        return class && class->values[classes_school] &&
               roster_find(plan->all, ROSTER_orgs, class->values[classes_school]);
}

static int add_teaching(struct plan *plan, const struct roster_row *enrollment, bool mentor)
{
        struct record *record = state_add(plan->to, STATE_TEACHING);

        if (!record)
                return -ENOMEM;
        record->key = enrollment->values[enrollments_user];
        record->second = enrollment->values[enrollments_class];
        record->fields[0] = mentor ? "mentor" : "teacher";
        return 0;
}

static int plan_classes(struct plan *plan)
{
        const struct roster_table *table = &plan->all->tables[ROSTER_classes];
        const struct roster_row *mentors[MENTORS_MAX];
        struct record *record;
        size_t n;
        int r = 0;

        for (size_t i = 0; i < table->n; i++) {
                const struct roster_row *class = table->rows[i];

                if (!is_class(plan, class->id))
                        continue;
                record = state_add(plan->to, STATE_CLASS);
                if (!record)
                        return -ENOMEM;
                record->key = class->id;
                record->fields[0] = either(class->values[classes_title], class->id);
                record->fields[CLASS_ORG] = class->values[classes_school];

                n = mentors_of(plan, class->id, mentors, MENTORS_MAX);
                for (size_t m = 0; m < n && r == 0; m++)
                        r = add_teaching(plan, mentors[m], true);
                for (size_t e = first_of(plan->by_class, plan->n, enrollments_class, class->id);
                        r == 0 && e < plan->n; e++) {
                        bool mentor = false;

                        if (strcmp(plan->by_class[e]->values[enrollments_class], class->id) != 0)
                                break;
                        if (!teaches(plan, plan->by_class[e], false))
                                continue;
                        for (size_t m = 0; m < n; m++)
                                mentor |= strcmp(mentors[m]->values[enrollments_user],
                                                  plan->by_class[e]->values[enrollments_user]) == 0;
                        if (!mentor)
                                r = add_teaching(plan, plan->by_class[e], false);
                }
                if (r < 0)
                        return r;
        }
        return 0;
}

static int plan_orgs(struct plan *plan)
{
        const struct roster_table *table = &plan->all->tables[ROSTER_orgs];
        const char *top = NULL;
        struct record *record;
        size_t tops = 0;

        for (size_t i = 0; i < table->n; i++) {
                const struct roster_row *org = table->rows[i];

                record = state_add(plan->to, STATE_ORG);
                if (!record)
                        return -ENOMEM;
                record->key = org->id;
                record->fields[0] = either(org->values[orgs_name], org->id);
                record->fields[1] = either(org->values[orgs_type], "school");
                record->fields[2] = org->values[orgs_parent];
                if (!org->values[orgs_parent]) {
                        top = org->values[orgs_name]; /* EDEXML has none: the school is called as before */
                        tops++;
                }
        }
        /* One at the top is the school; of several we cannot tell. */
        plan->to->school = tops == 1 ? top : NULL;
        return 0;
}

/* ---- who belongs to whom */

/* The class whose mentor a pupil has: a home class before a lesson, one with a mentor before one without. */
static const char *home_class(const struct plan *plan, const char *pupil)
{
        const struct roster_row *mentors[MENTORS_MAX];
        const char *best = NULL, *best_title = NULL;
        int best_rank = 0;

        for (size_t i = first_of(plan->by_user, plan->n, enrollments_user, pupil); i < plan->n; i++) {
                const struct roster_row *e = plan->by_user[i], *class;
                const char *title;
                int rank;

                if (strcmp(e->values[enrollments_user], pupil) != 0)
                        break;
                if (!is(e->values[enrollments_role], "student") ||
                        !is_class(plan, e->values[enrollments_class]))
                        continue;
                class = roster_find(plan->all, ROSTER_classes, e->values[enrollments_class]);
                title = either(class->values[classes_title], class->id);
                rank = (is(class->values[classes_type], "homeroom") ? 2 : 0) +
                       (mentors_of(plan, class->id, mentors, MENTORS_MAX) > 0 ? 1 : 0);
                if (!best || rank > best_rank || (rank == best_rank && strcmp(title, best_title) < 0)) {
                        best = class->id;
                        best_title = title;
                        best_rank = rank;
                }
        }
        return best;
}

static int add_guardianship(
        struct plan *plan, const struct roster_row *pupil, const struct roster_row *person, enum role role)
{
        struct record *record = state_add(plan->to, STATE_GUARDIANSHIP);
        const char *theirs = role_of(&plan->roles, person);

        if (!record)
                return -ENOMEM;
        record->key = pupil->id;
        record->second = person->id;
        record->fields[0] = person->values[users_relation] ? person->values[users_relation]
                            : role == ROLE_LEGAL_GUARDIAN  ? "guardian"
                            : is(theirs, "relative")       ? "relative"
                                                           : "other";
        return 0;
}

/* A relationship may be said by the pupil, by the guardian, or by both. */
static int plan_relations(struct plan *plan, const struct roster_row *user)
{
        const char *list = user->values[users_agents], *id;
        bool student = role_is_student(&plan->roles, user);
        char name[ROSTER_ID_MAX + 1];
        size_t n;
        int r;

        while ((id = roster_each(&list, &n))) {
                const struct roster_row *other, *pupil, *person;
                enum role role;

                memcpy(name, id, n);
                name[n] = '\0';
                other = roster_find(plan->all, ROSTER_users, name);
                if (!other || role_is_student(&plan->roles, other) == student)
                        continue;
                pupil = student ? user : other;
                person = student ? other : user;
                role = person_role(plan, person);
                if (role == ROLE_NOT_GIVEN || !role_is_family(role))
                        continue;
                r = add_guardianship(plan, pupil, person, role);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* What somebody of the school side signs in by. What can be no login name is none; a family's are not kept at all (roster_drop_logins()). */
static int add_logins(struct plan *plan, const struct roster_row *user)
{
        static const struct {
                const char *kind;
                int column;
        } kinds[] = { { "username", users_username }, { "email", users_email } };

        for (size_t i = 0; i < ELEMENTS(kinds); i++) {
                const char *value = user->values[kinds[i].column];
                _cleanup_free_ char *fold = NULL;
                struct record *record;
                int r;

                if (!value)
                        continue;
                r = text_login(value, strlen(value), ROSTER_ID_MAX, &fold);
                if (r == -ENOMEM)
                        return r;
                if (r < 0)
                        continue;
                record = state_add(plan->to, STATE_LOGIN);
                if (!record)
                        return -ENOMEM;
                record->key = user->id;
                record->second = kinds[i].kind;
                record->fields[0] = arena_copy(&plan->to->arena, fold, strlen(fold));
        }
        return arena_failed(&plan->to->arena);
}

static int plan_users(struct plan *plan)
{
        const struct roster_table *table = &plan->all->tables[ROSTER_users];
        struct record *record;
        enum role role;
        int r;

        for (size_t i = 0; i < table->n; i++) {
                const struct roster_row *user = table->rows[i];

                r = plan_relations(plan, user);
                if (r < 0)
                        return r;
                if (role_is_student(&plan->roles, user)) {
                        record = state_add(plan->to, STATE_PUPIL);
                        if (!record)
                                return -ENOMEM;
                        record->key = user->id;
                        record->fields[0] = shown_name(plan, user);
                        record->fields[1] = given_name(user);
                        record->fields[2] = either(user->values[users_family], "");
                        record->fields[PUPIL_CLASS] = home_class(plan, user->id);
                        continue;
                }
                role = person_role(plan, user);
                r = role == ROLE_NOT_GIVEN ? 0 : add_person(plan, user, role);
                if (r >= 0 && role != ROLE_NOT_GIVEN && !role_is_family(role))
                        r = add_logins(plan, user);
                if (r < 0)
                        return r;
        }
        return arena_failed(&plan->to->arena);
}

/* A teacher whom the roster gives no other role and who has a class is a mentor. */
static void name_mentors(struct plan *plan)
{
        const struct records *teaching = &plan->to->of[STATE_TEACHING];
        struct record *person;

        for (size_t i = 0; i < teaching->n; i++) {
                const struct roster_row *user;

                if (strcmp(teaching->list[i].fields[0], "mentor") != 0)
                        continue;
                user = roster_find(plan->all, ROSTER_users, teaching->list[i].key);
                person = state_find(plan->to, STATE_PERSON, teaching->list[i].key, "");
                if (user && person && !user->values[users_our_role] &&
                        is(role_of(&plan->roles, user), "teacher"))
                        person->fields[PERSON_ROLE] = word_text(&words_role, ROLE_MENTOR);
        }
}

static int add_member(struct plan *plan, const char *pupil, const char *person, const char *relation)
{
        struct record *record = state_add(plan->to, STATE_MEMBER);

        if (!record)
                return -ENOMEM;
        record->key = pupil;
        record->second = person;
        record->fields[MEMBER_JOINED] = word_text(&words_joined, JOINED_ROSTER);
        record->fields[MEMBER_RELATION] = relation;
        return 0;
}

static int plan_members(struct plan *plan)
{
        const struct records *pupils = &plan->to->of[STATE_PUPIL],
                             *guardians = &plan->to->of[STATE_GUARDIANSHIP];
        const struct roster_row *mentors[MENTORS_MAX];
        size_t n;
        int r = 0;

        for (size_t i = 0; i < guardians->n && r == 0; i++)
                r = add_member(plan, guardians->list[i].key, guardians->list[i].second,
                        guardians->list[i].fields[0]);
        for (size_t i = 0; i < pupils->n && r == 0; i++) {
                const char *class = pupils->list[i].fields[PUPIL_CLASS];

                n = class ? mentors_of(plan, class, mentors, MENTORS_MAX) : 0;
                for (size_t m = 0; m < n && r == 0; m++)
                        r = add_member(plan, pupils->list[i].key, mentors[m]->values[enrollments_user], NULL);
        }
        return r;
}

int roster_drop_logins(struct roster *all, const char *today)
{
        _cleanup_(plan_done) struct plan plan = { .all = all, .today = today };
        struct roster_table *users = &all->tables[ROSTER_users];
        int r;

        r = role_index_make(all, today, &plan.roles);
        if (r < 0)
                return r;
        for (size_t i = 0; i < users->n; i++) {
                enum role role = person_role(&plan, users->rows[i]);

                if (role == ROLE_NOT_GIVEN || role_is_family(role))
                        users->rows[i]->values[users_username] = users->rows[i]->values[users_email] = NULL;
        }
        return 0;
}

int state_plan(const struct roster *all, const char *today, const char *language, struct state *ret)
{
        _cleanup_(state_done) struct state state = { .arena = ARENA(ROSTER_MEMORY_MAX) };
        _cleanup_(plan_done) struct plan plan = {
                .all = all, .today = today, .language = language, .to = &state
        };
        int r;

        r = role_index_make(all, today, &plan.roles);
        if (r >= 0)
                r = index_enrollments(&plan);
        if (r >= 0)
                r = plan_orgs(&plan);
        if (r >= 0)
                r = plan_classes(&plan);
        if (r >= 0)
                r = plan_users(&plan);
        if (r < 0)
                return r;
        state_sort(&state);
        name_mentors(&plan);
        r = plan_members(&plan);
        if (r < 0)
                return r;
        state_sort(&state);
        *ret = state;
        state = (struct state){ 0 };
        return 0;
}
