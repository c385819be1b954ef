/* links: proto text base */
/* A frame as it comes from anybody, to a command: whatever the bytes are, they are refused with a reason that can be
 * told, or become a struct in which every field holds what its row promises. */
#include "proto/command.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static void must(bool promise)
{
        if (!promise)
                abort();
}

/* What has been checked once passes the check again and stays as it is. */
static void check_text(const char *s, const struct arg_spec *spec)
{
        char *again = NULL;
        int r;

        must(strlen(s) <= (size_t) spec->max);
        r = spec->type == ARG_TEXT ? text_body(s, strlen(s), (size_t) spec->max, &again) :
                                     text_name(s, strlen(s), (size_t) spec->max, &again);
        must(r == 0 || (r == -ENODATA && spec->min == 0));
        must(r != 0 || strcmp(s, again) == 0);
        free(again);
}

static void check_arg(const struct command_args *args, const struct arg_spec *spec)
{
        const char *field = (const char *) args + spec->offset;
        char tag[LANGUAGE_TAG_MAX + 1];
        char *s;
        int64_t number;

        switch (spec->type) {
        case ARG_ID:
        case ARG_INT:
                memcpy(&number, field, sizeof(number));
                must((!spec->required && number == -1) || (number >= spec->min && number <= spec->max));
                break;
        case ARG_TEXT:
        case ARG_STR:
                memcpy(&s, field, sizeof(s));
                must(s || !spec->required);
                if (s)
                        check_text(s, spec);
                break;
        case ARG_TAG:
                must(*field || !spec->required);
                must(memchr(field, '\0', LANGUAGE_TAG_MAX + 1) != NULL);
                if (*field) {
                        must(language_canonical(field, strlen(field), tag) == 0);
                        must(strcmp(field, tag) == 0);
                }
                break;
        case ARG_IDS:
        case ARG_BOOL:
        case ARG_UUID:
        case ARG_WORD:
                break;
        }
}

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
        (void) argc;
        (void) argv;
        command_decode_init();
        return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
        struct command_args args = { 0 };
        struct problem problem = { 0 };
        const struct command_spec *spec;
        int r;

        r = command_decode((const char *) data, n, &args, &problem);
        if (r < 0) {
                must(problem.code > ERROR_NONE && problem.code < ERROR_CODES);
                must(problem.reason >= REASON_NONE && problem.reason < ERROR_REASONS);
                return 0;
        }
        must(args.command > COMMAND_NONE && args.command < COMMANDS);
        must(args.ref >= 1 && args.ref <= ID_MAX);
        spec = command_spec(args.command);
        for (size_t i = 0; i < spec->args_n; i++)
                check_arg(&args, &spec->args[i]);
        command_args_done(&args);
        return 0;
}
