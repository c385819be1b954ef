/* The table of options as people read it. */
#include "conf/conf.h"
#include "conf/option.h"

#include <ctype.h>

static const char *const type_words[] = {
        [TYPE_TEXT] = "text",   [TYPE_PATH] = "path",    [TYPE_ADDRESS] = "address",
        [TYPE_URL] = "address", [TYPE_ORIGINS] = "list", [TYPE_INT] = "number",
        [TYPE_FLOAT] = "number", [TYPE_SIZE] = "bytes",  [TYPE_LEVEL] = "word",
};

static bool has_bounds(const struct option *o)
{
        return o->type == TYPE_INT || o->type == TYPE_FLOAT || o->type == TYPE_SIZE;
}

/* Prints words, broken before `width`; each further line starts with the margin, `indent` wide. */
static void wrap(FILE *out, const char *text, const char *margin, int indent, int width)
{
        int column = indent;

        while (*text) {
                int n = (int)strcspn(text, " ");

                if (column > indent && column + 1 + n > width) {
                        fprintf(out, "\n%-*s", indent, margin);
                        column = indent;
                } else if (column > indent) {
                        fputc(' ', out);
                        column++;
                }
                fprintf(out, "%.*s", n, text);
                column += n;
                text += n;
                text += strspn(text, " ");
        }
        fputc('\n', out);
}

void conf_help(FILE *out)
{
        for (size_t i = 0; i < options_count; i++) {
                const struct option *o = &options[i];
                char dashed[64];
                size_t n = 0;

                for (const char *p = o->name; *p && n < sizeof(dashed) - 1; p++)
                        dashed[n++] = *p == '_' ? '-' : *p;
                dashed[n] = '\0';
                fprintf(out, "  --%-20s", dashed);
                wrap(out, o->doc, "", 24, 100);
                if (*o->fallback)
                        fprintf(out, "%24s[%s]\n", "", o->fallback);
        }
}

void conf_describe(FILE *out)
{
        fputs("# Settings\n\n"
              "Each can stand in a file (`--config FILE`), in the environment and on the command line; the later of\n"
              "these wins. This page is made from the table that the program reads its settings by.\n\n"
              "| name | kind | default | bounds | what it does |\n| --- | --- | --- | --- | --- |\n",
              out);
        for (size_t i = 0; i < options_count; i++) {
                const struct option *o = &options[i];

                fprintf(out, "| `%s` | %s | ", o->name, type_words[o->type]);
                if (*o->fallback)
                        fprintf(out, "`%s`", o->fallback);
                fputs(" | ", out);
                if (has_bounds(o))
                        fprintf(out, "%.10g to %.10g", o->min, o->max);
                fprintf(out, " | %s |\n", o->doc);
        }
        fputs("\nIn the environment `port` is `OUDERBRUG_PORT`, on the command line `--port 9000` or `--port=9000`.\n", out);
}

void conf_sample(FILE *out)
{
        fputs("; Settings of Ouderbrug, with their defaults. Take a semicolon away and change what follows.\n", out);
        for (size_t i = 0; i < options_count; i++) {
                fputs("\n; ", out);
                wrap(out, options[i].doc, ";", 2, 100);
                fprintf(out, ";%s = %s\n", options[i].name, options[i].fallback);
        }
}
