#include "proto/describe.h"

#include "proto/command.h"
#include "proto/shape.h"

static void head(struct buf *out)
{
        buf_add_str(out,
                    "# The protocol\n\n"
                    "This page is written from the tables that the server runs on (`ouderbrug doc protocol`).\n\n"
                    "## Connecting\n\n"
                    "Sign in with `POST /api/session` (see `GET /api/openapi.json`); the answer sets a cookie. Then open a WebSocket "
                    "(RFC 6455) at `/ws` with the subprotocol `ouderbrug.v1` and that cookie. A browser's page must be of the server's own "
                    "origin, or of one that the settings name.\n\n"
                    "Each text message of the client is one command, a JSON object:\n\n"
                    "```json\n{\"do\": \"send\", \"ref\": 7, \"thread\": 5, \"client_id\": \"0198c1f2-0000-7000-8000-000000000001\", \"body\": \"Goedemorgen\"}\n```\n\n"
                    "`ref` is a number of the client's own, from 1 to 2^53 - 1; the answer carries it. Each message of the server is a JSON array of "
                    "items, in order. An item is an answer, an error, or an event:\n\n"
                    "```json\n[{\"ref\": 7, \"ok\": {\"seq\": 12, \"rev\": 340, \"sent\": 1764576000000}},\n"
                    " {\"event\": \"message\", \"id\": 340, \"thread\": 5, \"message\": {}},\n"
                    " {\"ref\": 8, \"error\": {\"code\": \"invalid\", \"field\": \"body\", \"reason\": \"too_long\"}}]\n```\n\n"
                    "An answer to a command that writes comes after its transaction is on disk. An error without `ref` is about a message that could not be "
                    "read as a command. `rate_limited` and `unavailable` may carry `retry_ms`; nothing was done.\n\n"
                    "## Events and resuming\n\n"
                    "The first command is `hello`. Its answer is the state as of event `at`; every later event follows, with rising `id`, and none comes before the "
                    "answer. Keep the highest `id`. When the connection is lost, connect again and send that number as `since` and the `log` of the "
                    "welcome: what was missed comes as events. Where that is too far back the answer is the whole state (`mode` is `fresh`). Old state plus events is always the "
                    "same as a fresh fetch. An event tells the present state of what it is about, so hearing it twice does no harm, except that `message` adds to "
                    "`unread` only when its `seq` is new.\n\n"
                    "A message is sent with a `client_id` that the client made. Send it again with the same id as often as needed: it is stored once, and answered with the first result.\n\n"
                    "## Close codes\n\n"
                    "| code | meaning |\n| --- | --- |\n"
                    "| 1001 | The server is going away. Connect again. |\n"
                    "| 1003 | A binary message came; there are none. |\n"
                    "| 1007 | A message was not UTF-8. |\n"
                    "| 1009 | A message was longer than the server takes. |\n"
                    "| 4001 | Resume: the client read too slowly, or sent on and on past its rate. Connect again with `since`; nothing is lost. |\n"
                    "| 4002 | No hello came in time. |\n"
                    "| 4003 | This person has as many connections as one may have. Come back when another is closed. |\n"
                    "| 4401 | Signed out: the session is unknown or has ended. |\n");
}

static void write_type(struct buf *out, const struct arg_spec *arg)
{
        switch (arg->type) {
        case ARG_ID:
        case ARG_INT:
                buf_printf(out, "integer, %lld to %lld", (long long)arg->min, (long long)arg->max);
                break;
        case ARG_IDS:
                buf_printf(out, "list of integers, %lld to %lld", (long long)arg->min, (long long)arg->max);
                break;
        case ARG_BOOL:
                buf_add_str(out, "boolean");
                break;
        case ARG_UUID:
                buf_add_str(out, "UUID");
                break;
        case ARG_TEXT:
                buf_printf(out, "text, at most %lld bytes, %d code points, %d letters (grapheme clusters)", (long long)arg->max,
                           TEXT_POINTS_MAX, TEXT_GRAPHEMES_MAX);
                break;
        case ARG_STR:
                buf_printf(out, "line, at most %lld bytes", (long long)arg->max);
                break;
        case ARG_TAG:
                buf_add_str(out, "language tag (BCP 47)");
                break;
        case ARG_WORD:
                buf_printf(out, "[%s](#%s)", arg->words->name, arg->words->name);
                break;
        }
}

static void write_commands(struct buf *out)
{
        buf_add_str(out, "\n## Commands\n");
        for (int c = COMMAND_NONE + 1; c < COMMANDS; c++) {
                static const char *const records[] = {
                        [RECORD_NOTHING] = "Leaves nothing in the audit log.",
                        [RECORD_DONE] = "Leaves a row in the audit log.",
                        [RECORD_SHOWN] = "Leaves a row in the audit log, once an hour for each person and conversation.",
                };
                const struct command_spec *spec = command_spec((enum command)c);

                buf_printf(out, "\n### %s\n\n%s\n\nWho may: [RIGHTS.md](RIGHTS.md). Costs %d, and one more for each 4 KiB of the frame. Answers [%s](#%s). %s\n", spec->name, spec->doc,
                           spec->cost, spec->answer->name, spec->answer->name, records[command_record((enum command)c)]);
                if (spec->args_n > 0)
                        buf_add_str(out, "\n| field | type | | |\n| --- | --- | --- | --- |\n");
                for (size_t i = 0; i < spec->args_n; i++) {
                        buf_printf(out, "| `%s` | ", spec->args[i].name);
                        write_type(out, &spec->args[i]);
                        buf_printf(out, " | %s | %s |\n", spec->args[i].required ? "required" : "optional", spec->args[i].doc);
                }
        }
}

static void write_field_type(struct buf *out, const struct shape_field *f)
{
        switch (f->type) {
        case SHAPE_INT:
                buf_add_str(out, "integer");
                break;
        case SHAPE_TIME:
                buf_add_str(out, "time (ms since 1970, UTC)");
                break;
        case SHAPE_BOOL:
                buf_add_str(out, "boolean");
                break;
        case SHAPE_STR:
                buf_add_str(out, "string");
                break;
        case SHAPE_STRS:
                buf_add_str(out, "list of strings");
                break;
        case SHAPE_WORD:
                buf_printf(out, "[%s](#%s)", f->words->name, f->words->name);
                break;
        case SHAPE_ONE:
                buf_printf(out, "[%s](#%s)", f->shape->name, f->shape->name);
                break;
        case SHAPE_MANY:
                buf_printf(out, "list of [%s](#%s)", f->shape->name, f->shape->name);
                break;
        }
}

static void write_shapes(struct buf *out, const char *title, const struct shape *const *list, const char *prefix)
{
        buf_printf(out, "\n## %s\n", title);
        for (; *list; list++) {
                buf_printf(out, "\n### %s%s\n\n%s\n", prefix, (*list)->name, (*list)->doc);
                if ((*list)->fields_n > 0)
                        buf_add_str(out, "\n| field | type | | |\n| --- | --- | --- | --- |\n");
                for (size_t i = 0; i < (*list)->fields_n; i++) {
                        const struct shape_field *f = &(*list)->fields[i];

                        buf_printf(out, "| `%s` | ", f->name);
                        write_field_type(out, f);
                        buf_printf(out, " | %s | %s |\n", f->maybe ? "may be left out" : "always", f->doc);
                }
        }
}

static void write_words(struct buf *out)
{
        buf_add_str(out, "\n## Words\n");
        for (const struct word_set *const *set = word_sets; *set; set++) {
                buf_printf(out, "\n### %s\n\n%s\n\n| word | meaning |\n| --- | --- |\n", (*set)->name, (*set)->doc);
                for (size_t i = 0; i < (*set)->n; i++)
                        buf_printf(out, "| `%s` | %s |\n", (*set)->words[i].word, (*set)->words[i].doc);
        }
}

static void write_errors(struct buf *out)
{
        buf_add_str(out, "\n## Errors\n\n| code | HTTP | meaning |\n| --- | --- | --- |\n");
        for (int c = ERROR_NONE + 1; c < ERROR_CODES; c++)
                buf_printf(out, "| `%s` | %d | %s |\n", error_code_word((enum error_code)c), error_code_status((enum error_code)c),
                           error_code_doc((enum error_code)c));
        buf_add_str(out, "\n| reason | meaning |\n| --- | --- |\n");
        for (int r = REASON_NONE + 1; r < ERROR_REASONS; r++)
                buf_printf(out, "| `%s` | %s |\n", error_reason_word((enum error_reason)r), error_reason_doc((enum error_reason)r));
}

void describe_markdown(struct buf *out)
{
        head(out);
        write_commands(out);
        write_shapes(out, "Events", events, "event ");
        write_shapes(out, "Objects", shapes, "");
        write_words(out);
        write_errors(out);
}
