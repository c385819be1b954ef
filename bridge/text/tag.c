/* RFC 5646: 2.1 the grammar, 2.2.9 what well-formed asks beyond it, 4.5 the canonical form. ICU reads tags as
 * well, but it takes a language it does not know for the process's own and turns some tags into its own
 * dialect. */
#include "text/tag.h"

#include "base/macro.h"

#include <errno.h>
#include <unicode/uloc.h>

enum { PARTS_MAX = LANGUAGE_TAG_MAX / 2 + 1 };

struct alias {
        const char *from, *to;
};

#define ALIAS(from, to) { from, to },

static const struct alias tag_aliases[] = {
#define ALIAS_TAG ALIAS
#include "text/language-alias.def"
};
static const struct alias language_aliases[] = {
#define ALIAS_LANGUAGE ALIAS
#include "text/language-alias.def"
};
static const struct alias region_aliases[] = {
#define ALIAS_REGION ALIAS
#include "text/language-alias.def"
};

/* A tag cut at its hyphens, in lower case. */
struct parts {
        char text[LANGUAGE_TAG_MAX + 1];
        char *part[PARTS_MAX];
        size_t n, at;
};

static const char *replaced(const struct alias *aliases, size_t n, const char *from)
{
        for (size_t i = 0; i < n; i++)
                if (strcmp(aliases[i].from, from) == 0)
                        return aliases[i].to;
        return from;
}

static bool is_alpha(char c)
{
        return c >= 'a' && c <= 'z';
}

static bool is_digit(char c)
{
        return c >= '0' && c <= '9';
}

static bool all(const char *s, bool (*is)(char c))
{
        while (*s && is(*s))
                s++;
        return !*s;
}

static int parts_lower(const char *text, size_t n, struct parts *ret)
{
        if (n == 0 || n > LANGUAGE_TAG_MAX)
                return -EINVAL;
        for (size_t i = 0; i < n; i++) {
                char c = text[i];

                if (c >= 'A' && c <= 'Z')
                        c = (char)(c - 'A' + 'a');
                if (!is_alpha(c) && !is_digit(c) && c != '-')
                        return -EINVAL;
                ret->text[i] = c;
        }
        ret->text[n] = '\0';
        return 0;
}

static int parts_cut(struct parts *p)
{
        char *s = p->text;

        p->n = p->at = 0;
        for (;;) {
                size_t n = strcspn(s, "-");
                bool last = s[n] == '\0';

                if (n == 0 || n > 8)
                        return -EINVAL;
                p->part[p->n++] = s;
                s[n] = '\0';
                if (last)
                        return 0;
                s += n + 1;
        }
}

/* The next part where it has this many characters, or NULL. */
static char *peek(const struct parts *p, size_t least, size_t most)
{
        char *part = p->at < p->n ? p->part[p->at] : NULL;
        size_t n = part ? strlen(part) : 0;

        return n >= least && n <= most ? part : NULL;
}

static void read_language(struct parts *p, struct tag *ret)
{
        const char *language = p->part[p->at++], *part;
        bool may_extend = strlen(language) <= 3;
        char shortest[ULOC_LANG_CAPACITY];
        UErrorCode status = U_ZERO_ERROR;

        /* An extended language subtag is a language of its own and stands without its prefix. */
        for (int i = 0; may_extend && i < 3 && (part = peek(p, 3, 3)) && all(part, is_alpha); i++, p->at++)
                if (i == 0)
                        language = part;

        /* The shortest code there is; ICU knows all of ISO 639-2 and leaves what it does not know. */
        if (strlen(language) == 3 && uloc_getLanguage(language, shortest, sizeof(shortest), &status) == 2 &&
                status == U_ZERO_ERROR)
                language = shortest;
        language = replaced(language_aliases, ELEMENTS(language_aliases), language);
        snprintf(ret->language, sizeof(ret->language), "%.8s", language);
}

static void read_script(struct parts *p, struct tag *ret)
{
        char *part = peek(p, 4, 4);

        if (!part || !all(part, is_alpha))
                return;
        snprintf(ret->script, sizeof(ret->script), "%c%.3s", part[0] - 'a' + 'A', part + 1);
        p->at++;
}

static void read_region(struct parts *p, struct tag *ret)
{
        char *part = peek(p, 2, 3);
        const char *region;

        if (!part || !(strlen(part) == 2 ? all(part, is_alpha) : all(part, is_digit)))
                return;
        region = replaced(region_aliases, ELEMENTS(region_aliases), part);
        snprintf(ret->region, sizeof(ret->region), "%.3s", region);
        for (char *c = ret->region; *c; c++)
                if (is_alpha(*c))
                        *c = (char)(*c - 'a' + 'A');
        p->at++;
}

static void add_rest(struct tag *tag, const char *part)
{
        size_t n = strlen(tag->rest);

        snprintf(tag->rest + n, sizeof(tag->rest) - n, "-%s", part);
}

static int read_variants(struct parts *p, struct tag *ret)
{
        size_t first = p->at;
        char *part;

        while ((part = peek(p, 4, 8)) && (strlen(part) > 4 || is_digit(*part))) {
                for (size_t i = first; i < p->at; i++)
                        if (strcmp(p->part[i], part) == 0)
                                return -EINVAL;
                add_rest(ret, part);
                p->at++;
        }
        return 0;
}

/* Extensions in the order of their singletons, each once. */
static int read_extensions(struct parts *p, struct tag *ret)
{
        size_t starts[128] = { 0 };
        char *part;

        while ((part = peek(p, 1, 1)) && *part != 'x') {
                unsigned char singleton = (unsigned char)*part;

                if (starts[singleton])
                        return -EINVAL;
                starts[singleton] = p->at++;
                if (!peek(p, 2, 8))
                        return -EINVAL;
                while (peek(p, 2, 8))
                        p->at++;
        }
        for (size_t c = 0; c < ELEMENTS(starts); c++) {
                if (!starts[c])
                        continue;
                add_rest(ret, p->part[starts[c]]);
                for (size_t i = starts[c] + 1; i < p->n && strlen(p->part[i]) > 1; i++)
                        add_rest(ret, p->part[i]);
        }
        return 0;
}

static int read_private(struct parts *p, struct tag *ret)
{
        if (p->at == p->n)
                return 0;
        if (strcmp(p->part[p->at], "x") != 0 || p->at + 1 == p->n)
                return -EINVAL;
        while (p->at < p->n)
                add_rest(ret, p->part[p->at++]);
        return 0;
}

int tag_read(const char *text, size_t n, struct tag *ret)
{
        struct tag tag = { 0 };
        struct parts parts;
        const char *preferred;
        int r;

        r = parts_lower(text, n, &parts);
        if (r < 0)
                return r;
        preferred = replaced(tag_aliases, ELEMENTS(tag_aliases), parts.text);
        if (preferred != parts.text) {
                r = parts_lower(preferred, strlen(preferred), &parts);
                if (r < 0)
                        return r;
        }
        r = parts_cut(&parts);
        if (r < 0)
                return r;

        /* A tag of private use only ("x-school") names no language to us, so it is none here. */
        if (strlen(parts.part[0]) < 2 || !all(parts.part[0], is_alpha))
                return -EINVAL;
        read_language(&parts, &tag);
        read_script(&parts, &tag);
        read_region(&parts, &tag);
        r = read_variants(&parts, &tag);
        if (r < 0)
                return r;
        r = read_extensions(&parts, &tag);
        if (r < 0)
                return r;
        r = read_private(&parts, &tag);
        if (r < 0)
                return r;

        *ret = tag;
        return 0;
}

int language_canonical(const char *text, size_t n, char ret[LANGUAGE_TAG_MAX + 1])
{
        char out[2 * LANGUAGE_TAG_MAX];
        struct tag tag;
        int r;

        r = tag_read(text, n, &tag);
        if (r < 0)
                return r;
        r = snprintf(out, sizeof(out), "%s%s%s%s%s%s", tag.language, *tag.script ? "-" : "", tag.script,
                *tag.region ? "-" : "", tag.region, tag.rest);
        if (r < 0 || r > LANGUAGE_TAG_MAX)
                return -EINVAL;
        memcpy(ret, out, (size_t)r + 1);
        return 0;
}
