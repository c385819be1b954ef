#include "proto/describe.h"

#include "base/macro.h"
#include "proto/rights.h"
#include "proto/shape.h"

/* The columns in the table's order: the family, the school, from outside, who runs it. */
static const struct column {
        enum role role;
        const char *name, *dutch;
} columns[] = {
        { ROLE_PARENT, "parent", "ouder, verzorger" },
        { ROLE_LEGAL_GUARDIAN, "legal guardian", "voogd" },
        { ROLE_COUNSELLOR, "residential counsellor", "woonbegeleider" },
        { ROLE_MENTOR, "mentor", "mentor" },
        { ROLE_TEACHER, "teacher", "docent" },
        { ROLE_ATTENDANCE, "attendance coordinator", "verzuimcoördinator" },
        { ROLE_CARE, "care coordinator", "zorgcoördinator" },
        { ROLE_PSYCHOLOGIST, "school psychologist", "schoolpsycholoog, orthopedagoog" },
        { ROLE_BRIDGE, "bridge officer", "brugfunctionaris" },
        { ROLE_COACH, "coach", "interculturele opvoedcoach" },
        { ROLE_LEADER, "school leader", "schoolleider" },
        { ROLE_KEY_PERSON, "key person", "sleutelpersoon" },
        { ROLE_INTERPRETER, "interpreter", "tolk" },
        { ROLE_PARTNER, "external partner", "externe partner" },
        { ROLE_ADMINISTRATOR, "administrator", "beheerder" },
};

static const char *cell(enum right right, enum role role)
{
        enum may may = right_may(right, role);

        return may == MAY_no ? "–" : may_word(may);
}

static void write_row(struct buf *out, enum right right)
{
        buf_printf(out, "| `%s` |", right_spec(right)->name);
        for (size_t i = 0; i < ELEMENTS(columns); i++)
                buf_printf(out, " %s |", cell(right, columns[i].role));
        buf_add_str(out, "\n");
}

static void write_matrix(struct buf *out, enum right_kind kind)
{
        buf_add_str(out, "\n| |");
        for (size_t i = 0; i < ELEMENTS(columns); i++)
                buf_printf(out, " %s |", columns[i].name);
        buf_add_str(out, "\n| --- |");
        for (size_t i = 0; i < ELEMENTS(columns); i++)
                buf_add_str(out, " :-: |");
        buf_add_str(out, "\n");
        for (int r = RIGHT_NONE + 1; r < RIGHTS; r++)
                if (right_spec((enum right)r)->kind == kind)
                        write_row(out, (enum right)r);
}

static void write_list(struct buf *out, const struct column *column, enum may may)
{
        bool any = false;

        for (int r = RIGHT_NONE + 1; r < RIGHTS; r++) {
                const struct right_spec *spec = right_spec((enum right)r);

                if (spec->kind == RIGHT_OPEN || right_may((enum right)r, column->role) != may)
                        continue;
                if (!any)
                        buf_printf(out, "- %s: ", may_when(may));
                buf_printf(out, "%s%s (`%s`)", any ? "; " : "", spec->deed, spec->name);
                any = true;
        }
        if (any)
                buf_add_str(out, ".\n");
}

static bool same_rights(const struct column *a, const struct column *b)
{
        for (int r = RIGHT_NONE + 1; r < RIGHTS; r++)
                if (right_may((enum right)r, a->role) != right_may((enum right)r, b->role))
                        return false;
        return true;
}

/* Roles that may the same stand together, so that a difference is seen. */
static void write_roles(struct buf *out)
{
        bool told[ELEMENTS(columns)] = { 0 };

        for (size_t i = 0; i < ELEMENTS(columns); i++) {
                if (told[i])
                        continue;
                for (size_t j = i; j < ELEMENTS(columns); j++) {
                        if (!same_rights(&columns[i], &columns[j]))
                                continue;
                        buf_printf(out, "%s %s (*%s*)", j == i ? "\n###" : ",", columns[j].name, columns[j].dutch);
                        told[j] = true;
                }
                buf_add_str(out, " may\n\n");
                for (int m = MAY_no + 1; m < MAYS; m++)
                        write_list(out, &columns[i], (enum may)m);
                write_list(out, &columns[i], MAY_no);
        }
}

static void write_reasons(struct buf *out)
{
        for (int r = RIGHT_NONE + 1; r < RIGHTS; r++) {
                const struct right_spec *spec = right_spec((enum right)r);

                if (spec->kind == RIGHT_OPEN)
                        buf_printf(out, "- `%s`: %s\n", spec->name, spec->why);
                else
                        buf_printf(out, "- `%s`, to %s: %s\n", spec->name, spec->deed, spec->why);
        }
}

static void write_open(struct buf *out)
{
        for (int r = RIGHT_NONE + 1; r < RIGHTS; r++)
                if (right_spec((enum right)r)->kind == RIGHT_OPEN)
                        buf_printf(out, "- `%s`: %s\n", right_spec((enum right)r)->name, right_spec((enum right)r)->why);
}

void describe_rights(struct buf *out)
{
        buf_add_str(out,
                    "# Who may do what\n\n"
                    "This page is written from the table that the server asks before it does anything (`proto/rights.def`, `ouderbrug doc rights`). "
                    "A test acts out every cell of it.\n\n"
                    "A right follows from a role and a relation. The role comes from the school's roster. The relation is being in a conversation: by the roster, for as "
                    "long as it says so (the guardians of a pupil, the mentor of the class), or because somebody brought them in, from the "
                    "message that was agreed until they leave or are taken out, or the day that was agreed. For the way in of families it is being the mentor of their child's class. A role that changed and a relation that ended count from that moment.\n\n"
                    "| | |\n| --- | --- |\n");
        for (int m = MAY_no; m < MAYS; m++)
                buf_printf(out, "| %s | %s |\n", m == MAY_no ? "–" : may_word((enum may)m), may_doc((enum may)m));
        buf_add_str(out, "\n## Each role\n");
        write_roles(out);
        buf_add_str(out, "\n## Each command\n");
        write_matrix(out, RIGHT_OF_COMMAND);
        buf_add_str(out, "\n## What is seen, and who can be brought\n");
        write_matrix(out, RIGHT_OF_SIGHT);
        buf_add_str(out, "\n## Each HTTP call\n");
        write_matrix(out, RIGHT_OF_ROUTE);
        buf_add_str(out, "\nThese ask for nobody:\n\n");
        write_open(out);
        buf_add_str(out, "\n## Why\n\n");
        write_reasons(out);
}

void describe_rights_json(struct buf *out)
{
        static const char *const kinds[] = { "command", "route", "open", "sight" };

        buf_add_str(out, "[");
        for (int r = RIGHT_NONE + 1; r < RIGHTS; r++) {
                const struct right_spec *spec = right_spec((enum right)r);

                buf_printf(out, "%s\n  {\"name\":\"%s\",\"kind\":\"%s\",\"about\":\"%s\",\"may\":{", r > RIGHT_NONE + 1 ? "," : "", spec->name,
                           kinds[spec->kind], about_word(spec->about));
                for (size_t i = 0; i < ELEMENTS(columns) && spec->kind != RIGHT_OPEN; i++)
                        buf_printf(out, "%s\"%s\":\"%s\"", i > 0 ? "," : "", word_text(&words_role, (int)columns[i].role),
                                   may_word(right_may((enum right)r, columns[i].role)));
                buf_add_str(out, "},\"deed\":");
                json_string_encode(out, spec->deed);
                buf_add_str(out, ",\"why\":");
                json_string_encode(out, spec->why);
                buf_add_str(out, "}");
        }
        buf_add_str(out, "\n]\n");
}
