/* proto/describe_asyncapi.c: the WebSocket protocol as AsyncAPI 3.0.0, with JSON Schema made from the tables. */
#include "proto/describe.h"

#include "proto/command.h"
#include "proto/shape.h"

static void member_doc(struct buf *out, const char *doc)
{
        if (!*doc)
                return;
        buf_add_str(out, ",\"description\":");
        json_string_encode(out, doc);
}

static void ref(struct buf *out, const char *name)
{
        buf_printf(out, "\"$ref\":\"#/components/schemas/%s\"", name);
}

static void words(struct buf *out, const struct word_set *set)
{
        buf_add_str(out, "\"type\":\"string\",\"enum\":[");
        for (size_t i = 0; i < set->n; i++)
                buf_printf(out, "%s\"%s\"", i > 0 ? "," : "", set->words[i].word);
        buf_add_char(out, ']');
}

static void field(struct buf *out, const struct shape_field *f)
{
        buf_printf(out, "\"%s\":{", f->name);
        switch (f->type) {
        case SHAPE_INT:
        case SHAPE_TIME:
                buf_add_str(out, "\"type\":\"integer\"");
                break;
        case SHAPE_BOOL:
                buf_add_str(out, "\"type\":\"boolean\"");
                break;
        case SHAPE_STR:
                buf_add_str(out, "\"type\":\"string\"");
                break;
        case SHAPE_STRS:
                buf_add_str(out, "\"type\":\"array\",\"items\":{\"type\":\"string\"}");
                break;
        case SHAPE_WORD:
                words(out, f->words);
                break;
        case SHAPE_ONE:
                ref(out, f->shape->name);
                break;
        case SHAPE_MANY:
                buf_add_str(out, "\"type\":\"array\",\"items\":{");
                ref(out, f->shape->name);
                buf_add_char(out, '}');
                break;
        }
        member_doc(out, f->doc);
        buf_add_char(out, '}');
}

static void fields(struct buf *out, const struct shape *shape, bool first)
{
        for (size_t i = 0; i < shape->fields_n; i++) {
                if (!first)
                        buf_add_char(out, ',');
                first = false;
                field(out, &shape->fields[i]);
        }
}

static void required(struct buf *out, const struct shape *shape, const char *start)
{
        bool first = !*start;

        buf_printf(out, "\"required\":[%s", start);
        for (size_t i = 0; i < shape->fields_n; i++) {
                if (shape->fields[i].maybe)
                        continue;
                buf_printf(out, "%s\"%s\"", first ? "" : ",", shape->fields[i].name);
                first = false;
        }
        buf_add_char(out, ']');
}

static void problem_schema(struct buf *out)
{
        buf_add_str(out, "\"problem\":{\"type\":\"object\",\"description\":\"What was wrong.\",\"required\":[\"code\"],\"properties\":{\"code\":{\"type\":\"string\",\"enum\":[");
        for (int c = ERROR_NONE + 1; c < ERROR_CODES; c++)
                buf_printf(out, "%s\"%s\"", c > 1 ? "," : "", error_code_word((enum error_code)c));
        buf_add_str(out, "]},\"field\":{\"type\":\"string\"},\"reason\":{\"type\":\"string\",\"enum\":[");
        for (int r = REASON_NONE + 1; r < ERROR_REASONS; r++)
                buf_printf(out, "%s\"%s\"", r > 1 ? "," : "", error_reason_word((enum error_reason)r));
        buf_add_str(out, "]},\"retry_ms\":{\"type\":\"integer\"}}}");
}

void describe_schemas(struct buf *out)
{
        for (const struct shape *const *s = shapes; *s; s++) {
                buf_printf(out, "\"%s\":{\"type\":\"object\",\"description\":", (*s)->name);
                json_string_encode(out, (*s)->doc);
                buf_add_char(out, ',');
                required(out, *s, "");
                buf_add_str(out, ",\"properties\":{");
                fields(out, *s, true);
                buf_add_str(out, "}},");
        }
        problem_schema(out);
}

static void arg(struct buf *out, const struct arg_spec *a)
{
        buf_printf(out, ",\"%s\":{", a->name);
        switch (a->type) {
        case ARG_ID:
        case ARG_INT:
                buf_printf(out, "\"type\":\"integer\",\"minimum\":%lld,\"maximum\":%lld", (long long)a->min, (long long)a->max);
                break;
        case ARG_IDS:
                buf_printf(out, "\"type\":\"array\",\"minItems\":%lld,\"maxItems\":%lld,\"items\":{\"type\":\"integer\",\"minimum\":1}", (long long)a->min, (long long)a->max);
                break;
        case ARG_BOOL:
                buf_add_str(out, "\"type\":\"boolean\"");
                break;
        case ARG_UUID:
                buf_add_str(out, "\"type\":\"string\",\"format\":\"uuid\"");
                break;
        case ARG_WORD:
                words(out, a->words);
                break;
        default:
                buf_add_str(out, "\"type\":\"string\"");
        }
        member_doc(out, a->doc);
        buf_add_char(out, '}');
}

static void command_message(struct buf *out, enum command command)
{
        static const char *const records[] = { [RECORD_NOTHING] = "nothing", [RECORD_DONE] = "done", [RECORD_SHOWN] = "shown" };
        const struct command_spec *spec = command_spec(command);

        buf_printf(out, "\"do_%s\":{\"name\":\"%s\",\"summary\":", spec->name, spec->name);
        json_string_encode(out, spec->doc);
        buf_printf(out, ",\"x-answer\":\"#/components/schemas/%s\",\"x-cost\":%d,\"x-record\":\"%s\",\"payload\":{\"type\":\"object\",\"additionalProperties\":false,\"required\":[\"do\",\"ref\"",
                   spec->answer->name, spec->cost, records[command_record(command)]);
        for (size_t i = 0; i < spec->args_n; i++)
                if (spec->args[i].required)
                        buf_printf(out, ",\"%s\"", spec->args[i].name);
        buf_printf(out, "],\"properties\":{\"do\":{\"const\":\"%s\"},\"ref\":{\"type\":\"integer\",\"minimum\":1}", spec->name);
        for (size_t i = 0; i < spec->args_n; i++)
                arg(out, &spec->args[i]);
        buf_add_str(out, "}}}");
}

static void event_item(struct buf *out, const struct shape *event)
{
        bool stored = strcmp(event->name, "typing") != 0;

        buf_add_str(out, ",{\"type\":\"object\",\"description\":");
        json_string_encode(out, event->doc);
        buf_add_char(out, ',');
        required(out, event, stored ? "\"event\",\"id\",\"thread\"" : "\"event\",\"thread\"");
        buf_printf(out, ",\"properties\":{\"event\":{\"const\":\"%s\"}%s,\"thread\":{\"type\":\"integer\"}", event->name,
                   stored ? ",\"id\":{\"type\":\"integer\"}" : "");
        fields(out, event, false);
        buf_add_str(out, "}}");
}

void describe_asyncapi(struct buf *out)
{
        buf_add_str(out, "{\"asyncapi\":\"3.0.0\",\"info\":{\"title\":\"Ouderbrug\",\"version\":\"1\",\"description\":\"A conversation between a school and a family, "
                         "over WebSocket with the subprotocol ouderbrug.v1 and the session cookie.\",\"license\":{\"name\":\"AGPL-3.0-or-later\"}},"
                         "\"channels\":{\"ws\":{\"address\":\"/ws\",\"messages\":{\"frame\":{\"$ref\":\"#/components/messages/frame\"}");
        for (int c = COMMAND_NONE + 1; c < COMMANDS; c++)
                buf_printf(out, ",\"do_%s\":{\"$ref\":\"#/components/messages/do_%s\"}", command_spec((enum command)c)->name,
                           command_spec((enum command)c)->name);
        buf_add_str(out, "}}},\"operations\":{\"say\":{\"action\":\"receive\",\"channel\":{\"$ref\":\"#/channels/ws\"},\"messages\":[");
        for (int c = COMMAND_NONE + 1; c < COMMANDS; c++)
                buf_printf(out, "%s{\"$ref\":\"#/channels/ws/messages/do_%s\"}", c > 1 ? "," : "", command_spec((enum command)c)->name);
        buf_add_str(out, "]},\"hear\":{\"action\":\"send\",\"channel\":{\"$ref\":\"#/channels/ws\"},\"messages\":[{\"$ref\":\"#/channels/ws/messages/frame\"}]}},"
                         "\"components\":{\"messages\":{\"frame\":{\"name\":\"frame\",\"summary\":\"What the server says: a list of items, in order.\",\"payload\":{"
                         "\"type\":\"array\",\"items\":{\"oneOf\":[{\"type\":\"object\",\"description\":\"An answer; ok is the shape that the command names.\",\"required\":[\"ref\",\"ok\"],"
                         "\"properties\":{\"ref\":{\"type\":\"integer\"},\"ok\":{\"type\":\"object\"}}},{\"type\":\"object\",\"description\":\"An error; without ref: about a message that could not be read.\","
                         "\"required\":[\"error\"],\"properties\":{\"ref\":{\"type\":\"integer\"},\"error\":{\"$ref\":\"#/components/schemas/problem\"}}}");
        for (const struct shape *const *e = events; *e; e++)
                event_item(out, *e);
        buf_add_str(out, "]}}}");
        for (int c = COMMAND_NONE + 1; c < COMMANDS; c++) {
                buf_add_char(out, ',');
                command_message(out, (enum command)c);
        }
        buf_add_str(out, "},\"schemas\":{");
        describe_schemas(out);
        buf_add_str(out, "}}}");
}
