/* Where settings come from: a file, the environment, the command line. */
#include "conf/conf.h"
#include "conf/option.h"

#include <ctype.h>
#include <errno.h>
#include <ini.h>
#include <stdarg.h>

enum { SOURCE_MAX = 512 };

static int say(char **why, int r, const char *format, ...) _printf_(3, 4);
static int say(char **why, int r, const char *format, ...)
{
        va_list ap;

        va_start(ap, format);
        if (why && vasprintf(why, format, ap) < 0)
                *why = NULL;
        va_end(ap);
        return r;
}

/* ---- a file */

struct reading {
        struct conf *conf;
        const char *path;
        FILE *file;
        int line;
        int r;
        char **why;
};

/* inih cuts a line that is longer than its own buffer in two without a word, and in one way of building it
 * does not tell its handler the line: so the lines are read and counted here. */
static char *next_line(char *room, int n, void *arg)
{
        struct reading *f = arg;
        char *line;

        if (f->r < 0)
                return NULL;
        line = fgets(room, n, f->file);
        if (!line)
                return NULL;
        f->line++;
        /* inih takes an indented line for more of the value above it */
        memmove(line, line + strspn(line, " \t"), strlen(line) + 1 - strspn(line, " \t"));
        if (strchr(line, '\n') || feof(f->file))
                return line;
        if (*line != ';' && *line != '#') {
                f->r = say(f->why, -EINVAL, "%s:%d: longer than the %d bytes that a line of this file may have", f->path,
                           f->line, n - 2);
                return NULL;
        }
        for (int c = 0; c != '\n' && c != EOF;) /* a comment may be as long as it likes */
                c = fgetc(f->file);
        return line;
}

static int take_line(void *arg, const char *section, const char *name, const char *value)
{
        struct reading *f = arg;
        char source[SOURCE_MAX];

        if (f->r < 0)
                return 0;
        if (*section) {
                f->r = say(f->why, -EINVAL, "%s:%d: this file has no sections", f->path, f->line);
                return 0;
        }
        snprintf(source, sizeof(source), "%s:%d", f->path, f->line);
        f->r = conf_set(f->conf, source, name, value ? value : "", f->why);
        return f->r == 0;
}

int conf_read_file(struct conf *conf, const char *path, char **why)
{
        struct reading f = { .conf = conf, .path = path, .why = why };
        int bad_line;

        f.file = fopen(path, "re");
        if (!f.file)
                return say(why, -errno, "%s: %s", path, strerror(errno));
        bad_line = ini_parse_stream(next_line, &f, take_line, &f);
        fclose(f.file);
        if (f.r < 0)
                return f.r;
        if (bad_line > 0)
                return say(why, -EINVAL, "%s:%d: not of the form name = value", path, bad_line);
        return bad_line < 0 ? say(why, -ENOMEM, "%s: out of memory", path) : 0;
}

/* ---- the environment */

int conf_read_env(struct conf *conf, char **why)
{
        for (size_t i = 0; i < options_count; i++) {
                char name[64] = "OUDERBRUG_";
                size_t at = strlen(name);
                const char *value;
                int r;

                for (const char *p = options[i].name; *p && at < sizeof(name) - 1; p++)
                        name[at++] = (char)toupper((unsigned char)*p);
                name[at] = '\0';
                value = getenv(name);
                if (!value || !*value)
                        continue;
                r = conf_set(conf, name, options[i].name, value, why);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* ---- the command line */

/* Splits --name=value or --name value. Returns how many arguments it is: 0 where it is no option. */
static int split(int argc, char **argv, int at, char name[64], const char **value)
{
        const char *arg = argv[at], *eq;
        size_t n;

        if (strncmp(arg, "--", 2) != 0 || !arg[2])
                return 0;
        arg += 2;
        eq = strchr(arg, '=');
        n = eq ? (size_t)(eq - arg) : strlen(arg);
        if (n >= 64)
                return 0;
        memcpy(name, arg, n);
        name[n] = '\0';
        if (eq) {
                *value = eq + 1;
                return 1;
        }
        *value = at + 1 < argc ? argv[at + 1] : NULL;
        return 2;
}

/* Takes arguments that `take` knows (it returns 1; 0 where it does not) out of argv. */
static int each_option(int *argc, char **argv, int (*take)(void *, const char *, const char *, char **), void *arg,
                       char **why)
{
        int kept = 0, at = 0;

        while (at < *argc) {
                char name[64];
                const char *value = NULL;
                int n, r;

                if (strcmp(argv[at], "--") == 0)
                        break;
                n = split(*argc, argv, at, name, &value);
                r = n ? take(arg, name, value, why) : 0;
                if (r < 0)
                        return r;
                if (r == 0)
                        argv[kept++] = argv[at++];
                else
                        at += n;
        }
        while (at < *argc)
                argv[kept++] = argv[at++];
        *argc = kept;
        argv[kept] = NULL;
        return 0;
}

static int take_option(void *arg, const char *name, const char *value, char **why)
{
        struct conf *conf = arg;
        char source[80];
        int r;

        if (!option_find(name))
                return 0;
        if (!value)
                return say(why, -EINVAL, "--%s: a value is missing", name);
        snprintf(source, sizeof(source), "command line");
        r = conf_set(conf, source, name, value, why);
        return r < 0 ? r : 1;
}

int conf_read_args(struct conf *conf, int *argc, char **argv, char **why)
{
        return each_option(argc, argv, take_option, conf, why);
}

static int take_config(void *arg, const char *name, const char *value, char **why)
{
        const char **path = arg;

        if (strcmp(name, "config") != 0)
                return 0;
        if (!value)
                return say(why, -EINVAL, "--config: a value is missing");
        *path = value;
        return 1;
}

int conf_load(struct conf *conf, int *argc, char **argv, char **why)
{
        const char *path = getenv("OUDERBRUG_CONFIG");
        int r;

        r = conf_defaults(conf);
        if (r < 0)
                return say(why, r, "out of memory");
        r = each_option(argc, argv, take_config, &path, why);
        if (r == 0 && path && *path)
                r = conf_read_file(conf, path, why);
        if (r == 0)
                r = conf_read_env(conf, why);
        if (r == 0)
                r = conf_read_args(conf, argc, argv, why);
        if (r < 0)
                conf_done(conf);
        return r;
}
