/* cli/cli.h: the verbs of the command line. Each is a file with one function that takes its own arguments (argv[0] is the verb)
 * and returns the exit status: 0 done, 1 it could not be done, 2 the arguments are wrong. */
#pragma once

struct cli_verb {
        const char *name;
        const char *usage;
        const char *doc;
        int (*run)(int argc, char **argv);
};

int cli_serve(int argc, char **argv);
int cli_import(int argc, char **argv);
int cli_backup(int argc, char **argv);
int cli_restore(int argc, char **argv);
int cli_key(int argc, char **argv);
int cli_link(int argc, char **argv);
int cli_moving(int argc, char **argv);
int cli_demo(int argc, char **argv);
int cli_audit(int argc, char **argv);
int cli_erase(int argc, char **argv);
int cli_export(int argc, char **argv);
int cli_retention(int argc, char **argv);
int cli_doc(int argc, char **argv);

/* Prints the usage of a verb with its options on standard output. */
void cli_help(const char *verb);

/* "ouderbrug VERB: text" on standard error; returns status. text may be NULL (memory was out). */
int cli_fail(const char *verb, int status, const char *text);

/* The verb's settings: reads all sources, takes the options out of argv. Returns 0, or the exit status plus one where
 * the verb should end at once (--help, a fault; what there is to say was said). */
struct conf;
int cli_conf(struct conf *conf, int *argc, char **argv);

/* Opens the database of the data folder to write, with its keys, which are closed with it. Returns 0 or an exit status, with the fault said. */
struct db;
int cli_open(const struct conf *conf, const char *verb, int create, struct db **ret);

/* Puts a deed of the command line on record, in a transaction of its own, and notes where the audit log ends now. Returns 0 or a store error. */
struct audit;
int cli_record(const struct conf *conf, struct db *db, const struct audit *deed);

/* The same for a deed that is in a transaction with what it is about: after its commit. A fault is said, and no more. */
void cli_note(const struct conf *conf, struct db *db);
