#include "proto/describe.h"

#include "proto/command.h"
#include "proto/rights.h"
#include "proto/shape.h"

#include <ctype.h>

/* thread_list becomes ThreadList. */
static void pascal(struct buf *out, const char *name)
{
        bool up = true;

        for (; *name; name++) {
                if (*name == '_') {
                        up = true;
                        continue;
                }
                buf_add_char(out, up ? (char)toupper((unsigned char)*name) : *name);
                up = false;
        }
}

static void note(struct buf *out, const char *indent, const char *doc)
{
        if (*doc)
                buf_printf(out, "%s/** %s */\n", indent, doc);
}

static void write_union(struct buf *out, const struct word_set *set)
{
        note(out, "", set->doc);
        buf_add_str(out, "export type ");
        pascal(out, set->name);
        buf_add_str(out, " =");
        for (size_t i = 0; i < set->n; i++)
                buf_printf(out, "%s'%s'", i > 0 ? " | " : " ", set->words[i].word);
        buf_add_str(out, "\n\n");
}

static void write_field(struct buf *out, const struct shape_field *f)
{
        note(out, "  ", f->doc);
        buf_printf(out, "  %s%s: ", f->name, f->maybe ? "?" : "");
        switch (f->type) {
        case SHAPE_INT:
        case SHAPE_TIME:
                buf_add_str(out, "number");
                break;
        case SHAPE_BOOL:
                buf_add_str(out, "boolean");
                break;
        case SHAPE_STR:
                buf_add_str(out, "string");
                break;
        case SHAPE_STRS:
                buf_add_str(out, "string[]");
                break;
        case SHAPE_WORD:
                pascal(out, f->words->name);
                break;
        case SHAPE_ONE:
        case SHAPE_MANY:
                pascal(out, f->shape->name);
                if (f->type == SHAPE_MANY)
                        buf_add_str(out, "[]");
                break;
        }
        buf_add_char(out, '\n');
}

static void write_shape(struct buf *out, const struct shape *shape)
{
        note(out, "", shape->doc);
        buf_add_str(out, "export interface ");
        pascal(out, shape->name);
        buf_add_str(out, " {\n");
        for (size_t i = 0; i < shape->fields_n; i++)
                write_field(out, &shape->fields[i]);
        buf_add_str(out, "}\n\n");
}

static void write_event(struct buf *out, const struct shape *event)
{
        bool stored = strcmp(event->name, "typing") != 0;

        note(out, "", event->doc);
        buf_add_str(out, "export interface Event");
        pascal(out, event->name);
        buf_printf(out, " {\n  event: '%s'\n%s  thread: number\n", event->name, stored ? "  id: number\n" : "");
        for (size_t i = 0; i < event->fields_n; i++)
                write_field(out, &event->fields[i]);
        buf_add_str(out, "}\n\n");
}

static void write_arg(struct buf *out, const struct arg_spec *arg)
{
        note(out, "      ", arg->doc);
        buf_printf(out, "      %s%s: ", arg->name, arg->required ? "" : "?");
        switch (arg->type) {
        case ARG_ID:
        case ARG_INT:
                buf_add_str(out, "number");
                break;
        case ARG_IDS:
                buf_add_str(out, "number[]");
                break;
        case ARG_BOOL:
                buf_add_str(out, "boolean");
                break;
        case ARG_WORD:
                pascal(out, arg->words->name);
                break;
        default:
                buf_add_str(out, "string");
        }
        buf_add_char(out, '\n');
}

static void write_commands(struct buf *out)
{
        buf_add_str(out, "export interface Commands {\n");
        for (int c = COMMAND_NONE + 1; c < COMMANDS; c++) {
                const struct command_spec *spec = command_spec((enum command)c);

                note(out, "  ", spec->doc);
                buf_printf(out, "  %s: {\n    args: {\n", spec->name);
                for (size_t i = 0; i < spec->args_n; i++)
                        write_arg(out, &spec->args[i]);
                buf_add_str(out, "    }\n    answer: ");
                pascal(out, spec->answer->name);
                buf_add_str(out, "\n  }\n");
        }
        buf_add_str(out, "}\n\n");
}

static void write_rights_of(struct buf *out, enum role role, const char *name, bool (*is)(enum may may))
{
        bool any = false;

        buf_printf(out, "%s: '", name);
        for (int c = COMMAND_NONE + 1; c < COMMANDS; c++) {
                if (!is(right_may(right_of_command((enum command)c), role)))
                        continue;
                buf_printf(out, "%s%s", any ? " " : "", command_spec((enum command)c)->name);
                any = true;
        }
        buf_add_char(out, '\'');
}

static bool is_never(enum may may)
{
        return may == MAY_no;
}

static bool is_own(enum may may)
{
        return may == MAY_own || may == MAY_self;
}

/* So that the app offers nothing that would be refused. */
static void write_rights(struct buf *out)
{
        buf_add_str(out, "/** Commands that a role may never do, and those only with what is their own or themselves (bridge/RIGHTS.md). */\n"
                         "export const RIGHTS: { [role in Role]: { never: string; own: string } } = {\n");
        for (size_t i = 0; i < words_role.n; i++) {
                buf_printf(out, "  %s: { ", words_role.words[i].word);
                write_rights_of(out, (enum role)(i + 1), "never", is_never);
                buf_add_str(out, ", ");
                write_rights_of(out, (enum role)(i + 1), "own", is_own);
                buf_add_str(out, " },\n");
        }
        buf_add_str(out, "}\n\n");
}

void describe_typescript(struct buf *out)
{
        buf_add_str(out, "// Written by `ouderbrug doc typescript` from the tables that the server runs on. Do not edit.\n\n");
        for (const struct word_set *const *set = word_sets; *set; set++)
                write_union(out, *set);
        for (const struct shape *const *s = shapes; *s; s++)
                write_shape(out, *s);
        for (const struct shape *const *e = events; *e; e++)
                write_event(out, *e);
        buf_add_str(out, "export type ServerEvent =");
        for (const struct shape *const *e = events; *e; e++) {
                buf_add_str(out, e == events ? " Event" : " | Event");
                pascal(out, (*e)->name);
        }
        buf_add_str(out, "\n\nexport type ErrorCode =");
        for (int c = ERROR_NONE + 1; c < ERROR_CODES; c++)
                buf_printf(out, "%s'%s'", c > 1 ? " | " : " ", error_code_word((enum error_code)c));
        buf_add_str(out, "\n\nexport type ErrorReason =");
        for (int r = REASON_NONE + 1; r < ERROR_REASONS; r++)
                buf_printf(out, "%s'%s'", r > 1 ? " | " : " ", error_reason_word((enum error_reason)r));
        buf_add_str(out, "\n\n/** What was wrong. */\nexport interface Problem {\n  code: ErrorCode\n  field?: string\n  reason?: ErrorReason\n"
                         "  retry_ms?: number\n}\n\n");
        write_commands(out);
        write_rights(out);
        buf_printf(out, "export const HISTORY_MAX = %d\nexport const MESSAGE_BODY_MAX = %d\nexport const MESSAGE_GRAPHEMES_MAX = %d\n", HISTORY_MAX,
                   MESSAGE_BODY_MAX, TEXT_GRAPHEMES_MAX);
}
