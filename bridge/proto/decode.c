/* proto/decode.c: a frame becomes a checked struct, or a problem with field and reason.
 *
 * members.c reads the JSON (RFC 8259: no NUL, no lone surrogates, no key twice, nothing deeper than any command is). Then the
 * command's row of commands.def says what each field must be.
 */
#include "proto/command.h"

#include "base/macro.h"
#include "proto/members.h"
#include "proto/shape.h"

#include <errno.h>
#include <jansson.h>

enum { WORD_ROOM = 64 }; /* more than any word, command or UUID is long */

#define OFFSET(name, field) offsetof(struct command_args, name.field)

#define ARG_WORDS_ID(of) NULL
#define ARG_WORDS_INT(of) NULL
#define ARG_WORDS_IDS(of) NULL
#define ARG_WORDS_BOOL(of) NULL
#define ARG_WORDS_UUID(of) NULL
#define ARG_WORDS_TEXT(of) NULL
#define ARG_WORDS_STR(of) NULL
#define ARG_WORDS_TAG(of) NULL
#define ARG_WORDS_WORD(of) &words_##of
#define REQUIRED true
#define OPTIONAL false

#define COMMAND(name, lane, cost, answer, doc) static const struct arg_spec args_##name[] = {
#define ARG(name, field, type, of, need, min, max, doc)                                                           \
        { #field, ARG_##type, need, min, max, ARG_WORDS_##type(of), OFFSET(name, field), doc },
#define END(name) };
#include "proto/commands.def"
#undef COMMAND
#undef ARG
#undef END

static const struct command_spec specs[] = {
#define COMMAND(name, lane, cost, answer, doc)                                                               \
        [COMMAND_##name] = { #name, LANE_##lane, cost, &shape_##answer, args_##name, ELEMENTS(args_##name), doc },
#define ARG(name, field, type, of, need, min, max, doc)
#define END(name)
#include "proto/commands.def"
#undef COMMAND
#undef ARG
#undef END
};

const struct command_spec *command_spec(enum command command)
{
        return &specs[command];
}

enum record_kind command_record(enum command command)
{
        /* A mark moves with every message that is looked at: it says what was shown. */
        if (command == COMMAND_read || command == COMMAND_note_read)
                return RECORD_SHOWN;
        switch (specs[command].lane) {
        case LANE_WRITE:
                return RECORD_DONE;
        case LANE_READ:
                return RECORD_SHOWN;
        case LANE_LOOP:
                return RECORD_NOTHING;
        }
        return RECORD_NOTHING;
}

void command_decode_init(void)
{
        json_object_seed(0);
}

static int wrong(struct problem *problem, enum error_code code, const char *field, enum error_reason reason)
{
        *problem = PROBLEM(code, field, reason);
        return -EBADMSG;
}

/* As a string that ends with a NUL; empty where it is longer than anything it could be compared with. */
static const char *short_text(const struct member *m, char room[WORD_ROOM])
{
        size_t n = m->n < WORD_ROOM ? m->n : 0;

        memcpy(room, m->s, n);
        room[n] = '\0';
        return room;
}

static int decode_string(const struct arg_spec *spec, const struct member *value, char **to, struct problem *problem)
{
        const char *s = value->s;
        size_t n = value->n;
        int r;

        if (spec->type == ARG_STR && spec->min == 0 && n == 0)
                return 0; /* as good as not given */
        r = spec->type == ARG_TEXT ? text_body(s, n, (size_t)spec->max, to) : text_name(s, n, (size_t)spec->max, to);
        switch (r) {
        case 0:
        case -ENOMEM:
                return r;
        case -ENODATA:
                return wrong(problem, ERROR_INVALID, spec->name, REASON_EMPTY);
        case -EMSGSIZE:
                return wrong(problem, ERROR_INVALID, spec->name, REASON_TOO_LONG);
        case -EOVERFLOW:
                return wrong(problem, ERROR_INVALID, spec->name, REASON_MARKS);
        default:
                return wrong(problem, ERROR_INVALID, spec->name, REASON_CONTROLS);
        }
}

static int decode_ids(const struct arg_spec *spec, const struct member *value, struct ids_arg *to, struct problem *problem)
{
        size_t n = value->list ? json_array_size(value->list) : 0;

        if (!value->list)
                return wrong(problem, ERROR_INVALID, spec->name, REASON_TYPE);
        if (n < (size_t)spec->min || n > (size_t)spec->max)
                return wrong(problem, ERROR_INVALID, spec->name, REASON_RANGE);
        for (size_t i = 0; i < n; i++) {
                const json_t *item = json_array_get(value->list, i);

                if (!json_is_integer(item))
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_TYPE);
                to->items[i] = json_integer_value(item);
                if (to->items[i] < 1 || to->items[i] > ID_MAX)
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_RANGE);
                for (size_t j = 0; j < i; j++)
                        if (to->items[j] == to->items[i])
                                return wrong(problem, ERROR_INVALID, spec->name, REASON_TWICE);
        }
        to->n = n;
        return 0;
}

static int decode_arg(const struct arg_spec *spec, const struct member *value, void *to, struct problem *problem)
{
        char room[WORD_ROOM];

        switch (spec->type) {
        case ARG_ID:
        case ARG_INT:
                if (value->type != MEMBER_INT)
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_TYPE);
                if (value->i < spec->min || value->i > spec->max)
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_RANGE);
                *(int64_t *)to = value->i;
                return 0;
        case ARG_IDS:
                return decode_ids(spec, value, to, problem);
        case ARG_BOOL:
                if (value->type != MEMBER_BOOL)
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_TYPE);
                *(bool *)to = value->i;
                return 0;
        default:
                break;
        }

        if (value->type != MEMBER_STRING)
                return wrong(problem, ERROR_INVALID, spec->name, REASON_TYPE);
        switch (spec->type) {
        case ARG_UUID: {
                struct uuid_arg *u = to;

                if (uuid_parse(short_text(value, room), &u->id) < 0)
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_UUID);
                u->given = true;
                return 0;
        }
        case ARG_TAG:
                if (language_canonical(value->s, value->n, to) < 0)
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_TAG);
                return 0;
        case ARG_WORD: {
                int word = word_value(spec->words, short_text(value, room));

                if (word == 0)
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_WORD);
                memcpy(to, &word, sizeof(word));
                return 0;
        }
        default:
                return decode_string(spec, value, to, problem);
        }
}

static void *arg_at(struct command_args *args, const struct arg_spec *spec)
{
        return (char *)args + spec->offset;
}

static bool is_called(const struct member *m, const char *name)
{
        return strlen(name) == m->key_len && memcmp(m->key, name, m->key_len) == 0;
}

static const struct arg_spec *arg_find(const struct command_spec *spec, const struct member *m)
{
        for (size_t i = 0; i < spec->args_n; i++)
                if (is_called(m, spec->args[i].name))
                        return &spec->args[i];
        return NULL;
}

static enum command command_find(const char *name)
{
        for (int c = COMMAND_NONE + 1; c < COMMANDS; c++)
                if (strcmp(specs[c].name, name) == 0)
                        return (enum command)c;
        return COMMAND_NONE;
}

static int decode_args(const struct members *members, struct command_args *args, struct problem *problem)
{
        const struct command_spec *spec = &specs[args->command];
        int r;

        for (size_t i = 0; i < spec->args_n; i++)
                if (spec->args[i].type == ARG_ID || spec->args[i].type == ARG_INT)
                        *(int64_t *)arg_at(args, &spec->args[i]) = -1;

        for (size_t i = 0; i < members->n; i++) {
                const struct member *m = &members->list[i];
                const struct arg_spec *arg = arg_find(spec, m);

                if (!arg && (is_called(m, "do") || is_called(m, "ref")))
                        continue;
                if (!arg)
                        return wrong(problem, ERROR_INVALID, NULL, REASON_UNKNOWN_FIELD);
                r = decode_arg(arg, m, arg_at(args, arg), problem);
                if (r < 0)
                        return r;
        }
        if (members->more)
                return wrong(problem, ERROR_INVALID, NULL, REASON_UNKNOWN_FIELD);
        for (size_t i = 0; i < spec->args_n; i++)
                if (spec->args[i].required && !members_find(members, spec->args[i].name))
                        return wrong(problem, ERROR_INVALID, spec->args[i].name, REASON_MISSING);
        return 0;
}

int command_decode(const char *bytes, size_t n, struct command_args *args, struct problem *problem)
{
        _cleanup_(members_done) struct members members;
        struct command_args a = { 0 };
        const struct member *ref, *name;
        char room[WORD_ROOM];
        int r;

        args->ref = 0;
        r = members_read(bytes, n, &members, problem);
        if (r < 0)
                return r;

        ref = members_find(&members, "ref");
        if (!ref)
                return wrong(problem, ERROR_INVALID, "ref", REASON_MISSING);
        if (ref->type != MEMBER_INT)
                return wrong(problem, ERROR_INVALID, "ref", REASON_TYPE);
        if (ref->i < 1 || ref->i > ID_MAX)
                return wrong(problem, ERROR_INVALID, "ref", REASON_RANGE);
        args->ref = a.ref = ref->i;

        name = members_find(&members, "do");
        if (!name)
                return wrong(problem, ERROR_INVALID, "do", REASON_MISSING);
        if (name->type != MEMBER_STRING)
                return wrong(problem, ERROR_INVALID, "do", REASON_TYPE);
        a.command = command_find(short_text(name, room));
        if (a.command == COMMAND_NONE)
                return wrong(problem, ERROR_UNKNOWN_COMMAND, "do", REASON_NONE);

        r = decode_args(&members, &a, problem);
        if (r < 0) {
                command_args_done(&a);
                return r;
        }
        *args = a;
        return 0;
}

void command_args_done(struct command_args *args)
{
        const struct command_spec *spec = &specs[args->command];

        for (size_t i = 0; args->command != COMMAND_NONE && i < spec->args_n; i++)
                if (spec->args[i].type == ARG_TEXT || spec->args[i].type == ARG_STR)
                        freep(arg_at(args, &spec->args[i]));
        *args = (struct command_args){ 0 };
}

/* "?name" may be missing. */
static const char *key_name(const char *key)
{
        return *key == '?' ? key + 1 : key;
}

int strings_decode(const char *bytes, size_t n, const char *const *keys, size_t keys_n, char **ret, struct problem *problem)
{
        _cleanup_(members_done) struct members members;
        size_t found = 0;
        int r;

        r = members_read(bytes, n, &members, problem);
        if (r < 0)
                return r;
        for (size_t i = 0; i < keys_n; i++) {
                const struct member *m = members_find(&members, key_name(keys[i]));

                if (!m && *keys[i] != '?')
                        return wrong(problem, ERROR_INVALID, keys[i], REASON_MISSING);
                if (m && m->type != MEMBER_STRING)
                        return wrong(problem, ERROR_INVALID, key_name(keys[i]), REASON_TYPE);
                found += m != NULL;
        }
        if (members.n > found || members.more)
                return wrong(problem, ERROR_INVALID, NULL, REASON_UNKNOWN_FIELD);
        for (size_t i = 0; i < keys_n; i++) {
                const struct member *m = members_find(&members, key_name(keys[i]));

                ret[i] = m ? strndup(m->s, m->n) : NULL;
                if (m && !ret[i]) {
                        while (i > 0)
                                freep(&ret[--i]);
                        return -ENOMEM;
                }
        }
        return 0;
}
