#include "text/pattern.h"

#include "base/buf.h"
#include "base/macro.h"
#include "text/normal.h"
#include "text/tag.h"

#include <errno.h>
#include <string.h>
#include <unicode/umsg.h>

enum {
        DEPTH_MAX = 4,
        PATTERN_CAP = 16 * 1024,
        WRITTEN_CAP = 16 * 1024, /* UTF-16 units */
        SMALL = 1024,
};

struct reading {
        const char *s;
        const char *const *names;
        struct buf out;
        unsigned used;
};

static bool is_word(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

static void skip_space(struct reading *r)
{
        r->s += strspn(r->s, " \t\n");
}

/* A word, and its length. */
static const char *take_word(struct reading *r, size_t *n)
{
        const char *word;

        skip_space(r);
        word = r->s;
        while (is_word(*r->s))
                r->s++;
        *n = (size_t)(r->s - word);
        skip_space(r);
        return word;
}

static bool take(struct reading *r, char c)
{
        if (*r->s != c)
                return false;
        r->s++;
        return true;
}

static int part_number(const struct reading *r, const char *name, size_t n)
{
        for (int i = 0; i < PATTERN_PARTS; i++)
                if (r->names[i] && strlen(r->names[i]) == n && memcmp(r->names[i], name, n) == 0)
                        return i;
        return -ENOENT;
}

static int read_text(struct reading *r, int depth);

/* The branches of a plural or a select, up to the brace that closes it. */
static int read_branches(struct reading *r, int depth)
{
        bool other = false;
        const char *word;
        size_t n;
        int e;

        for (;;) {
                skip_space(r);
                if (take(r, '}')) {
                        buf_add_char(&r->out, '}');
                        return other ? 0 : -EBADMSG;
                }
                if (take(r, '='))
                        buf_add_char(&r->out, '=');
                word = take_word(r, &n);
                if (n == 0 || !take(r, '{'))
                        return -EBADMSG;
                other |= n == strlen("other") && memcmp(word, "other", n) == 0;
                buf_add(&r->out, word, n);
                buf_add_str(&r->out, " {");
                e = read_text(r, depth + 1);
                if (e < 0)
                        return e;
                if (!take(r, '}'))
                        return -EBADMSG;
                buf_add_str(&r->out, "} ");
        }
}

/* A part, behind its opening brace. */
static int read_part(struct reading *r, int depth)
{
        const char *word, *kind;
        size_t n;
        int part;

        word = take_word(r, &n);
        part = part_number(r, word, n);
        if (part < 0)
                return part;
        r->used |= 1u << part;
        buf_printf(&r->out, "{%d", part);
        if (take(r, '}')) {
                buf_add_str(&r->out, part == PATTERN_NUMBER ? ",number,0}" : "}");
                return 0;
        }
        kind = part == PATTERN_NUMBER ? "plural" : "select";
        if (!take(r, ','))
                return -EBADMSG;
        word = take_word(r, &n);
        if (n != strlen(kind) || memcmp(word, kind, n) != 0 || !take(r, ','))
                return -EBADMSG;
        buf_printf(&r->out, ",%s,", kind);
        return read_branches(r, depth);
}

/* Words and parts, up to the end or to a brace that is not ours. */
static int read_text(struct reading *r, int depth)
{
        size_t n;
        int e;

        if (depth > DEPTH_MAX)
                return -EBADMSG;
        for (;;) {
                n = strcspn(r->s, "{}'");
                buf_add(&r->out, r->s, n);
                r->s += n;
                if (*r->s == '\'')
                        return -EBADMSG;
                if (!take(r, '{'))
                        return 0;
                e = read_part(r, depth);
                if (e < 0)
                        return e;
        }
}

int pattern_read(const char *text, const char *const names[PATTERN_PARTS], char **ret, unsigned *used)
{
        struct reading r = { .s = text, .names = names, .out = BUF(PATTERN_CAP) };
        _cleanup_free_ char *pattern = NULL;
        int e;

        e = read_text(&r, 0);
        if (e >= 0 && *r.s)
                e = -EBADMSG;
        if (e >= 0)
                e = buf_failed(&r.out);
        pattern = buf_take(&r.out);
        if (e >= 0 && !pattern)
                e = -ENOMEM;
        if (e < 0)
                return e;
        *ret = TAKE(pattern);
        *used = r.used;
        return 0;
}

/* A text for ICU, which wants them all to end with a NUL. */
static int text_for_icu(const char *s, UChar **ret)
{
        UChar small[SMALL], *heap = NULL, *found, *copy;
        int32_t n;
        int e;

        found = text_utf16(s, strlen(s), small, SMALL, &heap, &n, &e);
        if (!found)
                return e;
        copy = malloc(((size_t)n + 1) * sizeof(*copy));
        if (copy) {
                memcpy(copy, found, (size_t)n * sizeof(*copy));
                copy[n] = 0;
        }
        free(heap);
        *ret = copy;
        return copy ? 0 : -ENOMEM;
}

static int run(const char *locale, const UChar *pattern, UChar *const parts[PATTERN_TEXTS], int64_t number, char **ret)
{
        UErrorCode status = U_ZERO_ERROR;
        UMessageFormat *format;
        size_t bytes;
        UChar *out;
        int32_t n;
        int e;

        format = umsg_open(pattern, -1, locale, NULL, &status);
        if (U_FAILURE(status))
                return status == U_MEMORY_ALLOCATION_ERROR ? -ENOMEM : -EBADMSG;
        out = malloc(WRITTEN_CAP * sizeof(*out));
        if (!out) {
                umsg_close(format);
                return -ENOMEM;
        }
        /* A part that the pattern lacks is read as a pointer, so the number, which is none, comes last. */
        n = umsg_format(format, out, WRITTEN_CAP, &status, parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6],
                        (double)number);
        umsg_close(format);
        e = U_FAILURE(status) || n >= WRITTEN_CAP ? -EBADMSG : text_utf8(out, n, ret, &bytes);
        free(out);
        return e;
}

int pattern_write(const char *tag, const char *pattern, const char *const texts[PATTERN_TEXTS], int64_t number, char **ret)
{
        UChar *parts[PATTERN_TEXTS] = { NULL }, *units = NULL;
        char locale[2 * LANGUAGE_TAG_MAX];
        int e;

        snprintf(locale, sizeof(locale), "%s@numbers=latn", tag_locale(tag));
        e = text_for_icu(pattern, &units);
        for (size_t i = 0; e >= 0 && i < PATTERN_TEXTS; i++)
                e = text_for_icu(texts[i] ?: "", &parts[i]);
        if (e >= 0)
                e = run(locale, units, parts, number, ret);
        for (size_t i = 0; i < PATTERN_TEXTS; i++)
                free(parts[i]);
        free(units);
        return e;
}
