#include "text/protect.h"

#include "base/buf.h"
#include "text/text.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <strings.h>

enum { OUT_MAX = 8 * TEXT_BYTES_MAX, TOKENS_MAX = 99, TOKEN_MAX = 8 };

/* What a token begins with: the first that does not stand in the text. */
static const char *const stems[] = { "QX", "XQ", "QZ", "ZQ", "XZ", "ZX" };

/* A term, split into the words it is found by. */
struct term {
        const struct protect_term *of;
        struct text_words words;
};

struct finder {
        const char *text;
        struct text_words words;
        size_t *from, *to; /* of each word, in bytes */
        struct term *terms;
        size_t terms_n;
};

static void finder_done(struct finder *f)
{
        for (size_t i = 0; i < f->terms_n; i++)
                text_words_done(&f->terms[i].words);
        free(f->terms);
        free(f->from);
        free(f->to);
        text_words_done(&f->words);
}

void protected_done(struct protected *p)
{
        for (size_t i = 0; i < p->n; i++) {
                free(p->tokens[i]);
                free(p->words[i]);
        }
        free(p->tokens);
        free(p->words);
        free(p->text);
        *p = (struct protected){ 0 };
}

/* Bytes up to a place that is given in UTF-16 units, from a place before it. */
static size_t bytes_to(const char *s, size_t *units, size_t byte, uint32_t until)
{
        while (*units < until && s[byte]) {
                unsigned char c = (unsigned char)s[byte];
                size_t n = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

                *units += n == 4 ? 2 : 1;
                byte += n;
        }
        return byte;
}

static int finder_open(struct finder *f, const char *text, const struct protect_term *terms, size_t n)
{
        size_t units = 0, byte = 0;
        int r;

        f->text = text;
        r = text_words(text, &f->words);
        if (r < 0)
                return r;
        f->from = calloc(f->words.n + 1, sizeof(*f->from));
        f->to = calloc(f->words.n + 1, sizeof(*f->to));
        f->terms = calloc(n + 1, sizeof(*f->terms));
        if (!f->from || !f->to || !f->terms)
                return -ENOMEM;
        for (size_t i = 0; i < f->words.n; i++) {
                f->from[i] = byte = bytes_to(text, &units, byte, f->words.list[i].from);
                f->to[i] = byte = bytes_to(text, &units, byte, f->words.list[i].to);
        }
        for (; f->terms_n < n; f->terms_n++) {
                f->terms[f->terms_n].of = &terms[f->terms_n];
                r = text_words(terms[f->terms_n].words, &f->terms[f->terms_n].words);
                if (r < 0)
                        return r;
        }
        return 0;
}

/* How many bytes of a link or a mail address begin at a place: up to the next blank, less what ends a sentence. 0: none does. */
static size_t link_at(const char *s)
{
        size_t n = strcspn(s, " \n\t<>\"");
        bool is_link = memmem(s, n, "://", 3) || strncasecmp(s, "www.", 4) == 0;
        const char *at = memchr(s, '@', n);

        if (!is_link && !(at && at > s && memchr(at, '.', n - (size_t)(at - s))))
                return 0;
        while (n > 0 && strchr(".,;:!?)]", s[n - 1]))
                n--;
        return n;
}

/* Whether a term stands at a word; *end is the word behind it. */
static bool term_stands(const struct finder *f, const struct term *term, size_t word, size_t *end)
{
        size_t n = term->words.n;

        if (n == 0 || word + n > f->words.n)
                return false;
        for (size_t i = 0; i < n; i++) {
                const struct text_word *a = &f->words.list[word + i], *b = &term->words.list[i];

                if (a->n != b->n || memcmp(a->folded, b->folded, a->n) != 0)
                        return false;
        }
        *end = word + n;
        if (!term->of->exact)
                return true;
        n = strlen(term->of->words);
        return f->to[*end - 1] - f->from[word] == n && memcmp(f->text + f->from[word], term->of->words, n) == 0;
}

/* The longest term at a word; NULL: none. */
static const struct term *term_at(const struct finder *f, size_t word, size_t *end)
{
        const struct term *best = NULL;

        for (size_t i = 0; i < f->terms_n; i++) {
                size_t here;

                if (!term_stands(f, &f->terms[i], word, &here) || (best && here <= *end))
                        continue;
                best = &f->terms[i];
                *end = here;
        }
        return best;
}

static const char *free_stem(const char *text)
{
        for (size_t i = 0; i < ELEMENTS(stems); i++)
                if (!strcasestr(text, stems[i]))
                        return stems[i];
        return NULL;
}

static int add_token(struct protected *p, const char *stem, struct buf *out, const char *words, size_t n)
{
        char token[TOKEN_MAX];

        snprintf(token, sizeof(token), "%s%zu", stem, p->n + 1);
        p->tokens[p->n] = strdup(token);
        p->words[p->n] = strndup(words, n);
        p->n++;
        if (!p->tokens[p->n - 1] || !p->words[p->n - 1])
                return -ENOMEM;
        return buf_add_str(out, token);
}

/* From the byte `at` to the byte *done, which is behind what was replaced there. */
static int protect_here(struct finder *f, struct protected *p, const char *stem, struct buf *out, size_t word, size_t *done)
{
        const struct term *term;
        size_t link = link_at(f->text + f->from[word]), end;

        if (link > 0) {
                *done = f->from[word] + link;
                return add_token(p, stem, out, f->text + f->from[word], link);
        }
        term = term_at(f, word, &end);
        if (!term)
                return 0;
        *done = f->to[end - 1];
        if (term->of->instead)
                return add_token(p, stem, out, term->of->instead, strlen(term->of->instead));
        return add_token(p, stem, out, f->text + f->from[word], *done - f->from[word]);
}

int text_protect(const char *text, const struct protect_term *terms, size_t n, struct protected *ret)
{
        _cleanup_(finder_done) struct finder f = { 0 };
        _cleanup_(protected_done) struct protected p = { 0 };
        _cleanup_(buf_done) struct buf out = BUF(OUT_MAX);
        const char *stem = free_stem(text);
        size_t done = 0;
        int r;

        r = finder_open(&f, text, terms, n);
        if (r < 0)
                return r;
        p.tokens = calloc(TOKENS_MAX, sizeof(*p.tokens));
        p.words = calloc(TOKENS_MAX, sizeof(*p.words));
        if (!p.tokens || !p.words)
                return -ENOMEM;
        for (size_t i = 0; stem && i < f.words.n && p.n < TOKENS_MAX; i++) {
                size_t next = f.from[i];

                if (next < done)
                        continue;
                buf_add(&out, text + done, next - done);
                done = next;
                r = protect_here(&f, &p, stem, &out, i, &done);
                if (r < 0)
                        return r;
        }
        buf_add_str(&out, text + done);
        if (buf_failed(&out))
                return buf_failed(&out);
        p.text = buf_take(&out);
        if (!p.text)
                return -ENOMEM;
        *ret = p;
        p = (struct protected){ 0 };
        return 0;
}

/* A digit of ASCII, or of Arabic or Persian (U+0660, U+06F0), and its bytes. -1: none. */
static int digit_at(const char *s, size_t *n)
{
        unsigned char a = (unsigned char)s[0], b = a ? (unsigned char)s[1] : 0;

        *n = 1;
        if (a >= '0' && a <= '9')
                return a - '0';
        *n = 2;
        if (a == 0xd9 && b >= 0xa0 && b <= 0xa9)
                return b - 0xa0;
        if (a == 0xdb && b >= 0xb0 && b <= 0xb9)
                return b - 0xb0;
        return -1;
}

/* Bytes of a token that begins here, and which it is (from 0). 0: none does. */
static size_t token_at(const struct protected *p, const char *s, size_t *which)
{
        size_t n = 2, digit, number = 0, digits = 0;
        int value;

        if (strncasecmp(s, p->tokens[0], 2) != 0)
                return 0;
        if (s[n] == ' ' || s[n] == '-')
                n++;
        while (digits < 3 && (value = digit_at(s + n, &digit)) >= 0) {
                number = number * 10 + (size_t)value;
                n += digit;
                digits++;
        }
        if (digits == 0 || number == 0 || number > p->n)
                return 0;
        *which = number - 1;
        return n;
}

int text_restore(const struct protected *p, const char *answer, char **plain, char **ret)
{
        _cleanup_(buf_done) struct buf as_given = BUF(OUT_MAX), out = BUF(OUT_MAX);
        size_t seen[TOKENS_MAX] = { 0 }, which = 0;
        char *first = NULL, *second;

        for (const char *s = answer; *s;) {
                size_t n = p->n > 0 ? token_at(p, s, &which) : 0;

                if (n > 0) {
                        seen[which]++;
                        buf_add_str(&as_given, p->tokens[which]);
                        buf_add_str(&out, p->words[which]);
                } else {
                        n = 1;
                        buf_add_char(&as_given, *s);
                        buf_add_char(&out, *s);
                }
                s += n;
        }
        for (size_t i = 0; i < p->n; i++)
                if (seen[i] != 1)
                        return -EBADMSG;
        if (buf_failed(&as_given) || buf_failed(&out))
                return buf_failed(&as_given) ? buf_failed(&as_given) : buf_failed(&out);
        if (plain) {
                first = as_given.len > 0 ? buf_take(&as_given) : strdup("");
                if (!first)
                        return -ENOMEM;
        }
        second = out.len > 0 ? buf_take(&out) : strdup("");
        if (!second) {
                free(first);
                return -ENOMEM;
        }
        if (plain)
                *plain = first;
        *ret = second;
        return 0;
}
