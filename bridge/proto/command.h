/* proto/command.h: commands as checked structs, made from commands.def.
 *
 * A field that was not given is -1 (ID, INT), NULL (TEXT, STR), "" (TAG), 0 (WORD), false (BOOL), .given false (UUID), .n 0 (IDS).
 */
#pragma once

#include "base/parse.h"
#include "base/words.h"
#include "proto/error.h"
#include "text/language.h"
#include "text/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
        MESSAGE_BODY_MAX = TEXT_BYTES_MAX,
        NAME_MAX_BYTES = 200,
        HISTORY_MAX = 100,
        HISTORY_USUAL = 50,
        SEARCH_MAX = 50,
        SEARCH_USUAL = 20,
};
#define NAME_MAX NAME_MAX_BYTES
#define ID_MAX INT64_C(9007199254740991) /* 2^53 - 1: every JSON reader keeps it whole */

struct uuid_arg {
        bool given;
        struct uuid id;
};

enum { SEND_FILES_MAX = 8 };

/* A list of ids, each once; n 0: not given. */
struct ids_arg {
        int64_t items[SEND_FILES_MAX];
        size_t n;
};

enum command {
        COMMAND_NONE,
#define COMMAND(name, lane, cost, answer, doc) COMMAND_##name,
#define ARG(name, field, type, of, need, min, max, doc)
#define END(name)
#include "proto/commands.def"
#undef COMMAND
#undef ARG
#undef END
        COMMANDS,
};

#define ARG_C_ID(of) int64_t
#define ARG_C_INT(of) int64_t
#define ARG_C_IDS(of) struct ids_arg
#define ARG_C_BOOL(of) bool
#define ARG_C_UUID(of) struct uuid_arg
#define ARG_C_TEXT(of) char *
#define ARG_C_STR(of) char *
#define ARG_C_TAG(of) language_tag
#define ARG_C_WORD(of) enum of

typedef char language_tag[LANGUAGE_TAG_MAX + 1];

#define COMMAND(name, lane, cost, answer, doc) struct name##_args {
#define ARG(name, field, type, of, need, min, max, doc) ARG_C_##type(of) field;
#define END(name) };
#include "proto/commands.def"
#undef COMMAND
#undef ARG
#undef END

struct command_args {
        enum command command;
        int64_t ref; /* the client's own number for this command; 0 while it could not be read */
        union {
#define COMMAND(name, lane, cost, answer, doc) struct name##_args name;
#define ARG(name, field, type, of, need, min, max, doc)
#define END(name)
#include "proto/commands.def"
#undef COMMAND
#undef ARG
#undef END
        };
};

enum lane { LANE_LOOP, LANE_READ, LANE_WRITE };
enum arg_type { ARG_ID, ARG_INT, ARG_IDS, ARG_BOOL, ARG_UUID, ARG_TEXT, ARG_STR, ARG_TAG, ARG_WORD };

struct arg_spec {
        const char *name;
        enum arg_type type;
        bool required;
        int64_t min, max;
        const struct word_set *words; /* of ARG_WORD */
        size_t offset;                /* in struct command_args */
        const char *doc;
};

struct shape;

struct command_spec {
        const char *name;
        enum lane lane;
        int cost;
        const struct shape *answer;
        const struct arg_spec *args;
        size_t args_n;
        const char *doc;
};

/* The row of a command; not for COMMAND_NONE. */
const struct command_spec *command_spec(enum command command);

/* What a command leaves in the audit log: a row each time (DONE), one an hour for each person and conversation (SHOWN), or nothing. */
enum record_kind { RECORD_NOTHING, RECORD_DONE, RECORD_SHOWN };
enum record_kind command_record(enum command command);

/* Reads one frame, n bytes of valid UTF-8.
 *
 * args     set on 0: give it to command_args_done(). On a failure only args->ref is set (0 where it could not be read),
 *          so that the error can be answered to it
 * problem  set on failure: code, reason, field
 * returns  0, or -EBADMSG (problem says why), or -ENOMEM
 */
int command_decode(const char *bytes, size_t n, struct command_args *args, struct problem *problem);

/* Frees what the struct owns. Takes one that was never filled (all zero). */
void command_args_done(struct command_args *args);

/* Once, before threads start: seeds jansson's hashes. */
void command_decode_init(void);

/* Reads a JSON object of string members: the body of an HTTP call. keys: names, no others allowed, each required but for one with ? in front; ret: as many
 * strings, set on 0 only, NULL where one is missing, each owned by the caller (free()). Returns 0 or -EBADMSG (problem says why) or -ENOMEM. */
int strings_decode(const char *bytes, size_t n, const char *const *keys, size_t keys_n, char **ret, struct problem *problem);
