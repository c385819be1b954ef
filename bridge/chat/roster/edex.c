/* EDEXML 2.0 and 2.1, and what UWLR 2 made of it: the school, its groups, pupils and teachers.
 *
 * Only what stands in the table of elements is looked at. There is no place in it for birth dates, addresses,
 * countries or remarks. Numbers of citizens are read for one thing: to see that none was made the key or name
 * of somebody, and are wiped with the pupil they belong to.
 *
 * Sections stand in the order of the schema, so every reference can be looked up where it stands.
 */
#include "chat/roster/inside.h"

#include <errno.h>

enum node {
        AT_TOP,
        AT_EDEX,
        AT_SCHOOL,
        AT_SITES,
        AT_GROUPS,
        AT_GROUP,
        AT_MIXED_GROUP,
        AT_PUPILS,
        AT_PUPIL,
        AT_PUPIL_MIXED,
        AT_PUPIL_REF,
        AT_PUPIL_MIXED_REF,
        AT_TEACHERS,
        AT_TEACHER,
        AT_TEACHER_GROUPS,
        AT_TEACHER_REF,
        AT_TEACHER_MIXED_REF,
        AT_VALUE, /* and from here on values: AT_VALUE + enum value */
};

enum value {
        YEAR,
        BRIN,
        BRANCH,
        INSTITUTION,
        SCHOOL_KEY,
        SCHEMA,
        NAME,
        FAMILY,
        PREFIX,
        GIVEN,
        INITIALS,
        CALLED,
        COMES,
        GOES,
        NUMBER,
        POSITION,
        EMAIL,
        VALUES,
};

static const struct element {
        enum node parent;
        const char *name;
        int self; /* a node, or AT_VALUE + a value */
} elements[] = {
        { AT_TOP, "EDEX", AT_EDEX },
        { AT_TOP, "leerlinggegevens", AT_EDEX },
        { AT_EDEX, "school", AT_SCHOOL },
        { AT_SCHOOL, "schooljaar", AT_VALUE + YEAR },
        { AT_SCHOOL, "brincode", AT_VALUE + BRIN },
        { AT_SCHOOL, "dependancecode", AT_VALUE + BRANCH },
        { AT_SCHOOL, "instellingsnummer", AT_VALUE + INSTITUTION },
        { AT_SCHOOL, "schoolkey", AT_VALUE + SCHOOL_KEY },
        { AT_SCHOOL, "xsdversie", AT_VALUE + SCHEMA },
        { AT_EDEX, "vestigingen", AT_SITES },
        { AT_EDEX, "groepen", AT_GROUPS },
        { AT_GROUPS, "groep", AT_GROUP },
        { AT_GROUPS, "samengestelde_groep", AT_MIXED_GROUP },
        { AT_GROUP, "naam", AT_VALUE + NAME },
        { AT_MIXED_GROUP, "naam", AT_VALUE + NAME },
        { AT_EDEX, "leerlingen", AT_PUPILS },
        { AT_PUPILS, "leerling", AT_PUPIL },
        { AT_PUPIL, "achternaam", AT_VALUE + FAMILY },
        { AT_PUPIL, "voorvoegsel", AT_VALUE + PREFIX },
        { AT_PUPIL, "voornamen", AT_VALUE + GIVEN },
        { AT_PUPIL, "voorletters-1", AT_VALUE + INITIALS },
        { AT_PUPIL, "roepnaam", AT_VALUE + CALLED },
        { AT_PUPIL, "instroomdatum", AT_VALUE + COMES },
        { AT_PUPIL, "uitstroomdatum", AT_VALUE + GOES },
        { AT_PUPIL, "groep", AT_PUPIL_REF },
        { AT_PUPIL, "samengestelde_groepen", AT_PUPIL_MIXED },
        { AT_PUPIL_MIXED, "samengestelde_groep", AT_PUPIL_MIXED_REF },
        { AT_PUPIL, "bsn", AT_VALUE + NUMBER },
        { AT_PUPIL, "sofinummer", AT_VALUE + NUMBER },
        { AT_PUPIL, "onderwijsnummer", AT_VALUE + NUMBER },
        { AT_PUPIL, "rijksregisternummer", AT_VALUE + NUMBER },
        { AT_EDEX, "leerkrachten", AT_TEACHERS },
        { AT_TEACHERS, "leerkracht", AT_TEACHER },
        { AT_TEACHER, "achternaam", AT_VALUE + FAMILY },
        { AT_TEACHER, "voorvoegsel", AT_VALUE + PREFIX },
        { AT_TEACHER, "voornamen", AT_VALUE + GIVEN },
        { AT_TEACHER, "voorletters-1", AT_VALUE + INITIALS },
        { AT_TEACHER, "roepnaam", AT_VALUE + CALLED },
        { AT_TEACHER, "rol", AT_VALUE + POSITION },
        { AT_TEACHER, "emailadres", AT_VALUE + EMAIL },
        { AT_TEACHER, "groepen", AT_TEACHER_GROUPS },
        { AT_TEACHER_GROUPS, "groep", AT_TEACHER_REF },
        { AT_TEACHER_GROUPS, "samengestelde_groep", AT_TEACHER_MIXED_REF },
        { AT_TEACHER_REF, "rol", AT_VALUE + POSITION },
        { AT_TEACHER_MIXED_REF, "rol", AT_VALUE + POSITION },
};

/* What a position (rol) makes of somebody. Who works in the office or mends computers has no say over
 * families here, and a parent who helps out is known as a parent by another roster. */
static const struct position {
        const char *code;
        const char *role; /* as OneRoster has it */
        bool mentor;      /* of a group */
} positions[] = {
        { "LRK", "teacher", true },
        { "DIR", "principal", true },
        { "ADJ", "principal", true },
        { "LOC", "principal", true },
        { "IB", "counselor", false },
        { "VAK", "teacher", false },
        { "RT", "teacher", false },
        { "LOS", "teacher", false },
        { "OWA", "teacher", false },
        { "KLA", "teacher", false },
        { "STA", "teacher", false },
        { "TAL", "teacher", false },
        { "SMW", "ext:", false },
        { "ADM", "ext:", false },
        { "CON", "ext:", false },
        { "ICT", "ext:", false },
        { "OUD", "ext:", false },
};

enum { GROUPS_OF_ONE_MAX = 200, DEPTH_MAX = 8, NUMBERS_MAX = 4 };

/* A name that may stand in the file once. */
struct mark {
        const char *text;
        int line, column;
        bool mixed; /* of a group */
};

struct marks {
        struct mark *list; /* in the arena; sorted by the time they are looked at */
        size_t n, room;
};

struct edex {
        const char *name;
        struct roster *roster;
        struct roster_faults *faults;
        enum node nodes[DEPTH_MAX];
        const char *names[DEPTH_MAX]; /* of the elements, as in the table */
        struct xml_place places[DEPTH_MAX];
        int depth;
        enum node section; /* the last one of AT_EDEX */
        bool pupils_seen, groups_seen;
        struct roster_row *school;
        struct marks groups, keys, eckids;

        /* The record that is open: school, group, pupil or teacher. */
        const char *values[VALUES];
        struct xml_place at[VALUES];
        const char *key, *eckid;
        char numbers[NUMBERS_MAX][16]; /* of a citizen, while the pupil is open */
        int n_numbers;
        const struct position *position; /* the highest of a teacher's own; NULL: none said */
        bool position_said, may_mentor;
        bool ref_position_said, ref_may_mentor; /* of the group that is open */
        size_t first_ref;                       /* where its enrolments begin */
};

static void fault(struct edex *in, struct xml_place at, const char *format, ...) _printf_(3, 4);
static void fault(struct edex *in, struct xml_place at, const char *format, ...)
{
        _cleanup_(buf_done) struct buf text = BUF(1024);
        va_list ap;

        va_start(ap, format);
        buf_vprintf(&text, format, ap);
        va_end(ap);
        roster_fault(in->faults, in->name, at.line, at.column, "%s", buf_str(&text));
}

static struct arena *arena(struct edex *in)
{
        return &in->roster->arena;
}

/* ---- names that stand once */

static int by_text(const void *a, const void *b)
{
        const struct mark *x = a, *y = b;
        int order = strcmp(x->text, y->text);

        if (order == 0)
                order = (x->line > y->line) - (x->line < y->line);
        return order ? order : (x->column > y->column) - (x->column < y->column);
}

static int add_mark(struct edex *in, struct marks *marks, const char *text, struct xml_place at, bool mixed)
{
        struct mark *list = arena_grow(arena(in), marks->list, marks->n, &marks->room, sizeof(*list));

        if (!list)
                return arena_failed(arena(in));
        marks->list = list;
        list[marks->n++] =
                (struct mark){ .text = text, .line = at.line, .column = at.column, .mixed = mixed };
        return 0;
}

static void sort_marks(struct edex *in, struct marks *marks, const char *what)
{
        if (marks->n < 2)
                return;
        qsort(marks->list, marks->n, sizeof(*marks->list), by_text);
        for (size_t i = 1; i < marks->n; i++)
                if (strcmp(marks->list[i - 1].text, marks->list[i].text) == 0)
                        roster_fault(in->faults, in->name, marks->list[i].line, marks->list[i].column,
                                "%s: %.80s is there already, in line %d", what, marks->list[i].text,
                                marks->list[i - 1].line);
}

static const struct mark *find_group(const struct edex *in, const char *key)
{
        size_t low = 0, high = in->groups.n, middle;

        while (low < high) {
                middle = low + (high - low) / 2;
                if (strcmp(in->groups.list[middle].text, key) < 0)
                        low = middle + 1;
                else
                        high = middle;
        }
        return low < in->groups.n && strcmp(in->groups.list[low].text, key) == 0 ? &in->groups.list[low]
                                                                                 : NULL;
}

/* ---- an element begins */

/* An id as an attribute; NULL where it is missing or a fault, which is told. */
static const char *id_of(struct edex *in, const char *const *attributes, const char *name, bool needed)
{
        struct xml_place at = in->places[in->depth];
        const char *value = NULL;

        for (size_t i = 0; attributes[i]; i += 2)
                if (strcmp(attributes[i], name) == 0)
                        value = attributes[i + 1];
        if (!value || !*value) {
                if (needed || value)
                        fault(in, at, "%s: the %s is %s", in->names[in->depth], name,
                                value ? "empty" : "missing");
                return NULL;
        }
        if (strlen(value) > ROSTER_ID_MAX) {
                fault(in, at, "%s: the %s is longer than %d bytes", in->names[in->depth], name,
                        ROSTER_ID_MAX);
                return NULL;
        }
        for (const char *c = value; *c; c++) {
                if ((unsigned char) *c < 0x20 || *c == 0x7f) {
                        fault(in, at, "%s: the %s has control characters in it", in->names[in->depth], name);
                        return NULL;
                }
        }
        return arena_copy(arena(in), value, strlen(value));
}

static void forget_numbers(struct edex *in)
{
        explicit_bzero(in->numbers, sizeof(in->numbers));
        in->n_numbers = 0;
}

static void open_record(struct edex *in, const char *const *attributes, bool has_eckid)
{
        memset(in->values, 0, sizeof(in->values));
        in->key = in->eckid = NULL;
        forget_numbers(in);
        in->position = NULL;
        in->position_said = in->may_mentor = false;
        in->first_ref = in->roster->tables[ROSTER_enrollments].n;
        in->eckid = has_eckid ? id_of(in, attributes, "eckid", false) : NULL;
        /* UWLR 2.3 may leave the key away where there is an ECK-iD. */
        in->key = id_of(in, attributes, "key", !in->eckid);
}

static int open_section(struct edex *in, enum node node)
{
        if (node <= in->section)
                fault(in, in->places[in->depth], "%s: stands twice, or behind what it has to stand before",
                        in->names[in->depth]);
        else
                in->section = node;
        in->pupils_seen |= node == AT_PUPILS;
        in->groups_seen |= node == AT_GROUPS;
        if (node == AT_TEACHERS)
                in->roster->has_teachers = true;
        return 0;
}

static int open_group_reference(struct edex *in, const char *const *attributes, bool mixed, const char *role)
{
        struct roster_table *table = &in->roster->tables[ROSTER_enrollments];
        const char *key = id_of(in, attributes, "key", true);
        const struct mark *group = key ? find_group(in, key) : NULL;
        struct xml_place at = in->places[in->depth];
        struct roster_row *row;

        in->ref_position_said = in->ref_may_mentor = false;
        if (!key)
                return arena_failed(arena(in));
        if (!group || group->mixed != mixed) {
                fault(in, at, "%s: there is no %s %.80s among groepen", in->names[in->depth],
                        mixed ? "samengestelde_groep" : "groep", key);
                return 0;
        }
        if (table->n - in->first_ref >= GROUPS_OF_ONE_MAX || table->n >= ROSTER_ROWS_MAX) {
                fault(in, at, "%s: more groups than anybody has", in->names[in->depth]);
                return 0;
        }
        for (size_t i = in->first_ref; i < table->n; i++) {
                if (strcmp(table->rows[i]->values[enrollments_class], key) == 0) {
                        fault(in, at, "%s: %.80s is named twice", in->names[in->depth], key);
                        return 0;
                }
        }
        row = roster_row_new(in->roster, ROSTER_enrollments);
        if (!row)
                return arena_failed(arena(in));
        row->id = row->values[enrollments_class] = key;
        row->line = at.line;
        row->values[enrollments_role] = role;
        return roster_row_add(table, row);
}

static int open_value(struct edex *in, enum value value)
{
        if (value != POSITION && in->values[value])
                fault(in, in->places[in->depth], "%s: stands twice", in->names[in->depth]);
        in->at[value] = in->places[in->depth];
        return XML_TEXT;
}

static int open_node(struct edex *in, enum node node, const char *const *attributes)
{
        switch (node) {
        case AT_SCHOOL:
                memset(in->values, 0, sizeof(in->values));
                return open_section(in, node);
        case AT_SITES:
        case AT_GROUPS:
        case AT_PUPILS:
        case AT_TEACHERS:
                return open_section(in, node);
        case AT_GROUP:
        case AT_MIXED_GROUP:
                open_record(in, attributes, false);
                break;
        case AT_PUPIL:
        case AT_TEACHER:
                open_record(in, attributes, true);
                break;
        case AT_PUPIL_REF:
        case AT_PUPIL_MIXED_REF:
                return open_group_reference(in, attributes, node == AT_PUPIL_MIXED_REF, "student");
        case AT_TEACHER_REF:
        case AT_TEACHER_MIXED_REF:
                return open_group_reference(in, attributes, node == AT_TEACHER_MIXED_REF, "teacher");
        default:
                break;
        }
        return arena_failed(arena(in));
}

static int begin(void *arg, struct xml_place at, const char *name, const char *const *attributes)
{
        struct edex *in = arg;
        const struct element *element = NULL;
        int r;

        for (size_t i = 0; i < ELEMENTS(elements) && !element; i++)
                if (elements[i].parent == in->nodes[in->depth] && strcmp(elements[i].name, name) == 0)
                        element = &elements[i];
        if (!element) {
                if (in->depth == 0)
                        fault(in, at, "is no EDEXML: it begins with %.60s, not with EDEX", name);
                return XML_SKIP;
        }
        in->depth++;
        in->nodes[in->depth] = (enum node) element->self;
        in->names[in->depth] = element->name;
        in->places[in->depth] = at;
        if (element->self >= AT_VALUE)
                return open_value(in, (enum value)(element->self - AT_VALUE));
        r = open_node(in, in->nodes[in->depth], attributes);
        return r < 0 ? r : XML_ENTER;
}

/* ---- an element ends */

static int close_school(struct edex *in)
{
        const char *brin = in->values[BRIN], *branch = in->values[BRANCH], *id;
        _cleanup_(buf_done) struct buf both = BUF(2 * ROSTER_ID_MAX);
        struct roster_row *row;

        if (!in->values[YEAR])
                fault(in, in->places[in->depth], "school: schooljaar is missing");
        if (in->values[SCHEMA] && strncmp(in->values[SCHEMA], "2.", 2) != 0)
                fault(in, in->at[SCHEMA], "xsdversie: \"%.20s\" is not read; 2.0 and 2.1 are",
                        in->values[SCHEMA]);
        if (in->school)
                return 0; /* a second one is a fault already */
        if (brin)
                buf_printf(&both, "%s%s", brin, branch && strcmp(branch, "00") != 0 ? branch : "");
        id = brin                      ? buf_str(&both)
             : in->values[INSTITUTION] ? in->values[INSTITUTION]
             : in->values[SCHOOL_KEY]  ? in->values[SCHOOL_KEY]
                                       : "school";
        row = roster_row_new(in->roster, ROSTER_orgs);
        if (!row)
                return arena_failed(arena(in));
        row->id = arena_copy(arena(in), id, strnlen(id, ROSTER_ID_MAX));
        row->line = in->places[in->depth].line;
        row->values[orgs_type] = "school";
        in->school = row;
        return row->id ? roster_row_add(&in->roster->tables[ROSTER_orgs], row) : arena_failed(arena(in));
}

/* A value as a column of its kind takes it; NULL where there is none or it is a fault. */
static int take(
        struct edex *in, enum value value, const char *header, enum column_kind kind, const char **ret)
{
        const struct column column = { .header = header, .kind = kind };
        struct csv_field field = { .text = in->values[value] };
        char date[11];
        int r;

        if (!field.text)
                return 0;
        field.length = strlen(field.text);
        /* An xs:date may say its time zone, which is no matter of ours. */
        if (kind == KIND_DATE && field.length > 10 && strchr("Z+-", field.text[10])) {
                memcpy(date, field.text, 10);
                date[10] = '\0';
                field = (struct csv_field){ .text = date, .length = 10 };
        }
        r = column_value(&column, ROSTER_EDEXML, arena(in), &field, ret, in->faults, in->name,
                in->at[value].line, in->at[value].column);
        return r == -EBADMSG ? 0 : r;
}

static bool is_full(struct edex *in, enum roster_file file)
{
        if (in->roster->tables[file].n < ROSTER_ROWS_MAX)
                return false;
        fault(in, in->places[in->depth], "%s: there are more than %d", in->names[in->depth], ROSTER_ROWS_MAX);
        return true;
}

static int close_group(struct edex *in, bool mixed)
{
        struct xml_place at = in->places[in->depth];
        struct roster_row *row;
        int r;

        if (!in->values[NAME])
                fault(in, at, "%s: naam is missing", in->names[in->depth]);
        if (!in->key || is_full(in, ROSTER_classes))
                return arena_failed(arena(in));
        row = roster_row_new(in->roster, ROSTER_classes);
        if (!row)
                return arena_failed(arena(in));
        row->id = in->key;
        row->line = at.line;
        row->values[classes_type] = mixed ? "scheduled" : "homeroom";
        r = take(in, NAME, "naam", KIND_NAME, &row->values[classes_title]);
        if (r >= 0)
                r = roster_row_add(&in->roster->tables[ROSTER_classes], row);
        return r < 0 ? r : add_mark(in, &in->groups, in->key, at, mixed);
}

/* No key and no name may be, or hold, the citizen number: that would store it. The number is not repeated. */
static bool is_number_used(const struct edex *in)
{
        const char *const kept[] = { in->key, in->eckid, in->values[FAMILY], in->values[PREFIX],
                in->values[GIVEN], in->values[INITIALS], in->values[CALLED] };

        for (int n = 0; n < in->n_numbers; n++)
                for (size_t i = 0; i < ELEMENTS(kept); i++)
                        if (strlen(in->numbers[n]) >= 8 && kept[i] && strstr(kept[i], in->numbers[n]))
                                return true;
        return false;
}

static int take_names(struct edex *in, struct roster_row *row)
{
        int r;

        if (!in->values[FAMILY] && !in->values[CALLED])
                fault(in, in->places[in->depth], "%s: achternaam and roepnaam are both missing",
                        in->names[in->depth]);
        r = take(in, FAMILY, "achternaam", KIND_NAME, &row->values[users_family]);
        if (r >= 0)
                r = take(in, PREFIX, "voorvoegsel", KIND_NAME, &row->values[users_middle]);
        if (r >= 0)
                r = take(in, CALLED, "roepnaam", KIND_NAME, &row->values[users_preferred_given]);
        if (r >= 0)
                r = take(in, GIVEN, "voornamen", KIND_NAME, &row->values[users_given]);
        if (r >= 0 && !in->values[GIVEN] && !in->values[CALLED])
                r = take(in, INITIALS, "voorletters-1", KIND_NAME, &row->values[users_given]);
        return r;
}

/* A pupil's time at the school is a role with dates, as roles.csv has it. */
static int add_dates(struct edex *in, const struct roster_row *user)
{
        struct roster_row *row;
        int r;

        if (!in->values[COMES] && !in->values[GOES])
                return 0;
        row = roster_row_new(in->roster, ROSTER_roles);
        if (!row)
                return arena_failed(arena(in));
        row->id = row->values[roles_user] = user->id;
        row->line = user->line;
        row->values[roles_type] = "primary";
        row->values[roles_role] = "student";
        r = take(in, COMES, "instroomdatum", KIND_DATE, &row->values[roles_begin]);
        if (r >= 0)
                r = take(in, GOES, "uitstroomdatum", KIND_DATE, &row->values[roles_end]);
        return r < 0 ? r : roster_row_add(&in->roster->tables[ROSTER_roles], row);
}

static int close_person(struct edex *in, bool pupil)
{
        struct roster_table *enrollments = &in->roster->tables[ROSTER_enrollments];
        _cleanup_(buf_done) struct buf id = BUF(2 * ROSTER_ID_MAX);
        struct xml_place at = in->places[in->depth];
        struct roster_row *row;
        int r;

        if ((!in->key && !in->eckid) || is_full(in, ROSTER_users))
                return arena_failed(arena(in));
        if (is_number_used(in)) {
                fault(in, at, "leerling: a key or name holds the citizen number; it may not be stored");
                return 0;
        }
        row = roster_row_new(in->roster, ROSTER_users);
        if (!row)
                return arena_failed(arena(in));
        buf_printf(&id, "%s%c%s", pupil ? "leerling" : "leerkracht", in->key ? ':' : '=',
                in->key ? in->key : in->eckid);
        row->id = arena_copy(arena(in), buf_str(&id), id.len);
        row->line = at.line;
        row->values[users_enabled] = "true";
        row->values[users_key] = in->key;
        row->values[users_eckid] = in->eckid;
        row->values[users_role] = pupil ? "student" : in->position ? in->position->role : "teacher";
        if (!row->id)
                return arena_failed(arena(in));
        for (size_t i = in->first_ref; i < enrollments->n; i++) {
                enrollments->rows[i]->values[enrollments_user] = row->id;
                /* Where the group does not say what somebody is to it, what they are to the school counts. */
                if (!pupil && !enrollments->rows[i]->values[enrollments_primary])
                        enrollments->rows[i]->values[enrollments_primary] =
                                !in->position_said || in->may_mentor ? "true" : "false";
        }
        r = take_names(in, row);
        if (r >= 0 && pupil)
                r = add_dates(in, row);
        if (r >= 0 && !pupil)
                r = take(in, EMAIL, "emailadres", KIND_ID, &row->values[users_email]);
        if (r >= 0 && in->key)
                r = add_mark(in, &in->keys, in->key, at, false);
        if (r >= 0 && in->eckid)
                r = add_mark(in, &in->eckids, in->eckid, at, false);
        return r < 0 ? r : roster_row_add(&in->roster->tables[ROSTER_users], row);
}

static void close_people(struct edex *in, const char *one)
{
        char what[32];

        if (in->keys.n == 0 && in->eckids.n == 0)
                fault(in, in->places[in->depth], "%s: holds nobody: it would end everybody of its kind",
                        in->names[in->depth]);
        snprintf(what, sizeof(what), "%s key", one);
        sort_marks(in, &in->keys, what);
        snprintf(what, sizeof(what), "%s eckid", one);
        sort_marks(in, &in->eckids, what);
        in->keys.n = in->eckids.n = 0;
}

static void close_position(struct edex *in, const char *text)
{
        bool of_group = in->nodes[in->depth - 1] != AT_TEACHER;
        const struct position *position = NULL;
        static const char *const order[] = { "ext:", "teacher", "counselor", "principal" };
        size_t old = 0, new = 0;

        for (size_t i = 0; i < ELEMENTS(positions); i++)
                if (strcmp(positions[i].code, text) == 0)
                        position = &positions[i];
        if (!position) {
                fault(in, in->places[in->depth], "rol: \"%.20s\" is none that EDEXML 2.1 knows", text);
                return;
        }
        if (of_group) {
                in->ref_position_said = true;
                in->ref_may_mentor |= position->mentor;
                return;
        }
        in->position_said = true;
        in->may_mentor |= position->mentor;
        for (size_t i = 0; i < ELEMENTS(order); i++) {
                if (in->position && strcmp(order[i], in->position->role) == 0)
                        old = i;
                if (strcmp(order[i], position->role) == 0)
                        new = i;
        }
        if (!in->position || new > old)
                in->position = position;
}

static int close_value(struct edex *in, enum value value, const char *text, size_t n)
{
        if (n == 0)
                return 0;
        if (value == POSITION) {
                close_position(in, text);
                return 0;
        }
        if (value == NUMBER) {
                /* Into a few bytes of its own, wiped with the pupil; what is longer is no number. */
                if (in->n_numbers == NUMBERS_MAX)
                        fault(in, in->places[in->depth], "%s: more numbers than one has",
                                in->names[in->depth]);
                else if (n < sizeof(in->numbers[0]))
                        memcpy(in->numbers[in->n_numbers++], text, n + 1);
                return 0;
        }
        if (!in->values[value])
                in->values[value] = arena_copy(arena(in), text, n);
        return arena_failed(arena(in));
}

static void close_reference(struct edex *in)
{
        struct roster_table *table = &in->roster->tables[ROSTER_enrollments];

        if (in->ref_position_said && table->n > in->first_ref)
                table->rows[table->n - 1]->values[enrollments_primary] =
                        in->ref_may_mentor ? "true" : "false";
}

static void close_document(struct edex *in)
{
        struct xml_place at = in->places[in->depth];

        if (!in->school)
                fault(in, at, "EDEX: school is missing");
        if (!in->groups_seen)
                fault(in, at, "EDEX: groepen is missing: without it every class would end");
        if (!in->pupils_seen)
                fault(in, at, "EDEX: leerlingen is missing");
}

static int end(void *arg, const char *text, size_t n)
{
        struct edex *in = arg;
        enum node node = in->nodes[in->depth];
        int r = 0;

        switch (node) {
        case AT_EDEX:
                close_document(in);
                break;
        case AT_SCHOOL:
                r = close_school(in);
                break;
        case AT_GROUP:
        case AT_MIXED_GROUP:
                r = close_group(in, node == AT_MIXED_GROUP);
                break;
        case AT_GROUPS:
                if (in->groups.n == 0)
                        fault(in, in->places[in->depth], "groepen: holds none: it would end every class");
                sort_marks(in, &in->groups, "groep key");
                break;
        case AT_PUPIL:
        case AT_TEACHER:
                r = close_person(in, node == AT_PUPIL);
                forget_numbers(in);
                break;
        case AT_PUPILS:
        case AT_TEACHERS:
                close_people(in, node == AT_PUPILS ? "leerling" : "leerkracht");
                break;
        case AT_TEACHER_REF:
        case AT_TEACHER_MIXED_REF:
                close_reference(in);
                break;
        default:
                if ((int) node >= AT_VALUE)
                        r = close_value(in, (enum value)((int) node - AT_VALUE), text, n);
                break;
        }
        in->depth--;
        return r;
}

int edex_read(
        const char *name, const char *bytes, size_t n, struct roster *roster, struct roster_faults *faults)
{
        static const struct xml_reader reader = { .begin = begin, .end = end };
        struct edex in = { .name = name, .roster = roster, .faults = faults };
        int r;

        roster->version = ROSTER_EDEXML;
        r = xml_read(name, bytes, n, &reader, &in, faults);
        forget_numbers(&in);
        if (r < 0)
                return r;
        roster_sort(roster);
        return 0;
}
