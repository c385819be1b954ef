/* proto/decode.c: a frame becomes a checked struct, or a problem with field and reason.
 *
 * jansson parses (RFC 8259: no bad UTF-8, no NUL, no lone surrogates), refuses a key that stands twice, and is never
 * given anything nested deeper than DEPTH_MAX: its own cap is 2048. Then the command's row of commands.def says what each
 * field must be.
 */
#include "proto/command.h"

#include "base/macro.h"
#include "proto/shape.h"

#include <errno.h>
#include <jansson.h>

enum { DEPTH_MAX = 8 };

#define OFFSET(name, field) offsetof(struct command_args, name.field)

#define ARG_WORDS_ID(of) NULL
#define ARG_WORDS_INT(of) NULL
#define ARG_WORDS_BOOL(of) NULL
#define ARG_WORDS_UUID(of) NULL
#define ARG_WORDS_TEXT(of) NULL
#define ARG_WORDS_STR(of) NULL
#define ARG_WORDS_TAG(of) NULL
#define ARG_WORDS_WORD(of) &words_##of
#define REQUIRED true
#define OPTIONAL false

#define COMMAND(name, lane, who, cost, answer, doc) static const struct arg_spec args_##name[] = {
#define ARG(name, field, type, of, need, min, max, doc)                                                           \
        { #field, ARG_##type, need, min, max, ARG_WORDS_##type(of), OFFSET(name, field), doc },
#define END(name) };
#include "proto/commands.def"
#undef COMMAND
#undef ARG
#undef END

static const struct command_spec specs[] = {
#define COMMAND(name, lane, who, cost, answer, doc)                                                               \
        [COMMAND_##name] = { #name, LANE_##lane, WHO_##who, cost, &shape_##answer, args_##name, ELEMENTS(args_##name), doc },
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

void command_decode_init(void)
{
        json_object_seed(0);
}

static int wrong(struct problem *problem, enum error_code code, const char *field, enum error_reason reason)
{
        *problem = PROBLEM(code, field, reason);
        return -EBADMSG;
}

/* Brackets outside strings, counted before the parser recurses into them. */
static bool too_deep(const char *bytes, size_t n)
{
        bool in_string = false;
        int depth = 0;

        for (size_t i = 0; i < n; i++) {
                if (in_string) {
                        if (bytes[i] == '\\')
                                i++;
                        else if (bytes[i] == '"')
                                in_string = false;
                } else if (bytes[i] == '"') {
                        in_string = true;
                } else if (bytes[i] == '{' || bytes[i] == '[') {
                        if (++depth > DEPTH_MAX)
                                return true;
                } else if (bytes[i] == '}' || bytes[i] == ']') {
                        depth--;
                }
        }
        return false;
}

static int parse(const char *bytes, size_t n, json_t **ret, struct problem *problem)
{
        _cleanup_(json_decrefp) json_t *root = NULL;
        json_error_t error;

        if (too_deep(bytes, n))
                return wrong(problem, ERROR_BAD_FRAME, NULL, REASON_DEPTH);
        root = json_loadb(bytes, n, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, &error);
        if (!root && json_error_code(&error) == json_error_out_of_memory)
                return -ENOMEM;
        if (!root)
                return wrong(problem, ERROR_BAD_FRAME, NULL,
                             json_error_code(&error) == json_error_duplicate_key ? REASON_DUPLICATE_KEY : REASON_JSON);
        if (!json_is_object(root))
                return wrong(problem, ERROR_BAD_FRAME, NULL, REASON_NOT_OBJECT);
        *ret = TAKE(root);
        return 0;
}

static int decode_string(const struct arg_spec *spec, const json_t *value, char **to, struct problem *problem)
{
        const char *s = json_string_value(value);
        size_t n = json_string_length(value);
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

static int decode_arg(const struct arg_spec *spec, const json_t *value, void *to, struct problem *problem)
{
        switch (spec->type) {
        case ARG_ID:
        case ARG_INT:
                if (!json_is_integer(value))
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_TYPE);
                if (json_integer_value(value) < spec->min || json_integer_value(value) > spec->max)
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_RANGE);
                *(int64_t *)to = json_integer_value(value);
                return 0;
        case ARG_BOOL:
                if (!json_is_boolean(value))
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_TYPE);
                *(bool *)to = json_is_true(value);
                return 0;
        default:
                break;
        }

        if (!json_is_string(value))
                return wrong(problem, ERROR_INVALID, spec->name, REASON_TYPE);
        switch (spec->type) {
        case ARG_UUID: {
                struct uuid_arg *u = to;

                if (uuid_parse(json_string_value(value), &u->id) < 0)
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_UUID);
                u->given = true;
                return 0;
        }
        case ARG_TAG:
                if (language_canonical(json_string_value(value), json_string_length(value), to) < 0)
                        return wrong(problem, ERROR_INVALID, spec->name, REASON_TAG);
                return 0;
        case ARG_WORD: {
                int word = word_value(spec->words, json_string_value(value));

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

static const struct arg_spec *arg_find(const struct command_spec *spec, const char *name)
{
        for (size_t i = 0; i < spec->args_n; i++)
                if (strcmp(spec->args[i].name, name) == 0)
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

static int decode_args(const json_t *root, struct command_args *args, struct problem *problem)
{
        const struct command_spec *spec = &specs[args->command];
        const char *key;
        json_t *value;
        int r;

        for (size_t i = 0; i < spec->args_n; i++)
                if (spec->args[i].type == ARG_ID || spec->args[i].type == ARG_INT)
                        *(int64_t *)arg_at(args, &spec->args[i]) = -1;

        json_object_foreach((json_t *)(uintptr_t)root, key, value) {
                const struct arg_spec *arg = arg_find(spec, key);

                if (!arg && (strcmp(key, "do") == 0 || strcmp(key, "ref") == 0))
                        continue;
                if (!arg)
                        return wrong(problem, ERROR_INVALID, NULL, REASON_UNKNOWN_FIELD);
                r = decode_arg(arg, value, arg_at(args, arg), problem);
                if (r < 0)
                        return r;
        }
        for (size_t i = 0; i < spec->args_n; i++)
                if (spec->args[i].required && !json_object_get(root, spec->args[i].name))
                        return wrong(problem, ERROR_INVALID, spec->args[i].name, REASON_MISSING);
        return 0;
}

int command_decode(const char *bytes, size_t n, struct command_args *args, struct problem *problem)
{
        _cleanup_(json_decrefp) json_t *root = NULL;
        struct command_args a = { 0 };
        const json_t *ref, *name;
        int r;

        args->ref = 0;
        r = parse(bytes, n, &root, problem);
        if (r < 0)
                return r;

        ref = json_object_get(root, "ref");
        if (!ref)
                return wrong(problem, ERROR_INVALID, "ref", REASON_MISSING);
        if (!json_is_integer(ref))
                return wrong(problem, ERROR_INVALID, "ref", REASON_TYPE);
        if (json_integer_value(ref) < 1 || json_integer_value(ref) > ID_MAX)
                return wrong(problem, ERROR_INVALID, "ref", REASON_RANGE);
        args->ref = a.ref = json_integer_value(ref);

        name = json_object_get(root, "do");
        if (!name)
                return wrong(problem, ERROR_INVALID, "do", REASON_MISSING);
        if (!json_is_string(name))
                return wrong(problem, ERROR_INVALID, "do", REASON_TYPE);
        a.command = command_find(json_string_value(name));
        if (a.command == COMMAND_NONE)
                return wrong(problem, ERROR_UNKNOWN_COMMAND, "do", REASON_NONE);

        r = decode_args(root, &a, problem);
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

int strings_decode(const char *bytes, size_t n, const char *const *keys, size_t keys_n, char **ret, struct problem *problem)
{
        _cleanup_(json_decrefp) json_t *root = NULL;
        int r;

        r = parse(bytes, n, &root, problem);
        if (r < 0)
                return r;
        for (size_t i = 0; i < keys_n; i++) {
                const json_t *value = json_object_get(root, keys[i]);

                if (!value)
                        return wrong(problem, ERROR_INVALID, keys[i], REASON_MISSING);
                if (!json_is_string(value))
                        return wrong(problem, ERROR_INVALID, keys[i], REASON_TYPE);
        }
        if (json_object_size(root) > keys_n)
                return wrong(problem, ERROR_INVALID, NULL, REASON_UNKNOWN_FIELD);
        for (size_t i = 0; i < keys_n; i++) {
                ret[i] = strdup(json_string_value(json_object_get(root, keys[i])));
                if (!ret[i]) {
                        while (i > 0)
                                freep(&ret[--i]);
                        return -ENOMEM;
                }
        }
        return 0;
}
