/* conf/conf.h: the settings, as plain typed fields.
 *
 * The table is options.def. Sources, each overruling the one before: defaults, a file, the environment
 * (OUDERBRUG_<NAME>), the command line (--name VALUE or --name=VALUE; - and _ are the same in a name). A
 * fault names the source, the line where there is one, the option and the reason. Filled before the threads
 * start, read only after.
 */
#pragma once

#include "base/log.h"
#include "base/macro.h"

#include <stddef.h>
#include <stdio.h>

typedef char *conf_TEXT;
typedef char *conf_PATH;
typedef char *conf_ADDRESS;
typedef char *conf_URL;
typedef char *conf_ORIGINS;
typedef int conf_INT;
typedef double conf_FLOAT;
typedef size_t conf_SIZE;
typedef enum log_level conf_LEVEL;

/* Texts are never NULL after conf_defaults(). */
struct conf {
#define OPTION(name, TYPE, ...) conf_##TYPE name;
#include "conf/options.def"
#undef OPTION
};

/* Every option's default. The other functions need it first. Returns 0 or -ENOMEM. */
int conf_defaults(struct conf *conf);

/* Frees the texts. Takes NULL and a zeroed struct. */
void conf_done(struct conf *conf);

/* Sets one option from text. source: what stands in front of a fault ("--port"). Returns 0, -ENOENT (no such
 * option), -EINVAL or -ENOMEM; *why (owned by the caller) then says what is wrong. */
int conf_set(struct conf *conf, const char *source, const char *name, const char *value, char **why);

/* Reads an ini file: name = value, comments after ; or #, no sections. Returns 0, -EINVAL, -ENOMEM, or why it
 * could not be opened. */
int conf_read_file(struct conf *conf, const char *path, char **why);

/* Reads OUDERBRUG_<NAME> of the environment; other names there are left alone. An empty variable counts as
 * not set. Returns as conf_set(). */
int conf_read_env(struct conf *conf, char **why);

/* Takes the options out of argv; what is none of ours stays, in order, and *argc says how much. "--" ends the
 * options and stays. argv[0] is looked at too. Returns as conf_set(). */
int conf_read_args(struct conf *conf, int *argc, char **argv, char **why);

/* All sources in their order. The file is that of --config (taken out of argv) or of OUDERBRUG_CONFIG, if
 * any. conf: any content; owned by the caller after 0, done after a fault. */
int conf_load(struct conf *conf, int *argc, char **argv, char **why);

/* After listening: notes the port that was given where 0 was asked, and makes the public address where none
 * was set. Returns 0 or -ENOMEM. */
int conf_settle(struct conf *conf, int port);

/* The name, default and doc of every option: as the lines of --help, as the reference page (Markdown), and as
 * a commented file with the defaults. */
void conf_help(FILE *out);
void conf_describe(FILE *out);
void conf_sample(FILE *out);
