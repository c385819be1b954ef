/* What a reader takes for a link, without asking anybody: by its form. */
#include "text/link.h"

#include "text/point.h"

static bool is_alnum(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

static bool is_host_char(char c)
{
        return is_alnum(c) || c == '.' || c == '-' || c == '_' || c == '%' || c == '+';
}

static size_t host_run(const char *s)
{
        size_t n = 0;

        while (is_host_char(s[n]))
                n++;
        return n;
}

/* "school.nl", "verslag.docx": a dot, and at least two letters after the last one. */
static bool has_domain(const char *s, size_t n)
{
        size_t letters = 0;

        while (n > 0 && (s[n - 1] == '.' || s[n - 1] == '-'))
                n--;
        while (n > 0 && s[n - 1] != '.') {
                if (!is_alnum(s[n - 1]) || (s[n - 1] >= '0' && s[n - 1] <= '9' && letters == 0))
                        return false;
                letters++;
                n--;
        }
        return letters >= 2 && n >= 2 && is_alnum(s[n - 2]);
}

static bool ends_link(UChar32 c)
{
        switch (c) {
        case '<':
        case '>':
        case '"':
        case 0xab: /* quotation marks */
        case 0xbb:
        case 0x201c:
        case 0x201d:
        case 0x60c: /* Arabic comma, semicolon, question mark */
        case 0x61b:
        case 0x61f:
        case 0x3002: /* ideographic full stop, wide comma */
        case 0xff0c:
                return true;
        default:
                return c < 0 || point_is_space(c) || point_is_control(c) || point_is_bidi_control(c);
        }
}

/* Runs on while the text could still be a link; in a link without a scheme that is ASCII only. */
static size_t link_run(const char *s, size_t n, bool ascii)
{
        size_t i = 0;

        while (i < n) {
                size_t next = i;
                UChar32 c = point_next(s, &next, n);

                if (ends_link(c) || (ascii && c >= 0x80))
                        break;
                i = next;
        }
        return i;
}

static bool is_word(const char *s, size_t n, const char *word)
{
        return strlen(word) == n && strncasecmp(s, word, n) == 0;
}

size_t text_link_length(const char *s, size_t n, size_t *ret_looked)
{
        size_t run = host_run(s), host;

        *ret_looked = run;
        if (run == 0)
                return 0;
        if (s[run] == ':') {
                if (s[run + 1] == '/' && s[run + 2] == '/')
                        return link_run(s, n, false);
                if (is_word(s, run, "mailto") || is_word(s, run, "tel") || is_word(s, run, "sms"))
                        return link_run(s, n, true);
        }
        if (s[run] == '@') {
                host = host_run(s + run + 1);
                if (has_domain(s + run + 1, host))
                        return run + 1 + host;
        }
        return has_domain(s, run) ? link_run(s, n, true) : 0;
}
