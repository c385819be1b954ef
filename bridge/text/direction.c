/* The first strong character of what the writer wrote. What stands in a text by itself, links, mentions and
 * pictures, is set aside: "https://… كيف حالك" is Arabic. */
#include "text/language.h"
#include "text/point.h"
#include "text/text.h"

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

/* The bytes of a link or address at the start of s, or 0; *ret_looked bytes need not be looked at again. */
static size_t link_length(const char *s, size_t n, size_t *ret_looked)
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

static bool is_word_point(UChar32 c)
{
        if (c < 0x80)
                return c == '_' || (c >= 0 && is_alnum((char)c));
        return u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) || c == POINT_ZWNJ || c == POINT_ZWJ;
}

static size_t mention_run(const char *s, size_t n)
{
        size_t i = 1; /* the @ */

        while (i < n) {
                size_t next = i;

                if (!is_word_point(point_next(s, &next, n)))
                        break;
                i = next;
        }
        return i;
}

static enum direction strong(UChar32 c)
{
        switch (u_charDirection(c)) {
        case U_LEFT_TO_RIGHT:
                return point_is_emoji(c) ? DIRECTION_NOT_GIVEN : DIRECTION_LTR;
        case U_RIGHT_TO_LEFT:
        case U_RIGHT_TO_LEFT_ARABIC:
                return DIRECTION_RTL;
        default:
                return DIRECTION_NOT_GIVEN;
        }
}

static enum direction first_strong(const char *s, size_t n)
{
        size_t isolates = 0, looked = 0;
        bool in_word = false;

        for (size_t i = 0; i < n;) {
                size_t skip = 0, ahead;
                enum direction d;
                UChar32 c;

                if (!in_word && s[i] == '@') {
                        skip = mention_run(s + i, n - i);
                } else if (!in_word && i >= looked && is_alnum(s[i])) {
                        skip = link_length(s + i, n - i, &ahead);
                        looked = i + ahead;
                }
                if (skip > 1) {
                        i += skip;
                        in_word = false;
                        continue;
                }

                c = point_next(s, &i, n);
                if (c < 0)
                        return DIRECTION_NOT_GIVEN;
                in_word = is_word_point(c);
                if (u_charDirection(c) == U_BLOCK_SEPARATOR)
                        isolates = 0;
                else if (c >= POINT_LRI && c <= POINT_FSI)
                        isolates++;
                else if (c == POINT_PDI)
                        isolates -= isolates > 0;
                if (isolates > 0)
                        continue;
                d = strong(c);
                if (d)
                        return d;
        }
        return DIRECTION_NOT_GIVEN;
}

enum direction text_direction(const char *body, const char *language)
{
        enum direction d = first_strong(body, strlen(body));

        if (d)
                return d;
        return language ? language_direction(language) : DIRECTION_LTR;
}
