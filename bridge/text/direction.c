/* The first strong character of what the writer wrote. What stands in a text by itself, links, mentions and
 * pictures, is set aside: "https://… كيف حالك" is Arabic. */
#include "text/language.h"
#include "text/link.h"
#include "text/point.h"
#include "text/text.h"

static bool is_alnum(char c)
{
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
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
                        skip = text_link_length(s + i, n - i, &ahead);
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
